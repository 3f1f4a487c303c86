//! Statements on tags.

use std::collections::HashMap;

use kernel::{CustomerId, CustomerTagId, Result, ShopId};
use platform::{Tx, db::Bind};

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

/// The tags a customer carries, and those merged into them.
pub async fn of(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId) -> Result<Vec<CustomerTagId>> {
    let sql = "SELECT DISTINCT tag_id FROM customers_tagged WHERE shop_id = $1 AND customer_id = $2 ORDER BY tag_id";
    tx.rows(sql, &[&shop, &customer]).await?.iter().map(|row| row.get(0)).collect()
}

/// The tags this customer alone carries.
pub async fn came_as(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId) -> Result<Vec<CustomerTagId>> {
    let sql = "SELECT tag_id FROM customers_tagged WHERE shop_id = $1 AND customer_first = $2 ORDER BY tag_id";
    tx.rows(sql, &[&shop, &first]).await?.iter().map(|row| row.get(0)).collect()
}

/// The tags many customers carry.
pub async fn of_each(tx: &mut Tx<'_>, shop: ShopId, customers: &[CustomerId]) -> Result<HashMap<CustomerId, Vec<CustomerTagId>>> {
    let sql = "SELECT DISTINCT customer_id, tag_id FROM customers_tagged WHERE shop_id = $1 AND customer_id IN ($ids)";
    let mut tags: HashMap<CustomerId, Vec<CustomerTagId>> = HashMap::new();
    for row in tx.rows_among(sql, shop, customers).await? {
        tags.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    tags.values_mut().for_each(|tags| tags.sort());
    Ok(tags)
}

/// Whether neither the customer nor anybody merged into them carried it.
pub async fn put(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId, tag: CustomerTagId) -> Result<bool> {
    let sql = "SELECT 1 FROM customers_tagged WHERE shop_id = $1 AND customer_id = $2 AND tag_id = $3";
    if tx.row(sql, &[&shop, &customer, &tag]).await?.is_some() {
        return Ok(false);
    }
    let sql = "INSERT INTO customers_tagged (shop_id, customer_id, customer_first, tag_id) VALUES ($1, $2, $2, $3) ON CONFLICT DO NOTHING";
    Ok(tx.execute(sql, &[&shop, &customer, &tag]).await? == 1)
}

/// Gives tags to customers who carry none.
pub async fn put_new(tx: &mut Tx<'_>, shop: ShopId, tagged: &[(CustomerId, CustomerTagId)]) -> Result<()> {
    let sql = "INSERT INTO customers_tagged (shop_id, customer_id, customer_first, tag_id) VALUES $rows";
    let rows: Vec<Vec<&dyn Bind>> = tagged.iter().map(|(customer, tag)| vec![&shop as &dyn Bind, customer, tag]).collect();
    tx.many(sql, "($1, $2, $2, $3)", &rows).await.map(drop)
}

/// Whether the customer carried it, or anybody merged into them.
pub async fn take(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId, tag: CustomerTagId) -> Result<bool> {
    let sql = "DELETE FROM customers_tagged WHERE shop_id = $1 AND customer_id = $2 AND tag_id = $3";
    Ok(tx.execute(sql, &[&shop, &customer, &tag]).await? > 0)
}
