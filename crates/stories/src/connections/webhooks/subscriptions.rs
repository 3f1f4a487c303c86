//! Whoever copies a shop sees to it that it calls, and that it stops.

use axum::http::StatusCode;
use kernel::{days, minutes};
use serde_json::{Value, json};
use story_macro::story;

use super::{Calls, Connected, Shopify, Weather, WooCommerce, signed};
use crate::connections::{Vendure, standins::SHOPIFY_TOKEN};

#[story]
async fn a_subscription_that_vanished_is_made_again_within_a_day(world: Connected<Calls>) {
    let id = world.connects().await;
    world.settle().await;
    let all = world.shop.books().hooks.len();
    world.shop.books().hooks.remove(0);
    world.after(days(1)).await;
    assert_eq!(world.webhooks(&id).await["calling"], "live");
    assert_eq!(world.shop.books().hooks.len(), all);
    // nothing is subscribed to twice
    world.after(days(3)).await;
    assert_eq!(world.shop.books().hooks.len(), all);

    world.shop.books().hooks.clear();
    world.shop.books().weather = Weather::Forbidden;
    world.after(days(1)).await;
    let standing = world.webhooks(&id).await;
    assert_eq!((&standing["calling"], standing["missing"].as_array().unwrap().len()), (&json!("missing"), all));
    assert!(!standing["detail"].as_str().unwrap().is_empty(), "{standing}");
    world.shop.books().weather = Weather::Fair;
    world.after(minutes(15)).await;
    let standing = world.webhooks(&id).await;
    assert_eq!((&standing["calling"], &standing["missing"], &standing["detail"]), (&json!("live"), &json!([]), &json!("")));
    assert_eq!(world.shop.books().hooks.len(), all);
}

#[story]
async fn whoever_is_disconnected_calls_no_more(world: Connected<Calls>) {
    let id = world.connects().await;
    world.settle().await;
    let (path, headers) = world.webhook("{}");
    world.owner().delete(&format!("/connections/{id}")).await;
    assert!(world.shop.books().hooks.is_empty());
    assert_eq!(world.arrives(&path, &headers, "{}").await.status, StatusCode::NOT_FOUND);
    // a shop that cannot be reached is disconnected all the same
    let id = world.connects().await;
    world.settle().await;
    world.shop.books().weather = Weather::Status(503, None);
    assert_eq!(world.owner().delete(&format!("/connections/{id}")).await.status, StatusCode::NO_CONTENT);
}

#[story]
async fn an_installation_nobody_can_reach_says_so_and_goes_on_asking(world: Connected) {
    world.sells(1);
    let id = world.connects().await;
    world.settle().await;
    let never = ["vendure", "medusa"].contains(&world.shop.face.connector());
    let standing = world.webhooks(&id).await;
    assert_eq!((&standing["calling"], &standing["address"]), (&json!(if never { "never" } else { "no_address" }), &json!("")));
    assert!(world.shop.books().hooks.is_empty());
    world.sells_one(2);
    world.after(minutes(1)).await;
    world.is_copied_whole().await;
}

#[story]
async fn a_copy_that_may_not_be_erased_keeps_its_webhooks(world: Connected<Calls<WooCommerce>>) {
    let id = world.connects().await;
    world.connects().await;
    world.settle().await;
    let hooks = world.shop.books().hooks.clone();
    assert!(!hooks.is_empty());
    assert_eq!(world.owner().put(&format!("/connections/{id}/erasure"), Value::Null).await.problem(), "conflict");
    assert_eq!(world.shop.books().hooks, hooks);
}

#[story]
async fn a_connection_that_is_never_called_takes_no_webhooks(world: Connected<Vendure>) {
    let id = world.connects().await;
    let path = format!("/webhooks/{}/{id}", world.id());
    assert_eq!(world.arrives(&path, &Vec::new(), "{}").await.status, StatusCode::NOT_FOUND);
}

#[story]
async fn one_that_was_switched_off_is_switched_on_and_one_that_is_tried_is_answered(world: Connected<Calls<WooCommerce>>) {
    world.connects().await;
    world.settle().await;
    let path = world.webhook("{}").0;
    let form = vec![("content-type", "application/x-www-form-urlencoded".to_owned())];
    let asked = world.asked();
    assert_eq!(world.arrives(&path, &form, "webhook_id=17").await.status, StatusCode::NO_CONTENT);
    for odd in ["webhook_id=", "webhook_id=17&more", "webhook_id=-1", "webhook_id=123456789012345678901"] {
        assert_eq!(world.arrives(&path, &form, odd).await.status, StatusCode::UNAUTHORIZED, "{odd}");
    }
    world.settle().await;
    assert_eq!(world.asked(), asked);
    for hook in &mut world.shop.books().hooks {
        hook.active = false;
    }
    world.after(days(1)).await;
    let hooks = world.shop.books().hooks.clone();
    assert!(hooks.len() == 6 && hooks.iter().all(|hook| hook.active), "{hooks:?}");
}

#[story]
async fn an_app_without_its_secret_cannot_tell_who_calls(world: Connected<Calls<Shopify>>) {
    let settings = json!({ "address": world.shop.form()["address"], "access_token": SHOPIFY_TOKEN });
    let made = world.owner().post("/connections", json!({ "connector": "shopify", "name": "Ours", "settings": settings })).await.ok();
    let id = made["id"].as_str().unwrap();
    world.settle().await;
    let standing = world.webhooks(id).await;
    assert_eq!(standing["calling"], "missing");
    assert!(standing["detail"].as_str().unwrap().contains("client secret"), "{standing}");
    let path = format!("/webhooks/{}/{id}", world.id());
    let unsigned = vec![("x-shopify-hmac-sha256", signed("", "{}")), ("x-shopify-topic", "orders/create".to_owned())];
    assert_eq!(world.arrives(&path, &unsigned, "{}").await.status, StatusCode::UNAUTHORIZED);
}
