//! Telegram: customers write to the shop's bot. Source: Telegram's Bot API (core.telegram.org/bots/api).
//!
//! A bot writes to nobody who has not written first, and is not told whether what it wrote has arrived or was read.

use bytes::Bytes;
use futures::{FutureExt, future::BoxFuture};
use inbox::file::MAX_FILE;
use kernel::{Result, invalid, say, seconds};
use platform::{
    App,
    egress::{HandedOver, Request, Response},
    form::{Field, FieldKind, Settings, setting},
    token::same,
    trouble::{Fault, Trouble},
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    multipart::Multipart,
    outflow::Pace,
    partner::{Arriving, Call, FILE_WITHIN, FileAt, Hook, News, Partner, Piece, Refusal, Taken, Way, Why, answered_silently},
};

const NAME: &str = "telegram";
const SERVICE: &str = "Telegram";

/// Telegram.
pub struct Telegram;

impl Partner for Telegram {
    fn name(&self) -> &'static str {
        NAME
    }

    fn title(&self) -> &'static str {
        "Telegram"
    }

    fn fields(&self) -> &'static [Field] {
        &[Field { name: "token", kind: FieldKind::Secret, required: true }]
    }

    fn longest_text(&self) -> usize {
        4_096
    }

    /// Source: core.telegram.org/bots/faq, “My bot is hitting limits”.
    fn pace(&self) -> Option<Pace> {
        Some(Pace::a_second(30))
    }

    /// As there; short bursts are let through.
    fn pace_to_each(&self) -> Option<Pace> {
        Some(Pace { every: seconds(1), at_once: 3 })
    }

    fn key(&self, settings: &Settings) -> Result<String> {
        let told = setting(settings, "token").split_once(':').filter(|(bot, secret)| {
            let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
            (1..=20).contains(&bot.len()) && bot.bytes().all(|b| b.is_ascii_digit()) && secret.len() >= 20 && secret.chars().all(is_plain)
        });
        told.map(|(bot, _)| bot.to_owned()).ok_or_else(|| invalid("settings.token", say!("telegram-token-wrong")))
    }

    fn find<'a>(&'a self, app: &'a App, settings: &'a Settings) -> BoxFuture<'a, Result<String, Fault>> {
        async move {
            let me = understood(app.egress().send(asked(app, settings, "getMe", &json!({}))?).await?)?;
            let name =
                me["username"].as_str().ok_or_else(|| Fault::new(Trouble::NotUnderstood, "It does not say what the bot is called."))?;
            Ok(format!("@{name}"))
        }
        .boxed()
    }

    fn subscribe<'a>(&'a self, app: &'a App, settings: &'a Settings, hook: &'a Hook) -> BoxFuture<'a, Result<(), Fault>> {
        let asks_for = json!({ "url": hook.address, "secret_token": hook.secret, "allowed_updates": ["message", "edited_message"] });
        async move { understood(app.egress().send(asked(app, settings, "setWebhook", &asks_for)?).await?).map(drop) }.boxed()
    }

    fn unsubscribe<'a>(&'a self, app: &'a App, settings: &'a Settings, _: &'a Hook) -> BoxFuture<'a, Result<(), Fault>> {
        async move { understood(app.egress().send(asked(app, settings, "deleteWebhook", &json!({}))?).await?).map(drop) }.boxed()
    }

    fn is_signed(&self, _: &Settings, hook: &Hook, call: &Call<'_>) -> bool {
        same(call.header("x-telegram-bot-api-secret-token").as_bytes(), hook.secret.as_bytes())
    }

    fn read(&self, _: &str, body: &str) -> Result<Vec<News>, String> {
        let update: Update = serde_json::from_str(body).map_err(|error| error.to_string())?;
        let (message, edited) = match (update.message, update.edited_message) {
            (Some(message), _) => (message, false),
            (None, Some(message)) => (message, true),
            // something else happened that we did not ask for
            (None, None) => return Ok(Vec::new()),
        };
        // a group is nobody we could answer, and a bot is no customer
        let is_a_person = message.chat.kind == "private" && message.from.as_ref().is_some_and(|from| !from.is_bot);
        Ok(if is_a_person { vec![News::Message(message.arriving(edited))] } else { Vec::new() })
    }

    fn fetch<'a>(&'a self, app: &'a App, settings: &'a Settings, file: &'a FileAt) -> BoxFuture<'a, Result<Bytes, Fault>> {
        async move {
            let found = understood(app.egress().send(asked(app, settings, "getFile", &json!({ "file_id": file.at }))?).await?)?;
            let path = found["file_path"].as_str().unwrap_or_default();
            let url = format!("{}/file/bot{}/{path}", base(app), setting(settings, "token"));
            let answer = app.egress().send(Request::get(SERVICE, url).at_most(MAX_FILE).within(FILE_WITHIN)).await?;
            if answer.status.is_success() { Ok(answer.body) } else { Err(fault(&answer, "")) }
        }
        .boxed()
    }

    fn send<'a>(&'a self, app: &'a App, way: &'a Way, piece: &'a Piece) -> BoxFuture<'a, Result<Taken, Refusal>> {
        async move {
            let request = match piece {
                Piece::Text(text) => asked(app, &way.settings, "sendMessage", &json!({ "chat_id": way.peer, "text": text }))?,
                Piece::File { name, media_type, content, .. } => {
                    let (method, field) = if is_photo(media_type, content) { ("sendPhoto", "photo") } else { ("sendDocument", "document") };
                    let form = Multipart::new(app.rng()).text("chat_id", &way.peer).file(field, name, media_type, content);
                    form.on(to(app, &way.settings, method))?
                }
            };
            match app.egress().hand_over(request).await? {
                HandedOver::Unanswered(why) => Ok(Taken::InDoubt(why)),
                HandedOver::Answered(answer) => taken(&way.peer, &answer),
            }
        }
        .boxed()
    }
}

/// What Telegram takes as a photo: up to ten megabytes, of these kinds. Others go as documents, as they are.
fn is_photo(media_type: &str, content: &Bytes) -> bool {
    matches!(media_type, "image/jpeg" | "image/png") && content.len() <= 10 << 20
}

fn base(app: &App) -> &str {
    app.config().partner(NAME, "https://api.telegram.org")
}

fn to(app: &App, settings: &Settings, method: &str) -> Request {
    Request::post(SERVICE, format!("{}/bot{}/{method}", base(app), setting(settings, "token")))
}

fn asked(app: &App, settings: &Settings, method: &str, body: &Value) -> Result<Request> {
    to(app, settings, method).json(body)
}

/// What Telegram answered.
#[derive(Deserialize)]
struct Said {
    ok: bool,
    #[serde(default)]
    result: Value,
    #[serde(default)]
    description: String,
    #[serde(default)]
    parameters: Parameters,
}

#[derive(Default, Deserialize)]
struct Parameters {
    /// In seconds.
    retry_after: Option<i64>,
}

fn understood(answer: Response) -> Result<Value, Fault> {
    match serde_json::from_slice::<Said>(&answer.body) {
        Ok(Said { ok: true, result, .. }) => Ok(result),
        Ok(said) => Err(Fault { wait: said.parameters.retry_after.map(seconds), ..fault(&answer, &said.description) }),
        Err(_) if answer.status.is_success() => Err(Fault::new(Trouble::NotUnderstood, "What answers is not Telegram.")),
        Err(_) => Err(fault(&answer, "")),
    }
}

fn fault(answer: &Response, said: &str) -> Fault {
    let trouble = match answer.status.as_u16() {
        // a token nobody has is no address there
        401 | 404 => Trouble::SignInRefused,
        403 => Trouble::NotAllowed,
        429 => Trouble::TooManyRequests,
        500.. => Trouble::Failing,
        _ => Trouble::NotUnderstood,
    };
    Fault::new(trouble, format!("{} {said}", answer.status.as_u16()).trim_end())
}

/// What became of a message, by what Telegram answered.
fn taken(peer: &str, answer: &Response) -> Result<Taken, Refusal> {
    let Ok(said) = serde_json::from_slice::<Said>(&answer.body) else {
        return answered_silently(answer.status.as_u16(), answer.retry_after());
    };
    if said.ok {
        return Ok(match said.result["message_id"].as_i64() {
            Some(id) => Taken::By(format!("{peer}/{id}")),
            None => Taken::InDoubt("It does not say what it calls the message.".into()),
        });
    }
    let why = match answer.status.as_u16() {
        401 | 404 => Why::Line,
        429 | 500.. => Why::Later,
        _ => Why::Never,
    };
    Err(Refusal::new(why, said.description).left_alone_for(said.parameters.retry_after.map(seconds)))
}

/// Something happened.
#[derive(Deserialize)]
struct Update {
    message: Option<Message>,
    edited_message: Option<Message>,
}

#[derive(Deserialize)]
struct Message {
    message_id: i64,
    from: Option<User>,
    chat: Chat,
    #[serde(default)]
    edit_date: i64,
    text: Option<String>,
    caption: Option<String>,
    #[serde(default)]
    photo: Vec<File>,
    document: Option<File>,
    voice: Option<File>,
    audio: Option<File>,
    video: Option<File>,
    video_note: Option<File>,
    animation: Option<File>,
    sticker: Option<Sticker>,
    location: Option<Location>,
    contact: Option<Contact>,
}

#[derive(Deserialize)]
struct User {
    #[serde(default)]
    is_bot: bool,
    #[serde(default)]
    first_name: String,
    last_name: Option<String>,
}

#[derive(Deserialize)]
struct Chat {
    id: i64,
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Deserialize)]
struct File {
    file_id: String,
    file_name: Option<String>,
    mime_type: Option<String>,
}

#[derive(Deserialize)]
struct Sticker {
    emoji: Option<String>,
}

#[derive(Deserialize)]
struct Location {
    latitude: f64,
    longitude: f64,
}

#[derive(Deserialize)]
struct Contact {
    phone_number: String,
    #[serde(default)]
    first_name: String,
}

impl Message {
    fn arriving(self, edited: bool) -> Arriving {
        let chat = self.chat.id;
        let name = self
            .from
            .as_ref()
            .map(|from| [Some(&from.first_name), from.last_name.as_ref()].into_iter().flatten().cloned().collect::<Vec<_>>().join(" "));
        let edit = if edited { format!("/{}", self.edit_date) } else { String::new() };
        let reference = format!("{chat}/{}{edit}", self.message_id);
        let text = self.in_words(edited);
        Arriving { peer: chat.to_string(), name, reference, text, files: self.files(), ..Arriving::default() }
    }

    /// What it says; what is no text is said with signs that need no translation.
    fn in_words(&self, edited: bool) -> String {
        let mut parts: Vec<String> = self.text.iter().chain(&self.caption).cloned().collect();
        if edited {
            parts.insert(0, "✏️".into());
        }
        parts.extend(self.sticker.iter().map(|sticker| sticker.emoji.clone().unwrap_or_else(|| "🏷️".into())));
        parts.extend(
            self.location
                .iter()
                .map(|Location { latitude, longitude }| format!("📍 https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}")),
        );
        parts.extend(self.contact.iter().map(|contact| format!("👤 {} {}", contact.first_name, contact.phone_number)));
        parts.join(if edited { " " } else { "\n" })
    }

    /// Of a photo only the largest. An animation comes as a document too.
    fn files(self) -> Vec<FileAt> {
        let document = if self.animation.is_some() { None } else { self.document };
        let named = [
            (self.photo.into_iter().next_back(), "photo.jpg"),
            (document, "document"),
            (self.voice, "voice.ogg"),
            (self.audio, "audio.mp3"),
            (self.video, "video.mp4"),
            (self.video_note, "video.mp4"),
            (self.animation, "animation.mp4"),
        ];
        let called = |file: File, name: &str| {
            let extension = file.mime_type.as_deref().and_then(|kind| kind.split_once('/')).map(|(_, kind)| kind);
            let name = file.file_name.unwrap_or_else(|| match extension {
                Some(extension) if name == "document" => format!("document.{extension}"),
                _ => name.to_owned(),
            });
            FileAt { at: file.file_id, name }
        };
        named.into_iter().filter_map(|(file, name)| file.map(|file| called(file, name))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(update: Value) -> Vec<News> {
        Telegram.read("", &update.to_string()).unwrap()
    }

    fn message(more: Value) -> Value {
        let mut message = json!({
            "message_id": 3, "date": 1_790_000_000, "from": { "id": 42, "is_bot": false, "first_name": "Ada" },
            "chat": { "id": 42, "type": "private" },
        });
        for (key, value) in more.as_object().unwrap() {
            message[key] = value.clone();
        }
        message
    }

    fn said(news: &[News]) -> Vec<(&str, &str)> {
        let mut all = Vec::new();
        for one in news {
            let News::Message(arriving) = one else { panic!("it is a message") };
            all.push((arriving.reference.as_str(), arriving.text.as_str()));
        }
        all
    }

    #[test]
    fn a_message_is_what_a_person_writes_to_the_bot_alone() {
        assert_eq!(said(&told(json!({ "update_id": 7, "message": message(json!({ "text": "Hi" })) }))), [("42/3", "Hi")]);
        let group = message(json!({ "text": "Hi", "chat": { "id": -5, "type": "group" } }));
        let bot = message(json!({ "text": "Hi", "from": { "id": 4, "is_bot": true, "first_name": "B" } }));
        for silent in [json!({ "update_id": 7, "message": group }), json!({ "update_id": 7, "message": bot }), json!({ "update_id": 7 })] {
            assert_eq!(told(silent), []);
        }
    }

    #[test]
    fn what_was_set_right_comes_as_another_message_each_time() {
        let edited = |at: i64| json!({ "update_id": 8, "edited_message": message(json!({ "text": "Hello", "edit_date": at })) });
        assert_eq!(said(&told(edited(1))), [("42/3/1", "✏️ Hello")]);
        assert_eq!(said(&told(edited(2))), [("42/3/2", "✏️ Hello")]);
    }

    #[test]
    fn of_a_photo_the_largest_is_fetched() {
        let photo = message(json!({ "caption": "Torn", "photo": [{ "file_id": "small" }, { "file_id": "large" }] }));
        let [News::Message(arriving)] = &told(json!({ "update_id": 9, "message": photo }))[..] else { panic!("a message") };
        assert_eq!(arriving.files, [FileAt { at: "large".into(), name: "photo.jpg".into() }]);
        assert_eq!(arriving.text, "Torn");
    }

    #[test]
    fn a_token_is_told_from_what_is_none() {
        let key = |token: &str| Telegram.key(&Settings::from([("token".to_owned(), token.to_owned())])).ok();
        assert_eq!(key("4200042:AAHk3r-Not_A_Real-Token0123456789").as_deref(), Some("4200042"));
        for wrong in ["", "4200042", ":AAHk3r-Not_A_Real-Token0123456789", "42:short", "42:AAHk3r-Not_A_Real-Token012345/../6789"] {
            assert_eq!(key(wrong), None, "{wrong}");
        }
    }
}
