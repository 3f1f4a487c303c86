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

    /// How far a room has come; 0 where it has nothing yet.
    fn of(&self, room: &str) -> i64 {
        self.0.get(room).copied().unwrap_or(0)
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
    // some others who keep a history of theirs in the same database have no checksums in it
    let sql = format!(
        "SELECT table_name::TEXT FROM information_schema.columns \
         WHERE table_schema = current_schema() AND table_name LIKE '%{HISTORY}' AND column_name = 'checksum'"
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
/// Milliseconds a migration waits for a table. Whoever comes after it waits for it too, so it rather steps back and comes again.
const LONGEST_WAIT: u32 = 500;
/// Two minutes of that, in which whoever holds the table should have come to an end.
const ATTEMPTS: u32 = 240;

fn found_locked(error: &refinery::Error) -> bool {
    let mut link: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = link {
        if let Some(postgres) = error.downcast_ref::<tokio_postgres::Error>() {
            return postgres.code() == Some(&tokio_postgres::error::SqlState::LOCK_NOT_AVAILABLE);
        }
        link = error.source();
    }
    false
}

/// One migration and the line that says it was made are one transaction: whoever is killed anywhere leaves the database as it
/// was before that migration or after it. Left apart, as refinery does by itself, a kill between them would have the same
/// migration made twice, and no start would ever succeed again.
fn runner(migrations: &Migrations) -> Runner {
    let mut runner = (migrations.runner)().set_abort_divergent(true).set_abort_missing(true).set_grouped(true);
    runner.set_migration_table_name(format!("{}{HISTORY}", migrations.room));
    runner
}

/// One runner for each migration that is still to be made, up to `version`: each is a transaction of its own, so that none
/// keeps others waiting longer than it must. The last one also holds what was made before against what we know.
fn runners(migrations: &Migrations, made: i64, version: i64) -> Result<Vec<Runner>> {
    let known = (migrations.runner)();
    let mut waiting: Vec<_> = known.get_migrations().iter().map(refinery::Migration::version).collect();
    waiting.retain(|one| (made + 1..version).contains(&i64::from(*one)));
    waiting.push(version.try_into().map_err(Error::broken)?);
    waiting.sort_unstable();
    Ok(waiting.into_iter().map(|one| runner(migrations).set_target(Target::Version(one))).collect())
}

fn failed(room: &str, error: refinery::Error) -> Error {
    Error::broken(format!("the schema of {room} could not be brought up to date: {error}"))
}

/// An older Ombud does not know what the newer one needs written, so it does not begin.
fn refuse_newer(found: &Schema, migrations: &[Migrations]) -> Result<Schema> {
    let known = Schema::known(migrations);
    if found.is_newer_than(&known) {
        let sentence = "This database was written by a newer Ombud; start that version, or restore a backup made before the upgrade.";
        return Err(Error::broken(sentence));
    }
    Ok(known)
}

pub(crate) fn sqlite(conn: &mut rusqlite::Connection, migrations: &[Migrations]) -> Result<()> {
    let found = schema_of(conn)?;
    let known = refuse_newer(&found, migrations)?;
    for room in migrations {
        for runner in runners(room, found.of(room.room), known.of(room.room))? {
            runner.run(conn).map_err(|e| failed(room.room, e))?;
        }
        conn.execute_batch(room.twin.sqlite).map_err(Error::broken)?;
    }
    Ok(())
}

pub(crate) async fn postgres(client: &mut tokio_postgres::Client, migrations: &[Migrations]) -> Result<()> {
    client.execute("SELECT pg_advisory_lock($1)", &[&LOCK]).await.map_err(Error::broken)?;
    client.batch_execute(&format!("SET lock_timeout = {LONGEST_WAIT}")).await.map_err(Error::broken)?;
    let migrated = all(client, migrations).await;
    client.batch_execute("RESET lock_timeout").await.map_err(Error::broken)?;
    client.execute("SELECT pg_advisory_unlock($1)", &[&LOCK]).await.map_err(Error::broken)?;
    migrated
}

async fn all(client: &mut tokio_postgres::Client, migrations: &[Migrations]) -> Result<()> {
    let found = schema_of_postgres(client).await?;
    let known = refuse_newer(&found, migrations)?;
    bring_to(client, migrations, &found, &known).await
}

async fn bring_to(client: &mut tokio_postgres::Client, migrations: &[Migrations], found: &Schema, wanted: &Schema) -> Result<()> {
    for room in migrations {
        if !wanted.0.contains_key(room.room) {
            continue;
        }
        for runner in runners(room, found.of(room.room), wanted.of(room.room))? {
            let mut attempts = 0;
            while let Err(error) = runner.run_async(client).await {
                attempts += 1;
                if attempts == ATTEMPTS || !found_locked(&error) {
                    return Err(failed(room.room, error));
                }
                tracing::warn!(room = room.room, attempts, "a table is in use; its migration is tried again");
            }
        }
        client.batch_execute(room.twin.postgres).await.map_err(Error::broken)?;
    }
    Ok(())
}

/// Makes the tables of an empty database as they were at `schema`.
pub(crate) async fn postgres_to(client: &mut tokio_postgres::Client, migrations: &[Migrations], schema: &Schema) -> Result<()> {
    bring_to(client, migrations, &Schema::default(), schema).await
}

#[cfg(test)]
mod tests;
