//! How answers leave: no faster than the partner takes them, and not at all for a while when it fails again and again.

use kernel::{minutes, seconds};
use sandbox::{Weather, Writes};
use serde_json::{Value, json};
use story_macro::story;

use super::{Lined, StatusCode, state_of};
use crate::actor::Talk;

/// So many customers, each with a conversation.
const CUSTOMERS: usize = 6;

impl Lined {
    /// As many customers write as are waited for.
    async fn writes_of_many(&self) -> Vec<Talk> {
        let (owner, peer) = (self.owner(), self.partner.face.peer());
        for n in 1..=CUSTOMERS {
            let from = format!("{}{n}", &peer[..peer.len() - 1]);
            let call = self.partner.writes(Writes { from: &from, id: n as u64, name: "Ada Lind", text: "Where is it?", file: None });
            assert_eq!(self.arrives(&call).await.status, StatusCode::OK);
            self.settle().await;
        }
        let mut talks: Vec<Talk> = owner
            .list("all")
            .await
            .iter()
            .map(|row| Talk { id: row["id"].as_str().unwrap().into(), number: row["number"].as_i64().unwrap() })
            .collect();
        talks.sort_by(|one, other| one.id.cmp(&other.id));
        assert_eq!(talks.len(), CUSTOMERS);
        talks
    }
    fn turned_away(&self) -> u64 {
        self.partner.book().turned_away
    }
}

#[story]
async fn a_partner_that_fails_again_and_again_is_left_alone_until_one_answer_has_been_taken(world: Lined) {
    let id = world.connects().await;
    let talks = world.writes_of_many().await;
    let ines = world.agent("Ines");
    world.weather(Weather::Down);
    for talk in &talks {
        ines.replies(talk, "It comes today.").await;
    }
    world.settle().await;
    assert_eq!(world.turned_away(), 3, "the others do not ask");
    for talk in &talks {
        let state = state_of(&ines.reads(talk).await, "It comes today.");
        assert!(state[0] == "queued" && state[1].is_string(), "{state}");
    }
    let rest = world.line(&id).await["rest"].clone();
    assert_eq!((&rest["kind"], &rest["tries"]), (&json!("failing"), &json!(1)));
    let answering = ines.get(&format!("/conversations/{}/line", talks[0].id)).await.ok()["line"].clone();
    assert_eq!(answering["rests_until"], rest["next_try_at"], "whoever answers there is told");

    world.after(seconds(4)).await;
    assert_eq!(world.turned_away(), 3, "it is left alone");
    world.after(seconds(2)).await;
    assert_eq!(world.turned_away(), 4, "one goes first");
    world.after(seconds(9)).await;
    assert_eq!((world.turned_away(), &world.line(&id).await["rest"]["tries"]), (4, &json!(2)), "for longer each time");

    ines.replies(&talks[0], "Or tomorrow.").await;
    world.weather(Weather::Fine);
    world.after(minutes(1)).await;
    world.after(seconds(5)).await;
    assert_eq!((world.turned_away(), world.sent().len()), (4, CUSTOMERS + 1));
    let to_the_first: Vec<String> = world.sent().into_iter().filter(|sent| sent.to.ends_with('1')).map(|sent| sent.text).collect();
    assert_eq!(to_the_first, ["It comes today.", "Or tomorrow."], "in their order");
    assert_eq!(world.line(&id).await["rest"], Value::Null);
    assert_eq!(state_of(&ines.reads(&talks[1]).await, "It comes today."), json!(["sent", null]));
}

#[story]
async fn a_partner_that_says_nothing_leaves_no_more_in_doubt_than_were_tried(world: Lined) {
    world.connects().await;
    let talks = world.writes_of_many().await;
    let ines = world.agent("Ines");
    world.weather(Weather::GivesUp);
    for talk in &talks {
        ines.replies(talk, "It comes today.").await;
    }
    world.settle().await;
    assert_eq!(world.sent().len(), 3);
    world.weather(Weather::Fine);
    world.after(seconds(6)).await;
    world.after(seconds(6)).await;
    let mut states = Vec::new();
    for talk in &talks {
        states.push(state_of(&ines.reads(talk).await, "It comes today.")[0].clone());
    }
    let count = |state: &str| states.iter().filter(|one| **one == state).count();
    assert_eq!((count("unknown"), count("sent"), world.sent().len()), (3, 3, CUSTOMERS), "{states:?}");
}

#[story]
async fn a_partner_that_says_for_how_long_is_left_alone_for_so_long(world: Lined) {
    if world.partner.face.channel() != "telegram" {
        return;
    }
    world.connects().await;
    world.writes(1, "Where is my tent?").await;
    let (ines, talk) = (world.agent("Ines"), world.owner().only_talk().await);
    world.weather(Weather::Busy);
    assert_eq!(world.settled_reply(&ines, &talk, "It comes today.").await, json!(["queued", "Too Many Requests"]));
    world.weather(Weather::Fine);
    world.after(seconds(8)).await;
    assert_eq!((world.turned_away(), world.sent().len()), (1, 0), "it said nine seconds");
    world.after(seconds(2)).await;
    assert_eq!(world.sent().len(), 1);
}

#[story]
async fn what_is_wrong_with_a_line_is_put_right_and_what_waits_goes_on(world: Lined) {
    let id = world.connects().await;
    let talks = world.writes_of_many().await;
    let ines = world.agent("Ines");
    world.weather(Weather::SignedOut);
    for talk in &talks {
        ines.replies(talk, "It comes today.").await;
    }
    world.settle().await;
    assert_eq!(world.turned_away(), 3);
    world.after(minutes(30)).await;
    world.weather(Weather::Fine);
    let shown = world.line(&id).await["settings"].clone();
    let change = json!({ "name": "Our line", "department": null, "settings": shown });
    assert_eq!(world.owner().put(&format!("/lines/{id}"), change).await.status, StatusCode::OK);
    assert_eq!(world.line(&id).await["rest"], Value::Null);
    world.after(minutes(5)).await;
    assert_eq!(world.sent().len(), CUSTOMERS);
}

#[story]
async fn answers_leave_no_faster_than_the_partner_takes_them(world: Lined) {
    let (at_once, every) = match world.partner.face.channel() {
        "telegram" => (3, seconds(1)),
        "x" => (15, minutes(1)),
        "whatsapp" => (45, seconds(6)),
        _ => return,
    };
    world.connects().await;
    world.writes(1, "Where is my tent?").await;
    let (ines, talk) = (world.agent("Ines"), world.owner().only_talk().await);
    for n in 0..at_once + 2 {
        ines.replies(&talk, &format!("Number {n}")).await;
    }
    world.settle().await;
    assert_eq!(world.sent().len(), at_once);
    let next = format!("Number {at_once}");
    assert_eq!(state_of(&ines.reads(&talk).await, &next), json!(["queued", null]), "nothing is wrong with it");
    world.after(every).await;
    assert_eq!((world.sent().len(), &world.sent()[at_once].text), (at_once + 1, &next));
    world.after(every).await;
    assert_eq!(world.sent().len(), at_once + 2);
}
