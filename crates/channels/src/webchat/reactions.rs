//! What the chat does when something is announced: it tells the customer at once that they were heard.

use inbox::{events::ConversationStarted, reply};
use kernel::{ConversationId, DepartmentId, Result, Timestamp};
use platform::{
    App, Tx,
    event::Told,
    job::{Job, JobKind, Lease, When},
    reaction::Reaction,
    reactions, template,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::NAME;
use crate::acknowledgement;

pub fn reactions() -> Vec<Reaction> {
    reactions![ConversationStarted => acknowledge]
}

pub fn jobs() -> Vec<JobKind> {
    vec![JobKind::new(write_acknowledgement)]
}

/// Tells a customer that their first message arrived, and when somebody will answer.
#[derive(Serialize, Deserialize)]
struct Acknowledge {
    conversation: ConversationId,
    department: Option<DepartmentId>,
    at: Timestamp,
}
impl Job for Acknowledge {
    const KIND: &'static str = "acknowledge_chat";
}

async fn acknowledge(tx: &mut Tx<'_>, told: Told<ConversationStarted>) -> Result<()> {
    let ConversationStarted { conversation, department, ref channel, .. } = told.event;
    if channel != NAME {
        return Ok(());
    }
    tx.enqueue(told.shop, &Acknowledge { conversation, department, at: told.at }, When::default().lane(conversation)).await
}

async fn write_acknowledgement(app: App, job: Acknowledge, lease: Lease) -> Result<()> {
    let (shop, id) = (lease.shop, job.conversation);
    let facts = app.read(async move |tx: &mut Tx<'_>| facts(tx, shop, &job).await).await?;
    let text = match facts {
        Some((text, facts)) => template::render(&text, &facts)?.text.trim().to_owned(),
        None => String::new(),
    };
    app.write(async move |tx: &mut Tx<'_>| {
        if !text.is_empty() {
            reply::answer_automatically(tx, shop, id, "acknowledgement", text.clone()).await?;
        }
        lease.done(tx).await
    })
    .await
}

/// The shop's text in the customer's language, and what it may name; none where the shop says nothing.
async fn facts(tx: &mut Tx<'_>, shop: kernel::ShopId, job: &Acknowledge) -> Result<Option<(String, Value)>> {
    let shop = team::shop::get(tx, shop).await?;
    let Some(widget) = crate::store::widget(tx, shop.id).await? else { return Ok(None) };
    let conversation = inbox::conversation::by_id(tx, shop.id, job.conversation).await?;
    let language = conversation.language.unwrap_or(shop.language);
    let (open, mut facts) = acknowledgement::facts(tx, &shop, job.department, language, job.at).await?;
    let texts = if open { &widget.settings.acknowledgement } else { &widget.settings.away_message };
    facts["reply_minutes"] = json!(widget.settings.reply_minutes);
    Ok(texts.get(language, shop.language).map(|text| (text.to_owned(), facts)))
}
