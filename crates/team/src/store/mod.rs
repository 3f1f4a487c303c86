//! Every statement of this crate, one page for each noun, and nothing else.

pub mod attempts;
pub mod departments;
pub mod invitations;
pub mod members;
pub mod people;
pub mod resets;
pub mod roles;
pub mod schedules;
pub mod sessions;
pub mod shops;
pub mod tokens;

use kernel::{Error, Result, Sentence, conflict};

/// How a name is compared.
fn name_key(name: &str) -> String {
    name.trim().to_lowercase()
}

/// An insert that a unique key refused changes nothing.
fn unless_taken(inserted: u64, otherwise: Sentence) -> Result<()> {
    if inserted == 1 { Ok(()) } else { Err(conflict(otherwise)) }
}

/// A statement about one row that must be there.
fn there(changed: u64, otherwise: Sentence) -> Result<()> {
    if changed > 0 { Ok(()) } else { Err(Error::NotFound(otherwise)) }
}
