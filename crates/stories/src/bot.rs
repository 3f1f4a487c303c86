//! The bot: what it answers at once, what stays of it, and when a person comes in.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use kernel::{days, hours, minutes};
use serde_json::{Value, json};
use story_macro::story;

use crate::{
    actor::{Answer, Shopper, Talk},
    commerce::tent,
    customers::{arrives, signed},
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

fn known(number: &str, email: &str, postcode: &str) -> Value {
    json!({ "number": number, "email": email, "postcode": postcode })
}

/// An order of Mara's of today, promised for a day from now.
async fn ordered(world: &World, number: &str, promised_in: i64, changes: Value) -> Value {
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
