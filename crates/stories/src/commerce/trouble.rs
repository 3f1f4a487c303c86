//! What goes wrong with an order is found by a clock, before anybody asks.

use ::platform::event::Origin;
use kernel::{days, hours};
use serde_json::{Value, json};
use story_macro::story;

use super::{orders, tent};
use crate::{actor::Actor, world::World};

/// A tent whose parcel waits to be handed over, promised for in three days.
fn waiting(world: &World, number: &str) -> Value {
    let mut order = tent(number, "2026-11-23T09:00:00Z");
    order["placed_at"] = json!("2026-11-22T08:00:00Z");
    order["parcels"][0]["state"] = json!("pending_delivery");
    order["parcels"][0]["at"] = json!(world.in_(0));
    order["parcels"][0]["promised_at"] = json!(world.in_(days(3)));
    order
}

async fn troubled(who: &Actor) -> Vec<(Value, Value)> {
    let wrong = orders(who, "?trouble=true").await;
    wrong.iter().map(|order| (order["number"].clone(), order["trouble"]["kind"].clone())).collect()
}

#[story]
async fn a_parcel_that_will_not_be_in_time_is_found_before_anybody_asks(world: World) {
    let shop = world.program_with(&["orders.read", "orders.record"]);
    let order = shop.post("/orders", waiting(&world, "1")).await.ok();
    shop.post("/orders", tent("2", "2026-11-23T09:00:00Z")).await.ok();
    world.settle().await;
    assert_eq!((&order["trouble"], world.events("order_in_trouble").await.len()), (&Value::Null, 0), "nobody asks after so long");

    let said = async |wanted: &[&str]| {
        let kinds: Vec<Value> = world.events("order_in_trouble").await.iter().map(|event| event.data["trouble"].clone()).collect();
        assert_eq!(json!(kinds), json!(wanted));
    };
    world.after(days(2) - hours(1)).await;
    said(&[]).await;
    world.after(hours(1)).await;
    said(&["will_be_late"]).await;
    assert_eq!(troubled(&shop).await, [(json!("#1"), json!("will_be_late"))]);
    world.after(days(1)).await;
    said(&["will_be_late"]).await;
    world.after(hours(1)).await;
    said(&["will_be_late", "late"]).await;
    let late = &orders(&shop, "?trouble=true&q=1").await[0]["trouble"];
    assert_eq!((&late["kind"], &late["at"]), (&json!("late"), &json!(world.in_(-hours(1)))));
    let whose = format!("?trouble=true&customer={}", order["customer"].as_str().unwrap());
    assert_eq!(orders(&shop, &whose).await.len(), 1);

    let mut arrived = waiting(&world, "1");
    arrived["changed_at"] = json!(world.in_(0));
    arrived["parcels"][0]["state"] = json!("delivered");
    assert_eq!(shop.post("/orders", arrived).await.ok()["trouble"], Value::Null);
    assert_eq!(troubled(&shop).await, []);
    world.after(days(60)).await;
    said(&["will_be_late", "late"]).await;
}

#[story]
async fn what_is_wrong_when_it_is_told_is_said_at_once_and_ends_by_itself(world: World) {
    let shop = world.program_with(&["orders.read", "orders.record"]);
    let mut silent = waiting(&world, "1");
    silent["parcels"][0]["state"] = json!("in_transit");
    silent["parcels"][0]["at"] = json!(world.in_(-days(6)));
    silent["parcels"][0]["promised_at"] = Value::Null;
    assert_eq!(shop.post("/orders", silent.clone()).await.ok()["trouble"]["kind"], "stuck");
    silent["changed_at"] = json!(world.in_(0));
    silent["note"] = json!("Still nothing");
    shop.post("/orders", silent).await.ok();
    world.settle().await;
    assert_eq!(world.events("order_in_trouble").await.len(), 1, "it is the same trouble");
    assert_eq!(troubled(&shop).await, [(json!("#1"), json!("stuck"))]);

    world.after(days(25)).await;
    assert_eq!(troubled(&shop).await, [], "some shop systems never say that a parcel has arrived");
    assert!(world.events("order_in_trouble").await.iter().all(|event| event.origin == Origin::Live));
    assert_eq!(troubled(&world.other_shop().program_with(&["orders.read"])).await, []);
}

#[story]
async fn nothing_is_said_of_the_orders_of_somebody_who_was_erased(world: World) {
    let shop = world.program_with(&["orders.read", "orders.record"]);
    let order = shop.post("/orders", waiting(&world, "1")).await.ok();
    world.owner().put(&format!("/customers/{}/erasure", order["customer"].as_str().unwrap()), json!({})).await.ok();
    world.after(days(4)).await;
    assert_eq!((troubled(&shop).await, world.events("order_in_trouble").await.len()), (vec![], 0));
    assert_eq!(orders(&shop, "").await[0]["trouble"], Value::Null);
}
