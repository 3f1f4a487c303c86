//! A page that was handed out: when, and under which name, so that the same form is known when it is sent twice.

use data_encoding::HEXLOWER;
use kernel::{ShopId, Timestamp, hours};
use platform::App;

const PURPOSE: &str = "contact";
/// A page may stand open so long.
const OPEN_FOR: i64 = hours(24);

/// What a page's token says of it.
pub struct HandedOut {
    pub at: Timestamp,
    /// The page's own name.
    pub once: String,
}

/// The token of a page that is handed out now.
pub fn token(app: &App, shop: ShopId) -> String {
    let (now, once) = (app.now(), HEXLOWER.encode(&app.rng().bytes::<12>()));
    app.signer().sign(PURPOSE, &format!("{shop}/{}/{once}", now.micros()), now + OPEN_FOR)
}

impl HandedOut {
    /// None where it was another shop's page, too long ago, or never.
    pub fn of(app: &App, shop: ShopId, token: &str) -> Option<HandedOut> {
        let named = app.signer().verify(PURPOSE, token, app.now()).ok()?;
        let mut parts = named.split('/');
        let is_ours = parts.next()? == shop.to_string();
        let at = Timestamp::from_micros(parts.next()?.parse().ok()?);
        let once = parts.next()?.to_owned();
        is_ours.then_some(HandedOut { at, once })
    }
}
