//! What the demo shop sells, told as the shop's own system would.

use commerce::{
    product::{self, DeliveryDays, Facts, Price, Variant},
    stock::{self, Level},
};
use kernel::{Error, Language, Result, Texts, Timestamp, days};
use platform::Tx;

use super::{
    catalog::{self, Catalog, Product},
    tell::{FOUNDED_AGO, Told},
};

/// Where the shop keeps its goods.
const PLACES: [&str; 2] = ["Lager Lillestrøm", "Butikken i Oslo"];

impl Told {
    /// Tells of all products as they were when the shop was founded, and counts them now.
    pub(super) async fn offer(&mut self) -> Result<()> {
        let catalog = catalog::read()?;
        let shop_page = |product: &Product| self.app.config().url(&format!("/demo/shop?product={}", product.slug));
        let picture = |product: &Product| self.app.config().url(&product.picture_path());
        self.clock.set(self.now - FOUNDED_AGO + days(1));
        for product in &catalog.products {
            let (who, facts) = (self.owner.clone(), facts(product, shop_page(product), picture(product), self.app.now())?);
            let (told, _) = self.app.write(async move |tx: &mut Tx<'_>| product::record(tx, &who, facts.clone()).await).await?;
            self.products.insert(product.slug.clone(), told.id);
        }
        let (who, levels) = (self.owner.clone(), levels(&catalog, self.app.now()));
        self.app.write(async move |tx: &mut Tx<'_>| stock::record(tx, &who, levels.clone()).await).await
    }
}

/// Each size, or nothing where there is but one.
fn sizes(product: &Product) -> Vec<Option<&str>> {
    if product.sizes.is_empty() { vec![None] } else { product.sizes.iter().map(|size| Some(size.as_str())).collect() }
}

fn facts(product: &Product, page: String, picture: String, now: Timestamp) -> Result<Facts> {
    let names = product.texts.iter().map(|(language, texts)| (*language, texts.name.clone())).collect();
    let ours = product.texts.get(&Language::Nb).ok_or_else(|| Error::broken("a product of the demo shop has no Norwegian name"))?;
    let price =
        |(currency, minor): (&String, &i64)| Ok(Price { currency: currency.parse().map_err(Error::broken)?, minor: *minor, before: None });
    let mut prices = product.prices.iter().map(price).collect::<Result<Vec<_>>>()?;
    // its own currency first
    prices.sort_by_key(|price| price.currency.code() != "NOK");
    let variant = |size: Option<&str>| Variant {
        reference: product.sku(size),
        sku: Some(product.sku(size)),
        title: size.map(str::to_owned),
        prices: prices.clone(),
        picture: None,
        on_backorder: false,
    };
    Ok(Facts {
        reference: product.slug.clone(),
        title: ours.name.clone(),
        titles: Texts(names),
        description: Some(ours.about.clone()),
        vendor: None,
        category: Some(product.category.clone()),
        page: Some(page),
        picture: Some(picture),
        published: true,
        delivery_days: Some(DeliveryDays { least: 1, most: 3 }),
        variants: sizes(product).into_iter().map(variant).collect(),
        changed_at: now,
    })
}

fn levels(catalog: &Catalog, now: Timestamp) -> Vec<Level> {
    let of_size = |product: &Product, size: Option<&str>, counted: &[i64; 2]| {
        let variant = product.sku(size);
        PLACES
            .iter()
            .zip(counted)
            .map(move |(place, available)| Level {
                variant: variant.clone(),
                location: (*place).to_owned(),
                available: *available,
                changed_at: now,
            })
            .collect::<Vec<_>>()
    };
    let of_product = |product: &Product| {
        sizes(product).into_iter().zip(&product.stock).flat_map(|(size, counted)| of_size(product, size, counted)).collect::<Vec<_>>()
    };
    catalog.products.iter().flat_map(of_product).collect()
}
