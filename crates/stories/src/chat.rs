//! The chat's door: what a shop asks first, whom it does not let in, and how much is too much.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use futures::future::join_all;
use kernel::{minutes, seconds};
use serde_json::{Value, json};
use story_macro::story;

use crate::{
    actor::{Answer, Shopper},
    erasure::canaries::everything_stored,
    world::{SHOP_ORIGIN, World},
};

/// The shop's chat, set so.
async fn sets(world: &World, changes: Value) {
    let owner = world.owner();
    let mut settings = owner.get("/widget").await.ok()["settings"].take();
    settings["origins"] = json!([SHOP_ORIGIN]);
    settings.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    owner.put("/widget", settings).await.ok();
}

async fn begins(who: &Shopper, said: Value) -> Answer {
    let mut body = json!({ "client_id": who.shop.fresh_key(), "text": "Hello", "name": null, "email": null });
    body.as_object_mut().unwrap().extend(said.as_object().unwrap().clone());
    who.post("/chat/conversations", body).await
}

fn missing(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.problem(), "invalid");
    answer.json()["fields"].as_array().unwrap().iter().map(|field| field["field"].as_str().unwrap().to_owned()).collect()
}

async fn key(world: &World) -> Value {
    world.owner().get("/widget").await.ok()["key"].clone()
}

async fn arrives(world: &World, key: &Value) -> Answer {
    world.stranger().post("/chat/visitors", json!({ "key": key, "language": null, "time_zone": null, "identity": null })).await
}

#[story]
async fn as_many_as_begin_at_once_are_let_in(world: World) {
    // each wants the shop's next number
    let shoppers: Vec<Shopper> = (0..8).map(|n| world.shopper(&format!("Shopper {n}"))).collect();
    // they have their tokens before
    join_all(shoppers.iter().map(|shopper| shopper.get("/chat/conversations"))).await;
    let answers = join_all(shoppers.iter().cycle().take(24).map(|shopper| begins(shopper, json!({})))).await;
    let statuses: Vec<StatusCode> = answers.iter().map(|answer| answer.status).collect();
    assert_eq!(statuses, [StatusCode::CREATED; 24]);
}

#[story]
async fn without_agreement_nothing_is_kept_where_the_shop_asks_for_it(world: World) {
    sets(&world, json!({ "needs_consent": true })).await;
    let mara = world.shopper("Mara");
    assert_eq!(missing(&begins(&mara, json!({})).await), ["consent"]);
    assert_eq!(missing(&begins(&mara, json!({ "consent": false })).await), ["consent"]);
    assert_eq!(mara.conversations().await, Vec::<Value>::new());

    assert_eq!(missing(&mara.put("/chat/visitor", json!({ "email": "mara@example.org" })).await), ["consent"]);

    begins(&mara, json!({ "consent": true })).await.ok();
    begins(&mara, json!({})).await.ok();
    mara.put("/chat/visitor", json!({ "email": "mara@example.org" })).await.ok();
    mara.put("/chat/visitor", json!({ "consent": false })).await.ok();
    world.clock.advance(seconds(1));
    assert_eq!(missing(&begins(&mara, json!({})).await), ["consent"], "they took it back");
    mara.put("/chat/visitor", json!({ "consent": true })).await.ok();
    begins(&mara, json!({})).await.ok();
    assert_eq!(missing(&begins(&world.shopper("Nia"), json!({})).await), ["consent"], "each for themselves");
}

#[story]
async fn a_file_is_kept_only_when_its_sender_has_agreed_too(world: World) {
    sets(&world, json!({ "needs_consent": true })).await;
    let (mara, nia) = (world.shopper("Mara"), world.shopper("Nia"));
    assert_eq!(missing(&mara.uploads("/chat/files?name=a.txt", b"a note").await), ["consent"]);
    assert_eq!(missing(&mara.uploads("/chat/files?name=a.txt&consent=false", b"a note").await), ["consent"]);

    let file = mara.uploads("/chat/files?name=a.txt&consent=true", b"a note").await.ok();
    begins(&mara, json!({ "files": [file["id"]] })).await.ok();
    mara.uploads("/chat/files?name=b.txt", b"another").await.ok();
    mara.put("/chat/visitor", json!({ "consent": false })).await.ok();
    world.clock.advance(seconds(1));
    assert_eq!(missing(&mara.uploads("/chat/files?name=c.txt", b"a third").await), ["consent"], "they took it back");

    assert_eq!(missing(&nia.uploads("/chat/files?name=a.txt", b"a note").await), ["consent"], "each for themselves");
    sets(&world, json!({ "needs_consent": false })).await;
    nia.uploads("/chat/files?name=a.txt", b"a note").await.ok();
}

#[story]
async fn whoever_is_blocked_leaves_no_file(world: World) {
    let (mara, owner) = (world.shopper("Mara"), world.owner());
    mara.begins("Hello").await;
    let customer = owner.get("/conversations?view=all").await.ok()["items"][0]["customer"]["id"].clone();
    owner.put(&format!("/customers/{}/block", customer.as_str().unwrap()), json!({})).await.ok();
    assert_eq!(mara.uploads("/chat/files?name=a.txt", b"a note").await.problem(), "forbidden");
}

#[story]
async fn what_the_shop_must_know_is_asked_once(world: World) {
    sets(&world, json!({ "ask_name": "required", "ask_email": "required" })).await;
    let mara = world.shopper("Mara");
    assert_eq!(missing(&begins(&mara, json!({})).await), ["name", "email"]);
    assert_eq!(missing(&begins(&mara, json!({ "name": " \u{200b}" })).await), ["name", "email"]);
    assert_eq!(missing(&begins(&mara, json!({ "name": "Mara" })).await), ["email"]);
    begins(&mara, json!({ "name": "Mara", "email": "mara@example.org" })).await.ok();
    begins(&mara, json!({})).await.ok();

    sets(&world, json!({ "ask_name": "optional", "ask_email": "no" })).await;
    begins(&world.shopper("Nia"), json!({})).await.ok();
}

#[story]
async fn a_page_the_shop_does_not_list_has_no_chat(world: World) {
    let (mara, key) = (world.shopper("Mara"), key(&world).await);
    mara.begins("Hello").await;
    for origin in
        ["https://evil.example", "null", "http://fjell.example", "https://fjell.example.evil.example", "https://fjell.example:8443"]
    {
        let there = [("origin", origin), ("content-type", "application/json")];
        assert_eq!(mara.send(Method::GET, "/chat/conversations", &there, Body::empty()).await.problem(), "forbidden", "{origin}");
        let config = format!("/chat/config?key={}", key.as_str().unwrap());
        assert_eq!(world.stranger().send(Method::GET, &config, &there, Body::empty()).await.problem(), "forbidden", "{origin}");
        let arrival = json!({ "key": key, "language": null, "time_zone": null, "identity": null }).to_string();
        let answer = world.stranger().send(Method::POST, "/chat/visitors", &there, Body::from(arrival)).await;
        assert_eq!(answer.problem(), "forbidden", "{origin}");
    }
    mara.get("/chat/conversations").await.ok();
}

#[story]
async fn a_network_the_shop_has_blocked_is_turned_away(world: World) {
    let (mara, owner, key) = (world.shopper("Mara"), world.owner(), key(&world).await);
    mara.begins("Hello").await;
    owner.patch("/shop", json!({ "blocked_networks": ["127.0.0.0/8"] })).await.ok();
    assert_eq!(begins(&mara, json!({})).await.problem(), "forbidden");
    assert_eq!(arrives(&world, &key).await.problem(), "forbidden");
    world.other_shop().shopper("Ali").begins("Merhaba").await;
    owner.patch("/shop", json!({ "blocked_networks": [] })).await.ok();
    begins(&mara, json!({})).await.ok();
}

#[story]
async fn one_network_opens_only_so_many_chats(world: World) {
    let (mut opened, key) = (0, key(&world).await);
    let refused = loop {
        let answer = arrives(&world, &key).await;
        if answer.status != StatusCode::CREATED {
            break answer;
        }
        opened += 1;
    };
    assert_eq!((refused.problem().as_str(), refused.header("retry-after"), opened), ("too_many", Some("5"), 60));
    world.clock.advance(seconds(5));
    arrives(&world, &key).await.ok();
    assert_eq!(arrives(&world, &key).await.problem(), "too_many");
}

#[story]
async fn one_visitor_writes_only_so_much(world: World) {
    let (mara, nia) = (world.shopper("Mara"), world.shopper("Nia"));
    let talk = mara.begins("Hello").await;
    let more = json!({ "client_id": "again", "text": "More", "files": [] });
    let path = format!("/chat/conversations/{}/messages", talk.id);
    let mut sent = 1;
    while mara.post(&path, more.clone()).await.status.is_success() {
        sent += 1;
    }
    assert_eq!(sent, 20);
    assert_eq!(begins(&mara, json!({})).await.problem(), "too_many");
    assert_eq!(mara.put("/chat/visitor", json!({ "name": "Mara" })).await.problem(), "too_many");
    nia.begins("Hello").await;
    world.clock.advance(seconds(2));
    mara.post(&path, more).await.ok();

    let mut uploads = 0;
    while mara.uploads("/chat/files?name=a.txt", b"a note").await.status.is_success() {
        uploads += 1;
    }
    assert_eq!(uploads, 10);
    world.clock.advance(minutes(1));
    mara.uploads("/chat/files?name=a.txt", b"a note").await.ok();
}

#[story]
async fn a_card_number_is_stored_nowhere(world: World) {
    let mara = world.shopper("Mara");
    let talk = mara.begins("My card is 4111 1111 1111 1111, take it").await;
    mara.writes_in(&talk, "I said 4111111111111111").await;
    let (agent, stored) = (world.agent("Ines"), everything_stored(world.app.config()).await);
    let said: Vec<String> = agent.reads(&talk).await.iter().map(|one| one["text"].as_str().unwrap().to_owned()).collect();
    assert!(said[0].starts_with("My card is ") && said[0].ends_with(", take it") && said[1].starts_with("I said "), "{said:?}");
    let stored = String::from_utf8_lossy(&stored);
    assert!(!stored.contains("4111 1111") && !stored.contains("41111111"), "{said:?}");
}
