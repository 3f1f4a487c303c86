//! What shoppers do on the shop's pages, where they agreed to it: where they came from, what they look at, what is in their cart.

mod api;
mod batch;
pub mod cart;
pub mod events;
mod gate;
mod personal_data;
mod reactions;
pub mod record;
mod store;
mod sweeps;
pub mod viewed;
pub mod visit;
mod whose;
pub mod wish;

pub use batch::{Batch, Sighting};
pub use gate::Gate;

use platform::{
    Migrations, Module, Twin,
    http::{Permission, Rank},
};

/// To see what customers do on the shop's pages.
pub const READ: Permission =
    Permission { key: "storefront.read", about: "See customers’ carts and what they look at in the shop", least: Rank::Viewer };

mod schema {
    refinery::embed_migrations!("migrations");
}

pub fn module() -> Module {
    Module {
        name: "storefront",
        migrations: Some(Migrations { room: "storefront", runner: schema::migrations::runner, twin: Twin::default() }),
        api: Some(api::routes()),
        policy: api::policy(),
        permissions: &[READ],
        reactions: reactions::reactions(),
        jobs: cart::jobs(),
        sweeps: sweeps::sweeps(),
        personal_data: Some(personal_data::ours()),
        plugs: Some(|plugged| plugged.plug(Gate::default())),
        ..Module::default()
    }
}
