//! Connections over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{ConnectionId, Page};
use platform::{
    Agent, App, Tx, form,
    http::{Answer, Check, Path, Policy, Problems, Valid, Validate},
    policy,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    MANAGE,
    connection::{self, Connection, Filled},
    connector::{Connectors, Contents, Field, Settings, named},
    erasing, store, subscribe,
    trouble::Trouble,
    view::ConnectionView,
};

/// The longest name of a connection, in characters.
const LONGEST_NAME: usize = 80;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(connectors))
        .routes(routes!(index, create))
        .routes(routes!(show, change, disconnect))
        .routes(routes!(test))
        .routes(routes!(test_again))
        .routes(routes!(pause, resume))
        .routes(routes!(erase))
}

pub fn policy() -> Policy {
    policy! {
        GET "/connectors" => MANAGE;
        GET "/connections" => MANAGE;
        POST "/connections" => MANAGE;
        GET "/connections/{id}" => MANAGE;
        PUT "/connections/{id}" => MANAGE;
        DELETE "/connections/{id}" => MANAGE;
        POST "/connection-tests" => MANAGE;
        POST "/connections/{id}/tests" => MANAGE;
        PUT "/connections/{id}/pause" => MANAGE;
        DELETE "/connections/{id}/pause" => MANAGE;
        PUT "/connections/{id}/erasure" => MANAGE;
    }
}

/// A kind of shop system that can be connected.
#[derive(Debug, Serialize, ToSchema)]
struct ConnectorView {
    name: String,
    /// What its makers call it.
    title: String,
    /// What has to be filled in to connect, from top to bottom.
    fields: Vec<Field>,
}

/// A connection as it is seen.
async fn seen(app: &App, one: Connection) -> Answer<Json<ConnectionView>> {
    let standing = app.read(async move |tx: &mut Tx<'_>| store::standing(tx, one.shop, one.id).await).await?;
    Ok(Json(ConnectionView::of(app, one, standing)?))
}

/// What a form was filled in with.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewConnection {
    /// Which kind of shop system it is: the name of a connector.
    connector: String,
    /// What to call it.
    name: String,
    /// By the names of the connector’s fields.
    settings: Settings,
}

/// What a connection is to be changed to.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ConnectionChange {
    name: String,
    /// By the names of the connector’s fields. A secret that is left out stays as it is, unless the address changes.
    settings: Settings,
}

/// What a form is to be tested with.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TestedConnection {
    /// Which kind of shop system it is: the name of a connector.
    connector: String,
    /// By the names of the connector’s fields.
    settings: Settings,
}

impl Validate for NewConnection {
    fn check(&mut self, check: &mut Check) {
        check.line("connector", &mut self.connector, 1, 40);
        check.line("name", &mut self.name, 1, LONGEST_NAME);
        form::check(check, &mut self.settings);
    }
}

impl Validate for ConnectionChange {
    fn check(&mut self, check: &mut Check) {
        check.line("name", &mut self.name, 1, LONGEST_NAME);
        form::check(check, &mut self.settings);
    }
}

impl Validate for TestedConnection {
    fn check(&mut self, check: &mut Check) {
        check.line("connector", &mut self.connector, 1, 40);
        form::check(check, &mut self.settings);
    }
}

/// List the kinds of shop systems that can be connected, with what each asks for.
#[utoipa::path(get, path = "/connectors", operation_id = "list_connectors", tag = "connections",
    responses((status = 200, body = Page<ConnectorView>), Problems))]
async fn connectors(State(app): State<App>, _: Agent) -> Answer<Json<Page<ConnectorView>>> {
    let all = &app.plugged::<Connectors>()?.0;
    let view = |one: &dyn crate::connector::Connector| ConnectorView {
        name: one.name().to_owned(),
        title: one.title().to_owned(),
        fields: one.fields().to_vec(),
    };
    Ok(Json(Page::all(all.iter().map(|one| view(one.as_ref())).collect())))
}

/// List the connections, the oldest first.
#[utoipa::path(get, path = "/connections", operation_id = "list_connections", tag = "connections",
    responses((status = 200, body = Page<ConnectionView>), Problems))]
async fn index(State(app): State<App>, who: Agent) -> Answer<Json<Page<ConnectionView>>> {
    let all = app.read(async move |tx: &mut Tx<'_>| {
        let mut all = Vec::new();
        for one in store::all(tx, who.shop).await? {
            let standing = store::standing(tx, one.shop, one.id).await?;
            all.push((one, standing));
        }
        Ok(all)
    });
    let views = all.await?.into_iter().map(|(one, standing)| ConnectionView::of(&app, one, standing));
    Ok(Json(Page::all(views.collect::<kernel::Result<_>>()?)))
}

/// Connect a shop system: its history is read, and then followed.
#[utoipa::path(post, path = "/connections", operation_id = "create_connection", tag = "connections", request_body = NewConnection,
    responses((status = 201, body = ConnectionView), Problems))]
async fn create(State(app): State<App>, who: Agent, Valid(new): Valid<NewConnection>) -> Answer<(StatusCode, Json<ConnectionView>)> {
    form::must_fit(&app, named(&app, &new.connector)?.fields(), &new.settings)?;
    let inside = app.clone();
    let connect = async move |tx: &mut Tx<'_>| {
        let filled = Filled { name: new.name.clone(), settings: new.settings.clone() };
        connection::connect(tx, &inside, &who, named(&inside, &new.connector)?, filled).await
    };
    Ok((StatusCode::CREATED, seen(&app, app.write(connect).await?).await?))
}

/// Show a connection: how far it has been read, and how it does.
#[utoipa::path(get, path = "/connections/{id}", operation_id = "show_connection", tag = "connections", params(("id" = ConnectionId, Path)),
    responses((status = 200, body = ConnectionView), Problems))]
async fn show(State(app): State<App>, who: Agent, Path(id): Path<ConnectionId>) -> Answer<Json<ConnectionView>> {
    seen(&app, app.read(async move |tx: &mut Tx<'_>| store::connection(tx, who.shop, id).await).await?).await
}

/// Change a connection: its name, its address, what opens it.
#[utoipa::path(put, path = "/connections/{id}", operation_id = "change_connection", tag = "connections", params(("id" = ConnectionId, Path)),
    request_body = ConnectionChange, responses((status = 200, body = ConnectionView), Problems))]
async fn change(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<ConnectionId>,
    Valid(change): Valid<ConnectionChange>,
) -> Answer<Json<ConnectionView>> {
    let shop = who.shop;
    let known = app.read(async move |tx: &mut Tx<'_>| connection::lasting(tx, shop, id).await).await?;
    form::must_fit(&app, named(&app, &known.connector)?.fields(), &change.settings)?;
    let inside = app.clone();
    let changed = async move |tx: &mut Tx<'_>| {
        let filled = Filled { name: change.name.clone(), settings: change.settings.clone() };
        connection::change(tx, &inside, &who, named(&inside, &known.connector)?, id, filled).await
    };
    seen(&app, app.write(changed).await?).await
}

/// Disconnect a shop system: what opens it is forgotten, what has been copied stays.
#[utoipa::path(delete, path = "/connections/{id}", operation_id = "delete_connection", tag = "connections",
    params(("id" = ConnectionId, Path)), responses((status = 204), Problems))]
async fn disconnect(State(app): State<App>, who: Agent, Path(id): Path<ConnectionId>) -> Answer<StatusCode> {
    let known = app.read(async move |tx: &mut Tx<'_>| connection::lasting(tx, who.shop, id).await).await?;
    subscribe::unsubscribe(&app, &known).await?;
    app.write(async move |tx: &mut Tx<'_>| connection::disconnect(tx, &who, id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Disconnect a shop system and erase its copy: its orders, products and stock, and the customers known through nothing else. That
/// takes a while; then the connection is gone.
#[utoipa::path(put, path = "/connections/{id}/erasure", operation_id = "erase_connection", tag = "connections",
    params(("id" = ConnectionId, Path)), responses((status = 200, body = ConnectionView), Problems))]
async fn erase(State(app): State<App>, who: Agent, Path(id): Path<ConnectionId>) -> Answer<Json<ConnectionView>> {
    let inside = app.clone();
    let known = app.read(async move |tx: &mut Tx<'_>| erasing::may_begin(tx, &inside, who.shop, id).await).await?;
    subscribe::unsubscribe(&app, &known).await?;
    let inside = app.clone();
    seen(&app, app.write(async move |tx: &mut Tx<'_>| erasing::begin(tx, &inside, &who, id).await).await?).await
}

/// What came of a test: what was found, or what is wrong.
#[derive(Debug, Serialize, ToSchema)]
struct TestView {
    #[schema(required)]
    found: Option<Contents>,
    #[schema(required)]
    trouble: Option<Trouble>,
    /// What exactly happened, in English or in the shop system's own words; empty when all is well.
    detail: String,
}

async fn tested(app: &App, connector: &str, settings: &Settings) -> Answer<Json<TestView>> {
    let connector = named(app, connector)?;
    form::must_fit(app, connector.fields(), settings)?;
    form::must_be_complete(connector.fields(), settings)?;
    Ok(Json(match connector.test(app, settings).await {
        Ok(found) => TestView { found: Some(found), trouble: None, detail: String::new() },
        Err(fault) => TestView { found: None, trouble: Some(fault.trouble), detail: fault.detail },
    }))
}

/// Test a connection before it is made: it says exactly what is wrong.
#[utoipa::path(post, path = "/connection-tests", operation_id = "test_new_connection", tag = "connections", request_body = TestedConnection,
    responses((status = 200, body = TestView), Problems))]
async fn test(State(app): State<App>, _: Agent, Valid(form): Valid<TestedConnection>) -> Answer<Json<TestView>> {
    tested(&app, &form.connector, &form.settings).await
}

/// Test a connection as it is.
#[utoipa::path(post, path = "/connections/{id}/tests", operation_id = "test_connection", tag = "connections",
    params(("id" = ConnectionId, Path)), responses((status = 200, body = TestView), Problems))]
async fn test_again(State(app): State<App>, who: Agent, Path(id): Path<ConnectionId>) -> Answer<Json<TestView>> {
    let known = app.read(async move |tx: &mut Tx<'_>| connection::lasting(tx, who.shop, id).await).await?;
    tested(&app, &known.connector, &known.opened(&app)?).await
}

/// Pause a connection: nothing is read, and its place is kept.
#[utoipa::path(put, path = "/connections/{id}/pause", operation_id = "pause_connection", tag = "connections",
    params(("id" = ConnectionId, Path)), responses((status = 200, body = ConnectionView), Problems))]
async fn pause(State(app): State<App>, who: Agent, Path(id): Path<ConnectionId>) -> Answer<Json<ConnectionView>> {
    seen(&app, app.write(async move |tx: &mut Tx<'_>| connection::pause(tx, &who, id).await).await?).await
}

/// Let a connection go on from where it was paused.
#[utoipa::path(delete, path = "/connections/{id}/pause", operation_id = "resume_connection", tag = "connections",
    params(("id" = ConnectionId, Path)), responses((status = 200, body = ConnectionView), Problems))]
async fn resume(State(app): State<App>, who: Agent, Path(id): Path<ConnectionId>) -> Answer<Json<ConnectionView>> {
    seen(&app, app.write(async move |tx: &mut Tx<'_>| connection::resume(tx, &who, id).await).await?).await
}
