//! Statements on messages.

use kernel::{ConversationId, MemberId, MessageId, Result, ShopId, Timestamp, say};
use platform::{
    Tx,
    db::{Json, Row},
};

use super::{carried_by_one_less, carried_by_one_more};
use crate::{
    file::StoredFile,
    message::{Kind, Message, State},
};

const COLUMNS: &str = "shop_id, id, conversation_id, seq, kind, author_kind, author_id, text, html, files, products, mentions, template, fact, altered, state, fault, sends_at, afterwards, client_id, at";

fn read(row: &Row) -> Result<Message> {
    let mut c = row.columns();
    let (shop, id, conversation, seq, kind) = (c.take()?, c.take()?, c.take()?, c.take()?, c.take()?);
    let author = Message::author_of(c.take()?, c.take()?, shop);
    Ok(Message {
        shop,
        id,
        conversation,
        seq,
        kind,
        author,
        text: c.take()?,
        html: c.take()?,
        files: c.take::<Json<_>>()?.0,
        products: c.take::<Json<_>>()?.0,
        mentions: c.take::<Json<_>>()?.0,
        template: c.take::<Option<Json<_>>>()?.map(|template| template.0),
        fact: c.take::<Option<Json<_>>>()?.map(|fact| fact.0),
        altered: c.take()?,
        state: c.take()?,
        fault: c.take()?,
        sends_at: c.take()?,
        afterwards: c.take::<Json<_>>()?.0,
        client_id: c.take()?,
        at: c.take()?,
    })
}

pub async fn insert_message(tx: &mut Tx<'_>, m: &Message) -> Result<()> {
    let sql = format!(
        "INSERT INTO inbox_messages ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)"
    );
    let fact = m.fact.as_ref().map(Json);
    tx.one(
        &sql,
        &[
            &m.shop,
            &m.id,
            &m.conversation,
            &m.seq,
            &m.kind,
            &m.author.kind,
            &m.author.id,
            &m.text,
            &m.html,
            &Json(&m.files),
            &Json(&m.products),
            &Json(&m.mentions),
            &m.template.as_ref().map(Json),
            &fact,
            &m.altered,
            &m.state,
            &m.fault,
            &m.sends_at,
            &Json(&m.afterwards),
            &m.client_id,
            &m.at,
        ],
    )
    .await?;
    for file in &m.files {
        carried_by_one_more(tx, m.shop, file.id).await?;
    }
    Ok(())
}

/// Saves what delivery changes.
pub async fn save_message(tx: &mut Tx<'_>, m: &Message) -> Result<()> {
    let sql = "UPDATE inbox_messages SET seq = $1, state = $2, fault = $3, at = $4 WHERE shop_id = $5 AND id = $6";
    tx.one(sql, &[&m.seq, &m.state, &m.fault, &m.at, &m.shop, &m.id]).await
}

/// Saves what its author has made of it since.
pub async fn save_altered(tx: &mut Tx<'_>, m: &Message) -> Result<()> {
    let sql = "UPDATE inbox_messages SET text = $1, files = $2, altered = $3 WHERE shop_id = $4 AND id = $5";
    tx.one(sql, &[&m.text, &Json(&m.files), &m.altered, &m.shop, &m.id]).await
}

/// Saves what became known of a call, and the file it left, which is stored and carried by nothing yet.
pub async fn save_call(tx: &mut Tx<'_>, m: &Message, left: Option<&StoredFile>) -> Result<()> {
    let sql = "UPDATE inbox_messages SET fact = $1, files = $2 WHERE shop_id = $3 AND id = $4";
    tx.one(sql, &[&m.fact.as_ref().map(Json), &Json(&m.files), &m.shop, &m.id]).await?;
    match left {
        Some(file) => carried_by_one_more(tx, m.shop, file.id).await,
        None => Ok(()),
    }
}

/// Removes an answer that was taken back; its files may be sent again.
pub async fn remove_message(tx: &mut Tx<'_>, m: &Message) -> Result<()> {
    tx.one("DELETE FROM inbox_messages WHERE shop_id = $1 AND id = $2 AND state = 'held'", &[&m.shop, &m.id]).await?;
    for file in &m.files {
        carried_by_one_less(tx, m.shop, file.id).await?;
    }
    Ok(())
}

pub async fn message(tx: &mut Tx<'_>, shop: ShopId, id: MessageId) -> Result<Message> {
    let sql = format!("SELECT {COLUMNS} FROM inbox_messages WHERE shop_id = $1 AND id = $2");
    read(&tx.found(say!("message-not-found"), &sql, &[&shop, &id]).await?)
}

/// The message this client id stands for already.
pub async fn message_once(tx: &mut Tx<'_>, shop: ShopId, conversation: ConversationId, client_id: &str) -> Result<Option<Message>> {
    let sql = format!("SELECT {COLUMNS} FROM inbox_messages WHERE shop_id = $1 AND conversation_id = $2 AND client_id = $3");
    tx.row(&sql, &[&shop, &conversation, &client_id]).await?.map(|row| read(&row)).transpose()
}

/// Entries after `seq`, oldest first.
pub async fn messages_after(tx: &mut Tx<'_>, shop: ShopId, conversation: ConversationId, seq: i64, limit: i64) -> Result<Vec<Message>> {
    let sql =
        format!("SELECT {COLUMNS} FROM inbox_messages WHERE shop_id = $1 AND conversation_id = $2 AND seq > $3 ORDER BY seq LIMIT $4");
    tx.rows(&sql, &[&shop, &conversation, &seq, &limit]).await?.iter().map(read).collect()
}

/// The last entries before `seq`, oldest first.
pub async fn messages_before(tx: &mut Tx<'_>, shop: ShopId, conversation: ConversationId, seq: i64, limit: i64) -> Result<Vec<Message>> {
    let sql =
        format!("SELECT {COLUMNS} FROM inbox_messages WHERE shop_id = $1 AND conversation_id = $2 AND seq < $3 ORDER BY seq DESC LIMIT $4");
    let mut messages: Vec<Message> = tx.rows(&sql, &[&shop, &conversation, &seq, &limit]).await?.iter().map(read).collect::<Result<_>>()?;
    messages.reverse();
    Ok(messages)
}

/// Whether a member other than `member` has answered after `seq`; held answers count.
pub async fn answered_by_another(tx: &mut Tx<'_>, shop: ShopId, conversation: ConversationId, member: MemberId, seq: i64) -> Result<bool> {
    let sql = "SELECT 1 FROM inbox_messages WHERE shop_id = $1 AND conversation_id = $2 AND seq > $3 AND kind = 'reply' AND author_id <> $4 LIMIT 1";
    Ok(tx.row(sql, &[&shop, &conversation, &seq, &member]).await?.is_some())
}

/// The last thing somebody said.
pub async fn last_said(tx: &mut Tx<'_>, shop: ShopId, conversation: ConversationId) -> Result<Option<Message>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM inbox_messages WHERE shop_id = $1 AND conversation_id = $2 AND kind IN ('customer', 'reply', 'auto', 'bot') \
         ORDER BY seq DESC LIMIT 1"
    );
    tx.row(&sql, &[&shop, &conversation]).await?.map(|row| read(&row)).transpose()
}

pub async fn unread_after(tx: &mut Tx<'_>, shop: ShopId, conversation: ConversationId, seq: i64) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM inbox_messages WHERE shop_id = $1 AND conversation_id = $2 AND seq > $3 AND kind = 'customer'";
    tx.value(sql, &[&shop, &conversation, &seq]).await
}

/// The newest answers that left until then, and of which it is not known that they were read.
pub async fn on_their_way(tx: &mut Tx<'_>, shop: ShopId, conversation: ConversationId, until: Timestamp) -> Result<Vec<MessageId>> {
    let sql = "SELECT id FROM inbox_messages WHERE shop_id = $1 AND conversation_id = $2 AND kind IN ('reply', 'auto') \
               AND state IN ('submitting', 'sent', 'unknown', 'delivered') AND at <= $3 ORDER BY seq DESC LIMIT 100";
    tx.rows(sql, &[&shop, &conversation, &until]).await?.iter().map(|row| row.get(0)).collect()
}

/// Raises the state of what one side wrote up to `seq`; a state only ever rises.
pub async fn mark(tx: &mut Tx<'_>, shop: ShopId, conversation: ConversationId, kind: Kind, state: State, seq: i64) -> Result<()> {
    let below = match state {
        State::Delivered => "'queued', 'submitting', 'sent', 'unknown'",
        _ => "'queued', 'submitting', 'sent', 'unknown', 'delivered', 'received'",
    };
    let sql = format!(
        "UPDATE inbox_messages SET state = $1 WHERE shop_id = $2 AND conversation_id = $3 AND kind = $4 AND seq <= $5 AND state IN ({below})"
    );
    tx.execute(&sql, &[&state, &shop, &conversation, &kind, &seq]).await.map(drop)
}
