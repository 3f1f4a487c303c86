//! Lines, and what kind of line each is by itself.

use std::ops::Range;

use super::words;

/// A line of a letter.
#[derive(Debug, Clone)]
pub(super) struct Line<'x> {
    pub text: &'x str,
    /// Whether it is marked as somebody else's: by `>`, or by the HTML around it.
    pub is_quoted: bool,
    /// Whether the HTML says that here somebody signs.
    pub is_signature: bool,
    /// Where it stands in what it was read from.
    pub at: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Blank,
    Text,
    /// Marked as quoted.
    Quote,
    /// Says that somebody else wrote what follows.
    Opening,
    /// `-- `
    SignatureMark,
    /// “Sent from my phone”: written by a program.
    SentFrom,
    /// Nothing but dashes, stars and their like.
    Rule,
}

pub(super) fn of_text(text: &str) -> Vec<Line<'_>> {
    let mut at = 0;
    let lines = text.split('\n').map(|line| {
        let start = at;
        at += line.len() + 1;
        let shown = line.trim_start();
        Line {
            text: line.trim_end_matches('\r'),
            is_quoted: shown.starts_with(['>', '|']),
            is_signature: false,
            at: start..start + line.len(),
        }
    });
    lines.collect()
}

impl Line<'_> {
    /// Without the marks of a quote, and without what plain text writes instead of bold letters.
    pub fn bare(&self) -> &str {
        let text = if self.is_quoted { self.text.trim_start_matches(['>', '|', ' ', '\t']) } else { self.text };
        text.trim().trim_matches(['*', '_']).trim()
    }

    /// What it is by itself.
    pub fn class(&self) -> Class {
        let text = self.text.trim();
        if text.is_empty() {
            Class::Blank
        } else if self.is_quoted {
            Class::Quote
        } else if self.is_signature || matches!(text, "--" | "—") {
            Class::SignatureMark
        } else if is_rule(text) {
            Class::Rule
        } else if is_sent_from(text) {
            Class::SentFrom
        } else {
            Class::Text
        }
    }
}

/// Two or more marks that people draw lines with. `ᐧ` is what a mailbox add-on leaves behind.
pub(super) fn is_rule(text: &str) -> bool {
    text == "ᐧ"
        || (text.chars().count() > 1 && text.chars().all(|c| matches!(c, '-' | '_' | '=' | '*' | '#' | '~' | '+' | '–' | '—' | ' ')))
}

/// A short line that begins, or ends, as programs sign.
fn is_sent_from(text: &str) -> bool {
    const LONGEST: usize = 120;
    if text.len() > LONGEST {
        return false;
    }
    let plain: String = text.chars().filter(|c| !matches!(c, '[' | ']' | '*' | '_' | '<' | '(')).collect::<String>().trim().to_lowercase();
    let begins = words::SENT_FROM.iter().any(|start| plain.starts_with(start));
    begins || words::SENT_WITH.iter().any(|(start, end)| plain.starts_with(start) && plain.trim_end_matches(['.', ')', '>']).ends_with(end))
}
