//! Leases: a job is one worker's for a few seconds, and its process renews that for as long as it has it in hand. So what
//! a killed process had in hand is soon taken over.
//!
//! A claim raises the job's `fence`; whoever finishes must name the fence it was given, in the transaction that holds
//! the effect. A worker that slept through its lease finds another number there and changes nothing.

use std::{
    collections::BTreeSet,
    convert::Infallible,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use kernel::{Error, JobId, Result, ShopId, Timestamp, say, seconds};
use tokio::time::{MissedTickBehavior, interval};

use crate::{
    App,
    db::{Json, Row, Tx},
    kill_point,
};

const LEASE: i64 = seconds(10);
/// Two of these may fail before a lease is over.
const RENEWED_EVERY: Duration = Duration::from_secs(3);

/// A job as its worker holds it.
#[derive(Debug, Clone)]
pub struct Lease {
    pub id: JobId,
    pub shop: ShopId,
    /// How often it has been tried, this time included.
    pub attempt: i64,
    pub(super) fence: i64,
}

impl Lease {
    /// Marks the job done, in the transaction that holds its effect.
    ///
    /// Errors: `Conflict` when the lease has passed to another worker, which undoes the effect.
    pub async fn done(&self, tx: &mut Tx<'_>) -> Result<()> {
        kill_point::reach("job-before-done");
        let ended = tx.execute("DELETE FROM platform_jobs WHERE id = $1 AND fence = $2", &[&self.id, &self.fence]).await?;
        if ended == 1 { Ok(()) } else { Err(taken_over()) }
    }

    /// Puts the job off, in the transaction that holds what it came to: nothing has failed, it is only not its turn.
    ///
    /// Errors: those of [`Lease::done`].
    pub async fn put_off(&self, tx: &mut Tx<'_>, until: Timestamp) -> Result<()> {
        let sql = "UPDATE platform_jobs SET run_at = $1, lease_until = 0, attempts = attempts - 1 WHERE id = $2 AND fence = $3";
        let held = tx.execute(sql, &[&until, &self.id, &self.fence]).await?;
        if held == 1 { Ok(()) } else { Err(taken_over()) }
    }

    /// Looks whether the job is still this worker's, in the transaction that holds an effect but not its end.
    ///
    /// Errors: those of [`Lease::done`].
    pub async fn holds(&self, tx: &mut Tx<'_>) -> Result<()> {
        let held = tx.row("SELECT 1 FROM platform_jobs WHERE id = $1 AND fence = $2", &[&self.id, &self.fence]).await?;
        held.map(drop).ok_or_else(taken_over)
    }
}

const LEASE_LOST: &str = "lease_lost";

/// What another worker has in hand.
pub fn taken_over() -> Error {
    Error::Conflict { kind: LEASE_LOST, detail: say!("job-taken-over") }
}

/// Whether that is why something ended: then there is nothing to write down.
pub fn is_taken_over(error: &Error) -> bool {
    matches!(error, Error::Conflict { kind: LEASE_LOST, .. })
}

/// A job just claimed.
pub(crate) struct Claimed {
    pub lease: Lease,
    pub kind: String,
    pub payload: serde_json::Value,
}

fn claimed(row: &Row) -> Result<Claimed> {
    let mut c = row.columns();
    let lease = Lease { id: c.take()?, shop: c.take()?, fence: c.take()?, attempt: c.take()? };
    Ok(Claimed { lease, kind: c.take()?, payload: c.take::<Json<_>>()?.0 })
}

/// Leases due jobs, `most` of them about, a fair share for each shop that has any.
pub(super) async fn claim(tx: &mut Tx<'_>, most: i64) -> Result<Vec<Claimed>> {
    let now = tx.now();
    // walks the index from shop to shop, past what waits for later and past a backlog
    let shops = tx
        .rows(
            "WITH RECURSIVE waiting(shop_id) AS ( \
               SELECT (SELECT shop_id FROM platform_jobs WHERE state = 'ready' ORDER BY shop_id LIMIT 1) \
               UNION ALL \
               SELECT (SELECT j.shop_id FROM platform_jobs j WHERE j.state = 'ready' AND j.shop_id > w.shop_id ORDER BY j.shop_id LIMIT 1) \
               FROM waiting w WHERE w.shop_id IS NOT NULL) \
             SELECT shop_id FROM waiting w \
             WHERE EXISTS (SELECT 1 FROM platform_jobs j WHERE j.state = 'ready' AND j.shop_id = w.shop_id AND j.run_at <= $1)",
            &[&now],
        )
        .await?;
    let share = (most / shops.len().max(1) as i64).max(1);
    let lock = tx.twin("", "FOR UPDATE SKIP LOCKED");
    let sql = format!(
        "UPDATE platform_jobs SET lease_until = $1, fence = fence + 1, attempts = attempts + 1 WHERE id IN ( \
           SELECT id FROM platform_jobs j WHERE state = 'ready' AND shop_id = $2 AND run_at <= $3 AND lease_until <= $3 \
             AND (lane IS NULL OR NOT EXISTS (SELECT 1 FROM platform_jobs e \
                  WHERE e.shop_id = j.shop_id AND e.lane = j.lane AND e.id < j.id AND e.state = 'ready')) \
             AND NOT (outgoing AND EXISTS (SELECT 1 FROM platform_pauses p WHERE p.shop_id = $2)) \
           ORDER BY run_at, id LIMIT $4 {lock}) \
         RETURNING id, shop_id, fence, attempts, kind, payload"
    );
    let mut jobs = Vec::new();
    for shop in &shops {
        let shop: ShopId = shop.get(0)?;
        for row in tx.rows(&sql, &[&(now + LEASE), &shop, &now, &share]).await? {
            jobs.push(claimed(&row)?);
        }
    }
    jobs.sort_by_key(|job| job.lease.id);
    Ok(jobs)
}

/// When there may next be something to claim, though nobody enqueues anything: a job falls due, or a lease runs out.
pub async fn next_due(tx: &mut Tx<'_>) -> Result<Option<Timestamp>> {
    // what is in hand is among the oldest of what is due; the rest may be a long lane
    let sql = "SELECT (SELECT run_at FROM platform_jobs WHERE state = 'ready' AND run_at > $1 ORDER BY run_at LIMIT 1), \
                      (SELECT MIN(lease_until) FROM platform_jobs WHERE lease_until > $1 AND id IN ( \
                         SELECT id FROM platform_jobs WHERE state = 'ready' AND run_at <= $1 ORDER BY run_at LIMIT 64))";
    let now = tx.now();
    let Some(row) = tx.row(sql, &[&now]).await? else { return Ok(None) };
    let moments: [Option<Timestamp>; 2] = [row.get(0)?, row.get(1)?];
    Ok(moments.into_iter().flatten().min())
}

/// The leases this process works under.
#[derive(Default)]
pub(crate) struct InHand(Mutex<BTreeSet<(JobId, i64)>>);

/// One of them, until it is dropped.
pub(super) struct Held<'a> {
    in_hand: &'a InHand,
    lease: (JobId, i64),
}

impl InHand {
    pub(super) fn hold(&self, lease: &Lease) -> Held<'_> {
        let lease = (lease.id, lease.fence);
        self.leases().insert(lease);
        Held { in_hand: self, lease }
    }

    // a panic while holding the lock leaves the set whole: every change to it is one call
    fn leases(&self) -> MutexGuard<'_, BTreeSet<(JobId, i64)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.in_hand.leases().remove(&self.lease);
    }
}

/// Renews all that this process has in hand; how many leases that were. One that is over stays over.
pub(crate) async fn renew(app: &App) -> Result<u64> {
    let in_hand = app.scope().in_hand.leases().clone();
    if in_hand.is_empty() {
        return Ok(0);
    }
    app.db()
        .claim(async move |tx: &mut Tx<'_>| {
            let (now, mut renewed) = (tx.now(), 0);
            for (id, fence) in &in_hand {
                let sql = "UPDATE platform_jobs SET lease_until = $1 WHERE id = $2 AND fence = $3 AND lease_until > $4";
                renewed += tx.execute(sql, &[&(now + LEASE), id, fence, &now]).await?;
            }
            Ok(renewed)
        })
        .await
}

/// Renews in time, for as long as it is awaited.
pub(super) async fn keep_renewed(app: &App) -> Infallible {
    let mut ticks = interval(RENEWED_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = renew(app).await {
            tracing::error!(%error, "leases could not be renewed");
        }
    }
}
