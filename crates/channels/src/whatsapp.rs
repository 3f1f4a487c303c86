//! WhatsApp, through Meta's Cloud API. Source: Meta's reference of the WhatsApp Business Platform (messages, media, webhooks, error
//! codes).
//!
//! A business answers freely for a day after the customer last wrote. People are known by an id of the business's own portfolio,
//! their number may be missing.

use std::collections::BTreeMap;

use bytes::Bytes;
use futures::{FutureExt, future::BoxFuture};
use inbox::{file::MAX_FILE, message::SentTemplate};
use kernel::{Result, Timestamp, days, seconds};
use platform::{
    App,
    egress::HandedOver,
    form::{Field, FieldKind, Settings, setting},
    trouble::{Fault, Trouble},
};
use serde_json::{Value, json};

use crate::{
    lines::terms::Terms,
    meta::{self, Failing, Graph, understood},
    multipart::Multipart,
    outflow::Pace,
    partner::{Call, FileAt, Greeting, Hook, News, Partner, Piece, Refusal, Taken, Way, Why},
};

mod arriving;
mod templates;

/// WhatsApp.
pub struct Whatsapp;

const NAME: &str = "whatsapp";

impl Partner for Whatsapp {
    fn name(&self) -> &'static str {
        NAME
    }

    fn title(&self) -> &'static str {
        "WhatsApp"
    }

    fn fields(&self) -> &'static [Field] {
        &[
            Field { name: "phone_number_id", kind: FieldKind::Line, required: true },
            Field { name: "business_account_id", kind: FieldKind::Line, required: true },
            Field { name: "token", kind: FieldKind::Secret, required: true },
            Field { name: "app_secret", kind: FieldKind::Secret, required: true },
        ]
    }

    fn longest_text(&self) -> usize {
        4_096
    }

    /// Source: Meta's reference, Throughput.
    fn pace(&self) -> Option<Pace> {
        Some(Pace::a_second(80))
    }

    /// Source: Meta's reference, Pair rate limits: what comes at once has to be waited for afterwards.
    fn pace_to_each(&self) -> Option<Pace> {
        Some(Pace { every: seconds(6), at_once: 45 })
    }

    fn key(&self, settings: &Settings) -> Result<String> {
        meta::ids(settings, &["phone_number_id", "business_account_id"])?;
        Ok(setting(settings, "phone_number_id").to_owned())
    }

    fn answered_within(&self) -> Option<i64> {
        Some(days(1))
    }

    fn find<'a>(&'a self, app: &'a App, settings: &'a Settings) -> BoxFuture<'a, Result<String, Fault>> {
        async move {
            let graph = Graph::new(app, NAME, setting(settings, "token"));
            let number = setting(settings, "phone_number_id");
            let found = graph.get(&format!("{number}?fields=display_phone_number,verified_name")).await?;
            let shown = found["display_phone_number"].as_str();
            shown.map(str::to_owned).ok_or_else(|| Fault::new(Trouble::NotUnderstood, "It does not say which number that is."))
        }
        .boxed()
    }

    /// The number's own address goes before the one of its app, so that an app may serve others too.
    fn subscribe<'a>(&'a self, app: &'a App, settings: &'a Settings, hook: &'a Hook) -> BoxFuture<'a, Result<(), Fault>> {
        async move {
            let graph = Graph::new(app, NAME, setting(settings, "token"));
            graph.post(&format!("{}/subscribed_apps", setting(settings, "business_account_id")), &json!({})).await?;
            let address = json!({ "webhook_configuration": { "override_callback_uri": hook.address, "verify_token": hook.secret } });
            graph.post(setting(settings, "phone_number_id"), &address).await.map(drop)
        }
        .boxed()
    }

    fn unsubscribe<'a>(&'a self, app: &'a App, settings: &'a Settings, _: &'a Hook) -> BoxFuture<'a, Result<(), Fault>> {
        async move {
            let none = json!({ "webhook_configuration": { "override_callback_uri": "" } });
            Graph::new(app, NAME, setting(settings, "token")).post(setting(settings, "phone_number_id"), &none).await.map(drop)
        }
        .boxed()
    }

    fn opens_until<'a>(&'a self, app: &'a App, settings: &'a Settings) -> BoxFuture<'a, Result<Option<Timestamp>, Fault>> {
        let token = setting(settings, "token");
        async move { Graph::new(app, NAME, token).ends(token).await }.boxed()
    }

    fn greets(&self, _: &Settings, hook: &Hook, asked: &BTreeMap<String, String>) -> Option<Greeting> {
        meta::greets(hook, asked)
    }

    fn is_signed(&self, settings: &Settings, _: &Hook, call: &Call<'_>) -> bool {
        meta::is_signed(setting(settings, "app_secret"), call)
    }

    fn read(&self, key: &str, kept: &str) -> Result<Vec<News>, String> {
        arriving::news(key, kept)
    }

    fn fetch<'a>(&'a self, app: &'a App, settings: &'a Settings, file: &'a FileAt) -> BoxFuture<'a, Result<Bytes, Fault>> {
        async move {
            let graph = Graph::new(app, NAME, setting(settings, "token"));
            let found = graph.get(&file.at).await?;
            graph.file(found["url"].as_str().unwrap_or_default(), MAX_FILE).await
        }
        .boxed()
    }

    fn has_templates(&self) -> bool {
        true
    }

    fn terms<'a>(&'a self, app: &'a App, settings: &'a Settings) -> BoxFuture<'a, Result<Terms, Fault>> {
        async move {
            let graph = Graph::new(app, NAME, setting(settings, "token"));
            templates::terms(&graph, setting(settings, "business_account_id"), setting(settings, "phone_number_id")).await
        }
        .boxed()
    }

    fn send_template<'a>(&'a self, app: &'a App, way: &'a Way, template: &'a SentTemplate) -> BoxFuture<'a, Result<Taken, Refusal>> {
        let graph = Graph::new(app, NAME, setting(&way.settings, "token"));
        async move { handed_over(app, &graph, way, templates::content(template)).await }.boxed()
    }

    fn send<'a>(&'a self, app: &'a App, way: &'a Way, piece: &'a Piece) -> BoxFuture<'a, Result<Taken, Refusal>> {
        async move {
            let graph = Graph::new(app, NAME, setting(&way.settings, "token"));
            let content = match piece {
                Piece::Text(text) => json!({ "type": "text", "text": { "body": text, "preview_url": true } }),
                Piece::File { name, media_type, content, .. } => {
                    let id = upload(app, &graph, &way.key, name, media_type, content).await?;
                    file(&id, name, kind(media_type, content.len()))
                }
            };
            handed_over(app, &graph, way, content).await
        }
        .boxed()
    }
}

async fn handed_over(app: &App, graph: &Graph<'_>, way: &Way, content: Value) -> Result<Taken, Refusal> {
    let request = graph.to(&format!("{}/messages", way.key))?.json(&addressed(way, content))?;
    match app.egress().hand_over(request).await? {
        HandedOver::Unanswered(why) => Ok(Taken::InDoubt(why)),
        HandedOver::Answered(answer) => match understood(&answer) {
            Ok(said) => Ok(match said["messages"][0]["id"].as_str() {
                Some(id) => Taken::By(id.to_owned()),
                None => Taken::InDoubt("It does not say what it calls the message.".into()),
            }),
            Err(error) => meta::refused(error, &answer, why),
        },
    }
}

/// To a number, or to the id of somebody who shows none: `NO.13491208655302741918`.
fn addressed(way: &Way, mut content: Value) -> Value {
    let is_number = way.peer.bytes().all(|b| b.is_ascii_digit());
    content["messaging_product"] = json!("whatsapp");
    content["recipient_type"] = json!("individual");
    content[if is_number { "to" } else { "recipient" }] = json!(way.peer);
    content["biz_opaque_callback_data"] = json!(way.message.to_string());
    content
}

async fn upload(app: &App, graph: &Graph<'_>, number: &str, name: &str, media_type: &str, content: &Bytes) -> Result<String, Refusal> {
    let form = Multipart::new(app.rng()).text("messaging_product", "whatsapp").text("type", media_type);
    let request = form.file("file", name, media_type, content).on(graph.to(&format!("{number}/media"))?)?;
    let answer = app.egress().send(request).await?;
    let said = match understood(&answer) {
        Ok(said) => said,
        // a file that was handed in and never named harms nobody
        Err(error) => match meta::refused(error, &answer, why) {
            Err(refusal) => return Err(refusal),
            Ok(_) => return Err(Refusal::new(Why::Later, "It does not say whether it took the file.")),
        },
    };
    said["id"].as_str().map(str::to_owned).ok_or_else(|| Refusal::new(Why::Later, "It does not say what it calls the file."))
}

/// As what a file is shown; what is none of the kinds WhatsApp shows, or too large for them, goes as a document.
fn kind(media_type: &str, size: usize) -> &'static str {
    let most = |megabytes: usize| size <= megabytes << 20;
    match media_type {
        "image/jpeg" | "image/png" if most(5) => "image",
        "video/mp4" | "video/3gpp" if most(16) => "video",
        "audio/aac" | "audio/mp4" | "audio/mpeg" | "audio/amr" | "audio/ogg" if most(16) => "audio",
        _ => "document",
    }
}

fn file(id: &str, name: &str, kind: &str) -> Value {
    let mut shown = json!({ "id": id });
    if kind == "document" {
        shown["filename"] = json!(name);
    }
    json!({ "type": kind, kind: shown })
}

/// What a refusal's code means for the message.
fn why(error: &Failing) -> Why {
    match error.code {
        // the line: its token, its rights, its payment
        0 | 3 | 10 | 190 | 200..=299 | 368 | 131_005 | 131_031 | 131_037 | 131_042 | 131_045 => Why::Line,
        // too much at once, or not in the mood
        1 | 2 | 4 | 80_007 | 130_429 | 131_000 | 131_016 | 131_048 | 131_057 | 133_016 => Why::Later,
        131_049 | 131_056 => Why::LaterToThem,
        _ => Why::Never,
    }
}
