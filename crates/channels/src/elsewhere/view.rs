//! Outlets as they are seen over HTTP.

use inbox::view::ConversationRef;
use kernel::{ConversationId, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Closed, Outlet, Through};

/// Where a customer can be answered, where it is held first.
#[derive(Debug, Serialize, ToSchema)]
pub struct Outlets {
    pub items: Vec<OutletView>,
}

/// A mailbox, a line or the chat, and whom it reaches.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutletView {
    /// By what it is chosen.
    id: String,
    channel: &'static str,
    /// What members call it; null for the chat.
    #[schema(required)]
    name: Option<String>,
    /// The address or number that is written to; null where only the partner knows them.
    #[schema(required)]
    to: Option<String>,
    /// Whether that is proved to be theirs.
    proved: bool,
    /// Whether the conversation is held there.
    here: bool,
    /// The conversation that goes on there; null where another is begun.
    #[schema(required)]
    conversation: Option<ConversationRef>,
    /// Whether something is wrong with it: what is written waits.
    in_trouble: bool,
    /// Until when they can be written to there; null where that does not end.
    #[schema(required)]
    until: Option<Timestamp>,
    /// Why they cannot be; null where they can.
    #[schema(required)]
    closed: Option<Closed>,
}

impl OutletView {
    /// As it is seen from this conversation.
    pub fn new(outlet: Outlet, conversation: ConversationId) -> OutletView {
        let to = match outlet.through {
            Through::Mailbox(_) => Some(outlet.peer.clone()),
            Through::Line(..) => customers::e164(&outlet.peer),
            Through::Chat => None,
        };
        OutletView {
            id: outlet.key(),
            channel: outlet.channel,
            here: outlet.holds(conversation),
            name: Some(outlet.name).filter(|name| !name.is_empty()),
            to: to.filter(|to| !to.is_empty()),
            proved: outlet.proved,
            conversation: outlet.talk.as_ref().map(ConversationRef::from),
            in_trouble: outlet.in_trouble,
            until: outlet.until,
            closed: outlet.closed,
        }
    }
}
