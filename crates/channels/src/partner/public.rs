//! What customers write where everybody reads it: comments under a shop's posts, mentions of its account.

use futures::future::BoxFuture;
use kernel::Timestamp;
use platform::{App, form::Settings, trouble::Fault};
use serde::{Deserialize, Serialize};

use super::{Refusal, Taken, Way};

/// A partner where customers write in public too.
///
/// What is answered there is one piece without files: whatever is longer is refused before it is sent.
pub trait Public: Send + Sync {
    /// No answer is longer, as [`Public::measures`] it.
    fn longest(&self) -> usize;

    /// For how much a character counts.
    fn measures(&self, character: char) -> usize {
        character.len_utf16()
    }

    /// A comment is answered in private once, and within so long, in microseconds; where it is not said, as often and as late as
    /// anybody is written to.
    fn answered_once_within(&self) -> Option<i64> {
        None
    }

    /// Answers a comment, below it.
    fn answer<'a>(&'a self, app: &'a App, way: &'a Way, comment: &'a str, text: &'a str) -> BoxFuture<'a, Result<Taken, Refusal>>;

    /// Hides a comment from everybody but its author, or shows it again.
    fn hide<'a>(&'a self, app: &'a App, settings: &'a Settings, comment: &'a str, hidden: bool) -> BoxFuture<'a, Result<(), Fault>>;

    /// What the shop posted, under which somebody wrote.
    fn post<'a>(&'a self, app: &'a App, settings: &'a Settings, post: &'a str) -> BoxFuture<'a, Result<Post, Fault>>;
}

/// Where something was written for everybody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The partner's id of the post of the shop's it stands under; none where it stands under nothing of the shop's.
    pub post: Option<String>,
    /// The partner's id of what it belongs to: what one person writes there is one conversation.
    pub thread: String,
    /// Where it is read.
    pub link: Option<String>,
    /// Whether the shop may hide it.
    pub may_hide: bool,
}

/// What became of something that was written for everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// The partner's id of it.
    pub reference: String,
    pub to: Turned,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turned {
    /// It reads so now.
    Edited(String),
    /// Its author, or the partner, took it away.
    Removed,
    /// Somebody hid it from everybody, or shows it again.
    Hidden(bool),
}

/// A post of the shop's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    pub text: Option<String>,
    /// Where it is read.
    pub link: Option<String>,
}

/// A post, as far as it is known here.
#[derive(Debug, Clone)]
pub struct KnownPost {
    pub facts: Option<Post>,
    /// When the partner was last asked for it.
    pub asked_at: Timestamp,
}
