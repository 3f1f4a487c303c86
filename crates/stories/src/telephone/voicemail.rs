//! What is spoken onto the machine is fetched, and kept with its call.

use kernel::{days, hours, minutes};
use sandbox::switchboard;
use serde_json::{Value, json};
use story_macro::story;

use super::{Body, Called, HeaderMap, Method, actor, talk_and_calls};

#[story]
async fn what_is_spoken_onto_the_machine_is_kept_and_can_be_heard(world: Called) {
    let (line, owner) = (world.line().await, world.owner());
    let recording = world.system.keeps("1.wav", None);
    world.told(&line, "missed", Value::Null).await;
    world.told(&line, "voicemail", json!({ "recording": recording, "seconds": 1 })).await;
    let (talk, row, calls) = talk_and_calls(&owner).await;
    assert_eq!((calls.len(), &calls[0]["outcome"], &calls[0]["recording"]), (1, &json!("voicemail"), &json!("coming")));
    assert_eq!((&row["status"], &row["unread"]), (&json!("open"), &json!(1)));

    // it is still being written down there, and then it is had
    world.system.keeps("1.wav", Some(switchboard::tone()));
    world.after(minutes(6)).await;
    let entry = owner.reads(&talk).await.remove(0);
    assert_eq!((&entry["event"]["recording"], &entry["event"]["seconds"]), (&json!("kept"), &json!(1)));
    let file = &entry["files"][0];
    assert_eq!((&file["name"], &file["media_type"]), (&json!("voicemail.wav"), &json!("audio/wav")));
    assert_eq!(file["size"], switchboard::tone().len());
    let path = file["url"].as_str().unwrap();
    let token = path.split_once("/files/").unwrap().1;
    let heard = actor::send(world.router(), Method::GET, &format!("//files/{token}"), &HeaderMap::new(), Body::empty()).await;
    assert_eq!((heard.bytes.to_vec(), heard.header("content-type")), (switchboard::tone(), Some("audio/wav")));

    // told once more it is not fetched once more
    world.told(&line, "voicemail", json!({ "recording": recording })).await;
    assert_eq!(owner.reads(&talk).await[0]["files"].as_array().unwrap().len(), 1);
}

#[story]
async fn what_cannot_be_had_is_said_to_be_lost(world: Called) {
    let (line, owner) = (world.line().await, world.owner());
    let told = |call: &str, recording: String| json!({ "call_id": call, "recording": recording });
    let state = async |nth: usize| talk_and_calls(&owner).await.2[nth]["recording"].clone();
    let mut page = b"RIFF\x2a\0\0\0WAVE".to_vec();
    page.extend(b"<html><script>");
    for (nth, (call, content)) in
        [("page", b"<html>No.</html>".to_vec()), ("picture", b"%PDF-1.7".to_vec()), ("both", page)].into_iter().enumerate()
    {
        let recording = world.system.keeps(call, Some(content));
        world.told(&line, "voicemail", told(call, recording)).await;
        assert_eq!(state(nth).await, "lost", "{call}");
    }
    // Ombud goes to no neighbour it was not let go to
    world.told(&line, "voicemail", told("inside", "http://127.0.0.1:9/1.wav".into())).await;
    assert_eq!(state(3).await, "lost");
    // larger than any file
    let recording = world.system.keeps("long", Some([b"RIFF\0\0\0\0WAVE".as_slice(), &vec![0; 10 << 20]].concat()));
    world.told(&line, "voicemail", told("long", recording)).await;
    assert_eq!(state(4).await, "lost");
    // one that is not there is looked for during a day
    world.told(&line, "voicemail", told("gone", format!("http://{}/recordings/none", world.system.address))).await;
    assert_eq!(state(5).await, "coming");
    world.after(hours(1)).await;
    owner.signs_in_again().await;
    assert_eq!(state(5).await, "coming");
    world.after(days(1)).await;
    owner.signs_in_again().await;
    assert_eq!(state(5).await, "lost");
    let (_, row, _) = talk_and_calls(&owner).await;
    assert_eq!((&row["status"], &row["unread"]), (&json!("open"), &json!(6)), "it waits all the same");
}
