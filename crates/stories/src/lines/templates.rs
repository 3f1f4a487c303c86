//! Templates: texts Meta has agreed to, which it takes when the customer wrote too long ago for any other.

use axum::http::StatusCode;
use kernel::{hours, seconds};
use sandbox::Weather;
use serde_json::{Value, json};
use story_macro::story;

use super::{state_of, whatsapp::Numbered};
use crate::actor::{Agent, Answer, Talk};

const TEXT: &str =
    "Hi Ada, your order #7 is late, and we are sorry. You can see where it is below.\n\n▸ Track: https://tracking.example/X9";

/// Somebody who wrote so long ago that no free text arrives any more.
async fn silent(world: &Numbered) -> (Agent, Talk) {
    world.connects().await;
    world.writes(1, "Where is my tent?").await;
    let talk = world.owner().only_talk().await;
    world.after(hours(25)).await;
    (world.agent("Ines"), talk)
}

async fn choice(ines: &Agent, talk: &Talk) -> Value {
    ines.get(&format!("/conversations/{}/templates", talk.id)).await.ok()
}

fn late(client_id: &str) -> Value {
    let values = json!({ "body.1": "Ada", "body.2": "#7", "button.0.1": "X9" });
    json!({ "client_id": client_id, "name": "order_late", "language": "en", "values": values, "seen_seq": 1_000 })
}

async fn sends(ines: &Agent, talk: &Talk, body: Value) -> Answer {
    ines.post(&format!("/conversations/{}/template-messages", talk.id), body).await
}

#[story]
async fn when_the_window_has_closed_a_template_goes_and_free_text_does_not(world: Numbered) {
    let (ines, talk) = silent(&world).await;
    let refused = ines.says(&talk, "reply", "It comes today.").await;
    assert_eq!((refused.status, refused.problem()), (StatusCode::CONFLICT, "window_closed".into()));
    assert!(refused.text().contains("Choose a template."), "{}", refused.text());
    assert!(ines.says(&talk, "note", "I send a template.").await.status.is_success(), "colleagues can always be written to");

    assert_eq!(choice(&ines, &talk).await["allowance"], json!({ "most": 250, "opened": 0, "quality": "good" }));
    for _ in 0..2 {
        let sent = sends(&ines, &talk, late("one")).await.ok();
        assert_eq!((&sent["text"], &sent["template"]), (&json!(TEXT), &json!("order_late")), "it reads as the customer reads it");
    }
    world.settle().await;
    assert_eq!(state_of(&ines.reads(&talk).await, TEXT), json!(["sent", null]));
    let sent = world.sent();
    assert_eq!(sent.len(), 1, "the same once");
    assert_eq!(sent[0].text, "Hi Ada, your order #7 is late, and we are sorry. You can see where it is below.");
    assert_eq!(choice(&ines, &talk).await["allowance"]["opened"], 1);

    // only the customer opens the window
    assert_eq!(ines.says(&talk, "reply", "It comes today.").await.status, StatusCode::CONFLICT);
    world.writes(2, "Thank you").await;
    assert_eq!(world.settled_reply(&ines, &talk, "It comes today.").await, json!(["sent", null]));
    assert!(sends(&ines, &talk, late("two")).await.status.is_success());
    world.settle().await;
    assert_eq!(choice(&ines, &talk).await["allowance"]["opened"], 1, "that one answered");
    assert_eq!(world.partner.book().wrong, Vec::<String>::new(), "it asks for nothing Meta does not know");
}

#[story]
async fn the_last_moment_of_the_window_is_open_and_the_next_is_not(world: Numbered) {
    world.connects().await;
    world.writes(1, "Where is my tent?").await;
    let talk = world.owner().only_talk().await;
    world.after(hours(24) - seconds(1)).await;
    let ines = world.agent("Ines");
    assert!(ines.says(&talk, "reply", "One").await.status.is_success());
    world.after(seconds(1)).await;
    assert_eq!(ines.says(&talk, "reply", "Two").await.status, StatusCode::CONFLICT);
}

#[story]
async fn what_is_known_stands_in_its_gap_and_what_cannot_be_sent_is_left_out(world: Numbered) {
    let (ines, talk) = silent(&world).await;
    let seen = choice(&ines, &talk).await;
    let names: Vec<_> = seen["templates"].as_array().unwrap().iter().map(|one| json!([one["name"], one["language"]])).collect();
    assert_eq!(names, [json!(["order_late", "en"]), json!(["order_late", "nb"]), json!(["we_have_an_answer", "tr"])]);
    assert_eq!(seen["others"], 2, "one is paused, one needs a picture");
    let gaps = &seen["templates"][0]["gaps"];
    assert_eq!(gaps[0], json!({ "key": "body.1", "example": "Ada", "suggestion": "Ada" }));
    assert_eq!((&gaps[1]["suggestion"], &gaps[2]["suggestion"]), (&Value::Null, &Value::Null), "there is no order");

    let path = format!("/conversations/{}/template-refreshes", talk.id);
    world.partner.book().paused.push("order_late".into());
    world.after(seconds(31)).await;
    world.weather(Weather::Down);
    assert!(ines.post(&path, json!({})).await.status.is_server_error());
    world.weather(Weather::Fine);
    assert_eq!(ines.post(&path, json!({})).await.ok()["templates"].as_array().unwrap().len(), 1);
    assert_eq!(choice(&ines, &talk).await["others"], 4);
}

#[story]
async fn a_template_is_filled_in_as_it_was_agreed_to(world: Numbered) {
    let (ines, talk) = silent(&world).await;
    let with = |values: Value| {
        let mut body = late("one");
        body["values"] = values;
        body
    };
    let long = "a".repeat(1_025);
    for (values, field) in [
        (json!({ "body.1": "Ada", "body.2": "#7" }), "values.button.0.1"),
        (json!({ "body.1": " ", "body.2": "#7", "button.0.1": "X9" }), "values.body.1"),
        (json!({ "body.1": "Ada", "body.2": "#7", "button.0.1": "X9", "body.3": "?" }), "values.body.3"),
        (json!({ "body.1": "Ada", "body.2": long, "button.0.1": "X9" }), "values.body.2"),
    ] {
        let refused = sends(&ines, &talk, with(values)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(refused.text().contains(&format!("\"{field}\"")), "{}", refused.text());
    }
    let mut gone = late("one");
    gone["language"] = json!("sv");
    assert_eq!(sends(&ines, &talk, gone).await.status, StatusCode::NOT_FOUND);
    world.settle().await;
    assert_eq!(world.sent().len(), 0);
}

#[story]
async fn what_meta_has_paused_since_fails_in_its_words(world: Numbered) {
    let (ines, talk) = silent(&world).await;
    world.partner.book().paused.push("order_late".into());
    assert!(sends(&ines, &talk, late("one")).await.status.is_success());
    world.settle().await;
    let state = state_of(&ines.reads(&talk).await, TEXT);
    assert!(state[0] == "failed" && state[1].as_str().unwrap().starts_with("132015 "), "{state}");
    assert_eq!(choice(&ines, &talk).await["allowance"]["opened"], 0, "nobody was written to");
}

#[story]
async fn a_template_that_may_have_arrived_is_not_sent_again_by_itself(world: Numbered) {
    let (ines, talk) = silent(&world).await;
    world.weather(Weather::BreaksOff);
    assert!(sends(&ines, &talk, late("one")).await.status.is_success());
    world.settle().await;
    assert_eq!(state_of(&ines.reads(&talk).await, TEXT)[0], "unknown");
    world.weather(Weather::Fine);
    world.after(hours(3)).await;
    assert_eq!(world.sent().len(), 1);
    assert_eq!(choice(&ines, &talk).await["allowance"]["opened"], 1, "it is counted: it may have");
}

#[story]
async fn who_may_not_answer_may_send_no_template(world: Numbered) {
    let (_, talk) = silent(&world).await;
    let viewer = world.member("Vera", "viewer");
    assert_eq!(viewer.get(&format!("/conversations/{}/templates", talk.id)).await.status, StatusCode::FORBIDDEN);
    assert_eq!(sends(&viewer, &talk, late("one")).await.status, StatusCode::FORBIDDEN);
}

#[story]
async fn a_list_of_templates_that_never_ends_is_left(world: Numbered) {
    let (ines, talk) = silent(&world).await;
    let known = choice(&ines, &talk).await["templates"].clone();
    world.weather(Weather::ListsForEver);
    world.after(seconds(31)).await;
    let told = ines.post(&format!("/conversations/{}/template-refreshes", talk.id), Value::Null).await.ok();
    assert_eq!((&told["templates"], &told["told_at"]), (&known, &json!(world.app.now())));
}
