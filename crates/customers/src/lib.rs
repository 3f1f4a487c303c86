//! Who the customers are, visitors too, on every channel, and what they allowed.

pub mod address;
mod api;
pub mod attribute;
pub mod birthday;
pub mod buyer;
pub mod channel;
pub mod consent;
pub mod copied;
pub mod correction;
pub mod country;
pub mod customer;
mod duplicates;
pub mod events;
mod export;
pub mod import;
mod list;
pub mod merge;
pub mod note;
pub mod person;
pub mod personal_data;
pub mod sender;
mod store;
mod table;
pub mod tag;
mod view;
pub mod visitor;

pub use address::e164;
pub use buyer::{Buyer, buys};
pub use customer::{Customer, by_id, recognise};
pub use list::search;
pub use person::{Person, by_ids};
pub use sender::{calls, calls_from, writes, writes_through};
pub use view::{CustomerView, Profile};

use platform::{
    Migrations, Module, Twin,
    http::{Permission, Rank},
};

/// To see customers and what is known about them.
pub const READ: Permission = Permission { key: "customers.read", about: "See customers and what is known about them", least: Rank::Viewer };
/// To change what is known about customers.
pub const EDIT: Permission = Permission { key: "customers.edit", about: "Change customers’ details and notes", least: Rank::Agent };
/// To set up what customers are sorted by, and to put right what others wrote.
pub const MANAGE: Permission = Permission {
    key: "customers.manage",
    about: "Set up customers’ tags and attributes, remove proved addresses and colleagues’ notes",
    least: Rank::Lead,
};
/// To hand out all that is known about a customer.
pub const EXPORT: Permission = Permission {
    key: "customers.export",
    about: "Take out all that is known about a customer, and lists of customers",
    least: Rank::Admin,
};
/// To bring in customers from a file.
pub const IMPORT: Permission = Permission { key: "customers.import", about: "Import customers from a file", least: Rank::Admin };
/// To erase customers.
pub const ERASE: Permission = Permission { key: "customers.erase", about: "Erase customers for good", least: Rank::Admin };
/// To say that two customers are one, or that they are not.
pub const MERGE: Permission =
    Permission { key: "customers.merge", about: "Merge customers who are one person, and separate them again", least: Rank::Agent };
/// To block customers.
pub const BLOCK: Permission = Permission { key: "customers.block", about: "Block and unblock customers", least: Rank::Agent };

mod schema {
    refinery::embed_migrations!("migrations");
}

pub fn module() -> Module {
    Module {
        name: "customers",
        migrations: Some(Migrations { room: "customers", runner: schema::migrations::runner, twin: Twin::default() }),
        api: Some(api::routes()),
        policy: api::policy(),
        permissions: &[READ, EDIT, MANAGE, BLOCK, MERGE, IMPORT, EXPORT, ERASE],
        jobs: merge::jobs().into_iter().chain(import::jobs()).collect(),
        sweeps: visitor::sweeps().into_iter().chain([import::sweep()]).collect(),
        personal_data: Some(personal_data::ours()),
        ..Module::default()
    }
}
