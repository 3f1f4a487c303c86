//! Templates over HTTP.

use std::collections::BTreeMap;

use axum::{Json, extract::State, http::StatusCode, response::Response};
use inbox::{
    REPLY,
    view::{Entries, MessageView},
};
use kernel::{ConversationId, Timestamp};
use platform::{
    Agent, App, Tx,
    http::{Answer, Check, Once, Path, Policy, Problems, Valid, Validate},
    policy,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    suggest::{KnownValue, suggestion},
    template::{self, Choice, Filled},
    terms::{Template, TemplateCategory, TemplatePart},
    view::LineAllowance,
};

/// No template has more gaps.
const MOST_GAPS: usize = 60;
/// What stands in one is no longer, in characters.
const LONGEST_VALUE: usize = 1_024;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(index)).routes(routes!(refresh)).routes(routes!(send))
}

pub fn policy() -> Policy {
    policy! {
        GET "/conversations/{id}/templates" => REPLY;
        POST "/conversations/{id}/template-refreshes" => REPLY;
        POST "/conversations/{id}/template-messages" => REPLY;
    }
}

/// What a conversation can be answered with at any time.
#[derive(Debug, Serialize, ToSchema)]
struct TemplatesOfConversation {
    templates: Vec<TemplateView>,
    /// So many more the partner has not agreed to, or need a picture or a form: they cannot be sent from here.
    others: i64,
    /// What is known of the customer and their last order, to choose from.
    known: Vec<KnownValue>,
    /// Not known where the partner has not said it.
    #[schema(required)]
    allowance: Option<LineAllowance>,
    /// When the partner was asked last; null when it has not been yet.
    #[schema(required)]
    told_at: Option<Timestamp>,
}

/// A text the partner has agreed to.
#[derive(Debug, Serialize, ToSchema)]
struct TemplateView {
    /// What the partner calls it.
    name: String,
    /// As the partner writes it: `nb`, `pt_BR`.
    language: String,
    category: TemplateCategory,
    /// From top to bottom.
    parts: Vec<TemplatePart>,
    gaps: Vec<TemplateGap>,
}

/// What has to be filled in.
#[derive(Debug, Serialize, ToSchema)]
struct TemplateGap {
    /// The place of its part, a dot, and what it is called there: `body.1`.
    key: String,
    /// What the partner was shown in its place.
    #[schema(required)]
    example: Option<String>,
    /// What is meant by it, where that is obvious.
    #[schema(required)]
    suggestion: Option<String>,
}

impl TemplateView {
    fn new(template: Template, known: &[KnownValue]) -> TemplateView {
        let gaps = template.gaps().into_iter().map(|key| TemplateGap {
            example: template.examples.get(&key).cloned(),
            suggestion: suggestion(&template, &key, known),
            key,
        });
        let gaps = gaps.collect();
        let Template { name, language, category, parts, .. } = template;
        TemplateView { name, language, category, parts, gaps }
    }
}

impl From<Choice> for TemplatesOfConversation {
    fn from(Choice { told, known, used }: Choice) -> Self {
        let (told_at, terms) = told.map(|told| (told.at, told.terms)).unzip();
        let terms = terms.unwrap_or_default();
        let templates = terms.templates.into_iter().map(|one| TemplateView::new(one, &known)).collect();
        TemplatesOfConversation { templates, others: terms.others, known, allowance: used.map(LineAllowance::from), told_at }
    }
}

/// List the templates a conversation can be answered with at any time.
#[utoipa::path(get, path = "/conversations/{id}/templates", operation_id = "list_templates_of_conversation", tag = "messages",
    params(("id" = ConversationId, Path)), responses((status = 200, body = TemplatesOfConversation), Problems))]
async fn index(State(app): State<App>, who: Agent, Path(id): Path<ConversationId>) -> Answer<Json<TemplatesOfConversation>> {
    let choice = app.read(async move |tx: &mut Tx<'_>| template::choice(tx, &who, id).await).await?;
    Ok(Json(choice.into()))
}

/// Ask the partner anew which templates it agrees to; twice within half a minute it is asked once.
#[utoipa::path(post, path = "/conversations/{id}/template-refreshes", operation_id = "refresh_templates", tag = "messages",
    params(("id" = ConversationId, Path)), responses((status = 200, body = TemplatesOfConversation), Problems))]
async fn refresh(State(app): State<App>, who: Agent, Path(id): Path<ConversationId>) -> Answer<Json<TemplatesOfConversation>> {
    template::ask_again(&app, &who, id).await?;
    let choice = app.read(async move |tx: &mut Tx<'_>| template::choice(tx, &who, id).await).await?;
    Ok(Json(choice.into()))
}

/// A template, filled in.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewTemplateMessage {
    /// The sender’s own id of it: sending it twice sends it once.
    client_id: String,
    name: String,
    language: String,
    /// What stands in each gap, by its key.
    values: BTreeMap<String, String>,
    /// The last entry the sender had seen.
    seen_seq: i64,
}

impl Validate for NewTemplateMessage {
    fn check(&mut self, check: &mut Check) {
        check.line("client_id", &mut self.client_id, 1, 64);
        check.line("name", &mut self.name, 1, 512);
        check.line("language", &mut self.language, 1, 15);
        check.at_most("values", &self.values.keys().collect::<Vec<_>>(), MOST_GAPS);
        for (gap, value) in &mut self.values {
            check.line(&format!("values.{gap}"), value, 0, LONGEST_VALUE);
        }
    }
}

/// Answer with a template: the partner takes it at any time.
#[utoipa::path(post, path = "/conversations/{id}/template-messages", operation_id = "send_template", tag = "messages",
    params(("id" = ConversationId, Path), Once), request_body = NewTemplateMessage,
    responses((status = 201, body = MessageView), (status = 200, body = MessageView, description = "It had been sent before"), Problems))]
async fn send(
    State(app): State<App>,
    who: Agent,
    once: Once,
    Path(id): Path<ConversationId>,
    Valid(new): Valid<NewTemplateMessage>,
) -> Answer<Response> {
    let (doer, view, asked) = (who.clone(), app.clone(), new.clone());
    once.about(id)
        .write(&app, &who, &asked, async move |tx: &mut Tx<'_>| {
            let NewTemplateMessage { client_id, name, language, values, seen_seq } = new.clone();
            let accepted = template::answer(tx, &doer, id, Filled { client_id, name, language, values, seen_seq }).await?;
            let status = if accepted.fresh { StatusCode::CREATED } else { StatusCode::OK };
            let entries = Entries::load(tx, doer.shop, vec![accepted.message]).await?;
            Ok((status, entries.only(&view)?))
        })
        .await
}
