//! Oneself: name, language, password.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use kernel::{Language, PersonId};
use platform::{
    Agent, App, Tx,
    http::{Answer, Check, Network, Problems, Valid, Validate},
    nothing_to_check,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{close_sockets, refuse_other_sites};
use crate::{
    password_reset,
    person::{self, Person},
    session,
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(ask_for_reset, reset)).routes(routes!(change)).routes(routes!(change_password))
}

/// Somebody who signs in.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonView {
    pub id: PersonId,
    pub name: String,
    pub email: String,
    #[schema(required)]
    pub language: Option<Language>,
}

impl From<Person> for PersonView {
    fn from(person: Person) -> Self {
        PersonView { id: person.id, name: person.name, email: person.email, language: person.language }
    }
}

/// The address of the account.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AskBody {
    email: String,
}
impl Validate for AskBody {
    fn check(&mut self, check: &mut Check) {
        check.line("email", &mut self.email, 1, 254);
    }
}

/// Ask for a link to choose a new password. The answer is the same whether or not there is such an account.
#[utoipa::path(post, path = "/password-resets", tag = "session", operation_id = "ask_for_password_reset", request_body = AskBody,
    responses((status = 202), Problems))]
async fn ask_for_reset(State(app): State<App>, network: Network, headers: HeaderMap, Valid(body): Valid<AskBody>) -> Answer<StatusCode> {
    refuse_other_sites(&app, &headers)?;
    password_reset::ask(&app, &body.email, network).await?;
    Ok(StatusCode::ACCEPTED)
}

/// The secret of the link and the new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ResetBody {
    token: String,
    #[schema(format = Password)]
    password: String,
}
nothing_to_check!(ResetBody);

/// Choose a new password. Every session and API token of the account ends.
#[utoipa::path(put, path = "/password-resets", tag = "session", operation_id = "reset_password", request_body = ResetBody,
    responses((status = 204), Problems))]
async fn reset(State(app): State<App>, network: Network, headers: HeaderMap, Valid(body): Valid<ResetBody>) -> Answer<StatusCode> {
    refuse_other_sites(&app, &headers)?;
    let signed_out = password_reset::finish(&app, &body.token, &body.password.into(), network).await?;
    close_sockets(&app, &signed_out);
    Ok(StatusCode::NO_CONTENT)
}

/// What to change about oneself.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PersonBody {
    name: Option<String>,
    /// Null follows the browser.
    #[serde(default, deserialize_with = "platform::http::nullable")]
    #[schema(value_type = Option<Language>)]
    language: Option<Option<Language>>,
}
impl Validate for PersonBody {
    fn check(&mut self, check: &mut Check) {
        if let Some(name) = &mut self.name {
            check.line("name", name, 1, 120);
        }
    }
}

/// Change one's name or language, in all one's shops.
#[utoipa::path(patch, path = "/person", tag = "session", operation_id = "change_person", request_body = PersonBody,
    responses((status = 200, body = PersonView), Problems))]
async fn change(State(app): State<App>, who: Agent, Valid(body): Valid<PersonBody>) -> Answer<Json<PersonView>> {
    session::of(&who)?;
    let id = who.person;
    let person = app.write(async move |tx: &mut Tx<'_>| person::change(tx, id, body.name.clone(), body.language).await).await?;
    Ok(Json(person.into()))
}

/// One's password, and the one to come.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PasswordBody {
    #[schema(format = Password)]
    current: String,
    #[schema(format = Password)]
    new: String,
}
nothing_to_check!(PasswordBody);

/// Change one's password. All one's other sessions end.
#[utoipa::path(put, path = "/person/password", tag = "session", operation_id = "change_password", request_body = PasswordBody,
    responses((status = 204), Problems))]
async fn change_password(State(app): State<App>, who: Agent, network: Network, Valid(body): Valid<PasswordBody>) -> Answer<StatusCode> {
    let signed_out = password_reset::change(&app, &who, &body.current.into(), &body.new.into(), network).await?;
    close_sockets(&app, &signed_out);
    Ok(StatusCode::NO_CONTENT)
}
