//! The schema: one folder of portable migrations per crate, run on both engines in the order of `modules.rs`.

use kernel::{Error, Result};
use refinery::Runner;

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

pub(super) fn sqlite(conn: &mut rusqlite::Connection, migrations: &[Migrations]) -> Result<()> {
    for room in migrations {
        runner(room).run(conn).map_err(|e| failed(room.room, e))?;
        conn.execute_batch(room.twin.sqlite).map_err(Error::broken)?;
    }
    Ok(())
}

pub(super) async fn postgres(client: &mut tokio_postgres::Client, migrations: &[Migrations]) -> Result<()> {
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
