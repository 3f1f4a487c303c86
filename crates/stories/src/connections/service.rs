//! What is done to an order of a connected shop system beside giving money back: it is cancelled, sent elsewhere, sent again, and
//! written about to whoever packs it. Each is done once, and said as it is.

use axum::http::StatusCode;
use kernel::{days, minutes, seconds};
use serde_json::{Value, json};
use story_macro::story;

use super::{
    CancelsAlone, Connected, DoesAll, Medusa, SendsElsewhere, Vendure, Weather,
    refunds::{actions, limit, state},
};
use crate::{
    actor::{Agent, items},
    credits::{asks, keyed},
    erasure::unpacked,
};

fn new_home() -> Value {
    json!({ "name": "Mara Lind", "street": "Nygata 5", "more": "c/o Berg", "postcode": "5003", "city": "Bergen", "region": "", "country": "NO" })
}

fn at(order: &Value, what: &str) -> String {
    format!("/orders/{}/{what}", order["id"].as_str().unwrap())
}

fn why() -> Value {
    json!({ "cause": "customer", "reason": "Ordered twice" })
}

fn again(order: &Value, quantity: i64) -> Value {
    let lines = json!([{ "line": order["lines"][1]["reference"], "quantity": quantity }]);
    json!({ "lines": lines, "cause": "carrier", "reason": "Lost on the way" })
}

async fn can(who: &Agent, order: &Value) -> Value {
    who.get(&actions(order)).await.ok()["can"].clone()
}

impl<W> Connected<W> {
    fn notes(&self) -> Vec<String> {
        self.shop.books().orders[0].notes.clone()
    }
    /// The first order is handed over to a carrier, and that is heard of.
    async fn sends(&self) -> Value {
        self.shop.changes(1, |order, now| order.is_sent(now));
        self.after(minutes(16)).await;
        self.order("CODE1").await
    }
}

#[story]
async fn an_order_that_is_not_packed_is_cancelled_and_nothing_is_given_back_by_that(world: Connected<CancelsAlone>) {
    let order = world.sold().await;
    let ines = world.agent("Ines");
    let asked = asks(&ines, &at(&order, "cancellations"), why()).await;
    assert_eq!((asked.status, &asked.ok()["state"]), (StatusCode::CREATED, &json!("queued")));
    assert_eq!(asks(&ines, &at(&order, "cancellations"), why()).await.problem(), "conflict", "it is under way");
    world.settle().await;

    assert_eq!(state(&ines, &order).await, ["made"]);
    assert!(world.shop.books().orders[0].cancelled_at.is_some() && world.shop.books().orders[0].refunds.is_empty());
    // it need not be read with the others first
    assert_eq!(world.order("CODE1").await["status"], "cancelled");
    let left = can(&ines, &order).await;
    assert!(
        left.as_array().unwrap().iter().all(|deed| ["refund", "discount_code", "duplicate"].contains(&deed.as_str().unwrap())),
        "{left}"
    );
    assert_eq!(asks(&ines, &at(&order, "packing-notes"), json!({ "text": "Hurry" })).await.status, StatusCode::CONFLICT);
}

#[story]
async fn what_would_be_given_back_with_a_cancellation_is_given_back_first(world: Connected<Medusa>) {
    let order = world.sold().await;
    let ines = world.agent("Ines");
    assert_eq!(can(&ines, &order).await, json!(["refund", "cancellation", "redirection", "packing_note", "discount_code"]));
    let outcome = async || {
        world.settle().await;
        ines.get(&actions(&order)).await.ok()["items"][0].clone()
    };
    asks(&ines, &at(&order, "cancellations"), why()).await.ok();
    let refused = outcome().await;
    let words = "597.12 NOK would be given back with it. Give that back first, then cancel the order.";
    assert_eq!((&refused["state"], &refused["said"]), (&json!("refused"), &json!(words)));
    assert!(world.shop.books().orders[0].refunds.is_empty(), "no limit is passed by");

    let all = json!({ "amount": { "minor": 59_712, "currency": "NOK" }, "lines": [], "cause": "customer", "reason": "Ordered twice" });
    asks(&ines, &at(&order, "refunds"), all).await.ok();
    assert_eq!(outcome().await["state"], "made");
    asks(&ines, &at(&order, "cancellations"), why()).await.ok();
    assert_eq!(outcome().await["state"], "made");
    assert_eq!(world.shop.books().orders[0].refunds.len(), 1);
    let cancelled = world.order("CODE1").await;
    assert_eq!((&cancelled["status"], &cancelled["payment"]), (&json!("cancelled"), &json!("refunded")));
}

#[story]
async fn what_is_on_its_way_is_neither_cancelled_nor_sent_elsewhere(world: Connected) {
    world.sold().await;
    let ines = world.agent("Ines");
    let sent = world.sends().await;
    for (what, body) in [("cancellations", why()), ("packing-notes", json!({ "text": "Hurry" })), ("redirections", new_home())] {
        assert_eq!(asks(&ines, &at(&sent, what), body).await.status, StatusCode::CONFLICT, "{what}");
    }
    // nor when nobody has heard of it yet
    let second = world.order("CODE2").await;
    world.shop.changes(2, |order, now| order.is_sent(now));
    asks(&ines, &at(&second, "cancellations"), why()).await.ok();
    world.settle().await;
    let refused = ines.get(&actions(&second)).await.ok()["items"][0].clone();
    assert_eq!(refused["state"], "refused", "{refused}");
    assert_ne!(refused["said"], "");
    assert_eq!(world.shop.books().orders[1].cancelled_at, None);
}

#[story]
async fn a_note_for_whoever_packs_is_written_once_though_the_answer_is_lost(world: Connected) {
    let order = world.sold().await;
    let ines = world.agent("Ines");
    world.shop.books().weather = Weather::AfterTheWork;
    let asked = keyed(&ines, &at(&order, "packing-notes"), "a-click", json!({ "text": "It is a present:\nno invoice, please" })).await.ok();
    keyed(&ines, &at(&order, "packing-notes"), "a-click", json!({ "text": "It is a present:\nno invoice, please" })).await.ok();
    world.settle().await;
    assert_eq!(state(&ines, &order).await, ["unknown"]);
    world.shop.books().weather = Weather::Fair;
    world.after(minutes(16)).await;
    assert_eq!(state(&ines, &order).await, ["made"]);
    assert_eq!(world.notes(), [format!("It is a present: no invoice, please ({})", asked["id"].as_str().unwrap())]);
    for (text, status) in [("x".repeat(500), StatusCode::CREATED), ("x".repeat(501), StatusCode::UNPROCESSABLE_ENTITY)] {
        assert_eq!(asks(&ines, &at(&order, "packing-notes"), json!({ "text": text })).await.status, status);
    }
    assert_eq!(asks(&ines, &at(&order, "packing-notes"), json!({ "text": " \u{200b} " })).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[story]
async fn what_a_shop_system_cannot_do_nobody_can_ask_for(world: Connected<Vendure>) {
    let order = world.sold().await;
    let ines = world.agent("Ines");
    assert_eq!(can(&ines, &order).await, json!(["refund", "cancellation", "packing_note", "discount_code"]));
    let refused = asks(&ines, &at(&order, "redirections"), new_home()).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.text());
}

#[story]
async fn an_order_goes_to_another_address_before_it_is_packed(world: Connected<SendsElsewhere>) {
    let order = world.sold().await;
    let ines = world.agent("Ines");
    let to = |field: &str, value: &str| {
        let mut to = new_home();
        to[field] = json!(value);
        to
    };
    for (field, value) in [
        ("name", ""),
        ("street", ""),
        ("city", ""),
        ("country", "no"),
        ("country", "NOR"),
        ("country", ""),
        ("city", &"x".repeat(121)),
        ("postcode", &"1".repeat(17)),
    ] {
        let refused = asks(&ines, &at(&order, "redirections"), to(field, value)).await;
        assert_eq!((refused.status, &refused.json()["fields"][0]["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!(field)), "{value}");
    }
    world.shop.books().weather = Weather::AfterTheWork;
    asks(&ines, &at(&order, "redirections"), new_home()).await.ok();
    world.settle().await;
    assert_eq!(state(&ines, &order).await, ["unknown"]);
    assert!(!can(&ines, &order).await.as_array().unwrap().contains(&json!("redirection")), "it may be on its way there");
    world.shop.books().weather = Weather::Fair;
    world.after(minutes(6)).await;
    assert_eq!(state(&ines, &order).await, ["made"]);
    let to = world.shop.books().orders[0].to.clone();
    assert_eq!((&*to.name, &*to.street, &*to.more, &*to.postcode, &*to.city), ("Mara Lind", "Nygata 5", "c/o Berg", "5003", "Bergen"));
}

#[story]
async fn goods_are_sent_again_for_nothing_once_though_the_answer_is_lost(world: Connected<DoesAll>) {
    let order = world.sold().await;
    let ines = world.agent("Ines");
    assert_eq!(asks(&ines, &at(&order, "replacements"), again(&order, 1)).await.status, StatusCode::CONFLICT, "nothing has been sent yet");
    let order = world.sends().await;
    for (lines, field) in [(json!([]), "lines"), (json!([{ "line": order["lines"][1]["reference"], "quantity": 3 }]), "lines.0")] {
        let mut body = again(&order, 1);
        body["lines"] = lines;
        let refused = asks(&ines, &at(&order, "replacements"), body).await;
        assert_eq!((refused.status, &refused.json()["fields"][0]["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!(field)));
    }
    // its clock is ahead, and whoever looks for what was done goes by its clock
    world.shop.books().ahead = minutes(40);
    world.shop.books().weather = Weather::AfterTheWork;
    let asked = asks(&ines, &at(&order, "replacements"), again(&order, 1)).await.ok();
    assert_eq!(asked["worth"]["minor"], 1_544, "half of what two cost, half an øre up");
    world.settle().await;
    assert_eq!(state(&ines, &order).await, ["unknown"]);
    world.shop.books().weather = Weather::Fair;
    world.after(minutes(16)).await;
    let made = ines.get(&actions(&order)).await.ok()["items"][0].clone();
    assert_eq!((&made["state"], &made["said"]), (&json!("made"), &json!("CODE4")));
    assert_eq!(world.shop.books().orders.len(), 4);
    let new = world.order("CODE4").await;
    assert_eq!((&new["total"]["minor"], &new["lines"][0]["quantity"], &new["customer"]), (&json!(0), &json!(1), &order["customer"]));
    assert_eq!(ines.get(&actions(&order)).await.ok()["left"]["minor"], 59_712, "no money was given back");
}

#[story]
async fn what_goods_cost_that_are_sent_again_counts_towards_the_limit(world: Connected<DoesAll>) {
    world.sold().await;
    let order = world.sends().await;
    limit(&world, 2_000, 3_000).await;
    let ines = world.agent("Ines");
    let (first, second) = (
        asks(&ines, &at(&order, "replacements"), again(&order, 1)).await,
        asks(&ines, &at(&order, "replacements"), again(&order, 1)).await,
    );
    assert_eq!((&first.ok()["state"], &second.ok()["state"]), (&json!("queued"), &json!("waiting")));
    // what costs nothing needs nobody
    let other = world.order("CODE2").await;
    assert_eq!(asks(&ines, &at(&other, "cancellations"), why()).await.ok()["state"], "queued");
}

#[story]
async fn a_new_address_and_a_note_go_with_whoever_was_to_get_the_parcel(world: Connected<SendsElsewhere>) {
    let order = world.sold().await;
    let ines = world.agent("Ines");
    asks(&ines, &at(&order, "redirections"), new_home()).await.ok();
    asks(&ines, &at(&order, "packing-notes"), json!({ "text": "For Mara’s birthday" })).await.ok();
    world.settle().await;
    let customer = order["customer"].as_str().unwrap();
    let archive = unpacked(&world.owner().get(&format!("/customers/{customer}/export")).await.bytes);
    let handed_out = String::from_utf8_lossy(&archive["order_actions.json"]).into_owned();
    assert!(handed_out.contains("Nygata 5") && handed_out.contains("birthday"), "{handed_out}");
    world.owner().put(&format!("/customers/{customer}/erasure"), Value::Null).await.ok();
    world.settle().await;
    let left = ines.get(&actions(&order)).await.text();
    assert!(left.contains("redirection") && !left.contains("Nygata") && !left.contains("birthday"), "{left}");
}

fn code(off: Value) -> Value {
    json!({ "off": off, "days": 30, "cause": "carrier", "reason": "It came late" })
}

#[story]
async fn a_code_for_the_next_order_is_made_once_and_is_what_is_answered(world: Connected) {
    let order = world.sold().await;
    let ines = world.agent("Ines");
    for _ in 0..2 {
        keyed(&ines, &at(&order, "discount-codes"), "a-click", code(json!({ "kind": "percent", "percent": 15 }))).await.ok();
    }
    asks(&ines, &at(&order, "discount-codes"), code(json!({ "kind": "shipping" }))).await.ok();
    world.settle().await;

    let done = items(ines.get(&actions(&order)).await.ok());
    let worth = |minor: i64| json!({ "minor": minor, "currency": "NOK" });
    let told = |one: &Value| (one["state"].clone(), one["deed"]["off"]["kind"].clone(), one["worth"].clone());
    assert_eq!(
        done.iter().map(told).collect::<Vec<_>>(),
        [(json!("made"), json!("shipping"), worth(500)), (json!("made"), json!("percent"), worth(8_957))],
        "as much as it would take off an order like this one"
    );
    let codes = world.shop.books().codes.clone();
    assert_eq!(codes.iter().map(|one| one.percent).collect::<Vec<_>>(), [Some(15), None]);
    for (one, action) in codes.iter().zip(done.iter().rev()) {
        assert_eq!(action["said"], one.code.as_str());
        // where it applies itself, if the shop system knows such an address
        let applies = format!("https://shop.example/discount/{}?redirect=%2F", one.code);
        assert_eq!(action["link"], if world.shop.face.connector() == "shopify" { json!(applies) } else { Value::Null });
        assert!((world.in_(days(30)) - one.until).abs() <= seconds(1), "{one:?}");
    }
    assert_ne!(codes[0].code, codes[1].code);
}

#[story]
async fn a_code_whose_making_was_not_answered_is_looked_for_and_not_made_again(world: Connected) {
    let order = world.sold().await;
    let ines = world.agent("Ines");
    world.shop.books().weather = Weather::AfterTheWork;
    asks(&ines, &at(&order, "discount-codes"), code(json!({ "kind": "percent", "percent": 10 }))).await.ok();
    world.settle().await;
    assert_eq!(state(&ines, &order).await, ["unknown"]);
    world.shop.books().weather = Weather::Fair;
    world.after(minutes(6)).await;

    assert_eq!(state(&ines, &order).await, ["made"]);
    let codes = world.shop.books().codes.clone();
    assert_eq!(codes.len(), 1);
    let found = items(ines.get(&actions(&order)).await.ok())[0].clone();
    assert_eq!((&found["said"], found["link"].is_string()), (&json!(codes[0].code), world.shop.face.connector() == "shopify"));
}

#[story]
async fn a_code_takes_off_something_and_not_more_than_all_and_is_good_for_a_day_or_a_year(world: Connected<Vendure>) {
    let order = world.sold().await;
    let ines = world.agent("Ines");
    for (percent, days, status) in [(1, 1, 201), (100, 365, 201), (0, 30, 422), (101, 30, 422), (-5, 30, 422), (10, 0, 422), (10, 366, 422)]
    {
        let body = json!({ "off": { "kind": "percent", "percent": percent }, "days": days, "cause": "other", "reason": "Thanks" });
        assert_eq!(asks(&ines, &at(&order, "discount-codes"), body).await.status, status, "{percent} {days}");
    }
    for off in [json!({ "kind": "percent" }), json!({ "kind": "gift" }), json!({ "kind": "shipping", "percent": 5 })] {
        assert!(asks(&ines, &at(&order, "discount-codes"), code(off.clone())).await.status.is_client_error(), "{off}");
    }
}
