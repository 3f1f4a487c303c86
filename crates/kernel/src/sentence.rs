//! What Ombud says when something is not possible: which sentence, and what it names. The words are in the catalogues.

use std::fmt;

use crate::{Language, Value, Words, words};

/// The rooms' sentences, from the ground up: one line for each crate that refuses something.
static SENTENCES: Words = words!(
    "problems/kernel",
    "problems/platform",
    "problems/team",
    "problems/ledger",
    "problems/mail",
    "problems/customers",
    "problems/commerce",
    "problems/storefront",
    "problems/inbox",
    "problems/desk",
    "problems/bot",
    "problems/channels",
    "problems/connectors",
    "problems/telephony",
    "problems/analytics",
    "problems/app",
);

/// A sentence of `locales/<language>/problems/`, not yet in any language. `say!` makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    key: &'static str,
    values: Vec<(&'static str, Value)>,
}

/// A sentence by its key, and what it names: `say!("role-in-use", members)`, `say!("tag-name-taken", name = &tag.name)`.
#[macro_export]
macro_rules! say {
    (@value $name:ident) => { $name };
    (@value $name:ident $value:expr) => { $value };
    ($key:literal $(,)?) => {
        $crate::Sentence::new($key, ::std::vec::Vec::new())
    };
    ($key:literal, $($name:ident $(= $value:expr)?),+ $(,)?) => {
        $crate::Sentence::new($key, ::std::vec![$((stringify!($name), $crate::Value::from($crate::say!(@value $name $($value)?)))),+])
    };
}

impl Sentence {
    /// `say!` is the way to make one: the tests read the source to know that the catalogues have the key.
    #[doc(hidden)]
    pub const fn new(key: &'static str, values: Vec<(&'static str, Value)>) -> Sentence {
        Sentence { key, values }
    }

    /// The sentence as people read it.
    pub fn in_language(&self, language: Language) -> String {
        SENTENCES.text(language, self.key, &self.values)
    }
}

/// In English: for logs, the command line, and whoever looks after the machine.
impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_language(Language::En))
    }
}

/// So that it can be the reason of an error of somebody else's.
impl std::error::Error for Sentence {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_chooses_the_words_and_a_name_stays_as_it_is() {
        let members = |members: i64| say!("role-in-use", members);
        for (sentence, language, text) in [
            (members(1), Language::En, "One member has this role. Give them another one first."),
            (members(2), Language::En, "2 members have this role. Give them another one first."),
            (members(1), Language::Nb, "Ett medlem har denne rollen. Gi medlemmet en annen rolle først."),
            (members(12_000), Language::Nb, "12000 medlemmer har denne rollen. Gi dem en annen rolle først."),
            (members(1), Language::Tr, "Bu role sahip 1 üye var. Önce ona başka bir rol verin."),
            (members(2), Language::Zh, "有 2 名成员担任此角色，请先为他们更换角色。"),
            (
                say!("tag-name-taken", name = "{ $name } \u{2068}🦊"),
                Language::Tr,
                "“{ $name } \u{2068}🦊” adlı bir etiket zaten var. Onu kullanın ya da başka bir ad seçin.",
            ),
        ] {
            assert_eq!(sentence.in_language(language), text);
        }
        assert_eq!(members(1).to_string(), members(1).in_language(Language::En));
    }
}
