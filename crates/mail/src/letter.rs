//! A letter, taken apart: what its header and its body say, cleaned, and nothing of it believed yet.

mod body;

use kernel::{Error, Result, Timestamp, invalid, say};

use crate::{Address, Attachment, MessageId, headers::Headers, mime::Part};

/// The most bytes a letter may have; more no mail server hands over.
pub const LONGEST: usize = 50 * 1024 * 1024;
/// The ids of a long conversation: the newest of them, and the one it began with.
const MOST_REFERENCES: usize = 100;
/// Who answers more letters at once answers none.
const MOST_ANSWERED: usize = 10;

/// A letter that somebody received.
#[derive(Debug)]
pub struct Letter {
    pub id: MessageId,
    /// Whether the letter had no id of its own, or an odd one.
    pub id_is_made_up: bool,
    /// Who it says wrote it: more than one is legal, and nobody's habit.
    pub authors: Vec<Address>,
    pub reply_to: Vec<Address>,
    pub to: Vec<Address>,
    pub cc: Vec<Address>,
    /// Every address it says it was delivered to, those of the mail servers before those of its author.
    pub delivered_to: Vec<Address>,
    /// When it says it was written.
    pub date: Option<Timestamp>,
    pub subject: String,
    pub in_reply_to: Vec<MessageId>,
    /// Oldest first, as they are written.
    pub references: Vec<MessageId>,
    /// The whole text, quotes and all: as it was sent, or made from the HTML.
    pub text: String,
    /// As it was sent: [`crate::shown`] is what people may see.
    pub html: Option<String>,
    /// Whether more was written than is read.
    pub is_cut: bool,
    pub attachments: Vec<Attachment>,
    pub(crate) headers: Headers,
    /// What a machine says about another letter, part by part, when this is such a report.
    pub(crate) report: Option<Report>,
}

/// A `multipart/report`, not yet understood.
#[derive(Debug)]
pub(crate) struct Report {
    pub kind: String,
    pub text: String,
    /// The part for machines.
    pub fields: Vec<u8>,
    /// The letter it is about, or its header.
    pub about: Vec<u8>,
}

impl Letter {
    /// Reads what came from a mail server.
    ///
    /// Errors: `TooLarge` for more bytes, parts, levels or header fields than a letter has; `Invalid` for what is no letter.
    pub fn read(raw: &[u8]) -> Result<Letter> {
        if raw.len() > LONGEST {
            return Err(Error::TooLarge(say!("letter-too-large", megabytes = LONGEST / 1024 / 1024)));
        }
        let Part { headers, body, parts } = Part::split(raw)?;
        if headers.is_empty() {
            return Err(invalid("letter", say!("letter-without-header")));
        }
        let whole = Part { headers, body, parts };
        let (content, report) = (body::read(&whole), Report::of(&whole));
        let headers = whole.headers;
        let own = headers.ids("Message-ID").into_iter().next();
        Ok(Letter {
            id_is_made_up: own.is_none(),
            id: own.unwrap_or_else(|| MessageId::of_bytes(raw)),
            authors: headers.addresses("From"),
            reply_to: headers.addresses("Reply-To"),
            to: headers.addresses("To"),
            cc: headers.addresses("Cc"),
            delivered_to: delivered_to(&headers),
            date: headers.date("Date").map(|date| Timestamp::from_micros(date.to_timestamp().saturating_mul(1_000_000))),
            subject: headers.text("Subject").unwrap_or_default(),
            in_reply_to: headers.ids("In-Reply-To").into_iter().take(MOST_ANSWERED).collect(),
            references: newest(headers.ids("References")),
            text: content.text,
            html: content.html,
            is_cut: content.is_cut,
            attachments: content.attachments,
            headers,
            report,
        })
    }

    /// Whether it says that a machine tells of another letter: that it did not arrive, was read, is unwanted.
    pub(crate) fn is_report(&self) -> bool {
        let content = self.headers.content("Content-Type");
        content.is_some_and(|content| {
            content.ctype().eq_ignore_ascii_case("multipart") && content.subtype().is_some_and(|kind| kind.eq_ignore_ascii_case("report"))
        })
    }

    /// Who it says wrote it.
    pub fn from(&self) -> Option<&Address> {
        self.authors.first()
    }
}

/// The fields in which mail servers say whom a letter was for, the surest first.
const DELIVERED: [&str; 10] = [
    "Delivered-To",
    "X-Original-To",
    "X-Delivered-To",
    "Envelope-To",
    "X-Envelope-To",
    "X-Forwarded-To",
    "Apparently-To",
    "Resent-To",
    "To",
    "Cc",
];

fn delivered_to(headers: &Headers) -> Vec<Address> {
    let mut all: Vec<Address> = Vec::new();
    let mut known = std::collections::HashSet::new();
    for name in DELIVERED {
        let listed = headers.addresses(name);
        // fields no standard knows hold the bare address
        let bare = headers.lines(name).filter_map(|line| Address::read(None, line.trim_matches(['<', '>'])));
        let found: Vec<Address> = if listed.is_empty() { bare.collect() } else { listed };
        all.extend(found.into_iter().filter(|address| known.insert(address.key())));
    }
    all
}

fn newest(mut ids: Vec<MessageId>) -> Vec<MessageId> {
    if ids.len() > MOST_REFERENCES {
        ids.drain(1..=ids.len() - MOST_REFERENCES);
    }
    ids
}

impl Report {
    fn of(letter: &Part<'_>) -> Option<Report> {
        if letter.media() != "multipart/report" {
            return None;
        }
        let kind = letter.attribute("report-type").unwrap_or_default().to_ascii_lowercase();
        let part = |medias: &[&str]| letter.parts.iter().find(|part| medias.contains(&part.media().as_str()));
        let fields = part(&["message/delivery-status", "message/global-delivery-status", "message/feedback-report"])?;
        let about = part(&["message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"]);
        let text = part(&["text/plain"]).map(Part::text).unwrap_or_default();
        Some(Report {
            kind,
            text,
            fields: fields.bytes().into_owned(),
            about: about.map(|part| part.bytes().into_owned()).unwrap_or_default(),
        })
    }
}

#[cfg(test)]
mod tests;
