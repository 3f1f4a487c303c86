//! What Shopify has to pass on about personal data.

use axum::http::StatusCode;
use serde_json::{Value, json};
use story_macro::story;

use super::{Calls, Connected, Shopify, with};
use crate::actor::items;

#[story]
async fn what_shopify_says_about_personal_data_is_done_or_left_to_people(world: Connected<Calls<Shopify>>) {
    world.sells(4);
    world.connects().await;
    world.settle().await;
    let domain = world.shop.address.to_string();
    let says = async |topic: &str, body: Value| {
        let (path, headers) = world.webhook(&body.to_string());
        let answer = world.arrives(&path, &with(&headers, "x-shopify-topic", topic), &body.to_string()).await;
        world.settle().await;
        answer.status
    };
    let of = |domain: &str, number: u64, list: &str| {
        let customer = json!({ "id": 55_000 + number, "email": format!("mara-{number}@example.org"), "phone": "" });
        let mut body = json!({ "shop_id": 954889, "shop_domain": domain, "customer": customer });
        body[list] = json!([299938]);
        body
    };
    let found = async |number: u64| items(world.owner().get(&format!("/customers?q=mara-{number}@example.org")).await.ok()).len();

    assert_eq!(found(3).await, 1);
    assert_eq!(says("customers/data_request", of(&domain, 3, "orders_requested")).await, StatusCode::NO_CONTENT);
    let left = world.attention().await;
    assert!(left.len() == 1 && left[0]["error"].as_str().unwrap().contains("cus_"), "{left:?}");
    // an account, and a guest
    for number in [3, 4] {
        assert_eq!(says("customers/redact", of(&domain, number, "orders_to_redact")).await, StatusCode::NO_CONTENT);
        assert_eq!(found(number).await, 0, "{number}");
    }
    assert_eq!(world.events("customer_erased").await.len(), 2);
    // what says no such thing is no wish, whatever it is called
    let order = json!({ "id": 1, "customer": { "id": 1, "email": "mara-1@example.org" } });
    assert_eq!(says("customers/redact", order).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(says("customers/redact", of(&domain, 1, "orders_requested")).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(says("customers/redact", of("other.myshopify.com", 1, "orders_to_redact")).await, StatusCode::FORBIDDEN);
    assert_eq!(says("customers/redact", of(&domain, 99, "orders_to_redact")).await, StatusCode::NO_CONTENT, "nobody there");
    assert_eq!(found(1).await, 1);
    assert_eq!(says("shop/redact", json!({ "shop_id": 954889, "shop_domain": domain })).await, StatusCode::NO_CONTENT);
    assert_eq!(world.attention().await.len(), 2);
    // each wish is among what is kept about who did what, those of people unknown here too
    let wishes: Vec<_> = world
        .events("privacy_wish_told_of")
        .await
        .into_iter()
        .map(|it| (it.data["wish"].clone(), it.data["customer"].is_string()))
        .collect();
    let told = [("data", true), ("redaction", true), ("redaction", true), ("redaction", false), ("shop_redaction", false)];
    assert_eq!(wishes, told.map(|(wish, is_known)| (json!(wish), is_known)));
}
