//! Statements on letters.

use kernel::{ConversationId, CustomerId, LetterId, MailboxId, MessageId, Result, ShopId, Timestamp};
use platform::{
    Tx,
    db::{Bind, Row},
    personal_data::Moved,
    sweep::PIECE,
};

use crate::email::letter::{Letter, State};

const COLUMNS: &str = "shop_id, id, mailbox_id, uid_validity, uid, storage_key, size, state, fault, let_in, name_key, customer_id, customer_first, \
                       conversation_id, message_id, received_at";

fn read(row: &Row) -> Result<Letter> {
    let mut c = row.columns();
    Ok(Letter {
        shop: c.take()?,
        id: c.take()?,
        mailbox: c.take()?,
        uid_validity: c.take()?,
        uid: c.take()?,
        key: c.take()?,
        size: c.take()?,
        state: c.take()?,
        fault: c.take()?,
        let_in: c.take()?,
        name_key: c.take()?,
        customer: c.take()?,
        customer_first: c.take()?,
        conversation: c.take()?,
        message: c.take()?,
        received_at: c.take()?,
    })
}

/// Writes a letter down, once for each number it has in its mailbox; says whether it had not been.
pub async fn insert(tx: &mut Tx<'_>, l: &Letter) -> Result<bool> {
    let sql = format!(
        "INSERT INTO channels_letters ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) ON CONFLICT DO NOTHING"
    );
    let values: &[&dyn Bind] = &[
        &l.shop,
        &l.id,
        &l.mailbox,
        &l.uid_validity,
        &l.uid,
        &l.key,
        &l.size,
        &l.state,
        &l.fault,
        &l.let_in,
        &l.name_key,
        &l.customer,
        &l.customer_first,
        &l.conversation,
        &l.message,
        &l.received_at,
    ];
    Ok(tx.execute(&sql, values).await? > 0)
}

pub async fn save(tx: &mut Tx<'_>, l: &Letter) -> Result<()> {
    let sql = "UPDATE channels_letters SET storage_key = $1, state = $2, fault = $3, let_in = $4, name_key = $5, customer_id = $6, customer_first = $7, \
               conversation_id = $8, message_id = $9 WHERE shop_id = $10 AND id = $11";
    let values: &[&dyn Bind] =
        &[&l.key, &l.state, &l.fault, &l.let_in, &l.name_key, &l.customer, &l.customer_first, &l.conversation, &l.message, &l.shop, &l.id];
    tx.one(sql, values).await
}

pub async fn maybe(tx: &mut Tx<'_>, shop: ShopId, id: LetterId) -> Result<Option<Letter>> {
    let sql = format!("SELECT {COLUMNS} FROM channels_letters WHERE shop_id = $1 AND id = $2");
    tx.row(&sql, &[&shop, &id]).await?.map(|row| read(&row)).transpose()
}

/// Whether the same bytes came into this mailbox before: after its letters were numbered anew all of them come again.
pub async fn has_content(tx: &mut Tx<'_>, shop: ShopId, mailbox: MailboxId, key: &str) -> Result<bool> {
    let sql = "SELECT 1 FROM channels_letters WHERE shop_id = $1 AND mailbox_id = $2 AND storage_key = $3 LIMIT 1";
    Ok(tx.row(sql, &[&shop, &mailbox, &key]).await?.is_some())
}

/// The letter of this name that stands in a conversation.
pub async fn by_name(tx: &mut Tx<'_>, shop: ShopId, name_key: &str) -> Result<Option<Letter>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM channels_letters WHERE shop_id = $1 AND name_key = $2 AND conversation_id IS NOT NULL ORDER BY id LIMIT 1"
    );
    tx.row(&sql, &[&shop, &name_key]).await?.map(|row| read(&row)).transpose()
}

/// The letter a message was made of.
pub async fn of_message(tx: &mut Tx<'_>, shop: ShopId, conversation: ConversationId, message: MessageId) -> Result<Option<Letter>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM channels_letters WHERE shop_id = $1 AND message_id = $2 AND conversation_id = $3 ORDER BY id LIMIT 1"
    );
    tx.row(&sql, &[&shop, &message, &conversation]).await?.map(|row| read(&row)).transpose()
}

/// The letter a message was made of goes along with it.
pub async fn go_along(tx: &mut Tx<'_>, shop: ShopId, message: MessageId, to: ConversationId) -> Result<()> {
    let sql = "UPDATE channels_letters SET conversation_id = $1 WHERE shop_id = $2 AND message_id = $3 AND conversation_id IS NOT NULL";
    tx.execute(sql, &[&to, &shop, &message]).await.map(drop)
}

/// What was put aside of the mailboxes that are connected, the newest first.
pub async fn aside(tx: &mut Tx<'_>, shop: ShopId, limit: i64) -> Result<Vec<Letter>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM channels_letters WHERE shop_id = $1 AND state = 'aside' \
         AND mailbox_id IN (SELECT id FROM channels_mailboxes WHERE shop_id = $1) ORDER BY id DESC LIMIT $2"
    );
    tx.rows(&sql, &[&shop, &limit]).await?.iter().map(read).collect()
}

/// How many letters of a mailbox were put aside.
pub async fn count_aside(tx: &mut Tx<'_>, shop: ShopId, mailbox: MailboxId) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM channels_letters WHERE shop_id = $1 AND state = $2 AND mailbox_id = $3";
    tx.value(sql, &[&shop, &State::Aside, &mailbox]).await
}

/// What came as this customer.
pub async fn came_as(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId) -> Result<Vec<Letter>> {
    let sql = format!("SELECT {COLUMNS} FROM channels_letters WHERE shop_id = $1 AND customer_first = $2 ORDER BY id");
    tx.rows(&sql, &[&shop, &first]).await?.iter().map(read).collect()
}

/// Forgets all that came as this customer; where it lay.
pub async fn forget(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId) -> Result<Vec<String>> {
    let sql = "DELETE FROM channels_letters WHERE shop_id = $1 AND customer_first = $2 RETURNING storage_key";
    let rows = tx.rows(sql, &[&shop, &first]).await?;
    let keys: Vec<Option<String>> = rows.iter().map(|row| row.get(0)).collect::<Result<_>>()?;
    Ok(keys.into_iter().flatten().collect())
}

/// Forgets some of what stands in no conversation and came before; how many, and where they lay.
pub async fn forget_old(tx: &mut Tx<'_>, before: Timestamp) -> Result<Vec<Option<String>>> {
    let sql = "DELETE FROM channels_letters WHERE (shop_id, id) IN (SELECT shop_id, id FROM channels_letters \
               WHERE conversation_id IS NULL AND received_at < $1 AND state <> 'kept' LIMIT $2) RETURNING storage_key";
    tx.rows(sql, &[&before, &PIECE]).await?.iter().map(|row| row.get(0)).collect()
}

pub async fn follow(tx: &mut Tx<'_>, Moved { shop, first, now, most }: Moved) -> Result<u64> {
    let sql = "UPDATE channels_letters SET customer_id = $1 WHERE shop_id = $2 AND id IN \
               (SELECT id FROM channels_letters WHERE shop_id = $2 AND customer_first = $3 AND customer_id <> $1 LIMIT $4)";
    tx.execute(sql, &[&now, &shop, &first, &most]).await
}
