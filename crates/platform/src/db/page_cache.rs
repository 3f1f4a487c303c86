//! What an earlier life of the server has left in memory only.
//!
//! When a flush fails, Linux takes the pages for clean: programs go on reading them, no later flush brings them to the disk,
//! and after a power cut they are gone. While the server lives, SQLite is safe from that: the log's pages of a commit that
//! failed are written anew by the next commit, and pages whose copying failed are copied again. But one who starts after a
//! crash believes the log as it reads it, failed commit and all, and would build on what is not on the disk.

use std::{
    fs::OpenOptions,
    io,
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
};

use kernel::Result;
use rusqlite::{Connection, TransactionBehavior};

use super::failure::failed;

/// Written at once.
const PIECE: usize = 1 << 20;

/// Writes the log anew as it is read, and flushes it: what is built on from here is on the disk.
///
/// Errors: when that cannot be done. Nothing may be promised then.
pub(super) fn distrust(conn: &mut Connection, database: &Path) -> Result<()> {
    // nobody else writes to the log meanwhile, or begins it anew
    let held = conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    write_anew(&log_of(database)).map_err(failed)?;
    held.rollback().map_err(failed)
}

fn log_of(database: &Path) -> PathBuf {
    let mut log = database.as_os_str().to_owned();
    log.push("-wal");
    log.into()
}

fn write_anew(log: &Path) -> io::Result<()> {
    let file = match OpenOptions::new().read(true).write(true).open(log) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        opened => opened?,
    };
    let (mut piece, mut at) = (vec![0; PIECE], 0);
    loop {
        match file.read_at(&mut piece, at)? {
            0 => return file.sync_all(),
            read => {
                file.write_all_at(&piece[..read], at)?;
                at += read as u64;
            }
        }
    }
}
