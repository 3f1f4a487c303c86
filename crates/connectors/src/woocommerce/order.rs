//! What a WooCommerce says of an order, in Ombud's words.

use std::collections::BTreeMap;

use commerce::{
    order::{Facts, Line, Parcel},
    status::{Fulfilment, ParcelState, Payment},
};
use customers::Buyer;
use kernel::{Currency, Timestamp};
use platform::App;
use serde::Deserialize;
use serde_json::Value;

use super::{client::Answered, page::Books};
use crate::{
    connector::{Fact, Settings},
    told::{DIGITS, MOST_LINES, address, beside, called, decimal, details, figure, line, minor, postcode, reference, sum, utc},
    trouble::Fault,
};

/// What is asked for of an order.
pub(super) const FIELDS: &str = "id,number,status,currency,date_created_gmt,date_modified_gmt,date_paid_gmt,date_completed_gmt,total,\
                                 shipping_total,shipping_tax,customer_id,customer_note,billing,shipping,line_items,fee_lines,refunds,meta_data";
const REFUND_FIELDS: &str = "id,line_items";

/// Where the plugin that most shops track parcels with keeps what it knows.
const TRACKING: &str = "_wc_shipment_tracking_items";

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Order {
    id: i64,
    number: String,
    status: String,
    currency: String,
    date_created_gmt: Option<String>,
    date_modified_gmt: Option<String>,
    date_paid_gmt: Option<String>,
    date_completed_gmt: Option<String>,
    total: String,
    shipping_total: String,
    shipping_tax: String,
    /// Nobody with an account, when 0.
    customer_id: i64,
    #[serde(default)]
    customer_note: String,
    billing: Address,
    #[serde(default)]
    shipping: Address,
    line_items: Vec<Item>,
    fee_lines: Vec<Fee>,
    refunds: Vec<RefundTotal>,
    #[serde(default)]
    meta_data: Vec<Meta>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Address {
    first_name: String,
    last_name: String,
    company: String,
    country: String,
    postcode: String,
    email: Option<String>,
    phone: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct Item {
    id: i64,
    name: String,
    #[serde(default)]
    parent_name: Option<String>,
    #[serde(deserialize_with = "figure")]
    quantity: i64,
    total: String,
    total_tax: String,
    #[serde(default)]
    sku: Option<String>,
    #[serde(default)]
    image: Option<Image>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Image {
    #[serde(default)]
    pub src: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct Fee {
    id: i64,
    #[serde(default)]
    name: Option<String>,
    total: String,
    total_tax: String,
}

#[derive(Debug, Clone, Deserialize)]
struct RefundTotal {
    total: String,
}

#[derive(Debug, Clone, Deserialize)]
struct Meta {
    key: String,
    value: Value,
}

/// What was given back at once.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Refund {
    line_items: Vec<RefundedItem>,
}

#[derive(Debug, Clone, Deserialize)]
struct RefundedItem {
    /// Less than none, as it writes it.
    #[serde(deserialize_with = "figure")]
    quantity: i64,
    #[serde(default)]
    meta_data: Vec<Meta>,
}

/// What was given back of an order, line by line; the order itself knows the sums alone.
pub(super) async fn refunds(app: &App, settings: &Settings, order: &Order) -> Result<Vec<Refund>, Fault> {
    if order.refunds.is_empty() {
        return Ok(Vec::new());
    }
    Answered::whole(app, settings, &format!("orders/{}/refunds", order.id), REFUND_FIELDS, &[]).await
}

impl Address {
    /// Whoever bought: somebody with an account, or a guest.
    pub(super) fn buyer(&self, id: i64, name: [&str; 2], email: &str, to: Option<&Address>, books: &Books) -> Buyer {
        let name = if name.concat().trim().is_empty() { [self.first_name.as_str(), self.last_name.as_str()] } else { name };
        let name = if name.concat().trim().is_empty() { [self.company.as_str(), ""] } else { name };
        let email = if email.is_empty() { self.email.as_deref().unwrap_or_default() } else { email };
        let phone = self.phone.as_deref().unwrap_or_default();
        let account = (id > 0).then(|| reference(&books.source, &id.to_string()));
        let country = to.map(|to| to.country.as_str()).filter(|code| !code.is_empty()).unwrap_or(&self.country);
        let postcode = to.and_then(|to| postcode(&to.postcode).or_else(|| postcode(&self.postcode)));
        Buyer { account, details: details(name, email, phone, country), postcode }
    }
}

impl Order {
    pub(super) fn fact(self, refunds: &[Refund], books: &Books) -> Option<Fact> {
        // what is still in a cart, or thrown away
        if matches!(self.status.as_str(), "checkout-draft" | "auto-draft" | "draft" | "trash") {
            return None;
        }
        let (reference, number) = (reference(&books.source, &self.id.to_string()), called(&self.number, &self.id.to_string(), 64));
        let Ok(currency) = self.currency.parse::<Currency>() else {
            return Some(Fact::uncounted(reference, number, &self.currency));
        };
        let money = |amount: i64| minor(amount, DIGITS, currency);
        let said = |text: &Option<String>| text.as_deref().and_then(utc).map(|at| at.min(books.now));
        let changed_at = said(&self.date_modified_gmt).or(said(&self.date_created_gmt)).unwrap_or(books.now);
        let lines = self.lines(refunds, currency);
        let (shipping, total) = (money(decimal(&self.shipping_total) + decimal(&self.shipping_tax)), money(decimal(&self.total)));
        let refunded = money(sum(self.refunds.iter().map(|refund| decimal(&refund.total).abs()))).min(total);
        // what is taken off beside the lines, and what rounding did
        let (discount, tax) = beside(sum(lines.iter().map(|line| line.total).chain([shipping])), total);
        let buyer = self.billing.buyer(self.customer_id, ["", ""], "", Some(&self.shipping), books);
        let facts = Facts {
            reference,
            number,
            placed_at: said(&self.date_created_gmt).unwrap_or(changed_at),
            changed_at,
            cancelled_at: (self.status == "cancelled").then_some(changed_at),
            payment: self.payment(refunded, total),
            fulfilment: if self.status == "completed" { Fulfilment::All } else { Fulfilment::None },
            currency,
            discount,
            tax,
            lines,
            shipping,
            total,
            refunded,
            parcels: self.parcels(said(&self.date_completed_gmt), changed_at),
            disputes: Vec::new(),
            note: line(&self.customer_note, 2_000),
            page: address(&format!("{}/wp-admin/post.php?post={}&action=edit", books.site, self.id)),
            test: false,
        };
        Some(Fact::Order(Box::new((buyer, facts))))
    }

    fn payment(&self, refunded: i64, total: i64) -> Payment {
        match self.status.as_str() {
            // by its word alone nothing is given back, but who says so knows of it
            "refunded" => Payment::Refunded,
            _ if refunded > 0 && refunded >= total => Payment::Refunded,
            _ if refunded > 0 => Payment::PartlyRefunded,
            _ if self.date_paid_gmt.is_some() => Payment::Paid,
            "cancelled" => Payment::Voided,
            _ => Payment::Unpaid,
        }
    }

    fn lines(&self, refunds: &[Refund], currency: Currency) -> Vec<Line> {
        let money = |net: &str, tax: &str| minor(decimal(net) + decimal(tax), DIGITS, currency);
        let given_back = given_back(refunds);
        let items = self.line_items.iter().map(|item| {
            let quantity = item.quantity.abs();
            let title = item.parent_name.as_deref().filter(|name| !name.is_empty()).unwrap_or(&item.name);
            Line {
                reference: item.id.to_string(),
                sku: item.sku.as_deref().and_then(|sku| line(sku, 120)),
                title: called(title, "?", 300),
                // it names a variation after its product: `Tent - green, M`
                variant: item.name.strip_prefix(title).and_then(|own| line(own.trim_start_matches([' ', '-', '–']), 200)),
                quantity,
                total: money(&item.total, &item.total_tax),
                refunded: given_back.get(&item.id).map_or(0, |given| quantity.min(*given)),
                picture: item.image.as_ref().and_then(|image| address(image.src.as_deref()?)),
            }
        });
        let added = self.fee_lines.iter().filter(|fee| decimal(&fee.total) + decimal(&fee.total_tax) > 0).map(|fee| Line {
            reference: format!("fee-{}", fee.id),
            sku: None,
            title: called(fee.name.as_deref().unwrap_or_default(), "+", 300),
            variant: None,
            quantity: 1,
            total: money(&fee.total, &fee.total_tax),
            refunded: 0,
            picture: None,
        });
        items.chain(added).take(MOST_LINES).collect()
    }

    /// Where no plugin tracks parcels, the shop's word that an order is completed is all there is.
    fn parcels(&self, completed_at: Option<Timestamp>, changed_at: Timestamp) -> Vec<Parcel> {
        let tracked = self.meta_data.iter().find(|meta| meta.key == TRACKING).and_then(|meta| meta.value.as_array());
        let known: Vec<Parcel> = tracked.into_iter().flatten().take(MOST_LINES).map(|item| parcel(item, changed_at)).collect();
        if known.is_empty() && self.status == "completed" {
            let at = completed_at.unwrap_or(changed_at);
            let (carrier, tracking, tracking_url, promised_at) = (None, None, None, None);
            return vec![Parcel {
                reference: "completed".into(),
                carrier,
                tracking,
                tracking_url,
                state: ParcelState::Delivered,
                at,
                promised_at,
            }];
        }
        known
    }
}

/// How many were given back, by the line they are of.
fn given_back(refunds: &[Refund]) -> BTreeMap<i64, i64> {
    let mut given = BTreeMap::new();
    for item in refunds.iter().flat_map(|refund| &refund.line_items) {
        let line = item.meta_data.iter().find(|meta| meta.key == "_refunded_item_id").map(|meta| &meta.value);
        if let Some(line) = line.and_then(|line| line.as_i64().or_else(|| line.as_str()?.parse().ok())) {
            let given = given.entry(line).or_default();
            *given = sum([*given, item.quantity.abs()]);
        }
    }
    given
}

fn parcel(item: &Value, changed_at: Timestamp) -> Parcel {
    let text = |name: &str| item[name].as_str().filter(|text| !text.is_empty());
    let shipped = item["date_shipped"].as_i64().or_else(|| text("date_shipped")?.parse().ok());
    Parcel {
        reference: called(text("tracking_id").or(text("tracking_number")).unwrap_or_default(), "?", 200),
        carrier: text("custom_tracking_provider").or(text("tracking_provider")).and_then(|name| line(name, 80)),
        tracking: text("tracking_number").and_then(|code| line(code, 80)),
        tracking_url: text("custom_tracking_link").and_then(address),
        state: ParcelState::InTransit,
        at: shipped.map_or(changed_at, |at| Timestamp::from_micros(at.saturating_mul(1_000_000)).min(changed_at)),
        promised_at: None,
    }
}
