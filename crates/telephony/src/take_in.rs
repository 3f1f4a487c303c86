//! Takes in what was told of a call: who calls is looked up, and what came of it is written into the inbox.

use customers::Customer;
use inbox::call::{self as entry, CallOutcome, NewCall, Recording};
use kernel::{CallId, ConversationId, CustomerId, PhoneLineId, Result, ShopId, Timestamp, minutes};
use platform::{
    App, Tx,
    event::Actor,
    job::{Job, JobKind, Lease, When},
};
use serde::{Deserialize, Serialize};

use crate::{
    Call, PhoneLine, Told,
    call::Phase,
    events::{CallEnded, CallPickedUp, CallRang},
    promise,
    recording::{self, Fetch},
    store::{calls as store, lines},
    voice::discard,
};

/// What rings for longer, with nothing more told of it, was missed: its telephone system has forgotten to say so.
const RINGS_FOR: i64 = minutes(10);

/// Looks whether a call still rings.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct RingsOut {
    pub call: CallId,
}
impl Job for RingsOut {
    const KIND: &'static str = "call_rings_out";
}

pub fn jobs() -> Vec<JobKind> {
    vec![JobKind::new(rings_out)]
}

/// Takes in what was told at a line. What was told before changes nothing.
///
/// Errors: `NotFound` when there is no such line.
pub async fn hear(tx: &mut Tx<'_>, shop: ShopId, line: PhoneLineId, told: &Told, at: Timestamp) -> Result<()> {
    let line = lines::line(tx, shop, line).await?;
    let mut call = match store::named(tx, shop, line.id, &told.call_id).await? {
        Some(known) => known,
        None => Call::new(shop, tx.new_id(), line.id, told.call_id.clone(), at),
    };
    let before = call.clone();
    let by = match &told.answered_by {
        Some(email) => team::member::by_email(tx, shop, email).await?.map(|member| member.id),
        None => None,
    };
    call.hear(told, by, at);
    lines::heard(tx, &line).await?;
    write_down(tx, &line, &before, call).await
}

async fn rings_out(app: App, job: RingsOut, lease: Lease) -> Result<()> {
    let shop = lease.shop;
    app.write(async move |tx: &mut Tx<'_>| {
        lease.done(tx).await?;
        let Some(before) = store::maybe(tx, shop, job.call).await?.filter(|call| call.phase() == Phase::Ringing) else { return Ok(()) };
        let Some(line) = lines::maybe(tx, shop, before.line).await? else { return Ok(()) };
        let mut call = before.clone();
        call.rang_out(tx.now());
        write_down(tx, &line, &before, call).await
    })
    .await
}

/// Writes down what a call has become, and says so.
async fn write_down(tx: &mut Tx<'_>, line: &PhoneLine, before: &Call, mut call: Call) -> Result<()> {
    let is_new = before.version == 0;
    if !is_new && *before == call {
        return Ok(());
    }
    tell_inbox(tx, line, &mut call).await?;
    store::put(tx, &mut call).await?;
    if call.recording_state.is_some() && before.recording_state.is_none() {
        fetch_or_discard(tx, line, &call).await?;
    }
    if !is_new && before.phase() == call.phase() {
        return Ok(());
    }
    let (who, phone_line) = (Actor::system(call.shop), line.id);
    match call.phase() {
        Phase::Ringing => {
            let looks = When::at(tx.now() + RINGS_FOR);
            tx.enqueue(call.shop, &RingsOut { call: call.id }, looks).await?;
            tx.announce(&who, CallRang { call: call.id, phone_line }).await.map(drop)
        }
        Phase::Talking => tx.announce(&who, CallPickedUp { call: call.id, phone_line }).await.map(drop),
        Phase::Over => tx.announce(&who, CallEnded { call: call.id, phone_line }).await.map(drop),
    }
}

/// What was spoken onto the machine is fetched where the call has an entry; nobody hears it where it has none.
async fn fetch_or_discard(tx: &mut Tx<'_>, line: &PhoneLine, call: &Call) -> Result<()> {
    match (call.entry, &call.recording) {
        (Some(_), _) => tx.enqueue(call.shop, &Fetch { call: call.id }, When::default()).await,
        (None, Some(recording)) => discard::plan(tx, line, recording).await,
        (None, None) => Ok(()),
    }
}

/// Writes its entry, or tells it anew. A call that rings has none, nor has one of somebody the shop does not hear.
async fn tell_inbox(tx: &mut Tx<'_>, line: &PhoneLine, call: &mut Call) -> Result<()> {
    if let (Some(ended), Some(within)) = (call.ended_at, line.settings.call_back_within) {
        call.call_back_by = promise::after(tx, call.shop, line.settings.department, ended, within).await?;
    }
    let Some(told) = call.as_told() else { return Ok(()) };
    if let Some((_, message)) = call.entry {
        return entry::retell(tx, call.shop, message, told, None).await;
    }
    let Some(customer) = caller(tx, call).await? else { return Ok(()) };
    let goes_on = going_on(tx, call.shop, customer.id).await?;
    let new = NewCall {
        shop: call.shop,
        customer: customer.id,
        key: call.id.to_string(),
        call: told,
        subject: line.settings.name.clone(),
        department: line.settings.department,
    };
    let message = entry::take_in(tx, new, goes_on).await?;
    call.customer = Some((customer.person(), customer.id));
    call.entry = Some((message.conversation, message.id));
    Ok(())
}

/// Who called. Nobody can be called back who was missed and kept their number back.
async fn caller(tx: &mut Tx<'_>, call: &Call) -> Result<Option<Customer>> {
    if call.caller.is_none() && call.outcome() == Some(CallOutcome::Missed) {
        return Ok(None);
    }
    let customer = customers::calls(tx, call.shop, call.caller.as_deref()).await?;
    Ok(Some(customer).filter(|customer| customer.blocked_at.is_none() && customer.erased_at.is_none()))
}

/// The newest conversation by telephone with somebody, if it goes on.
async fn going_on(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId) -> Result<Option<ConversationId>> {
    let Some(newest) = store::newest_conversation(tx, shop, customer).await? else { return Ok(None) };
    Ok(entry::goes_on(tx, shop, newest).await?.then_some(newest))
}

/// What was spoken onto the machine has come, or will not.
pub async fn recorded(tx: &mut Tx<'_>, shop: ShopId, id: CallId, found: recording::Found) -> Result<()> {
    let Some(mut call) = store::maybe(tx, shop, id).await? else { return Ok(()) };
    let (state, file) = found.parted();
    if let (Recording::Kept, Some(recording), Some(line)) = (state, &call.recording, lines::maybe(tx, shop, call.line).await?) {
        discard::plan(tx, &line, recording).await?;
    }
    (call.recording, call.recording_state) = (None, Some(state));
    if let (Some(told), Some((_, message))) = (call.as_told(), call.entry) {
        entry::retell(tx, shop, message, told, file).await?;
    }
    store::put(tx, &mut call).await
}
