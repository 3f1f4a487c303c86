//! The demo shop: it tells itself through the verbs, so whatever a verb begins to refuse shows here first.

use std::sync::Arc;

use ::platform::{Module, clock::HandClock, config::Config};
use app::demo;
use axum::{
    body::Body,
    http::{HeaderMap, Method, header},
};
use story_macro::story;

use crate::{
    actor::{items, send},
    ground::MORNING,
    story::{Place, Setting},
    world::World,
};

/// An installation where nothing has happened.
struct Empty(Place);

impl Setting for Empty {
    fn modules() -> Vec<Module> {
        World::modules()
    }
    async fn set(place: &Place) -> Empty {
        Empty(Place::beside(place.engine).await)
    }
}

/// With two orders of each who wrote earlier.
const PAST: demo::Past = demo::Past { conversations: 3, orders_each: 2 };

#[story]
async fn the_demo_shop_tells_itself_once_and_lets_people_in(empty: Empty) {
    let config = Config { demo: true, ..empty.0.config() };
    let office = demo::post::open(&config, MORNING).await.unwrap();
    let config = demo::post::reachable(config, &office);
    let card = demo::prepare(&config, &office, PAST, MORNING).await.unwrap();
    assert_eq!(demo::prepare(&config, &office, PAST, MORNING).await.unwrap().token, card.token, "a second start finds it there");

    let ground = app::grounded(&config, Arc::new(HandClock::at(MORNING))).unwrap();
    let (app, built) = app::open(config, ground).await.unwrap();
    let bearer = HeaderMap::from_iter([(header::AUTHORIZATION, format!("Bearer {}", card.token).parse().unwrap())]);
    let list = async |path: &str| items(send(&built.router, Method::GET, path, &bearer, Body::empty()).await.ok());
    assert!(list("/conversations?status=open").await.len() > 5);
    let orders = list("/orders").await;
    assert!(orders.iter().any(|order| order["trouble"]["kind"] == "late") && orders.len() > 5, "{orders:?}");
    let of_earlier_days = |order: &&serde_json::Value| order["number"].as_str().unwrap().starts_with("10000");
    assert_eq!(list("/orders?limit=100").await.iter().filter(of_earlier_days).count(), 6);
    let known = list("/customers?q=Jonas").await;
    // those of earlier days are called like him, and nothing else is known of them
    let jonas = known.iter().find(|one| one["birthday"]["year"] == 1988).unwrap_or_else(|| panic!("{known:?}"));
    assert_eq!(jonas["tags"].as_array().unwrap().len(), 1);
    let credit = list(&format!("/customers/{}/credits", jonas["id"].as_str().unwrap())).await;
    assert_eq!(credit[0]["amount"], serde_json::json!({ "minor": 25_000, "currency": "NOK" }));
    drop((app, built));
    empty.0.remove().await;
}
