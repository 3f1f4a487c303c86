//! Statements on tags.

use kernel::{CustomerId, CustomerTagId, Result, ShopId};
use platform::Tx;

use crate::tag::Tag;

pub async fn all(tx: &mut Tx<'_>, shop: ShopId) -> Result<Vec<Tag>> {
    let rows = tx.rows("SELECT id, name FROM customers_tags WHERE shop_id = $1 ORDER BY name_key", &[&shop]).await?;
    rows.iter().map(|row| Ok(Tag { id: row.get(0)?, name: row.get(1)? })).collect()
}

/// Whether the name was free.
pub async fn insert(tx: &mut Tx<'_>, shop: ShopId, tag: &Tag) -> Result<bool> {
    let sql = "INSERT INTO customers_tags (shop_id, id, name, name_key) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    Ok(tx.execute(sql, &[&shop, &tag.id, &tag.name, &tag.name.to_lowercase()]).await? == 1)
}

pub async fn save(tx: &mut Tx<'_>, shop: ShopId, tag: &Tag) -> Result<()> {
    let sql = "UPDATE customers_tags SET name = $1, name_key = $2 WHERE shop_id = $3 AND id = $4";
    tx.one(sql, &[&tag.name, &tag.name.to_lowercase(), &shop, &tag.id]).await
}

pub async fn remove(tx: &mut Tx<'_>, shop: ShopId, id: CustomerTagId) -> Result<()> {
    tx.execute("DELETE FROM customers_tagged WHERE shop_id = $1 AND tag_id = $2", &[&shop, &id]).await?;
    tx.one("DELETE FROM customers_tags WHERE shop_id = $1 AND id = $2", &[&shop, &id]).await
}

/// The tags each of these customers alone carries.
pub async fn of(tx: &mut Tx<'_>, shop: ShopId, customers: &[CustomerId]) -> Result<Vec<(CustomerId, CustomerTagId)>> {
    let sql = "SELECT customer_first, tag_id FROM customers_tagged WHERE shop_id = $1 AND customer_first IN ($ids)";
    tx.rows_among(sql, shop, customers).await?.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

pub async fn put(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId, tag: CustomerTagId) -> Result<()> {
    let sql = "INSERT INTO customers_tagged (shop_id, customer_id, customer_first, tag_id) VALUES ($1, $2, $2, $3)";
    tx.one(sql, &[&shop, &customer, &tag]).await
}

/// Takes it from a customer, and from all who are part of them.
pub async fn take(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId, tag: CustomerTagId) -> Result<()> {
    let sql = "DELETE FROM customers_tagged WHERE shop_id = $1 AND customer_id = $2 AND tag_id = $3";
    tx.execute(sql, &[&shop, &customer, &tag]).await.map(drop)
}
