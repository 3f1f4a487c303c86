//! What is owed: accounts, lots and the entries that move them, of two sides each.
//!
//! Who holds an account is known to the room that opened it; here is nobody's name. The postings are the truth
//! (`docs/decisions/0012-one-ledger.md`).

pub mod account;
pub mod act;
pub mod check;
pub mod entry;
mod expiry;
mod holding;
pub mod lot;
mod store;

pub use account::{Account, Balance};
pub use act::{Act, ActKind};
pub use entry::{Entry, Movement, Posted, post};

use platform::{Migrations, Module, Twin, job::JobKind};

mod schema {
    refinery::embed_migrations!("migrations");
}

pub fn module() -> Module {
    Module {
        name: "ledger",
        migrations: Some(Migrations { room: "ledger", runner: schema::migrations::runner, twin: Twin::default() }),
        jobs: vec![JobKind::new(expiry::expire_on_time), JobKind::new(holding::release_on_time)],
        ..Module::default()
    }
}
