//! Macros over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{ConversationId, Cursor, Language, MacroId, Page, TagId, Texts, say};
use platform::{
    Agent, App, Tx,
    http::{Answer, Check, Path, Policy, Problems, Query, Valid, Validate},
    nothing_to_check, policy, template,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    READ,
    macros::{self, Change, Macro, NewMacro, Owner},
    rendering::{self, Rendering},
    store,
};

/// The longest text of a macro, in characters: however many bytes a letter takes, it can still be filled in.
const LONGEST: usize = template::LONGEST / 4;
/// The longest name, of a macro and of a folder, in characters.
const LONGEST_NAME: usize = 80;
/// A macro puts at most so many tags on a conversation.
const MOST_TAGS: usize = 20;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(index, create)).routes(routes!(show, edit, delete)).routes(routes!(render))
}

pub fn policy() -> Policy {
    policy! {
        GET "/macros" => READ;
        POST "/macros" => READ;
        GET "/macros/{id}" => READ;
        PATCH "/macros/{id}" => READ;
        DELETE "/macros/{id}" => READ;
        POST "/macros/{id}/renderings" => READ;
    }
}

/// A macro: a reply saved for saying again.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct MacroView {
    id: MacroId,
    name: String,
    /// Where it is kept; empty when it lies on top.
    folder: String,
    /// Plain text with Liquid over `customer`, `agent`, `shop` and `conversation`.
    texts: Texts,
    /// What a conversation it is used in is to be tagged with.
    tags: Vec<TagId>,
    /// Whether the whole shop uses it; otherwise only its owner sees it.
    shared: bool,
    /// How often it has been put into an answer.
    used: i64,
}

impl MacroView {
    /// Without the tags that have been deleted since.
    fn new(one: Macro, known: &[TagId]) -> Self {
        let tags = one.tags.into_iter().filter(|tag| known.contains(tag)).collect();
        let shared = one.owner == Owner::Shop;
        MacroView { id: one.id, name: one.name, folder: one.folder, texts: one.texts, tags, shared, used: one.used }
    }
}

async fn views(tx: &mut Tx<'_>, who: &Agent, page: Page<Macro>) -> kernel::Result<Page<MacroView>> {
    let known: Vec<TagId> = inbox::tag::all(tx, who.shop).await?.into_iter().map(|tag| tag.id).collect();
    Ok(page.map(|one| MacroView::new(one, &known)))
}

async fn view(tx: &mut Tx<'_>, who: &Agent, one: Macro) -> kernel::Result<MacroView> {
    let known: Vec<TagId> = inbox::tag::all(tx, who.shop).await?.into_iter().map(|tag| tag.id).collect();
    Ok(MacroView::new(one, &known))
}

/// What to look for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Find {
    /// Words of a name, a folder or a text.
    q: Option<String>,
    cursor: Option<String>,
    /// Rows a page, 1 to 100.
    limit: Option<i64>,
}

/// List the shop's macros and one's own, the oldest first, or find some by their words.
#[utoipa::path(get, path = "/macros", operation_id = "list_macros", tag = "macros", params(Find),
    responses((status = 200, body = Page<MacroView>), Problems))]
async fn index(State(app): State<App>, who: Agent, Query(find): Query<Find>) -> Answer<Json<Page<MacroView>>> {
    let limit = find.limit.unwrap_or(25).clamp(1, 100);
    let page = app
        .read(async move |tx: &mut Tx<'_>| {
            if let Some(query) = find.q.as_deref().filter(|q| !q.trim().is_empty()) {
                let found = macros::find(tx, &who, query, limit).await?;
                return views(tx, &who, Page::all(found)).await;
            }
            let after = find.cursor.as_deref().map_or(Ok(Cursor::FIRST_ASCENDING), str::parse)?;
            let all = store::all_visible(tx, who.shop, who.id, after, limit + 1).await?;
            views(tx, &who, Page::cut(all, limit as usize, |one| Cursor { key: 0, id: one.id.into() })).await
        })
        .await?;
    Ok(Json(page))
}

/// Show a macro.
#[utoipa::path(get, path = "/macros/{id}", operation_id = "show_macro", tag = "macros", params(("id" = MacroId, Path)),
    responses((status = 200, body = MacroView), Problems))]
async fn show(State(app): State<App>, who: Agent, Path(id): Path<MacroId>) -> Answer<Json<MacroView>> {
    let view = app
        .read(async move |tx: &mut Tx<'_>| {
            let one = macros::by_id(tx, &who, id).await?;
            view(tx, &who, one).await
        })
        .await?;
    Ok(Json(view))
}

#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MacroDraft {
    name: String,
    #[serde(default)]
    folder: String,
    texts: Texts,
    #[serde(default)]
    tags: Vec<TagId>,
    /// For everybody, which takes `macros.manage`; otherwise for oneself.
    #[serde(default)]
    shared: bool,
}

impl Validate for MacroDraft {
    fn check(&mut self, check: &mut Check) {
        check.line("name", &mut self.name, 1, LONGEST_NAME);
        check.line("folder", &mut self.folder, 0, LONGEST_NAME);
        check_texts(check, &mut self.texts);
        check_tags(check, &mut self.tags);
    }
}

fn check_texts(check: &mut Check, texts: &mut Texts) {
    check.texts("texts", texts, LONGEST);
    check.that(!texts.0.is_empty(), "texts", say!("macro-in-no-language"));
    for (language, text) in &texts.0 {
        if let Err(error) = template::check(text) {
            check.that(false, &format!("texts.{language}"), error.sentence());
        }
    }
}

fn check_tags(check: &mut Check, tags: &mut Vec<TagId>) {
    check.at_most("tags", tags, MOST_TAGS);
    tags.sort_unstable();
    tags.dedup();
}

/// Save a reply, for oneself or for everybody.
#[utoipa::path(post, path = "/macros", operation_id = "create_macro", tag = "macros", request_body = MacroDraft,
    responses((status = 201, body = MacroView), Problems))]
async fn create(State(app): State<App>, who: Agent, Valid(draft): Valid<MacroDraft>) -> Answer<(StatusCode, Json<MacroView>)> {
    let MacroDraft { name, folder, texts, tags, shared } = draft;
    let new = NewMacro { name, folder, texts, tags, shared };
    let view = app
        .write(async move |tx: &mut Tx<'_>| {
            let one = macros::create(tx, &who, new.clone()).await?;
            view(tx, &who, one).await
        })
        .await?;
    Ok((StatusCode::CREATED, Json(view)))
}

/// What to change; what is left out stays.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MacroEdit {
    name: Option<String>,
    folder: Option<String>,
    /// All texts: a language left out is taken away.
    texts: Option<Texts>,
    tags: Option<Vec<TagId>>,
    shared: Option<bool>,
}

impl Validate for MacroEdit {
    fn check(&mut self, check: &mut Check) {
        if let Some(name) = &mut self.name {
            check.line("name", name, 1, LONGEST_NAME);
        }
        if let Some(folder) = &mut self.folder {
            check.line("folder", folder, 0, LONGEST_NAME);
        }
        if let Some(texts) = &mut self.texts {
            check_texts(check, texts);
        }
        if let Some(tags) = &mut self.tags {
            check_tags(check, tags);
        }
    }
}

/// Change a macro.
#[utoipa::path(patch, path = "/macros/{id}", operation_id = "edit_macro", tag = "macros", params(("id" = MacroId, Path)),
    request_body = MacroEdit,
    responses((status = 200, body = MacroView), Problems))]
async fn edit(State(app): State<App>, who: Agent, Path(id): Path<MacroId>, Valid(edit): Valid<MacroEdit>) -> Answer<Json<MacroView>> {
    let MacroEdit { name, folder, texts, tags, shared } = edit;
    let change = Change { name, folder, texts, tags, shared };
    let view = app
        .write(async move |tx: &mut Tx<'_>| {
            let one = macros::change(tx, &who, id, change.clone()).await?;
            view(tx, &who, one).await
        })
        .await?;
    Ok(Json(view))
}

/// Delete a macro; answers written with it stay as they are.
#[utoipa::path(delete, path = "/macros/{id}", operation_id = "delete_macro", tag = "macros", params(("id" = MacroId, Path)),
    responses((status = 204), Problems))]
async fn delete(State(app): State<App>, who: Agent, Path(id): Path<MacroId>) -> Answer<StatusCode> {
    app.write(async move |tx: &mut Tx<'_>| macros::delete(tx, &who, id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RenderingRequest {
    /// The conversation it is to be said in.
    conversation: ConversationId,
}

nothing_to_check!(RenderingRequest);

/// A macro filled in for one conversation.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct RenderingView {
    text: String,
    /// The same text as HTML: paragraphs and line breaks.
    html: String,
    /// The language it is in, which may not be the customer's.
    language: Language,
    /// What the text asks for and nobody knows, such as `customer.first_name`; it is left out of the text.
    missing: Vec<String>,
}

impl From<Rendering> for RenderingView {
    fn from(r: Rendering) -> Self {
        RenderingView { text: r.text, html: r.html, language: r.language, missing: r.missing }
    }
}

/// Fill a macro in for a conversation, to look at before it is sent. Counts as one use.
#[utoipa::path(post, path = "/macros/{id}/renderings", operation_id = "render_macro", tag = "macros", params(("id" = MacroId, Path)),
    request_body = RenderingRequest,
    responses((status = 200, body = RenderingView), Problems))]
async fn render(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<MacroId>,
    Valid(wanted): Valid<RenderingRequest>,
) -> Answer<Json<RenderingView>> {
    // it shows who the customer is
    who.may(&inbox::READ)?;
    let rendering = rendering::render(&app, who, id, wanted.conversation).await?;
    Ok(Json(rendering.into()))
}

#[cfg(test)]
mod tests {
    use kernel::Error;

    use super::*;

    fn draft() -> MacroDraft {
        let texts = Texts::one(Language::En, "Hi {{ customer.first_name }}");
        MacroDraft { name: "Late parcel".into(), folder: "Delivery".into(), texts, tags: Vec::new(), shared: false }
    }

    fn complaints(mut draft: MacroDraft) -> Vec<String> {
        let mut check = Check::default();
        draft.check(&mut check);
        match check.finish() {
            Err(Error::Invalid(fields)) => fields.into_iter().map(|f| f.field).collect(),
            _ => Vec::new(),
        }
    }

    fn tags(n: u128) -> Vec<TagId> {
        (0..n).map(|n| uuid::Uuid::from_u128(n).into()).collect()
    }

    #[test]
    fn every_field_has_its_limit() {
        let long = |n: usize| "å".repeat(n);
        let texts = |n: usize| Texts::one(Language::Zh, "𠮷".repeat(n));
        type Fill = fn(&mut MacroDraft, String);
        let fields: [(&str, Fill); 2] = [("name", |d, s| d.name = s), ("folder", |d, s| d.folder = s)];
        for (field, fill) in fields {
            for (n, complaint) in [(LONGEST_NAME, vec![]), (LONGEST_NAME + 1, vec![field.to_owned()])] {
                let mut draft = draft();
                fill(&mut draft, long(n));
                assert_eq!(complaints(draft), complaint, "{field} of {n}");
            }
        }
        assert_eq!(complaints(MacroDraft { texts: texts(LONGEST), ..draft() }), [""; 0]);
        assert!(complaints(MacroDraft { texts: texts(LONGEST + 1), ..draft() }).contains(&"texts.zh".to_owned()));
        assert_eq!(complaints(MacroDraft { tags: tags(MOST_TAGS as u128), ..draft() }), [""; 0]);
        assert_eq!(complaints(MacroDraft { tags: tags(MOST_TAGS as u128 + 1), ..draft() }), ["tags"]);
        assert_eq!(complaints(MacroDraft { name: " \u{200b} ".into(), ..draft() }), ["name"]);
    }

    #[test]
    fn a_text_that_cannot_be_filled_in_is_refused_where_it_is_written() {
        for (text, field) in [("", "texts"), ("{{ customer.name", "texts.en"), ("{% if %}", "texts.en"), ("{% include 'x' %}", "texts.en")]
        {
            assert_eq!(complaints(MacroDraft { texts: Texts::one(Language::En, text), ..draft() }), [field], "{text}");
        }
    }
}
