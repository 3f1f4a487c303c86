//! Departments.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{DepartmentId, MemberId, Page, ScheduleId, Texts, say};
use platform::{
    Agent, App, Tx,
    http::{Answer, Check, Path, Problems, Valid, Validate},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::department::{self, Change, Department};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(change, delete))
}

/// A department.
#[derive(Debug, Serialize, ToSchema)]
pub struct DepartmentView {
    pub id: DepartmentId,
    /// What the team calls it.
    pub name: String,
    /// What shoppers read, by language.
    pub names: Texts,
    /// What it can help with, by language.
    pub about: Texts,
    /// Whether a shopper may choose it.
    pub shown_in_chat: bool,
    pub members: Vec<MemberId>,
    /// Its own opening hours; null for the shop's.
    #[schema(required)]
    pub schedule: Option<ScheduleId>,
    pub position: i64,
}

impl From<Department> for DepartmentView {
    fn from(d: Department) -> Self {
        DepartmentView {
            id: d.id,
            name: d.name,
            names: d.names,
            about: d.about,
            shown_in_chat: d.shown_in_chat,
            members: d.members,
            schedule: d.schedule,
            position: d.position,
        }
    }
}

/// List the departments, in their order.
#[utoipa::path(get, path = "/departments", tag = "departments", operation_id = "list_departments",
    responses((status = 200, body = Page<DepartmentView>), Problems))]
async fn list(State(app): State<App>, who: Agent) -> Answer<Json<Page<DepartmentView>>> {
    let departments = app.read(async move |tx: &mut Tx<'_>| department::all(tx, who.shop).await).await?;
    Ok(Json(Page::all(departments).map(DepartmentView::from)))
}

/// A department to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewDepartmentBody {
    name: String,
    #[serde(default)]
    names: Texts,
    #[serde(default)]
    about: Texts,
    shown_in_chat: Option<bool>,
    #[serde(default)]
    members: Vec<MemberId>,
    schedule: Option<ScheduleId>,
    position: Option<i64>,
}
impl Validate for NewDepartmentBody {
    fn check(&mut self, check: &mut Check) {
        check.line("name", &mut self.name, 1, 120);
        check.texts("names", &mut self.names, 120);
        check.texts("about", &mut self.about, 500);
        check.at_most("members", &self.members, 1_000);
        check_position(check, self.position);
    }
}

fn check_position(check: &mut Check, position: Option<i64>) {
    check.that(position.is_none_or(|place| (0..=10_000).contains(&place)), "position", say!("position-out-of-range", most = 10_000));
}

/// Make a department.
#[utoipa::path(post, path = "/departments", tag = "departments", operation_id = "create_department", request_body = NewDepartmentBody,
    responses((status = 201, body = DepartmentView), Problems))]
async fn create(State(app): State<App>, who: Agent, Valid(body): Valid<NewDepartmentBody>) -> Answer<(StatusCode, Json<DepartmentView>)> {
    let change = Change {
        name: Some(body.name),
        names: Some(body.names),
        about: Some(body.about),
        shown_in_chat: body.shown_in_chat,
        members: Some(body.members),
        schedule: Some(body.schedule),
        position: body.position,
    };
    let department = app.write(async move |tx: &mut Tx<'_>| department::create(tx, &who, change.clone()).await).await?;
    Ok((StatusCode::CREATED, Json(department.into())))
}

/// What to change about a department.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DepartmentBody {
    name: Option<String>,
    names: Option<Texts>,
    about: Option<Texts>,
    shown_in_chat: Option<bool>,
    members: Option<Vec<MemberId>>,
    /// Null for the shop's hours.
    #[serde(default, deserialize_with = "platform::http::nullable")]
    #[schema(value_type = Option<ScheduleId>)]
    schedule: Option<Option<ScheduleId>>,
    position: Option<i64>,
}
impl Validate for DepartmentBody {
    fn check(&mut self, check: &mut Check) {
        if let Some(name) = &mut self.name {
            check.line("name", name, 1, 120);
        }
        if let Some(names) = &mut self.names {
            check.texts("names", names, 120);
        }
        if let Some(about) = &mut self.about {
            check.texts("about", about, 500);
        }
        check.at_most("members", self.members.as_deref().unwrap_or_default(), 1_000);
        check_position(check, self.position);
    }
}

/// Change a department.
#[utoipa::path(patch, path = "/departments/{id}", tag = "departments", operation_id = "change_department",
    params(("id" = DepartmentId, Path)),
    request_body = DepartmentBody, responses((status = 200, body = DepartmentView), Problems))]
async fn change(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<DepartmentId>,
    Valid(body): Valid<DepartmentBody>,
) -> Answer<Json<DepartmentView>> {
    let change = Change {
        name: body.name,
        names: body.names,
        about: body.about,
        shown_in_chat: body.shown_in_chat,
        members: body.members,
        schedule: body.schedule,
        position: body.position,
    };
    let department = app.write(async move |tx: &mut Tx<'_>| department::change(tx, &who, id, change.clone()).await).await?;
    Ok(Json(department.into()))
}

/// Delete a department.
#[utoipa::path(delete, path = "/departments/{id}", tag = "departments", operation_id = "delete_department",
    params(("id" = DepartmentId, Path)),
    responses((status = 204), Problems))]
async fn delete(State(app): State<App>, who: Agent, Path(id): Path<DepartmentId>) -> Answer<StatusCode> {
    app.write(async move |tx: &mut Tx<'_>| department::delete(tx, &who, id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}
