//! What shoppers do on the shop's pages: kept where they agreed, seen by agents at once, and gone when it should be.

mod keeping;
mod limits;

use ::platform::live::{Frame, Topic};
use axum::{body::Body, http::Method};
use kernel::{CustomerId, hours, minutes};
use serde_json::{Value, json};
use story_macro::story;

use crate::{
    actor::{Actor, Agent, Answer, Shopper, items},
    customers::{arrives, signed},
    products::tent,
    world::World,
};

fn line(reference: &str, quantity: i64, price: i64) -> Value {
    json!({
        "reference": reference, "sku": "TENT-2", "title": "Vidde tent", "variant": "2", "quantity": quantity, "price": price,
        "page": "https://shop.example.org/tent", "picture": null,
    })
}

/// The sighting of a cart with these lines.
fn cart(lines: &[Value]) -> Value {
    let total: i64 = lines.iter().map(|line| line["quantity"].as_i64().unwrap() * line["price"].as_i64().unwrap()).sum();
    json!({ "type": "cart_changed", "cart": { "currency": "NOK", "lines": lines, "total": total, "page": null } })
}

/// The sighting of a product.
pub fn product(reference: &str) -> Value {
    let price = json!({ "minor": 449_000, "currency": "NOK" });
    let product = json!({ "reference": reference, "title": "Vidde tent", "page": null, "picture": null, "price": price });
    json!({ "type": "product_viewed", "product": product, "page": null })
}

/// The sighting of a product put on the list of wishes.
fn wished(reference: &str) -> Value {
    json!({ "type": "wished", "product": product(reference)["product"] })
}

fn batch(sightings: &[Value]) -> Value {
    json!({ "consent": true, "source": null, "sightings": sightings })
}

async fn tells(who: &Actor, sightings: &[Value]) -> Answer {
    who.post("/chat/browsing", batch(sightings)).await
}

/// What an agent sees of it.
async fn browsing(ines: &Agent, customer: &str) -> Value {
    ines.get(&format!("/customers/{customer}/browsing")).await.ok()
}

/// A shopper in a conversation, and whose it is.
async fn in_chat(world: &World, name: &str) -> (Shopper, String) {
    let (shopper, ines) = (world.shopper(name), world.agent("Ines"));
    let talk = shopper.begins("Hello").await;
    let customer = ines.sees(&talk).await["customer"]["id"].as_str().unwrap().to_owned();
    (shopper, customer)
}

async fn announced(world: &World, kind: &str) -> i64 {
    let (shop, kind) = (world.id(), kind.to_owned());
    let sql = "SELECT COUNT(*) FROM platform_events WHERE shop_id = $1 AND kind = $2";
    world.app.read(async move |tx: &mut ::platform::Tx<'_>| tx.value(sql, &[&shop, &kind]).await).await.unwrap()
}

#[story]
async fn what_is_put_into_a_cart_is_seen_beside_the_chat_at_once(world: World) {
    let (ines, shop) = (world.agent("Ines"), world.owner());
    let told = shop.post("/products", tent("t", "2026-01-13T10:00:00Z")).await.ok();
    let (mara, customer) = in_chat(&world, "Mara").await;
    let id: CustomerId = customer.parse().unwrap();
    let mut watching = world.app.live().listen(Topic::Browsing(world.id(), id));
    assert_eq!(browsing(&ines, &customer).await, json!({ "cart": null, "visit": null, "viewed": [], "wishes": [] }));

    assert_eq!(tells(&mara, &[product("t"), cart(&[line("t", 2, 449_000), line("gone", 1, 1_000)])]).await.status, 204);

    let rung = watching.try_next().expect("whoever watches is told");
    assert_eq!(*rung, Frame::Signal { name: "customer_browsing".into(), data: json!({ "customer": customer }) });
    let seen = browsing(&ines, &customer).await;
    let lines = &seen["cart"]["lines"];
    assert_eq!((&lines[0]["product"], &lines[1]["product"]), (&told["id"], &Value::Null), "one the shop has told of, one it has not");
    assert_eq!((&lines[0]["quantity"], &lines[0]["price"]), (&json!(2), &json!({ "minor": 449_000, "currency": "NOK" })));
    assert_eq!((&seen["cart"]["total"]["minor"], &seen["cart"]["adds_up"]), (&json!(899_000), &json!(true)));
    assert_eq!((&seen["viewed"][0]["product"], &seen["viewed"][0]["times"]), (&told["id"], &json!(1)));
    assert_eq!(seen["cart"]["changed_at"], json!(world.app.now()));

    tells(&mara, &[cart(&[])]).await.ok();
    assert_eq!(browsing(&ines, &customer).await["cart"], Value::Null, "an empty cart is none");
}

#[story]
async fn who_only_looks_around_is_listed_apart_until_they_come_forward(world: World) {
    let (owner, ines) = (world.owner(), world.agent("Ines"));
    let listed = async |which: &str| {
        let found = items(ines.get(&format!("/customers{which}")).await.ok());
        found.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let (mara, nia, ole) = (world.shopper("Mara"), world.shopper("Nia"), world.shopper("Ole"));
    for visitor in [&mara, &nia, &ole] {
        world.after(minutes(1)).await;
        tells(visitor, &[product("t")]).await.ok();
    }
    let around = listed("?visitors=true").await;
    assert_eq!((around.len(), listed("").await), (3, vec![]));

    mara.begins("Is the tent warm?").await;
    assert_eq!(listed("").await, around[2..], "she writes");
    ines.post(&format!("/customers/{}/notes", around[1]), json!({ "text": "Came in twice." })).await.ok();
    assert_eq!(listed("?visitors=true").await, around[..1], "a member wrote something down about her");
    ines.patch(&format!("/customers/{}", around[0]), json!({ "name": "Ole Vik" })).await.ok();
    assert_eq!((listed("").await.len(), listed("?visitors=true").await), (3, vec![]));

    let mut order = crate::commerce::tent("1", "2026-01-13T10:00:00Z");
    order["buyer"] = json!({});
    let buyer = owner.post("/orders", order).await.ok()["customer"].as_str().unwrap().to_owned();
    assert!(listed("").await.contains(&buyer), "whoever buys is a customer, though nobody says who it was");
}

#[story]
async fn a_visit_is_known_by_where_it_came_from_and_how_far_it_got(world: World) {
    let (ines, (mara, customer)) = (world.agent("Ines"), in_chat(&world, "Mara").await);
    let campaign = json!({ "source": "newsletter", "medium": "email", "name": "autumn", "term": null, "content": "tents" });
    let source = json!({ "referrer": "https://social.example/post?who=mara#top", "campaign": campaign });
    let page = json!({ "address": "https://fjell.example/reset?token=secret", "title": "Tents" });
    let sightings = json!([
        { "type": "page_viewed", "page": page }, { "type": "searched", "query": "tent" }, { "type": "checkout_reached", "step": "payment" },
    ]);
    mara.post("/chat/browsing", json!({ "consent": true, "source": source, "sightings": sightings })).await.ok();

    let visit = browsing(&ines, &customer).await["visit"].take();
    assert_eq!(visit["source"], json!({ "referrer": "https://social.example/post", "campaign": campaign }));
    assert_eq!(
        visit["page"],
        json!({ "address": "https://fjell.example/reset", "title": "Tents" }),
        "what stands behind a path is not kept"
    );
    assert_eq!((&visit["searches"], &visit["checkout"]), (&json!(["tent"]), &json!("payment")));

    world.after(minutes(30)).await;
    tells(&mara, &[product("t")]).await.ok();
    assert_eq!(browsing(&ines, &customer).await["visit"]["began_at"], visit["began_at"], "it goes on");
    world.after(minutes(31)).await;
    tells(&mara, &[product("t")]).await.ok();
    let another = browsing(&ines, &customer).await["visit"].take();
    assert_eq!((&another["began_at"], &another["source"]["referrer"]), (&json!(world.app.now()), &Value::Null));
}

#[story]
async fn a_cart_left_behind_for_an_hour_is_announced_once(world: World) {
    let (mara, customer) = in_chat(&world, "Mara").await;
    tells(&mara, &[cart(&[line("t", 1, 100)])]).await.ok();
    world.after(minutes(40)).await;
    tells(&mara, &[cart(&[line("t", 2, 100)])]).await.ok();
    world.after(minutes(59)).await;
    assert_eq!(announced(&world, "cart_abandoned").await, 0, "it was touched meanwhile");
    world.after(minutes(1)).await;
    assert_eq!(announced(&world, "cart_abandoned").await, 1);
    assert_ne!(browsing(&world.agent("Ines"), &customer).await["cart"]["abandoned_at"], Value::Null);
    world.after(hours(5)).await;
    tells(&mara, &[cart(&[line("t", 2, 100)])]).await.ok();
    world.after(hours(5)).await;
    assert_eq!(announced(&world, "cart_abandoned").await, 1, "the page told the same again: nobody touched it");
    tells(&mara, &[cart(&[line("t", 3, 100)])]).await.ok();
    world.after(hours(1)).await;
    assert_eq!(announced(&world, "cart_abandoned").await, 2, "touched, and left behind again");
}

#[story]
async fn whoever_has_ordered_has_left_no_cart_behind(world: World) {
    let (owner, ines) = (world.owner(), world.agent("Ines"));
    let secret = owner.post("/widget/keys", Value::Null).await.ok()["secret"].as_str().unwrap().to_owned();
    let jwt = signed(&world, &secret, json!({ "sub": "7", "nonce": "one" })).await;
    let arrived = arrives(&world, &jwt).await.ok();
    let customer = arrived["customer"]["id"].as_str().unwrap();
    let token = arrived["token"].as_str().unwrap();
    tells_with(&world, token, &[cart(&[line("t", 1, 100)])]).await.ok();

    let mut order = crate::commerce::tent("1", "2026-01-13T10:00:00Z");
    order["buyer"] = json!({ "account": "7" });
    assert_eq!(owner.post("/orders", order).await.ok()["customer"], customer);
    world.settle().await;
    assert_eq!(browsing(&ines, customer).await["cart"], Value::Null);
    world.after(hours(2)).await;
    assert_eq!(announced(&world, "cart_abandoned").await, 0);
}

async fn tells_with(world: &World, token: &str, sightings: &[Value]) -> Answer {
    let bearer = format!("Bearer {token}");
    let headers = [("content-type", "application/json"), ("authorization", bearer.as_str())];
    world.stranger().send(Method::POST, "/chat/browsing", &headers, Body::from(batch(sightings).to_string())).await
}

#[story]
async fn who_comes_back_to_a_product_for_the_third_time_is_noticed_once(world: World) {
    let (ines, (mara, customer)) = (world.agent("Ines"), in_chat(&world, "Mara").await);
    for (wait, times, noticed) in [(0, 1, 0), (1, 1, 0), (31, 2, 0), (31, 3, 1), (31, 4, 1)] {
        world.after(minutes(wait)).await;
        tells(&mara, &[product("t")]).await.ok();
        assert_eq!(browsing(&ines, &customer).await["viewed"][0]["times"], times);
        assert_eq!(announced(&world, "product_viewed_again").await, noticed);
    }
}

#[story]
async fn who_signs_in_takes_along_what_they_did_and_nobody_elses(world: World) {
    let (owner, ines) = (world.owner(), world.agent("Ines"));
    let secret = owner.post("/widget/keys", Value::Null).await.ok()["secret"].as_str().unwrap().to_owned();
    let key = owner.get("/widget").await.ok()["key"].clone();
    let arrive = async |sub: &str, nonce: &str, before: &str| {
        let jwt = signed(&world, &secret, json!({ "sub": sub, "nonce": nonce })).await;
        let arrival = json!({ "key": key, "language": "en", "time_zone": null, "identity": jwt, "before": before });
        let arrived = world.stranger().post("/chat/visitors", arrival).await.ok();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        (text(&arrived["token"]), text(&arrived["customer"]["id"]))
    };
    let (guest, nobody) = in_chat(&world, "Mara").await;
    let before = guest.headers().await["authorization"].to_str().unwrap().trim_start_matches("Bearer ").to_owned();
    tells(&guest, &[product("t"), product("stove"), wished("t"), cart(&[line("t", 1, 100)])]).await.ok();

    let (token, mara) = arrive("7", "one", &before).await;
    let hers = browsing(&ines, &mara).await;
    assert_eq!((hers["viewed"].as_array().unwrap().len(), &hers["cart"]["total"]["minor"]), (2, &json!(100)));
    assert_ne!(hers["visit"], Value::Null);
    assert_eq!(hers["wishes"][0]["title"], "Vidde tent");
    assert_eq!(browsing(&ines, &nobody).await, json!({ "cart": null, "visit": null, "viewed": [], "wishes": [] }), "it is in one place");

    let (_, nia) = arrive("8", "two", &token).await;
    assert_eq!(browsing(&ines, &nia).await["viewed"], json!([]), "the next one at the same computer gets nothing of hers");
    let (_, ole) = arrive("9", "three", "vis_of_nobody").await;
    assert_eq!(browsing(&ines, &ole).await["viewed"], json!([]));
    assert_eq!(browsing(&ines, &mara).await["cart"], hers["cart"]);
}

#[story]
async fn what_somebody_wishes_for_stays_until_they_take_it_off_the_list(world: World) {
    let (ines, (mara, customer)) = (world.agent("Ines"), in_chat(&world, "Mara").await);
    let told = world.owner().post("/products", tent("t", "2026-01-13T10:00:00Z")).await.ok();
    tells(&mara, &[wished("t"), wished("stove")]).await.ok();
    let since = world.app.now();
    world.after(minutes(1)).await;
    tells(&mara, &[wished("t"), json!({ "type": "unwished", "reference": "stove" })]).await.ok();
    let wishes = browsing(&ines, &customer).await["wishes"].take();
    assert_eq!(wishes.as_array().unwrap().len(), 1);
    assert_eq!((&wishes[0]["product"], &wishes[0]["at"]), (&told["id"], &json!(since)), "wished for twice is wished for once");
}
