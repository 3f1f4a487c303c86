//! The one place where an error becomes an answer: RFC 9457 problem documents.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use kernel::{Error, FieldError, Language, Sentence, say};

use super::language::wished;

/// What went wrong, as a document a person and a program can act on.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// `/problems/` and the kind, which never changes its meaning.
    #[serde(rename = "type")]
    pub kind: String,
    pub title: String,
    pub status: u16,
    /// What failed, on which thing, and what to do.
    pub detail: String,
    /// One entry for each field that is wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<WrongField>,
}

/// What is wrong with one field, in a sentence that says what to do.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
#[schema(as = FieldError)]
pub struct WrongField {
    pub field: String,
    pub message: String,
}

/// The answers every operation may give beside its own.
#[derive(utoipa::IntoResponses)]
pub enum Problems {
    /// Not signed in.
    #[response(status = 401, content_type = "application/problem+json")]
    SignInNeeded(Problem),
    /// Signed in, but without this right.
    #[response(status = 403, content_type = "application/problem+json")]
    Forbidden(Problem),
    /// There is no such thing in this shop.
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(Problem),
    /// The state of things forbids it.
    #[response(status = 409, content_type = "application/problem+json")]
    Conflict(Problem),
    /// The body or file is too large.
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(Problem),
    /// The body is not JSON.
    #[response(status = 415, content_type = "application/problem+json")]
    NotJson(Problem),
    /// Some fields are wrong.
    #[response(status = 422, content_type = "application/problem+json")]
    Invalid(Problem),
    /// Too many requests; see Retry-After.
    #[response(status = 429, content_type = "application/problem+json")]
    TooMany(Problem),
    /// More is asked than can be done, or the database does not answer just now; see Retry-After. It may have been done all the same: repeat it under the same id.
    #[response(status = 503, content_type = "application/problem+json")]
    Unavailable(Problem),
    /// The server's disk is full: nothing was stored.
    #[response(status = 507, content_type = "application/problem+json")]
    NoRoom(Problem),
}

/// An error on its way out of a handler.
#[derive(Debug)]
pub struct Failure(pub Error);

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Failure(error.into())
    }
}

/// After so many seconds a client may ask again what could not be done.
const BACK_SOON: u64 = 2;

/// A result of a handler.
pub type Answer<T> = Result<T, Failure>;

/// The error, kept beside the answer until `write` knows the language.
#[derive(Clone)]
struct Unwritten(Arc<Error>);

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let error = self.0;
        match &error {
            Error::Broken(source) => tracing::error!(%source, "broken"),
            Error::NoRoom(source) => tracing::error!(%source, "the disk is full"),
            Error::Unavailable(source) => tracing::error!(%source, "the database or its disk does not work"),
            Error::Outside { .. } => tracing::warn!(%error, "a system outside failed"),
            _ => (),
        }
        let mut response = kind(&error).0.into_response();
        let wait = match error {
            Error::TooMany { retry_after } => Some(retry_after),
            Error::Unavailable(_) | Error::Overloaded => Some(BACK_SOON),
            _ => None,
        };
        if let Some(seconds) = wait {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(Unwritten(Arc::new(error)));
        response
    }
}

/// Writes the document of what failed, in the language its sender reads. The one layer around all rooms and pages.
pub(super) async fn write(request: Request, next: Next) -> Response {
    let language = wished(request.headers());
    let mut response = next.run(request).await;
    let Some(Unwritten(error)) = response.extensions_mut().remove() else { return response };
    let document = serde_json::to_vec(&problem(&error, language)).unwrap_or_default();
    *response.body_mut() = Body::from(document);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.code()));
    headers.append(header::VARY, HeaderValue::from_static("accept-language"));
    response
}

fn problem(error: &Error, language: Language) -> Problem {
    let (status, kind, title) = kind(error);
    let wrong = |fault: &FieldError| WrongField { field: fault.field.clone(), message: fault.message.in_language(language) };
    Problem {
        kind: format!("/problems/{kind}"),
        title: title.in_language(language),
        status: status.as_u16(),
        detail: error.sentence().in_language(language),
        fields: if let Error::Invalid(fields) = error { fields.iter().map(wrong).collect() } else { Vec::new() },
    }
}

/// The status, the word for programs and the title.
fn kind(error: &Error) -> (StatusCode, &'static str, Sentence) {
    match error {
        Error::NotFound(_) => (StatusCode::NOT_FOUND, "not_found", say!("title-not-found")),
        Error::Invalid(_) => (StatusCode::UNPROCESSABLE_ENTITY, "invalid", say!("title-not-valid")),
        Error::Conflict { kind, .. } => (StatusCode::CONFLICT, kind, say!("title-not-possible-now")),
        Error::Forbidden(_) => (StatusCode::FORBIDDEN, "forbidden", say!("title-not-allowed")),
        Error::SignInNeeded(_) => (StatusCode::UNAUTHORIZED, "sign_in_needed", say!("title-sign-in")),
        Error::TooMany { .. } => (StatusCode::TOO_MANY_REQUESTS, "too_many", say!("title-too-many")),
        Error::Overloaded => (StatusCode::SERVICE_UNAVAILABLE, "overloaded", say!("title-overloaded")),
        Error::TooLarge(_) => (StatusCode::PAYLOAD_TOO_LARGE, "too_large", say!("title-too-large")),
        Error::WrongKind(_) => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "wrong_kind", say!("title-wrong-kind")),
        Error::Outside { .. } => (StatusCode::BAD_GATEWAY, "outside", say!("title-service-failed")),
        Error::NoRoom(_) => (StatusCode::INSUFFICIENT_STORAGE, "no_room", say!("title-no-room")),
        Error::Unavailable(_) => (StatusCode::SERVICE_UNAVAILABLE, "unavailable", say!("title-unavailable")),
        Error::Broken(_) => (StatusCode::INTERNAL_SERVER_ERROR, "broken", say!("title-broken")),
    }
}
