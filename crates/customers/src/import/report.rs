//! What was refused, as a table: the row as it was, what is wrong in it, and in which column.

use axum::response::Response;
use kernel::{ImportId, Result, ShopId};
use platform::{App, Tx};

use super::{Import, Refused};
use crate::{store::imports as store, table::Table};

/// Rows read at once.
const PIECE: i64 = 500;

/// The rows of an import that were refused. Set right, it can be sent as a file itself.
pub(crate) fn errors(app: &App, import: &Import) -> Response {
    let (app, shop, id) = (app.clone(), import.shop, import.id);
    let headings = import.shape.as_ref().map(|shape| shape.headings.clone()).unwrap_or_default();
    Table::answer(&format!("{id}-errors"), async move |mut table: Table| {
        let own = ["row", "column", "reason"].map(str::to_owned);
        table.add([own.into_iter().chain(headings).collect()]).await?;
        let mut after = 0;
        loop {
            let refused = page(&app, shop, id, after).await?;
            let Some(last) = refused.last() else { return Ok(()) };
            after = last.row;
            table.add(refused.into_iter().map(row)).await?;
        }
    })
}

async fn page(app: &App, shop: ShopId, id: ImportId, after: i64) -> Result<Vec<Refused>> {
    app.read(async move |tx: &mut Tx<'_>| store::errors(tx, shop, id, after, PIECE).await).await
}

fn row(refused: Refused) -> Vec<String> {
    let columns = refused.wrong.iter().map(|(column, _)| column.as_str()).filter(|column| !column.is_empty());
    let reasons = refused.wrong.iter().map(|(_, reason)| reason.as_str());
    let told = [refused.row.to_string(), columns.collect::<Vec<_>>().join("; "), reasons.collect::<Vec<_>>().join(" ")];
    told.into_iter().chain(refused.cells).collect()
}
