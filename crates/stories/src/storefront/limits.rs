//! What a batch may hold: at each limit, and past it.

use ::storefront::Gate;
use kernel::Money;
use serde_json::{Value, json};
use story_macro::story;

use super::{batch, cart, in_chat, line, product, tells};
use crate::world::World;

fn text(length: usize) -> Value {
    json!("x".repeat(length))
}

fn address(length: usize) -> Value {
    let begun = "https://shop.example/";
    json!(format!("{begun}{}", "x".repeat(length - begun.len())))
}

/// A batch with one thing changed, by its pointer.
fn with(pointer: &str, value: Value) -> Value {
    let page = json!({ "address": "https://shop.example/", "title": "Tents" });
    let mut cart = cart(&[line("t", 1, 100)]);
    cart["cart"]["discount"] = json!(0);
    let mut all = batch(&[
        json!({ "type": "page_viewed", "page": page }),
        product("t"),
        json!({ "type": "searched", "query": "tent" }),
        cart,
        json!({ "type": "checkout_reached", "step": "started" }),
        json!({ "type": "wished", "product": product("t")["product"] }),
        json!({ "type": "unwished", "reference": "t" }),
    ]);
    let campaign = json!({ "source": "s", "medium": "m", "name": "n", "term": "t", "content": "c" });
    all["source"] = json!({ "referrer": "https://search.example/", "campaign": campaign });
    *all.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value;
    all
}

#[story]
async fn every_part_of_a_batch_is_bounded(world: World) {
    let (mara, _) = in_chat(&world, "Mara").await;
    let (cart, first, most) = ("/sightings/3/cart", "/sightings/3/cart/lines/0", json!(Money::MOST));
    let too_much = json!(Money::MOST + 1);
    let lines = |count: usize| json!(vec![line("t", 1, 1); count]);
    let sightings = |count: usize| json!(vec![product("t"); count]);
    for (pointer, fits, does_not) in [
        ("/sightings".to_owned(), sightings(50), sightings(51)),
        ("/source/referrer".to_owned(), address(2_000), address(2_001)),
        ("/source/campaign/name".to_owned(), text(200), text(201)),
        ("/source/campaign/content".to_owned(), text(200), text(201)),
        ("/sightings/0/page/address".to_owned(), address(2_000), json!("javascript:alert(1)")),
        ("/sightings/0/page/title".to_owned(), text(300), text(301)),
        ("/sightings/1/product/reference".to_owned(), text(200), text(201)),
        ("/sightings/1/product/title".to_owned(), text(300), text(0)),
        ("/sightings/1/product/picture".to_owned(), address(2_000), json!("data:image/png,x")),
        ("/sightings/1/product/price/minor".to_owned(), most.clone(), too_much.clone()),
        ("/sightings/2/query".to_owned(), text(200), text(201)),
        (format!("{cart}/lines"), lines(100), lines(101)),
        (format!("{cart}/discount"), json!(0), json!(-1)),
        (format!("{cart}/total"), most.clone(), too_much.clone()),
        (format!("{cart}/currency"), json!("EUR"), json!("EURO")),
        (format!("{first}/reference"), text(1), text(0)),
        (format!("{first}/quantity"), json!(100_000), json!(100_001)),
        (format!("{first}/quantity"), json!(1), json!(0)),
        (format!("{first}/price"), most, too_much),
        (format!("{first}/sku"), text(120), text(121)),
        (format!("{first}/variant"), text(200), text(201)),
        ("/sightings/5/product/reference".to_owned(), text(200), text(201)),
        ("/sightings/6/reference".to_owned(), text(200), text(201)),
        ("/sightings/4/step".to_owned(), json!("completed"), json!("dancing")),
    ] {
        world.after(kernel::seconds(2)).await;
        assert_eq!(mara.post("/chat/browsing", with(&pointer, fits)).await.status, 204, "{pointer}");
        assert_eq!(mara.post("/chat/browsing", with(&pointer, does_not)).await.status, 422, "{pointer}");
    }
    for (pointer, unknown) in [("/sightings/0/page", json!({ "url": "x" })), ("/sightings/0/type", json!("danced"))] {
        assert_eq!(mara.post("/chat/browsing", with(pointer, unknown)).await.problem(), "invalid", "{pointer}");
    }
}

#[story]
async fn a_browser_that_tells_too_often_is_asked_to_wait(world: World) {
    let (mara, _) = in_chat(&world, "Mara").await;
    for _ in 0..30 {
        tells(&mara, &[]).await.ok();
    }
    assert_eq!(tells(&mara, &[]).await.problem(), "too_many");
    world.after(kernel::seconds(1)).await;
    tells(&mara, &[]).await.ok();
}

#[story]
async fn in_a_rush_browsing_is_dropped_and_messages_are_not(world: World) {
    let (mara, _) = in_chat(&world, "Mara").await;
    let gate = world.app.plugged::<Gate>().unwrap();
    let mut rush = Vec::new();
    while let Ok(place) = gate.enter() {
        rush.push(place);
    }
    assert_eq!(tells(&mara, &[product("t")]).await.status, 503);
    mara.writes("Are you there?").await;
    drop(rush);
    assert_eq!(tells(&mara, &[product("t")]).await.status, 204);
}
