//! A code by e-mail: whoever reads it hears where the orders of that address are.

use ::platform::{Tx, outbox};
use axum::http::StatusCode;
use kernel::{days, hours, minutes};
use serde_json::{Value, json};
use story_macro::story;

use super::{answers, begins, orders::ordered, talk};
use crate::{
    actor::{Answer, Shopper},
    world::World,
};

async fn asks_for_a_code(who: &Shopper, email: &str) -> Value {
    who.post("/chat/orders/codes", json!({ "email": email })).await.ok()["sealed"].clone()
}

/// The codes in the mails that were written, with whom they went to.
async fn sent(world: &World) -> Vec<(String, String)> {
    world.settle().await;
    let mails = world.app.read(async |tx: &mut Tx<'_>| outbox::newest_of_all(tx, 200).await).await.unwrap();
    mails.into_iter().map(|mail| (mail.recipient, mail.subject.chars().take_while(char::is_ascii_digit).collect())).collect()
}

async fn tells(who: &Shopper, sealed: &Value, code: &str) -> Answer {
    who.post("/chat/orders/proofs", json!({ "sealed": sealed, "code": code })).await
}

#[story]
async fn whoever_reads_the_code_hears_where_the_orders_of_that_address_are(world: World) {
    let nia = world.shopper("Nia");
    answers(&world, json!({})).await;
    ordered(&world, "1042", days(1), json!({})).await;
    ordered(&world, "1043", days(1), json!({ "buyer": { "account": "12", "email": "eve@example.org" } })).await;
    let sealed = asks_for_a_code(&nia, "Mara@Example.org").await;
    let codes = sent(&world).await;
    assert_eq!((codes.len(), codes[0].0.as_str(), codes[0].1.len()), (1, "Mara@Example.org", 6));
    let told = tells(&nia, &sealed, &format!(" {} {}", &codes[0].1[..3], &codes[0].1[3..])).await.ok();
    let text = told["text"].as_str().unwrap();
    assert!(text.starts_with("Order #1042: on its way.") && !text.contains("1043"), "{text}");

    // it makes them nobody, and what was said stays theirs
    assert_eq!(nia.get("/chat/orders").await.problem(), "conflict");
    let started = begins(&nia, "Thank you", &[told["sealed"].clone()]).await.ok();
    assert_ne!(world.agent("Ines").sees(&talk(&started)).await["customer"]["name"], "Mara Lind");
    assert_eq!(nia.reads(&talk(&started)).await.len(), 3);
}

#[story]
async fn whether_anything_was_ordered_with_an_address_is_not_told(world: World) {
    let eve = world.shopper("Eve");
    answers(&world, json!({})).await;
    ordered(&world, "1042", days(1), json!({})).await;
    let unknown = eve.post("/chat/orders/codes", json!({ "email": "nobody@example.org" })).await;
    let known = eve.post("/chat/orders/codes", json!({ "email": "mara@example.org" })).await;
    let told = |answer: &Answer| (answer.status, answer.ok().as_object().unwrap().keys().cloned().collect::<Vec<_>>());
    assert_eq!(told(&unknown), told(&known));
    assert_eq!(sent(&world).await.len(), 1, "no mail goes to strangers");
    let words = [unknown, known].map(|answer| answer.ok()["sealed"].as_str().unwrap().to_owned());
    assert!(words.iter().all(|sealed| !sealed.contains("example")), "{words:?}");
}

#[story]
async fn a_code_opens_nothing_to_others_nor_later_nor_when_it_is_guessed(world: World) {
    let (mara, eve) = (world.shopper("Mara"), world.shopper("Eve"));
    answers(&world, json!({})).await;
    ordered(&world, "1042", days(3), json!({})).await;
    let sealed = asks_for_a_code(&mara, "mara@example.org").await;
    let code = sent(&world).await[0].1.clone();
    assert_eq!(tells(&eve, &sealed, &code).await.problem(), "invalid", "another browser");
    assert_eq!(tells(&mara, &json!("c2VhbA"), &code).await.problem(), "invalid", "not ours");
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let mut guessed = Vec::new();
    for _ in 0..4 {
        guessed.push(tells(&mara, &sealed, wrong).await.problem());
    }
    assert_eq!(guessed, ["invalid", "invalid", "invalid", "too_many"]);
    assert_eq!(tells(&mara, &sealed, &code).await.problem(), "too_many", "even the right one has to wait then");
    world.clock.advance(minutes(5));
    tells(&mara, &sealed, &code).await.ok();
    world.clock.advance(minutes(6));
    assert_eq!(tells(&mara, &sealed, &code).await.problem(), "invalid", "it is over");

    // nobody's mailbox is filled, from however many browsers
    let mut asked = Vec::new();
    for n in 0..3 {
        let answer = world.shopper(&format!("Eve {n}")).post("/chat/orders/codes", json!({ "email": "MARA@example.org" })).await;
        asked.push(answer.status);
    }
    assert_eq!(asked, [StatusCode::OK, StatusCode::OK, StatusCode::OK]);
    let fourth = world.shopper("Eve 4").post("/chat/orders/codes", json!({ "email": "mara@example.org" })).await;
    assert_eq!(fourth.problem(), "too_many");
}

#[story]
async fn nobody_hears_by_code_of_orders_whose_buyer_was_erased(world: World) {
    let (mara, owner) = (world.shopper("Mara"), world.owner());
    answers(&world, json!({})).await;
    let order = ordered(&world, "1042", days(1), json!({})).await;
    let sealed = asks_for_a_code(&mara, "mara@example.org").await;
    let code = sent(&world).await[0].1.clone();
    owner.put(&format!("/customers/{}/erasure", order["customer"].as_str().unwrap()), Value::Null).await.ok();
    world.settle().await;
    let told = tells(&mara, &sealed, &code).await.ok();
    assert_eq!(told["text"], "I find no orders of yours.");
    world.clock.advance(hours(1));
    asks_for_a_code(&mara, "mara@example.org").await;
    assert_eq!(sent(&world).await.len(), 1);
    answers(&world, json!({ "track_order": false })).await;
    assert_eq!(mara.post("/chat/orders/codes", json!({ "email": "mara@example.org" })).await.problem(), "not_found");
}
