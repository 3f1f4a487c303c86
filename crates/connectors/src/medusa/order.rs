//! What a Medusa says of an order, in Ombud's words.
//!
//! Medusa takes what is given back off an order's total, as a credit line. Ombud shows what was bought and how much of it was given
//! back, so an order's total is told as it was placed.

use commerce::{
    order::{Facts, Line, Parcel},
    status::{Fulfilment, ParcelState, Payment},
};
use customers::Buyer;
use kernel::{Currency, Timestamp};
use serde::Deserialize;

use super::page::Books;
use crate::{
    connector::Fact,
    told::{DIGITS, MOST_LINES, address, amount, beside, by_id, called, details, figure, line, minor, postcode, reference, sum},
};

/// What is asked for of a customer.
pub(super) const CUSTOMER_FIELDS: &str = "id,email,first_name,last_name,phone,has_account";

/// What is asked for of an order beside what is always said of it, among which its number is where versions differ.
pub(super) const FIELDS: &str = "+currency_code,+email,+canceled_at,+item_total,+shipping_total,\
    +customer.id,+customer.email,+customer.first_name,+customer.last_name,+customer.phone,+customer.has_account,\
    +shipping_address.first_name,+shipping_address.last_name,+shipping_address.company,+shipping_address.phone,\
    +shipping_address.postal_code,+shipping_address.country_code,\
    +items.id,+items.title,+items.product_title,+items.variant_title,+items.variant_sku,+items.thumbnail,+items.quantity,+items.total,\
    +items.detail.return_received_quantity,+items.detail.shipped_quantity,+items.detail.delivered_quantity,\
    +fulfillments.id,+fulfillments.packed_at,+fulfillments.shipped_at,+fulfillments.delivered_at,+fulfillments.canceled_at,\
    +fulfillments.updated_at,+fulfillments.shipping_option.name,+fulfillments.labels.tracking_number,+fulfillments.labels.tracking_url,\
    +payment_collections.payments.id,+payment_collections.payments.amount,+payment_collections.payments.canceled_at,\
    +payment_collections.payments.captures.amount,+payment_collections.payments.captures.created_at,\
    +payment_collections.payments.refunds.amount,+payment_collections.payments.refunds.created_at,\
    +credit_lines.amount,+credit_lines.metadata";

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Customer {
    id: String,
    email: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    phone: Option<String>,
    #[serde(default)]
    has_account: bool,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Order {
    id: String,
    #[serde(deserialize_with = "figure")]
    display_id: i64,
    /// What a shop calls it that does not count.
    #[serde(default)]
    custom_display_id: Option<String>,
    status: String,
    created_at: Timestamp,
    updated_at: Timestamp,
    canceled_at: Option<Timestamp>,
    currency_code: String,
    email: Option<String>,
    #[serde(deserialize_with = "amount")]
    item_total: i64,
    #[serde(deserialize_with = "amount")]
    shipping_total: i64,
    customer: Option<Customer>,
    shipping_address: Option<Address>,
    items: Option<Vec<Item>>,
    fulfillments: Option<Vec<Fulfillment>>,
    payment_collections: Option<Vec<PaymentCollection>>,
    #[serde(default)]
    credit_lines: Option<Vec<CreditLine>>,
}

#[derive(Debug, Clone, Deserialize)]
struct Address {
    first_name: Option<String>,
    last_name: Option<String>,
    company: Option<String>,
    phone: Option<String>,
    postal_code: Option<String>,
    country_code: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct Item {
    id: String,
    title: String,
    product_title: Option<String>,
    variant_title: Option<String>,
    variant_sku: Option<String>,
    thumbnail: Option<String>,
    #[serde(deserialize_with = "figure")]
    quantity: i64,
    #[serde(deserialize_with = "amount")]
    total: i64,
    #[serde(default)]
    detail: Option<Detail>,
}

/// How far a line has come.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Detail {
    #[serde(deserialize_with = "figure")]
    return_received_quantity: i64,
    #[serde(deserialize_with = "figure")]
    shipped_quantity: i64,
    #[serde(deserialize_with = "figure")]
    delivered_quantity: i64,
}

#[derive(Debug, Clone, Deserialize)]
struct Fulfillment {
    id: String,
    packed_at: Option<Timestamp>,
    shipped_at: Option<Timestamp>,
    delivered_at: Option<Timestamp>,
    canceled_at: Option<Timestamp>,
    updated_at: Timestamp,
    #[serde(default)]
    shipping_option: Option<ShippingOption>,
    #[serde(default)]
    labels: Option<Vec<Label>>,
}

#[derive(Debug, Clone, Deserialize)]
struct ShippingOption {
    name: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Label {
    tracking_number: Option<String>,
    tracking_url: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct PaymentCollection {
    #[serde(default)]
    pub payments: Option<Vec<OrderPayment>>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct OrderPayment {
    pub id: String,
    #[serde(deserialize_with = "amount")]
    amount: i64,
    canceled_at: Option<Timestamp>,
    captures: Option<Vec<Moved>>,
    refunds: Option<Vec<Moved>>,
}

/// Money that went one way or the other.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Moved {
    #[serde(deserialize_with = "amount")]
    amount: i64,
    created_at: Timestamp,
    #[serde(default)]
    pub note: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct CreditLine {
    #[serde(deserialize_with = "amount")]
    amount: i64,
    #[serde(default)]
    metadata: Option<CreditMetadata>,
}

#[derive(Debug, Clone, Deserialize)]
struct CreditMetadata {
    /// How often the order had been changed when it was added, itself included; an order is placed as version 1.
    #[serde(default)]
    created_in_version: Option<i64>,
}

impl Customer {
    fn buyer(&self, order: Option<&Order>, books: &Books) -> Buyer {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let to = order.and_then(|order| order.shipping_address.as_ref());
        let mut name = [text(&self.first_name), text(&self.last_name)];
        if let Some(to) = to.filter(|_| name.concat().trim().is_empty()) {
            name = [text(&to.first_name), text(&to.last_name)];
        }
        if let Some(to) = to.filter(|_| name.concat().trim().is_empty()) {
            name = [text(&to.company), String::new()];
        }
        let email = order.and_then(|order| order.email.as_deref()).or(self.email.as_deref()).unwrap_or_default();
        let phone = self.phone.as_deref().or_else(|| to?.phone.as_deref()).unwrap_or_default();
        let country = to.and_then(|to| to.country_code.as_deref()).unwrap_or_default().to_ascii_uppercase();
        Buyer {
            account: self.has_account.then(|| reference(&books.source, &self.id)),
            details: details([&name[0], &name[1]], email, phone, &country),
            postcode: to.and_then(|to| postcode(to.postal_code.as_deref()?)),
        }
    }

    /// Guests come with their orders.
    pub(super) fn fact(self, books: &Books) -> Option<Fact> {
        self.has_account.then(|| Fact::Customer(self.buyer(None, books)))
    }
}

impl OrderPayment {
    fn captured(&self) -> i64 {
        sum(self.captures.iter().flatten().map(|one| one.amount))
    }
    fn refunded(&self) -> i64 {
        sum(self.refunds().map(|one| one.amount))
    }
    /// What of it is waiting to be captured.
    fn authorized(&self) -> i64 {
        if self.canceled_at.is_some() { 0 } else { sum([self.amount, -self.captured()]) }
    }
    pub(super) fn refunds(&self) -> impl Iterator<Item = &Moved> {
        self.refunds.iter().flatten()
    }
    /// What of it has not been given back.
    pub(super) fn left(&self) -> i64 {
        sum([self.captured(), -self.refunded()])
    }
}

impl Order {
    pub(super) fn fact(mut self, books: &Books) -> Option<Fact> {
        if self.status == "draft" {
            return None;
        }
        // it names them now in this order, now in that
        self.items.iter_mut().for_each(|all| all.sort_by(|one, other| by_id(&one.id, &other.id)));
        self.fulfillments.iter_mut().for_each(|all| all.sort_by(|one, other| by_id(&one.id, &other.id)));
        let number = called(self.custom_display_id.as_deref().unwrap_or_default(), &self.display_id.to_string(), 64);
        let (reference, currency_code) = (reference(&books.source, &self.id), self.currency_code.to_ascii_uppercase());
        let Ok(currency) = currency_code.parse::<Currency>() else {
            return Some(Fact::uncounted(reference, number, &currency_code));
        };
        let money = |value: i64| minor(value, DIGITS, currency);
        let (total, shipping) = (money(self.total()), money(self.shipping_total));
        let refunded = money(sum(self.payments().map(OrderPayment::refunded))).min(total);
        let lines = self.told_lines(currency, total > 0 && refunded == total);
        // what a shop takes off beside its lines, and what rounding did
        let (discount, tax) = beside(sum(lines.iter().map(|line| line.total).chain([shipping])), total);
        let cancelled_at = self.canceled_at.or_else(|| (self.status == "canceled").then_some(self.updated_at));
        let facts = Facts {
            reference,
            number,
            placed_at: self.created_at,
            changed_at: self.changed_at().min(books.now),
            cancelled_at: cancelled_at.map(|at| at.min(books.now)),
            payment: self.payment(cancelled_at.is_some()),
            fulfilment: self.fulfilment(),
            currency,
            discount,
            tax,
            lines,
            shipping,
            total,
            refunded,
            parcels: self.parcels(books),
            disputes: Vec::new(),
            note: None,
            page: None,
            test: false,
        };
        let nobody = Customer { id: String::new(), email: None, first_name: None, last_name: None, phone: None, has_account: false };
        let buyer = self.customer.as_ref().unwrap_or(&nobody).buyer(Some(&self), books);
        Some(Fact::Order(Box::new((buyer, facts))))
    }

    fn payments(&self) -> impl Iterator<Item = &OrderPayment> {
        self.payment_collections.iter().flatten().flat_map(|one| one.payments.iter().flatten())
    }

    /// What it came to when it was placed: credit that was used then is taken off, and none that came later.
    fn total(&self) -> i64 {
        let used = self.credit_lines.iter().flatten().filter(|credit| {
            let version = credit.metadata.as_ref().and_then(|metadata| metadata.created_in_version);
            version.is_none_or(|version| version <= 1)
        });
        sum(used.map(|credit| -credit.amount).chain([self.item_total, self.shipping_total]))
    }

    fn payment(&self, cancelled: bool) -> Payment {
        let captured = sum(self.payments().map(OrderPayment::captured));
        let refunded = sum(self.payments().map(OrderPayment::refunded));
        match self.total() {
            _ if refunded > 0 && refunded >= captured => Payment::Refunded,
            _ if refunded > 0 => Payment::PartlyRefunded,
            _ if cancelled && captured == 0 => Payment::Voided,
            total if captured >= total => Payment::Paid,
            _ if captured > 0 => Payment::PartlyPaid,
            _ if self.payments().any(|one| one.authorized() > 0) => Payment::Authorized,
            _ => Payment::Unpaid,
        }
    }

    /// The newest of its stamps: its own stays where it is when money is captured.
    fn changed_at(&self) -> Timestamp {
        let moved = self.payments().flat_map(|one| one.captures.iter().chain(&one.refunds).flatten()).map(|one| one.created_at);
        let packed = self.fulfillments.iter().flatten().map(|one| one.updated_at);
        moved.chain(packed).fold(self.updated_at, Timestamp::max)
    }

    /// What is packed and has not left is under way, though nobody has it yet.
    fn fulfilment(&self) -> Fulfilment {
        let shipped = |item: &Item| item.detail.as_ref().map_or(0, |detail| detail.shipped_quantity.max(detail.delivered_quantity));
        let mut wanted = self.items.iter().flatten().filter(|item| item.quantity > 0).peekable();
        if wanted.peek().is_some() && wanted.all(|item| shipped(item) >= item.quantity) {
            return Fulfilment::All;
        }
        let any = self.fulfillments.iter().flatten().any(|one| one.canceled_at.is_none() && one.packed_at.or(one.shipped_at).is_some());
        if any { Fulfilment::Part } else { Fulfilment::None }
    }

    fn told_lines(&self, currency: Currency, all_given_back: bool) -> Vec<Line> {
        let items = self.items.iter().flatten().take(MOST_LINES);
        items.map(|item| item.told(currency, all_given_back)).collect()
    }

    fn parcels(&self, books: &Books) -> Vec<Parcel> {
        let sent = self.fulfillments.iter().flatten().filter(|one| one.canceled_at.is_none() && one.shipped_at.is_some());
        sent.flat_map(|one| one.told(books)).take(MOST_LINES).collect()
    }
}

impl Item {
    /// Medusa does not say of which lines money was given back for, unless they came back or all of it was.
    fn told(&self, currency: Currency, all_given_back: bool) -> Line {
        let quantity = self.quantity.max(0);
        let returned = self.detail.as_ref().map_or(0, |detail| detail.return_received_quantity);
        Line {
            reference: called(&self.id, "?", 200),
            sku: self.variant_sku.as_deref().and_then(|sku| line(sku, 120)),
            title: called(self.product_title.as_deref().unwrap_or_default(), &self.title, 300),
            variant: self.variant_title.as_deref().and_then(|title| line(title, 200)),
            quantity,
            total: minor(self.total, DIGITS, currency),
            refunded: if all_given_back { quantity } else { returned.clamp(0, quantity) },
            picture: self.thumbnail.as_deref().and_then(address),
        }
    }
}

impl Fulfillment {
    /// A parcel for each of its labels.
    fn told(&self, books: &Books) -> Vec<Parcel> {
        let at = self.delivered_at.or(self.shipped_at).unwrap_or(self.updated_at).min(books.now);
        let state = if self.delivered_at.is_some() { ParcelState::Delivered } else { ParcelState::InTransit };
        let labels = self.labels.clone().filter(|labels| !labels.is_empty()).unwrap_or_else(|| vec![Label::default()]);
        let told = |(n, label): (usize, Label)| Parcel {
            reference: called(&if n == 0 { self.id.clone() } else { format!("{}-{n}", self.id) }, "?", 200),
            // the name of how it is sent is what the shop calls its carrier
            carrier: self.shipping_option.as_ref().and_then(|option| line(option.name.as_deref()?, 80)),
            tracking: label.tracking_number.as_deref().and_then(|code| line(code, 80)),
            tracking_url: label.tracking_url.as_deref().and_then(address),
            state,
            at,
            promised_at: None,
        };
        labels.into_iter().take(MOST_LINES).enumerate().map(told).collect()
    }
}
