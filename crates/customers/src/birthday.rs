//! A birthday: the day to congratulate on. The year is nobody's business unless the customer gave it.

use kernel::{Result, Timestamp, invalid, say};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whoever is older than that has made a mistake.
const FIRST_YEAR: i64 = 1900;

/// A day of the year, perhaps of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Birthday {
    #[schema(minimum = 1, maximum = 12)]
    pub month: i64,
    #[schema(minimum = 1, maximum = 31)]
    pub day: i64,
    /// Only if they said it; null otherwise, so that nobody leaves it out by mistake.
    #[schema(required, minimum = 1900)]
    #[serde(deserialize_with = "Option::deserialize")]
    pub year: Option<i64>,
}

impl Birthday {
    /// Errors: `Invalid` unless it is a day that has been.
    pub(crate) fn must_have_been(self, now: Timestamp) -> Result<()> {
        if self.has_been(now) { Ok(()) } else { Err(invalid("birthday", say!("not-a-birthday"))) }
    }

    fn has_been(self, now: Timestamp) -> bool {
        // of a year that is not known it may be the 29th of February
        let date = |year: i64| {
            let (year, month, day) = (i16::try_from(year).ok()?, i8::try_from(self.month).ok()?, i8::try_from(self.day).ok()?);
            jiff::civil::Date::new(year, month, day).ok()
        };
        let Some(day) = date(self.year.unwrap_or(2000)) else { return false };
        self.year.is_none_or(|year| year >= FIRST_YEAR && day <= now.calendar().to_zoned(jiff::tz::TimeZone::UTC).date())
    }

    /// Month and day as they are stored: `05-17`.
    pub(crate) fn date(self) -> String {
        format!("{:02}-{:02}", self.month, self.day)
    }

    /// What [`Birthday::date`] and the year were.
    pub(crate) fn stored(date: Option<String>, year: Option<i64>) -> Option<Birthday> {
        let date = date?;
        let (month, day) = date.split_once('-')?;
        Some(Birthday { month: month.parse().ok()?, day: day.parse().ok()?, year })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_birthday_is_a_day_that_has_been() {
        let now: Timestamp = "2026-01-13T10:00:00Z".parse().unwrap();
        for (month, day, year, fine) in [
            (5, 17, None, true),
            (2, 29, None, true),
            (2, 30, None, false),
            (13, 1, None, false),
            (0, 1, None, false),
            (1, -1, None, false),
            (2, 29, Some(2000), true),
            (2, 29, Some(2001), false),
            (1, 13, Some(2026), true),
            (1, 14, Some(2026), false),
            (12, 31, Some(1899), false),
            (1, 1, Some(i64::MAX), false),
            (i64::MIN, 1, None, false),
        ] {
            assert_eq!(Birthday { month, day, year }.has_been(now), fine, "{month} {day} {year:?}");
        }
    }

    #[test]
    fn a_birthday_comes_back_as_it_was_stored() {
        let day = Birthday { month: 2, day: 9, year: Some(1990) };
        assert_eq!(day.date(), "02-09");
        assert_eq!(Birthday::stored(Some(day.date()), day.year), Some(day));
        assert_eq!(Birthday::stored(None, None), None);
    }
}
