//! Money given back through a connected shop system: once, whatever dies or keeps silent in between, and above a limit only when
//! somebody else agrees.

use axum::http::StatusCode;
use futures::future::join_all;
use kernel::{hours, minutes};
use serde_json::{Value, json};
use story_macro::story;

use super::{Connected, Weather};
use crate::{
    actor::{Agent, items},
    credits::{asks, keyed},
    erasure::unpacked,
    world::World,
};

impl<W> Connected<W> {
    /// What the shop system has given back of an order, one by one.
    fn given_back(&self, number: usize) -> Vec<i64> {
        self.shop.books().orders[number - 1].refunds.iter().map(|refund| refund.amount).collect()
    }
    /// Three orders, copied.
    pub(super) async fn sold(&self) -> Value {
        self.sells(3);
        self.connects().await;
        self.settle().await;
        self.order("CODE1").await
    }
}

pub(super) fn of(order: &Value) -> String {
    format!("/orders/{}/refunds", order["id"].as_str().unwrap())
}

pub(super) fn wanted(minor: i64) -> Value {
    json!({ "amount": { "minor": minor, "currency": "NOK" }, "lines": [], "cause": "carrier", "reason": "It came late" })
}

/// What was asked to be done to an order, and what can be.
pub(super) fn actions(order: &Value) -> String {
    format!("/orders/{}/actions", order["id"].as_str().unwrap())
}

pub(super) async fn state(who: &Agent, order: &Value) -> Vec<String> {
    let refunds = who.get(&actions(order)).await.ok();
    refunds["items"].as_array().unwrap().iter().map(|one| one["state"].as_str().unwrap().to_owned()).collect()
}

#[story]
async fn what_an_agent_gives_back_is_given_back_by_the_shop_system_and_stands_in_the_order(world: Connected) {
    let order = world.sold().await;
    let ines = world.agent("Ines");
    let before = ines.get(&actions(&order)).await.ok();
    assert_eq!((&before["through"], &before["left"]["minor"]), (&json!("Our shop"), &json!(59_712)));
    let mugs = &order["lines"][1];
    let mut body = wanted(1_544);
    body["lines"] = json!([{ "line": mugs["reference"], "quantity": 1 }]);
    let asked = asks(&ines, &of(&order), body).await;
    assert_eq!((asked.status, &asked.ok()["state"]), (StatusCode::CREATED, &json!("queued")));
    world.settle().await;

    let after = ines.get(&actions(&order)).await.ok();
    assert_eq!((&after["items"][0]["state"], &after["left"]["minor"]), (&json!("made"), &json!(59_712 - 1_544)));
    assert_eq!(world.given_back(1), [1_544]);
    let reason = world.shop.books().orders[0].refunds[0].reason.clone();
    assert_eq!(reason, Some(format!("It came late ({})", after["items"][0]["id"].as_str().unwrap())));
    // it need not be read with the others first
    let seen = world.order("CODE1").await;
    assert_eq!((&seen["payment"], &seen["refunded"]["minor"]), (&json!("partly_refunded"), &json!(1_544)));
    assert_eq!(world.events("action_moved").await.len(), 2);
}

#[story]
async fn the_same_refund_asked_for_many_times_at_once_is_made_once(world: Connected) {
    let order = world.sold().await;
    let ines = world.agent("Ines");
    let path = of(&order);
    let all = join_all((0..8).map(|_| keyed(&ines, &path, "a-click", wanted(500)))).await;
    let ids: std::collections::BTreeSet<_> = all.iter().map(|answer| answer.ok()["id"].to_string()).collect();
    assert_eq!(ids.len(), 1);
    world.settle().await;
    assert_eq!(world.given_back(1), [500]);
    let another = keyed(&ines, &of(&order), "a-click", wanted(600)).await;
    assert!([StatusCode::CONFLICT, StatusCode::UNPROCESSABLE_ENTITY].contains(&another.status), "{}", another.text());
}

#[story]
async fn a_shop_system_that_breaks_off_after_the_work_is_not_asked_again(world: Connected) {
    let order = world.sold().await;
    let ines = world.agent("Ines");
    world.shop.books().weather = Weather::AfterTheWork;
    asks(&ines, &of(&order), wanted(500)).await.ok();
    world.settle().await;
    assert_eq!(state(&ines, &order).await, ["unknown"]);
    let refunds = ines.get(&actions(&order)).await.ok();
    assert!(refunds["items"][0]["said"].as_str().unwrap().contains("502"), "{refunds}");
    // what nobody knows is not there to be given back once more
    assert_eq!(refunds["left"]["minor"], 59_712 - 500);

    world.shop.books().weather = Weather::Status(503, None);
    world.after(hours(3)).await;
    assert_eq!(state(&ines, &order).await, ["unknown"]);
    world.shop.books().weather = Weather::Fair;
    world.after(minutes(15)).await;
    assert_eq!((state(&ines, &order).await, world.given_back(1)), (vec!["made".to_owned()], vec![500]));
}

#[story]
async fn what_was_never_done_is_found_not_to_be_there(world: Connected) {
    let order = world.sold().await;
    let ines = world.agent("Ines");
    // it says what is there, and fails when it is to give back
    world.shop.books().fair_for = 1;
    world.shop.books().weather = Weather::Status(500, None);
    asks(&ines, &of(&order), wanted(500)).await.ok();
    world.settle().await;
    assert_eq!(state(&ines, &order).await, ["unknown"]);
    world.shop.books().weather = Weather::Fair;
    world.after(minutes(4)).await;
    assert_eq!(state(&ines, &order).await, ["unknown"], "it may still be under way");
    world.after(minutes(2)).await;
    let refunds = ines.get(&actions(&order)).await.ok();
    assert_eq!((&refunds["items"][0]["state"], &refunds["items"][0]["said"]), (&json!("refused"), &json!("")));
    assert_eq!((world.given_back(1), &refunds["left"]["minor"]), (vec![], &json!(59_712)));
}

#[story]
async fn what_the_shop_system_refuses_is_told_in_its_words(world: Connected) {
    let order = world.sold().await;
    let ines = world.agent("Ines");
    // somebody gives back at the shop system, and nothing of it has been heard yet
    world.shop.changes(1, |order, now| order.is_refunded(59_000, now));
    asks(&ines, &of(&order), wanted(1_000)).await.ok();
    world.settle().await;
    let refund = ines.get(&actions(&order)).await.ok()["items"][0].clone();
    assert_eq!(refund["state"], "refused");
    assert!(refund["said"].as_str().unwrap().ends_with("as much left."), "{refund}");

    world.shop.books().sessions.clear();
    world.shop.books().secret = "changed".into();
    asks(&ines, &of(&order), wanted(1_000)).await.ok();
    world.settle().await;
    let refund = ines.get(&actions(&order)).await.ok()["items"][0].clone();
    assert_eq!(refund["state"], "refused");
    assert!(refund["said"].as_str().unwrap().starts_with(world.shop.face.refusal()), "{refund}");
}

#[story]
async fn more_than_was_paid_is_not_given_back_nor_in_other_money_nor_for_what_was_not_bought(world: Connected) {
    let order = world.sold().await;
    let ines = world.agent("Ines");
    let line = order["lines"][1]["reference"].clone();
    for (change, field) in [
        (json!({ "amount": { "minor": 59_713, "currency": "NOK" } }), "amount.minor"),
        (json!({ "amount": { "minor": 0, "currency": "NOK" } }), "amount.minor"),
        (json!({ "amount": { "minor": -1, "currency": "NOK" } }), "amount.minor"),
        (json!({ "amount": { "minor": 500, "currency": "EUR" } }), "amount.currency"),
        (json!({ "lines": [{ "line": line, "quantity": 3 }] }), "lines.0"),
        (json!({ "lines": [{ "line": line, "quantity": 0 }] }), "lines.0"),
        (json!({ "lines": [{ "line": "another order’s", "quantity": 1 }] }), "lines.0"),
        (json!({ "lines": [{ "line": line, "quantity": 1 }, { "line": line, "quantity": 1 }] }), "lines.1"),
        (json!({ "reason": "" }), "reason"),
        (json!({ "reason": "x".repeat(501) }), "reason"),
    ] {
        let mut body = wanted(500);
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let refused = asks(&ines, &of(&order), body).await;
        assert_eq!((refused.status, &refused.json()["fields"][0]["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!(field)), "{change}");
    }
    let (all, more) = (asks(&ines, &of(&order), wanted(59_712)).await, asks(&ines, &of(&order), wanted(1)).await);
    assert_eq!((all.status, more.status), (StatusCode::CREATED, StatusCode::UNPROCESSABLE_ENTITY));
    // an order that came by no connection
    let told = world.owner().post("/orders", crate::commerce::tent("1", "2026-01-13T10:00:00Z")).await.ok();
    assert_eq!(ines.get(&actions(&told)).await.ok()["through"], Value::Null);
    assert_eq!(asks(&ines, &of(&told), wanted(500)).await.status, StatusCode::CONFLICT);
}

#[story]
async fn what_a_restored_backup_no_longer_knows_of_is_found_before_it_is_asked_for_again(world: Connected) {
    let order = world.sold().await;
    limit(&world, 0, 0).await;
    let ines = world.agent("Ines");
    let refund = asks(&ines, &of(&order), wanted(500)).await.ok();
    // it was made after the backup had been taken
    let reason = format!("It came late ({})", refund["id"].as_str().unwrap());
    world.shop.changes(1, |order, now| {
        order.is_refunded(500, now);
        order.refunds[0].reason = Some(reason);
    });
    let lead = world.member("Liv", "lead");
    lead.put(&format!("/approvals/{}", refund["id"].as_str().unwrap()), json!({ "agreed": true })).await.ok();
    world.settle().await;
    assert_eq!((state(&ines, &order).await, world.given_back(1)), (vec!["made".to_owned()], vec![500]));
}

/// Sets what agents may give back.
pub(super) async fn limit(world: &World, at_once: i64, in_a_day: i64) {
    let roles = items(world.owner().get("/roles").await.ok());
    let agent = roles.iter().find(|role| role["key"] == "agent").unwrap()["id"].clone();
    let limits = json!({ "items": [{ "role": agent, "currency": "NOK", "at_once": at_once, "in_a_day": in_a_day }] });
    assert_eq!(world.owner().put("/refund-limits", limits.clone()).await.ok(), limits);
}

#[story]
async fn a_limit_is_of_a_role_there_is(world: Connected) {
    let owner = world.owner();
    let role = owner.post("/roles", json!({ "name": "Temp", "permissions": ["refunds.make"] })).await.ok()["id"].clone();
    let limits = |role: &Value| json!({ "items": [{ "role": role, "currency": "NOK", "at_once": 100, "in_a_day": 100 }] });
    owner.put("/refund-limits", limits(&role)).await.ok();
    let twice = json!({ "items": [limits(&role)["items"][0], limits(&role)["items"][0]] });
    assert_eq!(owner.put("/refund-limits", twice).await.json()["fields"][0]["field"], "items.1.role");
    // with the role its limit goes, and the others can still be set
    owner.delete(&format!("/roles/{}", role.as_str().unwrap())).await;
    assert_eq!(owner.get("/refund-limits").await.ok(), json!({ "items": [] }));
    let refused = owner.put("/refund-limits", limits(&role)).await;
    assert_eq!((refused.status, &refused.json()["fields"][0]["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("items.0.role")));
    limit(&world, 100, 100).await;
}

#[story]
async fn above_the_limit_somebody_else_has_to_agree(world: Connected) {
    let order = world.sold().await;
    limit(&world, 1_000, 1_500).await;
    let (ines, lead, other) = (world.agent("Ines"), world.member("Liv", "lead"), world.member("Lea", "lead"));
    let large = asks(&ines, &of(&order), wanted(1_001)).await.ok();
    assert_eq!(large["state"], "waiting");
    world.settle().await;
    assert_eq!(world.given_back(1), [0; 0]);
    let waiting = items(lead.get("/approvals").await.ok());
    assert_eq!((waiting.len(), &waiting[0]["number"]), (1, &json!("CODE1")));
    let approval = |refund: &Value| format!("/approvals/{}", refund["id"].as_str().unwrap());
    assert_eq!(ines.put(&approval(&large), json!({ "agreed": true })).await.problem(), "forbidden");
    let agreed = lead.put(&approval(&large), json!({ "agreed": true })).await.ok();
    assert_eq!(agreed["state"], "queued");
    assert_eq!(other.put(&approval(&large), json!({ "agreed": false })).await.status, StatusCode::CONFLICT, "it is decided");
    world.settle().await;
    assert_eq!((state(&ines, &order).await, world.given_back(1)), (vec!["made".to_owned()], vec![1_001]));

    // small ones add up in a day
    let small = asks(&ines, &of(&order), wanted(499)).await.ok();
    let passes = asks(&ines, &of(&order), wanted(1)).await.ok();
    assert_eq!((&small["state"], &passes["state"]), (&json!("queued"), &json!("waiting")));
    assert_eq!(lead.put(&approval(&passes), json!({ "agreed": false })).await.ok()["state"], "declined");
    for _ in 0..4 {
        world.after(hours(6)).await;
        for who in [&ines, &lead, &other] {
            who.get("/session").await.ok();
        }
    }
    assert_eq!(asks(&ines, &of(&order), wanted(1_000)).await.ok()["state"], "queued");
    // nobody agrees with themselves
    let roles = items(world.owner().get("/roles").await.ok());
    let role = roles.iter().find(|role| role["key"] == "lead").unwrap()["id"].clone();
    let nothing = json!({ "items": [{ "role": role, "currency": "NOK", "at_once": 0, "in_a_day": 0 }] });
    world.owner().put("/refund-limits", nothing).await.ok();
    let own = asks(&lead, &of(&order), wanted(1)).await.ok();
    assert_eq!(lead.put(&approval(&own), json!({ "agreed": true })).await.status, StatusCode::CONFLICT);
    assert_eq!(other.put(&approval(&own), json!({ "agreed": true })).await.ok()["state"], "queued");
}

#[story]
async fn a_process_that_dies_while_it_asks_leaves_a_refund_that_is_looked_for(world: Connected) {
    let order = world.sold().await;
    let ines = world.agent("Ines");
    world.shop.books().weather = Weather::Silence;
    world.shop.books().fair_for = 1;
    asks(&ines, &of(&order), wanted(500)).await.ok();
    tokio::select! {
        () = world.settle() => panic!("it does not wait for the answer"),
        () = world.shop.silent.notified() => (),
    }
    world.shop.books().weather = Weather::Fair;
    assert_eq!(state(&ines, &order).await, ["asked"]);
    // its lease runs out
    world.after(minutes(1)).await;
    assert_eq!(state(&ines, &order).await, ["asked"], "what was asked may still be done");
    world.after(minutes(6)).await;
    assert_eq!((state(&ines, &order).await, world.given_back(1)), (vec!["refused".to_owned()], vec![]));
}

#[story]
async fn what_was_written_about_a_refund_goes_with_whoever_it_was_given_to(world: Connected) {
    let order = world.sold().await;
    let ines = world.agent("Ines");
    asks(&ines, &of(&order), wanted(500)).await.ok();
    world.settle().await;
    let customer = order["customer"].as_str().unwrap();
    let archive = unpacked(&world.owner().get(&format!("/customers/{customer}/export")).await.bytes);
    let handed_out: Value = serde_json::from_slice(&archive["order_actions.json"]).unwrap();
    assert_eq!((&handed_out[0]["reason"], &handed_out[0]["state"]), (&json!("It came late"), &json!("made")));
    world.owner().put(&format!("/customers/{customer}/erasure"), Value::Null).await.ok();
    world.settle().await;
    let refunds = ines.get(&actions(&order)).await.ok();
    assert_eq!((&refunds["items"][0]["reason"], &refunds["items"][0]["worth"]["minor"]), (&json!(""), &json!(500)));
    assert_eq!(refunds["through"], Value::Null);
    assert_eq!(asks(&ines, &of(&order), wanted(500)).await.status, StatusCode::CONFLICT);
}
