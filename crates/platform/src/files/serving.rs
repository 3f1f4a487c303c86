//! How a stored file is handed to a browser: as what it is, and as nothing that runs.

use std::num::NonZeroUsize;

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
use http_range_header::parse_range_header_with_max_ranges;

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

/// As much of a file as is asked for (RFC 9110, 14): sound and film are fetched piece by piece, and some browsers play nothing
/// else. Whoever asks for several parts at once, or in words nobody understands, gets all of it.
pub fn served(asked: &HeaderMap, content: Bytes) -> Response {
    let length = content.len();
    let asked = asked.get(RANGE).and_then(|range| range.to_str().ok());
    let asked = asked.and_then(|range| parse_range_header_with_max_ranges(range, NonZeroUsize::MIN).ok());
    let parts = asked.map(|range| range.validate(length as u64).unwrap_or_default());
    let (status, body, range) = match parts.as_deref() {
        None => (StatusCode::OK, content, None),
        Some([part, ..]) => {
            let (first, last) = (*part.start() as usize, *part.end() as usize);
            (StatusCode::PARTIAL_CONTENT, content.slice(first..=last), Some(format!("bytes {first}-{last}/{length}")))
        }
        Some([]) => (StatusCode::RANGE_NOT_SATISFIABLE, Bytes::new(), Some(format!("bytes */{length}"))),
    };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if let Some(range) = range.and_then(|range| HeaderValue::from_str(&range).ok()) {
        response.headers_mut().insert(CONTENT_RANGE, range);
    }
    response
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
        let content: Vec<u8> = (0..1_000).map(|n| n as u8).collect();
        for (asked, status, found) in [
            ("bytes=0-99", 206, "bytes 0-99/1000"),
            ("bytes=0-", 206, "bytes 0-999/1000"),
            ("bytes=990-2000", 206, "bytes 990-999/1000"),
            ("bytes=-10", 206, "bytes 990-999/1000"),
            ("bytes=999-999", 206, "bytes 999-999/1000"),
            ("bytes=1000-", 416, "bytes */1000"),
            ("bytes=5-4", 200, ""),
            ("bytes=0-1,5-6", 200, ""),
            ("bytes=a-b", 200, ""),
            ("bytes=+1-2", 200, ""),
            ("bytes=-", 200, ""),
            ("items=0-1", 200, ""),
            ("bytes=0-99999999999999999999999999999999999", 200, ""),
        ] {
            let headers = HeaderMap::from_iter([(RANGE, HeaderValue::from_static(asked))]);
            let response = served(&headers, content.clone().into());
            let range = response.headers().get(CONTENT_RANGE).map(|range| range.to_str().unwrap()).unwrap_or_default();
            assert_eq!((response.status().as_u16(), range), (status, found), "{asked}");
        }
        let empty = served(&HeaderMap::from_iter([(RANGE, HeaderValue::from_static("bytes=0-"))]), Bytes::new());
        assert_eq!(empty.status(), StatusCode::RANGE_NOT_SATISFIABLE);
    }
}
