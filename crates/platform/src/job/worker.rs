//! Workers: they claim what is due, do it, and write down how it went.

use std::{panic::AssertUnwindSafe, time::Duration};

use futures::{FutureExt, StreamExt, stream};
use kernel::{Error, Result, ShopId, hours, minutes, say, seconds};
use tokio::{
    task::JoinSet,
    time::{MissedTickBehavior, interval, timeout},
};
use tokio_util::sync::CancellationToken;
use tracing::Instrument;

use super::lease::{Claimed, claim, is_taken_over, keep_renewed, next_due};
use crate::{
    App, SPANS,
    db::{Lane, Tx},
    event, kill_point,
    nodes::Ring,
};

/// Tries before a job is parked under "needs attention".
const ATTEMPTS: i64 = 8;
/// Between two tries it is never longer; what is patient is tried more often, as it may go on at any moment.
const LONGEST_WAIT: i64 = hours(1);
const PATIENT_WAIT: i64 = minutes(5);
/// Jobs a process does side by side.
pub(crate) const AT_ONCE: usize = 64;
/// Between two looks for jobs, as long as each finds all there are: those that come one by one are then claimed together, done
/// together, and flushed together. Whoever has rested so long already looks at once.
const BREATH: Duration = Duration::from_millis(20);
/// A lost wake-up costs at most this much.
const POLL: Duration = Duration::from_secs(5);

/// Does one job and writes down how it went.
pub(crate) async fn work_off(app: App, job: Claimed) {
    let (lease, kind) = (job.lease.clone(), job.kind.clone());
    let _held = app.scope().in_hand.hold(&lease);
    kill_point::reach("job-claimed");
    let span = tracing::debug_span!(target: SPANS, "job", kind, attempt = lease.attempt);
    let outcome = attempt(&app, job).instrument(span).await;
    let result = if outcome.is_ok() { "done" } else { "failed" };
    metrics::counter!("ombud_jobs_total", "kind" => kind.clone(), "result" => result).increment(1);
    let Err(error) = outcome else { return };
    if is_taken_over(&error) {
        return;
    }
    kill_point::reach("job-failed");
    tracing::warn!(kind, attempt = lease.attempt, %error, "a job failed");
    // a job that met a rush has not been tried
    let tries = lease.attempt - i64::from(matches!(error, Error::Overloaded));
    let patient = app.job_kinds().0.get(kind.as_str()).is_some_and(|kind| kind.patient);
    // nobody would see what is parked and belongs to no shop
    let again = lease.shop == ShopId::NONE || error.is_temporary() && (patient || tries < ATTEMPTS);
    let reason = error.to_string();
    let noted = app
        .db()
        .write_in(Lane::Bulk, async move |tx: &mut Tx<'_>| {
            let (state, at) = if again {
                ("ready", tx.now() + back_off(tries, if patient { PATIENT_WAIT } else { LONGEST_WAIT }))
            } else {
                ("parked", tx.now())
            };
            tx.execute(
                "UPDATE platform_jobs SET state = $1, run_at = $2, lease_until = 0, attempts = $3, error = $4 WHERE id = $5 AND fence = $6",
                &[&state, &at, &tries, &reason, &lease.id, &lease.fence],
            )
            .await
        })
        .await;
    if let Err(error) = noted {
        // the lease runs out and the job is tried again
        tracing::error!(kind, %error, "a failed job could not be written down");
    }
}

/// One try. What panics or never ends fails like anything else, and may be tried again.
async fn attempt(app: &App, Claimed { lease, kind, payload }: Claimed) -> Result<()> {
    let kind = app.job_kinds().0.get(kind.as_str()).ok_or(Error::NotFound(say!("job-kind-not-found")))?;
    let work = AssertUnwindSafe((kind.handle)(app.clone(), payload, lease)).catch_unwind();
    match timeout(kind.limit, work).await {
        Ok(outcome) => outcome.unwrap_or_else(|_| Err(Error::broken("the job panicked"))),
        Err(_) => Err(Error::broken(format!("not finished after {:?}, which is as long as this kind of job may take", kind.limit))),
    }
}

/// 2, 4, 8 … seconds, up to the longest.
fn back_off(attempt: i64, longest: i64) -> i64 {
    seconds(1 << attempt.clamp(1, 12)).min(longest)
}

/// Does everything that is due, and what follows from it, until nothing is left; so many jobs side by side.
pub(crate) async fn run_due(app: &App, side_by_side: usize) -> Result<usize> {
    let mut done = 0;
    loop {
        event::publish_numbered(app).await?;
        let jobs = app.db().claim(async |tx: &mut Tx<'_>| claim(tx, AT_ONCE as i64).await).await?;
        if jobs.is_empty() {
            return Ok(done);
        }
        done += jobs.len();
        stream::iter(jobs).for_each_concurrent(side_by_side, |job| work_off(app.clone(), job)).await;
    }
}

/// Works until cancelled, many jobs side by side, and finishes what it has in hand.
pub(crate) async fn run_until(app: App, stop: CancellationToken) {
    app.scope().nodes.works(true);
    tokio::select! {
        () = work_until(&app, &stop) => (),
        never = keep_renewed(&app) => match never {},
    }
}

async fn work_until(app: &App, stop: &CancellationToken) {
    let (mut running, mut had_enough) = (JoinSet::new(), false);
    let mut breaths = interval(BREATH);
    breaths.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while !stop.is_cancelled() {
        let room = AT_ONCE.saturating_sub(running.len());
        let jobs = if room == 0 { Vec::new() } else { claim_or_none(app, room).await };
        let more_waits = jobs.len() == room;
        for job in jobs {
            running.spawn(work_off(app.clone(), job));
        }
        if more_waits && running.len() < AT_ONCE {
            continue;
        }
        if more_waits && !had_enough {
            app.scope().nodes.ring(Ring::Jobs);
        }
        had_enough = more_waits;
        tokio::select! {
            // also frees the lane of the next one
            Some(_) = running.join_next() => while running.try_join_next().is_some() {},
            () = something_due(app), if !more_waits => (),
            () = stop.cancelled() => (),
        }
        if !more_waits {
            tokio::select! {
                _ = breaths.tick() => (),
                () = stop.cancelled() => (),
            }
        }
    }
    // what waits is for others now
    app.scope().nodes.works(false);
    app.scope().nodes.ring(Ring::Jobs);
    running.join_all().await;
}

pub(crate) async fn claim_or_none(app: &App, room: usize) -> Vec<Claimed> {
    let claimed = app.db().claim(async move |tx: &mut Tx<'_>| claim(tx, room as i64).await).await;
    claimed.unwrap_or_else(|error| {
        tracing::error!(%error, "jobs could not be claimed");
        Vec::new()
    })
}

/// Waits until somebody enqueues a job, the next one falls due or a lease runs out, `POLL` at most.
async fn something_due(app: &App) {
    let due = app.db().read(async |tx: &mut Tx<'_>| Ok(next_due(tx).await?.map(|next| next - tx.now()))).await;
    let wait = match due {
        Ok(Some(micros)) => Duration::from_micros(micros.max(1_000).unsigned_abs()).min(POLL),
        _ => POLL,
    };
    let _ = timeout(wait, app.scope().jobs_waiting.notified()).await;
}
