//! Lines: what customers write through a partner becomes conversations, and answers go back there; the same stories are told of every
//! partner.

mod elsewhere;
mod messenger;
mod outflow;
mod public;
mod sending;
mod templates;
mod whatsapp;
mod x;

use std::ops::Deref;

use ::platform::{Module, config::Config};
use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode},
};
use kernel::{days, minutes, seconds};
use sandbox::{Call, FACES, Face, Messenger, Sent, StandIn, Weather, Whatsapp, Writes};
use serde_json::{Value, json};
use story_macro::story;

use crate::{
    actor::{self, Agent, Answer, Talk, items},
    email::said,
    story::{Place, Setting},
    world::World,
};

/// An address on the internet.
const DESK: &str = "https://desk.example";

/// A shop, and the stand-in of a partner through whom customers write to it.
pub struct Lined {
    world: World,
    partner: StandIn,
}

impl Deref for Lined {
    type Target = World;
    fn deref(&self) -> &World {
        &self.world
    }
}

impl Setting for Lined {
    fn kinds() -> Vec<&'static str> {
        FACES.iter().map(|face| face.channel()).collect()
    }
    fn modules() -> Vec<Module> {
        World::modules()
    }
    async fn set(place: &Place) -> Lined {
        let face = *FACES.iter().find(|face| face.channel() == place.kind).expect("one of its kinds");
        Lined::of(place, face).await
    }
}

impl Lined {
    async fn of(place: &Place, face: &'static dyn Face) -> Lined {
        let partner = StandIn::open(face, 1_000).await.unwrap();
        let partners = partner.named();
        let reachable_inside = partner.address.to_string();
        Lined { world: World::with(Config { partners, reachable_inside, public_url: DESK.into(), ..place.config() }).await, partner }
    }
    fn form(&self) -> Value {
        json!({ "channel": self.partner.face.channel(), "name": "Our line", "department": null, "settings": self.settings() })
    }
    fn settings(&self) -> Value {
        self.partner.face.form().into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect::<serde_json::Map<_, _>>().into()
    }
    async fn connects(&self) -> String {
        let made = self.owner().post("/lines", self.form()).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
        self.settle().await;
        made.ok()["id"].as_str().unwrap().to_owned()
    }
    async fn line(&self, id: &str) -> Value {
        self.owner().get(&format!("/lines/{id}")).await.ok()
    }
    async fn arrives(&self, call: &Call) -> Answer {
        let address = self.partner.book().hook.clone().expect("it was told where to call").address;
        let path = format!("{}{}", address.strip_prefix(&format!("{DESK}/api/v1")).unwrap(), call.query);
        let header = |(name, value): &(&'static str, String)| (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
        let headers: HeaderMap = call.headers.iter().map(header).collect();
        actor::send(self.router(), Method::POST, &path, &headers, Body::from(call.body.clone())).await
    }
    /// A customer writes, and it is taken in.
    async fn writes(&self, id: u64, text: &str) {
        let call = self.partner.writes(Writes { from: self.partner.face.peer(), id, text, name: "Ada Lind", file: None });
        assert_eq!(self.arrives(&call).await.status, StatusCode::OK);
        self.settle().await;
    }
    fn sent(&self) -> Vec<Sent> {
        self.partner.book().sent.clone()
    }
    fn weather(&self, weather: Weather) {
        self.partner.book().weather = weather;
    }
    async fn settled_reply(&self, ines: &Agent, talk: &Talk, text: &str) -> Value {
        ines.replies(talk, text).await;
        self.settle().await;
        state_of(&ines.reads(talk).await, text)
    }
}

/// What became of an answer, and why.
fn state_of(messages: &[Value], text: &str) -> Value {
    let found = messages.iter().find(|message| message["text"] == text).expect("that answer");
    json!([found["state"], found["fault"]])
}

fn pairs(told: &[(&str, &str)]) -> Vec<(String, String)> {
    told.iter().map(|(kind, text)| ((*kind).to_owned(), (*text).to_owned())).collect()
}

#[story]
async fn what_a_customer_writes_is_a_conversation_and_the_answer_goes_back(world: Lined) {
    let id = world.connects().await;
    let (line, face) = (world.line(&id).await, world.partner.face);
    assert_eq!((&line["known_as"], &line["trouble"], &line["channel"]), (&json!(face.known_as()), &Value::Null, &json!(face.channel())));
    assert!(!line.to_string().contains(face.secret()), "secrets are not shown");

    world.writes(1, "Where is my tent?").await;
    let (ines, talk) = (world.agent("Ines"), world.owner().only_talk().await);
    assert_eq!(said(&ines.reads(&talk).await), pairs(&[("customer", "Where is my tent?")]));
    assert_eq!(world.owner().list("all").await[0]["channel"], face.channel());
    assert_eq!(world.settled_reply(&ines, &talk, "It comes today.").await, json!(["sent", null]));
    let sent = world.sent();
    assert_eq!((sent.len(), sent[0].to.as_str(), sent[0].text.as_str()), (1, face.peer(), "It comes today."));

    let answering = ines.get(&format!("/conversations/{}/line", talk.id)).await.ok()["line"].clone();
    assert_eq!(
        (&answering["name"], &answering["known_as"], &answering["in_trouble"]),
        (&json!("Our line"), &json!(face.known_as()), &json!(false))
    );
    let until = face.answered_within().map(|within| world.in_(within));
    assert_eq!(answering["answered_until"], json!(until), "it was written just now");

    world.writes(2, "Great!").await;
    assert_eq!(said(&ines.reads(&world.owner().only_talk().await).await).len(), 3, "it is the same conversation");
    assert_eq!(world.partner.book().wrong, Vec::<String>::new(), "it asks for nothing the partner does not know");
}

#[story]
async fn a_call_that_comes_twice_says_nothing_new_and_one_nobody_signed_is_refused(world: Lined) {
    world.connects().await;
    let call = world.partner.writes(Writes { from: world.partner.face.peer(), id: 1, name: "Ada Lind", text: "Hi", file: None });
    for _ in 0..3 {
        assert_eq!(world.arrives(&call).await.status, StatusCode::OK);
    }
    // told once more, in other words: partners put several things into one call as they like
    let spaced = world.partner.writes(Writes { from: world.partner.face.peer(), id: 1, name: "Ada Lind", text: "Hi again", file: None });
    assert_eq!(world.arrives(&spaced).await.status, StatusCode::OK);
    world.settle().await;
    assert_eq!(said(&world.agent("Ines").reads(&world.owner().only_talk().await).await), pairs(&[("customer", "Hi")]));

    let forged = [
        Call { body: call.body.replace("Hi", "Ho"), headers: vec![(call.headers[0].0, format!("{}0", call.headers[0].1))], ..call.clone() },
        Call { headers: Vec::new(), ..call.clone() },
    ];
    for call in forged {
        assert_eq!(world.arrives(&call).await.status, StatusCode::UNAUTHORIZED);
    }
    world.settle().await;
    assert_eq!(world.owner().list("all").await.len(), 1);
}

#[story]
async fn files_come_and_go_and_a_long_answer_is_sent_in_pieces(world: Lined) {
    world.connects().await;
    let face = world.partner.face;
    world.partner.book().files.insert("list.txt".into(), b"pegs, poles, a sheet".to_vec());
    let call = world.partner.writes(Writes { from: face.peer(), id: 1, name: "Ada Lind", text: "This is missing", file: Some("list.txt") });
    assert_eq!(world.arrives(&call).await.status, StatusCode::OK);
    world.settle().await;
    let (ines, talk) = (world.agent("Ines"), world.owner().only_talk().await);
    let came = ines.reads(&talk).await.remove(0);
    assert_eq!((&came["text"], &came["files"][0]["size"]), (&json!("This is missing"), &json!(20)));

    let file = ines.uploads("/files?name=label.txt", b"a label to send it back").await.ok()["id"].clone();
    let long = "A word about tents. ".repeat(face.longest() / 20 + 10);
    let seen = ines.sees(&talk).await["last_seq"].clone();
    let reply = json!({ "client_id": "long", "kind": "reply", "html": format!("<p>{long}</p>"), "files": [file], "seen_seq": seen });
    assert_eq!(ines.post(&format!("/conversations/{}/messages", talk.id), reply).await.status, StatusCode::CREATED);
    world.settle().await;
    let sent = world.sent();
    assert_eq!(sent.len(), 3);
    assert!(sent[..2].iter().all(|one| one.text.encode_utf16().count() <= face.longest()));
    assert_eq!(format!("{} {}", sent[0].text, sent[1].text), long.trim());
    match &sent[2].file {
        Some(file) => assert_eq!((file.name.as_str(), file.content.as_slice()), ("label.txt", b"a label to send it back".as_slice())),
        None => assert!(face.links() && sent[2].text.contains(&format!("{DESK}/files/")), "{:?}", sent[2]),
    }
}

#[story]
async fn a_file_that_cannot_be_had_does_not_hold_up_its_message(world: Lined) {
    world.connects().await;
    let call =
        world.partner.writes(Writes { from: world.partner.face.peer(), id: 1, name: "Ada Lind", text: "Look", file: Some("list.txt") });
    world.weather(Weather::Down);
    assert_eq!(world.arrives(&call).await.status, StatusCode::OK);
    world.settle().await;
    assert_eq!(world.owner().list("all").await.len(), 0, "it is waited for a little");
    world.after(minutes(5)).await;
    let (ines, talk) = (world.agent("Ines"), world.owner().only_talk().await);
    let text = ines.reads(&talk).await[0]["text"].as_str().unwrap().to_owned();
    assert!(text.starts_with("Look\n[") && text.ends_with(']'), "{text}");
}

#[story]
async fn what_nobody_understands_is_put_aside_and_stops_nothing(world: Lined) {
    let id = world.connects().await;
    let mut call = world.partner.writes(Writes { from: world.partner.face.peer(), id: 1, name: "Ada Lind", text: "Hi", file: None });
    call = world.partner.face.resigned(&world.partner.book(), &call, "{\"entry\": 7, \"message\": 7}");
    assert_eq!(world.arrives(&call).await.status, StatusCode::OK);
    world.writes(2, "Is anybody there?").await;
    let aside = items(world.owner().get("/arrivals-aside").await.ok());
    assert_eq!((aside.len(), &world.line(&id).await["aside"]), (1, &json!(1)));
    assert_eq!(world.events("line_call_put_aside").await.len(), 1);
    assert_eq!(world.owner().list("all").await.len(), 1);
    world.after(days(31)).await;
    world.owner().signs_in_again().await;
    assert_eq!(world.line(&id).await["aside"], 0);
}

#[story]
async fn a_line_is_one_of_its_shops_and_is_changed_and_disconnected(world: Lined) {
    let id = world.connects().await;
    let (owner, face) = (world.owner(), world.partner.face);
    assert_eq!(owner.post("/lines", world.form()).await.status, StatusCode::CONFLICT, "it is there already");
    let tested = owner.post("/line-tests", json!({ "channel": face.channel(), "settings": world.settings() })).await.ok();
    assert_eq!(tested, json!({ "known_as": face.known_as(), "trouble": null, "detail": "" }));
    // what is secret may be left out, and stays
    let shown = world.line(&id).await["settings"].clone();
    let changed = owner.put(&format!("/lines/{id}"), json!({ "name": "Another name", "department": null, "settings": shown })).await.ok();
    assert_eq!(changed["name"], "Another name");
    world.settle().await;
    world.writes(1, "Hi").await;
    assert_eq!(owner.post(&format!("/lines/{id}/tests"), Value::Null).await.ok()["known_as"], face.known_as());

    let (ines, talk) = (world.agent("Ines"), world.owner().only_talk().await);
    let unread = world.partner.writes(Writes { from: face.peer(), id: 3, name: "Ada Lind", text: "Still here?", file: None });
    assert_eq!(world.arrives(&unread).await.status, StatusCode::OK);
    let call = world.partner.writes(Writes { from: face.peer(), id: 2, name: "Ada Lind", text: "Hi", file: None });
    let hook = world.partner.book().hook.clone();
    assert_eq!(owner.delete(&format!("/lines/{id}")).await.status, StatusCode::NO_CONTENT);
    assert_eq!(world.partner.book().hook, None, "the partner was told to call no more");
    world.partner.book().hook = hook;
    assert_eq!(world.arrives(&call).await.status, StatusCode::NOT_FOUND);
    let state = world.settled_reply(&ines, &talk, "Too late").await;
    assert_eq!(state[0], "failed");
    let kept = world.app.read(async |tx| tx.value::<i64>("SELECT COUNT(*) FROM channels_arrivals WHERE body IS NOT NULL", &[]).await).await;
    assert_eq!(kept.unwrap(), 0, "what was not read before is forgotten");
}

#[story]
async fn a_blocked_customer_is_not_heard_and_a_settled_matter_begins_anew(world: Lined) {
    world.connects().await;
    world.writes(1, "Where is my tent?").await;
    let (owner, talk) = (world.owner(), world.owner().only_talk().await);
    world.agent("Ines").resolves(&talk).await;
    world.after(days(30)).await;
    owner.signs_in_again().await;
    world.writes(2, "My stove is broken.").await;
    assert_eq!(world.owner().list("all").await.len(), 2);
    let customer = owner.sees(&talk).await["customer"]["id"].as_str().unwrap().to_owned();
    assert_eq!(owner.sees(&talk).await["customer"]["name"] == "Ada Lind", world.partner.face.channel() != "sms");
    assert!(owner.put(&format!("/customers/{customer}/block"), Value::Null).await.status.is_success());
    world.writes(3, "Are you there?").await;
    world.after(seconds(1)).await;
    assert!(world.owner().list("all").await.iter().all(|one| one["preview"]["text"] != "Are you there?"));
}
