//! Money: a whole number of the smallest unit of its currency, never a fraction.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A currency of ISO 4217, written with its three letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency(iso_currency::Currency);

/// What is wrong with a text that should be a currency.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("A currency is written with its three letters of ISO 4217, such as EUR")]
pub struct NotACurrency;

impl Currency {
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// What people pay with in a country, by its two letters of ISO 3166.
    pub fn of_country(country: &str) -> Option<Currency> {
        // the crate's own conversion panics where a country has none, such as Antarctica
        let known = iso_currency::Currency::from_country(country.parse().ok()?);
        known.into_iter().find(|currency| currency.flags().is_empty()).map(Currency)
    }

    /// How many digits stand behind the point: 2 for EUR, 0 for JPY, 3 for KWD.
    pub fn digits(self) -> u32 {
        self.0.exponent().unwrap_or(0).into()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Currency {
    type Err = NotACurrency;
    fn from_str(text: &str) -> Result<Self, NotACurrency> {
        iso_currency::Currency::from_code(text).map(Currency).ok_or(NotACurrency)
    }
}

impl Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl utoipa::PartialSchema for Currency {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        use utoipa::openapi::schema::{ObjectBuilder, Type};
        ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[A-Z]{3}$")).into()
    }
}
impl utoipa::ToSchema for Currency {}

/// An amount: `{"minor": 1299, "currency": "EUR"}` is 12.99 €.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// In the currency's smallest unit.
    pub minor: i64,
    pub currency: Currency,
}

impl Money {
    /// No amount is larger, in the smallest unit of its currency: sums of them still are whole numbers in every browser.
    pub const MOST: i64 = 1_000_000_000_000;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_has_its_currency() {
        for (country, currency) in [
            ("NO", Some("NOK")),
            ("TR", Some("TRY")),
            ("DE", Some("EUR")),
            ("HR", Some("EUR")),
            ("GB", Some("GBP")),
            ("CH", Some("CHF")),
            ("AQ", None),
            ("XX", None),
            ("", None),
        ] {
            assert_eq!(Currency::of_country(country).map(Currency::code), currency, "{country}");
        }
    }

    #[test]
    fn a_currency_knows_its_digits() {
        for (code, digits) in [("EUR", 2), ("NOK", 2), ("JPY", 0), ("KWD", 3), ("TRY", 2), ("CNY", 2), ("XAU", 0)] {
            assert_eq!(code.parse::<Currency>().map(Currency::digits), Ok(digits), "{code}");
        }
    }

    #[test]
    fn what_is_no_currency_is_refused() {
        for text in ["", "eur", "EU", "EURO", "E\u{0}R", "ZZZ", "€"] {
            assert_eq!(text.parse::<Currency>(), Err(NotACurrency), "{text:?}");
        }
    }

    #[test]
    fn money_survives_the_wire() {
        let money = Money { minor: -1_299, currency: "EUR".parse().unwrap() };
        let wire = serde_json::to_string(&money).unwrap();
        assert_eq!(wire, r#"{"minor":-1299,"currency":"EUR"}"#);
        assert_eq!(serde_json::from_str::<Money>(&wire).unwrap(), money);
    }
}
