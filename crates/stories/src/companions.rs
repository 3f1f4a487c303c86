//! What is often bought together: found once a day in what was ordered, and shown while it can be bought.

use axum::http::StatusCode;
use kernel::days;
use serde_json::{Value, json};
use story_macro::story;

use crate::{
    actor::{Actor, items},
    commerce,
    products::{counted, tent},
    world::World,
};

const TOLD: &str = "2026-01-13T10:00:00Z";

/// Tells of a product with this SKU; its id.
async fn sells(shop: &Actor, sku: &str) -> String {
    let mut facts = tent(sku, TOLD);
    facts["variants"] = json!([{ "reference": sku, "sku": sku, "prices": [] }]);
    shop.post("/products", facts).await.ok()["id"].as_str().unwrap().to_owned()
}

/// Tells of an order of these goods; its id.
async fn bought(shop: &Actor, number: usize, skus: &[&str], changes: Value) -> String {
    let mut order = commerce::tent(&number.to_string(), "2026-11-20T10:00:00Z");
    order["placed_at"] = json!("2026-11-20T10:00:00Z");
    let line = |sku: &&str| json!({ "reference": sku, "sku": sku, "title": sku, "quantity": 1, "total": 100 });
    order["lines"] = skus.iter().map(line).collect();
    order.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    shop.post("/orders", order).await.ok()["id"].as_str().unwrap().to_owned()
}

/// What goes with a thing, and how often it was bought with it.
async fn companions(who: &Actor, of: &str) -> Vec<(String, i64)> {
    let found = items(who.get(&format!("{of}/companions")).await.ok());
    found.iter().map(|one| (one["product"]["id"].as_str().unwrap().to_owned(), one["together"].as_i64().unwrap())).collect()
}

#[story]
async fn what_is_often_bought_together_is_found_once_a_day_and_shown_while_it_can_be_bought(world: World) {
    let (shop, ines) = (world.owner(), world.agent("Ines"));
    let (tent, pegs, stove) = (sells(&shop, "TENT").await, sells(&shop, "PEGS").await, sells(&shop, "STOVE").await);
    let mut number = 0..;
    let mut buy = async |times: usize, skus: &[&str], changes: Value| {
        let mut last = String::new();
        for _ in 0..times {
            last = bought(&shop, number.next().unwrap(), skus, changes.clone()).await;
        }
        last
    };
    let both = buy(4, &["TENT", "PEGS"], json!({})).await;
    let alone = buy(1, &["TENT"], json!({})).await;
    buy(2, &["TENT", "STOVE"], json!({})).await;
    buy(20, &["MUG"], json!({})).await;
    buy(20, &["STOVE"], json!({})).await;
    for no_sale in
        [json!({ "cancelled_at": "2026-11-20T10:00:00Z" }), json!({ "test": true }), json!({ "placed_at": "2026-05-20T10:00:00Z" })]
    {
        buy(9, &["TENT", "STOVE"], no_sale).await;
    }
    let (of_tent, of_both, of_alone) = (format!("/products/{tent}"), format!("/orders/{both}"), format!("/orders/{alone}"));
    assert!(companions(&ines, &of_tent).await.is_empty(), "the day is not over yet");

    world.after(days(1)).await;
    ines.signs_in_again().await;
    shop.signs_in_again().await;
    assert_eq!(companions(&ines, &of_tent).await, [(pegs.clone(), 4)]);
    assert_eq!(companions(&ines, &format!("/products/{pegs}")).await, [(tent.clone(), 4)]);
    assert!(companions(&ines, &format!("/products/{stove}")).await.is_empty());
    assert_eq!(companions(&ines, &of_alone).await, [(pegs.clone(), 4)]);
    assert!(companions(&ines, &of_both).await.is_empty(), "it is in the order already");

    shop.post("/stock", counted("PEGS", "Oslo", 0, TOLD)).await.ok();
    assert!(companions(&ines, &of_tent).await.is_empty(), "nobody can buy it");
    shop.post("/stock", counted("PEGS", "Bergen", 1, TOLD)).await.ok();
    assert_eq!(companions(&ines, &of_tent).await.len(), 1);

    assert!(companions(&world.program_with(&["orders.read"]), &of_alone).await.is_empty());
    let elsewhere = world.other_shop().owner();
    for of in [&of_tent, &of_alone] {
        assert_eq!(elsewhere.get(&format!("{of}/companions")).await.status, StatusCode::NOT_FOUND);
    }
    // half a year later nobody says so any more
    world.after(days(190)).await;
    shop.signs_in_again().await;
    bought(&shop, 999, &["MUG"], json!({ "placed_at": world.app.now(), "changed_at": world.app.now() })).await;
    world.after(days(2)).await;
    ines.signs_in_again().await;
    assert!(companions(&ines, &of_tent).await.is_empty());
}

#[story]
async fn three_at_most_go_with_something_the_surest_first(world: World) {
    let shop = world.owner();
    let tent = sells(&shop, "TENT").await;
    sells(&shop, "MUG").await;
    let names = ["A", "B", "C", "D", "E"];
    let mut ids = Vec::new();
    for (n, sku) in names.iter().enumerate() {
        ids.push(sells(&shop, sku).await);
        for times in 0..n + 3 {
            bought(&shop, n * 10 + times, &["TENT", sku], json!({})).await;
        }
    }
    for n in 100..180 {
        bought(&shop, n, &["MUG"], json!({})).await;
    }
    world.after(days(1)).await;
    shop.signs_in_again().await;
    let expected: Vec<(String, i64)> = [(4, 7), (3, 6), (2, 5)].map(|(n, times)| (ids[n].clone(), times)).into();
    assert_eq!(companions(&shop, &format!("/products/{tent}")).await, expected);
}
