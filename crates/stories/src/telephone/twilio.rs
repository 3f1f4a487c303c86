//! Calls through Twilio: callers are received, wait in line, reach members on their own telephones or the machine, and stand in the
//! inbox as those of any other telephone system.

mod line;
mod machine;
mod queue;

use std::ops::Deref;

use ::platform::{Module, config::Config};
use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode},
};
use kernel::{minutes, seconds};
use sandbox::{Ask, Face, Sms, StandIn, VoiceCall};
use serde_json::{Value, json};
use story_macro::story;

use super::{MARA, calls, talk_and_calls};
use crate::{
    actor::{self, Agent, Answer, items},
    story::{Place, Setting},
    world::World,
};

/// An address on the internet.
const DESK: &str = "https://desk.example";
const INES: &str = "+4790000001";
const NILS: &str = "+4790000002";

/// A shop, and its account at Twilio.
pub struct Voiced {
    world: World,
    twilio: StandIn,
}

impl Deref for Voiced {
    type Target = World;
    fn deref(&self) -> &World {
        &self.world
    }
}

impl Setting for Voiced {
    fn modules() -> Vec<Module> {
        World::modules()
    }
    async fn set(place: &Place) -> Voiced {
        let twilio = StandIn::open(&Sms, 1_000).await.unwrap();
        let partners = format!("{},voice=http://{}", twilio.named(), twilio.address);
        let config = Config { partners, reachable_inside: twilio.address.to_string(), public_url: DESK.into(), ..place.config() };
        Voiced { world: World::with(config).await, twilio }
    }
}

/// The form of a line at the stand-in.
pub fn form() -> Value {
    let known = |name: &str| Sms.form().into_iter().find(|(field, _)| *field == name).map(|(_, value)| value);
    json!({
        "name": "Our line", "number": known("number"), "department": null, "call_back_within": 120, "account": known("account"),
        "token": known("token"), "language": "en", "greeting": null, "prefixes": ["+474", "+47 9"],
    })
}

fn with(mut form: Value, more: Value) -> Value {
    form.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    form
}

impl Voiced {
    async fn line(&self) -> String {
        self.line_of(json!({})).await
    }
    async fn line_of(&self, more: Value) -> String {
        let made = self.owner().post("/voice-lines", with(form(), more)).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
        made.ok()["id"].as_str().unwrap().to_owned()
    }
    /// A member who is there, and whose own telephone this is.
    async fn reached_at(&self, name: &str, number: &str) -> Agent {
        let agent = self.agent(name);
        assert_eq!(agent.put("/own-phone", json!({ "number": number })).await.ok()["number"], number);
        agent
    }
    async fn asked(&self, ask: &Ask) -> Answer {
        let path = ask.address.strip_prefix(&format!("{DESK}/api/v1")).expect("it is ours that is asked");
        let header = |(name, value): &(&'static str, String)| (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
        let headers: HeaderMap = ask.call.headers.iter().map(header).collect();
        actor::send(self.router(), Method::POST, path, &headers, Body::from(ask.call.body.clone())).await
    }
    /// What is answered, as TwiML.
    async fn answers(&self, ask: &Ask) -> String {
        let answer = self.asked(ask).await;
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, Some("text/xml")), "{}", answer.text());
        self.settle().await;
        answer.text()
    }
    /// The call goes on until somebody has to do something.
    async fn goes_on(&self, call: &mut VoiceCall, ask: Option<Ask>) {
        let mut next = ask;
        while let Some(ask) = next {
            next = call.hears(&self.answers(&ask).await).unwrap_or_else(|wrong| panic!("Twilio refuses it: {wrong}"));
        }
    }
    /// Somebody calls, and is received.
    async fn calls(&self, sid: &str, from: &str) -> VoiceCall {
        let mut call = VoiceCall::of(&self.twilio.book(), sid, from);
        let arrives = call.arrives();
        self.goes_on(&mut call, Some(arrives)).await;
        call
    }
    async fn presses(&self, call: &mut VoiceCall, key: &str) {
        let ask = call.presses(key);
        assert!(ask.is_some(), "a key is waited for");
        self.goes_on(call, ask).await;
    }
    async fn nothing_happens(&self, call: &mut VoiceCall) {
        let ask = call.waits();
        self.goes_on(call, ask).await;
    }
    /// Whoever is rung picks up, hears what it is, and presses a key or none.
    async fn picked_up(&self, call: &mut VoiceCall, key: Option<&str>) {
        let ask = call.picks_up().expect("a telephone rings");
        let ask = call.member_hears(&self.answers(&ask).await).unwrap();
        assert!(ask.is_none(), "they are asked something");
        let ask = call.member_presses(key).expect("they are asked something");
        let answer = self.answers(&ask).await;
        match key {
            Some(_) => {
                let gone = call.member_hears(&answer).unwrap();
                self.goes_on(call, gone).await;
            }
            None => {
                let ask = call.hears(&answer).unwrap();
                self.goes_on(call, ask).await;
            }
        }
    }
    async fn hangs_up(&self, call: &mut VoiceCall) {
        let ask = call.hangs_up();
        self.goes_on(call, Some(ask)).await;
    }
    async fn speaks(&self, call: &mut VoiceCall) -> [Ask; 2] {
        let at = format!("http://{}", self.twilio.address);
        call.speaks(&mut self.twilio.book(), &at, sandbox::switchboard::tone()).expect("the machine listens")
    }
    async fn rings_for(&self, agent: &Agent) -> Vec<Value> {
        items(agent.get("/current-calls").await.ok())
    }
    fn asked_wrongly(&self) -> Vec<String> {
        self.twilio.book().wrong.clone()
    }
}

#[story]
async fn a_caller_reaches_a_member_on_their_own_telephone_and_stands_in_the_inbox(world: Voiced) {
    world.line().await;
    let (ines, owner) = (world.reached_at("Ines", INES).await, world.owner());
    let mut call = world.calls("CA1", MARA).await;
    assert_eq!(call.heard, ["Welcome to Fjell & Fjord. Please hold the line."]);
    assert_eq!(call.rings.as_deref(), Some(INES));
    let ringing = world.rings_for(&ines).await;
    assert_eq!((ringing.len(), &ringing[0]["phase"], &ringing[0]["caller"]), (1, &json!("ringing"), &json!(MARA)), "it pops up meanwhile");
    assert_eq!(world.rings_for(&owner).await.len(), 1);

    world.after(seconds(10)).await;
    world.picked_up(&mut call, Some("1")).await;
    assert_eq!(call.whispered, ["A customer is calling Our line. Press 1 to take the call."], "a mailbox that records this learns nothing");
    assert!(call.bridged);
    assert_eq!(world.rings_for(&ines).await[0]["phase"], "yours");
    assert!(world.rings_for(&owner).await.is_empty());

    world.after(seconds(75)).await;
    let ask = call.member_hangs_up();
    world.goes_on(&mut call, ask).await;
    assert!(call.over && world.rings_for(&ines).await.is_empty());
    let me = ines.get("/session").await.ok()["member"]["id"].clone();
    let (talk, row, calls) = talk_and_calls(&owner).await;
    let told = json!({ "kind": "call", "outcome": "answered", "member": me, "seconds": 75, "call_back_by": null, "recording": null });
    assert_eq!(calls, [told]);
    assert_eq!((&row["channel"], &row["status"], &row["unread"], &row["assignee"]), (&json!("phone"), &json!("waiting"), &json!(0), &me));
    assert_eq!(ines.notes(&talk, "Wants the blue one.").await["kind"], "note");
    assert_eq!(items(owner.get("/calls").await.ok()).len(), 1);
    assert!(world.asked_wrongly().is_empty(), "{:?}", world.asked_wrongly());
}

#[story]
async fn a_mailbox_never_takes_a_call_and_another_telephone_rings(world: Voiced) {
    world.line().await;
    let (ines, _nils) = (world.reached_at("Ines", INES).await, world.reached_at("Nils", NILS).await);
    let mut call = world.calls("CA1", MARA).await;
    assert_eq!(call.rings.as_deref(), Some(INES));
    // her mailbox answers, and presses nothing
    world.picked_up(&mut call, None).await;
    assert_eq!((call.bridged, call.rings.as_deref()), (false, Some(NILS)));
    // he does not want to
    world.picked_up(&mut call, Some("2")).await;
    assert_eq!((call.bridged, call.rings.as_deref()), (false, Some(INES)), "whoever has not been rung for the longest");
    assert_eq!(world.rings_for(&ines).await[0]["phase"], "ringing");
    // nobody does
    world.nothing_happens(&mut call).await;
    world.nothing_happens(&mut call).await;
    assert_eq!(call.rings, None);
    assert!(call.heard.last().unwrap().starts_with("Nobody can come to the phone. Press 1"), "{:?}", call.heard);
    assert!(world.rings_for(&ines).await.is_empty(), "there is nothing to pick up any more");
    world.hangs_up(&mut call).await;
    let (_, row, calls) = talk_and_calls(&world.owner()).await;
    assert_eq!((&calls[0]["outcome"], &row["status"]), (&json!("missed"), &json!("open")));
    assert_eq!(calls[0]["call_back_by"], "2026-11-23T12:00:00.000000Z");
}

#[story]
async fn whoever_hangs_up_while_it_rings_was_missed_and_nobody_talks_to_nobody(world: Voiced) {
    world.line().await;
    world.reached_at("Ines", INES).await;
    let mut call = world.calls("CA1", MARA).await;
    let picks_up = call.picks_up().unwrap();
    call.member_hears(&world.answers(&picks_up).await).unwrap();
    let decides = call.member_presses(Some("1")).unwrap();
    world.hangs_up(&mut call).await;
    // she presses the key a moment too late
    let gone = call.member_hears(&world.answers(&decides).await).unwrap();
    assert!(!call.bridged && gone.is_none());
    assert_eq!(call.whispered.last().map(String::as_str), Some("The customer has hung up."));
    let (_, _, calls) = talk_and_calls(&world.owner()).await;
    assert_eq!((calls.len(), &calls[0]["outcome"]), (1, &json!("missed")));
    assert!(world.rings_for(&world.owner()).await.is_empty());
}

#[story]
async fn what_is_told_in_another_order_or_twice_ends_the_same(world: Voiced) {
    world.line().await;
    let owner = world.owner();
    for (nth, order) in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]].into_iter().enumerate() {
        // nobody is there, so the machine listens
        let mut call = world.calls(&format!("CA{nth}"), &format!("+479000001{nth}")).await;
        world.nothing_happens(&mut call).await;
        let [spoken, recorded] = world.speaks(&mut call).await;
        let told = [spoken, recorded, call.hangs_up()];
        for step in order.into_iter().chain(order) {
            world.answers(&told[step]).await;
        }
        world.after(minutes(11)).await;
        let row = owner.list("all").await.remove(0);
        let entries =
            calls(&owner.reads(&actor::Talk { id: row["id"].as_str().unwrap().into(), number: row["number"].as_i64().unwrap() }).await);
        let call = &entries[0];
        assert_eq!(
            (entries.len(), &call["outcome"], &call["recording"], &call["seconds"]),
            (1, &json!("voicemail"), &json!("kept"), &json!(7)),
            "{order:?}"
        );
        assert_eq!((&row["status"], &row["unread"]), (&json!("open"), &json!(1)), "{order:?}");
    }
    assert!(world.twilio.book().recordings.is_empty(), "nothing stays at Twilio");
}
