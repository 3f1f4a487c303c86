//! What a Vendure says of customers and products, in Ombud's words. What it says is cut to the lengths Ombud keeps: a long
//! name must not stop a copy.

use commerce::product::{self, Price, Variant};
use customers::{Buyer, customer::Details};
use kernel::{Currency, Language, Money, Texts, Timestamp};
use platform::html;
use serde::Deserialize;

use super::order::{Books, by_id};
use crate::connector::Fact;

/// Text of one line, of at most so many characters.
pub(super) fn line(text: &str, most: usize) -> Option<String> {
    let line: String = html::clean_line(text).chars().take(most).collect();
    Some(line).filter(|line| !line.is_empty())
}

/// A web address, whole or not at all.
fn picture(asset: Option<Asset>) -> Option<String> {
    let preview = asset?.preview;
    let fine = preview.len() <= 2_000 && reqwest::Url::parse(&preview).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    fine.then_some(preview)
}

/// What is counted in Vendure's units, in the currency's smallest one; half of one is rounded up.
pub(super) fn minor(value: i64, units: u32, currency: Currency) -> i64 {
    let digits = currency.digits();
    let scaled = i128::from(value) * 10_i128.pow(digits.min(9)) * 2;
    let by = 10_i128.pow(units.min(9));
    let rounded = (scaled + by).div_euclid(by * 2);
    rounded.clamp(0, i128::from(Money::MOST)) as i64
}

/// What is counted in the currency's smallest unit, in Vendure's: the other way round.
pub(super) fn units_of(minor: i64, units: u32, currency: Currency) -> i64 {
    let scaled = i128::from(minor) * 10_i128.pow(units.min(9)) * 2;
    let by = 10_i128.pow(currency.digits().min(9));
    ((scaled + by).div_euclid(by * 2)) as i64
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Customer {
    id: String,
    first_name: String,
    last_name: String,
    email_address: String,
    phone_number: Option<String>,
    /// Those with an account have one.
    user: Option<User>,
}

#[derive(Debug, Clone, Deserialize)]
struct User {
    #[expect(dead_code, reason = "that there is one says all")]
    id: String,
}

impl Customer {
    /// Whoever bought, as somebody with an account or as a guest.
    pub(super) fn buyer(self, books: &Books, country: Option<&str>, postcode: Option<&str>) -> Buyer {
        let email = html::clean_line(&self.email_address);
        let details = Details {
            name: line(&format!("{} {}", self.first_name, self.last_name), 120),
            email: Some(email).filter(|email| email.len() <= 254 && email.contains('@')),
            phone: self.phone_number.as_deref().and_then(|phone| line(phone, 32)),
            country: country.filter(|code| code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase())).map(str::to_owned),
            ..Details::default()
        };
        let postcode = postcode.and_then(|postcode| line(postcode, commerce::order::LONGEST_POSTCODE));
        Buyer { account: self.user.map(|_| books.reference(&self.id)), details, postcode }
    }

    /// Guests come with their orders.
    pub(super) fn fact(self, books: &Books) -> Option<Fact> {
        self.user.as_ref()?;
        Some(Fact::Customer(self.buyer(books, None, None)))
    }
}

#[derive(Debug, Clone, Deserialize)]
struct Asset {
    preview: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Translation {
    language_code: String,
    name: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Product {
    id: String,
    updated_at: Timestamp,
    enabled: bool,
    name: String,
    description: String,
    translations: Vec<Translation>,
    featured_asset: Option<Asset>,
    variant_list: Variants,
}

#[derive(Debug, Clone, Deserialize)]
struct Variants {
    items: Vec<ProductVariant>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ProductVariant {
    id: String,
    sku: String,
    name: String,
    enabled: bool,
    updated_at: Timestamp,
    currency_code: String,
    price_with_tax: i64,
    featured_asset: Option<Asset>,
}

impl Product {
    /// The stock stays out: a Vendure does not say when it changes.
    pub(super) fn fact(self, books: &Books) -> Option<Fact> {
        let title = line(&self.name, 300).unwrap_or_else(|| format!("#{}", self.id));
        let stamps = self.variant_list.items.iter().map(|variant| variant.updated_at);
        let changed_at = stamps.fold(self.updated_at, Timestamp::max).min(books.now);
        let translated =
            self.translations.into_iter().filter_map(|one| Some((Language::from_tag(&one.language_code)?, line(&one.name, 300)?)));
        let mut sold: Vec<ProductVariant> = self.variant_list.items.into_iter().filter(|variant| variant.enabled).collect();
        sold.sort_by(|one, other| by_id(&one.id, &other.id));
        let published = self.enabled && !sold.is_empty();
        let description: String = html::clean_text(&html::to_text(&self.description)).chars().take(10_000).collect();
        Some(Fact::Product(Box::new(product::Facts {
            reference: books.reference(&self.id),
            variants: sold.into_iter().map(|variant| variant.told(books, &self.name)).collect(),
            title,
            titles: Texts(translated.collect()),
            description: Some(description).filter(|text| !html::is_blank(text)),
            vendor: None,
            category: None,
            page: None,
            picture: picture(self.featured_asset),
            published,
            delivery_days: None,
            changed_at,
        })))
    }
}

impl ProductVariant {
    fn told(self, books: &Books, product: &str) -> Variant {
        // Vendure names a variant after its product: only what is added says which one it is
        let own = self.name.strip_prefix(product).unwrap_or(&self.name);
        let price = |currency: Currency| Price { currency, minor: minor(self.price_with_tax, books.units, currency), before: None };
        Variant {
            reference: books.reference(&self.id),
            sku: line(&self.sku, 120),
            title: line(own, 200),
            prices: self.currency_code.parse().ok().map(price).into_iter().collect(),
            picture: picture(self.featured_asset),
            on_backorder: false,
        }
    }
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
    fn a_long_text_is_cut_and_does_not_stop_a_copy() {
        assert_eq!(line(&"å".repeat(301), 300).map(|text| text.chars().count()), Some(300));
        assert_eq!(line(" \u{200b} ", 300), None);
    }
}
