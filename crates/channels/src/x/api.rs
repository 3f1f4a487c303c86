//! X's API v2: who asks, what it answers, and how it says no.

use axum::http::Method;
use data_encoding::BASE64;
use kernel::{Result, Timestamp, seconds};
use platform::{
    App,
    egress::{HandedOver, Request, Response},
    form::{Settings, setting},
    secret::SecretString,
    trouble::{Fault, Trouble},
};
use serde::Deserialize;
use serde_json::Value;

use super::NAME;
use crate::partner::{Refusal, Renewed, Taken, Why, answered_silently};

const SERVICE: &str = "X";

/// The API, as somebody asks it.
pub struct Api<'a> {
    app: &'a App,
    known: SecretString,
}

impl<'a> Api<'a> {
    /// For the account that messages are written to.
    pub fn of_account(app: &'a App, settings: &Settings) -> Api<'a> {
        Api { app, known: format!("Bearer {}", setting(settings, "token")).into() }
    }

    /// For the app of the shop's developers.
    pub fn of_app(app: &'a App, settings: &Settings) -> Api<'a> {
        Api { app, known: format!("Bearer {}", setting(settings, "bearer")).into() }
    }

    fn request(&self, method: Method, path: &str) -> Result<Request> {
        Request::new(SERVICE, method, address(self.app, path)).secret_header("authorization", &self.known)
    }

    pub fn ask(&self, path: &str) -> Result<Request> {
        self.request(Method::GET, path)
    }

    pub fn to(&self, path: &str) -> Result<Request> {
        self.request(Method::POST, path)
    }

    pub async fn get(&self, path: &str) -> Result<Value, Fault> {
        self.asked(self.ask(path)?).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Result<Value, Fault> {
        self.asked(self.to(path)?.json(body)?).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Result<Value, Fault> {
        self.asked(self.request(Method::PUT, path)?.json(body)?).await
    }

    pub async fn delete(&self, path: &str) -> Result<(), Fault> {
        self.asked(self.request(Method::DELETE, path)?).await.map(drop)
    }

    async fn asked(&self, request: Request) -> Result<Value, Fault> {
        let answer = self.app.egress().send(request).await?;
        understood(&answer).ok_or_else(|| self.fault(&answer))
    }

    /// What an answer that is no good one says of the line.
    pub fn fault(&self, answer: &Response) -> Fault {
        let trouble = match answer.status.as_u16() {
            401 => Trouble::SignInRefused,
            403 => Trouble::NotAllowed,
            429 => Trouble::TooManyRequests,
            500.. => Trouble::Failing,
            _ => Trouble::NotUnderstood,
        };
        let said = Problem::of(answer).map(|problem| problem.in_words()).unwrap_or_default();
        let wait = left_alone_for(answer, self.app.now());
        Fault { wait, ..Fault::new(trouble, format!("{} {said}", answer.status.as_u16()).trim_end()) }
    }
}

/// How long X wants to be left alone, in microseconds, where it has been asked too often.
fn left_alone_for(answer: &Response, now: Timestamp) -> Option<i64> {
    let resets = answer.headers.get("x-rate-limit-reset").filter(|_| answer.status.as_u16() == 429);
    let at: i64 = resets?.to_str().ok()?.parse().ok()?;
    Some(Timestamp::from_micros(at.saturating_mul(seconds(1))) - now)
}

fn address(app: &App, path: &str) -> String {
    format!("{}/2/{path}", app.config().partner(NAME, "https://api.x.com"))
}

/// What an answer says, where it is a good one. One without what was asked for tells what was wrong beside it.
pub fn understood(answer: &Response) -> Option<Value> {
    let said: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    (answer.status.is_success() && (said["errors"].is_null() || !said["data"].is_null())).then_some(said)
}

/// What became of a piece that X did not take.
pub fn refused(answer: &Response, now: Timestamp) -> Result<Taken, Refusal> {
    let (status, wait) = (answer.status.as_u16(), left_alone_for(answer, now));
    let Some(problem) = Problem::of(answer) else { return answered_silently(status, wait) };
    let why = match status {
        401 => Why::Line,
        403 if ["client-forbidden", "usage-capped"].iter().any(|kind| problem.kind.ends_with(kind)) => Why::Line,
        429 | 500.. => Why::Later,
        _ => Why::Never,
    };
    Err(Refusal::new(why, problem.in_words()).left_alone_for(wait))
}

/// How X says no.
#[derive(Default, Deserialize)]
struct Problem {
    #[serde(default)]
    title: String,
    #[serde(default)]
    detail: String,
    #[serde(default, rename = "type")]
    kind: String,
}

impl Problem {
    /// It stands alone, or as the first of several.
    fn of(answer: &Response) -> Option<Problem> {
        let said: Value = serde_json::from_slice(&answer.body).ok()?;
        let one = if said["title"].is_string() { &said } else { &said["errors"][0] };
        Problem::deserialize(one).ok().filter(|problem| !problem.in_words().is_empty())
    }

    fn in_words(&self) -> String {
        format!("{} {}", self.title, self.detail).trim().to_owned()
    }
}

/// What opens an account from now on.
#[derive(Deserialize)]
struct Granted {
    access_token: String,
    /// In seconds.
    expires_in: i64,
    /// The token that renews the next time, where it is another.
    refresh_token: Option<String>,
}

#[derive(Default, Deserialize)]
struct NotGranted {
    #[serde(default)]
    error: String,
    #[serde(default)]
    error_description: String,
}

/// Renews the access of an account.
pub async fn renewed(app: &App, settings: &Settings) -> Result<Renewed, Refusal> {
    let pair = format!("{}:{}", setting(settings, "client_id"), setting(settings, "client_secret"));
    let known: SecretString = format!("Basic {}", BASE64.encode(pair.as_bytes())).into();
    let granted_before = [("grant_type", "refresh_token"), ("refresh_token", setting(settings, "refresh_token"))];
    let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(granted_before).finish();
    let request = Request::post(SERVICE, address(app, "oauth2/token")).secret_header("authorization", &known)?;
    match app.egress().hand_over(request.body("application/x-www-form-urlencoded", form)).await? {
        HandedOver::Answered(answer) if answer.status.is_success() => granted(&answer, app.now()),
        HandedOver::Answered(answer) => Err(not_granted(&answer)),
        HandedOver::Unanswered(why) => Err(Refusal::new(Why::Later, why)),
    }
}

fn granted(answer: &Response, now: Timestamp) -> Result<Renewed, Refusal> {
    let said = serde_json::from_slice::<Granted>(&answer.body).ok().filter(|said| !said.access_token.is_empty() && said.expires_in > 0);
    let Granted { access_token, expires_in, refresh_token } = said.ok_or_else(|| Refusal::new(Why::Later, "What answers is not X."))?;
    let mut settings = Settings::from([("token".to_owned(), access_token)]);
    settings.extend(refresh_token.map(|token| ("refresh_token".to_owned(), token)));
    Ok(Renewed { settings, until: now + expires_in.saturating_mul(seconds(1)) })
}

fn not_granted(answer: &Response) -> Refusal {
    let status = answer.status.as_u16();
    let NotGranted { error, error_description } = serde_json::from_slice(&answer.body).unwrap_or_default();
    // only X itself knows that it will never be renewed; whoever stands before it does not
    let why = if matches!(status, 429 | 500..) || error.is_empty() { Why::Later } else { Why::Never };
    Refusal::new(why, format!("{status} {error} {error_description}").trim_end())
}
