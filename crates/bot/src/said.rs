//! What was said to the bot, kept by the shopper's own browser under the shop's seal: nothing of it is stored here until they
//! hand it back with their first message, and then it is what the bot said, to the letter.

use customers::visitor::Visitor;
use data_encoding::BASE64URL_NOPAD;
use kernel::{Error, OrderId, Result, ShopId, Timestamp, VisitorId, hours};
use platform::App;
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};

/// Whoever comes back later has another matter.
const LASTS: i64 = hours(24);

/// The longest answer, in characters.
pub const LONGEST: usize = 4_000;

/// The longest seal, in characters: of the longest answer, whatever its letters.
pub const LONGEST_SEALED: usize = 24_000;

/// A question to the bot, with its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    pub asked: String,
    pub answered: String,
    pub at: Timestamp,
    /// The only visitor it was said to; what everybody may know was said to nobody in particular.
    pub to: Option<VisitorId>,
    /// An order a person has to look at.
    pub trouble: Option<OrderId>,
}

fn place(shop: ShopId) -> String {
    format!("{shop}/bot/said")
}

impl Said {
    /// Sealed for the browser to keep.
    pub(crate) fn sealed(&self, app: &App, shop: ShopId) -> Result<String> {
        let plain = serde_json::to_vec(self).map_err(Error::broken)?;
        Ok(BASE64URL_NOPAD.encode(&app.secrets().seal(&place(shop), &plain, app.rng())?))
    }

    /// What this visitor was told under the seal; nothing when it is not ours, was said to somebody else or is over.
    pub fn open(app: &App, who: &Visitor, sealed: &str) -> Option<Said> {
        let sealed = BASE64URL_NOPAD.decode(sealed.as_bytes()).ok()?;
        let plain = app.secrets().open(&place(who.shop), &sealed).ok()?;
        let said: Said = serde_json::from_str(plain.expose_secret()).ok()?;
        let theirs = said.to.is_none_or(|to| to == who.id);
        (theirs && app.now() - said.at <= LASTS).then_some(said)
    }
}
