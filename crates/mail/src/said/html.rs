//! The same for HTML: what a letter quotes at its end is folded away, and the HTML stays whole on both sides of the fold.

use platform::html::{Piece, attribute, is_inline, pieces, tag_name, unescaped};

use super::{
    Place,
    lines::{Class, Line},
    places,
};

/// A letter's HTML at its fold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    pub new: String,
    /// What is below the fold, quotes and signature: nothing when there is none.
    pub rest: Option<String>,
}

/// Folds HTML that the sanitiser wrote (`platform::html::letter`). Quotes between what is new stay where they are.
pub fn fold(clean: &str) -> Folded {
    let page = Page::read(clean);
    let lines: Vec<Line<'_>> = page.lines.iter().map(Written::line).collect();
    let places = places(&lines);
    let shown = |at: usize| lines[at].class() != Class::Blank;
    let last = (0..lines.len()).rev().find(|at| places[*at] == Place::New && shown(*at));
    let below = |from: usize| (from..lines.len()).any(|at| places[at] != Place::New && shown(at));
    match last {
        Some(last) if below(last + 1) => cut(clean, lines[last].at.end),
        _ => Folded { new: clean.to_owned(), rest: None },
    }
}

/// Cuts at a place between two pieces: what is open there is closed above and opened again below.
fn cut(clean: &str, end: usize) -> Folded {
    let mut open: Vec<&str> = Vec::new();
    for piece in pieces(clean) {
        match piece {
            Piece::Tag { at, .. } | Piece::Text { at, .. } if at.start >= end => break,
            Piece::Tag { raw, .. } if raw.starts_with("</") => drop(open.pop()),
            Piece::Tag { raw, .. } if !is_void(tag_name(raw)) => open.push(raw),
            _ => (),
        }
    }
    let closing: String = open.iter().rev().map(|tag| format!("</{}>", tag_name(tag))).collect();
    Folded { new: format!("{}{closing}", &clean[..end]), rest: Some(format!("{}{}", open.concat(), &clean[end..])) }
}

fn is_void(name: &str) -> bool {
    matches!(name, "br" | "hr" | "img" | "col")
}

/// A line as it is read on a page.
#[derive(Debug, Default)]
struct Written {
    text: String,
    is_quoted: bool,
    is_signature: bool,
    at: std::ops::Range<usize>,
}

impl Written {
    fn line(&self) -> Line<'_> {
        Line { text: self.text.trim(), is_quoted: self.is_quoted, is_signature: self.is_signature, at: self.at.clone() }
    }
}

#[derive(Default)]
struct Page {
    lines: Vec<Written>,
    /// The elements we are in: whether each is a quote, and whether it is a signature.
    open: Vec<(bool, bool)>,
    current: Written,
}

impl Page {
    fn read(clean: &str) -> Page {
        let mut page = Page::default();
        for piece in pieces(clean) {
            match piece {
                Piece::Text { raw, at } => page.text(&unescaped(raw), at),
                Piece::Tag { raw, at } => page.tag(raw, at),
            }
        }
        page.end_line();
        page
    }

    fn text(&mut self, text: &str, at: std::ops::Range<usize>) {
        for word in text.split_whitespace() {
            if !self.current.text.is_empty() {
                self.current.text.push(' ');
            }
            self.current.text.push_str(word);
        }
        if !text.trim().is_empty() {
            self.seen(at);
        }
    }

    fn seen(&mut self, at: std::ops::Range<usize>) {
        if self.current.at.is_empty() {
            self.current.at.start = at.start;
            self.current.is_quoted = self.open.iter().any(|(quote, _)| *quote);
            self.current.is_signature = self.open.iter().any(|(_, signature)| *signature);
        }
        self.current.at.end = at.end;
    }

    fn tag(&mut self, tag: &str, at: std::ops::Range<usize>) {
        let name = tag_name(tag);
        match name {
            // a picture that came along is part of what was said; one from elsewhere may be there to count who looks
            "img" if attribute(tag, "data-cid").is_some() => {
                self.current.text.push('\u{fffc}');
                self.seen(at);
            }
            "hr" => {
                self.end_line();
                self.current.text.push_str("---");
                self.seen(at);
                self.end_line();
            }
            name if !is_inline(name) => self.end_line(),
            _ => (),
        }
        if tag.starts_with("</") {
            self.open.pop();
        } else if !is_void(name) {
            self.open.push((is_quote(name, tag), attribute(tag, "class").or_else(|| attribute(tag, "id")).is_some()));
        }
    }

    fn end_line(&mut self) {
        self.lines.push(std::mem::take(&mut self.current));
    }
}

/// A quote, and not a paragraph that was moved to the right.
fn is_quote(name: &str, tag: &str) -> bool {
    let moved = || attribute(tag, "style").is_some_and(|style| style.contains("border:none") || style.contains("border:0"));
    name == "blockquote" && (attribute(tag, "type").is_some() || !moved())
}
