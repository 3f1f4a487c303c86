//! Promises, routing, macros, tasks, quality; so far macros: replies saved for saying again.

mod api;
pub mod events;
pub mod macros;
mod rendering;
mod store;

pub use macros::Macro;

use platform::{
    Migrations, Module, Twin,
    http::{Permission, Rank},
};

/// To use the shop's macros, and to keep some of one's own.
pub const READ: Permission =
    Permission { key: "macros.read", about: "Use saved replies, and keep some of one’s own", least: Rank::Agent };
/// To change those the whole shop uses.
pub const MANAGE: Permission =
    Permission { key: "macros.manage", about: "Write, change and delete saved replies for everybody", least: Rank::Lead };

mod schema {
    refinery::embed_migrations!("migrations");
}

pub fn module() -> Module {
    Module {
        name: "desk",
        migrations: Some(Migrations { room: "desk", runner: schema::migrations::runner, twin: Twin::default() }),
        api: Some(api::routes()),
        policy: api::policy(),
        permissions: &[READ, MANAGE],
        ..Module::default()
    }
}
