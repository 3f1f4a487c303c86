//! What a Shopify says of an order and of whoever bought, in Ombud's words. Amounts are what the customer saw.

use commerce::{
    dispute,
    order::{Facts, Line, Parcel},
    status::{Fulfilment, ParcelState, Payment},
};
use customers::Buyer;
use kernel::{Currency, Money, Timestamp};
use serde::Deserialize;

use super::{
    dispute::{DISPUTES, Dispute},
    page::{Books, Row, Rows, number},
};
use crate::{
    connector::Fact,
    told::{DIGITS, MOST_LINES, address, beside, called, decimal, details, figure, line, minor, postcode, reference, sum, unmarked},
};

/// What is asked for.
pub(super) const CUSTOMER: &str = "id firstName lastName defaultEmailAddress { emailAddress } defaultPhoneNumber { phoneNumber } \
                                   defaultAddress { countryCodeV2 }";
pub(super) const LINES: &str = "lineItems(first: 10) { nodes { id title variantTitle sku quantity currentQuantity \
                                originalTotalSet { presentmentMoney { amount } } discountAllocations { allocatedAmountSet { presentmentMoney { amount } } } \
                                image { url } } pageInfo { hasNextPage endCursor } }";
const FIELDS: &str = "id name test createdAt processedAt updatedAt cancelledAt displayFinancialStatus displayFulfillmentStatus \
    presentmentCurrencyCode taxesIncluded note email phone \
    totalPriceSet { presentmentMoney { amount } } totalRefundedSet { presentmentMoney { amount } } \
    totalShippingPriceSet { presentmentMoney { amount } } totalTaxSet { presentmentMoney { amount } } \
    customer { CUSTOMER } shippingAddress { firstName lastName countryCodeV2 zip } billingAddress { firstName lastName countryCodeV2 zip } LINES \
    fulfillments(first: 10) { id status displayStatus createdAt updatedAt estimatedDeliveryAt trackingInfo(first: 1) { company number url } } DISPUTES";

/// What is asked for of an order.
pub(super) fn fields() -> String {
    FIELDS.replace("CUSTOMER", CUSTOMER).replace("LINES", LINES).replace("DISPUTES", DISPUTES)
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Order {
    pub id: String,
    name: String,
    #[serde(default)]
    test: bool,
    created_at: Timestamp,
    processed_at: Option<Timestamp>,
    updated_at: Timestamp,
    cancelled_at: Option<Timestamp>,
    display_financial_status: Option<String>,
    display_fulfillment_status: Option<String>,
    presentment_currency_code: String,
    taxes_included: bool,
    note: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    total_price_set: Bag,
    total_refunded_set: Bag,
    total_shipping_price_set: Bag,
    total_tax_set: Option<Bag>,
    customer: Option<Customer>,
    shipping_address: Option<Address>,
    billing_address: Option<Address>,
    pub line_items: Rows<Item>,
    fulfillments: Vec<Fulfillment>,
    pub disputes: Vec<Dispute>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Bag {
    presentment_money: Amount,
}

#[derive(Debug, Deserialize)]
struct Amount {
    amount: String,
}

/// An app may be kept from seeing who bought: what it may not see is null.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Customer {
    id: String,
    first_name: Option<String>,
    last_name: Option<String>,
    default_email_address: Option<Email>,
    default_phone_number: Option<Phone>,
    default_address: Option<Country>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Email {
    email_address: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Phone {
    phone_number: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Country {
    country_code_v2: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Address {
    first_name: Option<String>,
    last_name: Option<String>,
    country_code_v2: Option<String>,
    zip: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Item {
    id: String,
    title: String,
    variant_title: Option<String>,
    sku: Option<String>,
    #[serde(deserialize_with = "figure")]
    quantity: i64,
    #[serde(deserialize_with = "figure")]
    current_quantity: i64,
    original_total_set: Bag,
    discount_allocations: Vec<Allocation>,
    image: Option<Image>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Allocation {
    allocated_amount_set: Bag,
}

#[derive(Debug, Deserialize)]
pub(super) struct Image {
    pub url: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Fulfillment {
    id: String,
    status: String,
    display_status: Option<String>,
    created_at: Timestamp,
    updated_at: Timestamp,
    estimated_delivery_at: Option<Timestamp>,
    tracking_info: Vec<Tracking>,
}

#[derive(Debug, Deserialize)]
struct Tracking {
    company: Option<String>,
    number: Option<String>,
    url: Option<String>,
}

impl Row for Order {
    fn gid(&self) -> &str {
        &self.id
    }
}
impl Row for Customer {
    fn gid(&self) -> &str {
        &self.id
    }
}

impl Bag {
    pub(super) fn amount(&self) -> i64 {
        decimal(&self.presentment_money.amount)
    }
}

impl Customer {
    pub(super) fn fact(self, books: &Books) -> Fact {
        Fact::Customer(self.buyer("", None, books))
    }

    fn buyer(&self, country: &str, postcode: Option<String>, books: &Books) -> Buyer {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let email = self.default_email_address.as_ref().map_or("", |email| &email.email_address);
        let phone = self.default_phone_number.as_ref().map_or("", |phone| &phone.phone_number);
        let home = self.default_address.as_ref().and_then(|address| address.country_code_v2.as_deref()).unwrap_or_default();
        let country = if country.is_empty() { home } else { country };
        let details = details([&text(&self.first_name), &text(&self.last_name)], email, phone, country);
        Buyer { account: Some(reference(&books.source, number(&self.id))), details, postcode }
    }
}

/// How far an order is that it calls so.
pub(super) fn fulfilment(status: &str) -> Fulfilment {
    match status {
        "FULFILLED" | "FULFILLMENT_NOT_REQUIRED" => Fulfilment::All,
        "IN_PROGRESS" | "PENDING_FULFILLMENT" | "PARTIALLY_FULFILLED" => Fulfilment::Part,
        "REQUEST_DECLINED" => Fulfilment::Failed,
        // UNFULFILLED, OPEN, SCHEDULED, ON_HOLD, RESTOCKED, and what there may be one day
        _ => Fulfilment::None,
    }
}

impl Order {
    pub(super) fn fact(self, books: &Books) -> Option<Fact> {
        let id = number(&self.id);
        let (reference, number) = (reference(&books.source, id), called(&self.name, id, 64));
        let Ok(currency) = self.presentment_currency_code.parse::<Currency>() else {
            return Some(Fact::uncounted(reference, number, &self.presentment_currency_code));
        };
        let money = |amount: i64| minor(amount, DIGITS, currency);
        let lines: Vec<Line> = self.line_items.nodes.iter().take(MOST_LINES).map(|item| item.told(currency)).collect();
        let (shipping, total) = (money(self.total_shipping_price_set.amount()), money(self.total_price_set.amount()));
        let added = self.total_tax_set.as_ref().filter(|_| !self.taxes_included).map_or(0, |tax| money(tax.amount()));
        // what shipping lost, and what is added beside the lines
        let (discount, more) = beside(sum(lines.iter().map(|line| line.total).chain([shipping, added])), total);
        let facts = Facts {
            reference,
            number,
            placed_at: self.processed_at.unwrap_or(self.created_at).min(books.now),
            changed_at: self.updated_at.min(books.now),
            cancelled_at: self.cancelled_at.map(|at| at.min(books.now)),
            payment: self.payment(),
            fulfilment: fulfilment(self.display_fulfillment_status.as_deref().unwrap_or_default()),
            currency,
            discount,
            tax: (added + more).min(Money::MOST),
            lines,
            shipping,
            total,
            refunded: money(self.total_refunded_set.amount()).min(total),
            parcels: self.parcels(books),
            disputes: self.disputes.iter().take(dispute::MOST).map(|one| one.told(currency)).collect(),
            note: self.note.as_deref().and_then(|note| line(&unmarked(note), 2_000)),
            page: address(&format!("{}/orders/{id}", books.admin)),
            test: self.test,
        };
        Some(Fact::Order(Box::new((self.buyer(books), facts))))
    }

    fn buyer(&self, books: &Books) -> Buyer {
        let home = self.shipping_address.as_ref().or(self.billing_address.as_ref());
        let country = home.and_then(|address| address.country_code_v2.as_deref()).unwrap_or_default();
        let postcode = home.and_then(|address| postcode(address.zip.as_deref()?));
        if let Some(customer) = &self.customer {
            return customer.buyer(country, postcode, books);
        }
        let text = |text: Option<&Option<String>>| text.cloned().flatten().unwrap_or_default();
        let name = [text(home.map(|home| &home.first_name)), text(home.map(|home| &home.last_name))];
        let (email, phone) = (text(Some(&self.email)), text(Some(&self.phone)));
        Buyer { account: None, details: details([&name[0], &name[1]], &email, &phone, country), postcode }
    }

    fn payment(&self) -> Payment {
        match self.display_financial_status.as_deref().unwrap_or_default() {
            "AUTHORIZED" => Payment::Authorized,
            "PARTIALLY_PAID" => Payment::PartlyPaid,
            "PAID" => Payment::Paid,
            "PARTIALLY_REFUNDED" => Payment::PartlyRefunded,
            "REFUNDED" => Payment::Refunded,
            "VOIDED" | "EXPIRED" => Payment::Voided,
            // PENDING, and what there may be one day
            _ => Payment::Unpaid,
        }
    }

    fn parcels(&self, books: &Books) -> Vec<Parcel> {
        let gone = |one: &&Fulfillment| !matches!(one.status.as_str(), "CANCELLED" | "ERROR" | "FAILURE");
        self.fulfillments.iter().filter(gone).take(MOST_LINES).map(|one| one.told(books)).collect()
    }
}

impl Item {
    fn told(&self, currency: Currency) -> Line {
        let off = self.discount_allocations.iter().map(|one| -one.allocated_amount_set.amount());
        let quantity = self.quantity.max(0);
        Line {
            reference: called(number(&self.id), "?", 200),
            sku: self.sku.as_deref().and_then(|sku| line(sku, 120)),
            title: called(&self.title, "?", 300),
            variant: self.variant_title.as_deref().and_then(|title| line(title, 200)),
            quantity,
            total: minor(sum(off.chain([self.original_total_set.amount()])), DIGITS, currency),
            refunded: (quantity - self.current_quantity).clamp(0, quantity),
            picture: self.image.as_ref().and_then(|image| address(&image.url)),
        }
    }
}

impl Fulfillment {
    fn told(&self, books: &Books) -> Parcel {
        let state = match self.display_status.as_deref().unwrap_or_default() {
            "READY_FOR_PICKUP" => ParcelState::ReadyForPickup,
            "IN_TRANSIT" | "CARRIER_PICKED_UP" | "DELAYED" => ParcelState::InTransit,
            "OUT_FOR_DELIVERY" => ParcelState::OutForDelivery,
            "ATTEMPTED_DELIVERY" => ParcelState::AttemptedDelivery,
            "DELIVERED" | "PICKED_UP" => ParcelState::Delivered,
            "NOT_DELIVERED" | "FAILURE" => ParcelState::Failed,
            // FULFILLED, CONFIRMED, SUBMITTED, LABEL_PRINTED, and what there may be one day
            _ => ParcelState::PendingDelivery,
        };
        let first = self.tracking_info.first();
        Parcel {
            reference: called(number(&self.id), "?", 200),
            carrier: first.and_then(|one| line(one.company.as_deref()?, 80)),
            tracking: first.and_then(|one| line(one.number.as_deref()?, 80)),
            tracking_url: first.and_then(|one| address(one.url.as_deref()?)),
            state,
            at: self.updated_at.max(self.created_at).min(books.now),
            promised_at: self.estimated_delivery_at,
        }
    }
}
