//! What every room stands on: database, events, jobs, nodes, http, live, mail, text, files, secrets, plugged things.

pub mod archive;
pub mod backup;
pub mod card_number;
pub mod clock;
pub mod config;
pub mod db;
pub mod directory;
pub mod doctor;
pub mod egress;
pub mod event;
pub mod files;
pub mod form;
pub mod html;
pub mod http;
pub mod job;
pub mod kill_point;
pub mod limits;
pub mod live;
pub mod mail;
pub mod nodes;
pub mod outbox;
pub mod password;
pub mod pause;
pub mod personal_data;
pub mod reaction;
pub mod rng;
pub mod search;
pub mod secret;
pub mod sweep;
pub mod template;
pub mod token;
pub mod trouble;

// the macros name this crate from outside and from here alike
extern crate self as platform;

mod app;
mod scope;
mod seal;
#[cfg(test)]
mod tests;

/// Under this name stand the spans that say what a request or a job is about: kinds and patterns, never who or what.
pub const SPANS: &str = "ombud::spans";

pub use app::{App, Ground, Module, Plugged};
pub use db::{Migrations, Twin, Tx};
pub use http::Agent;
// what the macros of this crate name
pub use {kernel, serde, utoipa};

/// The platform's own tables, jobs and sweeps.
pub fn module() -> Module {
    let migrations = Migrations { room: "platform", runner: schema::migrations::runner, twin: search::TABLES };
    let jobs = [reaction::jobs(), outbox::jobs(), files::jobs(), sweep::jobs()].into_iter().flatten().collect();
    let sweeps = vec![http::once::sweep(), event::sweep(), files::sweep(), files::sweep_unfinished(), outbox::sweep(), sweep::of_the_log()];
    Module { name: "platform", migrations: Some(migrations), jobs, sweeps, ..Module::default() }
}

mod schema {
    refinery::embed_migrations!("migrations");
}
