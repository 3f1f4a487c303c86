//! What customers write where everybody reads it: told of every partner with a public side.

use ::inbox::reply;
use kernel::{ConversationId, days, hours, minutes};
use platform::Module;
use sandbox::{Comment, Deed, FACES, Square, Weather, X};
use serde_json::{Value, json};
use story_macro::story;

use super::{Lined, StatusCode, items, pairs, said, state_of};
use crate::{
    actor::{Agent, Answer, Talk},
    story::{Place, Setting},
    world::World,
};

/// A shop, and a partner where customers write in public too.
pub struct Squared(Lined);

impl std::ops::Deref for Squared {
    type Target = Lined;
    fn deref(&self) -> &Lined {
        &self.0
    }
}

impl Setting for Squared {
    fn kinds() -> Vec<&'static str> {
        FACES.iter().filter(|face| face.square().is_some()).map(|face| face.channel()).collect()
    }
    fn modules() -> Vec<Module> {
        World::modules()
    }
    async fn set(place: &Place) -> Squared {
        Squared(Lined::set(place).await)
    }
}

impl Squared {
    fn square(&self) -> &'static dyn Square {
        self.partner.face.square().expect("a public side")
    }
    /// Somebody does something in public, and it is taken in.
    async fn happens(&self, comment: Comment<'_>) {
        let call = self.square().comment(&self.partner.book(), comment);
        assert_eq!(self.arrives(&call).await.status, StatusCode::OK);
        self.settle().await;
    }
    async fn comments(&self, id: u64, text: &str) {
        self.happens(Comment { from: self.partner.face.peer(), name: "Ada Lind", id, text, ..Comment::default() }).await;
    }
    async fn turns(&self, deed: Deed, id: u64, text: &str) {
        self.happens(Comment { deed, from: self.partner.face.peer(), name: "Ada Lind", id, text, ..Comment::default() }).await;
    }
    /// The shop, with somebody who has written in public.
    pub async fn asked(&self) -> (Agent, Talk) {
        self.connects().await;
        self.comments(1, "Does the tent leak?").await;
        (self.agent("Ines"), self.owner().only_talk().await)
    }
    pub async fn line_of(&self, talk: &Talk) -> Value {
        self.owner().get(&format!("/conversations/{}/line", talk.id)).await.ok()["line"].clone()
    }
    async fn public_rows(&self) -> Vec<Value> {
        self.owner().list("all").await.into_iter().filter(|row| row["public"] == true).collect()
    }
}

/// An answer before everybody, with more said of it.
async fn answers(ines: &Agent, talk: &Talk, text: &str, more: Value) -> Answer {
    let seen = ines.sees(talk).await["last_seq"].clone();
    let mut body = json!({ "client_id": ines.shop.fresh_key(), "kind": "reply", "html": format!("<p>{text}</p>"), "seen_seq": seen });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    ines.post(&format!("/conversations/{}/messages", talk.id), body).await
}

async fn answers_in_private(ines: &Agent, talk: &Talk, client_id: &str, text: &str) -> Answer {
    ines.post(&format!("/conversations/{}/private-replies", talk.id), json!({ "client_id": client_id, "text": text })).await
}

fn kind(answer: &Answer) -> Value {
    json!([answer.status.as_u16(), answer.problem()])
}

#[story]
async fn a_comment_is_a_conversation_everybody_reads_and_is_answered_below_it(world: Squared) {
    let (ines, talk) = world.asked().await;
    let face = world.partner.face;
    let row = world.owner().list("all").await.remove(0);
    assert_eq!((&row["public"], &row["channel"]), (&json!(true), &json!(face.channel())));
    assert_eq!(said(&ines.reads(&talk).await), pairs(&[("customer", "Does the tent leak?")]));
    let shown = world.line_of(&talk).await;
    assert_eq!((&shown["answered_until"], &shown["public"]["post"]["text"]), (&Value::Null, &json!(world.square().post())));

    // nobody speaks before everybody who does not know it
    assert_eq!(kind(&answers(&ines, &talk, "No, never.", json!({})).await), json!([409, "answer_is_public"]));
    assert_eq!(answers(&ines, &talk, "No, never.", json!({ "public": true })).await.status, StatusCode::CREATED);
    world.settle().await;
    assert_eq!(state_of(&ines.reads(&talk).await, "No, never."), json!(["sent", null]));
    let sent = world.sent();
    assert_eq!((sent.len(), sent[0].below.clone()), (1, Some(world.square().called(1))));

    // what the same person writes in private is another conversation with them
    world.writes(2, "And where is my parcel?").await;
    let rows = world.owner().list("all").await;
    assert_eq!(rows.iter().filter(|row| row["public"] == false).count(), 1);
    assert_eq!((rows.len(), &rows[0]["customer"]), (2, &rows[1]["customer"]));
    assert_eq!(world.partner.book().wrong, Vec::<String>::new(), "it asks for nothing the partner does not know");
}

#[story]
async fn whoever_wrote_in_public_is_answered_in_private_where_it_goes_on(world: Squared) {
    let (ines, talk) = world.asked().await;
    let once = world.square().once();
    let sent = answers_in_private(&ines, &talk, "first", "Which order is it?").await;
    assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text());
    assert_eq!(answers_in_private(&ines, &talk, "first", "Which order is it?").await.status, StatusCode::OK, "it had been sent");
    world.settle().await;
    let private = Talk { id: sent.json()["conversation"].as_str().unwrap().to_owned(), number: 2 };
    assert_eq!(state_of(&ines.reads(&private).await, "Which order is it?"), json!(["sent", null]));
    let arrived = world.sent();
    assert_eq!((arrived.len(), arrived[0].to.as_str(), arrived[0].below.clone()), (1, world.partner.face.peer(), None));
    assert_eq!((arrived[0].answers.is_some(), arrived[0].tag.clone()), (once, None));

    // the public conversation says so, and waits for nobody
    let events: Vec<Value> = ines.reads(&talk).await.into_iter().filter(|entry| entry["event"]["kind"] == "went_private").collect();
    assert_eq!((events.len(), &events[0]["event"]["conversation"]), (1, &json!(private.id)));
    assert_eq!(ines.sees(&talk).await["status"], "waiting");
    let shown = world.line_of(&talk).await["public"].clone();
    assert_eq!((&shown["private"], &shown["may_answer_privately"]), (&json!(private.id), &json!(!once)));

    // a second time only where the partner lets that be
    let again = answers_in_private(&ines, &talk, "again", "Are you there?").await;
    if once {
        assert_eq!(kind(&again), json!([409, "no_private_reply"]));
        assert_eq!(world.line_of(&private).await["awaits_customer"], true);
        assert_eq!(kind(&ines.says(&private, "reply", "Are you there?").await), json!([409, "window_closed"]));
    } else {
        assert_eq!(again.status, StatusCode::CREATED);
    }
    world.writes(2, "It is 1042").await;
    assert_eq!(said(&ines.reads(&private).await).pop().unwrap().1, "It is 1042");
    assert_eq!(world.settled_reply(&ines, &private, "Thank you").await[0], "sent");
    assert_eq!(answers_in_private(&ines, &talk, "third", "One more thing").await.status, StatusCode::CREATED, "they are there");
    world.settle().await;
    assert_eq!(world.partner.book().wrong, Vec::<String>::new());
}

#[story]
async fn an_answer_in_private_is_late_after_a_week_and_free_again_where_it_did_not_arrive(world: Squared) {
    let (ines, talk) = world.asked().await;
    world.weather(Weather::Refusing);
    assert_eq!(answers_in_private(&ines, &talk, "first", "Which order?").await.status, StatusCode::CREATED);
    world.settle().await;
    world.weather(Weather::Fine);
    assert_eq!(world.line_of(&talk).await["public"]["may_answer_privately"], true, "it did not arrive");
    assert_eq!(answers_in_private(&ines, &talk, "long", &"a".repeat(10_001)).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let longest = world.partner.face.longest();
    if longest < 10_000 {
        assert_eq!(
            kind(&answers_in_private(&ines, &talk, "longer", &"a".repeat(longest + 1)).await),
            json!([409, "private_reply_too_long"])
        );
    }
    assert_eq!(answers_in_private(&ines, &talk, "fits", &"a".repeat(longest)).await.status, StatusCode::CREATED);
    world.settle().await;
    let again = Comment { from: world.partner.face.peer(), id: 2, below: Some(1), text: "Anybody?", ..Comment::default() };
    world.happens(again).await;
    world.after(days(7) - minutes(1)).await;
    ines.signs_in_again().await;
    world.owner().signs_in_again().await;
    assert_eq!(world.line_of(&talk).await["public"]["may_answer_privately"], true);
    world.after(minutes(1)).await;
    let late = answers_in_private(&ines, &talk, "late", "Sorry").await;
    assert_eq!(late.status == StatusCode::CREATED, !world.square().once(), "{}", late.text());
}

#[story]
async fn what_only_the_customer_should_read_is_not_said_before_everybody_by_mistake(world: Squared) {
    let (ines, talk) = world.asked().await;
    let order = json!({
        "reference": "9", "number": "#88123", "buyer": { "account": "a" }, "placed_at": "2026-11-12T08:00:00Z",
        "changed_at": "2026-11-12T08:00:00Z", "payment": "paid", "fulfilment": "all", "currency": "NOK", "lines": [], "total": 0,
        "parcels": [{
            "reference": "p", "carrier": null, "tracking": "370-7215-88", "tracking_url": null, "state": "in_transit",
            "at": "2026-11-12T08:00:00Z", "promised_at": null,
        }],
        "note": null, "page": null,
    });
    world.owner().post("/orders", order).await.ok();
    let customer = ines.sees(&talk).await["customer"]["id"].as_str().unwrap().to_owned();
    ines.post(&format!("/customers/{customer}/addresses"), json!({ "kind": "email", "address": "ada@example.org" })).await.ok();
    world.settle().await;
    for text in ["Your order #88123 left.", "88123", "The parcel is 370-7215-88.", "We wrote to Ada@example.org"] {
        let refused = answers(&ines, &talk, text, json!({ "public": true })).await;
        assert_eq!(kind(&refused), json!([409, "public_personal_data"]), "{text}");
    }
    for text in ["It holds 3000 mm of water.", "Write to hello@fjell.example.", "Order #1."] {
        assert_eq!(answers(&ines, &talk, text, json!({ "public": true })).await.status, StatusCode::CREATED, "{text}");
    }
    let meant = answers(&ines, &talk, "Order #88123, as you asked.", json!({ "public": true, "exposing": true })).await;
    assert_eq!(meant.status, StatusCode::CREATED);
    // among colleagues anything is said
    assert_eq!(ines.says(&talk, "note", "That is #88123").await.status, StatusCode::CREATED);
}

#[story]
async fn no_machine_speaks_before_everybody(world: Squared) {
    let (ines, talk) = world.asked().await;
    let (shop, id): (_, ConversationId) = (world.id(), talk.id.parse().unwrap());
    let answered = world.app.write(async move |tx| reply::answer_automatically(tx, shop, id, "acknowledgement", "Hi".into()).await).await;
    answered.unwrap();
    world.settle().await;
    assert_eq!((said(&ines.reads(&talk).await).len(), world.sent().len()), (1, 0));
}

#[story]
async fn what_its_author_makes_of_a_comment_is_what_is_read(world: Squared) {
    let (ines, talk) = world.asked().await;
    if !world.square().tells().contains(&Deed::Edits) {
        return;
    }
    answers(&ines, &talk, "No.", json!({ "public": true })).await.ok();
    world.settle().await;
    world.turns(Deed::Edits, 1, "Does the tent drip?").await;
    let first = ines.reads(&talk).await.remove(0);
    assert_eq!((&first["text"], &first["altered"]), (&json!("Does the tent drip?"), &json!("edited")));
    let seen = ines.sees(&talk).await;
    assert_eq!((&seen["status"], &seen["subject"]), (&json!("open"), &json!("Does the tent drip?")), "they may ask for something else");
    let found = async |word: &str| ines.get(&format!("/search?q={word}")).await.ok()["conversations"].as_array().unwrap().len();
    assert_eq!((found("leak").await, found("drip").await), (0, 1));

    world.turns(Deed::Hides, 1, "").await;
    assert_eq!(world.line_of(&talk).await["public"]["hidden"], true, "somebody hid it there");

    for _ in 0..2 {
        world.turns(Deed::Removes, 1, "").await;
    }
    let first = ines.reads(&talk).await.remove(0);
    assert_eq!((&first["text"], &first["altered"]), (&json!(""), &json!("removed")));
    let row = world.owner().list("all").await.remove(0);
    assert!(!row.to_string().contains("drip"), "{row}");
    assert_eq!(found("drip").await, 0);
    let shown = world.line_of(&talk).await["public"].clone();
    assert_eq!((&shown["removed"], &shown["may_answer_privately"]), (&json!(true), &json!(false)));
    assert_eq!(kind(&answers(&ines, &talk, "Hello?", json!({ "public": true })).await), json!([409, "comment_removed"]));
    world.turns(Deed::Edits, 1, "Does it drip again?").await;
    assert_eq!(ines.reads(&talk).await.remove(0)["text"], "", "what is gone does not come back");
}

#[story]
async fn that_a_comment_is_gone_may_be_told_before_it_comes(world: Squared) {
    if !world.square().tells().contains(&Deed::Removes) {
        return;
    }
    world.connects().await;
    world.turns(Deed::Removes, 1, "").await;
    world.comments(1, "Never mind").await;
    world.after(minutes(3)).await;
    let talk = world.owner().only_talk().await;
    assert_eq!(world.agent("Ines").reads(&talk).await.remove(0)["altered"], "removed");
    // of one that never comes nothing is left to do
    world.turns(Deed::Removes, 7, "").await;
    world.after(hours(1)).await;
    assert_eq!(items(world.owner().get("/jobs/attention").await.ok()).len(), 0);
}

#[story]
async fn what_the_shop_writes_is_nobodys_and_whoever_writes_below_it_has_a_conversation_of_their_own(world: Squared) {
    let (ines, talk) = world.asked().await;
    let (square, ada) = (world.square(), world.partner.face.peer());
    for id in [2, 3] {
        world.happens(Comment { from: square.own(), name: "Fjell & Fjord", id, below: Some(1), text: "Hi!", ..Comment::default() }).await;
    }
    world.comments(1, "Does the tent leak?").await;
    world.happens(Comment { from: ada, name: "Ada Lind", id: 4, below: Some(1), text: "Well?", ..Comment::default() }).await;
    assert_eq!(said(&ines.reads(&talk).await), pairs(&[("customer", "Does the tent leak?"), ("customer", "Well?")]));
    world.happens(Comment { from: "424242", name: "Bo", id: 5, below: Some(1), text: "Mine does!", ..Comment::default() }).await;
    let rows = world.public_rows().await;
    assert_eq!(rows.len(), 2);
    assert_ne!(rows[0]["customer"]["id"], rows[1]["customer"]["id"]);
    // the answer stands below what they wrote last
    answers(&ines, &talk, "No.", json!({ "public": true })).await.ok();
    world.settle().await;
    assert_eq!(world.sent()[0].below, Some(square.called(4)));
}

#[story]
async fn what_somebody_wrote_is_hidden_from_everybody_and_shown_again(world: Squared) {
    let (ines, talk) = world.asked().await;
    let hides = async |hidden: bool| ines.put(&format!("/conversations/{}/comments/hidden", talk.id), json!({ "hidden": hidden })).await;
    assert_eq!(world.line_of(&talk).await["public"]["may_hide"], true);
    world.weather(Weather::Down);
    assert!(hides(true).await.status.is_server_error());
    world.weather(Weather::Fine);
    assert_eq!(world.line_of(&talk).await["public"]["hidden"], false, "nobody says what did not happen");
    for _ in 0..2 {
        assert_eq!(hides(true).await.status, StatusCode::NO_CONTENT);
    }
    assert_eq!(world.partner.book().hidden, [world.square().called(1)]);
    assert_eq!(world.line_of(&talk).await["public"]["hidden"], true);
    assert_eq!(hides(false).await.status, StatusCode::NO_CONTENT);
    assert_eq!(world.partner.book().hidden, Vec::<String>::new());
    let told: Vec<Value> = ines.reads(&talk).await.iter().filter_map(|entry| entry["event"]["hidden"].as_bool().map(Value::from)).collect();
    assert_eq!(told, [json!(true), json!(false)]);
    world.settle().await;
    assert_eq!(world.events("comments_hidden").await.len(), 2);
    assert_eq!(world.partner.book().wrong, Vec::<String>::new());

    world.writes(9, "In private").await;
    let rows = world.owner().list("all").await;
    let private = rows.iter().find(|row| row["public"] == false).unwrap()["id"].as_str().unwrap();
    for (path, body) in [("private-replies", json!({ "client_id": "p", "text": "Hi" })), ("comments/hidden", json!({ "hidden": true }))] {
        let path = format!("/conversations/{private}/{path}");
        let answer = if path.ends_with("hidden") { ines.put(&path, body).await } else { ines.post(&path, body).await };
        assert_eq!(answer.status, StatusCode::CONFLICT, "{path}");
    }
}

#[story]
async fn before_everybody_goes_one_piece_without_files(world: Squared) {
    let (ines, talk) = world.asked().await;
    let file = ines.uploads("/files?name=label.txt", b"a label").await.ok()["id"].clone();
    let with_file = answers(&ines, &talk, "Here", json!({ "public": true, "files": [file] })).await;
    assert_eq!(kind(&with_file), json!([409, "public_files"]));
    let longest = world.square().longest();
    let longer = answers(&ines, &talk, &"a".repeat(longest + 1), json!({ "public": true })).await;
    assert_eq!(kind(&longer), json!([409, "public_too_long"]));
    assert_eq!(answers(&ines, &talk, &"a".repeat(longest), json!({ "public": true })).await.status, StatusCode::CREATED);
    world.settle().await;
    assert_eq!(world.sent().iter().map(|sent| sent.text.len()).collect::<Vec<_>>(), [longest]);

    world.weather(Weather::Down);
    answers(&ines, &talk, "Later", json!({ "public": true })).await.ok();
    world.settle().await;
    assert_eq!(state_of(&ines.reads(&talk).await, "Later")[0], "queued");
    world.weather(Weather::BreaksOff);
    world.after(minutes(6)).await;
    assert_eq!(state_of(&ines.reads(&talk).await, "Later")[0], "unknown");
    world.weather(Weather::Fine);
    world.after(hours(5)).await;
    assert_eq!(world.sent().len(), 2, "what may stand there is not said twice");
}

#[story]
async fn many_write_at_once_and_the_partner_is_asked_once_what_the_shop_had_posted(world: Squared) {
    world.connects().await;
    for id in 1..=60 {
        let from = format!("5000{id}");
        let comment = Comment { from: &from, name: "Somebody", id, text: "Which colours?", ..Comment::default() };
        let call = world.square().comment(&world.partner.book(), comment);
        assert_eq!(world.arrives(&call).await.status, StatusCode::OK);
    }
    world.settle().await;
    assert_eq!(world.public_rows().await.len().min(50), 50);
    assert_eq!(world.partner.book().asked_for_post, 1);
}

#[story]
async fn what_was_written_in_public_is_handed_out_and_forgotten(world: Squared) {
    let (ines, talk) = world.asked().await;
    let customer = ines.sees(&talk).await["customer"]["id"].as_str().unwrap().to_owned();
    let archive = world.owner().get(&format!("/customers/{customer}/export")).await;
    let called = world.square().called(1);
    let files = crate::erasure::unpacked(&archive.bytes);
    assert!(String::from_utf8_lossy(&files["partners.json"]).contains(&called));
    world.owner().put(&format!("/customers/{customer}/erasure"), Value::Null).await.ok();
    world.settle().await;
    let left = world.app.read(async |tx| tx.value::<i64>("SELECT COUNT(*) FROM channels_comments", &[]).await).await;
    assert_eq!(left.unwrap(), 0);
    assert_eq!(kind(&answers(&ines, &talk, "Hello?", json!({ "public": true })).await)[0], 409);
}

#[story]
async fn whoever_names_the_account_on_x_is_answered_below_and_cannot_be_hidden(world: super::x::Followed) {
    world.connects().await;
    let call = X.mentions(Comment { from: "3131313131", name: "Ada Lind", id: 1, text: "Is @fjell_shop any good?", ..Comment::default() });
    assert_eq!(world.arrives(&call).await.status, StatusCode::OK);
    world.settle().await;
    let (ines, talk) = (world.agent("Ines"), world.owner().only_talk().await);
    let shown = ines.get(&format!("/conversations/{}/line", talk.id)).await.ok()["line"]["public"].clone();
    assert_eq!((&shown["post"], &shown["may_hide"]), (&Value::Null, &json!(false)));
    assert_eq!(shown["link"], "https://x.com/i/status/2091");
    let hides = ines.put(&format!("/conversations/{}/comments/hidden", talk.id), json!({ "hidden": true })).await;
    assert_eq!(hides.status, StatusCode::CONFLICT);
    answers(&ines, &talk, "We think so.", json!({ "public": true })).await.ok();
    world.settle().await;
    assert_eq!(world.sent()[0].below.as_deref(), Some("2091"));
}
