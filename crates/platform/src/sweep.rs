//! Sweeps: once a day, what is over is put out, a little at a time.
//!
//! A room lists its sweeps in `module()`. They belong to the installation, not to one shop; they take no input and go by
//! what they find, so that a sweep too many does no harm. One that fails is tried again for ever.

use std::{future::Future, pin::Pin};

use kernel::{Result, ShopId, days};
use serde::{Deserialize, Serialize};

use crate::{
    App,
    db::{Lane, Tx},
    job::{Job, JobKind, Lease, When},
};

/// Rows swept out at once: people wait for no more than this.
pub const PIECE: i64 = 500;

/// How a sweep left things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Swept {
    Clean,
    /// There is more, to be swept out at once.
    More,
}

impl Swept {
    /// After `rows` of at most [`PIECE`].
    pub fn of(rows: u64) -> Self {
        if rows < PIECE.unsigned_abs() { Swept::Clean } else { Swept::More }
    }
}

type Running = Pin<Box<dyn Future<Output = Result<Swept>> + Send>>;
type Deleting<'a> = Pin<Box<dyn Future<Output = Result<u64>> + Send + 'a>>;

/// One kind of thing that ends: sweeps some of it out.
pub struct Sweep {
    name: &'static str,
    run: Box<dyn Fn(App) -> Running + Send + Sync>,
}

impl Sweep {
    pub fn new<F>(name: &'static str, run: impl Fn(App) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<Swept>> + Send + 'static,
    {
        Sweep { name, run: Box::new(move |app| Box::pin(run(app))) }
    }

    /// Of rows alone: `delete` takes at most [`PIECE`] of them and says how many.
    pub fn of_rows(name: &'static str, delete: for<'a, 't> fn(&'a mut Tx<'t>) -> Deleting<'a>) -> Self {
        Sweep::new(name, move |app: App| async move {
            let rows = app.db().write_in(Lane::Bulk, async move |tx: &mut Tx<'_>| delete(tx).await).await?;
            Ok(Swept::of(rows))
        })
    }
}

/// Empties the database's log, where deleted rows can still be read.
pub(crate) fn of_the_log() -> Sweep {
    Sweep::new("database_log", async |app: App| {
        app.db().empty_log().await?;
        Ok(Swept::Clean)
    })
}

#[derive(Serialize, Deserialize)]
struct Again {
    sweep: String,
}
impl Job for Again {
    const KIND: &'static str = "sweep";
}

async fn enqueue(tx: &mut Tx<'_>, sweep: &str, wait: i64) -> Result<()> {
    let at = tx.now() + wait;
    tx.enqueue(ShopId::NONE, &Again { sweep: sweep.to_owned() }, When::at(at).once(sweep)).await
}

/// Starts every sweep that is not waiting for its day already.
pub(crate) async fn begin(app: &App) -> Result<()> {
    let names: Vec<&'static str> = app.sweeps().iter().map(|sweep| sweep.name).collect();
    app.write(async move |tx: &mut Tx<'_>| {
        for name in &names {
            enqueue(tx, name, days(1)).await?;
        }
        Ok(())
    })
    .await
}

/// The job of this page, for the platform's own module.
pub(crate) fn jobs() -> Vec<JobKind> {
    vec![JobKind::new(again)]
}

async fn again(app: App, job: Again, lease: Lease) -> Result<()> {
    // one that no room brings any more ends here
    let wait = match app.sweeps().iter().find(|sweep| sweep.name == job.sweep) {
        None => None,
        Some(sweep) => {
            let swept =
                (sweep.run)(app.clone()).await.inspect_err(|error| tracing::error!(sweep = sweep.name, %error, "a sweep failed"))?;
            Some(if swept == Swept::Clean { days(1) } else { 0 })
        }
    };
    app.db()
        .write_in(Lane::Bulk, async move |tx: &mut Tx<'_>| {
            lease.done(tx).await?;
            if let Some(wait) = wait { enqueue(tx, &job.sweep, wait).await } else { Ok(()) }
        })
        .await
}
