//! Lists of conversations, and what can be done with one.

use axum::{Json, extract::State};
use customers::CustomerView;
use kernel::{ConversationId, Cursor, CustomerId, DepartmentId, MemberId, Page, Result, TagId, Timestamp, invalid, say};
use platform::{
    Agent, App, Tx,
    http::{Answer, Check, Paging, Path, Problems, Query, Valid, Validate},
    nothing_to_check,
};
use serde::{Deserialize, Serialize};
use utoipa::{
    IntoParams, ToSchema,
    openapi::{Object, ObjectBuilder, Type},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    conversation::{self, Conversation, Priority},
    list::{self, Counts, Filter, View},
    snooze,
    view::{self, ConversationRow, ConversationView},
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(index))
        .routes(routes!(counts))
        .routes(routes!(show))
        .routes(routes!(assign))
        .routes(routes!(prioritise))
        .routes(routes!(tag))
        .routes(routes!(snooze, wake))
        .routes(routes!(resolve, reopen))
        .routes(routes!(mark_spam, unmark_spam))
        .routes(routes!(of_customer))
        .routes(routes!(search))
}

/// Which conversations.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// `open` when not given.
    #[param(schema_with = view_names)]
    view: Option<String>,
    /// Which one, for the view `department`.
    department: Option<DepartmentId>,
    /// Only those that carry this tag.
    tag: Option<TagId>,
    cursor: Option<String>,
    /// Rows a page, 1 to 100.
    limit: Option<i64>,
}

/// The words that name a view.
fn view_names() -> Object {
    let names = ["unassigned", "mine", "mentions", "open", "department", "snoozed", "resolved", "spam", "doubtful", "all"];
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names)).build()
}

impl Wanted {
    fn filter(&self, me: MemberId) -> Result<Filter> {
        let view = match (self.view.as_deref().unwrap_or("open"), self.department) {
            ("unassigned", _) => View::Unassigned,
            ("mine", _) => View::Mine(me),
            ("mentions", _) => View::Mentions(me),
            ("open", _) => View::Open,
            ("snoozed", _) => View::Snoozed,
            ("resolved", _) => View::Resolved,
            ("spam", _) => View::Spam,
            ("doubtful", _) => View::Doubtful,
            ("all", _) => View::All,
            ("department", Some(department)) => View::Department(department),
            ("department", None) => return Err(invalid("department", say!("department-not-said"))),
            _ => return Err(invalid("view", say!("view-unknown"))),
        };
        Ok(Filter { view, tag: self.tag })
    }
}

async fn page(app: &App, who: &Agent, filter: Filter, paging: Paging) -> Result<Page<ConversationRow>> {
    let (shop, after) = (who.shop, paging.after(Cursor::FIRST_DESCENDING)?);
    app.read(async move |tx: &mut Tx<'_>| {
        let page = list::page(tx, shop, &filter, after, paging.limit()).await?;
        Ok(Page { items: view::rows(tx, shop, page.items).await?, next: page.next })
    })
    .await
}

/// List conversations of a view, what changed last first.
#[utoipa::path(get, path = "/conversations", operation_id = "list_conversations", tag = "conversations", params(Wanted),
    responses((status = 200, body = Page<ConversationRow>), Problems))]
async fn index(State(app): State<App>, who: Agent, Query(wanted): Query<Wanted>) -> Answer<Json<Page<ConversationRow>>> {
    let filter = wanted.filter(who.id)?;
    Ok(Json(page(&app, &who, filter, Paging { cursor: wanted.cursor, limit: wanted.limit }).await?))
}

/// Count what waits in each view.
#[utoipa::path(get, path = "/conversations/counts", tag = "conversations", responses((status = 200, body = Counts), Problems))]
async fn counts(State(app): State<App>, who: Agent) -> Answer<Json<Counts>> {
    Ok(Json(app.read(async move |tx: &mut Tx<'_>| list::counts(tx, who.shop, who.id).await).await?))
}

/// Show a conversation.
#[utoipa::path(get, path = "/conversations/{id}", operation_id = "show_conversation", tag = "conversations",
    params(("id" = ConversationId, Path)),
    responses((status = 200, body = ConversationView), Problems))]
async fn show(State(app): State<App>, who: Agent, Path(id): Path<ConversationId>) -> Answer<Json<ConversationView>> {
    let page = app.read(async move |tx: &mut Tx<'_>| view::Page::load(tx, who.shop, who.id, id).await).await?;
    Ok(Json(page.view(&app)))
}

/// Makes a change and answers with the row as it is now.
async fn changed<F>(app: &App, change: F) -> Answer<Json<ConversationRow>>
where
    F: AsyncFn(&mut Tx<'_>) -> Result<Conversation> + Send + 'static,
{
    let row = app
        .write(async move |tx: &mut Tx<'_>| {
            let after = change(tx).await?;
            view::row(tx, after).await
        })
        .await?;
    Ok(Json(row))
}

/// Whose a conversation is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Assignment {
    member: Option<MemberId>,
    department: Option<DepartmentId>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PriorityChoice {
    priority: Priority,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TagChoice {
    tags: Vec<TagId>,
}

impl Validate for TagChoice {
    fn check(&mut self, check: &mut Check) {
        self.tags.sort_unstable();
        self.tags.dedup();
        check.at_most("tags", &self.tags, 20);
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Sleep {
    until: Timestamp,
}

nothing_to_check!(Assignment, PriorityChoice, Sleep);

/// Assign a conversation to a member, a department, both or nobody.
#[utoipa::path(put, path = "/conversations/{id}/assignment", tag = "conversations", params(("id" = ConversationId, Path)),
    request_body = Assignment,
    responses((status = 200, body = ConversationRow), Problems))]
async fn assign(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<ConversationId>,
    Valid(to): Valid<Assignment>,
) -> Answer<Json<ConversationRow>> {
    changed(&app, async move |tx: &mut Tx<'_>| conversation::assign(tx, &who, id, to.member, to.department).await).await
}

/// Set a conversation's priority.
#[utoipa::path(put, path = "/conversations/{id}/priority", tag = "conversations", params(("id" = ConversationId, Path)),
    request_body = PriorityChoice,
    responses((status = 200, body = ConversationRow), Problems))]
async fn prioritise(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<ConversationId>,
    Valid(to): Valid<PriorityChoice>,
) -> Answer<Json<ConversationRow>> {
    changed(&app, async move |tx: &mut Tx<'_>| conversation::prioritise(tx, &who, id, to.priority).await).await
}

/// Replace a conversation's tags.
#[utoipa::path(put, path = "/conversations/{id}/tags", tag = "conversations", params(("id" = ConversationId, Path)),
    request_body = TagChoice,
    responses((status = 200, body = ConversationRow), Problems))]
async fn tag(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<ConversationId>,
    Valid(to): Valid<TagChoice>,
) -> Answer<Json<ConversationRow>> {
    changed(&app, async move |tx: &mut Tx<'_>| conversation::tag(tx, &who, id, &to.tags).await).await
}

/// Snooze a conversation.
#[utoipa::path(put, path = "/conversations/{id}/snooze", tag = "conversations", params(("id" = ConversationId, Path)), request_body = Sleep,
    responses((status = 200, body = ConversationRow), Problems))]
async fn snooze(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<ConversationId>,
    Valid(sleep): Valid<Sleep>,
) -> Answer<Json<ConversationRow>> {
    changed(&app, async move |tx: &mut Tx<'_>| snooze::snooze(tx, &who, id, sleep.until).await).await
}

/// Wake a snoozed conversation.
#[utoipa::path(delete, path = "/conversations/{id}/snooze", tag = "conversations", params(("id" = ConversationId, Path)),
    responses((status = 200, body = ConversationRow), Problems))]
async fn wake(State(app): State<App>, who: Agent, Path(id): Path<ConversationId>) -> Answer<Json<ConversationRow>> {
    changed(&app, async move |tx: &mut Tx<'_>| snooze::wake(tx, &who, id).await).await
}

/// Resolve a conversation.
#[utoipa::path(put, path = "/conversations/{id}/resolution", tag = "conversations", params(("id" = ConversationId, Path)),
    responses((status = 200, body = ConversationRow), Problems))]
async fn resolve(State(app): State<App>, who: Agent, Path(id): Path<ConversationId>) -> Answer<Json<ConversationRow>> {
    changed(&app, async move |tx: &mut Tx<'_>| conversation::resolve(tx, &who, id).await).await
}

/// Reopen a resolved conversation.
#[utoipa::path(delete, path = "/conversations/{id}/resolution", tag = "conversations", params(("id" = ConversationId, Path)),
    responses((status = 200, body = ConversationRow), Problems))]
async fn reopen(State(app): State<App>, who: Agent, Path(id): Path<ConversationId>) -> Answer<Json<ConversationRow>> {
    changed(&app, async move |tx: &mut Tx<'_>| conversation::reopen(tx, &who, id).await).await
}

/// Move a conversation to spam.
#[utoipa::path(put, path = "/conversations/{id}/spam", tag = "conversations", params(("id" = ConversationId, Path)),
    responses((status = 200, body = ConversationRow), Problems))]
async fn mark_spam(State(app): State<App>, who: Agent, Path(id): Path<ConversationId>) -> Answer<Json<ConversationRow>> {
    changed(&app, async move |tx: &mut Tx<'_>| conversation::mark_spam(tx, &who, id, true).await).await
}

/// Take a conversation out of spam.
#[utoipa::path(delete, path = "/conversations/{id}/spam", tag = "conversations", params(("id" = ConversationId, Path)),
    responses((status = 200, body = ConversationRow), Problems))]
async fn unmark_spam(State(app): State<App>, who: Agent, Path(id): Path<ConversationId>) -> Answer<Json<ConversationRow>> {
    changed(&app, async move |tx: &mut Tx<'_>| conversation::mark_spam(tx, &who, id, false).await).await
}

/// List a customer's conversations.
#[utoipa::path(get, path = "/customers/{id}/conversations", operation_id = "list_conversations_of_customer", tag = "customers",
    params(("id" = CustomerId, Path), Paging),
    responses((status = 200, body = Page<ConversationRow>), Problems))]
async fn of_customer(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<CustomerId>,
    Query(paging): Query<Paging>,
) -> Answer<Json<Page<ConversationRow>>> {
    let shop = who.shop;
    app.read(async move |tx: &mut Tx<'_>| customers::by_id(tx, shop, id).await).await?;
    Ok(Json(page(&app, &who, Filter { view: View::Customer(id), tag: None }, paging).await?))
}

/// What to look for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Words {
    /// Words, of which the last may be unfinished.
    q: String,
    /// Hits of each kind, 1 to 50.
    limit: Option<i64>,
}

/// A conversation in which the words were said.
#[derive(Debug, Serialize, ToSchema)]
struct FoundConversation {
    #[serde(flatten)]
    row: ConversationRow,
    /// Where they were said.
    snippet: String,
}

/// What a search has found.
#[derive(Debug, Serialize, ToSchema)]
struct Found {
    conversations: Vec<FoundConversation>,
    customers: Vec<CustomerView>,
}

/// Search conversations and people.
#[utoipa::path(get, path = "/search", tag = "conversations", params(Words), responses((status = 200, body = Found), Problems))]
async fn search(State(app): State<App>, who: Agent, Query(words): Query<Words>) -> Answer<Json<Found>> {
    let (shop, limit) = (who.shop, words.limit.unwrap_or(20).clamp(1, 50));
    let (conversations, people) = app
        .read(async move |tx: &mut Tx<'_>| {
            let mut found = Vec::new();
            for hit in list::search(tx, shop, &words.q, limit).await? {
                let snippet = list::snippet(&hit.message.text, &words.q);
                found.push(FoundConversation { row: view::row(tx, hit.conversation).await?, snippet });
            }
            Ok((found, customers::search(tx, shop, &words.q, limit).await?))
        })
        .await?;
    let customers = people.into_iter().map(|person| CustomerView::new(&app, person)).collect();
    Ok(Json(Found { conversations, customers }))
}
