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

/// Whether anything was said with this customer.
pub async fn holds(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId) -> Result<bool> {
    personal_data::any_row_in(tx, &["inbox_conversations"], shop, first).await
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
