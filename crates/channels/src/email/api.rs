//! Mailboxes over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{DepartmentId, MailboxId, Page, Result, say};
use platform::{
    Agent, App, Tx,
    http::{Answer, Check, Path, Policy, Problems, Valid, Validate},
    policy,
    trouble::{Fault, Trouble},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    imap::Inbox,
    mailbox::{self, Filled, MailServer, Mailbox, Security, Settings},
    opening::Opening,
    smtp,
    view::MailboxView,
};
use crate::{
    SETTINGS, outflow,
    store::{letters, mailboxes},
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(index, create))
        .routes(routes!(show, change, disconnect))
        .routes(routes!(pause, resume))
        .routes(routes!(test))
}

pub fn policy() -> Policy {
    policy! {
        GET "/mailboxes" => SETTINGS;
        POST "/mailboxes" => SETTINGS;
        GET "/mailboxes/{id}" => SETTINGS;
        PUT "/mailboxes/{id}" => SETTINGS;
        DELETE "/mailboxes/{id}" => SETTINGS;
        PUT "/mailboxes/{id}/pause" => SETTINGS;
        DELETE "/mailboxes/{id}/pause" => SETTINGS;
        POST "/mailbox-tests" => SETTINGS;
    }
}

/// What a mailbox is set up with.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MailboxForm {
    /// As whom letters come from it.
    name: String,
    address: String,
    /// Who looks after what comes in.
    department: Option<DepartmentId>,
    /// Read by IMAP.
    incoming: MailServer,
    /// A password that is left out stays as it is, unless the server changes.
    incoming_password: Option<String>,
    /// Sent through by SMTP.
    outgoing: MailServer,
    /// A password that is left out stays as it is, unless the server changes.
    outgoing_password: Option<String>,
    /// Whose word on who wrote a letter is believed: the mail server in front of the mailbox, as it names itself in
    /// Authentication-Results.
    trusted: Option<String>,
    /// What letters end with, in plain text.
    #[serde(default)]
    signature: String,
}

impl Validate for MailboxForm {
    fn check(&mut self, check: &mut Check) {
        check.line("name", &mut self.name, 1, 80);
        check.email("address", &mut self.address);
        check.maybe_line("trusted", &mut self.trusted, 253);
        check.text("signature", &mut self.signature, 0, 2_000);
        for (field, server) in [("incoming", &mut self.incoming), ("outgoing", &mut self.outgoing)] {
            check.line(&format!("{field}.host"), &mut server.host, 1, 253);
            check.line(&format!("{field}.user"), &mut server.user, 0, 320);
            check.that(server.port > 0, &format!("{field}.port"), say!("port-not-there"));
        }
        for (field, password) in [("incoming_password", &self.incoming_password), ("outgoing_password", &self.outgoing_password)] {
            let fine =
                password.as_ref().is_none_or(|password| (1..=1_000).contains(&password.len()) && !password.contains(['\r', '\n', '\0']));
            check.that(fine, field, say!("password-unfit"));
        }
    }
}

impl MailboxForm {
    fn filled(self) -> Filled {
        let MailboxForm { name, address, department, incoming, incoming_password, outgoing, outgoing_password, trusted, signature } = self;
        let settings = Settings { name, address, department, incoming, outgoing, trusted, signature };
        Filled { settings, incoming: incoming_password, outgoing: outgoing_password }
    }
}

/// A password goes nowhere unencrypted, unless the operator has a network of their own.
fn must_be_guarded(app: &App, settings: &Settings) -> Result<()> {
    let mut check = Check::default();
    for (field, server) in [("incoming.security", &settings.incoming), ("outgoing.security", &settings.outgoing)] {
        let plain = server.security == Security::None;
        check.that(!plain || !app.config().reachable_inside.is_empty(), field, say!("mail-not-encrypted"));
    }
    check.finish()
}

/// A mailbox as it has just been changed.
pub(super) async fn shown(app: &App, mailbox: Mailbox) -> Result<MailboxView> {
    app.read(async move |tx: &mut Tx<'_>| seen(tx, mailbox.clone()).await).await
}

async fn seen(tx: &mut Tx<'_>, mailbox: Mailbox) -> Result<MailboxView> {
    let aside = letters::count_aside(tx, mailbox.shop, mailbox.id).await?;
    let rest = outflow::rest(tx, mailbox.shop, &mailbox.id.to_string()).await?;
    Ok(MailboxView::new(mailbox, aside, rest))
}

/// List the mailboxes, the oldest first.
#[utoipa::path(get, path = "/mailboxes", operation_id = "list_mailboxes", tag = "mailboxes",
    responses((status = 200, body = Page<MailboxView>), Problems))]
async fn index(State(app): State<App>, who: Agent) -> Answer<Json<Page<MailboxView>>> {
    let all = app.read(async move |tx: &mut Tx<'_>| {
        let mut views = Vec::new();
        for one in mailboxes::all(tx, who.shop).await? {
            views.push(seen(tx, one).await?);
        }
        Ok(views)
    });
    Ok(Json(Page::all(all.await?)))
}

/// Connect a mailbox: what comes into it from now on becomes conversations.
#[utoipa::path(post, path = "/mailboxes", operation_id = "create_mailbox", tag = "mailboxes", request_body = MailboxForm,
    responses((status = 201, body = MailboxView), Problems))]
async fn create(State(app): State<App>, who: Agent, Valid(form): Valid<MailboxForm>) -> Answer<(StatusCode, Json<MailboxView>)> {
    let (inside, filled) = (app.clone(), form.filled());
    must_be_guarded(&app, &filled.settings)?;
    let connected = async move |tx: &mut Tx<'_>| {
        let mailbox = mailbox::connect(tx, &inside, &who, filled.clone()).await?;
        seen(tx, mailbox).await
    };
    Ok((StatusCode::CREATED, Json(app.write(connected).await?)))
}

/// Show a mailbox, and how it does.
#[utoipa::path(get, path = "/mailboxes/{id}", operation_id = "show_mailbox", tag = "mailboxes", params(("id" = MailboxId, Path)),
    responses((status = 200, body = MailboxView), Problems))]
async fn show(State(app): State<App>, who: Agent, Path(id): Path<MailboxId>) -> Answer<Json<MailboxView>> {
    let shown = app.read(async move |tx: &mut Tx<'_>| {
        let mailbox = mailboxes::mailbox(tx, who.shop, id).await?;
        seen(tx, mailbox).await
    });
    Ok(Json(shown.await?))
}

/// Change a mailbox: how it is used, and what opens it.
#[utoipa::path(put, path = "/mailboxes/{id}", operation_id = "change_mailbox", tag = "mailboxes", params(("id" = MailboxId, Path)),
    request_body = MailboxForm, responses((status = 200, body = MailboxView), Problems))]
async fn change(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<MailboxId>,
    Valid(form): Valid<MailboxForm>,
) -> Answer<Json<MailboxView>> {
    let (inside, filled) = (app.clone(), form.filled());
    must_be_guarded(&app, &filled.settings)?;
    let changed = async move |tx: &mut Tx<'_>| {
        let mailbox = mailbox::change(tx, &inside, &who, id, filled.clone()).await?;
        seen(tx, mailbox).await
    };
    Ok(Json(app.write(changed).await?))
}

/// Disconnect a mailbox: what opens it is forgotten, its conversations stay.
#[utoipa::path(delete, path = "/mailboxes/{id}", operation_id = "delete_mailbox", tag = "mailboxes", params(("id" = MailboxId, Path)),
    responses((status = 204), Problems))]
async fn disconnect(State(app): State<App>, who: Agent, Path(id): Path<MailboxId>) -> Answer<StatusCode> {
    app.write(async move |tx: &mut Tx<'_>| mailbox::disconnect(tx, &who, id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Pause a mailbox: nothing is read or sent, and its place is kept.
#[utoipa::path(put, path = "/mailboxes/{id}/pause", operation_id = "pause_mailbox", tag = "mailboxes", params(("id" = MailboxId, Path)),
    responses((status = 200, body = MailboxView), Problems))]
async fn pause(State(app): State<App>, who: Agent, Path(id): Path<MailboxId>) -> Answer<Json<MailboxView>> {
    let paused = app.write(async move |tx: &mut Tx<'_>| {
        let mailbox = mailbox::pause(tx, &who, id).await?;
        seen(tx, mailbox).await
    });
    Ok(Json(paused.await?))
}

/// Let a mailbox go on from where it was paused.
#[utoipa::path(delete, path = "/mailboxes/{id}/pause", operation_id = "resume_mailbox", tag = "mailboxes",
    params(("id" = MailboxId, Path)), responses((status = 200, body = MailboxView), Problems))]
async fn resume(State(app): State<App>, who: Agent, Path(id): Path<MailboxId>) -> Answer<Json<MailboxView>> {
    let resumed = app.write(async move |tx: &mut Tx<'_>| {
        let mailbox = mailbox::resume(tx, &who, id).await?;
        seen(tx, mailbox).await
    });
    Ok(Json(resumed.await?))
}

/// What is to be tested.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MailboxTest {
    form: MailboxForm,
    /// What opens it is used where the form has no passwords.
    mailbox: Option<MailboxId>,
}

impl Validate for MailboxTest {
    fn check(&mut self, check: &mut Check) {
        self.form.check(check);
    }
}

/// How one of the two servers did.
#[derive(Debug, Serialize, ToSchema)]
struct ServerTest {
    #[schema(required)]
    trouble: Option<Trouble>,
    /// What exactly happened, in English or in the mail server's own words; empty when all is well.
    detail: String,
}

impl ServerTest {
    fn of<T>(tried: Result<T, Fault>) -> ServerTest {
        match tried {
            Ok(_) => ServerTest { trouble: None, detail: String::new() },
            Err(fault) => ServerTest { trouble: Some(fault.trouble), detail: fault.detail },
        }
    }
}

/// How both servers did.
#[derive(Debug, Serialize, ToSchema)]
struct MailboxTested {
    incoming: ServerTest,
    outgoing: ServerTest,
    /// Letters that lie there, when it could be looked into. They stay where they are.
    #[schema(required)]
    letters: Option<i64>,
}

/// Test a mailbox before it is connected, or as it is to be changed: both servers are signed in to, and nothing is sent.
#[utoipa::path(post, path = "/mailbox-tests", operation_id = "test_mailbox", tag = "mailboxes", request_body = MailboxTest,
    responses((status = 200, body = MailboxTested), Problems))]
async fn test(State(app): State<App>, who: Agent, Valid(test): Valid<MailboxTest>) -> Answer<Json<MailboxTested>> {
    let (filled, known) = (test.form.filled(), test.mailbox);
    must_be_guarded(&app, &filled.settings)?;
    let before = match known {
        Some(id) => Some(app.read(async move |tx: &mut Tx<'_>| mailboxes::mailbox(tx, who.shop, id).await).await?),
        None => None,
    };
    let opening = match before {
        Some(before) => before.opened(&app)?.after(&before.settings, &filled)?,
        None => Opening::given(&filled)?,
    };
    let inbox = Inbox::open(&app, &filled.settings.incoming, &opening.incoming()).await;
    let letters = inbox.as_ref().ok().map(|inbox| inbox.letters.into());
    let outgoing = smtp::open(&app, &filled.settings.outgoing, &opening.outgoing()).await;
    let tested = MailboxTested { outgoing: ServerTest::of(outgoing), letters, incoming: ServerTest::of(inbox) };
    Ok(Json(tested))
}
