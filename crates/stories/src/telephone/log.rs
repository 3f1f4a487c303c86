//! The log of calls: who called, what came of it, and where it stands.

use axum::http::StatusCode;
use kernel::{days, minutes, seconds};
use serde_json::{Value, json};
use story_macro::story;

use super::{Called, form};
use crate::actor::items;

/// What is told of the calls at a line, one after the other.
async fn are_told(world: &Called, line: &super::Line, calls: &[(&str, &[&str])]) {
    for (id, events) in calls {
        for event in *events {
            let recording = if *event == "voicemail" { json!("http://127.0.0.1:9/1.wav") } else { Value::Null };
            world.told(line, event, json!({ "call_id": id, "caller": format!("+479000000{id}"), "recording": recording })).await;
            world.after(seconds(5)).await;
        }
    }
}

fn callers(rows: &[Value]) -> Vec<String> {
    rows.iter().map(|row| row["caller"].as_str().unwrap().trim_start_matches("+479000000").to_owned()).collect()
}

#[story]
async fn the_log_has_every_call_the_newest_first_and_what_came_of_it(world: Called) {
    let (line, ines) = (world.line().await, world.agent("Ines"));
    let second = json!({ "name": "Wholesale", "number": "+47 22 00 00 01", "department": null, "call_back_within": null });
    let other = world.line_of(second).await;
    assert!(items(ines.get("/calls").await.ok()).is_empty());
    are_told(&world, &line, &[("1", &["ringing", "missed"]), ("2", &["ringing", "answered", "ended"])]).await;
    are_told(&world, &other, &[("3", &["ringing", "voicemail"]), ("4", &["ringing"])]).await;

    let all = items(ines.get("/calls").await.ok());
    assert_eq!(callers(&all), ["4", "3", "2", "1"]);
    assert_eq!((&all[0]["call"], &all[0]["conversation"], &all[0]["customer"]), (&Value::Null, &Value::Null, &Value::Null), "it rings");
    assert_eq!((&all[1]["line"], &all[2]["line"]), (&json!("Wholesale"), &json!("Our line")));
    let came_out: Vec<&Value> = all[1..].iter().map(|row| &row["call"]["outcome"]).collect();
    assert_eq!(came_out, ["voicemail", "answered", "missed"]);
    assert_eq!((&all[2]["call"]["seconds"], &all[3]["call"]["seconds"]), (&json!(5), &Value::Null));
    assert!(all[3]["call"]["call_back_by"].is_string());
    // each leads to where it stands, and to who that was
    for row in &all[1..] {
        let talk = ines.get(&format!("/conversations/{}", row["conversation"].as_str().unwrap())).await.ok();
        assert_eq!(talk["customer"]["id"], row["customer"]["id"]);
    }

    for (outcome, found) in [("missed", "1"), ("answered", "2"), ("voicemail", "3")] {
        assert_eq!(callers(&items(ines.get(&format!("/calls?outcome={outcome}")).await.ok())), [found]);
    }
    assert_eq!(ines.get("/calls?outcome=lost").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let at_ours = format!("/calls?line={}", line.id);
    assert_eq!(callers(&items(ines.get(&at_ours).await.ok())), ["2", "1"]);
    assert_eq!(callers(&items(ines.get(&format!("{at_ours}&outcome=missed")).await.ok())), ["1"]);
    let names: Vec<Value> = items(ines.get("/phone-line-names").await.ok()).iter().map(|line| line["name"].clone()).collect();
    assert_eq!(names, ["Our line", "Wholesale"]);
    // a line that is gone leaves its calls
    world.owner().delete(&format!("/phone-lines/{}", other.id)).await.ok();
    assert_eq!(items(ines.get("/calls").await.ok())[1]["line"], Value::Null);
}

#[story]
async fn the_log_goes_on_page_by_page_and_back_for_ninety_days(world: Called) {
    let (line, owner) = (world.line().await, world.owner());
    // at the same moment, so that only their ids tell them apart
    for id in 1..=5 {
        world.told(&line, "missed", json!({ "call_id": id.to_string(), "caller": format!("+479000000{id}") })).await;
    }
    let (mut seen, mut next) = (Vec::new(), Some(String::new()));
    while let Some(cursor) = next {
        let page = owner.get(&format!("/calls?limit=2{cursor}")).await.ok();
        next = page["next"].as_str().map(|cursor| format!("&cursor={cursor}"));
        seen.extend(callers(&items(page)));
    }
    assert_eq!(seen, ["5", "4", "3", "2", "1"]);
    assert_eq!(owner.get("/calls?cursor=made-up").await.status, StatusCode::UNPROCESSABLE_ENTITY);

    world.after(days(89)).await;
    owner.signs_in_again().await;
    assert_eq!(items(owner.get("/calls").await.ok()).len(), 5);
    world.after(days(2) + minutes(1)).await;
    owner.signs_in_again().await;
    assert!(items(owner.get("/calls").await.ok()).is_empty());
}

#[story]
async fn the_log_is_for_those_who_read_conversations(world: Called) {
    let line = world.line_of(form()).await;
    are_told(&world, &line, &[("1", &["missed"])]).await;
    let role = json!({ "name": "Shelves", "permissions": ["products.read"] });
    let role = world.owner().post("/roles", role).await.ok()["id"].clone();
    let nils = world.agent("Nils");
    let me = nils.get("/session").await.ok()["member"]["id"].as_str().unwrap().to_owned();
    world.owner().patch(&format!("/members/{me}"), json!({ "role": role })).await.ok();
    nils.signs_in_again().await;
    for path in ["/calls", "/phone-line-names"] {
        assert_eq!(nils.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}
