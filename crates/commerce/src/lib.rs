//! Orders and what became of them, whatever shop system they come from.

mod api;
pub mod events;
pub mod order;
mod personal_data;
pub mod status;
mod store;

pub use order::Order;

use platform::{
    Migrations, Module, Twin,
    http::{Permission, Rank},
};

/// To see orders.
pub const READ: Permission = Permission { key: "orders.read", about: "See customers’ orders", least: Rank::Viewer };
/// To tell of orders, as the shop's own system does.
pub const RECORD: Permission =
    Permission { key: "orders.record", about: "Tell Ombud of orders, as a shop system does", least: Rank::Admin };

mod schema {
    refinery::embed_migrations!("migrations");
}

pub fn module() -> Module {
    Module {
        name: "commerce",
        migrations: Some(Migrations { room: "commerce", runner: schema::migrations::runner, twin: Twin::default() }),
        api: Some(api::routes()),
        policy: api::policy(),
        permissions: &[READ, RECORD],
        personal_data: Some(personal_data::ours()),
        ..Module::default()
    }
}
