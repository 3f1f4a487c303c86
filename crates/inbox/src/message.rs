//! The entries of a conversation: what the customer wrote, answers, notes, and what happened in between.

mod altered;
mod incoming;

use commerce::Card;
use kernel::{ConversationId, CustomerId, DepartmentId, Error, MemberId, MessageId, Result, ShopId, TagId, Timestamp, days, say};
use platform::{
    Tx,
    event::{Acting, Actor, ActorKind},
    keyed,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use self::{
    altered::{Altered, alter},
    incoming::{Accepted, Exchange, Incoming, Opening},
};
use crate::{
    beginning::{self, Beginning},
    call::{self, PhoneCall},
    conversation::{Conversation, Priority, Side, Step},
    events::{ConversationReopened, MessageReceived},
    file::StoredFile,
    store,
};

keyed! {
    /// What kind of entry it is.
    pub enum Kind {
        /// The customer wrote, or called.
        Customer = "customer",
        /// A member answered.
        Reply = "reply",
        /// A member wrote to colleagues; customers never see it.
        Note = "note",
        /// Ombud answered by itself, and says so.
        Auto = "auto",
        /// The bot answered what was asked with a tap, before the conversation began.
        Bot = "bot",
        /// Something happened.
        Event = "event",
    }
}

keyed! {
    /// How far a message has come.
    pub enum State {
        /// Waits for the seconds in which it can be taken back.
        Held = "held",
        Queued = "queued",
        /// Handed to the channel; whether it left is not known until the channel says so.
        Submitting = "submitting",
        Sent = "sent",
        Delivered = "delivered",
        Read = "read",
        Failed = "failed",
        /// It may have left: the channel never said whether it took it.
        Unknown = "unknown",
        /// From the customer, stored.
        Received = "received",
    }
}

/// Something that happened in a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fact {
    Assigned {
        #[schema(required)]
        member: Option<MemberId>,
    },
    Department {
        #[schema(required)]
        department: Option<DepartmentId>,
    },
    Priority {
        priority: Priority,
    },
    Tags {
        added: Vec<TagId>,
        removed: Vec<TagId>,
    },
    Snoozed {
        until: Timestamp,
    },
    Woken,
    Resolved,
    Reopened,
    Spam {
        spam: bool,
    },
    Call(PhoneCall),
    /// What is said there is not for everybody: it went on in a conversation of their own.
    WentPrivate {
        conversation: ConversationId,
    },
    /// It was answered by another channel, and goes on there.
    WentOn {
        conversation: ConversationId,
        channel: String,
    },
    /// What stood here belongs to another conversation, and stands there now.
    Moved {
        conversation: ConversationId,
    },
    /// All that was said here stands there now.
    Joined {
        conversation: ConversationId,
    },
    /// What they wrote is not shown to everybody any more, or again.
    Hidden {
        hidden: bool,
    },
}

/// A template its channel's partner has agreed to, filled in. The text of its message is how the customer reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentTemplate {
    /// What the partner calls it.
    pub name: String,
    /// In which of its languages, as the partner writes it: `nb`, `pt_BR`.
    pub language: String,
    /// What stands in its gaps, in order.
    pub values: Vec<(String, String)>,
}

/// What follows once an answer has left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "then", rename_all = "snake_case")]
pub enum Afterwards {
    #[default]
    Nothing,
    Resolve,
    Snooze {
        until: Timestamp,
    },
}

/// An entry of a conversation.
#[derive(Debug, Clone)]
pub struct Message {
    pub shop: ShopId,
    pub id: MessageId,
    pub conversation: ConversationId,
    /// Its place in the conversation; an answer gets its final one when it leaves.
    pub seq: i64,
    pub kind: Kind,
    pub author: Actor,
    pub text: String,
    pub html: Option<String>,
    pub files: Vec<StoredFile>,
    /// Products it shows, as they were when it was written.
    pub products: Vec<Card>,
    pub mentions: Vec<MemberId>,
    /// What its channel sends in place of the text.
    pub template: Option<SentTemplate>,
    pub fact: Option<Fact>,
    /// What its author has done to it since.
    pub altered: Option<Altered>,
    pub state: State,
    /// Why it has not left, or nobody knows whether it has, in the words of whoever was to take it.
    pub fault: Option<String>,
    pub sends_at: Option<Timestamp>,
    pub afterwards: Afterwards,
    pub client_id: Option<String>,
    pub at: Timestamp,
}

/// Opens a conversation with its first message. The same `client_id` opens it once.
pub async fn open(tx: &mut Tx<'_>, incoming: Incoming, opening: Opening) -> Result<Accepted> {
    let (incoming, opening) = (incoming.masked(), opening.masked());
    let Incoming { shop, customer, .. } = incoming;
    if let Some(conversation) = store::opened(tx, shop, customer, &incoming.client_id).await? {
        let message =
            store::message_once(tx, shop, conversation.id, &incoming.client_id).await?.ok_or(Error::NotFound(say!("message-not-found")))?;
        return Ok(Accepted { conversation, message, fresh: false });
    }
    let new = Beginning {
        shop,
        customer,
        channel: incoming.channel.to_owned(),
        public: opening.public,
        follows: opening.follows,
        key: incoming.client_id.clone(),
        subject: opening.subject.unwrap_or_else(|| subject_of(&incoming)),
        department: opening.department,
        language: opening.language,
        page: opening.page,
        answers: opening.answers,
    };
    let by = Actor::customer(shop, customer);
    customers::customer::comes_forward(tx, shop, customer).await?;
    let mut conversation = beginning::begin(tx, &by, new).await?;
    for exchange in opening.before {
        tell(tx, &mut conversation, exchange).await?;
    }
    let message = take_in(tx, &mut conversation, incoming).await?;
    if let Some(answered) = opening.answered {
        bot_says(tx, &mut conversation, answered).await?;
        store::save(tx, &mut conversation).await?;
    }
    Ok(Accepted { conversation, message, fresh: true })
}

/// Takes a customer's message into a conversation. The same `client_id` is taken once.
///
/// A conversation settled longer ago than the shop reopens is answered with `Conflict`; the customer opens a new one.
pub async fn receive(tx: &mut Tx<'_>, id: ConversationId, incoming: Incoming) -> Result<Accepted> {
    came_as(tx, incoming.shop, incoming.customer, id).await?;
    arrive(tx, id, incoming).await
}

/// Whether more can be said in a conversation: one that was settled longer ago than the shop reopens is over, for people.
pub async fn goes_on(tx: &mut Tx<'_>, conversation: &Conversation, quiet: bool) -> Result<bool> {
    let Some(resolved_at) = conversation.resolved_at.filter(|_| !quiet) else { return Ok(true) };
    let shop = team::shop::get(tx, conversation.shop).await?;
    Ok(tx.now() - resolved_at <= days(shop.reopen_days))
}

/// [`receive`] of anybody the channel lets take part, whoever began the conversation.
pub async fn arrive(tx: &mut Tx<'_>, id: ConversationId, incoming: Incoming) -> Result<Accepted> {
    let mut conversation = store::conversation(tx, incoming.shop, id).await?;
    if let Some(message) = store::message_once(tx, incoming.shop, id, &incoming.client_id).await? {
        return Ok(Accepted { conversation, message, fresh: false });
    }
    if !goes_on(tx, &conversation, incoming.quiet).await? {
        return Err(Error::Conflict { kind: "conversation_closed", detail: say!("conversation-closed") });
    }
    if conversation.resolved_at.is_some() && !incoming.quiet {
        let who = Actor::customer(incoming.shop, incoming.customer);
        record(tx, &who, &mut conversation, Fact::Reopened).await?;
        tx.announce(&who, ConversationReopened { conversation: id, customer: conversation.customer, customer_first: incoming.customer })
            .await?;
    }
    let message = take_in(tx, &mut conversation, incoming.masked()).await?;
    Ok(Accepted { conversation, message, fresh: true })
}

/// A conversation, if it came as this customer's: that is what their browsers may read and write, whomever they were merged with.
/// What was said by telephone is none of it: a number proves nobody.
///
/// Errors: `NotFound`, also when it came as somebody else's.
pub async fn came_as(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId, id: ConversationId) -> Result<Conversation> {
    let conversation = store::conversation(tx, shop, id).await?;
    if conversation.customer_first == first && conversation.channel != call::CHANNEL {
        Ok(conversation)
    } else {
        Err(Error::NotFound(say!("conversation-not-found")))
    }
}

/// The conversation a message stands in.
pub async fn conversation_of(tx: &mut Tx<'_>, shop: ShopId, id: MessageId) -> Result<Option<ConversationId>> {
    match store::message(tx, shop, id).await {
        Ok(message) => Ok(Some(message.conversation)),
        Err(Error::NotFound(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// How far a message has come; nothing where there is none of this id.
pub async fn state_of(tx: &mut Tx<'_>, shop: ShopId, id: MessageId) -> Result<Option<State>> {
    match store::message(tx, shop, id).await {
        Ok(message) => Ok(Some(message.state)),
        Err(Error::NotFound(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The message of a conversation its sender calls so.
pub async fn said_before(tx: &mut Tx<'_>, shop: ShopId, conversation: ConversationId, client_id: &str) -> Result<Option<Message>> {
    store::message_once(tx, shop, conversation, client_id).await
}

async fn take_in(tx: &mut Tx<'_>, conversation: &mut Conversation, incoming: Incoming) -> Result<Message> {
    conversation.must_be_known()?;
    let who = Actor::customer(incoming.shop, incoming.customer);
    if !incoming.quiet {
        *conversation = conversation.clone().next(Step::CustomerWrote, tx.now())?;
    }
    let mut message = Message::new(tx, conversation, Kind::Customer, who, incoming.text);
    message.files = incoming.files;
    message.client_id = Some(incoming.client_id);
    message.state = State::Received;
    message.fact = incoming.call.clone().map(Fact::Call);
    store::insert_message(tx, &message).await?;
    if incoming.customer != conversation.customer_first {
        store::note_guest(tx, conversation.shop, incoming.customer, conversation.id).await?;
    }
    if let Some(doubt) = incoming.doubt {
        store::doubt(tx, &message, doubt).await?;
    }
    conversation.unread += 1;
    conversation.customer_seq = message.seq;
    conversation.received_seq = message.seq;
    conversation.show(&message.glimpse(), Side::Customer, message.at);
    conversation.preview.call = incoming.call;
    store::save(tx, conversation).await?;
    let Conversation { id, customer, customer_first, .. } = *conversation;
    tx.announce(&who, MessageReceived { conversation: id, message: message.id, customer, customer_first }).await?;
    Ok(message)
}

/// Writes down what was said to the bot. Nobody waits for an answer to it, so nothing is announced.
async fn tell(tx: &mut Tx<'_>, conversation: &mut Conversation, exchange: Exchange) -> Result<()> {
    let Conversation { shop, customer_first, .. } = *conversation;
    let mut asked = Message::new(tx, conversation, Kind::Customer, Actor::customer(shop, customer_first), exchange.asked);
    asked.state = State::Received;
    store::insert_message(tx, &asked).await?;
    bot_says(tx, conversation, exchange.answered).await
}

async fn bot_says(tx: &mut Tx<'_>, conversation: &mut Conversation, text: String) -> Result<()> {
    let who = Actor::system(conversation.shop);
    let mut answered = Message::new(tx, conversation, Kind::Bot, who, text);
    // they have seen it before there was a conversation
    answered.state = State::Read;
    store::insert_message(tx, &answered).await
}

fn subject_of(incoming: &Incoming) -> String {
    let beside = || incoming.files.first().map(|file| file.name.as_str()).unwrap_or_default();
    beginning_of(if incoming.text.trim().is_empty() { beside() } else { &incoming.text })
}

/// The first line of a text, as a conversation is called by it.
fn beginning_of(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let cut: String = line.chars().take(80).collect();
    if cut.len() < line.len() { format!("{}…", cut.trim_end()) } else { cut }
}

/// Writes down what happened, as an entry of the conversation.
pub(crate) async fn record(tx: &mut Tx<'_>, who: &impl Acting, conversation: &mut Conversation, fact: Fact) -> Result<()> {
    let mut entry = Message::new(tx, conversation, Kind::Event, who.actor(), String::new());
    entry.fact = Some(fact);
    entry.state = State::Received;
    store::insert_message(tx, &entry).await
}

impl Message {
    /// A new last entry.
    pub(crate) fn new(tx: &Tx<'_>, conversation: &mut Conversation, kind: Kind, author: Actor, text: String) -> Self {
        Message {
            shop: conversation.shop,
            id: tx.new_id(),
            conversation: conversation.id,
            seq: conversation.take_seq(),
            kind,
            author,
            text,
            html: None,
            files: Vec::new(),
            products: Vec::new(),
            mentions: Vec::new(),
            template: None,
            fact: None,
            altered: None,
            state: State::Queued,
            fault: None,
            sends_at: None,
            afterwards: Afterwards::Nothing,
            client_id: None,
            at: tx.now(),
        }
    }

    /// Its beginning, or what its first file or product is called.
    pub fn glimpse(&self) -> String {
        let beside = || self.files.iter().map(|file| &file.name).chain(self.products.iter().map(|card| &card.title)).next();
        if self.text.trim().is_empty() { beside().cloned().unwrap_or_default() } else { self.text.clone() }
    }

    /// The member who wrote it, when one did.
    pub fn member(&self) -> Option<MemberId> {
        (self.author.kind == ActorKind::Member).then(|| self.author.id.map(MemberId::from)).flatten()
    }

    pub(crate) fn author_of(kind: ActorKind, id: Option<Uuid>, shop: ShopId) -> Actor {
        Actor { shop, kind, id }
    }
}
