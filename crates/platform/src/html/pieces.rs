//! HTML that the sanitiser wrote, piece by piece: well-formed, so that a tag is what stands between `<` and `>`.

use std::{borrow::Cow, ops::Range};

/// A tag, or what stands between two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'x> {
    Text { raw: &'x str, at: Range<usize> },
    Tag { raw: &'x str, at: Range<usize> },
}

/// The pieces of `clean`, which the sanitiser wrote, in their order and without gaps.
pub fn pieces(clean: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = clean.get(at..).filter(|rest| !rest.is_empty())?;
        let is_tag = rest.starts_with('<');
        let length = if is_tag { tag_length(rest) } else { rest.find('<').unwrap_or(rest.len()) };
        let (raw, range) = (&rest[..length], at..at + length);
        at += length;
        Some(if is_tag { Piece::Tag { raw, at: range } } else { Piece::Text { raw, at: range } })
    })
}

/// Up to the `>` that is not inside quotes.
fn tag_length(tag: &str) -> usize {
    let mut quoted = false;
    let end = tag.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b'>' && !quoted
    });
    end.map_or(tag.len(), |end| end + 1)
}

/// The name of a tag, opening or closing.
pub fn tag_name(tag: &str) -> &str {
    tag.trim_start_matches(['<', '/']).split([' ', '>', '/']).next().unwrap_or_default()
}

/// Whether what stands in such a tag goes on in the line around it.
pub fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "big"
            | "cite"
            | "code"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "img"
            | "ins"
            | "kbd"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "tt"
            | "u"
            | "var"
    )
}

/// The value of a tag's attribute as it is meant.
pub fn attribute<'x>(tag: &'x str, name: &str) -> Option<Cow<'x, str>> {
    let mut rest = tag.split_once(' ')?.1;
    loop {
        let (key, after) = rest.split_once("=\"")?;
        let (value, after) = after.split_once('"')?;
        if key.trim() == name {
            return Some(unescaped(value));
        }
        rest = after;
    }
}

/// The entities the sanitiser writes.
pub fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return text.into();
    }
    // the ampersand last, or `&amp;lt;` would become `<`
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&nbsp;", "\u{a0}").replace("&amp;", "&").into()
}

/// A text as it stands in HTML, between tags or as the value of an attribute.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_all_there_is() {
        let clean = "a<p class=\"x > y\">b &amp; c</p><br>d";
        let raw: Vec<&str> = pieces(clean)
            .map(|piece| match piece {
                Piece::Text { raw, .. } | Piece::Tag { raw, .. } => raw,
            })
            .collect();
        assert_eq!(raw, ["a", "<p class=\"x > y\">", "b &amp; c", "</p>", "<br>", "d"]);
        for piece in pieces(clean) {
            let (Piece::Text { raw, at } | Piece::Tag { raw, at }) = piece;
            assert_eq!(&clean[at], raw);
        }
        assert_eq!(pieces("a<p").count(), 2);
        assert_eq!(pieces("").count(), 0);
    }

    #[test]
    fn a_tag_says_its_name_and_attributes() {
        let tag = "<img alt=\"a &quot;b&quot;\" src=\"https://x/?a&amp;b\">";
        assert_eq!(tag_name(tag), "img");
        assert_eq!((tag_name("</p>"), tag_name("<br>")), ("p", "br"));
        assert_eq!(attribute(tag, "alt").as_deref(), Some("a \"b\""));
        assert_eq!(attribute(tag, "src").as_deref(), Some("https://x/?a&b"));
        assert_eq!(attribute(tag, "rc"), None);
        assert_eq!(attribute("<p>", "src"), None);
        for text in ["a \"b\" <c> & d", "&lt;"] {
            assert_eq!(unescaped(&escaped(text)), text);
        }
    }
}
