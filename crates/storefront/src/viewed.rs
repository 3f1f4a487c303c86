//! The products a customer looked at.

use kernel::{Money, Result, Timestamp};
use platform::{Tx, event::Acting};
use serde::{Deserialize, Serialize};

use crate::{events::ProductViewedAgain, store, visit::QUIET, whose::Whose};

/// So many of a customer's products are kept, those looked at last.
pub(crate) const KEPT: i64 = 50;
/// Whoever comes back to a product this often thinks about it.
const OFTEN: i64 = 3;

/// A product, as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductSeen {
    /// The shop's own id of it.
    pub reference: String,
    pub title: String,
    pub page: Option<String>,
    pub picture: Option<String>,
    pub price: Option<Money>,
}

/// That a customer looked at a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewed {
    pub whose: Whose,
    pub product: ProductSeen,
    /// In how many visits.
    pub times: i64,
    pub at: Timestamp,
}

/// Notes that somebody looks at a product.
pub(crate) async fn look(tx: &mut Tx<'_>, who: &impl Acting, whose: Whose, product: &ProductSeen) -> Result<()> {
    let (now, known) = (tx.now(), store::views::one(tx, whose, &product.reference).await?);
    let times = known.as_ref().map_or(1, |known| known.times + i64::from(now - known.at > QUIET));
    store::views::save(tx, &Viewed { whose, product: product.clone(), times, at: now }).await?;
    match known {
        None => store::views::keep_newest(tx, whose, KEPT).await,
        Some(known) if times == OFTEN && known.times < OFTEN => {
            let again = ProductViewedAgain { customer: whose.now, customer_first: whose.first, times };
            tx.announce(who, again).await.map(drop)
        }
        Some(_) => Ok(()),
    }
}
