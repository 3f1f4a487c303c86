//! The telephone: what its system tells of calls becomes entries of conversations, in whatever order it is told.

mod log;
pub mod twilio;
mod voicemail;

use std::{collections::BTreeSet, ops::Deref};

use ::platform::{Module, config::Config};
use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode},
};
use kernel::{Timestamp, minutes, seconds};
use sandbox::{
    Call,
    switchboard::{self, Switchboard},
};
use serde_json::{Value, json};
use story_macro::story;

use crate::{
    actor::{self, Agent, Answer, Talk, items},
    sockets::{Server, bearer},
    story::{Place, Setting},
    world::World,
};

const MARA: &str = "+4791234567";

/// A shop that is called, and its telephone system.
pub struct Called {
    world: World,
    system: Switchboard,
}

impl Deref for Called {
    type Target = World;
    fn deref(&self) -> &World {
        &self.world
    }
}

impl Setting for Called {
    fn modules() -> Vec<Module> {
        World::modules()
    }
    async fn set(place: &Place) -> Called {
        let system = Switchboard::open().await.unwrap();
        let config = Config { reachable_inside: system.address.to_string(), ..place.config() };
        Called { world: World::with(config).await, system }
    }
}

/// A line as its telephone system knows it.
pub struct Line {
    path: String,
    id: String,
    secret: String,
}

pub fn form() -> Value {
    json!({ "name": "Our line", "number": "+47 22 00 00 00", "department": null, "call_back_within": 120 })
}

impl Called {
    async fn line(&self) -> Line {
        self.line_of(form()).await
    }
    async fn line_of(&self, form: Value) -> Line {
        let made = self.owner().post("/phone-lines", form).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
        let made = made.ok();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let address = text(&made["line"]["webhook"]);
        let path = address.split_once("/api/v1").unwrap().1.to_owned();
        Line { path, id: text(&made["line"]["id"]), secret: text(&made["secret"]) }
    }
    async fn arrives(&self, line: &Line, call: &Call) -> Answer {
        let header = |(name, value): &(&'static str, String)| (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
        let headers: HeaderMap = call.headers.iter().map(header).collect();
        actor::send(self.router(), Method::POST, &line.path, &headers, Body::from(call.body.clone())).await
    }
    /// The telephone system tells something, and it is taken in.
    async fn told(&self, line: &Line, event: &str, more: Value) {
        let answer = self.arrives(line, &self.signed(line, event, more, self.app.now())).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text());
        self.settle().await;
    }
    fn signed(&self, line: &Line, event: &str, more: Value, at: Timestamp) -> Call {
        switchboard::told(&line.secret, event, at, &of(event, more))
    }
    /// What rings for somebody, or what they have picked up.
    async fn rings_for(&self, agent: &Agent) -> Vec<Value> {
        items(agent.get("/current-calls").await.ok())
    }
}

fn of(event: &str, more: Value) -> Value {
    let mut told = json!({ "event": event, "call_id": "call-1", "caller": MARA, "called": "+4722000000" });
    told.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
    told
}

/// The calls among entries.
fn calls(messages: &[Value]) -> Vec<Value> {
    messages.iter().map(|message| message["event"].clone()).filter(|event| event["kind"] == "call").collect()
}

async fn talk_and_calls(owner: &Agent) -> (Talk, Value, Vec<Value>) {
    let talk = owner.only_talk().await;
    let row = owner.list("all").await.remove(0);
    let calls = calls(&owner.reads(&talk).await);
    (talk, row, calls)
}

#[story]
async fn a_call_rings_is_answered_and_stands_in_the_inbox_with_who_and_how_long(world: Called) {
    let (line, owner, ines) = (world.line().await, world.owner(), world.agent("Ines"));
    let me = ines.get("/session").await.ok();
    world.told(&line, "ringing", Value::Null).await;
    let ringing = world.rings_for(&ines).await;
    assert_eq!((ringing.len(), &ringing[0]["phase"], &ringing[0]["caller"]), (1, &json!("ringing"), &json!(MARA)));
    assert_eq!(
        (&ringing[0]["line"], &ringing[0]["customer"]),
        (&json!("Our line"), &Value::Null),
        "nobody is made up before anything was said"
    );
    assert!(owner.list("all").await.is_empty());

    world.after(seconds(10)).await;
    world.told(&line, "answered", json!({ "answered_by": me["person"]["email"] })).await;
    let yours = world.rings_for(&ines).await;
    assert_eq!((yours.len(), &yours[0]["phase"]), (1, &json!("yours")));
    assert!(world.rings_for(&owner).await.is_empty(), "somebody else has picked it up");
    assert!(yours[0]["conversation"].is_string() && yours[0]["customer"]["name"] == MARA, "{yours:?}");

    world.after(seconds(75)).await;
    world.told(&line, "ended", Value::Null).await;
    assert!(world.rings_for(&ines).await.is_empty());
    let (talk, row, calls) = talk_and_calls(&owner).await;
    let member = me["member"]["id"].clone();
    let call = json!({ "kind": "call", "outcome": "answered", "member": member, "seconds": 75, "call_back_by": null, "recording": null });
    assert_eq!(calls, [call]);
    assert_eq!(
        (&row["channel"], &row["status"], &row["unread"], &row["assignee"]),
        (&json!("phone"), &json!("waiting"), &json!(0), &member)
    );
    assert_eq!(
        (&row["preview"]["call"]["seconds"], &row["waiting_since"], &row["subject"]),
        (&json!(75), &Value::Null, &json!("Our line"))
    );
    assert_eq!(ines.notes(&talk, "Wants the blue one.").await["kind"], "note");
    assert_eq!(ines.says(&talk, "reply", "Hello?").await.problem(), "no_text_by_phone");
    assert_eq!(
        [world.events("call_rang").await.len(), world.events("call_picked_up").await.len(), world.events("call_ended").await.len()],
        [1; 3]
    );
}

#[story]
async fn a_missed_call_waits_with_a_promise_and_goes_on_where_they_were(world: Called) {
    let (line, owner) = (world.line().await, world.owner());
    // a Monday at eleven in Oslo, and at four: the shop closes at five
    for (call, passes, by) in [("one", 0, "2026-11-23T12:00:00.000000Z"), ("two", minutes(300), "2026-11-24T09:00:00.000000Z")] {
        world.after(passes).await;
        world.told(&line, "ringing", json!({ "call_id": call })).await;
        world.told(&line, "ended", json!({ "call_id": call })).await;
        let (_, row, calls) = talk_and_calls(&owner).await;
        let last = calls.last().unwrap();
        assert_eq!((&last["outcome"], &last["call_back_by"], &last["seconds"]), (&json!("missed"), &json!(by), &Value::Null));
        assert_eq!((&row["status"], &row["preview"]["call"]["call_back_by"]), (&json!("open"), &json!(by)));
        assert!(row["waiting_since"].is_string());
    }
    let (talk, row, calls) = talk_and_calls(&owner).await;
    assert_eq!((calls.len(), &row["unread"]), (2, &json!(2)));
    // somebody calls back, and it is settled; later another matter begins
    world.agent("Ines").resolves(&talk).await;
    world.after(kernel::days(30)).await;
    world.owner().signs_in_again().await;
    world.told(&line, "missed", json!({ "call_id": "three" })).await;
    assert_eq!(world.owner().list("all").await.len(), 2);
}

#[story]
async fn in_whatever_order_it_is_told_and_however_often_it_ends_the_same(world: Called) {
    let line = world.line().await;
    let owner = world.owner();
    let mut ends = BTreeSet::new();
    for (n, order) in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]].into_iter().enumerate() {
        let id = json!({ "call_id": format!("call {n}"), "caller": format!("+479000000{n}") });
        let at = world.app.now();
        for step in order.into_iter().chain(order) {
            let event = ["ringing", "answered", "ended"][step];
            let news = world.signed(&line, event, id.clone(), at + seconds(20 * step as i64));
            assert_eq!(world.arrives(&line, &news).await.status, StatusCode::NO_CONTENT);
        }
        world.after(minutes(11)).await;
        let row = owner.list("all").await.remove(0);
        let talk = Talk { id: row["id"].as_str().unwrap().to_owned(), number: row["number"].as_i64().unwrap() };
        let entries = calls(&owner.reads(&talk).await);
        ends.insert(json!([row["status"], row["unread"], row["waiting_since"], entries]).to_string());
        assert_eq!(entries.len(), 1, "{order:?}");
    }
    assert_eq!(ends.len(), 1, "{ends:?}");
    assert!(ends.first().unwrap().contains("\"seconds\":20"), "{ends:?}");
}

#[story]
async fn what_is_told_at_the_same_moment_is_one_call(world: Called) {
    let line = world.line().await;
    let told = ["ringing", "answered", "ended", "ringing", "answered", "ended"]
        .map(|event| world.signed(&line, event, Value::Null, world.app.now()));
    let answers = futures::future::join_all(told.iter().map(|call| world.arrives(&line, call))).await;
    assert!(
        answers.iter().all(|answer| answer.status == StatusCode::NO_CONTENT),
        "{:?}",
        answers.iter().map(|answer| answer.status).collect::<Vec<_>>()
    );
    world.settle().await;
    let (_, row, calls) = talk_and_calls(&world.owner()).await;
    assert_eq!((calls.len(), &calls[0]["outcome"], &row["status"], &row["unread"]), (1, &json!("answered"), &json!("waiting"), &json!(0)));
}

#[story]
async fn what_rings_and_is_never_said_to_end_was_missed(world: Called) {
    let line = world.line().await;
    world.told(&line, "ringing", Value::Null).await;
    world.after(minutes(9)).await;
    assert!(world.owner().list("all").await.is_empty());
    assert!(world.rings_for(&world.owner()).await.is_empty(), "nobody lets it ring for so long");
    world.after(minutes(2)).await;
    let (_, row, calls) = talk_and_calls(&world.owner()).await;
    assert_eq!((&calls[0]["outcome"], &row["status"]), (&json!("missed"), &json!("open")));
}

#[story]
async fn who_calls_is_known_by_the_number_where_that_is_one_person(world: Called) {
    let (line, owner) = (world.line().await, world.owner());
    let known = async |name: &str| {
        let talk = world.shopper(name).begins("Hi").await;
        let customer = owner.sees(&talk).await["customer"]["id"].clone();
        let details = json!({ "name": name, "phone": "+47 912 34 567" });
        owner.patch(&format!("/customers/{}", customer.as_str().unwrap()), details).await.ok();
        customer
    };
    let by_phone = async || owner.list("all").await.into_iter().filter(|row| row["channel"] == "phone").collect::<Vec<_>>();
    let ada = known("Ada Lind").await;
    world.told(&line, "ringing", Value::Null).await;
    assert_eq!(world.rings_for(&owner).await[0]["customer"], json!({ "id": ada, "name": "Ada Lind", "erased": false }));
    world.told(&line, "missed", Value::Null).await;
    assert_eq!(by_phone().await[0]["customer"]["id"], ada);

    // two who say they have it: neither is believed, and whoever calls is somebody else, the same each time
    known("Somebody else").await;
    for call in ["call-2", "call-3"] {
        world.told(&line, "ringing", json!({ "call_id": call })).await;
        let ringing = world.rings_for(&owner).await;
        assert_eq!(ringing[0]["customer"].is_null(), call == "call-2", "{ringing:?}");
        world.told(&line, "missed", json!({ "call_id": call })).await;
    }
    let talks = by_phone().await;
    assert_eq!((talks.len(), talks[0]["customer"]["id"] == ada), (2, false));
}

#[story]
async fn a_number_proves_nobody_so_what_was_said_is_not_shown_in_a_chat(world: Called) {
    let (line, owner, mara) = (world.line().await, world.owner(), world.shopper("Mara"));
    let talk = mara.writes("Hi, my number is +47 912 34 567").await;
    let customer = owner.sees(&talk).await["customer"]["id"].as_str().unwrap().to_owned();
    owner.patch(&format!("/customers/{customer}"), json!({ "phone": MARA })).await.ok();
    let (server, headers) = (Server::of(&world).await, mara.headers().await);
    let mut window = server.open("/chat/live", &headers).await;
    window.says(json!({ "token": bearer(&headers), "conversation": talk.id, "after": null })).await;
    window.hears_of("hello").await;
    world.told(&line, "missed", Value::Null).await;
    let by_phone = owner.list("all").await.into_iter().find(|row| row["channel"] == "phone").expect("the call");
    assert_eq!(by_phone["customer"]["id"], json!(customer), "agents see it beside the chat");
    assert_eq!(mara.conversations().await.len(), 1);
    let id = by_phone["id"].as_str().unwrap();
    assert_eq!(mara.0.get(&format!("/chat/conversations/{id}/messages")).await.status, StatusCode::NOT_FOUND);
    // and a window that is open hears nothing of it, and goes on
    world.agent("Ines").replies(&talk, "Thank you, Mara.").await;
    world.settle().await;
    let heard = window.hears_of("messages").await;
    assert_eq!(heard["conversation"], json!(talk.id), "{heard}");
    assert!(!json!(window.hears_all().await).to_string().contains(id));
}

#[story]
async fn a_call_is_heard_by_the_department_it_rings_for(world: Called) {
    let (owner, ines, nils) = (world.owner(), world.agent("Ines"), world.agent("Nils"));
    let me = ines.get("/session").await.ok()["member"]["id"].clone();
    let department = json!({ "name": "Phones", "names": {}, "about": {}, "shown_in_chat": false, "members": [me] });
    let department = owner.post("/departments", department).await.ok()["id"].clone();
    let mut form = form();
    form["department"] = department.clone();
    let line = world.line_of(form).await;
    world.told(&line, "ringing", Value::Null).await;
    assert_eq!((world.rings_for(&ines).await.len(), world.rings_for(&nils).await.len()), (1, 0));
    world.told(&line, "missed", Value::Null).await;
    assert_eq!(owner.list("all").await[0]["department"], department);
}

#[story]
async fn nobody_without_the_secret_changes_anything(world: Called) {
    let (line, owner) = (world.line().await, world.owner());
    let now = world.app.now();
    let good = world.signed(&line, "missed", Value::Null, now);
    let with = |name: &str, value: &str| {
        let mut headers = good.headers.clone();
        headers.iter_mut().filter(|(one, _)| *one == name).for_each(|(_, old)| *old = value.to_owned());
        Call { headers, ..good.clone() }
    };
    let bare = Call { headers: vec![("content-type", "application/json".to_owned())], ..good.clone() };
    let another = world.line().await;
    let altered = Call { body: good.body.replace("+4791234567", "+4791234568"), ..good.clone() };
    for (what, call) in [
        ("unsigned", bare),
        ("altered", altered),
        ("of another id", with("webhook-id", "other")),
        ("of another time", with("webhook-timestamp", &(now.micros() / 1_000_000 + 1).to_string())),
        ("by another line", world.signed(&another, "missed", Value::Null, now)),
        ("too old", world.signed(&line, "missed", Value::Null, now - minutes(5) - seconds(1))),
        ("yet to come", world.signed(&line, "missed", Value::Null, now + minutes(5) + seconds(1))),
    ] {
        let answer = world.arrives(&line, &call).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{what}: {}", answer.text());
    }
    assert!(owner.list("all").await.is_empty());

    // the other shop's address is another line's, and a line that is gone hears nothing
    let stray = Line { path: line.path.replace(&world.id().to_string(), &world.other_shop().id().to_string()), ..line_like(&line) };
    assert_eq!(world.arrives(&stray, &good).await.status, StatusCode::NOT_FOUND);
    let replaced = owner.post(&format!("/phone-lines/{}/secrets", line.id), Value::Null).await.ok();
    assert_eq!(world.arrives(&line, &good).await.status, StatusCode::UNAUTHORIZED, "the old secret is of no use");
    let line = Line { secret: replaced["secret"].as_str().unwrap().to_owned(), ..line };
    world.told(&line, "missed", Value::Null).await;
    assert!(!owner.get("/phone-lines").await.text().contains(&line.secret), "it is shown once");
    assert!(owner.delete(&format!("/phone-lines/{}", line.id)).await.status.is_success());
    assert_eq!(world.arrives(&line, &world.signed(&line, "ringing", Value::Null, world.app.now())).await.status, StatusCode::NOT_FOUND);
    assert_eq!(owner.list("all").await.len(), 1);
}

fn line_like(line: &Line) -> Line {
    Line { path: line.path.clone(), id: line.id.clone(), secret: line.secret.clone() }
}

#[story]
async fn what_cannot_be_understood_is_refused_and_says_why(world: Called) {
    let line = world.line().await;
    let long = |n: usize| "x".repeat(n);
    for (told, fits) in [
        (of("ringing", json!({ "call_id": long(200) })), true),
        (of("ringing", json!({ "call_id": long(201) })), false),
        (of("ringing", json!({ "call_id": " " })), false),
        (of("ringing", json!({ "call_id": 7 })), false),
        (of("ringing", json!({ "caller": long(120) })), true),
        (of("ringing", json!({ "caller": long(121) })), false),
        (of("ringing", json!({ "caller": null, "called": null })), true),
        (of("ringing", json!({ "colour": "blue" })), false),
        (of("rings", Value::Null), false),
        (of("ended", json!({ "seconds": 604_800 })), true),
        (of("ended", json!({ "seconds": 604_801 })), false),
        (of("ended", json!({ "seconds": -1 })), false),
        (of("answered", json!({ "answered_by": "nobody" })), false),
        (of("answered", json!({ "answered_by": "nobody@example.org", "call_id": "2" })), true),
        (of("voicemail", Value::Null), false),
        (of("voicemail", json!({ "recording": "ftp://phones.example/1.wav" })), false),
        (json!([]), false),
    ] {
        let answer = world.arrives(&line, &switchboard::told(&line.secret, "1", world.app.now(), &told)).await;
        let expected = if fits { StatusCode::NO_CONTENT } else { StatusCode::UNPROCESSABLE_ENTITY };
        assert_eq!(answer.status, expected, "{told}: {}", answer.text());
    }
    for (size, status) in [(16 * 1024, StatusCode::UNPROCESSABLE_ENTITY), (16 * 1024 + 1, StatusCode::PAYLOAD_TOO_LARGE)] {
        let padded = json!(long(size - 2));
        let answer = world.arrives(&line, &switchboard::told(&line.secret, "1", world.app.now(), &padded)).await;
        assert_eq!(answer.status, status, "{size}");
    }
}

#[story]
async fn nobody_is_written_down_whom_the_shop_does_not_hear_or_cannot_call(world: Called) {
    let (line, owner) = (world.line().await, world.owner());
    world.told(&line, "missed", json!({ "caller": "anonymous", "call_id": "a" })).await;
    assert!(owner.list("all").await.is_empty(), "whoever keeps their number back cannot be called");
    world.told(&line, "answered", json!({ "caller": "anonymous", "call_id": "b" })).await;
    assert_eq!(owner.list("all").await.len(), 1, "what was said is written down");

    world.told(&line, "missed", json!({ "call_id": "c" })).await;
    let customer = owner.list("all").await[0]["customer"]["id"].as_str().unwrap().to_owned();
    owner.put(&format!("/customers/{customer}/block"), Value::Null).await.ok();
    world.told(&line, "missed", json!({ "call_id": "d" })).await;
    let talk = owner.list("all").await.remove(0);
    assert_eq!((owner.list("all").await.len(), &talk["unread"]), (2, &json!(1)));
}
