//! The ways customers reach a shop, each behind the same plug. Nothing imports this crate but the binary.

pub mod events;
mod store;
pub mod webchat;

use inbox::delivery::Channels;
use platform::{
    Migrations, Module, Twin,
    http::{Permission, Rank},
};

/// To change how the chat looks and behaves.
pub const SETTINGS: Permission = Permission { key: "channels.manage", about: "Set up the chat on the shop’s pages", least: Rank::Admin };

mod schema {
    refinery::embed_migrations!("migrations");
}

pub fn module() -> Module {
    Module {
        name: "channels",
        migrations: Some(Migrations { room: "channels", runner: schema::migrations::runner, twin: Twin::default() }),
        api: Some(webchat::api::routes()),
        policy: webchat::api::policy(),
        permissions: &[SETTINGS],
        reactions: webchat::reactions::reactions(),
        jobs: webchat::reactions::jobs(),
        plugs: Some(|plugged| plugged.plug(channels())),
        ..Module::default()
    }
}

/// Every channel, one line each.
fn channels() -> Channels {
    Channels(vec![Box::new(webchat::Webchat)])
}
