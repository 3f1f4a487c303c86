//! Statements on threads.

use kernel::{ConversationId, CustomerId, Result, ShopId};
use platform::{
    Tx,
    db::{Json, Row},
    personal_data::Moved,
};

use crate::email::thread::Thread;

fn read(row: &Row) -> Result<Thread> {
    let mut c = row.columns();
    Ok(Thread {
        shop: c.take()?,
        conversation: c.take()?,
        mailbox: c.take()?,
        customer: c.take()?,
        customer_first: c.take()?,
        facts: c.take::<Json<_>>()?.0,
    })
}

pub async fn thread(tx: &mut Tx<'_>, shop: ShopId, conversation: ConversationId) -> Result<Option<Thread>> {
    let sql = "SELECT shop_id, conversation_id, mailbox_id, customer_id, customer_first, facts FROM channels_threads \
               WHERE shop_id = $1 AND conversation_id = $2";
    tx.row(sql, &[&shop, &conversation]).await?.map(|row| read(&row)).transpose()
}

pub async fn put(tx: &mut Tx<'_>, t: &Thread) -> Result<()> {
    let sql = "INSERT INTO channels_threads (shop_id, conversation_id, mailbox_id, customer_id, customer_first, facts) \
               VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (shop_id, conversation_id) DO UPDATE SET mailbox_id = excluded.mailbox_id, \
               facts = excluded.facts";
    tx.one(sql, &[&t.shop, &t.conversation, &t.mailbox, &t.customer, &t.customer_first, &Json(&t.facts)]).await
}

pub async fn remove(tx: &mut Tx<'_>, shop: ShopId, conversation: ConversationId) -> Result<()> {
    tx.one("DELETE FROM channels_threads WHERE shop_id = $1 AND conversation_id = $2", &[&shop, &conversation]).await
}

/// Forgets all that came as this customer.
pub async fn forget(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId) -> Result<()> {
    tx.execute("DELETE FROM channels_threads WHERE shop_id = $1 AND customer_first = $2", &[&shop, &first]).await.map(drop)
}

pub async fn follow(tx: &mut Tx<'_>, Moved { shop, first, now, most }: Moved) -> Result<u64> {
    let sql = "UPDATE channels_threads SET customer_id = $1 WHERE shop_id = $2 AND conversation_id IN \
               (SELECT conversation_id FROM channels_threads WHERE shop_id = $2 AND customer_first = $3 AND customer_id <> $1 LIMIT $4)";
    tx.execute(sql, &[&now, &shop, &first, &most]).await
}
