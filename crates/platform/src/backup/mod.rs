//! A backup is one file: the database, the files it names and the secret key, with a manifest that says what must be in it.
//!
//! It is made beside a running server, of one moment; it is read again before it counts; and nothing of it is believed when
//! it is restored. `docs/decisions/0009-a-backup-is-one-file.md` says why it is so.

mod archive;
mod manifest;
mod postgres;
mod restore;
mod sqlite;
mod take;
#[cfg(test)]
mod tests;

pub use self::{manifest::Manifest, restore::restore, take::take};

/// The embedded database in a data folder, and in a backup.
pub(crate) const DATABASE: &str = "ombud.sqlite";
/// The folder of a PostgreSQL database's tables, in a backup.
const TABLES: &str = "tables";
/// The key in a data folder, and in a backup.
pub const KEY: &str = "secret.key";
/// The folder of the files, in a data folder and in a backup.
pub const FILES: &str = "files";
/// Where a restore unpacks, in the data folder; while it is there, that folder is not whole.
const UNPACKING: &str = ".restoring";

use std::{fs::File, io, path::Path};

use kernel::{Error, Result};

use self::manifest::{Holds, Member};
use crate::{db::Schema, files::FileKey};

/// A database of one moment, copied into a folder.
struct Copied {
    schema: Schema,
    holds: Holds,
    /// What it consists of; their paths are those in the folder.
    members: Vec<Member>,
    /// The files that rows name.
    files: Vec<FileKey>,
}

/// Whether a restore into this data folder began and did not end.
pub fn is_half_restored(data: &Path) -> bool {
    data.join(UNPACKING).exists()
}

fn failed<E: std::fmt::Display>(what: impl std::fmt::Display) -> impl FnOnce(E) -> Error {
    move |error| Error::broken(format!("{what}: {error}"))
}

/// Bytes free for us where `folder` lies.
pub(crate) fn free_space(folder: &Path) -> io::Result<u64> {
    let disk = rustix::fs::statvfs(folder)?;
    Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// Errors: `Broken` when there is no room for so many bytes in `folder`.
fn ask_for_room(folder: &Path, needed: u64) -> Result<()> {
    let room = free_space(folder).map_err(failed(format!("{} cannot be written to", folder.display())))?;
    let millions = |bytes: u64| bytes / 1_000_000;
    if room >= needed {
        return Ok(());
    }
    Err(Error::broken(format!("This takes up to {} MB, and the disk has {} MB free.", millions(needed), millions(room))))
}

/// What a folder lists survives a power cut.
fn flush_folder(folder: &Path) -> Result<()> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed(format!("{} cannot be flushed", folder.display())))
}
