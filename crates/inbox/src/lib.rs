//! The conversation: what was said, by whom, where it stands, and how answers leave.

mod api;
pub mod beginning;
pub mod call;
pub mod conversation;
pub mod delivery;
pub mod doubt;
pub mod draft;
pub mod elsewhere;
pub mod events;
pub mod figures;
pub mod file;
pub mod list;
pub mod message;
pub mod parting;
mod personal_data;
pub mod public;
mod reactions;
pub mod receipt;
pub mod reply;
pub mod snooze;
mod socket;
mod store;
pub mod tag;
pub mod view;

use platform::{
    Migrations, Module, Twin,
    http::{Permission, Rank},
};

/// To read conversations.
pub const READ: Permission = Permission { key: "conversations.read", about: "Read conversations", least: Rank::Viewer };
/// To answer and sort them.
pub const REPLY: Permission =
    Permission { key: "conversations.reply", about: "Answer, assign, tag and resolve conversations", least: Rank::Agent };
/// To change the shop's tags.
pub const TAGS: Permission = Permission { key: "tags.manage", about: "Create, rename and delete tags", least: Rank::Lead };

mod schema {
    refinery::embed_migrations!("migrations");
}

pub fn module() -> Module {
    Module {
        name: "inbox",
        migrations: Some(Migrations { room: "inbox", runner: schema::migrations::runner, twin: Twin::default() }),
        api: Some(api::routes()),
        pages: Some(api::pages()),
        policy: api::policy(),
        permissions: &[READ, REPLY, TAGS],
        reactions: reactions::reactions(),
        jobs: [delivery::jobs(), personal_data::jobs()].into_iter().flatten().collect(),
        sweeps: vec![file::sweep()],
        personal_data: Some(personal_data::ours()),
        ..Module::default()
    }
}
