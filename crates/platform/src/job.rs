//! Jobs: what is to be done later, leased to one worker at a time.
//!
//! A claim raises the job's `fence`; whoever finishes must name the fence it was given, in the transaction that holds
//! the effect. A worker that slept through its lease finds another number there and changes nothing.

use std::{collections::HashMap, future::Future, pin::Pin, time::Duration};

use kernel::{Error, EventId, JobId, Result, ShopId, Timestamp, hours, invalid, minutes, say, seconds};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use tokio::{task::JoinSet, time::timeout};
use tokio_util::sync::CancellationToken;

use crate::{
    App,
    db::{Json, Lane, Row, Tx},
    event,
};

const LEASE: i64 = minutes(1);
/// Tries before a job is parked under "needs attention".
const ATTEMPTS: i64 = 8;
/// Jobs a process does side by side.
const AT_ONCE: usize = 64;
/// A lost wake-up costs at most this much.
const POLL: Duration = Duration::from_secs(5);

/// Work for later: its data, and the name it is stored under.
pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    const KIND: &'static str;
    /// Whether it reaches people outside: then it waits while its shop is paused.
    const OUTGOING: bool = false;
}

/// When and in which company a job runs.
#[derive(Debug, Clone, Default)]
pub struct When {
    /// Not before this moment; at once when `None`.
    pub at: Option<Timestamp>,
    /// Jobs in one lane run one at a time, in the order they were enqueued.
    pub lane: Option<String>,
    /// A second job of this kind with this key is not enqueued.
    pub once: Option<String>,
}

impl When {
    pub fn at(moment: Timestamp) -> Self {
        When { at: Some(moment), ..When::default() }
    }
    pub fn lane(mut self, lane: impl ToString) -> Self {
        self.lane = Some(lane.to_string());
        self
    }
    pub fn once(mut self, key: impl ToString) -> Self {
        self.once = Some(key.to_string());
        self
    }
}

#[derive(Serialize, Deserialize)]
struct React {
    event: EventId,
    reaction: String,
}
impl Job for React {
    const KIND: &'static str = "react";
}

pub(crate) async fn enqueue_reaction(tx: &mut Tx<'_>, shop: ShopId, reaction: &str, event: EventId, lane: Option<String>) -> Result<()> {
    tx.enqueue(shop, &React { event, reaction: reaction.to_owned() }, When { lane, ..When::default() }).await
}

impl Tx<'_> {
    /// Writes down what is to be done; it is done if and only if this transaction commits.
    pub async fn enqueue<J: Job>(&mut self, shop: ShopId, job: &J, when: When) -> Result<()> {
        let id: JobId = self.new_id();
        let now = self.now();
        self.execute(
            "INSERT INTO platform_jobs (id, shop_id, kind, lane, dedupe_key, payload, state, run_at, lease_until, fence, attempts, created_at, outgoing) \
             VALUES ($1, $2, $3, $4, $5, $6, 'ready', $7, 0, 0, 0, $8, $9) ON CONFLICT DO NOTHING",
            &[&id, &shop, &J::KIND, &when.lane, &when.once, &Json(job), &when.at.unwrap_or(now), &now, &J::OUTGOING],
        )
        .await?;
        self.aftermath.jobs = true;
        Ok(())
    }
}

/// A job as its worker holds it.
#[derive(Debug, Clone)]
pub struct Lease {
    pub id: JobId,
    pub shop: ShopId,
    /// How often it has been tried, this time included.
    pub attempt: i64,
    fence: i64,
}

impl Lease {
    /// Marks the job done, in the transaction that holds its effect.
    ///
    /// Errors: `Conflict` when the lease has passed to another worker, which undoes the effect.
    pub async fn done(&self, tx: &mut Tx<'_>) -> Result<()> {
        let ended = tx.execute("DELETE FROM platform_jobs WHERE id = $1 AND fence = $2", &[&self.id, &self.fence]).await?;
        if ended == 1 { Ok(()) } else { Err(Error::Conflict { kind: LEASE_LOST, detail: say!("job-taken-over") }) }
    }
}

const LEASE_LOST: &str = "lease_lost";

type Running = Pin<Box<dyn Future<Output = Result<()>> + Send>>;
type Handle = Box<dyn Fn(App, serde_json::Value, Lease) -> Running + Send + Sync>;

/// How jobs of one kind are done: outside any transaction, ending with `lease.done` in the last one.
pub struct JobKind {
    kind: &'static str,
    handle: Handle,
}

impl JobKind {
    pub fn new<J: Job, F>(handle: impl Fn(App, J, Lease) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<()>> + Send + 'static,
    {
        JobKind {
            kind: J::KIND,
            handle: Box::new(move |app, payload, lease| match serde_json::from_value(payload) {
                Ok(job) => Box::pin(handle(app, job, lease)),
                Err(error) => Box::pin(async move { Err(invalid("payload", say!("job-unreadable", reason = error.to_string()))) }),
            }),
        }
    }
}

/// All rooms' kinds of jobs, by name.
#[derive(Default)]
pub(crate) struct JobKinds(HashMap<&'static str, JobKind>);

impl JobKinds {
    pub fn new(all: Vec<JobKind>) -> Self {
        JobKinds(all.into_iter().map(|k| (k.kind, k)).collect())
    }
}

struct Claimed {
    lease: Lease,
    kind: String,
    payload: serde_json::Value,
}

fn claimed(row: &Row) -> Result<Claimed> {
    let mut c = row.columns();
    let lease = Lease { id: c.take()?, shop: c.take()?, fence: c.take()?, attempt: c.take()? };
    Ok(Claimed { lease, kind: c.take()?, payload: c.take::<Json<_>>()?.0 })
}

/// Leases due jobs, `most` of them about, a fair share for each shop that has any.
async fn claim(tx: &mut Tx<'_>, most: i64) -> Result<Vec<Claimed>> {
    let now = tx.now();
    // walks the index from shop to shop instead of reading a backlog
    let shops = tx
        .rows(
            "WITH RECURSIVE waiting(shop_id) AS ( \
               SELECT (SELECT shop_id FROM platform_jobs WHERE state = 'ready' AND run_at <= $1 ORDER BY shop_id LIMIT 1) \
               UNION ALL \
               SELECT (SELECT j.shop_id FROM platform_jobs j WHERE j.state = 'ready' AND j.run_at <= $1 AND j.shop_id > w.shop_id ORDER BY j.shop_id LIMIT 1) \
               FROM waiting w WHERE w.shop_id IS NOT NULL) \
             SELECT shop_id FROM waiting WHERE shop_id IS NOT NULL",
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

async fn do_job(app: &App, job: Claimed) -> Result<()> {
    if job.kind == React::KIND {
        let React { event, reaction } = serde_json::from_value(job.payload).map_err(Error::broken)?;
        let lease = job.lease;
        return app
            .db()
            .write_in(Lane::Bulk, async move |tx: &mut Tx<'_>| {
                let recorded = event::find(tx, lease.shop, event).await?;
                tx.aftermath.cause = Some(event);
                let scope = tx.scope;
                let reaction = scope.reactions.named(&recorded.kind, &reaction).ok_or(Error::NotFound(say!("reaction-not-found")))?;
                reaction.run(tx, recorded).await?;
                lease.done(tx).await
            })
            .await;
    }
    let kind = app.job_kinds().0.get(job.kind.as_str()).ok_or(Error::NotFound(say!("job-kind-not-found")))?;
    (kind.handle)(app.clone(), job.payload, job.lease).await
}

/// Does one job and writes down how it went.
async fn work_off(app: App, job: Claimed) {
    let (lease, kind) = (job.lease.clone(), job.kind.clone());
    let outcome = do_job(&app, job).await;
    let result = if outcome.is_ok() { "done" } else { "failed" };
    metrics::counter!("ombud_jobs_total", "kind" => kind.clone(), "result" => result).increment(1);
    let Err(error) = outcome else { return };
    if matches!(error, Error::Conflict { kind: LEASE_LOST, .. }) {
        return;
    }
    tracing::warn!(kind, attempt = lease.attempt, %error, "a job failed");
    let again = error.is_temporary() && lease.attempt < ATTEMPTS;
    let reason = error.to_string();
    let noted = app
        .db()
        .write_in(Lane::Bulk, async move |tx: &mut Tx<'_>| {
            let (state, at) = if again { ("ready", tx.now() + back_off(lease.attempt)) } else { ("parked", tx.now()) };
            tx.execute(
                "UPDATE platform_jobs SET state = $1, run_at = $2, lease_until = 0, error = $3 WHERE id = $4 AND fence = $5",
                &[&state, &at, &reason, &lease.id, &lease.fence],
            )
            .await
        })
        .await;
    if let Err(error) = noted {
        // the lease runs out and the job is tried again
        tracing::error!(kind, %error, "a failed job could not be written down");
    }
}

/// 2, 4, 8 … seconds, an hour at most.
fn back_off(attempt: i64) -> i64 {
    seconds(1 << attempt.clamp(1, 12)).min(hours(1))
}

/// Does everything that is due, and what follows from it, until nothing is left.
pub(crate) async fn run_due(app: &App) -> Result<usize> {
    let mut done = 0;
    loop {
        publish_numbered(app).await?;
        let jobs = app.db().claim(async |tx: &mut Tx<'_>| claim(tx, AT_ONCE as i64).await).await?;
        if jobs.is_empty() {
            return Ok(done);
        }
        done += jobs.len();
        for job in jobs {
            work_off(app.clone(), job).await;
        }
    }
}

/// Works until cancelled, many jobs side by side.
pub(crate) async fn run_until(app: App, stop: CancellationToken) {
    let mut running = JoinSet::new();
    while !stop.is_cancelled() {
        let room = AT_ONCE.saturating_sub(running.len());
        let jobs = if room == 0 { Vec::new() } else { claim_or_none(&app, room).await };
        let more_waits = jobs.len() == room;
        for job in jobs {
            running.spawn(work_off(app.clone(), job));
        }
        if more_waits && running.len() < AT_ONCE {
            continue;
        }
        tokio::select! {
            // also frees the lane of the next one
            Some(_) = running.join_next() => while running.try_join_next().is_some() {},
            () = something_due(&app), if !more_waits => (),
            () = stop.cancelled() => (),
        }
    }
    running.join_all().await;
}

async fn claim_or_none(app: &App, room: usize) -> Vec<Claimed> {
    let claimed = app.db().claim(async move |tx: &mut Tx<'_>| claim(tx, room as i64).await).await;
    claimed.unwrap_or_else(|error| {
        tracing::error!(%error, "jobs could not be claimed");
        Vec::new()
    })
}

/// Waits until somebody enqueues a job or the next one falls due, `POLL` at most.
async fn something_due(app: &App) {
    let next = app
        .db()
        .read(async |tx: &mut Tx<'_>| {
            let sql = "SELECT run_at FROM platform_jobs WHERE state = 'ready' AND run_at > $1 ORDER BY run_at LIMIT 1";
            let now = tx.now();
            let next: Option<Timestamp> = tx.row(sql, &[&now]).await?.map(|row| row.get(0)).transpose()?;
            Ok(next.map(|next| next - now))
        })
        .await;
    let wait = match next {
        Ok(Some(micros)) => Duration::from_micros(micros.max(1_000).unsigned_abs()).min(POLL),
        _ => POLL,
    };
    let _ = timeout(wait, app.scope().jobs_waiting.notified()).await;
}

/// Numbers what PostgreSQL has committed and tells this node's listeners.
pub(crate) async fn publish_numbered(app: &App) -> Result<()> {
    if !app.db().numbers_events_later() {
        return Ok(());
    }
    loop {
        let numbered = app.db().claim(event::number).await?;
        if numbered.is_empty() {
            return Ok(());
        }
        app.scope().live.publish(&numbered);
    }
}

/// Numbers events as they are committed, until cancelled.
pub(crate) async fn number_until(app: App, stop: CancellationToken) {
    while app.db().numbers_events_later() && !stop.is_cancelled() {
        if let Err(error) = publish_numbered(&app).await {
            tracing::error!(%error, "events could not be numbered");
        }
        tokio::select! {
            _ = timeout(POLL, app.scope().events_waiting.notified()) => (),
            () = stop.cancelled() => (),
        }
    }
}

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
