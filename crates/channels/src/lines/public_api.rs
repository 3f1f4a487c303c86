//! What everybody reads, over HTTP: hiding it, and answering it in private.

use axum::{extract::State, http::StatusCode, response::Response};
use inbox::{
    REPLY,
    view::{Entries, MessageView},
};
use kernel::ConversationId;
use platform::{
    Agent, App, Tx,
    http::{Answer, Check, Once, Path, Policy, Problems, Valid, Validate},
    nothing_to_check, policy,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{comment, private_reply};

/// No answer is longer, in characters; partners take less.
const LONGEST: usize = 10_000;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(hide)).routes(routes!(answer))
}

pub fn policy() -> Policy {
    policy! {
        PUT "/conversations/{id}/comments/hidden" => REPLY;
        POST "/conversations/{id}/private-replies" => REPLY;
    }
}

/// Whether something is to be read by everybody.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CommentsVisibility {
    hidden: bool,
}

nothing_to_check!(CommentsVisibility);

/// Hide what a customer wrote in public from everybody but them, or show it again. It is done once this is answered.
#[utoipa::path(put, path = "/conversations/{id}/comments/hidden", operation_id = "hide_comments", tag = "messages",
    params(("id" = ConversationId, Path)), request_body = CommentsVisibility, responses((status = 204), Problems))]
async fn hide(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<ConversationId>,
    Valid(wanted): Valid<CommentsVisibility>,
) -> Answer<StatusCode> {
    comment::hide(&app, &who, id, wanted.hidden).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// An answer to what was written in public that only its author reads.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewPrivateReply {
    /// The sender’s own id of it: sending it twice sends it once.
    client_id: String,
    text: String,
}

impl Validate for NewPrivateReply {
    fn check(&mut self, check: &mut Check) {
        check.line("client_id", &mut self.client_id, 1, 64);
        check.text("text", &mut self.text, 1, LONGEST);
    }
}

/// An answer that was sent in private.
#[derive(Debug, Serialize, ToSchema)]
struct PrivateReplySent {
    /// Where it stands, and goes on.
    conversation: ConversationId,
    message: MessageView,
}

/// Answer in private what was written in public. It goes on in a conversation of its own; the public one says so.
#[utoipa::path(post, path = "/conversations/{id}/private-replies", operation_id = "answer_in_private", tag = "messages",
    params(("id" = ConversationId, Path), Once), request_body = NewPrivateReply,
    responses((status = 201, body = PrivateReplySent), (status = 200, body = PrivateReplySent, description = "It had been sent before"), Problems))]
async fn answer(
    State(app): State<App>,
    who: Agent,
    once: Once,
    Path(id): Path<ConversationId>,
    Valid(new): Valid<NewPrivateReply>,
) -> Answer<Response> {
    let (doer, view, asked) = (who.clone(), app.clone(), new.clone());
    once.about(id)
        .write(&app, &who, &asked, async move |tx: &mut Tx<'_>| {
            let accepted = private_reply::answer(tx, &doer, id, &new.client_id, &new.text).await?;
            let status = if accepted.fresh { StatusCode::CREATED } else { StatusCode::OK };
            let conversation = accepted.conversation.id;
            let entries = Entries::load(tx, doer.shop, vec![accepted.message]).await?;
            Ok((status, PrivateReplySent { conversation, message: entries.only(&view)? }))
        })
        .await
}
