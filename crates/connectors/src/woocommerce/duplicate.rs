//! Places an order of a WooCommerce once more: a pending order of the same goods, with the address at which the customer pays it. It has the
//! action's id among what it keeps beside an order.

use commerce::{Answer, Asked};
use platform::App;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    client::{get, post},
    replacement::{MARK, Made, found},
};
use crate::{
    connector::Settings,
    told::{address, figure},
    trouble::{Fault, worth},
};

/// What of an order is taken over.
const FIELDS: &str = "number,customer_id,billing,shipping,line_items,shipping_lines";

#[derive(Deserialize)]
struct Sold {
    number: String,
    customer_id: i64,
    billing: Value,
    shipping: Value,
    line_items: Vec<Item>,
    #[serde(default)]
    shipping_lines: Vec<Sending>,
}

#[derive(Deserialize)]
struct Item {
    product_id: i64,
    #[serde(default)]
    variation_id: i64,
    #[serde(deserialize_with = "figure")]
    quantity: i64,
}

/// How it is sent, and what that costs without tax.
#[derive(Deserialize)]
struct Sending {
    method_id: String,
    method_title: String,
    total: String,
}

impl Made {
    fn answer(self) -> Answer {
        let link = self.payment_url.as_deref().and_then(address);
        Answer::made_at(self.number, link)
    }
}

impl Sold {
    /// The same order at today's prices; nothing when some of it is not there any more.
    fn again(&self, asked: &Asked) -> Option<Value> {
        let item = |item: &Item| {
            let Item { product_id, variation_id, quantity } = item;
            (*product_id > 0).then(|| json!({ "product_id": product_id, "variation_id": variation_id, "quantity": quantity }))
        };
        let items: Vec<Value> = self.line_items.iter().map(item).collect::<Option<_>>()?;
        let sending = |one: &Sending| json!({ "method_id": one.method_id, "method_title": one.method_title, "total": one.total });
        Some(json!({
            "status": "pending", "customer_id": self.customer_id, "billing": self.billing, "shipping": self.shipping, "line_items": items,
            "shipping_lines": self.shipping_lines.iter().map(sending).collect::<Vec<_>>(), "customer_note": "",
            "meta_data": [{ "key": MARK, "value": asked.action.to_string() }, { "key": "_ombud_repeats", "value": self.number }],
        }))
    }
}

async fn sold(app: &App, settings: &Settings, path: &str) -> Result<(Sold, i64), Fault> {
    let answered = get::<Sold>(app, settings, path, &[("_fields", FIELDS.to_owned())]).await?;
    Ok((answered.data, answered.shop_time.map_or(0, |there| there - app.now())))
}

pub(super) async fn place_again(app: &App, settings: &Settings, path: &str, asked: &Asked) -> Answer {
    let (sold, ahead) = match sold(app, settings, path).await {
        Ok(sold) => sold,
        Err(fault) => return Answer::Refused(fault.detail),
    };
    match found(app, settings, asked, ahead).await {
        Ok(None) => (),
        Ok(Some(made)) => return made.answer(),
        Err(fault) => return Answer::Refused(fault.detail),
    }
    let Some(body) = sold.again(asked) else { return Answer::Refused("It does not sell one of these any more.".to_owned()) };
    post::<Made>(app, settings, "orders", &body).await.map_or_else(worth, Made::answer)
}

pub(super) async fn find(app: &App, settings: &Settings, path: &str, asked: &Asked) -> Answer {
    let found = match sold(app, settings, path).await {
        Ok((_, ahead)) => found(app, settings, asked, ahead).await,
        Err(fault) => Err(fault),
    };
    match found {
        Ok(found) => found.map_or_else(|| Answer::Refused(String::new()), Made::answer),
        Err(fault) => Answer::Unknown(fault.detail),
    }
}
