//! Statements on doubts, and on what is moved once they are settled.

use kernel::{ConversationId, MessageId, Result, ShopId};
use platform::Tx;

use crate::{doubt::Doubt, message::Message};

/// Notes that somebody has to look whether a message belongs where it stands.
pub async fn doubt(tx: &mut Tx<'_>, message: &Message, doubt: Doubt) -> Result<()> {
    let other = if let Doubt::SameAs(other) = doubt { Some(other) } else { None };
    let sql = "INSERT INTO inbox_doubts (shop_id, conversation_id, message_id, other) VALUES ($1, $2, $3, $4)";
    tx.one(sql, &[&message.shop, &message.conversation, &message.id, &other]).await
}

/// What there is doubt of in a conversation, the oldest first.
pub async fn doubts(tx: &mut Tx<'_>, shop: ShopId, id: ConversationId) -> Result<Vec<(MessageId, Doubt)>> {
    let sql = "SELECT message_id, other FROM inbox_doubts WHERE shop_id = $1 AND conversation_id = $2 ORDER BY message_id";
    let read = |row: &platform::db::Row| Ok((row.get(0)?, row.get::<Option<_>>(1)?.map_or(Doubt::NewTopic, Doubt::SameAs)));
    tx.rows(sql, &[&shop, &id]).await?.iter().map(read).collect()
}

pub async fn settle_doubt(tx: &mut Tx<'_>, shop: ShopId, id: ConversationId, message: MessageId) -> Result<()> {
    let sql = "DELETE FROM inbox_doubts WHERE shop_id = $1 AND conversation_id = $2 AND message_id = $3";
    tx.execute(sql, &[&shop, &id, &message]).await.map(drop)
}

/// Settles all there is in a conversation: nobody looks at it any more.
pub async fn settle_doubts(tx: &mut Tx<'_>, shop: ShopId, id: ConversationId) -> Result<()> {
    tx.execute("DELETE FROM inbox_doubts WHERE shop_id = $1 AND conversation_id = $2", &[&shop, &id]).await.map(drop)
}

/// Moves a message; whoever sent it knows it by its conversation no more.
pub async fn move_message(tx: &mut Tx<'_>, m: &Message) -> Result<()> {
    let sql = "UPDATE inbox_messages SET conversation_id = $1, seq = $2, client_id = NULL WHERE shop_id = $3 AND id = $4";
    tx.one(sql, &[&m.conversation, &m.seq, &m.shop, &m.id]).await
}

/// Moves all that was said in a conversation behind what was said in another, in its order; what has moved.
pub async fn move_messages(tx: &mut Tx<'_>, shop: ShopId, from: ConversationId, to: ConversationId, behind: i64) -> Result<Vec<MessageId>> {
    let sql = "UPDATE inbox_messages SET conversation_id = $1, seq = seq + $2, client_id = NULL \
               WHERE shop_id = $3 AND conversation_id = $4 AND kind <> 'event' RETURNING id";
    let moved = tx.rows(sql, &[&to, &behind, &shop, &from]).await?;
    let sql = "UPDATE inbox_guests SET conversation_id = $1 WHERE shop_id = $2 AND conversation_id = $3 \
               AND guest NOT IN (SELECT guest FROM inbox_guests WHERE shop_id = $2 AND conversation_id = $1)";
    tx.execute(sql, &[&to, &shop, &from]).await?;
    tx.execute("DELETE FROM inbox_guests WHERE shop_id = $1 AND conversation_id = $2", &[&shop, &from]).await?;
    moved.iter().map(|row| row.get(0)).collect()
}

/// Whether somebody said something in a conversation beside this message.
pub async fn says_more_than(tx: &mut Tx<'_>, m: &Message) -> Result<bool> {
    let sql = "SELECT 1 FROM inbox_messages WHERE shop_id = $1 AND conversation_id = $2 AND kind <> 'event' AND id <> $3 LIMIT 1";
    Ok(tx.row(sql, &[&m.shop, &m.conversation, &m.id]).await?.is_some())
}
