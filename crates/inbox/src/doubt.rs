//! Doubts: whether what came belongs where it was put. Machines go by what a message says of itself; people know better.

use kernel::{ConversationId, MessageId, Result};
use platform::{Agent, Tx};

use crate::{conversation, events::ConversationChanged, store};

/// Whether a message belongs where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// It points at this conversation, in which its author has no part.
    SameAs(ConversationId),
    /// It goes on with its conversation, under another subject.
    NewTopic,
}

/// Says that a message belongs where it stands.
///
/// Errors: `NotFound`.
pub async fn settle(tx: &mut Tx<'_>, who: &Agent, id: ConversationId, message: MessageId) -> Result<()> {
    conversation::by_id(tx, who.shop, id).await?;
    store::settle_doubt(tx, who.shop, id, message).await?;
    tx.announce(who, ConversationChanged { conversation: id }).await.map(drop)
}
