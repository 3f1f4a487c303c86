//! Counts what the rooms below know, and says what follows from it. It keeps nothing of its own.

mod advice;
mod api;
pub mod channel_use;

use platform::{
    Module,
    http::{Permission, Rank},
};

/// To read reports.
pub const READ: Permission = Permission { key: "reports.read", about: "Read reports", least: Rank::Lead };

pub fn module() -> Module {
    Module { name: "analytics", api: Some(api::routes()), policy: api::policy(), permissions: &[READ], ..Module::default() }
}
