//! Headers that decide something: whose page it is, and which language is wished for.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use kernel::Language;
use platform::http::{same_origin, wished};

pub const WORDS: &[&str] = &[
    "https://desk.example",
    "desk.example",
    "null",
    "://",
    "same-origin",
    "cross-site",
    ":443",
    ";q=",
    "0.5",
    "nb",
    "zh-Hans",
    ",",
    "*",
    "@",
    "\t",
    "ſame-origin",
];

const HOME: &str = "https://desk.example";

/// A line for each: the page, the host, where the browser says it comes from, and the languages.
pub fn headers(data: &[u8]) {
    let names = [header::ORIGIN, header::HOST, HeaderName::from_static("sec-fetch-site"), header::ACCEPT_LANGUAGE, header::ACCEPT_LANGUAGE];
    let mut headers = HeaderMap::new();
    for (name, line) in names.into_iter().zip(data.split(|byte| *byte == b'\n')) {
        if let Ok(value) = HeaderValue::from_bytes(line)
            && !line.is_empty()
        {
            headers.append(name, value);
        }
    }
    if same_origin(&headers, HOME) {
        let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_ascii_lowercase);
        // what cannot be read counts as if it were not there, here as well
        match text(&header::ORIGIN) {
            Some(origin) => {
                let at_host = text(&header::HOST).is_some_and(|host| !host.is_empty() && origin.ends_with(&format!("://{host}")));
                assert!(origin == HOME || at_host, "{headers:?}");
            }
            None => assert_eq!(text(&HeaderName::from_static("sec-fetch-site")).as_deref(), Some("same-origin")),
        }
    }
    assert!(Language::ALL.contains(&wished(&headers)));
}
