//! The bot: what it answers at once, what stays of it, and when a person comes in.

mod code;
mod orders;

use axum::http::StatusCode;
use kernel::hours;
use serde_json::{Value, json};
use story_macro::story;

use self::orders::known;
use crate::{
    actor::{Answer, Shopper, Talk},
    world::World,
};

const RETURNS: &str = "At {{ shop.name }} you have 30 days.\nhttps://fjell.example/returns";
const TOLD: &str = "At Fjell & Fjord you have 30 days.\nhttps://fjell.example/returns";

/// What the shop has it answer: all, or so.
async fn answers(world: &World, changes: Value) {
    let mut settings = json!({
        "track_order": true, "department": null,
        "return_policy": true, "return_policy_texts": { "en": RETURNS, "nb": "Du har 30 dager." },
        "shipping": true, "shipping_texts": { "nb": "Frakt koster 49 kr." },
        "opening_hours": true,
    });
    settings.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    world.owner().put("/quick-replies", settings).await.ok();
}

async fn key(world: &World) -> String {
    world.owner().get("/widget").await.ok()["key"].as_str().unwrap().to_owned()
}

async fn asks(world: &World, topic: &str, language: &str) -> Answer {
    let path = format!("/chat/quick-replies/{topic}?key={}&lang={language}", key(world).await);
    world.stranger().get(&path).await
}

async fn offered(world: &World) -> Vec<String> {
    let config = world.stranger().get(&format!("/chat/config?key={}", key(world).await)).await.ok();
    config["quick_replies"].as_array().unwrap().iter().map(|reply| reply["topic"].as_str().unwrap().to_owned()).collect()
}

/// What the bot says to it, under the shop's seal.
async fn sealed(world: &World, topic: &str, language: &str) -> Value {
    asks(world, topic, language).await.ok()["sealed"].clone()
}

async fn begins(who: &Shopper, text: &str, said: &[Value]) -> Answer {
    let body = json!({ "client_id": who.shop.fresh_key(), "text": text, "name": null, "email": null, "said": said });
    who.post("/chat/conversations", body).await
}

fn talk(started: &Value) -> Talk {
    let id = started["conversation"]["id"].as_str().unwrap().to_owned();
    Talk { id, number: started["conversation"]["number"].as_i64().unwrap() }
}

/// Who said what, oldest first.
fn said(messages: &[Value], by: &str) -> Vec<(String, String)> {
    let text = |message: &Value, field: &str| message[field].as_str().unwrap().to_owned();
    messages.iter().map(|message| (text(message, by), text(message, "text"))).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(by, text)| ((*by).to_owned(), (*text).to_owned())).collect()
}

#[story]
async fn a_shopper_asks_the_bot_and_then_a_person_who_sees_what_it_said(world: World) {
    let (mara, ines) = (world.shopper("Mara"), world.agent("Ines"));
    answers(&world, json!({})).await;
    assert_eq!(offered(&world).await, ["track_order", "return_policy", "shipping", "opening_hours"]);

    let answer = asks(&world, "return_policy", "en").await.ok();
    assert_eq!((&answer["text"], &answer["start"]), (&json!(TOLD), &Value::Null));
    world.settle().await;
    assert_eq!(ines.list("all").await, Vec::<Value>::new(), "so far it is nobody's work");

    let started = begins(&mara, "Talk to a person", &[answer["sealed"].clone()]).await.ok();
    world.settle().await;
    let talk = talk(&started);
    let by_kind = pairs(&[("customer", "Return policy"), ("bot", TOLD), ("customer", "Talk to a person")]);
    assert_eq!(said(&ines.reads(&talk).await, "kind")[..3], by_kind);
    let by_whom = pairs(&[("me", "Return policy"), ("bot", TOLD), ("me", "Talk to a person")]);
    assert_eq!(said(&mara.reads(&talk).await, "by")[..3], by_whom);
    let seen = ines.sees(&talk).await;
    assert_eq!((&seen["unread"], &seen["subject"], &seen["status"]), (&json!(1), &json!("Talk to a person"), &json!("open")));

    let kept = mara.get(&format!("/chat/conversations/{}/transcript", talk.id)).await.text();
    assert!(kept.contains("Bot · not a person: At Fjell & Fjord you have 30 days."), "{kept}");
}

#[story]
async fn the_bot_speaks_the_shoppers_language_or_one_it_has_words_in(world: World) {
    answers(&world, json!({})).await;
    for (topic, language, first) in [
        ("return_policy", "nb", "Du har 30 dager."),
        ("shipping", "tr", "Frakt koster 49 kr."),
        ("opening_hours", "en", "We are open now, until 17:00."),
        ("opening_hours", "zh", "我们正在营业，17:00 结束。"),
    ] {
        let answer = asks(&world, topic, language).await.ok();
        assert_eq!(answer["text"].as_str().unwrap().lines().next(), Some(first), "{topic} {language}");
    }
    let config = world.stranger().get(&format!("/chat/config?lang=nb&key={}", key(&world).await)).await.ok();
    assert_eq!(config["quick_replies"][1], json!({ "topic": "return_policy", "label": "Returvilkår" }));
    let (kari, hours) = (world.shopper_in("nb", "Kari"), sealed(&world, "opening_hours", "nb").await);
    let started = begins(&kari, "Hei", &[hours, sealed(&world, "return_policy", "nb").await]).await.ok();
    let told = said(&kari.reads(&talk(&started)).await, "by");
    assert_eq!((told[0].1.as_str(), told[2].1.as_str(), told[3].1.as_str()), ("Åpningstider", "Returvilkår", "Du har 30 dager."));
    assert!(told[1].1.starts_with("Vi har åpent nå, til kl. 17:00."), "{told:?}");
}

#[story]
async fn what_is_off_or_has_no_words_is_neither_shown_nor_said(world: World) {
    assert_eq!(offered(&world).await, Vec::<String>::new(), "nothing until somebody sets it up");
    answers(&world, json!({ "track_order": false, "shipping": false, "return_policy_texts": {} })).await;
    assert_eq!(offered(&world).await, ["opening_hours"]);
    for topic in ["shipping", "return_policy", "track_order", "weather"] {
        assert_eq!(asks(&world, topic, "en").await.problem(), "not_found", "{topic}");
    }
    assert_eq!(world.shopper("Mara").post("/chat/orders", known("#1042", "mara@example.org", "0155")).await.problem(), "not_found");
}

#[story]
async fn what_the_bot_said_stands_in_a_conversation_only_under_the_shops_seal(world: World) {
    let (mara, nia) = (world.shopper("Mara"), world.other_shop().shopper("Nia"));
    answers(&world, json!({})).await;
    let returns = sealed(&world, "return_policy", "en").await;
    let mut forged = returns.as_str().unwrap().to_owned();
    forged.replace_range(60..61, if &forged[60..61] == "A" { "B" } else { "A" });
    let foreign = begins(&nia, "Hello", std::slice::from_ref(&returns)).await.ok();
    assert_eq!(nia.reads(&talk(&foreign)).await.len(), 1, "another shop's seal");
    let untrue = [json!(forged), json!("You get everything back."), json!(""), json!("x".repeat(100_000))];
    let started = begins(&mara, "Hello", &untrue).await.ok();
    assert_eq!(said(&mara.reads(&talk(&started)).await, "by"), pairs(&[("me", "Hello")]));
    assert_eq!(begins(&mara, "", &untrue).await.problem(), "invalid", "nothing is left to begin with");

    let ten = vec![returns.clone(); 10];
    assert_eq!(mara.reads(&talk(&begins(&mara, "Hello", &ten).await.ok())).await.len(), 21);
    assert_eq!(begins(&mara, "Hello", &vec![returns.clone(); 11]).await.problem(), "invalid");

    // sent twice, told once
    let again = json!({ "client_id": "again", "text": "Hi", "said": [returns] });
    let first = mara.post("/chat/conversations", again.clone()).await.ok();
    assert_eq!(mara.post("/chat/conversations", again).await.status, StatusCode::OK);
    assert_eq!(mara.reads(&talk(&first)).await.len(), 3);

    world.clock.advance(hours(25));
    let late = begins(&mara, "Hello", &[returns]).await.ok();
    assert_eq!(mara.reads(&talk(&late)).await.len(), 1, "what was said yesterday is another matter");
}

#[story]
async fn the_shop_sets_up_what_the_bot_answers_and_the_log_tells_who_did(world: World) {
    let owner = world.owner();
    answers(&world, json!({})).await;
    answers(&world, json!({})).await;
    world.settle().await;
    let log = crate::actor::items(owner.get("/audit?event=quick_replies_changed").await.ok());
    assert_eq!(log.len(), 1, "the second time nothing changed: {log:?}");
    assert_eq!(world.agent("Ines").get("/quick-replies").await.problem(), "forbidden");
    let broken = json!({ "track_order": false, "department": null, "return_policy": true, "return_policy_texts": { "en": "{{ shop.name" }, "shipping": false, "shipping_texts": {}, "opening_hours": false });
    let refused = owner.put("/quick-replies", broken).await;
    assert_eq!(refused.json()["fields"][0]["field"], "return_policy_texts.en");
    let elsewhere =
        world.other_shop().owner().post("/departments", json!({ "name": "Gear", "names": {}, "about": {}, "members": [] })).await;
    let named = json!({ "track_order": true, "department": elsewhere.ok()["id"], "return_policy": false, "return_policy_texts": {}, "shipping": false, "shipping_texts": {}, "opening_hours": false });
    assert_eq!(owner.put("/quick-replies", named).await.json()["fields"][0]["field"], "department");
}

#[story]
async fn one_network_asks_the_bot_only_so_often(world: World) {
    answers(&world, json!({})).await;
    let path = format!("/chat/quick-replies/shipping?key={}", key(&world).await);
    for _ in 0..60 {
        world.stranger().get(&path).await.ok();
    }
    let refused = world.stranger().get(&path).await;
    assert_eq!((refused.problem().as_str(), refused.header("retry-after")), ("too_many", Some("1")));
}
