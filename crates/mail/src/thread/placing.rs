//! Where a letter goes, and what it sets going there.

use kernel::ConversationId;
use serde::Serialize;

use super::{Hint, Rule, is_another_topic};
use crate::{Automatic, Letter};

/// What is known of the conversation a hint leads to.
#[derive(Debug, Clone)]
pub struct Conversation {
    pub id: ConversationId,
    /// Everybody who wrote or was written to, as [`crate::Address::key`] spells them.
    pub participants: Vec<String>,
    /// The newest subject of the customer's.
    pub subject: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Into this conversation.
    Conversation(ConversationId),
    /// It points at a conversation its author has no part in: into a new one, that says so.
    NewBeside(ConversationId),
    New,
}

/// What a letter may set going.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Effects {
    /// Opens a conversation that was waiting, snoozed or settled.
    pub reopens: bool,
    /// May be answered by a machine.
    pub may_be_answered: bool,
    /// Starts the clocks of what was promised.
    pub starts_clocks: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Placement {
    pub place: Place,
    /// By what it was found.
    pub rule: Option<Rule>,
    /// The headers say the same conversation, the subject says another one: it can be split off.
    pub is_new_topic: bool,
    pub effects: Effects,
}

/// Decides where a letter goes: the first hint that `known` leads somewhere wins, if its author has a part there or if we have
/// signed what it goes by.
///
/// What a machine wrote is kept and threaded, and sets nothing going.
pub fn place(letter: &Letter, automatic: Option<&Automatic>, hints: &[Hint], known: impl Fn(&Hint) -> Option<Conversation>) -> Placement {
    let by_a_person = automatic.is_none();
    let effects = Effects { reopens: by_a_person, may_be_answered: by_a_person, starts_clocks: by_a_person };
    let Some((hint, found)) = hints.iter().find_map(|hint| Some((hint, known(hint)?))) else {
        return Placement { place: Place::New, rule: None, is_new_topic: false, effects };
    };
    let belongs = hint.rule.is_signed() || takes_part(letter, &found);
    Placement {
        place: if belongs { Place::Conversation(found.id) } else { Place::NewBeside(found.id) },
        rule: Some(hint.rule),
        is_new_topic: belongs && is_another_topic(&found.subject, &letter.subject),
        effects,
    }
}

/// Where anybody can have an address, in whatever country: to share one of these is not to work together.
const OPEN_TO_ALL: &[&str] = &[
    "126",
    "163",
    "aol",
    "foxmail",
    "freenet",
    "gmail",
    "gmx",
    "googlemail",
    "hotmail",
    "icloud",
    "interia",
    "laposte",
    "libero",
    "live",
    "mail",
    "me",
    "msn",
    "mynet",
    "o2",
    "onet",
    "online",
    "orange",
    "outlook",
    "proton",
    "protonmail",
    "qq",
    "rocketmail",
    "seznam",
    "sina",
    "sohu",
    "t-online",
    "telia",
    "tuta",
    "tutanota",
    "wanadoo",
    "web",
    "wp",
    "yahoo",
    "yandex",
    "ymail",
    "zoho",
    "comcast",
    "verizon",
    "att",
    "btinternet",
    "free",
    "sfr",
];

/// Whether who wrote has a part in it, or writes from where somebody does.
fn takes_part(letter: &Letter, conversation: &Conversation) -> bool {
    let Some(author) = letter.from() else { return false };
    let (key, host) = (author.key(), author.host());
    let shared = !OPEN_TO_ALL.contains(&host.split('.').next().unwrap_or_default());
    conversation.participants.iter().any(|one| *one == key || (shared && one.rsplit_once('@').is_some_and(|(_, theirs)| *theirs == host)))
}
