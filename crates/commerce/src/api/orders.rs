//! Orders over HTTP.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use customers::{Buyer, country, customer::Details, person};
use kernel::{Currency, Cursor, CustomerId, Language, OrderId, Page, Result, Timestamp, say};
use platform::{
    Agent, App, Tx,
    http::{Answer, Check, Path, Problems, Query, Valid, Validate},
    search,
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::{check_amount, order_view::OrderView};
use crate::{
    READ_PRODUCTS,
    dispute::{self, Dispute},
    goods::{self, Shelf},
    order::{self, Facts, LONGEST_POSTCODE, Line, ORDER, Order, Parcel},
    status::{Fulfilment, Payment},
    store::{self, Which},
};

/// An order has at most so many lines, and as many parcels.
const MOST_LINES: usize = 500;

/// What to look for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Find {
    /// Whose orders.
    customer: Option<CustomerId>,
    /// Only those something is wrong with that their customers will ask about.
    trouble: Option<bool>,
    /// Only those whose payment a bank asks back, or asks about.
    disputed: Option<bool>,
    /// A number, the shop's own id, or a tracking number.
    q: Option<String>,
    cursor: Option<String>,
    /// Rows a page, 1 to 100.
    limit: Option<i64>,
}

/// List orders, the newest first: all of them, a customer's, those something is wrong with, those a bank asks about, or those a number leads to.
#[utoipa::path(get, path = "/orders", operation_id = "list_orders", tag = "orders", params(Find),
    responses((status = 200, body = Page<OrderView>), Problems))]
pub async fn list(State(app): State<App>, who: Agent, Query(find): Query<Find>) -> Answer<Json<Page<OrderView>>> {
    let now = app.now();
    let page = app.read(async move |tx: &mut Tx<'_>| page(tx, &who, &find).await).await?;
    Ok(Json(page.map(|seen| seen.view(now))))
}

async fn page(tx: &mut Tx<'_>, who: &Agent, find: &Find) -> Result<Page<Seen>> {
    let (shop, limit) = (who.shop, find.limit.unwrap_or(25).clamp(1, 100));
    let which = Which { customer: find.customer, in_trouble: find.trouble == Some(true), disputed: find.disputed == Some(true) };
    if let Some(query) = find.q.as_deref().filter(|q| !q.trim().is_empty()) {
        let ids: Vec<OrderId> = search::find(tx, shop, ORDER, query, limit).await?.into_iter().map(OrderId::from).collect();
        let mut known = store::among(tx, shop, &ids).await?;
        let mut found: Vec<Order> = ids.iter().filter_map(|id| known.remove(id)).collect();
        found.retain(|order| which.customer.is_none_or(|customer| customer == order.customer));
        found.retain(|order| !which.in_trouble || order.trouble.is_some());
        found.retain(|order| !which.disputed || order.facts.is_disputed());
        return seen(tx, who, Page::all(found)).await;
    }
    let after = find.cursor.as_deref().map_or(Ok(Cursor::FIRST_DESCENDING), str::parse)?;
    let orders = store::list(tx, shop, which, after, limit + 1).await?;
    seen(tx, who, Page::cut(orders, limit as usize, |o| Cursor { key: o.facts.placed_at.micros(), id: o.id.into() })).await
}

/// An order, with what to call whoever placed it and what its lines are of.
struct Seen {
    order: Order,
    name: String,
    shelf: Arc<Shelf>,
}

impl Seen {
    fn view(self, now: Timestamp) -> OrderView {
        OrderView::new(self.order, self.name, &self.shelf, now)
    }
}

async fn seen(tx: &mut Tx<'_>, who: &Agent, page: Page<Order>) -> Result<Page<Seen>> {
    let whose: Vec<CustomerId> = page.items.iter().map(|order| order.customer).collect();
    let customers = customers::by_ids(tx, who.shop, &whose).await?;
    let shelf = Arc::new(shelf(tx, who, &page.items).await?);
    Ok(page.map(|order| {
        let name = customers.get(&order.customer).map(|customer| customer.display_name());
        Seen { order, name: name.unwrap_or_default(), shelf: Arc::clone(&shelf) }
    }))
}

async fn seen_one(tx: &mut Tx<'_>, who: &Agent, order: Order) -> Result<Seen> {
    let customer = person::by_id(tx, order.shop, order.customer).await?;
    let shelf = Arc::new(shelf(tx, who, [&order]).await?);
    Ok(Seen { order, name: customer.display_name(), shelf })
}

/// What the lines are of, for whoever may see products.
async fn shelf(tx: &mut Tx<'_>, who: &Agent, orders: impl IntoIterator<Item = &Order>) -> Result<Shelf> {
    if who.may(&READ_PRODUCTS).is_err() {
        return Ok(Shelf::default());
    }
    goods::of_orders(tx, who.shop, orders).await
}

/// Show an order.
#[utoipa::path(get, path = "/orders/{id}", operation_id = "show_order", tag = "orders", params(("id" = OrderId, Path)),
    responses((status = 200, body = OrderView), Problems))]
pub async fn show(State(app): State<App>, who: Agent, Path(id): Path<OrderId>) -> Answer<Json<OrderView>> {
    let shown = async move |tx: &mut Tx<'_>| {
        let order = store::order(tx, who.shop, id).await?;
        seen_one(tx, &who, order).await
    };
    let seen = app.read(shown).await?;
    Ok(Json(seen.view(app.now())))
}

/// Who bought: the shop's own number for its customer where they have one, and what else the shop knows.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct BuyerFacts {
    account: Option<String>,
    name: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    /// A language tag such as nb or de-AT; one that Ombud does not speak is left out.
    language: Option<String>,
    /// Two letters of ISO 3166.
    country: Option<String>,
    /// Of where the order goes. With it and their e-mail address they can show that the order is theirs; it is not kept itself.
    postcode: Option<String>,
}

/// An order as it stands now, whole. Amounts are in the smallest unit of its currency.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderFacts {
    /// The shop's own id of it: the same one is the same order.
    reference: String,
    /// Whether it was placed to try the shop out: then it is no sale.
    #[serde(default)]
    test: bool,
    /// What people call it, such as #1042.
    number: String,
    #[serde(default)]
    buyer: BuyerFacts,
    placed_at: Timestamp,
    /// When the shop's own system last changed it: what is older than what is known changes nothing.
    changed_at: Timestamp,
    cancelled_at: Option<Timestamp>,
    payment: Payment,
    fulfilment: Fulfilment,
    currency: Currency,
    lines: Vec<Line>,
    /// Off the whole order, beside what the lines have lost.
    #[serde(default)]
    discount: i64,
    #[serde(default)]
    shipping: i64,
    /// What has to be added to the lines; 0 where prices include it.
    #[serde(default)]
    tax: i64,
    total: i64,
    #[serde(default)]
    refunded: i64,
    #[serde(default)]
    parcels: Vec<Parcel>,
    /// What banks ask back of its payments, or ask about.
    #[serde(default)]
    disputes: Vec<Dispute>,
    /// What the customer wrote beside it.
    note: Option<String>,
    /// Where the shop's own system shows it.
    page: Option<String>,
}

impl Validate for OrderFacts {
    fn check(&mut self, check: &mut Check) {
        check.line("reference", &mut self.reference, 1, 200);
        check.line("number", &mut self.number, 1, 64);
        self.buyer.check(check);
        for (field, amount) in [
            ("discount", self.discount),
            ("shipping", self.shipping),
            ("tax", self.tax),
            ("total", self.total),
            ("refunded", self.refunded),
        ] {
            check_amount(check, field, amount);
        }
        check.at_most("lines", &self.lines, MOST_LINES);
        check.at_most("parcels", &self.parcels, MOST_LINES);
        check.at_most("disputes", &self.disputes, dispute::MOST);
        self.lines.iter_mut().take(MOST_LINES).enumerate().for_each(|(n, line)| check_line(check, n, line));
        self.parcels.iter_mut().take(MOST_LINES).enumerate().for_each(|(n, parcel)| check_parcel(check, n, parcel));
        self.disputes.iter_mut().take(dispute::MOST).enumerate().for_each(|(n, dispute)| check_dispute(check, n, dispute));
        check.maybe_line("note", &mut self.note, 2_000);
        check.maybe_web_address("page", &mut self.page);
    }
}

impl BuyerFacts {
    fn check(&mut self, check: &mut Check) {
        check.maybe_line("buyer.account", &mut self.account, 200);
        check.maybe_line("buyer.name", &mut self.name, 120);
        check.maybe_email("buyer.email", &mut self.email);
        check.maybe_line("buyer.phone", &mut self.phone, 32);
        check.maybe_line("buyer.language", &mut self.language, 35);
        country::check(check, "buyer.country", &mut self.country);
        check.maybe_line("buyer.postcode", &mut self.postcode, LONGEST_POSTCODE);
    }

    fn buyer(self) -> Buyer {
        let BuyerFacts { account, name, email, phone, language, country, postcode } = self;
        let language = language.as_deref().and_then(Language::from_tag);
        Buyer { account, details: Details { name, email, phone, language, country, time_zone: None }, postcode }
    }
}

fn check_line(check: &mut Check, n: usize, line: &mut Line) {
    let field = |name: &str| format!("lines.{n}.{name}");
    check.line(&field("reference"), &mut line.reference, 1, 200);
    check.maybe_line(&field("sku"), &mut line.sku, 120);
    check.line(&field("title"), &mut line.title, 1, 300);
    check.maybe_line(&field("variant"), &mut line.variant, 200);
    check_amount(check, &field("quantity"), line.quantity);
    check_amount(check, &field("total"), line.total);
    check.that((0..=line.quantity).contains(&line.refunded), &field("refunded"), say!("more-refunded-than-bought"));
    check.maybe_web_address(&field("picture"), &mut line.picture);
}

fn check_parcel(check: &mut Check, n: usize, parcel: &mut Parcel) {
    let field = |name: &str| format!("parcels.{n}.{name}");
    check.line(&field("reference"), &mut parcel.reference, 1, 200);
    check.maybe_line(&field("carrier"), &mut parcel.carrier, 80);
    check.maybe_line(&field("tracking"), &mut parcel.tracking, 80);
    check.maybe_web_address(&field("tracking_url"), &mut parcel.tracking_url);
}

fn check_dispute(check: &mut Check, n: usize, dispute: &mut Dispute) {
    let field = |name: &str| format!("disputes.{n}.{name}");
    check.line(&field("reference"), &mut dispute.reference, 1, 200);
    if let Some(amount) = dispute.amount {
        check_amount(check, &field("amount"), amount);
    }
}

/// Tell of an order: the whole of it, as it stands in the shop's own system. Telling it again changes nothing.
#[utoipa::path(post, path = "/orders", operation_id = "record_order", tag = "orders", request_body = OrderFacts,
    responses((status = 201, body = OrderView), (status = 200, body = OrderView, description = "It was known"), Problems))]
pub async fn record(State(app): State<App>, who: Agent, Valid(told): Valid<OrderFacts>) -> Answer<(StatusCode, Json<OrderView>)> {
    let (buyer, facts) = parts(told);
    let recorded = async move |tx: &mut Tx<'_>| {
        let (order, fresh) = order::record(tx, &who, buyer.clone(), facts.clone()).await?;
        Ok((seen_one(tx, &who, order).await?, fresh))
    };
    let (seen, fresh) = app.write(recorded).await?;
    let status = if fresh { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(seen.view(app.now()))))
}

fn parts(told: OrderFacts) -> (Buyer, Facts) {
    let OrderFacts { reference, number, buyer, placed_at, changed_at, cancelled_at, payment, fulfilment, currency, lines, .. } = told;
    let OrderFacts { discount, shipping, tax, total, refunded, parcels, disputes, note, page, test, .. } = told;
    let facts = Facts {
        reference,
        number,
        placed_at,
        changed_at,
        cancelled_at,
        payment,
        fulfilment,
        currency,
        lines,
        discount,
        shipping,
        tax,
        total,
        refunded,
        parcels,
        disputes,
        note,
        page,
        test,
    };
    (buyer.buyer(), facts)
}
