//! This room over HTTP, as agents see it. What browsers tell comes in by the door of the chat, which knows them.

use std::collections::{BTreeSet, HashMap};

use axum::{Json, extract::State};
use customers::person;
use kernel::{CustomerId, Money, ProductId, Result, ShopId, Timestamp};
use platform::{
    Agent, App, Tx,
    http::{Answer, Path, Policy, Problems},
    policy,
};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    READ,
    cart::Cart,
    store,
    viewed::Viewed,
    visit::{CameFrom, Campaign, Checkout, PageSeen, Visit},
    wish::Wish,
};

/// So many products are shown, those looked at last.
const SHOWN: i64 = 12;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show))
}

pub fn policy() -> Policy {
    policy! {
        GET "/customers/{id}/browsing" => READ;
    }
}

/// A line of a cart, as agents see it.
#[derive(Debug, Serialize, ToSchema)]
struct CartLineView {
    /// The product, where the shop has told of it.
    #[schema(required)]
    product: Option<ProductId>,
    #[schema(required)]
    sku: Option<String>,
    title: String,
    #[schema(required)]
    variant: Option<String>,
    quantity: i64,
    /// Of one piece.
    price: Money,
    #[schema(required)]
    page: Option<String>,
    #[schema(required)]
    picture: Option<String>,
}

/// The cart a customer has open.
#[derive(Debug, Serialize, ToSchema)]
struct CartView {
    lines: Vec<CartLineView>,
    discount: Money,
    total: Money,
    /// Whether the total is what its parts come to; if not, what the page told is wrong somewhere.
    adds_up: bool,
    /// Where the customer sees it.
    #[schema(required)]
    page: Option<String>,
    changed_at: Timestamp,
    /// Since when nobody has touched it.
    #[schema(required)]
    abandoned_at: Option<Timestamp>,
}

/// A product a customer looked at.
#[derive(Debug, Serialize, ToSchema)]
struct ViewedView {
    /// The product, where the shop has told of it.
    #[schema(required)]
    product: Option<ProductId>,
    title: String,
    #[schema(required)]
    page: Option<String>,
    #[schema(required)]
    picture: Option<String>,
    #[schema(required)]
    price: Option<Money>,
    /// In how many visits.
    times: i64,
    at: Timestamp,
}

/// A product a customer wishes for.
#[derive(Debug, Serialize, ToSchema)]
struct WishView {
    /// The product, where the shop has told of it.
    #[schema(required)]
    product: Option<ProductId>,
    title: String,
    #[schema(required)]
    page: Option<String>,
    #[schema(required)]
    picture: Option<String>,
    #[schema(required)]
    price: Option<Money>,
    /// Since when.
    at: Timestamp,
}

/// What the link somebody came by said of itself.
#[derive(Debug, Serialize, ToSchema)]
struct CampaignView {
    #[schema(required)]
    source: Option<String>,
    #[schema(required)]
    medium: Option<String>,
    #[schema(required)]
    name: Option<String>,
    #[schema(required)]
    term: Option<String>,
    #[schema(required)]
    content: Option<String>,
}

/// Where a visit came from.
#[derive(Debug, Serialize, ToSchema)]
struct CameFromView {
    /// The page that led here, without what stands behind its path.
    #[schema(required)]
    referrer: Option<String>,
    #[schema(required)]
    campaign: Option<CampaignView>,
}

/// A page of the shop.
#[derive(Debug, Serialize, ToSchema)]
struct PageSeenView {
    /// Without what stands behind its path.
    #[schema(required)]
    address: Option<String>,
    #[schema(required)]
    title: Option<String>,
}

/// A customer's last visit to the shop's pages.
#[derive(Debug, Serialize, ToSchema)]
struct VisitView {
    source: CameFromView,
    /// The page they are on, or were last.
    #[schema(required)]
    page: Option<PageSeenView>,
    /// The newest first.
    searches: Vec<String>,
    #[schema(required)]
    checkout: Option<Checkout>,
    began_at: Timestamp,
    last_at: Timestamp,
}

impl From<Visit> for VisitView {
    fn from(visit: Visit) -> Self {
        let Visit { facts, began_at, last_at, .. } = visit;
        let CameFrom { referrer, campaign } = facts.source;
        let campaign =
            campaign.map(|Campaign { source, medium, name, term, content }| CampaignView { source, medium, name, term, content });
        let page = facts.page.map(|PageSeen { address, title }| PageSeenView { address, title });
        let source = CameFromView { referrer, campaign };
        VisitView { source, page, searches: facts.searches, checkout: facts.checkout, began_at, last_at }
    }
}

/// What a customer does on the shop's pages, where they agreed to it.
#[derive(Debug, Serialize, ToSchema)]
struct BrowsingView {
    /// Null when nothing is in it.
    #[schema(required)]
    cart: Option<CartView>,
    #[schema(required)]
    visit: Option<VisitView>,
    /// What they looked at, each product once, the newest first.
    viewed: Vec<ViewedView>,
    /// What they wish for, each product once, the newest first.
    wishes: Vec<WishView>,
}

/// Show a customer's cart, and what they look at.
#[utoipa::path(get, path = "/customers/{id}/browsing", operation_id = "show_browsing", tag = "customers", params(("id" = CustomerId, Path)),
    responses((status = 200, body = BrowsingView), Problems))]
async fn show(State(app): State<App>, who: Agent, Path(id): Path<CustomerId>) -> Answer<Json<BrowsingView>> {
    Ok(Json(app.read(async move |tx: &mut Tx<'_>| of_customer(tx, who.shop, id).await).await?))
}

async fn of_customer(tx: &mut Tx<'_>, shop: ShopId, id: CustomerId) -> Result<BrowsingView> {
    let customer = person::by_id(tx, shop, id).await?;
    let cart = store::carts::newest(tx, shop, customer.id).await?;
    let visit = store::visits::newest(tx, shop, customer.id).await?;
    let viewed = once_each(store::views::newest(tx, shop, customer.id, SHOWN).await?, |one| &one.product.reference);
    let wishes = once_each(store::wishes::newest(tx, shop, customer.id, SHOWN).await?, |one| &one.product.reference);
    let in_cart = cart.iter().flat_map(|cart| &cart.facts.lines).map(|line| &line.reference);
    let seen = viewed.iter().map(|one| &one.product).chain(wishes.iter().map(|one| &one.product)).map(|product| &product.reference);
    let references: BTreeSet<String> = in_cart.chain(seen).cloned().collect();
    let products = commerce::product::by_references(tx, shop, &references.into_iter().collect::<Vec<_>>()).await?;
    Ok(BrowsingView {
        cart: cart.map(|cart| shown_cart(cart, &products)),
        visit: visit.map(VisitView::from),
        viewed: viewed.into_iter().map(|one| shown_product(one, &products)).collect(),
        wishes: wishes.into_iter().map(|one| shown_wish(one, &products)).collect(),
    })
}

/// Whoever consists of several may have come upon one product as each of them.
fn once_each<T>(mut all: Vec<T>, reference: impl Fn(&T) -> &String) -> Vec<T> {
    let mut seen = BTreeSet::new();
    all.retain(|one| seen.insert(reference(one).clone()));
    all
}

fn shown_cart(cart: Cart, products: &HashMap<String, ProductId>) -> CartView {
    let adds_up = cart.facts.adds_up();
    let facts = cart.facts;
    let money = |minor| Money { minor, currency: facts.currency };
    let lines = facts.lines.into_iter().map(|line| CartLineView {
        product: products.get(&line.reference).copied(),
        sku: line.sku,
        title: line.title,
        variant: line.variant,
        quantity: line.quantity,
        price: money(line.price),
        page: line.page,
        picture: line.picture,
    });
    CartView {
        lines: lines.collect(),
        discount: money(facts.discount),
        total: money(facts.total),
        adds_up,
        page: facts.page,
        changed_at: cart.changed_at,
        abandoned_at: cart.abandoned_at,
    }
}

fn shown_product(viewed: Viewed, products: &HashMap<String, ProductId>) -> ViewedView {
    let Viewed { product, times, at, .. } = viewed;
    ViewedView {
        product: products.get(&product.reference).copied(),
        title: product.title,
        page: product.page,
        picture: product.picture,
        price: product.price,
        times,
        at,
    }
}

fn shown_wish(wish: Wish, products: &HashMap<String, ProductId>) -> WishView {
    let Wish { product, at, .. } = wish;
    WishView {
        product: products.get(&product.reference).copied(),
        title: product.title,
        page: product.page,
        picture: product.picture,
        price: product.price,
        at,
    }
}
