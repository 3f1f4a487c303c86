//! Makes promotions with a code in a Vendure. What was made is found again by its code.

use commerce::{
    Answer, Asked,
    deed::{Off, code},
};
use kernel::days;
use platform::App;
use serde::{Deserialize, de::IgnoredAny};
use serde_json::json;

use super::Vendure;
use crate::{
    connector::Settings,
    told::line,
    trouble::{Fault, worth},
};

const MAKE: &str = "mutation($input: CreatePromotionInput!) { createPromotion(input: $input) { ... on Promotion { couponCode } \
    ... on ErrorResult { message } } }";
const FIND: &str = "query($code: String!) { promotions(options: { filter: { couponCode: { eq: $code } } }) { items { id } } }";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Made {
    create_promotion: Outcome,
}

#[derive(Deserialize)]
struct Outcome {
    message: Option<String>,
}

#[derive(Deserialize)]
struct Found {
    promotions: Items,
}

#[derive(Deserialize)]
struct Items {
    items: Vec<IgnoredAny>,
}

/// What colleagues see it called in the shop's own list.
const LONGEST_NAME: usize = 200;

impl Vendure {
    async fn has_code(&self, app: &App, settings: &Settings, asked: &Asked) -> Result<bool, Fault> {
        let found: Found = self.ask(app, settings, FIND, json!({ "code": code(asked.action) })).await?.data;
        Ok(!found.promotions.items.is_empty())
    }

    pub(super) async fn make_code(&self, app: &App, settings: &Settings, asked: &Asked, off: Off, good_for: i64) -> Answer {
        match self.has_code(app, settings, asked).await {
            Ok(true) => return Answer::made(code(asked.action)),
            Ok(false) => (),
            Err(fault) => return Answer::Refused(fault.detail),
        }
        let action = match off {
            Off::Percent { percent } => {
                json!({ "code": "order_percentage_discount", "arguments": [{ "name": "discount", "value": percent.to_string() }] })
            }
            Off::Shipping {} => json!({ "code": "free_shipping", "arguments": [] }),
        };
        let name = line(&format!("{} ({})", asked.reason, asked.action), LONGEST_NAME);
        let input = json!({
            "enabled": true, "couponCode": code(asked.action), "usageLimit": 1, "startsAt": asked.asked_at,
            "endsAt": asked.asked_at + days(good_for), "conditions": [], "actions": [action],
            "translations": [{ "languageCode": "en", "name": name }],
        });
        match self.ask::<Made>(app, settings, MAKE, json!({ "input": input })).await {
            Ok(answered) => answered.data.create_promotion.message.map_or_else(|| Answer::made(code(asked.action)), Answer::Refused),
            Err(fault) => worth(fault),
        }
    }

    pub(super) async fn find_code(&self, app: &App, settings: &Settings, asked: &Asked) -> Answer {
        match self.has_code(app, settings, asked).await {
            Ok(true) => Answer::made(code(asked.action)),
            Ok(false) => Answer::Refused(String::new()),
            Err(fault) => Answer::Unknown(fault.detail),
        }
    }
}
