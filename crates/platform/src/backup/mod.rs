//! A backup is one file: the database, the files and the secret key, with a manifest that says what must be in it.
//!
//! It is made beside a running server, of one moment; it is read again before it counts; and nothing of it is believed when
//! it is restored. `docs/decisions/0009-a-backup-is-one-file.md` says why it is so.

mod archive;
mod copy;
mod manifest;
mod restore;
mod take;
#[cfg(test)]
mod tests;

pub use self::{manifest::Manifest, restore::restore, take::take};

/// The database in a data folder, and in a backup.
pub(crate) const DATABASE: &str = "ombud.sqlite";
/// The key in a data folder, and in a backup.
pub(crate) const KEY: &str = "secret.key";
/// The folder of the files, in a data folder and in a backup.
pub(crate) const FILES: &str = "files";
/// Where a restore unpacks, in the data folder; while it is there, that folder is not whole.
const UNPACKING: &str = ".restoring";

use std::{fs::File, io, path::Path};

use kernel::{Error, Result};

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

/// What a folder lists survives a power cut.
fn flush_folder(folder: &Path) -> Result<()> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed(format!("{} cannot be flushed", folder.display())))
}
