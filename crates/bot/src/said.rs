//! What was said to the bot, kept by the shopper's own browser under the shop's seal: nothing of it is stored here until they
//! hand it back with their first message, and then it is what the bot said, to the letter.

use customers::visitor::Visitor;
use kernel::{OrderId, Result, ShopId, Timestamp, VisitorId, hours};
use platform::App;
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
        app.secrets().seal_value(&place(shop), self, app.rng())
    }

    /// What this visitor was told under the seal; nothing when it is not ours, was said to somebody else or is over.
    pub fn open(app: &App, who: &Visitor, sealed: &str) -> Option<Said> {
        let said: Said = app.secrets().open_value(&place(who.shop), sealed).ok()?;
        let theirs = said.to.is_none_or(|to| to == who.id);
        (theirs && app.now() - said.at <= LASTS).then_some(said)
    }
}
