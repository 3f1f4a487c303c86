//! Restoring a backup, into an empty place and nowhere else.

use std::{
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf},
};

use kernel::{Error, Result, Timestamp};

use super::{
    DATABASE, FILES, KEY, UNPACKING, archive, ask_for_room, failed, flush_folder,
    manifest::{Manifest, Member},
    postgres, sqlite,
};
use crate::{
    config::{Config, DatabaseUrl},
    db::{Migrations, Schema},
};

/// Left free beside what is unpacked: the schema may have to be brought up to date.
const SPARE: u64 = 64 * 1024 * 1024;

/// Restores a backup into the data folder, which must be empty, as must be a PostgreSQL database. Everything is unpacked and
/// checked in a folder inside it first, and moved to its place at the end; nothing leaves the restored installation until it
/// is resumed.
///
/// Errors: `Broken` with a sentence; then both are as empty as before.
pub async fn restore(config: &Config, from: &Path, migrations: &[Migrations], now: Timestamp) -> Result<Manifest> {
    let (database, data) = (config.database()?, Path::new(&config.data));
    create_private_folder(data).map_err(failed(format!("The folder {} cannot be made", data.display())))?;
    if data.read_dir().map_err(failed(format!("{} cannot be read", data.display())))?.next().is_some() {
        return Err(Error::broken(format!("The folder {} is not empty. Restore into an empty one.", data.display())));
    }
    if let DatabaseUrl::Postgres(url) = &database {
        postgres::refuse_unless_empty(url).await?;
    }
    let unpacking = Unpacking::new(data)?;
    let known = Schema::known(migrations);
    let manifest = archive::read(from, |manifest| begin(manifest, &database, &known, data), |member| unpacking.create(member))?;
    match &database {
        DatabaseUrl::Sqlite(_) => {
            sqlite::prepare(&unpacking.folder.join(DATABASE), &manifest, migrations, now)?;
            unpacking.move_into_place()?;
        }
        DatabaseUrl::Postgres(url) => {
            postgres::fill(url, &unpacking.folder, &manifest, migrations, now).await?;
            if let Err(error) = unpacking.move_into_place() {
                postgres::empty(url).await?;
                return Err(error);
            }
        }
    }
    Ok(manifest)
}

/// What the manifest alone can tell.
fn begin(manifest: &Manifest, database: &DatabaseUrl, known: &Schema, data: &Path) -> Result<()> {
    manifest.check_age(known)?;
    match (manifest.is_embedded(), database) {
        (true, DatabaseUrl::Postgres(_)) => Err(Error::broken("This backup has an embedded database. Restore it with database_url empty.")),
        (false, DatabaseUrl::Sqlite(_)) => {
            Err(Error::broken("This backup is of a PostgreSQL database. Make an empty one and name it in database_url."))
        }
        _ => ask_for_room(data, manifest.size().saturating_add(SPARE)),
    }
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

    /// The embedded database comes last, and the folder goes after it: a server does not start on anything less.
    fn move_into_place(mut self) -> Result<()> {
        let cannot = || failed("What was unpacked cannot be moved into its place");
        let flush = || -> io::Result<()> { Ok(rustix::fs::syncfs(File::open(&self.folder)?)?) };
        flush().map_err(cannot())?;
        for name in MOVED.into_iter().filter(|name| self.folder.join(name).exists()) {
            fs::rename(self.folder.join(name), self.data.join(name)).map_err(cannot())?;
        }
        flush_folder(&self.data)?;
        // what is left are the tables, which are in their database by now
        fs::remove_dir_all(&self.folder).map_err(cannot())?;
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
