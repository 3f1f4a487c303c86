//! Letters over HTTP: those messages were made of, and those that were put aside.

use axum::{Json, extract::State, http::StatusCode};
use inbox::{READ, message};
use kernel::{ConversationId, Error, LetterId, MessageId, Page, Result, ShopId, say};
use platform::{
    Agent, App, Tx,
    http::{Answer, Path, Policy, Problems, Query},
    policy,
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    aside,
    letter::Letter,
    view::{LetterAside, LetterShown, LetterView},
};
use crate::{
    SETTINGS,
    store::{letters, mailboxes},
};

/// So many letters that were put aside are listed.
const LISTED: i64 = 100;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(index)).routes(routes!(show, discard)).routes(routes!(let_in)).routes(routes!(of_message))
}

pub fn policy() -> Policy {
    policy! {
        GET "/letters-aside" => SETTINGS;
        GET "/letters-aside/{id}" => SETTINGS;
        DELETE "/letters-aside/{id}" => SETTINGS;
        POST "/letters-aside/{id}/admission" => SETTINGS;
        GET "/conversations/{id}/messages/{message}/letter" => READ;
    }
}

/// List letters that were put aside: they could not be read, or are not to be believed. The newest first.
#[utoipa::path(get, path = "/letters-aside", operation_id = "list_letters_aside", tag = "mailboxes",
    responses((status = 200, body = Page<LetterAside>), Problems))]
async fn index(State(app): State<App>, who: Agent) -> Answer<Json<Page<LetterAside>>> {
    let all = app.read(async move |tx: &mut Tx<'_>| letters::aside(tx, who.shop, LISTED).await).await?;
    Ok(Json(Page::all(all.into_iter().map(LetterAside::from).collect())))
}

/// How much of a letter is shown.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Shown {
    /// Whether pictures from elsewhere are shown: whoever sent it then knows that it was read.
    pictures: Option<bool>,
}

/// Show a letter that was put aside, whole.
#[utoipa::path(get, path = "/letters-aside/{id}", operation_id = "show_letter_aside", tag = "mailboxes",
    params(("id" = LetterId, Path), Shown), responses((status = 200, body = LetterShown), Problems))]
async fn show(State(app): State<App>, who: Agent, Path(id): Path<LetterId>, Query(asked): Query<Shown>) -> Answer<Json<LetterShown>> {
    let found = app.read(async move |tx: &mut Tx<'_>| {
        let letter = aside::letter(tx, who.shop, id).await?;
        lies(tx, letter).await
    });
    // what cannot be read cannot be shown
    let letter = shown(app.clone(), found.await?, &asked).await.or_else(unreadable)?;
    Ok(Json(LetterShown { letter }))
}

/// Let a letter in that was put aside: it becomes a message of a conversation, of a sender who has proved nothing.
#[utoipa::path(post, path = "/letters-aside/{id}/admission", operation_id = "let_letter_in", tag = "mailboxes",
    params(("id" = LetterId, Path)), responses((status = 204), Problems))]
async fn let_in(State(app): State<App>, who: Agent, Path(id): Path<LetterId>) -> Answer<StatusCode> {
    app.write(async move |tx: &mut Tx<'_>| aside::let_in(tx, &who, id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Leave a letter out that was put aside.
#[utoipa::path(delete, path = "/letters-aside/{id}", operation_id = "discard_letter", tag = "mailboxes",
    params(("id" = LetterId, Path)), responses((status = 204), Problems))]
async fn discard(State(app): State<App>, who: Agent, Path(id): Path<LetterId>) -> Answer<StatusCode> {
    app.write(async move |tx: &mut Tx<'_>| aside::discard(tx, &who, id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Show the letter a message was made of, whole.
#[utoipa::path(get, path = "/conversations/{id}/messages/{message}/letter", operation_id = "show_letter", tag = "messages",
    params(("id" = ConversationId, Path), ("message" = MessageId, Path), Shown),
    responses((status = 200, body = LetterShown), Problems))]
async fn of_message(
    State(app): State<App>,
    who: Agent,
    Path((id, message)): Path<(ConversationId, MessageId)>,
    Query(asked): Query<Shown>,
) -> Answer<Json<LetterShown>> {
    let found = app.read(async move |tx: &mut Tx<'_>| found(tx, who.shop, id, message).await).await?;
    Ok(Json(LetterShown { letter: shown(app, found, &asked).await? }))
}

/// A letter, whose word on it is believed, and where it lies.
type Lying = (Letter, Option<String>, String);

async fn found(tx: &mut Tx<'_>, shop: ShopId, conversation: ConversationId, message: MessageId) -> Result<Option<Lying>> {
    if message::conversation_of(tx, shop, message).await? != Some(conversation) {
        return Err(Error::NotFound(say!("message-not-found")));
    }
    match letters::of_message(tx, shop, conversation, message).await? {
        Some(letter) => lies(tx, letter).await,
        None => Ok(None),
    }
}

/// None where it is not kept.
async fn lies(tx: &mut Tx<'_>, letter: Letter) -> Result<Option<Lying>> {
    let Some(key) = letter.key.clone() else { return Ok(None) };
    let mailbox = mailboxes::maybe(tx, letter.shop, letter.mailbox).await?;
    Ok(Some((letter, mailbox.and_then(|mailbox| mailbox.settings.trusted), key)))
}

fn unreadable(error: Error) -> Result<Option<LetterView>> {
    match error {
        Error::Invalid(_) | Error::TooLarge(_) => Ok(None),
        other => Err(other),
    }
}

/// Errors: `Invalid` where it cannot be read.
async fn shown(app: App, found: Option<Lying>, asked: &Shown) -> Result<Option<LetterView>> {
    let Some((letter, trusted, key)) = found else { return Ok(None) };
    let raw = app.files().get(key.parse()?).await?;
    let pictures = asked.pictures == Some(true);
    let view = tokio::task::spawn_blocking(move || {
        mail::Letter::read(&raw).map(|read| LetterView::new(&app, &letter, &read, trusted.as_deref(), pictures))
    });
    view.await.map_err(Error::broken)?.map(Some)
}
