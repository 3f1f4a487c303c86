//! The ways customers reach a shop, each behind the same plug. Nothing imports this crate but the binary.

pub mod email;
pub mod events;
mod store;
pub mod webchat;

use inbox::delivery::Channels;
use platform::{
    Migrations, Module, Twin,
    http::{Permission, Rank},
};

/// To change how the chat looks and behaves, and which mailboxes are read.
pub const SETTINGS: Permission =
    Permission { key: "channels.manage", about: "Set up the chat on the shop’s pages and the mailboxes", least: Rank::Admin };

mod schema {
    refinery::embed_migrations!("migrations");
}

pub fn module() -> Module {
    Module {
        name: "channels",
        migrations: Some(Migrations { room: "channels", runner: schema::migrations::runner, twin: Twin::default() }),
        api: Some(webchat::api::routes().merge(email::api::routes())),
        policy: webchat::api::policy().into_iter().chain(email::api::policy()).collect(),
        permissions: &[SETTINGS],
        reactions: webchat::reactions::reactions(),
        jobs: [webchat::reactions::jobs(), email::jobs()].into_iter().flatten().collect(),
        sweeps: vec![email::sweep()],
        personal_data: Some(email::personal_data()),
        plugs: Some(|plugged| {
            plugged.plug(channels());
            plugged.plug(email::Watches::default());
        }),
        ..Module::default()
    }
}

/// Every channel, one line each.
fn channels() -> Channels {
    Channels(vec![Box::new(webchat::Webchat), Box::new(email::Email)])
}
