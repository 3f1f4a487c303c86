//! The one place where an error becomes an answer: RFC 9457 problem documents.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{Error, FieldError};

/// What went wrong, as a document a person and a program can act on.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// `/problems/` and the kind, which never changes its meaning.
    #[serde(rename = "type")]
    pub kind: String,
    pub title: &'static str,
    pub status: u16,
    /// What failed, on which thing, and what to do.
    pub detail: String,
    /// One entry for each field that is wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldError>,
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
}

/// An error on its way out of a handler.
#[derive(Debug)]
pub struct Failure(pub Error);

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Failure(error.into())
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        answer(self.0)
    }
}

/// A result of a handler.
pub type Answer<T> = Result<T, Failure>;

fn answer(error: Error) -> Response {
    let (status, kind, title) = match &error {
        Error::NotFound(_) => (StatusCode::NOT_FOUND, "not_found", "Not found"),
        Error::Invalid(_) => (StatusCode::UNPROCESSABLE_ENTITY, "invalid", "Not valid"),
        Error::Conflict { kind, .. } => (StatusCode::CONFLICT, *kind, "Not possible now"),
        Error::Forbidden(_) => (StatusCode::FORBIDDEN, "forbidden", "Not allowed"),
        Error::SignInNeeded(_) => (StatusCode::UNAUTHORIZED, "sign_in_needed", "Sign in"),
        Error::TooMany { .. } => (StatusCode::TOO_MANY_REQUESTS, "too_many", "Too many requests"),
        Error::TooLarge(_) => (StatusCode::PAYLOAD_TOO_LARGE, "too_large", "Too large"),
        Error::WrongKind(_) => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "wrong_kind", "Not of this kind"),
        Error::Outside { .. } => (StatusCode::BAD_GATEWAY, "outside", "A system outside failed"),
        Error::Broken(_) => (StatusCode::INTERNAL_SERVER_ERROR, "broken", "Something broke"),
    };
    let detail = match &error {
        Error::Broken(source) => {
            tracing::error!(%source, "broken");
            "Ombud could not do this. The log of the server says why; nothing was changed.".to_owned()
        }
        error => error.to_string(),
    };
    let retry_after = if let Error::TooMany { retry_after } = &error { Some(*retry_after) } else { None };
    let fields = if let Error::Invalid(fields) = error { fields } else { Vec::new() };
    let problem = Problem { kind: format!("/problems/{kind}"), title, status: status.as_u16(), detail, fields };
    let mut response = (status, axum::Json(problem)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if let Some(seconds) = retry_after {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}
