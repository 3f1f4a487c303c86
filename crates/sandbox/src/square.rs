//! Where everybody reads what customers write: comments under a shop's posts, mentions of its account.

use super::{Book, Call};

/// What somebody does there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Deed {
    #[default]
    Writes,
    /// They write it anew.
    Edits,
    /// They take it away.
    Removes,
    /// Somebody of the shop's hides it, at the partner itself.
    Hides,
}

/// A comment of somebody's.
#[derive(Debug, Clone, Copy, Default)]
pub struct Comment<'a> {
    pub deed: Deed,
    /// By what the partner knows them.
    pub from: &'a str,
    pub name: &'a str,
    pub id: u64,
    /// Below which other comment it stands.
    pub below: Option<u64>,
    pub text: &'a str,
}

/// A partner's public side.
pub trait Square: Send + Sync {
    /// What the partner calls a comment.
    fn called(&self, id: u64) -> String;
    /// What the shop had posted there.
    fn post(&self) -> &'static str {
        "Our two-person tent is back. Which colour is yours?"
    }
    /// By what the partner knows the shop itself.
    fn own(&self) -> &'static str;
    /// What it tells of comments.
    fn tells(&self) -> &'static [Deed];
    /// Whether a comment is answered in private once.
    fn once(&self) -> bool {
        true
    }
    /// The longest answer, in UTF-16 units.
    fn longest(&self) -> usize;
    fn comment(&self, book: &Book, comment: Comment<'_>) -> Call;
}
