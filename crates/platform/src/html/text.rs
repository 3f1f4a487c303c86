//! Plain text as it comes in: without what cannot be seen, in one spelling.

use std::ops::RangeInclusive;

use kernel::{Result, invalid, say};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// One line: a name, a subject, a tag. Spaces are single, invisible characters are gone.
pub fn clean_line(text: &str) -> String {
    let seen = visible(text, Where::Line);
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text of several lines: a message, a note. Its lines end with `\n`.
pub fn clean_text(text: &str) -> String {
    let seen = visible(text, Where::Text);
    seen.trim_matches(|c: char| c.is_whitespace()).to_owned()
}

/// [`clean_line`] of as many characters as `length` allows.
///
/// Errors: `Invalid` on `field`.
pub fn checked_line(field: &str, text: &str, length: RangeInclusive<usize>) -> Result<String> {
    counted(field, clean_line(text), length)
}

/// [`clean_text`] of as many characters as `length` allows.
///
/// Errors: `Invalid` on `field`.
pub fn checked_text(field: &str, text: &str, length: RangeInclusive<usize>) -> Result<String> {
    counted(field, clean_text(text), length)
}

fn counted(field: &str, text: String, length: RangeInclusive<usize>) -> Result<String> {
    let (least, most) = length.into_inner();
    match text.chars().count() {
        0 if least > 0 => Err(invalid(field, say!("must-not-be-empty"))),
        n if n < least => Err(invalid(field, say!("too-few-characters", least, count = n))),
        n if n > most => Err(invalid(field, say!("too-many-characters", most, count = n))),
        _ => Ok(text),
    }
}

/// The beginning of `text` on one line of at most `most` characters, cut between words where there are any.
pub fn preview(text: &str, most: usize) -> String {
    // cleaning a whole mail for one line of it would be waste
    let start: String = text.chars().take(most.saturating_mul(4)).collect();
    let line = clean_line(&start);
    let Some((end, _)) = line.char_indices().nth(most) else { return line };
    let cut = line.char_indices().nth(most.saturating_sub(1)).map_or(end, |(at, _)| at);
    let between = line[cut..].starts_with(' ');
    let whole = line[..cut].rfind(' ').filter(|space| !between && *space * 2 > cut).unwrap_or(cut);
    format!("{}…", line[..whole].trim_end())
}

/// Whether nothing of a text can be seen.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '\u{200c}' | '\u{200d}') || is_hidden(c, Where::Line))
}

/// Whether a letter has a place in a text: it is seen, or says where a line ends.
pub(super) fn is_seen(letter: char) -> bool {
    matches!(letter, '\n' | '\t') || !is_hidden(letter, Where::Text)
}

#[derive(Clone, Copy, PartialEq)]
enum Where {
    Line,
    Text,
}

/// Marks above and below one letter; more than a language needs are there to smear over the lines around.
const MOST_MARKS: usize = 8;

/// In one spelling, and without what nobody sees.
fn visible(text: &str, place: Where) -> String {
    // all of these are seen, and have one spelling
    if text.bytes().all(|b| matches!(b, b'\n' | b'\t' | b' '..=b'~')) {
        return text.to_owned();
    }
    // before marks are counted, since one of another spelling may be two; and again, when a joiner between two letters has gone
    let shown = without_hidden(&text.nfc().collect::<String>(), place);
    let mut out = String::with_capacity(shown.len());
    let mut letters = shown.chars().peekable();
    while let Some(letter) = letters.next() {
        let joiner = matches!(letter, '\u{200c}' | '\u{200d}');
        if !joiner || joins(out.chars().next_back(), letter, letters.peek().copied(), place) {
            out.push(letter);
        }
    }
    out.nfc().collect()
}

fn without_hidden(text: &str, place: Where) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    let (mut marks, mut in_flag) = (0, false);
    while let Some(letter) = letters.next() {
        in_flag = letter == BLACK_FLAG || (in_flag && is_tag(letter));
        match letter {
            '\r' if letters.peek() == Some(&'\n') => continue,
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' => out.push('\t'),
            letter if is_hidden(letter, place) || (is_tag(letter) && !in_flag) => continue,
            letter if is_combining_mark(letter) => {
                marks += 1;
                if marks <= MOST_MARKS {
                    out.push(letter);
                }
                continue;
            }
            // may go later on, and then the marks around it are one heap
            '\u{200c}' | '\u{200d}' => {
                out.push(letter);
                continue;
            }
            letter => out.push(letter),
        }
        marks = 0;
    }
    out
}

const BLACK_FLAG: char = '\u{1f3f4}';

/// Invisible letters that spell the flags of England, Scotland and Wales, and otherwise hide text from people.
fn is_tag(letter: char) -> bool {
    matches!(letter, '\u{e0000}'..='\u{e007f}')
}

fn is_hidden(letter: char, place: Where) -> bool {
    match letter {
        // turns the order of letters around: `gpj.exe` reads `exe.jpg`
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{206a}'..='\u{206f}' => true,
        // byte order marks, annotations, and what Unicode says is no character
        '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fdd0}'..='\u{fdef}' => true,
        letter if letter.is_control() || u32::from(letter) & 0xfffe == 0xfffe => true,
        // of no width, or of the width of nothing: two names that look the same
        '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{ad}' | '\u{61c}' | '\u{34f}' | '\u{180e}' | '\u{2060}'..='\u{2064}' => {
            place == Where::Line
        }
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{17b4}' | '\u{17b5}' | '\u{2800}' => place == Where::Line,
        _ => false,
    }
}

/// Whether a joiner stands where a language or an emoji needs it.
fn joins(before: Option<char>, joiner: char, after: Option<char>, place: Where) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return false };
    // from Arabic over the scripts of India to Khmer and Mongolian
    let needs_joiners =
        |c: char| matches!(c, '\u{600}'..='\u{dff}' | '\u{1780}'..='\u{18af}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    let emoji = |c: char| matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{2190}'..='\u{2bff}' | '\u{fe0f}');
    let ends_word = |c: char| c.is_whitespace() || matches!(c, '\u{200c}' | '\u{200d}');
    let in_word = needs_joiners(before) && needs_joiners(after);
    let in_emoji = joiner == '\u{200d}' && emoji(before) && emoji(after);
    let in_text = place == Where::Text && joiner == '\u{200c}' && !ends_word(before) && !ends_word(after);
    in_word || in_emoji || in_text
}
