//! The audit log, and work that needs a person.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Cursor, CustomerId, EventId, JobId, MemberId, Page, Result, Timestamp, TokenId, invalid, say};
use platform::{
    Agent, App, Tx,
    event::{self, ActorKind, Sought},
    http::{Answer, Path, Problems, Query},
    job::{self, Parked},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    audit::{self, Entry},
    events::{JobDiscarded, JobRetried},
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(verify))
        .routes(routes!(attention))
        .routes(routes!(retry))
        .routes(routes!(discard))
}

/// Something that was done.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditEntry {
    pub id: EventId,
    pub at: Timestamp,
    pub event: String,
    pub actor: AuditActor,
    /// Ids and plain facts.
    #[schema(value_type = HashMap<String, serde_json::Value>)]
    pub data: serde_json::Value,
}

/// Who did it.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditActor {
    pub kind: ActorKind,
    #[schema(required)]
    pub id: Option<String>,
    /// Their name today.
    #[schema(required)]
    pub name: Option<String>,
}

impl From<Entry> for AuditEntry {
    fn from(entry: Entry) -> Self {
        let id = entry.actor.and_then(|id| match entry.by {
            ActorKind::Member => Some(MemberId::from(id).to_string()),
            ActorKind::Token => Some(TokenId::from(id).to_string()),
            ActorKind::Customer => Some(CustomerId::from(id).to_string()),
            ActorKind::System => None,
        });
        let actor = AuditActor { kind: entry.by, id, name: entry.name };
        AuditEntry { id: entry.id, at: entry.at, event: entry.event, actor, data: entry.data }
    }
}

/// What to look for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct AuditQuery {
    /// Only what this member or token did.
    actor: Option<String>,
    /// Only events of this name, such as `member_invited`.
    event: Option<String>,
    cursor: Option<String>,
    /// Rows a page, 1 to 100.
    limit: Option<usize>,
}

fn actor(text: &str) -> Result<Uuid> {
    let member = text.parse::<MemberId>().map(Uuid::from);
    let id = member.or_else(|_| text.parse::<TokenId>().map(Uuid::from)).or_else(|_| text.parse::<CustomerId>().map(Uuid::from));
    id.map_err(|_| invalid("actor", say!("actor-unknown")))
}

/// Read the audit log, newest first.
#[utoipa::path(get, path = "/audit", tag = "audit", operation_id = "list_audit", params(AuditQuery),
    responses((status = 200, body = Page<AuditEntry>), Problems))]
async fn list(State(app): State<App>, who: Agent, Query(query): Query<AuditQuery>) -> Answer<Json<Page<AuditEntry>>> {
    let sought = Sought { actor: query.actor.as_deref().map(actor).transpose()?, kind: query.event };
    let before = query.cursor.as_deref().map_or(Ok(Cursor::FIRST_DESCENDING), str::parse)?;
    let limit = query.limit.unwrap_or(25).clamp(1, 100);
    let page = app.read(async move |tx: &mut Tx<'_>| audit::list(tx, who.shop, &sought, before, limit).await).await?;
    Ok(Json(page.map(AuditEntry::from)))
}

/// Whether the audit log is whole.
#[derive(Debug, Serialize, ToSchema)]
struct Verification {
    ok: bool,
    /// How many entries were checked.
    checked: i64,
    /// The first entry that does not fit the ones before it.
    #[schema(required)]
    broken_at: Option<EventId>,
}

/// Verify that no entry of the audit log was altered or removed.
#[utoipa::path(get, path = "/audit/verification", tag = "audit", operation_id = "verify_audit",
    responses((status = 200, body = Verification), Problems))]
async fn verify(State(app): State<App>, who: Agent) -> Answer<Json<Verification>> {
    let walk = app.read(async move |tx: &mut Tx<'_>| event::verify_audit(tx, who.shop).await).await?;
    Ok(Json(Verification { ok: walk.broken_at.is_none(), checked: walk.checked, broken_at: walk.broken_at }))
}

/// List work that failed for good and needs a person.
#[utoipa::path(get, path = "/jobs/attention", tag = "jobs", operation_id = "list_jobs_needing_attention",
    responses((status = 200, body = Page<Parked>), Problems))]
async fn attention(State(app): State<App>, who: Agent) -> Answer<Json<Page<Parked>>> {
    let parked = app.read(async move |tx: &mut Tx<'_>| job::parked(tx, who.shop).await).await?;
    Ok(Json(Page::all(parked)))
}

/// Try failed work again.
#[utoipa::path(put, path = "/jobs/{id}/retry", tag = "jobs", operation_id = "retry_job", params(("id" = JobId, Path)),
    responses((status = 204), Problems))]
async fn retry(State(app): State<App>, who: Agent, Path(id): Path<JobId>) -> Answer<StatusCode> {
    app.write(async move |tx: &mut Tx<'_>| {
        job::retry(tx, who.shop, id).await?;
        tx.announce(&who, JobRetried { job: id }).await
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Give failed work up.
#[utoipa::path(delete, path = "/jobs/{id}", tag = "jobs", operation_id = "discard_job", params(("id" = JobId, Path)),
    responses((status = 204), Problems))]
async fn discard(State(app): State<App>, who: Agent, Path(id): Path<JobId>) -> Answer<StatusCode> {
    app.write(async move |tx: &mut Tx<'_>| {
        job::discard(tx, who.shop, id).await?;
        tx.announce(&who, JobDiscarded { job: id }).await
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
