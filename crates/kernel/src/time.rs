//! A moment: microseconds since 1970 in the database, RFC 3339 UTC with microseconds on the wire.

use std::{fmt, ops};

/// A moment in time, to the microsecond.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(i64);

/// So many seconds, in microseconds.
pub const fn seconds(n: i64) -> i64 {
    n * 1_000_000
}
/// So many minutes, in microseconds.
pub const fn minutes(n: i64) -> i64 {
    seconds(n * 60)
}
/// So many hours, in microseconds.
pub const fn hours(n: i64) -> i64 {
    minutes(n * 60)
}
/// So many days of 24 hours, in microseconds.
pub const fn days(n: i64) -> i64 {
    hours(n * 24)
}

impl Timestamp {
    pub const fn from_micros(micros: i64) -> Self {
        Timestamp(micros)
    }
    pub const fn micros(self) -> i64 {
        self.0
    }
    /// As a jiff timestamp, for calendar arithmetic. Moments outside jiff's range clamp to its ends.
    pub fn calendar(self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.0).unwrap_or(if self.0 < 0 { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX })
    }
}

impl From<jiff::Timestamp> for Timestamp {
    fn from(t: jiff::Timestamp) -> Self {
        Timestamp(t.as_microsecond())
    }
}
/// `moment + minutes(5)`
impl ops::Add<i64> for Timestamp {
    type Output = Timestamp;
    fn add(self, micros: i64) -> Timestamp {
        Timestamp(self.0.saturating_add(micros))
    }
}
impl ops::Sub<i64> for Timestamp {
    type Output = Timestamp;
    fn sub(self, micros: i64) -> Timestamp {
        Timestamp(self.0.saturating_sub(micros))
    }
}
/// `later - earlier`, in microseconds
impl ops::Sub for Timestamp {
    type Output = i64;
    fn sub(self, earlier: Timestamp) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.6}", self.calendar())
    }
}
impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl std::str::FromStr for Timestamp {
    type Err = jiff::Error;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse::<jiff::Timestamp>().map(Timestamp::from)
    }
}
impl serde::Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> serde::Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
        text.parse().map_err(|_| serde::de::Error::custom("a time looks like 2026-11-23T10:00:00Z"))
    }
}
impl utoipa::PartialSchema for Timestamp {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        use utoipa::openapi::{
            ObjectBuilder,
            schema::{KnownFormat, SchemaFormat, Type},
        };
        ObjectBuilder::new().schema_type(Type::String).format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime))).into()
    }
}
impl utoipa::ToSchema for Timestamp {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_with_six_digits_and_read_with_any() {
        let moment = Timestamp::from_micros(1_763_892_000_000_000);
        assert_eq!(moment.to_string(), "2025-11-23T10:00:00.000000Z");
        assert_eq!("2025-11-23T11:00:00+01:00".parse::<Timestamp>().unwrap(), moment);
        assert_eq!(moment + minutes(5) - moment, seconds(300));
    }
}
