//! What has to be known about a text before it is parsed: how deep it is nested, and where its expressions end.

use kernel::{Result, invalid, say};

/// Blocks within blocks, and brackets within brackets. The parser goes down by recursion.
const DEEPEST: usize = 20;

/// A piece of a text.
enum Piece<'t> {
    /// Shown as it is.
    Text(&'t str),
    /// `{{ … }}`, with its braces.
    Expression(&'t str),
    /// `{% … %}`, with its braces.
    Tag(&'t str),
}

struct Pieces<'t> {
    rest: &'t str,
    /// Inside `raw` nothing but its end is looked at.
    raw: bool,
}

fn pieces(text: &str) -> Pieces<'_> {
    Pieces { rest: text, raw: false }
}

impl<'t> Iterator for Pieces<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Piece<'t>> {
        if self.rest.is_empty() {
            return None;
        }
        let opens = |at: usize| match self.rest.get(at..at + 2) {
            Some("{{") => !self.raw,
            Some("{%") => !self.raw || word(&self.rest[at + 2..]) == "endraw",
            _ => false,
        };
        let start = self.rest.match_indices('{').map(|(at, _)| at).find(|at| opens(*at));
        Some(match start {
            None => Piece::Text(self.take(self.rest.len())),
            Some(0) => {
                let length = end_of(self.rest);
                let piece = self.take(length);
                if piece.starts_with("{{") {
                    return Some(Piece::Expression(piece));
                }
                self.raw = word(&piece[2..]) == "raw";
                Piece::Tag(piece)
            }
            Some(at) => Piece::Text(self.take(at)),
        })
    }
}

impl<'t> Pieces<'t> {
    fn take(&mut self, length: usize) -> &'t str {
        let (piece, rest) = self.rest.split_at(length);
        self.rest = rest;
        piece
    }
}

/// Where the expression or tag that `text` begins with ends; quoted braces do not end it.
fn end_of(text: &str) -> usize {
    let close = if text.starts_with("{{") { "}}" } else { "%}" };
    let mut quote = None;
    for (at, letter) in text.char_indices().skip(2) {
        match (quote, letter) {
            (Some(open), letter) if open == letter => quote = None,
            (None, '\'' | '"') => quote = Some(letter),
            (None, _) if text[at..].starts_with(close) => return at + 2,
            _ => {}
        }
    }
    text.len()
}

/// The first word of a tag.
fn word(tag: &str) -> &str {
    let tag = tag.trim_start_matches('-').trim_start();
    tag.split(|letter: char| !letter.is_ascii_alphabetic()).next().unwrap_or_default()
}

/// Refuses what would take the parser too deep.
pub fn refuse_deep_nesting(text: &str) -> Result<()> {
    let deep = || Err(invalid("text", say!("template-nested-too-deep", most = DEEPEST)));
    // for each open block: itself and its `elsif`s, which nest as well
    let mut open: Vec<usize> = Vec::new();
    for piece in pieces(text) {
        let (Piece::Expression(inside) | Piece::Tag(inside)) = piece else { continue };
        if inside.bytes().filter(|byte| *byte == b'[').count() > DEEPEST {
            return deep();
        }
        if let Piece::Tag(tag) = piece {
            match word(&tag[2..]) {
                "elsif" => open.last_mut().into_iter().for_each(|branches| *branches += 1),
                "if" | "unless" | "case" | "for" | "capture" | "comment" => open.push(1),
                name if name.starts_with("end") && name != "endraw" => drop(open.pop()),
                _ => {}
            }
        }
        if open.iter().sum::<usize>() > DEEPEST {
            return deep();
        }
    }
    Ok(())
}

/// The same text, in which every expression escapes what it shows.
pub fn escaping(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for piece in pieces(text) {
        match piece {
            Piece::Expression(expression) if expression.ends_with("}}") && expression.len() >= 4 => {
                let inner = expression[2..expression.len() - 2].trim_end();
                let (inner, close) = inner.strip_suffix('-').map_or((inner, "}}"), |inner| (inner.trim_end(), "-}}"));
                // breaks are markup, so they come after escaping
                let before = inner.strip_suffix("newline_to_br").map(str::trim_end).and_then(|rest| rest.strip_suffix('|'));
                let (inner, breaks) = before.map_or((inner, ""), |before| (before, " | newline_to_br"));
                out.extend(["{{", inner, " | escape_once", breaks, " ", close]);
            }
            Piece::Expression(piece) | Piece::Tag(piece) | Piece::Text(piece) => out.push_str(piece),
        }
    }
    out
}
