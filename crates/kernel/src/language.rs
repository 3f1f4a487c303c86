//! The languages Ombud speaks, and texts written in several of them.

use std::{collections::BTreeMap, fmt};

/// A language of the interface. Customers may write in any; Ombud answers in these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    #[default]
    En,
    Nb,
    Tr,
    Zh,
}

impl Language {
    pub const ALL: [Language; 4] = [Language::En, Language::Nb, Language::Tr, Language::Zh];

    /// The code used on the wire, in the database and in `locales/`.
    pub fn code(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Nb => "nb",
            Language::Tr => "tr",
            Language::Zh => "zh",
        }
    }

    /// Its own name for itself: that is how people find theirs in a list.
    pub fn own_name(self) -> &'static str {
        match self {
            Language::En => "English",
            Language::Nb => "Norsk bokmål",
            Language::Tr => "Türkçe",
            Language::Zh => "简体中文",
        }
    }

    /// The language a browser's or a page's tag asks for: `zh-Hans-CN` is Chinese, `no` and `nn` are served in Bokmål.
    pub fn from_tag(tag: &str) -> Option<Language> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        match primary.as_str() {
            "en" => Some(Language::En),
            "nb" | "no" | "nn" => Some(Language::Nb),
            "tr" => Some(Language::Tr),
            "zh" => Some(Language::Zh),
            _ => None,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// One text in several languages.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(transparent)]
pub struct Texts(pub BTreeMap<Language, String>);

impl Texts {
    /// The text in `language`, else in the shop's, else in English, else in any there is.
    pub fn get(&self, language: Language, shop: Language) -> Option<&str> {
        [language, shop, Language::En]
            .iter()
            .find_map(|l| self.0.get(l))
            .or_else(|| self.0.values().next())
            .map(String::as_str)
            .filter(|text| !text.is_empty())
    }

    /// The same text in one language.
    pub fn one(language: Language, text: impl Into<String>) -> Texts {
        Texts(BTreeMap::from([(language, text.into())]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_falls_back_to_the_shops_language_then_to_english() {
        let texts = Texts(BTreeMap::from([(Language::En, "Hi".into()), (Language::Nb, "Hei".into())]));
        assert_eq!(texts.get(Language::Nb, Language::En), Some("Hei"));
        assert_eq!(texts.get(Language::Tr, Language::Nb), Some("Hei"));
        assert_eq!(texts.get(Language::Tr, Language::Zh), Some("Hi"));
        assert_eq!(Texts::default().get(Language::Tr, Language::Zh), None);
    }

    #[test]
    fn tags_of_browsers_find_their_language() {
        for (tag, language) in [
            ("zh-Hans-CN", Some(Language::Zh)),
            ("no", Some(Language::Nb)),
            ("TR", Some(Language::Tr)),
            ("en_GB", Some(Language::En)),
            ("fr", None),
            ("", None),
        ] {
            assert_eq!(Language::from_tag(tag), language, "{tag}");
        }
    }
}
