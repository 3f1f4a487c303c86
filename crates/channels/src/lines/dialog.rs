//! A dialog: a conversation as the partner knows it, and what its messages are called there.

use kernel::{ConversationId, CustomerId, LineId, MessageId, ShopId, Timestamp};

/// With whom, and through which line, a conversation is held.
#[derive(Debug, Clone)]
pub struct Dialog {
    pub shop: ShopId,
    pub conversation: ConversationId,
    pub line: LineId,
    /// The partner's id of the customer.
    pub peer: String,
    /// What it belongs to where everybody reads it, as the partner calls that; nothing in private.
    pub thread: Option<String>,
    pub customer: CustomerId,
    pub customer_first: CustomerId,
    /// When the customer last wrote; at the beginning of time where they never did.
    pub heard_at: Timestamp,
}

/// By what a customer is known who wrote through a line.
pub fn handle(channel: &str, peer: &str) -> String {
    format!("{channel}:{peer}")
}

/// What a message, or a piece of one, is called at the partner.
#[derive(Debug, Clone)]
pub struct Reference {
    pub shop: ShopId,
    pub line: LineId,
    /// The partner's id of it.
    pub name: String,
    pub conversation: ConversationId,
    pub message: MessageId,
    /// Which piece of the message it is, from 0.
    pub piece: i64,
    pub customer: CustomerId,
    pub customer_first: CustomerId,
}
