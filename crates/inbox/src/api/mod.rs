//! Conversations over HTTP.

mod conversations;
mod files;
mod messages;
mod tags;

use axum::Router;
use platform::{App, http::Policy, policy};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{READ, REPLY, TAGS, socket};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(conversations::routes())
        .merge(messages::routes())
        .merge(tags::routes())
        .merge(files::routes())
        .routes(routes!(socket::open))
}

pub fn pages() -> Router<App> {
    files::pages()
}

pub fn policy() -> Policy {
    policy! {
        GET "/conversations" => READ;
        GET "/conversations/counts" => READ;
        GET "/conversations/{id}" => READ;
        PUT "/conversations/{id}/assignment" => REPLY;
        PUT "/conversations/{id}/priority" => REPLY;
        PUT "/conversations/{id}/tags" => REPLY;
        PUT "/conversations/{id}/snooze" => REPLY;
        DELETE "/conversations/{id}/snooze" => REPLY;
        PUT "/conversations/{id}/resolution" => REPLY;
        DELETE "/conversations/{id}/resolution" => REPLY;
        PUT "/conversations/{id}/spam" => REPLY;
        DELETE "/conversations/{id}/spam" => REPLY;
        GET "/conversations/{id}/messages" => READ;
        POST "/conversations/{id}/messages" => REPLY;
        DELETE "/conversations/{id}/messages/{message}" => REPLY;
        POST "/conversations/{id}/messages/{message}/retries" => REPLY;
        PUT "/conversations/{id}/draft" => REPLY;
        DELETE "/conversations/{id}/draft" => REPLY;
        PUT "/conversations/{id}/read" => READ;
        GET "/customers/{id}/conversations" => READ;
        GET "/search" => READ;
        GET "/tags" => READ;
        POST "/tags" => TAGS;
        PATCH "/tags/{id}" => TAGS;
        DELETE "/tags/{id}" => TAGS;
        POST "/files" => REPLY;
        GET "/live" => public;
    }
}
