//! What a Vendure says of an order, in Ombud's words.
//!
//! Vendure takes what is cancelled out of an order's lines and total. Ombud shows what was bought and how much of it was given
//! back, so such a line is told as it was placed, and what it cost to send as well.

use std::collections::BTreeMap;

use commerce::{
    order::{Facts, Line, Parcel},
    status::{Fulfilment, ParcelState, Payment},
};
use kernel::{Currency, Money, Timestamp};
use serde::Deserialize;

use super::facts::Customer;
use crate::{
    connector::Fact,
    told::{MOST_LINES, beside, by_id, called, figure, line, minor, reference, sum},
};

/// What stands in front of a surcharge's id, which is told as a line.
pub(super) const SURCHARGE: &str = "surcharge-";

/// What takes off what it cost to send, when that is cancelled with the goods.
const CANCELLATION: &str = "CANCEL_ORDER";

/// Whose books are read, how they count, and when.
pub(super) struct Books {
    pub source: String,
    pub units: u32,
    pub inventory: Inventory,
    pub now: Timestamp,
}

/// How a shop counts what it has, unless a variant says otherwise.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Inventory {
    pub track_inventory: bool,
    /// So many of each are not sold; less than none, and more are sold than there are.
    #[serde(deserialize_with = "figure")]
    pub out_of_stock_threshold: i64,
}

impl Books {
    /// An id of theirs, told from those of any other shop system.
    pub(super) fn reference(&self, id: &str) -> String {
        reference(&self.source, id)
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Order {
    id: String,
    code: String,
    state: String,
    created_at: Timestamp,
    updated_at: Timestamp,
    order_placed_at: Option<Timestamp>,
    currency_code: String,
    #[serde(deserialize_with = "figure")]
    total_with_tax: i64,
    #[serde(deserialize_with = "figure")]
    shipping_with_tax: i64,
    customer: Option<Customer>,
    shipping_address: Option<ShippingAddress>,
    lines: Vec<OrderLine>,
    shipping_lines: Vec<ShippingLine>,
    surcharges: Vec<Surcharge>,
    payments: Option<Vec<OrderPayment>>,
    fulfillments: Option<Vec<Fulfillment>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ShippingAddress {
    country_code: Option<String>,
    postal_code: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct OrderLine {
    id: String,
    #[serde(deserialize_with = "figure")]
    quantity: i64,
    #[serde(deserialize_with = "figure")]
    order_placed_quantity: i64,
    #[serde(deserialize_with = "figure")]
    prorated_unit_price_with_tax: i64,
    #[serde(deserialize_with = "figure")]
    prorated_line_price_with_tax: i64,
    product_variant: ProductVariant,
}

#[derive(Debug, Clone, Deserialize)]
struct ProductVariant {
    sku: String,
    name: String,
    product: Named,
}

#[derive(Debug, Clone, Deserialize)]
struct Named {
    name: String,
}

#[derive(Debug, Clone, Deserialize)]
struct ShippingLine {
    discounts: Vec<Discount>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Discount {
    adjustment_source: String,
    /// Less than nothing, where something is taken off.
    #[serde(deserialize_with = "figure")]
    amount_with_tax: i64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Surcharge {
    id: String,
    description: String,
    #[serde(deserialize_with = "figure")]
    price_with_tax: i64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct OrderPayment {
    state: String,
    #[serde(deserialize_with = "figure")]
    amount: i64,
    updated_at: Timestamp,
    refunds: Vec<Refund>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Refund {
    state: String,
    #[serde(deserialize_with = "figure")]
    total: i64,
    updated_at: Timestamp,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Fulfillment {
    id: String,
    state: String,
    updated_at: Timestamp,
    method: String,
    tracking_code: Option<String>,
    lines: Vec<FulfillmentLine>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct FulfillmentLine {
    order_line_id: String,
    #[serde(deserialize_with = "figure")]
    quantity: i64,
}

/// What has been paid, set aside and given back, in Vendure's units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Paid {
    settled: i64,
    authorized: i64,
    refunded: i64,
    any_settled: bool,
}

impl Paid {
    fn of(payments: &[OrderPayment]) -> Paid {
        let in_state = |state: &str| sum(payments.iter().filter(|one| one.state == state).map(|one| one.amount));
        let refunds = payments.iter().flat_map(|one| &one.refunds).filter(|refund| refund.state == "Settled");
        Paid {
            settled: in_state("Settled"),
            authorized: in_state("Authorized"),
            refunded: sum(refunds.map(|refund| refund.total)),
            any_settled: payments.iter().any(|one| one.state == "Settled"),
        }
    }

    fn state(self, total: i64, cancelled: bool) -> Payment {
        match self {
            Paid { settled, refunded, .. } if refunded > 0 && refunded >= settled => Payment::Refunded,
            Paid { refunded: 1.., .. } => Payment::PartlyRefunded,
            Paid { any_settled: true, settled, .. } if settled >= total => Payment::Paid,
            Paid { settled: 1.., .. } => Payment::PartlyPaid,
            Paid { authorized: 1.., .. } => Payment::Authorized,
            _ if cancelled => Payment::Voided,
            _ => Payment::Unpaid,
        }
    }
}

impl Order {
    pub(super) fn fact(mut self, books: &Books) -> Option<Fact> {
        // it names them now in this order, now in that
        self.lines.sort_by(|one, other| by_id(&one.id, &other.id));
        self.surcharges.sort_by(|one, other| by_id(&one.id, &other.id));
        self.fulfillments.iter_mut().for_each(|all| all.sort_by(|one, other| by_id(&one.id, &other.id)));
        let (reference, number) = (books.reference(&self.id), called(&self.code, &self.id, 64));
        let Ok(currency) = self.currency_code.parse::<Currency>() else {
            return Some(Fact::uncounted(reference, number, &self.currency_code));
        };
        let money = |value: i64| minor(value, books.units, currency);
        let to = self.shipping_address.as_ref();
        let (country, postcode) = (to.and_then(|to| to.country_code.as_deref()), to.and_then(|to| to.postal_code.as_deref()));
        let buyer = self.customer.clone().map(|customer| customer.buyer(books, country, postcode)).unwrap_or_default();
        let cancelled = self.state == "Cancelled";
        let paid = Paid::of(self.payments.as_deref().unwrap_or_default());
        let lines = self.told_lines(books, currency);
        let shipping = money(self.shipping());
        let total = self.total(&lines, shipping, paid, books, currency);
        // what a shop takes off or adds beside its lines, and what rounding did
        let (discount, tax) = beside(sum(lines.iter().map(|line| line.total).chain([shipping])), total);
        let facts = Facts {
            reference,
            number,
            placed_at: self.order_placed_at.unwrap_or(self.created_at),
            changed_at: self.changed_at().min(books.now),
            cancelled_at: cancelled.then(|| self.updated_at.min(books.now)),
            payment: paid.state(self.total_with_tax, cancelled),
            fulfilment: self.fulfilment(),
            currency,
            discount,
            tax,
            lines,
            shipping,
            total,
            refunded: money(paid.refunded).min(total),
            parcels: self.parcels(books),
            disputes: Vec::new(),
            note: None,
            page: None,
            test: false,
        };
        Some(Fact::Order(Box::new((buyer, facts))))
    }

    fn told_lines(&self, books: &Books, currency: Currency) -> Vec<Line> {
        let lines = self.lines.iter().map(|line| line.told(books, currency));
        let added = self.surcharges.iter().filter(|one| one.price_with_tax > 0).map(|one| one.told(books, currency));
        lines.chain(added).take(MOST_LINES).collect()
    }

    /// What it cost to send when it was placed, cancelled or not.
    fn shipping(&self) -> i64 {
        let cancelled = self.shipping_lines.iter().flat_map(|line| &line.discounts).filter(|one| one.adjustment_source == CANCELLATION);
        sum(cancelled.map(|one| -one.amount_with_tax).chain([self.shipping_with_tax]))
    }

    /// What it came to when it was placed: Vendure's own total, unless something was cancelled; then what was paid, if that is
    /// what the lines come to but for rounding.
    fn total(&self, lines: &[Line], shipping: i64, paid: Paid, books: &Books, currency: Currency) -> i64 {
        if self.lines.iter().all(|line| line.quantity >= line.order_placed_quantity) {
            return minor(self.total_with_tax, books.units, currency);
        }
        let taken_off = self.surcharges.iter().map(|one| -minor(-one.price_with_tax, books.units, currency));
        let placed = sum(lines.iter().map(|line| line.total).chain([shipping]).chain(taken_off)).clamp(0, Money::MOST);
        let settled = minor(paid.settled, books.units, currency);
        // each piece may have been rounded
        let pieces = sum(lines.iter().map(|line| line.quantity));
        if (settled - placed).abs() <= pieces { settled } else { placed }
    }

    /// The newest of its stamps: its own stays where it is when it is paid, sent or refunded.
    fn changed_at(&self) -> Timestamp {
        let payments = self.payments.iter().flatten();
        let refunds = payments.clone().flat_map(|one| &one.refunds).map(|refund| refund.updated_at);
        let parcels = self.fulfillments.iter().flatten().map(|parcel| parcel.updated_at);
        let stamps = payments.map(|one| one.updated_at).chain(refunds).chain(parcels).chain(self.order_placed_at);
        stamps.fold(self.updated_at, Timestamp::max)
    }

    fn fulfilment(&self) -> Fulfilment {
        let sent = self.fulfillments.iter().flatten().filter(|one| matches!(one.state.as_str(), "Shipped" | "Delivered"));
        let mut left: BTreeMap<&str, i64> = self.lines.iter().map(|line| (line.id.as_str(), line.quantity)).collect();
        let mut any = false;
        for sent in sent.flat_map(|one| &one.lines) {
            any = any || sent.quantity > 0;
            if let Some(left) = left.get_mut(sent.order_line_id.as_str()) {
                *left = sum([*left, -sent.quantity]);
            }
        }
        match any {
            false => Fulfilment::None,
            true if left.values().any(|left| *left > 0) => Fulfilment::Part,
            true => Fulfilment::All,
        }
    }

    fn parcels(&self, books: &Books) -> Vec<Parcel> {
        let wanted = self.fulfillments.iter().flatten().filter(|one| one.state != "Cancelled");
        wanted.take(MOST_LINES).map(|one| one.told(books)).collect()
    }
}

impl OrderLine {
    fn told(&self, books: &Books, currency: Currency) -> Line {
        let quantity = self.quantity.max(self.order_placed_quantity).max(0);
        let whole = match self.quantity >= self.order_placed_quantity {
            true => self.prorated_line_price_with_tax,
            false => self.prorated_unit_price_with_tax.saturating_mul(quantity),
        };
        let ProductVariant { sku, name, product } = &self.product_variant;
        Line {
            reference: called(&self.id, "?", 200),
            sku: line(sku, 120),
            title: called(&product.name, "?", 300),
            variant: line(name.strip_prefix(product.name.as_str()).unwrap_or(name), 200),
            quantity,
            total: minor(whole, books.units, currency),
            refunded: (quantity - self.quantity).clamp(0, quantity),
            picture: None,
        }
    }
}

impl Surcharge {
    fn told(&self, books: &Books, currency: Currency) -> Line {
        Line {
            reference: called(&format!("{SURCHARGE}{}", self.id), "?", 200),
            sku: None,
            title: called(&self.description, "+", 300),
            variant: None,
            quantity: 1,
            total: minor(self.price_with_tax, books.units, currency),
            refunded: 0,
            picture: None,
        }
    }
}

impl Fulfillment {
    fn told(&self, books: &Books) -> Parcel {
        let state = match self.state.as_str() {
            "Shipped" => ParcelState::InTransit,
            "Delivered" => ParcelState::Delivered,
            // Created, Pending, and what a shop has added
            _ => ParcelState::PendingDelivery,
        };
        Parcel {
            reference: called(&self.id, "?", 200),
            carrier: line(&self.method, 80),
            tracking: self.tracking_code.as_deref().and_then(|code| line(code, 80)),
            tracking_url: None,
            state,
            at: self.updated_at.min(books.now),
            promised_at: None,
        }
    }
}
