//! The words of the chat panel, in every language, from the same catalogues the console uses.

use std::collections::BTreeMap;

use kernel::{Language, Texts, Value, Words, words};

static PANEL: Words = words!("webchat");

/// The texts a shop may replace begin with this; they are not sent to the panel.
const DEFAULTS: &str = "default-";
/// What stands open in the words: the panel fills it in, and needs no Fluent for that.
const BLANKS: [&str; 7] = ["email", "name", "time", "size", "count", "policy", "price"];

/// The panel's words in a language.
pub fn words(language: Language) -> BTreeMap<String, String> {
    PANEL.keys(language).filter(|key| !key.starts_with(DEFAULTS)).map(|key| (key.to_owned(), word(language, key))).collect()
}

/// One text in every language.
pub fn texts(key: &str) -> Texts {
    Texts(Language::ALL.into_iter().map(|language| (language, word(language, key))).collect())
}

/// One text in one language.
pub fn word(language: Language, key: &str) -> String {
    PANEL.text(language, key, &BLANKS.map(|blank| (blank, Value::Text(format!("{{{blank}}}")))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_panel_gets_every_word_with_its_blanks_open() {
        for language in Language::ALL {
            let words = words(language);
            assert!(words.len() > 40, "{language}");
            // Fluent leaves what it was not given as `{$name}`
            assert!(words.values().all(|text| !text.is_empty() && !text.contains("{$")), "{language}: {words:?}");
            assert!(words["file-big"].contains("{name}") && words["file-big"].contains("{size}"), "{language}");
            assert!(word(language, "default-away").contains("{{ opens_date }}"), "{language}");
        }
    }
}
