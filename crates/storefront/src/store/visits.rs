//! Statements on visits.

use kernel::{CustomerId, Result, ShopId, Timestamp};
use platform::{
    Tx,
    db::{Json, Row},
    personal_data::Moved,
    sweep::PIECE,
};

use crate::{
    visit::{Facts, Visit},
    whose::Whose,
};

const COLUMNS: &str = "shop_id, customer_first, customer_id, facts, began_at, last_at";

fn read(row: &Row) -> Result<Visit> {
    let mut c = row.columns();
    let whose = Whose { shop: c.take()?, first: c.take()?, now: c.take()? };
    Ok(Visit { whose, facts: c.take::<Json<Facts>>()?.0, began_at: c.take()?, last_at: c.take()? })
}

/// The last one that came as this customer.
pub async fn newest_as(tx: &mut Tx<'_>, whose: Whose) -> Result<Option<Visit>> {
    let sql = format!("SELECT {COLUMNS} FROM storefront_visits WHERE shop_id = $1 AND customer_first = $2 ORDER BY began_at DESC LIMIT 1");
    tx.row(&sql, &[&whose.shop, &whose.first]).await?.map(|row| read(&row)).transpose()
}

/// A customer's last one, as whomever they came.
pub async fn newest(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId) -> Result<Option<Visit>> {
    let sql = format!("SELECT {COLUMNS} FROM storefront_visits WHERE shop_id = $1 AND customer_id = $2 ORDER BY last_at DESC LIMIT 1");
    tx.row(&sql, &[&shop, &customer]).await?.map(|row| read(&row)).transpose()
}

/// All that came as this customer, the newest first.
pub async fn came_as(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId) -> Result<Vec<Visit>> {
    let sql = format!("SELECT {COLUMNS} FROM storefront_visits WHERE shop_id = $1 AND customer_first = $2 ORDER BY began_at DESC");
    tx.rows(&sql, &[&shop, &first]).await?.iter().map(read).collect()
}

pub async fn save(tx: &mut Tx<'_>, visit: &Visit) -> Result<()> {
    let Whose { shop, first, now } = visit.whose;
    tx.one(
        "INSERT INTO storefront_visits (shop_id, customer_first, began_at, customer_id, facts, last_at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (shop_id, customer_first, began_at) DO UPDATE SET customer_id = excluded.customer_id, facts = excluded.facts, \
         last_at = excluded.last_at",
        &[&shop, &first, &visit.began_at, &now, &Json(&visit.facts), &visit.last_at],
    )
    .await
}

/// Forgets visits before the newest so many.
pub async fn keep_newest(tx: &mut Tx<'_>, whose: Whose, kept: i64) -> Result<()> {
    let sql = "DELETE FROM storefront_visits WHERE shop_id = $1 AND customer_first = $2 AND began_at < \
               (SELECT MIN(began_at) FROM (SELECT began_at FROM storefront_visits WHERE shop_id = $1 AND customer_first = $2 \
               ORDER BY began_at DESC LIMIT $3) AS kept)";
    tx.execute(sql, &[&whose.shop, &whose.first, &kept]).await.map(drop)
}

pub async fn forget_old(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64> {
    let sql = "DELETE FROM storefront_visits WHERE (shop_id, customer_first, began_at) IN \
               (SELECT shop_id, customer_first, began_at FROM storefront_visits WHERE last_at < $1 LIMIT $2)";
    tx.execute(sql, &[&before, &PIECE]).await
}

pub async fn follow(tx: &mut Tx<'_>, Moved { shop, first, now, most }: Moved) -> Result<u64> {
    let sql = "UPDATE storefront_visits SET customer_id = $1 WHERE shop_id = $2 AND customer_first = $3 AND began_at IN \
               (SELECT began_at FROM storefront_visits WHERE shop_id = $2 AND customer_first = $3 AND customer_id <> $1 LIMIT $4)";
    tx.execute(sql, &[&now, &shop, &first, &most]).await
}
