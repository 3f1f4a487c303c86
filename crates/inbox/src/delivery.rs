//! The way out: held → queued → submitting → sent → delivered or read; or failed, or nobody knows.
//!
//! What is about to leave is written down before it leaves, and what became of it afterwards. A channel is a plug: adding
//! one changes nothing here.

use std::{future::Future, pin::Pin, time::Duration};

use kernel::{ConversationId, Error, MessageId, Result, ShopId, Timestamp, days, say};
use platform::{
    App, Tx,
    event::{Acting, Actor},
    job::{self, Job, JobKind, Lease},
    kill_point,
};
use serde::{Deserialize, Serialize};

use crate::{
    conversation::Conversation,
    events::{MessageDelayed, MessageFailed, MessageInDoubt, MessageSent},
    message::{Message, State},
    receipt, reply,
    snooze::{WakeUp, wake_on_time},
    store,
};

/// What cannot be taken is tried again for so long; mail servers do so for days.
const TRIED_FOR: i64 = days(3);
/// A long answer with files goes in pieces, each of which may take its time.
const HANDED_OVER_WITHIN: Duration = Duration::from_mins(5);
/// What somebody else's server says is kept up to so many characters.
const LONGEST_FAULT: usize = 500;

/// A way to reach customers. Each stands in one file of the crate `channels` and in one line of its list.
pub trait Channel: Send + Sync {
    /// The name conversations carry.
    fn name(&self) -> &'static str;
    /// Whether handing a message over twice does no harm. Where it does, whoever sends says with [`leaves`] when that begins.
    fn may_repeat(&self) -> bool {
        true
    }
    /// Whether what is written now would be taken, as far as that is known before it is sent.
    ///
    /// Errors: `Conflict`, saying why not and what to do.
    fn takes<'a>(&'a self, _tx: &'a mut Tx<'_>, _conversation: &'a Conversation, _written: Written<'a>) -> Taking<'a> {
        Box::pin(std::future::ready(Ok(())))
    }
    /// Hands a message over.
    ///
    /// Errors: `Outside` when it has surely not left, saying whether trying again may help.
    fn send<'a>(&'a self, app: &'a App, message: &'a Message, conversation: &'a Conversation) -> Sending<'a>;
}

/// What is to be sent.
#[derive(Debug, Clone, Copy)]
pub struct Written<'a> {
    pub text: &'a str,
    /// How many files go along.
    pub files: usize,
}

/// What became of a message that was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Handed {
    Over,
    /// It may have arrived. In English or in the words of whoever was to take it.
    Unknown(String),
    /// It has not left, and is handed over again then: it is not its turn, or whoever takes messages there is left alone, and why.
    Waits {
        until: Timestamp,
        why: Option<String>,
    },
}

/// A message on its way.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<Handed>> + Send + 'a>>;

/// Whether something would be taken.
pub type Taking<'a> = Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;

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
    vec![JobKind::new(release), JobKind::new(deliver).patient().within(HANDED_OVER_WITHIN), JobKind::new::<WakeUp, _>(wake_on_time)]
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

/// How a try ended.
#[derive(Debug, Clone)]
enum Outcome {
    Sent,
    Failed(String),
    Unknown(String),
    /// It has surely not left, and is tried again.
    Later(Option<String>),
}

/// What becomes of its job.
enum Next {
    Done,
    /// It failed.
    Again(Error),
    Then(Timestamp),
}

async fn deliver(app: App, job: Deliver, lease: Lease) -> Result<()> {
    let (shop, id, inside) = (lease.shop, job.message, app.clone());
    let (message, conversation) = app.write(async move |tx: &mut Tx<'_>| begin(tx, &inside, shop, id).await).await?;
    let channel = named(&app, &conversation.channel)?;
    let tried = match message.state {
        State::Submitting if !channel.may_repeat() => Ok(Handed::Unknown("Ombud was stopped while it handed it over.".to_owned())),
        State::Queued | State::Submitting => channel.send(&app, &message, &conversation).await,
        _ => return app.write(async move |tx: &mut Tx<'_>| lease.done(tx).await).await,
    };
    kill_point::reach("message-handed-over");
    let may_wait = app.now() - message.at <= TRIED_FOR;
    let (outcome, next) = match tried {
        Err(error) if job::is_taken_over(&error) => return Err(error),
        Ok(Handed::Over) => (Outcome::Sent, Next::Done),
        Ok(Handed::Unknown(why)) => (Outcome::Unknown(why), Next::Done),
        Ok(Handed::Waits { why: Some(why), .. }) if !may_wait => (Outcome::Failed(why), Next::Done),
        Ok(Handed::Waits { until, why }) => (Outcome::Later(why), Next::Then(until)),
        Err(error) if error.is_temporary() && may_wait => (Outcome::Later(Some(words(&error))), Next::Again(error)),
        Err(error) => {
            tracing::warn!(%error, "a message will not arrive");
            (Outcome::Failed(words(&error)), Next::Done)
        }
    };
    let until = if let Next::Then(until) = next { Some(until) } else { None };
    let fails = matches!(next, Next::Again(_));
    app.write(async move |tx: &mut Tx<'_>| {
        finish(tx, shop, id, outcome.clone()).await?;
        match until {
            Some(until) => lease.put_off(tx, until).await,
            // one that is tried again keeps its job
            None if fails => lease.holds(tx).await,
            None => lease.done(tx).await,
        }
    })
    .await?;
    if let Next::Again(error) = next { Err(error) } else { Ok(()) }
}

fn words(error: &Error) -> String {
    match error {
        Error::Outside { detail, .. } => detail.clone(),
        error => error.sentence().to_string(),
    }
}

fn named<'a>(app: &'a App, name: &str) -> Result<&'a dyn Channel> {
    let channel = app.plugged::<Channels>()?.0.iter().find(|channel| channel.name() == name);
    channel.map(AsRef::as_ref).ok_or(Error::NotFound(say!("channel-not-found")))
}

/// Refuses early what would be refused by whoever was to take it.
///
/// Errors: `Conflict`, saying why and what to do.
pub(crate) async fn must_take(tx: &mut Tx<'_>, app: &App, shop: ShopId, id: ConversationId, written: Written<'_>) -> Result<()> {
    let conversation = store::conversation(tx, shop, id).await?;
    match named(app, &conversation.channel) {
        Ok(channel) => channel.takes(tx, &conversation, written).await,
        // a channel that is plugged in no more says so when the message is to leave
        Err(_) => Ok(()),
    }
}

/// Writes down that it is about to leave, where that can be repeated.
async fn begin(tx: &mut Tx<'_>, app: &App, shop: ShopId, id: MessageId) -> Result<(Message, Conversation)> {
    let mut message = store::message(tx, shop, id).await?;
    let conversation = store::conversation(tx, shop, message.conversation).await?;
    if message.state == State::Queued && named(app, &conversation.channel)?.may_repeat() {
        message.state = State::Submitting;
        store::save_message(tx, &message).await?;
    }
    Ok((message, conversation))
}

/// Writes down that it leaves now: from here on nobody knows whether it has, until the channel says so.
///
/// Errors: `Conflict` when another worker has it leave, or has let it.
pub async fn leaves(app: &App, shop: ShopId, id: MessageId) -> Result<()> {
    app.write(async move |tx: &mut Tx<'_>| {
        let mut message = store::message(tx, shop, id).await?;
        if message.state != State::Queued {
            return Err(job::taken_over());
        }
        message.state = State::Submitting;
        store::save_message(tx, &message).await
    })
    .await?;
    kill_point::reach("message-leaves");
    Ok(())
}

/// Writes down that an answer has arrived, and was read where `read`. What is known to have come further stays.
pub async fn arrived(tx: &mut Tx<'_>, shop: ShopId, id: MessageId, read: bool) -> Result<()> {
    let message = match store::message(tx, shop, id).await {
        Err(Error::NotFound(_)) => return Ok(()),
        found => found?,
    };
    let conversation = store::conversation(tx, shop, message.conversation).await?;
    receipt::of_one(tx, conversation, message, read).await
}

/// Writes down that all answers of a conversation have arrived that left until then.
pub async fn all_arrived(tx: &mut Tx<'_>, shop: ShopId, conversation: ConversationId, until: Timestamp, read: bool) -> Result<()> {
    for message in store::on_their_way(tx, shop, conversation, until).await? {
        arrived(tx, shop, message, read).await?;
    }
    Ok(())
}

/// Writes down that an answer came back, with what its server said. One that was read has arrived, whatever is said.
pub async fn came_back(tx: &mut Tx<'_>, shop: ShopId, id: MessageId, why: &str) -> Result<()> {
    let mut message = match store::message(tx, shop, id).await {
        Err(Error::NotFound(_)) => return Ok(()),
        found => found?,
    };
    if !matches!(message.state, State::Submitting | State::Sent | State::Unknown | State::Delivered) {
        return Ok(());
    }
    (message.state, message.fault) = (State::Failed, Some(why.chars().take(LONGEST_FAULT).collect()));
    store::save_message(tx, &message).await?;
    let who = Actor::system(shop).actor();
    tx.announce(&who, MessageFailed { conversation: message.conversation, message: id }).await.map(drop)
}

/// Writes down what became of it.
async fn finish(tx: &mut Tx<'_>, shop: ShopId, id: MessageId, outcome: Outcome) -> Result<()> {
    let mut message = store::message(tx, shop, id).await?;
    let conversation = store::conversation(tx, shop, message.conversation).await?;
    let who = Actor::system(shop).actor();
    // the word that it arrived may have come first, and so may the one that it did not
    if message.state == State::Failed {
        return Ok(());
    }
    let before = (message.state, message.fault.clone());
    if matches!(message.state, State::Queued | State::Submitting) {
        (message.state, message.fault) = match &outcome {
            Outcome::Sent => (State::Sent, None),
            Outcome::Failed(why) => (State::Failed, Some(why.clone())),
            Outcome::Unknown(why) => (State::Unknown, Some(why.clone())),
            Outcome::Later(why) => (State::Queued, why.clone().or(message.fault.take())),
        };
        if (message.state, &message.fault) == (before.0, &before.1) {
            // it waits as it did
            return Ok(());
        }
        store::save_message(tx, &message).await?;
    }
    let Conversation { id: conversation, customer, customer_first, .. } = conversation;
    let announced = match outcome {
        Outcome::Sent => tx.announce(&who, MessageSent { conversation, message: id, customer, customer_first }).await,
        Outcome::Failed(_) => tx.announce(&who, MessageFailed { conversation, message: id }).await,
        Outcome::Unknown(_) => tx.announce(&who, MessageInDoubt { conversation, message: id }).await,
        Outcome::Later(_) => tx.announce(&who, MessageDelayed { conversation, message: id }).await,
    };
    announced.map(drop)
}
