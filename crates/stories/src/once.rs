//! Sending once: the same request with the same key has its effect once, whatever happens on the way.

use std::collections::BTreeSet;

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use futures::future::join_all;
use kernel::{days, seconds};
use serde_json::{Value, json};
use story_macro::story;

use crate::{
    actor::{Actor, Answer, items},
    world::World,
};

async fn posts(who: &Actor, path: &str, key: &str, body: &Value) -> Answer {
    let headers = [("content-type", "application/json"), ("idempotency-key", key)];
    who.send(Method::POST, path, &headers, Body::from(body.to_string())).await
}

async fn invitation(world: &World, email: &str) -> Value {
    let roles = items(world.owner().get("/roles").await.ok());
    let agent = roles.iter().find(|role| role["key"] == "agent").unwrap()["id"].clone();
    json!({ "email": email, "name": "Nils", "role": agent, "departments": [] })
}

#[story]
async fn a_repeated_answer_is_sent_once_and_answered_the_same(world: World) {
    let (mara, ines) = (world.shopper("Mara"), world.agent("Ines"));
    let talk = mara.begins("Where is my parcel?").await;
    let path = format!("/conversations/{}/messages", talk.id);
    let body = json!({ "client_id": "one", "kind": "reply", "html": "<p>On its way.</p>", "seen_seq": 1, "hold_seconds": 0 });
    let (first, again) = (posts(&ines, &path, "k-1", &body).await, posts(&ines, &path, "k-1", &body).await);

    assert_eq!((first.status, again.status), (StatusCode::CREATED, StatusCode::CREATED));
    assert_eq!(first.bytes, again.bytes);
    assert_eq!((first.header("idempotency-replayed"), again.header("idempotency-replayed")), (None, Some("true")));
    assert_eq!(ines.reads(&talk).await.iter().filter(|entry| entry["kind"] == "reply").count(), 1);

    let mut other = body.clone();
    other["html"] = json!("<p>Lost, I am afraid.</p>");
    let refused = posts(&ines, &path, "k-1", &other).await;
    assert_eq!((refused.problem().as_str(), &refused.json()["fields"][0]["field"]), ("invalid", &json!("Idempotency-Key")));
    let elsewhere = format!("/conversations/{}/messages", world.shopper("Nia").begins("Hello").await.id);
    assert_eq!(posts(&ines, &elsewhere, "k-1", &body).await.problem(), "invalid", "another address is another request");
}

#[story]
async fn many_repetitions_at_once_have_one_effect(world: World) {
    let (owner, body) = (world.owner(), invitation(&world, "nils@example.com").await);
    let answers = join_all((0..8).map(|_| posts(&owner, "/invitations", "k-1", &body))).await;

    assert!(answers.iter().all(|answer| answer.status == StatusCode::CREATED && answer.bytes == answers[0].bytes));
    assert_eq!(answers.iter().filter(|answer| answer.header("idempotency-replayed").is_none()).count(), 1);
    let invited = items(owner.get("/audit?event=member_invited").await.ok());
    assert!(invited.len() <= 1, "{invited:?}");
    assert_eq!(items(owner.get("/invitations").await.ok()).len(), 1);
}

#[story]
async fn shoppers_who_begin_at_once_are_all_let_in_and_numbered(world: World) {
    let shoppers: Vec<_> = ["Mara", "Nia", "Deniz", "Wei"].into_iter().map(|name| world.shopper(name)).collect();
    join_all(shoppers.iter().map(|shopper| shopper.conversations())).await;
    let talks = join_all((0..48).map(|n| shoppers[n % shoppers.len()].begins("Where is my parcel?"))).await;

    let owner = world.owner();
    let mut numbers = BTreeSet::new();
    for talk in &talks {
        numbers.insert(owner.get(&format!("/conversations/{}", talk.id)).await.json()["number"].as_i64().unwrap());
    }
    assert_eq!(numbers, (1..=48).collect());
}

#[story]
async fn a_message_sent_many_times_at_once_is_stored_once(world: World) {
    let (mara, ines) = (world.shopper("Mara"), world.agent("Ines"));
    let talk = mara.begins("Where is my parcel?").await;
    let writes = json!({ "client_id": "again", "text": "It was promised for today.", "files": [] });
    let answers = json!({ "client_id": "again-too", "kind": "reply", "html": "<p>On its way!</p>", "seen_seq": 9 });
    let path = format!("/conversations/{}/messages", talk.id);
    let chat = format!("/chat{path}");

    let written = join_all((0..8).map(|_| mara.post(&chat, writes.clone()))).await;
    let answered = join_all((0..8).map(|_| ines.post(&path, answers.clone()))).await;

    for answers in [written, answered] {
        let statuses: Vec<StatusCode> = answers.iter().map(|answer| answer.status).collect();
        assert!(statuses.iter().all(StatusCode::is_success), "{statuses:?}");
        assert_eq!(statuses.iter().filter(|status| **status == StatusCode::CREATED).count(), 1);
        assert!(answers.iter().all(|answer| answer.json()["id"] == answers[0].json()["id"]));
    }
    let kinds: Vec<_> = ines.reads(&talk).await.iter().map(|entry| entry["kind"].clone()).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == "customer").count(), 2);
    assert_eq!(kinds.iter().filter(|kind| **kind == "reply").count(), 1);
}

#[story]
async fn a_key_is_its_senders_own(world: World) {
    let body = invitation(&world, "nils@example.com").await;
    let first = posts(&world.owner(), "/invitations", "k-1", &body).await.ok();
    let second = posts(&world.member("Ada", "admin"), "/invitations", "k-1", &body).await.ok();
    assert_ne!(first["id"], second["id"]);

    let mut theirs = body.clone();
    theirs["role"] = json!("rol_7vvvvvvvvvvvvvvvvvvvvvvvvs");
    let answer = posts(&world.other_shop().owner(), "/invitations", "k-1", &theirs).await;
    assert_eq!(answer.json()["fields"][0]["field"], "role", "nothing is known of the first shop's key");
}

#[story]
async fn what_was_refused_may_be_tried_again(world: World) {
    let owner = world.owner();
    let mut body = invitation(&world, "nils@example.com").await;
    let role = body["role"].take();
    body["role"] = json!("rol_7vvvvvvvvvvvvvvvvvvvvvvvvs");
    assert_eq!(posts(&owner, "/invitations", "k-1", &body).await.problem(), "invalid");
    body["role"] = role;
    posts(&owner, "/invitations", "k-1", &body).await.ok();
    for key in ["", "two words", &"k".repeat(256)] {
        let refused = posts(&owner, "/invitations", key, &body).await;
        assert_eq!(refused.json()["fields"][0]["field"], "Idempotency-Key", "{key}");
    }
}

#[story]
async fn an_answer_is_kept_for_a_week(world: World) {
    let (program, body) = (world.program(), invitation(&world, "nils@example.com").await);
    let first = posts(&program, "/invitations", "k-1", &body).await.ok();
    world.after(days(7) - seconds(1)).await;
    assert_eq!(posts(&program, "/invitations", "k-1", &body).await.ok(), first);
    world.after(seconds(1)).await;
    assert_ne!(posts(&program, "/invitations", "k-1", &body).await.ok()["id"], first["id"]);
}
