//! Gives money back in a Medusa. It gives back before it writes that into the order, and may refuse to write (seen with 2.13.6,
//! while somebody edits the order): whatever it says then, its refunds are looked through.

use commerce::{Answer, Asked};
use kernel::{ActionId, Currency, Money};
use platform::App;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    client::{self, is_id, post},
    order::{OrderPayment, PaymentCollection},
};
use crate::{
    connector::Settings,
    told::{DIGITS, is_marked, marked, minor, written},
    trouble::Fault,
};

const FIELDS: &str = "id,currency_code,payment_collections.payments.id,payment_collections.payments.amount,payment_collections.payments.canceled_at,\
    payment_collections.payments.captures.amount,payment_collections.payments.captures.created_at,\
    payment_collections.payments.refunds.amount,payment_collections.payments.refunds.created_at,payment_collections.payments.refunds.note";

/// What there is to give back of.
#[derive(Deserialize)]
struct Standing {
    currency_code: String,
    payment_collections: Option<Vec<PaymentCollection>>,
}

impl Standing {
    fn payments(&self) -> impl Iterator<Item = &OrderPayment> {
        self.payment_collections.iter().flatten().flat_map(|one| one.payments.iter().flatten())
    }

    fn has_made(&self, action: ActionId) -> bool {
        let mut notes = self.payments().flat_map(OrderPayment::refunds).filter_map(|refund| refund.note.as_deref());
        notes.any(|note| is_marked(note, action))
    }
}

async fn standing(app: &App, settings: &Settings, asked: &Asked) -> Result<Option<Standing>, Fault> {
    client::order(app, settings, &asked.order, FIELDS).await
}

/// The payment that is asked for, and how much of it; or the answer where nothing is to be asked: it is not there, there is not as
/// much, or it has been made already, by a process of which a restored backup knows nothing.
async fn wanted(app: &App, settings: &Settings, asked: &Asked, amount: Money) -> Result<(String, Value), Answer> {
    let refused = |words: &str| Answer::Refused(words.to_owned());
    let found = standing(app, settings, asked).await.map_err(|fault| Answer::Refused(fault.detail))?;
    let order = found.ok_or_else(|| refused("It does not know the order any more."))?;
    if order.has_made(asked.action) {
        return Err(Answer::made(""));
    }
    if order.currency_code.to_ascii_uppercase().parse::<Currency>() != Ok(amount.currency) {
        return Err(Answer::Refused(format!("It keeps the order in {}.", order.currency_code)));
    }
    let left = |payment: &OrderPayment| minor(payment.left(), DIGITS, amount.currency);
    let payment = order.payments().max_by_key(|payment| payment.left()).filter(|payment| left(payment) >= amount.minor);
    let payment = payment.filter(|payment| is_id(&payment.id)).ok_or_else(|| refused("No payment of the order has as much left."))?;
    // it counts in parts of the smallest unit: what was rounded up here is more than there is
    let exact = if left(payment) == amount.minor { in_full(payment.left()) } else { written(amount) };
    let number = exact.parse::<serde_json::Number>().map_err(|_| refused("The amount cannot be written."))?;
    Ok((payment.id.clone(), number.into()))
}

/// What is counted in units of [`DIGITS`] digits, as it is written.
fn in_full(units: i64) -> String {
    let one = 10_i64.pow(DIGITS);
    format!("{}.{:0width$}", units / one, units % one, width = DIGITS as usize)
}

pub(super) async fn give_back(app: &App, settings: &Settings, asked: &Asked, amount: Money) -> Answer {
    let (payment, amount) = match wanted(app, settings, asked, amount).await {
        Ok(wanted) => wanted,
        Err(answer) => return answer,
    };
    let body = json!({ "amount": amount, "note": marked(&asked.reason, asked.action) });
    match post(app, settings, &format!("payments/{payment}/refund"), &body).await {
        Ok(()) => Answer::made(""),
        Err(Answer::Refused(said)) => match find(app, settings, asked).await {
            Ok(true) => Answer::made(said),
            Ok(false) => Answer::Refused(said),
            Err(fault) => Answer::Unknown(fault.detail),
        },
        Err(answer) => answer,
    }
}

/// Whether it has been made.
pub(super) async fn find(app: &App, settings: &Settings, asked: &Asked) -> Result<bool, Fault> {
    Ok(standing(app, settings, asked).await?.is_some_and(|order| order.has_made(asked.action)))
}
