//! Folding: events older than the operator keeps them are put away. What is audited stays, so the audit chain stays whole.
//!
//! Up to which number that has happened is written down: a screen that was away for longer must start anew, and no number
//! is ever given twice.

use kernel::{Result, ShopId, Timestamp, days};

use crate::{
    App,
    db::{Lane, Tx},
    sweep::{PIECE, Sweep, Swept},
};

/// Up to this number some of a shop's events are gone; 0 when none is.
pub async fn folded(tx: &mut Tx<'_>, shop: ShopId) -> Result<i64> {
    let row = tx.row("SELECT seq FROM platform_folds WHERE shop_id = $1", &[&shop]).await?;
    row.map_or(Ok(0), |row| row.get(0))
}

/// The highest number ever given, in any shop.
pub(crate) const NEWEST: &str = "SELECT COALESCE(MAX(seq), 0) FROM \
    (SELECT MAX(seq) AS seq FROM platform_events UNION ALL SELECT MAX(seq) AS seq FROM platform_folds) AS given";

/// Sweeps out events that are older than the operator keeps them.
pub(crate) fn sweep() -> Sweep {
    Sweep::new("events", async |app: App| {
        let kept = match app.config().events_kept_days {
            0 => return Ok(Swept::Clean),
            kept => days(kept.into()),
        };
        let old = app.db().write_in(Lane::Bulk, async move |tx: &mut Tx<'_>| fold(tx, tx.now() - kept).await);
        Ok(Swept::of(old.await?))
    })
}

/// Folds some away, in the order of their numbers; how many it has been past.
async fn fold(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64> {
    let from: i64 = tx.value("SELECT COALESCE(MAX(seq), 0) FROM platform_folds", &[]).await?;
    let rows = tx.rows("SELECT seq, at FROM platform_events WHERE seq > $1 ORDER BY seq LIMIT $2", &[&from, &PIECE]).await?;
    let (mut passed, mut to) = (0, from);
    for row in &rows {
        if row.get::<Timestamp>(1)? >= before {
            break;
        }
        (passed, to) = (passed + 1, row.get(0)?);
    }
    tx.execute(
        "INSERT INTO platform_folds (shop_id, seq) SELECT shop_id, MAX(seq) FROM platform_events WHERE seq > $1 AND seq <= $2 GROUP BY shop_id \
         ON CONFLICT (shop_id) DO UPDATE SET seq = excluded.seq",
        &[&from, &to],
    )
    .await?;
    tx.execute("DELETE FROM platform_events WHERE seq > $1 AND seq <= $2 AND NOT audited", &[&from, &to]).await?;
    Ok(passed)
}
