//! What a customer has been to the shop so far, in figures.

use kernel::{Currency, CustomerId, Result, ShopId, Timestamp};
use platform::Tx;

use crate::store;

/// A customer's orders in one currency; those that were cancelled are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sum {
    pub currency: Currency,
    pub orders: i64,
    /// What they paid and were not given back, in the smallest unit.
    pub spent: i64,
    pub first_at: Timestamp,
    pub last_at: Timestamp,
}

/// The sums of a customer, that of the currency they last bought in first.
pub async fn of(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId) -> Result<Vec<Sum>> {
    customers::by_id(tx, shop, customer).await?;
    store::sums(tx, shop, customer).await
}
