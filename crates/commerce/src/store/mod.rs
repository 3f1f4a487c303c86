//! Every statement of this room.

pub mod actions;
pub mod companions;
pub mod credits;
pub mod gift_cards;
mod orders;
mod products;
pub mod reasons;
pub mod refund_limits;
pub mod sales;

pub use orders::*;
pub use products::*;

use kernel::{CustomerId, Result, ShopId};
use platform::{Tx, personal_data};

/// Whether a customer bought anything, or is owed anything.
pub async fn holds(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId) -> Result<bool> {
    personal_data::any_row_in(tx, &["commerce_orders", "commerce_credits", "commerce_gift_cards"], shop, first).await
}
