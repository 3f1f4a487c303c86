//! Asks a Vendure, signed in.

use std::time::Duration;

use kernel::Timestamp;
use platform::{
    App,
    egress::{Request, Response},
};
use reqwest::Url;
use secrecy::SecretString;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::{ADDRESS, CHANNEL, PASSWORD, USERNAME, Vendure};
use crate::{
    answer::{self, MOST, accepted, beginning, parsed, shop_time},
    connector::{Settings, setting},
    trouble::{Fault, Trouble},
};

const WITHIN: Duration = Duration::from_secs(45);
/// Where its admin API is, unless the address says otherwise.
const ADMIN_API: &str = "/admin-api";

const SIGN_IN: &str = "mutation($username: String!, $password: String!) { login(username: $username, password: $password) { __typename ... on ErrorResult { errorCode message } } }";

/// An answer, and what its clock says.
pub(super) struct Answered<T> {
    pub data: T,
    pub shop_time: Option<Timestamp>,
}

#[derive(Deserialize)]
struct Envelope {
    data: Option<Value>,
    #[serde(default)]
    errors: Vec<GraphqlError>,
}

#[derive(Deserialize)]
struct GraphqlError {
    #[serde(default)]
    message: String,
    #[serde(default)]
    extensions: Extensions,
}

#[derive(Default, Deserialize)]
struct Extensions {
    #[serde(default)]
    code: String,
}

/// The admin API's full address.
fn endpoint(settings: &Settings) -> Result<Url, Fault> {
    let mut url = parsed(setting(settings, ADDRESS))?;
    if url.path() == "/" {
        url.set_path(ADMIN_API);
    }
    Ok(url)
}

/// What tells its ids from those of any other shop system: its host.
pub(super) fn source(settings: &Settings) -> Result<String, Fault> {
    Ok(answer::source(&endpoint(settings)?))
}

/// A host and a channel of it.
pub(super) fn books(settings: &Settings) -> String {
    format!("{} {}", source(settings).unwrap_or_default(), setting(settings, CHANNEL))
}

impl Vendure {
    /// Asks; signs in first where that has not been done or has ended.
    pub(super) async fn ask<T: DeserializeOwned>(
        &self,
        app: &App,
        settings: &Settings,
        query: &str,
        variables: Value,
    ) -> Result<Answered<T>, Fault> {
        if let Some(session) = self.sessions.of(settings) {
            match send(app, settings, query, &variables, Some(&session)).await {
                // it has ended, or was revoked
                Err(fault) if matches!(fault.trouble, Trouble::NotAllowed | Trouble::SignInRefused) => self.sessions.forget(settings),
                answer => return read(&answer?),
            }
        }
        let session = sign_in(app, settings).await?;
        let answer = send(app, settings, query, &variables, Some(&session)).await?;
        self.sessions.keep(settings, session);
        read(&answer)
    }
}

async fn sign_in(app: &App, settings: &Settings) -> Result<SecretString, Fault> {
    let login = json!({ "username": setting(settings, USERNAME), "password": setting(settings, PASSWORD) });
    let answer = send(app, settings, SIGN_IN, &login, None).await?;
    let login: Value = read::<Value>(&answer)?.data["login"].take();
    if login["__typename"] != "CurrentUser" {
        return Err(Fault::new(Trouble::SignInRefused, login["message"].as_str().unwrap_or("It does not say why.")));
    }
    let token = answer.headers.get("vendure-auth-token").and_then(|token| token.to_str().ok());
    let missing = || Fault::new(Trouble::NotUnderstood, "It signed in and gave no token: its authOptions.tokenMethod has to name bearer.");
    Ok(format!("Bearer {}", token.ok_or_else(missing)?).into())
}

/// Sends a question; errors of GraphQL, which come with status 200 as well, are faults.
async fn send(app: &App, settings: &Settings, query: &str, variables: &Value, session: Option<&SecretString>) -> Result<Response, Fault> {
    let url = endpoint(settings)?;
    let mut request =
        Request::post("Vendure", url).at_most(MOST).within(WITHIN).json(&json!({ "query": query, "variables": variables }))?;
    if let Some(session) = session {
        request = request.secret_header("authorization", session)?;
    }
    let channel = setting(settings, CHANNEL);
    if !channel.is_empty() {
        request = request.secret_header("vendure-token", &channel.to_owned().into())?;
    }
    let answer = app.egress().send(request).await?;
    // what it refuses to look up comes with its reasons
    let answer = if answer.status.as_u16() == 400 { answer } else { accepted(answer)? };
    judge(&answer).map(|()| answer)
}

fn envelope(answer: &Response) -> Result<Envelope, Fault> {
    let wrong = |_| Fault::new(Trouble::NotUnderstood, format!("It did not answer as an admin API does: {}", beginning(answer)));
    serde_json::from_slice(&answer.body).map_err(wrong)
}

fn judge(answer: &Response) -> Result<(), Fault> {
    let Some(error) = envelope(answer)?.errors.into_iter().next() else { return Ok(()) };
    let trouble = match error.extensions.code.as_str() {
        "UNAUTHORIZED" => Trouble::SignInRefused,
        "FORBIDDEN" => Trouble::NotAllowed,
        "INTERNAL_SERVER_ERROR" => Trouble::Failing,
        _ => Trouble::NotUnderstood,
    };
    Err(Fault::new(trouble, error.message))
}

fn read<T: DeserializeOwned>(answer: &Response) -> Result<Answered<T>, Fault> {
    let data = envelope(answer)?.data.unwrap_or_default();
    let data = serde_json::from_value(data)
        .map_err(|error| Fault::new(Trouble::NotUnderstood, format!("Its answer is not what Ombud understands: {error}.")))?;
    Ok(Answered { data, shop_time: shop_time(&answer.headers) })
}
