//! Gift cards: issued, looked up, paid with and voided. Whoever has the code has the money, so nobody is shown it twice.

use kernel::{days, hours, seconds};
use serde_json::{Value, json};
use story_macro::story;

use crate::{
    actor::{Actor, Agent, items},
    credits::{adds_up, asks, customer, keyed},
    erasure::canaries::everything_stored,
    logs,
    world::World,
};

fn euros(minor: i64) -> Value {
    json!({ "minor": minor, "currency": "EUR" })
}

/// Issues a card; its id and its code.
async fn issues(who: &Actor, minor: i64) -> (String, String) {
    let issued = asks(who, "/gift-cards", json!({ "amount": euros(minor), "reason": "It came late" })).await.ok();
    (issued["card"]["id"].as_str().unwrap().to_owned(), issued["code"].as_str().unwrap().to_owned())
}

async fn spends(who: &Actor, card: &str, minor: i64) -> crate::actor::Answer {
    asks(who, &format!("/gift-cards/{card}/spendings"), json!({ "amount": euros(minor), "reason": "Order #1" })).await
}

async fn looks_up(who: &Agent, code: &str) -> crate::actor::Answer {
    who.post("/gift-cards/lookups", json!({ "code": code })).await
}

async fn state(who: &Agent, card: &str) -> (String, i64) {
    let card = who.get(&format!("/gift-cards/{card}")).await.ok();
    (card["state"].as_str().unwrap().to_owned(), card["available"]["minor"].as_i64().unwrap())
}

#[story]
async fn whoever_has_the_code_pays_with_the_card(world: World) {
    let lead = world.member("Lena", "lead");
    let (card, code) = issues(&lead, 5_000).await;
    let found = looks_up(&lead, &code).await.ok();
    assert_eq!((&found["id"], &found["state"], &found["available"]), (&json!(card), &json!("active"), &euros(5_000)));
    assert!(code.ends_with(found["last4"].as_str().unwrap()));
    assert_eq!(looks_up(&lead, &code.to_lowercase().replace('-', " ")).await.ok(), found);

    let spent = spends(&lead, &card, 5_000).await.ok();
    assert_eq!(state(&lead, &card).await, ("exhausted".into(), 0));
    assert_eq!(spends(&lead, &card, 1).await.problem(), "not_enough");
    let back = format!("/credit-movements/{}/reversals", spent["id"].as_str().unwrap());
    asks(&lead, &back, json!({ "amount": euros(2_000), "reason": "Sent back" })).await.ok();
    assert_eq!(state(&lead, &card).await, ("active".into(), 2_000), "what is refunded to it makes it good again");

    let moved = items(lead.get(&format!("/gift-cards/{card}/movements")).await.ok());
    let kinds: Vec<&str> = moved.iter().map(|movement| movement["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["given_back", "spent", "granted"]);
    let dollars = json!({ "amount": { "minor": 1, "currency": "USD" }, "reason": "Order" });
    assert_eq!(asks(&lead, &format!("/gift-cards/{card}/spendings"), dollars).await.problem(), "not_enough");
    assert_eq!(looks_up(&world.other_shop().owner(), &code).await.problem(), "not_found");
    adds_up(&world).await;
}

#[story]
async fn a_code_is_shown_once_and_stored_nowhere(world: World) {
    let log = logs::listen();
    let lead = world.member("Lena", "lead");
    let new = json!({ "amount": euros(100), "reason": "Sorry" });
    let first = keyed(&lead, "/gift-cards", "k-1", new.clone()).await.ok();
    let again = keyed(&lead, "/gift-cards", "k-1", new.clone()).await;
    assert_eq!((again.header("idempotency-replayed"), &again.json()["code"]), (Some("true"), &Value::Null));
    assert_eq!(again.json()["card"], first["card"]);
    assert_eq!(items(lead.get("/gift-cards").await.ok()), [first["card"].clone()]);
    for other in [json!({ "amount": euros(101), "reason": "Sorry" }), json!({ "amount": euros(100), "reason": "Other" })] {
        assert_eq!(keyed(&lead, "/gift-cards", "k-1", other).await.problem(), "conflict");
    }

    let code = first["code"].as_str().unwrap();
    looks_up(&lead, code).await.ok();
    let stored = everything_stored(world.app.config()).await;
    for spelling in [code.to_owned(), code.replace('-', "")] {
        assert!(!stored.windows(spelling.len()).any(|window| window.eq_ignore_ascii_case(spelling.as_bytes())), "{spelling} is stored");
        assert!(!log.text().contains(&spelling));
    }
}

#[story]
async fn codes_cannot_be_tried_one_after_the_other(world: World) {
    let (vera, lead) = (world.member("Vera", "viewer"), world.member("Lena", "lead"));
    let (_, code) = issues(&lead, 100).await;
    for n in 0..60 {
        let guess = format!("0000-0000-0000-0000-{n:04}");
        assert_eq!(looks_up(&vera, if n % 2 == 0 { &guess } else { "no code" }).await.problem(), "not_found");
    }
    assert_eq!(looks_up(&vera, &code).await.problem(), "too_many");
    looks_up(&lead, &code).await.ok();
    world.clock.advance(seconds(1));
    looks_up(&vera, &code).await.ok();
}

#[story]
async fn a_voided_card_is_worth_nothing(world: World) {
    let lead = world.member("Lena", "lead");
    let (card, code) = issues(&lead, 100).await;
    let spent = spends(&lead, &card, 30).await.ok();
    let path = format!("/gift-cards/{card}/void");
    let asked = json!({ "amount": euros(10), "reason": "Cart", "until": world.in_(hours(1)) });
    asks(&lead, &format!("/gift-cards/{card}/holds"), asked).await.ok();
    assert_eq!(lead.put(&path, json!({ "reason": "Stolen" })).await.problem(), "conflict", "somebody is just paying with it");
    world.after(hours(1)).await;

    let voided = lead.put(&path, json!({ "reason": "Stolen" })).await.ok();
    assert_eq!((&voided["state"], &voided["available"]), (&json!("voided"), &euros(0)));
    assert_eq!(lead.put(&path, json!({ "reason": "Once more" })).await.ok(), voided);
    assert_eq!(looks_up(&lead, &code).await.ok()["state"], "voided");
    assert_eq!(spends(&lead, &card, 1).await.problem(), "card_voided");
    let back = format!("/credit-movements/{}/reversals", spent["id"].as_str().unwrap());
    assert_eq!(asks(&lead, &back, json!({ "amount": euros(30), "reason": "Sent back" })).await.problem(), "card_voided");

    world.settle().await;
    let audited = items(world.owner().get("/audit?event=gift_card_voided").await.ok());
    assert_eq!((audited.len(), &audited[0]["data"]), (1, &json!({ "card": card, "customer": null })));
    assert_eq!(world.agent("Ines").put(&path, json!({ "reason": "x" })).await.problem(), "forbidden");
    adds_up(&world).await;
}

#[story]
async fn a_card_has_no_end_unless_it_is_given_one(world: World) {
    let owner = world.owner();
    let (lasting, _) = issues(&owner, 100).await;
    let new = json!({ "amount": euros(100), "reason": "Spring", "expires_at": world.in_(days(30)) });
    let ending = asks(&owner, "/gift-cards", new).await.ok()["card"]["id"].as_str().unwrap().to_owned();
    world.after(days(30)).await;
    owner.signs_in_again().await;
    assert_eq!(state(&owner, &ending).await, ("expired".into(), 0));
    assert_eq!(state(&owner, &lasting).await, ("active".into(), 100));
    adds_up(&world).await;
}

#[story]
async fn a_card_issued_for_a_customer_is_listed_beside_them(world: World) {
    let (lead, mara) = (world.member("Lena", "lead"), customer(&world, "Mara").await);
    issues(&lead, 100).await;
    let new = json!({ "amount": euros(200), "reason": "Sorry", "customer": mara });
    let card = asks(&lead, "/gift-cards", new).await.ok()["card"].clone();
    assert_eq!(items(lead.get(&format!("/gift-cards?customer={mara}")).await.ok()), std::slice::from_ref(&card));
    let page = lead.get("/gift-cards?limit=1").await.ok();
    assert_eq!(items(page.clone()), [card]);
    let rest = lead.get(&format!("/gift-cards?limit=1&cursor={}", page["next"].as_str().unwrap())).await.ok();
    assert_eq!((items(rest.clone()).len(), &rest["next"]), (1, &Value::Null));
}
