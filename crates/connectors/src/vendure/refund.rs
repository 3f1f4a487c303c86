//! Gives money back in a Vendure.

use commerce::{Answer, Asked, deed::Share};
use kernel::{ActionId, Currency, Money};
use platform::App;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Vendure,
    facts::units_of,
    order::SURCHARGE,
    page::{FoundOrder, spelled},
};
use crate::{
    connector::Settings,
    told::{figure, is_marked, marked, sum},
    trouble::{Fault, worth},
};

const PAYMENTS: &str =
    "query($id: ID!) { order(id: $id) { currencyCode payments { id state amount refunds { state total reason } } } GLOBAL }";
const REFUND: &str =
    "mutation($input: RefundOrderInput!) { refundOrder(input: $input) { ... on Refund { state } ... on ErrorResult { message } } }";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Payments {
    currency_code: String,
    payments: Option<Vec<Payment>>,
}

#[derive(Deserialize)]
struct Payment {
    id: String,
    state: String,
    #[serde(deserialize_with = "figure")]
    amount: i64,
    refunds: Vec<Refund>,
}

#[derive(Deserialize)]
struct Refund {
    state: String,
    #[serde(deserialize_with = "figure")]
    total: i64,
    reason: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Refunded {
    refund_order: Outcome,
}

#[derive(Deserialize)]
struct Outcome {
    state: Option<String>,
    message: Option<String>,
}

impl Payments {
    /// What became of a refund, where it stands here.
    fn made(&self, action: ActionId) -> Option<Answer> {
        let mut refunds = self.payments.iter().flatten().flat_map(|payment| &payment.refunds);
        let ours = refunds.find(|one| one.reason.as_deref().is_some_and(|reason| is_marked(reason, action)))?;
        Some(meant(&ours.state))
    }
}

impl Payment {
    /// What of it has not been given back.
    fn left(&self) -> i64 {
        let given = self.refunds.iter().filter(|refund| refund.state != "Failed").map(|refund| -refund.total);
        if self.state == "Settled" { sum(given.chain([self.amount])) } else { 0 }
    }
}

/// What a refund's state there means here.
fn meant(state: &str) -> Answer {
    match state {
        "Failed" => Answer::Refused("Failed".to_owned()),
        "Settled" => Answer::made(""),
        // it stands in the books, and whoever handles this kind of payment has to settle it there
        state => Answer::made(state.to_owned()),
    }
}

impl Vendure {
    async fn payments(&self, app: &App, settings: &Settings, order: &str) -> Result<Option<(Payments, u32)>, Fault> {
        let found: FoundOrder<Payments> = self.ask(app, settings, &spelled(PAYMENTS), json!({ "id": order })).await?.data;
        let units = found.global_settings.units();
        Ok(found.order.map(|order| (order, units)))
    }

    /// What is asked of it, or the answer where nothing is to be asked: it is not there, there is not as much, or it has been made
    /// already, by a process of which a restored backup knows nothing.
    async fn input(&self, app: &App, settings: &Settings, asked: &Asked, amount: Money, lines: &[Share]) -> Result<Value, Answer> {
        let found = self.payments(app, settings, &asked.order).await.map_err(|fault| Answer::Refused(fault.detail))?;
        let refused = |words: &str| Answer::Refused(words.to_owned());
        let (order, units) = found.ok_or_else(|| refused("It does not know the order any more."))?;
        if let Some(made) = order.made(asked.action) {
            return Err(made);
        }
        let Money { minor, currency } = amount;
        if order.currency_code.parse::<Currency>() != Ok(currency) {
            return Err(Answer::Refused(format!("It keeps the order in {}.", order.currency_code)));
        }
        let amount = units_of(minor, units, currency);
        let payments = order.payments.unwrap_or_default();
        let payment = payments.iter().max_by_key(|payment| payment.left()).filter(|payment| payment.left() >= amount);
        let payment = payment.ok_or_else(|| refused("No payment of the order has as much left."))?;
        let lines = lines.iter().filter(|share| !share.line.starts_with(SURCHARGE));
        let lines: Vec<Value> = lines.map(|share| json!({ "orderLineId": share.line, "quantity": share.quantity })).collect();
        let reason = marked(&asked.reason, asked.action);
        Ok(json!({ "paymentId": payment.id, "amount": amount, "reason": reason, "lines": lines, "shipping": 0, "adjustment": 0 }))
    }

    pub(super) async fn give_back(&self, app: &App, settings: &Settings, asked: &Asked, amount: Money, lines: &[Share]) -> Answer {
        let input = match self.input(app, settings, asked, amount, lines).await {
            Ok(input) => input,
            Err(answer) => return answer,
        };
        match self.ask::<Refunded>(app, settings, REFUND, json!({ "input": input })).await {
            Ok(answered) => match answered.data.refund_order {
                Outcome { state: Some(state), .. } => meant(&state),
                Outcome { message, .. } => Answer::Refused(message.unwrap_or_default()),
            },
            Err(fault) => worth(fault),
        }
    }

    pub(super) async fn find_refund(&self, app: &App, settings: &Settings, asked: &Asked) -> Answer {
        match self.payments(app, settings, &asked.order).await {
            Ok(found) => found.and_then(|(order, _)| order.made(asked.action)).unwrap_or_else(|| Answer::Refused(String::new())),
            Err(fault) => Answer::Unknown(fault.detail),
        }
    }
}
