//! Reports over HTTP.

use axum::{Json, extract::State};
use kernel::{invalid, say};
use platform::{
    Agent, App, Tx,
    http::{Answer, Policy, Problems, Query},
    policy,
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    READ,
    channel_use::{self, ChannelReport, SPANS},
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(channels))
}

pub fn policy() -> Policy {
    policy! {
        GET "/reports/channels" => READ;
    }
}

/// Of when.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Span {
    /// The last 7, 30 or 90 days; 30 when not given.
    days: Option<i64>,
}

/// Report which channels the shop’s customers use, when, in which languages, how long they wait there, and what follows from it.
#[utoipa::path(get, path = "/reports/channels", operation_id = "report_channels", tag = "reports", params(Span),
    responses((status = 200, body = ChannelReport), Problems))]
async fn channels(State(app): State<App>, who: Agent, Query(span): Query<Span>) -> Answer<Json<ChannelReport>> {
    let span = span.days.unwrap_or(30);
    if !SPANS.contains(&span) {
        return Err(invalid("days", say!("span-unknown")).into());
    }
    Ok(Json(app.read(async move |tx: &mut Tx<'_>| channel_use::report(tx, who.shop, span).await).await?))
}
