//! What is done to an order of a Medusa and costs nothing: it is cancelled, sent elsewhere, and written about to whoever packs.

use commerce::{Answer, Asked, deed::Destination};
use kernel::{ActionId, Currency, Money, Timestamp};
use platform::App;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{
    client::{self, post},
    order::{OrderPayment, PaymentCollection},
};
use crate::{
    connector::Settings,
    told::{DIGITS, is_marked, marked, minor, sum, written},
    trouble::Fault,
};

const FIELDS: &str = "id,status,metadata,currency_code,fulfillments.packed_at,fulfillments.canceled_at,\
    shipping_address.first_name,shipping_address.last_name,shipping_address.address_1,shipping_address.address_2,\
    shipping_address.postal_code,shipping_address.city,shipping_address.province,shipping_address.country_code,\
    payment_collections.payments.id,payment_collections.payments.amount,payment_collections.payments.canceled_at,\
    payment_collections.payments.captures.amount,payment_collections.payments.captures.created_at,\
    payment_collections.payments.refunds.amount,payment_collections.payments.refunds.created_at";

#[derive(Deserialize)]
struct Standing {
    status: String,
    currency_code: String,
    #[serde(default)]
    metadata: Option<Map<String, Value>>,
    #[serde(default)]
    fulfillments: Option<Vec<Packed>>,
    shipping_address: Option<Address>,
    payment_collections: Option<Vec<PaymentCollection>>,
}

#[derive(Deserialize)]
struct Packed {
    canceled_at: Option<Timestamp>,
}

/// What is left out of it is not looked at.
#[derive(Deserialize)]
struct Address {
    first_name: Option<String>,
    last_name: Option<String>,
    address_1: Option<String>,
    address_2: Option<String>,
    postal_code: Option<String>,
    city: Option<String>,
    province: Option<String>,
    country_code: Option<String>,
}

impl Address {
    fn is(&self, to: &Destination) -> bool {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        // its name may have been taken apart there
        let name = format!("{} {}", text(&self.first_name), text(&self.last_name));
        let there = Destination {
            name: name.trim().to_owned(),
            street: text(&self.address_1),
            more: text(&self.address_2),
            postcode: text(&self.postal_code),
            city: text(&self.city),
            region: text(&self.province),
            country: text(&self.country_code).to_ascii_uppercase(),
        };
        there == *to
    }
}

impl Standing {
    fn is_cancelled(&self) -> bool {
        self.status == "canceled"
    }

    fn goes_to(&self, to: &Destination) -> bool {
        self.shipping_address.as_ref().is_some_and(|address| address.is(to))
    }

    fn is_noted(&self, action: ActionId) -> bool {
        self.metadata.iter().flat_map(Map::values).any(|value| value.as_str().is_some_and(|text| is_marked(text, action)))
    }

    /// Why it is too late, where some of it is packed.
    fn too_late(&self) -> Option<Answer> {
        let is_packed = self.fulfillments.iter().flatten().any(|one| one.canceled_at.is_none());
        is_packed.then(|| Answer::Refused("Some of the order is packed.".to_owned()))
    }

    /// Why it is not cancelled, where money would be given back by that: whoever may cancel need not be allowed to.
    fn still_paid(&self) -> Option<Answer> {
        let payments = self.payment_collections.iter().flatten().flat_map(|one| one.payments.iter().flatten());
        let kept = sum(payments.map(OrderPayment::left));
        let currency = self.currency_code.to_ascii_uppercase().parse::<Currency>();
        (kept > 0).then(|| {
            let kept = currency.map(|currency| format!("{} {currency}", written(Money { minor: minor(kept, DIGITS, currency), currency })));
            let kept = kept.unwrap_or_else(|_| "What was paid".to_owned());
            Answer::Refused(format!("{kept} would be given back with it. Give that back first, then cancel the order."))
        })
    }
}

async fn standing(app: &App, settings: &Settings, order: &str) -> Result<Option<Standing>, Fault> {
    client::order(app, settings, order, FIELDS).await
}

/// Reads how the order stands; asks for `body` at `path` unless something is `known` that answers by itself: it stands so already,
/// which a restored backup may not know, or it cannot be.
async fn change(
    app: &App,
    settings: &Settings,
    order: &str,
    known: impl FnOnce(&Standing) -> Option<Answer>,
    tail: &str,
    body: impl FnOnce(Standing) -> Value,
) -> Answer {
    let standing = match standing(app, settings, order).await {
        Ok(Some(standing)) => standing,
        Ok(None) => return Answer::Refused("It does not know the order any more.".to_owned()),
        Err(fault) => return Answer::Refused(fault.detail),
    };
    if let Some(answer) = known(&standing) {
        return answer;
    }
    let body = body(standing);
    post(app, settings, &format!("orders/{order}{tail}"), &body).await.map_or_else(|answer| answer, |()| made())
}

fn made() -> Answer {
    Answer::made("")
}

pub(super) async fn cancel(app: &App, settings: &Settings, order: &str) -> Answer {
    let known = |order: &Standing| if order.is_cancelled() { Some(made()) } else { order.too_late().or_else(|| order.still_paid()) };
    change(app, settings, order, known, "/cancel", |_| json!({})).await
}

pub(super) async fn is_cancelled(app: &App, settings: &Settings, order: &str) -> Result<bool, Fault> {
    Ok(standing(app, settings, order).await?.is_some_and(|order| order.is_cancelled()))
}

/// A name is not taken apart: what is the first and what the last differs from country to country.
pub(super) async fn redirect(app: &App, settings: &Settings, order: &str, to: &Destination) -> Answer {
    let Destination { name, street, more, postcode, city, region, country } = to;
    // the company of the former address would be received there
    let address = json!({ "first_name": name, "last_name": "", "company": "", "address_1": street, "address_2": more,
                          "postal_code": postcode, "city": city, "province": region, "country_code": country.to_ascii_lowercase() });
    let known = |order: &Standing| if order.goes_to(to) { Some(made()) } else { order.too_late() };
    change(app, settings, order, known, "", |_| json!({ "shipping_address": address })).await
}

pub(super) async fn is_redirected(app: &App, settings: &Settings, order: &str, to: &Destination) -> Result<bool, Fault> {
    Ok(standing(app, settings, order).await?.is_some_and(|order| order.goes_to(to)))
}

/// It has no notes: what a shop keeps beside an order stands in its metadata, where whoever packs reads it.
pub(super) async fn note(app: &App, settings: &Settings, asked: &Asked, text: &str) -> Answer {
    let name = format!("packing_note_{}", asked.action);
    let body = |order: Standing| {
        let mut metadata = order.metadata.unwrap_or_default();
        metadata.insert(name, marked(text, asked.action).into());
        json!({ "metadata": metadata })
    };
    change(app, settings, &asked.order, |order| order.is_noted(asked.action).then(made), "", body).await
}

pub(super) async fn is_noted(app: &App, settings: &Settings, asked: &Asked) -> Result<bool, Fault> {
    Ok(standing(app, settings, &asked.order).await?.is_some_and(|order| order.is_noted(asked.action)))
}
