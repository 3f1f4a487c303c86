//! The cart a customer has open, and the clock that finds it left behind.

use kernel::{Currency, CustomerId, Result, Timestamp, hours};
use platform::{
    App, Tx,
    event::Actor,
    job::{Job, JobKind, Lease, When},
};
use serde::{Deserialize, Serialize};

use crate::{events::CartAbandoned, store, whose::Whose};

/// A cart nobody has touched for so long is left behind.
pub const LEFT_BEHIND: i64 = hours(1);

/// A line of a cart. Amounts are in the cart's currency, in its smallest unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CartLine {
    /// The shop's own id of the product.
    pub reference: String,
    pub sku: Option<String>,
    pub title: String,
    /// Size, colour and the like.
    pub variant: Option<String>,
    pub quantity: i64,
    /// Of one piece.
    pub price: i64,
    pub page: Option<String>,
    pub picture: Option<String>,
}

/// What is told of a cart: always the whole of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CartFacts {
    pub currency: Currency,
    pub lines: Vec<CartLine>,
    /// Off the whole cart.
    #[serde(default)]
    pub discount: i64,
    /// What the page shows; delivery is not among it.
    pub total: i64,
    /// Where the customer sees it.
    pub page: Option<String>,
}

impl CartFacts {
    /// Whether the total is what its parts come to.
    pub fn adds_up(&self) -> bool {
        let lines: i128 = self.lines.iter().map(|line| i128::from(line.quantity) * i128::from(line.price)).sum();
        lines - i128::from(self.discount) == i128::from(self.total)
    }
}

/// A cart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cart {
    pub whose: Whose,
    pub facts: CartFacts,
    pub changed_at: Timestamp,
    /// Since when it is left behind, once that was announced.
    pub abandoned_at: Option<Timestamp>,
}

/// Writes down what is in the cart now, and has the clock look after it; an empty one is none. The same again is no change.
pub(crate) async fn change(tx: &mut Tx<'_>, whose: Whose, facts: &CartFacts) -> Result<()> {
    if facts.lines.is_empty() {
        return store::carts::remove(tx, whose.shop, whose.first).await;
    }
    let known = store::carts::one(tx, whose.shop, whose.first).await?;
    if known.as_ref().is_some_and(|known| known.facts == *facts) {
        return Ok(());
    }
    let changed_at = tx.now();
    store::carts::save(tx, &Cart { whose, facts: facts.clone(), changed_at, abandoned_at: None }).await?;
    // while a cart is live its clock runs already
    if known.is_none_or(|known| known.abandoned_at.is_some()) { look_after(tx, whose, changed_at).await } else { Ok(()) }
}

pub(crate) async fn look_after(tx: &mut Tx<'_>, whose: Whose, changed_at: Timestamp) -> Result<()> {
    let when = When::at(changed_at + LEFT_BEHIND).once(whose.first);
    tx.enqueue(whose.shop, &LookAfter { customer: whose.first }, when).await
}

/// Looks whether a cart was left behind.
#[derive(Serialize, Deserialize)]
struct LookAfter {
    customer: CustomerId,
}
impl Job for LookAfter {
    const KIND: &'static str = "look_after_cart";
}

pub(crate) fn jobs() -> Vec<JobKind> {
    vec![JobKind::new(find_left_behind)]
}

async fn find_left_behind(app: App, job: LookAfter, lease: Lease) -> Result<()> {
    let shop = lease.shop;
    app.write(async move |tx: &mut Tx<'_>| {
        lease.done(tx).await?;
        // ordered, emptied or forgotten meanwhile
        let Some(mut cart) = store::carts::one(tx, shop, job.customer).await?.filter(|cart| cart.abandoned_at.is_none()) else {
            return Ok(());
        };
        if tx.now() - cart.changed_at < LEFT_BEHIND {
            return look_after(tx, cart.whose, cart.changed_at).await;
        }
        cart.abandoned_at = Some(tx.now());
        store::carts::save(tx, &cart).await?;
        let Whose { first, now, .. } = cart.whose;
        let (lines, total, currency) = (cart.facts.lines.len() as i64, cart.facts.total, cart.facts.currency);
        tx.announce(&Actor::system(shop), CartAbandoned { customer: now, customer_first: first, lines, total, currency }).await.map(drop)
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_total_is_held_against_its_parts_however_large_they_are() {
        let line = |quantity, price| CartLine {
            reference: "t".into(),
            sku: None,
            title: "Tent".into(),
            variant: None,
            quantity,
            price,
            page: None,
            picture: None,
        };
        for (lines, discount, total, adds_up) in [
            (vec![line(2, 300), line(1, 100)], 50, 650, true),
            (vec![line(2, 300), line(1, 100)], 50, 700, false),
            (vec![], 0, 0, true),
            (vec![line(i64::MAX, i64::MAX)], 0, i64::MAX, false),
        ] {
            let cart = CartFacts { currency: "EUR".parse().unwrap(), lines, discount, total, page: None };
            assert_eq!(cart.adds_up(), adds_up, "{cart:?}");
        }
    }
}
