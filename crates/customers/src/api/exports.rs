//! The list of customers as a table.

use std::collections::BTreeSet;

use axum::{extract::State, response::Response};
use kernel::{CustomerTagId, Language, Result, Timestamp, invalid, say};
use platform::{
    Agent, App, Tx,
    http::{Answer, Problems, Query},
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    export::{self, ExportColumn, USUAL, Wanted},
    list::Filter,
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list))
}

/// Which customers, as in the list of them, and what of each.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ExportWanted {
    /// Words of a name or an address; a thousand of those found at most.
    q: Option<String>,
    /// Only those who carry this tag.
    tag: Option<CustomerTagId>,
    /// Only those who speak it.
    language: Option<Language>,
    /// Only those who are there: two letters of ISO 3166.
    country: Option<String>,
    /// Only those who are blocked, or are not.
    blocked: Option<bool>,
    /// Only those seen since then.
    seen_since: Option<Timestamp>,
    /// Only those who looked around in the shop and never wrote, bought or said who they are; they are left out else.
    visitors: Option<bool>,
    /// In this order, with commas between: `id`, `account`, `name`, `email`, `phone`, `language`, `country`, `birthday`, `tags`,
    /// `attributes`, `consents`, `created_at`, `last_seen_at`. When left out, all that can be imported again as it is: the first ten.
    columns: Option<String>,
}

/// Take out the list of customers, as it is narrowed: a CSV. Who was erased is not in it.
#[utoipa::path(get, path = "/customers/export", operation_id = "export_customers", tag = "customers", params(ExportWanted),
    responses((status = 200, content_type = "text/csv", body = String), Problems))]
async fn list(State(app): State<App>, who: Agent, Query(wanted): Query<ExportWanted>) -> Answer<Response> {
    let ExportWanted { q, tag, language, country, blocked, seen_since, visitors, columns } = wanted;
    let filter = Filter { tag, language, country, blocked, seen_since, visitors: visitors.unwrap_or_default() };
    let query = q.filter(|q| !q.trim().is_empty());
    let columns = columns.as_deref().map_or(Ok(USUAL.to_vec()), named)?;
    let wanted = Wanted { filter, query, columns };
    let (shop, asked) = (who.shop, wanted.clone());
    app.write(async move |tx: &mut Tx<'_>| export::hand_out(tx, &who, &asked).await).await?;
    Ok(export::table(&app, shop, wanted))
}

fn named(columns: &str) -> Result<Vec<ExportColumn>> {
    let found: Option<Vec<ExportColumn>> = columns.split(',').map(|key| ExportColumn::from_key(key.trim())).collect();
    let found = found.ok_or_else(|| invalid("columns", say!("export-column-unknown")))?;
    let different: BTreeSet<&ExportColumn> = found.iter().collect();
    if different.len() == found.len() { Ok(found) } else { Err(invalid("columns", say!("export-column-twice"))) }
}
