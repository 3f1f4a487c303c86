//! Statements on carts.

use kernel::{CustomerId, Result, ShopId, Timestamp};
use platform::{
    Tx,
    db::{Json, Row},
    personal_data::Moved,
    sweep::PIECE,
};

use crate::{
    cart::{Cart, CartFacts},
    whose::Whose,
};

const COLUMNS: &str = "shop_id, customer_first, customer_id, facts, changed_at, abandoned_at";

fn read(row: &Row) -> Result<Cart> {
    let mut c = row.columns();
    let whose = Whose { shop: c.take()?, first: c.take()?, now: c.take()? };
    Ok(Cart { whose, facts: c.take::<Json<CartFacts>>()?.0, changed_at: c.take()?, abandoned_at: c.take()? })
}

/// What came as this customer's.
pub async fn one(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId) -> Result<Option<Cart>> {
    let sql = format!("SELECT {COLUMNS} FROM storefront_carts WHERE shop_id = $1 AND customer_first = $2");
    tx.row(&sql, &[&shop, &first]).await?.map(|row| read(&row)).transpose()
}

/// The one a customer changed last, as whomever they came.
pub async fn newest(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId) -> Result<Option<Cart>> {
    let sql = format!("SELECT {COLUMNS} FROM storefront_carts WHERE shop_id = $1 AND customer_id = $2 ORDER BY changed_at DESC LIMIT 1");
    tx.row(&sql, &[&shop, &customer]).await?.map(|row| read(&row)).transpose()
}

pub async fn save(tx: &mut Tx<'_>, cart: &Cart) -> Result<()> {
    let Whose { shop, first, now } = cart.whose;
    tx.one(
        "INSERT INTO storefront_carts (shop_id, customer_first, customer_id, facts, changed_at, abandoned_at) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (shop_id, customer_first) DO UPDATE SET customer_id = excluded.customer_id, \
         facts = excluded.facts, changed_at = excluded.changed_at, abandoned_at = excluded.abandoned_at",
        &[&shop, &first, &now, &Json(&cart.facts), &cart.changed_at, &cart.abandoned_at],
    )
    .await
}

pub async fn remove(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId) -> Result<()> {
    tx.execute("DELETE FROM storefront_carts WHERE shop_id = $1 AND customer_first = $2", &[&shop, &first]).await.map(drop)
}

/// Removes a customer's carts that were not changed after this moment.
pub async fn remove_older(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId, at: Timestamp) -> Result<()> {
    let sql = "DELETE FROM storefront_carts WHERE shop_id = $1 AND customer_id = $2 AND changed_at <= $3";
    tx.execute(sql, &[&shop, &customer, &at]).await.map(drop)
}

pub async fn forget_old(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64> {
    let sql = "DELETE FROM storefront_carts WHERE (shop_id, customer_first) IN \
               (SELECT shop_id, customer_first FROM storefront_carts WHERE changed_at < $1 LIMIT $2)";
    tx.execute(sql, &[&before, &PIECE]).await
}

pub async fn follow(tx: &mut Tx<'_>, Moved { shop, first, now, most }: Moved) -> Result<u64> {
    if most <= 0 {
        return Ok(0);
    }
    let sql = "UPDATE storefront_carts SET customer_id = $1 WHERE shop_id = $2 AND customer_first = $3 AND customer_id <> $1";
    tx.execute(sql, &[&now, &shop, &first]).await
}
