//! Statements on contact forms.

use kernel::{Result, ShopId, days};
use platform::{Tx, db::Json, sweep::PIECE};

use crate::contact::settings::ContactSettings;

/// What a shop's form asks and says, with its version; none where nobody has said anything.
pub async fn settings(tx: &mut Tx<'_>, shop: ShopId) -> Result<Option<(ContactSettings, i64)>> {
    let row = tx.row("SELECT settings, version FROM channels_contact_forms WHERE shop_id = $1", &[&shop]).await?;
    row.map(|row| Ok((row.get::<Json<_>>(0)?.0, row.get(1)?))).transpose()
}

pub async fn insert(tx: &mut Tx<'_>, shop: ShopId, settings: &ContactSettings) -> Result<()> {
    let sql = "INSERT INTO channels_contact_forms (shop_id, settings, version) VALUES ($1, $2, 1)";
    tx.one(sql, &[&shop, &Json(settings)]).await
}

/// Saves it; the version says that nobody was faster.
pub async fn save(tx: &mut Tx<'_>, shop: ShopId, settings: &ContactSettings, version: i64) -> Result<()> {
    let sql = "UPDATE channels_contact_forms SET settings = $1, version = version + 1 WHERE shop_id = $2 AND version = $3";
    tx.one(sql, &[&Json(settings), &shop, &version]).await
}

/// Notes that an address, known by a hash, is told now; false where it was told less than a day ago.
pub async fn tell(tx: &mut Tx<'_>, shop: ShopId, address: &str) -> Result<bool> {
    let (now, before) = (tx.now(), tx.now() - days(1));
    let sql = "INSERT INTO channels_acknowledged (shop_id, address, at) VALUES ($1, $2, $3) ON CONFLICT (shop_id, address) \
               DO UPDATE SET at = excluded.at WHERE channels_acknowledged.at <= $4";
    Ok(tx.execute(sql, &[&shop, &address, &now, &before]).await? == 1)
}

/// Forgets who was told longer ago than it counts.
pub async fn forget_told(tx: &mut Tx<'_>) -> Result<u64> {
    let before = tx.now() - days(1);
    let sql = "DELETE FROM channels_acknowledged WHERE (shop_id, address) IN \
               (SELECT shop_id, address FROM channels_acknowledged WHERE at <= $1 LIMIT $2)";
    tx.execute(sql, &[&before, &PIECE]).await
}
