//! A copy of the embedded database, of one moment, made while its server goes on.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use kernel::{Error, Result, Timestamp};
use rusqlite::{Connection, OpenFlags};

use super::{
    Copied, DATABASE,
    archive::hashed,
    ask_for_room, failed,
    manifest::{Holds, Manifest, damaged},
};
use crate::{
    db::{Migrations, Schema, migrate_copy, schema_of},
    files::NAMED,
    pause,
};

/// Copies the database into `folder`. Its writer goes on meanwhile: in WAL mode a reader's snapshot holds nobody up.
///
/// `VACUUM INTO` writes what is there and nothing else: what was erased is not in the copy's free pages.
pub(super) fn copy(database: &Path, folder: &Path) -> Result<Copied> {
    let cannot = || failed(format!("{} cannot be copied", database.display()));
    if !database.exists() {
        return Err(Error::broken(format!("There is no database {}. Name the data folder with --data.", database.display())));
    }
    ask_for_room(folder, fs::metadata(database).map_err(Error::broken)?.len())?;
    let to = folder.join(DATABASE);
    let original = open_to_read(database).map_err(cannot())?;
    original.execute("VACUUM INTO ?1", [to.to_string_lossy()]).map_err(cannot())?;
    let copied = open_to_read(&to).map_err(Error::broken)?;
    let (schema, holds) = examine(&copied)?;
    let names: rusqlite::Result<Vec<String>> = copied.prepare(NAMED).and_then(|mut all| all.query_map([], |row| row.get(0))?.collect());
    let files = names.map_err(Error::broken)?.iter().map(|name| name.parse()).collect::<Result<_>>()?;
    Ok(Copied { schema, holds, members: vec![hashed(DATABASE, &to)?], files })
}

/// Holds a copy against its manifest, brings its schema up to date, and lets nothing leave.
pub(super) fn prepare(copy: &PathBuf, manifest: &Manifest, migrations: &[Migrations], now: Timestamp) -> Result<()> {
    let mut conn = Connection::open(copy).map_err(Error::broken)?;
    let (schema, holds) = examine(&conn)?;
    manifest.hold_against(&schema, &holds)?;
    migrate_copy(&mut conn, migrations)?;
    conn.execute(pause::EVERYWHERE, [now.micros()]).map_err(Error::broken)?;
    conn.close().map_err(|(_, error)| Error::broken(error))
}

fn open_to_read(path: &Path) -> rusqlite::Result<Connection> {
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
}

/// What a copy holds, once it is sure that it is whole.
///
/// Errors: `Broken` with a sentence when it is not.
fn examine(copy: &Connection) -> Result<(Schema, Holds)> {
    let unreadable = |error| damaged(format!("its database cannot be read: {error}"));
    let whole: String = copy.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0)).map_err(unreadable)?;
    if whole != "ok" {
        return Err(damaged(format!("its database is not whole: {whole}")));
    }
    Ok((schema_of(copy)?, holds(copy).map_err(unreadable)?))
}

fn holds(copy: &Connection) -> rusqlite::Result<Holds> {
    let mut rows = BTreeMap::new();
    for table in tables(copy)? {
        let count = copy.query_row(&format!("SELECT COUNT(*) FROM \"{table}\""), [], |row| row.get(0))?;
        rows.insert(table, count);
    }
    Ok(Holds { rows, newest_event: copy.query_row(Holds::NEWEST_EVENT, [], |row| row.get(0))? })
}

/// The tables that rooms made; those of the search index follow from theirs.
fn tables(conn: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut statement =
        conn.prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'")?;
    statement.query_map([], |row| row.get(0))?.collect()
}
