//! Telephone lines at Twilio, over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{DepartmentId, Language, PhoneLineId, say};
use platform::{
    Agent, App,
    http::{Answer, Check, Path, Policy, Problems, Valid, Validate},
    policy,
};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Filled, Voice, prefixes};
use crate::{SETTINGS, api::LONGEST_PROMISE, line::Settings, view::PhoneLineView, voice};

/// Nobody listens to a longer greeting, in characters.
const LONGEST_GREETING: usize = 400;
const LONGEST_TOKEN: usize = 200;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(connect)).routes(routes!(change))
}

pub fn policy() -> Policy {
    policy! {
        POST "/voice-lines" => SETTINGS;
        PUT "/voice-lines/{id}" => SETTINGS;
    }
}

/// What is said of a telephone line at Twilio.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct VoiceLineForm {
    /// What to call it.
    name: String,
    /// Its number at Twilio, with its country.
    number: String,
    /// For whom it rings, and who looks after what comes in; null for everybody.
    department: Option<DepartmentId>,
    /// Whoever was missed is promised a call within so many minutes in which the shop is open; null promises nothing.
    call_back_within: Option<i64>,
    /// The SID of the account at Twilio.
    account: String,
    /// Its auth token. It is not shown again; where it is left out, the one that is known stays.
    token: Option<String>,
    /// In which language callers are spoken to.
    language: Language,
    /// What they hear first while somebody is there; null for the words of the house.
    greeting: Option<String>,
    /// How numbers begin that may be rung: more than the country, such as `+47 4` and `+47 9`.
    prefixes: Vec<String>,
}

impl Validate for VoiceLineForm {
    fn check(&mut self, check: &mut Check) {
        check.line("name", &mut self.name, 1, 80);
        check.line("number", &mut self.number, 1, 40);
        check.line("account", &mut self.account, 1, 40);
        check.maybe_line("token", &mut self.token, LONGEST_TOKEN);
        check.maybe_line("greeting", &mut self.greeting, LONGEST_GREETING);
        check.at_most("prefixes", &self.prefixes, prefixes::MOST);
        let fine = self.call_back_within.is_none_or(|minutes| (1..=LONGEST_PROMISE).contains(&minutes));
        check.that(fine, "call_back_within", say!("call-back-within-out-of-range"));
        check.that(twilio::is_account(&self.account), "account", say!("voice-account-wrong"));
        let number = customers::e164(&self.number);
        check.that(number.is_some(), "number", say!("not-a-number-of-anybody"));
        self.number = number.unwrap_or_default();
        let read: Vec<String> = self.prefixes.iter().filter_map(|prefix| prefixes::read(prefix)).collect();
        check.that(!read.is_empty() && read.len() == self.prefixes.len(), "prefixes", say!("prefixes-wrong"));
        self.prefixes = read;
    }
}

impl From<VoiceLineForm> for Filled {
    fn from(form: VoiceLineForm) -> Filled {
        let VoiceLineForm { name, number, department, call_back_within, account, token, language, greeting, prefixes } = form;
        let settings = Settings { name, number, department, call_back_within };
        Filled { settings, voice: Voice { account, language, greeting, prefixes }, token }
    }
}

/// Connect a number at Twilio. Whoever calls it from now on is received, waits in line, and is put through to members’ own telephones.
#[utoipa::path(post, path = "/voice-lines", operation_id = "create_voice_line", tag = "telephone", request_body = VoiceLineForm,
    responses((status = 201, body = PhoneLineView), Problems))]
async fn connect(State(app): State<App>, who: Agent, Valid(form): Valid<VoiceLineForm>) -> Answer<(StatusCode, Json<PhoneLineView>)> {
    let line = voice::connect(&app, &who, form.into()).await?;
    Ok((StatusCode::CREATED, Json(PhoneLineView::new(&app, line))))
}

/// Change a telephone line at Twilio: how callers are received, for whom it rings, what opens the account.
#[utoipa::path(put, path = "/voice-lines/{id}", operation_id = "change_voice_line", tag = "telephone", params(("id" = PhoneLineId, Path)),
    request_body = VoiceLineForm, responses((status = 200, body = PhoneLineView), Problems))]
async fn change(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<PhoneLineId>,
    Valid(form): Valid<VoiceLineForm>,
) -> Answer<Json<PhoneLineView>> {
    let line = voice::change(&app, &who, id, form.into()).await?;
    Ok(Json(PhoneLineView::new(&app, line)))
}
