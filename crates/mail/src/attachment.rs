//! What was sent along: a name nobody is tricked by, and a kind judged by the bytes.

mod invitation;
mod tnef;

use platform::files::{MediaType, plain_name, safe_name, sniff};

use crate::mime::Part;

pub use self::invitation::{Invitation, When, invitation};
#[cfg(test)]
pub(crate) use self::tnef::tests;
pub(crate) use self::tnef::{Opened, open};

/// A file that came with a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Fit for a download; it says nothing about what the file is.
    pub name: String,
    /// What it is, when it is of a kind that may be shown; anything else is only ever handed out as a download.
    pub kind: Option<MediaType>,
    /// What the letter says it is.
    pub said_to_be: String,
    /// By this name the letter's HTML shows it (`cid:`).
    pub content_id: Option<String>,
    /// Part of the text rather than beside it.
    pub is_inline: bool,
    pub content: Vec<u8>,
}

impl Attachment {
    /// What a part of a letter holds.
    pub(crate) fn of(part: &Part<'_>) -> Vec<Attachment> {
        let media = part.media();
        let content = part.bytes().into_owned();
        if content.is_empty() {
            return Vec::new();
        }
        let name = part.file_name().map_or_else(|| usual_name(&media), str::to_owned);
        let content_id = part.headers.ids("Content-ID").into_iter().next().map(|id| id.as_str().to_owned());
        let is_inline = part.disposition().map_or(content_id.is_some(), |disposition| disposition == "inline");
        vec![Attachment { is_inline, content_id, ..Attachment::new(&name, media, content) }]
    }

    /// Whether it is what Outlook makes of a letter for itself.
    pub(crate) fn is_winmail(&self) -> bool {
        self.said_to_be.ends_with("/ms-tnef") || self.name.eq_ignore_ascii_case("winmail.dat")
    }

    /// A file by itself.
    pub(crate) fn new(name: &str, said_to_be: String, content: Vec<u8>) -> Attachment {
        // text is what anything readable looks like: a letter, an invitation, a program
        let is_text = matches!(said_to_be.as_str(), "text/plain" | "text/csv" | "application/octet-stream" | "application/vnd.ms-excel");
        let found = sniff(&content, name).ok().map(|sniffed| sniffed.media);
        let kind = found.filter(|kind| is_text || !matches!(kind, MediaType::Text | MediaType::Csv));
        let name = kind.map_or_else(|| plain_name(name), |kind| safe_name(name, kind));
        Attachment { name, kind, said_to_be, content_id: None, is_inline: false, content }
    }
}

fn usual_name(media: &str) -> String {
    match media {
        "message/rfc822" | "message/global" => "letter.eml",
        "text/calendar" => "invitation.ics",
        "text/html" => "letter.html",
        "application/pdf" => "document.pdf",
        media if media.starts_with("image/") => "picture",
        media if media.starts_with("text/") => "text.txt",
        _ => "file",
    }
    .to_owned()
}
