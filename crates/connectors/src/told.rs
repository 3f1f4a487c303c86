//! What shop systems say, cut to the lengths Ombud keeps: a long name must not stop a copy.

use std::{cmp::Ordering, collections::BTreeMap};

use commerce::stock::Count;
use customers::customer::Details;
use kernel::{ActionId, Currency, Money, Timestamp};
use platform::html;
use serde::{Deserialize, Deserializer};
use serde_json::Number;

/// An order has at most so many lines, and as many parcels; a product as many variants.
pub(crate) const MOST_LINES: usize = 500;

/// A figure of theirs, for `deserialize_with`: no amount and no number of pieces is larger than [`Money::MOST`], one way or the
/// other, and whoever counts by weight has begun another piece.
pub(crate) fn figure<'de, D: Deserializer<'de>>(from: D) -> Result<i64, D::Error> {
    let number = Number::deserialize(from)?;
    let whole = number.as_i64().unwrap_or_else(|| {
        let weighed = number.as_f64().unwrap_or_default();
        weighed.abs().ceil().copysign(weighed) as i64
    });
    Ok(whole.clamp(-Money::MOST, Money::MOST))
}

/// A figure that need not be there.
pub(crate) fn maybe_figure<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
    #[derive(Deserialize)]
    struct Figure(#[serde(deserialize_with = "figure")] i64);
    Ok(Option::<Figure>::deserialize(from)?.map(|Figure(number)| number))
}

/// No sum is larger: what lies between two of them still is a number.
const MOST_SUM: i64 = i64::MAX / 2;

/// What figures come to, however many there are.
pub(crate) fn sum(figures: impl IntoIterator<Item = i64>) -> i64 {
    figures.into_iter().fold(0, |sum: i64, figure| sum.saturating_add(figure).clamp(-MOST_SUM, MOST_SUM))
}

/// What is taken off beside an order's parts, and what is added to them, so that they come to its total.
pub(crate) fn beside(parts: i64, total: i64) -> (i64, i64) {
    let added = sum([total, -parts]);
    ((-added).clamp(0, Money::MOST), added.clamp(0, Money::MOST))
}

/// An id of theirs, told from those of any other shop system by where it is.
pub(crate) fn reference(source: &str, id: &str) -> String {
    called(&format!("{source}/{id}"), "?", 200)
}

/// Text of one line that is not empty: `otherwise` where it is.
pub(crate) fn called(text: &str, otherwise: &str, most: usize) -> String {
    line(text, most).or_else(|| line(otherwise, most)).unwrap_or_else(|| "?".to_owned())
}

/// Text of one line, of at most so many characters.
pub(crate) fn line(text: &str, most: usize) -> Option<String> {
    let line: String = html::clean_line(text).chars().take(most).collect();
    Some(line).filter(|line| !line.is_empty())
}

/// Text without its HTML.
pub(crate) fn plain(text: &str, most: usize) -> Option<String> {
    let text: String = html::clean_text(&html::to_text(text)).chars().take(most).collect();
    Some(text).filter(|text| !html::is_blank(text))
}

/// A web address, whole or not at all.
pub(crate) fn address(url: &str) -> Option<String> {
    let fine = url.len() <= 2_000 && reqwest::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    fine.then(|| url.to_owned())
}

/// What is known of whoever bought.
pub(crate) fn details(name: [&str; 2], email: &str, phone: &str, country: &str) -> Details {
    let email = html::clean_line(email);
    Details {
        name: line(&name.join(" "), 120),
        email: Some(email).filter(|email| email.len() <= 254 && email.contains('@')),
        phone: line(phone, 32),
        country: Some(country.to_owned()).filter(|code| code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase())),
        ..Details::default()
    }
}

/// Nobody keeps anything at more places.
const MOST_PLACES: usize = 500;

/// What is left of a variant; two places of one name are one.
pub(crate) fn count(variant: String, places: impl IntoIterator<Item = (String, i64)>) -> Count {
    let mut left = BTreeMap::new();
    for (place, available) in places.into_iter().take(MOST_PLACES) {
        let at = left.entry(called(&place, "?", 120)).or_default();
        *at = sum([*at, available]).clamp(-Money::MOST, Money::MOST);
    }
    Count { variant, left }
}

/// Where an order goes, as the post calls it.
pub(crate) fn postcode(text: &str) -> Option<String> {
    line(text, commerce::order::LONGEST_POSTCODE)
}

/// What is counted in units of so many digits behind the point, in the currency's smallest one; half of one is rounded up.
pub(crate) fn minor(value: i64, digits: u32, currency: Currency) -> i64 {
    let scaled = i128::from(value) * 10_i128.pow(currency.digits().min(9)) * 2;
    let by = 10_i128.pow(digits.min(9));
    let rounded = (scaled + by).div_euclid(by * 2);
    rounded.clamp(0, i128::from(Money::MOST)) as i64
}

/// No currency has more digits behind the point, and what many lines come to still is a number.
pub(crate) const DIGITS: u32 = 4;

/// An amount written with a point, such as `-29.90`, in units of [`DIGITS`] digits behind the point; what is not a number is nothing.
pub(crate) fn decimal(text: &str) -> i64 {
    let text = text.trim();
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !is_number(whole) || !is_number(part) {
        return 0;
    }
    let part: String = part.chars().chain("0000".chars()).take(DIGITS as usize).collect();
    // nothing is sold for more
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().unwrap_or(Money::MOST).min(Money::MOST) };
    let amount = whole * 10_i64.pow(DIGITS) + part.parse().unwrap_or(0);
    if negative { -amount } else { amount }
}

/// An amount that is a number in JSON, in units of [`DIGITS`] digits behind the point, for `deserialize_with`. Such a number is exact
/// to fifteen digits, and no amount has more; what computing has left behind them is rounded away. What is not said is nothing.
pub(crate) fn amount<'de, D: Deserializer<'de>>(from: D) -> Result<i64, D::Error> {
    let number = Option::<Number>::deserialize(from)?.and_then(|number| number.as_f64()).unwrap_or_default();
    let most = Money::MOST as f64;
    Ok(decimal(&format!("{:.digits$}", number.clamp(-most, most), digits = DIGITS as usize)))
}

/// An amount as it is written with a point, `29.90`.
pub(crate) fn written(Money { minor, currency }: Money) -> String {
    let digits = currency.digits();
    let one = 10_i64.pow(digits.min(9));
    match digits {
        0 => minor.to_string(),
        _ => format!("{}.{:0width$}", minor / one, minor % one, width = digits as usize),
    }
}

/// A text with an action's id behind it, where it is found again.
pub(crate) fn marked(text: &str, action: ActionId) -> String {
    format!("{text} ({action})")
}

/// Whether a text has this action's id behind it.
pub(crate) fn is_marked(text: &str, action: ActionId) -> bool {
    mark(text) == Some(action)
}

/// What a text says in lines that have no action's id behind them: what we have written there ourselves is nobody's word.
pub(crate) fn unmarked(text: &str) -> String {
    text.lines().filter(|line| mark(line).is_none()).collect::<Vec<_>>().join("\n")
}

/// The action whose id a text has behind it.
fn mark(text: &str) -> Option<ActionId> {
    text.trim_end().strip_suffix(')')?.rsplit_once('(')?.1.parse().ok()
}

/// Numbers in their order; ids of another kind in one that stays.
pub(crate) fn by_id(one: &str, other: &str) -> Ordering {
    (one.len(), one).cmp(&(other.len(), other))
}

/// A moment that is written without its zone, and meant in UTC.
pub(crate) fn utc(text: &str) -> Option<Timestamp> {
    format!("{text}Z").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_counted_in_the_currencys_smallest_unit() {
        for (value, units, currency, minor_units) in [
            (1_999, 2, "EUR", 1_999),
            (120_000, 2, "JPY", 1_200),
            (120_049, 2, "JPY", 1_200),
            (120_050, 2, "JPY", 1_201),
            (1_999, 2, "KWD", 19_990),
            (19_994, 3, "EUR", 1_999),
            (19_995, 3, "EUR", 2_000),
            (-1, 2, "EUR", 0),
            (Money::MOST, 2, "EUR", Money::MOST),
            (Money::MOST + 1, 2, "EUR", Money::MOST),
            (i64::MAX, 0, "KWD", Money::MOST),
        ] {
            assert_eq!(minor(value, units, currency.parse().unwrap()), minor_units, "{value} {units} {currency}");
        }
    }

    #[test]
    fn a_figure_is_whole_and_within_bounds_whatever_is_said() {
        for (said, whole) in [
            ("3", 3),
            ("-3", -3),
            ("2.1", 3),
            ("-2.1", -3),
            ("0.0", 0),
            ("1000000000000", Money::MOST),
            ("1000000000001", Money::MOST),
            ("9223372036854775807", Money::MOST),
            ("-9223372036854775808", -Money::MOST),
            ("18446744073709551615", Money::MOST),
            ("1e308", Money::MOST),
            ("-1e308", -Money::MOST),
        ] {
            assert_eq!(figure(&mut serde_json::Deserializer::from_str(said)).unwrap(), whole, "{said}");
        }
        for said in ["\"3\"", "null", "[]", "1e400"] {
            assert!(figure(&mut serde_json::Deserializer::from_str(said)).is_err(), "{said}");
        }
    }

    #[test]
    fn sums_do_not_run_over_nor_does_what_lies_between_two_of_them() {
        assert_eq!(sum([3, -5, 4]), 2);
        assert_eq!((sum([i64::MAX; 3]), sum([i64::MIN; 3])), (MOST_SUM, -MOST_SUM));
        for (parts, total, discount, added) in [
            (100, 100, 0, 0),
            (130, 100, 30, 0),
            (100, 130, 0, 30),
            (500 * Money::MOST, 0, Money::MOST, 0),
            (MOST_SUM, -MOST_SUM, Money::MOST, 0),
            (-MOST_SUM, MOST_SUM, 0, Money::MOST),
        ] {
            assert_eq!(beside(parts, total), (discount, added), "{parts} {total}");
        }
    }

    #[test]
    fn what_has_no_name_is_called_something_and_no_name_is_long() {
        assert_eq!(
            (called("Tent", "#1", 300), called(" \u{200b}", "#1", 300), called("", "", 300)),
            ("Tent".into(), "#1".into(), "?".into())
        );
        assert_eq!(called("", &"1".repeat(65), 64), "1".repeat(64));
        assert_eq!(reference("shop.example", "7\n\u{202e}1"), "shop.example/7 1");
    }

    #[test]
    fn amounts_with_a_point_are_read_to_the_last_digit() {
        for (text, amount) in [
            ("29.90", 299_000),
            ("-29.9", -299_000),
            ("0.1", 1_000),
            ("12", 120_000),
            ("12.3456789", 123_456),
            (".5", 5_000),
            (" 7 ", 70_000),
            ("", 0),
            ("-", 0),
            ("1,5", 0),
            ("1e9", 0),
            ("+5", 0),
            ("NaN", 0),
            ("1000000000000", Money::MOST * 10_000),
            ("1000000000001", Money::MOST * 10_000),
            ("99999999999999999999999", Money::MOST * 10_000),
            ("-99999999999999999999999", -Money::MOST * 10_000),
        ] {
            assert_eq!(decimal(text), amount, "{text}");
        }
    }

    #[test]
    fn an_amount_that_is_a_number_is_read_as_it_is_written() {
        for (said, units) in [
            ("29.9", 299_000),
            ("29.90", 299_000),
            ("0.1", 1_000),
            ("0.30000000000000004", 3_000),
            ("659.2125", 6_592_125),
            ("-10", -100_000),
            ("9999999999.99", 99_999_999_999_900),
            ("99999999999.9999", 999_999_999_999_999),
            ("61.875", 618_750),
            ("61.874999999999993", 618_750),
            ("1000000000000", Money::MOST * 10_000),
            ("1e308", Money::MOST * 10_000),
            ("-1e308", -Money::MOST * 10_000),
            ("-9223372036854775808", -Money::MOST * 10_000),
            ("1e-7", 0),
            ("null", 0),
        ] {
            assert_eq!(amount(&mut serde_json::Deserializer::from_str(said)).unwrap(), units, "{said}");
        }
        assert!(amount(&mut serde_json::Deserializer::from_str("\"29.90\"")).is_err());
    }

    #[test]
    fn an_amount_is_written_with_the_digits_of_its_currency() {
        for (minor, currency, text) in [(2_990, "EUR", "29.90"), (5, "NOK", "0.05"), (1_200, "JPY", "1200"), (19_995, "KWD", "19.995")] {
            assert_eq!(written(Money { minor, currency: currency.parse().unwrap() }), text);
        }
    }

    #[test]
    fn what_we_have_written_is_known_again_and_told_from_what_others_have() {
        let (action, another) = ("act_00000000000000000000000004".parse().unwrap(), "act_00000000000000000000000008".parse().unwrap());
        let noted = marked("It is a present (no invoice)", action);
        assert!(is_marked(&noted, action) && !is_marked(&noted, another));
        assert!(!is_marked(&format!("{noted} or not"), action) && !is_marked("(act_)", action) && !is_marked("", action));
        assert_eq!(unmarked(&format!("Ring twice\n{noted}\nAt the back (left)")), "Ring twice\nAt the back (left)");
        assert_eq!(unmarked(&noted), "");
    }

    #[test]
    fn a_long_text_is_cut_and_does_not_stop_a_copy() {
        assert_eq!(line(&"å".repeat(301), 300).map(|text| text.chars().count()), Some(300));
        assert_eq!(line(" \u{200b} ", 300), None);
        assert_eq!(plain("<p>It <b>stands</b>.</p>", 8).as_deref(), Some("It stand"));
    }

    #[test]
    fn an_address_is_kept_whole_or_not_at_all() {
        let long = format!("https://a.example/{}", "x".repeat(1_982));
        assert_eq!(address(&long), Some(long.clone()));
        for url in [format!("{long}x").as_str(), "javascript:alert(1)", "/tent.jpg", ""] {
            assert_eq!(address(url), None);
        }
    }
}
