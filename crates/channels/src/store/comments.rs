//! Statements on comments, and on what the shop had posted where they stand.

use kernel::{ConversationId, CustomerId, LineId, MessageId, Result, ShopId};
use platform::{
    Tx,
    db::{Json, Row},
    personal_data::Moved,
};

use crate::{
    lines::Comment,
    partner::{KnownPost, Post},
};

const COLUMNS: &str = "shop_id, line_id, name, conversation_id, message_id, customer_id, customer_first, post, link, may_hide, written_at, \
                       hidden, removed, private_reply";

fn read(row: &Row) -> Result<Comment> {
    let mut c = row.columns();
    Ok(Comment {
        shop: c.take()?,
        line: c.take()?,
        name: c.take()?,
        conversation: c.take()?,
        message: c.take()?,
        customer: c.take()?,
        customer_first: c.take()?,
        post: c.take()?,
        link: c.take()?,
        may_hide: c.take()?,
        written_at: c.take()?,
        hidden: c.take()?,
        removed: c.take()?,
        private_reply: c.take()?,
    })
}

pub async fn insert(tx: &mut Tx<'_>, c: &Comment) -> Result<()> {
    let sql = format!("INSERT INTO channels_comments ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)");
    tx.one(
        &sql,
        &[
            &c.shop,
            &c.line,
            &c.name,
            &c.conversation,
            &c.message,
            &c.customer,
            &c.customer_first,
            &c.post,
            &c.link,
            &c.may_hide,
            &c.written_at,
            &c.hidden,
            &c.removed,
            &c.private_reply,
        ],
    )
    .await
}

/// Saves what can change.
pub async fn save(tx: &mut Tx<'_>, c: &Comment) -> Result<()> {
    let sql = "UPDATE channels_comments SET link = $1, hidden = $2, removed = $3, private_reply = $4 \
               WHERE shop_id = $5 AND line_id = $6 AND name = $7";
    tx.one(sql, &[&c.link, &c.hidden, &c.removed, &c.private_reply, &c.shop, &c.line, &c.name]).await
}

/// The comment the partner calls so.
pub async fn named(tx: &mut Tx<'_>, shop: ShopId, line: LineId, name: &str) -> Result<Option<Comment>> {
    let sql = format!("SELECT {COLUMNS} FROM channels_comments WHERE shop_id = $1 AND line_id = $2 AND name = $3");
    tx.row(&sql, &[&shop, &line, &name]).await?.map(|row| read(&row)).transpose()
}

/// The newest comments of a conversation, the newest first.
pub async fn of(tx: &mut Tx<'_>, shop: ShopId, conversation: ConversationId) -> Result<Vec<Comment>> {
    let sql =
        format!("SELECT {COLUMNS} FROM channels_comments WHERE shop_id = $1 AND conversation_id = $2 ORDER BY message_id DESC LIMIT 50");
    tx.rows(&sql, &[&shop, &conversation]).await?.iter().map(read).collect()
}

/// The comment that an answer was given to in private.
pub async fn answered_by(tx: &mut Tx<'_>, shop: ShopId, message: MessageId) -> Result<Option<Comment>> {
    let sql = format!("SELECT {COLUMNS} FROM channels_comments WHERE shop_id = $1 AND private_reply = $2");
    tx.row(&sql, &[&shop, &message]).await?.map(|row| read(&row)).transpose()
}

/// All that came as this customer, the oldest first.
pub async fn came_as(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId) -> Result<Vec<Comment>> {
    let sql = format!("SELECT {COLUMNS} FROM channels_comments WHERE shop_id = $1 AND customer_first = $2 ORDER BY message_id");
    tx.rows(&sql, &[&shop, &first]).await?.iter().map(read).collect()
}

/// Forgets all that came as this customer.
pub async fn forget(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId) -> Result<()> {
    tx.execute("DELETE FROM channels_comments WHERE shop_id = $1 AND customer_first = $2", &[&shop, &first]).await.map(drop)
}

pub async fn follow(tx: &mut Tx<'_>, Moved { shop, first, now, most }: Moved) -> Result<u64> {
    let sql = "UPDATE channels_comments SET customer_id = $1 WHERE shop_id = $2 AND (line_id, name) IN \
               (SELECT line_id, name FROM channels_comments WHERE shop_id = $2 AND customer_first = $3 AND customer_id <> $1 LIMIT $4)";
    tx.execute(sql, &[&now, &shop, &first, &most]).await
}

/// What is known of a post of the shop's.
pub async fn post(tx: &mut Tx<'_>, shop: ShopId, line: LineId, name: &str) -> Result<Option<KnownPost>> {
    let sql = "SELECT facts, asked_at FROM channels_posts WHERE shop_id = $1 AND line_id = $2 AND name = $3";
    let row = tx.row(sql, &[&shop, &line, &name]).await?;
    row.map(|row| Ok(KnownPost { facts: row.get::<Option<Json<_>>>(0)?.map(|facts| facts.0), asked_at: row.get(1)? })).transpose()
}

/// Writes down that a post was asked for just now, and what came of it.
pub async fn put_post(tx: &mut Tx<'_>, shop: ShopId, line: LineId, name: &str, facts: Option<&Post>) -> Result<()> {
    let (now, facts) = (tx.now(), facts.map(Json));
    let sql = "INSERT INTO channels_posts (shop_id, line_id, name, facts, asked_at) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (shop_id, line_id, name) DO UPDATE SET facts = COALESCE(excluded.facts, channels_posts.facts), \
               asked_at = excluded.asked_at";
    tx.execute(sql, &[&shop, &line, &name, &facts, &now]).await.map(drop)
}

/// Forgets the posts of a line that is connected no more.
pub async fn remove_posts(tx: &mut Tx<'_>, shop: ShopId, line: LineId) -> Result<()> {
    tx.execute("DELETE FROM channels_posts WHERE shop_id = $1 AND line_id = $2", &[&shop, &line]).await.map(drop)
}
