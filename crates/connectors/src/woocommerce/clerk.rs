//! Gives money back in a WooCommerce. It keeps no keys of what was done, so the refund's id stands behind its reason. It may
//! have given back before it says that it failed: whatever it says then, its refunds are looked through.

use commerce::{Answer, Asked};
use futures::future::BoxFuture;
use kernel::Currency;
use platform::App;
use serde::Deserialize;
use serde_json::json;

use super::{
    WooCommerce,
    client::{Answered, NOT_CREATED, get, post, site, source},
    order::{self, Order},
    page::Books,
};
use crate::{
    connector::{Clerk, Fact, Settings},
    told::{DIGITS, decimal, is_marked, marked, minor, written},
    trouble::Fault,
};

/// What there is to give back of.
#[derive(Deserialize)]
struct Standing {
    currency: String,
    total: String,
    refunds: Vec<Refund>,
}

#[derive(Deserialize)]
struct Refund {
    total: String,
    #[serde(default)]
    reason: String,
}

#[derive(Deserialize)]
struct Noted {
    reason: String,
}

/// The path of an order; its ids are numbers.
fn path(order: &str) -> Option<String> {
    order.parse::<u64>().ok().map(|id| format!("orders/{id}"))
}

/// The answer where nothing is to be asked: there is not as much, or it has been made already, by a process of which a restored
/// backup knows nothing.
async fn known(app: &App, settings: &Settings, path: &str, asked: &Asked) -> Result<Option<Answer>, Fault> {
    let fields = [("_fields", "currency,total,refunds".to_owned())];
    let order = get::<Standing>(app, settings, path, &fields).await?.data;
    if order.refunds.iter().any(|refund| is_marked(&refund.reason, asked.refund)) {
        return Ok(Some(Answer::Made(String::new())));
    }
    if order.currency.parse::<Currency>() != Ok(asked.amount.currency) {
        return Ok(Some(Answer::Refused(format!("It keeps the order in {}.", order.currency))));
    }
    let given: i64 = order.refunds.iter().map(|refund| decimal(&refund.total).abs()).sum();
    let left = minor(decimal(&order.total) - given, DIGITS, asked.amount.currency);
    Ok((left < asked.amount.minor).then(|| Answer::Refused("The order has not as much left.".to_owned())))
}

async fn give_back(app: &App, settings: &Settings, asked: &Asked) -> Answer {
    let Some(path) = path(&asked.order) else { return Answer::Refused(String::new()) };
    match known(app, settings, &path, asked).await {
        Ok(None) => (),
        Ok(Some(answer)) => return answer,
        Err(fault) => return Answer::Refused(fault.detail),
    }
    // what is left out counts as true there
    let reason = marked(&asked.reason, asked.refund);
    let body = json!({ "amount": written(asked.amount), "reason": reason, "line_items": [], "api_refund": true, "api_restock": false });
    match post(app, settings, &format!("{path}/refunds"), &body).await {
        Ok(()) => Answer::Made(String::new()),
        Err(fault) if fault.is_refusal() => Answer::Refused(fault.detail),
        Err(fault) if fault.detail.ends_with(NOT_CREATED) => match find(app, settings, asked).await {
            Answer::Refused(_) => Answer::Refused(fault.detail),
            answer => answer,
        },
        Err(fault) => Answer::Unknown(fault.detail),
    }
}

async fn find(app: &App, settings: &Settings, asked: &Asked) -> Answer {
    let Some(path) = path(&asked.order) else { return Answer::Refused(String::new()) };
    match Answered::<Vec<Noted>>::whole(app, settings, &format!("{path}/refunds"), "reason").await {
        Ok(refunds) if refunds.iter().any(|refund| is_marked(&refund.reason, asked.refund)) => Answer::Made(String::new()),
        Ok(_) => Answer::Refused(String::new()),
        Err(fault) => Answer::Unknown(fault.detail),
    }
}

async fn one(app: &App, settings: &Settings, order: &str) -> Result<Option<Fact>, Fault> {
    let Some(path) = path(order) else { return Ok(None) };
    let order = get::<Order>(app, settings, &path, &[("_fields", order::FIELDS.to_owned())]).await?.data;
    let refunds = order::refunds(app, settings, &order).await?;
    let books = Books { source: source(settings)?, site: site(settings)?, now: app.now() };
    Ok(order.fact(&refunds, &books))
}

impl Clerk for WooCommerce {
    fn refund<'a>(&'a self, app: &'a App, settings: &'a Settings, asked: &'a Asked) -> BoxFuture<'a, Answer> {
        Box::pin(give_back(app, settings, asked))
    }

    fn look<'a>(&'a self, app: &'a App, settings: &'a Settings, asked: &'a Asked) -> BoxFuture<'a, Answer> {
        Box::pin(find(app, settings, asked))
    }

    fn order<'a>(&'a self, app: &'a App, settings: &'a Settings, order: &'a str) -> BoxFuture<'a, Result<Option<Fact>, Fault>> {
        Box::pin(one(app, settings, order))
    }
}
