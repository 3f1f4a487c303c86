//! Statements on the chat and its keys.

use kernel::{Error, KeyId, Result, ShopId, Timestamp, say};
use platform::{Tx, db::Json};
use serde::Deserialize;

use crate::webchat::settings::{Settings, Widget};

pub async fn widget(tx: &mut Tx<'_>, shop: ShopId) -> Result<Option<Widget>> {
    let row = tx.row("SELECT widget_key, settings, version FROM channels_widgets WHERE shop_id = $1", &[&shop]).await?;
    row.map(|row| {
        let Json(settings): Json<Settings> = row.get(1)?;
        Ok(Widget { shop, key: row.get(0)?, settings, version: row.get(2)? })
    })
    .transpose()
}

/// The pages a shop's chat may run on. Each message asks for them, and the texts of the settings are long.
pub async fn origins(tx: &mut Tx<'_>, shop: ShopId) -> Result<Option<Vec<String>>> {
    #[derive(Deserialize)]
    struct Pages {
        origins: Vec<String>,
    }
    let row = tx.row("SELECT settings FROM channels_widgets WHERE shop_id = $1", &[&shop]).await?;
    row.map(|row| row.get::<Json<Pages>>(0).map(|pages| pages.0.origins)).transpose()
}

pub async fn insert_widget(tx: &mut Tx<'_>, widget: &Widget) -> Result<()> {
    let sql = "INSERT INTO channels_widgets (shop_id, widget_key, settings, version) VALUES ($1, $2, $3, $4)";
    tx.one(sql, &[&widget.shop, &widget.key, &Json(&widget.settings), &widget.version]).await
}

pub async fn save_widget(tx: &mut Tx<'_>, widget: &Widget) -> Result<()> {
    let sql = "UPDATE channels_widgets SET settings = $1, version = version + 1 WHERE shop_id = $2 AND version = $3";
    tx.one(sql, &[&Json(&widget.settings), &widget.shop, &widget.version]).await
}

pub async fn insert_key(tx: &mut Tx<'_>, shop: ShopId, id: KeyId, sealed: &str) -> Result<()> {
    let now = tx.now();
    let sql = "INSERT INTO channels_identity_keys (shop_id, id, sealed, created_at) VALUES ($1, $2, $3, $4)";
    tx.one(sql, &[&shop, &id, &sealed, &now]).await
}

/// Each key, sealed, with when it was made; the newest first.
pub async fn keys(tx: &mut Tx<'_>, shop: ShopId) -> Result<Vec<(KeyId, String, Timestamp)>> {
    let rows = tx.rows("SELECT id, sealed, created_at FROM channels_identity_keys WHERE shop_id = $1 ORDER BY id DESC", &[&shop]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).collect()
}

pub async fn remove_key(tx: &mut Tx<'_>, shop: ShopId, id: KeyId) -> Result<()> {
    match tx.execute("DELETE FROM channels_identity_keys WHERE shop_id = $1 AND id = $2", &[&shop, &id]).await? {
        0 => Err(Error::NotFound(say!("signing-key-not-found"))),
        _ => Ok(()),
    }
}
