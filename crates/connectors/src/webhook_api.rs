//! Where webhooks arrive.

use axum::{
    body::{Body, to_bytes},
    extract::State,
    http::{HeaderMap, StatusCode},
};
use kernel::{ConnectionId, Error, Result, ShopId, Timestamp, say};
use platform::{
    App,
    http::{Answer, Network, Path, Policy, Problems},
    keyed, policy,
};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    connection::Connection,
    connector::named,
    webhook::{self, Delivery, MOST, Standing},
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(receive))
}

pub fn policy() -> Policy {
    policy! {
        POST "/webhooks/{shop}/{id}" => public;
    }
}

keyed! {
    /// Whether a shop system says by itself when something has changed.
    pub enum Calling {
        /// It does.
        Live = "live",
        /// That is being seen to.
        Pending = "pending",
        /// Of some things it does not, and they are found a minute later.
        Missing = "missing",
        /// It could, but this installation has no address it could reach.
        NoAddress = "no_address",
        /// This kind of shop system does not.
        Never = "never",
    }
}

/// How the webhooks of a connection stand.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WebhooksView {
    calling: Calling,
    /// What is not subscribed to, in the shop system's words.
    missing: Vec<String>,
    /// Why not, in English or in the shop system's own words; empty when that is not known.
    detail: String,
    /// Where webhooks are to be sent; empty where none are.
    address: String,
    /// When the last one came.
    #[schema(required)]
    heard_at: Option<Timestamp>,
}

impl WebhooksView {
    pub fn of(app: &App, connection: &Connection, standing: Standing) -> Result<WebhooksView> {
        let Standing { missing, fault, checked_at, heard_at, .. } = standing;
        let calling = match (named(app, &connection.connector)?.webhooks(), checked_at) {
            (None, _) => Calling::Never,
            (Some(_), _) if !app.config().is_reachable() => Calling::NoAddress,
            (Some(_), None) => Calling::Pending,
            (Some(_), Some(_)) if missing.is_empty() => Calling::Live,
            (Some(_), Some(_)) => Calling::Missing,
        };
        let is_sent = !matches!(calling, Calling::Never | Calling::NoAddress);
        let address = if is_sent { webhook::address(app, connection.shop, connection.id) } else { String::new() };
        Ok(WebhooksView { calling, missing, detail: fault.unwrap_or_default(), address, heard_at })
    }
}

/// Take a webhook of a shop system: its books are read at once. Its signature proves who sends it; one that has come before does nothing.
#[utoipa::path(post, path = "/webhooks/{shop}/{id}", operation_id = "receive_webhook", tag = "connections",
    params(("shop" = ShopId, Path), ("id" = ConnectionId, Path)), request_body(content_type = "application/json"),
    responses((status = 204), Problems))]
async fn receive(
    State(app): State<App>,
    Path((shop, id)): Path<(ShopId, ConnectionId)>,
    network: Network,
    headers: HeaderMap,
    body: Body,
) -> Answer<StatusCode> {
    let body = to_bytes(body, MOST).await.map_err(|_| Error::TooLarge(say!("body-too-large", kilobytes = MOST / 1024)))?;
    webhook::receive(&app, shop, id, Delivery { network, headers: &headers, body: &body }).await?;
    Ok(StatusCode::NO_CONTENT)
}
