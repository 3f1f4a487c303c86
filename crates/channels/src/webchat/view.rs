//! A conversation as its customer sees it: no notes, no inner workings, no family names.

use std::collections::HashMap;

use commerce::Card;
use inbox::{
    conversation::{Conversation, Status},
    file::FileView,
    message::{Fact, Kind, Message, State},
};
use kernel::{ConversationId, MemberId, MessageId, Result, ShopId, Timestamp};
use platform::{App, Tx, keyed};
use serde::Serialize;
use utoipa::ToSchema;

use super::config::first_name;

keyed! {
    /// Who said it, from the customer's point of view.
    pub enum By {
        Me = "me",
        Agent = "agent",
        /// The shop by itself; it says so.
        Shop = "shop",
        /// The bot; it says so.
        Bot = "bot",
    }
}

keyed! {
    /// What a customer is told of what happened.
    pub enum Happened {
        Joined = "joined",
        Resolved = "resolved",
    }
}

/// Something that happened, as the customer is told.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ChatEvent {
    pub kind: Happened,
}

/// An entry of a conversation, as the customer sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ChatMessage {
    pub id: MessageId,
    pub seq: i64,
    pub by: By,
    #[schema(required)]
    pub name: Option<String>,
    pub text: String,
    /// Sanitised; only what members wrote has it.
    #[schema(required)]
    pub html: Option<String>,
    pub files: Vec<FileView>,
    /// Products it shows.
    pub products: Vec<Card>,
    pub at: Timestamp,
    #[schema(required)]
    pub client_id: Option<String>,
    pub state: State,
    #[schema(required)]
    pub event: Option<ChatEvent>,
}

/// A customer's conversation in their list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ChatRow {
    pub id: ConversationId,
    pub number: i64,
    pub status: Status,
    pub last_seq: i64,
    /// Up to where the customer has read.
    pub read_seq: i64,
    pub preview: String,
    pub changed_at: Timestamp,
}

impl From<Conversation> for ChatRow {
    fn from(c: Conversation) -> Self {
        // that it was put aside, or called spam, is the shop's own business
        let status = if c.status == Status::Resolved { Status::Resolved } else { Status::Open };
        ChatRow {
            id: c.id,
            number: c.number,
            status,
            last_seq: c.last_seq,
            read_seq: c.customer_seq,
            preview: c.preview.text,
            changed_at: c.changed_at,
        }
    }
}

/// Entries a customer may see, with the names of those who wrote them.
pub struct Visible {
    messages: Vec<Message>,
    names: HashMap<MemberId, String>,
}

impl Visible {
    /// What of these entries a customer may see.
    pub async fn load(tx: &mut Tx<'_>, shop: ShopId, messages: Vec<Message>) -> Result<Visible> {
        let mut messages: Vec<Message> = messages.into_iter().filter(|m| is_visible(m.kind, m.fact.as_ref(), m.state)).collect();
        commerce::say_what_is_left(tx, shop, messages.iter_mut().flat_map(|m| &mut m.products)).await?;
        let members: Vec<MemberId> = messages.iter().flat_map(|m| m.member().into_iter().chain(joined(m))).collect();
        let names = team::member::names(tx, shop, &members).await?;
        let names = names.into_iter().map(|(id, member)| (id, first_name(&member.name))).collect();
        Ok(Visible { messages, names })
    }

    pub fn views(self, app: &App) -> Vec<ChatMessage> {
        let Visible { messages, names } = self;
        messages.into_iter().map(|message| view(app, message, &names)).collect()
    }
}

fn is_visible(kind: Kind, fact: Option<&Fact>, state: State) -> bool {
    match kind {
        Kind::Customer | Kind::Bot => true,
        // from the moment it can no longer be taken back
        Kind::Reply | Kind::Auto => !matches!(state, State::Held | State::Failed),
        Kind::Note => false,
        Kind::Event => matches!(fact, Some(Fact::Resolved | Fact::Assigned { member: Some(_) })),
    }
}

fn joined(message: &Message) -> Option<MemberId> {
    if let Some(Fact::Assigned { member }) = message.fact { member } else { None }
}

fn view(app: &App, message: Message, names: &HashMap<MemberId, String>) -> ChatMessage {
    let by = match message.kind {
        Kind::Customer => By::Me,
        Kind::Reply => By::Agent,
        Kind::Bot => By::Bot,
        _ => By::Shop,
    };
    let event = match &message.fact {
        Some(Fact::Resolved) => Some(ChatEvent { kind: Happened::Resolved }),
        Some(_) => Some(ChatEvent { kind: Happened::Joined }),
        None => None,
    };
    let who = if event.is_some() { joined(&message) } else { message.member() };
    let files = message.files.iter().map(|file| FileView::new(app, message.shop, file)).collect();
    ChatMessage {
        id: message.id,
        seq: message.seq,
        by,
        name: who.and_then(|who| names.get(&who).cloned()),
        text: message.text,
        html: message.html,
        files,
        products: message.products,
        at: message.at,
        client_id: message.client_id.filter(|_| by == By::Me),
        state: message.state,
        event,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_members_say_among_themselves_stays_there() {
        for (kind, fact, state, visible) in [
            (Kind::Customer, None, State::Received, true),
            (Kind::Reply, None, State::Held, false),
            (Kind::Reply, None, State::Queued, true),
            (Kind::Reply, None, State::Failed, false),
            (Kind::Note, None, State::Queued, false),
            (Kind::Bot, None, State::Read, true),
            (Kind::Event, Some(Fact::Resolved), State::Received, true),
            (Kind::Event, Some(Fact::Assigned { member: None }), State::Received, false),
            (Kind::Event, Some(Fact::Spam { spam: true }), State::Received, false),
            (Kind::Event, Some(Fact::Woken), State::Received, false),
        ] {
            assert_eq!(is_visible(kind, fact.as_ref(), state), visible, "{kind} {fact:?} {state}");
        }
    }
}
