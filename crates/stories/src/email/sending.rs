//! What goes out, and what becomes of it.

use ::platform::Tx;
use kernel::{days, minutes, seconds};
use serde_json::{Value, json};
use story_macro::story;

use super::{Post, letter, server};
use crate::actor::{Agent, Talk, items};

impl Post {
    /// The only answer in the conversation.
    async fn answer(&self, ines: &Agent, talk: &Talk) -> Value {
        ines.reads(talk).await.into_iter().find(|message| message["kind"] == "reply").unwrap()
    }
    /// Whoever wrote a letter beside what else was said.
    pub async fn written_in_letter(&self, ines: &Agent) -> String {
        self.receives(&letter(&self.address, "one", "Where is my tent?", "", "Hello?")).await;
        let row = ines.list("all").await.into_iter().find(|row| row["channel"] == "email").unwrap();
        row["customer"]["id"].as_str().unwrap().to_owned()
    }
    /// Somebody wrote from this address.
    pub async fn written_from(&self, address: &str) -> Talk {
        let theirs = letter(&self.address, "one", "Where is my tent?", "", "Hello?").replace("mara@example.org", address);
        self.receives(&theirs).await;
        self.owner().only_talk().await
    }
}

#[story]
async fn what_the_mail_server_refuses_is_said_in_its_words_and_can_be_sent_again(post: Post) {
    let ines = post.agent("Ines");
    post.connects().await;
    let talk = post.written_from("refused@example.org").await;
    ines.replies(&talk, "It comes today.").await;
    post.settle().await;
    let answer = post.answer(&ines, &talk).await;
    assert_eq!(answer["state"], "failed");
    assert!(answer["fault"].as_str().unwrap().contains("Nobody is called so here"), "{answer}");
    assert_eq!(post.events("message_failed").await.len(), 1);

    let again = format!("/conversations/{}/messages/{}/retries", talk.id, answer["id"].as_str().unwrap());
    assert_eq!(ines.post(&again, json!({})).await.ok()["state"], "queued");
    assert_eq!(ines.post(&again, json!({})).await.problem(), "conflict", "it waits for its turn");
    post.settle().await;
    assert_eq!((post.answer(&ines, &talk).await["state"].clone(), post.events("message_failed").await.len()), (json!("failed"), 2));
}

#[story]
async fn what_cannot_leave_now_waits_and_says_why(post: Post) {
    let ines = post.agent("Ines");
    let id = post.connects().await;
    let talk = post.written_from("later@example.org").await;
    ines.replies(&talk, "It comes today.").await;
    post.settle().await;
    let answer = post.answer(&ines, &talk).await;
    assert_eq!(answer["state"], "queued");
    assert!(answer["fault"].as_str().unwrap().contains("Come again later"), "{answer}");
    assert_eq!(post.events("message_delayed").await.len(), 1);

    // paused, it waits as well, and goes on by itself
    post.owner().put(&format!("/mailboxes/{id}/pause"), json!({})).await.ok();
    post.after(minutes(1)).await;
    assert!(post.answer(&ines, &talk).await["fault"].as_str().unwrap().contains("paused"));
    assert_eq!(post.mailbox(&id).await["paused"], true);
    // however long that is, and nobody has to look after it
    for _ in 0..30 {
        post.after(minutes(5)).await;
    }
    assert_eq!(items(post.owner().get("/jobs/attention").await.ok()), Vec::<Value>::new());
    post.owner().delete(&format!("/mailboxes/{id}/pause")).await.ok();
    post.after(minutes(5)).await;
    assert!(post.answer(&ines, &talk).await["fault"].as_str().unwrap().contains("Come again later"));
    // after three days it is the shop that has to think of something else
    post.after(days(3)).await;
    ines.signs_in_again().await;
    let given_up = post.answer(&ines, &talk).await;
    assert_eq!(given_up["state"], "failed");
    assert!(given_up["fault"].as_str().unwrap().contains("Come again later"), "{given_up}");
}

#[story]
async fn a_letter_nobody_knows_the_fate_of_is_not_sent_again_by_itself(post: Post) {
    let (ines, owner) = (post.agent("Ines"), post.owner());
    let id = post.connects().await;
    let talk = post.written_from("mara@example.org").await;
    let taken = &post.breaking.taken;
    let mut form = post.form();
    form["outgoing"] = server(&post.breaking.at, "support");
    owner.put(&format!("/mailboxes/{id}"), form).await.ok();
    ines.replies(&talk, "It comes today.").await;
    post.settle().await;
    let answer = post.answer(&ines, &talk).await;
    assert_eq!((&answer["state"], taken.lock().await.len()), (&json!("unknown"), 1), "{answer}");
    assert_eq!(post.events("message_in_doubt").await.len(), 1);
    post.after(minutes(60)).await;
    assert_eq!(taken.lock().await.len(), 1);

    // whoever sends it again sends the same letter
    let again = format!("/conversations/{}/messages/{}/retries", talk.id, answer["id"].as_str().unwrap());
    ines.post(&again, json!({})).await.ok();
    post.settle().await;
    let taken = taken.lock().await;
    assert_eq!(super::mailman::field(&taken[0], "Message-ID"), super::mailman::field(&taken[1], "Message-ID"));
}

#[story]
async fn a_mail_server_that_does_not_let_us_in_is_left_alone_until_it_does(post: Post) {
    let (ines, owner) = (post.agent("Ines"), post.owner());
    let id = post.connects().await;
    let talk = post.written_from("mara@example.org").await;
    let mut form = post.form();
    form["outgoing_password"] = json!("not it");
    owner.put(&format!("/mailboxes/{id}"), form).await.ok();
    ines.replies(&talk, "It comes today.").await;
    post.settle().await;
    for tried_again in [seconds(3), seconds(5)] {
        post.after(tried_again).await;
    }
    let answer = post.answer(&ines, &talk).await;
    assert!(answer["state"] == "queued" && answer["fault"].is_string(), "{answer}");
    let rest = owner.get(&format!("/mailboxes/{id}")).await.ok()["rest"].clone();
    assert_eq!((&rest["kind"], &rest["tries"]), (&json!("sign_in_refused"), &json!(1)), "it failed three times");

    owner.put(&format!("/mailboxes/{id}"), post.form()).await.ok();
    assert_eq!(owner.get(&format!("/mailboxes/{id}")).await.ok()["rest"], Value::Null);
    post.after(minutes(5)).await;
    assert_eq!(post.answer(&ines, &talk).await["state"], "sent");
}

#[story]
async fn a_letter_that_comes_back_marks_the_answer_it_is_about(post: Post) {
    let ines = post.agent("Ines");
    post.connects().await;
    let talk = post.written_from("mara@example.org").await;
    ines.replies(&talk, "It comes today.").await;
    post.settle().await;
    assert_eq!(post.answer(&ines, &talk).await["state"], "sent");
    let sent = post.mailman.letters("mara@example.org").await;
    let ours = sent.iter().rev().find(|letter| super::mailman::field(letter, "From").contains(&post.address));
    let ours = super::mailman::field(ours.unwrap(), "Message-ID");
    let bounce = |about: &str| {
        format!(
            "From: MAILER-DAEMON@mx.example.org\nReturn-Path: <>\nTo: {}\nSubject: Undelivered\nMIME-Version: 1.0\n\
             Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain\n\nSorry.\n\
             --b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\n\
             Final-Recipient: rfc822; mara@example.org\nAction: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 The mailbox is full\n\
             --b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {about}\n--b--",
            post.address
        )
    };
    post.receives(&bounce(&ours)).await;
    let answer = post.answer(&ines, &talk).await;
    assert_eq!(answer["state"], "failed");
    assert!(answer["fault"].as_str().unwrap().contains("The mailbox is full"), "{answer}");
    assert_eq!(post.owner().list("all").await.len(), 1, "a report is no conversation");
}

#[story]
async fn a_mailbox_says_what_is_wrong_with_it_and_goes_on_by_itself(post: Post) {
    let owner = post.owner();
    let mut wrong = post.form();
    wrong["incoming_password"] = json!("wrong");
    let tested = owner.post("/mailbox-tests", json!({ "form": wrong, "mailbox": null })).await.ok();
    assert_eq!((&tested["incoming"]["trouble"], &tested["outgoing"]["trouble"]), (&json!("sign_in_refused"), &Value::Null), "{tested}");
    let fine = owner.post("/mailbox-tests", json!({ "form": post.form(), "mailbox": null })).await.ok();
    assert_eq!((&fine["incoming"]["trouble"], &fine["letters"]), (&Value::Null, &json!(0)), "{fine}");

    let mut endless = post.form();
    endless["incoming"] = server(&post.babbling, &post.address);
    let heard = owner.post("/mailbox-tests", json!({ "form": endless, "mailbox": null })).await.ok();
    assert_eq!(heard["incoming"]["trouble"], "not_understood", "{heard}");

    let id = owner.post("/mailboxes", wrong.clone()).await.ok()["id"].as_str().unwrap().to_owned();
    post.settle().await;
    assert_eq!(post.mailbox(&id).await["trouble"]["kind"], "sign_in_refused");
    assert_eq!(post.events("mailbox_turned").await.len(), 1);
    assert_eq!(owner.post("/mailboxes", post.form()).await.problem(), "conflict", "one address, one mailbox");
    owner.put(&format!("/mailboxes/{id}"), post.form()).await.ok();
    post.settle().await;
    assert_eq!(post.mailbox(&id).await["trouble"], Value::Null);
    // a password stays with its server
    let mut without = post.form();
    without["incoming_password"] = Value::Null;
    owner.put(&format!("/mailboxes/{id}"), without.clone()).await.ok();
    without["incoming"]["host"] = json!("localhost");
    assert_eq!(owner.put(&format!("/mailboxes/{id}"), without).await.json()["fields"][0]["field"], "incoming_password");
    let seen = post.mailbox(&id).await.to_string();
    assert!(!seen.contains(super::PASSWORD), "{seen}");
    assert_eq!(post.agent("Ines").get("/mailboxes").await.problem(), "forbidden");
    assert_eq!(owner.delete(&format!("/mailboxes/{id}")).await.status, 204);
    assert_eq!(post.owner().get(&format!("/mailboxes/{id}")).await.problem(), "not_found");
}

#[story]
async fn an_answer_whose_process_died_while_it_left_is_not_sent_again_by_itself(post: Post) {
    let ines = post.agent("Ines");
    let id = post.connects().await;
    let talk = post.written_from("mara@example.org").await;
    post.owner().put(&format!("/mailboxes/{id}/pause"), json!({})).await.ok();
    ines.replies(&talk, "It comes today.").await;
    post.settle().await;
    // what is on disk when it dies between the first byte and the server's word
    let left = post
        .app
        .write(async |tx: &mut Tx<'_>| tx.execute("UPDATE inbox_messages SET state = 'submitting' WHERE state = $1", &[&"queued"]).await);
    assert_eq!(left.await.unwrap(), 1);
    post.owner().delete(&format!("/mailboxes/{id}/pause")).await.ok();
    post.after(minutes(30)).await;
    let answer = post.answer(&ines, &talk).await;
    assert_eq!((&answer["state"], post.events("message_in_doubt").await.len()), (&json!("unknown"), 1), "{answer}");
    let sent = post.mailman.letters("mara@example.org").await;
    assert!(!sent.iter().any(|letter| super::mailman::field(letter, "From").contains(&post.address)));
}
