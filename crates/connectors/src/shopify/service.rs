//! What is done to an order of a Shopify and costs nothing: it is cancelled, sent elsewhere, and written about to whoever packs.

use commerce::{Answer, Asked, deed::Destination, status::Fulfilment};
use kernel::{ActionId, Timestamp};
use platform::App;
use serde::{Deserialize, de::IgnoredAny};
use serde_json::{Value, json};

use super::{
    Shopify,
    address::{ADDRESS, Address},
    clerk::{gid, made},
    order::fulfilment,
};
use crate::{
    connector::Settings,
    told::{is_marked, line, marked},
};

const STANDING: &str = "query($id: ID!) { order(id: $id) { cancelledAt displayFulfillmentStatus note shippingAddress { ADDRESS } } }";
const CANCEL: &str = "mutation($orderId: ID!, $reason: OrderCancelReason!, $restock: Boolean!, $notifyCustomer: Boolean, \
    $refundMethod: OrderCancelRefundMethodInput, $staffNote: String) { done: orderCancel(orderId: $orderId, reason: $reason, restock: $restock, \
    notifyCustomer: $notifyCustomer, refundMethod: $refundMethod, staffNote: $staffNote) { it: job { id } userErrors: orderCancelUserErrors { message } } }";
const UPDATE: &str = "mutation($input: OrderInput!) { done: orderUpdate(input: $input) { it: order { id } userErrors { message } } }";

/// What staff reads beside a cancellation has at most so many characters, with the action's id.
const LONGEST_STAFF_NOTE: usize = 255;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Standing {
    cancelled_at: Option<Timestamp>,
    display_fulfillment_status: Option<String>,
    note: Option<String>,
    shipping_address: Option<Address>,
}

fn standing() -> String {
    STANDING.replace("ADDRESS", ADDRESS)
}

impl Standing {
    fn is_cancelled(&self) -> Option<Answer> {
        self.cancelled_at.map(|_| made())
    }

    fn goes_to(&self, to: &Destination) -> Option<Answer> {
        self.shipping_address.as_ref().filter(|address| address.is(to)).map(|_| made())
    }

    /// Each note stands in a line of its own.
    fn is_noted(&self, action: ActionId) -> Option<Answer> {
        self.note.as_deref()?.lines().find(|line| is_marked(line, action)).map(|_| made())
    }

    /// Refuses what has been sent meanwhile, or is not sent at all.
    fn must_be_unsent(&self) -> Result<(), Answer> {
        let status = self.display_fulfillment_status.as_deref().unwrap_or_default();
        if self.cancelled_at.is_some() {
            return Err(Answer::Refused("The order is cancelled.".to_owned()));
        }
        match fulfilment(status) {
            Fulfilment::None | Fulfilment::Failed => Ok(()),
            Fulfilment::Part | Fulfilment::All => Err(Answer::Refused(format!("The order is {status}."))),
        }
    }
}

impl Shopify {
    async fn standing(&self, app: &App, settings: &Settings, asked: &Asked) -> Result<Standing, Answer> {
        self.before(app, settings, &standing(), &asked.order).await
    }

    async fn update(&self, app: &App, settings: &Settings, asked: &Asked, mut what: Value) -> Result<Answer, Answer> {
        what["id"] = json!(gid("Order", &asked.order));
        self.done::<IgnoredAny>(app, settings, UPDATE, json!({ "input": what })).await.map(|_| made())
    }

    /// It cancels in its own time: it is done once the order says so.
    pub(super) async fn cancel(&self, app: &App, settings: &Settings, asked: &Asked) -> Result<Answer, Answer> {
        let order = self.standing(app, settings, asked).await?;
        if let Some(made) = order.is_cancelled() {
            return Ok(made);
        }
        order.must_be_unsent()?;
        let mark = marked("", asked.action);
        let why = line(&asked.reason, LONGEST_STAFF_NOTE - mark.chars().count()).unwrap_or_default();
        let variables = json!({
            "orderId": gid("Order", &asked.order), "reason": "OTHER", "restock": true, "notifyCustomer": false,
            "refundMethod": { "originalPaymentMethodsRefund": false }, "staffNote": marked(&why, asked.action),
        });
        self.done::<IgnoredAny>(app, settings, CANCEL, variables).await?;
        let under_way = || Answer::Unknown("It has begun to cancel the order, and does not say yet that it has.".to_owned());
        match self.of::<Standing>(app, settings, &standing(), &asked.order).await {
            Ok(found) => Ok(found.data.and_then(|order| order.is_cancelled()).unwrap_or_else(under_way)),
            Err(fault) => Err(Answer::Unknown(fault.detail)),
        }
    }

    pub(super) async fn is_cancelled(&self, app: &App, settings: &Settings, asked: &Asked) -> Answer {
        self.seen(app, settings, &standing(), &asked.order, Standing::is_cancelled).await
    }

    pub(super) async fn redirect(&self, app: &App, settings: &Settings, asked: &Asked, to: &Destination) -> Result<Answer, Answer> {
        let order = self.standing(app, settings, asked).await?;
        if let Some(made) = order.goes_to(to) {
            return Ok(made);
        }
        order.must_be_unsent()?;
        let address = order.shipping_address.unwrap_or_default().instead(to);
        self.update(app, settings, asked, json!({ "shippingAddress": address })).await
    }

    pub(super) async fn is_redirected(&self, app: &App, settings: &Settings, asked: &Asked, to: &Destination) -> Answer {
        self.seen(app, settings, &standing(), &asked.order, |order: &Standing| order.goes_to(to)).await
    }

    /// An order has one note: what stands there stays.
    pub(super) async fn note(&self, app: &App, settings: &Settings, asked: &Asked, text: &str) -> Result<Answer, Answer> {
        let order = self.standing(app, settings, asked).await?;
        if let Some(made) = order.is_noted(asked.action) {
            return Ok(made);
        }
        let former = order.note.filter(|note| !note.trim().is_empty());
        let notes: Vec<String> = former.into_iter().chain([marked(text, asked.action)]).collect();
        self.update(app, settings, asked, json!({ "note": notes.join("\n") })).await
    }

    pub(super) async fn is_noted(&self, app: &App, settings: &Settings, asked: &Asked) -> Answer {
        self.seen(app, settings, &standing(), &asked.order, |order: &Standing| order.is_noted(asked.action)).await
    }
}
