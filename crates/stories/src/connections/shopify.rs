//! What only a Shopify does.

use kernel::{days, minutes, seconds};
use serde_json::{Value, json};
use story_macro::story;

use super::{Connected, Shopify, all_orders, standins::SHOPIFY_TOKEN};

#[story]
async fn a_shop_that_counts_points_is_asked_no_faster_than_they_come_back(world: Connected<Shopify>) {
    {
        let mut books = world.shop.books();
        (books.points, books.points_left) = (1_000.0, 1_000.0);
    }
    world.sells(60);
    let id = world.connects().await;
    world.settle().await;
    let first = all_orders(&world.owner()).await.len();
    assert!(0 < first && first < 60, "{first}");
    for _ in 0..60 {
        world.after(seconds(2)).await;
    }
    world.is_copied_whole().await;
    assert_eq!(world.events("connection_turned").await.len(), 1, "its history has been read, and nothing was wrong");
    // somebody else uses them up
    let counted = world.shop.now();
    {
        let mut books = world.shop.books();
        (books.points_left, books.points_counted_at) = (-5_000.0, Some(counted));
    }
    world.after(minutes(1)).await;
    let trouble = world.connection(&id).await["trouble"].clone();
    assert_eq!((&trouble["kind"], &trouble["detail"]), (&json!("too_many_requests"), &json!("Throttled")));
    world.after(minutes(10)).await;
    assert_eq!(world.connection(&id).await["trouble"], Value::Null);
}

#[story]
async fn a_test_says_that_old_orders_stay_out_of_sight(world: Connected<Shopify>) {
    world.sells(2);
    world.clock.advance(days(61));
    world.sells_one(3);
    let test = async || {
        let form = json!({ "connector": "shopify", "settings": world.shop.form() });
        world.owner().post("/connection-tests", form).await.ok()["found"].clone()
    };
    assert_eq!(test().await["limits"], json!([]));
    world.shop.books().shows_old_orders = false;
    let found = test().await;
    assert_eq!((&found["orders"], &found["limits"]), (&json!(1), &json!(["old_orders"])));
}

#[story]
async fn an_app_that_has_a_token_needs_no_credentials(world: Connected<Shopify>) {
    world.sells(2);
    let owner = world.owner();
    let test = async |settings: Value| owner.post("/connection-tests", json!({ "connector": "shopify", "settings": settings })).await.ok();
    let address = world.shop.form()["address"].clone();
    let fine = test(json!({ "address": address, "access_token": SHOPIFY_TOKEN })).await;
    assert_eq!(fine["found"]["orders"], 2);
    let revoked = test(json!({ "address": address, "access_token": "shpat_gone" })).await;
    assert_eq!(revoked["trouble"], "sign_in_refused");
    assert!(revoked["detail"].as_str().unwrap().contains("Invalid API key"), "{revoked}");
    let neither = test(json!({ "address": address })).await;
    assert_eq!(neither["trouble"], "sign_in_refused");
    assert_eq!(neither["detail"], "Give a client ID and its secret, or an access token.");
}

#[story]
async fn an_order_of_many_lines_is_read_to_its_last(world: Connected<Shopify>) {
    world.sells(2);
    world.shop.changes(2, |order, _| {
        let mug = order.items[1].clone();
        order.items.extend(std::iter::repeat_n(mug, 120));
    });
    world.connects().await;
    world.settle().await;
    world.is_copied_whole().await;
    assert_eq!(world.order("CODE2").await["lines"].as_array().unwrap().len(), 122);
}
