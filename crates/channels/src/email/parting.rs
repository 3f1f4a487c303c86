//! Putting together letters that belong to one conversation, and taking apart those that do not: what is said in them moves, and
//! what comes back to them finds it there.

use std::sync::Arc;

use inbox::{conversation::Conversation, parting};
use kernel::{ConversationId, Error, MessageId, Result, ShopId, conflict, say};
use platform::{Agent, App, Tx};

use super::{
    mailbox::address_key,
    thread::{Facts, Thread},
};
use crate::store::{letters, mailboxes, threads};

/// Puts what was said in a conversation into another.
///
/// Errors: `NotFound`; `Conflict` where one of them is not held by letters, or takes nothing more.
pub async fn join(tx: &mut Tx<'_>, who: &Agent, id: ConversationId, into: ConversationId) -> Result<Conversation> {
    let (from, to) = (held_by_letters(tx, who.shop, id).await?, held_by_letters(tx, who.shop, into).await?);
    let (joined, moved) = parting::join(tx, who, id, into).await?;
    for message in moved {
        letters::go_along(tx, who.shop, message, into).await?;
    }
    let came_as = (from.customer_first != to.customer_first).then_some(from.customer_first);
    threads::put(tx, &Thread { facts: to.facts.clone().joined_by(from.facts, came_as), ..to }).await?;
    threads::remove(tx, who.shop, id).await?;
    Ok(joined)
}

async fn held_by_letters(tx: &mut Tx<'_>, shop: ShopId, id: ConversationId) -> Result<Thread> {
    inbox::conversation::by_id(tx, shop, id).await?;
    threads::thread(tx, shop, id).await?.ok_or_else(|| conflict(say!("cannot-join")))
}

/// Begins a conversation with a letter that stood in another.
///
/// Errors: `NotFound`; `Conflict` where it is no letter, or there is nothing else in its conversation.
pub async fn split(app: &App, who: &Agent, id: ConversationId, message: MessageId) -> Result<Conversation> {
    let shop = who.shop;
    let found = app.read(async move |tx: &mut Tx<'_>| {
        inbox::conversation::by_id(tx, shop, id).await?;
        let ours: Vec<String> = mailboxes::all(tx, shop).await?.iter().map(|one| address_key(&one.settings.address)).collect();
        Ok((letters::of_message(tx, shop, id, message).await?, ours))
    });
    let (row, ours) = found.await?;
    let row = row.ok_or_else(|| conflict(say!("cannot-split")))?;
    let raw = app.files().get(row.key.clone().unwrap_or_default().parse()?).await?;
    // a letter meant to do harm takes its time; it must not take the time of others
    let letter = tokio::task::spawn_blocking(move || mail::Letter::read(&raw)).await.map_err(Error::broken)??;
    let (who, letter) = (who.clone(), Arc::new(letter));
    app.write(async move |tx: &mut Tx<'_>| {
        let split = parting::split(tx, &who, id, message, letter.subject.clone()).await?;
        let Conversation { id: conversation, customer, customer_first, .. } = split;
        let facts = Facts::default().after(&letter, &ours);
        threads::put(tx, &Thread { shop, conversation, mailbox: row.mailbox, customer, customer_first, facts }).await?;
        letters::go_along(tx, shop, message, conversation).await?;
        Ok(split)
    })
    .await
}
