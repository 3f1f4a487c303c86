//! The sentences of problems: each that the source names is there, and each that is there is named.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Language;

use super::{
    house::File,
    locales::{Texts, catalogues, values},
    nothing_wrong,
    sources::of_rooms,
};

/// One `say!("key", name, other = value)`.
struct Said {
    room: String,
    place: String,
    key: String,
    names: BTreeSet<String>,
    /// A value that is itself a text in English.
    inline: Option<String>,
}

/// All that the crates say, tests left out.
fn said() -> Vec<Said> {
    of_rooms().iter().flat_map(said_in).collect()
}

fn said_in(file: &File) -> Vec<Said> {
    let code: Vec<&str> = file.lines_in_use().map(|(_, line)| line).filter(|line| !line.trim_start().starts_with("//")).collect();
    let code = code.join("\n");
    let calls = code.split("say!(").skip(1).filter(|call| call.starts_with(['"', '\n', ' ']));
    calls.map(|call| said_by(file, call)).collect()
}

fn said_by(file: &File, call: &str) -> Said {
    let mut parts = parts(call).into_iter();
    let key = parts.next().unwrap_or_default().trim_matches('"').to_owned();
    let (mut names, mut inline) = (BTreeSet::new(), None);
    for part in parts {
        let (name, value) = part.split_once('=').map_or((part.as_str(), ""), |(name, value)| (name, value.trim()));
        names.insert(name.trim().to_owned());
        inline = inline.or_else(|| Some(value.to_owned()).filter(|value| value.starts_with('"') && value.contains(' ')));
    }
    Said { room: file.room().unwrap_or_default().to_owned(), place: file.path.clone(), key, names, inline }
}

/// What stands between the brackets, at its commas.
fn parts(call: &str) -> Vec<String> {
    let (mut parts, mut depth, mut quoted) = (vec![String::new()], 0, false);
    for letter in call.chars() {
        quoted ^= letter == '"';
        match letter {
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' if !quoted && depth == 0 => break,
            ')' | ']' | '}' if !quoted => depth -= 1,
            ',' if !quoted && depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => (),
        }
        if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
    }
    parts.into_iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// The rooms' sentences in English, by room.
fn sentences() -> BTreeMap<String, Texts> {
    let all = catalogues(Language::En).into_iter();
    all.filter_map(|(name, texts)| Some((name.strip_prefix("problems/")?.to_owned(), texts))).collect()
}

#[test]
fn every_sentence_named_is_there_with_what_it_names() {
    let (said, sentences) = (said(), sentences());
    assert!(said.len() > 150, "the sentences are found");
    let mut wrong = Vec::new();
    for Said { place, key, names, inline, .. } in &said {
        let Some(text) = sentences.values().find_map(|texts| texts.get(key)) else {
            wrong.push(format!("{place} says “{key}”: write it in locales/*/problems/ of its crate"));
            continue;
        };
        let wanted: BTreeSet<String> = values(text).into_iter().map(|(name, _)| name.to_owned()).collect();
        if wanted != *names {
            wrong.push(format!("{place} gives “{key}” {names:?}, and its text names {wanted:?}"));
        }
        if let Some(text) = inline {
            wrong.push(format!("{place} puts the English words {text} into “{key}”: they belong to the sentence"));
        }
    }
    nothing_wrong(wrong);
}

#[test]
fn every_sentence_is_said_by_the_room_that_keeps_it_and_kept_once() {
    let (said, sentences) = (said(), sentences());
    let mut wrong = Vec::new();
    for (room, texts) in &sentences {
        for key in texts.keys() {
            if !said.iter().any(|one| one.room == *room && one.key == *key) {
                wrong.push(format!("locales/en/problems/{room}.ftl keeps “{key}”, which crates/{room} never says"));
            }
            if sentences.iter().any(|(other, theirs)| other != room && theirs.contains_key(key)) {
                wrong.push(format!("“{key}” stands in the catalogue of {room} and in another: one sentence, one place"));
            }
        }
    }
    nothing_wrong(wrong);
}
