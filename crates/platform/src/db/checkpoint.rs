//! Checkpoints: SQLite's log is copied into the database beside the writer, so that nobody's message waits for it.
//!
//! Under load something is always written while the log is copied, and only a log that is copied whole can begin anew.
//! So the bulk is copied by a thread of its own, and the little that came meanwhile by the writer, between two batches.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, SyncSender, sync_channel},
    },
};

use kernel::Result;
use rusqlite::Connection;

use super::{
    failure::failed,
    sqlite::{connect, spawn},
};

/// The log grows by so many pages (32 MB) before they are copied: under load the same pages change again and again, and
/// are copied once.
pub(super) const LOG_PAGES: i64 = 8_000;
/// So few are left to the writer.
const LITTLE: i64 = 256;
/// A writer who is as fast as the copying is not raced for ever.
const ROUNDS: usize = 4;

/// The writer's side of it.
pub(super) struct Log {
    pages: i64,
    grown: SyncSender<()>,
    /// Set when only little is left to copy.
    nearly_copied: Arc<AtomicBool>,
}

impl Log {
    /// From now on `writer` copies nothing by itself; whoever writes with it says so to `committed`.
    pub fn begin(writer: &Connection, path: &Path, pages: i64) -> Result<Log> {
        writer.pragma_update(None, "wal_autocheckpoint", 0).map_err(failed)?;
        let (grown, growing) = sync_channel(1);
        let nearly_copied = Arc::new(AtomicBool::new(false));
        let conn = connect(path)?;
        spawn("ombud-log", {
            let nearly_copied = nearly_copied.clone();
            move || copy_until_closed(&conn, &growing, &nearly_copied)
        })?;
        Ok(Log { pages, grown, nearly_copied })
    }

    /// After each commit.
    pub fn committed(&self, writer: &Connection) {
        let how = if self.nearly_copied.swap(false, Ordering::Acquire) { Checkpoint::Passive } else { Checkpoint::Noop };
        match how.run(writer) {
            // told already is as good as told
            Ok(left) if left >= self.pages => drop(self.grown.try_send(())),
            Ok(_) => (),
            Err(error) => tracing::warn!(%error, "the log could not be copied"),
        }
    }
}

fn copy_until_closed(conn: &Connection, grown: &Receiver<()>, nearly_copied: &AtomicBool) {
    while grown.recv().is_ok() {
        for _ in 0..ROUNDS {
            match Checkpoint::Passive.run(conn) {
                Ok(left) if left > LITTLE => (),
                Ok(_) => break,
                // the writer tries as well, and says why it cannot
                Err(_) => break,
            }
        }
        nearly_copied.store(true, Ordering::Release);
    }
}

#[derive(Clone, Copy)]
enum Checkpoint {
    /// Only looks.
    Noop,
    /// Copies what nobody still reads as it was before, and makes nobody wait.
    Passive,
}

impl Checkpoint {
    /// How many pages are left to copy.
    fn run(self, conn: &Connection) -> rusqlite::Result<i64> {
        let sql = match self {
            Checkpoint::Noop => "PRAGMA wal_checkpoint(NOOP)",
            Checkpoint::Passive => "PRAGMA wal_checkpoint(PASSIVE)",
        };
        conn.prepare_cached(sql)?.query_row([], |row| Ok(row.get::<_, i64>(1)? - row.get::<_, i64>(2)?))
    }
}

#[cfg(test)]
mod tests {
    use std::thread::yield_now;

    use super::*;

    #[test]
    fn a_log_begins_anew_however_much_is_written() {
        const PAGES: i64 = 400;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("test.db");
        let writer = connect(&path).unwrap();
        writer.execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE said (id INTEGER PRIMARY KEY, text BLOB);").unwrap();
        let log = Log::begin(&writer, &path, PAGES).unwrap();
        let length = || std::fs::metadata(folder.path().join("test.db-wal")).unwrap().len();
        // ten times as much as the log may hold
        for _ in 0..PAGES {
            writer.execute("INSERT INTO said (text) VALUES (zeroblob(40000))", []).unwrap();
            log.committed(&writer);
            while Checkpoint::Noop.run(&writer).unwrap() >= PAGES && !log.nearly_copied.load(Ordering::Acquire) {
                yield_now();
            }
        }
        assert!(length() < 2 * PAGES as u64 * 4096, "the log has grown to {} pages", length() / 4096);
        drop(log);
    }
}
