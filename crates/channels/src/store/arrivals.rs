//! Statements on arrivals.

use kernel::{ArrivalId, LineId, Result, ShopId, Timestamp};
use platform::{Tx, db::Row, sweep::PIECE};

use crate::lines::Arrival;

const COLUMNS: &str = "shop_id, id, line_id, digest, body, remaining, fault, received_at";

fn read(row: &Row) -> Result<Arrival> {
    let mut c = row.columns();
    Ok(Arrival {
        shop: c.take()?,
        id: c.take()?,
        line: c.take()?,
        digest: c.take()?,
        body: c.take()?,
        remaining: c.take()?,
        fault: c.take()?,
        received_at: c.take()?,
    })
}

/// Writes a call down; says whether it had not come before.
pub async fn insert(tx: &mut Tx<'_>, a: &Arrival) -> Result<bool> {
    let sql = format!("INSERT INTO channels_arrivals ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING");
    Ok(tx.execute(&sql, &[&a.shop, &a.id, &a.line, &a.digest, &a.body, &a.remaining, &a.fault, &a.received_at]).await? > 0)
}

pub async fn maybe(tx: &mut Tx<'_>, shop: ShopId, id: ArrivalId) -> Result<Option<Arrival>> {
    let sql = format!("SELECT {COLUMNS} FROM channels_arrivals WHERE shop_id = $1 AND id = $2");
    tx.row(&sql, &[&shop, &id]).await?.map(|row| read(&row)).transpose()
}

/// One thing it tells has been taken in; with the last, what it says is forgotten.
pub async fn one_less(tx: &mut Tx<'_>, shop: ShopId, id: ArrivalId) -> Result<()> {
    let sql = "UPDATE channels_arrivals SET remaining = remaining - 1, body = CASE WHEN remaining <= 1 THEN NULL ELSE body END \
               WHERE shop_id = $1 AND id = $2";
    tx.execute(sql, &[&shop, &id]).await.map(drop)
}

/// Nobody waits for what it says any more.
pub async fn let_go(tx: &mut Tx<'_>, shop: ShopId, id: ArrivalId) -> Result<()> {
    let sql = "UPDATE channels_arrivals SET remaining = 0, body = NULL WHERE shop_id = $1 AND id = $2 AND fault IS NULL";
    tx.execute(sql, &[&shop, &id]).await.map(drop)
}

/// What was put aside of the lines that are connected, the newest first.
pub async fn aside(tx: &mut Tx<'_>, shop: ShopId, limit: i64) -> Result<Vec<Arrival>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM channels_arrivals WHERE shop_id = $1 AND fault IS NOT NULL \
         AND line_id IN (SELECT id FROM channels_lines WHERE shop_id = $1) ORDER BY id DESC LIMIT $2"
    );
    tx.rows(&sql, &[&shop, &limit]).await?.iter().map(read).collect()
}

/// How much of what came at a line was put aside.
pub async fn count_aside(tx: &mut Tx<'_>, shop: ShopId, line: LineId) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM channels_arrivals WHERE shop_id = $1 AND fault IS NOT NULL AND line_id = $2";
    tx.value(sql, &[&shop, &line]).await
}

/// Forgets some of what came before, whatever became of it.
pub async fn forget_old(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64> {
    let sql = "DELETE FROM channels_arrivals WHERE (shop_id, id) IN (SELECT shop_id, id FROM channels_arrivals \
               WHERE received_at < $1 LIMIT $2)";
    tx.execute(sql, &[&before, &PIECE]).await
}
