//! A product, as the shop's own system last told of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use kernel::{Currency, ProductId, Result, ShopId, Texts, Timestamp};
use platform::{Tx, event::Acting, keyed, search};
use serde::{Deserialize, Serialize};

use crate::{
    events::{ProductAdded, ProductChanged},
    stock::{self, Level},
    store,
    telling::{self, Told},
};

/// The kind under which products are found.
pub(crate) const PRODUCT: &str = "product";

/// What a variant costs in one currency, in its smallest unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Price {
    pub currency: Currency,
    pub minor: i64,
    /// What it cost before, where the shop shows that struck through.
    pub before: Option<i64>,
}

keyed! {
    /// What comes first in a list of products.
    pub enum Sort {
        /// What was heard of last.
        Newest = "newest",
        /// What most were sold of in the last 30 days.
        BestSelling = "best_selling",
    }
}

/// What is put into a cart: the product in one size, colour and the like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// The shop's own id of the variant, another one for each variant of the shop.
    pub reference: String,
    pub sku: Option<String>,
    /// Which one it is: `green, M`. A product that comes in one form has none.
    pub title: Option<String>,
    /// At most one a currency.
    pub prices: Vec<Price>,
    pub picture: Option<String>,
    /// Whether it can be bought when none is left.
    #[serde(default)]
    pub on_backorder: bool,
}

/// In how many days it is with the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeliveryDays {
    pub least: i64,
    pub most: i64,
}

/// What is told of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The shop's own id of it.
    pub reference: String,
    pub title: String,
    /// The title in other languages.
    #[serde(default)]
    pub titles: Texts,
    /// Plain text.
    pub description: Option<String>,
    pub vendor: Option<String>,
    pub category: Option<String>,
    /// Where the shop sells it.
    pub page: Option<String>,
    pub picture: Option<String>,
    /// Whether the shop sells it now.
    pub published: bool,
    pub delivery_days: Option<DeliveryDays>,
    pub variants: Vec<Variant>,
    pub changed_at: Timestamp,
}

impl Told for Facts {
    fn changed_at(&self) -> Timestamp {
        self.changed_at
    }
    fn changed(self, at: Timestamp) -> Self {
        Facts { changed_at: at, ..self }
    }
}

impl Product {
    /// Whether the shop sells it, and some of it is left, or may be: not every shop counts.
    pub fn can_be_bought(&self) -> bool {
        let mut variants = self.facts.variants.iter();
        let any =
            variants.any(|variant| variant.on_backorder || self.stock.get(&variant.reference).is_none_or(|levels| stock::left(levels) > 0));
        self.facts.published && any
    }

    /// What the list's place is known by.
    pub(crate) fn key(&self, sort: Sort) -> i64 {
        match sort {
            Sort::Newest => self.added_at.micros(),
            Sort::BestSelling => self.sold,
        }
    }
}

impl Facts {
    fn search_text(&self) -> String {
        let of_it = [Some(&self.title), self.vendor.as_ref(), self.category.as_ref()];
        let variants = self.variants.iter().flat_map(|variant| [variant.title.as_ref(), variant.sku.as_ref()]);
        of_it
            .into_iter()
            .chain(self.titles.0.values().map(Some))
            .chain(variants)
            .flatten()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// A product, with what is left of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    pub shop: ShopId,
    pub id: ProductId,
    pub facts: Facts,
    /// When it was heard of for the first time.
    pub added_at: Timestamp,
    pub version: i64,
    /// How many were sold in the last [`DAYS`](crate::sales::DAYS) days.
    pub sold: i64,
    /// The same by the variant's reference; what has no SKU of its own has no number of its own.
    pub sold_of: BTreeMap<String, i64>,
    /// By the variant's reference, each place where some of it may lie; nothing where the shop does not count.
    pub stock: BTreeMap<String, Vec<Level>>,
}

/// Writes down what the shop's own system says of a product, and says whether it was heard of for the first time.
///
/// Errors: `Invalid` when it has changed in the future.
pub async fn record(tx: &mut Tx<'_>, who: &impl Acting, facts: Facts) -> Result<(Product, bool)> {
    let (shop, now) = (who.actor().shop, tx.now());
    telling::must_have_been(facts.changed_at, now)?;
    let known = store::product_by_reference(tx, shop, &facts.reference).await?;
    if let Some(known) = known.as_ref().filter(|known| !facts.is_later_than(&known.facts)) {
        return Ok((by_id(tx, shop, known.id).await?, false));
    }
    let is_new = known.is_none();
    let mut product = match known {
        Some(known) => Product { facts, ..known },
        None => {
            Product { shop, id: tx.new_id(), facts, added_at: now, version: 0, sold: 0, sold_of: BTreeMap::new(), stock: BTreeMap::new() }
        }
    };
    let variants: Vec<String> = product.facts.variants.iter().map(|variant| variant.reference.clone()).collect();
    // some may move here from another product, and what was sold of them comes along
    let mut changed = store::products_of(tx, shop, &variants).await?;
    changed.push(product.id);
    store::save_product(tx, &mut product).await?;
    store::sales::add_up(tx, shop, &changed).await?;
    search::put(tx, shop, PRODUCT, product.id.into(), product.added_at, &product.facts.search_text()).await?;
    if is_new {
        tx.announce(who, ProductAdded { product: product.id }).await?;
    } else {
        tx.announce(who, ProductChanged { product: product.id }).await?;
    }
    Ok((by_id(tx, shop, product.id).await?, is_new))
}

/// Writes down what was just read in the shop's own books; see [`Told::read_after`].
///
/// Errors: those of [`record`].
pub async fn copy(tx: &mut Tx<'_>, who: &impl Acting, facts: Facts) -> Result<()> {
    let known = store::product_by_reference(tx, who.actor().shop, &facts.reference).await?;
    let news = match known {
        Some(known) => facts.read_after(&known.facts),
        None => Some(facts),
    };
    let Some(facts) = news else { return Ok(()) };
    record(tx, who, facts).await.map(drop)
}

/// One product.
///
/// Errors: `NotFound`.
pub async fn by_id(tx: &mut Tx<'_>, shop: ShopId, id: ProductId) -> Result<Product> {
    let product = store::product(tx, shop, id).await?;
    Ok(whole(tx, shop, vec![product]).await?.remove(0))
}

/// Several products at once; those that are not there are left out.
pub async fn by_ids(tx: &mut Tx<'_>, shop: ShopId, ids: &[ProductId]) -> Result<HashMap<ProductId, Product>> {
    let ids: Vec<ProductId> = ids.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    let products = store::products(tx, shop, &ids).await?;
    Ok(whole(tx, shop, products).await?.into_iter().map(|product| (product.id, product)).collect())
}

/// Which products these are, by the shop's own ids of them; those that were never told of are left out.
pub async fn by_references(tx: &mut Tx<'_>, shop: ShopId, references: &[String]) -> Result<HashMap<String, ProductId>> {
    store::ids_of(tx, shop, references).await
}

/// Adds what was sold of each, and what is left.
pub(crate) async fn whole(tx: &mut Tx<'_>, shop: ShopId, mut products: Vec<Product>) -> Result<Vec<Product>> {
    let ids: Vec<ProductId> = products.iter().map(|product| product.id).collect();
    let mut stock: HashMap<ProductId, BTreeMap<String, Vec<Level>>> = HashMap::new();
    for (product, level) in store::stock_of(tx, shop, &ids).await? {
        stock.entry(product).or_default().entry(level.variant.clone()).or_default().push(level);
    }
    let mut sold: HashMap<ProductId, BTreeMap<String, i64>> = HashMap::new();
    for (product, variant, units) in store::sales::of_variants(tx, shop, &ids).await? {
        sold.entry(product).or_default().insert(variant, units);
    }
    for product in &mut products {
        product.sold_of = sold.remove(&product.id).unwrap_or_default();
        product.stock = stock.remove(&product.id).unwrap_or_default();
    }
    Ok(products)
}
