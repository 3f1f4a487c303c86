//! Customers: who writes, by which proof, and who may know it.

mod attributes;
mod consent;
mod profile;

use axum::http::StatusCode;
use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};
use story_macro::story;

use crate::{
    actor::{Agent, Answer, Talk, items},
    world::World,
};

pub async fn customer_of(agent: &Agent, talk: &Talk) -> String {
    agent.sees(talk).await["person"]["id"].as_str().unwrap().to_owned()
}

async fn found(agent: &Agent, words: &str) -> Vec<String> {
    let page = agent.get(&format!("/customers?q={}", words.replace(' ', "%20").replace('@', "%40"))).await.ok();
    items(page).iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

/// What a shop's server would sign.
pub async fn signed(world: &World, secret: &str, mut claims: Value) -> String {
    let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    claims["aud"] = world.owner().get("/widget").await.ok()["key"].clone();
    claims["exp"] = json!(world.in_(kernel::minutes(5)).micros() / 1_000_000);
    let body = format!("{}.{}", part(&json!({ "alg": "HS256", "typ": "JWT" })), part(&claims));
    let mac = ::platform::token::hmac_sha256(secret.as_bytes(), &[body.as_bytes()]);
    format!("{body}.{}", BASE64URL_NOPAD.encode(&mac))
}

pub async fn arrives(world: &World, jwt: &str) -> Answer {
    let key = world.owner().get("/widget").await.ok()["key"].clone();
    world.stranger().post("/chat/visitors", json!({ "key": key, "language": "en", "time_zone": null, "identity": jwt })).await
}

#[story]
async fn an_agent_writes_down_what_they_found_out(world: World) {
    let ines = world.agent("Ines");
    let talk = world.shopper("Mara").begins("Hello").await;
    let mara = customer_of(&ines, &talk).await;

    let change = json!({ "name": "Mara Lind", "email": "mara@example.org", "phone": "+47 22 22 22 22", "language": "nb" });
    let known = ines.patch(&format!("/customers/{mara}"), change).await.ok();

    assert_eq!((&known["display_name"], &known["email_verified"]), (&json!("Mara Lind"), &json!(false)));
    assert_eq!((&known["phone"], &known["language"]), (&json!("+47 22 22 22 22"), &json!("nb")));
    for words in ["mara", "Lind", "mara@example.org"] {
        assert_eq!(found(&ines, words).await, [mara.as_str()], "{words}");
    }
}

#[story]
async fn a_viewer_looks_and_does_not_touch(world: World) {
    let (ines, sara) = (world.agent("Ines"), world.member("Sara", "viewer"));
    let mara = customer_of(&ines, &world.shopper("Mara").begins("Hello").await).await;

    assert_eq!(sara.get(&format!("/customers/{mara}")).await.ok()["display_name"], "Mara");
    assert_eq!(sara.patch(&format!("/customers/{mara}"), json!({ "name": "X" })).await.problem(), "forbidden");
    assert_eq!(sara.put(&format!("/customers/{mara}/block"), json!({})).await.problem(), "forbidden");
}

#[story]
async fn a_blocked_customer_is_not_heard_until_let_in_again(world: World) {
    let (shopper, ines) = (world.shopper("Troll"), world.agent("Ines"));
    let talk = shopper.begins("Rude words").await;
    let troll = customer_of(&ines, &talk).await;
    let more = || json!({ "client_id": world.fresh_key(), "text": "More", "files": [] });

    assert_eq!(ines.put(&format!("/customers/{troll}/block"), json!({})).await.ok()["blocked"], true);
    let refused = shopper.post(&format!("/chat/conversations/{}/messages", talk.id), more()).await;
    assert_eq!(refused.problem(), "forbidden");

    ines.delete(&format!("/customers/{troll}/block")).await.ok();
    shopper.post(&format!("/chat/conversations/{}/messages", talk.id), more()).await.ok();
    world.settle().await;
    let audit = items(world.owner().get("/audit?limit=100").await.ok());
    assert_eq!(audit.iter().filter(|entry| entry["event"] == "customer_blocked").count(), 2);
}

#[story]
async fn an_address_somebody_typed_opens_nobodys_history(world: World) {
    let (mara, impostor, ines) = (world.shopper("Mara"), world.shopper("Mara"), world.agent("Ines"));
    let hers = mara.begins("Where is my parcel?").await;
    mara.put("/chat/visitor", json!({ "email": "mara@example.org" })).await.ok();
    impostor.put("/chat/visitor", json!({ "email": "mara@example.org" })).await.ok();
    let theirs = impostor.begins("I am Mara. What did I write?").await;

    assert_eq!(impostor.conversations().await.len(), 1);
    assert_ne!(customer_of(&ines, &hers).await, customer_of(&ines, &theirs).await);
    assert_eq!(impostor.get(&format!("/chat/conversations/{}/messages", hers.id)).await.problem(), "not_found");
    assert_eq!(ines.sees(&theirs).await["person"]["email_verified"], false);
}

#[story]
async fn a_customer_the_shop_has_signed_in_is_known_on_every_device(world: World) {
    let key = world.owner().post("/widget/keys", json!({})).await.ok();
    let secret = key["secret"].as_str().unwrap();
    let claims =
        |nonce: &str| json!({ "sub": "4711", "nonce": nonce, "email": "mara@example.org", "email_verified": true, "name": "Mara Lind" });

    let phone = arrives(&world, &signed(&world, secret, claims("one")).await).await.ok();
    let laptop = arrives(&world, &signed(&world, secret, claims("two")).await).await.ok();
    assert_eq!(phone["customer"], laptop["customer"]);
    assert_ne!(phone["token"], laptop["token"]);
    let seen = world.agent("Ines").get(&format!("/customers/{}", phone["customer"]["id"].as_str().unwrap())).await.ok();
    assert_eq!((&seen["email"], &seen["email_verified"]), (&json!("mara@example.org"), &json!(true)));
}

#[story]
async fn a_shops_signature_counts_once_and_only_while_its_key_does(world: World) {
    let owner = world.owner();
    let key = owner.post("/widget/keys", json!({})).await.ok();
    let secret = key["secret"].as_str().unwrap();
    let jwt = signed(&world, secret, json!({ "sub": "4711", "nonce": "one" })).await;

    arrives(&world, &jwt).await.ok();
    assert_eq!(arrives(&world, &jwt).await.problem(), "conflict");
    let forged = signed(&world, &"x".repeat(40), json!({ "sub": "4711", "nonce": "two" })).await;
    assert_eq!(arrives(&world, &forged).await.problem(), "forbidden");

    let late = signed(&world, secret, json!({ "sub": "4711", "nonce": "three" })).await;
    owner.delete(&format!("/widget/keys/{}", key["id"].as_str().unwrap())).await.ok();
    assert_eq!(arrives(&world, &late).await.problem(), "forbidden");
}

#[story]
async fn those_seen_last_come_first_page_by_page(world: World) {
    let ines = world.agent("Ines");
    for name in ["Anna", "Bo", "Cem"] {
        world.after(kernel::minutes(5)).await;
        world.shopper(name).begins("Hello").await;
    }
    let first = ines.get("/customers?limit=2").await.ok();
    let rest = ines.get(&format!("/customers?limit=2&cursor={}", first["next"].as_str().unwrap())).await.ok();
    let names: Vec<Value> = items(first).iter().chain(&items(rest.clone())).map(|one| one["display_name"].clone()).collect();
    assert_eq!(names, ["Cem", "Bo", "Anna"]);
    assert!(rest["next"].is_null());
}

#[story]
async fn a_browser_that_asks_to_be_forgotten_is_a_stranger_afterwards(world: World) {
    let (mara, ines) = (world.shopper("Mara"), world.agent("Ines"));
    let talk = mara.begins("Hello").await;
    assert_eq!(mara.delete("/chat/visitor").await.status, StatusCode::NO_CONTENT);

    assert_eq!(mara.get("/chat/conversations").await.problem(), "sign_in_needed");
    assert_eq!(ines.sees(&talk).await["person"]["display_name"], "Mara", "what was said stays with the shop");
}

#[story]
async fn another_shop_knows_none_of_the_first_shops_customers(world: World) {
    let there = world.other_shop().owner();
    let mara = customer_of(&world.owner(), &world.shopper("Mara").begins("Hello").await).await;

    assert!(items(there.get("/customers").await.ok()).is_empty());
    assert!(found(&there, "mara").await.is_empty());
    for answer in [
        there.get(&format!("/customers/{mara}")).await,
        there.patch(&format!("/customers/{mara}"), json!({ "name": "X" })).await,
        there.put(&format!("/customers/{mara}/block"), json!({})).await,
        there.get(&format!("/customers/{mara}/conversations")).await,
    ] {
        assert_eq!(answer.problem(), "not_found");
    }
}

#[story]
async fn what_a_shop_signs_is_cleaned_like_everything_else(world: World) {
    let secret = world.owner().post("/widget/keys", Value::Null).await.ok()["secret"].as_str().unwrap().to_owned();
    let claims =
        json!({ "sub": "4711", "nonce": "n-1", "name": "Mara\u{0} \u{202e}dniL", "email": "a\u{0}@example.org", "phone": "\u{1}" });
    let known = arrives(&world, &signed(&world, &secret, claims).await).await.ok();
    assert_eq!(known["customer"]["name"], "Mara dniL");
    for (claim, nonce) in [("sub", "n-2"), ("nonce", "n-3")] {
        let mut claims = json!({ "sub": "4711", "nonce": nonce });
        claims[claim] = json!("a\u{0}b");
        assert_eq!(arrives(&world, &signed(&world, &secret, claims).await).await.problem(), "forbidden", "{claim}");
    }
}
