//! The telephone, of any make: its system tells of calls by one signed webhook, and what is said there stands in the inbox. Where
//! that system is Twilio, callers are received here as well (`voice`).

mod api;
mod call;
pub mod calls_api;
pub mod events;
pub mod line;
mod log_api;
mod personal_data;
mod promise;
mod recording;
mod signature;
mod store;
mod take_in;
mod told;
mod view;
pub mod voice;
pub mod webhook;

use platform::{
    Migrations, Module, Twin,
    http::{Permission, Rank},
};

pub use self::{call::Call, line::PhoneLine, told::Told};

/// To set up through which numbers customers call.
pub const SETTINGS: Permission =
    Permission { key: "telephony.manage", about: "Set up the telephone numbers customers call", least: Rank::Admin };

mod schema {
    refinery::embed_migrations!("migrations");
}

pub fn module() -> Module {
    Module {
        name: "telephony",
        migrations: Some(Migrations { room: "telephony", runner: schema::migrations::runner, twin: Twin::default() }),
        api: Some(api::routes().merge(calls_api::routes()).merge(log_api::routes()).merge(webhook::routes()).merge(voice::routes())),
        policy: [api::policy(), calls_api::policy(), log_api::policy(), webhook::policy(), voice::policy()].into_iter().flatten().collect(),
        permissions: &[SETTINGS],
        jobs: [take_in::jobs(), recording::jobs(), voice::discard::jobs()].into_iter().flatten().collect(),
        sweeps: vec![call::sweep()],
        personal_data: Some(personal_data::ours()),
        ..Module::default()
    }
}
