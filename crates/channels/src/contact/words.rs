//! The words of the contact form.

use kernel::{Language, Texts, Value, Words, words};

static FORM: Words = words!("contact");

/// One text in one language.
pub fn word(language: Language, key: &str) -> String {
    FORM.text(language, key, &[])
}

/// One that names the shop.
pub fn naming(language: Language, key: &str, shop: &str) -> String {
    FORM.text(language, key, &[("shop", Value::Text(shop.to_owned()))])
}

/// One text in every language.
pub fn texts(key: &str) -> Texts {
    Texts(Language::ALL.into_iter().map(|language| (language, word(language, key))).collect())
}
