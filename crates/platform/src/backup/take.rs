//! Making a backup.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use kernel::{Error, Result, Timestamp};
use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;

use super::{
    DATABASE, FILES, KEY, archive,
    archive::Hashing,
    copy, failed, flush_folder, free_space,
    manifest::{Manifest, Member},
};
use crate::{
    config::{Config, DatabaseUrl},
    files::FileKey,
};

/// Writes a backup of the installation to the file `to`, which only its owner can read: the secret key is in it.
/// A server may run meanwhile. The file appears under its name when it is whole, flushed, and has been read again.
///
/// Errors: `Broken` with a sentence; then there is no file.
pub fn take(config: &Config, to: &Path, now: Timestamp) -> Result<Manifest> {
    if let DatabaseUrl::Postgres(_) = config.database()? {
        return Err(Error::broken(
            "PostgreSQL keeps its own backups: use pg_dump for the database, and copy the data folder's secret.key and files beside it. \
             After pg_restore, say “ombud pause” before the server starts.",
        ));
    }
    let (data, folder) = (Path::new(&config.data), parent(to));
    let database = data.join(DATABASE);
    if !database.exists() {
        return Err(Error::broken(format!("There is no database in {}. Name the data folder with --data.", data.display())));
    }
    if to.exists() {
        return Err(Error::broken(format!("{} is there already. Choose another name.", to.display())));
    }
    let room = free_space(folder).map_err(failed(format!("{} cannot be written to", folder.display())))?;
    refuse_without_room(&database, room)?;
    // goes again however this ends
    let beside = private_folder(folder).map_err(failed(format!("{} cannot be written to", folder.display())))?;
    let copied = beside.path().join(DATABASE);
    copy::copy(&database, &copied)?;
    let (schema, holds) = copy::examine(&Connection::open_with_flags(&copied, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(Error::broken)?)?;
    let mut members = vec![hashed(DATABASE, &copied)?, hashed(KEY, &data.join(KEY))?];
    // after the database: a file is on disk before a row names it
    let elsewhere = !config.files_url.is_empty();
    if !elsewhere {
        members.extend(files(&data.join(FILES)).map_err(failed("The files cannot be listed"))?);
    }
    let manifest = Manifest::new(now, schema, holds, elsewhere, members);
    let packed = tempfile::NamedTempFile::new_in(beside.path()).map_err(Error::broken)?;
    archive::write(packed.as_file(), &manifest, |member| File::open(source(data, &copied, member)))?;
    packed.as_file().sync_all().map_err(failed("The backup cannot be flushed"))?;
    let read = archive::read(packed.path(), |_| Ok(()), |_| Ok(io::sink()))?;
    if read != manifest {
        return Err(Error::broken("What was written is not what can be read again. Look at the disk, then make another backup."));
    }
    packed.persist_noclobber(to).map_err(failed(format!("{} cannot be written", to.display())))?;
    flush_folder(folder)?;
    Ok(manifest)
}

/// A folder that nobody else looks into, whatever the process lets others see by default.
fn private_folder(within: &Path) -> io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".ombud-backup-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.tempdir_in(within)
}

fn source(data: &Path, copied: &Path, member: &Member) -> PathBuf {
    if member.path == DATABASE { copied.to_owned() } else { data.join(&member.path) }
}

/// The copy and the archive lie there together for a moment.
fn refuse_without_room(database: &Path, room: u64) -> Result<()> {
    let needed = fs::metadata(database).map_err(Error::broken)?.len();
    if room >= needed {
        return Ok(());
    }
    let millions = |bytes: u64| bytes / 1_000_000;
    Err(Error::broken(format!("The disk has {} MB free; the copy of the database takes up to {} MB.", millions(room), millions(needed))))
}

fn hashed(path: &str, at: &Path) -> Result<Member> {
    let cannot = || failed(format!("{} cannot be read", at.display()));
    let mut read = Hashing::new(File::open(at).map_err(cannot())?);
    io::copy(&mut read, &mut io::sink()).map_err(cannot())?;
    Ok(read.member(path))
}

/// Everything stored under a name of ours. The name is the hash; whether it is true is seen when the file is read.
fn files(folder: &Path) -> io::Result<Vec<Member>> {
    let mut found = Vec::new();
    for shop in folder.read_dir()? {
        let shop = shop?;
        if !shop.file_type()?.is_dir() {
            continue;
        }
        for file in shop.path().read_dir()? {
            let file = file?;
            let name = format!("{}/{}", shop.file_name().to_string_lossy(), file.file_name().to_string_lossy());
            // one that is still being written has another name
            if name.parse::<FileKey>().is_ok() && file.file_type()?.is_file() {
                let sha256 = file.file_name().to_string_lossy().into_owned();
                found.push(Member { path: format!("{FILES}/{name}"), size: file.metadata()?.len(), sha256 });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
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
