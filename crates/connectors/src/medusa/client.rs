//! Asks a Medusa.

use std::time::Duration;

use commerce::Answer;
use data_encoding::BASE64;
use kernel::Timestamp;
use platform::{
    App,
    egress::{Request, Response},
};
use reqwest::Url;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::{ADDRESS, KEY};
use crate::{
    answer::{self, MOST, accepted, beginning, parsed, shop_time},
    connector::{Settings, setting},
    told::figure,
    trouble::{Fault, Trouble, worth},
};

const WITHIN: Duration = Duration::from_secs(30);

/// Rows of a list, and what there is to know beside them.
pub(super) struct Answered<T> {
    pub rows: Vec<T>,
    /// So many there are, whatever the page.
    pub total: i64,
    /// What its clock says.
    pub shop_time: Option<Timestamp>,
}

#[derive(Deserialize)]
struct Listed<T> {
    #[serde(alias = "customers", alias = "orders", alias = "products", alias = "variants", alias = "promotions")]
    rows: Vec<T>,
    #[serde(deserialize_with = "figure")]
    count: i64,
}

/// Why it refuses, in its own words.
#[derive(Deserialize)]
struct Refusal {
    message: String,
}

/// Where it is: its address without what people copy along with it.
fn site(settings: &Settings) -> Result<Url, Fault> {
    let mut url = parsed(setting(settings, ADDRESS))?;
    let parts = url.path().split('/').filter(|part| !part.is_empty());
    let path = parts.take_while(|part| !matches!(*part, "app" | "admin" | "store")).collect::<Vec<_>>().join("/");
    url.set_path(&path);
    url.set_query(None);
    url.set_fragment(None);
    Ok(url)
}

/// What tells its ids from those of any other shop system: its host, and its folder where several share one.
pub(super) fn source(settings: &Settings) -> Result<String, Fault> {
    let url = site(settings)?;
    Ok(format!("{}{}", answer::source(&url), url.path().trim_end_matches('/')))
}

fn endpoint(settings: &Settings, path: &str) -> Result<Url, Fault> {
    let site = site(settings)?;
    parsed(&format!("{}/admin/{path}", site.as_str().trim_end_matches('/')))
}

fn signed(settings: &Settings, request: Request) -> Result<Request, Fault> {
    let key = setting(settings, KEY);
    if key.starts_with("pk_") {
        return Err(Fault::new(
            Trouble::SignInRefused,
            "This is a publishable key, which opens the storefront alone; a secret one begins with sk_.",
        ));
    }
    let basic = format!("Basic {}", BASE64.encode(format!("{key}:").as_bytes()));
    Ok(request.at_most(MOST).within(WITHIN).secret_header("authorization", &basic.into())?)
}

/// The answer, unless it is none: then in its own words why, where it has any.
fn accepted_in_its_words(answer: Response) -> Result<Response, Fault> {
    let said: Option<Refusal> = serde_json::from_slice(&answer.body).ok();
    accepted(answer).map_err(|fault| match said {
        Some(Refusal { message }) => Fault { wait: fault.wait, ..Fault::new(fault.trouble, message) },
        None => fault,
    })
}

/// Asks for what is in a list.
pub(super) async fn list<T: DeserializeOwned>(
    app: &App,
    settings: &Settings,
    path: &str,
    query: &[(&str, String)],
) -> Result<Answered<T>, Fault> {
    let mut url = endpoint(settings, path)?;
    url.query_pairs_mut().extend_pairs(query);
    let answer = accepted_in_its_words(app.egress().send(signed(settings, Request::get("Medusa", url))?).await?)?;
    let Listed { rows, count } = serde_json::from_slice(&answer.body).map_err(|error| {
        Fault::new(Trouble::NotUnderstood, format!("It did not answer as its API does ({error}): {}", beginning(&answer)))
    })?;
    Ok(Answered { rows, total: count.max(0), shop_time: shop_time(&answer.headers) })
}

/// What of one order is asked for; nothing where it does not know it.
pub(super) async fn order<T: DeserializeOwned>(app: &App, settings: &Settings, id: &str, fields: &str) -> Result<Option<T>, Fault> {
    // asked for in its list, which counts an order the same way for everybody; alone, it does so only for whoever asks for all of it
    let query = [("id", id.to_owned()), ("limit", "1".to_owned()), ("fields", fields.to_owned())];
    Ok(list(app, settings, "orders", &query).await?.rows.pop())
}

/// Asks for something to be done at `path`, or says why it is not: in its own words when it refuses, which it does before it has
/// done anything but where its caller knows better.
pub(super) async fn post(app: &App, settings: &Settings, path: &str, body: &Value) -> Result<(), Answer> {
    let request = endpoint(settings, path).and_then(|url| signed(settings, Request::post("Medusa", url).json(body)?));
    let answer = match app.egress().send(request.map_err(|fault| Answer::Refused(fault.detail))?).await {
        Ok(answer) => answer,
        Err(error) => return Err(worth(error.into())),
    };
    let is_refusal = matches!(answer.status.as_u16(), 400 | 404 | 409 | 422) && serde_json::from_slice::<Refusal>(&answer.body).is_ok();
    match accepted_in_its_words(answer) {
        Ok(_) => Ok(()),
        Err(fault) if is_refusal => Err(Answer::Refused(fault.detail)),
        Err(fault) => Err(worth(fault)),
    }
}

/// Whether an id can stand in an address: it comes from its own answers.
pub(super) fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}
