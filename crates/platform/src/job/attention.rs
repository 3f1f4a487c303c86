//! Jobs that failed for good: a person looks at them, and has them tried again or gives them up.

use kernel::{Error, JobId, Result, ShopId, Timestamp, say};
use serde::Serialize;

use crate::db::Tx;

/// A job that needs a person.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Parked {
    pub id: JobId,
    pub kind: String,
    pub attempts: i64,
    #[schema(required)]
    pub error: Option<String>,
    pub at: Timestamp,
}

/// A shop's parked jobs, newest first.
pub async fn parked(tx: &mut Tx<'_>, shop: ShopId) -> Result<Vec<Parked>> {
    let sql = "SELECT id, kind, attempts, error, run_at FROM platform_jobs WHERE state = 'parked' AND shop_id = $1 ORDER BY run_at DESC LIMIT 200";
    let rows = tx.rows(sql, &[&shop]).await?;
    rows.iter()
        .map(|row| {
            let mut c = row.columns();
            Ok(Parked { id: c.take()?, kind: c.take()?, attempts: c.take()?, error: c.take()?, at: c.take()? })
        })
        .collect()
}

/// Tries a parked job again, from the first attempt.
pub async fn retry(tx: &mut Tx<'_>, shop: ShopId, id: JobId) -> Result<()> {
    let now = tx.now();
    let sql = "UPDATE platform_jobs SET state = 'ready', run_at = $1, attempts = 0 WHERE id = $2 AND shop_id = $3 AND state = 'parked'";
    tx.aftermath.jobs = true;
    expect_parked(tx.execute(sql, &[&now, &id, &shop]).await?)
}

/// Gives a parked job up.
pub async fn discard(tx: &mut Tx<'_>, shop: ShopId, id: JobId) -> Result<()> {
    expect_parked(tx.execute("DELETE FROM platform_jobs WHERE id = $1 AND shop_id = $2 AND state = 'parked'", &[&id, &shop]).await?)
}

fn expect_parked(changed: u64) -> Result<()> {
    if changed == 1 { Ok(()) } else { Err(Error::NotFound(say!("job-not-found"))) }
}

/// How much is to be done, in the whole installation.
pub struct Backlog {
    pub due: i64,
    pub parked: i64,
    /// Since when the oldest of what is due has been.
    pub oldest: Option<Timestamp>,
}

/// How much is to be done now.
pub async fn backlog(tx: &mut Tx<'_>) -> Result<Backlog> {
    let now = tx.now();
    let oldest = tx.row("SELECT run_at FROM platform_jobs WHERE state = 'ready' AND run_at <= $1 ORDER BY run_at LIMIT 1", &[&now]).await?;
    Ok(Backlog {
        due: tx.value("SELECT COUNT(*) FROM platform_jobs WHERE state = 'ready' AND run_at <= $1", &[&now]).await?,
        parked: tx.value("SELECT COUNT(*) FROM platform_jobs WHERE state = 'parked'", &[]).await?,
        oldest: oldest.map(|row| row.get(0)).transpose()?,
    })
}
