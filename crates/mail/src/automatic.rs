//! Whether a machine wrote a letter, and by what that is seen. What a machine wrote is kept and never answered by another.

use kernel::ShopId;
use platform::token::Signer;
use serde::Serialize;

use crate::{Letter, thread::Marks};

/// What kind of machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Ours: a letter of our own came back.
    Own,
    /// A mail server, about a letter that was not delivered, or was.
    Report,
    /// Somebody's mailbox, while they are away or to say it has arrived.
    Reply,
    /// A list of subscribers.
    List,
    /// Something sent to many.
    Bulk,
    /// A machine that tells of something.
    Notice,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Automatic {
    pub kind: Kind,
    /// By what it is seen: the name of a field, or what is odd about the letter.
    pub rule: &'static str,
}

/// Who we are: what tells our own letters from others'.
pub struct Us<'a> {
    pub shop: ShopId,
    pub signer: &'a Signer,
    /// The addresses the shop is written to at, as [`crate::Address::key`] spells them.
    pub mailboxes: &'a [String],
}

/// In every letter we send by ourselves, so that we know it again whatever became of it.
pub const LOOP_FIELD: &str = "X-Ombud-Loop";

/// Whether a machine wrote it: the first sign counts, the surest ones first.
pub fn automatic(letter: &Letter, us: &Us<'_>) -> Option<Automatic> {
    let found = |kind, rule| Automatic { kind, rule };
    own(letter, us)
        .map(|rule| found(Kind::Own, rule))
        .or_else(|| letter.is_report().then(|| found(Kind::Report, "multipart/report")))
        .or_else(|| said_to_be_submitted(letter))
        .or_else(|| to_many(letter))
        .or_else(|| answered_by_itself(letter))
        .or_else(|| from_nobody(letter))
}

fn own(letter: &Letter, us: &Us<'_>) -> Option<&'static str> {
    let ours = |key: &String| us.mailboxes.contains(key);
    if letter.headers.has(LOOP_FIELD) {
        Some(LOOP_FIELD)
    } else if Marks::new(us.shop, us.signer).in_message_id(&letter.id).is_some() {
        Some("Message-ID")
    } else {
        letter.authors.iter().any(|author| ours(&author.key())).then_some("From")
    }
}

/// RFC 3834.
fn said_to_be_submitted(letter: &Letter) -> Option<Automatic> {
    let said = letter.headers.line("Auto-Submitted")?.to_ascii_lowercase();
    let said = said.split([';', ' ', '(']).next().unwrap_or_default();
    let kind = match said {
        "no" | "" => return None,
        "auto-replied" => Kind::Reply,
        _ => Kind::Notice,
    };
    Some(Automatic { kind, rule: "Auto-Submitted" })
}

fn to_many(letter: &Letter) -> Option<Automatic> {
    const LISTS: [&str; 5] = ["List-Id", "List-Unsubscribe", "List-Post", "List-Help", "List-Owner"];
    if let Some(rule) = LISTS.into_iter().find(|name| letter.headers.has(name)) {
        return Some(Automatic { kind: Kind::List, rule });
    }
    let kind = match letter.headers.line("Precedence")?.to_ascii_lowercase().as_str() {
        "list" => Kind::List,
        "bulk" | "junk" => Kind::Bulk,
        "auto_reply" | "auto-reply" => Kind::Reply,
        _ => return None,
    };
    Some(Automatic { kind, rule: "Precedence" })
}

/// Fields that answering machines made up before there was a standard.
fn answered_by_itself(letter: &Letter) -> Option<Automatic> {
    const REPLIES: [&str; 7] =
        ["X-Autoreply", "X-Autorespond", "X-Auto-Reply-From", "X-Mail-Autoreply", "X-FC-MachineGenerated", "X-POST-MessageClass", "X-Loop"];
    let denied = |name: &str| letter.headers.line(name).is_some_and(|value| value.eq_ignore_ascii_case("no"));
    if let Some(rule) = REPLIES.into_iter().find(|name| letter.headers.has(name) && !denied(name)) {
        return Some(Automatic { kind: Kind::Reply, rule });
    }
    // it asks not to be answered; `None` asks for nothing
    let suppress = letter.headers.line("X-Auto-Response-Suppress").is_some_and(|value| !value.eq_ignore_ascii_case("none"));
    suppress.then_some(Automatic { kind: Kind::Notice, rule: "X-Auto-Response-Suppress" })
}

/// Letters that nobody would get an answer to.
fn from_nobody(letter: &Letter) -> Option<Automatic> {
    let returns_to_nobody = letter.headers.line("Return-Path").is_some_and(|path| path.trim() == "<>" || path.trim().is_empty());
    if returns_to_nobody {
        return Some(Automatic { kind: Kind::Report, rule: "Return-Path" });
    }
    let author = letter.from()?.key();
    let local: String = author.split('@').next().unwrap_or_default().chars().filter(|c| c.is_alphanumeric()).collect();
    let machine = match local.as_str() {
        "mailerdaemon" | "postmaster" => Kind::Report,
        "noreply" | "donotreply" => Kind::Notice,
        _ => return None,
    };
    Some(Automatic { kind: machine, rule: "From" })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn judged(raw: &[u8]) -> Option<(Kind, &'static str)> {
        let signer = Signer::new([7; 32], []);
        let us = Us { shop: Uuid::from_u128(1).into(), signer: &signer, mailboxes: &["support@fjell.example".into()] };
        automatic(&Letter::read(raw).unwrap(), &us).map(|found| (found.kind, found.rule))
    }

    #[test]
    fn machines_are_known_by_what_they_say() {
        for (field, expected) in [
            ("Subject: Hi", None),
            ("Auto-Submitted: no", None),
            ("Precedence: first-class", None),
            ("X-Auto-Response-Suppress: None", None),
            ("X-Autoreply: no", None),
            ("Return-Path: <mara@customer.example>", None),
            ("Auto-Submitted: auto-replied; owner-email=\"x@y.example\"", Some((Kind::Reply, "Auto-Submitted"))),
            ("auto-submitted: Auto-Generated", Some((Kind::Notice, "Auto-Submitted"))),
            ("Auto-Submitted: auto-notified", Some((Kind::Notice, "Auto-Submitted"))),
            ("List-Id: <a.x.example>", Some((Kind::List, "List-Id"))),
            ("List-Unsubscribe: <https://x.example>", Some((Kind::List, "List-Unsubscribe"))),
            ("Precedence: LIST", Some((Kind::List, "Precedence"))),
            ("Precedence: bulk", Some((Kind::Bulk, "Precedence"))),
            ("Precedence: junk", Some((Kind::Bulk, "Precedence"))),
            ("Precedence: auto_reply", Some((Kind::Reply, "Precedence"))),
            ("X-Autoreply: yes", Some((Kind::Reply, "X-Autoreply"))),
            ("X-Autorespond: away", Some((Kind::Reply, "X-Autorespond"))),
            ("X-Loop: support@x.example", Some((Kind::Reply, "X-Loop"))),
            ("X-Auto-Response-Suppress: OOF, AutoReply", Some((Kind::Notice, "X-Auto-Response-Suppress"))),
            ("Return-Path: <>", Some((Kind::Report, "Return-Path"))),
            ("Content-Type: multipart/report; report-type=disposition-notification; boundary=b", Some((Kind::Report, "multipart/report"))),
            ("X-Ombud-Loop: 1", Some((Kind::Own, "X-Ombud-Loop"))),
        ] {
            let raw = format!("{field}\nFrom: mara@customer.example\n\nHi");
            assert_eq!(judged(raw.as_bytes()), expected, "{field}");
        }
        for (author, expected) in [
            ("mailer-daemon@x.example", Some((Kind::Report, "From"))),
            ("Postmaster@x.example", Some((Kind::Report, "From"))),
            ("no-reply@x.example", Some((Kind::Notice, "From"))),
            ("do_not_reply@x.example", Some((Kind::Notice, "From"))),
            ("Support@fjell.example", Some((Kind::Own, "From"))),
            ("noreplyson@x.example", None),
        ] {
            assert_eq!(judged(format!("From: {author}\n\nHi").as_bytes()), expected, "{author}");
        }
    }

    #[test]
    fn a_letter_of_ours_is_known_by_its_id_whatever_became_of_it() {
        let signer = Signer::new([7; 32], []);
        let id = Marks::new(Uuid::from_u128(1).into(), &signer).message_id(Uuid::from_u128(9).into(), "fjell.example");
        let raw = format!("From: list@x.example\nMessage-ID: <{id}>\n\nHi");
        assert_eq!(judged(raw.as_bytes()), Some((Kind::Own, "Message-ID")));
    }

    #[test]
    fn real_letters_of_machines_are_known_and_those_of_people_are_not() {
        for (raw, kind) in [
            (&include_bytes!("../letters/away.eml")[..], Some(Kind::Reply)),
            (include_bytes!("../letters/newsletter.eml"), Some(Kind::List)),
            (include_bytes!("../letters/postfix.eml"), Some(Kind::Report)),
            (include_bytes!("../letters/complaint.eml"), Some(Kind::Report)),
            (include_bytes!("../letters/gmail.eml"), None),
            (include_bytes!("../letters/outlook.eml"), None),
            (include_bytes!("../letters/apple.eml"), None),
            (include_bytes!("../letters/turkish.eml"), None),
            (include_bytes!("../letters/invitation.eml"), None),
        ] {
            assert_eq!(judged(raw).map(|(kind, _)| kind), kind, "{}", String::from_utf8_lossy(&raw[..80]));
        }
    }
}
