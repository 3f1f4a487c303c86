//! Invitations.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use kernel::{DepartmentId, InvitationId, Page, RoleId, Timestamp};
use platform::{
    Agent, App, Tx,
    http::{Answer, Check, Network, Once, Path, Problems, Valid, Validate},
    nothing_to_check,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    agent_header, refuse_other_sites,
    session::{SessionView, SignedInAnswer, signed_in},
};
use crate::{
    invitation::{self, Invitation, Link, NewInvitation, Opened},
    role::Catalogue,
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(withdraw)).routes(routes!(look_up)).routes(routes!(accept))
}

/// An invitation that waits for an answer.
#[derive(Debug, Serialize, ToSchema)]
struct InvitationView {
    id: InvitationId,
    email: String,
    name: String,
    role: RoleId,
    departments: Vec<DepartmentId>,
    expires_at: Timestamp,
}

impl From<Invitation> for InvitationView {
    fn from(i: Invitation) -> Self {
        InvitationView { id: i.id, email: i.email, name: i.name, role: i.role, departments: i.departments, expires_at: i.expires_at }
    }
}

/// List the invitations that wait for an answer.
#[utoipa::path(get, path = "/invitations", tag = "members", operation_id = "list_invitations",
    responses((status = 200, body = Page<InvitationView>), Problems))]
async fn list(State(app): State<App>, who: Agent) -> Answer<Json<Page<InvitationView>>> {
    let waiting = app.read(async move |tx: &mut Tx<'_>| invitation::all(tx, who.shop).await).await?;
    Ok(Json(Page::all(waiting).map(InvitationView::from)))
}

/// Whom to invite, as what.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct InvitationBody {
    email: String,
    name: String,
    role: RoleId,
    #[serde(default)]
    departments: Vec<DepartmentId>,
}
impl Validate for InvitationBody {
    fn check(&mut self, check: &mut Check) {
        check.email("email", &mut self.email);
        check.line("name", &mut self.name, 0, 120);
        check.at_most("departments", &self.departments, 200);
    }
}

/// Invite somebody by mail. A new invitation to the same address takes the place of the one before.
#[utoipa::path(post, path = "/invitations", tag = "members", operation_id = "invite", params(Once), request_body = InvitationBody,
    responses((status = 201, body = InvitationView), Problems))]
async fn create(State(app): State<App>, who: Agent, once: Once, Valid(body): Valid<InvitationBody>) -> Answer<Response> {
    let (doer, catalogue, link) = (who.clone(), Catalogue::of(&app), Link::mint(&app));
    let new = NewInvitation { email: body.email.clone(), name: body.name.clone(), role: body.role, departments: body.departments.clone() };
    once.write(&app, &who, &body, async move |tx: &mut Tx<'_>| {
        let invitation = invitation::create(tx, &doer, &catalogue, new.clone(), &link).await?;
        Ok((StatusCode::CREATED, InvitationView::from(invitation)))
    })
    .await
}

/// Withdraw an invitation.
#[utoipa::path(delete, path = "/invitations/{id}", tag = "members", operation_id = "withdraw_invitation", params(("id" = InvitationId, Path)),
    responses((status = 204), Problems))]
async fn withdraw(State(app): State<App>, who: Agent, Path(id): Path<InvitationId>) -> Answer<StatusCode> {
    app.write(async move |tx: &mut Tx<'_>| invitation::withdraw(tx, &who, id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The secret of the link.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LookupBody {
    token: String,
}
nothing_to_check!(LookupBody);

/// What an invitation says.
#[derive(Debug, Serialize, ToSchema)]
struct OpenedView {
    shop: InvitingShop,
    email: String,
    /// What whoever invited them calls them; may be empty.
    name: String,
    /// Whether they have a password already, from another shop: it is asked for then, not chosen.
    has_account: bool,
}

/// The shop that invites.
#[derive(Debug, Serialize, ToSchema)]
struct InvitingShop {
    name: String,
}

impl From<Opened> for OpenedView {
    fn from(o: Opened) -> Self {
        OpenedView { shop: InvitingShop { name: o.shop.name }, email: o.email, name: o.name, has_account: o.has_account }
    }
}

/// Look at an invitation before accepting it.
#[utoipa::path(post, path = "/invitations/lookups", tag = "members", operation_id = "look_up_invitation", request_body = LookupBody,
    responses((status = 200, body = OpenedView), Problems))]
async fn look_up(State(app): State<App>, network: Network, headers: HeaderMap, Valid(body): Valid<LookupBody>) -> Answer<Json<OpenedView>> {
    refuse_other_sites(&app, &headers)?;
    Ok(Json(invitation::look_up(&app, &body.token, network).await?.into()))
}

/// The secret of the link, one's name and a password: a new one, or the one of the account one has already.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AcceptanceBody {
    token: String,
    name: String,
    #[schema(format = Password)]
    password: String,
}
impl Validate for AcceptanceBody {
    fn check(&mut self, check: &mut Check) {
        check.line("name", &mut self.name, 1, 120);
    }
}

/// Accept an invitation, and sign in.
#[utoipa::path(post, path = "/invitations/acceptances", tag = "members", operation_id = "accept_invitation", request_body = AcceptanceBody,
    responses((status = 201, body = SessionView, headers(("Set-Cookie" = String))), Problems))]
async fn accept(
    State(app): State<App>,
    network: Network,
    headers: HeaderMap,
    Valid(body): Valid<AcceptanceBody>,
) -> Answer<SignedInAnswer> {
    refuse_other_sites(&app, &headers)?;
    let (_, token) = invitation::accept(&app, &body.token, body.name, &body.password.into(), network, agent_header(&headers)).await?;
    signed_in(&app, &token).await
}
