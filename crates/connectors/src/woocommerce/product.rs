//! What a WooCommerce says of a product, in Ombud's words.

use commerce::{
    product::{Facts, Price, Variant},
    stock::Count,
};
use kernel::{Currency, Texts};
use platform::App;
use serde::Deserialize;
use serde_json::Value;

use super::{
    client::{Answered, get},
    order::Image,
    page::{Books, misunderstood},
};
use crate::{
    connector::{Fact, Settings},
    told::{DIGITS, MOST_LINES, address, called, count, decimal, line, maybe_figure, minor, plain, reference, utc},
    trouble::Fault,
};

/// What is asked for of a product.
pub(super) const FIELDS: &str = "id,name,permalink,date_modified_gmt,type,status,description,short_description,sku,price,regular_price,on_sale,\
                                 manage_stock,stock_quantity,stock_status,backorders,categories,images,variations";
const VARIATION_FIELDS: &str = "id,date_modified_gmt,status,sku,price,regular_price,on_sale,manage_stock,stock_quantity,stock_status,\
                                backorders,image,attributes";

#[derive(Debug, Deserialize)]
pub(super) struct Product {
    id: i64,
    name: String,
    permalink: Option<String>,
    date_modified_gmt: Option<String>,
    status: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    short_description: String,
    #[serde(flatten)]
    offer: Offer,
    #[serde(default)]
    categories: Vec<Named>,
    #[serde(default)]
    images: Vec<Image>,
    #[serde(default)]
    variations: Vec<i64>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Variation {
    id: i64,
    date_modified_gmt: Option<String>,
    status: String,
    #[serde(flatten)]
    offer: Offer,
    #[serde(default)]
    image: Option<Image>,
    #[serde(default)]
    attributes: Vec<Attribute>,
}

/// What a product and each of its variations have alike.
#[derive(Debug, Deserialize)]
struct Offer {
    #[serde(default)]
    sku: String,
    price: String,
    regular_price: String,
    on_sale: bool,
    #[serde(default)]
    backorders: String,
    /// Whether it is counted: `true`, `false`, or `"parent"` where all variations are counted together.
    #[serde(default)]
    manage_stock: Value,
    #[serde(default, deserialize_with = "maybe_figure")]
    stock_quantity: Option<i64>,
    #[serde(default)]
    stock_status: String,
}

#[derive(Debug, Deserialize)]
struct Named {
    name: String,
}

#[derive(Debug, Deserialize)]
struct Attribute {
    #[serde(default)]
    option: String,
}

#[derive(Deserialize)]
struct ShopCurrency {
    code: String,
}

/// What the shop's prices are in; none where that is no currency of ISO 4217.
pub(super) async fn currency(app: &App, settings: &Settings) -> Result<Option<Currency>, Fault> {
    let shop: ShopCurrency = get(app, settings, "data/currencies/current", &[]).await?.data;
    match shop.code.is_empty() {
        true => Err(misunderstood("It does not say which currency its prices are in.")),
        false => Ok(shop.code.parse().ok()),
    }
}

/// The forms a product is sold in.
pub(super) async fn variations(app: &App, settings: &Settings, product: &Product) -> Result<Vec<Variation>, Fault> {
    if product.variations.is_empty() {
        return Ok(Vec::new());
    }
    Answered::whole(app, settings, &format!("products/{}/variations", product.id), VARIATION_FIELDS, &[]).await
}

impl Offer {
    fn variant(&self, reference: String, title: Option<String>, picture: Option<String>, currency: Option<Currency>) -> Variant {
        let price = |currency: Currency| {
            let minor = |text: &str| minor(decimal(text), DIGITS, currency);
            let before = Some(minor(&self.regular_price)).filter(|before| self.on_sale && *before > minor(&self.price));
            Price { currency, minor: minor(&self.price), before }
        };
        Variant {
            reference,
            sku: line(&self.sku, 120),
            title,
            // what has no price cannot be bought
            prices: currency.filter(|_| !self.price.is_empty()).map(price).into_iter().collect(),
            picture,
            on_backorder: !matches!(self.backorders.as_str(), "" | "no"),
        }
    }

    /// There is one place, the shop. What is not counted may be called sold out all the same.
    fn count(&self, variant: &str, books: &Books) -> Count {
        let left = match &self.manage_stock {
            Value::Bool(true) => Some(self.stock_quantity.unwrap_or_default()),
            Value::String(whose) if whose == "parent" => Some(self.stock_quantity.unwrap_or_default()),
            _ if self.stock_status == "outofstock" => Some(0),
            _ => None,
        };
        count(variant.to_owned(), left.map(|left| (books.source.clone(), left)))
    }
}

impl Product {
    /// What is left of each of its variants.
    pub(super) fn stock(&self, variations: &[Variation], books: &Books) -> Fact {
        let own = self.variations.is_empty().then(|| self.offer.count(&reference(&books.source, &self.id.to_string()), books));
        let of_variations = variations.iter().take(MOST_LINES).map(|one| one.offer.count(&one.reference(books), books));
        Fact::Stock(own.into_iter().chain(of_variations).collect())
    }

    pub(super) fn fact(self, variations: Vec<Variation>, currency: Option<Currency>, books: &Books) -> Fact {
        let own = reference(&books.source, &self.id.to_string());
        let stamps = variations.iter().map(|one| &one.date_modified_gmt).chain([&self.date_modified_gmt]);
        let changed_at = stamps.filter_map(|stamp| utc(stamp.as_deref()?)).max().unwrap_or(books.now).min(books.now);
        let sold = variations.into_iter().filter(|one| one.status == "publish").take(MOST_LINES).map(|one| one.told(currency, books));
        let mut variants: Vec<Variant> = sold.collect();
        if self.variations.is_empty() {
            variants.push(self.offer.variant(own.clone(), None, None, currency));
        }
        let text = if self.description.is_empty() { &self.short_description } else { &self.description };
        Fact::Product(Box::new(Facts {
            reference: own,
            title: called(&plain(&self.name, 300).unwrap_or_default(), &format!("#{}", self.id), 300),
            titles: Texts::default(),
            description: plain(text, 10_000),
            vendor: None,
            category: self.categories.first().and_then(|category| line(&platform::html::to_text(&category.name), 120)),
            page: self.permalink.as_deref().and_then(address),
            picture: self.images.first().and_then(|image| address(image.src.as_deref()?)),
            published: self.status == "publish" && !variants.is_empty(),
            delivery_days: None,
            variants,
            changed_at,
        }))
    }
}

impl Variation {
    fn reference(&self, books: &Books) -> String {
        reference(&books.source, &self.id.to_string())
    }

    fn told(self, currency: Option<Currency>, books: &Books) -> Variant {
        let chosen: Vec<&str> =
            self.attributes.iter().map(|attribute| attribute.option.as_str()).filter(|option| !option.is_empty()).collect();
        let picture = self.image.as_ref().and_then(|image| address(image.src.as_deref()?));
        self.offer.variant(self.reference(books), line(&chosen.join(", "), 200), picture, currency)
    }
}
