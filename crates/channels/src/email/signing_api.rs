//! Our own signature under what leaves a mailbox, over HTTP.

use axum::{Json, extract::State};
use kernel::MailboxId;
use platform::{
    Agent, App,
    http::{Answer, Path, Policy, Problems},
    policy,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{api::shown, signing, view::MailboxView};
use crate::SETTINGS;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(begin, end)).routes(routes!(check))
}

pub fn policy() -> Policy {
    policy! {
        PUT "/mailboxes/{id}/signing" => SETTINGS;
        DELETE "/mailboxes/{id}/signing" => SETTINGS;
        POST "/mailboxes/{id}/signing-checks" => SETTINGS;
    }
}

/// Give a mailbox a key to sign its letters with (DKIM). What its domain has to tell of the key is said; nothing is signed before
/// that has been seen there.
#[utoipa::path(put, path = "/mailboxes/{id}/signing", operation_id = "make_signing_key", tag = "mailboxes",
    params(("id" = MailboxId, Path)), responses((status = 200, body = MailboxView), Problems))]
async fn begin(State(app): State<App>, who: Agent, Path(id): Path<MailboxId>) -> Answer<Json<MailboxView>> {
    Ok(Json(shown(&app, signing::begin(&app, &who, id).await?).await?))
}

/// Look whether the mailbox's domain tells of its key. If it does, letters are signed from now on.
#[utoipa::path(post, path = "/mailboxes/{id}/signing-checks", operation_id = "check_signing_record", tag = "mailboxes",
    params(("id" = MailboxId, Path)), responses((status = 200, body = MailboxView), Problems))]
async fn check(State(app): State<App>, who: Agent, Path(id): Path<MailboxId>) -> Answer<Json<MailboxView>> {
    Ok(Json(shown(&app, signing::check(&app, &who, id).await?).await?))
}

/// Sign a mailbox's letters no longer, and forget the key.
#[utoipa::path(delete, path = "/mailboxes/{id}/signing", operation_id = "forget_signing_key", tag = "mailboxes",
    params(("id" = MailboxId, Path)), responses((status = 200, body = MailboxView), Problems))]
async fn end(State(app): State<App>, who: Agent, Path(id): Path<MailboxId>) -> Answer<Json<MailboxView>> {
    Ok(Json(shown(&app, signing::end(&app, &who, id).await?).await?))
}
