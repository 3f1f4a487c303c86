//! The way out: held → queued → submitting → sent → delivered or read; or failed.
//!
//! What is about to leave is written down before it leaves, and what became of it afterwards. A channel is a plug: adding
//! one changes nothing here.

use std::{future::Future, pin::Pin};

use kernel::{Error, MessageId, Result, ShopId, say};
use platform::{
    App, Tx,
    event::{Acting, Actor},
    job::{Job, JobKind, Lease},
    kill_point,
};
use serde::{Deserialize, Serialize};

use crate::{
    conversation::Conversation,
    events::{MessageFailed, MessageSent},
    message::{Message, State},
    reply,
    snooze::{WakeUp, wake_on_time},
    store,
};

/// A way to reach customers. Each stands in one file of the crate `channels` and in one line of its list.
pub trait Channel: Send + Sync {
    /// The name conversations carry.
    fn name(&self) -> &'static str;
    /// Hands a message over.
    ///
    /// Errors: `Outside`, saying whether trying again may help.
    fn send<'a>(&'a self, app: &'a App, message: &'a Message, conversation: &'a Conversation) -> Sending<'a>;
}

/// A message on its way.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;

/// The channels of this installation, plugged in by the crate `channels`.
pub struct Channels(pub Vec<Box<dyn Channel>>);

/// Lets a held answer go when nobody has taken it back.
#[derive(Serialize, Deserialize)]
pub(crate) struct Release {
    pub message: MessageId,
}
impl Job for Release {
    const KIND: &'static str = "release_message";
}

/// Hands a message to its channel.
#[derive(Serialize, Deserialize)]
pub(crate) struct Deliver {
    pub message: MessageId,
}
impl Job for Deliver {
    const KIND: &'static str = "deliver_message";
    const OUTGOING: bool = true;
}

pub(crate) fn jobs() -> Vec<JobKind> {
    vec![JobKind::new(release), JobKind::new(deliver), JobKind::new::<WakeUp, _>(wake_on_time)]
}

async fn release(app: App, job: Release, lease: Lease) -> Result<()> {
    app.write(async move |tx: &mut Tx<'_>| {
        match store::message(tx, lease.shop, job.message).await {
            Ok(mut held) if held.state == State::Held => {
                let mut conversation = store::conversation(tx, lease.shop, held.conversation).await?;
                let who = held.author;
                reply::queue(tx, &who, &mut conversation, &mut held).await?;
            }
            // taken back, or let go by an earlier try
            Ok(_) | Err(Error::NotFound(_)) => (),
            Err(error) => return Err(error),
        }
        lease.done(tx).await
    })
    .await
}

async fn deliver(app: App, job: Deliver, lease: Lease) -> Result<()> {
    let (shop, id) = (lease.shop, job.message);
    let (message, conversation) = app.write(async move |tx: &mut Tx<'_>| begin(tx, shop, id).await).await?;
    if message.state != State::Submitting {
        return app.write(async move |tx: &mut Tx<'_>| lease.done(tx).await).await;
    }
    let channels = &app.plugged::<Channels>()?.0;
    let channel = channels.iter().find(|c| c.name() == conversation.channel).ok_or(Error::NotFound(say!("channel-not-found")))?;
    let sent = match channel.send(&app, &message, &conversation).await {
        Ok(()) => true,
        Err(error) if error.is_temporary() => return Err(error),
        Err(error) => {
            tracing::warn!(%error, "a message will not arrive");
            false
        }
    };
    kill_point::reach("message-handed-over");
    app.write(async move |tx: &mut Tx<'_>| {
        finish(tx, shop, id, sent).await?;
        lease.done(tx).await
    })
    .await
}

/// Writes down that it is about to leave.
async fn begin(tx: &mut Tx<'_>, shop: ShopId, id: MessageId) -> Result<(Message, Conversation)> {
    let mut message = store::message(tx, shop, id).await?;
    if message.state == State::Queued {
        message.state = State::Submitting;
        store::save_message(tx, &message).await?;
    }
    let conversation = store::conversation(tx, shop, message.conversation).await?;
    Ok((message, conversation))
}

/// Writes down what became of it.
async fn finish(tx: &mut Tx<'_>, shop: ShopId, id: MessageId, sent: bool) -> Result<()> {
    let mut message = store::message(tx, shop, id).await?;
    let conversation = store::conversation(tx, shop, message.conversation).await?;
    let who = Actor::system(shop).actor();
    // the customer's own word that it arrived may have come first
    if message.state == State::Submitting {
        message.state = if sent { State::Sent } else { State::Failed };
        store::save_message(tx, &message).await?;
    }
    if sent {
        let Conversation { id: conversation, customer, customer_first, .. } = conversation;
        tx.announce(&who, MessageSent { conversation, message: id, customer, customer_first }).await.map(drop)
    } else {
        tx.announce(&who, MessageFailed { conversation: conversation.id, message: id }).await.map(drop)
    }
}
