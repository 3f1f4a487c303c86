//! What a Shopify says of a product, in Ombud's words.

use commerce::product::{Facts, Price, Variant};
use kernel::{Currency, Texts, Timestamp};
use serde::Deserialize;

use super::{
    order::Image,
    page::{Books, Row, Rows, number},
};
use crate::{
    connector::Fact,
    told::{DIGITS, MOST_LINES, address, called, decimal, line, minor, plain, reference},
};

/// What is asked for.
pub(super) const VARIANTS: &str = "variants(first: 10) { nodes { id sku title price compareAtPrice inventoryPolicy image { url } } \
                                   pageInfo { hasNextPage endCursor } }";
pub(super) const FIELDS: &str = "id title descriptionHtml vendor productType status updatedAt onlineStoreUrl featuredMedia { preview { image { url } } } \
    VARIANTS";

/// What it calls the only form of a product.
const ONLY: &str = "Default Title";

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Product {
    pub id: String,
    title: String,
    description_html: String,
    vendor: Option<String>,
    product_type: Option<String>,
    status: String,
    updated_at: Timestamp,
    online_store_url: Option<String>,
    featured_media: Option<Media>,
    pub variants: Rows<ProductVariant>,
}

#[derive(Debug, Deserialize)]
struct Media {
    preview: Option<Preview>,
}

#[derive(Debug, Deserialize)]
struct Preview {
    image: Option<Image>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ProductVariant {
    id: String,
    sku: Option<String>,
    title: String,
    price: String,
    compare_at_price: Option<String>,
    inventory_policy: String,
    image: Option<Image>,
}

impl Row for Product {
    fn gid(&self) -> &str {
        &self.id
    }
}

impl Product {
    pub(super) fn fact(self, currency: Option<Currency>, books: &Books) -> Fact {
        let picture = self.featured_media.and_then(|media| media.preview?.image);
        Fact::Product(Box::new(Facts {
            reference: reference(&books.source, number(&self.id)),
            title: called(&self.title, &format!("#{}", number(&self.id)), 300),
            titles: Texts::default(),
            description: plain(&self.description_html, 10_000),
            vendor: self.vendor.as_deref().and_then(|vendor| line(vendor, 120)),
            category: self.product_type.as_deref().and_then(|kind| line(kind, 120)),
            page: self.online_store_url.as_deref().and_then(address),
            picture: picture.and_then(|image| address(&image.url)),
            published: self.status == "ACTIVE",
            delivery_days: None,
            variants: self.variants.nodes.into_iter().take(MOST_LINES).map(|one| one.told(currency, books)).collect(),
            changed_at: self.updated_at.min(books.now),
        }))
    }
}

impl ProductVariant {
    fn told(self, currency: Option<Currency>, books: &Books) -> Variant {
        let price = |currency: Currency| {
            let now = minor(decimal(&self.price), DIGITS, currency);
            let before = self.compare_at_price.as_deref().map(|text| minor(decimal(text), DIGITS, currency));
            Price { currency, minor: now, before: before.filter(|before| *before > now) }
        };
        Variant {
            reference: reference(&books.source, number(&self.id)),
            sku: self.sku.as_deref().and_then(|sku| line(sku, 120)),
            title: line(&self.title, 200).filter(|title| title != ONLY),
            prices: currency.map(price).into_iter().collect(),
            picture: self.image.as_ref().and_then(|image| address(&image.url)),
            on_backorder: self.inventory_policy == "CONTINUE",
        }
    }
}
