//! Clients at providers and sign-ins over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{MailboxId, Page, say};
use platform::{
    Agent, App, Tx,
    http::{Answer, Check, Path, Policy, Problems, Valid, Validate},
    nothing_to_check, policy,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Provider,
    attempt::{self, Answer as Said, Returned},
    client,
    view::MailClientView,
};
use crate::{
    SETTINGS,
    email::{api::shown, view::MailboxView},
    store::sign_ins as store,
};

/// Microsoft's codes are more than a thousand characters long.
const LONGEST_CODE: usize = 4_096;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(index)).routes(routes!(keep, forget)).routes(routes!(begin)).routes(routes!(complete))
}

pub fn policy() -> Policy {
    policy! {
        GET "/mail-clients" => SETTINGS;
        PUT "/mail-clients/{provider}" => SETTINGS;
        DELETE "/mail-clients/{provider}" => SETTINGS;
        POST "/mailbox-sign-ins" => SETTINGS;
        POST "/mailbox-sign-ins/completions" => SETTINGS;
    }
}

/// List where a mailbox can be signed in to, and what each calls the shop's client.
#[utoipa::path(get, path = "/mail-clients", operation_id = "list_mail_clients", tag = "mailboxes",
    responses((status = 200, body = Page<MailClientView>), Problems))]
async fn index(State(app): State<App>, who: Agent) -> Answer<Json<Page<MailClientView>>> {
    let clients = app.read(async move |tx: &mut Tx<'_>| store::clients(tx, who.shop).await).await?;
    let of = |provider: &Provider| clients.iter().find(|client| client.provider == *provider).cloned();
    let all = Provider::ALL.iter().map(|provider| MailClientView::new(&app, *provider, of(provider)));
    Ok(Json(Page::all(all.collect())))
}

/// The shop's client at a provider.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MailClientForm {
    client_id: String,
    /// One that is left out stays as it is.
    #[schema(format = Password)]
    client_secret: Option<String>,
}

impl Validate for MailClientForm {
    fn check(&mut self, check: &mut Check) {
        check.line("client_id", &mut self.client_id, 1, 200);
        check.maybe_line("client_secret", &mut self.client_secret, 500);
    }
}

/// Set up the shop's client at a provider, as it was registered there.
#[utoipa::path(put, path = "/mail-clients/{provider}", operation_id = "keep_mail_client", tag = "mailboxes",
    params(("provider" = Provider, Path)), request_body = MailClientForm, responses((status = 200, body = MailClientView), Problems))]
async fn keep(
    State(app): State<App>,
    who: Agent,
    Path(provider): Path<Provider>,
    Valid(form): Valid<MailClientForm>,
) -> Answer<Json<MailClientView>> {
    let MailClientForm { client_id, client_secret } = form;
    let inside = app.clone();
    let kept = app.write(async move |tx: &mut Tx<'_>| {
        let secret = client_secret.clone().map(Into::into);
        client::keep(tx, &inside, &who, provider, client_id.clone(), secret).await
    });
    Ok(Json(MailClientView::new(&app, provider, Some(kept.await?))))
}

/// Forget the shop's client at a provider, once it opens no mailbox.
#[utoipa::path(delete, path = "/mail-clients/{provider}", operation_id = "forget_mail_client", tag = "mailboxes",
    params(("provider" = Provider, Path)), responses((status = 204), Problems))]
async fn forget(State(app): State<App>, who: Agent, Path(provider): Path<Provider>) -> Answer<StatusCode> {
    app.write(async move |tx: &mut Tx<'_>| client::forget(tx, &who, provider).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What is to be signed in to.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SignInForm {
    provider: Provider,
    /// A mailbox that is there already; a new one is connected where none is named.
    mailbox: Option<MailboxId>,
}
nothing_to_check!(SignInForm);

/// Where to sign in.
#[derive(Debug, Serialize, ToSchema)]
struct SignInBegun {
    address: String,
}

/// Begin to sign in to a mailbox: go where the answer says, within ten minutes and with the same browser. Programs cannot.
#[utoipa::path(post, path = "/mailbox-sign-ins", operation_id = "begin_mailbox_sign_in", tag = "mailboxes", request_body = SignInForm,
    responses((status = 201, body = SignInBegun), Problems))]
async fn begin(State(app): State<App>, who: Agent, Valid(form): Valid<SignInForm>) -> Answer<(StatusCode, Json<SignInBegun>)> {
    let address = attempt::begin(&app, &who, form.provider, form.mailbox).await?;
    Ok((StatusCode::CREATED, Json(SignInBegun { address })))
}

/// What the provider sent the browser back with.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SignInReturn {
    state: String,
    /// Where somebody was let in.
    code: Option<String>,
    /// Where nobody was.
    error: Option<String>,
}

impl Validate for SignInReturn {
    fn check(&mut self, check: &mut Check) {
        check.line("state", &mut self.state, 1, 200);
        check.maybe_line("code", &mut self.code, LONGEST_CODE);
        check.maybe_line("error", &mut self.error, 100);
        check.that(self.code.is_some() != self.error.is_some(), "code", say!("sign-in-code-or-error"));
    }
}

/// End a sign-in with what the provider sent the browser back with: it opens the mailbox from now on. Only the browser it was begun
/// in can, and once.
#[utoipa::path(post, path = "/mailbox-sign-ins/completions", operation_id = "complete_mailbox_sign_in", tag = "mailboxes",
    request_body = SignInReturn, responses((status = 200, body = MailboxView), Problems))]
async fn complete(State(app): State<App>, who: Agent, Valid(form): Valid<SignInReturn>) -> Answer<Json<MailboxView>> {
    let SignInReturn { state, code, error } = form;
    let answer = code.map_or_else(|| Said::Refused(error.unwrap_or_default()), Said::Code);
    let mailbox = attempt::complete(&app, &who, Returned { state, answer }).await?;
    Ok(Json(shown(&app, mailbox).await?))
}
