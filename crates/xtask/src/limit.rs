//! What the machine can do at best, measured in the same run: its clock, its disk, and SQLite with nothing around it.

use std::{
    fs::OpenOptions,
    io::{ErrorKind, Write},
    path::Path,
    time::{Duration, Instant},
};

use rusqlite::{Connection, params};

use crate::{Result, figure::percentile};

/// The tables a message goes through.
const TABLES: [&str; 2] =
    [include_str!("../../platform/migrations/V1__platform.sql"), include_str!("../../inbox/migrations/V1__inbox.sql")];
/// As many as the server commits at once.
const BATCH: i64 = 128;
const CONVERSATIONS: i64 = 800;

/// Now, for measuring.
#[expect(clippy::disallowed_methods, reason = "a measurement is of real time")]
pub fn now() -> Instant {
    Instant::now()
}

/// How long each of the flushes took, one after the other, in seconds.
pub struct Flushes(Vec<f64>);

impl Flushes {
    /// Appends 4 kB to a file in `folder` and flushes it, again and again.
    pub fn of(folder: &Path, time: Duration) -> Result<Flushes> {
        let path = folder.join("flushes");
        let mut file = OpenOptions::new().create(true).append(true).open(&path)?;
        let (began, mut taken) = (now(), Vec::new());
        while began.elapsed() < time {
            let one = now();
            file.write_all(&[7; 4096])?;
            file.sync_data()?;
            taken.push(one.elapsed().as_secs_f64());
        }
        std::fs::remove_file(path)?;
        Ok(Flushes(taken))
    }

    /// How many a second.
    pub fn rate(&self) -> f64 {
        self.0.len() as f64 / self.0.iter().sum::<f64>()
    }

    /// How long, in milliseconds, the slowest in a hundred would wait of `rate` messages a second if nothing but the disk took
    /// any time: for the flush that is under way to end, and then for their own.
    pub fn slowest_wait(&self, rate: f64) -> f64 {
        let (mut waits, mut sent, mut begun) = (Vec::new(), 0.0, 0.0);
        for flushes in self.0.windows(2) {
            let (over, own) = (begun + flushes[0], begun + flushes[0] + flushes[1]);
            while sent / rate < over {
                waits.push(1e3 * (own - sent / rate));
                sent += 1.0;
            }
            begun = over;
        }
        waits.sort_by(f64::total_cmp);
        percentile(&waits, 0.99)
    }
}

/// How often a second the rows of a customer's message can be stored: looked up, written with all their indexes, the job that
/// follows from it begun and done, and flushed, a batch at a time. No server comes nearer to its disk than this.
pub fn stores(folder: &Path, time: Duration) -> Result<f64> {
    let path = folder.join("stores");
    let mut database = Connection::open(&path)?;
    database.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")?;
    TABLES.iter().try_for_each(|tables| database.execute_batch(tables))?;
    let shop = id(0);
    for n in 0..CONVERSATIONS {
        database.execute(
            "INSERT INTO inbox_conversations (shop_id, id, number, customer_id, customer_first, channel, public, start_key, subject, folder, \
             status, priority, preview_text, preview_by, preview_at, unread, last_seq, read_seq, received_seq, customer_seq, page, \
             answers, created_at, changed_at, version) VALUES (?1, ?2, ?3, ?2, ?2, 'webchat', FALSE, 'a', 'A tent', 'active', 'open', 'normal', \
             '', 'customer', 0, 0, 0, 0, 0, 0, 'null', '[]', 0, 0, 1)",
            params![shop, id(n), n],
        )?;
    }
    let (began, mut count) = (now(), 0);
    while began.elapsed() < time {
        let batch = database.transaction()?;
        for n in count..count + BATCH {
            store(&batch, shop, n)?;
        }
        batch.commit()?;
        count += BATCH;
    }
    let rate = count as f64 / began.elapsed().as_secs_f64();
    drop(database);
    for file in ["stores", "stores-wal", "stores-shm"] {
        std::fs::remove_file(folder.join(file)).or_else(|error| if error.kind() == ErrorKind::NotFound { Ok(()) } else { Err(error) })?;
    }
    Ok(rate)
}

fn store(batch: &Connection, shop: [u8; 16], n: i64) -> Result<()> {
    // in any order, as people write
    let (conversation, message) = (id(n * 7_919 % CONVERSATIONS), id(CONVERSATIONS + n));
    let client_id = format!("{n:032}");
    let seq: i64 = batch
        .prepare_cached("SELECT last_seq + 1 FROM inbox_conversations WHERE shop_id = ?1 AND id = ?2")?
        .query_row(params![shop, conversation], |row| row.get(0))?;
    for (sql, values) in [
        (
            "INSERT INTO inbox_messages (shop_id, id, conversation_id, seq, kind, author_kind, author_id, text, files, products, mentions, \
             state, afterwards, client_id, at) VALUES (?1, ?2, ?3, ?4, 'customer', 'customer', ?3, 'Does the tent come with pegs?', '[]', '[]', '[]', \
             'received', '{}', ?5, ?6)",
            params![shop, message, conversation, seq, client_id, n],
        ),
        (
            "UPDATE inbox_conversations SET preview_text = 'Does the tent come with pegs?', preview_at = ?1, changed_at = ?1, last_seq = ?2, \
             unread = unread + 1, version = version + 1 WHERE shop_id = ?3 AND id = ?4",
            params![n, seq, shop, conversation],
        ),
        (
            "INSERT INTO platform_events (shop_id, id, seq, kind, at, origin, actor_kind, data, audited) \
             VALUES (?1, ?2, ?3, 'message_received', ?3, 'live', 'customer', ?4, FALSE)",
            params![shop, message, n, client_id],
        ),
        (
            "INSERT INTO platform_jobs (id, shop_id, kind, payload, state, run_at, lease_until, fence, attempts, created_at, outgoing) \
             VALUES (?1, ?2, 'make_findable', ?3, 'ready', 0, 0, 0, 0, 0, FALSE)",
            params![message, shop, client_id],
        ),
        ("UPDATE platform_jobs SET state = 'running', fence = 1 WHERE id = ?1", params![message]),
        ("DELETE FROM platform_jobs WHERE id = ?1", params![message]),
    ] {
        batch.prepare_cached(sql)?.execute(values)?;
    }
    Ok(())
}

fn id(n: i64) -> [u8; 16] {
    i128::from(n).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_comes_while_the_disk_stalls_waits_for_it() {
        assert_eq!(Flushes(vec![0.001; 1_000]).rate().round(), 1_000.0);
        assert!(Flushes(vec![0.001; 1_000]).slowest_wait(500.0) <= 2.0);
        let stalls = Flushes([vec![0.001; 500], vec![0.1], vec![0.001; 500]].concat());
        assert!((80.0..102.0).contains(&stalls.slowest_wait(500.0)), "{}", stalls.slowest_wait(500.0));
    }

    #[test]
    fn a_messages_rows_can_be_stored_in_the_tables_there_are() {
        let folder = tempfile::tempdir().unwrap();
        assert!(stores(folder.path(), Duration::from_millis(1)).unwrap() > 0.0);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left behind");
    }
}
