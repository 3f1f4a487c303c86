//! The shop systems whose customers, orders, products and stock are copied, each behind the same plug. Nothing imports this crate but the binary,
//! and what tries hostile answers on it.

mod acting;
mod answer;
mod api;
mod connection;
mod connector;
mod erasing;
pub mod events;
mod fetch;
mod medusa;
mod place;
mod privacy;
mod session;
mod shopify;
mod store;
mod subscribe;
mod told;
mod trouble;
mod vendure;
mod view;
mod webhook;
mod webhook_api;
mod woocommerce;

pub use acting::Connected;
pub use connector::{Connector, Connectors, Fact, Settings, Subject, Uncounted};
use platform::{
    Migrations, Module, Twin,
    http::{Permission, Rank},
    job::JobKind,
};

/// To connect shop systems, and to see how they do.
pub const MANAGE: Permission =
    Permission { key: "connections.manage", about: "Connect the shop’s own system, and see how its copy does", least: Rank::Admin };

mod schema {
    refinery::embed_migrations!("migrations");
}

pub fn module() -> Module {
    Module {
        name: "connectors",
        migrations: Some(Migrations { room: "connectors", runner: schema::migrations::runner, twin: Twin::default() }),
        api: Some(api::routes().merge(webhook_api::routes())),
        policy: [api::policy(), webhook_api::policy()].concat(),
        permissions: &[MANAGE],
        jobs: vec![
            JobKind::new(fetch::fetch).within(fetch::AS_LONG_AS),
            JobKind::new(subscribe::subscribe).within(subscribe::AS_LONG_AS),
            JobKind::new(erasing::erase),
            JobKind::new(privacy::redact),
            JobKind::new(privacy::attend),
        ],
        sweeps: vec![webhook::sweep()],
        plugs: Some(|plugged| plugged.plug(connectors())),
        ..Module::default()
    }
}

/// Every connector, one line each.
pub fn connectors() -> Connectors {
    Connectors(vec![
        Box::new(vendure::Vendure::default()),
        Box::new(woocommerce::WooCommerce),
        Box::new(shopify::Shopify::default()),
        Box::new(medusa::Medusa),
    ])
}

#[cfg(test)]
mod tests;
