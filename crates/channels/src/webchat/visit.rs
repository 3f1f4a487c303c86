//! Who calls: a page of a shop, and the visitor on it.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use customers::visitor::{self, Visitor};
use kernel::{Error, Result, ShopId};
use platform::{
    App, Tx,
    http::{Failure, Network, same_origin},
};

use super::settings::Widget;
use crate::store;

/// A visitor with a valid token, on a page the shop allows, not blocked.
pub struct Visiting(pub Visitor);

impl FromRequestParts<App> for Visiting {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let bearer = parts.headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()).and_then(|v| v.strip_prefix("Bearer "));
        let token = bearer.ok_or(Error::SignInNeeded("Send the visitor's token."))?;
        let visitor = visitor::by_token(app, token).await?;
        let network = Network::from_request_parts(parts, app).await?;
        admit(app, visitor.shop, &parts.headers, network).await?;
        Ok(Visiting(visitor))
    }
}

/// Refuses pages the shop does not list and networks it has blocked; the widget of the shop otherwise.
///
/// Errors: `Forbidden`.
pub async fn admit(app: &App, shop: ShopId, headers: &HeaderMap, network: Network) -> Result<Widget> {
    let (widget, blocked) = app
        .read(async move |tx: &mut Tx<'_>| {
            let widget = store::widget(tx, shop).await?.ok_or(Error::NotFound("This chat"))?;
            Ok((widget, team::shop::get(tx, shop).await?.blocks(network.0)))
        })
        .await?;
    admit_to(app, &widget, blocked, headers)?;
    Ok(widget)
}

/// As `admit`, for a widget that has been read.
pub fn admit_to(app: &App, widget: &Widget, blocked: bool, headers: &HeaderMap) -> Result<()> {
    if let Some(origin) = headers.get(header::ORIGIN) {
        let listed = origin.to_str().is_ok_and(|origin| widget.allows(origin));
        if !listed && !same_origin(headers, &app.config().public_url) {
            return Err(Error::Forbidden("This chat may not run on this page. The shop lists its pages under Settings → Chat.".into()));
        }
    }
    if blocked {
        return Err(Error::Forbidden("This chat is not available from here.".into()));
    }
    Ok(())
}
