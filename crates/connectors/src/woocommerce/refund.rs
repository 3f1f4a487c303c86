//! Gives money back in a WooCommerce. It may have given back before it says that it failed: whatever it says then, its refunds are
//! looked through.

use commerce::{Answer, Asked, deed::Share};
use kernel::{ActionId, Currency, Money};
use platform::App;
use serde::{Deserialize, de::IgnoredAny};
use serde_json::{Value, json};

use super::client::{Answered, NOT_CREATED, get, post};
use crate::{
    connector::Settings,
    told::{DIGITS, decimal, is_marked, marked, minor, sum, written},
    trouble::{Fault, worth},
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

/// The answer where nothing is to be asked: there is not as much, or it has been made already, by a process of which a restored
/// backup knows nothing.
async fn known(app: &App, settings: &Settings, path: &str, action: ActionId, amount: Money) -> Result<Option<Answer>, Fault> {
    let fields = [("_fields", "currency,total,refunds".to_owned())];
    let order = get::<Standing>(app, settings, path, &fields).await?.data;
    if order.refunds.iter().any(|refund| is_marked(&refund.reason, action)) {
        return Ok(Some(Answer::made("")));
    }
    if order.currency.parse::<Currency>() != Ok(amount.currency) {
        return Ok(Some(Answer::Refused(format!("It keeps the order in {}.", order.currency))));
    }
    let given = order.refunds.iter().map(|refund| -decimal(&refund.total).abs());
    let left = minor(sum(given.chain([decimal(&order.total)])), DIGITS, amount.currency);
    Ok((left < amount.minor).then(|| Answer::Refused("The order has not as much left.".to_owned())))
}

/// Goods that go back into stock: how many of which line, and nothing of the sum, which is told as a whole. A fee is no goods.
fn goods(back: &[Share]) -> Vec<Value> {
    let item = |share: &Share| {
        let id = share.line.parse::<u64>().ok()?;
        Some(json!({ "id": id, "quantity": share.quantity, "refund_total": 0 }))
    };
    back.iter().filter_map(item).collect()
}

/// Gives the sum back; these goods go into stock with it, where there are any.
pub(super) async fn give_back(app: &App, settings: &Settings, path: &str, asked: &Asked, amount: Money, back: &[Share]) -> Answer {
    match known(app, settings, path, asked.action, amount).await {
        Ok(None) => (),
        Ok(Some(answer)) => return answer,
        Err(fault) => return Answer::Refused(fault.detail),
    }
    // what is left out counts as true there
    let (reason, goods) = (marked(&asked.reason, asked.action), goods(back));
    let restock = !goods.is_empty();
    let body = json!({ "amount": written(amount), "reason": reason, "line_items": goods, "api_refund": true, "api_restock": restock });
    match post::<IgnoredAny>(app, settings, &format!("{path}/refunds"), &body).await {
        Ok(_) => Answer::made(""),
        Err(fault) if fault.detail.ends_with(NOT_CREATED) => match find(app, settings, path, asked.action).await {
            Ok(Some(said)) => Answer::made(said),
            Ok(None) => Answer::Refused(fault.detail),
            Err(fault) => Answer::Unknown(fault.detail),
        },
        Err(fault) => worth(fault),
    }
}

pub(super) async fn find(app: &App, settings: &Settings, path: &str, action: ActionId) -> Result<Option<String>, Fault> {
    let refunds = Answered::<Vec<Noted>>::whole(app, settings, &format!("{path}/refunds"), "reason", &[]).await?;
    Ok(refunds.iter().any(|refund| is_marked(&refund.reason, action)).then(String::new))
}
