//! Jobs: what is to be done later, leased to one worker at a time.

mod attention;
mod lease;
mod worker;

use std::{collections::HashMap, future::Future, pin::Pin, time::Duration};

use kernel::{JobId, Result, ShopId, Timestamp, invalid, say};
use serde::{Serialize, de::DeserializeOwned};

pub use self::{
    attention::{Backlog, Parked, backlog, discard, parked, retry},
    lease::{Lease, is_taken_over, next_due, taken_over},
};
#[cfg(test)]
pub(crate) use self::{
    lease::Claimed,
    worker::{claim_or_none, work_off},
};
pub(crate) use self::{
    lease::{InHand, renew},
    worker::{AT_ONCE, run_due, run_until},
};
use crate::{
    App,
    db::{Json, Tx},
};

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

impl Tx<'_> {
    /// Writes down what is to be done; it is done if and only if this transaction commits.
    pub async fn enqueue<J: Job>(&mut self, shop: ShopId, job: &J, when: When) -> Result<()> {
        if let Some(lane) = &when.lane {
            // another node's clock may be ahead; what is enqueued later has its turn later all the same
            let sql = "SELECT id FROM platform_jobs WHERE shop_id = $1 AND lane = $2 ORDER BY id DESC LIMIT 1";
            if let Some(last) = self.row(sql, &[&shop, lane]).await? {
                self.scope.rng.follow(last.get(0)?);
            }
        }
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

    /// What waits under this key is done at `at` if it was to be done later. Says whether anything waits; what is in hand does not.
    pub async fn hasten<J: Job>(&mut self, shop: ShopId, once: &str, at: Timestamp) -> Result<bool> {
        let sql = "UPDATE platform_jobs SET run_at = CASE WHEN run_at > $1 THEN $1 ELSE run_at END \
                   WHERE shop_id = $2 AND kind = $3 AND dedupe_key = $4 AND state = 'ready' AND lease_until <= $5";
        let now = self.now();
        let waits = self.execute(sql, &[&at, &shop, &J::KIND, &once, &now]).await? > 0;
        self.aftermath.jobs |= waits;
        Ok(waits)
    }

    /// Leaves something that only a person can do, and says what: it needs attention at once.
    pub async fn leave_to_people<J: Job>(&mut self, shop: ShopId, job: &J, why: &str) -> Result<()> {
        let (id, now): (JobId, Timestamp) = (self.new_id(), self.now());
        self.execute(
            "INSERT INTO platform_jobs (id, shop_id, kind, payload, state, run_at, lease_until, fence, attempts, error, created_at, outgoing) \
             VALUES ($1, $2, $3, $4, 'parked', $5, 0, 0, 0, $6, $5, FALSE)",
            &[&id, &shop, &J::KIND, &Json(job), &now, &why],
        )
        .await
        .map(drop)
    }
}

type Running = Pin<Box<dyn Future<Output = Result<()>> + Send>>;
type Handle = Box<dyn Fn(App, serde_json::Value, Lease) -> Running + Send + Sync>;

/// How jobs of one kind are done: outside any transaction, ending with `lease.done` in the last one.
pub struct JobKind {
    kind: &'static str,
    handle: Handle,
    limit: Duration,
    patient: bool,
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
            limit: Duration::from_mins(1),
            patient: false,
        }
    }

    /// For what waits as long as somebody else cannot take it: it is tried again for as long as that is said to pass, and needs nobody's attention.
    pub fn patient(mut self) -> Self {
        self.patient = true;
        self
    }

    /// For what may rightly take longer than a minute, or must not take as long: a try that does is ended, and has failed.
    pub fn within(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
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
