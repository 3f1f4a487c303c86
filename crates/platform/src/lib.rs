//! What every room stands on: database, events, jobs, http, live, mail, text, files, secrets, plugged things.

pub mod clock;
pub mod config;
pub mod db;
pub mod directory;
pub mod egress;
pub mod event;
pub mod files;
pub mod html;
pub mod http;
pub mod job;
pub mod limits;
pub mod live;
pub mod mail;
pub mod outbox;
pub mod password;
pub mod reaction;
pub mod rng;
pub mod search;
pub mod secret;
pub mod template;
pub mod token;

// the macros name this crate from outside and from here alike
extern crate self as platform;

mod app;
mod scope;

pub use app::{App, Ground, Module, Plugged};
pub use db::{Migrations, Twin, Tx};
pub use http::Agent;
// what the macros of this crate name
pub use {kernel, serde, utoipa};

/// The platform's own tables and jobs.
pub fn module() -> Module {
    let migrations = Migrations { room: "platform", runner: schema::migrations::runner, twin: search::TABLES };
    let jobs = outbox::jobs().into_iter().chain(http::once::jobs()).collect();
    Module { name: "platform", migrations: Some(migrations), jobs, ..Module::default() }
}

mod schema {
    refinery::embed_migrations!("migrations");
}
