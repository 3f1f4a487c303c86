//! Makes coupons in a WooCommerce. It has no second one of the same code, so what was made is found again by that.

use commerce::{
    Answer, Asked,
    deed::{Off, code},
};
use kernel::{ActionId, days};
use platform::App;
use serde::{Deserialize, de::IgnoredAny};
use serde_json::json;

use super::client::{get, post};
use crate::{
    connector::Settings,
    told::marked,
    trouble::{Fault, worth},
};

#[derive(Deserialize)]
struct Coupon {
    code: String,
}

pub(super) async fn make(app: &App, settings: &Settings, asked: &Asked, off: Off, good_for: i64) -> Answer {
    match find(app, settings, asked.action).await {
        Ok(None) => (),
        Ok(Some(code)) => return Answer::made(code),
        Err(fault) => return Answer::Refused(fault.detail),
    }
    let (percent, free) = match off {
        Off::Percent { percent } => (percent, false),
        Off::Shipping {} => (0, true),
    };
    let until = (asked.asked_at + days(good_for)).calendar().strftime("%Y-%m-%dT%H:%M:%S").to_string();
    let code = code(asked.action);
    let body = json!({
        "code": code, "discount_type": "percent", "amount": percent.to_string(), "free_shipping": free, "usage_limit": 1,
        "date_expires_gmt": until, "description": marked(&asked.reason, asked.action),
    });
    post::<IgnoredAny>(app, settings, "coupons", &body).await.map_or_else(worth, |_| Answer::made(code))
}

/// The code, where there is a coupon of it. WooCommerce writes it in small letters, and takes it in any.
pub(super) async fn find(app: &App, settings: &Settings, action: ActionId) -> Result<Option<String>, Fault> {
    let code = code(action);
    let query = [("code", code.clone()), ("_fields", "code".to_owned())];
    let coupons: Vec<Coupon> = get(app, settings, "coupons", &query).await?.data;
    Ok(coupons.iter().any(|coupon| coupon.code.eq_ignore_ascii_case(&code)).then_some(code))
}
