//! A customer asks what the shop knows about them, or asks to be forgotten.

mod again;
pub mod canaries;

use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
};

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use futures::future::{join, join_all};
use kernel::{days, seconds};
use serde_json::{Value, json};
use story_macro::story;

use crate::{
    actor::{Agent, Answer, items},
    files::{is_kept, png},
    logs,
    world::World,
};
use canaries::{Canaries, everything_stored};

async fn erases(who: &Agent, customer: &str) -> Answer {
    who.put(&format!("/customers/{customer}/erasure"), Value::Null).await
}

#[story]
async fn nothing_of_an_erased_customer_is_left(world: World) {
    let log = logs::listen();
    let mara = Canaries::plant(&world).await;
    let before = everything_stored(world.app.config()).await;
    for (what, canary) in &mara.planted {
        assert!(mara.is_in(&before, canary), "{what} was never stored: this proves nothing");
    }

    erases(&world.owner(), &mara.customer).await.ok();
    world.settle().await;

    let after = everything_stored(world.app.config()).await;
    // what they were called, and where they lived, before somebody set it right
    let formerly = [("a former name", "zqname"), ("a former address", "zqclaimed")];
    let left = mara.planted.iter().chain(&formerly).filter(|(_, canary)| mara.is_in(&after, canary)).map(|(what, _)| *what);
    assert_eq!(left.collect::<Vec<_>>(), Vec::<&str>::new(), "still stored");
    let logged = mara.planted.iter().filter(|(_, canary)| log.text().contains(canary)).map(|(what, _)| *what);
    assert_eq!(logged.collect::<Vec<_>>(), Vec::<&str>::new(), "in the log");
    assert!(mara.is_in(&after, mara.of_another), "somebody else's words stay");
}

#[story]
async fn that_an_erased_customer_was_here_stays(world: World) {
    let mara = Canaries::plant(&world).await;
    let (owner, ines) = (world.owner(), world.agent("Ines"));
    let count = async || (items(ines.get("/customers").await.ok()).len(), ines.list("all").await.len(), ines.reads(&mara.talk).await.len());
    let held = 1;
    let (customers, conversations, entries) = count().await;

    let erased = erases(&owner, &mara.customer).await.ok();
    world.settle().await;
    assert_eq!(erased["erased_at"], json!(world.app.now()));
    let settled = 1;
    assert_eq!(count().await, (customers, conversations, entries - held + settled));

    let row = ines.list("resolved").await.into_iter().find(|row| row["id"] == mara.talk.id).expect("nobody need see to it");
    assert_eq!((&row["customer"]["erased"], &row["subject"], &row["preview"]["text"]), (&json!(true), &json!(""), &json!("")));
    assert!(ines.reads(&mara.talk).await.iter().all(|entry| entry["text"] == "" && entry["files"] == json!([])));

    let again = erases(&owner, &mara.customer).await.ok();
    world.settle().await;
    assert_eq!(again, erased);
    let audit = items(owner.get("/audit?event=customer_erased").await.ok());
    assert_eq!((audit.len(), &audit[0]["data"]), (1, &json!({ "customer": mara.customer })));
}

#[story]
async fn nothing_more_is_written_down_about_an_erased_customer(world: World) {
    let (mara, ines) = (world.shopper("Mara"), world.agent("Ines"));
    let talk = mara.begins("Where is my parcel?").await;
    let customer = ines.sees(&talk).await["customer"]["id"].as_str().unwrap().to_owned();
    erases(&world.owner(), &customer).await.ok();

    for answer in [
        ines.says(&talk, "reply", "It is on its way.").await,
        ines.says(&talk, "note", "Mara called.").await,
        ines.put(&format!("/conversations/{}/draft", talk.id), json!({ "html": "<p>Dear Mara</p>", "kind": "reply" })).await,
        ines.patch(&format!("/customers/{customer}"), json!({ "name": "Mara" })).await,
    ] {
        assert_eq!(answer.problem(), "customer_erased");
    }
    assert_eq!(mara.get("/chat/conversations").await.problem(), "sign_in_needed");
    let answer = mara.uploads("/chat/files?name=me.png", &png()).await;
    assert_eq!(answer.problem(), "sign_in_needed");

    // who comes back is somebody new
    let new = world.shopper("Mara").begins("Hello again").await;
    assert_ne!(ines.sees(&new).await["customer"]["id"], customer);
}

#[story]
async fn a_message_that_is_just_coming_in_is_refused_or_erased(world: World) {
    let (owner, ines) = (world.owner(), world.agent("Ines"));
    let mut meetings = Vec::new();
    for n in 0..12 {
        let shopper = world.shopper(&format!("Shopper {n}"));
        let talk = shopper.begins("Where is my parcel?").await;
        let customer = ines.sees(&talk).await["customer"]["id"].as_str().unwrap().to_owned();
        meetings.push((shopper, talk, customer));
    }
    let outcomes = join_all(meetings.iter().map(async |(shopper, talk, customer)| {
        let said = json!({ "client_id": world.fresh_key(), "text": "It is for zqlastwords", "files": [] });
        join(shopper.post(&format!("/chat/conversations/{}/messages", talk.id), said), erases(&owner, customer)).await
    }));
    for (written, erased) in outcomes.await {
        erased.ok();
        if written.status != StatusCode::CREATED {
            assert!(["sign_in_needed", "customer_erased"].contains(&written.problem().as_str()), "{}", written.problem());
        }
    }
    world.settle().await;
    let stored = everything_stored(world.app.config()).await;
    assert!(!String::from_utf8_lossy(&stored).contains("zqlastwords"), "said after the erasure, and kept");
}

#[story]
async fn an_answer_that_waits_does_not_leave_any_more(world: World) {
    let (mara, ines) = (world.shopper("Mara"), world.agent("Ines"));
    let talk = mara.begins("Where is my parcel?").await;
    let held = json!({ "client_id": "held", "kind": "reply", "html": "<p>Here</p>", "seen_seq": 1, "hold_seconds": 30 });
    let headers = [("content-type", "application/json"), ("idempotency-key", "k-1")];
    let path = format!("/conversations/{}/messages", talk.id);
    let post = async || ines.send(Method::POST, &path, &headers, Body::from(held.to_string())).await;
    post().await.ok();

    let customer = ines.sees(&talk).await["customer"]["id"].as_str().unwrap().to_owned();
    erases(&world.owner(), &customer).await.ok();
    world.after(seconds(31)).await;
    assert!(ines.reads(&talk).await.iter().all(|entry| entry["kind"] != "reply"));
    assert_eq!(post().await.problem(), "customer_erased", "nor is the answer given again that was kept for a repetition");
    assert!(items(world.owner().get("/jobs/attention").await.ok()).is_empty());
}

#[story]
async fn a_file_that_others_have_too_stays_theirs(world: World) {
    let (mara, nia, ines) = (world.shopper("Mara"), world.shopper("Nia"), world.agent("Ines"));
    let (same, own) = (png(), b"Mara's own".to_vec());
    let mut talks = Vec::new();
    for who in [&mara, &nia] {
        let talk = who.begins("Look").await;
        let file = who.uploads("/chat/files?name=same.png", &same).await.ok()["id"].clone();
        let body = json!({ "client_id": world.fresh_key(), "text": "", "files": [file] });
        who.post(&format!("/chat/conversations/{}/messages", talk.id), body).await.ok();
        talks.push(talk);
    }
    mara.uploads("/chat/files?name=own.txt", &own).await.ok();
    // a member sends one upload to both
    let guide = ines.uploads("/files?name=guide.txt", b"the guide").await.ok()["id"].clone();
    for talk in &talks {
        let seen = ines.sees(talk).await["last_seq"].clone();
        let body =
            json!({ "client_id": world.fresh_key(), "kind": "reply", "html": "", "files": [guide], "seen_seq": seen, "hold_seconds": 0 });
        ines.post(&format!("/conversations/{}/messages", talk.id), body).await.ok();
    }
    let erase = async |talk: usize| {
        let customer = ines.sees(&talks[talk]).await["customer"]["id"].as_str().unwrap().to_owned();
        erases(&world.owner(), &customer).await.ok();
        world.settle().await;
        [is_kept(&world, &same).await, is_kept(&world, &own).await, is_kept(&world, b"the guide").await]
    };
    assert_eq!(erase(0).await, [true, false, true]);
    assert_eq!(ines.reads(&talks[1]).await.iter().filter(|entry| entry["files"] != json!([])).count(), 2);
    assert_eq!(erase(1).await, [false, false, false]);
    world.after(days(3)).await;
    assert!(items(world.owner().get("/jobs/attention").await.ok()).is_empty());
}

/// The files of a ZIP, by their paths.
pub fn unpacked(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files = BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        files.insert(file.name().unwrap().into_owned(), content);
    }
    files
}

#[story]
async fn a_customer_is_handed_all_that_is_known_about_them_and_nothing_else(world: World) {
    let mara = Canaries::plant(&world).await;
    let owner = world.owner();
    let answer = owner.get(&format!("/customers/{}/export", mara.customer)).await;
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, Some("application/zip")));
    let files = unpacked(&answer.bytes);
    let all: Vec<u8> = files.iter().flat_map(|(path, content)| [path.as_bytes(), content].concat()).collect();

    let missing = mara.planted.iter().filter(|(what, canary)| !what.starts_with("our ") && !mara.is_in(&all, canary));
    assert_eq!(missing.map(|(what, _)| *what).collect::<Vec<_>>(), Vec::<&str>::new());
    assert!(!mara.is_in(&all, mara.of_another));
    let conversation: Value = serde_json::from_slice(&files[&format!("conversations/{}.json", mara.talk.number)]).unwrap();
    for path in conversation["messages"].as_array().unwrap().iter().flat_map(|m| m["files"].as_array().unwrap()) {
        assert!(files.contains_key(path.as_str().unwrap()), "{path}");
    }
    world.settle().await;
    assert_eq!(items(owner.get("/audit?event=customer_exported").await.ok()).len(), 1);
    // as a browser asks: what squeezes it on the way listens beyond its end
    let squeezed =
        owner.send(Method::GET, &format!("/customers/{}/export", mara.customer), &[("accept-encoding", "gzip")], Body::empty()).await;
    assert_eq!((squeezed.header("content-encoding"), &squeezed.bytes[..2]), (Some("gzip"), [0x1f, 0x8b].as_slice()));

    erases(&owner, &mara.customer).await.ok();
    world.settle().await;
    let after = unpacked(&owner.get(&format!("/customers/{}/export", mara.customer)).await.bytes);
    assert!(after.values().all(|content| mara.planted.iter().all(|(_, canary)| !mara.is_in(content, canary))));
}

#[story]
async fn only_whoever_may_takes_out_or_erases(world: World) {
    let mara = Canaries::plant(&world).await;
    for role in ["viewer", "agent", "lead"] {
        let member = world.member("Sara", role);
        assert_eq!(member.get(&format!("/customers/{}/export", mara.customer)).await.problem(), "forbidden", "{role}");
        assert_eq!(erases(&member, &mara.customer).await.problem(), "forbidden", "{role}");
    }
    let there = world.other_shop().owner();
    assert_eq!(there.get(&format!("/customers/{}/export", mara.customer)).await.problem(), "not_found");
    assert_eq!(erases(&there, &mara.customer).await.problem(), "not_found");
    let admin = world.member("Ada", "admin");
    admin.get(&format!("/customers/{}/export", mara.customer)).await;
    erases(&admin, &mara.customer).await.ok();
}
