//! The one door for text that comes from outside: HTML is cut down to what a message needs, plain text to what can be seen.

mod letter;
mod pieces;
mod plain;
mod style;
mod text;

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use ammonia::{Builder, UrlRelative};
use kernel::{Error, Result, say};

pub use self::{
    letter::{LetterHtml, Picture, letter},
    pieces::{Piece, attribute, escaped, is_inline, pieces, tag_name, unescaped},
    plain::to_text,
    text::{checked_line, checked_text, clean_line, clean_text, is_blank, preview},
};

/// The most HTML a reply may hold, before and after cleaning, in bytes.
pub const LONGEST: usize = 256 * 1024;
/// More tags than this no person writes; the parser's work grows faster than their number.
const MOST_TAGS: usize = 10_000;

const REPLY_TAGS: &[&str] = &["b", "strong", "i", "em", "a", "br", "p", "ul", "ol", "li", "blockquote", "code", "pre"];
/// What these hold is not text for people.
const UNREAD: &[&str] = &["script", "style", "title", "noscript", "iframe", "object", "svg", "math", "template", "select", "head"];

static REPLY: LazyLock<Builder<'static>> = LazyLock::new(|| allowing(REPLY_TAGS));

fn allowing(tags: &[&'static str]) -> Builder<'static> {
    let mut builder = Builder::empty();
    builder
        .tags(tags.iter().copied().collect())
        .clean_content_tags(UNREAD.iter().copied().collect())
        .generic_attributes(HashSet::new())
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"]))]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        // a reply is read in a mail, in the chat and in the console: relative to what?
        .url_relative(UrlRelative::Deny)
        .attribute_filter(|_, name, value| Some(if name == "href" { in_full(value).into() } else { value.into() }))
        .link_rel(Some("noopener noreferrer nofollow"))
        .set_tag_attribute_value("a", "target", "_blank")
        .strip_comments(true);
    builder
}

/// A link as browsers read it where there is no page around it: `https:console` is another place, and none of ours.
fn in_full(link: &str) -> String {
    let link = link.trim_matches(|c| c <= ' ').replace(['\t', '\n', '\r'], "");
    match link.split_once(':') {
        Some((scheme, rest)) if scheme.to_ascii_lowercase().starts_with("http") => {
            format!("{scheme}://{}", rest.trim_start_matches(['/', '\\']))
        }
        _ => link,
    }
}

/// The HTML of a reply, cut down to paragraphs, emphasis, lists, quotes, code and links.
///
/// Errors: `TooLarge`.
pub fn sanitise(html: &str) -> Result<String> {
    let too_large = || Error::TooLarge(say!("text-too-large", kilobytes = LONGEST / 1024));
    if html.len() > LONGEST {
        return Err(too_large());
    }
    if html.bytes().filter(|byte| *byte == b'<').count() > MOST_TAGS {
        return Err(Error::TooLarge(say!("text-too-formatted")));
    }
    let mut clean = REPLY.clean(html).to_string();
    // also what was written as `&#x202e;`
    clean.retain(text::is_seen);
    let clean = without_first_line_ends(clean);
    if clean.len() > LONGEST { Err(too_large()) } else { Ok(clean) }
}

/// Browsers drop one line end after `<pre>` each time they read it: drop them all at once.
fn without_first_line_ends(mut clean: String) -> String {
    while clean.contains("<pre>\n") {
        clean = clean.replace("<pre>\n", "<pre>");
    }
    clean
}

/// Plain text as HTML: an empty line parts paragraphs, every other line end is a break.
pub fn from_text(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 16);
    for paragraph in text.replace("\r\n", "\n").split("\n\n").map(|p| p.trim_matches('\n')).filter(|p| !p.is_empty()) {
        html.push_str("<p>");
        for letter in paragraph.chars() {
            match letter {
                '&' => html.push_str("&amp;"),
                '<' => html.push_str("&lt;"),
                '>' => html.push_str("&gt;"),
                '"' => html.push_str("&quot;"),
                '\'' => html.push_str("&#39;"),
                '\n' => html.push_str("<br>"),
                letter => html.push(letter),
            }
        }
        html.push_str("</p>");
    }
    html
}

#[cfg(test)]
mod oracle;
#[cfg(test)]
mod tests;
