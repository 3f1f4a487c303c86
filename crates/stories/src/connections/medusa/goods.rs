//! What is left of what a running Medusa sells.

use kernel::minutes;
use serde_json::json;
use story_macro::story;

use super::{super::real::left_of, Running, shopping::buys};

#[story]
async fn what_is_left_in_a_real_medusa_is_copied_and_a_sale_is_seen_within_minutes(story: Running) {
    let Running { world, owner, medusa, whose } = &story;
    owner.post("/connections", json!({ "connector": "medusa", "name": "Real", "settings": story.form().await })).await.ok();
    world.settle().await;
    // nobody else buys this one
    let (which, sku) = if whose.starts_with("sqlite") { (5, "WICK-1") } else { (6, "WICK-2") };
    let shelf = |left: i64| json!([left, [{ "location": "Shelf", "available": left }]]);
    assert_eq!(left_of(owner, sku).await, shelf(100_000));
    buys(medusa, &format!("wick@{}", whose.replace(".example", ".goods")), &[(which, 3)], None).await;
    world.after(minutes(5)).await;
    assert_eq!(left_of(owner, sku).await, shelf(99_997));
}
