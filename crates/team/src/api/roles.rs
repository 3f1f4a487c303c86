//! Roles and permissions.

use std::collections::BTreeSet;

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Page, RoleId};
use platform::{
    Agent, App, Tx,
    http::{Answer, Check, Path, Problems, Rank, Valid, Validate},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::close_sockets;
use crate::{
    role::{self, Catalogue, Counted},
    session::SignedOutMember,
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(change, delete)).routes(routes!(permissions))
}

/// A named set of permissions.
#[derive(Debug, Serialize, ToSchema)]
struct RoleView {
    id: RoleId,
    /// Which of the built-in roles it is; null for the shop's own.
    #[schema(required)]
    key: Option<Rank>,
    name: String,
    permissions: BTreeSet<String>,
    /// How many members have it.
    members: i64,
}

impl RoleView {
    fn new((role, members): Counted, catalogue: &Catalogue) -> Self {
        RoleView { id: role.id, key: role.rank(), permissions: role.permissions(catalogue), name: role.name, members }
    }
}

/// List the roles, the built-in ones first.
#[utoipa::path(get, path = "/roles", tag = "members", operation_id = "list_roles",
    responses((status = 200, body = Page<RoleView>), Problems))]
async fn list(State(app): State<App>, who: Agent) -> Answer<Json<Page<RoleView>>> {
    let roles = app.read(async move |tx: &mut Tx<'_>| role::all(tx, who.shop).await).await?;
    let catalogue = Catalogue::of(&app);
    Ok(Json(Page::all(roles).map(|role| RoleView::new(role, &catalogue))))
}

/// A role of the shop's own.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RoleBody {
    name: String,
    permissions: BTreeSet<String>,
}
impl Validate for RoleBody {
    fn check(&mut self, check: &mut Check) {
        check.line("name", &mut self.name, 1, 120);
    }
}

/// Make a role. It can hold what one holds oneself.
#[utoipa::path(post, path = "/roles", tag = "members", operation_id = "create_role", request_body = RoleBody,
    responses((status = 201, body = RoleView), Problems))]
async fn create(State(app): State<App>, who: Agent, Valid(body): Valid<RoleBody>) -> Answer<(StatusCode, Json<RoleView>)> {
    let catalogue = Catalogue::of(&app);
    let known = catalogue.clone();
    let role =
        app.write(async move |tx: &mut Tx<'_>| role::create(tx, &who, &known, body.name.clone(), body.permissions.clone()).await).await?;
    Ok((StatusCode::CREATED, Json(RoleView::new(role, &catalogue))))
}

/// What to change about a role.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RoleChangeBody {
    name: Option<String>,
    permissions: Option<BTreeSet<String>>,
}
impl Validate for RoleChangeBody {
    fn check(&mut self, check: &mut Check) {
        if let Some(name) = &mut self.name {
            check.line("name", name, 1, 120);
        }
    }
}

/// Change a role of the shop's own. Whoever loses a permission by it is signed out.
#[utoipa::path(patch, path = "/roles/{id}", tag = "members", operation_id = "change_role", params(("id" = RoleId, Path)),
    request_body = RoleChangeBody, responses((status = 200, body = RoleView), Problems))]
async fn change(State(app): State<App>, who: Agent, Path(id): Path<RoleId>, Valid(body): Valid<RoleChangeBody>) -> Answer<Json<RoleView>> {
    let (shop, kept, catalogue) = (who.shop, who.session, Catalogue::of(&app));
    let known = catalogue.clone();
    let (role, signed_out) = app
        .write(async move |tx: &mut Tx<'_>| role::change(tx, &who, &known, id, body.name.clone(), body.permissions.clone()).await)
        .await?;
    let signed_out: Vec<_> = signed_out.into_iter().map(|member| SignedOutMember { shop, member, kept }).collect();
    close_sockets(&app, &signed_out);
    Ok(Json(RoleView::new(role, &catalogue)))
}

/// Delete a role of the shop's own that nobody has.
#[utoipa::path(delete, path = "/roles/{id}", tag = "members", operation_id = "delete_role", params(("id" = RoleId, Path)),
    responses((status = 204), Problems))]
async fn delete(State(app): State<App>, who: Agent, Path(id): Path<RoleId>) -> Answer<StatusCode> {
    app.write(async move |tx: &mut Tx<'_>| role::delete(tx, &who, id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Something one may or may not do.
#[derive(Debug, Serialize, ToSchema)]
struct PermissionView {
    key: &'static str,
    /// What it allows.
    about: &'static str,
}

/// List every permission there is.
#[utoipa::path(get, path = "/permissions", tag = "members", operation_id = "list_permissions",
    responses((status = 200, body = Page<PermissionView>), Problems))]
async fn permissions(State(app): State<App>, _: Agent) -> Answer<Json<Page<PermissionView>>> {
    let mut all: Vec<_> = app.permissions().iter().map(|p| PermissionView { key: p.key, about: p.about }).collect();
    all.sort_by_key(|permission| permission.key);
    Ok(Json(Page::all(all)))
}
