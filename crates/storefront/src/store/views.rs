//! Statements on products looked at.

use kernel::{CustomerId, Result, ShopId, Timestamp};
use platform::{
    Tx,
    db::{Json, Row},
    personal_data::Moved,
    sweep::PIECE,
};

use crate::{
    viewed::{ProductSeen, Viewed},
    whose::Whose,
};

const COLUMNS: &str = "shop_id, customer_first, customer_id, facts, times, viewed_at";

fn read(row: &Row) -> Result<Viewed> {
    let mut c = row.columns();
    let whose = Whose { shop: c.take()?, first: c.take()?, now: c.take()? };
    Ok(Viewed { whose, product: c.take::<Json<ProductSeen>>()?.0, times: c.take()?, at: c.take()? })
}

pub async fn one(tx: &mut Tx<'_>, whose: Whose, reference: &str) -> Result<Option<Viewed>> {
    let sql = format!("SELECT {COLUMNS} FROM storefront_views WHERE shop_id = $1 AND customer_first = $2 AND reference = $3");
    tx.row(&sql, &[&whose.shop, &whose.first, &reference]).await?.map(|row| read(&row)).transpose()
}

/// What a customer looked at, as whomever they came, the newest first.
pub async fn newest(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId, most: i64) -> Result<Vec<Viewed>> {
    let sql = format!("SELECT {COLUMNS} FROM storefront_views WHERE shop_id = $1 AND customer_id = $2 ORDER BY viewed_at DESC LIMIT $3");
    tx.rows(&sql, &[&shop, &customer, &most]).await?.iter().map(read).collect()
}

/// All that came as this customer.
pub async fn came_as(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId) -> Result<Vec<Viewed>> {
    let sql = format!("SELECT {COLUMNS} FROM storefront_views WHERE shop_id = $1 AND customer_first = $2 ORDER BY viewed_at DESC");
    tx.rows(&sql, &[&shop, &first]).await?.iter().map(read).collect()
}

pub async fn save(tx: &mut Tx<'_>, viewed: &Viewed) -> Result<()> {
    let Whose { shop, first, now } = viewed.whose;
    tx.one(
        "INSERT INTO storefront_views (shop_id, customer_first, reference, customer_id, facts, times, viewed_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (shop_id, customer_first, reference) DO UPDATE SET \
         customer_id = excluded.customer_id, facts = excluded.facts, times = excluded.times, viewed_at = excluded.viewed_at",
        &[&shop, &first, &viewed.product.reference, &now, &Json(&viewed.product), &viewed.times, &viewed.at],
    )
    .await
}

/// Forgets what was looked at before the newest so many.
pub async fn keep_newest(tx: &mut Tx<'_>, whose: Whose, kept: i64) -> Result<()> {
    let sql = "DELETE FROM storefront_views WHERE shop_id = $1 AND customer_first = $2 AND viewed_at < \
               (SELECT MIN(viewed_at) FROM (SELECT viewed_at FROM storefront_views WHERE shop_id = $1 AND customer_first = $2 \
               ORDER BY viewed_at DESC LIMIT $3) AS kept)";
    tx.execute(sql, &[&whose.shop, &whose.first, &kept]).await.map(drop)
}

pub async fn forget_old(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64> {
    let sql = "DELETE FROM storefront_views WHERE (shop_id, customer_first, reference) IN \
               (SELECT shop_id, customer_first, reference FROM storefront_views WHERE viewed_at < $1 LIMIT $2)";
    tx.execute(sql, &[&before, &PIECE]).await
}

pub async fn follow(tx: &mut Tx<'_>, Moved { shop, first, now, most }: Moved) -> Result<u64> {
    let sql = "UPDATE storefront_views SET customer_id = $1 WHERE shop_id = $2 AND customer_first = $3 AND reference IN \
               (SELECT reference FROM storefront_views WHERE shop_id = $2 AND customer_first = $3 AND customer_id <> $1 LIMIT $4)";
    tx.execute(sql, &[&now, &shop, &first, &most]).await
}
