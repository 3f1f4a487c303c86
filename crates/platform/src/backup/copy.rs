//! A copy of the embedded database, of one moment, made while its server goes on.

use std::{collections::BTreeMap, path::Path};

use kernel::{Error, Result};
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
    let whole: String = copy
        .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
        .map_err(|error| damaged(format!("its database does not open: {error}")))?;
    if whole != "ok" {
        return Err(damaged(format!("its database is not whole: {whole}")));
    }
    let count = |table: &String| copy.query_row(&format!("SELECT COUNT(*) FROM \"{table}\""), [], |row| row.get::<_, i64>(0));
    let rows = tables(copy).map_err(Error::broken)?.into_iter().map(|table| count(&table).map(|rows| (table, rows)));
    let rows = rows.collect::<rusqlite::Result<BTreeMap<_, _>>>().map_err(Error::broken)?;
    let newest = copy.query_row("SELECT COALESCE(MAX(seq), 0) FROM platform_events", [], |row| row.get(0)).map_err(Error::broken)?;
    Ok((schema_of(copy)?, Holds { rows, newest_event: newest }))
}

/// The tables that rooms made; those of the search index follow from theirs.
fn tables(conn: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut statement =
        conn.prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'")?;
    statement.query_map([], |row| row.get(0))?.collect()
}
