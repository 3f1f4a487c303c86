//! The shopper writes and reads.

use axum::{
    Json,
    body::Body,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use customers::{customer, visitor};
use inbox::{
    conversation::PageVisited,
    file::{self, FileView, MAX_FILES},
    list::{self, Filter, View, Window},
    message::{self, Accepted, Incoming, Opening},
    receipt,
};
use kernel::{ConversationId, Cursor, DepartmentId, Error, FileId, Page, say};
use platform::{
    App, Tx,
    http::{Answer, Check, Network, Path, Problems, Query, Valid, Validate},
    limits::Act,
    nothing_to_check,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    quick_replies::Before,
    visitor::{Introduction, note_introduction, require_agreement, require_answers},
};
use crate::webchat::{
    NAME,
    agreement::Place,
    config::MAX_TEXT,
    settings, socket, transcript,
    view::{ChatMessage, ChatRow, Visible},
    visit::Visiting,
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(index, start))
        .routes(routes!(messages, write))
        .routes(routes!(read))
        .routes(routes!(received))
        .routes(routes!(download))
        .routes(routes!(upload))
        .routes(routes!(socket::open))
}

/// List one's conversations, the latest first.
#[utoipa::path(get, path = "/chat/conversations", operation_id = "list_own_conversations", tag = "chat",
    responses((status = 200, body = Page<ChatRow>), Problems))]
async fn index(State(app): State<App>, Visiting(who): Visiting) -> Answer<Json<Page<ChatRow>>> {
    let page = app
        .read(async move |tx: &mut Tx<'_>| {
            let filter = Filter { view: View::CameAs(who.customer), tag: None };
            list::page(tx, who.shop, &filter, Cursor::FIRST_DESCENDING, 20).await
        })
        .await?;
    Ok(Json(Page::all(page.items.into_iter().map(ChatRow::from).collect())))
}

/// The first message of a conversation.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Start {
    /// The sender's own id of it: sending it twice sends it once.
    client_id: String,
    text: String,
    #[serde(default)]
    files: Vec<FileId>,
    department: Option<DepartmentId>,
    name: Option<String>,
    email: Option<String>,
    /// Whether they ticked the box.
    #[serde(default)]
    consent: bool,
    page: Option<PageVisited>,
    /// What they said to the bot before, as it came with its answers. Without a text it is the message itself.
    #[serde(default)]
    said: Vec<String>,
}

impl Validate for Start {
    fn check(&mut self, check: &mut Check) {
        check.at_most("said", &self.said, MOST_SAID);
        self.said.retain(|sealed| sealed.len() <= bot::said::LONGEST_SEALED);
        check_message(check, &mut self.client_id, &mut self.text, self.files.len() + self.said.len());
        check.at_most("files", &self.files, MAX_FILES);
        check.maybe_line("name", &mut self.name, 120);
        check.maybe_email("email", &mut self.email);
        if let Some(page) = &mut self.page {
            check.line("page.url", &mut page.url, 0, 2_000);
            check.maybe_line("page.title", &mut page.title, 300);
        }
        // anything else would be a link an agent clicks
        self.page.take_if(|page| !page.url.starts_with("https://") && !page.url.starts_with("http://"));
    }
}

/// It may be without a word when it comes with something else.
fn check_message(check: &mut Check, client_id: &mut String, text: &mut String, beside: usize) {
    check.line("client_id", client_id, 1, 64);
    check.text("text", text, usize::from(beside == 0), MAX_TEXT);
}

/// A conversation begins with at most so many answers of the bot.
const MOST_SAID: usize = 10;

/// A conversation just opened.
#[derive(Debug, Serialize, ToSchema)]
struct Started {
    conversation: ChatRow,
    message: ChatMessage,
}

/// Start a conversation.
#[utoipa::path(post, path = "/chat/conversations", tag = "chat", request_body = Start,
    responses((status = 201, body = Started), (status = 200, body = Started, description = "It had been sent before"), Problems))]
async fn start(
    State(app): State<App>,
    Visiting(who): Visiting,
    network: Network,
    Valid(start): Valid<Start>,
) -> Answer<(StatusCode, Json<Started>)> {
    app.limits().check(Act::MessageOfVisitor, &who.id.to_string())?;
    let mut before = Before::open(&app, &who, &start.said);
    let (text, answered) = before.first_words(start.text.clone(), !start.files.is_empty())?;
    let (accepted, visible) = app
        .write(async move |tx: &mut Tx<'_>| {
            let (start, before, text, answered) = (start.clone(), before.clone(), text.clone(), answered.clone());
            welcome(tx, &who).await?;
            let customer = customer::by_id(tx, who.shop, who.customer).await?;
            let said = Introduction { name: start.name, email: start.email, consent: start.consent.then_some(true) };
            let widget = settings::of_shop(tx, who.shop).await?;
            require_answers(tx, &who, &customer, &widget.settings, &said).await?;
            let place = Place { network, page: start.page.as_ref().map(|page| page.url.clone()) };
            note_introduction(tx, &who, said, &place).await?;
            team::department::must_be_there(tx, who.shop, start.department).await?;
            let files = file::own(tx, &who, &start.files).await?;
            let Start { department, page, client_id, .. } = start;
            let department = before.department(tx, &who).await?.or(department);
            let incoming = Incoming { text, files, ..Incoming::of(who.shop, who.customer, NAME, client_id) };
            let before = before.exchanges;
            let follows = what_is_over(tx, &who).await?;
            let opening = Opening { department, language: customer.language, follows, page, before, answered, ..Opening::default() };
            let accepted = message::open(tx, incoming, opening).await?;
            let visible = Visible::load(tx, who.shop, vec![accepted.message.clone()]).await?;
            Ok((accepted, visible))
        })
        .await?;
    let status = status(&accepted);
    let message = visible.views(&app).pop().ok_or(Error::NotFound(say!("message-not-found")))?;
    Ok((status, Json(Started { conversation: accepted.conversation.into(), message })))
}

/// The last conversation of a visitor's, where nothing more can be said in it.
async fn what_is_over(tx: &mut Tx<'_>, who: &visitor::Visitor) -> kernel::Result<Option<ConversationId>> {
    let theirs = Filter { view: View::CameAs(who.customer), tag: None };
    match list::page(tx, who.shop, &theirs, Cursor::FIRST_DESCENDING, 1).await?.items.pop() {
        Some(last) if !message::goes_on(tx, &last, false).await? => Ok(Some(last.id)),
        _ => Ok(None),
    }
}

fn status(accepted: &Accepted) -> StatusCode {
    if accepted.fresh { StatusCode::CREATED } else { StatusCode::OK }
}

/// Notes that the visitor is here, and turns away whom the shop has blocked.
async fn welcome(tx: &mut Tx<'_>, who: &visitor::Visitor) -> kernel::Result<()> {
    visitor::standing(tx, who).await?.must_be_welcome()?;
    visitor::seen(tx, who).await
}

/// Which entries.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct After {
    /// The last number one has.
    after: Option<i64>,
}

/// Entries of a conversation.
#[derive(Debug, Serialize, ToSchema)]
struct Entries {
    items: Vec<ChatMessage>,
    /// Up to where somebody at the shop has read.
    read_seq: i64,
    /// Whether there is more to fetch.
    more: bool,
}

/// A conversation longer than this is fetched in several answers.
const STRETCH: i64 = 2_000;

/// List what was said after a number.
#[utoipa::path(get, path = "/chat/conversations/{id}/messages", tag = "chat", params(("id" = ConversationId, Path), After),
    responses((status = 200, body = Entries), Problems))]
async fn messages(
    State(app): State<App>,
    Visiting(who): Visiting,
    Path(id): Path<ConversationId>,
    Query(from): Query<After>,
) -> Answer<Json<Entries>> {
    let (conversation, visible, more) = app
        .read(async move |tx: &mut Tx<'_>| {
            let conversation = message::came_as(tx, who.shop, who.customer, id).await?;
            let messages = list::entries(tx, who.shop, id, Window::After { seq: from.after.unwrap_or(0), limit: STRETCH }).await?;
            let more = messages.len() as i64 == STRETCH;
            Ok((conversation, Visible::load(tx, who.shop, messages).await?, more))
        })
        .await?;
    Ok(Json(Entries { items: visible.views(&app), read_seq: conversation.read_seq, more }))
}

/// A message.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Write {
    /// The sender's own id of it: sending it twice sends it once.
    client_id: String,
    text: String,
    #[serde(default)]
    files: Vec<FileId>,
}

impl Validate for Write {
    fn check(&mut self, check: &mut Check) {
        check_message(check, &mut self.client_id, &mut self.text, self.files.len());
        check.at_most("files", &self.files, MAX_FILES);
    }
}

/// Write in a conversation.
#[utoipa::path(post, path = "/chat/conversations/{id}/messages", tag = "chat", params(("id" = ConversationId, Path)), request_body = Write,
    responses((status = 201, body = ChatMessage), (status = 200, body = ChatMessage, description = "It had been sent before"), Problems))]
async fn write(
    State(app): State<App>,
    Visiting(who): Visiting,
    Path(id): Path<ConversationId>,
    Valid(written): Valid<Write>,
) -> Answer<(StatusCode, Json<ChatMessage>)> {
    app.limits().check(Act::MessageOfVisitor, &who.id.to_string())?;
    let (accepted, visible) = app
        .write_on_snapshot(async move |tx: &mut Tx<'_>| {
            welcome(tx, &who).await?;
            let files = file::own(tx, &who, &written.files).await?;
            let Write { client_id, text, .. } = written.clone();
            let incoming = Incoming { text, files, ..Incoming::of(who.shop, who.customer, NAME, client_id) };
            let accepted = message::receive(tx, id, incoming).await?;
            let visible = Visible::load(tx, who.shop, vec![accepted.message.clone()]).await?;
            Ok((accepted, visible))
        })
        .await?;
    let message = visible.views(&app).pop().ok_or(Error::NotFound(say!("message-not-found")))?;
    Ok((status(&accepted), Json(message)))
}

/// How far.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UpTo {
    seq: i64,
}

nothing_to_check!(UpTo);

/// Say how far one has read.
#[utoipa::path(put, path = "/chat/conversations/{id}/read", operation_id = "read_own_conversation", tag = "chat",
    params(("id" = ConversationId, Path)), request_body = UpTo,
    responses((status = 204), Problems))]
async fn read(
    State(app): State<App>,
    Visiting(who): Visiting,
    Path(id): Path<ConversationId>,
    Valid(to): Valid<UpTo>,
) -> Answer<StatusCode> {
    app.write(async move |tx: &mut Tx<'_>| receipt::reached_customer(tx, who.shop, who.customer, id, to.seq, true).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Say how far one's device has received.
#[utoipa::path(put, path = "/chat/conversations/{id}/received", tag = "chat", params(("id" = ConversationId, Path)), request_body = UpTo,
    responses((status = 204), Problems))]
async fn received(
    State(app): State<App>,
    Visiting(who): Visiting,
    Path(id): Path<ConversationId>,
    Valid(to): Valid<UpTo>,
) -> Answer<StatusCode> {
    app.write(async move |tx: &mut Tx<'_>| receipt::reached_customer(tx, who.shop, who.customer, id, to.seq, false).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Download a conversation as a text.
#[utoipa::path(get, path = "/chat/conversations/{id}/transcript", tag = "chat", params(("id" = ConversationId, Path)),
    responses((status = 200, content_type = "text/plain", body = String), Problems))]
async fn download(State(app): State<App>, Visiting(who): Visiting, Path(id): Path<ConversationId>) -> Answer<Response> {
    let (conversation, shop, zone, visible) = app
        .read(async move |tx: &mut Tx<'_>| {
            let conversation = message::came_as(tx, who.shop, who.customer, id).await?;
            let shop = team::shop::get(tx, who.shop).await?;
            let customer = customer::by_id(tx, who.shop, who.customer).await?;
            let zone = customer.time_zone.as_deref().and_then(|name| jiff::tz::TimeZone::get(name).ok()).unwrap_or(shop.zone());
            let messages = list::entries(tx, who.shop, id, Window::After { seq: 0, limit: 5_000 }).await?;
            Ok((conversation, shop, zone, Visible::load(tx, who.shop, messages).await?))
        })
        .await?;
    let language = conversation.language.unwrap_or(shop.language);
    let text = transcript::write(&shop.name, &visible.views(&app), language, &zone);
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"chat-{}.txt\"", conversation.number)),
    ];
    Ok((headers, text).into_response())
}

/// A file on its way.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Uploading {
    /// What the file is called.
    name: String,
    /// Whether they ticked the box.
    #[serde(default)]
    consent: bool,
}

/// Upload a file, to name it in a message.
#[utoipa::path(post, path = "/chat/files", operation_id = "upload_own_file", tag = "chat", params(Uploading),
    request_body(content_type = "application/octet-stream"),
    responses((status = 201, body = FileView), Problems))]
async fn upload(
    State(app): State<App>,
    Visiting(who): Visiting,
    network: Network,
    Query(uploading): Query<Uploading>,
    body: Body,
) -> Answer<(StatusCode, Json<FileView>)> {
    app.limits().check(Act::UploadOfVisitor, &who.id.to_string())?;
    let Uploading { name, consent } = uploading;
    let visitor = who.clone();
    app.write(async move |tx: &mut Tx<'_>| {
        welcome(tx, &visitor).await?;
        let widget = settings::of_shop(tx, visitor.shop).await?;
        let said = Introduction { consent: consent.then_some(true), ..Introduction::default() };
        require_agreement(tx, &visitor, &widget.settings, &said).await?;
        note_introduction(tx, &visitor, said, &Place { network, page: None }).await
    })
    .await?;
    let stored = file::keep(&app, &who, &name, file::take(body).await?).await?;
    Ok((StatusCode::CREATED, Json(FileView::new(&app, who.shop, &stored))))
}
