//! After the last kill: within a minute nothing is left to do, and the tables say what the API says.

use std::{collections::HashMap, time::Duration};

use super::{
    agent::LATER,
    console::Console,
    journal::{Violation, Wrong},
    town::{Town, pause},
};
use crate::{Result, limit::now, store::Store};

/// Everything is done so long after the faults have ended.
pub const IDLE_WITHIN: Duration = Duration::from_secs(60);
/// Where answers leave the house: whoever failed there is left alone for a while.
pub const LEFT_WITHIN: Duration = Duration::from_secs(180);

/// Waits until all that was due has been done and told; what is not done in time is reported.
pub async fn idle(town: &Town, store: &Store, within: Duration) -> Result<Duration> {
    let (began, due) = (now(), soon());
    loop {
        let left = left_to_do(store, due).await?;
        if left.is_empty() && Console::has_heard_all(town) {
            return Ok(began.elapsed());
        }
        if began.elapsed() >= within {
            let mut journal = town.journal.borrow_mut();
            left.into_iter().for_each(|what| journal.report(Wrong::Stuck, format!("after {within:?}: {what}")));
            drop(journal);
            Console::report_unheard(town);
            return Ok(began.elapsed());
        }
        pause(Duration::from_millis(100)).await;
    }
}

/// When the last thing put off by a client is due, with as much again for what follows from it.
#[expect(clippy::disallowed_methods, reason = "the server's clock is this machine's")]
fn soon() -> i64 {
    (jiff::Timestamp::now() + Duration::from_secs(2 * LATER)).as_microsecond()
}

async fn left_to_do(store: &Store, due: i64) -> Result<Vec<String>> {
    let questions = [
        format!(
            "SELECT 'job ' || kind || ', ' || state || ', tries ' || attempts || ', leased until ' || lease_until || ', due', run_at \
             FROM platform_jobs WHERE state = 'parked' OR run_at <= {due}"
        ),
        "SELECT 'event ' || kind || ', not numbered, of', at FROM platform_events WHERE seq IS NULL".into(),
        "SELECT 'message ' || client_id || ', ' || state || ', number', seq FROM inbox_messages \
         WHERE client_id LIKE 'fault-%' AND kind <> 'note' AND state IN ('held', 'queued', 'submitting')"
            .into(),
    ];
    let mut left = Vec::new();
    for question in &questions {
        left.extend(store.rows(question).await?.into_iter().map(|(what, number)| format!("{what} {number}")));
    }
    Ok(left)
}

/// Holds the tables against the journal, past everything the API does in between.
pub async fn look_into(town: &Town, store: &Store) -> Result<()> {
    let mut found = Vec::new();
    let mut wrong = |wrong, what| found.push(Violation { wrong, what });
    let rows = store.rows("SELECT client_id, COUNT(*) FROM inbox_messages WHERE client_id LIKE 'fault-%' GROUP BY client_id").await?;
    let stored: HashMap<String, i64> = rows.into_iter().collect();
    for (client_id, count) in stored.iter().filter(|(_, count)| **count > 1) {
        wrong(Wrong::Doubled, format!("{client_id} has {count} rows"));
    }
    let twice = "SELECT start_key, COUNT(*) FROM inbox_conversations WHERE start_key LIKE 'fault-%' GROUP BY start_key HAVING COUNT(*) > 1";
    for (start_key, count) in store.rows(twice).await? {
        wrong(Wrong::Doubled, format!("{start_key} began {count} conversations"));
    }
    let behind = "SELECT c.start_key, c.last_seq FROM inbox_conversations c WHERE EXISTS (SELECT 1 FROM inbox_messages m \
                  WHERE m.shop_id = c.shop_id AND m.conversation_id = c.id AND m.seq > c.last_seq)";
    for (start_key, last) in store.rows(behind).await? {
        wrong(Wrong::Misordered, format!("the conversation {start_key} believes that {last} is its last number"));
    }
    let unequal = "SELECT 'an entry', CAST(SUM(amount) AS BIGINT) FROM ledger_postings GROUP BY entry_id HAVING SUM(amount) <> 0";
    for (entry, sum) in store.rows(unequal).await? {
        wrong(Wrong::Altered, format!("the postings of {entry} come to {sum}"));
    }
    let kept_wrong = "SELECT 'a lot', l.remaining FROM ledger_lots l JOIN ledger_postings p ON p.lot_id = l.id AND p.side = 'available' \
                      GROUP BY l.id, l.remaining HAVING SUM(p.amount) <> l.remaining OR l.remaining < 0";
    for (lot, remaining) in store.rows(kept_wrong).await? {
        wrong(Wrong::Altered, format!("{remaining} is kept of {lot}, and its postings come to something else"));
    }
    let mut journal = town.journal.borrow_mut();
    for kept in journal.conversations.values().flat_map(|known| &known.kept) {
        if !stored.contains_key(&kept.written.client_id) {
            wrong(Wrong::Missing, format!("{} has no row", kept.written.client_id));
        }
    }
    journal.violations.extend(found);
    Ok(())
}
