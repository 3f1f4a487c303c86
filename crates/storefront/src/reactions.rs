//! What carts do when something is announced: whoever has ordered has none any more.

use commerce::events::OrderPlaced;
use kernel::Result;
use platform::{Tx, event::Told, reaction::Reaction, reactions};

use crate::store;

pub fn reactions() -> Vec<Reaction> {
    reactions![
        OrderPlaced => empty_the_cart,
    ]
}

/// A cart filled again after the order stays.
async fn empty_the_cart(tx: &mut Tx<'_>, told: Told<OrderPlaced>) -> Result<()> {
    store::carts::remove_older(tx, told.shop, told.event.customer, told.at).await
}
