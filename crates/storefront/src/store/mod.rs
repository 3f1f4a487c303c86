//! Every statement of this crate, by what it is about.

pub mod carts;
pub mod views;
pub mod visits;
pub mod wishes;

use kernel::{CustomerId, Result, ShopId};
use platform::{Tx, personal_data};

const TABLES: [&str; 3] = ["storefront_views", "storefront_visits", "storefront_wishes"];

/// Forgets all that came as this customer.
pub async fn forget(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId) -> Result<()> {
    carts::remove(tx, shop, first).await?;
    for table in TABLES {
        tx.execute(&format!("DELETE FROM {table} WHERE shop_id = $1 AND customer_first = $2"), &[&shop, &first]).await?;
    }
    Ok(())
}

/// Whether anything came as this customer.
pub async fn holds(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId) -> Result<bool> {
    personal_data::any_row_in(tx, &[&TABLES[..], &["storefront_carts"]].concat(), shop, first).await
}
