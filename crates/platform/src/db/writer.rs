//! The one thread that writes to SQLite, with group commit: it takes whatever waits, runs each caller's work, commits once,
//! and only then answers everybody. What was acknowledged is on disk, and the flush is shared.

use std::time::Duration;

use rusqlite::Connection;

use super::{
    checkpoint::Log,
    errand::{Lost, Work},
    queue::Queue,
};
use crate::{kill_point, scope::Scope};

/// One commit answers at most so many callers, so that a burst does not starve the first of them.
pub(super) const BATCH: usize = 128;
/// A batch closes after this long even when more waits.
const BATCH_TIME: Duration = Duration::from_millis(5);

type Errands = Queue<Box<dyn Work>>;

pub(super) fn write_until_closed(mut conn: Connection, log: &Log, queue: &Errands, scope: &Scope) {
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
///
/// Nearly all of it succeeds, so it is run as it is. Once one has failed after it wrote something, all of it is taken back
/// and done again with a savepoint each: that costs a tenth of what a message does, since SQLite keeps every page as it was.
fn write_batch(
    conn: &mut Connection,
    first: Box<dyn Work>,
    queue: &Errands,
    scope: &Scope,
    batch: &mut Vec<Box<dyn Work>>,
) -> Result<(), Lost> {
    let started = scope.stopwatch();
    let mut next = Some(first);
    while let Some(mut work) = next {
        let begun = if batch.is_empty() { begin(conn) } else { Ok(()) };
        let ran = begun.and_then(|()| run_bare(conn, work.as_mut(), scope));
        batch.push(work);
        if let Ran::HalfWritten = ran? {
            run(conn, "ROLLBACK")?;
            begin(conn)?;
            batch.iter_mut().try_for_each(|work| run_in_savepoint(conn, work.as_mut(), scope))?;
            break;
        }
        next = if batch.len() < BATCH && started.elapsed() < BATCH_TIME { queue.try_next() } else { None };
    }
    kill_point::reach("before-commit");
    run(conn, "COMMIT")?;
    kill_point::reach("after-commit");
    Ok(())
}

fn begin(conn: &Connection) -> Result<(), Lost> {
    run(conn, "BEGIN IMMEDIATE").map_err(Lost::from)
}

/// Runs a statement of our own about transactions, prepared once.
pub(super) fn run(conn: &Connection, sql: &str) -> rusqlite::Result<()> {
    conn.prepare_cached(sql)?.raw_execute().map(drop)
}

/// What a piece of work has left in its transaction.
enum Ran {
    /// All it meant to write, or nothing.
    Whole,
    /// Something, and then it failed.
    HalfWritten,
}

fn run_bare(conn: &mut Connection, work: &mut dyn Work, scope: &Scope) -> Result<Ran, Lost> {
    let before = conn.total_changes();
    let worked = run_work(conn, work, scope)?;
    Ok(if !worked && conn.total_changes() != before { Ran::HalfWritten } else { Ran::Whole })
}

fn run_in_savepoint(conn: &mut Connection, work: &mut dyn Work, scope: &Scope) -> Result<(), Lost> {
    run(conn, "SAVEPOINT work")?;
    if !run_work(conn, work, scope)? {
        run(conn, "ROLLBACK TO work")?;
    }
    run(conn, "RELEASE work")?;
    Ok(())
}

/// Runs it, and says whether it worked; the work keeps its own outcome.
fn run_work(conn: &mut Connection, work: &mut dyn Work, scope: &Scope) -> Result<bool, Lost> {
    let ran = work.run(conn, scope);
    // on a full disk or an I/O error SQLite has already rolled back everything there was
    if conn.is_autocommit() {
        return Err(Lost { reason: "the disk refused a write".into(), trouble: ran.err().flatten() });
    }
    Ok(ran.is_ok())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use kernel::{Error, Result};
    use tokio::sync::oneshot;

    use super::*;
    use crate::{
        Tx,
        clock::SystemClock,
        db::{Lane, errand::Errand},
        reaction::Reactions,
        rng::Rng,
    };

    type Answer = oneshot::Receiver<Result<i64>>;

    /// Writes one row, looks how many there are, and then fails or not.
    fn errand(queue: &Errands, id: i64, fails: bool) -> Answer {
        let (answer, answered) = oneshot::channel();
        let work = async move |tx: &mut Tx<'_>| {
            tx.one("INSERT INTO notes (id) VALUES ($1)", &[&id]).await?;
            let there = tx.value("SELECT COUNT(*) FROM notes", &[]).await?;
            if fails { Err(Error::broken("changed its mind")) } else { Ok(there) }
        };
        queue.push(Lane::People, Box::new(Errand::new(work, answer))).ok().unwrap();
        answered
    }

    #[test]
    fn what_fails_after_it_wrote_takes_back_its_own_and_nothing_of_the_others() {
        let mut conn = Connection::open_in_memory().unwrap();
        conn.execute_batch("CREATE TABLE notes (id INTEGER PRIMARY KEY)").unwrap();
        let scope = Scope::new(Arc::new(SystemClock::new()), Arc::new(Rng::seeded(1)), Reactions::default(), Vec::new());
        let queue = Queue::new();
        let fails = [false, true, false, false, true, false];
        let answers: Vec<Answer> = (1..).zip(fails).map(|(id, fails)| errand(&queue, id, fails)).collect();
        while let Some(first) = queue.try_next() {
            let mut batch = Vec::new();
            write_batch(&mut conn, first, &queue, &scope, &mut batch).map_err(|lost| lost.reason).unwrap();
            batch.into_iter().for_each(|work| work.answer(None, &scope));
        }
        let there: Vec<Option<i64>> = answers.into_iter().map(|mut answer| answer.try_recv().unwrap().ok()).collect();
        assert_eq!(there, [Some(1), None, Some(2), Some(3), None, Some(4)]);
        let mut notes = conn.prepare("SELECT id FROM notes ORDER BY id").unwrap();
        let notes: Vec<i64> = notes.query_map([], |row| row.get(0)).unwrap().map(|id| id.unwrap()).collect();
        assert_eq!(notes, [1, 3, 4, 6]);
    }
}
