//! Where partners call.

use std::collections::BTreeMap;

use axum::{
    Json,
    body::{Body, to_bytes},
    extract::{RawQuery, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use kernel::{Error, LineId, ShopId, invalid, say};
use platform::{
    App, Tx,
    http::{Answer, Network, Path, Policy, Problems},
    policy,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    line, named,
    webhook::{self, MOST},
};
use crate::{
    partner::{Call, Greeting},
    store::lines,
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(greet, receive))
}

pub fn policy() -> Policy {
    policy! {
        GET "/line-webhooks/{shop}/{id}" => public;
        POST "/line-webhooks/{shop}/{id}" => public;
    }
}

/// Answer a partner that tries an address.
#[utoipa::path(get, path = "/line-webhooks/{shop}/{id}", operation_id = "try_line_webhook", tag = "lines",
    params(("shop" = ShopId, Path), ("id" = LineId, Path)), responses((status = 200, content((String = "text/plain"), (Value = "application/json"))), Problems))]
async fn greet(
    State(app): State<App>,
    Path((shop, id)): Path<(ShopId, LineId)>,
    axum::extract::Query(asked): axum::extract::Query<BTreeMap<String, String>>,
) -> Answer<Response> {
    let line = app.read(async move |tx: &mut Tx<'_>| lines::line(tx, shop, id).await).await?;
    let (settings, hook) = line.opened(&app)?;
    let greeted = named(&line.channel)?.greets(&settings, &hook, &asked);
    Ok(match greeted.ok_or(Error::SignInNeeded(say!("call-not-signed")))? {
        Greeting::Text(text) => text.into_response(),
        Greeting::Json(json) => Json(json).into_response(),
    })
}

/// Take a partner's call: what customers wrote, and what became of what they were answered. Its signature proves who sends it; one that has come before does nothing.
#[utoipa::path(post, path = "/line-webhooks/{shop}/{id}", operation_id = "receive_line_webhook", tag = "lines",
    params(("shop" = ShopId, Path), ("id" = LineId, Path)), request_body(content_type = "application/json"),
    responses((status = 200, body = String, content_type = "text/plain"), Problems))]
async fn receive(
    State(app): State<App>,
    Path((shop, id)): Path<(ShopId, LineId)>,
    network: Network,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Body,
) -> Answer<String> {
    let body = to_bytes(body, MOST).await.map_err(|_| Error::TooLarge(say!("body-too-large", kilobytes = MOST / 1024)))?;
    let body = std::str::from_utf8(&body).ok().filter(|body| !body.contains('\0')).ok_or_else(|| invalid("body", say!("body-not-text")))?;
    let address = line::address(&app, shop, id) + &query.map(|query| format!("?{query}")).unwrap_or_default();
    webhook::receive(&app, shop, id, network, Call { address: &address, headers: &headers, body }).await?;
    Ok(String::new())
}
