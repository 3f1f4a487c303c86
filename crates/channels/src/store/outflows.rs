//! Statements on how answers leave through lines and mailboxes.

use kernel::{Result, ShopId};
use platform::{Tx, db::Json};

use crate::outflow::Outflow;

/// How things stand at one way out.
pub async fn of(tx: &mut Tx<'_>, shop: ShopId, way: &str) -> Result<Outflow> {
    let sql = "SELECT used_up, failures, rest, first_until FROM channels_outflows WHERE shop_id = $1 AND way = $2";
    let Some(row) = tx.row(sql, &[&shop, &way]).await? else { return Ok(Outflow::default()) };
    let mut c = row.columns();
    let (used_up, failures) = (c.take()?, c.take()?);
    Ok(Outflow { used_up, failures, rest: c.take::<Option<Json<_>>>()?.map(|rest| rest.0), first_until: c.take()? })
}

pub async fn put(tx: &mut Tx<'_>, shop: ShopId, way: &str, outflow: &Outflow) -> Result<()> {
    let Outflow { used_up, failures, rest, first_until } = outflow;
    let sql = "INSERT INTO channels_outflows (shop_id, way, used_up, failures, rest, first_until) VALUES ($1, $2, $3, $4, $5, $6) \
               ON CONFLICT (shop_id, way) DO UPDATE SET used_up = excluded.used_up, failures = excluded.failures, \
               rest = excluded.rest, first_until = excluded.first_until";
    tx.one(sql, &[&shop, &way, used_up, failures, &rest.as_ref().map(Json), first_until]).await
}

/// Forgets how things stood: it is another way out now, or none.
pub async fn remove(tx: &mut Tx<'_>, shop: ShopId, way: &str) -> Result<()> {
    tx.execute("DELETE FROM channels_outflows WHERE shop_id = $1 AND way = $2", &[&shop, &way]).await.map(drop)
}
