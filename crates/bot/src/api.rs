//! What the bot answers, over HTTP.

use axum::{Json, extract::State};
use platform::{
    Agent, App, Tx,
    http::{Answer, Policy, Problems, Valid},
    policy,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    MANAGE,
    quick_replies::{self, QuickReplies},
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show, change))
}

pub fn policy() -> Policy {
    policy! {
        GET "/quick-replies" => MANAGE;
        PUT "/quick-replies" => MANAGE;
    }
}

/// Show what the bot answers.
#[utoipa::path(get, path = "/quick-replies", operation_id = "show_quick_replies", tag = "quick-replies",
    responses((status = 200, body = QuickReplies), Problems))]
async fn show(State(app): State<App>, who: Agent) -> Answer<Json<QuickReplies>> {
    Ok(Json(app.read(async move |tx: &mut Tx<'_>| quick_replies::of_shop(tx, who.shop).await).await?))
}

/// Set up what the bot answers.
#[utoipa::path(put, path = "/quick-replies", operation_id = "change_quick_replies", tag = "quick-replies", request_body = QuickReplies,
    responses((status = 200, body = QuickReplies), Problems))]
async fn change(State(app): State<App>, who: Agent, Valid(settings): Valid<QuickReplies>) -> Answer<Json<QuickReplies>> {
    let settings = app.write(async move |tx: &mut Tx<'_>| quick_replies::change(tx, &who, settings.clone()).await).await?;
    Ok(Json(settings))
}
