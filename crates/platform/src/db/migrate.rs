//! The schema: one folder of portable migrations per crate, run on both engines in the order of `modules.rs`.

use std::collections::BTreeMap;

use kernel::{Error, Result};
use refinery::{Runner, Target};
use serde::{Deserialize, Serialize};

/// A crate's migrations, and what the two engines cannot share.
#[derive(Clone)]
pub struct Migrations {
    /// The crate; its history table is named after it.
    pub room: &'static str,
    pub runner: fn() -> Runner,
    /// Statements safe to run at every start, for what one text cannot say.
    pub twin: Twin,
}

/// The same thing said to each engine.
#[derive(Clone, Copy, Default)]
pub struct Twin {
    pub sqlite: &'static str,
    pub postgres: &'static str,
}

/// How far a database has come: the newest migration of each room.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schema(BTreeMap<String, i64>);

impl Schema {
    /// What this Ombud brings a database to.
    pub fn known(migrations: &[Migrations]) -> Schema {
        let newest = |room: &Migrations| (room.runner)().get_migrations().iter().map(|one| i64::from(one.version())).max();
        Schema(migrations.iter().map(|room| (room.room.to_owned(), newest(room).unwrap_or(0))).collect())
    }

    /// Whether it has something that `known` does not.
    pub fn is_newer_than(&self, known: &Schema) -> bool {
        self.0.iter().any(|(room, version)| known.0.get(room).is_none_or(|ours| version > ours))
    }
}

const HISTORY: &str = "_migrations";

fn newest_in(table: &str) -> String {
    format!("SELECT CAST(COALESCE(MAX(version), 0) AS BIGINT) FROM \"{table}\"")
}

/// How far an embedded database has come.
pub(crate) fn schema_of(conn: &rusqlite::Connection) -> Result<Schema> {
    let sql = format!("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%{HISTORY}'");
    let tables = || -> rusqlite::Result<Vec<String>> { conn.prepare(&sql)?.query_map([], |row| row.get(0))?.collect() };
    let mut schema = Schema::default();
    for table in tables().map_err(Error::broken)? {
        let newest = conn.query_row(&newest_in(&table), [], |row| row.get(0)).map_err(Error::broken)?;
        schema.0.insert(table.trim_end_matches(HISTORY).to_owned(), newest);
    }
    Ok(schema)
}

/// How far a PostgreSQL database has come.
pub(crate) async fn schema_of_postgres(client: &tokio_postgres::Client) -> Result<Schema> {
    let sql = format!(
        "SELECT table_name::TEXT FROM information_schema.tables WHERE table_schema = current_schema() AND table_name LIKE '%{HISTORY}'"
    );
    let mut schema = Schema::default();
    for row in client.query(&sql, &[]).await.map_err(Error::broken)? {
        let table: String = row.get(0);
        let newest = client.query_one(&newest_in(&table), &[]).await.map_err(Error::broken)?.get(0);
        schema.0.insert(table.trim_end_matches(HISTORY).to_owned(), newest);
    }
    Ok(schema)
}

/// Held while migrating: several nodes may start at once.
const LOCK: i64 = 0x6f6d_6275_6400;

fn runner(migrations: &Migrations) -> Runner {
    let mut runner = (migrations.runner)().set_abort_divergent(true).set_abort_missing(true);
    runner.set_migration_table_name(format!("{}_migrations", migrations.room));
    runner
}

fn failed(room: &str, error: refinery::Error) -> Error {
    let newer = matches!(error.kind(), refinery::error::Kind::MissingVersion(_));
    let advice = if newer {
        ". This database was written by a newer Ombud; start that version, or restore a backup made before the upgrade"
    } else {
        ""
    };
    Error::broken(format!("the schema of {room} could not be brought up to date: {error}{advice}"))
}

pub(crate) fn sqlite(conn: &mut rusqlite::Connection, migrations: &[Migrations]) -> Result<()> {
    for room in migrations {
        runner(room).run(conn).map_err(|e| failed(room.room, e))?;
        conn.execute_batch(room.twin.sqlite).map_err(Error::broken)?;
    }
    Ok(())
}

pub(crate) async fn postgres(client: &mut tokio_postgres::Client, migrations: &[Migrations]) -> Result<()> {
    client.execute("SELECT pg_advisory_lock($1)", &[&LOCK]).await.map_err(Error::broken)?;
    let migrated = all(client, migrations).await;
    client.execute("SELECT pg_advisory_unlock($1)", &[&LOCK]).await.map_err(Error::broken)?;
    migrated
}

async fn all(client: &mut tokio_postgres::Client, migrations: &[Migrations]) -> Result<()> {
    for room in migrations {
        runner(room).run_async(client).await.map_err(|e| failed(room.room, e))?;
        client.batch_execute(room.twin.postgres).await.map_err(Error::broken)?;
    }
    Ok(())
}

/// Makes the tables of an empty database as they were at `schema`.
pub(crate) async fn postgres_to(client: &mut tokio_postgres::Client, migrations: &[Migrations], schema: &Schema) -> Result<()> {
    for room in migrations {
        let Some(version) = schema.0.get(room.room) else { continue };
        let target = Target::Version((*version).try_into().map_err(Error::broken)?);
        runner(room).set_target(target).run_async(client).await.map_err(|e| failed(room.room, e))?;
        client.batch_execute(room.twin.postgres).await.map_err(Error::broken)?;
    }
    Ok(())
}
