//! The HTML of a letter that somebody else wrote, for a frame of its own: it looks as they meant it, reaches nothing outside,
//! and covers nothing around it. Pictures are named; where they come from, whoever shows it decides.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use ammonia::{Builder, UrlRelative};

use super::{
    UNREAD, in_full,
    pieces::{Piece, attribute, escaped, pieces, tag_name},
    style, text, without_first_line_ends,
};

/// Longer HTML is cut: the letter itself is kept.
const LONGEST: usize = 1024 * 1024;
const MOST_TAGS: usize = 20_000;
/// More pictures than this nobody waits for.
const MOST_PICTURES: usize = 500;

const TAGS: &[&str] = &[
    "a",
    "abbr",
    "address",
    "b",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
];
/// How something looks, and what it is: nothing that is fetched or acts.
const ATTRIBUTES: &[&str] = &[
    "align",
    "alt",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "class",
    "color",
    "colspan",
    "dir",
    "face",
    "height",
    "id",
    "lang",
    "rowspan",
    "size",
    "start",
    "style",
    "title",
    "type",
    "valign",
    "width",
];

static LETTER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(TAGS.iter().copied().collect())
        .clean_content_tags(UNREAD.iter().copied().collect())
        .generic_attributes(ATTRIBUTES.iter().copied().collect())
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"])), ("img", HashSet::from(["src"]))]))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel", "cid"]))
        .url_relative(UrlRelative::Deny)
        .attribute_filter(kept)
        .link_rel(Some("noopener noreferrer nofollow"))
        .set_tag_attribute_value("a", "target", "_blank")
        .strip_comments(true);
    builder
});

/// What stays of an attribute.
fn kept<'v>(tag: &str, name: &str, value: &'v str) -> Option<Cow<'v, str>> {
    match (tag, name) {
        ("a", "href") => Some(in_full(value).into()).filter(|link: &Cow<str>| !link.to_ascii_lowercase().starts_with("cid:")),
        ("img", "src") => Some(in_full(value).into()),
        (_, "style") => Some(style::harmless(value)).filter(|style| !style.is_empty()).map(Cow::from),
        // of names only what says that here somebody signs
        (_, "class" | "id") => value.to_ascii_lowercase().contains("signature").then_some("signature".into()),
        ("blockquote", "type") => (value == "cite").then_some("cite".into()),
        ("ol" | "ul" | "li", "type") => Some(value.into()),
        (_, "type") => None,
        _ => Some(value.into()),
    }
}

/// A letter's HTML, cut down. Its pictures are without an address until [`LetterHtml::filled`] gives them one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LetterHtml {
    pub html: String,
    /// The content ids of pictures that came with the letter.
    pub embedded: Vec<String>,
    /// The addresses of pictures elsewhere: who looks at one is seen there.
    pub remote: Vec<String>,
    /// Whether more was written than is shown.
    pub is_cut: bool,
}

/// A picture that wants an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picture<'x> {
    Embedded(&'x str),
    Remote(&'x str),
}

/// The HTML of somebody else's letter, for a sandboxed frame.
pub fn letter(html: &str) -> LetterHtml {
    let end = html.floor_char_boundary(LONGEST.min(html.len()));
    let end = html[..end].match_indices('<').nth(MOST_TAGS).map_or(end, |(at, _)| at);
    let mut clean = LETTER.clean(&html[..end]).to_string();
    clean.retain(text::is_seen);
    let clean = without_first_line_ends(clean);
    let mut letter = LetterHtml { is_cut: end < html.len(), ..LetterHtml::default() };
    for piece in pieces(&clean) {
        match piece {
            Piece::Tag { raw, .. } if tag_name(raw) == "img" => letter.add_picture(raw),
            Piece::Tag { raw, .. } | Piece::Text { raw, .. } => letter.html.push_str(raw),
        }
    }
    letter
}

impl LetterHtml {
    fn add_picture(&mut self, tag: &str) {
        let Some(src) = attribute(tag, "src") else { return };
        let (list, name, value) = match src.get(..4) {
            Some(scheme) if scheme.eq_ignore_ascii_case("cid:") => (&mut self.embedded, "data-cid", &src[4..]),
            _ => (&mut self.remote, "data-remote", src.as_ref()),
        };
        let known = list.iter().position(|one| one == value);
        if known.is_none() && list.len() == MOST_PICTURES {
            return;
        }
        let place = known.unwrap_or_else(|| {
            list.push(value.to_owned());
            list.len() - 1
        });
        self.html.push_str(&tag.replace(&format!("src=\"{}\"", written(tag)), &format!("{name}=\"{place}\"")));
    }

    /// A stretch of it with the addresses `of` gives to pictures; the others stay empty.
    pub fn filled(&self, part: &str, of: impl Fn(Picture<'_>) -> Option<String>) -> String {
        filled(part, |name, place| match name {
            "data-cid" => self.embedded.get(place).and_then(|id| of(Picture::Embedded(id))),
            _ => self.remote.get(place).and_then(|address| of(Picture::Remote(address))),
        })
    }
}

/// The address in a picture's tag, as it is written there.
fn written(tag: &str) -> &str {
    tag.split_once(" src=\"").and_then(|(_, rest)| rest.split_once('"')).map(|(src, _)| src).unwrap_or_default()
}

fn filled(html: &str, address: impl Fn(&str, usize) -> Option<String>) -> String {
    let mut out = String::with_capacity(html.len());
    for piece in pieces(html) {
        let (Piece::Tag { raw, .. } | Piece::Text { raw, .. }) = piece;
        let place = |name| attribute(raw, name).and_then(|place| place.parse().ok()).map(|place: usize| (name, place));
        let picture = raw.starts_with("<img ").then(|| place("data-cid").or_else(|| place("data-remote"))).flatten();
        match picture.and_then(|(name, place)| Some((name, place, address(name, place)?))) {
            Some((name, place, address)) => {
                out.push_str(&raw.replace(&format!(" {name}=\"{place}\""), &format!(" src=\"{}\"", escaped(&address))));
            }
            None => out.push_str(raw),
        }
    }
    out
}

#[cfg(test)]
pub(super) mod oracle;
#[cfg(test)]
mod tests;
