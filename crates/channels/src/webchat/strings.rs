//! The words of the chat panel, in every language, from the same catalogues the console uses.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use kernel::{Language, Texts};

type Words = Arc<BTreeMap<String, String>>;

static CATALOGUES: LazyLock<BTreeMap<Language, Words>> = LazyLock::new(|| {
    [
        (Language::En, include_str!("../../../../locales/en/webchat.ftl")),
        (Language::Nb, include_str!("../../../../locales/nb/webchat.ftl")),
        (Language::Tr, include_str!("../../../../locales/tr/webchat.ftl")),
        (Language::Zh, include_str!("../../../../locales/zh/webchat.ftl")),
    ]
    .into_iter()
    .map(|(language, catalogue)| (language, Arc::new(read(catalogue))))
    .collect()
});

/// The texts a shop may replace begin with this; they are not sent to the panel.
const DEFAULTS: &str = "default-";

/// The panel's words in a language.
pub fn words(language: Language) -> BTreeMap<String, String> {
    let all = CATALOGUES.get(&language).map(|words| words.iter()).into_iter().flatten();
    all.filter(|(key, _)| !key.starts_with(DEFAULTS)).map(|(key, text)| (key.clone(), text.clone())).collect()
}

/// One text in every language.
pub fn texts(key: &str) -> Texts {
    Texts(CATALOGUES.iter().filter_map(|(language, words)| Some((*language, words.get(key)?.clone()))).collect())
}

/// One text in one language.
pub fn word(language: Language, key: &str) -> String {
    CATALOGUES.get(&language).and_then(|words| words.get(key)).cloned().unwrap_or_default()
}

/// Reads a catalogue whose messages are texts and variables, nothing cleverer: the panel fills in `{name}` without Fluent.
fn read(catalogue: &str) -> BTreeMap<String, String> {
    let resource = fluent_syntax::parser::parse(catalogue).unwrap_or_else(|(resource, _)| resource);
    let messages = resource.body.into_iter().filter_map(|entry| if let Entry::Message(message) = entry { Some(message) } else { None });
    messages.filter_map(|message| Some((message.id.name.to_owned(), plain(&message.value?)))).collect()
}

fn plain(pattern: &Pattern<&str>) -> String {
    let mut text = String::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => text.push_str(value),
            PatternElement::Placeable { expression: Expression::Inline(InlineExpression::VariableReference { id }) } => {
                text.push_str(&format!("{{{}}}", id.name));
            }
            PatternElement::Placeable { expression: Expression::Inline(InlineExpression::StringLiteral { value }) } => text.push_str(value),
            PatternElement::Placeable { .. } => (),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_word_with_the_same_variables() {
        let variables = |text: &str| {
            let mut found: Vec<String> = text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).map(str::to_owned).collect();
            found.sort();
            found
        };
        let english = CATALOGUES[&Language::En].clone();
        assert!(english.len() > 40);
        for (language, words) in CATALOGUES.iter() {
            assert_eq!(words.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>(), "{language}");
            for (key, text) in words.iter() {
                assert!(!text.is_empty(), "{language} {key}");
                assert_eq!(variables(text), variables(&english[key]), "{language} {key}");
            }
        }
    }
}
