//! Where an order is: told to whom the shop has signed in, and to whoever knows enough of it.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use kernel::{days, hours, minutes};
use serde_json::{Value, json};
use story_macro::story;

use super::{answers, begins, pairs, said, talk};
use crate::{
    actor::Shopper,
    commerce::tent,
    customers::{arrives, signed},
    world::World,
};

/// What somebody says they know of an order.
pub fn known(number: &str, email: &str, postcode: &str) -> Value {
    json!({ "number": number, "email": email, "postcode": postcode })
}

/// An order of Mara's of today, promised for a day from now.
pub async fn ordered(world: &World, number: &str, promised_in: i64, changes: Value) -> Value {
    let mut order = tent(number, &world.in_(0).to_string());
    order["placed_at"] = json!(world.in_(-days(1)));
    order["parcels"][0]["at"] = json!(world.in_(-hours(2)));
    order["parcels"][0]["promised_at"] = json!(world.in_(promised_in));
    order.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    world.owner().post("/orders", order).await.ok()
}

#[story]
async fn whoever_knows_number_address_and_postcode_hears_where_the_order_is_and_nothing_else(world: World) {
    let nia = world.shopper("Nia");
    answers(&world, json!({})).await;
    ordered(&world, "1042", days(1), json!({})).await;
    let told = nia.post("/chat/orders", known(" 1042", "Mara@example.org", "01 55")).await.ok();
    let text = told["text"].as_str().unwrap();
    assert!(text.starts_with("Order #1042: on its way.\nIt should be with you by "), "{text}");
    assert!(text.ends_with("\nhttps://sporing.example.org/70300012345"), "{text}");
    assert_eq!(told["start"], Value::Null);
    for secret in ["Mara", "mara", "Tent", "neighbour", "0155", "3699", "4711"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    // it makes them nobody
    assert_eq!(nia.get("/chat/orders").await.problem(), "conflict");
    assert_eq!(nia.conversations().await, Vec::<Value>::new());
    let started = begins(&nia, "Thank you", &[told["sealed"].clone()]).await.ok();
    let seen = world.agent("Ines").sees(&talk(&started)).await;
    assert_ne!(seen["customer"]["name"], "Mara Lind");
    assert_eq!(nia.reads(&talk(&started)).await.len(), 3);
    // and what was said to them alone is no use to others
    let eve = world.shopper("Eve");
    let leaked = begins(&eve, "Hello", &[told["sealed"].clone()]).await.ok();
    assert_eq!(eve.reads(&talk(&leaked)).await.len(), 1);
}

#[story]
async fn what_is_wrong_of_what_somebody_knows_cannot_be_told_from_the_answer(world: World) {
    answers(&world, json!({})).await;
    ordered(&world, "1042", days(1), json!({})).await;
    // another shop's
    world.other_shop().owner().post("/orders", tent("2000", "2026-01-13T10:00:00Z")).await.ok();
    let mut answers = Vec::new();
    for (n, (number, email, postcode)) in [
        ("1043", "mara@example.org", "0155"),
        ("1042", "eve@example.org", "0155"),
        ("1042", "mara@example.org", "0156"),
        ("2000", "mara@example.org", "0155"),
    ]
    .into_iter()
    .enumerate()
    {
        let eve = world.shopper(&format!("Eve {n}"));
        let refused = eve.post("/chat/orders", known(number, email, postcode)).await;
        answers.push((refused.status, refused.text()));
    }
    assert_eq!(answers[0].0, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
}

#[story]
async fn an_orders_postcode_is_not_guessed(world: World) {
    answers(&world, json!({})).await;
    ordered(&world, "1042", days(1), json!({})).await;
    let tries = async |eve: &Shopper, number: &str, postcode: usize| {
        eve.post("/chat/orders", known(number, "mara@example.org", &format!("{postcode:04}"))).await.problem()
    };
    // from many browsers, at one order, however its number is written
    for (n, number) in ["1042", "#1042", "10 42", "1-0-4-2", "＃1042"].into_iter().enumerate() {
        assert_eq!(tries(&world.shopper(&format!("Eve {n}")), number, n).await, "invalid", "{number}");
    }
    let mara = world.shopper("Mara");
    assert_eq!(tries(&mara, "1042", 155).await, "too_many", "even the right one has to wait then");
    world.clock.advance(minutes(5));
    mara.post("/chat/orders", known("1042", "mara@example.org", "0155")).await.ok();
    // one browser at many orders
    let eve = world.shopper("Eve");
    let mut refused = Vec::new();
    for number in 0..11 {
        refused.push(tries(&eve, &format!("{number}"), 155).await);
    }
    assert_eq!(refused.iter().filter(|problem| *problem == "too_many").count(), 1, "{refused:?}");
}

#[story]
async fn whom_the_shop_has_signed_in_sees_their_own_orders_and_nobody_elses(world: World) {
    answers(&world, json!({})).await;
    let secret = world.owner().post("/widget/keys", Value::Null).await.ok()["secret"].as_str().unwrap().to_owned();
    ordered(&world, "1042", days(1), json!({})).await;
    ordered(&world, "1043", days(1), json!({ "buyer": { "account": "12", "email": "eve@example.org" } })).await;
    let jwt = signed(&world, &secret, json!({ "sub": "4711", "nonce": "one" })).await;
    let token = arrives(&world, &jwt).await.ok()["token"].clone();
    let bearer = format!("Bearer {}", token.as_str().unwrap());
    let told = world.stranger().send(Method::GET, "/chat/orders", &[("authorization", &bearer)], Body::empty()).await.ok();
    let text = told["text"].as_str().unwrap();
    assert!(text.contains("#1042: on its way") && !text.contains("1043"), "{text}");

    // an address somebody merely claims opens nothing
    let eve = world.shopper("Eve");
    eve.put("/chat/visitor", json!({ "email": "mara@example.org" })).await.ok();
    assert_eq!(eve.get("/chat/orders").await.problem(), "conflict");
    // nor does it that an agent takes them for one person
    let (ines, talk) = (world.agent("Ines"), eve.begins("It is me").await);
    let hers = ines.sees(&talk).await["customer"]["id"].as_str().unwrap().to_owned();
    let maras = crate::actor::items(ines.get("/orders?q=1042").await.ok())[0]["customer"].as_str().unwrap().to_owned();
    for (into, other) in [(&hers, &maras), (&maras, &hers)] {
        ines.post(&format!("/customers/{into}/merges"), json!({ "other": other })).await.ok();
        world.settle().await;
        assert_eq!(eve.get("/chat/orders").await.problem(), "conflict");
        ines.delete(&format!("/customers/{into}/merges/{other}")).await;
        world.settle().await;
    }
    assert_eq!(world.stranger().get("/chat/orders").await.problem(), "sign_in_needed");
}

#[story]
async fn a_late_parcel_goes_to_a_person_at_once_and_once_a_day(world: World) {
    let (nia, ines, owner) = (world.shopper("Nia"), world.agent("Ines"), world.owner());
    let orders =
        owner.post("/departments", json!({ "name": "Orders", "names": {}, "about": {}, "shown_in_chat": false, "members": [] })).await;
    let department = orders.ok()["id"].clone();
    answers(&world, json!({ "department": department })).await;
    ordered(&world, "1042", -hours(1), json!({})).await;
    let told = nia.post("/chat/orders", known("1042", "mara@example.org", "0155")).await.ok();
    let text = told["text"].as_str().unwrap().to_owned();
    assert!(text.contains("I am sorry that it is late.") && text.ends_with("I am passing this on to a person."), "{text}");
    let start = json!({ "client_id": told["start"], "text": "", "said": [told["sealed"]] });
    let started = nia.post("/chat/conversations", start.clone()).await.ok();
    world.settle().await;

    let talk = talk(&started);
    let seen = ines.sees(&talk).await;
    assert_eq!((&seen["department"], &seen["subject"], &seen["unread"]), (&department, &json!("Track my order"), &json!(1)));
    assert_eq!(said(&ines.reads(&talk).await, "kind")[..2], pairs(&[("customer", "Track my order"), ("bot", &text)]));
    assert_eq!(said(&nia.reads(&talk).await, "by")[..2], pairs(&[("me", "Track my order"), ("bot", &text)]));

    // the same day they are led back to it
    let again = nia.post("/chat/orders", known("1042", "mara@example.org", "0155")).await.ok();
    assert_eq!(again["start"], told["start"]);
    assert_eq!(nia.post("/chat/conversations", start).await.status, StatusCode::OK);
    assert_eq!(nia.conversations().await.len(), 1);
    world.clock.advance(days(1));
    let tomorrow = nia.post("/chat/orders", known("1042", "mara@example.org", "0155")).await.ok();
    assert_ne!(tomorrow["start"], told["start"]);
}

#[story]
async fn nobody_hears_of_an_order_whose_buyer_was_erased(world: World) {
    let (nia, owner) = (world.shopper("Nia"), world.owner());
    answers(&world, json!({})).await;
    let order = ordered(&world, "1042", days(1), json!({})).await;
    let wanted = known("1042", "mara@example.org", "0155");
    nia.post("/chat/orders", wanted.clone()).await.ok();
    owner.put(&format!("/customers/{}/erasure", order["customer"].as_str().unwrap()), Value::Null).await.ok();
    world.settle().await;
    assert_eq!(nia.post("/chat/orders", wanted).await.problem(), "invalid");
}

#[story]
async fn what_somebody_says_they_know_has_its_lengths(world: World) {
    answers(&world, json!({})).await;
    let refused = async |field: &str, length: usize| {
        let mut said = known("1042", "mara@example.org", "0155");
        said[field] = json!("1".repeat(length));
        let answer = world.shopper("Mara").post("/chat/orders", said).await;
        answer.json()["fields"][0]["field"].as_str().unwrap().to_owned()
    };
    for (field, most) in [("number", 64), ("postcode", 16)] {
        // within its length it is merely not known
        assert_eq!(refused(field, most).await, "number", "{field}");
        assert_eq!(refused(field, most + 1).await, field);
        assert_eq!(refused(field, 0).await, field);
    }
    assert_eq!(refused("email", 9).await, "email");
    let mut order = tent("1", "2026-01-13T10:00:00Z");
    order["buyer"]["postcode"] = json!("1".repeat(17));
    assert_eq!(world.owner().post("/orders", order.clone()).await.json()["fields"][0]["field"], "buyer.postcode");
    order["buyer"]["postcode"] = json!("1".repeat(16));
    world.owner().post("/orders", order).await.ok();
}

#[story]
async fn an_order_told_without_a_postcode_is_proved_by_none(world: World) {
    answers(&world, json!({})).await;
    for (number, postcode) in [("1042", Value::Null), ("1043", json!("–"))] {
        let buyer = json!({ "account": "4711", "email": "mara@example.org", "postcode": postcode });
        ordered(&world, number, days(1), json!({ "buyer": buyer })).await;
        for guess in ["–", "0"] {
            let mara = world.shopper("Mara");
            assert_eq!(mara.post("/chat/orders", known(number, "mara@example.org", guess)).await.problem(), "invalid", "{number} {guess}");
        }
    }
    // once the shop tells it, that is what proves the order, and goes on doing so when it is told without
    for postcode in [json!("0155"), Value::Null] {
        world.clock.advance(hours(1));
        let buyer = json!({ "account": "4711", "email": "mara@example.org", "postcode": postcode });
        ordered(&world, "1042", days(1), json!({ "buyer": buyer })).await;
        world.shopper("Mara").post("/chat/orders", known("1042", "mara@example.org", "0155")).await.ok();
    }
}

#[story]
async fn whoever_is_blocked_hears_of_no_order(world: World) {
    let (eve, owner) = (world.shopper("Eve"), world.owner());
    answers(&world, json!({})).await;
    ordered(&world, "1042", days(1), json!({})).await;
    eve.begins("Hello").await;
    let customer = owner.get("/conversations?view=all").await.ok()["items"][0]["customer"]["id"].clone();
    owner.put(&format!("/customers/{}/block", customer.as_str().unwrap()), json!({})).await.ok();
    assert_eq!(eve.post("/chat/orders", known("1042", "mara@example.org", "0155")).await.problem(), "forbidden");
}
