//! A time of day as it stands on a door: hours and minutes.

use jiff::civil::Time;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// Minutes since midnight, written `09:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WallTime(i16);

impl WallTime {
    /// The time `hour:minute`; beyond a day it starts again.
    pub const fn at(hour: i8, minute: i8) -> WallTime {
        WallTime((hour as i16 * 60 + minute as i16).rem_euclid(24 * 60))
    }

    pub fn time(self) -> Time {
        // both are within a day, as every way to make one sees to
        Time::new((self.0 / 60) as i8, (self.0 % 60) as i8, 0, 0).unwrap_or_default()
    }

    fn parse(text: &str) -> Option<WallTime> {
        let (hour, minute) = text.split_once(':').filter(|_| text.len() == 5)?;
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<i8>().ok()).flatten();
        let (hour, minute) = (digits(hour)?, digits(minute)?);
        (hour < 24 && minute < 60).then_some(WallTime::at(hour, minute))
    }
}

impl std::fmt::Display for WallTime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}
impl Serialize for WallTime {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for WallTime {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
        WallTime::parse(&text).ok_or_else(|| D::Error::custom("a time of day looks like 09:00, from 00:00 to 23:59"))
    }
}
impl utoipa::PartialSchema for WallTime {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        use utoipa::openapi::{ObjectBuilder, schema::Type};
        ObjectBuilder::new().schema_type(Type::String).pattern(Some("^([01][0-9]|2[0-3]):[0-5][0-9]$")).into()
    }
}
impl utoipa::ToSchema for WallTime {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hours_and_minutes_of_a_day_are_read() {
        for (text, read) in [("09:00", Some("09:00")), ("00:00", Some("00:00")), ("23:59", Some("23:59"))] {
            assert_eq!(WallTime::parse(text).map(|t| t.to_string()).as_deref(), read);
        }
        for text in ["24:00", "9:00", "09:60", "-1:00", "+9:00", "09.00", "09:00:00", "", "ab:cd", "0９:00"] {
            assert_eq!(WallTime::parse(text), None, "{text}");
        }
    }
}
