//! Statements on attributes, and what is known by them.

use std::collections::HashMap;

use kernel::{AttributeId, CustomerId, Result, ShopId, say};
use platform::{
    Tx,
    db::{Bind, Json, Row},
};
use serde_json::Value;

use crate::attribute::Attribute;

/// What is known of somebody, by attribute.
pub type Known = HashMap<AttributeId, Value>;

const COLUMNS: &str = "id, key, label, kind, choices";

fn read(row: &Row) -> Result<Attribute> {
    let mut c = row.columns();
    Ok(Attribute { id: c.take()?, key: c.take()?, label: c.take()?, kind: c.take()?, choices: c.take::<Json<_>>()?.0 })
}

pub async fn all(tx: &mut Tx<'_>, shop: ShopId) -> Result<Vec<Attribute>> {
    let sql = format!("SELECT {COLUMNS} FROM customers_attributes WHERE shop_id = $1 ORDER BY id");
    tx.rows(&sql, &[&shop]).await?.iter().map(read).collect()
}

pub async fn attribute(tx: &mut Tx<'_>, shop: ShopId, id: AttributeId) -> Result<Attribute> {
    let sql = format!("SELECT {COLUMNS} FROM customers_attributes WHERE shop_id = $1 AND id = $2");
    read(&tx.found(say!("attribute-not-found"), &sql, &[&shop, &id]).await?)
}

/// Whether the key was free.
pub async fn insert(tx: &mut Tx<'_>, shop: ShopId, a: &Attribute) -> Result<bool> {
    let sql =
        "INSERT INTO customers_attributes (shop_id, id, key, label, kind, choices) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
    Ok(tx.execute(sql, &[&shop, &a.id, &a.key, &a.label, &a.kind, &Json(&a.choices)]).await? == 1)
}

pub async fn save(tx: &mut Tx<'_>, shop: ShopId, a: &Attribute) -> Result<()> {
    let sql = "UPDATE customers_attributes SET label = $1, choices = $2 WHERE shop_id = $3 AND id = $4";
    tx.one(sql, &[&a.label, &Json(&a.choices), &shop, &a.id]).await
}

pub async fn remove(tx: &mut Tx<'_>, shop: ShopId, id: AttributeId) -> Result<()> {
    tx.execute("DELETE FROM customers_values WHERE shop_id = $1 AND attribute_id = $2", &[&shop, &id]).await?;
    tx.one("DELETE FROM customers_attributes WHERE shop_id = $1 AND id = $2", &[&shop, &id]).await
}

/// What is known of a customer; what they lack shows through from those merged into them, the oldest first.
pub async fn values(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId) -> Result<Known> {
    Ok(values_of_each(tx, shop, &[customer]).await?.remove(&customer).unwrap_or_default())
}

/// What is known of many customers, each as [`values`] says.
pub async fn values_of_each(tx: &mut Tx<'_>, shop: ShopId, customers: &[CustomerId]) -> Result<HashMap<CustomerId, Known>> {
    let sql = "SELECT customer_id, customer_first, attribute_id, value FROM customers_values WHERE shop_id = $1 AND customer_id IN ($ids)";
    let rows = tx.rows_among(sql, shop, customers).await?;
    let read = |row: &Row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<Json<Value>>(3)?.0));
    let mut rows: Vec<(CustomerId, CustomerId, AttributeId, Value)> = rows.iter().map(read).collect::<Result<_>>()?;
    // what is written down last stays: their own after the others', and of those the oldest
    rows.sort_by_key(|(customer, first, ..)| (customer == first, std::cmp::Reverse(*first)));
    let mut known: HashMap<CustomerId, Known> = HashMap::new();
    for (customer, _, attribute, value) in rows {
        known.entry(customer).or_default().insert(attribute, value);
    }
    Ok(known)
}

/// What is known of this customer alone.
pub async fn came_as(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId) -> Result<Known> {
    let sql = "SELECT attribute_id, value FROM customers_values WHERE shop_id = $1 AND customer_first = $2";
    tx.rows(sql, &[&shop, &first]).await?.iter().map(|row| Ok((row.get(0)?, row.get::<Json<Value>>(1)?.0))).collect()
}

/// Writes a value down, or forgets it: then it must not show through from anybody either.
pub async fn put(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId, attribute: AttributeId, value: Option<&Value>) -> Result<()> {
    let Some(value) = value else {
        let sql = "DELETE FROM customers_values WHERE shop_id = $1 AND customer_id = $2 AND attribute_id = $3";
        return tx.execute(sql, &[&shop, &customer, &attribute]).await.map(drop);
    };
    let sql = "INSERT INTO customers_values (shop_id, customer_id, customer_first, attribute_id, value) VALUES ($1, $2, $2, $3, $4) \
               ON CONFLICT (shop_id, customer_first, attribute_id) DO UPDATE SET value = excluded.value";
    tx.execute(sql, &[&shop, &customer, &attribute, &Json(value)]).await.map(drop)
}

/// New values of many customers who had none.
pub async fn put_new(tx: &mut Tx<'_>, shop: ShopId, values: &[(CustomerId, AttributeId, Value)]) -> Result<()> {
    let sql = "INSERT INTO customers_values (shop_id, customer_id, customer_first, attribute_id, value) VALUES $rows";
    let texts: Vec<Json<&Value>> = values.iter().map(|(_, _, value)| Json(value)).collect();
    let rows: Vec<Vec<&dyn Bind>> =
        values.iter().zip(&texts).map(|((customer, attribute, _), text)| vec![&shop as &dyn Bind, customer, attribute, text]).collect();
    tx.many(sql, "($1, $2, $2, $3, $4)", &rows).await.map(drop)
}
