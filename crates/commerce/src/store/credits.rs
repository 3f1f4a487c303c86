//! Statements on customers' credit.

use kernel::{AccountId, CustomerId, Result, ShopId};
use platform::{Tx, db::Row};

use crate::credit::Credit;

fn read(row: &Row) -> Result<Credit> {
    let mut c = row.columns();
    Ok(Credit { account: c.take()?, first: c.take()?, currency: c.take()? })
}

/// A customer's accounts, their own before those of customers who were merged into them.
pub async fn of_customer(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId) -> Result<Vec<Credit>> {
    let sql = "SELECT account_id, customer_first, currency FROM commerce_credits WHERE shop_id = $1 AND customer_id = $2 \
               ORDER BY currency, CASE WHEN customer_first = customer_id THEN 0 ELSE 1 END, account_id";
    tx.rows(sql, &[&shop, &customer]).await?.iter().map(read).collect()
}

/// Who holds an account.
pub async fn holder_of(tx: &mut Tx<'_>, shop: ShopId, account: AccountId) -> Result<Option<CustomerId>> {
    let sql = "SELECT customer_id FROM commerce_credits WHERE shop_id = $1 AND account_id = $2";
    tx.row(sql, &[&shop, &account]).await?.map(|row| row.get(0)).transpose()
}

pub async fn insert(tx: &mut Tx<'_>, shop: ShopId, c: &Credit) -> Result<()> {
    tx.one(
        "INSERT INTO commerce_credits (shop_id, account_id, customer_id, customer_first, currency) VALUES ($1, $2, $3, $3, $4)",
        &[&shop, &c.account, &c.first, &c.currency],
    )
    .await
}
