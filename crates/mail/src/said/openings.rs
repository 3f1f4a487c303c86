//! Lines which say that somebody else wrote what follows: “On Monday, Mara wrote:”, a block of header fields, “Original Message”.

use super::{
    lines::{Class, Line},
    words::{FIELDS, LEADS, ORIGINAL, VERB_FIRST, WROTE},
};

/// Mail programs break such a sentence into no more lines.
const MOST_LINES: usize = 7;
const LONGEST: usize = 400;
/// Fields in a block of them, with what is between them.
const MOST_FIELDS: usize = 10;

/// The class of each line, seen among the others.
pub(super) fn classes(lines: &[Line<'_>]) -> Vec<Class> {
    let mut classes: Vec<Class> = lines.iter().map(Line::class).collect();
    let mut at = 0;
    while at < lines.len() {
        match opening(&lines[at..]) {
            Some(length) => {
                classes[at..at + length].fill(Class::Opening);
                // the line drawn above it belongs to it
                let drawn = classes[..at].iter().rposition(|class| *class != Class::Blank);
                if let Some(drawn) = drawn.filter(|drawn| classes[*drawn] == Class::Rule) {
                    classes[drawn..at].fill(Class::Opening);
                }
                at += length;
            }
            None => at += 1,
        }
    }
    classes
}

/// How many lines an opening takes that begins with the first of these.
fn opening(lines: &[Line<'_>]) -> Option<usize> {
    // within a quote, it is part of the quote
    let first = lines.first().filter(|line| !line.is_quoted && !line.text.trim().is_empty())?;
    original(first)
        .then(|| 1 + fields(lines.get(1..).unwrap_or_default()).unwrap_or(0))
        .or_else(|| fields(lines))
        .or_else(|| dated(first.bare()).then_some(1))
        .or_else(|| sentence(lines))
}

/// Whether a line only says that somebody wrote, or nothing.
pub(super) fn is_empty(line: &Line<'_>) -> bool {
    line.bare().is_empty() || says_somebody_wrote(line.bare())
}

/// `-----Original Message-----`
fn original(line: &Line<'_>) -> bool {
    let text = line.text.trim();
    let words = text.trim_matches(|c: char| matches!(c, '-' | '_' | '*' | '=' | ':' | '：') || c.is_whitespace());
    let marked = text.starts_with(['-', '_', '*', '=']) || text.ends_with([':', '：']);
    marked && ORIGINAL.contains(&words.to_lowercase().as_str())
}

/// A block of fields as programs write it above what they quote: who wrote, and what about; or who, where from, and two more.
fn fields(lines: &[Line<'_>]) -> Option<usize> {
    let start = lines.iter().take(3).position(|line| !line.text.trim().is_empty())?;
    let block = &lines[start..lines.len().min(start + MOST_FIELDS)];
    let block = &block[..block.iter().position(|line| line.text.trim().is_empty()).unwrap_or(block.len())];
    let names: Vec<String> = block.iter().map(name).collect();
    let is_block = FIELDS.iter().any(|[from, when, to, about]| {
        let has = |field: &[&str]| names.iter().any(|name| field.contains(&name.as_str()));
        let begins = [from, about].iter().any(|field| names.first().is_some_and(|name| field.contains(&name.as_str())));
        let named = has(when) || has(to);
        // somebody's own list of places and days has no subject, and no address
        let sure = has(about) || (has(when) && has(to) && block.iter().any(|line| line.text.contains('@')));
        begins && has(from) && named && sure
    });
    is_block.then_some(start + block.len())
}

/// What stands before the colon of a line, in small letters.
fn name(line: &Line<'_>) -> String {
    let bare = line.text.trim_start_matches(['>', '|', ' ', '\t', '*', '_']);
    let (name, _) = bare.split_once([':', '：']).unwrap_or_default();
    name.trim_matches(['*', '_', ' ', '\u{a0}']).to_lowercase()
}

/// A sentence that holds a verb of writing, and a day or an address, and ends with a colon or the verb.
fn sentence(lines: &[Line<'_>]) -> Option<usize> {
    let first = lines.first()?.bare();
    if says_somebody_wrote(first) {
        return Some(1);
    }
    // a line of somebody's own above such a sentence is no part of it
    if !begins_a_sentence(first) {
        return None;
    }
    let mut joined = String::new();
    for (at, line) in lines.iter().take(MOST_LINES).enumerate() {
        joined.push(' ');
        joined.push_str(line.bare());
        if joined.len() > LONGEST || line.text.trim_end().ends_with(['.', '!', '?', '。']) {
            return None;
        }
        if says_somebody_wrote(joined.trim()) {
            return Some(at + 1);
        }
    }
    None
}

/// Whether a line may be the first of such a sentence: it tells the day, or an address begins in it.
fn begins_a_sentence(line: &str) -> bool {
    let first = line.split_whitespace().next().unwrap_or_default().to_lowercase();
    let year = line.split(|c: char| !c.is_ascii_digit()).any(|number| number.len() == 4 && matches!(&number[..2], "19" | "20"));
    let day = year || line.contains(|c: char| c.is_ascii_digit()) && LEADS.contains(&first.as_str());
    let verb = line.contains('@') && VERB_FIRST.iter().any(|verb| line.contains(verb));
    (day && (has_hour(line) || LEADS.contains(&first.as_str()))) || verb || line.rfind('<') > line.rfind('>')
}

fn says_somebody_wrote(sentence: &str) -> bool {
    let lowercase = sentence.to_lowercase();
    // what is drawn around it
    let inner = lowercase.trim_matches(|c: char| matches!(c, '-' | '_' | '*' | '=') || c.is_whitespace());
    let ends_open = inner.ends_with([':', '：']);
    let inner = inner.trim_end_matches(|c: char| matches!(c, ':' | '：') || c.is_whitespace());
    let wrote = |verb: &&str| {
        let Some(at) = inner.rfind(verb) else { return false };
        let (before, after) = (&inner[..at], &inner[at + verb.len()..]);
        let ends = after.is_empty() || (ends_open && VERB_FIRST.contains(verb));
        ends && !is_own(before.split_whitespace().next_back()) && !is_own(after.split_whitespace().next())
    };
    WROTE.iter().any(wrote) && is_named_or_dated(inner) && !speaks_to_somebody(before_address(inner))
}

/// Who says so of themselves, or to us, goes on in their own words.
fn is_own(word: Option<&str>) -> bool {
    const OWN: &[&str] =
        &["wir", "sie", "du", "ihr", "vi", "dere", "de", "ni", "ik", "wij", "je", "u", "yo", "ja", "ben", "biz", "我", "我们"];
    word.is_some_and(|word| OWN.contains(&word.trim_matches(',')))
}

/// What stands before an address, which may hold any word.
fn before_address(sentence: &str) -> &str {
    sentence.split(['<', '@']).next().unwrap_or_default()
}

/// Words no program puts into such a sentence, wherever they stand: “on 5 November your colleague wrote”.
fn speaks_to_somebody(sentence: &str) -> bool {
    const OWN: &[&str] = &[
        "i", "we", "you", "your", "my", "our", "ich", "mein", "meine", "ihre", "unser", "jeg", "deres", "jag", "vous", "votre", "notre",
        "siz", "sizin", "benim",
    ];
    sentence.split(|c: char| !c.is_alphabetic()).any(|word| OWN.contains(&word))
}

/// Whether there is an address in it, or a day with a month or an hour.
fn is_named_or_dated(text: &str) -> bool {
    text.contains('@') || text.split(|c: char| !c.is_ascii_digit()).any(|number| number.len() >= 4) || has_hour(text)
}

/// `14:03`, `14.03`
fn has_hour(text: &str) -> bool {
    let digits = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
    text.split_whitespace().any(|word| word.split([':', '.', '：']).filter(|part| digits(part)).count() >= 2)
}

/// `2016-03-03 17:21 GMT+01:00 Mara Hansen <…>:` is how an old Gmail begins, in any language, and `2013/7/20 Mara <…>` an older one.
fn dated(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let (Some(day), Some(second)) = (words.next(), words.next()) else { return false };
    let parts: Vec<&str> = day.split(['-', '/']).collect();
    let is_day = parts.len() == 3
        && parts[0].len() == 4
        && parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()) && !part.is_empty());
    let with_zone = second.contains(':') && words.next().is_some_and(|zone| zone.starts_with("GMT") || zone.starts_with("UTC"));
    is_day && (with_zone || (text.contains('@') && text.contains('<') && text.trim_end_matches(':').ends_with('>')))
}
