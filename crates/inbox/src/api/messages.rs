//! The entries of a conversation, drafts, and how far one has read.

use axum::{Json, extract::State, http::StatusCode, response::Response};
use kernel::{ConversationId, FileId, MemberId, MessageId, Page, ProductId, Result, Timestamp, say};
use platform::{
    Agent, App, Tx, html,
    http::{Answer, Check, Once, Path, Problems, Query, Valid, Validate},
    nothing_to_check,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    conversation,
    delivery::{self, Written},
    draft::{self, DraftKind},
    file::{self, MAX_FILES},
    list::{self, Window},
    message::{Accepted, Afterwards},
    public::Publicity,
    receipt,
    reply::{self, Outgoing},
    store,
    view::{Entries, MessageView},
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(index, send))
        .routes(routes!(withdraw))
        .routes(routes!(send_again))
        .routes(routes!(keep_draft, drop_draft))
        .routes(routes!(read))
}

/// Which entries.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Stretch {
    /// Entries before this number, the nearest first in reach.
    before: Option<i64>,
    /// Entries after this number.
    after: Option<i64>,
    /// At most so many, 1 to 200.
    limit: Option<i64>,
}

/// List entries of a conversation, oldest first; the newest ones when nothing else is said.
#[utoipa::path(get, path = "/conversations/{id}/messages", operation_id = "list_messages", tag = "messages",
    params(("id" = ConversationId, Path), Stretch),
    responses((status = 200, body = Page<MessageView>), Problems))]
async fn index(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<ConversationId>,
    Query(stretch): Query<Stretch>,
) -> Answer<Json<Page<MessageView>>> {
    let limit = stretch.limit.unwrap_or(50).clamp(1, 200);
    let window = match stretch.after {
        Some(seq) => Window::After { seq, limit },
        None => Window::Before { seq: stretch.before.unwrap_or(i64::MAX), limit },
    };
    let entries = app
        .read(async move |tx: &mut Tx<'_>| {
            conversation::by_id(tx, who.shop, id).await?;
            let messages = list::entries(tx, who.shop, id, window).await?;
            Entries::load(tx, who.shop, messages).await
        })
        .await?;
    Ok(Json(Page::all(entries.views(&app))))
}

/// What becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum SendKind {
    Reply,
    Note,
}

/// What follows once the answer has left.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Then {
    #[default]
    Nothing,
    Resolve,
    /// Until `snooze_until`.
    Snooze,
}

/// An answer to the customer, or a note to colleagues.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Send {
    /// The sender's own id of it: sending it twice sends it once.
    client_id: String,
    kind: SendKind,
    html: String,
    #[serde(default)]
    files: Vec<FileId>,
    /// Products to show the customer, in their language and currency.
    #[serde(default)]
    products: Vec<ProductId>,
    /// Colleagues a note is for.
    #[serde(default)]
    mentions: Vec<MemberId>,
    /// The last entry the sender had seen.
    seen_seq: i64,
    /// Seconds in which it can be taken back, 0 to 30.
    #[serde(default)]
    hold_seconds: i64,
    /// Whether the sender knows that everybody reads it: said of each answer where the conversation is public, and refused without.
    #[serde(default)]
    public: bool,
    /// Whether it is sent although it says in public what only the customer should read.
    #[serde(default)]
    exposing: bool,
    #[serde(default)]
    then: Then,
    snooze_until: Option<Timestamp>,
}

/// The longest answer, in characters of text and in bytes of HTML.
const MAX_TEXT: usize = 20_000;
const MAX_HTML: usize = 60_000;
/// A message shows at most so many products.
const MAX_PRODUCTS: usize = 5;

impl Validate for Send {
    fn check(&mut self, check: &mut Check) {
        check.line("client_id", &mut self.client_id, 1, 64);
        check.at_most("files", &self.files, MAX_FILES);
        check.at_most("products", &self.products, MAX_PRODUCTS);
        check.at_most("mentions", &self.mentions, 20);
        check.that((0..=30).contains(&self.hold_seconds), "hold_seconds", say!("hold-out-of-range", most = 30));
        check.html("html", &mut self.html, MAX_HTML);
        let text = html::to_text(&self.html);
        let count = text.trim().chars().count();
        check.that(!html::is_blank(&text) || !self.files.is_empty() || !self.products.is_empty(), "html", say!("message-empty"));
        check.that(count <= MAX_TEXT, "html", say!("too-many-characters", most = MAX_TEXT, count));
        let until = matches!(self.then, Then::Snooze) == self.snooze_until.is_some();
        check.that(until, "snooze_until", say!("snooze-until-not-said"));
    }
}

impl Send {
    fn afterwards(&self) -> Afterwards {
        match (self.then, self.snooze_until) {
            (Then::Resolve, _) => Afterwards::Resolve,
            (Then::Snooze, Some(until)) => Afterwards::Snooze { until },
            _ => Afterwards::Nothing,
        }
    }
}

/// Answer the customer, or leave a note for colleagues.
#[utoipa::path(post, path = "/conversations/{id}/messages", tag = "messages", params(("id" = ConversationId, Path), Once),
    request_body = Send,
    responses((status = 201, body = MessageView), (status = 200, body = MessageView, description = "It had been sent before"), Problems))]
async fn send(
    State(app): State<App>,
    who: Agent,
    once: Once,
    Path(id): Path<ConversationId>,
    Valid(send): Valid<Send>,
) -> Answer<Response> {
    let (doer, view, asked, text) = (who.clone(), app.clone(), send.clone(), html::to_text(&send.html));
    once.about(id)
        .write(&app, &who, &asked, async move |tx: &mut Tx<'_>| {
            let accepted = say(tx, &view, &doer, id, &send, &text).await?;
            let status = if accepted.fresh { StatusCode::CREATED } else { StatusCode::OK };
            let entries = Entries::load(tx, doer.shop, vec![accepted.message]).await?;
            Ok((status, entries.only(&view)?))
        })
        .await
}

async fn say(tx: &mut Tx<'_>, app: &App, who: &Agent, id: ConversationId, send: &Send, text: &str) -> Result<Accepted> {
    let out = Outgoing {
        client_id: send.client_id.clone(),
        text: text.to_owned(),
        html: send.html.clone(),
        files: file::own(tx, who, &send.files).await?,
        products: send.products.clone(),
        mentions: send.mentions.clone(),
        template: None,
        publicity: Publicity { known: send.public, exposing: send.exposing },
        seen_seq: send.seen_seq,
        hold: send.hold_seconds,
        afterwards: send.afterwards(),
    };
    match send.kind {
        SendKind::Reply => {
            if store::message_once(tx, who.shop, id, &out.client_id).await?.is_none() {
                delivery::must_take(tx, app, who.shop, id, Written { text, files: send.files.len() }).await?;
            }
            reply::reply(tx, who, id, out).await
        }
        SendKind::Note => reply::note(tx, who, id, out).await,
    }
}

/// The text of an answer taken back.
#[derive(Debug, Serialize, ToSchema)]
struct Withdrawn {
    #[schema(required)]
    html: Option<String>,
}

/// Take an answer back before it leaves.
#[utoipa::path(delete, path = "/conversations/{id}/messages/{message}", tag = "messages",
    params(("id" = ConversationId, Path), ("message" = MessageId, Path)), responses((status = 200, body = Withdrawn), Problems))]
async fn withdraw(State(app): State<App>, who: Agent, Path((id, message)): Path<(ConversationId, MessageId)>) -> Answer<Json<Withdrawn>> {
    let held = app.write(async move |tx: &mut Tx<'_>| reply::withdraw(tx, &who, id, message).await).await?;
    Ok(Json(Withdrawn { html: held.html }))
}

/// Send an answer once more that did not arrive, or of which nobody knows whether it did. It may then arrive twice.
#[utoipa::path(post, path = "/conversations/{id}/messages/{message}/retries", operation_id = "send_message_again", tag = "messages",
    params(("id" = ConversationId, Path), ("message" = MessageId, Path)), responses((status = 200, body = MessageView), Problems))]
async fn send_again(
    State(app): State<App>,
    who: Agent,
    Path((id, message)): Path<(ConversationId, MessageId)>,
) -> Answer<Json<MessageView>> {
    let inside = app.clone();
    let entries = app
        .write(async move |tx: &mut Tx<'_>| {
            let written = store::message(tx, who.shop, message).await?;
            if written.template.is_none() {
                let written = Written { text: &written.text, files: written.files.len() };
                delivery::must_take(tx, &inside, who.shop, id, written).await?;
            }
            let message = reply::send_again(tx, &who, id, message).await?;
            Entries::load(tx, who.shop, vec![message]).await
        })
        .await?;
    Ok(Json(entries.only(&app)?))
}

/// An unsent text.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DraftBody {
    html: String,
    kind: DraftKind,
}

impl Validate for DraftBody {
    fn check(&mut self, check: &mut Check) {
        check.html("html", &mut self.html, MAX_HTML);
    }
}

/// Keep an unsent text.
#[utoipa::path(put, path = "/conversations/{id}/draft", tag = "messages", params(("id" = ConversationId, Path)), request_body = DraftBody,
    responses((status = 204), Problems))]
async fn keep_draft(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<ConversationId>,
    Valid(draft): Valid<DraftBody>,
) -> Answer<StatusCode> {
    app.write(async move |tx: &mut Tx<'_>| draft::keep(tx, &who, id, draft.kind, &draft.html).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Throw an unsent text away.
#[utoipa::path(delete, path = "/conversations/{id}/draft", tag = "messages", params(("id" = ConversationId, Path)),
    responses((status = 204), Problems))]
async fn drop_draft(State(app): State<App>, who: Agent, Path(id): Path<ConversationId>) -> Answer<StatusCode> {
    app.write(async move |tx: &mut Tx<'_>| {
        store::conversation(tx, who.shop, id).await?;
        store::remove_draft(tx, who.shop, id, who.id).await
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How far one has read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReadUpTo {
    seq: i64,
}

nothing_to_check!(ReadUpTo);

/// Say how far one has read.
#[utoipa::path(put, path = "/conversations/{id}/read", operation_id = "read_conversation", tag = "messages",
    params(("id" = ConversationId, Path)), request_body = ReadUpTo,
    responses((status = 204), Problems))]
async fn read(State(app): State<App>, who: Agent, Path(id): Path<ConversationId>, Valid(read): Valid<ReadUpTo>) -> Answer<StatusCode> {
    app.write(async move |tx: &mut Tx<'_>| receipt::read_by_member(tx, &who, id, read.seq).await).await?;
    Ok(StatusCode::NO_CONTENT)
}
