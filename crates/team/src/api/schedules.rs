//! Opening hours.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Page, ScheduleId, Timestamp};
use platform::{
    Agent, App, Tx,
    http::{Answer, Check, Path, Problems, Valid, Validate},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    opening_hours::{Holiday, Hours, WeekSpan},
    schedule::{self, NewSchedule, Schedule},
    shop::check_time_zone,
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(replace, delete)).routes(routes!(preview))
}

/// Opening hours with a name.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScheduleView {
    pub id: ScheduleId,
    pub name: String,
    /// An IANA name, such as `Europe/Oslo`.
    pub time_zone: String,
    pub week: Vec<WeekSpan>,
    pub holidays: Vec<Holiday>,
    /// Whether these are the hours of the shop, and of departments without their own.
    pub is_default: bool,
}

impl From<Schedule> for ScheduleView {
    fn from(s: Schedule) -> Self {
        ScheduleView {
            id: s.id,
            name: s.name,
            time_zone: s.time_zone,
            week: s.hours.week,
            holidays: s.hours.holidays,
            is_default: s.is_default,
        }
    }
}

/// Opening hours to keep.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ScheduleBody {
    name: String,
    time_zone: String,
    week: Vec<WeekSpan>,
    #[serde(default)]
    holidays: Vec<Holiday>,
    #[serde(default)]
    is_default: bool,
}
impl Validate for ScheduleBody {
    fn check(&mut self, check: &mut Check) {
        check.line("name", &mut self.name, 1, 120);
        check_time_zone(check, "time_zone", &mut self.time_zone);
        let mut hours = Hours { week: std::mem::take(&mut self.week), holidays: std::mem::take(&mut self.holidays) };
        hours.check(check);
        (self.week, self.holidays) = (hours.week, hours.holidays);
    }
}
impl From<ScheduleBody> for NewSchedule {
    fn from(body: ScheduleBody) -> Self {
        let hours = Hours { week: body.week, holidays: body.holidays };
        NewSchedule { name: body.name, time_zone: body.time_zone, hours, is_default: body.is_default }
    }
}

/// List the opening hours, the shop's own first.
#[utoipa::path(get, path = "/schedules", tag = "schedules", operation_id = "list_schedules",
    responses((status = 200, body = Page<ScheduleView>), Problems))]
async fn list(State(app): State<App>, who: Agent) -> Answer<Json<Page<ScheduleView>>> {
    let schedules = app.read(async move |tx: &mut Tx<'_>| schedule::all(tx, who.shop).await).await?;
    Ok(Json(Page::all(schedules).map(ScheduleView::from)))
}

/// Make opening hours.
#[utoipa::path(post, path = "/schedules", tag = "schedules", operation_id = "create_schedule", request_body = ScheduleBody,
    responses((status = 201, body = ScheduleView), Problems))]
async fn create(State(app): State<App>, who: Agent, Valid(body): Valid<ScheduleBody>) -> Answer<(StatusCode, Json<ScheduleView>)> {
    let new = NewSchedule::from(body);
    let schedule = app.write(async move |tx: &mut Tx<'_>| schedule::create(tx, &who, new.clone()).await).await?;
    Ok((StatusCode::CREATED, Json(schedule.into())))
}

/// Replace opening hours. Making others the default takes it from the ones before.
#[utoipa::path(put, path = "/schedules/{id}", tag = "schedules", operation_id = "replace_schedule", params(("id" = ScheduleId, Path)),
    request_body = ScheduleBody, responses((status = 200, body = ScheduleView), Problems))]
async fn replace(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<ScheduleId>,
    Valid(body): Valid<ScheduleBody>,
) -> Answer<Json<ScheduleView>> {
    let new = NewSchedule::from(body);
    let schedule = app.write(async move |tx: &mut Tx<'_>| schedule::replace(tx, &who, id, new.clone()).await).await?;
    Ok(Json(schedule.into()))
}

/// Delete opening hours that nothing keeps.
#[utoipa::path(delete, path = "/schedules/{id}", tag = "schedules", operation_id = "delete_schedule", params(("id" = ScheduleId, Path)),
    responses((status = 204), Problems))]
async fn delete(State(app): State<App>, who: Agent, Path(id): Path<ScheduleId>) -> Answer<StatusCode> {
    app.write(async move |tx: &mut Tx<'_>| schedule::delete(tx, &who, id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whether these hours are open now.
#[derive(Debug, Serialize, ToSchema)]
struct PreviewView {
    open_now: bool,
    /// Null when that never changes.
    #[schema(required)]
    next_change_at: Option<Timestamp>,
}

/// Show whether opening hours are open now, and when that changes.
#[utoipa::path(get, path = "/schedules/{id}/preview", tag = "schedules", operation_id = "preview_schedule",
    params(("id" = ScheduleId, Path)),
    responses((status = 200, body = PreviewView), Problems))]
async fn preview(State(app): State<App>, who: Agent, Path(id): Path<ScheduleId>) -> Answer<Json<PreviewView>> {
    let schedule = app.read(async move |tx: &mut Tx<'_>| schedule::get(tx, who.shop, id).await).await?;
    let state = schedule.state(app.now());
    Ok(Json(PreviewView { open_now: state.open, next_change_at: state.changes_at }))
}
