//! Bodies nobody sends by accident, each made from one that would be accepted.

use serde_json::{Value, json};

/// A body, and what it is about.
pub struct Hostile {
    pub what: String,
    pub kind: &'static str,
    pub bytes: Vec<u8>,
    pub fate: Fate,
}

/// What must become of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Refused,
    /// Refused, or taken without its tricks.
    Tamed,
    /// Understood: done, or not possible now.
    Understood,
}
use Fate::*;

const JSON: &str = "application/json";
/// Stands for what JSON itself cannot say.
const MARK: &str = "\u{e000}mark\u{e000}";

fn texts() -> Vec<(&'static str, String)> {
    vec![
        ("100 kB of text", "x".repeat(100_000)),
        ("nothing", String::new()),
        ("NUL", "a\0b".into()),
        ("control characters", "a\u{1}\u{8}\u{1b}[2J\u{7f}\u{9b}b".into()),
        ("letters turned around", "a\u{202e}gpj.exe\u{2066}\u{2069}".into()),
        ("letters of no width", "a\u{200b}\u{200d}\u{feff}\u{2060}b".into()),
        ("a heap of marks", format!("a{}", "\u{301}".repeat(3_000))),
        ("markup", "<script>alert(1)</script><img src=x onerror=alert(1)>".into()),
        ("a template", "{{ 7 | times: 6 }}{% for i in (1..999999999) %}x{% endfor %}".into()),
        ("SQL", "'; DROP TABLE team_shops; --".into()),
    ]
}

/// Values of the wrong type for a text or a number, as JSON writes them.
const OF_NO_USE: &[(&str, &str)] = &[("an object", r#"{"a":1}"#), ("a list of lists", "[[1]]")];
const NUMBERS: &[&str] = &["9223372036854775808", "-9223372036854775809", "1e999", "1.5"];
const EXTREMES: &[&str] = &["9223372036854775807", "-9223372036854775808", "0", "-1"];

/// Everything hostile that can be made of `sample`.
pub fn hostile_bodies(sample: &Value) -> Vec<Hostile> {
    let mut all = as_a_whole(sample);
    let mut places = Vec::new();
    leaves(sample, String::new(), &mut places);
    for place in places {
        let leaf = sample.pointer(&place).unwrap();
        let mut put = |what: &str, value: &str, fate| all.push(json_body(format!("{what} at {place}"), with(sample, &place, value), fate));
        for (what, value) in OF_NO_USE {
            put(what, value, Refused);
        }
        put("null", "null", Tamed);
        if leaf.is_string() {
            put("a number", "7", Refused);
            for (what, text) in texts() {
                put(what, &json!(text).to_string(), Tamed);
            }
            put("half a character", r#""a\ud800b""#, Refused);
            put("a megabyte", &format!("\"{}\"", "x".repeat(1_000_000)), Refused);
            let mut bytes = with(sample, &place, "\"\u{1}\"");
            bytes.iter_mut().filter(|byte| **byte == 1).for_each(|byte| *byte = 0xff);
            all.push(json_body(format!("invalid UTF-8 at {place}"), bytes, Refused));
        } else if leaf.is_number() {
            NUMBERS.iter().for_each(|number| put(number, number, Refused));
            EXTREMES.iter().for_each(|number| put(number, number, Tamed));
            put("a text", "\"7\"", Refused);
        }
    }
    // last, when all the others had their turn
    all.push(json_body("no tricks".into(), sample.to_string().into_bytes(), Understood));
    all
}

fn as_a_whole(sample: &Value) -> Vec<Hostile> {
    let mut unknown = sample.clone();
    unknown["a_field_nobody_knows"] = json!(1);
    let twice =
        sample.as_object().and_then(|fields| fields.iter().next()).map(|(name, value)| format!("{{{0}:{1},{0}:{1}}}", json!(name), value));
    let text = sample.to_string();
    let mut all = vec![
        json_body("an unknown field".into(), unknown.to_string().into_bytes(), Refused),
        json_body("300 kB of space".into(), format!("{}{text}", " ".repeat(300_000)).into_bytes(), Refused),
        json_body("deep lists".into(), vec![b'['; 10_000], Refused),
        json_body("deep objects".into(), "{\"a\":".repeat(10_000).into_bytes(), Refused),
        json_body("nothing at all".into(), Vec::new(), Refused),
        json_body("half of it".into(), text.as_bytes()[..text.len() - 1].to_vec(), Refused),
        json_body("a second one behind".into(), format!("{text}{text}").into_bytes(), Refused),
        json_body("a byte order mark".into(), format!("\u{feff}{text}").into_bytes(), Refused),
        json_body("no object".into(), b"7".to_vec(), Refused),
        Hostile { what: "another kind".into(), kind: "text/plain", bytes: text.clone().into_bytes(), fate: Refused },
        Hostile { what: "a form".into(), kind: "application/x-www-form-urlencoded", bytes: text.into_bytes(), fate: Refused },
    ];
    all.extend(twice.map(|twice| json_body("a field twice".into(), twice.into_bytes(), Refused)));
    all
}

fn json_body(what: String, bytes: Vec<u8>, fate: Fate) -> Hostile {
    Hostile { what, kind: JSON, bytes, fate }
}

/// `sample` with other JSON at a place.
fn with(sample: &Value, place: &str, raw: &str) -> Vec<u8> {
    let mut changed = sample.clone();
    if let Some(value) = changed.pointer_mut(place) {
        *value = json!(MARK);
    }
    changed.to_string().replace(&json!(MARK).to_string(), raw).into_bytes()
}

/// Where texts, numbers and the like stand, however deep.
fn leaves(value: &Value, place: String, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| leaves(value, format!("{place}/{}", name.replace('~', "~0").replace('/', "~1")), found))
        }
        Value::Array(items) => items.iter().enumerate().for_each(|(at, value)| leaves(value, format!("{place}/{at}"), found)),
        _ => found.push(place),
    }
}
