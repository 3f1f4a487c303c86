//! Lines over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use inbox::READ;
use kernel::{ConversationId, DepartmentId, LineId, Page, Result};
use platform::{
    Agent, App, Tx,
    form::{self, Settings},
    http::{Answer, Check, Path, Policy, Problems, Valid, Validate},
    policy,
    trouble::Trouble,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Line, PARTNERS,
    line::{self, Filled},
    named,
    public_view::PublicThread,
    template,
    view::{AnsweringLine, ArrivalAside, ChannelLineKind, ChannelLineView, LineOfConversation},
};
use crate::{
    SETTINGS, outflow,
    store::{arrivals, dialogs, lines, terms},
};

/// So many calls that were put aside are listed.
const LISTED: i64 = 100;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(kinds))
        .routes(routes!(index, create))
        .routes(routes!(show, change, disconnect))
        .routes(routes!(test))
        .routes(routes!(test_again))
        .routes(routes!(aside))
        .routes(routes!(answering))
}

pub fn policy() -> Policy {
    policy! {
        GET "/line-kinds" => SETTINGS;
        GET "/lines" => SETTINGS;
        POST "/lines" => SETTINGS;
        GET "/lines/{id}" => SETTINGS;
        PUT "/lines/{id}" => SETTINGS;
        DELETE "/lines/{id}" => SETTINGS;
        POST "/line-tests" => SETTINGS;
        POST "/lines/{id}/tests" => SETTINGS;
        GET "/arrivals-aside" => SETTINGS;
        GET "/conversations/{id}/line" => READ;
    }
}

/// What a line is connected with.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewLine {
    /// Which kind of line it is: its channel.
    channel: String,
    /// What to call it.
    name: String,
    /// Who looks after what comes in.
    department: Option<DepartmentId>,
    /// By the names of the kind’s fields.
    settings: Settings,
}

/// What a line is to be changed to.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LineChange {
    name: String,
    /// Who looks after what comes in.
    department: Option<DepartmentId>,
    /// By the names of the kind’s fields. A secret that is left out stays as it is.
    settings: Settings,
}

/// What a line is to be tested with.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TestedLine {
    /// Which kind of line it is: its channel.
    channel: String,
    /// By the names of the kind’s fields.
    settings: Settings,
}

impl Validate for NewLine {
    fn check(&mut self, check: &mut Check) {
        check.line("channel", &mut self.channel, 1, 40);
        check.line("name", &mut self.name, 1, 80);
        form::check(check, &mut self.settings);
    }
}

impl Validate for LineChange {
    fn check(&mut self, check: &mut Check) {
        check.line("name", &mut self.name, 1, 80);
        form::check(check, &mut self.settings);
    }
}

impl Validate for TestedLine {
    fn check(&mut self, check: &mut Check) {
        check.line("channel", &mut self.channel, 1, 40);
        form::check(check, &mut self.settings);
    }
}

async fn seen(tx: &mut Tx<'_>, app: &App, line: Line) -> Result<ChannelLineView> {
    let aside = arrivals::count_aside(tx, line.shop, line.id).await?;
    let told = terms::told(tx, line.shop, line.id).await?;
    let used = template::used(tx, &line, told.as_ref()).await?;
    let rest = outflow::rest(tx, line.shop, &line.id.to_string()).await?;
    Ok(ChannelLineView::new(app, line, aside, used, rest))
}

/// List the kinds of lines that can be connected, with what each asks for.
#[utoipa::path(get, path = "/line-kinds", operation_id = "list_line_kinds", tag = "lines",
    responses((status = 200, body = Page<ChannelLineKind>), Problems))]
async fn kinds(_: Agent) -> Answer<Json<Page<ChannelLineKind>>> {
    Ok(Json(Page::all(PARTNERS.into_iter().map(ChannelLineKind::from).collect())))
}

/// List the lines, the oldest first.
#[utoipa::path(get, path = "/lines", operation_id = "list_lines", tag = "lines", responses((status = 200, body = Page<ChannelLineView>), Problems))]
async fn index(State(app): State<App>, who: Agent) -> Answer<Json<Page<ChannelLineView>>> {
    let inside = app.clone();
    let all = app.read(async move |tx: &mut Tx<'_>| {
        let mut views = Vec::new();
        for one in lines::all(tx, who.shop).await? {
            views.push(seen(tx, &inside, one).await?);
        }
        Ok(views)
    });
    Ok(Json(Page::all(all.await?)))
}

/// Connect a line: what is written there from now on becomes conversations.
#[utoipa::path(post, path = "/lines", operation_id = "create_line", tag = "lines", request_body = NewLine,
    responses((status = 201, body = ChannelLineView), Problems))]
async fn create(State(app): State<App>, who: Agent, Valid(new): Valid<NewLine>) -> Answer<(StatusCode, Json<ChannelLineView>)> {
    form::must_fit(&app, named(&new.channel)?.fields(), &new.settings)?;
    let inside = app.clone();
    let connected = async move |tx: &mut Tx<'_>| {
        let filled = Filled { name: new.name.clone(), settings: new.settings.clone(), department: new.department };
        let line = line::connect(tx, &inside, &who, named(&new.channel)?, filled).await?;
        seen(tx, &inside, line).await
    };
    Ok((StatusCode::CREATED, Json(app.write(connected).await?)))
}

/// Show a line, and how it does.
#[utoipa::path(get, path = "/lines/{id}", operation_id = "show_line", tag = "lines", params(("id" = LineId, Path)),
    responses((status = 200, body = ChannelLineView), Problems))]
async fn show(State(app): State<App>, who: Agent, Path(id): Path<LineId>) -> Answer<Json<ChannelLineView>> {
    let inside = app.clone();
    let shown = app.read(async move |tx: &mut Tx<'_>| {
        let line = lines::line(tx, who.shop, id).await?;
        seen(tx, &inside, line).await
    });
    Ok(Json(shown.await?))
}

/// Change a line: its name, who looks after it, what opens it.
#[utoipa::path(put, path = "/lines/{id}", operation_id = "change_line", tag = "lines", params(("id" = LineId, Path)),
    request_body = LineChange, responses((status = 200, body = ChannelLineView), Problems))]
async fn change(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<LineId>,
    Valid(change): Valid<LineChange>,
) -> Answer<Json<ChannelLineView>> {
    let (shop, inside) = (who.shop, app.clone());
    let known = app.read(async move |tx: &mut Tx<'_>| lines::line(tx, shop, id).await).await?;
    form::must_fit(&app, named(&known.channel)?.fields(), &change.settings)?;
    let changed = async move |tx: &mut Tx<'_>| {
        let filled = Filled { name: change.name.clone(), settings: change.settings.clone(), department: change.department };
        let line = line::change(tx, &inside, &who, id, filled).await?;
        seen(tx, &inside, line).await
    };
    Ok(Json(app.write(changed).await?))
}

/// Disconnect a line: what opens it is forgotten, its conversations stay.
#[utoipa::path(delete, path = "/lines/{id}", operation_id = "delete_line", tag = "lines", params(("id" = LineId, Path)),
    responses((status = 204), Problems))]
async fn disconnect(State(app): State<App>, who: Agent, Path(id): Path<LineId>) -> Answer<StatusCode> {
    let known = app.read(async move |tx: &mut Tx<'_>| lines::line(tx, who.shop, id).await).await?;
    let (settings, hook) = known.opened(&app)?;
    if app.config().is_called_by(&known.channel)
        && let Err(fault) = named(&known.channel)?.unsubscribe(&app, &settings, &hook).await
    {
        // whoever still calls finds nobody
        tracing::info!(trouble = ?fault.trouble, "a partner could not be told to call no more");
    }
    app.write(async move |tx: &mut Tx<'_>| line::disconnect(tx, &who, id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What came of a test: as what the line is known, or what is wrong.
#[derive(Debug, Serialize, ToSchema)]
struct LineTested {
    #[schema(required)]
    known_as: Option<String>,
    #[schema(required)]
    trouble: Option<Trouble>,
    /// What exactly happened, in English or in the partner’s own words; empty when all is well.
    detail: String,
}

async fn tested(app: &App, channel: &str, settings: &Settings) -> Answer<Json<LineTested>> {
    let partner = named(channel)?;
    form::must_fit(app, partner.fields(), settings)?;
    line::key(partner, settings)?;
    Ok(Json(match partner.find(app, settings).await {
        Ok(name) => LineTested { known_as: Some(name), trouble: None, detail: String::new() },
        Err(fault) => LineTested { known_as: None, trouble: Some(fault.trouble), detail: fault.detail },
    }))
}

/// Test a line before it is connected: it says exactly what is wrong.
#[utoipa::path(post, path = "/line-tests", operation_id = "test_new_line", tag = "lines", request_body = TestedLine,
    responses((status = 200, body = LineTested), Problems))]
async fn test(State(app): State<App>, _: Agent, Valid(form): Valid<TestedLine>) -> Answer<Json<LineTested>> {
    tested(&app, &form.channel, &form.settings).await
}

/// Test a line as it is.
#[utoipa::path(post, path = "/lines/{id}/tests", operation_id = "test_line", tag = "lines", params(("id" = LineId, Path)),
    responses((status = 200, body = LineTested), Problems))]
async fn test_again(State(app): State<App>, who: Agent, Path(id): Path<LineId>) -> Answer<Json<LineTested>> {
    let known = app.read(async move |tx: &mut Tx<'_>| lines::line(tx, who.shop, id).await).await?;
    tested(&app, &known.channel, &known.opened(&app)?.0).await
}

/// List partners' calls that nobody understood, the newest first.
#[utoipa::path(get, path = "/arrivals-aside", operation_id = "list_arrivals_aside", tag = "lines",
    responses((status = 200, body = Page<ArrivalAside>), Problems))]
async fn aside(State(app): State<App>, who: Agent) -> Answer<Json<Page<ArrivalAside>>> {
    let all = app.read(async move |tx: &mut Tx<'_>| arrivals::aside(tx, who.shop, LISTED).await).await?;
    Ok(Json(Page::all(all.into_iter().map(ArrivalAside::from).collect())))
}

/// Show through which line a conversation is held, and until when it can be answered there.
#[utoipa::path(get, path = "/conversations/{id}/line", operation_id = "show_line_of_conversation", tag = "conversations",
    params(("id" = ConversationId, Path)), responses((status = 200, body = LineOfConversation), Problems))]
async fn answering(State(app): State<App>, who: Agent, Path(id): Path<ConversationId>) -> Answer<Json<LineOfConversation>> {
    let found = app.read(async move |tx: &mut Tx<'_>| {
        inbox::conversation::by_id(tx, who.shop, id).await?;
        let Some(dialog) = dialogs::of(tx, who.shop, id).await? else { return Ok(None) };
        let Some(line) = lines::maybe(tx, who.shop, dialog.line).await? else { return Ok(None) };
        let partner = named(&line.channel)?;
        let public = match partner.public().filter(|_| dialog.thread.is_some()) {
            Some(public) => Some(PublicThread::of(tx, partner, public, &dialog).await?),
            None => None,
        };
        let rest = outflow::rest(tx, who.shop, &line.id.to_string()).await?;
        Ok(Some(AnsweringLine::new(partner, line, dialog.heard_at, rest, public)))
    });
    Ok(Json(LineOfConversation { line: found.await? }))
}
