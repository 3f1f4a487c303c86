//! Answered by a letter where they wrote otherwise.

use serde_json::{Value, json};
use story_macro::story;

use super::{Post, StatusCode, letter, letters::arrived, mailman::field, said};
use crate::actor::{Agent, Answer, Talk};

impl Agent {
    /// Where whoever wrote it can be answered.
    pub async fn outlets(&self, talk: &Talk) -> Vec<Value> {
        self.get(&format!("/conversations/{}/outlets", talk.id)).await.ok()["items"].as_array().unwrap().clone()
    }
    pub async fn answers_elsewhere(&self, talk: &Talk, client_id: &str, outlet: &Value, text: &str) -> Answer {
        let body = json!({ "client_id": client_id, "outlet": outlet["id"], "subject": "Your tent", "text": text });
        self.post(&format!("/conversations/{}/answers-elsewhere", talk.id), body).await
    }
}

/// What is said of each outlet: its channel, whether the conversation is held there, which goes on there, and why not.
pub fn told(outlets: &[Value]) -> Vec<Value> {
    outlets.iter().map(|one| json!([one["channel"], one["here"], one["conversation"]["number"], one["closed"]])).collect()
}

/// Somebody who wrote in the chat.
async fn asked(post: &Post, ines: &Agent) -> (Talk, String) {
    let talk = post.shopper("Mara").begins("Where is my tent?").await;
    let customer = ines.sees(&talk).await["customer"]["id"].as_str().unwrap().to_owned();
    (talk, customer)
}

#[story]
async fn whoever_left_the_chat_is_answered_by_a_letter_and_goes_on_there(post: Post) {
    let ines = post.agent("Ines");
    let mailbox = post.connects().await;
    let (talk, customer) = asked(&post, &ines).await;
    assert_eq!(told(&ines.outlets(&talk).await), [json!(["chat", true, 1, null]), json!(["email", false, null, "no_address"])]);
    ines.post(&format!("/customers/{customer}/addresses"), json!({ "kind": "email", "address": "mara@example.org" })).await.ok();
    let outlets = ines.outlets(&talk).await;
    assert_eq!(told(&outlets), [json!(["chat", true, 1, null]), json!(["email", false, null, null])]);
    let by_mail = &outlets[1];
    assert_eq!((&by_mail["to"], &by_mail["name"], &by_mail["proved"]), (&json!("mara@example.org"), &json!(post.address), &json!(false)));

    let sent = ines.answers_elsewhere(&talk, "first", by_mail, "It left today.").await;
    assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text());
    assert_eq!(sent.json()["conversation"]["number"], 2);
    let again = ines.answers_elsewhere(&talk, "first", by_mail, "It left today.").await;
    assert_eq!((again.status, again.json()["conversation"]["number"].clone()), (StatusCode::OK, json!(2)), "it had been sent");
    post.settle().await;
    let ours = &arrived(&post.mailman, "mara@example.org", &post.address).await;
    assert_eq!((field(ours, "Subject").as_str(), field(ours, "In-Reply-To").as_str()), ("Your tent", ""));

    // each says where the other is
    let by_letter = Talk { id: sent.json()["conversation"]["id"].as_str().unwrap().to_owned(), number: 2 };
    let seen = ines.sees(&by_letter).await;
    assert_eq!((&seen["follows"]["number"], &seen["follows"]["channel"], &seen["channel"]), (&json!(1), &json!("chat"), &json!("email")));
    assert_eq!((&seen["customer"]["id"], &seen["subject"]), (&json!(customer), &json!("Your tent")));
    let event = ines.reads(&talk).await.into_iter().rfind(|entry| entry["event"]["kind"] == "went_on").expect("it says where it went");
    assert_eq!(event["event"], json!({ "kind": "went_on", "conversation": by_letter.id, "channel": "email" }));
    assert_eq!(ines.sees(&talk).await["status"], "waiting");

    // what they write back stands there, and the next answer too
    let back = letter(&post.address, "back", "Re: Your tent", &format!("In-Reply-To: {}\n", field(ours, "Message-ID")), "Thank you!");
    post.receives(&back).await;
    let there = said(&ines.reads(&by_letter).await);
    assert_eq!(there.last().unwrap(), &("customer".to_owned(), "Thank you!".to_owned()));
    let outlets = ines.outlets(&talk).await;
    assert_eq!(told(&outlets)[1], json!(["email", false, 2, null]));
    let next = ines.answers_elsewhere(&talk, "second", &outlets[1], "One more thing.").await;
    assert_eq!((next.status, next.json()["conversation"]["number"].clone()), (StatusCode::CREATED, json!(2)));
    assert_eq!(ines.list("all").await.len(), 2);

    // and what cannot be is said
    post.owner().put(&format!("/mailboxes/{mailbox}/pause"), json!({})).await.ok();
    assert_eq!(told(&ines.outlets(&talk).await)[1], json!(["email", false, 2, "paused"]));
    assert_eq!(ines.answers_elsewhere(&talk, "third", &outlets[1], "And one.").await.problem(), "outlet_closed");
    assert_eq!(ines.answers_elsewhere(&talk, "third", &outlets[0], "And one.").await.problem(), "outlet_is_here");
    assert_eq!(ines.answers_elsewhere(&talk, "third", &json!({ "id": "email//eve@evil.example" }), "Hi").await.problem(), "outlet_gone");
}

#[story]
async fn whoever_was_merged_is_reached_at_every_address_once(post: Post) {
    let ines = post.agent("Ines");
    post.connects().await;
    let (talk, customer) = asked(&post, &ines).await;
    let other = post.written_in_letter(&ines).await;
    ines.post(&format!("/customers/{customer}/merges"), json!({ "other": other })).await.ok();
    post.settle().await;
    let outlets = ines.outlets(&talk).await;
    assert_eq!(told(&outlets), [json!(["chat", true, 1, null]), json!(["email", false, 2, null])]);
    let sent = ines.answers_elsewhere(&talk, "first", &outlets[1], "It left today.").await;
    assert_eq!((sent.status, sent.json()["conversation"]["number"].clone()), (StatusCode::CREATED, json!(2)));
    // as whom they came there, and not as whoever is shown
    let from_the_letter = ines.outlets(&Talk { id: sent.json()["conversation"]["id"].as_str().unwrap().to_owned(), number: 2 }).await;
    assert_eq!(told(&from_the_letter), [json!(["email", true, 2, null]), json!(["chat", false, 1, null])]);
}

#[story]
async fn a_letter_to_what_is_over_begins_anew_and_says_what_it_follows(post: Post) {
    let ines = post.agent("Ines");
    post.connects().await;
    let talk = post.written_from("mara@example.org").await;
    ines.resolves(&talk).await;
    post.after(kernel::days(30)).await;
    ines.signs_in_again().await;
    post.receives(&letter(&post.address, "two", "Re: Where is my tent?", "In-Reply-To: <one@example.org>\n", "It leaks!")).await;
    let newest = ines.list("open").await.remove(0);
    assert_eq!(newest["number"], 2);
    let seen = ines.sees(&Talk { id: newest["id"].as_str().unwrap().to_owned(), number: 2 }).await;
    assert_eq!(seen["follows"], json!({ "id": talk.id, "number": 1, "channel": "email" }));
}
