//! Putting letters together and taking them apart, over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use inbox::{
    REPLY, doubt,
    view::{self, ConversationRow},
};
use kernel::{ConversationId, MessageId};
use platform::{
    Agent, App, Tx,
    http::{Answer, Path, Policy, Problems, Valid},
    nothing_to_check, policy,
};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::parting;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(join)).routes(routes!(split)).routes(routes!(settle))
}

pub fn policy() -> Policy {
    policy! {
        POST "/conversations/{id}/joins" => REPLY;
        POST "/conversations/{id}/splits" => REPLY;
        DELETE "/conversations/{id}/doubts/{message}" => REPLY;
    }
}

/// With which conversation one is to be joined.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Joining {
    /// Where what was said goes on.
    into: ConversationId,
}

/// Which message is to begin a conversation of its own.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Splitting {
    message: MessageId,
}

nothing_to_check!(Joining, Splitting);

/// Join a conversation held by e-mail to another: all that was said in it stands there from now on. Answers with the other.
#[utoipa::path(post, path = "/conversations/{id}/joins", operation_id = "join_conversation", tag = "conversations",
    params(("id" = ConversationId, Path)), request_body = Joining, responses((status = 200, body = ConversationRow), Problems))]
async fn join(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<ConversationId>,
    Valid(wanted): Valid<Joining>,
) -> Answer<Json<ConversationRow>> {
    let joined = app.write(async move |tx: &mut Tx<'_>| {
        let into = parting::join(tx, &who, id, wanted.into).await?;
        view::row(tx, into).await
    });
    Ok(Json(joined.await?))
}

/// Begin a conversation of its own with a letter that stands in another. Answers with the new one.
#[utoipa::path(post, path = "/conversations/{id}/splits", operation_id = "split_conversation", tag = "conversations",
    params(("id" = ConversationId, Path)), request_body = Splitting, responses((status = 200, body = ConversationRow), Problems))]
async fn split(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<ConversationId>,
    Valid(wanted): Valid<Splitting>,
) -> Answer<Json<ConversationRow>> {
    let split = parting::split(&app, &who, id, wanted.message).await?;
    Ok(Json(app.read(async move |tx: &mut Tx<'_>| view::row(tx, split.clone()).await).await?))
}

/// Say that a message belongs where it stands.
#[utoipa::path(delete, path = "/conversations/{id}/doubts/{message}", operation_id = "settle_doubt", tag = "conversations",
    params(("id" = ConversationId, Path), ("message" = MessageId, Path)), responses((status = 204), Problems))]
async fn settle(State(app): State<App>, who: Agent, Path((id, message)): Path<(ConversationId, MessageId)>) -> Answer<StatusCode> {
    app.write(async move |tx: &mut Tx<'_>| doubt::settle(tx, &who, id, message).await).await?;
    Ok(StatusCode::NO_CONTENT)
}
