//! ETags: every JSON answer to a GET carries one, and is not sent again when the caller has it already.

use axum::{
    body::{Body, HttpBody, to_bytes},
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};

/// Larger answers, and those of unknown length, are passed on without a tag.
const MOST: usize = 1024 * 1024;

/// Adds the tag, and answers 304 to whoever names it.
pub(super) async fn tag(request: Request, next: Next) -> Response {
    let wanted = request.method() == Method::GET;
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let response = next.run(request).await;
    let json = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/json");
    let large = response.body().size_hint().upper().is_none_or(|size| size > MOST as u64);
    if !wanted || !json || large || response.status() != StatusCode::OK {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, MOST).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let digest = data_encoding::BASE64URL_NOPAD.encode(&Sha256::digest(&bytes)[..16]);
    let Ok(etag) = HeaderValue::from_str(&format!("W/\"{digest}\"")) else {
        return Response::from_parts(parts, Body::from(bytes));
    };
    let unchanged = known.is_some_and(|known| known.to_str().is_ok_and(|list| list.split(',').any(|one| one.trim() == etag)));
    parts.headers.insert(header::ETAG, etag);
    parts.headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
    if unchanged {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(bytes))
}
