//! What people write into cells: dates, yes and no, lists of tags; and what keeps a cell from being run by a spreadsheet.

use jiff::civil::Date;
use kernel::{Sentence, say};
use serde_json::Value;

use super::columns::Dates;
use crate::{
    attribute::{Attribute, AttributeKind},
    birthday::Birthday,
};

/// A cell that begins so is a formula to a spreadsheet.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];
/// Goes before one, and is taken away again: spreadsheets read what follows as a text.
const TEXT: char = '\'';
/// Between tags. A tag that has one in its name has it after a `\`.
const BETWEEN: char = '|';

/// A cell as it is written into a file people open.
pub(crate) fn harmless(cell: &str) -> String {
    if is_formula(cell) { format!("{TEXT}{cell}") } else { cell.to_owned() }
}

/// What was meant by a cell that may have been made harmless.
pub(crate) fn meant(cell: &str) -> &str {
    cell.strip_prefix(TEXT).filter(|_| is_formula(cell)).unwrap_or(cell).trim()
}

/// Also one that has been made harmless: it gets another sign, so that what is read back is what was written.
fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches(TEXT).starts_with(FORMULA)
}

/// Yes or no, in four languages and as programs write it.
pub(crate) fn yes_or_no(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "x" | "ja" | "j" | "sann" | "evet" | "e" | "doğru" | "是" | "subscribed" => Some(true),
        "no" | "n" | "false" | "0" | "nei" | "usann" | "hayır" | "h" | "yanlış" | "否" | "unsubscribed" => Some(false),
        _ => None,
    }
}

/// A day with its year.
pub(crate) fn date(text: &str, order: Dates) -> Option<Date> {
    let [first, second, third] = numbers(text)?;
    let (year, month, day) = match order {
        _ if first.len() == 4 => (first, second, third),
        Dates::MonthFirst if text.contains('/') => (third, first, second),
        _ => (third, second, first),
    };
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// A birthday, with its year or without.
pub(crate) fn birthday(text: &str, order: Dates) -> Option<Birthday> {
    if let Some(date) = date(text, order) {
        return Some(Birthday { month: date.month().into(), day: date.day().into(), year: Some(date.year().into()) });
    }
    // 05-17, as an export writes it
    let (month, day) = text.split_once('-')?;
    let two = |text: &str| (text.len() == 2).then(|| text.parse().ok()).flatten();
    Some(Birthday { month: two(month)?, day: two(day)?, year: None })
}

/// A birthday as [`birthday`] reads it.
pub(crate) fn written(day: Birthday) -> String {
    day.year.map_or_else(|| day.date(), |year| format!("{year:04}-{}", day.date()))
}

fn numbers(text: &str) -> Option<[&str; 3]> {
    let day = text.split([' ', 'T']).next()?;
    let mut parts = day.trim_end_matches('.').split(['-', '/', '.', '年', '月']).map(|part| part.trim_end_matches('日'));
    let numbers = [parts.next()?, parts.next()?, parts.next()?];
    let fine =
        parts.next().is_none() && numbers.iter().all(|part| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
    fine.then_some(numbers)
}

/// The tags of a cell: between upright strokes, or else between commas or semicolons, unless the whole is one of `known`.
pub(crate) fn tags(text: &str, known: impl Fn(&str) -> bool) -> Vec<String> {
    let parts: Vec<String> = if text.contains([BETWEEN, '\\']) {
        between_strokes(text)
    } else if known(text) {
        vec![text.to_owned()]
    } else {
        text.split([',', ';']).map(str::to_owned).collect()
    };
    parts.into_iter().map(|tag| platform::html::clean_line(&tag)).filter(|tag| !tag.is_empty()).collect()
}

fn between_strokes(text: &str) -> Vec<String> {
    let (mut parts, mut letters) = (vec![String::new()], text.chars());
    while let Some(letter) = letters.next() {
        let letter = match letter {
            BETWEEN => {
                parts.push(String::new());
                continue;
            }
            '\\' => letters.next().unwrap_or('\\'),
            letter => letter,
        };
        if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
    }
    parts
}

/// Tags as [`tags`] reads them.
pub(crate) fn between(tags: &[&str]) -> String {
    let escaped = |tag: &&str| tag.replace('\\', "\\\\").replace(BETWEEN, "\\|");
    let joined = tags.iter().map(escaped).collect::<Vec<_>>().join("|");
    // one that would be cut at its comma is ended by a stroke
    if tags.len() == 1 && joined.contains([',', ';']) { format!("{joined}{BETWEEN}") } else { joined }
}

/// What a cell says of an attribute.
pub(crate) fn value(attribute: &Attribute, text: &str, order: Dates) -> Result<Value, Sentence> {
    let value = match attribute.kind {
        AttributeKind::Text => text.into(),
        AttributeKind::Number => number(text).ok_or(say!("not-a-number"))?,
        AttributeKind::YesNo => yes_or_no(text).ok_or(say!("not-yes-or-no"))?.into(),
        AttributeKind::Date => date(text, order).ok_or(say!("not-a-date"))?.to_string().into(),
        AttributeKind::Choice => {
            let same = attribute.choices.iter().find(|choice| choice.to_lowercase() == text.to_lowercase());
            same.map_or(text, String::as_str).into()
        }
    };
    attribute.accept(&value)
}

/// `1 234,5` as well as `1,234.5`: the last of the two signs is the decimal one, unless it stands there several times.
fn number(text: &str) -> Option<Value> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let decimal = match (text.rfind(','), text.rfind('.')) {
        (Some(comma), Some(point)) if comma > point => ',',
        (Some(_), None) if text.matches(',').count() == 1 => ',',
        _ => '.',
    };
    let plain: String = text.chars().filter(|c| *c == decimal || !",.".contains(*c)).collect::<String>().replace(decimal, ".");
    if !plain.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'+' | b'.' | b'e' | b'E')) {
        return None;
    }
    // a whole number stays one
    plain.parse::<i64>().map(Value::from).ok().or_else(|| plain.parse::<f64>().ok().filter(|n| n.is_finite()).map(Value::from))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_each_is_read_back_as_it_was() {
        for cell in ["=1+1", "+47 22", "-5", "@SUM(A1)", "\tx", "\r", "'=1", "''=1", "'tis", "Mara", "", "'", "a=b"] {
            let written = harmless(cell);
            assert!(!written.starts_with(FORMULA), "{cell:?}");
            assert_eq!(meant(&written), cell.trim(), "{cell:?}");
        }
        assert_eq!(harmless("Mara"), "Mara");
    }

    #[test]
    fn dates_are_read_as_they_are_written() {
        use Dates::{DayFirst, MonthFirst};
        for (text, order, day) in [
            ("1990-05-17", DayFirst, Some("1990-05-17")),
            ("1990/05/17", MonthFirst, Some("1990-05-17")),
            ("17.05.1990", MonthFirst, Some("1990-05-17")),
            ("7.5.1990", DayFirst, Some("1990-05-07")),
            ("05/07/1990", DayFirst, Some("1990-07-05")),
            ("05/07/1990", MonthFirst, Some("1990-05-07")),
            ("17-05-1990", DayFirst, Some("1990-05-17")),
            ("1990-05-17T10:00:00Z", DayFirst, Some("1990-05-17")),
            ("1990年5月17日", DayFirst, Some("1990-05-17")),
            ("17/13/1990", DayFirst, None),
            ("30.02.1990", DayFirst, None),
            ("17.05.90", DayFirst, None),
            ("yesterday", DayFirst, None),
            ("1-2-3-4", DayFirst, None),
            ("", DayFirst, None),
        ] {
            assert_eq!(date(text, order).map(|day| day.to_string()).as_deref(), day, "{text}");
        }
        assert_eq!(birthday("02-29", DayFirst).map(written).as_deref(), Some("02-29"));
        assert_eq!(birthday("1990-05-17", DayFirst).map(written).as_deref(), Some("1990-05-17"));
        assert_eq!(birthday("2-29", DayFirst), None);
    }

    #[test]
    fn tags_come_back_as_they_were_written() {
        let known = |name: &str| name == "Oslo, west";
        for (text, found) in [
            ("vip, b2b; new", vec!["vip", "b2b", "new"]),
            ("vip|b2b", vec!["vip", "b2b"]),
            ("Oslo, west", vec!["Oslo, west"]),
            ("Oslo, east|", vec!["Oslo, east"]),
            ("a\\|b|c\\\\d", vec!["a|b", "c\\d"]),
            (" , ,", vec![]),
            ("\\", vec!["\\"]),
        ] {
            assert_eq!(tags(text, known), found, "{text}");
        }
        for names in [vec!["vip"], vec!["a,b"], vec!["a|b", "c\\", ";"], vec![]] {
            assert_eq!(tags(&between(&names), |_| false), names, "{names:?}");
        }
    }

    #[test]
    fn a_cell_is_of_its_attributes_kind() {
        let id = uuid::Uuid::from_u128(1).into();
        for (kind, text, fine) in [
            (AttributeKind::Number, "1 234,5", Some(json!(1234.5))),
            (AttributeKind::Number, "1,234.5", Some(json!(1234.5))),
            (AttributeKind::Number, "1.234.567", None),
            (AttributeKind::Number, "-12", Some(json!(-12))),
            (AttributeKind::Number, "1,234,567", Some(json!(1_234_567))),
            (AttributeKind::Number, "1e400", None),
            (AttributeKind::Number, "NaN", None),
            (AttributeKind::YesNo, "Evet", Some(json!(true))),
            (AttributeKind::YesNo, "nei", Some(json!(false))),
            (AttributeKind::YesNo, "maybe", None),
            (AttributeKind::Date, "17.05.1990", Some(json!("1990-05-17"))),
            (AttributeKind::Choice, "m", Some(json!("M"))),
            (AttributeKind::Choice, "L", None),
            (AttributeKind::Text, "42 EU", Some(json!("42 EU"))),
        ] {
            let attribute = Attribute { id, key: "size".into(), label: "Size".into(), kind, choices: vec!["S".into(), "M".into()] };
            assert_eq!(value(&attribute, text, Dates::DayFirst).ok(), fine, "{kind} {text}");
        }
    }
}
