//! Signing in and out, and one's sessions.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderName, StatusCode, header::SET_COOKIE},
};
use kernel::{DepartmentId, Language, MemberId, Page, PersonId, Result, SessionId, ShopId, Timestamp};
use platform::{
    Agent, App, Tx,
    http::{Answer, Check, Network, Path, Problems, Valid, Validate},
    nothing_to_check,
    token::Token,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{agent_header, close_sockets, members::RoleRef, person::PersonView, refuse_other_sites};
use crate::{member::Availability, session, shop::Shop, sign_in, store};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(sign_in_with_password, show, sign_out))
        .routes(routes!(switch))
        .routes(routes!(list, end_others))
        .routes(routes!(end))
}

/// Who is signed in, where, and what they may do.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionView {
    pub person: PersonView,
    pub member: SessionMember,
    pub shop: SessionShop,
    /// All shops one is a member of.
    pub shops: Vec<ShopRef>,
    pub permissions: Vec<String>,
}

/// Oneself, as a member of the shop.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionMember {
    pub id: MemberId,
    pub name: String,
    pub role: RoleRef,
    pub departments: Vec<DepartmentId>,
    pub availability: Availability,
}

/// The shop one looks at.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionShop {
    pub id: ShopId,
    pub name: String,
    pub language: Language,
    pub time_zone: String,
}

/// A shop by name.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShopRef {
    pub id: ShopId,
    pub name: String,
}

impl From<Shop> for ShopRef {
    fn from(shop: Shop) -> Self {
        ShopRef { id: shop.id, name: shop.name }
    }
}

/// The shops a caller sees: all of a person's, but a program's own only.
pub(super) async fn shops_of(tx: &mut Tx<'_>, who: &Agent) -> Result<Vec<ShopRef>> {
    let mut shops = store::shops::of_person(tx, who.person).await?;
    shops.retain(|shop| who.token.is_none() || shop.id == who.shop);
    Ok(shops.into_iter().map(ShopRef::from).collect())
}

async fn view(app: &App, who: Agent) -> Result<SessionView> {
    app.read(async move |tx: &mut Tx<'_>| {
        let person = store::people::get(tx, who.person).await?;
        let member = store::members::get(tx, who.shop, who.id).await?;
        let shop = store::shops::get(tx, who.shop).await?;
        let now = tx.now();
        Ok(SessionView {
            person: person.into(),
            shops: shops_of(tx, &who).await?,
            shop: SessionShop { id: shop.id, name: shop.name, language: shop.language, time_zone: shop.time_zone },
            permissions: who.permissions.iter().cloned().collect(),
            member: SessionMember {
                id: member.id,
                role: RoleRef::from(&member),
                availability: member.availability_at(now),
                name: member.name,
                departments: member.departments,
            },
        })
    })
    .await
}

/// What a new session is answered with: its cookie and its view.
pub(super) type SignedInAnswer = (StatusCode, [(HeaderName, String); 1], Json<SessionView>);

pub(super) async fn signed_in(app: &App, token: &Token) -> Answer<SignedInAnswer> {
    let who = sign_in::by_session(app, token.expose()).await?;
    Ok((StatusCode::CREATED, [(SET_COOKIE, sign_in::cookie(app, Some(token)))], Json(view(app, who).await?)))
}

/// An address and its password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SignInBody {
    email: String,
    #[schema(format = Password)]
    password: String,
}
impl Validate for SignInBody {
    fn check(&mut self, check: &mut Check) {
        check.line("email", &mut self.email, 1, 254);
    }
}

/// Sign in by address and password.
#[utoipa::path(post, path = "/session", tag = "session", operation_id = "sign_in", request_body = SignInBody,
    responses((status = 201, body = SessionView, headers(("Set-Cookie" = String))), Problems))]
async fn sign_in_with_password(
    State(app): State<App>,
    network: Network,
    headers: HeaderMap,
    Valid(body): Valid<SignInBody>,
) -> Answer<SignedInAnswer> {
    refuse_other_sites(&app, &headers)?;
    let (_, token) = sign_in::by_password(&app, &body.email, &body.password.into(), network, agent_header(&headers)).await?;
    signed_in(&app, &token).await
}

/// Show who is signed in.
#[utoipa::path(get, path = "/session", tag = "session", operation_id = "show_session", responses((status = 200, body = SessionView), Problems))]
async fn show(State(app): State<App>, who: Agent) -> Answer<Json<SessionView>> {
    Ok(Json(view(&app, who).await?))
}

/// Sign out.
#[utoipa::path(delete, path = "/session", tag = "session", operation_id = "sign_out", responses((status = 204), Problems))]
async fn sign_out(State(app): State<App>, who: Agent) -> Answer<(StatusCode, [(HeaderName, String); 1])> {
    let session = session::of(&who)?;
    let person = who.person;
    // no signal: other windows of this member stay, this one's socket goes with its page
    app.write(async move |tx: &mut Tx<'_>| session::end(tx, person, session).await).await?;
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, sign_in::cookie(&app, None))]))
}

/// The shop to go to.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SwitchBody {
    shop: ShopId,
}
nothing_to_check!(SwitchBody);

/// Go to another of one's shops.
#[utoipa::path(put, path = "/session/shop", tag = "session", operation_id = "switch_shop", request_body = SwitchBody,
    responses((status = 200, body = SessionView), Problems))]
async fn switch(State(app): State<App>, who: Agent, headers: HeaderMap, Valid(body): Valid<SwitchBody>) -> Answer<Json<SessionView>> {
    let (session, person) = (session::of(&who)?, who.person);
    app.write(async move |tx: &mut Tx<'_>| session::switch(tx, session, person, body.shop).await).await?;
    let who = sign_in::by_headers(&app, &headers).await?;
    Ok(Json(view(&app, who).await?))
}

/// A signed-in browser of one's own.
#[derive(Debug, Serialize, ToSchema)]
struct SessionRow {
    id: SessionId,
    created_at: Timestamp,
    last_seen_at: Timestamp,
    /// What the browser calls itself.
    agent_header: String,
    /// Whether it is this one.
    current: bool,
}

/// List the browsers one is signed in with.
#[utoipa::path(get, path = "/sessions", tag = "session", operation_id = "list_sessions", responses((status = 200, body = Page<SessionRow>), Problems))]
async fn list(State(app): State<App>, who: Agent) -> Answer<Json<Page<SessionRow>>> {
    let (current, person): (SessionId, PersonId) = (session::of(&who)?, who.person);
    let sessions = app.read(async move |tx: &mut Tx<'_>| session::of_person(tx, person).await).await?;
    let row = |s: session::Session| SessionRow {
        id: s.id,
        created_at: s.created_at,
        last_seen_at: s.last_seen_at,
        agent_header: s.agent_header,
        current: s.id == current,
    };
    Ok(Json(Page::all(sessions.into_iter().map(row).collect())))
}

/// End one of one's sessions.
#[utoipa::path(delete, path = "/sessions/{id}", tag = "session", operation_id = "end_session", params(("id" = SessionId, Path)),
    responses((status = 204), Problems))]
async fn end(State(app): State<App>, who: Agent, Path(id): Path<SessionId>) -> Answer<StatusCode> {
    let (current, person) = (session::of(&who)?, who.person);
    let mut ended = app.write(async move |tx: &mut Tx<'_>| session::end(tx, person, id).await).await?;
    // which socket belongs to which session is not known here: all but this one's ask again who they are
    ended.kept = (id != current).then_some(current);
    close_sockets(&app, &[ended]);
    Ok(StatusCode::NO_CONTENT)
}

/// End all of one's sessions but this one.
#[utoipa::path(delete, path = "/sessions", tag = "session", operation_id = "end_other_sessions", responses((status = 204), Problems))]
async fn end_others(State(app): State<App>, who: Agent) -> Answer<StatusCode> {
    let (current, person) = (session::of(&who)?, who.person);
    let ended = app.write(async move |tx: &mut Tx<'_>| session::end_of_person(tx, person, Some(current)).await).await?;
    close_sockets(&app, &ended);
    Ok(StatusCode::NO_CONTENT)
}
