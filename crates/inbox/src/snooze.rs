//! Sleep: a conversation put aside until a moment, or until the customer writes.

use kernel::{ConversationId, Error, Result, Timestamp};
use platform::{
    App, Tx,
    event::{Acting, Actor},
    job::{Job, Lease, When},
};
use serde::{Deserialize, Serialize};

use crate::{
    conversation::{Conversation, Step, by_id},
    events::{ConversationSnoozed, ConversationWoken},
    message::{self, Fact},
    store,
};

/// Wakes a conversation when its time has come.
#[derive(Serialize, Deserialize)]
pub(crate) struct WakeUp {
    pub conversation: ConversationId,
    pub until: Timestamp,
}
impl Job for WakeUp {
    const KIND: &'static str = "wake_conversation";
}

/// Puts a conversation to sleep until `until`; a customer's message wakes it earlier.
///
/// Errors: `Invalid` when `until` is not in the future, `Conflict` when it is resolved or spam.
pub async fn snooze(tx: &mut Tx<'_>, who: &impl Acting, id: ConversationId, until: Timestamp) -> Result<Conversation> {
    let shop = who.actor().shop;
    let now = tx.now();
    let mut after = by_id(tx, shop, id).await?.next(Step::Snooze { until, now }, now)?;
    message::record(tx, who, &mut after, Fact::Snoozed { until }).await?;
    store::save(tx, &mut after).await?;
    tx.enqueue(shop, &WakeUp { conversation: id, until }, When::at(until)).await?;
    tx.announce(who, ConversationSnoozed { conversation: id, until }).await?;
    Ok(after)
}

/// Ends a sleep, by hand or because it is time.
pub async fn wake(tx: &mut Tx<'_>, who: &impl Acting, id: ConversationId) -> Result<Conversation> {
    let now = tx.now();
    let mut after = by_id(tx, who.actor().shop, id).await?.next(Step::Wake, now)?;
    message::record(tx, who, &mut after, Fact::Woken).await?;
    after.changed_at = now;
    store::save(tx, &mut after).await?;
    tx.announce(who, ConversationWoken { conversation: id }).await?;
    Ok(after)
}

/// Does what `WakeUp` asks, unless the sleep has been changed since.
pub(crate) async fn wake_on_time(app: App, job: WakeUp, lease: Lease) -> Result<()> {
    app.write(async move |tx: &mut Tx<'_>| {
        let clock = Actor::system(lease.shop);
        match by_id(tx, lease.shop, job.conversation).await {
            Ok(asleep) if asleep.snoozed_until == Some(job.until) => drop(wake(tx, &clock, job.conversation).await?),
            Ok(_) | Err(Error::NotFound(_)) => (),
            Err(error) => return Err(error),
        }
        lease.done(tx).await
    })
    .await
}
