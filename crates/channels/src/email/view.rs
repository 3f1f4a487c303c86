//! Mailboxes and letters as they are seen over HTTP.

use kernel::{ConversationId, DepartmentId, LetterId, MailboxId, Timestamp};
use mail::{Address, Verdict, authenticated, said, shown};
use platform::{App, card_number::masked, trouble::Noted};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    letter::Letter,
    mailbox::{MailServer, Mailbox, State},
    page,
    sign_in::SignInView,
    signing::Signing,
};

/// A mailbox.
#[derive(Debug, Serialize, ToSchema)]
pub struct MailboxView {
    id: MailboxId,
    /// As whom letters come from it.
    name: String,
    address: String,
    #[schema(required)]
    department: Option<DepartmentId>,
    incoming: MailServer,
    outgoing: MailServer,
    /// Whose word on who wrote a letter is believed.
    #[schema(required)]
    trusted: Option<String>,
    signature: String,
    /// How somebody signed in to it, where that is what opens it.
    #[schema(required)]
    sign_in: Option<SignInView>,
    /// What its letters are signed with, where that is wanted.
    #[schema(required)]
    signing: Option<SigningView>,
    paused: bool,
    #[schema(required)]
    trouble: Option<Noted>,
    /// Why no letter leaves through it just now, and when one is tried.
    #[schema(required)]
    rest: Option<Noted>,
    /// Letters that lie there and are still to be read.
    backlog: i64,
    /// Letters that were put aside, for somebody to look at.
    aside: i64,
    /// When it last answered.
    #[schema(required)]
    heard_at: Option<Timestamp>,
    created_at: Timestamp,
}

impl MailboxView {
    pub fn new(mailbox: Mailbox, aside: i64, rest: Option<Noted>) -> Self {
        let own = mailbox.settings;
        MailboxView {
            id: mailbox.id,
            name: own.name,
            address: own.address,
            department: own.department,
            incoming: own.incoming,
            outgoing: own.outgoing,
            trusted: own.trusted,
            signature: own.signature,
            sign_in: mailbox.signed_in.map(SignInView::from),
            signing: mailbox.signing.map(SigningView::from),
            paused: mailbox.state == State::Paused,
            trouble: mailbox.trouble,
            rest,
            backlog: mailbox.backlog,
            aside,
            heard_at: mailbox.heard_at,
            created_at: mailbox.created_at,
        }
    }
}

/// What a mailbox's letters are signed with.
#[derive(Debug, Serialize, ToSchema)]
pub struct SigningView {
    /// The name under which its domain tells of the key, in a text (TXT).
    name: String,
    /// What it tells.
    record: String,
    /// Whether that has been seen there: letters are signed since.
    signs: bool,
}

impl From<Signing> for SigningView {
    fn from(signing: Signing) -> Self {
        SigningView { name: signing.name(), signs: signing.signs, record: signing.record }
    }
}

/// A letter that was put aside.
#[derive(Debug, Serialize, ToSchema)]
pub struct LetterAside {
    id: LetterId,
    mailbox: MailboxId,
    /// Why, in English.
    why: String,
    /// In bytes.
    size: i64,
    received_at: Timestamp,
}

impl From<Letter> for LetterAside {
    fn from(letter: Letter) -> Self {
        let Letter { id, mailbox, fault, size, received_at, .. } = letter;
        LetterAside { id, mailbox, why: fault.unwrap_or_default(), size, received_at }
    }
}

/// Somebody in a letter's head.
#[derive(Debug, Serialize, ToSchema)]
pub struct Correspondent {
    #[schema(required)]
    name: Option<String>,
    email: String,
}

impl From<&Address> for Correspondent {
    fn from(address: &Address) -> Self {
        Correspondent { name: address.name.clone(), email: address.email.clone() }
    }
}

/// Whether a letter is from whom it says.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SenderIs {
    Proved,
    Refused,
    Unknown,
}

/// A letter, where there is one to be shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct LetterShown {
    /// Null when a message was made of none, and when the letter is not kept or cannot be read.
    #[schema(required)]
    pub letter: Option<LetterView>,
}

/// A letter, whole.
#[derive(Debug, Serialize, ToSchema)]
pub struct LetterView {
    id: LetterId,
    /// In which it stands; null while it is put aside.
    #[schema(required)]
    conversation: Option<ConversationId>,
    subject: String,
    from: Vec<Correspondent>,
    to: Vec<Correspondent>,
    cc: Vec<Correspondent>,
    /// When it says it was written.
    #[schema(required)]
    date: Option<Timestamp>,
    sender: SenderIs,
    text: String,
    /// What it quotes, in plain text.
    quoted: String,
    /// Where its HTML is seen for some hours, by anybody who knows this address, in a frame that may do nothing. Pictures from elsewhere
    /// are held back unless they were asked for.
    #[schema(required)]
    page: Option<String>,
    /// So many pictures from elsewhere are held back.
    held_back: i64,
    /// What was sent along, whether it stands beside the message or not.
    attachments: Vec<String>,
}

impl LetterView {
    pub fn new(app: &App, row: &Letter, letter: &mail::Letter, trusted: Option<&str>, pictures: bool) -> Self {
        let people = |list: &[Address]| list.iter().map(Correspondent::from).collect();
        let seen = shown(letter);
        let page = seen.is_some().then(|| page::address(app, row.shop, row.id, pictures));
        let sender = match authenticated(letter, &trusted.into_iter().collect::<Vec<_>>()).verdict {
            Verdict::Proved => SenderIs::Proved,
            Verdict::Refused => SenderIs::Refused,
            Verdict::Unknown => SenderIs::Unknown,
        };
        LetterView {
            id: row.id,
            conversation: row.conversation,
            subject: masked(&letter.subject).into_owned(),
            from: people(&letter.authors),
            to: people(&letter.to),
            cc: people(&letter.cc),
            date: letter.date,
            sender,
            text: masked(&letter.text).into_owned(),
            quoted: masked(&said(&letter.text).quoted).into_owned(),
            page,
            held_back: if pictures { 0 } else { seen.map_or(0, |seen| seen.remote().len() as i64) },
            attachments: letter.attachments.iter().map(|one| one.name.clone()).collect(),
        }
    }
}
