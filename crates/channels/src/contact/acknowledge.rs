//! Tells whoever has written that it arrived, in the shop's words and in none of theirs.

use data_encoding::HEXLOWER;
use inbox::{conversation::Status, events::ConversationStarted, reply};
use kernel::{ConversationId, DepartmentId, Language, Result, ShopId, Timestamp};
use platform::{
    App, Tx,
    event::Told,
    job::{Job, JobKind, Lease, When},
    limits::Act,
    reaction::Reaction,
    reactions, template,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use team::shop::Shop;

use super::{NAME, settings, settings::ContactSettings};
use crate::{
    acknowledgement,
    store::{contact as store, threads},
};

pub fn reactions() -> Vec<Reaction> {
    reactions![ConversationStarted => acknowledge]
}

pub fn jobs() -> Vec<JobKind> {
    vec![JobKind::new(write_acknowledgement)]
}

/// Tells somebody that what they wrote in the contact form arrived.
#[derive(Serialize, Deserialize)]
struct AcknowledgeForm {
    conversation: ConversationId,
    at: Timestamp,
}
impl Job for AcknowledgeForm {
    const KIND: &'static str = "acknowledge_form";
}

async fn acknowledge(tx: &mut Tx<'_>, told: Told<ConversationStarted>) -> Result<()> {
    let ConversationStarted { conversation, ref channel, .. } = told.event;
    if channel != NAME {
        return Ok(());
    }
    tx.enqueue(told.shop, &AcknowledgeForm { conversation, at: told.at }, When::default().lane(conversation)).await
}

async fn write_acknowledgement(app: App, job: AcknowledgeForm, lease: Lease) -> Result<()> {
    let inside = app.clone();
    app.write(async move |tx: &mut Tx<'_>| {
        lease.done(tx).await?;
        let conversation = inbox::conversation::by_id(tx, lease.shop, job.conversation).await?;
        if conversation.status == Status::Spam || conversation.erased_at.is_some() {
            return Ok(());
        }
        let shop = team::shop::get(tx, lease.shop).await?;
        let settings = settings::of_shop(tx, shop.id).await?;
        let (language, department) = (conversation.language.unwrap_or(shop.language), conversation.department);
        let text = said(tx, &shop, &settings, department, language, job.at).await?;
        if text.is_empty() || !may_be_told(tx, &inside, shop.id, job.conversation).await? {
            return Ok(());
        }
        reply::answer_automatically(tx, shop.id, job.conversation, "acknowledgement", text).await
    })
    .await
}

/// What the shop says to whoever has written; nothing where it says nothing.
pub async fn said(
    tx: &mut Tx<'_>,
    shop: &Shop,
    settings: &ContactSettings,
    department: Option<DepartmentId>,
    language: Language,
    at: Timestamp,
) -> Result<String> {
    let Some(text) = settings.acknowledgement.get(language, shop.language) else { return Ok(String::new()) };
    let (_, facts) = acknowledgement::facts(tx, shop, department, language, at).await?;
    Ok(template::render(text, &facts)?.text.trim().to_owned())
}

/// Whether the address may be written to: once a day, and no provider and no shop is made to send without end.
async fn may_be_told(tx: &mut Tx<'_>, app: &App, shop: ShopId, conversation: ConversationId) -> Result<bool> {
    let Some(thread) = threads::thread(tx, shop, conversation).await? else { return Ok(false) };
    let Some(to) = thread.facts.to.first().map(|person| person.email.to_lowercase()) else { return Ok(false) };
    if !store::tell(tx, shop, &HEXLOWER.encode(&Sha256::digest(to.as_bytes()))).await? {
        return Ok(false);
    }
    let host = to.rsplit_once('@').map_or("", |(_, host)| host);
    let limits = app.limits();
    let may = limits
        .check(Act::AcknowledgementToHost, &format!("{shop}/{host}"))
        .and_then(|()| limits.check(Act::AcknowledgementOfShop, &shop.to_string()));
    Ok(may.is_ok())
}
