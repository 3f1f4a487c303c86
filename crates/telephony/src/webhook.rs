//! Where telephone systems tell of calls.

use axum::{
    body::{Body, to_bytes},
    extract::State,
    http::{HeaderMap, StatusCode},
};
use kernel::{Error, PhoneLineId, Result, ShopId, say};
use platform::{
    App, Tx,
    http::{Answer, Network, Path, Policy, Problems, read_json},
    limits::Act,
    policy,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{Told, signature, store::lines, take_in};

/// No body is larger, in bytes.
pub const MOST: usize = 16 * 1024;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(receive))
}

pub fn policy() -> Policy {
    policy! {
        POST "/phone-webhooks/{shop}/{id}" => public;
    }
}

/// Take what a telephone system tells of a call. It is signed as Standard Webhooks has it, and may come twice and in any order.
#[utoipa::path(post, path = "/phone-webhooks/{shop}/{id}", operation_id = "receive_call_news", tag = "telephone",
    params(("shop" = ShopId, Path), ("id" = PhoneLineId, Path)), request_body = Told, responses((status = 204), Problems))]
async fn receive(
    State(app): State<App>,
    Path((shop, line)): Path<(ShopId, PhoneLineId)>,
    network: Network,
    headers: HeaderMap,
    body: Body,
) -> Answer<StatusCode> {
    let body = to_bytes(body, MOST).await.map_err(|_| Error::TooLarge(say!("body-too-large", kilobytes = MOST / 1024)))?;
    hear(&app, shop, line, network, &headers, &body).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes in what is signed with the line's secret; returns once it is on disk.
///
/// Errors: `NotFound`; `SignInNeeded` when it is not signed so, or was too long ago, `TooMany` when that happens too often; `Invalid`.
pub async fn hear(app: &App, shop: ShopId, id: PhoneLineId, network: Network, headers: &HeaderMap, body: &[u8]) -> Result<()> {
    let line = app.read(async move |tx: &mut Tx<'_>| lines::line(tx, shop, id).await).await?;
    let sent_at = match signature::sent_at(&line.secret(app)?, headers, body, app.now()) {
        Ok(sent_at) => sent_at,
        Err(error) => {
            app.limits().check(Act::ForgedWebhookFromNetwork, &network.to_string())?;
            return Err(error);
        }
    };
    let told: Told = read_json(body)?;
    app.write(async move |tx: &mut Tx<'_>| take_in::hear(tx, shop, id, &told, sent_at).await).await
}
