//! What Messenger and Instagram have in common: an event for each message, and the Send API of a page.

use bytes::Bytes;
use inbox::file::MAX_FILE;
use kernel::{Timestamp, days};
use platform::{
    App,
    egress::{HandedOver, Request},
    form::{Settings, setting},
    trouble::{Fault, Trouble},
};
use serde::Deserialize;
use serde_json::json;

use super::{Failing, Graph, understood};
use crate::{
    multipart::Multipart,
    partner::{Arriving, FileAt, Hook, News, Of, Piece, Reached, Receipt, Refusal, Taken, Way, Why},
};

/// A page, and whatever answers for it, writes freely for so long after the customer did.
const FREE: i64 = days(1);

/// What Meta is to call us about.
#[derive(Debug, Clone, Copy)]
pub struct Subscription {
    pub channel: &'static str,
    /// The kind of thing, in Meta's words.
    pub object: &'static str,
    /// The events of it.
    pub fields: &'static str,
}

impl Subscription {
    /// The app itself, as it signs in.
    fn app<'a>(&self, app: &'a App, settings: &Settings) -> Graph<'a> {
        Graph::new(app, self.channel, &format!("{}|{}", setting(settings, "app_id"), setting(settings, "app_secret")))
    }
}

/// Has Meta call us: the app says where, the page for which of its events.
pub async fn subscribe(app: &App, settings: &Settings, hook: &Hook, about: &Subscription) -> Result<(), Fault> {
    let Subscription { channel, object, fields } = *about;
    let asked = json!({ "object": object, "callback_url": hook.address, "verify_token": hook.secret, "fields": fields });
    about.app(app, settings).post(&format!("{}/subscriptions", setting(settings, "app_id")), &asked).await?;
    // an account on Instagram is heard through its page
    let page = json!({ "subscribed_fields": if object == "page" { fields } else { "messages" } });
    let graph = Graph::new(app, channel, setting(settings, "token"));
    graph.post(&format!("{}/subscribed_apps", setting(settings, "page_id")), &page).await.map(drop)
}

/// Has Meta call nobody about this kind of thing any more.
pub async fn unsubscribe(app: &App, settings: &Settings, about: &Subscription) -> Result<(), Fault> {
    let path = format!("{}/subscriptions?object={}", setting(settings, "app_id"), about.object);
    about.app(app, settings).delete(&path).await.map(drop)
}

/// What somebody is called, where the page may know.
pub async fn name_of(graph: &Graph<'_>, peer: &str, fields: &str) -> Option<String> {
    let known = graph.get(&format!("{peer}?fields={fields}")).await.ok()?;
    let said = |name: &str| known[name].as_str().filter(|said| !said.is_empty()).map(str::to_owned);
    let whole = [said("first_name"), said("last_name")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    said("name").or(Some(whole).filter(|whole| !whole.is_empty())).or_else(|| said("username"))
}

/// A file lies at an address of its own, which says by itself who may read it.
pub async fn fetch(app: &App, file: &FileAt) -> Result<Bytes, Fault> {
    let answer = app.egress().send(Request::get("Meta", &file.at).at_most(MAX_FILE)).await?;
    match answer.status.as_u16() {
        200..=299 => Ok(answer.body),
        500.. => Err(Fault::new(Trouble::Failing, "The file cannot be had now.")),
        _ => Err(Fault::new(Trouble::NotAllowed, "The file is not there any more.")),
    }
}

/// The page a message goes out from.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    pub channel: &'static str,
    pub id: &'a str,
    /// Whether it takes our own id of a message along.
    pub is_told_ours: bool,
}

/// Hands over one piece.
pub async fn send(app: &App, way: &Way, piece: &Piece, page: Page<'_>) -> Result<Taken, Refusal> {
    let graph = Graph::new(app, page.channel, setting(&way.settings, "token"));
    let request = graph.to(&format!("{}/messages", page.id))?;
    let mut envelope = json!({ "recipient": { "id": way.peer }, "messaging_type": "RESPONSE" });
    if way.silent_for > FREE && way.by_person {
        (envelope["messaging_type"], envelope["tag"]) = (json!("MESSAGE_TAG"), json!("HUMAN_AGENT"));
    }
    let ours = page.is_told_ours.then(|| way.message.to_string());
    let request = match piece {
        Piece::Text(text) => {
            envelope["message"] = json!({ "text": text });
            if let Some(ours) = ours {
                envelope["message"]["metadata"] = json!(ours);
            }
            request.json(&envelope)?
        }
        Piece::File { name, media_type, content, .. } => {
            let kind = kind(media_type);
            let message = json!({ "attachment": { "type": kind, "payload": {} } });
            let mut form = Multipart::new(app.rng());
            for (field, value) in envelope.as_object().into_iter().flatten() {
                form = form.text(field, &value.as_str().map_or_else(|| value.to_string(), str::to_owned));
            }
            let (kind, body) = form.text("message", &message.to_string()).file("filedata", name, media_type, content).end();
            request.header("content-type", &kind)?.raw_body(body)
        }
    };
    match app.egress().hand_over(request).await? {
        HandedOver::Unanswered(why) => Ok(Taken::InDoubt(why)),
        HandedOver::Answered(answer) => match understood(&answer) {
            Ok(said) => Ok(match said["message_id"].as_str() {
                Some(id) => Taken::By(id.to_owned()),
                None => Taken::InDoubt("It does not say what it calls the message.".into()),
            }),
            Err(error) => Err(Refusal::new(why(&error, answer.status.as_u16()), error.said)),
        },
    }
}

fn kind(media_type: &str) -> &'static str {
    match media_type.split('/').next() {
        Some("image") => "image",
        Some("audio") => "audio",
        Some("video") => "video",
        _ => "file",
    }
}

/// What a refusal means for the message. Without a subcode, 10 says that the page lost its right; with 2018278 or 2534022, that the
/// customer wrote too long ago.
fn why(error: &Failing, status: u16) -> Why {
    match (error.code, error.error_subcode) {
        (10, 0) | (102 | 190 | 200..=299 | 368, _) => Why::Line,
        (1 | 2 | 4 | 17 | 613 | 1_200, _) => Why::Later,
        (-1, _) if status >= 500 || status == 429 => Why::Later,
        _ => Why::Never,
    }
}

/// What a call tells of the page or account of this id. Fields and kinds that came later than this was written change nothing.
///
/// Errors: why it is not understood.
pub fn news(id: &str, body: &str) -> Result<Vec<News>, String> {
    let told: Told = serde_json::from_str(body).map_err(|error| error.to_string())?;
    let ours = told.entry.into_iter().filter(|entry| entry.id == id);
    Ok(ours.flat_map(|entry| entry.messaging).filter_map(Event::news).collect())
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
fn called(address: &str) -> Option<String> {
    let name = address.split(['?', '#']).next()?.rsplit('/').next()?;
    name.contains('.').then(|| name.to_owned())
}
