//! What a customer bought, handed out or forgotten.

use kernel::{Cursor, CustomerId, Result, ShopId};
use platform::{App, Tx, archive::Archive, personal_data::PersonalData, search};

use crate::{
    order::{Facts, ORDER},
    store,
};

/// This room's part.
pub(crate) fn ours() -> PersonalData {
    PersonalData {
        export: |app, shop, id, archive| Box::pin(add_orders(app, shop, id, archive)),
        erase: |tx, shop, id| Box::pin(forget(tx, shop, id)),
    }
}

/// Orders read at once.
const STRETCH: i64 = 200;

async fn add_orders(app: App, shop: ShopId, customer: CustomerId, mut archive: Archive) -> Result<Archive> {
    let (mut orders, mut after): (Vec<Facts>, _) = (Vec::new(), Cursor::FIRST_DESCENDING);
    loop {
        let stretch = app.read(async move |tx: &mut Tx<'_>| store::list(tx, shop, Some(customer), after, STRETCH).await).await?;
        let Some(last) = stretch.last() else { break };
        after = Cursor { key: last.facts.placed_at.micros(), id: last.id.into() };
        orders.extend(stretch.into_iter().map(|order| order.facts));
    }
    if !orders.is_empty() {
        archive.add_json("orders.json", &orders).await?;
    }
    Ok(archive)
}

/// Sums and goods stay, they are the shop's books; nothing in them leads to the customer any more.
async fn forget(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId) -> Result<()> {
    loop {
        let known = store::some_known_of(tx, shop, customer, STRETCH).await?;
        if known.is_empty() {
            return Ok(());
        }
        for mut order in known {
            order.facts.forget_buyer();
            order.erased_at = Some(tx.now());
            store::save(tx, &mut order).await?;
            search::remove(tx, shop, ORDER, order.id.into()).await?;
        }
    }
}
