//! Answering with a text the partner has agreed to, at any time.

use std::collections::BTreeMap;

use inbox::{
    conversation,
    message::{Accepted, SentTemplate},
    reply::{self, Outgoing},
};
use kernel::{ConversationId, Error, LineId, Result, conflict, hours, say, seconds};
use platform::{Agent, App, Tx};

use super::{
    Line, named,
    suggest::{self, KnownValue},
    terms::{Allowance, Told},
};
use crate::store::{dialogs, lines, terms};

/// In so long a time no more conversations are begun than the partner allows.
const ALLOWED_WITHIN: i64 = hours(24);
/// What was asked for just now is not asked for again.
const FRESH_FOR: i64 = seconds(30);

/// What a member fills in.
#[derive(Debug, Clone)]
pub struct Filled {
    pub client_id: String,
    pub name: String,
    pub language: String,
    pub values: BTreeMap<String, String>,
    pub seen_seq: i64,
}

/// What can be chosen from in a conversation.
pub struct Choice {
    /// Nothing where it is held through no such line, or the partner has not been asked yet.
    pub told: Option<Told>,
    pub known: Vec<KnownValue>,
    pub used: Option<Used>,
}

/// How much of an allowance is used up.
#[derive(Debug, Clone, Copy)]
pub struct Used {
    pub of: Allowance,
    pub opened: i64,
}

/// What can be chosen from now.
///
/// Errors: `NotFound`.
pub async fn choice(tx: &mut Tx<'_>, who: &Agent, id: ConversationId) -> Result<Choice> {
    let conversation = conversation::by_id(tx, who.shop, id).await?;
    let Some(line) = line_of(tx, who, id).await? else { return Ok(Choice { told: None, known: Vec::new(), used: None }) };
    let told = terms::told(tx, who.shop, line.id).await?;
    Ok(Choice { used: used(tx, &line, told.as_ref()).await?, told, known: suggest::known(tx, who, &conversation).await? })
}

/// The line a conversation is held through, where its partner has templates.
async fn line_of(tx: &mut Tx<'_>, who: &Agent, id: ConversationId) -> Result<Option<Line>> {
    let Some(dialog) = dialogs::of(tx, who.shop, id).await? else { return Ok(None) };
    let line = lines::maybe(tx, who.shop, dialog.line).await?;
    Ok(line.filter(|line| named(&line.channel).is_ok_and(|partner| partner.has_templates())))
}

/// How much of its allowance a line has used up, where the partner says how large it is.
pub async fn used(tx: &mut Tx<'_>, line: &Line, told: Option<&Told>) -> Result<Option<Used>> {
    let Some(of) = told.and_then(|told| told.terms.allowance) else { return Ok(None) };
    let since = tx.now() - ALLOWED_WITHIN;
    Ok(Some(Used { of, opened: dialogs::opened_since(tx, line.shop, line.id, since).await? }))
}

/// Asks the partner what it agrees to now.
///
/// Errors: `NotFound`; `Conflict` where it is held through no line that has templates; `Outside`.
pub async fn ask_again(app: &App, who: &Agent, id: ConversationId) -> Result<()> {
    let asking = who.clone();
    let found = app.read(async move |tx: &mut Tx<'_>| {
        conversation::by_id(tx, asking.shop, id).await?;
        let Some(line) = line_of(tx, &asking, id).await? else { return Ok(None) };
        let told = terms::told(tx, asking.shop, line.id).await?;
        Ok(Some((line, told)))
    });
    let (line, told) = found.await?.ok_or(conflict(say!("no-templates-here")))?;
    if told.is_some_and(|told| app.now() - told.at < FRESH_FOR) {
        return Ok(());
    }
    let (settings, _) = line.opened(app)?;
    let partner = named(&line.channel)?;
    let told = partner.terms(app, &settings).await.map_err(|fault| Error::Outside {
        service: partner.title(),
        temporary: true,
        detail: fault.detail,
    })?;
    let (shop, line): (_, LineId) = (line.shop, line.id);
    app.write(async move |tx: &mut Tx<'_>| match lines::maybe(tx, shop, line).await? {
        Some(_) => terms::put(tx, shop, line, &told).await,
        None => Ok(()),
    })
    .await
}

/// Answers with a template. The same `client_id` answers once.
///
/// Errors: `NotFound` where the partner does not agree to it any more; `Invalid` where it is not filled in as it should be; those of
/// [`reply::reply`].
pub async fn answer(tx: &mut Tx<'_>, who: &Agent, id: ConversationId, filled: Filled) -> Result<Accepted> {
    let gone = || Error::NotFound(say!("template-not-found"));
    let line = line_of(tx, who, id).await?.ok_or(conflict(say!("no-templates-here")))?;
    let told = terms::told(tx, who.shop, line.id).await?.ok_or_else(gone)?;
    let Filled { client_id, name, language, values, seen_seq } = filled;
    let template = told.terms.templates.iter().find(|one| one.name == name && one.language == language).ok_or_else(gone)?;
    let (text, values) = template.fill_in(&values)?;
    let template = Some(SentTemplate { name, language, values });
    let out = Outgoing { template, seen_seq, ..Outgoing::plain(&client_id, &text) };
    reply::reply(tx, who, id, out).await
}
