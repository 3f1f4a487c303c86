//! Texts for people, from the Fluent catalogues in `locales/`. This is the one reader of all that the server says.

use std::sync::OnceLock;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use fluent_syntax::ast::Entry;

use crate::Language;

/// Texts by key, in every language; `words!` embeds them. A language is read when it is first asked for.
pub struct Words {
    sources: fn(Language) -> &'static [&'static str],
    read: [OnceLock<Read>; Language::ALL.len()],
}

/// The texts of one language.
struct Read {
    bundle: FluentBundle<FluentResource>,
    keys: Vec<String>,
}

/// What stands in a text where it names a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// May also choose between texts: “1 member has”, “2 members have”.
    Number(i64),
    Text(String),
}

/// Variables by name.
pub type Values = [(&'static str, Value)];

/// Embeds the catalogues of these names, in every language: `static WORDS: Words = words!("webchat");`.
#[macro_export]
macro_rules! words {
    (@in $language:literal $($name:literal)+) => {
        &[$(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../locales/", $language, "/", $name, ".ftl"))),+]
    };
    ($($name:literal),+ $(,)?) => {
        $crate::Words::of(|language| match language {
            $crate::Language::En => $crate::words!(@in "en" $($name)+),
            $crate::Language::Nb => $crate::words!(@in "nb" $($name)+),
            $crate::Language::Tr => $crate::words!(@in "tr" $($name)+),
            $crate::Language::Zh => $crate::words!(@in "zh" $($name)+),
        })
    };
}

impl Words {
    /// What `sources` holds for each language; `words!` is the way to make one.
    pub const fn of(sources: fn(Language) -> &'static [&'static str]) -> Words {
        Words { sources, read: [const { OnceLock::new() }; Language::ALL.len()] }
    }

    /// The text of `key` in `language`. Of a key that is not there, the key itself: a test sees to it that there is none.
    pub fn text(&self, language: Language, key: &str, values: &Values) -> String {
        let bundle = &self.read(language).bundle;
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else { return key.to_owned() };
        let values: FluentArgs<'_> = values.iter().map(|(name, value)| (*name, FluentValue::from(value))).collect();
        bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned()
    }

    /// The keys there are, as the catalogue has them.
    pub fn keys(&self, language: Language) -> impl Iterator<Item = &str> {
        self.read(language).keys.iter().map(String::as_str)
    }

    fn read(&self, language: Language) -> &Read {
        self.read[language as usize].get_or_init(|| {
            let mut bundle = FluentBundle::new_concurrent(vec![language.code().parse().unwrap_or_default()]);
            // the marks would also stand in log lines and around links
            bundle.set_use_isolating(false);
            let mut keys = Vec::new();
            for source in (self.sources)(language) {
                // what cannot be read is left out here and found by the tests of the catalogues
                let (Ok(texts) | Err((texts, _))) = FluentResource::try_new((*source).to_owned());
                for entry in texts.entries() {
                    if let Entry::Message(message) = entry {
                        keys.push(message.id.name.to_owned());
                    }
                }
                bundle.add_resource_overriding(texts);
            }
            Read { bundle, keys }
        })
    }
}

impl<'v> From<&'v Value> for FluentValue<'v> {
    fn from(value: &'v Value) -> Self {
        match value {
            Value::Number(number) => FluentValue::from(*number),
            Value::Text(text) => FluentValue::from(text.as_str()),
        }
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Value {
        Value::Text(text.clone())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

macro_rules! numbers {
    ($($type:ty)+) => {$(
        impl From<$type> for Value {
            fn from(number: $type) -> Value {
                Value::Number(i64::try_from(number).unwrap_or(i64::MAX))
            }
        }
    )+};
}
numbers!(i32 i64 u16 u32 u64 usize);
