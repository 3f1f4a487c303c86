//! Statements on calls.

use inbox::call::CallOutcome;
use kernel::{CallId, ConversationId, Cursor, CustomerId, PhoneLineId, Result, ShopId, Timestamp};
use platform::{Tx, db::Row, personal_data::Moved, sweep::PIECE};

use crate::Call;

const COLUMNS: &str = "shop_id, id, line_id, reference, caller, called, customer_id, customer_first, conversation_id, message_id, member_id, \
                       rang_at, answered_at, ended_at, voicemail_at, seconds, call_back_by, recording, recording_state, stage, rings, version";

fn read(row: &Row) -> Result<Call> {
    let mut c = row.columns();
    Ok(Call {
        shop: c.take()?,
        id: c.take()?,
        line: c.take()?,
        reference: c.take()?,
        caller: c.take()?,
        called: c.take()?,
        customer: c.take::<Option<CustomerId>>()?.zip(c.take()?),
        entry: c.take::<Option<ConversationId>>()?.zip(c.take()?),
        member: c.take()?,
        rang_at: c.take()?,
        answered_at: c.take()?,
        ended_at: c.take()?,
        voicemail_at: c.take()?,
        seconds: c.take()?,
        call_back_by: c.take()?,
        recording: c.take()?,
        recording_state: c.take()?,
        stage: c.take()?,
        rings: c.take()?,
        version: c.take()?,
    })
}

/// The call its telephone system calls so.
pub async fn named(tx: &mut Tx<'_>, shop: ShopId, line: PhoneLineId, reference: &str) -> Result<Option<Call>> {
    let sql = format!("SELECT {COLUMNS} FROM telephony_calls WHERE shop_id = $1 AND line_id = $2 AND reference = $3");
    tx.row(&sql, &[&shop, &line, &reference]).await?.map(|row| read(&row)).transpose()
}

pub async fn maybe(tx: &mut Tx<'_>, shop: ShopId, id: CallId) -> Result<Option<Call>> {
    let sql = format!("SELECT {COLUMNS} FROM telephony_calls WHERE shop_id = $1 AND id = $2");
    tx.row(&sql, &[&shop, &id]).await?.map(|row| read(&row)).transpose()
}

/// Those that ring or are held now, and began after a moment; the oldest first.
pub async fn now(tx: &mut Tx<'_>, shop: ShopId, after: Timestamp, limit: i64) -> Result<Vec<Call>> {
    let sql =
        format!("SELECT {COLUMNS} FROM telephony_calls WHERE shop_id = $1 AND ended_at IS NULL AND rang_at > $2 ORDER BY rang_at LIMIT $3");
    tx.rows(&sql, &[&shop, &after, &limit]).await?.iter().map(read).collect()
}

/// Which calls are listed.
#[derive(Debug, Clone, Copy)]
pub struct Which {
    pub line: Option<PhoneLineId>,
    pub outcome: Option<CallOutcome>,
}

/// How it is seen that a call came out so.
fn came_out(outcome: CallOutcome) -> &'static str {
    match outcome {
        CallOutcome::Voicemail => "voicemail_at IS NOT NULL",
        CallOutcome::Answered => "voicemail_at IS NULL AND answered_at IS NOT NULL",
        CallOutcome::Missed => "voicemail_at IS NULL AND answered_at IS NULL AND ended_at IS NOT NULL",
    }
}

/// Those after a place in the list, the newest first.
pub async fn list(tx: &mut Tx<'_>, shop: ShopId, which: Which, after: Cursor, limit: i64) -> Result<Vec<Call>> {
    let so = which.outcome.map_or_else(String::new, |outcome| format!("AND {} ", came_out(outcome)));
    let before = "(rang_at, id) < ($2, $3)";
    let order = "ORDER BY rang_at DESC, id DESC LIMIT $4";
    let found = match which.line {
        Some(line) => {
            let sql = format!("SELECT {COLUMNS} FROM telephony_calls WHERE shop_id = $1 AND line_id = $5 AND {before} {so}{order}");
            tx.rows(&sql, &[&shop, &after.key, &after.id, &limit, &line]).await?
        }
        None => {
            let sql = format!("SELECT {COLUMNS} FROM telephony_calls WHERE shop_id = $1 AND {before} {so}{order}");
            tx.rows(&sql, &[&shop, &after.key, &after.id, &limit]).await?
        }
    };
    found.iter().map(read).collect()
}

/// Writes a call down, or what has become of it; the version says that nobody was faster.
pub async fn put(tx: &mut Tx<'_>, c: &mut Call) -> Result<()> {
    let (customer, first) = c.customer.unzip();
    let (conversation, message) = c.entry.unzip();
    let sql = format!(
        "INSERT INTO telephony_calls ({COLUMNS}) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, 1) \
         ON CONFLICT (shop_id, id) DO UPDATE SET caller = excluded.caller, called = excluded.called, customer_id = excluded.customer_id, \
         customer_first = excluded.customer_first, conversation_id = excluded.conversation_id, message_id = excluded.message_id, \
         member_id = excluded.member_id, rang_at = excluded.rang_at, answered_at = excluded.answered_at, ended_at = excluded.ended_at, \
         voicemail_at = excluded.voicemail_at, seconds = excluded.seconds, call_back_by = excluded.call_back_by, \
         recording = excluded.recording, recording_state = excluded.recording_state, stage = excluded.stage, \
         rings = excluded.rings, version = telephony_calls.version + 1 \
         WHERE telephony_calls.version = $22"
    );
    tx.one(
        &sql,
        &[
            &c.shop,
            &c.id,
            &c.line,
            &c.reference,
            &c.caller,
            &c.called,
            &customer,
            &first,
            &conversation,
            &message,
            &c.member,
            &c.rang_at,
            &c.answered_at,
            &c.ended_at,
            &c.voicemail_at,
            &c.seconds,
            &c.call_back_by,
            &c.recording,
            &c.recording_state,
            &c.stage,
            &c.rings,
            &c.version,
        ],
    )
    .await?;
    c.version += 1;
    Ok(())
}

/// The conversation by telephone that was begun last with somebody.
pub async fn newest_conversation(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId) -> Result<Option<ConversationId>> {
    let sql =
        "SELECT conversation_id FROM telephony_calls WHERE shop_id = $1 AND customer_first = $2 ORDER BY conversation_id DESC LIMIT 1";
    tx.row(sql, &[&shop, &first]).await?.map(|row| row.get(0)).transpose()
}

/// The calls that came as this customer's.
pub async fn came_as(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId) -> Result<Vec<Call>> {
    let sql = format!("SELECT {COLUMNS} FROM telephony_calls WHERE shop_id = $1 AND customer_first = $2 ORDER BY id");
    tx.rows(&sql, &[&shop, &first]).await?.iter().map(read).collect()
}

/// Forgets the calls that came as this customer's.
pub async fn forget(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId) -> Result<()> {
    tx.execute("DELETE FROM telephony_calls WHERE shop_id = $1 AND customer_first = $2", &[&shop, &first]).await.map(drop)
}

pub async fn follow(tx: &mut Tx<'_>, Moved { shop, first, now, most }: Moved) -> Result<u64> {
    let sql = "UPDATE telephony_calls SET customer_id = $1 WHERE shop_id = $2 AND id IN \
               (SELECT id FROM telephony_calls WHERE shop_id = $2 AND customer_first = $3 AND customer_id <> $1 LIMIT $4)";
    tx.execute(sql, &[&now, &shop, &first, &most]).await
}

/// Forgets some that rang before.
pub async fn forget_old(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64> {
    let sql = "DELETE FROM telephony_calls WHERE (shop_id, id) IN (SELECT shop_id, id FROM telephony_calls WHERE rang_at < $1 LIMIT $2)";
    tx.execute(sql, &[&before, &PIECE]).await
}
