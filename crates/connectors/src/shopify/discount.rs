//! Makes discount codes in a Shopify. It has no second one of the same name, so what was made is found again by that.

use commerce::{
    Answer, Asked,
    deed::{Off, code},
};
use kernel::days;
use platform::App;
use serde::{Deserialize, de::IgnoredAny};
use serde_json::{Value, json};

use super::Shopify;
use crate::{
    connector::Settings,
    told::{address, line},
    trouble::Fault,
};

const PERCENT: &str = "mutation($code: DiscountCodeBasicInput!) { done: discountCodeBasicCreate(basicCodeDiscount: $code) { \
    it: codeDiscountNode { id } userErrors { message } } }";
const SHIPPING: &str = "mutation($code: DiscountCodeFreeShippingInput!) { done: discountCodeFreeShippingCreate(freeShippingCodeDiscount: $code) { \
    it: codeDiscountNode { id } userErrors { message } } }";
const FIND: &str = "query($code: String!) { found: codeDiscountNodeByCode(code: $code) { id } \
    shop { primaryDomain { url } } }";

#[derive(Deserialize)]
struct Found {
    found: Option<IgnoredAny>,
    shop: Shop,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Shop {
    primary_domain: Domain,
}

#[derive(Deserialize)]
struct Domain {
    url: String,
}

impl Shop {
    /// The code, and the address in the shop at which it applies itself, which leads on to its first page.
    fn made(&self, asked: &Asked) -> Answer {
        let code = code(asked.action);
        let link = address(&format!("{}/discount/{code}?redirect=%2F", self.primary_domain.url.trim_end_matches('/')));
        Answer::made_at(code, link)
    }
}

/// What colleagues see it called in the shop's own list.
const LONGEST_TITLE: usize = 255;

/// Good for one order of anybody who knows it.
fn input(asked: &Asked, off: Off, good_for: i64) -> (&'static str, Value) {
    let mut input = json!({
        "title": line(&format!("{} ({})", asked.reason, asked.action), LONGEST_TITLE), "code": code(asked.action), "usageLimit": 1,
        "startsAt": asked.asked_at, "endsAt": asked.asked_at + days(good_for), "context": { "all": "ALL" },
    });
    let (mutation, more, what) = match off {
        Off::Percent { percent } => {
            (PERCENT, "customerGets", json!({ "value": { "percentage": percent as f64 / 100.0 }, "items": { "all": true } }))
        }
        Off::Shipping {} => (SHIPPING, "destination", json!({ "all": true })),
    };
    input[more] = what;
    (mutation, input)
}

impl Shopify {
    pub(super) async fn make_code(&self, app: &App, settings: &Settings, asked: &Asked, off: Off, good_for: i64) -> Result<Answer, Answer> {
        let Found { found, shop } = self.code(app, settings, asked).await.map_err(|fault| Answer::Refused(fault.detail))?;
        if found.is_none() {
            let (mutation, input) = input(asked, off, good_for);
            self.done::<IgnoredAny>(app, settings, mutation, json!({ "code": input })).await?;
        }
        Ok(shop.made(asked))
    }

    async fn code(&self, app: &App, settings: &Settings, asked: &Asked) -> Result<Found, Fault> {
        Ok(self.ask(app, settings, FIND, json!({ "code": code(asked.action) })).await?.data)
    }

    pub(super) async fn find_code(&self, app: &App, settings: &Settings, asked: &Asked) -> Answer {
        match self.code(app, settings, asked).await {
            Ok(Found { found: Some(_), shop }) => shop.made(asked),
            Ok(Found { found: None, .. }) => Answer::Refused(String::new()),
            Err(fault) => Answer::Unknown(fault.detail),
        }
    }
}
