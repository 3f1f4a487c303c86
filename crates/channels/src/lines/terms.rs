//! What a partner lets a line send of its own accord: templates it has agreed to, and how many conversations may be begun with them.

use std::collections::BTreeMap;

use kernel::{Result, Timestamp, invalid, say};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a partner said last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Those that can be sent from here.
    pub templates: Vec<Template>,
    /// So many more are not agreed to now, or need a picture or a form.
    pub others: i64,
    pub allowance: Option<Allowance>,
}

/// The terms, and when the partner said so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub terms: Terms,
    pub at: Timestamp,
}

/// How many customers the partner lets the shop write to first, in any 24 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allowance {
    /// Any number where it is not said.
    pub most: Option<i64>,
    pub quality: Quality,
}

/// How content its customers are, as the partner sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Quality {
    Good,
    Middling,
    Poor,
    Unknown,
}

/// What a template is for, as the partner has judged: what it costs follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TemplateCategory {
    Marketing,
    Utility,
}

/// A text the partner has agreed to, with gaps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// What the partner calls it.
    pub name: String,
    /// As the partner writes it: `nb`, `pt_BR`.
    pub language: String,
    pub category: TemplateCategory,
    /// From top to bottom.
    pub parts: Vec<TemplatePart>,
    /// What the partner was shown in the place of each gap.
    pub examples: BTreeMap<String, String>,
}

/// A part of a template: its gaps are written `{{1}}` or `{{order_number}}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TemplatePart {
    /// `header`, `body`, `footer`, or `button.0` and on.
    pub place: String,
    pub text: String,
}

/// A stretch of a part's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stretch<'a> {
    Text(&'a str),
    Gap(&'a str),
}

/// The body of a template is no longer, once it is filled in; in characters.
const LONGEST_BODY: usize = 1_024;
/// A heading neither.
const LONGEST_HEADER: usize = 60;
const BODY: &str = "body";
const HEADER: &str = "header";

fn stretches(mut text: &str) -> Vec<Stretch<'_>> {
    let mut found = Vec::new();
    while let Some((before, gap, after)) = next_gap(text) {
        found.extend([Stretch::Text(before), Stretch::Gap(gap)]);
        text = after;
    }
    found.push(Stretch::Text(text));
    found
}

/// What stands before the first gap, its name, and what stands behind it.
fn next_gap(text: &str) -> Option<(&str, &str, &str)> {
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    text.match_indices("{{").find_map(|(at, _)| {
        let (name, after) = text[at + 2..].split_once("}}")?;
        is_name(name).then_some((&text[..at], name, after))
    })
}

impl TemplatePart {
    /// What its gaps are called, across all parts.
    pub fn gaps(&self) -> Vec<String> {
        let mut keys = Vec::new();
        for stretch in stretches(&self.text) {
            if let Stretch::Gap(name) = stretch {
                let key = format!("{}.{name}", self.place);
                if !keys.contains(&key) {
                    keys.push(key);
                }
            }
        }
        // numbered ones are told in the order of their numbers, wherever they stand
        keys.sort_by_key(|key| key.rsplit_once('.').and_then(|(_, name)| name.parse::<u32>().ok()));
        keys
    }

    fn filled(&self, values: &BTreeMap<String, String>) -> String {
        let said = |stretch| match stretch {
            Stretch::Text(text) => text.to_owned(),
            Stretch::Gap(name) => values.get(&format!("{}.{name}", self.place)).cloned().unwrap_or_default(),
        };
        stretches(&self.text).into_iter().map(said).collect()
    }

    fn is_button(&self) -> bool {
        self.place.starts_with("button.")
    }

    fn longest(&self) -> usize {
        match self.place.as_str() {
            HEADER => LONGEST_HEADER,
            BODY => LONGEST_BODY,
            _ => usize::MAX,
        }
    }

    /// What stands before its gap.
    pub fn before(&self, gap: &str) -> &str {
        self.text.split_once(&format!("{{{{{gap}}}}}")).map_or("", |(before, _)| before)
    }
}

impl Template {
    /// What has to be filled in, from top to bottom.
    pub fn gaps(&self) -> Vec<String> {
        self.parts.iter().flat_map(TemplatePart::gaps).collect()
    }

    /// As a customer reads it, and what stands in each gap, in order.
    ///
    /// Errors: `Invalid` where a gap is left open, a value belongs nowhere, or it becomes too long.
    pub fn fill_in(&self, values: &BTreeMap<String, String>) -> Result<(String, Vec<(String, String)>)> {
        let gaps = self.gaps();
        if let Some(open) = gaps.iter().find(|key| values.get(*key).is_none_or(|value| value.trim().is_empty())) {
            return Err(invalid(format!("values.{open}"), say!("template-gap-open")));
        }
        if let Some(more) = values.keys().find(|key| !gaps.contains(key)) {
            return Err(invalid(format!("values.{more}"), say!("template-gap-unknown")));
        }
        let mut text = String::new();
        for part in &self.parts {
            let filled = part.filled(values);
            let (most, count) = (part.longest(), filled.chars().count());
            if count > most {
                return Err(invalid("values", say!("template-part-too-long", most, count)));
            }
            let gap = if text.is_empty() { "" } else { "\n\n" };
            text.push_str(&if part.is_button() { format!("{gap}▸ {filled}") } else { format!("{gap}{filled}") });
        }
        let values = gaps.into_iter().filter_map(|key| values.get(&key).cloned().map(|value| (key, value)));
        Ok((text, values.collect()))
    }

    /// The part a gap stands in, and its name there.
    pub fn part_of<'a>(&self, gap: &'a str) -> Option<(&TemplatePart, &'a str)> {
        let (place, name) = gap.rsplit_once('.')?;
        Some((self.parts.iter().find(|part| part.place == place)?, name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(parts: &[(&str, &str)]) -> Template {
        let parts = parts.iter().map(|(place, text)| TemplatePart { place: (*place).into(), text: (*text).into() }).collect();
        Template { name: "late".into(), language: "en".into(), category: TemplateCategory::Utility, parts, examples: BTreeMap::new() }
    }

    fn values(said: &[(&str, &str)]) -> BTreeMap<String, String> {
        said.iter().map(|(gap, value)| ((*gap).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_gap_is_what_meta_calls_one() {
        for (text, gaps) in [
            ("Hi {{1}}, {{2}} and {{1}} again", &["body.1", "body.2"][..]),
            ("{{2}} before {{1}}", &["body.1", "body.2"]),
            ("{{order_number}}", &["body.order_number"]),
            ("{{ {{1}} }}", &["body.1"]),
            ("{{}} {{Name}} {1} {{1", &[]),
            ("", &[]),
        ] {
            assert_eq!(template(&[("body", text)]).gaps(), gaps, "{text}");
        }
    }

    #[test]
    fn what_is_filled_in_reads_as_the_customer_reads_it_and_is_no_gap_itself() {
        let late = template(&[
            ("header", "Order {{1}}"),
            ("body", "Hi {{1}}, {{2}}."),
            ("footer", "Bye"),
            ("button.0", "Track: https://t.example/{{1}}"),
        ]);
        let (text, sent) =
            late.fill_in(&values(&[("header.1", "#7"), ("body.1", "{{2}}"), ("body.2", "it is late"), ("button.0.1", "X9")])).unwrap();
        assert_eq!(text, "Order #7\n\nHi {{2}}, it is late.\n\nBye\n\n▸ Track: https://t.example/X9");
        let gaps: Vec<_> = sent.iter().map(|(gap, _)| gap.as_str()).collect();
        assert_eq!(gaps, ["header.1", "body.1", "body.2", "button.0.1"]);
    }

    #[test]
    fn every_gap_is_filled_and_nothing_else_and_a_body_has_an_end() {
        let one = template(&[("body", "{{1}}")]);
        assert!(one.fill_in(&values(&[])).is_err());
        assert!(one.fill_in(&values(&[("body.1", " ")])).is_err());
        assert!(one.fill_in(&values(&[("body.1", "a"), ("body.2", "b")])).is_err());
        assert!(one.fill_in(&values(&[("body.1", &"ö".repeat(1_024))])).is_ok());
        assert!(one.fill_in(&values(&[("body.1", &"ö".repeat(1_025))])).is_err());
    }
}
