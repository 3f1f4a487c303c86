//! What is left of what a running Vendure sells.

use kernel::minutes;
use serde_json::json;
use story_macro::story;

use super::{super::real::left_of, Running, buys, reader};

#[story]
async fn what_is_left_in_a_real_vendure_is_copied_and_a_sale_is_seen_within_minutes(story: Running) {
    let Running { world, owner, vendure, whose } = &story;
    let username = reader(&vendure.admin().await, &whose.replace(".example", ".goods")).await;
    let settings = json!({ "address": vendure.url, "username": username, "password": "only reads" });
    owner.post("/connections", json!({ "connector": "vendure", "name": "Real", "settings": settings })).await.ok();
    world.settle().await;
    // nobody else buys this one
    let (which, sku) = if whose.starts_with("sqlite") { (4, "WICK-1") } else { (5, "WICK-2") };
    let shelf = |left: i64| json!([left, [{ "location": "Default Stock Location", "available": left }]]);
    assert_eq!((left_of(owner, sku).await, left_of(owner, "MUG-1").await), (shelf(100_000), json!([null, []])));
    buys(vendure, &format!("wick@{}", whose.replace(".example", ".goods")), &[(which, 3)], false).await;
    world.after(minutes(5)).await;
    assert_eq!(left_of(owner, sku).await, shelf(99_997));
}
