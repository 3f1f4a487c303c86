//! What a Medusa says of a product, in Ombud's words.

use std::collections::BTreeSet;

use commerce::product::{Facts, Price, Variant};
use kernel::{Currency, Texts, Timestamp};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::page::Books;
use crate::{
    connector::Fact,
    told::{DIGITS, MOST_LINES, address, amount, by_id, called, line, minor, plain, reference},
};

/// What is asked for of a product.
pub(super) const FIELDS: &str = "id,title,description,thumbnail,status,updated_at,categories.name,variants.id,variants.title,variants.sku,\
                                 variants.allow_backorder,variants.updated_at,variants.prices.amount,variants.prices.currency_code,\
                                 variants.prices.min_quantity,variants.prices.rules,variants.prices.updated_at";

#[derive(Debug, Deserialize)]
pub(super) struct Product {
    id: String,
    title: String,
    description: Option<String>,
    thumbnail: Option<String>,
    status: String,
    updated_at: Timestamp,
    #[serde(default)]
    categories: Option<Vec<Category>>,
    variants: Option<Vec<ProductVariant>>,
}

#[derive(Debug, Deserialize)]
struct Category {
    name: String,
}

#[derive(Debug, Deserialize)]
struct ProductVariant {
    id: String,
    title: Option<String>,
    sku: Option<String>,
    #[serde(default)]
    allow_backorder: bool,
    updated_at: Timestamp,
    #[serde(default)]
    prices: Option<Vec<VariantPrice>>,
}

#[derive(Debug, Deserialize)]
struct VariantPrice {
    #[serde(deserialize_with = "amount")]
    amount: i64,
    currency_code: String,
    /// So many have to be bought for it.
    min_quantity: Option<Value>,
    /// For whom or where it is.
    #[serde(default)]
    rules: Option<Map<String, Value>>,
    updated_at: Timestamp,
}

impl VariantPrice {
    /// Whether everybody pays it who buys one.
    fn is_plain(&self) -> bool {
        self.min_quantity.is_none() && self.rules.as_ref().is_none_or(Map::is_empty)
    }
}

impl Product {
    pub(super) fn fact(self, books: &Books) -> Option<Fact> {
        let mut variants = self.variants.unwrap_or_default();
        variants.sort_by(|one, other| by_id(&one.id, &other.id));
        let prices = variants.iter().flat_map(|one| &one.prices).flatten().map(|price| price.updated_at);
        let stamps = variants.iter().map(|one| one.updated_at).chain(prices);
        let changed_at = stamps.fold(self.updated_at, Timestamp::max).min(books.now);
        Some(Fact::Product(Box::new(Facts {
            reference: reference(&books.source, &self.id),
            title: called(&self.title, &format!("#{}", self.id), 300),
            titles: Texts::default(),
            description: self.description.as_deref().and_then(|text| plain(text, 10_000)),
            vendor: None,
            category: self.categories.iter().flatten().next().and_then(|category| line(&category.name, 120)),
            page: None,
            picture: self.thumbnail.as_deref().and_then(address),
            published: self.status == "published" && !variants.is_empty(),
            delivery_days: None,
            variants: variants.into_iter().take(MOST_LINES).map(|variant| variant.told(books)).collect(),
            changed_at,
        })))
    }
}

impl ProductVariant {
    fn told(self, books: &Books) -> Variant {
        let mut known = BTreeSet::new();
        let plain = self.prices.iter().flatten().filter(|price| price.is_plain());
        let prices = plain.filter_map(|price| {
            let currency: Currency = price.currency_code.to_ascii_uppercase().parse().ok()?;
            let price = Price { currency, minor: minor(price.amount, DIGITS, currency), before: None };
            known.insert(currency.to_string()).then_some(price)
        });
        Variant {
            reference: reference(&books.source, &self.id),
            sku: self.sku.as_deref().and_then(|sku| line(sku, 120)),
            title: self.title.as_deref().and_then(|title| line(title, 200)),
            prices: prices.collect(),
            picture: None,
            on_backorder: self.allow_backorder,
        }
    }
}
