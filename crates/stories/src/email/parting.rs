//! What came as two and is one, and what came into one and is two: asked, and settled with one click.

use serde_json::{Value, json};
use story_macro::story;

use super::{Post, StatusCode, letters::arrived, mailman::field, said};
use crate::actor::{Agent, Talk, items};

/// A letter that goes on with the first one, from somewhere else.
fn answers(from: &str, id: &str, subject: &str, text: &str) -> String {
    format!("From: {from}\nMessage-ID: <{id}@example.com>\nIn-Reply-To: <one@example.org>\nSubject: {subject}\n\n{text}")
}

/// The conversation of this number.
async fn numbered(ines: &Agent, number: i64) -> Talk {
    let row = ines.list("all").await.into_iter().find(|row| row["number"] == number).expect("that conversation");
    Talk { id: row["id"].as_str().unwrap().to_owned(), number }
}

async fn doubtful(ines: &Agent) -> (usize, Value) {
    let counts = ines.get("/conversations/counts").await.ok();
    (items(ines.get("/conversations?view=doubtful").await.ok()).len(), counts["doubtful"].clone())
}

#[story]
async fn somebody_new_who_answers_is_asked_about_and_joined(post: Post) {
    let ines = post.agent("Ines");
    post.connects().await;
    let talk = post.written_from("mara@example.org").await;
    post.receives(&answers("Mara <mara@work.example>", "two", "Re: Where is my tent?", "It is me, at work.")).await;
    let new = numbered(&ines, 2).await;
    let seen = ines.sees(&new).await;
    let other = json!({ "id": talk.id, "number": 1, "channel": "email" });
    assert_eq!((&seen["follows"], &seen["doubts"][0]["other"]), (&other, &other));
    assert_eq!(doubtful(&ines).await, (1, json!(1)));

    let joined = ines.post(&format!("/conversations/{}/joins", new.id), json!({ "into": talk.id })).await.ok();
    assert_eq!((&joined["number"], &joined["unread"], &joined["preview"]["text"]), (&json!(1), &json!(2), &json!("It is me, at work.")));
    let both = [("customer", "Hello?"), ("customer", "It is me, at work.")].map(|(kind, text)| (kind.to_owned(), text.to_owned()));
    assert_eq!(said(&ines.reads(&talk).await), both);
    assert_eq!((said(&ines.reads(&new).await).len(), doubtful(&ines).await), (0, (0, json!(0))));
    let left = ines.sees(&new).await;
    assert_eq!((&left["joined"], &left["status"], &left["unread"]), (&other, &json!("resolved"), &json!(0)));
    assert_eq!(ines.reads(&new).await.last().unwrap()["event"], json!({ "kind": "joined", "conversation": talk.id }));
    let moved = ines.reads(&talk).await.pop().unwrap()["id"].as_str().unwrap().to_owned();
    let shown = ines.get(&format!("/conversations/{}/messages/{moved}/letter", talk.id)).await;
    assert_eq!(shown.status, StatusCode::OK, "the letter went along");

    // answers go to whoever wrote last, and what they write back stands there
    ines.replies(&talk, "It comes today.").await;
    post.settle().await;
    let ours = &arrived(&post.mailman, "mara@work.example", &post.address).await;
    let back = format!(
        "From: mara@work.example\nMessage-ID: <three@example.com>\nIn-Reply-To: {}\nSubject: Re: x\n\nThanks!",
        field(ours, "Message-ID")
    );
    post.receives(&back).await;
    post.receives(&answers("Mara <mara@work.example>", "four", "Re: Where is my tent?", "And one more.")).await;
    assert_eq!((said(&ines.reads(&talk).await).len(), post.owner().list("all").await.len()), (5, 2));

    // whoever is forgotten is forgotten there too, and nobody else is
    let guest = left["customer"]["id"].as_str().unwrap();
    post.owner().put(&format!("/customers/{guest}/erasure"), Value::Null).await.ok();
    let texts: Vec<String> = said(&ines.reads(&talk).await).into_iter().map(|(_, text)| text).collect();
    assert_eq!(texts, ["Hello?", "", "It comes today.", "", ""]);
}

#[story]
async fn what_is_kept_apart_is_asked_about_no_more(post: Post) {
    let ines = post.agent("Ines");
    post.connects().await;
    let talk = post.written_from("mara@example.org").await;
    for (id, from) in [("two", "eve@evil.example"), ("three", "bo@work.example")] {
        post.receives(&answers(from, id, "Re: Where is my tent?", "Send it to me.")).await;
    }
    assert_eq!(doubtful(&ines).await, (2, json!(2)));
    let (second, third) = (numbered(&ines, 2).await, numbered(&ines, 3).await);
    let message = ines.sees(&second).await["doubts"][0]["message"].as_str().unwrap().to_owned();
    for _ in 0..2 {
        let settled = ines.delete(&format!("/conversations/{}/doubts/{message}", second.id)).await;
        assert_eq!(settled.status, StatusCode::NO_CONTENT);
    }
    // what is settled or spam is looked at no more
    ines.resolves(&third).await;
    assert_eq!((doubtful(&ines).await, said(&ines.reads(&talk).await).len()), ((0, json!(0)), 1));
}

#[story]
async fn another_topic_in_the_same_conversation_is_split_off(post: Post) {
    let ines = post.agent("Ines");
    post.connects().await;
    let talk = post.written_from("mara@example.org").await;
    post.receives(&answers("mara@example.org", "two", "Broken stove", "My stove is broken.")).await;
    let seen = ines.sees(&talk).await;
    let message = seen["doubts"][0]["message"].as_str().expect("a doubt").to_owned();
    assert_eq!((&seen["doubts"][0]["other"], doubtful(&ines).await), (&Value::Null, (1, json!(1))));

    let split = async |message: &str| ines.post(&format!("/conversations/{}/splits", talk.id), json!({ "message": message })).await;
    let row = split(&message).await.ok();
    assert_eq!((&row["number"], &row["subject"], &row["unread"]), (&json!(2), &json!("Broken stove"), &json!(1)));
    let new = numbered(&ines, 2).await;
    assert_eq!(said(&ines.reads(&new).await), [("customer".to_owned(), "My stove is broken.".to_owned())]);
    assert_eq!(ines.sees(&new).await["follows"]["number"], 1);
    let left = ines.reads(&talk).await;
    assert_eq!(left.last().unwrap()["event"], json!({ "kind": "moved", "conversation": new.id }));
    assert_eq!(ines.sees(&talk).await["preview"]["text"], "Hello?");
    assert_eq!((said(&left).len(), doubtful(&ines).await), (1, (0, json!(0))));

    // each is answered under its own subject, and goes on for itself
    ines.replies(&new, "Which one is it?").await;
    post.settle().await;
    let ours = &arrived(&post.mailman, "mara@example.org", &post.address).await;
    assert_eq!((field(ours, "Subject"), field(ours, "In-Reply-To")), ("Re: Broken stove".into(), "<two@example.com>".into()));
    post.receives(
        &answers("mara@example.org", "three", "Re: Broken stove", "The small one.").replace("one@example.org", "two@example.com"),
    )
    .await;
    assert_eq!(said(&ines.reads(&new).await).len(), 3);

    // what is left alone cannot be, nor what we said
    let last = ines.reads(&talk).await[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(split(&last).await.problem(), "conflict");
    assert_eq!(split(&message).await.problem(), "conflict", "it stands there no more");
}

#[story]
async fn only_letters_are_joined_and_never_with_themselves(post: Post) {
    let ines = post.agent("Ines");
    post.connects().await;
    let talk = post.written_from("mara@example.org").await;
    let chat = post.shopper("Mara").begins("Where is my tent?").await;
    let join = async |from: &Talk, into: &Talk| ines.post(&format!("/conversations/{}/joins", from.id), json!({ "into": into.id })).await;
    for (from, into) in [(&talk, &talk), (&talk, &chat), (&chat, &talk)] {
        assert_eq!(join(from, into).await.problem(), "conflict");
    }
    assert_eq!(said(&ines.reads(&chat).await).len() + said(&ines.reads(&talk).await).len(), 2);
}
