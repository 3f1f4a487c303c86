//! What sells: counted as orders are told of, in whatever order that happens, and taken out when the day is over long enough.

use axum::http::StatusCode;
use kernel::days;
use serde_json::{Value, json};
use story_macro::story;

use crate::{
    actor::{Actor, items},
    commerce,
    products::{counted, tent},
    world::World,
};

const TOLD: &str = "2026-01-13T10:00:00Z";

/// An order of so many tents, placed and changed then.
fn order(number: &str, quantity: i64, placed_at: &str, changed_at: &str) -> Value {
    let mut order = commerce::tent(number, changed_at);
    order["placed_at"] = json!(placed_at);
    order["lines"][0]["quantity"] = json!(quantity);
    order
}

async fn listed(who: &Actor, query: &str) -> Vec<Value> {
    items(who.get(&format!("/products{query}")).await.ok())
}

/// How many tents were sold: of the product, and of its variant for two.
async fn sold(who: &Actor) -> (i64, Option<i64>) {
    let product = listed(who, "").await.remove(0);
    (product["sold"].as_i64().unwrap(), product["variants"][0]["sold"].as_i64())
}

#[story]
async fn what_was_sold_is_counted_once_without_what_was_cancelled_or_given_back(world: World) {
    let shop = world.owner();
    let bought = order("1", 3, "2026-11-20T10:00:00Z", "2026-11-20T10:00:00Z");
    let mut returned = order("1", 3, "2026-11-20T10:00:00Z", "2026-11-21T10:00:00Z");
    returned["lines"][0]["refunded"] = json!(1);
    shop.post("/orders", bought.clone()).await.ok();
    shop.post("/products", tent("t", TOLD)).await.ok();
    assert_eq!(sold(&shop).await, (3, Some(3)), "an order may be told of before its product");
    for (said, expected) in [(&bought, 3), (&returned, 2), (&bought, 2), (&returned, 2)] {
        shop.post("/orders", said.clone()).await.ok();
        assert_eq!(sold(&shop).await, (expected, Some(expected)));
    }
    shop.post("/orders", order("2", 4, "2026-11-24T09:00:00Z", "2026-11-24T09:00:00Z")).await.ok();
    assert_eq!(sold(&shop).await.0, 6);

    for (n, change) in
        [("cancelled_at", json!("2026-11-24T09:30:00Z")), ("payment", json!("refunded")), ("payment", json!("voided"))].iter().enumerate()
    {
        let mut undone = order("2", 4, "2026-11-24T09:00:00Z", &format!("2026-11-24T09:3{n}:00Z"));
        undone[change.0] = change.1.clone();
        shop.post("/orders", undone).await.ok();
        assert_eq!(sold(&shop).await.0, 2, "{change:?}");
        shop.post("/orders", order("2", 4, "2026-11-24T09:00:00Z", &format!("2026-11-24T09:3{n}:30Z"))).await.ok();
        assert_eq!(sold(&shop).await.0, 6, "and it is bought after all");
    }
    let other = world.other_shop().owner();
    other.post("/products", tent("t", TOLD)).await.ok();
    assert_eq!(sold(&other).await, (0, Some(0)));
}

#[story]
async fn whatever_order_it_is_told_in_the_same_was_sold(world: World) {
    let shop = world.owner();
    shop.post("/products", tent("t", TOLD)).await.ok();
    let told = |n: usize, quantity, changed_at: &str| order(&n.to_string(), quantity, "2026-11-20T10:00:00Z", changed_at);
    for (n, said) in [[1, 2, 3], [3, 1, 2], [2, 3, 1], [3, 2, 1]].into_iter().enumerate() {
        for step in said.into_iter().chain(said) {
            let mut facts = told(n, 5, &format!("2026-11-2{step}T10:00:00Z"));
            facts["lines"][0]["refunded"] = json!(step);
            shop.post("/orders", facts).await.ok();
        }
        assert_eq!(sold(&shop).await.0, (n as i64 + 1) * 2, "{said:?}");
    }
}

#[story]
async fn an_order_placed_to_try_the_shop_is_no_sale(world: World) {
    let shop = world.owner();
    shop.post("/products", tent("t", TOLD)).await.ok();
    let mut test = order("1", 3, "2026-11-20T10:00:00Z", "2026-11-20T10:00:00Z");
    test["test"] = json!(true);
    let told = shop.post("/orders", test.clone()).await.ok();
    assert_eq!((&told["test"], sold(&shop).await.0), (&json!(true), 0));
    // it was meant after all
    (test["test"], test["changed_at"]) = (json!(false), json!("2026-11-21T10:00:00Z"));
    assert_eq!(shop.post("/orders", test).await.ok()["test"], false);
    assert_eq!(sold(&shop).await.0, 3);
}

#[story]
async fn thirty_days_of_the_shop_count_and_a_clock_takes_out_the_rest(world: World) {
    let shop = world.owner();
    shop.patch("/shop", json!({ "time_zone": "Asia/Shanghai" })).await.ok();
    shop.post("/products", tent("t", TOLD)).await.ok();
    // it is six in the evening of the 23rd in Shanghai, so the first day that counts is the 25th of October
    for (n, (quantity, placed_at)) in [
        (1, "2026-10-24T15:59:59Z"),
        (2, "2026-10-24T16:00:00Z"),
        (4, "2026-10-25T16:00:00Z"),
        (8, "2026-11-23T09:00:00Z"),
        (16, "2026-11-26T09:00:00Z"),
    ]
    .into_iter()
    .enumerate()
    {
        shop.post("/orders", order(&n.to_string(), quantity, placed_at, "2026-11-23T09:00:00Z")).await.ok();
    }
    assert_eq!(sold(&shop).await, (14, Some(14)), "and what is placed in days to come is not sold yet");
    world.after(kernel::hours(6) - 1).await;
    assert_eq!(sold(&shop).await.0, 14);
    world.after(1).await;
    assert_eq!(sold(&shop).await.0, 12, "midnight in Shanghai");
    // of a day that is over nothing is taken out twice
    let mut late = order("1", 2, "2026-10-24T16:00:00Z", "2026-11-23T17:00:00Z");
    late["cancelled_at"] = json!("2026-11-23T17:00:00Z");
    shop.post("/orders", late).await.ok();
    assert_eq!(sold(&shop).await.0, 12);
    world.after(days(1)).await;
    shop.signs_in_again().await;
    assert_eq!(sold(&shop).await.0, 8);
    world.after(days(40)).await;
    shop.signs_in_again().await;
    assert_eq!(sold(&shop).await.0, 0);
}

#[story]
async fn a_shop_that_moves_to_another_time_zone_takes_out_what_it_has_counted(world: World) {
    let shop = world.owner();
    shop.post("/products", tent("t", TOLD)).await.ok();
    shop.post("/orders", order("1", 2, "2026-11-20T16:30:00Z", "2026-11-21T09:00:00Z")).await.ok();
    shop.patch("/shop", json!({ "time_zone": "Asia/Shanghai" })).await.ok();
    let mut undone = order("1", 2, "2026-11-20T16:30:00Z", "2026-11-22T09:00:00Z");
    undone["cancelled_at"] = json!("2026-11-22T09:00:00Z");
    shop.post("/orders", undone).await.ok();
    for _ in 0..31 {
        assert_eq!(sold(&shop).await.0, 0);
        world.after(days(1)).await;
        shop.signs_in_again().await;
    }
}

#[story]
async fn what_sells_best_comes_first_page_after_page(world: World) {
    let shop = world.owner();
    for (n, quantity) in [(1, 2), (2, 0), (3, 7), (4, 2)] {
        let mut facts = tent(&format!("t{n}"), TOLD);
        (facts["variants"][0]["sku"], facts["variants"][1]["sku"]) = (json!(format!("S{n}")), json!(format!("L{n}")));
        facts["published"] = json!(n != 4);
        shop.post("/products", facts).await.ok();
        let mut bought = order(&n.to_string(), quantity, "2026-11-20T10:00:00Z", "2026-11-20T10:00:00Z");
        bought["lines"][0]["sku"] = json!(format!("S{n}"));
        shop.post("/orders", bought).await.ok();
    }
    let figures = |products: Vec<Value>| products.iter().map(|product| product["sold"].as_i64().unwrap()).collect::<Vec<_>>();
    let all = listed(&shop, "?sort=best_selling").await;
    assert_eq!(figures(all.clone()), [7, 2, 2, 0]);
    assert_eq!(figures(listed(&shop, "?sort=best_selling&published=true").await), [7, 2, 0]);
    assert_eq!(figures(listed(&shop, "?q=vidde&sort=best_selling").await), [7, 2, 2, 0]);
    let (mut paged, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = shop.get(&format!("/products?sort=best_selling&limit=1{cursor}")).await.ok();
        paged.extend(items(page.clone()));
        let Some(next) = page["next"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(paged, all);
    assert_eq!(shop.get("/products?sort=cheapest").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[story]
async fn what_sells_fast_is_said_of_real_stock_only(world: World) {
    let shop = world.owner();
    let mut facts = tent("t", TOLD);
    facts["variants"] = json!([facts["variants"][0].clone()]);
    shop.post("/products", facts.clone()).await.ok();
    let fast = async || listed(&shop, "").await[0]["sells_fast"].as_bool().unwrap();
    shop.post("/orders", order("1", 9, "2026-11-20T10:00:00Z", "2026-11-20T10:00:00Z")).await.ok();
    shop.post("/stock", counted("t/2", "Oslo", 1, TOLD)).await.ok();
    assert!(!fast().await, "too few were sold to know a pace");
    shop.post("/orders", order("1", 15, "2026-11-20T10:00:00Z", "2026-11-20T11:00:00Z")).await.ok();
    // fifteen in thirty days are seven in fourteen
    for (left, expected) in [(8, false), (7, true), (1, true), (0, false), (-1, false), (7, true)] {
        let at = world.app.now().to_string();
        shop.post("/stock", counted("t/2", "Oslo", left, &at)).await.ok();
        assert_eq!(fast().await, expected, "{left}");
        world.clock.advance(1);
    }
    facts["variants"][0]["on_backorder"] = json!(true);
    facts["changed_at"] = json!("2026-01-14T10:00:00Z");
    shop.post("/products", facts).await.ok();
    assert!(!fast().await, "there is always more of it");
    shop.post("/products", tent("t", "2026-01-15T10:00:00Z")).await.ok();
    assert!(!fast().await, "nobody has counted the tent for three");
}

#[story]
async fn a_card_in_the_chat_says_how_few_are_left_as_long_as_that_is_so(world: World) {
    let (shop, ines, mara) = (world.owner(), world.agent("Ines"), world.shopper("Mara"));
    let mut facts = tent("t", TOLD);
    facts["variants"] = json!([facts["variants"][0].clone()]);
    let product = shop.post("/products", facts).await.ok()["id"].clone();
    shop.post("/stock", counted("t/2", "Oslo", 3, TOLD)).await.ok();
    let talk = mara.writes("Which tent?").await;
    let answer = json!({ "client_id": "1", "kind": "reply", "html": "", "products": [product], "seen_seq": 99 });
    ines.post(&format!("/conversations/{}/messages", talk.id), answer).await.ok();
    world.settle().await;
    let left = async || mara.reads(&talk).await.iter().find_map(|message| message["products"].get(0).cloned()).unwrap()["left"].clone();
    assert_eq!(left().await, 3);
    for (count, expected) in [(5, json!(5)), (6, Value::Null), (1, json!(1)), (0, Value::Null)] {
        world.clock.advance(1);
        let at = world.app.now().to_string();
        shop.post("/stock", counted("t/2", "Oslo", count, &at)).await.ok();
        assert_eq!(left().await, expected, "{count}");
    }
}
