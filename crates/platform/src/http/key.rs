//! The key of what moves money: it must be named, and the room that moves it keeps it for ever.
//!
//! [`Once`](super::Once) keeps answers for some days. Here the thing done bears the key itself, so that nothing ends.

use axum::{
    Json,
    extract::FromRequestParts,
    http::{HeaderName, HeaderValue, StatusCode, request::Parts},
    response::{IntoResponse, Response},
};
use kernel::{invalid, say};
use serde::Serialize;

use super::{
    Agent,
    once::{HEADER, readable},
    problem::Failure,
};
use crate::event::Acting;

/// What a sender names so that it is done once.
#[derive(Debug, Clone, utoipa::IntoParams)]
#[into_params(parameter_in = Header)]
pub struct Key {
    /// Made by the sender, at most 255 visible ASCII characters: what comes with the same key is the same thing, done once.
    #[param(rename = "Idempotency-Key")]
    key: String,
}

impl<S: Send + Sync> FromRequestParts<S> for Key {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let Some(key) = parts.headers.get(HEADER) else {
            return Err(invalid("Idempotency-Key", say!("idempotency-key-missing")).into());
        };
        Ok(Key { key: readable(key.as_bytes())? })
    }
}

impl Key {
    /// The key as nobody else can name it: it belongs to the member or token that sent it.
    pub fn of(&self, who: &Agent) -> String {
        let sender = who.actor();
        format!("{}/{}/{}", sender.kind, sender.id.map(|id| id.simple().to_string()).unwrap_or_default(), self.key)
    }
}

/// 201 with what was done, and a word when that was earlier.
pub fn done(now: bool, what: impl Serialize) -> Response {
    let mut response = (StatusCode::CREATED, Json(what)).into_response();
    if !now {
        response.headers_mut().insert(HeaderName::from_static("idempotency-replayed"), HeaderValue::from_static("true"));
    }
    response
}
