//! A conversation that goes on elsewhere than where it began: in private, or by another channel.

use kernel::{ConversationId, CustomerId, Result};
use platform::{Agent, Tx};

use crate::{
    beginning::{self, Beginning},
    conversation::{Conversation, Step},
    events::ConversationChanged,
    message::{Fact, record},
    store,
};

/// What is said of the conversation in which another one goes on.
#[derive(Debug, Clone)]
pub struct Elsewhere {
    /// As whom they are written to there.
    pub customer: CustomerId,
    pub channel: String,
    /// Of what opens it: the same key opens once.
    pub key: String,
    pub subject: String,
}

/// The conversation, only theirs to read, in which another one goes on; another than any before. What is said in it follows in the same
/// transaction.
pub async fn begin(tx: &mut Tx<'_>, who: &Agent, from: &Conversation, new: Elsewhere) -> Result<Conversation> {
    let Elsewhere { customer, channel, key, subject } = new;
    let new = Beginning {
        shop: from.shop,
        customer,
        channel,
        public: false,
        follows: Some(from.id),
        key,
        subject,
        department: from.department,
        language: from.language,
        page: None,
        answers: Vec::new(),
    };
    beginning::begin(tx, who, new).await
}

/// Writes down that a customer was answered elsewhere, and where that goes on: they wait here no more.
pub async fn went(tx: &mut Tx<'_>, who: &Agent, id: ConversationId, fact: Fact) -> Result<()> {
    let now = tx.now();
    let mut conversation = store::conversation(tx, who.shop, id).await?.next(Step::MemberReplied, now)?;
    record(tx, who, &mut conversation, fact).await?;
    conversation.read_seq = conversation.last_seq;
    conversation.unread = 0;
    conversation.changed_at = now;
    store::save(tx, &mut conversation).await?;
    tx.announce(who, ConversationChanged { conversation: id }).await.map(drop)
}
