//! What only a Shopify does.

use kernel::{days, minutes, seconds};
use serde_json::{Value, json};
use story_macro::story;

use super::{
    Connected, Shopify, Weather, all_orders,
    refunds::{actions, state},
    standins::SHOPIFY_TOKEN,
    stock::uncounted,
};
use crate::credits::asks;

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

#[story]
async fn an_order_placed_to_try_the_shop_is_copied_as_such(world: Connected<Shopify>) {
    world.sells(2);
    world.shop.changes(2, |order, _| order.test = true);
    world.connects().await;
    world.settle().await;
    for (number, test) in [("CODE1", false), ("CODE2", true)] {
        assert_eq!(world.order(number).await["test"], test, "{number}");
    }
}

#[story]
async fn what_a_bank_asks_back_is_copied_as_far_as_the_app_may_see_it(world: Connected<Shopify>) {
    world.sells(2);
    world.shop.changes(2, |order, _| order.dispute = Some("NEEDS_RESPONSE"));
    world.shop.books().shows_disputes = false;
    let id = world.connects().await;
    world.settle().await;
    let asked = |reason: &str, amount: Value, respond_by: Value| json!([{ "kind": "chargeback", "state": "needs_response", "reason": reason, "amount": amount, "respond_by": respond_by }]);
    assert_eq!(world.order("CODE1").await["disputes"], json!([]));
    assert_eq!(world.order("CODE2").await["disputes"], asked("other", Value::Null, Value::Null));

    world.shop.books().shows_disputes = true;
    world.shop.changes(2, |order, now| order.edited_at = now);
    world.after(minutes(1)).await;
    let order = world.order("CODE2").await;
    let placed = world.shop.books().orders[1].placed_at;
    assert_eq!(order["disputes"], asked("not_received", order["total"].clone(), json!(placed + days(14))));
    world.shop.changes(2, |order, now| (order.dispute, order.edited_at) = (Some("LOST"), now));
    world.after(minutes(1)).await;
    assert_eq!(world.order("CODE2").await["disputes"][0]["state"], "lost");
    assert_eq!(world.connection(&id).await["trouble"], Value::Null);
}

#[story]
async fn an_order_that_is_cancelled_in_its_own_time_is_cancelled_once_it_says_so(world: Connected<Shopify>) {
    let order = world.sold().await;
    let ines = world.agent("Ines");
    world.shop.books().cancels_in = minutes(3);
    let cancellations = format!("/orders/{}/cancellations", order["id"].as_str().unwrap());
    asks(&ines, &cancellations, json!({ "cause": "customer", "reason": "x".repeat(500) })).await.ok();
    world.settle().await;
    let asked = ines.get(&actions(&order)).await.ok()["items"][0].clone();
    assert_eq!(asked["state"], "unknown");
    assert!(asked["said"].as_str().unwrap().contains("begun"), "{asked}");
    world.after(minutes(6)).await;
    assert_eq!((state(&ines, &order).await, &world.order("CODE1").await["status"]), (vec!["made".to_owned()], &json!("cancelled")));
}

#[story]
async fn what_stands_in_an_orders_note_stays_and_nothing_of_ours_is_taken_for_the_customers(world: Connected<Shopify>) {
    let order = world.sold().await;
    let ines = world.agent("Ines");
    world.shop.changes(1, |order, _| order.notes = vec!["Ring twice".into(), "(at the back)".into()]);
    let notes = format!("/orders/{}/packing-notes", order["id"].as_str().unwrap());
    let asked = asks(&ines, &notes, json!({ "text": "It is a present" })).await.ok();
    world.settle().await;
    let note = format!("It is a present ({})", asked["id"].as_str().unwrap());
    assert_eq!(world.shop.books().orders[0].notes, ["Ring twice", "(at the back)", &note]);
    assert_eq!(world.order("CODE1").await["note"], "Ring twice (at the back)");
}

#[story]
async fn an_app_that_may_only_read_can_be_connected_and_says_what_it_may_not_do(world: Connected<Shopify>) {
    let order = world.sold().await;
    let ines = world.agent("Ines");
    // it says how the order stands, and no more
    world.shop.books().fair_for = 1;
    world.shop.books().weather = Weather::Forbidden;
    let refunds = format!("/orders/{}/refunds", order["id"].as_str().unwrap());
    let amount = json!({ "minor": 500, "currency": "NOK" });
    asks(&ines, &refunds, json!({ "amount": amount, "lines": [], "cause": "carrier", "reason": "Late" })).await.ok();
    world.settle().await;
    let refund = ines.get(&actions(&order)).await.ok()["items"][0].clone();
    assert_eq!(refund["state"], "refused");
    assert!(refund["said"].as_str().unwrap().starts_with("Access denied"), "{refund}");
}

#[story]
async fn an_app_that_may_not_see_stock_copies_the_rest_and_all_stock_once_it_may(world: Connected<Shopify>) {
    world.sells(2);
    world.shop.stocks((1, 1), "Oslo", 7, 2);
    world.shop.books().shows_stock = false;
    let form = json!({ "connector": "shopify", "settings": world.shop.form() });
    let found = world.owner().post("/connection-tests", form).await.ok()["found"].clone();
    assert_eq!((&found["products"], &found["limits"]), (&json!(3), &json!(["stock"])));
    let id = world.connects().await;
    world.settle().await;
    world.after(minutes(5)).await;
    let connection = world.connection(&id).await;
    assert_eq!(
        (&connection["doing"], &connection["trouble"], &connection["limits"]),
        (&json!("following"), &Value::Null, &json!(["stock"]))
    );
    assert_eq!(world.left("Tent 1").await, json!([uncounted(), uncounted()]));
    world.is_copied_whole().await;

    world.shop.books().shows_stock = true;
    world.after(minutes(1)).await;
    assert_eq!(world.left("Tent 1").await, json!([[5, [{ "location": "Oslo", "available": 5 }]], uncounted()]));
    assert_eq!(world.connection(&id).await["limits"], json!([]));
}

#[story]
async fn what_lies_at_many_places_and_changes_at_once_is_read_to_its_last(world: Connected<Shopify>) {
    world.sells(1);
    for number in 4..=50 {
        world.shop.product(number);
    }
    let places: Vec<&str> =
        "Oslo Bergen Bodø Drammen Halden Hamar Harstad Horten Kongsberg Larvik Levanger Mo Molde Moss Narvik".split(' ').collect();
    let lies = |each: i64| {
        for number in 1..=50 {
            world.shop.stocks((number, 1), "Oslo", each, 0);
        }
        places.iter().for_each(|place| world.shop.stocks((7, 2), place, each, 0));
    };
    lies(3);
    world.connects().await;
    world.settle().await;
    let left = |each: i64| (each, each, each * places.len() as i64);
    let told = async || {
        let (first, last, widely) = (world.left("Tent 1").await, world.left("Tent 50").await, world.left("Tent 7").await);
        let number = |value: &Value| value.as_i64().unwrap();
        (number(&first[0][0]), number(&last[0][0]), number(&widely[1][0]))
    };
    assert_eq!(told().await, left(3));
    lies(4);
    world.after(minutes(1)).await;
    assert_eq!(told().await, left(4));
}
