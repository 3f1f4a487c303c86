//! What the demo shop sells, and the words of its page.

use std::collections::BTreeMap;

use kernel::{Error, Language, Result};
use serde::Deserialize;

/// The shop's page and its goods.
#[derive(Deserialize)]
pub(super) struct Catalog {
    pub countries: BTreeMap<String, Country>,
    pub page: BTreeMap<String, Words>,
    pub products: Vec<Product>,
}

/// Where people buy.
#[derive(Deserialize)]
pub(super) struct Country {
    pub currency: String,
}

/// The page's words in one language.
#[derive(Clone, Deserialize)]
pub(super) struct Words {
    pub title: String,
    pub tagline: String,
    pub intro: String,
    pub skip: String,
    pub languages: String,
    pub products: String,
    pub sizes: String,
    pub ask: String,
    pub wish: String,
    pub add: String,
    pub cart: String,
    pub cart_empty: String,
    pub take_out: String,
    pub total: String,
    pub share: String,
    pub help_title: String,
    pub help_text: String,
    pub help_button: String,
    pub help_form: String,
    pub hours_title: String,
    pub hours: Vec<String>,
    pub zone: String,
    pub delivery_title: String,
    pub delivery: Vec<String>,
    pub fiction: String,
}

/// One of the goods. Prices are in the smallest unit of each currency.
#[derive(Deserialize)]
pub(super) struct Product {
    pub slug: String,
    picture: String,
    pub prices: BTreeMap<String, i64>,
    #[serde(default)]
    pub sizes: Vec<String>,
    pub category: String,
    /// For each size, how many lie in the warehouse and in the store; those of one size have one pair.
    pub stock: Vec<[i64; 2]>,
    pub texts: BTreeMap<Language, ProductTexts>,
}

/// What it is called in one language.
#[derive(Clone, Deserialize)]
pub(super) struct ProductTexts {
    pub name: String,
    pub blurb: String,
    pub about: String,
}

impl Product {
    /// Where the demo serves its picture.
    pub fn picture_path(&self) -> String {
        format!("/demo/pictures/{}", self.picture)
    }

    /// The SKU of a size: `TENT-2`.
    pub fn sku(&self, size: Option<&str>) -> String {
        let parts = [Some(self.slug.as_str()), size];
        parts.into_iter().flatten().collect::<Vec<_>>().join("-").to_uppercase()
    }
}

/// Reads it.
pub(super) fn read() -> Result<Catalog> {
    serde_json::from_str(include_str!("../../demo/catalog.json")).map_err(Error::broken)
}
