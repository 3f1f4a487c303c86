//! Whole requests, as anybody may send them: whatever they say, the answer is one, and says what is wrong.

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, Method, Request, header},
};
use serde_json::Value;

use super::is_trick;
use crate::house::{Who, visit};

pub const WORDS: &[&str] = &[
    "{cnv}",
    "{cus}",
    "{tag}",
    "{mac}",
    "{mem}",
    "{key}",
    "cursor=",
    "limit=",
    "q=",
    "view=",
    "&",
    "%00",
    "%ff",
    "9223372036854775808",
    "-1",
    "null",
    "[]",
    "{}",
    "\"\\ud800\"",
    "idempotency-key: ",
    "accept-language: ",
    "content-type: text/plain",
    "origin: null",
    "if-none-match: *",
    "x-forwarded-for: ",
    "cookie: ombud_session=",
    "range: bytes=0-",
];

/// What would end the sign-ins that later inputs need.
fn ends_everything(method: &Method, path: &str) -> bool {
    (*method == Method::DELETE && ["/session", "/shop", "/chat/visitor"].iter().any(|end| path.contains(end)))
        || path.contains("/erasure")
        || path.contains("/session/shop")
        || path.contains("/person/password")
}

struct Read {
    who: Who,
    request: Request<Body>,
    is_api: bool,
}

/// A line with who, the method and the address, lines of headers, an empty one, the body.
fn read(data: &str) -> Option<Read> {
    let (head, body) = data.split_once("\n\n").unwrap_or((data, ""));
    let mut lines = head.lines();
    let mut first = lines.next()?.splitn(3, ' ');
    let who = match first.next()? {
        "owner" => Who::Owner,
        "visitor" => Who::Visitor,
        _ => Who::Stranger,
    };
    let (method, path) = (first.next()?.parse::<Method>().ok()?, first.next()?);
    if ends_everything(&method, path) || path.ends_with("/live") {
        return None;
    }
    // the whole of the API, and not what stands beside it
    let is_api = path.strip_prefix("/api/v1/").is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_alphanumeric()));
    let mut request =
        Request::builder().method(method).uri(path).header(header::HOST, "127.0.0.1:8080").body(Body::from(body.to_owned())).ok()?;
    for line in lines {
        let (name, value) = line.split_once(": ")?;
        let (name, value) = (name.parse::<HeaderName>().ok()?, HeaderValue::from_bytes(value.as_bytes()).ok()?);
        request.headers_mut().append(name, value);
    }
    if !body.is_empty() {
        request.headers_mut().entry(header::CONTENT_TYPE).or_insert(HeaderValue::from_static("application/json"));
    }
    Some(Read { who, request, is_api })
}

fn trick_in(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => text.contains(is_trick).then_some(text),
        Value::Array(items) => items.iter().find_map(trick_in),
        Value::Object(fields) => fields.values().find_map(trick_in),
        _ => None,
    }
}

pub fn request(data: &[u8]) {
    visit(async |house| {
        let Some(Read { who, request, is_api }) = read(&house.filled(&String::from_utf8_lossy(data))) else { return };
        let is_head = request.method() == Method::HEAD;
        let about = format!("{who:?} {} {}", request.method(), request.uri());
        let (status, headers, bytes) = house.send(who, request).await;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        // a build without web files says so
        assert!(!status.is_server_error() || (status == 503 && !is_api), "{about}: {status} {text}");
        for guard in [header::CONTENT_SECURITY_POLICY, header::X_CONTENT_TYPE_OPTIONS] {
            assert!(headers.contains_key(&guard), "{about}: no {guard}");
        }
        let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if status.is_client_error() && is_api && !is_head {
            assert_eq!(kind, "application/problem+json", "{about}: {status} {text}");
        }
        if kind.ends_with("json") && !is_head && !headers.contains_key(header::CONTENT_ENCODING) {
            let answer: Value = serde_json::from_slice(&bytes).unwrap_or_else(|error| panic!("{about}: {error}: {text}"));
            if status.is_client_error() {
                assert!(answer["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{about}: {text}");
                assert_eq!(answer["status"], status.as_u16(), "{about}");
            } else {
                assert_eq!(trick_in(&answer), None, "{about}");
            }
        }
        house.settle().await;
    });
}
