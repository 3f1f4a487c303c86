//! Telephone lines over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{DepartmentId, Page, PhoneLineId, say};
use platform::{
    Agent, App, Tx,
    http::{Answer, Check, Path, Policy, Problems, Valid, Validate},
    policy,
};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    SETTINGS,
    line::{self, Settings},
    store::lines as store,
    view::{PhoneLineView, PhoneLineWithSecret},
    voice,
};

/// A week, in minutes.
pub const LONGEST_PROMISE: i64 = 7 * 24 * 60;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(index, create)).routes(routes!(show, change, remove)).routes(routes!(replace_secret))
}

pub fn policy() -> Policy {
    policy! {
        GET "/phone-lines" => SETTINGS;
        POST "/phone-lines" => SETTINGS;
        GET "/phone-lines/{id}" => SETTINGS;
        PUT "/phone-lines/{id}" => SETTINGS;
        DELETE "/phone-lines/{id}" => SETTINGS;
        POST "/phone-lines/{id}/secrets" => SETTINGS;
    }
}

/// What is said of a telephone line.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PhoneLineForm {
    /// What to call it.
    name: String,
    /// Its number, as people write it.
    number: String,
    /// Who hears it ring, and looks after what comes in; null for everybody.
    department: Option<DepartmentId>,
    /// Whoever was missed is promised a call within so many minutes in which the shop is open; null promises nothing.
    call_back_within: Option<i64>,
}

impl Validate for PhoneLineForm {
    fn check(&mut self, check: &mut Check) {
        check.line("name", &mut self.name, 1, 80);
        check.line("number", &mut self.number, 1, 40);
        let fine = self.call_back_within.is_none_or(|minutes| (1..=LONGEST_PROMISE).contains(&minutes));
        check.that(fine, "call_back_within", say!("call-back-within-out-of-range"));
    }
}

impl From<PhoneLineForm> for Settings {
    fn from(form: PhoneLineForm) -> Settings {
        let PhoneLineForm { name, number, department, call_back_within } = form;
        Settings { name, number, department, call_back_within }
    }
}

/// List the telephone lines, the oldest first.
#[utoipa::path(get, path = "/phone-lines", operation_id = "list_phone_lines", tag = "telephone",
    responses((status = 200, body = Page<PhoneLineView>), Problems))]
async fn index(State(app): State<App>, who: Agent) -> Answer<Json<Page<PhoneLineView>>> {
    let all = app.read(async move |tx: &mut Tx<'_>| store::all(tx, who.shop).await).await?;
    Ok(Json(Page::all(all.into_iter().map(|line| PhoneLineView::new(&app, line)).collect())))
}

/// Set up a telephone line. Its secret is shown this once.
#[utoipa::path(post, path = "/phone-lines", operation_id = "create_phone_line", tag = "telephone", request_body = PhoneLineForm,
    responses((status = 201, body = PhoneLineWithSecret), Problems))]
async fn create(State(app): State<App>, who: Agent, Valid(form): Valid<PhoneLineForm>) -> Answer<(StatusCode, Json<PhoneLineWithSecret>)> {
    let inside = app.clone();
    let added = async move |tx: &mut Tx<'_>| line::add(tx, &inside, &who, form.clone().into()).await;
    let (line, secret) = app.write(added).await?;
    Ok((StatusCode::CREATED, Json(PhoneLineWithSecret { line: PhoneLineView::new(&app, line), secret })))
}

/// Show a telephone line.
#[utoipa::path(get, path = "/phone-lines/{id}", operation_id = "show_phone_line", tag = "telephone", params(("id" = PhoneLineId, Path)),
    responses((status = 200, body = PhoneLineView), Problems))]
async fn show(State(app): State<App>, who: Agent, Path(id): Path<PhoneLineId>) -> Answer<Json<PhoneLineView>> {
    let line = app.read(async move |tx: &mut Tx<'_>| store::line(tx, who.shop, id).await).await?;
    Ok(Json(PhoneLineView::new(&app, line)))
}

/// Change a telephone line: its name, who hears it, what is promised.
#[utoipa::path(put, path = "/phone-lines/{id}", operation_id = "change_phone_line", tag = "telephone", params(("id" = PhoneLineId, Path)),
    request_body = PhoneLineForm, responses((status = 200, body = PhoneLineView), Problems))]
async fn change(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<PhoneLineId>,
    Valid(form): Valid<PhoneLineForm>,
) -> Answer<Json<PhoneLineView>> {
    let line = app.write(async move |tx: &mut Tx<'_>| line::change(tx, &who, id, form.clone().into()).await).await?;
    Ok(Json(PhoneLineView::new(&app, line)))
}

/// Disconnect a telephone line: what it tells is refused, its conversations stay.
#[utoipa::path(delete, path = "/phone-lines/{id}", operation_id = "delete_phone_line", tag = "telephone", params(("id" = PhoneLineId, Path)),
    responses((status = 204), Problems))]
async fn remove(State(app): State<App>, who: Agent, Path(id): Path<PhoneLineId>) -> Answer<StatusCode> {
    let known = app.read(async move |tx: &mut Tx<'_>| store::line(tx, who.shop, id).await).await?;
    voice::let_go(&app, &known).await?;
    app.write(async move |tx: &mut Tx<'_>| line::remove(tx, &who, id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Give a telephone line another secret. What is signed with the old one is refused from now on; the new one is shown this once.
#[utoipa::path(post, path = "/phone-lines/{id}/secrets", operation_id = "replace_phone_line_secret", tag = "telephone",
    params(("id" = PhoneLineId, Path)), responses((status = 201, body = PhoneLineWithSecret), Problems))]
async fn replace_secret(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<PhoneLineId>,
) -> Answer<(StatusCode, Json<PhoneLineWithSecret>)> {
    let inside = app.clone();
    let replaced = async move |tx: &mut Tx<'_>| line::replace_secret(tx, &inside, &who, id).await;
    let (line, secret) = app.write(replaced).await?;
    Ok((StatusCode::CREATED, Json(PhoneLineWithSecret { line: PhoneLineView::new(&app, line), secret })))
}
