//! What callers hear, in the language of the line.

use jiff::Zoned;
use kernel::{Language, Timestamp, Words, words};
use team::shop::Shop;

static WORDS: Words = words!("voice");

/// Whoever speaks, and to whom.
pub struct Speaker<'a> {
    pub language: Language,
    pub shop: &'a Shop,
    pub now: Timestamp,
}

impl Speaker<'_> {
    pub fn says(&self, key: &str) -> String {
        WORDS.text(self.language, key, &[("shop", self.shop.name.as_str().into())])
    }

    /// What is said to a member who picks up.
    pub fn whispers(&self, line: &str) -> String {
        WORDS.text(self.language, "whisper", &[("line", line.into())])
    }

    /// How many wait before them; whoever can be called back is offered that.
    pub fn waits(&self, place: usize, can_be_called: bool) -> String {
        let key = if can_be_called { "waits" } else { "waits-unknown" };
        WORDS.text(self.language, key, &[("place", place.into())])
    }

    /// That nobody is there, and when somebody will be.
    pub fn closed(&self, opens_at: Option<Timestamp>) -> String {
        match opens_at {
            Some(at) => self.naming("closed-until", at),
            None => self.says("closed"),
        }
    }

    /// That they are called back, and until when.
    pub fn calls_back(&self, by: Option<Timestamp>) -> String {
        match by {
            Some(by) => self.naming("called-back-by", by),
            None => self.says("called-back"),
        }
    }

    fn naming(&self, key: &str, at: Timestamp) -> String {
        let local = |at: Timestamp| at.calendar().to_zoned(self.shop.zone());
        let (at, now) = (local(at), local(self.now));
        let values = [
            ("shop", self.shop.name.as_str().into()),
            ("day", WORDS.text(self.language, &day(&at, &now), &[]).into()),
            ("time", at.strftime("%-H:%M").to_string().into()),
        ];
        WORDS.text(self.language, key, &values)
    }
}

/// What a day is called: today, tomorrow, a weekday within the week, a date beyond it.
fn day(at: &Zoned, now: &Zoned) -> String {
    match (at.date() - now.date()).get_days() {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        _ => format!("day-{}", at.weekday().to_monday_one_offset()),
    }
}
