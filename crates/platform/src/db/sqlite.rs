//! SQLite: one writer thread with group commit, and a few query-only readers.
//!
//! The writer takes whatever waits, runs each caller's work in a savepoint, commits once, and only then answers
//! everybody: what was acknowledged is on disk, and the flush is shared.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    pin::pin,
    sync::Arc,
    task::{Context, Poll, Waker},
    thread,
    time::Duration,
};

use kernel::{Error, Result};
use rusqlite::{Connection, OpenFlags, config::DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG};
use tokio::sync::oneshot;

use super::{
    Lane, Migrations, Schema, Tx,
    checkpoint::{LOG_PAGES, Log},
    committed,
    entrance::Entrance,
    failure::{self, Trouble, failed},
    migrate, page_cache,
    queue::Queue,
    tx::Conn,
};
use crate::{
    event::{self, Aftermath},
    kill_point,
    scope::Scope,
};

/// One commit answers at most so many callers, so that a burst does not starve the first of them.
const BATCH: usize = 128;
/// A batch closes after this long even when more waits.
const BATCH_TIME: Duration = Duration::from_millis(5);
/// So many people are in the queue of the writer, and as many in that of the readers; further ones wait at the entrance.
const PLACES: usize = 2 * BATCH;
const READERS: usize = 3;

pub(super) struct Sqlite {
    writer: Arc<Queue<Box<dyn Work>>>,
    readers: Arc<Queue<Box<dyn Work>>>,
    to_writer: Entrance,
    to_readers: Entrance,
    path: PathBuf,
}

impl Sqlite {
    pub fn open(path: &Path, migrations: &[Migrations], scope: Arc<Scope>) -> Result<Sqlite> {
        let mut conn = connect(path)?;
        // what is deleted is overwritten: to forget somebody means that the file does not know them either
        // what changes with each message stays at hand; the readers leave it to the system to remember pages
        conn.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -16000;")
            .map_err(failed)?;
        page_cache::distrust(&mut conn, path)?;
        migrate::sqlite(&mut conn, migrations)?;
        let last = conn.query_row(event::NEWEST, [], |row| row.get(0)).map_err(failed)?;
        scope.start_numbering_after(last);

        let log = Log::begin(&conn, path, LOG_PAGES)?;
        let (writer, readers) = (Arc::new(Queue::new()), Arc::new(Queue::new()));
        spawn("ombud-writer", {
            let (queue, scope) = (writer.clone(), scope.clone());
            move || write_until_closed(conn, &log, &queue, &scope)
        })?;
        for n in 0..READERS {
            let conn = connect(path)?;
            conn.execute_batch("PRAGMA query_only = ON;").map_err(failed)?;
            let (queue, scope) = (readers.clone(), scope.clone());
            spawn(&format!("ombud-reader-{n}"), move || read_until_closed(conn, &queue, &scope))?;
        }
        Ok(Sqlite { writer, readers, to_writer: Entrance::to(PLACES), to_readers: Entrance::to(PLACES), path: path.to_owned() })
    }

    pub async fn write<T, F>(&self, lane: Lane, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: AsyncFn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        let _place = self.to_writer.enter_in(lane).await?;
        hand_over(&self.writer, lane, work).await
    }

    pub async fn ask_to_write(&self) -> Result<()> {
        self.to_writer.ask().await
    }

    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: AsyncFn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        let _place = self.to_readers.enter().await?;
        hand_over(&self.readers, Lane::People, work).await
    }
}

impl Sqlite {
    /// Brings all there is into the database's own file and empties the log beside it: what was deleted is in neither then.
    /// While somebody reads, it is left for another day.
    pub async fn empty_log(&self) -> Result<()> {
        let path = self.path.clone();
        let emptied = tokio::task::spawn_blocking(move || {
            let conn = connect(&path)?;
            conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).map_err(failed)
        });
        emptied.await.map_err(Error::broken)?
    }
}

impl Drop for Sqlite {
    fn drop(&mut self) {
        self.writer.close();
        self.readers.close();
    }
}

async fn hand_over<T, F>(queue: &Queue<Box<dyn Work>>, lane: Lane, work: F) -> Result<T>
where
    T: Send + 'static,
    F: AsyncFn(&mut Tx<'_>) -> Result<T> + Send + 'static,
{
    let (answer, answered) = oneshot::channel();
    let errand = Errand { work, result: None, aftermath: Aftermath::default(), answer };
    queue.push(lane, Box::new(errand)).map_err(|_| Error::broken("the database is closed"))?;
    answered.await.map_err(|_| Error::broken("the database thread ended"))?
}

/// How far the database at `path` has come.
pub(super) fn schema(path: &Path) -> Result<Schema> {
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(failed)?;
    migrate::schema_of(&conn)
}

pub(super) fn connect(path: &Path) -> Result<Connection> {
    let conn = Connection::open(path).map_err(failed)?;
    conn.execute_batch("PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON; PRAGMA cache_size = -4000; PRAGMA temp_store = MEMORY;")
        .map_err(failed)?;
    // a plan that depends on the values bound is made anew for each of them, which costs more than it saves
    conn.set_db_config(SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(failed)?;
    conn.set_prepared_statement_cache_capacity(512);
    Ok(conn)
}

pub(super) fn spawn(name: &str, run: impl FnOnce() + Send + 'static) -> Result<()> {
    thread::Builder::new().name(name.to_owned()).spawn(run).map(drop).map_err(Error::broken)
}

/// A caller's work with the place its answer goes to.
trait Work: Send {
    /// Runs it. Errors: whether it failed because of the machine.
    fn run(&mut self, conn: &mut Connection, scope: &Scope) -> Result<(), Option<Trouble>>;
    /// Answers the caller, `lost` being why nothing of this batch reached the disk.
    fn answer(self: Box<Self>, lost: Option<&Lost>, scope: &Scope);
}

/// Why nothing of a batch was stored.
struct Lost {
    reason: String,
    trouble: Option<Trouble>,
}

impl From<rusqlite::Error> for Lost {
    fn from(error: rusqlite::Error) -> Lost {
        Lost { reason: error.to_string(), trouble: failure::trouble(&error) }
    }
}

impl Lost {
    fn error(&self) -> Error {
        failure::as_error(self.trouble, format!("nothing of this batch was stored: {}", self.reason))
    }
}

struct Errand<T, F> {
    work: F,
    result: Option<Result<T>>,
    aftermath: Aftermath,
    answer: oneshot::Sender<Result<T>>,
}

impl<T, F> Work for Errand<T, F>
where
    T: Send,
    F: AsyncFn(&mut Tx<'_>) -> Result<T> + Send,
{
    fn run(&mut self, conn: &mut Connection, scope: &Scope) -> Result<(), Option<Trouble>> {
        let mut tx = Tx::new(Conn::Sqlite(conn), scope);
        let result = poll_once(&self.work, &mut tx);
        self.aftermath = tx.aftermath;
        let ran = result.as_ref().map(drop).map_err(failure::trouble_of);
        self.result = Some(result);
        ran
    }

    fn answer(self: Box<Self>, lost: Option<&Lost>, scope: &Scope) {
        let result = match (self.result, lost) {
            (Some(Err(error)), _) => Err(error),
            (_, Some(lost)) => Err(lost.error()),
            (Some(Ok(value)), None) => {
                committed(scope, self.aftermath);
                Ok(value)
            }
            (None, None) => Err(Error::broken("the work was never run")),
        };
        // a caller that has gone away does not need the answer
        let _ = self.answer.send(result);
    }
}

/// Every statement has its answer at once, so there is nothing to wait for.
pub(crate) fn poll_once<T>(work: &impl AsyncFn(&mut Tx<'_>) -> Result<T>, tx: &mut Tx<'_>) -> Result<T> {
    match catch_unwind(AssertUnwindSafe(|| pin!(work(tx)).poll(&mut Context::from_waker(Waker::noop())))) {
        Ok(Poll::Ready(result)) => result,
        Ok(Poll::Pending) => Err(Error::broken("a transaction awaited something that is not its database")),
        Err(_) => Err(Error::broken("a transaction panicked")),
    }
}

fn write_until_closed(mut conn: Connection, log: &Log, queue: &Queue<Box<dyn Work>>, scope: &Scope) {
    while let Some(first) = queue.wait() {
        let mut batch = Vec::with_capacity(BATCH);
        let lost = write_batch(&mut conn, first, queue, scope, &mut batch).err();
        if lost.is_some() && !conn.is_autocommit() {
            let _ = conn.execute_batch("ROLLBACK");
        }
        if let Some(Lost { reason, .. }) = &lost {
            tracing::error!(reason, "commit failed");
        }
        metrics::histogram!("ombud_write_batch_transactions").record(batch.len() as f64);
        for work in batch {
            work.answer(lost.as_ref(), scope);
        }
        log.committed(&conn);
    }
}

/// Runs `first` and whatever else waits in one transaction. Every piece of work taken is in `batch` afterwards.
fn write_batch(
    conn: &mut Connection,
    first: Box<dyn Work>,
    queue: &Queue<Box<dyn Work>>,
    scope: &Scope,
    batch: &mut Vec<Box<dyn Work>>,
) -> Result<(), Lost> {
    let started = scope.stopwatch();
    let mut next = Some(first);
    while let Some(mut work) = next {
        let begun = if batch.is_empty() { run(conn, "BEGIN IMMEDIATE").map_err(Lost::from) } else { Ok(()) };
        let ran = begun.and_then(|()| run_in_savepoint(conn, work.as_mut(), scope));
        batch.push(work);
        ran?;
        next = if batch.len() < BATCH && started.elapsed() < BATCH_TIME { queue.try_next() } else { None };
    }
    kill_point::reach("before-commit");
    run(conn, "COMMIT")?;
    kill_point::reach("after-commit");
    Ok(())
}

/// Runs a statement of our own about transactions, prepared once.
fn run(conn: &Connection, sql: &str) -> rusqlite::Result<()> {
    conn.prepare_cached(sql)?.raw_execute().map(drop)
}

fn run_in_savepoint(conn: &mut Connection, work: &mut dyn Work, scope: &Scope) -> Result<(), Lost> {
    run(conn, "SAVEPOINT work")?;
    let ran = work.run(conn, scope);
    // on a full disk or an I/O error SQLite has already rolled back everything, the savepoint included
    if conn.is_autocommit() {
        return Err(Lost { reason: "the disk refused a write".into(), trouble: ran.err().flatten() });
    }
    if ran.is_err() {
        run(conn, "ROLLBACK TO work")?;
    }
    run(conn, "RELEASE work")?;
    Ok(())
}

fn read_until_closed(mut conn: Connection, queue: &Queue<Box<dyn Work>>, scope: &Scope) {
    while let Some(mut work) = queue.wait() {
        let begun = run(&conn, "BEGIN DEFERRED");
        if begun.is_ok() {
            // the errand keeps its own outcome
            let _ = work.run(&mut conn, scope);
        }
        let lost = begun.err().map(Lost::from);
        if !conn.is_autocommit() {
            let _ = run(&conn, "COMMIT");
        }
        work.answer(lost.as_ref(), scope);
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::StatementStatus;

    use super::*;

    #[test]
    fn a_statement_is_prepared_once_whatever_is_bound() {
        let folder = tempfile::tempdir().unwrap();
        let conn = connect(&folder.path().join("test.db")).unwrap();
        conn.execute_batch("CREATE TABLE jobs (state TEXT, at INTEGER); CREATE INDEX ready ON jobs (at) WHERE state = 'ready';").unwrap();
        let mut statement = conn.prepare_cached("SELECT at FROM jobs WHERE state = $1").unwrap();
        for state in ["ready", "parked", "ready"] {
            assert!(!statement.exists([state]).unwrap());
        }
        assert_eq!(statement.get_status(StatementStatus::RePrepare), 0);
    }
}
