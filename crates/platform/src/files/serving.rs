//! How a stored file is handed to a browser: as what it is, and as nothing that runs.

use axum::http::{
    HeaderMap, HeaderValue,
    header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS},
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

/// For readers that know no better.
fn ascii(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || " .-_()".contains(c) { c } else { '_' }).collect()
}

/// RFC 8187.
fn percent(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_~".contains(&byte);
    name.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
