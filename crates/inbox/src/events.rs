//! What is announced about conversations. `customer` is whose one is, `customer_first` as whose it came; they differ since a merge.

use kernel::{ConversationId, CustomerId, DepartmentId, MemberId, MessageId, Timestamp};
use platform::event;
use serde::{Deserialize, Serialize};

/// A customer opened a conversation; their first message is announced beside it.
#[derive(Debug, Serialize, Deserialize)]
pub struct ConversationStarted {
    pub conversation: ConversationId,
    pub customer: CustomerId,
    pub customer_first: CustomerId,
    pub department: Option<DepartmentId>,
    pub channel: String,
}
event!(ConversationStarted, "conversation_started", "conversations");

/// A customer wrote.
#[derive(Debug, Serialize, Deserialize)]
pub struct MessageReceived {
    pub conversation: ConversationId,
    pub message: MessageId,
    pub customer: CustomerId,
    pub customer_first: CustomerId,
}
event!(MessageReceived, "message_received", "conversations");

/// More is known of a call than when its entry was written.
#[derive(Debug, Serialize, Deserialize)]
pub struct CallRetold {
    pub conversation: ConversationId,
    pub message: MessageId,
}
event!(CallRetold, "call_retold", "conversations");

/// A customer's message reads otherwise than when it came, or was taken back.
#[derive(Debug, Serialize, Deserialize)]
pub struct MessageAltered {
    pub conversation: ConversationId,
    pub message: MessageId,
}
event!(MessageAltered, "message_altered", "conversations");

/// A member found that a message belongs to another conversation: it stands in `to` now.
#[derive(Debug, Serialize, Deserialize)]
pub struct MessageMoved {
    pub conversation: ConversationId,
    pub message: MessageId,
    pub to: ConversationId,
}
event!(MessageMoved, "message_moved", "conversations");

/// A member found that two conversations are one: all that was said in one stands in `to` now.
#[derive(Debug, Serialize, Deserialize)]
pub struct ConversationJoined {
    pub conversation: ConversationId,
    pub to: ConversationId,
}
event!(ConversationJoined, "conversation_joined", "conversations");

/// An answer is about to leave: undo is over, delivery begins.
#[derive(Debug, Serialize, Deserialize)]
pub struct MessageQueued {
    pub conversation: ConversationId,
    pub message: MessageId,
    pub customer: CustomerId,
    pub customer_first: CustomerId,
}
event!(MessageQueued, "message_queued", "conversations");

/// An answer waits for the seconds in which it can be taken back.
#[derive(Debug, Serialize, Deserialize)]
pub struct MessageHeld {
    pub conversation: ConversationId,
    pub message: MessageId,
}
event!(MessageHeld, "message_held", "conversations");

/// An answer was taken back before it left.
#[derive(Debug, Serialize, Deserialize)]
pub struct MessageWithdrawn {
    pub conversation: ConversationId,
    pub message: MessageId,
}
event!(MessageWithdrawn, "message_withdrawn", "conversations");

/// The channel has taken an answer over.
#[derive(Debug, Serialize, Deserialize)]
pub struct MessageSent {
    pub conversation: ConversationId,
    pub message: MessageId,
    pub customer: CustomerId,
    pub customer_first: CustomerId,
}
event!(MessageSent, "message_sent", "conversations");

/// An answer will not arrive.
#[derive(Debug, Serialize, Deserialize)]
pub struct MessageFailed {
    pub conversation: ConversationId,
    pub message: MessageId,
}
event!(MessageFailed, "message_failed", "conversations");

/// An answer has not left yet, because whoever is to take it cannot now; it is tried again.
#[derive(Debug, Serialize, Deserialize)]
pub struct MessageDelayed {
    pub conversation: ConversationId,
    pub message: MessageId,
}
event!(MessageDelayed, "message_delayed", "conversations");

/// An answer may have left, and nobody knows.
#[derive(Debug, Serialize, Deserialize)]
pub struct MessageInDoubt {
    pub conversation: ConversationId,
    pub message: MessageId,
}
event!(MessageInDoubt, "message_in_doubt", "conversations");

/// The customer's device has all answers up to `seq`.
#[derive(Debug, Serialize, Deserialize)]
pub struct MessageDelivered {
    pub conversation: ConversationId,
    pub customer: CustomerId,
    pub customer_first: CustomerId,
    pub seq: i64,
}
event!(MessageDelivered, "message_delivered", "conversations");

/// One side has read what the other wrote, up to `seq`. `member` is who, when it was one of ours.
#[derive(Debug, Serialize, Deserialize)]
pub struct MessagesRead {
    pub conversation: ConversationId,
    pub customer: CustomerId,
    pub customer_first: CustomerId,
    pub member: Option<MemberId>,
    pub seq: i64,
}
event!(MessagesRead, "messages_read", "conversations");

/// A member wrote a note for colleagues.
#[derive(Debug, Serialize, Deserialize)]
pub struct NoteAdded {
    pub conversation: ConversationId,
    pub message: MessageId,
    pub mentions: Vec<MemberId>,
}
event!(NoteAdded, "note_added", "conversations");

/// A conversation is somebody's now, or nobody's.
#[derive(Debug, Serialize, Deserialize)]
pub struct ConversationAssigned {
    pub conversation: ConversationId,
    pub customer: CustomerId,
    pub customer_first: CustomerId,
    pub member: Option<MemberId>,
    pub department: Option<DepartmentId>,
}
event!(ConversationAssigned, "conversation_assigned", "conversations");

/// Priority or tags changed.
#[derive(Debug, Serialize, Deserialize)]
pub struct ConversationChanged {
    pub conversation: ConversationId,
}
event!(ConversationChanged, "conversation_changed", "conversations");

/// A conversation sleeps until `until`, or until the customer writes.
#[derive(Debug, Serialize, Deserialize)]
pub struct ConversationSnoozed {
    pub conversation: ConversationId,
    pub until: Timestamp,
}
event!(ConversationSnoozed, "conversation_snoozed", "conversations");

/// A sleeping conversation is back.
#[derive(Debug, Serialize, Deserialize)]
pub struct ConversationWoken {
    pub conversation: ConversationId,
}
event!(ConversationWoken, "conversation_woken", "conversations");

/// The matter is settled.
#[derive(Debug, Serialize, Deserialize)]
pub struct ConversationResolved {
    pub conversation: ConversationId,
    pub customer: CustomerId,
    pub customer_first: CustomerId,
}
event!(ConversationResolved, "conversation_resolved", "conversations");

/// A settled matter was not settled after all.
#[derive(Debug, Serialize, Deserialize)]
pub struct ConversationReopened {
    pub conversation: ConversationId,
    pub customer: CustomerId,
    pub customer_first: CustomerId,
}
event!(ConversationReopened, "conversation_reopened", "conversations");

/// A member called a conversation spam, or took that back.
#[derive(Debug, Serialize, Deserialize)]
pub struct ConversationMarkedSpam {
    pub conversation: ConversationId,
    pub spam: bool,
}
event!(ConversationMarkedSpam, "conversation_marked_spam", "conversations", audited);

/// A member had what a customer wrote in public hidden from everybody, or shown again.
#[derive(Debug, Serialize, Deserialize)]
pub struct CommentsHidden {
    pub conversation: ConversationId,
    pub hidden: bool,
}
event!(CommentsHidden, "comments_hidden", "conversations", audited);

/// A member's unsent text changed; their other windows show it.
#[derive(Debug, Serialize, Deserialize)]
pub struct DraftChanged {
    pub conversation: ConversationId,
    pub member: MemberId,
}
event!(DraftChanged, "draft_changed", "conversations");

/// The shop's tags changed.
#[derive(Debug, Serialize, Deserialize)]
pub struct TagsChanged {
    pub tag: kernel::TagId,
}
event!(TagsChanged, "tags_changed", "settings");
