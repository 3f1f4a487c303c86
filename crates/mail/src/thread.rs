//! Which conversation a letter hangs together with: what points where, in the order in which it is believed.
//!
//! What we have signed is trusted to name the conversation. Nothing here says who wrote: that is for [`crate::authenticated`].

mod marks;
mod placing;
mod subject;

use kernel::{ConversationId, ShopId};
use platform::token::Signer;
use serde::Serialize;

use crate::{Letter, MessageId};

pub use self::{
    marks::Marks,
    placing::{Conversation, Effects, Place, Placement, place},
    subject::{is_another_topic, without_prefixes},
};

/// How a letter points at a conversation. Earlier ones win.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// It was sent to an address that holds a conversation's signed token.
    PlusAddress,
    /// It answers a letter whose id we have signed.
    OwnMessageId,
    /// It answers a letter that may be known.
    InReplyTo,
    /// It follows a letter that may be known; the newest is asked about first.
    References,
    /// Its text holds the signed token that ours end with.
    BodyMarker,
    /// Its subject holds a number: `[#123]`.
    SubjectTag,
}

impl Rule {
    /// Whether only we can have made what it goes by. The others count for somebody who takes part, and for nobody else.
    pub fn is_signed(self) -> bool {
        matches!(self, Rule::PlusAddress | Rule::OwnMessageId)
    }
}

/// What is pointed at.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    Conversation(ConversationId),
    /// The message of ours that was answered.
    Message(kernel::MessageId),
    /// A letter of anybody's, known by its id or not.
    Letter(MessageId),
    /// A conversation by the number people say.
    Number(u64),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hint {
    pub rule: Rule,
    pub target: Target,
}

/// More subjects' numbers than this are a list of something else.
const MOST_NUMBERS: usize = 3;

/// Everything in a letter that points at a conversation of `shop`, what is believed first before the rest.
pub fn hints(letter: &Letter, shop: ShopId, signer: &Signer) -> Vec<Hint> {
    let marks = Marks::new(shop, signer);
    let mut hints = Vec::new();
    let mut add = |rule, target| hints.push(Hint { rule, target });
    for address in &letter.delivered_to {
        if let Some(conversation) = marks.in_address(&address.email) {
            add(Rule::PlusAddress, Target::Conversation(conversation));
        }
    }
    let followed = || letter.references.iter().rev().filter(|id| !letter.in_reply_to.contains(id));
    for id in letter.in_reply_to.iter().chain(followed()) {
        if let Some(message) = marks.in_message_id(id) {
            add(Rule::OwnMessageId, Target::Message(message));
        }
    }
    // what looks like an id of ours and is not was made up by somebody: it is not even looked for
    let open = |id: &&MessageId| !Marks::looks_like_ours(id);
    letter.in_reply_to.iter().filter(open).for_each(|id| add(Rule::InReplyTo, Target::Letter(id.clone())));
    followed().filter(open).for_each(|id| add(Rule::References, Target::Letter(id.clone())));
    if let Some(conversation) = marks.in_text(&letter.text) {
        add(Rule::BodyMarker, Target::Conversation(conversation));
    }
    for number in subject::numbers(&letter.subject).take(MOST_NUMBERS) {
        add(Rule::SubjectTag, Target::Number(number));
    }
    hints
}

#[cfg(test)]
mod tests;
