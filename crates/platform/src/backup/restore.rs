//! Restoring a backup, into an empty place and nowhere else.

use std::{
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf},
};

use kernel::{Error, Result, Timestamp};
use rusqlite::Connection;

use super::{
    DATABASE, FILES, KEY, UNPACKING, archive, copy, failed, flush_folder, free_space,
    manifest::{Manifest, Member, damaged},
};
use crate::{
    config::{Config, DatabaseUrl},
    db::{Migrations, Schema, migrate_copy},
    pause,
};

/// Left free beside what is unpacked: the schema may have to be brought up to date.
const SPARE: u64 = 64 * 1024 * 1024;

/// Restores a backup into the data folder, which must be empty. Everything is unpacked and checked in a folder inside it first,
/// and moved to its place at the end; nothing leaves the restored installation until it is resumed.
///
/// Errors: `Broken` with a sentence; then the folder is as empty as before.
pub fn restore(config: &Config, from: &Path, migrations: &[Migrations], now: Timestamp) -> Result<Manifest> {
    if let DatabaseUrl::Postgres(_) = config.database()? {
        return Err(Error::broken(
            "This restores the embedded database. For PostgreSQL use pg_restore, then say “ombud pause” before the server starts.",
        ));
    }
    let data = Path::new(&config.data);
    create_private_folder(data).map_err(failed(format!("The folder {} cannot be made", data.display())))?;
    if data.read_dir().map_err(failed(format!("{} cannot be read", data.display())))?.next().is_some() {
        return Err(Error::broken(format!("The folder {} is not empty. Restore into an empty one.", data.display())));
    }
    let unpacking = Unpacking::new(data)?;
    let known = Schema::known(migrations);
    let manifest = archive::read(from, |manifest| begin(manifest, &known, data), |member| unpacking.create(member))?;
    open_and_pause(&unpacking.folder.join(DATABASE), &manifest, migrations, now)?;
    unpacking.move_into_place()?;
    Ok(manifest)
}

/// What the manifest alone can tell.
fn begin(manifest: &Manifest, known: &Schema, data: &Path) -> Result<()> {
    manifest.check_age(known)?;
    let (needed, room) = (manifest.size().saturating_add(SPARE), free_space(data).map_err(Error::broken)?);
    if room >= needed {
        return Ok(());
    }
    let millions = |bytes: u64| bytes / 1_000_000;
    Err(Error::broken(format!("This backup needs {} MB, and the disk has {} MB free.", millions(needed), millions(room))))
}

/// Holds the database against its manifest, brings its schema up to date, and lets nothing leave.
fn open_and_pause(database: &Path, manifest: &Manifest, migrations: &[Migrations], now: Timestamp) -> Result<()> {
    let mut conn = Connection::open(database).map_err(Error::broken)?;
    let (schema, holds) = copy::examine(&conn)?;
    if schema != manifest.schema || holds != manifest.holds {
        return Err(damaged("its database does not hold what its manifest says"));
    }
    migrate_copy(&mut conn, migrations)?;
    conn.execute(pause::EVERYWHERE, [now.micros()]).map_err(Error::broken)?;
    conn.close().map_err(|(_, error)| Error::broken(error))
}

/// The folder a backup is unpacked in. Unless the restore succeeds, it goes and takes along what was moved out of it.
struct Unpacking {
    data: PathBuf,
    folder: PathBuf,
    in_place: bool,
}

const MOVED: [&str; 3] = [FILES, KEY, DATABASE];

impl Unpacking {
    fn new(data: &Path) -> Result<Unpacking> {
        let unpacking = Unpacking { data: data.to_owned(), folder: data.join(UNPACKING), in_place: false };
        create_private_folder(&unpacking.folder).map_err(failed(format!("{} cannot be written to", data.display())))?;
        Ok(unpacking)
    }

    /// Names come from a manifest that was checked: each is one of ours.
    fn create(&self, member: &Member) -> io::Result<File> {
        let path = self.folder.join(&member.path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(path)
    }

    /// The database comes last, and the folder goes after it: a server does not start on anything less.
    fn move_into_place(mut self) -> Result<()> {
        let cannot = || failed("What was unpacked cannot be moved into its place");
        let flush = || -> io::Result<()> { Ok(rustix::fs::syncfs(File::open(&self.folder)?)?) };
        flush().map_err(cannot())?;
        for name in MOVED.into_iter().filter(|name| self.folder.join(name).exists()) {
            fs::rename(self.folder.join(name), self.data.join(name)).map_err(cannot())?;
        }
        flush_folder(&self.data)?;
        fs::remove_dir(&self.folder).map_err(cannot())?;
        flush_folder(&self.data)?;
        self.in_place = true;
        Ok(())
    }
}

impl Drop for Unpacking {
    fn drop(&mut self) {
        if self.in_place {
            return;
        }
        for moved in MOVED.map(|name| self.data.join(name)) {
            let _ = if moved.is_dir() { fs::remove_dir_all(moved) } else { fs::remove_file(moved) };
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A folder that is there keeps its rights.
fn create_private_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}
