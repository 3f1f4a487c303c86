//! Makes promotions with a code in a Medusa, each in a campaign of its own, which ends and is used once. It has no second one of the same
//! code, so what was made is found again by that.

use commerce::{
    Answer, Asked,
    deed::{Off, code},
};
use kernel::days;
use platform::App;
use serde::de::IgnoredAny;
use serde_json::json;

use super::client::{list, post};
use crate::{connector::Settings, told::line, trouble::Fault};

/// What colleagues see its campaign called in the shop's own list.
const LONGEST_NAME: usize = 200;

pub(super) async fn make(app: &App, settings: &Settings, asked: &Asked, off: Off, good_for: i64) -> Answer {
    let code = code(asked.action);
    match find(app, settings, asked).await {
        Ok(true) => return Answer::made(code),
        Ok(false) => (),
        Err(fault) => return Answer::Refused(fault.detail),
    }
    let (of, percent) = match off {
        Off::Percent { percent } => ("order", percent),
        Off::Shipping {} => ("shipping_methods", 100),
    };
    let body = json!({
        "code": code, "type": "standard", "status": "active", "is_automatic": false,
        "application_method": { "type": "percentage", "target_type": of, "allocation": "across", "value": percent },
        "campaign": {
            "name": line(&format!("{} ({})", asked.reason, asked.action), LONGEST_NAME), "campaign_identifier": asked.action,
            "starts_at": asked.asked_at, "ends_at": asked.asked_at + days(good_for), "budget": { "type": "usage", "limit": 1 },
        },
    });
    post(app, settings, "promotions", &body).await.map_or_else(|answer| answer, |()| Answer::made(code))
}

pub(super) async fn find(app: &App, settings: &Settings, asked: &Asked) -> Result<bool, Fault> {
    let query = [("code", code(asked.action)), ("limit", "1".to_owned()), ("fields", "id".to_owned())];
    Ok(!list::<IgnoredAny>(app, settings, "promotions", &query).await?.rows.is_empty())
}
