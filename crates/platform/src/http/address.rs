//! What an address says: ids in the path, wishes in the query. What cannot be read is answered like everything else.

use axum::{
    extract::{FromRequestParts, rejection::QueryRejection},
    http::request::Parts,
};
use kernel::{Error, Sentence, invalid, say};
use serde::de::DeserializeOwned;

use super::problem::Failure;

/// The ids of the path. One that cannot be an id names nothing, so it is not found.
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let path = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        path.map(|axum::extract::Path(ids)| Path(ids)).map_err(|_| Error::NotFound(say!("address-not-found")).into())
    }
}

/// The wishes of the query.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        // no text has it, and a database refuses it
        if parts.uri.query().is_some_and(|query| query.contains("%00")) {
            return Err(invalid("query", say!("query-holds-nul")).into());
        }
        let query = axum::extract::Query::<T>::from_request_parts(parts, state).await;
        query.map(|axum::extract::Query(wishes)| Query(wishes)).map_err(|refused| invalid("query", sentence(&refused)).into())
    }
}

fn sentence(refused: &QueryRejection) -> Sentence {
    let text = refused.body_text();
    say!("query-unreadable", reason = text.rsplit(": ").next().unwrap_or(&text))
}
