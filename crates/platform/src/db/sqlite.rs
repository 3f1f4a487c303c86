//! SQLite: one writer thread with group commit, and a few query-only readers.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    thread,
};

use kernel::{Error, Result};
use rusqlite::{Connection, OpenFlags, config::DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG};
use tokio::sync::oneshot;

use super::{
    Lane, Migrations, Schema, Tx,
    checkpoint::{LOG_PAGES, Log},
    entrance::Entrance,
    errand::{Errand, Lost, Work},
    failure::failed,
    migrate, page_cache,
    queue::Queue,
    writer::{BATCH, run, write_until_closed},
};
use crate::{event, scope::Scope};

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
    queue.push(lane, Box::new(Errand::new(work, answer))).map_err(|_| Error::broken("the database is closed"))?;
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
