//! What Meta's channels have in common: the Graph API, how its calls are signed, and how it says no.

pub mod messaging;

use std::collections::BTreeMap;

use axum::http::Method;
use bytes::Bytes;
use data_encoding::HEXLOWER_PERMISSIVE;
use kernel::{Result, Timestamp, invalid, say, seconds};
use platform::{
    App,
    egress::{Request, Response},
    form::{Settings, setting},
    secret::SecretString,
    token::{hmac_sha256, same},
    trouble::{Fault, Trouble},
};
use serde::Deserialize;
use serde_json::Value;

use crate::partner::{Call, FILE_WITHIN, Greeting, Hook, Refusal, Taken, Why, answered_silently};

const SERVICE: &str = "Meta";
/// Each version is served for two years.
const VERSION: &str = "v24.0";

/// Looks whether these can be ids of Meta's: they go into addresses as they are.
///
/// Errors: `Invalid` on the first that cannot.
pub fn ids(settings: &Settings, names: &[&str]) -> Result<()> {
    let is_id = |id: &str| (1..=40).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_digit());
    match names.iter().find(|name| !is_id(setting(settings, name))) {
        Some(name) => Err(invalid(format!("settings.{name}"), say!("meta-id-wrong"))),
        None => Ok(()),
    }
}

/// What Meta wants to hear when it tries an address.
pub fn greets(hook: &Hook, asked: &BTreeMap<String, String>) -> Option<Greeting> {
    let said = |name: &str| asked.get(name).map(String::as_str).unwrap_or_default();
    let is_meta = said("hub.mode") == "subscribe" && same(said("hub.verify_token").as_bytes(), hook.secret.as_bytes());
    is_meta.then(|| Greeting::Text(said("hub.challenge").to_owned()))
}

/// Whether a call is signed with the app's secret, over its bytes as they came.
pub fn is_signed(app_secret: &str, call: &Call<'_>) -> bool {
    let given = call.header("x-hub-signature-256").strip_prefix("sha256=").and_then(|hex| HEXLOWER_PERMISSIVE.decode(hex.as_bytes()).ok());
    given.is_some_and(|given| same(&given, &hmac_sha256(app_secret.as_bytes(), &[call.body.as_bytes()])))
}

/// The Graph API, with somebody's token.
pub struct Graph<'a> {
    app: &'a App,
    channel: &'static str,
    token: SecretString,
}

impl<'a> Graph<'a> {
    /// For one of Meta's channels.
    pub fn new(app: &'a App, channel: &'static str, token: &str) -> Graph<'a> {
        Graph { app, channel, token: format!("Bearer {token}").into() }
    }

    fn address(&self, path: &str) -> String {
        format!("{}/{VERSION}/{path}", self.app.config().partner(self.channel, "https://graph.facebook.com"))
    }

    /// A request that changes something.
    pub fn to(&self, path: &str) -> Result<Request> {
        Request::post(SERVICE, self.address(path)).secret_header("authorization", &self.token)
    }

    pub async fn get(&self, path: &str) -> Result<Value, Fault> {
        self.asked(Request::get(SERVICE, self.address(path)).secret_header("authorization", &self.token)?).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Result<Value, Fault> {
        self.asked(self.to(path)?.json(body)?).await
    }

    pub async fn delete(&self, path: &str) -> Result<Value, Fault> {
        self.asked(Request::new(SERVICE, Method::DELETE, self.address(path)).secret_header("authorization", &self.token)?).await
    }

    async fn asked(&self, request: Request) -> Result<Value, Fault> {
        let answer = self.app.egress().send(request).await?;
        understood(&answer).map_err(|failing| failing.fault(&answer))
    }

    /// Until when a token is good, for whoever signs in here; nothing where it does not end.
    pub async fn ends(&self, token: &str) -> Result<Option<Timestamp>, Fault> {
        let asked = form_urlencoded::Serializer::new(String::new()).append_pair("input_token", token).finish();
        let said = self.get(&format!("debug_token?{asked}")).await?;
        let ends = said["data"]["expires_at"].as_i64().filter(|ends| *ends > 0 && said["data"]["is_valid"] == true);
        Ok(ends.map(|ends| Timestamp::from_micros(ends.saturating_mul(seconds(1)))))
    }

    /// A file that lies with Meta, of so many bytes at most.
    pub async fn file(&self, url: &str, at_most: usize) -> Result<Bytes, Fault> {
        let request = Request::get(SERVICE, url).secret_header("authorization", &self.token)?.at_most(at_most).within(FILE_WITHIN);
        let answer = self.app.egress().send(request).await?;
        if answer.status.is_success() { Ok(answer.body) } else { Err(Failing::silent(&answer).fault(&answer)) }
    }
}

/// What an answer says, where it is a good one.
pub fn understood(answer: &Response) -> Result<Value, Failing> {
    let said: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    if answer.status.is_success() && said["error"].is_null() {
        return Ok(said);
    }
    let told = serde_json::from_value::<Failing>(said["error"].clone());
    Err(told.map_or_else(|_| Failing::silent(answer), Failing::told))
}

/// What became of a piece that Meta did not take with its own words, or that somebody answered in its place.
pub fn refused(error: Failing, answer: &Response, why: impl Fn(&Failing) -> Why) -> Result<Taken, Refusal> {
    let wait = answer.retry_after();
    if error.code < 0 {
        return answered_silently(answer.status.as_u16(), wait);
    }
    Err(Refusal::new(why(&error), error.said).left_alone_for(wait))
}

/// How Meta says no, in an answer or in a call.
#[derive(Debug, Clone, Deserialize)]
pub struct Failing {
    /// -1 where it does not say.
    #[serde(default)]
    pub code: i64,
    #[serde(default)]
    pub error_subcode: i64,
    #[serde(default, alias = "message")]
    title: String,
    #[serde(default)]
    error_data: Details,
    #[serde(skip)]
    pub said: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Details {
    #[serde(default)]
    details: String,
}

impl Failing {
    fn silent(answer: &Response) -> Failing {
        let said = format!("It answered {}.", answer.status.as_u16());
        Failing { code: -1, error_subcode: 0, title: String::new(), error_data: Details::default(), said }
    }

    fn told(self) -> Failing {
        Failing { said: self.in_words(), ..self }
    }

    pub fn in_words(&self) -> String {
        let Failing { code, title, error_data: Details { details }, .. } = self;
        format!("{code} {title} {details}").trim_end().to_owned()
    }

    fn fault(&self, answer: &Response) -> Fault {
        let trouble = match (self.code, answer.status.as_u16()) {
            (190 | 102, _) | (-1, 401) => Trouble::SignInRefused,
            (3 | 10 | 200..=299 | 131_005 | 131_031, _) | (-1, 403) => Trouble::NotAllowed,
            (4 | 17 | 613 | 80_007 | 130_429, _) | (_, 429) => Trouble::TooManyRequests,
            (1 | 2 | 131_000 | 131_016 | 131_057, _) | (_, 500..) => Trouble::Failing,
            _ => Trouble::NotUnderstood,
        };
        Fault::new(trouble, &self.said)
    }
}
