//! The plug: how one kind of partner brings what customers write, and takes what they are answered.

mod public;
mod refusal;

use std::{collections::BTreeMap, time::Duration};

use axum::http::HeaderMap;
use bytes::Bytes;
use futures::{FutureExt, future::BoxFuture};
use inbox::message::SentTemplate;
use kernel::{MessageId, Result, Timestamp};
use platform::{
    App,
    form::{Field, Settings},
    trouble::Fault,
};
use serde_json::Value;

pub use self::{
    public::{KnownPost, Place, Post, Public, Turn, Turned},
    refusal::{Refusal, Why, answered_silently},
};
use crate::{lines::terms::Terms, outflow::Pace};

/// A partner through whom customers write. Each stands in one file of this crate and in one line of its list.
///
/// None of these is asked from a transaction, and those that are no futures ask nobody.
pub trait Partner: Send + Sync {
    /// The name conversations carry, for ever.
    fn name(&self) -> &'static str;

    /// What its makers call it.
    fn title(&self) -> &'static str;

    /// What has to be known to connect: the form, from top to bottom.
    fn fields(&self) -> &'static [Field];

    /// No message is longer, as [`Partner::measures`] it; a longer one is sent in pieces.
    fn longest_text(&self) -> usize;

    /// For how much a character counts: for each of its UTF-16 units, unless the partner says otherwise.
    fn measures(&self, character: char) -> usize {
        character.len_utf16()
    }

    /// The partner's own id of the line that the settings open.
    ///
    /// Errors: `Invalid` on what cannot be right.
    fn key(&self, settings: &Settings) -> Result<String>;

    /// How fast it takes the line's messages, where its makers say so.
    fn pace(&self) -> Option<Pace> {
        None
    }

    /// How fast it takes messages for one and the same customer.
    fn pace_to_each(&self) -> Option<Pace> {
        None
    }

    /// For so long after a customer wrote they can be answered, in microseconds; for ever where it is not said.
    fn answered_within(&self) -> Option<i64> {
        None
    }

    /// Signs in, and says as what customers know the line.
    fn find<'a>(&'a self, app: &'a App, settings: &'a Settings) -> BoxFuture<'a, Result<String, Fault>>;

    /// Sees to it that the partner calls us.
    fn subscribe<'a>(&'a self, app: &'a App, settings: &'a Settings, hook: &'a Hook) -> BoxFuture<'a, Result<(), Fault>>;

    /// Has it call nobody any more.
    fn unsubscribe<'a>(&'a self, app: &'a App, settings: &'a Settings, hook: &'a Hook) -> BoxFuture<'a, Result<(), Fault>>;

    /// Until when what was filled in opens the line, where the partner says it.
    fn opens_until<'a>(&'a self, _app: &'a App, _settings: &'a Settings) -> BoxFuture<'a, Result<Option<Timestamp>, Fault>> {
        std::future::ready(Ok(None)).boxed()
    }

    /// Has what opens the line renewed; nothing where that lasts, or only people can renew it.
    ///
    /// Errors: `Why::Later` where asking once more may help; after any other, people have to sign in again.
    fn renew<'a>(&'a self, _app: &'a App, _settings: &'a Settings) -> Option<BoxFuture<'a, Result<Renewed, Refusal>>> {
        None
    }

    /// What a partner that tries an address wants to hear, where it is the one.
    fn greets(&self, _settings: &Settings, _hook: &Hook, _asked: &BTreeMap<String, String>) -> Option<Greeting> {
        None
    }

    /// Whether a call is the partner's own.
    fn is_signed(&self, settings: &Settings, hook: &Hook, call: &Call<'_>) -> bool;

    /// What is kept of a call: all that [`Partner::read`] needs.
    fn kept(&self, call: &Call<'_>) -> String {
        call.body.to_owned()
    }

    /// What was kept of a call tells about the line of this key. The same tells the same, in the same order.
    ///
    /// Errors: why it is not understood, for people to look at.
    fn read(&self, key: &str, kept: &str) -> Result<Vec<News>, String>;

    /// What somebody is called who wrote for the first time, where the partner says it only when asked.
    fn name_of<'a>(&'a self, _app: &'a App, _settings: &'a Settings, _peer: &'a str) -> BoxFuture<'a, Option<String>> {
        std::future::ready(None).boxed()
    }

    /// A file that came with a message.
    fn fetch<'a>(&'a self, app: &'a App, settings: &'a Settings, file: &'a FileAt) -> BoxFuture<'a, Result<Bytes, Fault>>;

    /// Where customers write in public through it too.
    fn public(&self) -> Option<&dyn Public> {
        None
    }

    /// Whether a number can be written to that never wrote here.
    fn writes_first(&self) -> bool {
        false
    }

    /// Whether it agrees to texts beforehand, and takes those at any time.
    fn has_templates(&self) -> bool {
        false
    }

    /// What it lets the line send of its own accord.
    fn terms<'a>(&'a self, _app: &'a App, _settings: &'a Settings) -> BoxFuture<'a, Result<Terms, Fault>> {
        std::future::ready(Ok(Terms::default())).boxed()
    }

    /// Hands over a template it has agreed to, filled in.
    fn send_template<'a>(&'a self, _app: &'a App, _way: &'a Way, _template: &'a SentTemplate) -> BoxFuture<'a, Result<Taken, Refusal>> {
        std::future::ready(Err(Refusal::new(Why::Never, "It knows no templates."))).boxed()
    }

    /// Hands over one piece of a message.
    fn send<'a>(&'a self, app: &'a App, way: &'a Way, piece: &'a Piece) -> BoxFuture<'a, Result<Taken, Refusal>>;
}

/// Where a partner calls us.
#[derive(Debug, Clone)]
pub struct Hook {
    pub address: String,
    /// Made up here: 64 hexadecimal digits.
    pub secret: String,
}

/// What a partner that tries an address hears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Greeting {
    Text(String),
    Json(Value),
}

/// What opens a line from now on.
#[derive(Clone, PartialEq, Eq)]
pub struct Renewed {
    /// Those fields of the form that are other ones now.
    pub settings: Settings,
    pub until: Timestamp,
}

/// A call of a partner's, or of whoever says so.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    /// As it was called, with what stands behind the question mark.
    pub address: &'a str,
    pub headers: &'a HeaderMap,
    pub body: &'a str,
}

impl Call<'_> {
    /// A header's text; nothing when it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// What a partner tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// A customer wrote.
    Message(Arriving),
    /// Something became of a message of ours.
    Receipt(Receipt),
    /// Something became of what a customer wrote in public.
    Turn(Turn),
    /// The line itself may not be what it was: somebody took back what opens it.
    Line,
}

/// A message that a customer wrote.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Arriving {
    /// The partner's id of whoever wrote; answers go there.
    pub peer: String,
    pub name: Option<String>,
    /// The number they are known by, as E.164 writes it.
    pub phone: Option<String>,
    /// The partner's id of the message, unlike that of any other of the line.
    pub reference: String,
    pub text: String,
    pub files: Vec<FileAt>,
    /// Whether a machine wrote it, or it wants no answer.
    pub quiet: bool,
    /// Whether they allow advertising here from now on, or forbid it.
    pub advertising: Option<bool>,
    /// Where, if everybody reads it.
    pub place: Option<Place>,
}

impl Arriving {
    /// What it belongs to where everybody reads it.
    pub fn thread(&self) -> Option<&str> {
        self.place.as_ref().map(|place| place.thread.as_str())
    }
}

/// A file that lies with the partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileAt {
    /// By what the partner hands it out.
    pub at: String,
    pub name: String,
}

/// What became of a message of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    pub of: Of,
    pub reached: Reached,
}

/// Which message of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of {
    Ours(MessageId),
    /// The partner's id of it.
    Theirs(String),
    /// All that went to somebody until then.
    AllTo {
        peer: String,
        until: Timestamp,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reached {
    Delivered,
    Read,
    /// Why it did not arrive, in the partner's words.
    Failed(String),
}

/// How a message goes to a customer.
#[derive(Debug, Clone)]
pub struct Way {
    pub settings: Settings,
    pub hook: Hook,
    /// The partner's id of the line.
    pub key: String,
    /// The partner's id of the customer.
    pub peer: String,
    /// The partner's id of the comment of theirs that is answered, and so opens the way to them.
    pub comment: Option<String>,
    pub message: MessageId,
    /// How long ago the customer last wrote, in microseconds.
    pub silent_for: i64,
    /// Whether somebody wrote it, and not Ombud by itself.
    pub by_person: bool,
}

/// What is handed over at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    Text(String),
    File {
        name: String,
        media_type: String,
        content: Bytes,
        /// Where anybody who knows this address finds it, for a week.
        address: String,
    },
}

/// What became of a piece that was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// The partner's id of it.
    By(String),
    /// It may have arrived; why nobody knows.
    InDoubt(String),
}

/// A file may take so long, either way.
pub const FILE_WITHIN: Duration = Duration::from_secs(45);
/// The service, as its errors call it.
pub const SERVICE: &str = "The partner";
