//! What the answers of all shop systems have in common.

use axum::http::HeaderMap;
use kernel::Timestamp;
use platform::egress::Response;
use reqwest::Url;

use crate::trouble::{Fault, Trouble};

/// No page of theirs is larger, in bytes.
pub(crate) const MOST: usize = 16 << 20;

/// What tells a shop system's ids from those of any other: its host, with the port where that is unusual.
pub(crate) fn source(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// A web address somebody filled in.
pub(crate) fn parsed(address: &str) -> Result<Url, Fault> {
    Url::parse(address).map_err(|_| Fault::new(Trouble::AddressRefused, format!("{address} is not a web address.")))
}

/// The answer, unless its status says that it is none.
pub(crate) fn accepted(answer: Response) -> Result<Response, Fault> {
    let trouble = match answer.status.as_u16() {
        200..=299 => return Ok(answer),
        401 => Trouble::SignInRefused,
        403 => Trouble::NotAllowed,
        408 | 425 | 429 => Trouble::TooManyRequests,
        500..=599 => Trouble::Failing,
        _ => Trouble::NotUnderstood,
    };
    let wait = answer.retry_after().filter(|_| matches!(trouble, Trouble::TooManyRequests | Trouble::Failing));
    Err(Fault { wait, ..Fault::new(trouble, format!("It answered {}: {}", answer.status, beginning(&answer))) })
}

/// How it begins, to be shown.
pub(crate) fn beginning(answer: &Response) -> String {
    String::from_utf8_lossy(&answer.body).chars().take(200).collect()
}

/// What its clock says.
pub(crate) fn shop_time(headers: &HeaderMap) -> Option<Timestamp> {
    let date = headers.get("date")?.to_str().ok()?;
    jiff::fmt::rfc2822::parse(date).ok().map(|at| at.timestamp().into())
}
