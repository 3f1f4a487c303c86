//! Whether anything leaves the shop.

use axum::{Json, extract::State, http::StatusCode};
use kernel::Timestamp;
use platform::{
    Agent, App, Tx,
    http::{Answer, Problems},
    pause,
};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::shop;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show, resume))
}

/// Whether messages and mail leave.
#[derive(Debug, Serialize, ToSchema)]
struct PauseView {
    /// Since when nothing leaves; null when everything does.
    #[schema(required)]
    since: Option<Timestamp>,
}

/// See whether messages and mail leave: after a restore nothing does until somebody resumes.
#[utoipa::path(get, path = "/shop/pause", tag = "shop", operation_id = "show_pause", responses((status = 200, body = PauseView), Problems))]
async fn show(State(app): State<App>, who: Agent) -> Answer<Json<PauseView>> {
    let since = app.read(async move |tx: &mut Tx<'_>| pause::since(tx, who.shop).await).await?;
    Ok(Json(PauseView { since }))
}

/// Let messages and mail leave again, those that waited first.
#[utoipa::path(delete, path = "/shop/pause", tag = "shop", operation_id = "resume_sending", responses((status = 204), Problems))]
async fn resume(State(app): State<App>, who: Agent) -> Answer<StatusCode> {
    app.write(async move |tx: &mut Tx<'_>| shop::resume(tx, &who).await).await?;
    Ok(StatusCode::NO_CONTENT)
}
