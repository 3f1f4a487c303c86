//! Statements on orders.

use std::collections::HashMap;

use kernel::{Cursor, CustomerId, Error, OrderId, Result, ShopId, say};
use platform::{
    Tx,
    db::{Bind, Json, Row},
    personal_data::Moved,
};

use crate::{
    figures::Sum,
    order::{Facts, Order},
};

const COLUMNS: &str = "shop_id, id, customer_id, customer_first, facts, proof_key, buyer_key, trouble, sold_on, erased_at, version";

fn read(row: &Row) -> Result<Order> {
    let mut c = row.columns();
    Ok(Order {
        shop: c.take()?,
        id: c.take()?,
        customer: c.take()?,
        customer_first: c.take()?,
        facts: c.take::<Json<Facts>>()?.0,
        proof_key: c.take()?,
        buyer_key: c.take()?,
        trouble: c.take()?,
        sold_on: c.take()?,
        erased_at: c.take()?,
        version: c.take()?,
    })
}

pub async fn order(tx: &mut Tx<'_>, shop: ShopId, id: OrderId) -> Result<Order> {
    maybe_order(tx, shop, id).await?.ok_or(Error::NotFound(say!("order-not-found")))
}

pub async fn maybe_order(tx: &mut Tx<'_>, shop: ShopId, id: OrderId) -> Result<Option<Order>> {
    let sql = format!("SELECT {COLUMNS} FROM commerce_orders WHERE shop_id = $1 AND id = $2");
    tx.row(&sql, &[&shop, &id]).await?.map(|row| read(&row)).transpose()
}

/// Several orders, by id.
pub async fn among(tx: &mut Tx<'_>, shop: ShopId, ids: &[OrderId]) -> Result<HashMap<OrderId, Order>> {
    let sql = format!("SELECT {COLUMNS} FROM commerce_orders WHERE shop_id = $1 AND id IN ($ids)");
    let rows = tx.rows_among(&sql, shop, ids).await?;
    rows.iter().map(|row| read(row).map(|order| (order.id, order))).collect()
}

pub async fn by_reference(tx: &mut Tx<'_>, shop: ShopId, key: &str) -> Result<Option<Order>> {
    let sql = format!("SELECT {COLUMNS} FROM commerce_orders WHERE shop_id = $1 AND reference_key = $2");
    tx.row(&sql, &[&shop, &key]).await?.map(|row| read(&row)).transpose()
}

/// The newest order with this key.
pub async fn by_proof(tx: &mut Tx<'_>, shop: ShopId, key: &str) -> Result<Option<Order>> {
    let sql =
        format!("SELECT {COLUMNS} FROM commerce_orders WHERE shop_id = $1 AND proof_key = $2 ORDER BY placed_at DESC, id DESC LIMIT 1");
    tx.row(&sql, &[&shop, &key]).await?.map(|row| read(&row)).transpose()
}

/// The newest orders of this key.
pub async fn by_buyer(tx: &mut Tx<'_>, shop: ShopId, key: &str, limit: i64) -> Result<Vec<Order>> {
    let sql =
        format!("SELECT {COLUMNS} FROM commerce_orders WHERE shop_id = $1 AND buyer_key = $2 ORDER BY placed_at DESC, id DESC LIMIT $3");
    tx.rows(&sql, &[&shop, &key, &limit]).await?.iter().map(read).collect()
}

pub async fn insert(tx: &mut Tx<'_>, o: &Order, key: &str) -> Result<()> {
    tx.one(
        "INSERT INTO commerce_orders (shop_id, id, reference_key, customer_id, customer_first, facts, proof_key, buyer_key, trouble, sold_on, currency, spent, cancelled, disputed, placed_at, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        &[
            &o.shop,
            &o.id,
            &key,
            &o.customer,
            &o.customer_first,
            &Json(&o.facts),
            &o.proof_key,
            &o.buyer_key,
            &o.trouble,
            &o.sold_on,
            &o.facts.currency,
            &o.facts.spent(),
            &o.facts.cancelled_at.is_some(),
            &o.facts.is_disputed(),
            &o.facts.placed_at,
            &o.version,
        ],
    )
    .await
}

/// Saves what can change; the version says that nobody was faster.
pub async fn save(tx: &mut Tx<'_>, o: &mut Order) -> Result<()> {
    tx.one(
        "UPDATE commerce_orders SET customer_id = $1, customer_first = $2, facts = $3, proof_key = $4, buyer_key = $5, trouble = $6, sold_on = $7, currency = $8, \
         spent = $9, cancelled = $10, disputed = $11, placed_at = $12, erased_at = $13, version = version + 1 WHERE shop_id = $14 AND id = $15 AND version = $16",
        &[
            &o.customer,
            &o.customer_first,
            &Json(&o.facts),
            &o.proof_key,
            &o.buyer_key,
            &o.trouble,
            &o.sold_on,
            &o.facts.currency,
            &o.facts.spent(),
            &o.facts.cancelled_at.is_some(),
            &o.facts.is_disputed(),
            &o.facts.placed_at,
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

/// Which orders are listed; all of them by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Which {
    /// Only a customer's.
    pub customer: Option<CustomerId>,
    /// Only those something is wrong with.
    pub in_trouble: bool,
    /// Only those whose payment a bank asks back.
    pub disputed: bool,
}

/// A page of orders, the newest first.
pub async fn list(tx: &mut Tx<'_>, shop: ShopId, which: Which, after: Cursor, limit: i64) -> Result<Vec<Order>> {
    let Which { customer, in_trouble, disputed } = which;
    let whose = if customer.is_some() { "AND customer_id = $5" } else { "" };
    let troubled = if in_trouble { "AND trouble IS NOT NULL" } else { "" };
    let contested = if disputed { "AND disputed = TRUE" } else { "" };
    let sql = format!(
        "SELECT {COLUMNS} FROM commerce_orders WHERE shop_id = $1 {whose} {troubled} {contested} AND (placed_at, id) < ($2, $3) \
         ORDER BY placed_at DESC, id DESC LIMIT $4"
    );
    let mut values: Vec<&dyn Bind> = vec![&shop, &after.key, &after.id, &limit];
    values.extend(customer.as_ref().map(|id| id as &dyn Bind));
    tx.rows(&sql, &values).await?.iter().map(read).collect()
}

/// The newest order of a customer.
pub async fn newest_of(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId) -> Result<Option<Order>> {
    Ok(list(tx, shop, Which { customer: Some(customer), ..Which::default() }, Cursor::FIRST_DESCENDING, 1).await?.pop())
}

/// A customer's orders that were not cancelled, added up for each currency: how many, what was spent, when the first and the last was placed.
pub async fn sums(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId) -> Result<Vec<Sum>> {
    let sql = "SELECT currency, COUNT(*), CAST(SUM(spent) AS BIGINT), MIN(placed_at), MAX(placed_at) FROM commerce_orders \
               WHERE shop_id = $1 AND customer_id = $2 AND cancelled = FALSE GROUP BY currency ORDER BY 5 DESC, 1";
    let read = |row: &Row| {
        let mut c = row.columns();
        Ok(Sum { currency: c.take()?, orders: c.take()?, spent: c.take()?, first_at: c.take()?, last_at: c.take()? })
    };
    tx.rows(sql, &[&shop, &customer]).await?.iter().map(read).collect()
}

/// Some orders that came as this customer's and are not erased.
pub async fn some_known_of(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId, limit: i64) -> Result<Vec<Order>> {
    let sql = format!("SELECT {COLUMNS} FROM commerce_orders WHERE shop_id = $1 AND customer_first = $2 AND erased_at IS NULL LIMIT $3");
    tx.rows(&sql, &[&shop, &first, &limit]).await?.iter().map(read).collect()
}

/// Orders that came as this customer's, older than one, the newest first.
pub async fn came_as(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId, before: OrderId, limit: i64) -> Result<Vec<Order>> {
    let sql =
        format!("SELECT {COLUMNS} FROM commerce_orders WHERE shop_id = $1 AND customer_first = $2 AND id < $3 ORDER BY id DESC LIMIT $4");
    tx.rows(&sql, &[&shop, &first, &before, &limit]).await?.iter().map(read).collect()
}

/// Orders in the order of their ids.
pub async fn orders_by_id(tx: &mut Tx<'_>, shop: ShopId, after: OrderId, limit: i64) -> Result<Vec<Order>> {
    let sql = format!("SELECT {COLUMNS} FROM commerce_orders WHERE shop_id = $1 AND id > $2 ORDER BY id LIMIT $3");
    tx.rows(&sql, &[&shop, &after, &limit]).await?.iter().map(read).collect()
}

pub async fn remove_orders(tx: &mut Tx<'_>, shop: ShopId, ids: &[OrderId]) -> Result<()> {
    tx.execute_among("DELETE FROM commerce_orders WHERE shop_id = $1 AND id IN ($ids)", shop, ids).await.map(drop)
}

/// Orders go along with whoever they came with. An order just told of is saved anew, not beside this.
pub async fn follow(tx: &mut Tx<'_>, moved: Moved) -> Result<u64> {
    let Moved { shop, first, now, most } = moved;
    let sql = "UPDATE commerce_orders SET customer_id = $1, version = version + 1 WHERE shop_id = $2 AND id IN \
               (SELECT id FROM commerce_orders WHERE shop_id = $2 AND customer_first = $3 AND customer_id <> $1 LIMIT $4)";
    tx.execute(sql, &[&now, &shop, &first, &most]).await
}
