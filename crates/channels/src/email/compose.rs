//! What an answer looks like as a letter.

use std::time::{Duration, UNIX_EPOCH};

use bytes::Bytes;
use inbox::{
    file::StoredFile,
    message::{Kind, Message},
};
use kernel::{Result, invalid, say};
use lettre::{
    address::Envelope,
    message::{
        Attachment, Mailbox as Named, MultiPart, SinglePart,
        header::{ContentType, HeaderName, HeaderValue},
    },
};
use mail::{
    LOOP_FIELD,
    thread::{Marks, without_prefixes},
};
use platform::{
    App,
    html::{clean_line, escaped},
};

use super::{
    mailbox::Mailbox,
    thread::{Facts, Person, Thread},
};

/// A letter that is ready to leave.
#[derive(Debug)]
pub struct Composed {
    pub envelope: Envelope,
    pub bytes: Vec<u8>,
}

/// All that goes into a letter.
pub struct Parts<'a> {
    pub mailbox: &'a Mailbox,
    pub thread: &'a Thread,
    pub message: &'a Message,
    /// Who wrote it, where somebody did.
    pub author: Option<&'a str>,
    pub files: Vec<(StoredFile, Bytes)>,
}

impl Parts<'_> {
    /// Errors: `Invalid` when there is nobody it could go to.
    pub fn compose(self, app: &App) -> Result<Composed> {
        let Parts { mailbox, thread, message, author, files } = self;
        let own = &mailbox.settings;
        let id = Marks::new(message.shop, app.signer()).message_id(message.id, &own.domain());
        let name = author.map_or_else(|| own.name.clone(), |author| format!("{author} · {}", own.name));
        let sent = UNIX_EPOCH + Duration::from_micros(message.at.micros().max(0).unsigned_abs());
        let mut builder = lettre::Message::builder()
            .from(named(Some(&name), &own.address)?)
            .subject(subject(&thread.facts))
            .date(sent)
            .message_id(Some(format!("<{id}>")));
        for one in &thread.facts.to {
            builder = builder.to(person(one)?);
        }
        for one in &thread.facts.cc {
            builder = builder.cc(person(one)?);
        }
        if let Some(last) = thread.facts.references.last() {
            let all: Vec<String> = thread.facts.references.iter().map(|one| format!("<{one}>")).collect();
            builder = builder.in_reply_to(format!("<{last}>")).references(all.join(" "));
        }
        if message.kind == Kind::Auto {
            // RFC 3834: no machine answers a machine
            for (field, value) in [("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All"), (LOOP_FIELD, "1")] {
                builder = builder.raw_header(HeaderValue::new(HeaderName::new_from_ascii_str(field), value.into()));
            }
        }
        let body = MultiPart::alternative()
            .singlepart(SinglePart::plain(plain(message, &own.signature)))
            .singlepart(SinglePart::html(html(message, &own.signature)));
        let letter = if files.is_empty() { builder.multipart(body) } else { builder.multipart(with_files(body, files)) };
        let letter = letter.map_err(|_| invalid("to", say!("nobody-to-write-to")))?;
        let bytes = match mailbox.signing.as_ref().filter(|signing| signing.signs) {
            Some(signing) => signing.signed(app, mailbox, letter.formatted())?,
            None => letter.formatted(),
        };
        Ok(Composed { envelope: letter.envelope().clone(), bytes })
    }
}

fn with_files(body: MultiPart, files: Vec<(StoredFile, Bytes)>) -> MultiPart {
    files.into_iter().fold(MultiPart::mixed().multipart(body), |parts, (file, content)| {
        let kind = ContentType::parse(&file.media_type).unwrap_or_else(|_| octets());
        parts.singlepart(Attachment::new(file.name).body(content.to_vec(), kind))
    })
}

fn octets() -> ContentType {
    ContentType::parse("application/octet-stream").unwrap_or(ContentType::TEXT_PLAIN)
}

fn named(name: Option<&str>, address: &str) -> Result<Named> {
    let address = address.parse().map_err(|_| invalid("address", say!("not-an-email")))?;
    Ok(Named::new(name.map(clean_line).filter(|name| !name.is_empty()), address))
}

fn person(one: &Person) -> Result<Named> {
    named(one.name.as_deref(), &one.email)
}

/// The customer's own, said to be an answer where it answers a letter.
fn subject(facts: &Facts) -> String {
    let theirs = clean_line(&facts.subject);
    if facts.references.is_empty() {
        return theirs;
    }
    let bare = theirs.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    if without_prefixes(&theirs) == bare { format!("Re: {theirs}") } else { theirs }
}

/// The products it shows, a line each.
fn products(message: &Message) -> Vec<(String, Option<String>)> {
    message.products.iter().map(|card| (card.title.clone(), card.page.clone())).collect()
}

fn plain(message: &Message, signature: &str) -> String {
    let mut text = message.text.trim().to_owned();
    for (title, page) in products(message) {
        text.push_str(&format!("\n\n{title}"));
        text.extend(page.map(|page| format!("\n{page}")));
    }
    if !signature.trim().is_empty() {
        text.push_str(&format!("\n\n-- \n{}", signature.trim()));
    }
    text
}

fn html(message: &Message, signature: &str) -> String {
    let lines = |text: &str| escaped(text.trim()).replace('\n', "<br>");
    let mut body = message.html.clone().unwrap_or_else(|| format!("<p>{}</p>", lines(&message.text)));
    for (title, page) in products(message) {
        let title = escaped(&title);
        body.push_str(&match page {
            Some(page) => format!("<p><a href=\"{}\">{title}</a></p>", escaped(&page)),
            None => format!("<p>{title}</p>"),
        });
    }
    if !signature.trim().is_empty() {
        body.push_str(&format!("<p>-- <br>{}</p>", lines(signature)));
    }
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_has_the_customers_subject_once_said_to_be_an_answer() {
        for (theirs, ours) in [
            ("Where is my tent?", "Re: Where is my tent?"),
            ("Re: Where is my tent?", "Re: Where is my tent?"),
            ("SV: Hvor er teltet?", "SV: Hvor er teltet?"),
            ("AW: AW: Zelt", "AW: AW: Zelt"),
            ("", "Re: "),
            ("Hi\r\nBcc: eve@example.com", "Re: Hi Bcc: eve@example.com"),
        ] {
            let facts = Facts { subject: theirs.into(), references: vec!["one@example.com".into()], ..Facts::default() };
            assert_eq!(subject(&facts), ours);
        }
        assert_eq!(subject(&Facts { subject: "Your tent".into(), ..Facts::default() }), "Your tent");
    }
}
