//! The limits of what people write: exactly so much is taken, one more is refused with the field's name.

use axum::http::StatusCode;
use serde_json::{Value, json};
use story_macro::story;

use crate::{actor::Answer, world::World};

fn refused_for(answer: &Answer, field: &str) {
    assert_eq!(
        (answer.status, &answer.json()["fields"][0]["field"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!(field)),
        "{}",
        answer.text()
    );
}

/// `count` letters, each of three bytes.
fn letters(count: usize) -> String {
    "好".repeat(count)
}

#[story]
async fn a_message_has_4000_characters_and_five_files(world: World) {
    let mara = world.shopper("Mara");
    let talk = mara.begins("Hello").await;
    let path = format!("/chat/conversations/{}/messages", talk.id);
    let says = async |text: String, files: &[Value]| {
        mara.post(&path, json!({ "client_id": world.fresh_key(), "text": text, "files": files })).await
    };
    assert_eq!(says(letters(4_000), &[]).await.ok()["text"], letters(4_000));
    refused_for(&says(letters(4_001), &[]).await, "text");
    refused_for(&says(" \u{200e}\n".into(), &[]).await, "text");

    let mut files = Vec::new();
    for n in 0..6 {
        files.push(mara.uploads(&format!("/chat/files?name={n}.txt"), b"a note").await.ok()["id"].clone());
    }
    assert_eq!(says(String::new(), &files[..5]).await.ok()["files"].as_array().map(Vec::len), Some(5));
    refused_for(&says("Six".into(), &files).await, "files");
    let named = |length: usize| json!({ "client_id": "c".repeat(length), "text": "Hi", "files": [] });
    mara.post(&path, named(64)).await.ok();
    refused_for(&mara.post(&path, named(65)).await, "client_id");
}

#[story]
async fn an_answer_has_20000_characters_and_60000_bytes(world: World) {
    let ines = world.agent("Ines");
    let talk = world.shopper("Mara").begins("Hello").await;
    let says = async |html: String| {
        let body = json!({ "client_id": world.fresh_key(), "kind": "note", "html": html, "seen_seq": 0 });
        ines.post(&format!("/conversations/{}/messages", talk.id), body).await
    };
    says(format!("<p>{}</p>", "x".repeat(20_000))).await.ok();
    refused_for(&says(format!("<p>{}</p>", "x".repeat(20_001))).await, "html");
    says(format!("<p>{}aa</p>", letters(19_997))).await.ok();
    refused_for(&says(format!("<p>{}aaa</p>", letters(19_997))).await, "html");
    refused_for(&says("<p> </p><script>alert(1)</script>".into()).await, "html");
}

#[story]
async fn names_addresses_tags_and_notes_have_their_lengths(world: World) {
    let (owner, ines) = (world.owner(), world.agent("Ines"));
    let talk = world.shopper("Mara").begins("Hello").await;
    let mara = format!("/customers/{}", ines.sees(&talk).await["person"]["id"].as_str().unwrap());
    owner.patch("/person", json!({ "name": letters(120) })).await.ok();
    refused_for(&owner.patch("/person", json!({ "name": letters(121) })).await, "name");
    owner.post("/tags", json!({ "name": letters(40) })).await.ok();
    refused_for(&owner.post("/tags", json!({ "name": letters(41) })).await, "name");
    let notes = format!("{mara}/notes");
    assert_eq!(ines.post(&notes, json!({ "text": letters(5_000) })).await.ok()["text"], letters(5_000));
    refused_for(&ines.post(&notes, json!({ "text": letters(5_001) })).await, "text");
    owner.post("/customer-tags", json!({ "name": letters(40) })).await.ok();
    refused_for(&owner.post("/customer-tags", json!({ "name": letters(41) })).await, "name");

    // a label has at most 63 characters, what stands before the @ at most 64
    let address = |last: usize| format!("{}@{}.{1}.{}.no", "a".repeat(64), "b".repeat(61), "c".repeat(last));
    assert_eq!(address(62).len(), 254);
    ines.patch(&mara, json!({ "email": address(62) })).await.ok();
    refused_for(&ines.patch(&mara, json!({ "email": address(63) })).await, "email");
}

#[story]
async fn a_file_has_ten_megabytes(world: World) {
    let (mara, ines) = (world.shopper("Mara"), world.agent("Ines"));
    let full = vec![b'x'; 10 * 1024 * 1024];
    for (who, path) in [(&mara.0, "/chat/files?name=full.txt"), (&ines.0, "/files?name=full.txt")] {
        assert_eq!(who.uploads(path, &full).await.ok()["size"], full.len());
        let over = [full.as_slice(), b"x"].concat();
        assert_eq!(who.uploads(path, &over).await.problem(), "too_large");
        assert_eq!(who.uploads(path, b"").await.problem(), "invalid");
    }
}
