//! Consent: what was said stays as it was said, and what holds follows from it.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use story_macro::story;

use super::{
    customer_of,
    profile::{mara, refused_for},
};
use crate::{
    actor::{Agent, items},
    world::World,
};

async fn standing(who: &Agent, path: &str) -> Vec<(String, String, bool)> {
    let consents = who.get(&format!("{path}/consents")).await.ok();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let all = consents["standing"].as_array().unwrap().iter();
    all.map(|one| (text(&one["channel"]), text(&one["purpose"]), one["given"].as_bool().unwrap())).collect()
}

fn said(given: bool, source: &str) -> Value {
    json!({ "channel": "email", "purpose": "marketing", "given": given, "source": source })
}

#[story]
async fn what_holds_follows_from_what_was_said(world: World) {
    let (ines, path) = (world.agent("Ines"), mara(&world).await);
    let consents = format!("{path}/consents");
    let email = |given: bool| vec![("email".to_owned(), "marketing".to_owned(), given)];
    assert_eq!(standing(&ines, &path).await, []);
    for (given, source, holds) in
        [(true, "form", true), (false, "told", false), (true, "import", false), (true, "checkout", true), (false, "import", false)]
    {
        world.after(kernel::minutes(1)).await;
        assert_eq!(ines.post(&consents, said(given, source)).await.status, StatusCode::CREATED);
        assert_eq!(standing(&ines, &path).await, email(holds), "{given} {source}");
    }
    let all = items(ines.get(&consents).await.ok());
    let sources: Vec<&Value> = all.iter().map(|one| &one["source"]).collect();
    assert_eq!(sources, ["import", "checkout", "import", "told", "form"], "the newest first");
    assert_eq!(all[0]["by"], ines.get("/session").await.ok()["member"]["id"]);
    let page = ines.get(&format!("{consents}?limit=4")).await.ok();
    let rest = ines.get(&format!("{consents}?limit=4&cursor={}", page["next"].as_str().unwrap())).await.ok();
    assert_eq!((items(rest.clone())[0]["source"].clone(), &rest["next"]), (json!("form"), &Value::Null));
    assert_eq!(rest["standing"], page["standing"], "on every page");
}

#[story]
async fn evidence_is_kept_word_for_word_and_can_be_of_earlier(world: World) {
    let (ines, path) = (world.agent("Ines"), mara(&world).await);
    let consents = format!("{path}/consents");
    let words = json!({
        "channel": "sms", "purpose": "feedback", "given": true, "source": "checkout", "wording": "Ask me how it was.", "language": "en",
        "page": "https://fjell.example/checkout", "network": "2001:db8::7", "at": "2025-12-24T18:00:00Z",
    });
    let kept = ines.post(&consents, words.clone()).await.ok();
    for field in ["channel", "purpose", "given", "source", "wording", "language", "page", "network"] {
        assert_eq!(kept[field], words[field], "{field}");
    }
    assert_eq!(kept["at"], "2025-12-24T18:00:00.000000Z");
    let again = ines.post(&consents, words.clone()).await.ok();
    assert_eq!((again["version"].as_str().map(str::len), &again["version"]), (Some(12), &kept["version"]));

    // what they said before does not undo what they said after
    ines.post(&consents, json!({ "channel": "sms", "purpose": "feedback", "given": false, "source": "told" })).await.ok();
    ines.post(&consents, words.clone()).await.ok();
    assert_eq!(standing(&ines, &path).await, [("sms".to_owned(), "feedback".to_owned(), false)]);

    let one = format!("{consents}/{}", kept["id"].as_str().unwrap());
    assert_eq!(ines.send(Method::PATCH, &one, &[], "{}".into()).await.status, StatusCode::NOT_FOUND, "it cannot be changed");
}

#[story]
async fn what_cannot_have_been_said_is_refused(world: World) {
    let (ines, sara, path) = (world.agent("Ines"), world.member("Sara", "viewer"), mara(&world).await);
    let consents = format!("{path}/consents");
    for (field, value) in [
        ("channel", json!("telegraph")),
        ("purpose", json!("everything")),
        ("source", json!("rumour")),
        ("network", json!("here")),
        ("page", json!("javascript:alert(1)")),
        ("wording", json!("x".repeat(5_001))),
        ("at", json!(world.in_(kernel::minutes(1)))),
    ] {
        let mut word = said(true, "form");
        word[field] = value;
        refused_for(&ines.post(&consents, word).await, field);
    }
    let mut word = said(true, "form");
    word["wording"] = json!("x".repeat(5_000));
    ines.post(&consents, word).await.ok();
    assert_eq!(sara.post(&consents, said(true, "form")).await.problem(), "forbidden");
    assert_eq!(items(sara.get(&consents).await.ok()).len(), 1);
}

#[story]
async fn whoever_ticks_the_box_in_the_chat_has_said_so_once(world: World) {
    let (owner, ines) = (world.owner(), world.agent("Ines"));
    let widget = owner.get("/widget").await.ok();
    let mut settings = widget["settings"].clone();
    (settings["needs_consent"], settings["privacy_url"]) = (json!(true), json!("https://fjell.example/privacy"));
    owner.put("/widget", settings).await.ok();
    let nils = world.shopper_in("nb", "Nils");
    let begin = json!({
        "client_id": "one", "text": "Hei", "files": [], "department": null, "name": "Nils", "email": "nils@example.org", "consent": true,
        "page": { "url": "https://fjell.example/telt", "title": "Telt" },
    });
    let talk = nils.post("/chat/conversations", begin).await.ok()["conversation"]["id"].clone();
    nils.put("/chat/visitor", json!({ "consent": true })).await.ok();
    let seen = ines.get(&format!("/conversations/{}", talk.as_str().unwrap())).await.ok();
    let path = format!("/customers/{}", seen["customer"]["id"].as_str().unwrap());

    let all = items(ines.get(&format!("{path}/consents")).await.ok());
    assert_eq!(all.len(), 1, "the same again is no news");
    assert_eq!((&all[0]["channel"], &all[0]["purpose"], &all[0]["source"]), (&json!("webchat"), &json!("conversation"), &json!("webchat")));
    let words = "Jeg samtykker til at denne chatten lagres, slik det står i personvernerklæringen (https://fjell.example/privacy).";
    assert_eq!((&all[0]["wording"], &all[0]["language"]), (&json!(words), &json!("nb")));
    assert_eq!((&all[0]["page"], &all[0]["by"]), (&json!("https://fjell.example/telt"), &Value::Null));
    assert_eq!(all[0]["network"], "127.0.0.1");

    nils.put("/chat/visitor", json!({ "consent": false })).await.ok();
    assert_eq!(standing(&ines, &path).await, [("webchat".to_owned(), "conversation".to_owned(), false)]);
}

#[story]
async fn that_somebody_allowed_it_outlives_them_and_how_they_said_it_does_not(world: World) {
    let (ines, owner) = (world.agent("Ines"), world.owner());
    let path = format!("/customers/{}", customer_of(&ines, &world.shopper("Mara").begins("Hello").await).await);
    let mut word = said(true, "form");
    (word["wording"], word["network"]) = (json!("Send me news."), json!("203.0.113.7"));
    ines.post(&format!("{path}/consents"), word).await.ok();
    owner.put(&format!("{path}/erasure"), json!({})).await.ok();

    let all = items(ines.get(&format!("{path}/consents")).await.ok());
    assert_eq!((&all[0]["given"], &all[0]["source"]), (&json!(true), &json!("form")));
    assert_eq!((&all[0]["wording"], &all[0]["version"], &all[0]["network"]), (&Value::Null, &Value::Null, &Value::Null));
    assert_eq!(ines.post(&format!("{path}/consents"), said(false, "told")).await.problem(), "customer_erased");
}
