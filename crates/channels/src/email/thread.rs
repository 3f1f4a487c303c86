//! A thread: how a conversation by e-mail is gone on with.

use kernel::{ConversationId, CustomerId, MailboxId, ShopId};
use mail::{Address, Letter};
use serde::{Deserialize, Serialize};

/// Nobody takes part in a conversation with more; a list does.
const MOST_PEOPLE: usize = 100;
/// The first letter and the last ten: what programs follow, and short enough for every server.
const LAST_REFERENCES: usize = 10;

/// How a conversation is gone on with.
#[derive(Debug, Clone)]
pub struct Thread {
    pub shop: ShopId,
    pub conversation: ConversationId,
    /// Where answers come from.
    pub mailbox: MailboxId,
    pub customer: CustomerId,
    pub customer_first: CustomerId,
    pub facts: Facts,
}

/// What the next letter needs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The newest subject of the customer's.
    pub subject: String,
    /// To whom answers go.
    pub to: Vec<Person>,
    /// Who gets them too.
    pub cc: Vec<Person>,
    /// Everybody who wrote or was written to, in small letters.
    pub participants: Vec<String>,
    /// The ids of the letters so far: the first, and the newest.
    pub references: Vec<String>,
    /// Who else wrote than whose it is, and from where: what is known of them can be asked to be forgotten.
    pub guests: Vec<(CustomerId, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub name: Option<String>,
    pub email: String,
}

impl From<&Address> for Person {
    fn from(address: &Address) -> Person {
        Person { name: address.name.clone(), email: address.email.clone() }
    }
}

impl Facts {
    /// After a letter that came: `ours` are the addresses the shop is written to at.
    pub fn after(mut self, letter: &Letter, ours: &[String]) -> Facts {
        let foreign = |list: &[Address]| {
            list.iter().filter(|one| !ours.iter().any(|our| is_at(&one.key(), our))).take(MOST_PEOPLE).cloned().collect::<Vec<_>>()
        };
        let authors = if letter.reply_to.is_empty() { foreign(&letter.authors) } else { foreign(&letter.reply_to) };
        if !authors.is_empty() {
            self.to = authors.iter().map(Person::from).collect();
            let mut others = foreign(&letter.to);
            others.extend(foreign(&letter.cc));
            others.retain(|one| !authors.iter().any(|author| author.key() == one.key()));
            others.dedup_by_key(|one| one.key());
            self.cc = others.iter().map(Person::from).collect();
        }
        self.subject = letter.subject.clone();
        for one in letter.authors.iter().chain(&letter.reply_to).chain(&letter.to).chain(&letter.cc) {
            self.takes_part(&one.key());
        }
        self.follow(letter);
        self
    }

    /// After somebody else than whose it is wrote.
    pub fn with_guest(mut self, guest: CustomerId, letter: &Letter) -> Facts {
        for address in letter.authors.iter().chain(&letter.reply_to) {
            let known = (guest, address.key());
            if self.guests.len() < MOST_PEOPLE && !self.guests.contains(&known) {
                self.guests.push(known);
            }
        }
        self
    }

    /// After another thread was joined to it, which came as somebody's: answers go to whom they went there.
    pub fn joined_by(mut self, other: Facts, came_as: Option<CustomerId>) -> Facts {
        if let Some(guest) = came_as {
            self.guests.extend(other.to.iter().map(|one| (guest, one.email.to_lowercase())));
        }
        self.guests.extend(other.guests);
        self.guests.truncate(MOST_PEOPLE);
        if !other.to.is_empty() {
            (self.to, self.cc, self.subject) = (other.to, other.cc, other.subject);
        }
        other.participants.iter().for_each(|one| self.takes_part(one));
        self.refers_to(&other.references);
        self
    }

    /// Without the addresses somebody wrote from.
    pub fn without_guest(mut self, guest: CustomerId) -> Facts {
        let theirs: Vec<String> = self.guests.iter().filter(|(one, _)| *one == guest).map(|(_, key)| key.clone()).collect();
        let is_theirs = |address: &str| theirs.iter().any(|key| key.eq_ignore_ascii_case(address));
        self.to.retain(|one| !is_theirs(&one.email));
        self.cc.retain(|one| !is_theirs(&one.email));
        self.participants.retain(|one| !is_theirs(one));
        self.guests.retain(|(one, _)| *one != guest);
        self
    }

    /// The letter, and those it follows: ours among them, as its author's program names them.
    fn follow(&mut self, letter: &Letter) {
        let ids: Vec<String> = letter.references.iter().chain(&letter.in_reply_to).chain([&letter.id]).map(ToString::to_string).collect();
        self.refers_to(&ids);
    }

    fn refers_to(&mut self, ids: &[String]) {
        for id in ids {
            self.references.retain(|known| known != id);
            self.references.push(id.clone());
        }
        let over = self.references.len().saturating_sub(LAST_REFERENCES + 1);
        self.references.drain(1..1 + over);
    }

    fn takes_part(&mut self, key: &str) {
        if self.participants.len() < MOST_PEOPLE && !self.participants.iter().any(|known| known == key) {
            self.participants.push(key.to_owned());
        }
    }
}

/// Whether it is this mailbox's address, with a token behind a plus or without.
fn is_at(address: &str, mailbox: &str) -> bool {
    let parts = |address: &str| address.rsplit_once('@').map(|(local, host)| (local.to_owned(), host.to_owned()));
    match (parts(address), parts(mailbox)) {
        (Some((local, host)), Some((ours, our_host))) => host == our_host && (local == ours || local.starts_with(&format!("{ours}+"))),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const US: &[&str] = &["support@fjell.example"];

    fn ours() -> Vec<String> {
        US.iter().map(|one| (*one).to_owned()).collect()
    }

    fn after(facts: Facts, head: &str) -> Facts {
        facts.after(&Letter::read(format!("{head}\n\nHi").as_bytes()).unwrap(), &ours())
    }

    #[test]
    fn answers_go_to_who_wrote_and_to_those_who_got_it_too() {
        let emails = |people: &[Person]| people.iter().map(|one| one.email.clone()).collect::<Vec<_>>().join(" ");
        for (head, to, cc) in [
            ("From: mara@example.com\nTo: support@fjell.example", "mara@example.com", ""),
            ("From: mara@example.com\nReply-To: home@example.com\nTo: Support@Fjell.example", "home@example.com", ""),
            (
                "From: mara@example.com\nTo: support+abc@fjell.example, bo@example.com\nCc: mara@example.com, ida@example.com",
                "mara@example.com",
                "bo@example.com ida@example.com",
            ),
            // nobody but us: it stays with who it was
            ("From: support@fjell.example\nTo: eve@example.com", "", ""),
        ] {
            let facts = after(Facts::default(), head);
            assert_eq!((emails(&facts.to), emails(&facts.cc)), (to.to_owned(), cc.to_owned()), "{head}");
        }
    }

    #[test]
    fn the_first_letter_and_the_newest_are_referred_to() {
        let mut facts = Facts::default();
        for n in 0..30 {
            facts = after(facts, &format!("From: mara@example.com\nMessage-ID: <{n}@example.com>\nSubject: Re: {n}"));
        }
        assert_eq!(
            (facts.references.len(), facts.references[0].as_str(), facts.references[1].as_str()),
            (11, "0@example.com", "20@example.com")
        );
        assert_eq!((facts.references[10].as_str(), facts.subject.as_str()), ("29@example.com", "Re: 29"));
        assert_eq!(facts.participants, ["mara@example.com"]);
    }
}
