//! What conversations do when something is announced: make what was said findable.

use kernel::{Error, MessageId, Result};
use platform::{Tx, event::Told, reaction::Reaction, reactions, search};

use crate::{
    events::{MessageAltered, MessageQueued, MessageReceived, NoteAdded},
    store,
};

/// The kind under which messages are found.
pub(crate) const MESSAGE: &str = "message";

pub fn reactions() -> Vec<Reaction> {
    reactions![
        MessageReceived => index_received,
        MessageAltered => index_altered,
        MessageQueued => index_queued,
        NoteAdded => index_note,
    ]
}

async fn index_received(tx: &mut Tx<'_>, told: Told<MessageReceived>) -> Result<()> {
    index(tx, told.shop, told.event.message).await
}

async fn index_altered(tx: &mut Tx<'_>, told: Told<MessageAltered>) -> Result<()> {
    search::remove(tx, told.shop, MESSAGE, told.event.message.into()).await?;
    index(tx, told.shop, told.event.message).await
}

async fn index_queued(tx: &mut Tx<'_>, told: Told<MessageQueued>) -> Result<()> {
    index(tx, told.shop, told.event.message).await
}

async fn index_note(tx: &mut Tx<'_>, told: Told<NoteAdded>) -> Result<()> {
    index(tx, told.shop, told.event.message).await
}

async fn index(tx: &mut Tx<'_>, shop: kernel::ShopId, id: MessageId) -> Result<()> {
    match store::message(tx, shop, id).await {
        // a file without a word, or erased in the meantime
        Ok(message) if message.text.is_empty() => Ok(()),
        Ok(message) => search::put(tx, shop, MESSAGE, id.into(), message.at, &message.text).await,
        Err(Error::NotFound(_)) => Ok(()),
        Err(error) => Err(error),
    }
}
