//! Statements on what roles may give back.

use kernel::{Result, ShopId};
use platform::{Tx, db::Row};

use crate::refund_limit::RefundLimit;

fn read(row: &Row) -> Result<RefundLimit> {
    let mut c = row.columns();
    Ok(RefundLimit { role: c.take()?, currency: c.take()?, at_once: c.take()?, in_a_day: c.take()? })
}

pub async fn all(tx: &mut Tx<'_>, shop: ShopId) -> Result<Vec<RefundLimit>> {
    let sql = "SELECT role_id, currency, at_once, in_a_day FROM commerce_refund_limits WHERE shop_id = $1 ORDER BY role_id, currency";
    tx.rows(sql, &[&shop]).await?.iter().map(read).collect()
}

pub async fn clear(tx: &mut Tx<'_>, shop: ShopId) -> Result<()> {
    tx.execute("DELETE FROM commerce_refund_limits WHERE shop_id = $1", &[&shop]).await.map(drop)
}

pub async fn insert(tx: &mut Tx<'_>, shop: ShopId, l: &RefundLimit) -> Result<()> {
    tx.one(
        "INSERT INTO commerce_refund_limits (shop_id, role_id, currency, at_once, in_a_day) VALUES ($1, $2, $3, $4, $5)",
        &[&shop, &l.role, &l.currency, &l.at_once, &l.in_a_day],
    )
    .await
}
