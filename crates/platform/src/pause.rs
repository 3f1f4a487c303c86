//! Whether anything may leave the house. A restored installation keeps everything until somebody says go: what it was about
//! to send when the backup was made has left long ago, and the one it was copied from may still be running.
//!
//! A job that reaches people outside says so (`Job::OUTGOING`); those of a paused shop are not claimed, and wait.

use kernel::{Result, ShopId, Timestamp};

use crate::db::Tx;

/// Every shop there is: that it was opened is an audited event, and those are kept for ever.
pub(crate) const EVERYWHERE: &str = "INSERT INTO platform_pauses (shop_id, since) SELECT shop_id, CAST($1 AS BIGINT) FROM \
     (SELECT shop_id FROM platform_events UNION SELECT shop_id FROM platform_jobs WHERE outgoing) AS shops WHERE TRUE ON CONFLICT DO NOTHING";

/// Lets nothing leave any more, in no shop.
pub async fn everywhere(tx: &mut Tx<'_>) -> Result<()> {
    let now = tx.now();
    tx.execute(EVERYWHERE, &[&now]).await.map(drop)
}

/// Since when nothing leaves this shop; `None` when it does.
pub async fn since(tx: &mut Tx<'_>, shop: ShopId) -> Result<Option<Timestamp>> {
    tx.row("SELECT since FROM platform_pauses WHERE shop_id = $1", &[&shop]).await?.map(|row| row.get(0)).transpose()
}

/// The shops that nothing leaves.
pub async fn shops(tx: &mut Tx<'_>) -> Result<Vec<ShopId>> {
    tx.rows("SELECT shop_id FROM platform_pauses ORDER BY shop_id", &[]).await?.iter().map(|row| row.get(0)).collect()
}

/// Lets what waits leave; says whether anything was paused.
pub async fn end(tx: &mut Tx<'_>, shop: ShopId) -> Result<bool> {
    tx.aftermath.jobs = true;
    Ok(tx.execute("DELETE FROM platform_pauses WHERE shop_id = $1", &[&shop]).await? == 1)
}
