//! Taking apart what came into one conversation, and putting together what came as two. Nothing is said to the customer by it.

use kernel::{ConversationId, CustomerId, Error, MessageId, Result, conflict, say};
use platform::{
    Agent, Tx,
    event::{Actor, ActorKind},
};

use crate::{
    beginning::{self, Beginning},
    conversation::{self, Conversation, Side, Status, Step},
    events::{ConversationChanged, ConversationJoined, MessageMoved},
    message::{Fact, Kind, Message, State, record},
    store,
};

/// Puts all that was said in a conversation behind what was said in another, and settles it; with what has moved.
///
/// Errors: `NotFound`; `Conflict` where they are of two channels, or one of them takes nothing more.
pub async fn join(tx: &mut Tx<'_>, who: &Agent, id: ConversationId, into: ConversationId) -> Result<(Conversation, Vec<MessageId>)> {
    let (mut from, mut to) = (conversation::by_id(tx, who.shop, id).await?, conversation::by_id(tx, who.shop, into).await?);
    from.must_be_known()?;
    to.must_be_known()?;
    if id == into || from.channel != to.channel || from.public || to.public || from.joined.is_some() || to.joined.is_some() {
        return Err(conflict(say!("cannot-join")));
    }
    let now = tx.now();
    let moved = store::move_messages(tx, who.shop, id, into, to.last_seq).await?;
    to.last_seq += from.last_seq;
    if from.customer_first != to.customer_first {
        store::note_guest(tx, who.shop, from.customer_first, into).await?;
    }
    if from.preview.at > to.preview.at {
        to.preview = from.preview.clone();
    }
    to.unread += from.unread;
    if from.status == Status::Open {
        to = to.next(Step::CustomerWrote, now)?;
        to.waiting_since = to.waiting_since.min(from.waiting_since);
    }
    to.changed_at = now;
    store::save(tx, &mut to).await?;
    store::settle_doubts(tx, who.shop, id).await?;

    record(tx, who, &mut from, Fact::Joined { conversation: into }).await?;
    if matches!(from.status, Status::Open | Status::Waiting | Status::Snoozed) {
        from = from.next(Step::Resolve, now)?;
    }
    (from.joined, from.unread, from.changed_at) = (Some(into), 0, now);
    store::save(tx, &mut from).await?;
    tx.announce(who, ConversationJoined { conversation: id, to: into }).await?;
    tx.announce(who, ConversationChanged { conversation: into }).await?;
    Ok((to, moved))
}

/// Begins a conversation with a message that stood in another; that one says where it went.
///
/// Errors: `NotFound`; `Conflict` where it is not a customer's, or there is nothing else in its conversation.
pub async fn split(tx: &mut Tx<'_>, who: &Agent, id: ConversationId, message: MessageId, subject: String) -> Result<Conversation> {
    let mut from = conversation::by_id(tx, who.shop, id).await?;
    from.must_be_known()?;
    let mut message = store::message(tx, who.shop, message).await?;
    if message.conversation != id {
        return Err(Error::NotFound(say!("message-not-found")));
    }
    let author = author_of(&message).filter(|_| !from.public).ok_or_else(|| conflict(say!("cannot-split")))?;
    if !store::says_more_than(tx, &message).await? {
        return Err(conflict(say!("cannot-split")));
    }
    let mut new = begin(tx, who, &from, author, &message, subject).await?;
    let place = message.seq;
    (message.conversation, message.seq) = (new.id, new.take_seq());
    store::move_message(tx, &message).await?;
    new = new.next(Step::CustomerWrote, message.at)?;
    new.unread = 1;
    (new.customer_seq, new.received_seq) = (message.seq, message.seq);
    new.show(&message.glimpse(), Side::Customer, message.at);
    new.changed_at = tx.now();
    store::save(tx, &mut new).await?;

    leave_word(tx, who, &from, place, new.id).await?;
    store::settle_doubt(tx, who.shop, id, message.id).await?;
    from.unread = store::unread_after(tx, who.shop, id, from.read_seq).await?;
    if let Some(last) = store::last_said(tx, who.shop, id).await? {
        let by = if last.kind == Kind::Customer { Side::Customer } else { Side::Agent };
        from.show(&last.glimpse(), by, last.at);
    }
    from.changed_at = tx.now();
    store::save(tx, &mut from).await?;
    tx.announce(who, MessageMoved { conversation: id, message: message.id, to: new.id }).await?;
    Ok(new)
}

/// The customer who wrote it, if one did.
fn author_of(message: &Message) -> Option<CustomerId> {
    let Actor { kind, id, .. } = message.author;
    (message.kind == Kind::Customer && kind == ActorKind::Customer).then_some(id).flatten().map(CustomerId::from)
}

async fn begin(
    tx: &mut Tx<'_>,
    who: &Agent,
    from: &Conversation,
    author: CustomerId,
    message: &Message,
    subject: String,
) -> Result<Conversation> {
    let new = Beginning {
        shop: from.shop,
        customer: author,
        channel: from.channel.clone(),
        public: false,
        follows: Some(from.id),
        key: format!("split/{}", message.id),
        subject,
        department: from.department,
        language: from.language,
        page: None,
        answers: Vec::new(),
    };
    beginning::begin(tx, who, new).await
}

/// Says, in the place of what stood there, where it is.
async fn leave_word(tx: &mut Tx<'_>, who: &Agent, from: &Conversation, place: i64, conversation: ConversationId) -> Result<()> {
    let mut here = Conversation { last_seq: place - 1, ..from.clone() };
    let actor = Actor { shop: who.shop, kind: ActorKind::Member, id: Some(who.id.into()) };
    let mut word = Message::new(tx, &mut here, Kind::Event, actor, String::new());
    (word.fact, word.state) = (Some(Fact::Moved { conversation }), State::Received);
    store::insert_message(tx, &word).await
}
