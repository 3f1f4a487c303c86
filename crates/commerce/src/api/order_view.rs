//! An order as agents see it.

use kernel::{Currency, CustomerId, Money, OrderId, ProductId, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use super::products::LevelView;
use crate::{
    dispute::{Dispute, DisputeKind, DisputeReason, DisputeState},
    goods::{Goods, Shelf},
    order::{Line, Order, Parcel},
    status::{Fulfilment, OrderStatus, ParcelState, Payment},
    stock,
    trouble::{self, Trouble, TroubleKind},
};

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
    /// What it is of; null where no product has its SKU, or who asks may not see products.
    #[schema(required)]
    goods: Option<GoodsView>,
}

/// What a line is of, as far as the shop has told of its products.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct GoodsView {
    product: ProductId,
    /// Whether the shop sells it now.
    published: bool,
    /// Whether it can be bought when none is left.
    on_backorder: bool,
    /// How many can be sold, of all places together; null where the shop does not count, or several variants have its SKU.
    #[schema(required)]
    available: Option<i64>,
    stock: Vec<LevelView>,
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

/// What a bank asks back of an order's payment, or asks about.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct DisputeView {
    kind: DisputeKind,
    state: DisputeState,
    reason: DisputeReason,
    /// What it is about; null where the shop does not say.
    #[schema(required)]
    amount: Option<Money>,
    /// Until when the shop can answer.
    #[schema(required)]
    respond_by: Option<Timestamp>,
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
    disputes: Vec<DisputeView>,
    /// Whether it was placed to try the shop out.
    test: bool,
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
    pub(super) fn new(order: Order, customer_name: String, shelf: &Shelf, now: Timestamp) -> Self {
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
            lines: f.lines.into_iter().map(|line| LineView::new(line, f.currency, shelf)).collect(),
            discount: money(f.discount),
            shipping: money(f.shipping),
            tax: money(f.tax),
            total: money(f.total),
            refunded: money(f.refunded),
            adds_up,
            parcels: f.parcels.into_iter().map(|parcel| ParcelView::new(parcel, now)).collect(),
            disputes: f.disputes.into_iter().map(|dispute| DisputeView::new(dispute, f.currency)).collect(),
            test: f.test,
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
    fn new(line: Line, currency: Currency, shelf: &Shelf) -> Self {
        let goods = shelf.of(&line).map(GoodsView::from);
        let Line { reference, sku, title, variant, quantity, total, refunded, picture } = line;
        LineView { reference, sku, title, variant, quantity, refunded, total: Money { minor: total, currency }, picture, goods }
    }
}

impl From<Goods<'_>> for GoodsView {
    fn from(goods: Goods<'_>) -> Self {
        let levels = goods.levels();
        GoodsView {
            product: goods.product.id,
            published: goods.product.facts.published,
            on_backorder: goods.variant.is_some_and(|variant| variant.on_backorder),
            available: levels.map(stock::left),
            stock: levels.unwrap_or_default().iter().map(LevelView::from).collect(),
        }
    }
}

impl DisputeView {
    fn new(dispute: Dispute, currency: Currency) -> Self {
        let Dispute { kind, state, reason, amount, respond_by, .. } = dispute;
        DisputeView { kind, state, reason, amount: amount.map(|minor| Money { minor, currency }), respond_by }
    }
}

impl ParcelView {
    fn new(parcel: Parcel, now: Timestamp) -> Self {
        let late = parcel.is_late(now);
        let Parcel { carrier, tracking, tracking_url, state, at, promised_at, .. } = parcel;
        ParcelView { carrier, tracking, tracking_url, state, at, promised_at, late }
    }
}
