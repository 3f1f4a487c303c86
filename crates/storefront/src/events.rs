//! What is announced of what shoppers do: not each step, only what somebody may want to act on.

use kernel::{Currency, CustomerId};
use platform::event;
use serde::{Deserialize, Serialize};

/// A cart was left behind for an hour.
#[derive(Debug, Serialize, Deserialize)]
pub struct CartAbandoned {
    pub customer: CustomerId,
    pub customer_first: CustomerId,
    pub lines: i64,
    /// In the smallest unit of its currency.
    pub total: i64,
    pub currency: Currency,
}
event!(CartAbandoned, "cart_abandoned", "carts");

/// Somebody came back to a product for the third time.
#[derive(Debug, Serialize, Deserialize)]
pub struct ProductViewedAgain {
    pub customer: CustomerId,
    pub customer_first: CustomerId,
    pub times: i64,
}
event!(ProductViewedAgain, "product_viewed_again", "carts");
