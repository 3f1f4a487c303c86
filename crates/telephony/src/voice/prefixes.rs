//! Which numbers are rung at the shop's cost: only those that begin as is written down for the line. What costs more than a call to
//! a colleague is nowhere listed whole and is another tomorrow, so what is allowed is named, and not what is forbidden.

/// Nobody names more.
pub const MOST: usize = 20;
/// No number begins with so many digits and is still more than one.
const LONGEST: usize = 12;
/// Country codes of one digit and of two, as ITU-T E.164 has them; all others have three.
const SHORT: [&str; 46] = [
    "1", "7", "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49", "51", "52", "53",
    "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95",
    "98",
];

/// How numbers begin, as E.164 writes it; none where that is no such thing, or lets in a whole country with all that is dear there.
pub fn read(written: &str) -> Option<String> {
    let written: String = written.chars().filter(|c| !" ()-./".contains(*c)).collect();
    let digits = written.strip_prefix('+').filter(|digits| digits.len() <= LONGEST && digits.bytes().all(|b| b.is_ascii_digit()))?;
    let country = SHORT.iter().find(|code| digits.starts_with(**code)).map_or(3, |code| code.len());
    (digits.len() > country && !digits.starts_with('0')).then(|| format!("+{digits}"))
}

/// Whether a number, as E.164 writes it, begins so.
pub fn may_ring(number: &str, prefixes: &[String]) -> bool {
    prefixes.iter().any(|prefix| number.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_more_than_a_country() {
        for (written, read_as) in [
            ("+47 4", Some("+474")),
            ("+47-9", Some("+479")),
            ("+1 (212)", Some("+1212")),
            ("+358 40", Some("+35840")),
            ("+4479", Some("+4479")),
            ("+47", None),
            ("+1", None),
            ("+358", None),
            ("+35", None),
            ("+", None),
            ("474", None),
            ("+074", None),
            ("+47x", None),
            ("+123456789012", Some("+123456789012")),
            ("+1234567890123", None),
        ] {
            assert_eq!(read(written).as_deref(), read_as, "{written}");
        }
    }

    #[test]
    fn only_what_is_named_is_rung() {
        let prefixes = ["+474".to_owned(), "+479".to_owned(), "+4479".to_owned()];
        for (what, number, fine) in [
            ("a mobile", "+4791234567", true),
            ("another", "+447911123456", true),
            ("a number that costs more", "+4782000000", false),
            ("a British one", "+449098790000", false),
            ("a satellite", "+881612345678", false),
            ("a neighbour", "+46701234567", false),
        ] {
            assert_eq!(may_ring(number, &prefixes), fine, "{what}");
        }
        assert!(!may_ring("+4791234567", &[]));
    }
}
