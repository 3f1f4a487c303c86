//! A country, by its two letters.

use kernel::say;
use platform::http::Check;

/// Cleans and checks an optional country; an empty one becomes none.
pub fn check(check: &mut Check, field: &str, country: &mut Option<String>) {
    check.maybe_line(field, country, 2);
    let two_letters = |country: &String| country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase());
    check.that(country.as_ref().is_none_or(two_letters), field, say!("not-a-country"));
}
