//! What a customer wrote, as it came, and where they can be answered: handed out or forgotten.

use kernel::{CustomerId, Result, ShopId};
use platform::{
    App, Tx,
    archive::Archive,
    files,
    personal_data::{Moved, PersonalData, any_row_in},
};
use serde_json::{Value, json};

use crate::{
    email::thread::Thread,
    lines::Comment,
    store::{comments, dialogs, letters, threads},
};

const TABLES: [&str; 5] = ["channels_letters", "channels_threads", "channels_dialogs", "channels_references", "channels_comments"];

/// This room's part. Nothing of it has to stay: the conversation keeps that somebody wrote.
pub fn ours() -> PersonalData {
    PersonalData {
        export: |app, shop, id, archive| Box::pin(add(app, shop, id, archive)),
        erase: |tx, shop, id| Box::pin(forget(tx, shop, id)),
        holds: |tx, shop, id| Box::pin(any_row_in(tx, &TABLES, shop, id)),
        follow: |tx, moved| Box::pin(follow(tx, moved)),
    }
}

async fn add(app: App, shop: ShopId, customer: CustomerId, mut archive: Archive) -> Result<Archive> {
    let known = app.read(async move |tx: &mut Tx<'_>| {
        let (dialogs, messages) = (dialogs::came_as(tx, shop, customer).await?, dialogs::called(tx, shop, customer).await?);
        let comments = comments::came_as(tx, shop, customer).await?;
        Ok((letters::came_as(tx, shop, customer).await?, dialogs, messages, comments))
    });
    let (letters, dialogs, messages, comments) = known.await?;
    for letter in letters {
        if let Some(key) = &letter.key {
            let raw = app.files().get(key.parse()?).await?;
            archive.add(&format!("letters/{}.eml", letter.id), &raw).await?;
        }
    }
    if !dialogs.is_empty() {
        let dialogs: Vec<_> = dialogs
            .iter()
            .map(|one| json!({ "conversation": one.conversation, "known_as": one.peer, "last_wrote_at": one.heard_at }))
            .collect();
        let messages: Vec<_> = messages.iter().map(|one| json!({ "message": one.message, "called": one.name })).collect();
        let comments: Vec<_> = comments.iter().map(comment).collect();
        archive.add_json("partners.json", &json!({ "conversations": dialogs, "messages": messages, "comments": comments })).await?;
    }
    Ok(archive)
}

fn comment(one: &Comment) -> Value {
    json!({ "message": one.message, "called": one.name, "below": one.post, "read_at": one.link, "hidden": one.hidden, "removed": one.removed })
}

async fn forget(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId) -> Result<()> {
    for letter in letters::came_as(tx, shop, customer).await? {
        let Some(conversation) = letter.conversation else { continue };
        if let Some(thread) = threads::thread(tx, shop, conversation).await?.filter(|thread| thread.customer_first != customer) {
            threads::put(tx, &Thread { facts: thread.facts.clone().without_guest(customer), ..thread }).await?;
        }
    }
    for key in letters::forget(tx, shop, customer).await? {
        files::release(tx, key.parse()?).await?;
    }
    threads::forget(tx, shop, customer).await?;
    comments::forget(tx, shop, customer).await?;
    dialogs::forget(tx, shop, customer).await
}

async fn follow(tx: &mut Tx<'_>, moved: Moved) -> Result<u64> {
    let rest = |done: u64| Moved { most: moved.most - done as i64, ..moved };
    let mut done = letters::follow(tx, moved).await?;
    done += threads::follow(tx, rest(done)).await?;
    done += comments::follow(tx, rest(done)).await?;
    Ok(done + dialogs::follow(tx, rest(done)).await?)
}
