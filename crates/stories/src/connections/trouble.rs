//! What goes wrong is said on the connection, and once it is over the copy is whole.

use axum::http::StatusCode;
use kernel::{hours, minutes, seconds};
use serde_json::{Value, json};
use story_macro::story;

use super::{Connected, Order, Vendure, Weather, all_orders};

#[story]
async fn whatever_fails_for_hours_is_said_and_leaves_nothing_out(world: Connected) {
    world.sells(60);
    let id = world.connects().await;
    for (weather, kind) in [
        (Weather::Status(503, None), "failing"),
        (Weather::Status(429, None), "too_many_requests"),
        (Weather::Status(401, None), "sign_in_refused"),
        (Weather::Forbidden, "not_allowed"),
        (Weather::CutShort, "unreachable"),
        (Weather::AnotherPage, "not_understood"),
        (Weather::Status(404, None), "not_understood"),
    ] {
        // it begins in the middle of the history
        world.shop.books().fair_for = 2;
        world.shop.books().weather = weather.clone();
        world.settle().await;
        for _ in 0..8 {
            world.after(minutes(30)).await;
        }
        let connection = world.connection(&id).await;
        let trouble = &connection["trouble"];
        assert_eq!(trouble["kind"], kind, "{weather:?} {trouble}");
        assert!(!trouble["detail"].as_str().unwrap().is_empty(), "{weather:?}");
        assert!(trouble["tries"].as_i64().unwrap() > 5, "{weather:?} {trouble}");
        // meanwhile the shop sells
        let number = 1_000 + world.shop.books().orders.len();
        world.sells_one(number);
    }
    world.shop.books().weather = Weather::Fair;
    world.after(minutes(16)).await;
    // the history comes first, and then what happened meanwhile
    world.after(minutes(1)).await;
    world.is_copied_whole().await;
    let connection = world.connection(&id).await;
    assert_eq!((&connection["trouble"], &connection["doing"]), (&Value::Null, &json!("following")));
}

#[story]
async fn a_shop_that_says_when_to_come_back_is_left_alone_until_then(world: Connected) {
    let id = world.connects().await;
    world.shop.books().weather = Weather::Status(429, Some(120));
    world.settle().await;
    let asked = world.shop.books().asked;
    world.after(seconds(119)).await;
    assert_eq!(world.shop.books().asked, asked);
    assert_eq!(world.connection(&id).await["trouble"]["next_try_at"], (world.app.now() + seconds(1)).to_string());
    world.shop.books().weather = Weather::Fair;
    world.after(seconds(1)).await;
    assert_eq!(world.connection(&id).await["doing"], "following");
}

#[story]
async fn a_revoked_password_is_said_and_a_new_one_is_tried_at_once(world: Connected) {
    world.sells(2);
    let id = world.connects().await;
    world.settle().await;
    world.shop.books().secret = "another".into();
    world.shop.books().sessions.clear();
    world.after(minutes(1)).await;
    let trouble = world.connection(&id).await["trouble"].clone();
    assert_eq!(trouble["kind"], "sign_in_refused");
    assert!(trouble["detail"].as_str().unwrap().contains(world.shop.face.refusal()), "{trouble}");
    world.sells_one(3);

    let change = json!({ "name": "Our shop", "settings": world.shop.form() });
    let changed = world.owner().put(&format!("/connections/{id}"), change).await.ok();
    assert_eq!(changed["trouble"], Value::Null);
    world.settle().await;
    world.is_copied_whole().await;
    // only a session has ended: nobody is bothered
    world.shop.books().sessions.clear();
    world.after(minutes(1)).await;
    assert_eq!(world.connection(&id).await["trouble"], Value::Null);
}

#[story]
async fn a_clock_that_is_wrong_and_then_right_again_leaves_nothing_out(world: Connected) {
    for ahead in [hours(3), -hours(3), hours(72)] {
        world.shop.books().ahead = ahead;
        let first = world.shop.books().orders.len() + 1;
        for number in first..first + 3 {
            world.sells_one(number);
        }
        if first == 1 {
            world.connects().await;
        }
        world.after(minutes(2)).await;
        world.after(minutes(2)).await;
        world.is_copied_whole().await;
        let connections = crate::actor::items(world.owner().get("/connections").await.ok());
        assert_eq!(connections[0]["clock_ahead"], json!(ahead / seconds(1)));
        // it is set right; what is changed from then on carries older stamps, or the same as before
        world.shop.books().ahead = 0;
        world.shop.changes(first, Order::gets_another_tent);
        world.sells_one(first + 3);
        world.after(minutes(16)).await;
        world.is_copied_whole().await;
    }
}

#[story]
async fn a_test_says_exactly_what_is_wrong(world: Connected) {
    world.sells(7);
    let owner = world.owner();
    let test = async |settings: Value| {
        let form = json!({ "connector": world.shop.face.connector(), "settings": settings });
        owner.post("/connection-tests", form).await
    };
    let fine = test(world.shop.form()).await.ok();
    assert_eq!(
        fine["found"],
        json!({ "customers": if world.shop.face.lists_guests() { 7 } else { 2 }, "orders": 7, "products": 3, "limits": [] })
    );
    assert_eq!((&fine["trouble"], &fine["detail"]), (&Value::Null, &json!("")));

    let mut wrong = world.shop.form();
    wrong[world.shop.face.secret()] = json!("no");
    let refused = test(wrong).await.ok();
    assert_eq!(refused["trouble"], "sign_in_refused");
    assert!(refused["detail"].as_str().unwrap().contains(world.shop.face.refusal()), "{refused}");
    world.shop.books().weather = Weather::AnotherPage;
    let another = test(world.shop.form()).await.ok();
    assert_eq!(another["trouble"], "not_understood");
    assert!(another["detail"].as_str().unwrap().contains("Welcome"), "{another}");
    // as it is
    world.shop.books().weather = Weather::Fair;
    let id = world.connects().await;
    assert_eq!(owner.post(&format!("/connections/{id}/tests"), Value::Null).await.ok()["found"]["orders"], 7);
    assert_eq!(all_orders(&owner).await.len(), 0, "a test copies nothing");
}

#[story]
async fn an_address_inside_is_refused_and_a_password_stays_with_its_address(world: Connected<Vendure>) {
    let owner = world.owner();
    for inside in ["http://169.254.169.254", "http://127.0.0.1:1", "http://[::1]:5432", "http://2130706433/", "file:///etc/passwd"] {
        let mut new = world.filled_in();
        new["settings"]["address"] = json!(inside);
        let refused = owner.post("/connections", new).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{inside}");
        assert!(refused.text().contains("settings.address"), "{inside}");
    }
    let id = world.connects().await;
    let shown = world.connection(&id).await;
    assert!(!shown.to_string().contains("fjellheim"), "{shown}");
    let path = format!("/connections/{id}");
    let known = json!({ "address": world.shop.form()["address"], "username": "ombud" });
    assert_eq!(owner.put(&path, json!({ "name": "Shop", "settings": known })).await.ok()["name"], "Shop");
    let elsewhere = json!({ "address": "https://elsewhere.example", "username": "ombud" });
    let refused = owner.put(&path, json!({ "name": "Shop", "settings": elsewhere })).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("settings.password"), "{}", refused.text());
}
