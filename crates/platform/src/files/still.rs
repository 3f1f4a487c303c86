//! Holding still: while a backup copies files, none of those it is about to copy goes away.
//!
//! A lock on a file in the folder, because a backup is another process, on another machine perhaps; it ends with whoever holds it.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    path::Path,
};

use kernel::{Error, Result};

/// Lets nothing be removed from this folder until what is returned is dropped. Waits for another backup to end.
pub(crate) fn hold_still(folder: &Path) -> Result<File> {
    let wait = || -> io::Result<File> {
        let lock = lock_of(folder)?;
        lock.lock()?;
        Ok(lock)
    };
    wait().map_err(|error| unusable(folder, error))
}

/// Held while something is removed, beside others who remove; `None` while a backup is made.
pub(super) fn start_removing(folder: &Path) -> Result<Option<File>> {
    let lock = lock_of(folder).map_err(|error| unusable(folder, error))?;
    match lock.try_lock_shared() {
        Ok(()) => Ok(Some(lock)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(unusable(folder, error)),
    }
}

/// Made when a server starts, so that it is the server's own whoever makes a backup.
pub(super) fn lock_of(folder: &Path) -> io::Result<File> {
    OpenOptions::new().create(true).truncate(false).write(true).open(folder.join(".lock"))
}

fn unusable(folder: &Path, error: io::Error) -> Error {
    Error::broken(format!("The folder {} cannot be locked: {error}", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_remove_at_once_but_nobody_while_a_backup_is_made() {
        let folder = tempfile::tempdir().unwrap();
        let removing = (start_removing(folder.path()).unwrap().unwrap(), start_removing(folder.path()).unwrap().unwrap());
        drop(removing);
        let still = hold_still(folder.path()).unwrap();
        assert!(start_removing(folder.path()).unwrap().is_none());
        drop(still);
        assert!(start_removing(folder.path()).unwrap().is_some());
    }
}
