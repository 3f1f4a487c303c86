//! Orders over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use customers::{Buyer, country, customer::Details, person};
use kernel::{Currency, Cursor, CustomerId, Language, Money, OrderId, Page, Result, ShopId, Timestamp, say};
use platform::{
    Agent, App, Tx,
    http::{Answer, Check, Path, Problems, Query, Valid, Validate},
    search,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::check_amount;
use crate::{
    order::{self, Facts, LONGEST_POSTCODE, Line, ORDER, Order, Parcel},
    status::{Fulfilment, OrderStatus, ParcelState, Payment},
    store::{self, Which},
    trouble::{self, Trouble, TroubleKind},
};

/// An order has at most so many lines, and as many parcels.
const MOST_LINES: usize = 500;

/// A line of an order, as agents see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct LineView {
    /// The shop’s own id of the line.
    reference: String,
    #[schema(required)]
    sku: Option<String>,
    title: String,
    #[schema(required)]
    variant: Option<String>,
    quantity: i64,
    /// How many of them have been given back.
    refunded: i64,
    total: Money,
    #[schema(required)]
    picture: Option<String>,
}

/// A parcel of an order, as agents see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct ParcelView {
    #[schema(required)]
    carrier: Option<String>,
    #[schema(required)]
    tracking: Option<String>,
    #[schema(required)]
    tracking_url: Option<String>,
    state: ParcelState,
    /// When the carrier said that.
    at: Timestamp,
    #[schema(required)]
    promised_at: Option<Timestamp>,
    /// Whether it should have been there by now.
    late: bool,
}

/// What is wrong with an order.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct OrderTroubleView {
    kind: TroubleKind,
    /// When it should have been there or should be, or was last heard of.
    #[schema(required)]
    at: Option<Timestamp>,
}

impl From<Trouble> for OrderTroubleView {
    fn from(trouble: Trouble) -> Self {
        OrderTroubleView { kind: trouble.kind(), at: trouble.at() }
    }
}

/// An order as agents see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OrderView {
    id: OrderId,
    /// What people call it.
    number: String,
    customer: CustomerId,
    /// What to call the customer.
    customer_name: String,
    status: OrderStatus,
    payment: Payment,
    fulfilment: Fulfilment,
    lines: Vec<LineView>,
    discount: Money,
    shipping: Money,
    /// What is added to the lines; nothing where prices include it.
    tax: Money,
    total: Money,
    refunded: Money,
    /// Whether the total is what its parts come to; if not, what the shop told is wrong somewhere.
    adds_up: bool,
    parcels: Vec<ParcelView>,
    /// What is wrong with it that its customer will ask about.
    #[schema(required)]
    trouble: Option<OrderTroubleView>,
    /// What the customer wrote beside it.
    #[schema(required)]
    note: Option<String>,
    /// Where the shop's own system shows it.
    #[schema(required)]
    page: Option<String>,
    placed_at: Timestamp,
    changed_at: Timestamp,
    #[schema(required)]
    cancelled_at: Option<Timestamp>,
    /// Since when only its goods and sums are known.
    #[schema(required)]
    erased_at: Option<Timestamp>,
}

impl OrderView {
    fn new(order: Order, customer_name: String, now: Timestamp) -> Self {
        let (status, adds_up) = (order.facts.status(), order.facts.adds_up());
        // as it is now: between two looks nothing changes but what is told
        let trouble = trouble::of(&order.facts, now).filter(|_| order.erased_at.is_none()).map(OrderTroubleView::from);
        let f = order.facts;
        let money = |minor| Money { minor, currency: f.currency };
        OrderView {
            id: order.id,
            number: f.number,
            customer: order.customer,
            customer_name,
            status,
            payment: f.payment,
            fulfilment: f.fulfilment,
            lines: f.lines.into_iter().map(|line| LineView::new(line, f.currency)).collect(),
            discount: money(f.discount),
            shipping: money(f.shipping),
            tax: money(f.tax),
            total: money(f.total),
            refunded: money(f.refunded),
            adds_up,
            parcels: f.parcels.into_iter().map(|parcel| ParcelView::new(parcel, now)).collect(),
            trouble,
            note: f.note,
            page: f.page,
            placed_at: f.placed_at,
            changed_at: f.changed_at,
            cancelled_at: f.cancelled_at,
            erased_at: order.erased_at,
        }
    }
}

impl LineView {
    fn new(line: Line, currency: Currency) -> Self {
        let Line { reference, sku, title, variant, quantity, total, refunded, picture } = line;
        LineView { reference, sku, title, variant, quantity, refunded, total: Money { minor: total, currency }, picture }
    }
}

impl ParcelView {
    fn new(parcel: Parcel, now: Timestamp) -> Self {
        let late = parcel.is_late(now);
        let Parcel { carrier, tracking, tracking_url, state, at, promised_at, .. } = parcel;
        ParcelView { carrier, tracking, tracking_url, state, at, promised_at, late }
    }
}

/// What to look for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Find {
    /// Whose orders.
    customer: Option<CustomerId>,
    /// Only those something is wrong with that their customers will ask about.
    trouble: Option<bool>,
    /// A number, the shop's own id, or a tracking number.
    q: Option<String>,
    cursor: Option<String>,
    /// Rows a page, 1 to 100.
    limit: Option<i64>,
}

/// List orders, the newest first: all of them, a customer's, those something is wrong with, or those a number leads to.
#[utoipa::path(get, path = "/orders", operation_id = "list_orders", tag = "orders", params(Find),
    responses((status = 200, body = Page<OrderView>), Problems))]
pub async fn list(State(app): State<App>, who: Agent, Query(find): Query<Find>) -> Answer<Json<Page<OrderView>>> {
    let limit = find.limit.unwrap_or(25).clamp(1, 100);
    let shop = who.shop;
    let which = Which { customer: find.customer, in_trouble: find.trouble == Some(true) };
    let page = app
        .read(async move |tx: &mut Tx<'_>| {
            if let Some(query) = find.q.as_deref().filter(|q| !q.trim().is_empty()) {
                let ids: Vec<OrderId> = search::find(tx, shop, ORDER, query, limit).await?.into_iter().map(OrderId::from).collect();
                let mut known = store::among(tx, shop, &ids).await?;
                let mut found: Vec<Order> = ids.iter().filter_map(|id| known.remove(id)).collect();
                found.retain(|order| which.customer.is_none_or(|customer| customer == order.customer));
                found.retain(|order| !which.in_trouble || order.trouble.is_some());
                return named(tx, shop, Page::all(found)).await;
            }
            let after = find.cursor.as_deref().map_or(Ok(Cursor::FIRST_DESCENDING), str::parse)?;
            let orders = store::list(tx, shop, which, after, limit + 1).await?;
            named(tx, shop, Page::cut(orders, limit as usize, |o| Cursor { key: o.facts.placed_at.micros(), id: o.id.into() })).await
        })
        .await?;
    let now = app.now();
    Ok(Json(page.map(|(order, name)| OrderView::new(order, name, now))))
}

/// With what to call whoever placed each of them.
async fn named(tx: &mut Tx<'_>, shop: ShopId, page: Page<Order>) -> Result<Page<(Order, String)>> {
    let whose: Vec<CustomerId> = page.items.iter().map(|order| order.customer).collect();
    let customers = customers::by_ids(tx, shop, &whose).await?;
    Ok(page.map(|order| {
        let name = customers.get(&order.customer).map(|customer| customer.display_name());
        (order, name.unwrap_or_default())
    }))
}

async fn named_one(tx: &mut Tx<'_>, order: Order) -> Result<(Order, String)> {
    let customer = person::by_id(tx, order.shop, order.customer).await?;
    Ok((order, customer.display_name()))
}

/// Show an order.
#[utoipa::path(get, path = "/orders/{id}", operation_id = "show_order", tag = "orders", params(("id" = OrderId, Path)),
    responses((status = 200, body = OrderView), Problems))]
pub async fn show(State(app): State<App>, who: Agent, Path(id): Path<OrderId>) -> Answer<Json<OrderView>> {
    let shown = async move |tx: &mut Tx<'_>| {
        let order = store::order(tx, who.shop, id).await?;
        named_one(tx, order).await
    };
    let (order, name) = app.read(shown).await?;
    Ok(Json(OrderView::new(order, name, app.now())))
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
        self.lines.iter_mut().take(MOST_LINES).enumerate().for_each(|(n, line)| check_line(check, n, line));
        self.parcels.iter_mut().take(MOST_LINES).enumerate().for_each(|(n, parcel)| check_parcel(check, n, parcel));
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

/// Tell of an order: the whole of it, as it stands in the shop's own system. Telling it again changes nothing.
#[utoipa::path(post, path = "/orders", operation_id = "record_order", tag = "orders", request_body = OrderFacts,
    responses((status = 201, body = OrderView), (status = 200, body = OrderView, description = "It was known"), Problems))]
pub async fn record(State(app): State<App>, who: Agent, Valid(told): Valid<OrderFacts>) -> Answer<(StatusCode, Json<OrderView>)> {
    let (buyer, facts) = parts(told);
    let recorded = async move |tx: &mut Tx<'_>| {
        let (order, fresh) = order::record(tx, &who, buyer.clone(), facts.clone()).await?;
        Ok((named_one(tx, order).await?, fresh))
    };
    let ((order, name), fresh) = app.write(recorded).await?;
    let status = if fresh { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(OrderView::new(order, name, app.now()))))
}

fn parts(told: OrderFacts) -> (Buyer, Facts) {
    let OrderFacts { reference, number, buyer, placed_at, changed_at, cancelled_at, payment, fulfilment, currency, lines, .. } = told;
    let OrderFacts { discount, shipping, tax, total, refunded, parcels, note, page, .. } = told;
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
        note,
        page,
    };
    (buyer.buyer(), facts)
}
