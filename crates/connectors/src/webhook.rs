//! Webhooks: a shop system says that something has changed, and its books are read at once.
//!
//! What a webhook says is not copied from it. It may be old, come twice or never; the books are right, and are read by the minute
//! all the same.

use axum::http::HeaderMap;
use data_encoding::{BASE64, HEXLOWER};
use futures::future::BoxFuture;
use kernel::{ConnectionId, Error, Result, ShopId, Timestamp, days, say, seconds};
use platform::{
    App, Tx,
    http::Network,
    limits::Act,
    secret::ExposeSecret,
    sweep::Sweep,
    token::{hmac_sha256, same},
};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{
    connection::{Connection, State},
    connector::{Settings, named},
    fetch::Fetch,
    privacy::{self, Wish},
    store,
    trouble::Fault,
};

/// No webhook is larger, in bytes: an order of many lines comes whole.
pub const MOST: usize = 4 << 20;
/// That a webhook has come is known for so long. Shopify repeats one for four hours, and may be a day late.
pub const KEPT: i64 = days(7);
/// Between two readings of the books, however often they ring.
const GAP: i64 = seconds(3);

/// A shop system that says when something has changed.
pub trait Webhooks: Send + Sync {
    /// What is subscribed to, in its words.
    fn topics(&self) -> &'static [&'static str];

    /// What it signs with: a secret it has given out, or the one that was made up `here`.
    fn secret<'a>(&self, settings: &'a Settings, here: &'a str) -> Option<&'a str>;

    /// In which header it signs: the base64 of an HMAC-SHA256 over the body as it was sent.
    fn signed_in(&self) -> &'static str;

    /// What one is about, once its signature is known to be good. Whatever stands in its headers was not signed.
    ///
    /// Errors: `Forbidden` when it comes from another shop, `Invalid` when it is about nothing that is asked for.
    fn read(&self, settings: &Settings, headers: &HeaderMap, body: &[u8]) -> Result<News>;

    /// Whether this is how it tries an address, before it signs anything.
    fn is_trial(&self, _headers: &HeaderMap, _body: &[u8]) -> bool {
        false
    }

    /// Sees to it that they are sent to `address`; says what is still not.
    fn subscribe<'a>(
        &'a self,
        app: &'a App,
        settings: &'a Settings,
        address: &'a str,
        secret: &'a str,
    ) -> BoxFuture<'a, Result<Vec<String>, Fault>>;

    /// Has none sent to `address` any more.
    fn unsubscribe<'a>(&'a self, app: &'a App, settings: &'a Settings, address: &'a str) -> BoxFuture<'a, Result<(), Fault>>;
}

/// What a webhook is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// Something in the books has changed.
    Change,
    /// Somebody's personal data.
    Privacy(Wish),
}

/// How the webhooks of a connection stand.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// What they are signed with, where that was made up here.
    pub sealed: String,
    /// What is not subscribed to.
    pub missing: Vec<String>,
    /// Why that is so, in English or in the shop system's own words.
    pub fault: Option<String>,
    pub checked_at: Option<Timestamp>,
    /// When the last one came.
    pub heard_at: Option<Timestamp>,
}

/// Where the webhooks of a connection are sent.
pub fn address(app: &App, shop: ShopId, id: ConnectionId) -> String {
    app.config().url(&format!("/api/v1/webhooks/{shop}/{id}"))
}

fn place_of_secret(shop: ShopId, id: ConnectionId) -> String {
    format!("{shop}/connectors/webhooks/{id}")
}

impl Standing {
    /// With a secret of 256 random bits.
    pub fn new(app: &App, shop: ShopId, id: ConnectionId) -> Result<Standing> {
        let secret = HEXLOWER.encode(&app.rng().bytes::<32>());
        let sealed = app.secrets().seal(&place_of_secret(shop, id), secret.as_bytes(), app.rng())?;
        Ok(Standing { sealed: BASE64.encode(&sealed), ..Standing::default() })
    }

    pub fn secret(&self, app: &App, shop: ShopId, id: ConnectionId) -> Result<String> {
        let sealed = BASE64.decode(self.sealed.as_bytes()).map_err(Error::broken)?;
        Ok(app.secrets().open(&place_of_secret(shop, id), &sealed)?.expose_secret().to_owned())
    }
}

/// What came, and from where.
pub struct Delivery<'a> {
    pub network: Network,
    pub headers: &'a HeaderMap,
    pub body: &'a [u8],
}

impl Delivery<'_> {
    fn is_signed_with(&self, secret: &str, header: &str) -> bool {
        let given = self.headers.get(header).and_then(|given| BASE64.decode(given.as_bytes()).ok());
        given.is_some_and(|given| same(&given, &hmac_sha256(secret.as_bytes(), &[self.body])))
    }

    /// By this it is known when it comes again. What it is called in its headers was not signed, so whoever repeats it could call it
    /// something else; and WooCommerce calls two of the same second the same.
    fn digest(&self) -> String {
        HEXLOWER.encode(&Sha256::digest(self.body))
    }
}

/// Takes a webhook; returns once it is noted.
///
/// Errors: `NotFound`, `SignInNeeded` when it is not signed with this connection's secret, `Overloaded` when that happens too often,
/// and what [`Webhooks::read`] says.
pub async fn receive(app: &App, shop: ShopId, id: ConnectionId, delivery: Delivery<'_>) -> Result<()> {
    let known = app.read(async move |tx: &mut Tx<'_>| Ok((store::connection(tx, shop, id).await?, store::standing(tx, shop, id).await?)));
    let (connection, standing) = known.await?;
    let listens = connection.state != State::Erasing;
    let webhooks =
        named(app, &connection.connector)?.webhooks().filter(|_| listens).ok_or(Error::NotFound(say!("connection-not-found")))?;
    if webhooks.is_trial(delivery.headers, delivery.body) {
        return Ok(());
    }
    let (settings, ours) = (connection.opened(app)?, standing.secret(app, shop, id)?);
    let secret = webhooks.secret(&settings, &ours).filter(|secret| !secret.is_empty());
    if !secret.is_some_and(|secret| delivery.is_signed_with(secret, webhooks.signed_in())) {
        app.limits().check(Act::ForgedWebhookFromNetwork, &delivery.network.to_string())?;
        return Err(Error::SignInNeeded(say!("webhook-not-signed")));
    }
    let (news, digest) = (webhooks.read(&settings, delivery.headers, delivery.body)?, delivery.digest());
    app.write(async move |tx: &mut Tx<'_>| {
        if !store::is_first_delivery(tx, shop, id, &digest).await? {
            return Ok(());
        }
        match &news {
            News::Change => ring(tx, shop, id).await,
            News::Privacy(wish) => {
                store::heard(tx, shop, id, false).await?;
                privacy::take(tx, shop, id, wish).await
            }
        }
    })
    .await
}

/// Has the books read at once, or once more where they are being read just now.
async fn ring(tx: &mut Tx<'_>, shop: ShopId, id: ConnectionId) -> Result<()> {
    let connection = store::connection(tx, shop, id).await?;
    let at = connection.reached_at.map_or(tx.now(), |reached| tx.now().max(reached + GAP));
    let begins = connection.is_at_rest() && tx.hasten::<Fetch>(shop, &connection.lane(), at).await?;
    store::heard(tx, shop, id, !begins).await
}

/// How long the books are left alone after they were read to their end.
pub async fn until_next(tx: &mut Tx<'_>, connection: &Connection, every: i64) -> Result<i64> {
    Ok(if store::rang_meanwhile(tx, connection.shop, connection.id).await? { GAP } else { every })
}

impl Connection {
    /// Whether it waits for news, with nothing in the way.
    fn is_at_rest(&self) -> bool {
        self.state == State::Running && self.trouble.is_none() && self.reached_at.is_some() && self.reached_at == self.heard_at
    }
}

/// The body, as far as it is understood.
pub(crate) fn json(body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap_or_default()
}

/// A header's text.
pub(crate) fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

pub(crate) fn sweep() -> Sweep {
    Sweep::of_rows("webhook_deliveries", |tx| {
        Box::pin(async {
            let before = tx.now() - KEPT;
            store::forget_deliveries(tx, before).await
        })
    })
}
