//! Statements on orders.

use kernel::{Cursor, CustomerId, OrderId, Result, ShopId, say};
use platform::{
    Tx,
    db::{Bind, Json, Row},
};

use crate::order::{Facts, Order};

const COLUMNS: &str = "shop_id, id, customer_id, facts, erased_at, created_at, version";

fn read(row: &Row) -> Result<Order> {
    let mut c = row.columns();
    Ok(Order {
        shop: c.take()?,
        id: c.take()?,
        customer: c.take()?,
        facts: c.take::<Json<Facts>>()?.0,
        erased_at: c.take()?,
        created_at: c.take()?,
        version: c.take()?,
    })
}

pub async fn order(tx: &mut Tx<'_>, shop: ShopId, id: OrderId) -> Result<Order> {
    let sql = format!("SELECT {COLUMNS} FROM commerce_orders WHERE shop_id = $1 AND id = $2");
    read(&tx.found(say!("order-not-found"), &sql, &[&shop, &id]).await?)
}

pub async fn by_reference(tx: &mut Tx<'_>, shop: ShopId, key: &str) -> Result<Option<Order>> {
    let sql = format!("SELECT {COLUMNS} FROM commerce_orders WHERE shop_id = $1 AND reference_key = $2");
    tx.row(&sql, &[&shop, &key]).await?.map(|row| read(&row)).transpose()
}

pub async fn insert(tx: &mut Tx<'_>, o: &Order, key: &str) -> Result<()> {
    let f = &o.facts;
    tx.one(
        "INSERT INTO commerce_orders (shop_id, id, reference_key, customer_id, customer_first, number, status, currency, total, refunded, facts, \
         placed_at, told_at, created_at, version) VALUES ($1, $2, $3, $4, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        &[
            &o.shop,
            &o.id,
            &key,
            &o.customer,
            &f.number,
            &f.status(),
            &f.currency,
            &f.total,
            &f.refunded,
            &Json(f),
            &f.placed_at,
            &f.changed_at,
            &o.created_at,
            &o.version,
        ],
    )
    .await
}

/// Saves what can change; the version says that nobody was faster.
pub async fn save(tx: &mut Tx<'_>, o: &mut Order) -> Result<()> {
    let f = &o.facts;
    tx.one(
        "UPDATE commerce_orders SET customer_id = $1, number = $2, status = $3, currency = $4, total = $5, refunded = $6, facts = $7, placed_at = $8, \
         told_at = $9, erased_at = $10, version = version + 1 WHERE shop_id = $11 AND id = $12 AND version = $13",
        &[
            &o.customer,
            &f.number,
            &f.status(),
            &f.currency,
            &f.total,
            &f.refunded,
            &Json(f),
            &f.placed_at,
            &f.changed_at,
            &o.erased_at,
            &o.shop,
            &o.id,
            &o.version,
        ],
    )
    .await?;
    o.version += 1;
    Ok(())
}

/// A page of all orders, or of a customer's, the newest first.
pub async fn list(tx: &mut Tx<'_>, shop: ShopId, customer: Option<CustomerId>, after: Cursor, limit: i64) -> Result<Vec<Order>> {
    let whose = if customer.is_some() { "AND customer_id = $5" } else { "" };
    let sql = format!(
        "SELECT {COLUMNS} FROM commerce_orders WHERE shop_id = $1 {whose} AND (placed_at, id) < ($2, $3) \
         ORDER BY placed_at DESC, id DESC LIMIT $4"
    );
    let mut values: Vec<&dyn Bind> = vec![&shop, &after.key, &after.id, &limit];
    values.extend(customer.as_ref().map(|id| id as &dyn Bind));
    tx.rows(&sql, &values).await?.iter().map(read).collect()
}

/// Some orders of a customer's that are not erased.
pub async fn some_known_of(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId, limit: i64) -> Result<Vec<Order>> {
    let sql = format!("SELECT {COLUMNS} FROM commerce_orders WHERE shop_id = $1 AND customer_id = $2 AND erased_at IS NULL LIMIT $3");
    tx.rows(&sql, &[&shop, &customer, &limit]).await?.iter().map(read).collect()
}
