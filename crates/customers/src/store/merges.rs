//! Statements on merges.

use kernel::{CustomerId, Result, ShopId, Timestamp};
use platform::{Tx, db::Row, personal_data::Moved};

use crate::merge::Merge;

fn read(row: &Row) -> Result<Merge> {
    Ok(Merge { other: row.get(0)?, into: row.get(1)?, by: row.get(2)?, at: row.get(3)? })
}

/// How a customer became part of another, if they did.
pub async fn merge_of(tx: &mut Tx<'_>, shop: ShopId, other: CustomerId) -> Result<Option<Merge>> {
    let sql = "SELECT other_id, into_id, member_id, at FROM customers_merges WHERE shop_id = $1 AND other_id = $2";
    tx.row(sql, &[&shop, &other]).await?.map(|row| read(&row)).transpose()
}

/// Who was merged into this very customer.
pub async fn merges_into(tx: &mut Tx<'_>, shop: ShopId, into: CustomerId) -> Result<Vec<Merge>> {
    let sql = "SELECT other_id, into_id, member_id, at FROM customers_merges WHERE shop_id = $1 AND into_id = $2 ORDER BY other_id";
    tx.rows(sql, &[&shop, &into]).await?.iter().map(read).collect()
}

pub async fn insert_merge(tx: &mut Tx<'_>, shop: ShopId, merge: &Merge) -> Result<()> {
    let sql = "INSERT INTO customers_merges (shop_id, other_id, into_id, member_id, at) VALUES ($1, $2, $3, $4, $5)";
    tx.one(sql, &[&shop, &merge.other, &merge.into, &merge.by, &merge.at]).await
}

pub async fn remove_merge(tx: &mut Tx<'_>, shop: ShopId, other: CustomerId) -> Result<()> {
    tx.one("DELETE FROM customers_merges WHERE shop_id = $1 AND other_id = $2", &[&shop, &other]).await
}

/// All that a customer consists of beside themselves, however deep it was merged.
pub async fn parts(tx: &mut Tx<'_>, shop: ShopId, id: CustomerId) -> Result<Vec<CustomerId>> {
    let sql = "SELECT id FROM customers_customers WHERE shop_id = $1 AND merged_into = $2 ORDER BY id";
    tx.rows(sql, &[&shop, &id]).await?.iter().map(|row| row.get(0)).collect()
}

/// Says whose part a customer is now; nobody's when they are themselves.
pub async fn set_whole(tx: &mut Tx<'_>, shop: ShopId, id: CustomerId, now: CustomerId) -> Result<()> {
    let into = (id != now).then_some(now);
    tx.one("UPDATE customers_customers SET merged_into = $1 WHERE shop_id = $2 AND id = $3", &[&into, &shop, &id]).await
}

/// Addresses, browsers, notes and agreements go along with whoever they came with; so do tags and what else is known, of which
/// there are few enough to go at once.
pub async fn follow(tx: &mut Tx<'_>, moved: Moved) -> Result<u64> {
    let Moved { shop, first, now, most } = moved;
    let mut rows = 0;
    for table in ["customers_identities", "customers_visitors", "customers_notes", "customers_consents"] {
        let sql = format!(
            "UPDATE {table} SET customer_id = $1 WHERE shop_id = $2 AND id IN \
             (SELECT id FROM {table} WHERE shop_id = $2 AND customer_first = $3 AND customer_id <> $1 LIMIT $4)"
        );
        rows += tx.execute(&sql, &[&now, &shop, &first, &most]).await?;
    }
    for table in ["customers_tagged", "customers_values"] {
        let sql = format!("UPDATE {table} SET customer_id = $1 WHERE shop_id = $2 AND customer_first = $3 AND customer_id <> $1");
        rows += tx.execute(&sql, &[&now, &shop, &first]).await?;
    }
    Ok(rows)
}

/// Blocks a customer from a moment on, or no more.
pub async fn block(tx: &mut Tx<'_>, shop: ShopId, id: CustomerId, at: Option<Timestamp>) -> Result<()> {
    let sql = "UPDATE customers_customers SET blocked_at = $1, version = version + 1 WHERE shop_id = $2 AND id = $3";
    tx.one(sql, &[&at, &shop, &id]).await
}

/// This customer and all that were merged into them, each with whether they are blocked, and erased.
pub async fn standing_of_all(tx: &mut Tx<'_>, shop: ShopId, id: CustomerId) -> Result<Vec<(CustomerId, bool, bool)>> {
    let sql = "SELECT id, blocked_at IS NOT NULL, erased_at IS NOT NULL FROM customers_customers WHERE shop_id = $1 AND id = $2 \
               UNION ALL \
               SELECT id, blocked_at IS NOT NULL, erased_at IS NOT NULL FROM customers_customers WHERE shop_id = $1 AND merged_into = $2";
    tx.rows(sql, &[&shop, &id]).await?.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).collect()
}
