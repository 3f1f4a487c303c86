//! Sending once: a request that names an `Idempotency-Key` has its effect once, and the same answer each time.
//!
//! The answer is stored in the transaction that holds the effect, so there is never one without the other. What was
//! refused has had no effect and is not stored: the same key may try again.

use axum::{
    extract::FromRequestParts,
    http::{HeaderName, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use data_encoding::HEXLOWER;
use kernel::{Error, Result, ShopId, days, invalid, say};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Agent, problem::Answer, problem::Failure};
use crate::{
    App,
    db::{Json, Tx},
    event::{Acting, Actor},
    sweep::{PIECE, Sweep},
};

pub(super) const HEADER: &str = "idempotency-key";
const LONGEST: usize = 255;
/// Senders give up sooner than this.
const KEPT: i64 = days(7);

/// What a sender wants done once. Without a key it is done each time it is asked for.
#[derive(Debug, Clone, utoipa::IntoParams)]
#[into_params(parameter_in = Header)]
pub struct Once {
    /// Made by the sender, at most 255 visible ASCII characters: the same request with the same key is done once.
    #[param(rename = "Idempotency-Key")]
    key: Option<String>,
    /// The method and the path.
    #[param(ignore)]
    operation: String,
    #[param(ignore)]
    about: Option<Uuid>,
}

impl<S: Send + Sync> FromRequestParts<S> for Once {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let key = parts.headers.get(HEADER).map(|value| readable(value.as_bytes())).transpose()?;
        Ok(Once { key, operation: format!("{} {}", parts.method, parts.uri.path()), about: None })
    }
}

pub(super) fn readable(key: &[u8]) -> Result<String> {
    let fine = (1..=LONGEST).contains(&key.len()) && key.iter().all(u8::is_ascii_graphic);
    let text = str::from_utf8(key).ok().filter(|_| fine);
    text.map(str::to_owned).ok_or_else(|| invalid("Idempotency-Key", say!("idempotency-key-not-readable", most = LONGEST)))
}

/// A request that has been asked before when its key and its digest are known.
struct Asked {
    key: String,
    digest: String,
    about: Option<Uuid>,
}

/// What was answered.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Given {
    status: u16,
    body: String,
    #[serde(skip)]
    now: bool,
}

impl Once {
    /// Says what the answer will be about, so that it can be forgotten with it.
    pub fn about(self, id: impl Into<Uuid>) -> Self {
        Once { about: Some(id.into()), ..self }
    }

    /// Does `work` in a transaction and answers with what it says, or with what was answered the first time.
    ///
    /// Errors: `Invalid` when the key came with another request, and those of `work`.
    pub async fn write<B, T, F>(self, app: &App, who: &Agent, body: &B, work: F) -> Answer<Response>
    where
        B: Serialize,
        T: Serialize + Send + 'static,
        F: AsyncFn(&mut Tx<'_>) -> Result<(StatusCode, T)> + Send + 'static,
    {
        let (by, asked) = (who.actor(), self.with(body)?);
        let given = app
            .write(async move |tx: &mut Tx<'_>| {
                let before = match &asked {
                    Some(asked) => find(tx, by, asked).await?,
                    None => None,
                };
                if let Some(before) = before {
                    return Ok(before);
                }
                let (status, answer) = work(tx).await?;
                let given = Given { status: status.as_u16(), body: serde_json::to_string(&answer).map_err(Error::broken)?, now: true };
                if let Some(asked) = &asked {
                    keep(tx, by, asked, &given).await?;
                }
                Ok(given)
            })
            .await?;
        Ok(given.into_response())
    }

    /// What tells this request from any other: its operation and its body, as it was understood.
    fn with<B: Serialize>(self, body: &B) -> Result<Option<Asked>> {
        let Some(key) = self.key else { return Ok(None) };
        let body = serde_json::to_vec(body).map_err(Error::broken)?;
        let digest = Sha256::new().chain_update(self.operation.as_bytes()).chain_update([0]).chain_update(body).finalize();
        Ok(Some(Asked { key, digest: HEXLOWER.encode(&digest), about: self.about }))
    }
}

impl IntoResponse for Given {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK);
        let mut response = (status, [(header::CONTENT_TYPE, "application/json")], self.body).into_response();
        if !self.now {
            response.headers_mut().insert(HeaderName::from_static("idempotency-replayed"), HeaderValue::from_static("true"));
        }
        response
    }
}

async fn find(tx: &mut Tx<'_>, by: Actor, asked: &Asked) -> Result<Option<Given>> {
    let since = tx.now() - KEPT;
    let sql = "SELECT request, answer FROM platform_answers WHERE shop_id = $1 AND actor_id = $2 AND key = $3 AND at > $4";
    let Some(row) = tx.row(sql, &[&by.shop, &by.id, &asked.key, &since]).await? else { return Ok(None) };
    if row.get::<String>(0)? != asked.digest {
        return Err(invalid("Idempotency-Key", say!("idempotency-key-of-another-request")));
    }
    let Json(given) = row.get(1)?;
    Ok(Some(given))
}

async fn keep(tx: &mut Tx<'_>, by: Actor, asked: &Asked, given: &Given) -> Result<()> {
    let now = tx.now();
    // one that is too old to count may still be there
    tx.one(
        "INSERT INTO platform_answers (shop_id, actor_id, key, request, answer, about, at) VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (shop_id, actor_id, key) DO UPDATE \
         SET request = excluded.request, answer = excluded.answer, about = excluded.about, at = excluded.at",
        &[&by.shop, &by.id, &asked.key, &asked.digest, &Json(given), &asked.about, &now],
    )
    .await
}

/// Forgets every answer about this thing. Whoever repeats a request then is answered by how things stand.
pub async fn forget_answers(tx: &mut Tx<'_>, shop: ShopId, id: impl Into<Uuid>) -> Result<()> {
    let id: Uuid = id.into();
    tx.execute("DELETE FROM platform_answers WHERE shop_id = $1 AND about = $2", &[&shop, &id]).await.map(drop)
}

async fn forget_old(tx: &mut Tx<'_>) -> Result<u64> {
    let over = tx.now() - KEPT;
    let sql = "DELETE FROM platform_answers WHERE (shop_id, actor_id, key) IN \
               (SELECT shop_id, actor_id, key FROM platform_answers WHERE at <= $1 LIMIT $2)";
    tx.execute(sql, &[&over, &PIECE]).await
}

/// Sweeps out answers nobody will ask for again.
pub(crate) fn sweep() -> Sweep {
    Sweep::of_rows("answers", |tx| Box::pin(forget_old(tx)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_short_and_can_be_seen() {
        for (key, fine) in [
            (&b"a"[..], true),
            (&[b'~'; 255], true),
            (&[b'~'; 256], false),
            (b"", false),
            (b"two words", false),
            (b"tab\t", false),
            ("nøkkel".as_bytes(), false),
        ] {
            assert_eq!(readable(key).is_ok(), fine, "{}", String::from_utf8_lossy(key));
        }
    }

    #[test]
    fn another_operation_or_another_body_is_another_request() {
        let digest = |operation: &str, body: &str| {
            let once = Once { key: Some("k".into()), operation: operation.into(), about: None };
            once.with(&body).unwrap().unwrap().digest
        };
        assert_eq!(digest("POST /a", "b"), digest("POST /a", "b"));
        assert_ne!(digest("POST /a", "b"), digest("POST /a", "c"));
        assert_ne!(digest("POST /a", "b"), digest("PUT /a", "b"));
    }
}
