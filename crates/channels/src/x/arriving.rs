//! What X tells at our address: one event in each call.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;

use super::posts;
use crate::partner::{Arriving, FileAt, News, Of, Reached, Receipt};

#[derive(Deserialize)]
struct Told {
    data: Event,
}

#[derive(Deserialize)]
struct Event {
    event_type: String,
    #[serde(default)]
    payload: Value,
    /// Whoever is spoken of beside a post.
    #[serde(default)]
    includes: Value,
}

/// Messages, and who wrote them.
#[derive(Deserialize)]
struct Messages {
    direct_message_events: Vec<Message>,
    #[serde(default)]
    users: HashMap<String, Known>,
}

#[derive(Deserialize)]
struct Message {
    id: String,
    /// Something else happened in the conversation where it is not there.
    message_create: Option<Created>,
}

#[derive(Deserialize)]
struct Created {
    sender_id: String,
    #[serde(default)]
    target: Target,
    #[serde(default)]
    message_data: Content,
}

/// Nobody in a group.
#[derive(Default, Deserialize)]
struct Target {
    #[serde(default)]
    recipient_id: String,
}

#[derive(Default, Deserialize)]
struct Content {
    #[serde(default)]
    text: String,
    #[serde(default)]
    entities: Entities,
    attachment: Option<Attachment>,
}

/// What in a text X has made of something else.
#[derive(Default, Deserialize)]
pub struct Entities {
    #[serde(default)]
    urls: Vec<Link>,
}

/// An address, as X shortened it and as it was.
#[derive(Deserialize)]
struct Link {
    url: String,
    expanded_url: Option<String>,
}

#[derive(Deserialize)]
struct Attachment {
    #[serde(default)]
    media: Media,
}

#[derive(Default, Deserialize)]
struct Media {
    /// As it stands in the text.
    url: Option<String>,
    #[serde(default)]
    media_url_https: String,
}

#[derive(Deserialize)]
struct Known {
    data: User,
}

#[derive(Deserialize)]
struct User {
    name: Option<String>,
    username: Option<String>,
}

/// What somebody has read.
#[derive(Deserialize)]
struct Reads {
    direct_message_mark_read_events: Vec<Read>,
}

#[derive(Deserialize)]
struct Read {
    sender_id: String,
    last_read_event_id: String,
}

/// A message of an encrypted chat.
#[derive(Deserialize)]
struct Chat {
    id: String,
    sender_id: String,
    #[serde(default)]
    conversation_id: String,
}

#[derive(Deserialize)]
struct Revoked {
    user_id: String,
}

/// What a call tells about the account of this id.
///
/// Errors: why it is not understood.
pub fn news(key: &str, kept: &str) -> Result<Vec<News>, String> {
    let Told { data: Event { event_type, payload, includes } } = serde_json::from_str(kept).map_err(|error| error.to_string())?;
    match event_type.as_str() {
        "dm.received" => messages(key, understood(payload)?),
        "dm.read" => Ok(understood::<Reads>(payload)?.receipts(key)),
        "chat.received" => Ok(understood::<Chat>(payload)?.arriving(key).into_iter().map(News::Message).collect()),
        "post.mention.create" | "post.reply.create" | "post.quote.create" => posts::news(key, payload, includes),
        "oauth.revoke" => {
            Ok(Some(News::Line).filter(|_| understood(payload).is_ok_and(|Revoked { user_id }| user_id == key)).into_iter().collect())
        }
        // what we wrote ourselves, and whatever else an app is told
        _ => Ok(Vec::new()),
    }
}

fn understood<T: serde::de::DeserializeOwned>(payload: Value) -> Result<T, String> {
    serde_json::from_value(payload).map_err(|error| error.to_string())
}

/// A name, or as whom they are known.
pub fn called(name: Option<&str>, username: Option<&str>) -> Option<String> {
    let said = |text: Option<&str>| text.filter(|text| !text.trim().is_empty()).map(str::to_owned);
    said(name).or_else(|| said(username).map(|name| format!("@{name}")))
}

fn messages(key: &str, told: Messages) -> Result<Vec<News>, String> {
    let mut news = Vec::new();
    for Message { id, message_create } in told.direct_message_events {
        let Some(created) = message_create.filter(|created| created.target.recipient_id == key && created.sender_id != key) else {
            continue;
        };
        let name = told.users.get(&created.sender_id).and_then(|known| called(known.data.name.as_deref(), known.data.username.as_deref()));
        let (text, files) = created.message_data.said();
        news.push(News::Message(Arriving { peer: created.sender_id, name, reference: id, text, files, ..Arriving::default() }));
    }
    Ok(news)
}

impl Content {
    /// The text, with addresses as they were, and what came with it. What is no picture is shown by a sign.
    fn said(self) -> (String, Vec<FileAt>) {
        let mut text = self.text;
        let media = self.attachment.map(|attachment| attachment.media);
        if let Some(url) = media.as_ref().and_then(|media| media.url.as_ref()).filter(|url| !url.is_empty()) {
            text = text.replace(url, "");
        }
        let text = self.entities.whole(text);
        match media.map(|media| media.file()) {
            None => (text, Vec::new()),
            Some(Some(file)) => (text, vec![file]),
            Some(None) => (format!("📎 {text}").trim_end().to_owned(), Vec::new()),
        }
    }
}

impl Entities {
    /// A text with its addresses as they were before X made them short.
    pub fn whole(self, mut text: String) -> String {
        for Link { url, expanded_url } in self.urls.into_iter().filter(|link| !link.url.is_empty()) {
            text = text.replace(&url, expanded_url.as_deref().unwrap_or(&url));
        }
        text.trim().to_owned()
    }
}

impl Media {
    /// Handed out by the message, the picture and its name: the last three steps of its address.
    fn file(&self) -> Option<FileAt> {
        let (_, path) = self.media_url_https.split_once("/dm/")?;
        let is_plain = |step: &str| !step.starts_with('.') && step.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b));
        let steps: Vec<&str> = path.split('/').filter(|step| (1..=200).contains(&step.len()) && is_plain(step)).collect();
        match steps[..] {
            [_, _, name] => Some(FileAt { at: steps.join("/"), name: name.to_owned() }),
            _ => None,
        }
    }
}

impl Reads {
    fn receipts(self, key: &str) -> Vec<News> {
        let by_others = self.direct_message_mark_read_events.into_iter().filter(|read| read.sender_id != key);
        by_others.map(|read| News::Receipt(Receipt { of: Of::Theirs(read.last_read_event_id), reached: Reached::Read })).collect()
    }
}

impl Chat {
    /// Nobody but the two can read it: it is said to have come, and where it is read and answered. A group is nobody we could answer.
    fn arriving(self, key: &str) -> Option<Arriving> {
        let is_of_two = self.conversation_id.split_once(':').is_some_and(|(one, other)| one == key || other == key);
        let text = "🔒 X: https://x.com/messages".to_owned();
        (is_of_two && self.sender_id != key).then(|| Arriving { peer: self.sender_id, reference: self.id, text, ..Arriving::default() })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(event: &str, payload: Value) -> Vec<News> {
        let call = json!({ "data": { "event_uuid": "-71", "event_type": event, "filter": { "user_id": "1" }, "payload": payload } });
        news("1", &call.to_string()).unwrap()
    }

    fn message(from: &str, to: &str, data: Value) -> Value {
        let created = json!({ "sender_id": from, "target": { "recipient_id": to }, "message_data": data });
        json!({
            "direct_message_events": [{ "type": "message_create", "id": "55", "created_timestamp": "1790000000000", "message_create": created }],
            "users": { "2": { "data": { "id": "2", "username": "ada", "name": "Ada Lind" } } },
        })
    }

    fn arriving(event: &str, payload: Value) -> Option<Arriving> {
        match told(event, payload).pop() {
            Some(News::Message(arriving)) => Some(arriving),
            _ => None,
        }
    }

    #[test]
    fn what_somebody_writes_to_the_account_is_a_message_and_what_the_account_writes_is_none() {
        let came = arriving("dm.received", message("2", "1", json!({ "text": "hello" }))).unwrap();
        assert_eq!(
            (came.peer.as_str(), came.name.as_deref(), came.reference.as_str(), came.text.as_str()),
            ("2", Some("Ada Lind"), "55", "hello")
        );
        let echo = message("1", "2", json!({ "text": "Hi Ada" }));
        for (event, payload) in [("dm.sent", &echo), ("dm.received", &echo), ("dm.indicate_typing", &json!({}))] {
            assert_eq!(told(event, payload.clone()), [], "{event}");
        }
        assert_eq!(told("dm.received", message("2", "3", json!({ "text": "to another" }))), []);
        assert!(news("1", "{\"message\": 7}").is_err(), "it is put aside");
    }

    #[test]
    fn a_picture_is_fetched_and_what_stands_for_it_in_the_text_is_left_out() {
        let at = "https://ton.twitter.com/1.1/ton/data/dm/55/9/tent-1_a.jpg";
        let with = |address: &str| {
            let media = json!({ "id": "9", "url": "https://t.co/p", "media_url_https": address });
            let urls = json!([{ "url": "https://t.co/s", "expanded_url": "https://shop.example/tent" }]);
            json!({ "text": "Torn https://t.co/s https://t.co/p", "entities": { "urls": urls }, "attachment": { "type": "media", "media": media } })
        };
        let came = arriving("dm.received", message("2", "1", with(at))).unwrap();
        assert_eq!(came.text, "Torn https://shop.example/tent");
        assert_eq!(came.files, [FileAt { at: "55/9/tent-1_a.jpg".into(), name: "tent-1_a.jpg".into() }]);
        for elsewhere in ["https://pbs.twimg.com/dm_video_preview/9/img/a.jpg", "https://ton.twitter.com/dm/55/../a.jpg", ""] {
            let came = arriving("dm.received", message("2", "1", with(elsewhere))).unwrap();
            assert_eq!((came.text.as_str(), came.files.len()), ("📎 Torn https://shop.example/tent", 0), "{elsewhere}");
        }
    }

    #[test]
    fn an_encrypted_message_is_said_to_have_come_unless_it_is_of_a_group() {
        let chat = |conversation: &str, from: &str| json!({ "id": "e4f4", "sender_id": from, "conversation_id": conversation, "encoded_event": "CwAB" });
        let came = arriving("chat.received", chat("2:1", "2")).unwrap();
        assert_eq!((came.peer.as_str(), came.text.as_str()), ("2", "🔒 X: https://x.com/messages"));
        for (conversation, from) in [("2:1", "1"), ("g77", "2"), ("2:3", "2")] {
            assert_eq!(told("chat.received", chat(conversation, from)), []);
        }
    }

    #[test]
    fn what_others_have_read_and_what_the_account_took_back_is_told() {
        let read = |by: &str| json!({ "direct_message_mark_read_events": [{ "sender_id": by, "last_read_event_id": "56" }] });
        assert_eq!(told("dm.read", read("2")), [News::Receipt(Receipt { of: Of::Theirs("56".into()), reached: Reached::Read })]);
        assert_eq!(told("dm.read", read("1")), []);
        assert_eq!(told("oauth.revoke", json!({ "user_id": "1", "app_id": "9" })), [News::Line]);
        assert_eq!(told("oauth.revoke", json!({ "user_id": "3" })), []);
    }
}
