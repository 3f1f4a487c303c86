//! Making a backup.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use data_encoding::HEXLOWER;
use kernel::{Error, Result, Timestamp};
use tempfile::TempDir;

use super::{
    FILES, KEY, archive,
    archive::hashed,
    failed, flush_folder,
    manifest::{Manifest, Member},
    postgres, sqlite,
};
use crate::{
    config::{Config, DatabaseUrl},
    files::{FileKey, hold_still},
};

/// Writes a backup of the installation to the file `to`, which only its owner can read: the secret key is in it.
/// A server may run meanwhile. The file appears under its name when it is whole, flushed, and has been read again.
///
/// Errors: `Broken` with a sentence; then there is no file.
pub async fn take(config: &Config, to: &Path, now: Timestamp) -> Result<Manifest> {
    let (data, folder) = (Path::new(&config.data), parent(to));
    if to.exists() {
        return Err(Error::broken(format!("{} is there already. Choose another name.", to.display())));
    }
    // everything in it is removed again however this ends
    let beside = private_folder(folder).map_err(failed(format!("{} cannot be written to", folder.display())))?;
    let files_elsewhere = !config.files_url.is_empty();
    let stored = data.join(FILES);
    // from before the snapshot until the last file is in: what it names stays where it is
    let _still = if stored.exists() { Some(hold_still(&stored)?) } else { None };
    let copied = match config.database()? {
        DatabaseUrl::Sqlite(database) => sqlite::copy(&database, beside.path())?,
        DatabaseUrl::Postgres(url) => postgres::copy(&url, beside.path()).await?,
    };
    let (files, missing) = if files_elsewhere { Default::default() } else { find(&copied.files, data)? };
    let key = hashed(KEY, &data.join(KEY))?;
    let members = copied.members.into_iter().chain([key]).chain(files).collect();
    let manifest = Manifest { files_elsewhere, missing, ..Manifest::new(now, copied.schema, copied.holds, members) };
    let packed = tempfile::NamedTempFile::new_in(beside.path()).map_err(Error::broken)?;
    archive::write(packed.as_file(), &manifest, |member| File::open(source(data, beside.path(), member)))?;
    packed.as_file().sync_all().map_err(failed("The backup cannot be flushed"))?;
    let read = archive::read(packed.path(), |_| Ok(()), |_| Ok(io::sink()))?;
    if read != manifest {
        return Err(Error::broken("What was written is not what can be read again. Look at the disk, then make another backup."));
    }
    packed.persist_noclobber(to).map_err(failed(format!("{} cannot be written", to.display())))?;
    flush_folder(folder)?;
    Ok(manifest)
}

/// What is in there is as secret as the backup.
fn private_folder(within: &Path) -> io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".ombud-backup-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.tempdir_in(within)
}

fn source(data: &Path, copy: &Path, member: &Member) -> PathBuf {
    if member.is_of_the_database() { copy.join(&member.path) } else { data.join(&member.path) }
}

/// Those of `files` that are in the data folder, and those that are not. The name is the hash; whether it is true is seen
/// when the file is read.
fn find(files: &[FileKey], data: &Path) -> Result<(Vec<Member>, Vec<String>)> {
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    for file in files {
        let path = format!("{FILES}/{file}");
        match fs::symlink_metadata(data.join(&path)) {
            Ok(there) if there.is_file() => found.push(Member { path, size: there.len(), sha256: HEXLOWER.encode(&file.sha256) }),
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(format!("{path} cannot be read"))(error)),
            _ => missing.push(path),
        }
    }
    Ok((found, missing))
}

fn parent(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn nobody_else_looks_into_a_backup_that_is_being_made() {
        let within = tempfile::tempdir().unwrap();
        let folder = super::private_folder(within.path()).unwrap();
        assert_eq!(folder.path().metadata().unwrap().permissions().mode() & 0o777, 0o700);
    }
}
