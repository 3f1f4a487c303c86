//! Gives money back in a Shopify: a sum, through one payment of the order. Which lines it is for is told only where they go back into
//! stock: what is given back as goods there is taken out of the order, and not sent any more.

use std::collections::BTreeMap;

use commerce::{Answer, Asked, deed::Deed};
use kernel::{ActionId, Currency};
use platform::App;
use serde::Deserialize;
use serde_json::json;

use super::{
    Shopify,
    clerk::{gid, made},
    order::Bag,
};
use crate::{
    connector::Settings,
    told::{DIGITS, is_marked, marked, minor, sum, written},
};

const STANDING: &str = "query($id: ID!) { order(id: $id) { presentmentCurrencyCode \
    refunds(first: 50) { note transactions(first: 2) { nodes { status } } } \
    transactions(first: 50) { id kind status gateway amountSet { presentmentMoney { amount } } parentTransaction { id } } } }";
/// Without a key it gives nothing back; with the same one, what it has given back already.
const REFUND: &str = "mutation($input: RefundInput!, $key: String!) { done: refundCreate(input: $input) @idempotent(key: $key) { \
    it: refund { note transactions(first: 2) { nodes { status } } } userErrors { message } } }";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Standing {
    presentment_currency_code: String,
    refunds: Vec<Refund>,
    transactions: Vec<Transaction>,
}

#[derive(Deserialize)]
struct Refund {
    note: Option<String>,
    transactions: Movements,
}

#[derive(Deserialize)]
struct Movements {
    nodes: Vec<Moved>,
}

#[derive(Deserialize)]
struct Moved {
    status: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Transaction {
    id: String,
    kind: String,
    status: String,
    gateway: Option<String>,
    amount_set: Bag,
    parent_transaction: Option<Parent>,
}

#[derive(Deserialize)]
struct Parent {
    id: String,
}

fn has_failed(status: &str) -> bool {
    matches!(status, "ERROR" | "FAILURE")
}

impl Refund {
    /// That it stands in the books does not say that money has moved.
    fn meaning(&self) -> Answer {
        match self.transactions.nodes.iter().map(|moved| moved.status.as_str()).find(|status| *status != "SUCCESS") {
            None => made(),
            Some(status) if has_failed(status) => Answer::Refused(status.to_owned()),
            Some(status) => Answer::made(status.to_owned()),
        }
    }
}

impl Standing {
    /// What became of a refund, where it stands here.
    fn made(&self, action: ActionId) -> Option<Answer> {
        let is_ours = |refund: &&Refund| refund.note.as_deref().is_some_and(|note| is_marked(note, action));
        self.refunds.iter().find(is_ours).map(Refund::meaning)
    }

    /// The payment of which most has not been given back, and how much.
    fn payment(&self) -> Option<(&Transaction, i64)> {
        let mut given: BTreeMap<&str, i64> = BTreeMap::new();
        for refund in self.transactions.iter().filter(|one| one.kind == "REFUND" && !has_failed(&one.status)) {
            let of = refund.parent_transaction.as_ref().map_or("", |parent| &parent.id);
            let given = given.entry(of).or_default();
            *given = sum([*given, refund.amount_set.amount()]);
        }
        let received = |one: &&Transaction| matches!(one.kind.as_str(), "SALE" | "CAPTURE") && one.status == "SUCCESS";
        let left = |one: &Transaction| sum([one.amount_set.amount(), -given.get(one.id.as_str()).copied().unwrap_or_default()]);
        self.transactions.iter().filter(received).map(|one| (one, left(one))).max_by_key(|(_, left)| *left)
    }
}

impl Shopify {
    pub(super) async fn give_back(&self, app: &App, settings: &Settings, asked: &Asked) -> Result<Answer, Answer> {
        let Deed::Refund { amount, lines, restock, notify } = &asked.deed else { return Err(Answer::Refused(String::new())) };
        let order: Standing = self.before(app, settings, STANDING, &asked.order).await?;
        if let Some(made) = order.made(asked.action) {
            return Ok(made);
        }
        if order.presentment_currency_code.parse::<Currency>() != Ok(amount.currency) {
            return Err(Answer::Refused(format!("It keeps the order in {}.", order.presentment_currency_code)));
        }
        let payment = order.payment().filter(|(_, left)| minor(*left, DIGITS, amount.currency) >= amount.minor);
        let (payment, _) = payment.ok_or_else(|| Answer::Refused("No payment of the order has as much left.".to_owned()))?;
        let id = gid("Order", &asked.order);
        let transaction =
            json!({ "orderId": id, "parentId": payment.id, "gateway": payment.gateway, "kind": "REFUND", "amount": written(*amount) });
        let mut input = json!({
            "orderId": id, "currency": amount.currency, "note": marked(&asked.reason, asked.action), "notify": notify,
            "transactions": [transaction],
        });
        if *restock {
            input["refundLineItems"] = self.restocked(app, settings, asked, lines).await?.into();
        }
        let refund: Refund = self.done(app, settings, REFUND, json!({ "input": input, "key": asked.action })).await?;
        Ok(refund.meaning())
    }

    pub(super) async fn find_refund(&self, app: &App, settings: &Settings, asked: &Asked) -> Answer {
        self.seen(app, settings, STANDING, &asked.order, |order: &Standing| order.made(asked.action)).await
    }
}
