//! The bot: answers shoppers ask for with a tap, from the shop's own texts and what the rooms below know. It says that it
//! is one, and writes into nobody's inbox.

pub mod answer;
mod api;
pub mod code;
pub mod events;
mod hours;
pub mod quick_replies;
pub mod said;
mod store;
pub mod tracking;

pub use answer::{Answer, answer};
pub use quick_replies::{QuickReplies, Topic};
pub use said::Said;

use kernel::{Words, words};
use platform::{
    Migrations, Module, Twin,
    http::{Permission, Rank},
    job::JobKind,
};

/// To set up what the bot answers.
pub const MANAGE: Permission = Permission { key: "bot.manage", about: "Set up what the bot answers in the chat", least: Rank::Admin };

/// What the bot says of its own.
static WORDS: Words = words!("bot");
/// What it writes in mails.
static MAILS: Words = words!("mails");

mod schema {
    refinery::embed_migrations!("migrations");
}

pub fn module() -> Module {
    Module {
        name: "bot",
        migrations: Some(Migrations { room: "bot", runner: schema::migrations::runner, twin: Twin::default() }),
        api: Some(api::routes()),
        policy: api::policy(),
        permissions: &[MANAGE],
        jobs: vec![JobKind::new(code::send)],
        ..Module::default()
    }
}
