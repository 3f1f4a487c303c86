//! Asks a Shopify, signed in.

use std::time::Duration;

use kernel::{Timestamp, seconds};
use platform::{
    App,
    egress::{Request, Response},
};
use reqwest::Url;
use secrecy::SecretString;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::{ADDRESS, CLIENT, SECRET, Shopify, TOKEN};
use crate::{
    answer::{self, MOST, accepted, beginning, parsed, shop_time},
    connector::{Settings, setting},
    trouble::{Fault, Trouble},
};

const WITHIN: Duration = Duration::from_secs(45);
/// Its API of one quarter, which it keeps for a year at least.
const API: &str = "/admin/api/2026-10/graphql.json";
const SIGN_IN: &str = "/admin/oauth/access_token";
/// No bucket takes longer to fill, in seconds.
const LONGEST_REST: f64 = 3_600.0;

/// An answer.
pub(super) struct Answered<T> {
    pub data: T,
    /// So long it takes until the same could be asked again, in microseconds.
    pub rest: i64,
    /// What its clock says.
    pub shop_time: Option<Timestamp>,
}

#[derive(Deserialize)]
struct Envelope {
    #[serde(default)]
    data: Value,
    /// A text where nobody is signed in, else a list.
    #[serde(default)]
    errors: Value,
    #[serde(default)]
    extensions: Extensions,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Extensions {
    cost: Cost,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Cost {
    requested_query_cost: f64,
    throttle_status: Bucket,
}

/// Its points: how many are left, and how many come back each second.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Bucket {
    currently_available: f64,
    restore_rate: f64,
}

impl Cost {
    /// How long it takes until there are enough points for this again.
    fn rest(&self) -> i64 {
        let missing = self.requested_query_cost - self.throttle_status.currently_available;
        if missing <= 0.0 || self.throttle_status.restore_rate <= 0.0 {
            return 0;
        }
        seconds((missing / self.throttle_status.restore_rate).ceil().min(LONGEST_REST) as i64)
    }
}

/// Why it has not done something it was asked to.
#[derive(Deserialize)]
pub(super) struct UserError {
    pub message: String,
}

#[derive(Deserialize)]
struct SignedIn {
    access_token: String,
}

fn at(settings: &Settings, path: &str) -> Result<Url, Fault> {
    let mut url = parsed(setting(settings, ADDRESS))?;
    url.set_path(path);
    url.set_query(None);
    Ok(url)
}

/// What tells its ids from those of any other shop system: its host.
pub(super) fn source(settings: &Settings) -> Result<String, Fault> {
    Ok(answer::source(&at(settings, "")?))
}

/// Where people see what is in it.
pub(super) fn admin(settings: &Settings) -> Result<String, Fault> {
    Ok(at(settings, "/admin")?.to_string())
}

impl Shopify {
    /// Asks; signs in first where that has not been done or has ended.
    pub(super) async fn ask<T: DeserializeOwned>(
        &self,
        app: &App,
        settings: &Settings,
        query: &str,
        variables: Value,
    ) -> Result<Answered<T>, Fault> {
        let given = setting(settings, TOKEN);
        if !given.is_empty() {
            return read(&send(app, settings, query, &variables, &given.to_owned().into()).await?);
        }
        if let Some(session) = self.sessions.of(settings) {
            match send(app, settings, query, &variables, &session).await {
                // it lasts a day
                Err(fault) if fault.trouble == Trouble::SignInRefused => self.sessions.forget(settings),
                answer => return read(&answer?),
            }
        }
        let session = sign_in(app, settings).await?;
        let answer = send(app, settings, query, &variables, &session).await?;
        self.sessions.keep(settings, session);
        read(&answer)
    }
}

/// By an app's own credentials.
async fn sign_in(app: &App, settings: &Settings) -> Result<SecretString, Fault> {
    let (client, secret) = (setting(settings, CLIENT), setting(settings, SECRET));
    if client.is_empty() || secret.is_empty() {
        return Err(Fault::new(Trouble::SignInRefused, "Give a client ID and its secret, or an access token."));
    }
    let form = json!({ "client_id": client, "client_secret": secret, "grant_type": "client_credentials" });
    let request = Request::post("Shopify", at(settings, SIGN_IN)?).within(WITHIN).json(&form)?;
    let answer = app.egress().send(request).await?;
    let refused = |answer: &Response| {
        let said: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let why = said["error_description"].as_str().or(said["error"].as_str()).map_or_else(|| beginning(answer), str::to_owned);
        Fault::new(Trouble::SignInRefused, why)
    };
    if matches!(answer.status.as_u16(), 400 | 401 | 403) {
        return Err(refused(&answer));
    }
    let answer = accepted(answer)?;
    match serde_json::from_slice::<SignedIn>(&answer.body) {
        Ok(signed_in) => Ok(signed_in.access_token.into()),
        Err(_) => Err(Fault::new(Trouble::NotUnderstood, format!("It did not sign in as Shopify does: {}", beginning(&answer)))),
    }
}

async fn send(app: &App, settings: &Settings, query: &str, variables: &Value, session: &SecretString) -> Result<Response, Fault> {
    let request = Request::post("Shopify", at(settings, API)?)
        .at_most(MOST)
        .within(WITHIN)
        .json(&json!({ "query": query, "variables": variables }))?
        .secret_header("x-shopify-access-token", session)?;
    let answer = app.egress().send(request).await?;
    // what it refuses comes with its reasons, mostly with status 200
    match serde_json::from_slice::<Envelope>(&answer.body) {
        Ok(envelope) if !envelope.errors.is_null() => Err(judged(&envelope, accepted(answer).err())),
        _ => accepted(answer),
    }
}

fn judged(envelope: &Envelope, status: Option<Fault>) -> Fault {
    let first = &envelope.errors[0];
    let said = envelope.errors.as_str().or(first["message"].as_str()).unwrap_or("It does not say why.");
    let trouble = match first["extensions"]["code"].as_str().unwrap_or_default() {
        "THROTTLED" => {
            let wait = Some(envelope.extensions.cost.rest().max(seconds(1)));
            return Fault { wait, ..Fault::new(Trouble::TooManyRequests, said) };
        }
        "ACCESS_DENIED" => Trouble::NotAllowed,
        "INTERNAL_SERVER_ERROR" => Trouble::Failing,
        _ => status.as_ref().map_or(Trouble::NotUnderstood, |fault| fault.trouble),
    };
    Fault { wait: status.and_then(|fault| fault.wait), ..Fault::new(trouble, said) }
}

fn read<T: DeserializeOwned>(answer: &Response) -> Result<Answered<T>, Fault> {
    let wrong = |error| Fault::new(Trouble::NotUnderstood, format!("It did not answer as its API does ({error}): {}", beginning(answer)));
    let envelope: Envelope = serde_json::from_slice(&answer.body).map_err(wrong)?;
    let rest = envelope.extensions.cost.rest();
    let data = serde_json::from_value(envelope.data).map_err(wrong)?;
    Ok(Answered { data, rest, shop_time: shop_time(&answer.headers) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_left_alone_until_there_are_points_enough() {
        for (requested, left, restored, wait) in [
            (500.0, 500.0, 100.0, 0),
            (500.0, 499.0, 100.0, 1),
            (500.0, 0.0, 100.0, 5),
            (501.0, 0.0, 100.0, 6),
            (500.0, 0.0, 0.0, 0),
            (3_600.0, 0.0, 1.0, 3_600),
            (3_601.0, 0.0, 1.0, 3_600),
            (f64::MAX, f64::MIN, f64::MIN_POSITIVE, 3_600),
        ] {
            let throttle_status = Bucket { currently_available: left, restore_rate: restored };
            assert_eq!(Cost { requested_query_cost: requested, throttle_status }.rest(), seconds(wait), "{requested} {left} {restored}");
        }
    }
}
