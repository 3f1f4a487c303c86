//! What is sent out and what comes back.

use std::{fmt, time::Duration};

use bytes::Bytes;
use kernel::{Error, Result, seconds};
use reqwest::header::{CONTENT_TYPE, HeaderName, HeaderValue};
pub use reqwest::{Method, StatusCode, header::HeaderMap};
use secrecy::{ExposeSecret, SecretString};
use serde::{Serialize, de::DeserializeOwned};

/// A request to somebody outside.
#[derive(Clone)]
pub struct Request {
    pub(super) service: &'static str,
    pub(super) method: Method,
    pub(super) url: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    pub(super) timeout: Duration,
    pub(super) at_most: usize,
}

impl Request {
    /// A request to `service`, as error messages call it.
    pub fn new(service: &'static str, method: Method, url: impl Into<String>) -> Request {
        Request {
            service,
            method,
            url: url.into(),
            headers: HeaderMap::new(),
            body: Bytes::new(),
            timeout: Duration::from_secs(15),
            at_most: 1 << 20,
        }
    }
    /// A GET.
    pub fn get(service: &'static str, url: impl Into<String>) -> Request {
        Self::new(service, Method::GET, url)
    }
    /// A POST.
    pub fn post(service: &'static str, url: impl Into<String>) -> Request {
        Self::new(service, Method::POST, url)
    }

    /// Adds a header.
    pub fn header(mut self, name: &'static str, value: &str) -> Result<Request> {
        self.headers.insert(HeaderName::from_static(name), HeaderValue::from_str(value).map_err(Error::broken)?);
        Ok(self)
    }
    /// Adds a header that is never shown, and never follows a redirect to somebody else.
    pub fn secret_header(mut self, name: &'static str, value: &SecretString) -> Result<Request> {
        // the error would show the value
        let mut value =
            HeaderValue::from_str(value.expose_secret()).map_err(|_| Error::broken(format!("the secret for {name} is not a header")))?;
        value.set_sensitive(true);
        self.headers.insert(HeaderName::from_static(name), value);
        Ok(self)
    }
    /// With `body` as it is.
    pub fn body(mut self, kind: &'static str, body: impl Into<Bytes>) -> Request {
        self.headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        self.body = body.into();
        self
    }
    /// With `body` as it is; what it is stands in a header.
    pub fn raw_body(mut self, body: impl Into<Bytes>) -> Request {
        self.body = body.into();
        self
    }
    /// With `body` as JSON.
    pub fn json(self, body: &impl Serialize) -> Result<Request> {
        Ok(self.body("application/json", serde_json::to_vec(body).map_err(Error::broken)?))
    }
    /// With an answer of at most so many bytes; a megabyte otherwise.
    pub fn at_most(mut self, bytes: usize) -> Request {
        self.at_most = bytes;
        self
    }
    /// Answered within `timeout`, redirects included; fifteen seconds otherwise.
    pub fn within(mut self, timeout: Duration) -> Request {
        self.timeout = timeout;
        self
    }
}

impl fmt::Debug for Request {
    // addresses of webhooks are often secrets themselves
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}, {} bytes", self.method, self.service, self.body.len())
    }
}

/// The answer, read to its end.
#[derive(Clone)]
pub struct Response {
    pub(super) service: &'static str,
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
    /// Where it came from, after redirects.
    pub url: String,
}

impl Response {
    /// The answer, if it is a good one.
    ///
    /// Errors: `Outside`, temporary when the status says that later may be better.
    pub fn success(self) -> Result<Response> {
        if self.status.is_success() {
            return Ok(self);
        }
        let temporary = self.status.is_server_error() || matches!(self.status.as_u16(), 408 | 425 | 429);
        let said: String = String::from_utf8_lossy(&self.body).chars().take(200).collect();
        Err(Error::Outside {
            service: self.service,
            temporary,
            detail: format!("It answered {}: {}", self.status, crate::html::clean_line(&said)),
        })
    }

    /// How long whoever answers wants to be left alone, in microseconds, where it says so: in seconds, or by its own clock.
    pub fn retry_after(&self) -> Option<i64> {
        let said = |name: &str| self.headers.get(name)?.to_str().ok().map(str::trim);
        let moment = |text: &str| jiff::fmt::rfc2822::parse(text).ok().map(|at| at.timestamp().as_second());
        let wait = match said("retry-after")?.parse::<i64>() {
            Ok(wait) => wait,
            Err(_) => moment(said("retry-after")?)?.saturating_sub(moment(said("date")?)?),
        };
        Some(seconds(wait.clamp(0, 1 << 20)))
    }

    /// The answer, read as JSON.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_slice(&self.body).map_err(|error| Error::Outside {
            service: self.service,
            temporary: false,
            detail: format!("Its answer is not what Ombud understands: {error}."),
        })
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} from {}, {} bytes", self.status, self.service, self.body.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_to_leave_somebody_alone_is_said_in_seconds_or_by_their_own_clock() {
        let dated = [("date", "Mon, 30 Nov 2026 12:00:00 GMT"), ("retry-after", "Mon, 30 Nov 2026 12:01:00 GMT")];
        let short = [("retry-after", "7")];
        for (said, wait) in [(&dated[..], Some(60)), (&dated[1..], None), (&short[..], Some(7)), (&short[1..], None)] {
            let mut headers = HeaderMap::new();
            for (name, value) in said {
                headers.insert(*name, HeaderValue::from_static(value));
            }
            let answer = Response { service: "", status: StatusCode::TOO_MANY_REQUESTS, headers, body: Bytes::new(), url: String::new() };
            assert_eq!(answer.retry_after(), wait.map(seconds), "{said:?}");
        }
    }
}
