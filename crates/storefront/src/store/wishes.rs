//! Statements on wishes.

use kernel::{CustomerId, Result, ShopId, Timestamp};
use platform::{
    Tx,
    db::{Json, Row},
    personal_data::Moved,
    sweep::PIECE,
};

use crate::{viewed::ProductSeen, whose::Whose, wish::Wish};

const COLUMNS: &str = "shop_id, customer_first, customer_id, facts, wished_at";

fn read(row: &Row) -> Result<Wish> {
    let mut c = row.columns();
    let whose = Whose { shop: c.take()?, first: c.take()?, now: c.take()? };
    Ok(Wish { whose, product: c.take::<Json<ProductSeen>>()?.0, at: c.take()? })
}

/// What a customer wishes for, as whomever they came, the newest first.
pub async fn newest(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId, most: i64) -> Result<Vec<Wish>> {
    let sql = format!("SELECT {COLUMNS} FROM storefront_wishes WHERE shop_id = $1 AND customer_id = $2 ORDER BY wished_at DESC LIMIT $3");
    tx.rows(&sql, &[&shop, &customer, &most]).await?.iter().map(read).collect()
}

/// All that came as this customer.
pub async fn came_as(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId) -> Result<Vec<Wish>> {
    let sql = format!("SELECT {COLUMNS} FROM storefront_wishes WHERE shop_id = $1 AND customer_first = $2 ORDER BY wished_at DESC");
    tx.rows(&sql, &[&shop, &first]).await?.iter().map(read).collect()
}

/// Adds a wish; what is wished for already stays as old as it is.
pub async fn add(tx: &mut Tx<'_>, wish: &Wish) -> Result<()> {
    let Whose { shop, first, now } = wish.whose;
    tx.one(
        "INSERT INTO storefront_wishes (shop_id, customer_first, reference, customer_id, facts, wished_at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (shop_id, customer_first, reference) DO UPDATE SET customer_id = excluded.customer_id, facts = excluded.facts",
        &[&shop, &first, &wish.product.reference, &now, &Json(&wish.product), &wish.at],
    )
    .await
}

pub async fn remove(tx: &mut Tx<'_>, whose: Whose, reference: &str) -> Result<()> {
    let sql = "DELETE FROM storefront_wishes WHERE shop_id = $1 AND customer_first = $2 AND reference = $3";
    tx.execute(sql, &[&whose.shop, &whose.first, &reference]).await.map(drop)
}

/// Forgets wishes before the newest so many.
pub async fn keep_newest(tx: &mut Tx<'_>, whose: Whose, kept: i64) -> Result<()> {
    let sql = "DELETE FROM storefront_wishes WHERE shop_id = $1 AND customer_first = $2 AND wished_at < \
               (SELECT MIN(wished_at) FROM (SELECT wished_at FROM storefront_wishes WHERE shop_id = $1 AND customer_first = $2 \
               ORDER BY wished_at DESC LIMIT $3) AS kept)";
    tx.execute(sql, &[&whose.shop, &whose.first, &kept]).await.map(drop)
}

pub async fn forget_old(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64> {
    let sql = "DELETE FROM storefront_wishes WHERE (shop_id, customer_first, reference) IN \
               (SELECT shop_id, customer_first, reference FROM storefront_wishes WHERE wished_at < $1 LIMIT $2)";
    tx.execute(sql, &[&before, &PIECE]).await
}

pub async fn follow(tx: &mut Tx<'_>, Moved { shop, first, now, most }: Moved) -> Result<u64> {
    let sql = "UPDATE storefront_wishes SET customer_id = $1 WHERE shop_id = $2 AND customer_first = $3 AND reference IN \
               (SELECT reference FROM storefront_wishes WHERE shop_id = $2 AND customer_first = $3 AND customer_id <> $1 LIMIT $4)";
    tx.execute(sql, &[&now, &shop, &first, &most]).await
}
