//! What is new in a letter, what it quotes, and how it is signed.
//!
//! Each line is given a class; then the classes decide what is folded away. In doubt a line is the author's own: a quote too
//! much can be read over, a sentence too few is an answer nobody gets.

mod html;
mod lines;
mod openings;
mod words;

use lines::{Class, Line};

pub use self::html::{Folded, fold};

/// The three parts of a letter. Each is made of whole lines of it, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Said {
    pub new: String,
    pub quoted: String,
    pub signature: String,
}

/// Where a line belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    New,
    Quoted,
    Signature,
}

/// A signature of more lines is a letter.
const LONGEST_SIGNATURE: usize = 15;

/// Takes a text apart.
pub fn said(text: &str) -> Said {
    let lines = lines::of_text(text);
    let places = places(&lines);
    let of = |place: Place| {
        let own: Vec<&str> = lines.iter().zip(&places).filter(|(_, at)| **at == place).map(|(line, _)| line.text).collect();
        own.join("\n").trim_matches('\n').to_owned()
    };
    Said { new: of(Place::New).trim_end().to_owned(), quoted: of(Place::Quoted), signature: of(Place::Signature) }
}

/// The place of each line.
fn places(lines: &[Line<'_>]) -> Vec<Place> {
    let mut classes = openings::classes(lines);
    tell_lines_from_signatures(lines, &mut classes);
    let mut places = vec![Place::New; lines.len()];
    let first = next(&classes, 0, |class| class == Class::Text).unwrap_or(lines.len());
    // what stands before the first line that says somebody else wrote what follows
    let mut from = 0;
    while let Some(opening) = next(&classes, from, |class| class == Class::Opening) {
        let after = next(&classes, opening, |class| class != Class::Opening).unwrap_or(lines.len());
        places[opening..after].fill(Place::Quoted);
        let follows = classes[after..].iter().find(|class| **class != Class::Blank);
        if follows != Some(&Class::Quote) && first < opening {
            // below an answer, everything that is not marked as a quote is one all the same
            places[after..].fill(Place::Quoted);
            return signed(&classes, places, opening);
        }
        // above everything it is a letter passed on, or the beginning of one that answers below
        from = after;
    }
    fold_quotes(lines, &classes, &mut places);
    let end = lines.len();
    signed(&classes, places, end)
}

/// Who asks something below two dashes drew a line with them, and did not sign.
fn tell_lines_from_signatures(lines: &[Line<'_>], classes: &mut [Class]) {
    let asks = |line: &Line<'_>| line.text.trim_end().ends_with(['?', '？']);
    for at in 0..lines.len() {
        let below = lines[at + 1..].iter().take(LONGEST_SIGNATURE).take_while(|line| !line.is_quoted);
        if classes[at] == Class::SignatureMark && !lines[at].is_signature && below.take_while(|line| !line.is_signature).any(asks) {
            classes[at] = Class::Rule;
        }
    }
}

fn next(classes: &[Class], from: usize, is: impl Fn(Class) -> bool) -> Option<usize> {
    (from..classes.len()).find(|at| is(classes[*at]))
}

/// Marked quotes above and below all that was written are folded away. One in between is what the lines around it answer.
fn fold_quotes(lines: &[Line<'_>], classes: &[Class], places: &mut [Place]) {
    let written = |at: &usize| classes[*at] == Class::Text;
    let Some(first) = (0..classes.len()).find(written) else {
        // nothing but a quote: then that is what was said, if it says anything
        if lines.iter().all(openings::is_empty) {
            places.fill(Place::Quoted);
        }
        return;
    };
    let last = own_end(classes).unwrap_or(first);
    for at in (0..first).chain(last + 1..classes.len()) {
        if classes[at] == Class::Quote {
            places[at] = Place::Quoted;
        }
    }
}

/// The last line of somebody's own that is no signature.
fn own_end(classes: &[Class]) -> Option<usize> {
    let end = signature_start(classes, classes.len()).unwrap_or(classes.len());
    (0..end).rev().find(|at| classes[*at] == Class::Text)
}

/// Where a signature begins that goes on to `end`, or to the quote above it.
fn signature_start(classes: &[Class], end: usize) -> Option<usize> {
    let mark = (0..end).rev().find(|at| classes[*at] == Class::SignatureMark)?;
    let below = &classes[mark + 1..end];
    let (lines, rest) = below.split_at(below.iter().position(|class| *class == Class::Quote).unwrap_or(below.len()));
    let is_short = lines.iter().filter(|class| **class != Class::Blank).count() <= LONGEST_SIGNATURE;
    (is_short && !rest.contains(&Class::Text)).then_some(mark)
}

/// Takes signatures, and what programs write below a letter, out of what was written above `end`.
fn signed(classes: &[Class], mut places: Vec<Place>, end: usize) -> Vec<Place> {
    let mut end = end;
    if let Some(mark) = signature_start(classes, end) {
        for at in mark..end {
            if classes[at] != Class::Quote && places[at] == Place::New {
                places[at] = Place::Signature;
            }
        }
        end = mark;
    }
    // from the end upwards, as long as nobody wrote it
    for at in (0..end).rev() {
        match classes[at] {
            Class::SentFrom | Class::Rule | Class::SignatureMark if places[at] == Place::New => places[at] = Place::Signature,
            Class::Text => break,
            _ => (),
        }
    }
    places
}

#[cfg(test)]
mod tests;
