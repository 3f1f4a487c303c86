//! Sends goods of an order of a WooCommerce again: a new order of them that costs nothing, with the action's id among what it keeps
//! beside an order.

use commerce::{Answer, Asked, deed::Share};
use kernel::{Timestamp, minutes};
use platform::App;
use serde::Deserialize;
use serde_json::{Value, json};

use super::client::{Answered, get, post};
use crate::{
    connector::Settings,
    trouble::{Fault, worth},
};

/// What a new order is called that carries an action's id.
pub(super) const MARK: &str = "_ombud_action";
/// A moment is looked around for so long: its clock is read to the second, and a question takes its time.
const AROUND: i64 = minutes(10);

/// What of an order its replacement takes over.
#[derive(Deserialize)]
struct Sold {
    number: String,
    customer_id: i64,
    billing: Value,
    shipping: Value,
    line_items: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    id: i64,
    product_id: i64,
    #[serde(default)]
    variation_id: i64,
}

/// An order, where it is paid, and what is kept beside it.
#[derive(Deserialize)]
pub(super) struct Made {
    pub number: String,
    #[serde(default)]
    pub payment_url: Option<String>,
    #[serde(default)]
    meta_data: Vec<Kept>,
}

#[derive(Deserialize)]
struct Kept {
    key: String,
    value: Value,
}

impl Sold {
    /// The goods that are sent again; nothing when one of them is not there any more.
    fn again(&self, lines: &[Share]) -> Option<Vec<Value>> {
        let item = |share: &Share| {
            let item = self.line_items.iter().find(|item| item.id.to_string() == share.line && item.product_id > 0)?;
            let (product, variation) = (item.product_id, item.variation_id);
            Some(json!({ "product_id": product, "variation_id": variation, "quantity": share.quantity, "subtotal": "0", "total": "0" }))
        };
        lines.iter().map(item).collect()
    }
}

async fn sold(app: &App, settings: &Settings, path: &str) -> Result<(Sold, i64), Fault> {
    let fields = [("_fields", "number,customer_id,billing,shipping,line_items".to_owned())];
    let answered = get::<Sold>(app, settings, path, &fields).await?;
    let ahead = answered.shop_time.map_or(0, |there| there - app.now());
    Ok((answered.data, ahead))
}

pub(super) async fn send_again(app: &App, settings: &Settings, path: &str, asked: &Asked, lines: &[Share]) -> Answer {
    let (sold, ahead) = match sold(app, settings, path).await {
        Ok(sold) => sold,
        Err(fault) => return Answer::Refused(fault.detail),
    };
    match found(app, settings, asked, ahead).await {
        Ok(None) => (),
        Ok(Some(made)) => return Answer::made(made.number),
        Err(fault) => return Answer::Refused(fault.detail),
    }
    let Some(items) = sold.again(lines) else { return Answer::Refused("It does not sell one of these any more.".to_owned()) };
    let body = json!({
        "status": "processing", "customer_id": sold.customer_id, "billing": sold.billing, "shipping": sold.shipping, "line_items": items,
        "customer_note": "", "meta_data": [{ "key": MARK, "value": asked.action.to_string() }, { "key": "_ombud_replaces", "value": sold.number }],
    });
    post::<Made>(app, settings, "orders", &body).await.map_or_else(worth, |made| Answer::made(made.number))
}

/// The number of the new order, where there is one.
pub(super) async fn find(app: &App, settings: &Settings, path: &str, asked: &Asked) -> Result<Option<String>, Fault> {
    let (_, ahead) = sold(app, settings, path).await?;
    Ok(found(app, settings, asked, ahead).await?.map(|made| made.number))
}

/// Looks through the orders that were placed when it was asked, by a clock that is so far ahead.
pub(super) async fn found(app: &App, settings: &Settings, asked: &Asked, ahead: i64) -> Result<Option<Made>, Fault> {
    let moment = |at: Timestamp| at.calendar().strftime("%Y-%m-%dT%H:%M:%S").to_string();
    let at = asked.asked_at + ahead;
    let only = [("after", moment(at - AROUND)), ("before", moment(at + AROUND)), ("dates_are_gmt", "true".to_owned())];
    let orders = Answered::<Vec<Made>>::whole(app, settings, "orders", "number,payment_url,meta_data", &only).await?;
    let is_it = |order: &Made| order.meta_data.iter().any(|kept| kept.key == MARK && kept.value == asked.action.to_string());
    Ok(orders.into_iter().find(is_it))
}
