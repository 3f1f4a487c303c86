//! Statements on what partners let lines send of their own accord.

use kernel::{LineId, Result, ShopId};
use platform::{Tx, db::Json};

use crate::lines::terms::{Terms, Told};

/// What the partner said last of a line.
pub async fn told(tx: &mut Tx<'_>, shop: ShopId, line: LineId) -> Result<Option<Told>> {
    let sql = "SELECT terms, told_at FROM channels_terms WHERE shop_id = $1 AND line_id = $2";
    let Some(row) = tx.row(sql, &[&shop, &line]).await? else { return Ok(None) };
    Ok(Some(Told { terms: row.get::<Json<_>>(0)?.0, at: row.get(1)? }))
}

pub async fn put(tx: &mut Tx<'_>, shop: ShopId, line: LineId, terms: &Terms) -> Result<()> {
    let sql = "INSERT INTO channels_terms (shop_id, line_id, terms, told_at) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (shop_id, line_id) DO UPDATE SET terms = excluded.terms, told_at = excluded.told_at";
    let now = tx.now();
    tx.one(sql, &[&shop, &line, &Json(terms), &now]).await
}

pub async fn remove(tx: &mut Tx<'_>, shop: ShopId, line: LineId) -> Result<()> {
    tx.execute("DELETE FROM channels_terms WHERE shop_id = $1 AND line_id = $2", &[&shop, &line]).await.map(drop)
}
