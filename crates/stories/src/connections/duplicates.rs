//! An order is placed once more, for its customer to pay: once, and with the address at which they do.

use axum::http::StatusCode;
use kernel::minutes;
use serde_json::{Value, json};
use story_macro::story;

use super::{
    Connected, DoesAll, GivesMoneyAlone, Shopify, Weather, WooCommerce,
    refunds::{actions, state},
};
use crate::credits::{asks, keyed};

fn again(order: &Value) -> String {
    format!("/orders/{}/duplicates", order["id"].as_str().unwrap())
}

#[story]
async fn an_order_is_placed_once_more_and_once_though_the_answer_is_lost(world: Connected<DoesAll>) {
    let order = world.sold().await;
    let ines = world.agent("Ines");
    world.shop.books().ahead = minutes(40);
    world.shop.books().weather = Weather::AfterTheWork;
    let asked = keyed(&ines, &again(&order), "a-click", Value::Null).await.ok();
    assert_eq!((&asked["worth"]["minor"], &asked["link"]), (&json!(0), &Value::Null), "it costs the shop nothing");
    assert_eq!(keyed(&ines, &again(&order), "a-click", Value::Null).await.ok()["id"], asked["id"]);
    assert_eq!(asks(&ines, &again(&order), Value::Null).await.status, StatusCode::CONFLICT, "it is under way");
    world.settle().await;
    assert_eq!(state(&ines, &order).await, ["unknown"]);
    world.shop.books().weather = Weather::Fair;
    world.after(minutes(16)).await;

    let made = ines.get(&actions(&order)).await.ok()["items"][0].clone();
    assert_eq!(made["state"], "made", "{made}");
    let books = world.shop.books();
    assert_eq!(books.proposals.len() + books.orders.len(), 4, "three were there");
    assert_eq!(books.orders[0].refunds.len(), 0);
}

#[story]
async fn a_pending_order_of_the_same_goods_is_paid_where_the_shop_says(world: Connected<WooCommerce>) {
    let order = world.sold().await;
    let ines = world.agent("Ines");
    asks(&ines, &again(&order), Value::Null).await.ok();
    world.settle().await;
    let made = ines.get(&actions(&order)).await.ok()["items"][0].clone();
    let pays = "https://shop.example/checkout/order-pay/4/?pay_for_order=true&key=wc_order_1";
    assert_eq!((&made["state"], &made["said"], &made["link"]), (&json!("made"), &json!("CODE4"), &json!(pays)));
    world.after(minutes(2)).await;
    let new = world.order("CODE4").await;
    assert_eq!((&new["payment"], &new["total"], &new["customer"]), (&json!("unpaid"), &order["total"], &order["customer"]));
    let goods =
        |order: &Value| order["lines"].as_array().unwrap().iter().map(|line| json!([line["sku"], line["quantity"]])).collect::<Vec<_>>();
    assert_eq!(goods(&new), goods(&order));
    // what stands there goes with whoever bought
    world.owner().put(&format!("/customers/{}/erasure", order["customer"].as_str().unwrap()), Value::Null).await.ok();
    world.settle().await;
    assert_eq!(ines.get(&actions(&order)).await.ok()["items"][0]["link"], Value::Null);
}

#[story]
async fn a_draft_of_the_same_goods_is_paid_at_its_invoice(world: Connected<Shopify>) {
    let order = world.sold().await;
    let ines = world.agent("Ines");
    // it may be cancelled, and wanted all the same
    asks(&ines, &format!("/orders/{}/cancellations", order["id"].as_str().unwrap()), json!({ "cause": "customer", "reason": "Too early" }))
        .await
        .ok();
    world.settle().await;
    asks(&ines, &again(&order), Value::Null).await.ok();
    world.settle().await;
    let made = ines.get(&actions(&order)).await.ok()["items"][0].clone();
    let pays = "https://shop.example/1/invoices/7";
    assert_eq!((&made["state"], &made["said"], &made["link"]), (&json!("made"), &json!("#D7"), &json!(pays)));
    let draft = world.shop.books().proposals[0].clone();
    assert_eq!((draft.quantities, draft.email), (vec![1, 2], "mara-1@example.org".to_owned()));
    assert_eq!(draft.tags, [made["id"].as_str().unwrap()]);
}

#[story]
async fn where_it_takes_several_steps_nobody_is_offered_it(world: Connected<GivesMoneyAlone>) {
    let order = world.sold().await;
    let ines = world.agent("Ines");
    assert!(!ines.get(&actions(&order)).await.ok()["can"].as_array().unwrap().contains(&json!("duplicate")));
    assert_eq!(asks(&ines, &again(&order), Value::Null).await.status, StatusCode::CONFLICT);
}
