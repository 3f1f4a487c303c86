//! Members.

use axum::{Json, extract::State};
use kernel::{DepartmentId, MemberId, Page, RoleId, Timestamp};
use platform::{
    Agent, App, Tx,
    http::{Answer, Check, Path, Problems, Rank, Valid, Validate},
    nothing_to_check,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::close_sockets;
use crate::{
    member::{self, Availability, Change, Member},
    role::Catalogue,
    session::SignedOutMember,
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(show, change)).routes(routes!(set_availability))
}

/// A role by name.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoleRef {
    pub id: RoleId,
    /// Which of the built-in roles it is; null for the shop's own.
    #[schema(required)]
    pub key: Option<Rank>,
    pub name: String,
}

impl From<&Member> for RoleRef {
    fn from(member: &Member) -> Self {
        RoleRef { id: member.role, key: member.rank, name: member.role_name.clone() }
    }
}

/// Somebody who works in the shop.
#[derive(Debug, Serialize, ToSchema)]
pub struct MemberView {
    pub id: MemberId,
    pub name: String,
    pub email: String,
    pub role: RoleRef,
    pub departments: Vec<DepartmentId>,
    /// Offline as well when nothing was heard of them for ten minutes.
    pub availability: Availability,
    /// Whether they may sign in.
    pub active: bool,
    #[schema(required)]
    pub last_seen_at: Option<Timestamp>,
}

impl MemberView {
    pub fn new(member: Member, now: Timestamp) -> Self {
        MemberView {
            id: member.id,
            role: RoleRef::from(&member),
            availability: member.availability_at(now),
            name: member.name,
            email: member.email,
            departments: member.departments,
            active: member.active,
            last_seen_at: member.last_seen_at,
        }
    }
}

/// List the members of the shop, the active ones first.
#[utoipa::path(get, path = "/members", tag = "members", operation_id = "list_members",
    responses((status = 200, body = Page<MemberView>), Problems))]
async fn list(State(app): State<App>, who: Agent) -> Answer<Json<Page<MemberView>>> {
    let members = app.read(async move |tx: &mut Tx<'_>| member::all(tx, who.shop).await).await?;
    let now = app.now();
    Ok(Json(Page::all(members).map(|member| MemberView::new(member, now))))
}

/// Show a member.
#[utoipa::path(get, path = "/members/{id}", tag = "members", operation_id = "show_member", params(("id" = MemberId, Path)),
    responses((status = 200, body = MemberView), Problems))]
async fn show(State(app): State<App>, who: Agent, Path(id): Path<MemberId>) -> Answer<Json<MemberView>> {
    let member = app.read(async move |tx: &mut Tx<'_>| member::get(tx, who.shop, id).await).await?;
    Ok(Json(MemberView::new(member, app.now())))
}

/// What to change about a member.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MemberBody {
    role: Option<RoleId>,
    departments: Option<Vec<DepartmentId>>,
    active: Option<bool>,
}
impl Validate for MemberBody {
    fn check(&mut self, check: &mut Check) {
        check.at_most("departments", self.departments.as_deref().unwrap_or_default(), 200);
    }
}

/// Change a member's role or departments, or whether they may sign in. A new role or a deactivation signs them out.
#[utoipa::path(patch, path = "/members/{id}", tag = "members", operation_id = "change_member", params(("id" = MemberId, Path)),
    request_body = MemberBody, responses((status = 200, body = MemberView), Problems))]
async fn change(State(app): State<App>, who: Agent, Path(id): Path<MemberId>, Valid(body): Valid<MemberBody>) -> Answer<Json<MemberView>> {
    let (shop, catalogue) = (who.shop, Catalogue::of(&app));
    let change = Change { role: body.role, departments: body.departments, active: body.active };
    let (member, signed_out) =
        app.write(async move |tx: &mut Tx<'_>| member::change(tx, &who, &catalogue, id, change.clone()).await).await?;
    if signed_out {
        close_sockets(&app, &[SignedOutMember { shop, member: id, kept: None }]);
    }
    Ok(Json(MemberView::new(member, app.now())))
}

/// Whether one is there.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AvailabilityBody {
    availability: Availability,
}
nothing_to_check!(AvailabilityBody);

/// Say whether one takes conversations. Only for oneself.
#[utoipa::path(put, path = "/members/{id}/availability", tag = "members", operation_id = "set_availability",
    params(("id" = MemberId, Path)),
    request_body = AvailabilityBody, responses((status = 200, body = MemberView), Problems))]
async fn set_availability(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<MemberId>,
    Valid(body): Valid<AvailabilityBody>,
) -> Answer<Json<MemberView>> {
    let member = app.write(async move |tx: &mut Tx<'_>| member::set_availability(tx, &who, id, body.availability).await).await?;
    Ok(Json(MemberView::new(member, app.now())))
}
