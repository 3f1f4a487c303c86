//! What Messenger's and Instagram's calls tell.

use kernel::Timestamp;
use serde::Deserialize;

use super::comments::Change;
use crate::partner::{Arriving, FileAt, News, Of, Reached, Receipt};

/// What a call tells of the page or account of this id. Fields and kinds that came later than this was written change nothing.
///
/// Errors: why it is not understood.
pub fn news(id: &str, body: &str) -> Result<Vec<News>, String> {
    let told: Told = serde_json::from_str(body).map_err(|error| error.to_string())?;
    let ours = told.entry.into_iter().filter(|entry| entry.id == id);
    let news = ours.flat_map(|Entry { messaging, changes, .. }| {
        messaging.into_iter().filter_map(Event::news).chain(changes.into_iter().filter_map(|change| change.news(id)))
    });
    Ok(news.collect())
}

#[derive(Deserialize)]
struct Told {
    #[serde(default)]
    entry: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    id: String,
    #[serde(default)]
    messaging: Vec<Event>,
    #[serde(default)]
    changes: Vec<Change>,
}

#[derive(Deserialize)]
struct Event {
    sender: Somebody,
    #[serde(default)]
    timestamp: i64,
    message: Option<Message>,
    postback: Option<Postback>,
    delivery: Option<Delivery>,
    read: Option<Read>,
    reaction: Option<Reaction>,
}

#[derive(Deserialize)]
struct Somebody {
    id: String,
}

#[derive(Deserialize)]
struct Message {
    mid: String,
    text: Option<String>,
    #[serde(default)]
    attachments: Vec<Attachment>,
    #[serde(default)]
    is_echo: bool,
    #[serde(default)]
    is_deleted: bool,
    #[serde(default)]
    is_unsupported: bool,
}

#[derive(Deserialize)]
struct Attachment {
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    payload: Payload,
}

#[derive(Default, Deserialize)]
struct Payload {
    url: Option<String>,
    title: Option<String>,
}

#[derive(Deserialize)]
struct Postback {
    mid: Option<String>,
    #[serde(default)]
    title: String,
}

#[derive(Deserialize)]
struct Delivery {
    #[serde(default)]
    watermark: i64,
}

#[derive(Deserialize)]
struct Read {
    #[serde(default)]
    watermark: i64,
    /// On Instagram.
    mid: Option<String>,
}

#[derive(Deserialize)]
struct Reaction {
    emoji: Option<String>,
    mid: String,
    #[serde(default)]
    action: String,
}

impl Event {
    /// None for what we wrote ourselves, what was taken back, and what we do not know.
    fn news(self) -> Option<News> {
        let Event { sender: Somebody { id: peer }, timestamp, message, postback, delivery, read, reaction } = self;
        let until = |watermark: i64| Of::AllTo { peer: peer.clone(), until: Timestamp::from_micros(watermark.saturating_mul(1_000)) };
        if let Some(read) = read {
            return Some(News::Receipt(Receipt { of: read.mid.map_or_else(|| until(read.watermark), Of::Theirs), reached: Reached::Read }));
        }
        if let Some(delivery) = delivery {
            return Some(News::Receipt(Receipt { of: until(delivery.watermark), reached: Reached::Delivered }));
        }
        let arriving = match (message, postback, reaction) {
            (Some(message), ..) => message.arriving()?,
            (None, Some(Postback { mid, title }), _) => {
                Arriving { reference: mid.unwrap_or_else(|| format!("{peer}/{timestamp}")), text: title, ..Arriving::default() }
            }
            (None, None, Some(Reaction { emoji: Some(emoji), mid, action })) if action == "react" => {
                Arriving { reference: format!("{mid}/{timestamp}"), text: emoji, quiet: true, ..Arriving::default() }
            }
            _ => return None,
        };
        let says_something = !arriving.text.trim().is_empty() || !arriving.files.is_empty();
        says_something.then_some(News::Message(Arriving { peer, ..arriving }))
    }
}

impl Message {
    fn arriving(self) -> Option<Arriving> {
        if self.is_echo || self.is_deleted {
            return None;
        }
        let mut parts: Vec<String> = self.text.into_iter().collect();
        let mut files = Vec::new();
        for (nth, Attachment { kind, payload }) in self.attachments.into_iter().enumerate() {
            match (kind.as_str(), payload.url) {
                ("image" | "audio" | "video" | "file" | "sticker", Some(at)) => {
                    files.push(FileAt { name: called(&at).unwrap_or_else(|| format!("{kind}-{}", nth + 1)), at })
                }
                // a story, a reel, a post: it is seen where it stands
                (_, Some(at)) => parts.push(payload.title.map_or_else(|| at.clone(), |title| format!("{title}\n{at}"))),
                (_, None) => parts.push("❔".into()),
            }
        }
        if parts.is_empty() && files.is_empty() && self.is_unsupported {
            parts.push("❔".into());
        }
        Some(Arriving { reference: self.mid, text: parts.join("\n"), files, ..Arriving::default() })
    }
}

/// What a file is called where it lies.
pub fn called(address: &str) -> Option<String> {
    let name = address.split(['?', '#']).next()?.rsplit('/').next()?;
    name.contains('.').then(|| name.to_owned())
}
