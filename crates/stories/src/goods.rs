//! Goods beside orders: what is left of a line's goods, and who may see it.

use serde_json::{Value, json};
use story_macro::story;

use crate::{
    actor::{Actor, items},
    commerce, products,
    products::counted,
    world::World,
};

const TOLD: &str = "2026-01-13T10:00:00Z";

/// What the lines of the shop's newest order are of.
async fn goods(who: &Actor) -> Vec<Value> {
    let order = items(who.get("/orders").await.ok()).remove(0);
    let one = who.get(&format!("/orders/{}", order["id"].as_str().unwrap())).await.ok();
    assert_eq!(one, order, "an order is the same in a list");
    order["lines"].as_array().unwrap().iter().map(|line| line["goods"].clone()).collect()
}

#[story]
async fn beside_each_line_stands_what_is_left_of_its_goods(world: World) {
    let (shop, ines) = (world.owner(), world.agent("Ines"));
    shop.post("/orders", commerce::tent("1042", TOLD)).await.ok();
    assert_eq!(goods(&ines).await, [Value::Null, Value::Null], "the shop has told of no products yet");

    let product = shop.post("/products", products::tent("t", TOLD)).await.ok()["id"].clone();
    let tent = |available: Value, stock: Value| json!({ "product": product, "published": true, "on_backorder": false, "available": available, "stock": stock });
    assert_eq!(goods(&ines).await, [tent(Value::Null, json!([])), Value::Null], "nobody has counted, and pegs are no product");

    for (place, count) in [("Oslo", 2), ("Bergen", -1)] {
        shop.post("/stock", counted("t/2", place, count, TOLD)).await.ok();
    }
    let places = json!([{ "location": "Bergen", "available": -1 }, { "location": "Oslo", "available": 2 }]);
    assert_eq!(goods(&ines).await[0], tent(json!(1), places));
    assert_eq!(world.other_shop().owner().get("/orders").await.ok()["items"], json!([]));
}

#[story]
async fn where_several_variants_have_a_lines_sku_nobody_says_which_it_is(world: World) {
    let shop = world.owner();
    shop.post("/orders", commerce::tent("1042", TOLD)).await.ok();
    let mut twins = products::tent("t", TOLD);
    twins["variants"][1]["sku"] = json!("TENT-2");
    let product = shop.post("/products", twins).await.ok()["id"].clone();
    shop.post("/stock", counted("t/2", "Oslo", 2, TOLD)).await.ok();
    let line = goods(&shop).await.remove(0);
    assert_eq!((&line["product"], &line["available"]), (&product, &Value::Null), "two sizes of one tent: the tent it is");

    shop.post("/products", products::tent("another", TOLD)).await.ok();
    assert_eq!(goods(&shop).await[0], Value::Null, "two products: neither");
}

#[story]
async fn a_lines_goods_are_seen_by_whoever_may_see_products(world: World) {
    let shop = world.owner();
    shop.post("/orders", commerce::tent("1042", TOLD)).await.ok();
    shop.post("/products", products::tent("t", TOLD)).await.ok();
    let books = world.program_with(&["orders.read"]);
    assert_eq!(goods(&books).await, [Value::Null, Value::Null]);
    assert_ne!(goods(&world.member("Vera", "viewer")).await[0], Value::Null);
}
