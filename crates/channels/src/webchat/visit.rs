//! Who calls: a page of a shop, and the visitor on it.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use customers::visitor::{self, Visitor};
use kernel::{Error, Result, ShopId, say};
use platform::{
    App, Tx,
    http::{Failure, Network, same_origin},
    token::TokenHash,
};

use super::settings::{self, Widget};
use crate::store;

/// A visitor with a valid token, on a page the shop allows, not blocked.
pub struct Visiting(pub Visitor);

impl FromRequestParts<App> for Visiting {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let network = Network::from_request_parts(parts, app).await?;
        let bearer = parts.headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()).and_then(|v| v.strip_prefix("Bearer "));
        let token = bearer.ok_or(Error::SignInNeeded(say!("visitor-token-missing")))?;
        Ok(Visiting(by_token(app, token, &parts.headers, network).await?))
    }
}

/// The visitor with this token, on a page the shop lists and in no network it has blocked.
///
/// Errors: `SignInNeeded` when the token is nobody's, `Forbidden`.
pub async fn by_token(app: &App, token: &str, headers: &HeaderMap, network: Network) -> Result<Visitor> {
    let hash = TokenHash::of(token);
    let (visitor, door) = app
        .read(async move |tx: &mut Tx<'_>| {
            let visitor = visitor::by_token(tx, &hash).await?;
            let origins = store::origins(tx, visitor.shop).await?.ok_or(Error::NotFound(say!("chat-not-found")))?;
            let door = Door::of(tx, visitor.shop, origins, network).await?;
            Ok((visitor, door))
        })
        .await?;
    door.admit(app, headers)?;
    Ok(visitor)
}

/// A shop's chat, as somebody from one network stands before it.
pub struct Door {
    /// The pages it may run on.
    origins: Vec<String>,
    blocked: bool,
}

impl Door {
    async fn of(tx: &mut Tx<'_>, shop: ShopId, origins: Vec<String>, network: Network) -> Result<Door> {
        let blocked = team::shop::get(tx, shop).await?.blocks(network.0);
        Ok(Door { origins, blocked })
    }

    /// The chat this key names.
    ///
    /// Errors: `NotFound`.
    pub async fn by_key(tx: &mut Tx<'_>, key: &str, network: Network) -> Result<(Widget, Door)> {
        let widget = settings::by_key(tx, key).await?.ok_or(Error::NotFound(say!("chat-not-found")))?;
        let door = Door::of(tx, widget.shop, widget.settings.origins.clone(), network).await?;
        Ok((widget, door))
    }

    /// Refuses pages the shop does not list and networks it has blocked.
    ///
    /// Errors: `Forbidden`.
    pub fn admit(&self, app: &App, headers: &HeaderMap) -> Result<()> {
        if let Some(origin) = headers.get(header::ORIGIN) {
            let listed = origin.to_str().is_ok_and(|origin| self.origins.iter().any(|allowed| allowed.eq_ignore_ascii_case(origin)));
            if !listed && !same_origin(headers, &app.config().public_url) {
                return Err(Error::Forbidden(say!("page-not-listed")));
            }
        }
        if self.blocked { Err(Error::Forbidden(say!("network-blocked"))) } else { Ok(()) }
    }
}
