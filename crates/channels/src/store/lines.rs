//! Statements on lines.

use kernel::{Error, LineId, Result, ShopId, say};
use platform::{
    Tx,
    db::{Json, Row},
};

use crate::lines::Line;

const COLUMNS: &str = "shop_id, id, channel, partner_key, shown, sealed, run, trouble, heard_at, created_at, version";

fn read(row: &Row) -> Result<Line> {
    let mut c = row.columns();
    Ok(Line {
        shop: c.take()?,
        id: c.take()?,
        channel: c.take()?,
        key: c.take()?,
        shown: c.take::<Json<_>>()?.0,
        sealed: c.take()?,
        run: c.take()?,
        trouble: c.take::<Option<Json<_>>>()?.map(|trouble| trouble.0),
        heard_at: c.take()?,
        created_at: c.take()?,
        version: c.take()?,
    })
}

pub async fn line(tx: &mut Tx<'_>, shop: ShopId, id: LineId) -> Result<Line> {
    maybe(tx, shop, id).await?.ok_or(Error::NotFound(say!("line-not-found")))
}

pub async fn maybe(tx: &mut Tx<'_>, shop: ShopId, id: LineId) -> Result<Option<Line>> {
    let sql = format!("SELECT {COLUMNS} FROM channels_lines WHERE shop_id = $1 AND id = $2");
    tx.row(&sql, &[&shop, &id]).await?.map(|row| read(&row)).transpose()
}

/// The line the partner calls so.
pub async fn by_key(tx: &mut Tx<'_>, shop: ShopId, channel: &str, key: &str) -> Result<Option<LineId>> {
    let sql = "SELECT id FROM channels_lines WHERE shop_id = $1 AND channel = $2 AND partner_key = $3";
    tx.row(sql, &[&shop, &channel, &key]).await?.map(|row| row.get(0)).transpose()
}

/// All of a shop, the oldest first.
pub async fn all(tx: &mut Tx<'_>, shop: ShopId) -> Result<Vec<Line>> {
    let sql = format!("SELECT {COLUMNS} FROM channels_lines WHERE shop_id = $1 ORDER BY id");
    tx.rows(&sql, &[&shop]).await?.iter().map(read).collect()
}

pub async fn insert(tx: &mut Tx<'_>, l: &Line) -> Result<()> {
    let sql = format!("INSERT INTO channels_lines ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)");
    let (shown, trouble) = (Json(&l.shown), l.trouble.as_ref().map(Json));
    tx.one(&sql, &[&l.shop, &l.id, &l.channel, &l.key, &shown, &l.sealed, &l.run, &trouble, &l.heard_at, &l.created_at, &l.version]).await
}

/// Saves what can change; the version says that nobody was faster.
pub async fn save(tx: &mut Tx<'_>, l: &mut Line) -> Result<()> {
    let sql = "UPDATE channels_lines SET shown = $1, sealed = $2, run = $3, trouble = $4, heard_at = $5, version = version + 1 \
               WHERE shop_id = $6 AND id = $7 AND version = $8";
    let (shown, trouble) = (Json(&l.shown), l.trouble.as_ref().map(Json));
    tx.one(sql, &[&shown, &l.sealed, &l.run, &trouble, &l.heard_at, &l.shop, &l.id, &l.version]).await?;
    l.version += 1;
    Ok(())
}

pub async fn remove(tx: &mut Tx<'_>, shop: ShopId, id: LineId) -> Result<()> {
    tx.one("DELETE FROM channels_lines WHERE shop_id = $1 AND id = $2", &[&shop, &id]).await
}
