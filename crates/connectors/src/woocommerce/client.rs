//! Asks a WooCommerce.

use std::time::Duration;

use data_encoding::BASE64;
use kernel::{Money, Timestamp};
use platform::{
    App,
    egress::{Request, Response},
};
use reqwest::Method;
use serde::{
    Deserialize,
    de::{DeserializeOwned, IgnoredAny},
};
use serde_json::Value;

use super::{ADDRESS, KEY, SECRET};
use crate::{
    answer::{self, MOST, accepted, beginning, parsed, shop_time},
    connector::{Settings, setting},
    trouble::{Fault, Trouble},
};

const WITHIN: Duration = Duration::from_secs(30);
/// Where its API is, below the shop's own address.
const API: &str = "/wp-json/wc/v3/";

/// An answer.
pub(super) struct Answered<T> {
    pub data: T,
    /// So many there are, whatever the page.
    pub total: i64,
    /// What its clock says.
    pub shop_time: Option<Timestamp>,
}

/// Why it refuses, in its own words.
#[derive(Deserialize)]
struct Refusal {
    code: String,
    message: String,
}

/// Where the shop is: its address without what people copy along with it.
pub(super) fn site(settings: &Settings) -> Result<String, Fault> {
    let url = parsed(setting(settings, ADDRESS))?;
    let path = ["/wp-json", "/wp-admin"].iter().fold(url.path(), |path, tail| path.split(tail).next().unwrap_or_default());
    Ok(format!("{}{}", url.origin().ascii_serialization(), path.trim_end_matches('/')))
}

/// What tells its ids from those of any other shop system: its host, and its folder where several shops share one.
pub(super) fn source(settings: &Settings) -> Result<String, Fault> {
    let url = parsed(&site(settings)?)?;
    Ok(format!("{}{}", answer::source(&url), url.path().trim_end_matches('/')))
}

/// How its words end when it has not noted a refund, as it says.
pub(super) const NOT_CREATED: &str = "(woocommerce_rest_cannot_create_order_refund)";

/// Asks for something to be made at `path`, and says what was.
pub(super) async fn post<T: DeserializeOwned>(app: &App, settings: &Settings, path: &str, body: &Value) -> Result<T, Fault> {
    send(app, settings, Method::POST, path, body).await
}

/// Asks for what is at `path` to be changed.
pub(super) async fn put(app: &App, settings: &Settings, path: &str, body: &Value) -> Result<(), Fault> {
    send::<IgnoredAny>(app, settings, Method::PUT, path, body).await.map(drop)
}

/// Asks for what is at `path` to be taken away.
pub(super) async fn delete(app: &App, settings: &Settings, path: &str) -> Result<(), Fault> {
    let url = parsed(&format!("{}{API}{path}", site(settings)?))?;
    let request = signed(settings, Request::new("WooCommerce", Method::DELETE, url))?;
    accepted_in_its_words(app.egress().send(request).await?).map(drop)
}

async fn send<T: DeserializeOwned>(app: &App, settings: &Settings, method: Method, path: &str, body: &Value) -> Result<T, Fault> {
    let url = parsed(&format!("{}{API}{path}", site(settings)?))?;
    let request = Request::new("WooCommerce", method, url).json(body)?;
    understood(&accepted_in_its_words(app.egress().send(signed(settings, request)?).await?)?)
}

fn understood<T: DeserializeOwned>(answer: &Response) -> Result<T, Fault> {
    serde_json::from_slice(&answer.body)
        .map_err(|error| Fault::new(Trouble::NotUnderstood, format!("It did not answer as its API does ({error}): {}", beginning(answer))))
}

/// Asks for what is at `path`.
pub(super) async fn get<T: DeserializeOwned>(
    app: &App,
    settings: &Settings,
    path: &str,
    query: &[(&str, String)],
) -> Result<Answered<T>, Fault> {
    let mut url = parsed(&format!("{}{API}{path}", site(settings)?))?;
    url.query_pairs_mut().extend_pairs(query);
    let answer = accepted_in_its_words(app.egress().send(signed(settings, Request::get("WooCommerce", url))?).await?)?;
    let data = understood(&answer)?;
    let total = answer.headers.get("x-wp-total").and_then(|total| total.to_str().ok()?.parse().ok()).unwrap_or(0);
    Ok(Answered { data, total: total.clamp(0, Money::MOST), shop_time: shop_time(&answer.headers) })
}

fn signed(settings: &Settings, request: Request) -> Result<Request, Fault> {
    let pair = format!("{}:{}", setting(settings, KEY), setting(settings, SECRET));
    let basic = format!("Basic {}", BASE64.encode(pair.as_bytes()));
    Ok(request.at_most(MOST).within(WITHIN).secret_header("authorization", &basic.into())?)
}

/// The answer, unless it is none: then in its own words why, where it has any.
fn accepted_in_its_words(answer: Response) -> Result<Response, Fault> {
    let said: Option<Refusal> = serde_json::from_slice(&answer.body).ok();
    accepted(answer).map_err(|fault| match said {
        Some(Refusal { code, message }) => Fault { wait: fault.wait, ..Fault::new(fault.trouble, format!("{message} ({code})")) },
        None => fault,
    })
}
