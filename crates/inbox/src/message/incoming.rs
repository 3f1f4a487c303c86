//! What comes from a customer.

use kernel::{ConversationId, CustomerId, DepartmentId, Language, ShopId};
use platform::card_number::masked;

use super::Message;
use crate::{
    call::PhoneCall,
    conversation::{Conversation, PageVisited, PreChatAnswer},
    doubt::Doubt,
    file::StoredFile,
};

/// A message from a customer, whatever the channel.
#[derive(Debug, Clone)]
pub struct Incoming {
    pub shop: ShopId,
    /// As whom it comes, merged into another or not.
    pub customer: CustomerId,
    pub channel: &'static str,
    /// The sender's own id of it: the same id is the same message.
    pub client_id: String,
    pub text: String,
    pub files: Vec<StoredFile>,
    /// Whether a machine wrote it: then it wakes nobody, and nobody is waited for.
    pub quiet: bool,
    /// Where they called instead of writing.
    pub call: Option<PhoneCall>,
    /// Whether it belongs where it goes, if that is not sure.
    pub doubt: Option<Doubt>,
}

/// What is known when a conversation begins.
#[derive(Debug, Clone, Default)]
pub struct Opening {
    /// Where the channel has one; else it is how the first message begins.
    pub subject: Option<String>,
    pub department: Option<DepartmentId>,
    pub language: Option<Language>,
    /// Whether everybody reads it.
    pub public: bool,
    /// The one it goes on with.
    pub follows: Option<ConversationId>,
    pub page: Option<PageVisited>,
    pub answers: Vec<PreChatAnswer>,
    /// What was said to the bot before.
    pub before: Vec<Exchange>,
    /// What the bot has answered to the first message itself.
    pub answered: Option<String>,
}

/// What a customer asked the bot, and what it answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    pub asked: String,
    pub answered: String,
}

impl Incoming {
    /// What this customer sends, with nothing in it yet.
    pub fn of(shop: ShopId, customer: CustomerId, channel: &'static str, client_id: impl Into<String>) -> Self {
        let client_id = client_id.into();
        Incoming { shop, customer, channel, client_id, text: String::new(), files: Vec::new(), quiet: false, call: None, doubt: None }
    }

    /// Card numbers are stored nowhere.
    pub(super) fn masked(mut self) -> Self {
        self.text = masked(&self.text).into_owned();
        self
    }
}

impl Opening {
    pub(super) fn masked(mut self) -> Self {
        self.subject = self.subject.map(|subject| masked(&subject).into_owned());
        self.answers.iter_mut().for_each(|one| one.answer = masked(&one.answer).into_owned());
        self.before.iter_mut().for_each(|one| one.asked = masked(&one.asked).into_owned());
        self
    }
}

/// A stored message, and whether it was stored just now or had been before.
#[derive(Debug, Clone)]
pub struct Accepted {
    pub conversation: Conversation,
    pub message: Message,
    pub fresh: bool,
}
