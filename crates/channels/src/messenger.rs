//! Facebook Messenger: customers write to the shop's page. Source: Meta's reference of the Messenger Platform (Send API, webhook
//! events, error codes).
//!
//! A page answers freely for a day after somebody wrote, and a person of the shop's for a week (`HUMAN_AGENT`).

use std::collections::BTreeMap;

use bytes::Bytes;
use futures::{FutureExt, future::BoxFuture};
use kernel::{Result, days};
use platform::{
    App,
    form::{Field, FieldKind, Settings, setting},
    trouble::{Fault, Trouble},
};

use crate::{
    meta::{
        self, Graph,
        messaging::{self, Page, Subscription},
    },
    partner::{Call, FileAt, Hook, News, Partner, Piece, Refusal, Taken, Way},
};

/// Messenger.
pub struct Messenger;

const SUBSCRIPTION: Subscription =
    Subscription { channel: NAME, object: "page", fields: "messages,message_deliveries,message_reads,messaging_postbacks" };

const NAME: &str = "messenger";

impl Partner for Messenger {
    fn name(&self) -> &'static str {
        NAME
    }

    fn title(&self) -> &'static str {
        "Messenger"
    }

    fn fields(&self) -> &'static [Field] {
        &[
            Field { name: "page_id", kind: FieldKind::Line, required: true },
            Field { name: "token", kind: FieldKind::Secret, required: true },
            Field { name: "app_id", kind: FieldKind::Line, required: true },
            Field { name: "app_secret", kind: FieldKind::Secret, required: true },
        ]
    }

    fn longest_text(&self) -> usize {
        2_000
    }

    fn key(&self, settings: &Settings) -> Result<String> {
        meta::ids(settings, &["page_id", "app_id"])?;
        Ok(setting(settings, "page_id").to_owned())
    }

    fn answered_within(&self) -> Option<i64> {
        Some(days(7))
    }

    fn find<'a>(&'a self, app: &'a App, settings: &'a Settings) -> BoxFuture<'a, Result<String, Fault>> {
        async move {
            let page =
                Graph::new(app, NAME, setting(settings, "token")).get(&format!("{}?fields=name", setting(settings, "page_id"))).await?;
            let name = page["name"].as_str().map(str::to_owned);
            name.ok_or_else(|| Fault::new(Trouble::NotUnderstood, "It does not say what the page is called."))
        }
        .boxed()
    }

    fn subscribe<'a>(&'a self, app: &'a App, settings: &'a Settings, hook: &'a Hook) -> BoxFuture<'a, Result<(), Fault>> {
        messaging::subscribe(app, settings, hook, &SUBSCRIPTION).boxed()
    }

    fn unsubscribe<'a>(&'a self, app: &'a App, settings: &'a Settings) -> BoxFuture<'a, Result<(), Fault>> {
        messaging::unsubscribe(app, settings, &SUBSCRIPTION).boxed()
    }

    fn greets(&self, _: &Settings, hook: &Hook, asked: &BTreeMap<String, String>) -> Option<String> {
        meta::greets(hook, asked)
    }

    fn is_signed(&self, settings: &Settings, _: &Hook, call: &Call<'_>) -> bool {
        meta::is_signed(setting(settings, "app_secret"), call)
    }

    fn read(&self, key: &str, kept: &str) -> Result<Vec<News>, String> {
        messaging::news(key, kept)
    }

    fn name_of<'a>(&'a self, app: &'a App, settings: &'a Settings, peer: &'a str) -> BoxFuture<'a, Option<String>> {
        async move { messaging::name_of(&Graph::new(app, NAME, setting(settings, "token")), peer, "first_name,last_name").await }.boxed()
    }

    fn fetch<'a>(&'a self, app: &'a App, _: &'a Settings, file: &'a FileAt) -> BoxFuture<'a, Result<Bytes, Fault>> {
        messaging::fetch(app, file).boxed()
    }

    fn send<'a>(&'a self, app: &'a App, way: &'a Way, piece: &'a Piece) -> BoxFuture<'a, Result<Taken, Refusal>> {
        messaging::send(app, way, piece, Page { channel: NAME, id: &way.key, is_told_ours: true }).boxed()
    }
}
