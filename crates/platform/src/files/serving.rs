//! How a stored file is handed to a browser: as what it is, and as nothing that runs.

use std::ops::RangeInclusive;

use axum::{
    body::{Body, Bytes},
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{
            ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_RANGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, RANGE,
            REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
        },
    },
    response::Response,
};

use super::MediaType;

/// The headers that go with a file of this kind and name. Only pictures open in the browser; the rest is saved.
pub fn serving_headers(media: MediaType, name: &str) -> HeaderMap {
    let shown = if media.is_picture() { "inline" } else { "attachment" };
    let kind = match media {
        MediaType::Text => "text/plain; charset=utf-8",
        MediaType::Csv => "text/csv; charset=utf-8",
        other => other.mime(),
    };
    let disposition = format!("{shown}; filename=\"{}\"; filename*=UTF-8''{}", ascii(name), percent(name));
    HeaderMap::from_iter([
        (CONTENT_TYPE, HeaderValue::from_static(kind)),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        // letters, digits and percent signs only, so this cannot fail; if it does, it is saved without a name
        (CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).unwrap_or(HeaderValue::from_static("attachment"))),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox")),
        (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        // the address names the content, so it never changes; it may be private, so only the browser keeps it
        (CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable")),
    ])
}

/// As much of a file as is asked for: sound and film are fetched piece by piece, and some browsers play nothing else.
pub fn served(asked: &HeaderMap, content: Bytes) -> Response {
    let length = content.len();
    let (status, body, range) = match asked.get(RANGE).and_then(|range| range.to_str().ok()).and_then(|range| part(range, length)) {
        None => (StatusCode::OK, content, None),
        Some(None) => (StatusCode::RANGE_NOT_SATISFIABLE, Bytes::new(), Some(format!("bytes */{length}"))),
        Some(Some(part)) => {
            let range = format!("bytes {}-{}/{length}", part.start(), part.end());
            (StatusCode::PARTIAL_CONTENT, content.slice(part), Some(range))
        }
    };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if let Some(range) = range.and_then(|range| HeaderValue::from_str(&range).ok()) {
        response.headers_mut().insert(CONTENT_RANGE, range);
    }
    response
}

/// The part that `bytes=0-99`, `bytes=100-` or `bytes=-100` names (RFC 9110, 14.1.2); none of it where it lies behind the end.
/// None where it is written in another way, or names several: then all of it is an answer too.
fn part(asked: &str, length: usize) -> Option<Option<RangeInclusive<usize>>> {
    let (first, last) = asked.strip_prefix("bytes=")?.split_once('-')?;
    let digits = |text: &str| if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse::<usize>().ok() } else { None };
    let (first, last) = match (first, last) {
        ("", count) => (length.saturating_sub(digits(count)?), length.checked_sub(1)),
        (first, "") => (digits(first)?, length.checked_sub(1)),
        (first, last) => (digits(first)?, Some(digits(last)?.min(length.checked_sub(1)?))),
    };
    Some(last.filter(|last| first <= *last).map(|last| first..=last))
}

/// For readers that know no better.
fn ascii(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || " .-_()".contains(c) { c } else { '_' }).collect()
}

/// RFC 8187.
fn percent(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_~".contains(&byte);
    name.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_what_was_asked_for_and_lies_there() {
        for (asked, found) in [
            ("bytes=0-99", Some(Some(0..=99))),
            ("bytes=0-", Some(Some(0..=999))),
            ("bytes=990-2000", Some(Some(990..=999))),
            ("bytes=-10", Some(Some(990..=999))),
            ("bytes=-5000", Some(Some(0..=999))),
            ("bytes=999-999", Some(Some(999..=999))),
            ("bytes=1000-", Some(None)),
            ("bytes=-0", Some(None)),
            ("bytes=5-4", Some(None)),
            ("bytes=0-1,5-6", None),
            ("bytes=a-b", None),
            ("bytes=+1-2", None),
            ("bytes=-", None),
            ("items=0-1", None),
            ("bytes=0-99999999999999999999999", None),
        ] {
            assert_eq!(part(asked, 1_000), found, "{asked}");
        }
        assert_eq!([part("bytes=0-", 0), part("bytes=-1", 0)], [Some(None), Some(None)]);
    }
}
