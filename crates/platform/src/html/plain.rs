//! HTML as plain text: for search, previews, transcripts and the plain half of a mail.
//!
//! The sanitiser goes first, so what is read here is well-formed and holds a dozen tags; the rest is bookkeeping of lines.

use std::sync::LazyLock;

use ammonia::Builder;

use super::pieces::{Piece, attribute, pieces, tag_name, unescaped};

/// Longer HTML is cut: nobody searches in the second megabyte of a message.
const LONGEST: usize = 1 << 20;
const MOST_TAGS: usize = 20_000;
/// Quotes within quotes are marked so deep.
const DEEPEST: usize = 8;

static READABLE: LazyLock<Builder<'static>> = LazyLock::new(|| {
    super::allowing(&[
        "a",
        "br",
        "p",
        "ul",
        "ol",
        "li",
        "blockquote",
        "pre",
        "div",
        "tr",
        "td",
        "th",
        "table",
        "hr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "header",
        "footer",
    ])
});

/// What a person reads in `html`, any HTML, without its looks.
pub fn to_text(html: &str) -> String {
    let cut = html.floor_char_boundary(LONGEST.min(html.len()));
    let cut = html[..cut].match_indices('<').nth(MOST_TAGS).map_or(cut, |(at, _)| at);
    let clean = READABLE.clean(&html[..cut]).to_string();
    let mut page = Page::default();
    for piece in pieces(&clean) {
        match piece {
            Piece::Text { raw, .. } => page.text(&unescaped(raw)),
            Piece::Tag { raw, .. } => page.tag(raw),
        }
    }
    page.text.truncate(page.text.trim_end().len());
    page.text
}

/// The lines written so far, and what has to come before the next word.
#[derive(Default)]
struct Page {
    text: String,
    /// Line ends owed before the next word: one for a new line, two for a new paragraph.
    owed: usize,
    /// A space owed before the next word.
    space: bool,
    quotes: usize,
    /// The lists we are in: the number of the next item, or none for dots.
    lists: Vec<Option<u32>>,
    marker: Option<String>,
    pre: bool,
    /// Where the text of the link we are in began, and where it leads.
    link: Option<(usize, String)>,
}

impl Page {
    fn text(&mut self, text: &str) {
        if self.pre {
            for (index, line) in text.split('\n').enumerate() {
                self.owed += usize::from(index > 0);
                self.word(line);
            }
            return;
        }
        for (index, word) in text.split(|c: char| c.is_whitespace() && c != '\u{a0}').enumerate() {
            self.space |= index > 0;
            self.word(word);
        }
    }

    fn word(&mut self, word: &str) {
        if word.is_empty() {
            return;
        }
        if self.owed > 0 || self.text.is_empty() {
            let owed = if self.text.is_empty() { 0 } else { self.owed };
            let prefix = "> ".repeat(self.quotes.min(DEEPEST));
            for _ in 0..owed {
                self.text.push('\n');
            }
            self.text.push_str(&prefix);
            self.text.push_str(&"  ".repeat(self.lists.len().saturating_sub(1).min(DEEPEST)));
            self.text.push_str(&self.marker.take().unwrap_or_default());
        } else if self.space {
            self.text.push(' ');
        }
        (self.owed, self.space) = (0, false);
        self.text.push_str(word);
    }

    fn owe(&mut self, lines: usize) {
        self.owed = self.owed.max(lines);
        self.space = false;
    }

    fn tag(&mut self, tag: &str) {
        match (tag_name(tag), tag.starts_with("</")) {
            ("br", _) => {
                // two breaks in a row are an empty line
                self.owed = (self.owed + 1).min(2);
                self.space = false;
            }
            ("a", false) => self.link = attribute(tag, "href").map(|href| (self.text.len(), href.into_owned())),
            ("a", true) => self.end_link(),
            ("li", false) => {
                self.owe(1);
                self.marker = Some(match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{number}. ")
                    }
                    _ => "- ".into(),
                });
            }
            ("td" | "th", _) => self.space = true,
            ("li" | "div" | "tr" | "section" | "article" | "header" | "footer", _) => self.owe(1),
            (name, end) => self.paragraph(name, end),
        }
    }

    fn paragraph(&mut self, name: &str, end: bool) {
        // what stands in a list stays close
        let around = if matches!(name, "ul" | "ol") { usize::from(end) } else { 0 };
        let close = self.lists.len() > around;
        self.owe(if close { 1 } else { 2 });
        match (name, end) {
            ("blockquote", false) => self.quotes += 1,
            ("blockquote", true) => self.quotes = self.quotes.saturating_sub(1),
            ("ul", false) => self.lists.push(None),
            ("ol", false) => self.lists.push(Some(0)),
            ("ul" | "ol", true) => drop(self.lists.pop()),
            ("pre", end) => self.pre = !end,
            _ => {}
        }
    }

    /// Says where the link led, unless its text did.
    fn end_link(&mut self) {
        let Some((start, href)) = self.link.take() else { return };
        let shown = self.text.get(start..).unwrap_or_default().trim().trim_end_matches('/');
        let bare = |link: &str| link.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("mailto:").to_owned();
        if bare(shown) != bare(href.trim_end_matches('/')) {
            self.space = true;
            self.word(&format!("({href})"));
        }
    }
}
