//! Every statement of this crate.

use kernel::{Result, ShopId};
use platform::{Tx, db::Json};

use crate::quick_replies::{Kept, QuickReplies};

pub async fn quick_replies(tx: &mut Tx<'_>, shop: ShopId) -> Result<Option<Kept>> {
    let row = tx.row("SELECT settings, version FROM bot_quick_replies WHERE shop_id = $1", &[&shop]).await?;
    row.map(|row| {
        let Json(settings): Json<QuickReplies> = row.get(0)?;
        Ok(Kept { settings, version: row.get(1)? })
    })
    .transpose()
}

pub async fn insert_quick_replies(tx: &mut Tx<'_>, shop: ShopId, settings: &QuickReplies) -> Result<()> {
    let sql = "INSERT INTO bot_quick_replies (shop_id, settings, version) VALUES ($1, $2, 1)";
    tx.one(sql, &[&shop, &Json(settings)]).await
}

pub async fn save_quick_replies(tx: &mut Tx<'_>, shop: ShopId, kept: &Kept) -> Result<()> {
    let sql = "UPDATE bot_quick_replies SET settings = $1, version = version + 1 WHERE shop_id = $2 AND version = $3";
    tx.one(sql, &[&Json(&kept.settings), &shop, &kept.version]).await
}
