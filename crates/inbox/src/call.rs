//! Calls: what was said by telephone is an entry of a conversation, told anew as more of it is known.

use kernel::{ConversationId, CustomerId, DepartmentId, MemberId, MessageId, Result, ShopId, Timestamp};
use platform::{Tx, event::Actor, keyed};
use serde::{Deserialize, Serialize};

use crate::{
    conversation::{self, Conversation, Status, Step},
    events::{CallRetold, ConversationAssigned},
    file::StoredFile,
    message::{self, Fact, Incoming, Message, Opening},
    store,
};

/// The name conversations carry that are held by telephone.
pub const CHANNEL: &str = "phone";

keyed! {
    /// How a call came out.
    pub enum CallOutcome {
        /// Nobody picked up: the customer waits to be called.
        Missed = "missed",
        /// Somebody spoke with them.
        Answered = "answered",
        /// They spoke onto the machine, and wait to be called.
        Voicemail = "voicemail",
    }
}

keyed! {
    /// What became of what was spoken onto the machine.
    pub enum Recording {
        /// It is being fetched.
        Coming = "coming",
        Kept = "kept",
        /// It could not be had.
        Lost = "lost",
    }
}

/// A call, as its entry tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PhoneCall {
    pub outcome: CallOutcome,
    /// Who picked up, where that is a member.
    #[schema(required)]
    pub member: Option<MemberId>,
    /// For how long they spoke; not known while they do.
    #[schema(required)]
    pub seconds: Option<i64>,
    /// Until when the customer was promised a call.
    #[schema(required)]
    pub call_back_by: Option<Timestamp>,
    #[schema(required)]
    pub recording: Option<Recording>,
}

impl PhoneCall {
    /// Whether the customer waits for somebody.
    fn waits(&self) -> bool {
        self.outcome != CallOutcome::Answered
    }
}

/// A call that becomes an entry.
#[derive(Debug, Clone)]
pub struct NewCall {
    pub shop: ShopId,
    /// As whom they called, merged into another or not.
    pub customer: CustomerId,
    /// The same key is the same call.
    pub key: String,
    pub call: PhoneCall,
    /// What the conversation is called where this call begins one.
    pub subject: String,
    pub department: Option<DepartmentId>,
}

/// Takes a call into a conversation by telephone that goes on, or into a new one.
pub async fn take_in(tx: &mut Tx<'_>, new: NewCall, goes_on: Option<ConversationId>) -> Result<Message> {
    let NewCall { shop, customer, key, call, subject, department } = new;
    let incoming = Incoming { call: Some(call.clone()), ..Incoming::of(shop, customer, CHANNEL, key) };
    let accepted = match goes_on {
        Some(id) => message::arrive(tx, id, incoming).await?,
        None => message::open(tx, incoming, Opening { subject: Some(subject), department, ..Opening::default() }).await?,
    };
    if accepted.fresh && !call.waits() {
        let mut conversation = conversation::by_id(tx, shop, accepted.conversation.id).await?;
        was_spoken_with(tx, &mut conversation, &call).await?;
        store::save(tx, &mut conversation).await?;
    }
    Ok(accepted.message)
}

/// Tells a call anew, with the file it left where that has come. What was told before is forgotten; nothing is told where the entry
/// was erased.
pub async fn retell(tx: &mut Tx<'_>, shop: ShopId, id: MessageId, call: PhoneCall, left: Option<StoredFile>) -> Result<()> {
    let mut entry = store::message(tx, shop, id).await?;
    let mut conversation = store::conversation(tx, shop, entry.conversation).await?;
    let before = match entry.fact.replace(Fact::Call(call.clone())) {
        Some(Fact::Call(before)) if conversation.erased_at.is_none() && (before != call || left.is_some()) => before,
        _ => return Ok(()),
    };
    entry.files.extend(left.clone());
    store::save_call(tx, &entry, left.as_ref()).await?;
    if before.waits() && !call.waits() {
        was_spoken_with(tx, &mut conversation, &call).await?;
    }
    if !before.waits() && call.waits() {
        conversation = conversation.next(Step::CustomerWrote, tx.now())?;
        conversation.unread += 1;
    }
    // unless more was said since
    if conversation.preview.call.as_ref() == Some(&before) {
        conversation.preview.call = Some(call);
    }
    store::save(tx, &mut conversation).await?;
    tx.announce(&Actor::system(shop), CallRetold { conversation: conversation.id, message: id }).await.map(drop)
}

/// Nobody waits any more for whom somebody has spoken with. Whoever did takes the conversation on when nobody had.
async fn was_spoken_with(tx: &mut Tx<'_>, conversation: &mut Conversation, call: &PhoneCall) -> Result<()> {
    conversation.unread = (conversation.unread - 1).max(0);
    if conversation.status == Status::Open {
        *conversation = conversation.clone().next(Step::MemberReplied, tx.now())?;
    }
    if conversation.assignee.is_some() || call.member.is_none() {
        return Ok(());
    }
    conversation.assignee = call.member;
    let Conversation { id, customer, customer_first, department, .. } = *conversation;
    let assigned = ConversationAssigned { conversation: id, customer, customer_first, member: call.member, department };
    tx.announce(&Actor::system(conversation.shop), assigned).await.map(drop)
}

/// Whether a conversation by telephone takes another call.
///
/// Errors: `NotFound`.
pub async fn goes_on(tx: &mut Tx<'_>, shop: ShopId, id: ConversationId) -> Result<bool> {
    let conversation = conversation::by_id(tx, shop, id).await?;
    Ok(conversation.erased_at.is_none() && message::goes_on(tx, &conversation, false).await?)
}
