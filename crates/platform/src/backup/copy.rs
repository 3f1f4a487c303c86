//! A copy of the embedded database, of one moment, made while its server goes on.

use std::{collections::BTreeMap, path::Path};

use kernel::Result;
use rusqlite::{Connection, OpenFlags};

use super::{
    failed,
    manifest::{Holds, damaged},
};
use crate::db::{Schema, schema_of};

/// Copies the database. Its writer goes on meanwhile: in WAL mode a reader's snapshot holds nobody up.
///
/// `VACUUM INTO` writes what is there and nothing else: what was erased is not in the copy's free pages.
pub(super) fn copy(database: &Path, to: &Path) -> Result<()> {
    let cannot = || failed(format!("{} cannot be copied", database.display()));
    let conn = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(cannot())?;
    conn.execute("VACUUM INTO ?1", [to.to_string_lossy()]).map(drop).map_err(cannot())
}

/// What a copy holds, once it is sure that it is whole.
///
/// Errors: `Broken` with a sentence when it is not.
pub(super) fn examine(copy: &Connection) -> Result<(Schema, Holds)> {
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
    let newest_event = copy.query_row("SELECT COALESCE(MAX(seq), 0) FROM platform_events", [], |row| row.get(0))?;
    Ok(Holds { rows, newest_event })
}

/// The tables that rooms made; those of the search index follow from theirs.
fn tables(conn: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut statement =
        conn.prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'")?;
    statement.query_map([], |row| row.get(0))?.collect()
}
