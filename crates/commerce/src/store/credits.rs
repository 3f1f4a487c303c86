//! Statements on customers' credit.

use kernel::{AccountId, CustomerId, Result, ShopId};
use platform::{Tx, db::Row, personal_data::Moved};

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

/// The accounts that came as this customer's.
pub async fn came_as(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId) -> Result<Vec<Credit>> {
    let sql = "SELECT account_id, customer_first, currency FROM commerce_credits WHERE shop_id = $1 AND customer_first = $2";
    tx.rows(sql, &[&shop, &first]).await?.iter().map(read).collect()
}

/// Accounts go along with whoever they came with.
pub async fn follow(tx: &mut Tx<'_>, moved: Moved) -> Result<u64> {
    let Moved { shop, first, now, most } = moved;
    let sql = "UPDATE commerce_credits SET customer_id = $1 WHERE shop_id = $2 AND account_id IN \
               (SELECT account_id FROM commerce_credits WHERE shop_id = $2 AND customer_first = $3 AND customer_id <> $1 LIMIT $4)";
    tx.execute(sql, &[&now, &shop, &first, &most]).await
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
