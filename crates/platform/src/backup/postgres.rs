//! The tables of a PostgreSQL database, of one moment, each as its own `COPY` writes it.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{BufReader, BufWriter, Read, Write},
    path::Path,
    pin::pin,
};

use bytes::Bytes;
use futures::{SinkExt, TryStreamExt};
use kernel::{Error, Result, Timestamp};
use tokio_postgres::{Client, IsolationLevel, Transaction};

use super::{
    Copied, TABLES,
    archive::hashed,
    ask_for_room, failed,
    manifest::{Holds, Manifest, damaged},
};
use crate::{
    db::{Migrations, client, migrate_postgres, postgres_to, schema_of_postgres},
    files::NAMED,
    pause,
};

/// Sent to the server at once.
const PIECE: usize = 128 * 1024;

/// Our tables, except those that say which migrations were run.
const OURS: &str = "SELECT relname::TEXT FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' \
                    AND relname NOT LIKE '%\\_migrations' ORDER BY relname";

/// What they take on the server's disk, without indexes: about what they take as text.
const SIZE: &str = "SELECT COALESCE(SUM(pg_table_size(oid)), 0)::BIGINT FROM pg_class \
                    WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'";

/// Copies every table into `folder`. Nobody who writes waits for it, and it sees all of a transaction or nothing.
pub(super) async fn copy(url: &str, folder: &Path) -> Result<Copied> {
    let mut client = client(url).await?;
    // deferrable: it waits for a moment at which no order of the transactions that run could show something else
    let snapshot = client.build_transaction().isolation_level(IsolationLevel::Serializable).read_only(true).deferrable(true);
    let tx = snapshot.start().await.map_err(unanswered)?;
    let size: i64 = tx.query_one(SIZE, &[]).await.map_err(unanswered)?.get(0);
    ask_for_room(folder, size.unsigned_abs())?;
    fs::create_dir(folder.join(TABLES)).map_err(Error::broken)?;
    let (mut members, mut rows) = (Vec::new(), BTreeMap::new());
    for table in tables(&tx).await? {
        let path = format!("{TABLES}/{table}");
        let at = folder.join(&path);
        rows.insert(table.clone(), write_out(&tx, &table, &at).await?);
        members.push(hashed(&path, &at)?);
    }
    let newest_event = newest_event(&tx).await?;
    let names = tx.query(NAMED, &[]).await.map_err(unanswered)?;
    let files = names.iter().map(|row| row.get::<_, String>(0).parse()).collect::<Result<_>>()?;
    let schema = schema_of_postgres(tx.client()).await?;
    Ok(Copied { schema, holds: Holds { rows, newest_event }, members, files })
}

/// Errors: `Broken` when there is a table in the database already, of ours or of anybody.
pub(super) async fn refuse_unless_empty(url: &str) -> Result<()> {
    let there: Vec<String> = tables_there(&*client(url).await?).await?;
    match there.first() {
        None => Ok(()),
        Some(table) => Err(Error::broken(format!("The database is not empty: it has a table {table}. Restore into a new one."))),
    }
}

/// Fills an empty database with what lies in `folder`, brings its schema up to date, and lets nothing leave.
/// When that fails, the database is empty again.
pub(super) async fn fill(url: &str, folder: &Path, manifest: &Manifest, migrations: &[Migrations], now: Timestamp) -> Result<()> {
    let filled = fill_tables(&mut *client(url).await?, folder, manifest, migrations, now).await;
    if filled.is_err() {
        empty(url).await?;
    }
    filled
}

/// Takes away what [`fill`] put into a database that was empty.
pub(super) async fn empty(url: &str) -> Result<()> {
    let client = client(url).await?;
    for table in tables_there(&client).await? {
        client.batch_execute(&format!("DROP TABLE \"{table}\"")).await.map_err(unanswered)?;
    }
    Ok(())
}

async fn fill_tables(client: &mut Client, folder: &Path, manifest: &Manifest, migrations: &[Migrations], now: Timestamp) -> Result<()> {
    postgres_to(client, migrations, &manifest.schema).await?;
    let schema = schema_of_postgres(client).await?;
    let tx = client.transaction().await.map_err(unanswered)?;
    let mut rows = BTreeMap::new();
    for table in tables(&tx).await? {
        let count = read_in(&tx, &table, &folder.join(TABLES).join(&table)).await?;
        rows.insert(table, count);
    }
    let newest_event = newest_event(&tx).await?;
    manifest.hold_against(&schema, &Holds { rows, newest_event })?;
    tx.execute(pause::EVERYWHERE, &[&now.micros()]).await.map_err(unanswered)?;
    tx.commit().await.map_err(unanswered)?;
    migrate_postgres(client, migrations).await
}

/// Writes a table to a file; how many rows it has. The first line names the columns.
async fn write_out(tx: &Transaction<'_>, table: &str, to: &Path) -> Result<i64> {
    let cannot = |why: &dyn std::fmt::Display| Error::broken(format!("The table {table} cannot be copied: {why}"));
    let rows = tx.copy_out(&format!("COPY \"{table}\" TO STDOUT (HEADER)")).await.map_err(|error| cannot(&error))?;
    let mut rows = pin!(rows);
    let mut file = BufWriter::new(File::create(to).map_err(|error| cannot(&error))?);
    let mut lines = 0;
    while let Some(piece) = rows.try_next().await.map_err(|error| cannot(&error))? {
        file.write_all(&piece).map_err(|error| cannot(&error))?;
        // within a value it is written \n
        lines += piece.iter().filter(|byte| **byte == b'\n').count();
    }
    file.flush().map_err(|error| cannot(&error))?;
    Ok(lines as i64 - 1)
}

/// Reads a table from a file; how many rows that were.
async fn read_in(tx: &Transaction<'_>, table: &str, from: &Path) -> Result<i64> {
    let cannot = |why: &dyn std::fmt::Display| damaged(format!("its table {table} cannot be read: {why}"));
    let mut file = BufReader::new(File::open(from).map_err(|error| cannot(&error))?);
    let rows = tx.copy_in::<_, Bytes>(&format!("COPY \"{table}\" FROM STDIN (HEADER MATCH)")).await.map_err(|error| cannot(&error))?;
    let mut rows = pin!(rows);
    let mut piece = vec![0; PIECE];
    loop {
        match file.read(&mut piece).map_err(|error| cannot(&error))? {
            0 => break,
            read => rows.send(Bytes::copy_from_slice(&piece[..read])).await.map_err(|error| cannot(&error))?,
        }
    }
    let count = rows.finish().await.map_err(|error| cannot(&error))?;
    Ok(count.cast_signed())
}

async fn tables(tx: &Transaction<'_>) -> Result<Vec<String>> {
    Ok(tx.query(OURS, &[]).await.map_err(unanswered)?.iter().map(|row| row.get(0)).collect())
}

/// Every table people can see there, whosever it is.
async fn tables_there(client: &Client) -> Result<Vec<String>> {
    let sql = "SELECT tablename::TEXT FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename";
    Ok(client.query(sql, &[]).await.map_err(unanswered)?.iter().map(|row| row.get(0)).collect())
}

async fn newest_event(tx: &Transaction<'_>) -> Result<i64> {
    tx.query_one(Holds::NEWEST_EVENT, &[]).await.map(|row| row.get(0)).map_err(unanswered)
}

fn unanswered(error: tokio_postgres::Error) -> Error {
    failed("The database does not do what it should")(error)
}
