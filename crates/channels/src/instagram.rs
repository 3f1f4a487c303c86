//! Instagram: customers write to the shop's account, which is linked to a page on Facebook. Source: Meta's reference of Instagram
//! messaging (Send API, webhook examples).
//!
//! An account answers freely for a day after somebody wrote, and a person of the shop's for a week (`HUMAN_AGENT`). Nobody tells that
//! a message has arrived, only that it was read.

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

/// Instagram.
pub struct Instagram;

const SUBSCRIPTION: Subscription =
    Subscription { channel: NAME, object: "instagram", fields: "messages,messaging_seen,messaging_postbacks" };

const NAME: &str = "instagram";

impl Partner for Instagram {
    fn name(&self) -> &'static str {
        NAME
    }

    fn title(&self) -> &'static str {
        "Instagram"
    }

    fn fields(&self) -> &'static [Field] {
        &[
            Field { name: "instagram_id", kind: FieldKind::Line, required: true },
            Field { name: "page_id", kind: FieldKind::Line, required: true },
            Field { name: "token", kind: FieldKind::Secret, required: true },
            Field { name: "app_id", kind: FieldKind::Line, required: true },
            Field { name: "app_secret", kind: FieldKind::Secret, required: true },
        ]
    }

    fn longest_text(&self) -> usize {
        1_000
    }

    /// In bytes.
    fn measures(&self, character: char) -> usize {
        character.len_utf8()
    }

    fn key(&self, settings: &Settings) -> Result<String> {
        meta::ids(settings, &["instagram_id", "page_id", "app_id"])?;
        Ok(setting(settings, "instagram_id").to_owned())
    }

    fn answered_within(&self) -> Option<i64> {
        Some(days(7))
    }

    fn find<'a>(&'a self, app: &'a App, settings: &'a Settings) -> BoxFuture<'a, Result<String, Fault>> {
        async move {
            let graph = Graph::new(app, NAME, setting(settings, "token"));
            let account = graph.get(&format!("{}?fields=username", setting(settings, "instagram_id"))).await?;
            let name = account["username"].as_str().map(|name| format!("@{name}"));
            name.ok_or_else(|| Fault::new(Trouble::NotUnderstood, "It does not say what the account is called."))
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
        async move { messaging::name_of(&Graph::new(app, NAME, setting(settings, "token")), peer, "name,username").await }.boxed()
    }

    fn fetch<'a>(&'a self, app: &'a App, _: &'a Settings, file: &'a FileAt) -> BoxFuture<'a, Result<Bytes, Fault>> {
        messaging::fetch(app, file).boxed()
    }

    fn send<'a>(&'a self, app: &'a App, way: &'a Way, piece: &'a Piece) -> BoxFuture<'a, Result<Taken, Refusal>> {
        messaging::send(app, way, piece, Page { channel: NAME, id: setting(&way.settings, "page_id"), is_told_ours: false }).boxed()
    }
}
