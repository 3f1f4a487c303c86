//! Statements that forget what was said.

use kernel::{ConversationId, CustomerId, MessageId, Result, ShopId};
use platform::{Tx, db::Json, personal_data};

use crate::file::StoredFile;

/// The conversations that came as this customer's, the oldest first.
pub async fn came_as(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId) -> Result<Vec<ConversationId>> {
    let sql = "SELECT id FROM inbox_conversations WHERE shop_id = $1 AND customer_first = $2";
    let mut ids: Vec<ConversationId> = tx.rows(sql, &[&shop, &first]).await?.iter().map(|row| row.get(0)).collect::<Result<_>>()?;
    ids.sort_unstable();
    Ok(ids)
}

/// Notes that somebody wrote in a conversation that came as another's.
pub async fn note_guest(tx: &mut Tx<'_>, shop: ShopId, guest: CustomerId, id: ConversationId) -> Result<()> {
    let sql = "INSERT INTO inbox_guests (shop_id, guest, conversation_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    tx.execute(sql, &[&shop, &guest, &id]).await.map(drop)
}

/// The conversations of others in which this customer wrote, the oldest first.
pub async fn guest_in(tx: &mut Tx<'_>, shop: ShopId, guest: CustomerId) -> Result<Vec<ConversationId>> {
    let sql = "SELECT conversation_id FROM inbox_guests WHERE shop_id = $1 AND guest = $2 ORDER BY conversation_id";
    tx.rows(sql, &[&shop, &guest]).await?.iter().map(|row| row.get(0)).collect()
}

/// Whether anything was said with this customer.
pub async fn holds(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId) -> Result<bool> {
    Ok(personal_data::any_row_in(tx, &["inbox_conversations"], shop, first).await? || !guest_in(tx, shop, first).await?.is_empty())
}

/// The files a conversation's messages carry, once for each that carries one.
pub async fn files_in(tx: &mut Tx<'_>, shop: ShopId, id: ConversationId) -> Result<Vec<StoredFile>> {
    let sql = "SELECT files FROM inbox_messages WHERE shop_id = $1 AND conversation_id = $2 AND files <> '[]'";
    let mut files = Vec::new();
    for row in tx.rows(sql, &[&shop, &id]).await? {
        files.extend(row.get::<Json<Vec<StoredFile>>>(0)?.0);
    }
    Ok(files)
}

/// What a customer wrote in a conversation, the oldest first.
pub async fn said_by(tx: &mut Tx<'_>, shop: ShopId, id: ConversationId, author: CustomerId) -> Result<Vec<MessageId>> {
    let sql =
        "SELECT id FROM inbox_messages WHERE shop_id = $1 AND conversation_id = $2 AND kind = 'customer' AND author_id = $3 ORDER BY seq";
    tx.rows(sql, &[&shop, &id, &author]).await?.iter().map(|row| row.get(0)).collect()
}

/// Empties a message, and says that it was taken back.
pub async fn erase_message(tx: &mut Tx<'_>, shop: ShopId, id: MessageId) -> Result<()> {
    let sql = "UPDATE inbox_messages SET text = '', html = NULL, files = '[]', client_id = NULL, altered = 'removed' WHERE shop_id = $1 AND id = $2";
    tx.one(sql, &[&shop, &id]).await
}

/// Forgets that somebody wrote in conversations of others.
pub async fn forget_guest(tx: &mut Tx<'_>, shop: ShopId, guest: CustomerId) -> Result<()> {
    tx.execute("DELETE FROM inbox_guests WHERE shop_id = $1 AND guest = $2", &[&shop, &guest]).await.map(drop)
}

/// Empties a conversation of all that was said in it. What is on its way does not leave any more.
pub async fn erase_conversation(tx: &mut Tx<'_>, shop: ShopId, id: ConversationId) -> Result<()> {
    let now = tx.now();
    tx.execute("DELETE FROM inbox_messages WHERE shop_id = $1 AND conversation_id = $2 AND state = 'held'", &[&shop, &id]).await?;
    tx.execute(
        "UPDATE inbox_messages SET text = '', html = NULL, files = '[]', products = '[]', template = NULL, client_id = NULL, fault = NULL, \
         state = CASE WHEN state IN ('queued', 'submitting') THEN 'failed' ELSE state END WHERE shop_id = $1 AND conversation_id = $2",
        &[&shop, &id],
    )
    .await?;
    for table in ["inbox_drafts", "inbox_mentions"] {
        tx.execute(&format!("DELETE FROM {table} WHERE shop_id = $1 AND conversation_id = $2"), &[&shop, &id]).await?;
    }
    // the sender's own key may say something too; the id is as unique
    tx.one(
        "UPDATE inbox_conversations SET start_key = $1, subject = '', preview_text = '', preview_call = NULL, page = 'null', answers = '[]', unread = 0, \
         waiting_since = NULL, erased_at = $2, version = version + 1 WHERE shop_id = $3 AND id = $4",
        &[&id.to_string(), &now, &shop, &id],
    )
    .await
}

/// Messages after `seq`, in order, each with its number.
pub async fn numbers_after(tx: &mut Tx<'_>, shop: ShopId, id: ConversationId, seq: i64, limit: i64) -> Result<Vec<(MessageId, i64)>> {
    let sql = "SELECT id, seq FROM inbox_messages WHERE shop_id = $1 AND conversation_id = $2 AND seq > $3 ORDER BY seq LIMIT $4";
    tx.rows(sql, &[&shop, &id, &seq, &limit]).await?.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}
