//! Where a customer can be answered, over HTTP, and answering them there.

use axum::{Json, extract::State, http::StatusCode, response::Response};
use inbox::{
    READ, REPLY, conversation,
    view::{ConversationRef, Entries, MessageView},
};
use kernel::ConversationId;
use platform::{
    Agent, App, Tx,
    http::{Answer, Check, Once, Path, Policy, Problems, Valid, Validate},
    policy,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer, outlets,
    view::{OutletView, Outlets},
};

/// No answer is longer, in characters; partners take less.
const LONGEST: usize = 10_000;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(index)).routes(routes!(create))
}

pub fn policy() -> Policy {
    policy! {
        GET "/conversations/{id}/outlets" => READ;
        POST "/conversations/{id}/answers-elsewhere" => REPLY;
    }
}

/// List where whoever wrote a conversation can be answered, and why not where they cannot be.
#[utoipa::path(get, path = "/conversations/{id}/outlets", operation_id = "list_outlets_of_conversation", tag = "conversations",
    params(("id" = ConversationId, Path)), responses((status = 200, body = Outlets), Problems))]
async fn index(State(app): State<App>, who: Agent, Path(id): Path<ConversationId>) -> Answer<Json<Outlets>> {
    let found = app.read(async move |tx: &mut Tx<'_>| {
        let from = conversation::by_id(tx, who.shop, id).await?;
        outlets(tx, &from).await
    });
    Ok(Json(Outlets { items: found.await?.into_iter().map(|one| OutletView::new(one, id)).collect() }))
}

/// An answer by another channel than the one that is answered.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewAnswerElsewhere {
    /// The sender’s own id of it: sending it twice sends it once.
    client_id: String,
    /// The id of the outlet.
    outlet: String,
    /// Of the letter that opens a conversation; the subject of the one that is answered where none is given.
    subject: Option<String>,
    text: String,
}

impl Validate for NewAnswerElsewhere {
    fn check(&mut self, check: &mut Check) {
        check.line("client_id", &mut self.client_id, 1, 64);
        check.line("outlet", &mut self.outlet, 1, 500);
        check.maybe_line("subject", &mut self.subject, 200);
        check.text("text", &mut self.text, 1, LONGEST);
    }
}

/// An answer that was sent elsewhere.
#[derive(Debug, Serialize, ToSchema)]
struct AnswerSentElsewhere {
    /// Where it stands, and goes on.
    conversation: ConversationRef,
    message: MessageView,
}

/// Answer by another channel. It goes on in a conversation there; the one that is answered says so.
#[utoipa::path(post, path = "/conversations/{id}/answers-elsewhere", operation_id = "answer_elsewhere", tag = "messages",
    params(("id" = ConversationId, Path), Once), request_body = NewAnswerElsewhere,
    responses((status = 201, body = AnswerSentElsewhere), (status = 200, body = AnswerSentElsewhere, description = "It had been sent before"), Problems))]
async fn create(
    State(app): State<App>,
    who: Agent,
    once: Once,
    Path(id): Path<ConversationId>,
    Valid(new): Valid<NewAnswerElsewhere>,
) -> Answer<Response> {
    let (doer, view, asked) = (who.clone(), app.clone(), new.clone());
    once.about(id)
        .write(&app, &who, &asked, async move |tx: &mut Tx<'_>| {
            let NewAnswerElsewhere { client_id, outlet, subject, text } = new.clone();
            let accepted = answer::answer(tx, &doer, id, answer::Answer { client_id, outlet, subject, text }).await?;
            let status = if accepted.fresh { StatusCode::CREATED } else { StatusCode::OK };
            let conversation = ConversationRef::from(&accepted.conversation);
            let entries = Entries::load(tx, doer.shop, vec![accepted.message]).await?;
            Ok((status, AnswerSentElsewhere { conversation, message: entries.only(&view)? }))
        })
        .await
}
