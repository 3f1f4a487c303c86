//! The demo shop: it tells itself through the verbs, so whatever a verb begins to refuse shows here first.

use std::sync::Arc;

use ::platform::{Module, clock::HandClock, config::Config};
use app::demo;
use axum::{
    body::Body,
    http::{HeaderMap, Method, StatusCode, header},
};
use serde_json::{Value, json};
use story_macro::story;

use crate::{
    actor::{items, send},
    commerce::tent,
    credits::asks,
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

/// A shop whose books the demo keeps.
struct Kept(World);

impl Setting for Kept {
    fn modules() -> Vec<Module> {
        World::modules()
    }
    async fn set(place: &Place) -> Kept {
        let config = Config { demo: true, ..place.config() };
        let data = config.data.clone();
        let world = World::with(config).await;
        let card = json!({ "shop": world.id(), "email": "", "password": "", "token": "", "key": "" });
        std::fs::write(format!("{data}/demo.json"), card.to_string()).unwrap();
        Kept(world)
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

#[story]
async fn an_order_placed_once_more_in_the_demo_is_paid_on_its_page(kept: Kept) {
    let (shop, ines) = (kept.0.owner(), kept.0.agent("Ines"));
    let order = shop.post("/orders", tent("1042", "2026-01-13T10:00:00Z")).await.ok();
    let of_it = |what: &str| format!("/orders/{}/{what}", order["id"].as_str().unwrap());
    asks(&ines, &of_it("duplicates"), Value::Null).await.ok();
    kept.0.settle().await;
    let made = ines.get(&of_it("actions")).await.ok()["items"][0].clone();
    let link = made["link"].as_str().unwrap_or_else(|| panic!("{made}")).to_owned();
    let page = format!("/{}", &link[link.find("/demo/pay/").unwrap()..]);

    let shown = ines.get(&page).await.text();
    assert!(shown.contains("Tent for two") && shown.contains("<form method=\"post\">"), "{shown}");
    let payment = async || {
        let again = items(ines.get("/orders?limit=10").await.ok()).into_iter().find(|one| one["number"] == "#1042-2").unwrap();
        again["payment"].clone()
    };
    assert_eq!(payment().await, "unpaid");
    kept.0.after(kernel::minutes(1)).await;
    for _ in 0..2 {
        assert_eq!(ines.post(&page, Value::Null).await.status, StatusCode::SEE_OTHER);
        assert_eq!(payment().await, "paid");
    }
    assert!(!ines.get(&page).await.text().contains("<form method=\"post\">"));
    for other in ["/demo/pay/shop-1042", "/demo/pay/x"] {
        assert_eq!(ines.get(&format!("/{other}")).await.status, StatusCode::NOT_FOUND, "{other}");
    }
}
