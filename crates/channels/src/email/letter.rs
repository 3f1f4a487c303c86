//! A letter as it came: where it lies, and what became of it.

use kernel::{ConversationId, CustomerId, LetterId, MailboxId, MessageId, ShopId, Timestamp};
use platform::keyed;

keyed! {
    /// What became of a letter.
    pub enum State {
        /// It is kept, and still to be read.
        Kept = "kept",
        /// It stands in a conversation.
        TakenIn = "taken_in",
        /// It says something about another letter, and that was noted.
        Noted = "noted",
        /// It is there already, was our own, or came from somebody who is blocked.
        LeftOut = "left_out",
        /// It could not be read, or is not to be believed: somebody has to look.
        Aside = "aside",
    }
}

/// A letter.
#[derive(Debug, Clone)]
pub struct Letter {
    pub shop: ShopId,
    pub id: LetterId,
    pub mailbox: MailboxId,
    pub uid_validity: i64,
    pub uid: i64,
    /// Where it lies as it was sent; one that was too large lies in its mailbox alone.
    pub key: Option<String>,
    /// In bytes.
    pub size: i64,
    pub state: State,
    /// Why it was put aside or left out.
    pub fault: Option<String>,
    /// A hash of its Message-ID.
    pub name_key: Option<String>,
    pub customer: Option<CustomerId>,
    pub customer_first: Option<CustomerId>,
    pub conversation: Option<ConversationId>,
    pub message: Option<MessageId>,
    pub received_at: Timestamp,
}
