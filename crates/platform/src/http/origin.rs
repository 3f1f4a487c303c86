//! Cross-site requests: a cookie counts only when the page that sends it is ours.

use axum::http::{HeaderMap, HeaderValue, header};

/// Whether the page behind a request is one of ours: its `Origin` is `public_url` or the host it was sent to.
///
/// A request without `Origin` is not a browser's cross-site request when it says `Sec-Fetch-Site: same-origin`.
pub fn same_origin(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name| headers.get(name).and_then(|v| v.to_str().ok());
    match text(header::ORIGIN) {
        Some(origin) => {
            let host = text(header::HOST).unwrap_or_default();
            let ours = origin.split_once("://").is_some_and(|(_, authority)| !host.is_empty() && authority.eq_ignore_ascii_case(host));
            ours || origin.eq_ignore_ascii_case(public_url.trim_end_matches('/'))
        }
        None => text(header::HeaderName::from_static("sec-fetch-site")) == Some("same-origin"),
    }
}

/// What tells where a request comes from and by which cookie, copied: a socket that keeps it for hours must not keep all
/// that came with it.
pub fn kept_of(headers: &HeaderMap) -> HeaderMap {
    let copied = |name: header::HeaderName| {
        let values = headers.get_all(&name).iter().filter_map(|value| HeaderValue::from_bytes(value.as_bytes()).ok());
        values.map(move |value| (name.clone(), value)).collect::<Vec<_>>()
    };
    let mut kept = HeaderMap::with_capacity(4);
    for name in [header::ORIGIN, header::HOST, header::HeaderName::from_static("sec-fetch-site"), header::COOKIE] {
        kept.extend(copied(name));
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_count() {
        for (origin, host, site, ours) in [
            (Some("https://desk.example"), "desk.example", None, true),
            (Some("https://desk.example"), "inner:8080", None, true),
            (Some("http://127.0.0.1:8080"), "127.0.0.1:8080", None, true),
            (Some("https://evil.example"), "desk.example", Some("same-origin"), false),
            (Some("null"), "desk.example", None, false),
            (Some("https://desk.example.evil"), "desk.example", None, false),
            (Some("https://"), "", None, false),
            (None, "desk.example", Some("same-origin"), true),
            (None, "desk.example", Some("cross-site"), false),
            (None, "desk.example", None, false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, host.parse().unwrap());
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, origin.parse().unwrap());
            }
            if let Some(site) = site {
                headers.insert("sec-fetch-site", site.parse().unwrap());
            }
            assert_eq!(same_origin(&headers, "https://desk.example/"), ours, "{origin:?} {host} {site:?}");
        }
    }
}
