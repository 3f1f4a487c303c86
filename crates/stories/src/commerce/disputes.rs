//! What banks ask back stands with the order, until it is decided.

use serde_json::{Value, json};
use story_macro::story;

use super::{orders, tent};
use crate::{actor::Actor, world::World};

/// A dispute about some of an order.
pub(super) fn contested(reference: &str, state: &str) -> Value {
    json!({
        "reference": reference, "kind": "chargeback", "state": state, "reason": "not_received", "amount": 349_900,
        "respond_by": "2026-12-01T12:00:00Z",
    })
}

fn disputed(changed_at: &str, disputes: &[Value]) -> Value {
    let mut order = tent("1", changed_at);
    order["disputes"] = json!(disputes);
    order
}

async fn announced(world: &World) -> usize {
    world.settle().await;
    world.events("order_disputed").await.len()
}

async fn listed(who: &Actor, query: &str) -> usize {
    orders(who, query).await.len()
}

#[story]
async fn an_order_whose_payment_a_bank_asks_back_is_found_until_it_is_decided(world: World) {
    let shop = world.program_with(&["orders.read", "orders.record"]);
    let placed = shop.post("/orders", disputed("2026-11-20T09:00:00Z", &[])).await.ok();
    shop.post("/orders", tent("2", "2026-11-20T09:00:00Z")).await.ok();
    assert_eq!((&placed["disputes"], listed(&shop, "?disputed=true").await), (&json!([]), 0));

    let asked = disputed("2026-11-21T09:00:00Z", &[contested("d1", "needs_response")]);
    let order = shop.post("/orders", asked.clone()).await.ok();
    shop.post("/orders", asked).await.ok();
    let seen = json!([{
        "kind": "chargeback", "state": "needs_response", "reason": "not_received", "amount": { "minor": 349_900, "currency": "NOK" },
        "respond_by": "2026-12-01T12:00:00.000000Z",
    }]);
    assert_eq!(order["disputes"], seen);
    let whose = order["customer"].as_str().unwrap();
    let found = [
        listed(&shop, "?disputed=true").await,
        listed(&shop, "?disputed=true&q=1").await,
        listed(&shop, "?disputed=true&q=2").await,
        listed(&shop, &format!("?disputed=true&customer={whose}")).await,
        listed(&world.other_shop().program_with(&["orders.read"]), "?disputed=true").await,
    ];
    assert_eq!((found, announced(&world).await), ([1, 1, 0, 1, 0], 1));

    // the shop has answered, and the bank thinks about it: nobody is called again
    shop.post("/orders", disputed("2026-11-22T09:00:00Z", &[contested("d1", "under_review")])).await.ok();
    assert_eq!((listed(&shop, "?disputed=true").await, announced(&world).await), (1, 1));
    shop.post("/orders", disputed("2026-11-22T10:00:00Z", &[contested("d1", "won")])).await.ok();
    assert_eq!((listed(&shop, "?disputed=true").await, announced(&world).await), (0, 1));
    shop.post("/orders", disputed("2026-11-22T11:00:00Z", &[contested("d1", "won"), contested("d2", "needs_response")])).await.ok();
    assert_eq!((listed(&shop, "?disputed=true").await, announced(&world).await), (1, 2));
}

#[story]
async fn what_an_erased_customer_disputed_is_known_by_its_sum_alone(world: World) {
    let (owner, shop) = (world.owner(), world.program_with(&["orders.read", "orders.record"]));
    let told = disputed("2026-11-21T09:00:00Z", &[contested("canary-4711", "needs_response")]);
    let order = shop.post("/orders", told).await.ok();
    owner.put(&format!("/customers/{}/erasure", order["customer"].as_str().unwrap()), json!({})).await.ok();
    world.settle().await;
    let left = shop.get(&format!("/orders/{}", order["id"].as_str().unwrap())).await.ok();
    assert_eq!(left["disputes"][0]["amount"]["minor"], 349_900);
    assert!(!left.to_string().contains("canary"), "{left}");
}
