//! E-mail, with real mail servers: letters become conversations, and answers are letters.

mod breaking;
mod contact;
pub mod elsewhere;
mod letters;
mod mailman;
mod numbering;
mod parting;
mod sending;
mod sign_in;
mod signing;

use std::{
    ops::Deref,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

use ::platform::{Module, config::Config};
use axum::http::StatusCode;
use kernel::minutes;
use serde_json::{Value, json};

use self::{
    breaking::{Breaking, babble},
    mailman::{Mailman, PASSWORD},
};
use crate::{
    actor::items,
    story::{Place, Setting, setting},
    world::World,
};

static TOLD: AtomicUsize = AtomicUsize::new(0);

/// A shop with a mailbox of its own.
pub struct Post {
    world: World,
    mailman: Mailman,
    breaking: Breaking,
    /// Where somebody talks without an end.
    babbling: String,
    /// Where the shop is written to.
    address: String,
}

impl Setting for Post {
    const SERVERS: &'static [&'static str] = &["OMBUD_TEST_IMAP", "OMBUD_TEST_SMTP"];
    fn modules() -> Vec<Module> {
        World::modules()
    }
    async fn set(place: &Place) -> Post {
        Post::with(place, |config| config).await
    }
}

impl Post {
    /// The same in a house that is set up otherwise.
    async fn with(place: &Place, otherwise: impl FnOnce(Config) -> Config) -> Post {
        let [imap, smtp] =
            ["IMAP", "SMTP"].map(|name| setting(&format!("OMBUD_TEST_{name}")).expect("a story is not told without its servers"));
        let (breaking, babbling) = (Breaking::begin().await, babble().await);
        let config =
            Config { trusted_proxies: 1, reachable_inside: format!("{imap}, {smtp}, {}, {babbling}", breaking.at), ..place.config() };
        let world = World::with(otherwise(config)).await;
        // many stories are told beside one mail server
        let address = format!("support-{}-{}@fjell.example", std::process::id(), TOLD.fetch_add(1, Relaxed));
        Post { world, mailman: Mailman { imap, smtp }, breaking, babbling, address }
    }
}
impl Deref for Post {
    type Target = World;
    fn deref(&self) -> &World {
        &self.world
    }
}

fn server(at: &str, user: &str) -> Value {
    let (host, port) = at.split_once(':').unwrap();
    json!({ "host": host, "port": port.parse::<u16>().unwrap(), "security": "none", "user": user })
}

impl Post {
    fn form(&self) -> Value {
        json!({
            "name": "Fjell & Fjord", "address": self.address, "department": null, "signature": "Fjell & Fjord\nStorgata 1",
            "incoming": server(&self.mailman.imap, &self.address), "incoming_password": PASSWORD,
            "outgoing": server(&self.mailman.smtp, &self.address), "outgoing_password": PASSWORD,
            "trusted": "mx.fjell.example",
        })
    }
    /// Connects the mailbox, which is looked into for the first time.
    async fn connects(&self) -> String {
        let made = self.owner().post("/mailboxes", self.form()).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
        self.settle().await;
        made.ok()["id"].as_str().unwrap().to_owned()
    }
    async fn mailbox(&self, id: &str) -> Value {
        self.owner().get(&format!("/mailboxes/{id}")).await.ok()
    }
    /// A letter comes, and is looked for.
    async fn receives(&self, letter: &str) {
        self.mailman.puts(&self.address, letter).await;
        self.after(minutes(1)).await;
    }
    async fn aside(&self) -> Vec<String> {
        let all = items(self.owner().get("/letters-aside").await.ok());
        all.iter().map(|one| one["why"].as_str().unwrap().to_owned()).collect()
    }
}

/// A letter of Mara's to the shop.
fn letter(to: &str, id: &str, subject: &str, more: &str, text: &str) -> String {
    format!(
        "From: Mara Lind <mara@example.org>\nTo: <{to}>\nMessage-ID: <{id}@example.org>\nSubject: {subject}\n\
         Date: Mon, 23 Nov 2026 10:00:00 +0000\n{more}\n{text}\n"
    )
}

/// What was said, by whom, oldest first.
pub fn said(messages: &[Value]) -> Vec<(String, String)> {
    let told = messages.iter().filter(|message| message["kind"] != "event");
    told.map(|message| (message["kind"].as_str().unwrap().to_owned(), message["text"].as_str().unwrap().to_owned())).collect()
}
