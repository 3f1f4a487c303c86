//! What a Vendure says of customers and products, in Ombud's words.

use commerce::product::{self, Price, Variant};
use customers::Buyer;
use kernel::{Currency, Language, Texts, Timestamp};
use serde::Deserialize;

use super::{order::Books, stock::Counting};
use crate::{
    connector::Fact,
    told::{MOST_LINES, address, by_id, called, details, figure, line, minor, plain, postcode},
};

/// What is counted in the currency's smallest unit, in Vendure's: the other way round. More than can be counted is more than anybody paid.
pub(super) fn units_of(minor: i64, units: u32, currency: Currency) -> i64 {
    let scaled = i128::from(minor) * 10_i128.pow(units.min(9)) * 2;
    let by = 10_i128.pow(currency.digits().min(9));
    i64::try_from((scaled + by).div_euclid(by * 2)).unwrap_or(i64::MAX)
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
    pub(super) fn buyer(self, books: &Books, country: Option<&str>, postal_code: Option<&str>) -> Buyer {
        let phone = self.phone_number.as_deref().unwrap_or_default();
        let details = details([&self.first_name, &self.last_name], &self.email_address, phone, country.unwrap_or_default());
        Buyer { account: self.user.map(|_| books.reference(&self.id)), details, postcode: postal_code.and_then(postcode) }
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
    #[serde(deserialize_with = "figure")]
    price_with_tax: i64,
    featured_asset: Option<Asset>,
    #[serde(flatten)]
    counting: Counting,
}

impl Product {
    pub(super) fn fact(self, books: &Books) -> Option<Fact> {
        let title = called(&self.name, &format!("#{}", self.id), 300);
        let stamps = self.variant_list.items.iter().map(|variant| variant.updated_at);
        let changed_at = stamps.fold(self.updated_at, Timestamp::max).min(books.now);
        let translated =
            self.translations.into_iter().filter_map(|one| Some((Language::from_tag(&one.language_code)?, line(&one.name, 300)?)));
        let mut sold: Vec<ProductVariant> = self.variant_list.items.into_iter().filter(|variant| variant.enabled).collect();
        sold.sort_by(|one, other| by_id(&one.id, &other.id));
        let published = self.enabled && !sold.is_empty();
        Some(Fact::Product(Box::new(product::Facts {
            reference: books.reference(&self.id),
            variants: sold.into_iter().take(MOST_LINES).map(|variant| variant.told(books, &self.name)).collect(),
            title,
            titles: Texts(translated.collect()),
            description: plain(&self.description, 10_000),
            vendor: None,
            category: None,
            page: None,
            picture: self.featured_asset.and_then(|asset| address(&asset.preview)),
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
            picture: self.featured_asset.and_then(|asset| address(&asset.preview)),
            on_backorder: self.counting.goes_on_below_none(books),
        }
    }
}
