//! Elsewhere: where a customer can be answered besides the conversation they wrote in, and why not where they cannot be.
//!
//! A conversation is held by one channel. Answered by another, it goes on in a conversation there that says what it goes on with, and
//! the one before says where it went.

mod answer;
pub mod api;
mod chat;
mod letters;
mod numbers;
mod view;

use customers::{Person, customer::AddressKind};
use inbox::{
    conversation::{Conversation, Status},
    list::{self, Filter, View},
    message,
};
use kernel::{ConversationId, Cursor, CustomerId, LineId, MailboxId, Result, ShopId, Timestamp};
use platform::{Tx, keyed};

/// So many of somebody's conversations are looked through for one to go on with, those that changed last.
const NEWEST: i64 = 20;

/// A mailbox, a line or the chat, and whom it reaches.
#[derive(Debug, Clone)]
pub struct Outlet {
    /// What its conversations carry.
    pub channel: &'static str,
    pub through: Through,
    /// What members call it; the chat has no name.
    pub name: String,
    /// Whom it reaches, as the channel calls them; nobody where nothing is known.
    pub peer: String,
    /// Whether it is proved to be theirs.
    pub proved: bool,
    /// As whom they are written to.
    pub customer: CustomerId,
    /// The conversation that goes on there; another is begun where there is none.
    pub talk: Option<Conversation>,
    /// Until when they can be written to; for ever where it is not said.
    pub until: Option<Timestamp>,
    /// Whether something is wrong with it: what is written waits.
    pub in_trouble: bool,
    pub closed: Option<Closed>,
}

/// What it leaves through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Through {
    Mailbox(MailboxId),
    /// And when they last wrote there.
    Line(LineId, Timestamp),
    Chat,
}

keyed! {
    /// Why nothing can be written there now.
    pub enum Closed {
        /// No address of theirs is known.
        NoAddress = "no_address",
        /// Members have paused it.
        Paused = "paused",
        /// They have never written there, and have to write first.
        Unheard = "unheard",
        /// Somebody else writes from there.
        Another = "another",
        /// They wrote too long ago.
        WindowOver = "window_over",
        /// They wrote too long ago, and can be sent a template in the conversation there.
        TemplateOnly = "template_only",
    }
}

impl Outlet {
    /// By what it is chosen.
    pub fn key(&self) -> String {
        let source = match self.through {
            Through::Mailbox(id) => id.to_string(),
            Through::Line(id, _) => id.to_string(),
            Through::Chat => String::new(),
        };
        format!("{}/{source}/{}", self.channel, self.peer)
    }

    /// Whether this conversation is the one that goes on there.
    pub fn holds(&self, conversation: ConversationId) -> bool {
        self.talk.as_ref().is_some_and(|talk| talk.id == conversation)
    }
}

/// What is known of a customer, for all outlets to look at.
struct Known {
    shop: ShopId,
    person: Person,
    /// Their conversations that can be gone on with, what changed last first.
    talks: Vec<Conversation>,
}

impl Known {
    async fn of(tx: &mut Tx<'_>, conversation: &Conversation) -> Result<Known> {
        let shop = conversation.shop;
        let person = customers::person::by_id(tx, shop, conversation.customer).await?;
        let theirs = Filter { view: View::Customer(person.id), tag: None };
        let mut talks = Vec::new();
        for one in list::page(tx, shop, &theirs, Cursor::FIRST_DESCENDING, NEWEST).await?.items {
            let open = !one.public && one.erased_at.is_none() && one.status != Status::Spam;
            if one.id == conversation.id || (open && message::goes_on(tx, &one, false).await?) {
                talks.push(one);
            }
        }
        Ok(Known { shop, person, talks })
    }

    /// Their addresses of a kind, whose of those who were merged each is, and whether it is proved.
    fn addresses(&self, kind: AddressKind) -> Vec<(&str, CustomerId, bool)> {
        let all = std::iter::once(&*self.person).chain(&self.person.parts);
        let mut found: Vec<(&str, CustomerId, bool)> = Vec::new();
        for (one, identity) in all.flat_map(|one| one.identities.iter().map(move |identity| (one, identity))) {
            if identity.kind == kind && found.iter().all(|(address, ..)| *address != identity.address) {
                found.push((&identity.address, one.id, identity.verified));
            }
        }
        found
    }
}

/// Where whoever wrote a conversation can be answered: where it is held first, then where they can be written to now.
pub async fn outlets(tx: &mut Tx<'_>, conversation: &Conversation) -> Result<Vec<Outlet>> {
    let known = Known::of(tx, conversation).await?;
    let mut all = letters::outlets(tx, &known).await?;
    all.extend(numbers::outlets(tx, &known).await?);
    all.push(chat::outlet(&known));
    all.sort_by_key(|one| (!one.holds(conversation.id), one.closed.is_some(), one.talk.is_none()));
    Ok(all)
}
