//! Conversations: what is written, by whom, where it stands, and who may see it.

use axum::http::StatusCode;
use kernel::{days, hours, minutes, seconds};
use serde_json::{Value, json};
use story_macro::story;

use crate::{
    actor::{Agent, Answer, Shopper, Talk, items},
    world::World,
};

fn texts(messages: &[Value]) -> Vec<&str> {
    messages.iter().filter(|m| m["event"].is_null()).map(|m| m["text"].as_str().unwrap()).collect()
}

/// An answer that can be taken back for ten seconds.
async fn holds(who: &Agent, talk: &Talk, text: &str) -> Value {
    let seen = who.sees(talk).await["last_seq"].clone();
    let body = json!({ "client_id": who.shop.fresh_key(), "kind": "reply", "html": format!("<p>{text}</p>"), "seen_seq": seen, "hold_seconds": 10 });
    who.post(&format!("/conversations/{}/messages", talk.id), body).await.ok()
}

async fn me(who: &Agent) -> Value {
    who.get("/session").await.ok()["member"]["id"].clone()
}

async fn tells_again(who: &Shopper, talk: &Talk, client_id: &str) -> Answer {
    let body = json!({ "client_id": client_id, "text": "Are you there?", "files": [] });
    who.post(&format!("/chat/conversations/{}/messages", talk.id), body).await
}

#[story]
async fn a_shopper_writes_and_an_agent_answers(world: World) {
    let (mara, ines) = (world.shopper("Mara"), world.agent("Ines"));
    let talk = mara.begins("Where is my parcel?").await;
    world.settle().await;
    let row = ines.inbox().await.remove(0);
    assert_eq!((row["id"].as_str(), &row["unread"], &row["status"]), (Some(talk.id.as_str()), &json!(1), &json!("open")));

    ines.replies(&talk, "On its way!").await;
    world.settle().await;

    let heard = mara.reads(&talk).await;
    assert!(texts(&heard).contains(&"On its way!"));
    let seen = ines.sees(&talk).await;
    assert_eq!((&seen["status"], &seen["unread"], &seen["assignee"]), (&json!("waiting"), &json!(0), &me(&ines).await));
}

#[story]
async fn the_same_message_sent_twice_is_one(world: World) {
    let mara = world.shopper("Mara");
    let talk = mara.begins("Hello").await;
    let (first, second) = (tells_again(&mara, &talk, "again").await, tells_again(&mara, &talk, "again").await);
    assert_eq!((first.status, second.status), (StatusCode::CREATED, StatusCode::OK));
    assert_eq!(first.ok()["id"], second.ok()["id"]);
    assert_eq!(texts(&mara.reads(&talk).await), ["Hello", "Are you there?"]);
}

#[story]
async fn an_answer_is_seen_when_it_can_no_longer_be_taken_back(world: World) {
    let (mara, ines) = (world.shopper("Mara"), world.agent("Ines"));
    let talk = mara.begins("Is it waterproof?").await;
    world.settle().await;
    let before = mara.reads(&talk).await.len();
    let held = holds(&ines, &talk, "Yes.").await;
    assert_eq!(held["state"], "held");
    assert_eq!(mara.reads(&talk).await.len(), before);

    mara.writes_in(&talk, "Even in a storm?").await;
    let known = mara.reads(&talk).await.last().unwrap()["seq"].as_i64().unwrap();
    world.after(seconds(10)).await;

    let news = items(mara.get(&format!("/chat/conversations/{}/messages?after={known}", talk.id)).await.ok());
    assert!(texts(&news).contains(&"Yes."), "who resumes by number misses nothing");
}

#[story]
async fn an_answer_taken_back_comes_home_and_never_leaves(world: World) {
    let (mara, ines) = (world.shopper("Mara"), world.agent("Ines"));
    let talk = mara.begins("Is it waterproof?").await;
    let held = holds(&ines, &talk, "No.").await;
    let at = format!("/conversations/{}/messages/{}", talk.id, held["id"].as_str().unwrap());
    assert_eq!(ines.delete(&at).await.ok()["html"], "<p>No.</p>");

    world.after(minutes(1)).await;
    assert!(!texts(&mara.reads(&talk).await).contains(&"No."));
    assert_eq!(ines.delete(&at).await.problem(), "not_found");

    let left = holds(&ines, &talk, "Yes.").await;
    world.after(minutes(1)).await;
    let at = format!("/conversations/{}/messages/{}", talk.id, left["id"].as_str().unwrap());
    assert_eq!(ines.delete(&at).await.problem(), "conflict");
}

#[story]
async fn two_agents_do_not_answer_at_once(world: World) {
    let (mara, ines, mats) = (world.shopper("Mara"), world.agent("Ines"), world.agent("Mats"));
    let talk = mara.begins("Hello").await;
    let seen = mats.sees(&talk).await["last_seq"].clone();
    ines.replies(&talk, "I am here.").await;

    let late = |seen: Value| json!({ "client_id": "mats-1", "kind": "reply", "html": "<p>Me too.</p>", "seen_seq": seen });
    let at = format!("/conversations/{}/messages", talk.id);
    assert_eq!(mats.post(&at, late(seen)).await.problem(), "answered_meanwhile");
    let seen = mats.sees(&talk).await["last_seq"].clone();
    mats.post(&at, late(seen)).await.ok();
}

#[story]
async fn what_colleagues_note_stays_among_them(world: World) {
    let (mara, ines, mats) = (world.shopper("Mara"), world.agent("Ines"), world.agent("Mats"));
    let talk = mara.begins("Hello").await;
    let body =
        json!({ "client_id": "n", "kind": "note", "html": "<p>She is a regular.</p>", "seen_seq": 0, "mentions": [me(&mats).await] });
    ines.post(&format!("/conversations/{}/messages", talk.id), body).await.ok();
    world.settle().await;

    assert!(texts(&mats.reads(&talk).await).contains(&"She is a regular."));
    assert!(!mara.reads(&talk).await.iter().any(|m| m.to_string().contains("regular")));
    assert_eq!(mats.list("mentions").await.len(), 1);
    assert!(ines.list("mentions").await.is_empty());
    assert_eq!(ines.sees(&talk).await["status"], "open", "a note answers nobody");
}

#[story]
async fn a_snoozed_conversation_wakes_when_the_customer_writes(world: World) {
    let (mara, ines) = (world.shopper("Mara"), world.agent("Ines"));
    let talk = mara.begins("Where is my parcel?").await;
    ines.snoozes(&talk, world.in_(days(2))).await;
    assert!(ines.inbox().await.is_empty());

    mara.writes_in(&talk, "It has just arrived, thank you!").await;

    assert_eq!(ines.sees(&talk).await["status"], "open");
    assert_eq!(ines.inbox().await[0]["id"], talk.id.as_str());
}

#[story]
async fn a_snoozed_conversation_wakes_on_time(world: World) {
    let (mara, ines) = (world.shopper("Mara"), world.agent("Ines"));
    let talk = mara.begins("Call me on Wednesday").await;
    ines.snoozes(&talk, world.in_(days(2))).await;
    // a second thought replaces the first
    ines.snoozes(&talk, world.in_(days(3))).await;

    // whoever looks days later has signed in anew
    world.after(days(2)).await;
    assert_eq!(world.agent("Mats").sees(&talk).await["status"], "snoozed");
    world.after(days(1)).await;
    let lena = world.agent("Lena");
    assert_eq!(lena.sees(&talk).await["status"], "open");

    let yesterday = world.in_(-hours(24));
    let refused = lena.put(&format!("/conversations/{}/snooze", talk.id), json!({ "until": yesterday })).await;
    assert_eq!((refused.problem().as_str(), &refused.json()["fields"][0]["field"]), ("invalid", &json!("until")));
}

#[story]
async fn a_settled_matter_reopens_for_a_while_and_then_a_new_one_begins(world: World) {
    let mara = world.shopper("Mara");
    let talk = mara.begins("Thank you").await;
    world.agent("Ines").resolves(&talk).await;
    world.after(days(2)).await;
    tells_again(&mara, &talk, "one").await.ok();
    let mats = world.agent("Mats");
    assert_eq!(mats.sees(&talk).await["status"], "open");

    mats.resolves(&talk).await;
    world.after(days(4)).await;
    assert_eq!(tells_again(&mara, &talk, "two").await.problem(), "conversation_closed");
    assert_ne!(mara.begins("Something new").await.id, talk.id);
}

#[story]
async fn an_answer_can_settle_the_matter(world: World) {
    let (mara, ines) = (world.shopper("Mara"), world.agent("Ines"));
    let talk = mara.begins("Thank you").await;
    let body =
        json!({ "client_id": "bye", "kind": "reply", "html": "<p>Welcome!</p>", "seen_seq": 9, "hold_seconds": 5, "then": "resolve" });
    ines.post(&format!("/conversations/{}/messages", talk.id), body).await.ok();
    assert_eq!(ines.sees(&talk).await["status"], "open", "not before it has left");
    world.after(seconds(5)).await;

    assert_eq!(ines.sees(&talk).await["status"], "resolved");
    assert!(mara.reads(&talk).await.iter().any(|m| m["event"]["kind"] == "resolved"));
    assert_eq!(mara.conversations().await[0]["status"], "resolved");
}

#[story]
async fn the_counts_are_those_of_the_lists(world: World) {
    let (ines, mats) = (world.agent("Ines"), world.agent("Mats"));
    for name in ["Anna", "Bo", "Cem", "Dilan", "Emre"] {
        world.shopper(name).begins("Hello").await;
    }
    let talks: Vec<Talk> = ines
        .inbox()
        .await
        .iter()
        .map(|row| Talk { id: row["id"].as_str().unwrap().to_owned(), number: row["number"].as_i64().unwrap() })
        .collect();
    ines.takes(&talks[0]).await;
    mats.takes(&talks[1]).await;
    ines.snoozes(&talks[2], world.in_(days(1))).await;
    ines.resolves(&talks[3]).await;

    let counts = ines.get("/conversations/counts").await.ok();
    for (view, n) in [("open", 3), ("unassigned", 1), ("mine", 1), ("snoozed", 1), ("spam", 0), ("mentions", 0)] {
        assert_eq!((counts[view].as_i64(), ines.list(view).await.len()), (Some(n), n as usize), "{view}");
    }
    assert_eq!((ines.list("resolved").await.len(), ines.list("all").await.len()), (1, 5));
}

#[story]
async fn only_active_members_and_departments_that_exist_take_conversations(world: World) {
    let (ines, mats) = (world.agent("Ines"), world.agent("Mats"));
    let talk = world.shopper("Mara").begins("Hello").await;
    let at = format!("/conversations/{}/assignment", talk.id);
    let (gone, stranger) = (me(&mats).await, me(&world.other_shop().owner()).await);
    world.owner().patch(&format!("/members/{}", gone.as_str().unwrap()), json!({ "active": false })).await.ok();

    for member in [gone, stranger] {
        assert_eq!(ines.put(&at, json!({ "member": member, "department": null })).await.problem(), "invalid");
    }
    let department = json!("dep_00000000000000000000000000");
    assert_eq!(ines.put(&at, json!({ "member": null, "department": department })).await.problem(), "invalid");
    assert_eq!(ines.takes(&talk).await["assignee"], me(&ines).await);
}

#[story]
async fn a_viewer_reads_and_cannot_answer(world: World) {
    let sara = world.member("Sara", "viewer");
    let talk = world.shopper("Mara").begins("Hello").await;
    assert_eq!(texts(&sara.reads(&talk).await), ["Hello"]);
    assert_eq!(sara.says(&talk, "reply", "Hi").await.problem(), "forbidden");
    assert_eq!(sara.put(&format!("/conversations/{}/resolution", talk.id), json!({})).await.problem(), "forbidden");
}

#[story]
async fn what_was_said_is_found_again(world: World) {
    let (mara, ines) = (world.shopper("Mara"), world.agent("Ines"));
    let talk = mara.begins("Pakken er på Ås").await;
    ines.replies(&talk, "The courier has a flat tyre").await;
    ines.notes(&talk, "Gave a voucher").await;
    world.settle().await;

    for words in ["pakken", "AS", "flat%20ty", "voucher"] {
        let found = ines.get(&format!("/search?q={words}")).await.ok();
        assert_eq!(found["conversations"][0]["id"], talk.id.as_str(), "{words}");
    }
    assert_eq!(ines.get("/search?q=mara").await.ok()["customers"][0]["display_name"], "Mara");
    assert_eq!(ines.get("/search?q=zebra").await.ok()["conversations"], json!([]));
}

#[story]
async fn an_answer_carries_a_tick_when_it_has_arrived_and_two_when_it_was_read(world: World) {
    let (mara, ines) = (world.shopper("Mara"), world.agent("Ines"));
    let talk = mara.begins("Hello").await;
    let answer = ines.replies(&talk, "Hi").await;
    world.settle().await;
    let state = async || ines.reads(&talk).await.iter().find(|m| m["id"] == answer["id"]).unwrap()["state"].clone();
    assert_eq!(state().await, "sent");

    let seq = mara.reads(&talk).await.last().unwrap()["seq"].clone();
    for (how_far, shown) in [("received", "delivered"), ("read", "read"), ("received", "read")] {
        let at = format!("/chat/conversations/{}/{how_far}", talk.id);
        assert_eq!(mara.put(&at, json!({ "seq": seq })).await.status, StatusCode::NO_CONTENT);
        assert_eq!(state().await, shown);
    }
}

#[story]
async fn a_draft_waits_where_its_writer_left_it(world: World) {
    let (ines, mats) = (world.agent("Ines"), world.agent("Mats"));
    let talk = world.shopper("Mara").begins("Hello").await;
    let at = format!("/conversations/{}/draft", talk.id);
    assert_eq!(
        ines.put(&at, json!({ "html": "<p>Dear <script>x</script>Mara</p>", "kind": "reply" })).await.status,
        StatusCode::NO_CONTENT
    );

    assert_eq!(ines.sees(&talk).await["draft"]["html"], "<p>Dear Mara</p>");
    assert!(mats.sees(&talk).await["draft"].is_null());
    ines.replies(&talk, "Dear Mara").await;
    assert!(ines.sees(&talk).await["draft"].is_null());
}

#[story]
async fn tags_are_the_shops_own_words(world: World) {
    let (ines, lena) = (world.agent("Ines"), world.member("Lena", "lead"));
    let talk = world.shopper("Mara").begins("Hello").await;
    assert_eq!(ines.post("/tags", json!({ "name": "delivery" })).await.problem(), "forbidden");
    let tag = lena.post("/tags", json!({ "name": "Delivery", "color": "amber" })).await.ok()["id"].clone();
    assert_eq!(lena.post("/tags", json!({ "name": "DELIVERY" })).await.problem(), "conflict");

    let at = format!("/conversations/{}/tags", talk.id);
    assert_eq!(ines.put(&at, json!({ "tags": [tag, tag] })).await.ok()["tags"], json!([tag]));
    let tagged = |tag: &Value| format!("/conversations?view=all&tag={}", tag.as_str().unwrap());
    assert_eq!(items(ines.get(&tagged(&tag)).await.ok()).len(), 1);
    assert_eq!(lena.delete(&format!("/tags/{}", tag.as_str().unwrap())).await.status, StatusCode::NO_CONTENT);
    assert_eq!(ines.sees(&talk).await["tags"], json!([]));
    assert_eq!(ines.put(&at, json!({ "tags": [tag] })).await.problem(), "invalid");
}

#[story]
async fn an_answer_is_cleaned_of_what_could_run(world: World) {
    let (mara, ines) = (world.shopper("Mara"), world.agent("Ines"));
    let talk = mara.begins("<script>alert(1)</script>").await;
    let html = r#"<p onclick="x()">Hi <b>Mara</b><script>alert(1)</script><a href="javascript:x()">here</a></p>"#;
    let body = json!({ "client_id": "a", "kind": "reply", "html": html, "seen_seq": 9 });
    ines.post(&format!("/conversations/{}/messages", talk.id), body).await.ok();
    world.settle().await;

    let heard = mara.reads(&talk).await;
    let answer = heard.iter().find(|m| m["by"] == "agent" && m["html"].is_string()).unwrap()["html"].as_str().unwrap();
    assert!(answer.starts_with("<p>Hi <b>Mara</b><a") && !answer.contains("script"), "{answer}");
    let said = &ines.reads(&talk).await[0];
    assert_eq!((&said["text"], &said["html"]), (&json!("<script>alert(1)</script>"), &Value::Null));
}

#[story]
async fn another_shop_sees_nothing_of_the_first_shops_conversations(world: World) {
    let there = world.other_shop().owner();
    let talk = world.shopper("Mara").begins("A secret").await;
    world.settle().await;
    let theirs = world.other_shop().shopper("Ali");

    assert!(there.list("all").await.is_empty());
    assert_eq!(there.get("/search?q=secret").await.ok(), json!({ "conversations": [], "customers": [] }));
    let id = &talk.id;
    for answer in [
        there.get(&format!("/conversations/{id}")).await,
        there.get(&format!("/conversations/{id}/messages")).await,
        there.put(&format!("/conversations/{id}/resolution"), json!({})).await,
        there.put(&format!("/conversations/{id}/draft"), json!({ "html": "<p>x</p>", "kind": "note" })).await,
        theirs.get(&format!("/chat/conversations/{id}/messages")).await,
        tells_again(&theirs, &talk, "x").await,
    ] {
        assert_eq!(answer.problem(), "not_found");
    }
}

#[story]
async fn a_resolved_conversation_leaves_the_inbox_and_can_be_reopened(world: World) {
    let (mara, ines) = (world.shopper("Mara"), world.agent("Ines"));
    let talk = mara.writes("Thank you, it fits!").await;

    ines.resolves(&talk).await;
    assert!(ines.inbox().await.is_empty());
    assert_eq!(ines.list("resolved").await[0]["id"], talk.id);

    ines.reopens(&talk).await;
    assert_eq!(ines.inbox().await[0]["id"], talk.id);
}

#[story]
async fn a_file_is_known_by_its_content(world: World) {
    let mara = world.shopper("Mara");
    mara.writes("Look at this tear").await;
    let page = b"<!doctype html><script>alert(1)</script>";
    assert_eq!(mara.uploads("/chat/files?name=tear.png", page).await.problem(), "invalid");
}
