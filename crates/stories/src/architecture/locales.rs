//! The texts: the same keys in every language, and none forgotten in English.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Language;

use super::{
    house::{File, files},
    nothing_wrong,
};

/// Texts that are rightly the same as in English: the word is, or a name.
const SAME_AS_ENGLISH: &[(&str, &str)] =
    &[("nb", "view-mine"), ("nb", "send"), ("nb", "role-admin"), ("nb", "topic-channels"), ("nb", "settings-chat"), ("tr", "view-spam")];

/// Texts by key.
pub(super) type Texts = BTreeMap<String, String>;

/// Reads a catalogue: `key = text`, with further lines indented.
fn read(file: &File) -> Texts {
    let mut texts = Texts::new();
    let mut current: Option<String> = None;
    for line in file.text.lines() {
        let indented = line.starts_with([' ', '\t']);
        match line.split_once('=') {
            Some((key, text)) if !indented && !line.starts_with('#') => {
                texts.insert(key.trim().to_owned(), text.trim().to_owned());
                current = Some(key.trim().to_owned());
            }
            _ if indented || line.starts_with('}') => {
                if let Some(text) = current.as_ref().and_then(|key| texts.get_mut(key)) {
                    text.push('\n');
                    text.push_str(line.trim());
                }
            }
            // mails have paragraphs
            _ if line.is_empty() => (),
            _ => current = None,
        }
    }
    texts
}

/// `locales/en/inbox.ftl` by "inbox", `locales/en/problems/inbox.ftl` by "problems/inbox", for one language.
pub(super) fn catalogues(language: Language) -> BTreeMap<String, Texts> {
    let folder = format!("locales/{language}/");
    files(&folder, &[".ftl"]).iter().map(|file| (file.path[folder.len()..].trim_end_matches(".ftl").to_owned(), read(file))).collect()
}

/// Every room's texts in English beside those in each other language.
fn beside_english(mut look: impl FnMut(&str, Language, &Texts, &Texts) -> Vec<String>) -> Vec<String> {
    let english = catalogues(Language::En);
    assert!(!english.is_empty(), "there are no texts in locales/en");
    let mut wrong = Vec::new();
    for language in Language::ALL.into_iter().filter(|language| *language != Language::En) {
        let theirs = catalogues(language);
        for room in english.keys().chain(theirs.keys()) {
            let none = Texts::new();
            wrong.extend(look(room, language, english.get(room).unwrap_or(&none), theirs.get(room).unwrap_or(&none)));
        }
    }
    wrong.sort();
    wrong.dedup();
    wrong
}

/// The values a text uses, and whether each is shown or only chosen by: `{ $count -> … }` picks a plural.
pub(super) fn values(text: &str) -> BTreeSet<(&str, bool)> {
    let uses = text.split('$').skip(1).map(|rest| {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').unwrap_or(rest.len());
        (&rest[..end], !rest[end..].trim_start().starts_with("->"))
    });
    uses.collect()
}

/// What is left to translate once placeables are taken out.
fn words(text: &str) -> String {
    let mut depth = 0;
    text.chars()
        .filter(|c| {
            depth += i32::from(*c == '{') - i32::from(*c == '}');
            depth == 0 && c.is_alphabetic()
        })
        .collect()
}

#[test]
fn every_catalogue_can_be_read() {
    let broken = files("locales", &[".ftl"]).into_iter().filter_map(|file| {
        let faults = fluent_syntax::parser::parse(file.text.as_str()).err()?.1;
        Some(format!("{}: {}", file.path, faults.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")))
    });
    nothing_wrong(broken.collect());
}

#[test]
fn every_language_has_every_text() {
    nothing_wrong(beside_english(|room, language, english, theirs| {
        let missing =
            english.keys().filter(|key| !theirs.contains_key(*key)).map(|key| format!("locales/{language}/{room}.ftl lacks {key}"));
        let extra = theirs
            .keys()
            .filter(|key| !english.contains_key(*key))
            .map(|key| format!("locales/{language}/{room}.ftl has {key}, which English has not"));
        missing.chain(extra).collect()
    }));
}

#[test]
fn every_text_shows_the_same_values_in_every_language() {
    nothing_wrong(beside_english(|room, language, english, theirs| {
        let mut wrong = Vec::new();
        for (key, text) in english {
            let (ours, here) = (values(text), values(theirs.get(key).unwrap_or(text)));
            let has = |all: &BTreeSet<(&str, bool)>, name: &str| all.iter().any(|(known, _)| *known == name);
            // a language without plurals need not choose by a number, but what English shows it shows too
            let lost = ours.iter().filter(|(name, shown)| *shown && !has(&here, name)).map(|(name, _)| format!("lacks ${name}"));
            let made_up = here.iter().filter(|(name, _)| !has(&ours, name)).map(|(name, _)| format!("uses ${name}, which nobody gives it"));
            wrong.extend(lost.chain(made_up).map(|what| format!("locales/{language}/{room}.ftl {key} {what}")));
        }
        wrong
    }));
}

#[test]
fn nothing_is_left_in_english() {
    nothing_wrong(beside_english(|room, language, english, theirs| {
        let same = english.iter().filter(|(key, text)| theirs.get(*key) == Some(text) && !words(text).is_empty());
        let forgotten = same.filter(|(key, _)| !SAME_AS_ENGLISH.contains(&(language.code(), key)));
        forgotten.map(|(key, text)| format!("locales/{language}/{room}.ftl {key} is still English: {text}")).collect()
    }));
}
