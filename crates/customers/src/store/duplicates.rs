//! Statements on customers who look like one person.

use kernel::{CustomerId, Result, ShopId};
use platform::Tx;

use super::key;
use crate::customer::AddressKind;

/// Whose address this is, said or proved; some of them where there are many.
pub async fn known_by(tx: &mut Tx<'_>, shop: ShopId, kind: AddressKind, address: &str, limit: i64) -> Result<Vec<CustomerId>> {
    let sql = "SELECT customer_id FROM customers_identities WHERE shop_id = $1 AND kind = $2 AND address_key = $3 LIMIT $4";
    tx.rows(sql, &[&shop, &kind, &key(kind, address), &limit]).await?.iter().map(|row| row.get(0)).collect()
}

/// Who is called so in a country, those seen last first.
pub async fn called(tx: &mut Tx<'_>, shop: ShopId, name_key: &str, country: &str, limit: i64) -> Result<Vec<CustomerId>> {
    let sql = "SELECT id FROM customers_customers WHERE shop_id = $1 AND name_key = $2 AND country = $3 \
               ORDER BY last_seen_at DESC, id DESC LIMIT $4";
    tx.rows(sql, &[&shop, &name_key, &country, &limit]).await?.iter().map(|row| row.get(0)).collect()
}

/// From whom each of these was told apart: one of these, and another.
pub async fn told_apart(tx: &mut Tx<'_>, shop: ShopId, ids: &[CustomerId]) -> Result<Vec<(CustomerId, CustomerId)>> {
    let mut pairs = Vec::new();
    for (mine, theirs) in [("one_id", "other_id"), ("other_id", "one_id")] {
        let sql = format!("SELECT {mine}, {theirs} FROM customers_distinctions WHERE shop_id = $1 AND {mine} IN ($ids)");
        for row in tx.rows_among(&sql, shop, ids).await? {
            pairs.push((row.get(0)?, row.get(1)?));
        }
    }
    Ok(pairs)
}

pub async fn insert_distinction(tx: &mut Tx<'_>, shop: ShopId, one: CustomerId, other: CustomerId) -> Result<()> {
    let (one, other) = (one.min(other), one.max(other));
    let sql = "INSERT INTO customers_distinctions (shop_id, one_id, other_id) VALUES ($1, $2, $3)";
    tx.one(sql, &[&shop, &one, &other]).await
}

pub async fn remove_distinction(tx: &mut Tx<'_>, shop: ShopId, one: CustomerId, other: CustomerId) -> Result<()> {
    let (one, other) = (one.min(other), one.max(other));
    let sql = "DELETE FROM customers_distinctions WHERE shop_id = $1 AND one_id = $2 AND other_id = $3";
    tx.one(sql, &[&shop, &one, &other]).await
}
