//! What the shop's own system tells: the whole of a thing, as it stood at some moment.
//!
//! The same told twice changes nothing, and in whatever order it arrives, the newest is what stays.

use kernel::{Result, Timestamp, days, invalid, say};
use serde::Serialize;

/// A clock may be so far ahead of ours. What is told of later days would keep all that is told until then from being believed.
const AHEAD: i64 = days(1);

/// The whole of a thing at some moment.
pub trait Told: Serialize + Clone + PartialEq {
    /// When the shop's own system last changed it.
    fn changed_at(&self) -> Timestamp;

    /// The same, changed at that moment.
    fn changed(self, at: Timestamp) -> Self;

    /// What was read in the shop's own books after `known` was; `None` when nothing but the moment is another. Books may not
    /// say when something in them changed, or go by a clock of their own: whoever reads them page after page, one at a time,
    /// has the newest in hand all the same.
    fn read_after(self, known: &Self) -> Option<Self> {
        if self.clone().changed(known.changed_at()) == *known {
            return None;
        }
        let later = self.changed_at().max(known.changed_at() + 1);
        Some(self.changed(later))
    }

    /// Whether it tells more of the thing than what is `known`; tellings of the same moment have some order, always the same.
    fn is_later_than(&self, known: &Self) -> bool {
        let text = |facts: &Self| serde_json::to_string(facts).unwrap_or_default();
        let (at, known_at) = (self.changed_at(), known.changed_at());
        at > known_at || (at == known_at && text(self) > text(known))
    }
}

/// Refuses what has changed in the future.
///
/// Errors: `Invalid` on `changed_at`.
pub fn must_have_been(changed_at: Timestamp, now: Timestamp) -> Result<()> {
    if changed_at > now + AHEAD { Err(invalid("changed_at", say!("told-of-the-future"))) } else { Ok(()) }
}
