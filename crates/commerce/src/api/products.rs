//! Products and their stock over HTTP.

use std::{cmp::Reverse, collections::HashSet};

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Cursor, Money, Page, ProductId, Texts, Timestamp, say};
use platform::{
    Agent, App, Tx,
    http::{Answer, Check, Path, Problems, Query, Valid, Validate},
    search,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::check_amount;
use crate::{
    product::{self, DeliveryDays, Facts, PRODUCT, Price, Product, Sort, Variant},
    sales,
    stock::{self, Level},
    store,
};

/// A product has at most so many variants.
const MOST_VARIANTS: usize = 500;
/// A variant has at most so many prices.
const MOST_PRICES: usize = 50;
/// So many counts at most are told of in one request.
const MOST_LEVELS: usize = 250;
/// Nobody has more of anything.
const MOST_LEFT: i64 = 1_000_000_000_000;
/// What takes longer is not delivered but made.
const MOST_DAYS: i64 = 365;

/// What a variant costs in one currency.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct PriceView {
    price: Money,
    /// What it cost before, where the shop shows that struck through.
    #[schema(required)]
    before: Option<Money>,
}

/// How many are left at one place.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct LevelView {
    location: String,
    /// Below zero when more were sold than there were.
    available: i64,
}

impl From<&Level> for LevelView {
    fn from(Level { location, available, .. }: &Level) -> Self {
        LevelView { location: location.clone(), available: *available }
    }
}

/// A variant, as agents see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct VariantView {
    #[schema(required)]
    sku: Option<String>,
    #[schema(required)]
    title: Option<String>,
    prices: Vec<PriceView>,
    #[schema(required)]
    picture: Option<String>,
    /// Whether it can be bought when none is left.
    on_backorder: bool,
    /// How many can be sold, of all places together; null where the shop does not count.
    #[schema(required)]
    available: Option<i64>,
    stock: Vec<LevelView>,
    /// How many were sold in the last 30 days; null where no SKU tells it from others.
    #[schema(required)]
    sold: Option<i64>,
}

/// A product, as agents see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProductView {
    id: ProductId,
    title: String,
    /// The title in other languages.
    titles: Texts,
    #[schema(required)]
    description: Option<String>,
    #[schema(required)]
    vendor: Option<String>,
    #[schema(required)]
    category: Option<String>,
    /// Where the shop sells it.
    #[schema(required)]
    page: Option<String>,
    #[schema(required)]
    picture: Option<String>,
    /// Whether the shop sells it now.
    published: bool,
    /// In how many days it is with the customer.
    #[schema(required)]
    delivery_days: Option<DeliveryDays>,
    variants: Vec<VariantView>,
    /// How many were sold in the last 30 days, without what was cancelled or given back.
    sold: i64,
    /// Whether at that pace what is left is gone within 14 days, and at least ten were sold.
    sells_fast: bool,
    added_at: Timestamp,
    changed_at: Timestamp,
}

impl ProductView {
    pub(super) fn new(product: Product) -> Self {
        let sells_fast = sales::sells_fast(&product);
        let Product { id, facts, added_at, sold, sold_of, mut stock, .. } = product;
        let variants = facts.variants.into_iter().map(|variant| {
            let (levels, sold) = (stock.remove(&variant.reference), sold_of.get(&variant.reference).copied());
            VariantView::new(variant, levels, sold)
        });
        ProductView {
            id,
            title: facts.title,
            titles: facts.titles,
            description: facts.description,
            vendor: facts.vendor,
            category: facts.category,
            page: facts.page,
            picture: facts.picture,
            published: facts.published,
            delivery_days: facts.delivery_days,
            variants: variants.collect(),
            sold,
            sells_fast,
            added_at,
            changed_at: facts.changed_at,
        }
    }
}

impl VariantView {
    fn new(variant: Variant, levels: Option<Vec<Level>>, sold: Option<i64>) -> Self {
        let Variant { sku, title, prices, picture, on_backorder, .. } = variant;
        let money = |minor, currency| Money { minor, currency };
        let price = |Price { currency, minor, before }| PriceView {
            price: money(minor, currency),
            before: before.map(|minor| money(minor, currency)),
        };
        let available = levels.as_deref().map(stock::left);
        let stock = levels.unwrap_or_default().iter().map(LevelView::from).collect();
        VariantView { sku, title, prices: prices.into_iter().map(price).collect(), picture, on_backorder, available, stock, sold }
    }
}

/// What to look for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Find {
    /// Words of its name, its vendor, its category, a variant or a SKU.
    q: Option<String>,
    /// Only what the shop sells now, or only what it does not.
    published: Option<bool>,
    /// What comes first; without it what was heard of last, or, of what words find, what fits best.
    #[param(inline)]
    sort: Option<Sort>,
    cursor: Option<String>,
    /// Rows a page, 1 to 100.
    limit: Option<i64>,
}

/// List products, or find them by words.
#[utoipa::path(get, path = "/products", operation_id = "list_products", tag = "products", params(Find),
    responses((status = 200, body = Page<ProductView>), Problems))]
pub async fn list(State(app): State<App>, who: Agent, Query(find): Query<Find>) -> Answer<Json<Page<ProductView>>> {
    let page = app.read(async move |tx: &mut Tx<'_>| page(tx, &who, &find).await).await?;
    Ok(Json(page.map(ProductView::new)))
}

async fn page(tx: &mut Tx<'_>, who: &Agent, find: &Find) -> kernel::Result<Page<Product>> {
    let (shop, limit) = (who.shop, find.limit.unwrap_or(25).clamp(1, 100));
    if let Some(query) = find.q.as_deref().filter(|q| !q.trim().is_empty()) {
        let ids: Vec<ProductId> = search::find(tx, shop, PRODUCT, query, limit).await?.into_iter().map(ProductId::from).collect();
        let mut found = product::by_ids(tx, shop, &ids).await?;
        let found = ids.iter().filter_map(|id| found.remove(id));
        let mut found: Vec<Product> =
            found.filter(|product| find.published.is_none_or(|published| published == product.facts.published)).collect();
        if let Some(sort) = find.sort {
            found.sort_by_key(|product| Reverse(product.key(sort)));
        }
        return Ok(Page::all(found));
    }
    let (sort, after) = (find.sort.unwrap_or(Sort::Newest), find.cursor.as_deref().map_or(Ok(Cursor::FIRST_DESCENDING), str::parse)?);
    let products = store::list_products(tx, shop, find.published, sort, after, limit + 1).await?;
    let products = product::whole(tx, shop, products).await?;
    Ok(Page::cut(products, limit as usize, |p| Cursor { key: p.key(sort), id: p.id.into() }))
}

/// Show a product.
#[utoipa::path(get, path = "/products/{id}", operation_id = "show_product", tag = "products", params(("id" = ProductId, Path)),
    responses((status = 200, body = ProductView), Problems))]
pub async fn show(State(app): State<App>, who: Agent, Path(id): Path<ProductId>) -> Answer<Json<ProductView>> {
    let product = app.read(async move |tx: &mut Tx<'_>| product::by_id(tx, who.shop, id).await).await?;
    Ok(Json(ProductView::new(product)))
}

/// A product as it stands now, whole.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductFacts {
    /// The shop's own id of it: the same one is the same product.
    reference: String,
    title: String,
    /// The title in other languages.
    #[serde(default)]
    titles: Texts,
    /// Plain text.
    description: Option<String>,
    vendor: Option<String>,
    category: Option<String>,
    /// Where the shop sells it.
    page: Option<String>,
    picture: Option<String>,
    /// Whether the shop sells it now.
    published: bool,
    /// In how many days it is with the customer.
    delivery_days: Option<DeliveryDays>,
    variants: Vec<Variant>,
    /// When the shop's own system last changed it: what is older than what is known changes nothing.
    changed_at: Timestamp,
}

impl Validate for ProductFacts {
    fn check(&mut self, check: &mut Check) {
        check.line("reference", &mut self.reference, 1, 200);
        check.line("title", &mut self.title, 1, 300);
        check.texts("titles", &mut self.titles, 300);
        if let Some(description) = &mut self.description {
            check.text("description", description, 0, 5_000);
        }
        check.maybe_line("vendor", &mut self.vendor, 120);
        check.maybe_line("category", &mut self.category, 120);
        check.maybe_web_address("page", &mut self.page);
        check.maybe_web_address("picture", &mut self.picture);
        let in_order = |days: DeliveryDays| 0 <= days.least && days.least <= days.most && days.most <= MOST_DAYS;
        check.that(self.delivery_days.is_none_or(in_order), "delivery_days", say!("not-days-of-delivery", most = MOST_DAYS));
        check.that(!self.variants.is_empty(), "variants", say!("product-without-variants"));
        check.at_most("variants", &self.variants, MOST_VARIANTS);
        let references: HashSet<&str> = self.variants.iter().map(|variant| variant.reference.as_str()).collect();
        check.that(references.len() == self.variants.len(), "variants", say!("two-variants-of-one-reference"));
        self.variants.iter_mut().take(MOST_VARIANTS).enumerate().for_each(|(n, variant)| check_variant(check, n, variant));
    }
}

fn check_variant(check: &mut Check, n: usize, variant: &mut Variant) {
    let field = |name: &str| format!("variants.{n}.{name}");
    check.line(&field("reference"), &mut variant.reference, 1, 200);
    check.maybe_line(&field("sku"), &mut variant.sku, 120);
    check.maybe_line(&field("title"), &mut variant.title, 200);
    check.maybe_web_address(&field("picture"), &mut variant.picture);
    check.at_most(&field("prices"), &variant.prices, MOST_PRICES);
    let currencies: HashSet<_> = variant.prices.iter().map(|price| price.currency).collect();
    check.that(currencies.len() == variant.prices.len(), &field("prices"), say!("two-prices-in-one-currency"));
    for (m, price) in variant.prices.iter().take(MOST_PRICES).enumerate() {
        check_amount(check, &field(&format!("prices.{m}.minor")), price.minor);
        check_amount(check, &field(&format!("prices.{m}.before")), price.before.unwrap_or_default());
    }
}

impl From<ProductFacts> for Facts {
    fn from(told: ProductFacts) -> Facts {
        let ProductFacts { reference, title, titles, description, vendor, category, page, .. } = told;
        let ProductFacts { picture, published, delivery_days, variants, changed_at, .. } = told;
        let description = description.filter(|text| !text.is_empty());
        Facts { reference, title, titles, description, vendor, category, page, picture, published, delivery_days, variants, changed_at }
    }
}

/// Tell of a product: the whole of it, as it stands in the shop's own system. Telling it again changes nothing.
#[utoipa::path(post, path = "/products", operation_id = "record_product", tag = "products", request_body = ProductFacts,
    responses((status = 201, body = ProductView), (status = 200, body = ProductView, description = "It was known"), Problems))]
pub async fn record(State(app): State<App>, who: Agent, Valid(told): Valid<ProductFacts>) -> Answer<(StatusCode, Json<ProductView>)> {
    let facts = Facts::from(told);
    let (product, fresh) = app.write(async move |tx: &mut Tx<'_>| product::record(tx, &who, facts.clone()).await).await?;
    Ok((if fresh { StatusCode::CREATED } else { StatusCode::OK }, Json(ProductView::new(product))))
}

/// What was counted.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    levels: Vec<Level>,
}

impl Validate for Counted {
    fn check(&mut self, check: &mut Check) {
        check.at_most("levels", &self.levels, MOST_LEVELS);
        for (n, level) in self.levels.iter_mut().take(MOST_LEVELS).enumerate() {
            check.line(&format!("levels.{n}.variant"), &mut level.variant, 1, 200);
            check.line(&format!("levels.{n}.location"), &mut level.location, 1, 120);
            let counts = (-MOST_LEFT..=MOST_LEFT).contains(&level.available);
            check.that(counts, &format!("levels.{n}.available"), say!("not-a-count", most = MOST_LEFT));
        }
    }
}

/// Tell how many of variants are left. What is older than what is known changes nothing, place by place.
#[utoipa::path(post, path = "/stock", operation_id = "record_stock", tag = "products", request_body = Counted,
    responses((status = 204), Problems))]
pub async fn count(State(app): State<App>, who: Agent, Valid(Counted { levels }): Valid<Counted>) -> Answer<StatusCode> {
    app.write(async move |tx: &mut Tx<'_>| stock::record(tx, &who, levels.clone()).await).await?;
    Ok(StatusCode::NO_CONTENT)
}
