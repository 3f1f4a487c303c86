//! Templates as Meta tells of them and takes them. Source: Meta's reference of message templates, their components, and messaging limits.

use std::collections::BTreeMap;

use inbox::message::SentTemplate;
use platform::{
    html::{clean_line, clean_text},
    trouble::Fault,
};
use serde_json::{Value, json};

use crate::{
    lines::terms::{Allowance, Quality, Template, TemplateCategory, TemplatePart, Terms},
    meta::Graph,
};

/// So many are read, the first ones Meta tells of.
const MOST: usize = 500;
const AT_ONCE: usize = 50;
/// A part's text is no longer, in characters; Meta allows half of it.
const LONGEST_PART: usize = 2_048;
const LONGEST_EXAMPLE: usize = 200;
const MOST_BUTTONS: usize = 10;

/// All that can be sent, and how often.
pub async fn terms(graph: &Graph<'_>, business: &str, number: &str) -> Result<Terms, Fault> {
    let (mut told, mut after) = (Vec::new(), String::new());
    // a list that never ends is left after so many pages, empty ones too
    for _ in 0..MOST / AT_ONCE {
        let page = graph
            .get(&format!("{business}/message_templates?fields=name,language,status,category,components&limit={AT_ONCE}{after}"))
            .await?;
        told.extend(page["data"].as_array().cloned().unwrap_or_default());
        let next = page["paging"]["cursors"]["after"].as_str().filter(|next| page["paging"]["next"].is_string() && is_cursor(next));
        match next {
            Some(next) => after = format!("&after={next}"),
            None => break,
        }
    }
    told.truncate(MOST);
    let templates: Vec<_> = told.iter().filter_map(template).collect();
    let others = told.len() as i64 - templates.len() as i64;
    let limits = graph.get(&format!("{number}?fields=messaging_limit_tier,quality_rating")).await?;
    Ok(Terms { templates, others, allowance: allowance(&limits) })
}

/// It goes into an address as it is.
fn is_cursor(text: &str) -> bool {
    (1..=500).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_=".contains(&b))
}

fn text(value: &Value) -> String {
    clean_text(value.as_str().unwrap_or_default()).chars().take(LONGEST_PART).collect()
}

/// One that can be sent from here: Meta has agreed to it, and it is all text and links.
fn template(told: &Value) -> Option<Template> {
    let (name, language) = (told["name"].as_str()?, told["language"].as_str()?);
    let is_name =
        |name: &str, most: usize| (1..=most).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if !is_name(name, 512) || !is_name(language, 15) || told["status"] != "APPROVED" {
        return None;
    }
    let category = match told["category"].as_str()? {
        "MARKETING" => TemplateCategory::Marketing,
        "UTILITY" => TemplateCategory::Utility,
        // codes to sign in with are no answers
        _ => return None,
    };
    let (mut parts, mut examples) = (Vec::new(), BTreeMap::new());
    for component in told["components"].as_array()? {
        for (part, shown) in component_parts(component)? {
            for (nth, gap) in part.gaps().into_iter().enumerate() {
                if let Some(example) = shown.get(nth) {
                    examples.insert(gap, clean_line(example).chars().take(LONGEST_EXAMPLE).collect());
                }
            }
            parts.push(part);
        }
    }
    Some(Template { name: name.to_owned(), language: language.to_owned(), category, parts, examples })
}

/// The parts of a component, each with an example for each of its gaps; nothing where it needs more than text.
fn component_parts(component: &Value) -> Option<Vec<(TemplatePart, Vec<String>)>> {
    let one = |place: &str, examples: Vec<String>| {
        let part = TemplatePart { place: place.to_owned(), text: text(&component["text"]) };
        Some(vec![(part, examples)])
    };
    let example = &component["example"];
    match component["type"].as_str()? {
        "HEADER" if component["format"] == "TEXT" => one("header", shown(&example["header_text"], &example["header_text_named_params"])),
        "BODY" => one("body", shown(&example["body_text"][0], &example["body_text_named_params"])),
        "FOOTER" => one("footer", Vec::new()),
        "BUTTONS" => component["buttons"].as_array()?.iter().take(MOST_BUTTONS).enumerate().map(|(nth, told)| button(nth, told)).collect(),
        _ => None,
    }
}

fn button(nth: usize, told: &Value) -> Option<(TemplatePart, Vec<String>)> {
    let label = clean_line(told["text"].as_str()?);
    let (text, examples) = match told["type"].as_str()? {
        "QUICK_REPLY" => (label, Vec::new()),
        "PHONE_NUMBER" => (format!("{label}: {}", clean_line(told["phone_number"].as_str()?)), Vec::new()),
        "URL" => {
            let url = clean_line(told["url"].as_str()?);
            // the example is of the whole address, and the gap its end
            let before = url.split("{{").next().unwrap_or_default();
            let end = |example: String| example.strip_prefix(before).map_or(example.clone(), str::to_owned);
            (format!("{label}: {url}"), shown(&told["example"], &Value::Null).into_iter().map(end).collect())
        }
        _ => return None,
    };
    Some((TemplatePart { place: format!("button.{nth}"), text: text.chars().take(LONGEST_PART).collect() }, examples))
}

/// Examples in order, whether gaps are numbered or named.
fn shown(numbered: &Value, named: &Value) -> Vec<String> {
    let said = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    match (numbered.as_array(), named.as_array()) {
        (Some(all), _) => all.iter().map(said).collect(),
        (None, Some(all)) => all.iter().map(|one| said(&one["example"])).collect(),
        (None, None) => Vec::new(),
    }
}

fn allowance(told: &Value) -> Option<Allowance> {
    let most = match told["messaging_limit_tier"].as_str()? {
        "TIER_50" => Some(50),
        "TIER_250" => Some(250),
        "TIER_1K" => Some(1_000),
        "TIER_2K" => Some(2_000),
        "TIER_10K" => Some(10_000),
        "TIER_100K" => Some(100_000),
        "TIER_UNLIMITED" => None,
        // a step that came later says nothing wrong
        _ => return None,
    };
    let quality = match told["quality_rating"].as_str().unwrap_or_default() {
        "GREEN" => Quality::Good,
        "YELLOW" => Quality::Middling,
        "RED" => Quality::Poor,
        _ => Quality::Unknown,
    };
    Some(Allowance { most, quality })
}

/// A template as it is sent: what stands in each gap, part by part.
pub fn content(template: &SentTemplate) -> Value {
    let mut components: Vec<(&str, Vec<Value>)> = Vec::new();
    for (gap, value) in &template.values {
        let Some((place, name)) = gap.rsplit_once('.') else { continue };
        let mut parameter = json!({ "type": "text", "text": value });
        if !name.bytes().all(|b| b.is_ascii_digit()) {
            parameter["parameter_name"] = json!(name);
        }
        match components.last_mut().filter(|(last, _)| *last == place) {
            Some((_, parameters)) => parameters.push(parameter),
            None => components.push((place, vec![parameter])),
        }
    }
    let components: Vec<_> = components.into_iter().map(|(place, parameters)| component(place, parameters)).collect();
    json!({ "type": "template", "template": {
        "name": template.name, "language": { "code": template.language }, "components": components,
    } })
}

fn component(place: &str, parameters: Vec<Value>) -> Value {
    match place.strip_prefix("button.") {
        Some(index) => json!({ "type": "button", "sub_type": "url", "index": index, "parameters": parameters }),
        None => json!({ "type": place, "parameters": parameters }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(components: Value) -> Value {
        json!({ "name": "late", "language": "nb", "status": "APPROVED", "category": "UTILITY", "components": components })
    }

    #[test]
    fn what_needs_more_than_text_or_is_not_agreed_to_is_left_out() {
        let body = json!({ "type": "BODY", "text": "Hi {{1}}", "example": { "body_text": [["Ada"]] } });
        assert_eq!(template(&told(json!([body]))).unwrap().examples, BTreeMap::from([("body.1".to_owned(), "Ada".to_owned())]));
        assert!(template(&told(json!([{ "type": "HEADER", "format": "IMAGE" }, body]))).is_none());
        assert!(template(&told(json!([body, { "type": "BUTTONS", "buttons": [{ "type": "OTP", "text": "Copy" }] }]))).is_none());
        for (field, value) in
            [("status", "PAUSED"), ("status", "REJECTED"), ("category", "AUTHENTICATION"), ("name", "a/b"), ("language", "")]
        {
            let mut other = told(json!([body]));
            other[field] = json!(value);
            assert!(template(&other).is_none(), "{field} {value}");
        }
    }

    #[test]
    fn the_example_of_an_address_is_what_stands_in_its_gap() {
        let button = |example: &str| json!({ "type": "URL", "text": "Track", "url": "https://post.example/{{1}}", "example": [example] });
        for example in ["https://post.example/X9", "X9"] {
            let buttons = json!([{ "type": "BODY", "text": "Hi" }, { "type": "BUTTONS", "buttons": [button(example)] }]);
            assert_eq!(template(&told(buttons)).unwrap().examples, BTreeMap::from([("button.0.1".to_owned(), "X9".to_owned())]));
        }
    }

    #[test]
    fn a_text_is_kept_up_to_its_bound() {
        let long = |count: usize| template(&told(json!([{ "type": "BODY", "text": "a".repeat(count) }]))).unwrap().parts[0].text.len();
        assert_eq!((long(LONGEST_PART), long(LONGEST_PART + 1)), (LONGEST_PART, LONGEST_PART));
        assert!(is_cursor("QVFIUg-_=") && !is_cursor("a&limit=9") && !is_cursor("") && !is_cursor(&"a".repeat(501)));
    }

    #[test]
    fn a_value_goes_where_its_gap_stands() {
        let values = [("header.1", "#7"), ("body.name", "Ada"), ("body.order", "#7"), ("button.1.1", "X9")];
        let values = values.map(|(gap, value)| (gap.to_owned(), value.to_owned())).to_vec();
        let sent = content(&SentTemplate { name: "late".into(), language: "nb".into(), values });
        assert_eq!(
            sent["template"]["components"],
            json!([
                { "type": "header", "parameters": [{ "type": "text", "text": "#7" }] },
                { "type": "body", "parameters": [
                    { "type": "text", "text": "Ada", "parameter_name": "name" }, { "type": "text", "text": "#7", "parameter_name": "order" } ] },
                { "type": "button", "sub_type": "url", "index": "1", "parameters": [{ "type": "text", "text": "X9" }] },
            ])
        );
    }

    #[test]
    fn a_step_nobody_knows_yet_says_nothing() {
        let read = |tier: &str| allowance(&json!({ "messaging_limit_tier": tier, "quality_rating": "GREEN" })).map(|one| one.most);
        assert_eq!([read("TIER_250"), read("TIER_UNLIMITED"), read("TIER_7M")], [Some(Some(250)), Some(None), None]);
    }
}
