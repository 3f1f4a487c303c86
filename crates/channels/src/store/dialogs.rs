//! Statements on dialogs, and on what messages are called at partners.

use kernel::{ConversationId, CustomerId, LineId, MessageId, Result, ShopId, Timestamp};
use platform::{
    Tx,
    db::{Bind, Row},
    personal_data::Moved,
};

use crate::lines::{Dialog, Reference};

const DIALOG: &str = "shop_id, conversation_id, line_id, peer, thread, customer_id, customer_first, heard_at";
const REFERENCE: &str = "shop_id, line_id, name, conversation_id, message_id, piece, customer_id, customer_first";

fn dialog(row: &Row) -> Result<Dialog> {
    let mut c = row.columns();
    Ok(Dialog {
        shop: c.take()?,
        conversation: c.take()?,
        line: c.take()?,
        peer: c.take()?,
        thread: c.take()?,
        customer: c.take()?,
        customer_first: c.take()?,
        heard_at: c.take()?,
    })
}

fn reference(row: &Row) -> Result<Reference> {
    let mut c = row.columns();
    Ok(Reference {
        shop: c.take()?,
        line: c.take()?,
        name: c.take()?,
        conversation: c.take()?,
        message: c.take()?,
        piece: c.take()?,
        customer: c.take()?,
        customer_first: c.take()?,
    })
}

/// How a conversation is held.
pub async fn of(tx: &mut Tx<'_>, shop: ShopId, conversation: ConversationId) -> Result<Option<Dialog>> {
    let sql = format!("SELECT {DIALOG} FROM channels_dialogs WHERE shop_id = $1 AND conversation_id = $2");
    tx.row(&sql, &[&shop, &conversation]).await?.map(|row| dialog(&row)).transpose()
}

/// The newest one with somebody, in public or in private.
pub async fn newest(tx: &mut Tx<'_>, shop: ShopId, line: LineId, peer: &str) -> Result<Option<Dialog>> {
    let sql = format!(
        "SELECT {DIALOG} FROM channels_dialogs WHERE shop_id = $1 AND line_id = $2 AND peer = $3 ORDER BY conversation_id DESC LIMIT 1"
    );
    tx.row(&sql, &[&shop, &line, &peer]).await?.map(|row| dialog(&row)).transpose()
}

/// The newest one with somebody in a thread everybody reads, or in private where none is named.
pub async fn newest_in(tx: &mut Tx<'_>, shop: ShopId, line: LineId, peer: &str, thread: Option<&str>) -> Result<Option<Dialog>> {
    let there = if thread.is_some() { "thread = $4" } else { "thread IS NULL" };
    let sql = format!(
        "SELECT {DIALOG} FROM channels_dialogs WHERE shop_id = $1 AND line_id = $2 AND peer = $3 AND {there} \
         ORDER BY conversation_id DESC LIMIT 1"
    );
    let mut values: Vec<&dyn Bind> = vec![&shop, &line, &peer];
    values.extend(thread.as_ref().map(|thread| thread as &dyn Bind));
    tx.row(&sql, &values).await?.map(|row| dialog(&row)).transpose()
}

pub async fn put(tx: &mut Tx<'_>, d: &Dialog) -> Result<()> {
    let sql = format!(
        "INSERT INTO channels_dialogs ({DIALOG}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
         ON CONFLICT (shop_id, conversation_id) DO UPDATE SET heard_at = excluded.heard_at"
    );
    tx.one(&sql, &[&d.shop, &d.conversation, &d.line, &d.peer, &d.thread, &d.customer, &d.customer_first, &d.heard_at]).await
}

/// Notes that the shop wrote first.
pub async fn opens(tx: &mut Tx<'_>, shop: ShopId, conversation: ConversationId) -> Result<()> {
    let now = tx.now();
    let sql = "UPDATE channels_dialogs SET opened_at = $1 WHERE shop_id = $2 AND conversation_id = $3";
    tx.execute(sql, &[&now, &shop, &conversation]).await.map(drop)
}

/// Until when the pace is used up at which they are written to.
pub async fn used_up(tx: &mut Tx<'_>, shop: ShopId, conversation: ConversationId) -> Result<Timestamp> {
    tx.value("SELECT used_up FROM channels_dialogs WHERE shop_id = $1 AND conversation_id = $2", &[&shop, &conversation]).await
}

pub async fn use_up(tx: &mut Tx<'_>, shop: ShopId, conversation: ConversationId, until: Timestamp) -> Result<()> {
    let sql = "UPDATE channels_dialogs SET used_up = $1 WHERE shop_id = $2 AND conversation_id = $3";
    tx.execute(sql, &[&until, &shop, &conversation]).await.map(drop)
}

/// To how many the shop has written first since then.
pub async fn opened_since(tx: &mut Tx<'_>, shop: ShopId, line: LineId, since: Timestamp) -> Result<i64> {
    let sql = "SELECT COUNT(DISTINCT peer) FROM channels_dialogs WHERE shop_id = $1 AND line_id = $2 AND opened_at > $3";
    tx.value(sql, &[&shop, &line, &since]).await
}

/// The message the partner calls so.
pub async fn named(tx: &mut Tx<'_>, shop: ShopId, line: LineId, name: &str) -> Result<Option<Reference>> {
    let sql = format!("SELECT {REFERENCE} FROM channels_references WHERE shop_id = $1 AND line_id = $2 AND name = $3");
    tx.row(&sql, &[&shop, &line, &name]).await?.map(|row| reference(&row)).transpose()
}

/// How many pieces of a message have left.
pub async fn pieces(tx: &mut Tx<'_>, shop: ShopId, message: MessageId) -> Result<usize> {
    let sql = "SELECT COUNT(*) FROM channels_references WHERE shop_id = $1 AND message_id = $2";
    let count: i64 = tx.value(sql, &[&shop, &message]).await?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// Writes down what a message is called there.
pub async fn note(tx: &mut Tx<'_>, r: &Reference) -> Result<()> {
    let sql = format!("INSERT INTO channels_references ({REFERENCE}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING");
    let values: &[&dyn Bind] = &[&r.shop, &r.line, &r.name, &r.conversation, &r.message, &r.piece, &r.customer, &r.customer_first];
    tx.execute(&sql, values).await.map(drop)
}

/// With whom conversations were held that came as this customer.
pub async fn came_as(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId) -> Result<Vec<Dialog>> {
    let sql = format!("SELECT {DIALOG} FROM channels_dialogs WHERE shop_id = $1 AND customer_first = $2 ORDER BY conversation_id");
    tx.rows(&sql, &[&shop, &first]).await?.iter().map(dialog).collect()
}

/// What their messages were called.
pub async fn called(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId) -> Result<Vec<Reference>> {
    let sql = format!("SELECT {REFERENCE} FROM channels_references WHERE shop_id = $1 AND customer_first = $2 ORDER BY message_id, piece");
    tx.rows(&sql, &[&shop, &first]).await?.iter().map(reference).collect()
}

/// Forgets all that came as this customer.
pub async fn forget(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId) -> Result<()> {
    for table in ["channels_dialogs", "channels_references"] {
        tx.execute(&format!("DELETE FROM {table} WHERE shop_id = $1 AND customer_first = $2"), &[&shop, &first]).await?;
    }
    Ok(())
}

pub async fn follow(tx: &mut Tx<'_>, Moved { shop, first, now, most }: Moved) -> Result<u64> {
    let sql = "UPDATE channels_dialogs SET customer_id = $1 WHERE shop_id = $2 AND conversation_id IN \
               (SELECT conversation_id FROM channels_dialogs WHERE shop_id = $2 AND customer_first = $3 AND customer_id <> $1 LIMIT $4)";
    let dialogs = tx.execute(sql, &[&now, &shop, &first, &most]).await?;
    let sql = "UPDATE channels_references SET customer_id = $1 WHERE shop_id = $2 AND (line_id, name) IN \
               (SELECT line_id, name FROM channels_references WHERE shop_id = $2 AND customer_first = $3 AND customer_id <> $1 LIMIT $4)";
    let left = most - dialogs as i64;
    Ok(dialogs + tx.execute(sql, &[&now, &shop, &first, &left]).await?)
}
