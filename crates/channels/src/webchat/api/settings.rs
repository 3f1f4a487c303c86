//! The settings of the chat.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{KeyId, Page, Timestamp};
use platform::{
    Agent, App, Tx,
    http::{Answer, Path, Problems, Valid},
};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    store,
    webchat::{
        identity,
        settings::{self, Settings, Widget},
    },
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show, change)).routes(routes!(keys, create_key)).routes(routes!(revoke_key))
}

/// A shop's chat.
#[derive(Debug, Serialize, ToSchema)]
struct WidgetView {
    /// Goes into the script tag as `data-shop`; it is also the audience of signed visitors.
    key: String,
    settings: Settings,
}

impl From<Widget> for WidgetView {
    fn from(widget: Widget) -> Self {
        WidgetView { key: widget.key, settings: widget.settings }
    }
}

/// Show how the chat looks and behaves.
#[utoipa::path(get, path = "/widget", operation_id = "show_widget", tag = "widget", responses((status = 200, body = WidgetView), Problems))]
async fn show(State(app): State<App>, who: Agent) -> Answer<Json<WidgetView>> {
    let widget = app.write(async move |tx: &mut Tx<'_>| settings::of_shop(tx, who.shop).await).await?;
    Ok(Json(widget.into()))
}

/// Change how the chat looks and behaves.
#[utoipa::path(put, path = "/widget", operation_id = "change_widget", tag = "widget", request_body = Settings,
    responses((status = 200, body = WidgetView), Problems))]
async fn change(State(app): State<App>, who: Agent, Valid(settings): Valid<Settings>) -> Answer<Json<WidgetView>> {
    let widget = app.write(async move |tx: &mut Tx<'_>| settings::change(tx, &who, settings.clone()).await).await?;
    Ok(Json(widget.into()))
}

/// A key that signs visitors in.
#[derive(Debug, Serialize, ToSchema)]
struct KeyView {
    id: KeyId,
    created_at: Timestamp,
}

/// List the keys that sign visitors in.
#[utoipa::path(get, path = "/widget/keys", operation_id = "list_identity_keys", tag = "widget",
    responses((status = 200, body = Page<KeyView>), Problems))]
async fn keys(State(app): State<App>, who: Agent) -> Answer<Json<Page<KeyView>>> {
    let keys = app.read(async move |tx: &mut Tx<'_>| store::keys(tx, who.shop).await).await?;
    Ok(Json(Page::all(keys.into_iter().map(|(id, _, created_at)| KeyView { id, created_at }).collect())))
}

/// A new key, with its secret.
#[derive(Debug, Serialize, ToSchema)]
struct NewKey {
    id: KeyId,
    /// Shown this once; it belongs on the shop's server.
    secret: String,
}

/// Make a key that signs visitors in.
#[utoipa::path(post, path = "/widget/keys", operation_id = "create_identity_key", tag = "widget",
    responses((status = 201, body = NewKey), Problems))]
async fn create_key(State(app): State<App>, who: Agent) -> Answer<(StatusCode, Json<NewKey>)> {
    let (id, secret) = identity::create_key(&app, who).await?;
    Ok((StatusCode::CREATED, Json(NewKey { id, secret })))
}

/// Revoke a key that signs visitors in.
#[utoipa::path(delete, path = "/widget/keys/{id}", operation_id = "revoke_identity_key", tag = "widget", params(("id" = KeyId, Path)),
    responses((status = 204), Problems))]
async fn revoke_key(State(app): State<App>, who: Agent, Path(id): Path<KeyId>) -> Answer<StatusCode> {
    app.write(async move |tx: &mut Tx<'_>| identity::revoke_key(tx, &who, id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}
