//! The directory: how a token, a widget key or an address finds its shop, before anything else is known about it.

use kernel::{Result, ShopId};

use crate::db::Tx;

/// Enters a key; entering the same one again for the same shop changes nothing.
pub async fn enter(tx: &mut Tx<'_>, kind: &str, key_hash: &str, shop: ShopId) -> Result<()> {
    let sql = "INSERT INTO platform_directory (kind, key_hash, shop_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    tx.execute(sql, &[&kind, &key_hash, &shop]).await.map(drop)
}

/// The shop a key leads to.
pub async fn find(tx: &mut Tx<'_>, kind: &str, key_hash: &str) -> Result<Option<ShopId>> {
    let row = tx.row("SELECT shop_id FROM platform_directory WHERE kind = $1 AND key_hash = $2", &[&kind, &key_hash]).await?;
    row.map(|row| row.get(0)).transpose()
}

/// Strikes a key out.
pub async fn strike(tx: &mut Tx<'_>, kind: &str, key_hash: &str) -> Result<()> {
    tx.execute("DELETE FROM platform_directory WHERE kind = $1 AND key_hash = $2", &[&kind, &key_hash]).await.map(drop)
}
