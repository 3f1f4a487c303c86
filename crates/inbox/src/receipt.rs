//! Receipts: how far each side has received and read.

use kernel::{ConversationId, CustomerId, Result, ShopId};
use platform::{Agent, Tx, event::Actor};

use crate::{
    conversation::Conversation,
    events::{MessageDelivered, MessagesRead},
    message::{Kind, Message, State, came_as},
    store,
};

/// Notes how far a member has read.
pub async fn read_by_member(tx: &mut Tx<'_>, who: &Agent, id: ConversationId, seq: i64) -> Result<()> {
    let mut conversation = store::conversation(tx, who.shop, id).await?;
    let seq = seq.min(conversation.last_seq);
    store::forget_mention(tx, who.shop, who.id, id).await?;
    if seq <= conversation.read_seq {
        return Ok(());
    }
    conversation.read_seq = seq;
    conversation.unread = store::unread_after(tx, who.shop, id, seq).await?;
    store::mark(tx, who.shop, id, Kind::Customer, State::Read, seq).await?;
    store::save(tx, &mut conversation).await?;
    let Conversation { customer, customer_first, .. } = conversation;
    tx.announce(who, MessagesRead { conversation: id, customer, customer_first, member: Some(who.id), seq }).await.map(drop)
}

/// Notes how far the customer's device has received, or the customer has read.
pub async fn reached_customer(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId, id: ConversationId, seq: i64, read: bool) -> Result<()> {
    let mut conversation = came_as(tx, shop, first, id).await?;
    let seq = seq.min(conversation.last_seq);
    let known = if read { conversation.customer_seq } else { conversation.received_seq };
    if seq <= known {
        return Ok(());
    }
    conversation.received_seq = conversation.received_seq.max(seq);
    let state = if read { State::Read } else { State::Delivered };
    if read {
        conversation.customer_seq = seq;
    }
    store::mark(tx, shop, id, Kind::Reply, state, seq).await?;
    store::mark(tx, shop, id, Kind::Auto, state, seq).await?;
    store::save(tx, &mut conversation).await?;
    let (who, Conversation { customer, customer_first, .. }) = (Actor::customer(shop, first), conversation);
    if read {
        tx.announce(&who, MessagesRead { conversation: id, customer, customer_first, member: None, seq }).await.map(drop)
    } else {
        tx.announce(&who, MessageDelivered { conversation: id, customer, customer_first, seq }).await.map(drop)
    }
}

/// Notes that one message has reached the customer, whatever is known of those before it.
pub(crate) async fn of_one(tx: &mut Tx<'_>, conversation: Conversation, mut message: Message, read: bool) -> Result<()> {
    let goes_further = match message.state {
        State::Submitting | State::Sent | State::Unknown | State::Failed => true,
        State::Delivered => read,
        _ => false,
    };
    if !goes_further {
        return Ok(());
    }
    (message.state, message.fault) = (if read { State::Read } else { State::Delivered }, None);
    store::save_message(tx, &message).await?;
    let Conversation { shop, id, customer, customer_first, .. } = conversation;
    let (who, seq) = (Actor::customer(shop, customer_first), message.seq);
    if read {
        tx.announce(&who, MessagesRead { conversation: id, customer, customer_first, member: None, seq }).await.map(drop)
    } else {
        tx.announce(&who, MessageDelivered { conversation: id, customer, customer_first, seq }).await.map(drop)
    }
}
