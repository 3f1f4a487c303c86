//! Messenger and Instagram: the Send API of a page, and an event for each message. Source: Meta's reference of the Messenger Platform
//! and of Instagram messaging (Send API, webhook events, error codes).
//!
//! A page answers freely for a day after somebody wrote, and a person of the shop's for a week (`HUMAN_AGENT`).

mod arriving;
pub mod comments;

use std::collections::BTreeMap;

use bytes::Bytes;
use futures::{FutureExt, future::BoxFuture};
use inbox::file::MAX_FILE;
use kernel::{Result, Timestamp, days};
use platform::{
    App,
    egress::{HandedOver, Request},
    form::{Field, Settings, setting},
    trouble::{Fault, Trouble},
};
use serde_json::{Value, json};

use self::comments::Comments;
use super::{Failing, Graph, SERVICE, greets, ids, is_signed, refused, understood};
use crate::{
    multipart::Multipart,
    outflow::Pace,
    partner::{Call, FILE_WITHIN, FileAt, Greeting, Hook, News, Partner, Piece, Public, Refusal, Taken, Way, Why},
};

/// A page writes freely for so long after the customer did, and people of the shop's for longer.
const FREE: i64 = days(1);
const BY_PEOPLE: i64 = days(7);

/// One of them: what it does not share with the other.
pub struct Messaging {
    pub name: &'static str,
    pub title: &'static str,
    pub form: &'static [Field],
    /// The field with the id of the line.
    pub line: &'static str,
    /// What Meta says the line is called by.
    pub known_as: KnownAs,
    /// The kind of thing, and the events of it, that Meta is to call us about, in its words.
    pub object: &'static str,
    pub events: &'static str,
    /// What is asked for when somebody's name is asked for.
    pub names: &'static str,
    pub longest: usize,
    pub measures: fn(char) -> usize,
    /// Whether it takes our own id of a message along.
    pub is_told_ours: bool,
    pub comments: Comments,
}

/// A field, and what stands before it.
pub struct KnownAs {
    pub field: &'static str,
    pub before: &'static str,
}

impl Messaging {
    fn graph<'a>(&self, app: &'a App, settings: &Settings) -> Graph<'a> {
        Graph::new(app, self.name, setting(settings, "token"))
    }

    /// The app itself, as it signs in.
    fn app<'a>(&self, app: &'a App, settings: &Settings) -> Graph<'a> {
        Graph::new(app, self.name, &format!("{}|{}", setting(settings, "app_id"), setting(settings, "app_secret")))
    }
}

impl Partner for Messaging {
    fn name(&self) -> &'static str {
        self.name
    }

    fn title(&self) -> &'static str {
        self.title
    }

    fn fields(&self) -> &'static [Field] {
        self.form
    }

    fn longest_text(&self) -> usize {
        self.longest
    }

    fn measures(&self, character: char) -> usize {
        (self.measures)(character)
    }

    fn key(&self, settings: &Settings) -> Result<String> {
        ids(settings, &[self.line, "page_id", "app_id"])?;
        Ok(setting(settings, self.line).to_owned())
    }

    /// Source: Meta's reference, Rate limits of the Messenger Platform and of Instagram: calls a second for each page or account.
    fn pace(&self) -> Option<Pace> {
        Some(Pace::a_second(300))
    }

    fn answered_within(&self) -> Option<i64> {
        Some(BY_PEOPLE)
    }

    fn find<'a>(&'a self, app: &'a App, settings: &'a Settings) -> BoxFuture<'a, Result<String, Fault>> {
        async move {
            let KnownAs { field, before } = self.known_as;
            let found = self.graph(app, settings).get(&format!("{}?fields={field}", setting(settings, self.line))).await?;
            let name = found[field].as_str().map(|name| format!("{before}{name}"));
            name.ok_or_else(|| Fault::new(Trouble::NotUnderstood, "It does not say what that is called."))
        }
        .boxed()
    }

    /// The app says where to call, the page for which of its events; an account on Instagram is heard through its page.
    fn subscribe<'a>(&'a self, app: &'a App, settings: &'a Settings, hook: &'a Hook) -> BoxFuture<'a, Result<(), Fault>> {
        async move {
            let asked = json!({ "object": self.object, "callback_url": hook.address, "verify_token": hook.secret, "fields": self.events });
            self.app(app, settings).post(&format!("{}/subscriptions", setting(settings, "app_id")), &asked).await?;
            let page = json!({ "subscribed_fields": if self.object == "page" { self.events } else { "messages" } });
            let path = format!("{}/subscribed_apps", setting(settings, "page_id"));
            self.graph(app, settings).post(&path, &page).await.map(drop)
        }
        .boxed()
    }

    fn unsubscribe<'a>(&'a self, app: &'a App, settings: &'a Settings, _: &'a Hook) -> BoxFuture<'a, Result<(), Fault>> {
        async move {
            let path = format!("{}/subscriptions?object={}", setting(settings, "app_id"), self.object);
            self.app(app, settings).delete(&path).await.map(drop)
        }
        .boxed()
    }

    fn opens_until<'a>(&'a self, app: &'a App, settings: &'a Settings) -> BoxFuture<'a, Result<Option<Timestamp>, Fault>> {
        async move { self.app(app, settings).ends(setting(settings, "token")).await }.boxed()
    }

    fn greets(&self, _: &Settings, hook: &Hook, asked: &BTreeMap<String, String>) -> Option<Greeting> {
        greets(hook, asked)
    }

    fn is_signed(&self, settings: &Settings, _: &Hook, call: &Call<'_>) -> bool {
        is_signed(setting(settings, "app_secret"), call)
    }

    fn read(&self, key: &str, kept: &str) -> Result<Vec<News>, String> {
        arriving::news(key, kept)
    }

    fn name_of<'a>(&'a self, app: &'a App, settings: &'a Settings, peer: &'a str) -> BoxFuture<'a, Option<String>> {
        async move {
            let known = self.graph(app, settings).get(&format!("{peer}?fields={}", self.names)).await.ok()?;
            let said = |name: &str| known[name].as_str().filter(|said| !said.is_empty()).map(str::to_owned);
            let whole = [said("first_name"), said("last_name")].into_iter().flatten().collect::<Vec<_>>().join(" ");
            said("name").or(Some(whole).filter(|whole| !whole.is_empty())).or_else(|| said("username"))
        }
        .boxed()
    }

    /// A file lies at an address of its own, which says by itself who may read it.
    fn fetch<'a>(&'a self, app: &'a App, _: &'a Settings, file: &'a FileAt) -> BoxFuture<'a, Result<Bytes, Fault>> {
        async move {
            let answer = app.egress().send(Request::get(SERVICE, &file.at).at_most(MAX_FILE).within(FILE_WITHIN)).await?;
            match answer.status.as_u16() {
                200..=299 => Ok(answer.body),
                500.. => Err(Fault::new(Trouble::Failing, "The file cannot be had now.")),
                _ => Err(Fault::new(Trouble::NotAllowed, "The file is not there any more.")),
            }
        }
        .boxed()
    }

    fn public(&self) -> Option<&dyn Public> {
        Some(self)
    }

    fn send<'a>(&'a self, app: &'a App, way: &'a Way, piece: &'a Piece) -> BoxFuture<'a, Result<Taken, Refusal>> {
        async move {
            let request = self.graph(app, &way.settings).to(&format!("{}/messages", setting(&way.settings, "page_id")))?;
            let mut envelope = envelope(way);
            let request = match piece {
                Piece::Text(text) => {
                    envelope["message"] = json!({ "text": text });
                    if self.is_told_ours {
                        envelope["message"]["metadata"] = json!(way.message.to_string());
                    }
                    request.json(&envelope)?
                }
                Piece::File { name, media_type, content, .. } => {
                    let message = json!({ "attachment": { "type": kind(media_type), "payload": {} } });
                    let mut form = Multipart::new(app.rng());
                    for (field, value) in envelope.as_object().into_iter().flatten() {
                        form = form.text(field, &value.as_str().map_or_else(|| value.to_string(), str::to_owned));
                    }
                    form.text("message", &message.to_string()).file("filedata", name, media_type, content).on(request)?
                }
            };
            match app.egress().hand_over(request).await? {
                HandedOver::Unanswered(why) => Ok(Taken::InDoubt(why)),
                HandedOver::Answered(answer) => match understood(&answer) {
                    Ok(said) => Ok(match said["message_id"].as_str() {
                        Some(id) => Taken::By(id.to_owned()),
                        None => Taken::InDoubt("It does not say what it calls the message.".into()),
                    }),
                    Err(error) => refused(error, &answer, why),
                },
            }
        }
        .boxed()
    }
}

/// To whom a message goes, and by what right: whoever wrote in public is answered by that, without having written here.
fn envelope(way: &Way) -> Value {
    match &way.comment {
        Some(comment) => json!({ "recipient": { "comment_id": comment } }),
        None if way.silent_for > FREE && way.by_person => {
            json!({ "recipient": { "id": way.peer }, "messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT" })
        }
        None => json!({ "recipient": { "id": way.peer }, "messaging_type": "RESPONSE" }),
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
fn why(error: &Failing) -> Why {
    match (error.code, error.error_subcode) {
        (10, 0) | (102 | 190 | 200..=299 | 368, _) => Why::Line,
        (1 | 2 | 4 | 17 | 613 | 1_200, _) => Why::Later,
        _ => Why::Never,
    }
}
