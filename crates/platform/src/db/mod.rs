//! The database: one SQL text on two engines.
//!
//! SQLite has one writer thread that commits many callers' work at once, and a few readers; PostgreSQL has a pool.
//! `docs/decisions/0001-two-engines-one-text.md` says why.

mod checkpoint;
mod entrance;
mod errand;
mod failure;
mod listen;
mod migrate;
mod page_cache;
mod postgres;
mod queue;
mod sqlite;
mod tx;
mod value;
mod writer;

use std::sync::{Arc, atomic::Ordering};

use kernel::Result;

pub(crate) use listen::{Messages, listening_client};
pub use migrate::{Migrations, Schema, Twin};
pub(crate) use migrate::{postgres as migrate_postgres, postgres_to, schema_of, schema_of_postgres, sqlite as migrate_copy};
pub(crate) use postgres::{client, clock};
pub use tx::{STATEMENTS, Tx};
pub use value::{Bind, Columns, Get, Json, Row, Val};

use crate::{config::DatabaseUrl, event::Aftermath, scope::Scope};

/// Whose work goes first when the writer has more than it can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Somebody waits for the answer.
    People,
    /// Imports, sweeps, reactions: whatever can wait a moment.
    Bulk,
}

/// The database of this installation.
#[derive(Clone)]
pub struct Db {
    engine: Arc<Engine>,
    scope: Arc<Scope>,
}

enum Engine {
    Sqlite(sqlite::Sqlite),
    Postgres(postgres::Postgres),
    #[cfg(test)]
    Simulated(crate::tests::simulation::Simulated),
}

impl Db {
    /// Opens the database, brings its schema up to date, and starts its threads.
    ///
    /// Errors: `Broken` with a sentence when it cannot be reached or belongs to a newer Ombud.
    pub async fn open(url: &DatabaseUrl, migrations: &[Migrations], scope: Arc<Scope>) -> Result<Db> {
        let engine = match url {
            DatabaseUrl::Sqlite(path) => Engine::Sqlite(sqlite::Sqlite::open(path, migrations, scope.clone())?),
            DatabaseUrl::Postgres(url) => Engine::Postgres(postgres::Postgres::open(url, migrations, scope.clone()).await?),
        };
        Ok(Db { engine: Arc::new(engine), scope })
    }

    /// How far the database has come, without changing it.
    ///
    /// Errors: `Broken` when it cannot be reached.
    pub async fn schema(url: &DatabaseUrl) -> Result<Schema> {
        match url {
            DatabaseUrl::Sqlite(path) => sqlite::schema(path),
            DatabaseUrl::Postgres(url) => schema_of_postgres(&*client(url).await?).await,
        }
    }

    /// Runs `work` in a transaction that writes. It may run more than once, so it changes nothing outside the transaction.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: AsyncFn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        self.write_in(Lane::People, work).await
    }

    /// As `write`, in the lane named.
    pub async fn write_in<T, F>(&self, lane: Lane, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: AsyncFn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        let outcome = match &*self.engine {
            Engine::Sqlite(engine) => engine.write(lane, work).await,
            Engine::Postgres(engine) => engine.write(lane, work).await,
            #[cfg(test)]
            Engine::Simulated(engine) => engine.write(work).await,
        };
        self.note(&outcome);
        outcome
    }

    /// As `write`, guarded less on PostgreSQL: what it reads is of one moment, and nobody else can have changed a row that it
    /// writes; somebody may change meanwhile what it only reads. `docs/decisions/0011-guarded-by-the-rows-written.md` says when
    /// that will do.
    pub async fn write_on_snapshot<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: AsyncFn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        let Engine::Postgres(engine) = &*self.engine else { return self.write(work).await };
        let outcome = engine.write_on_snapshot(work).await;
        self.note(&outcome);
        outcome
    }

    /// Asks whether one more who wants to write would be let wait.
    ///
    /// Errors: `Overloaded`.
    pub(crate) async fn ask_to_write(&self) -> Result<()> {
        match &*self.engine {
            Engine::Sqlite(engine) => engine.ask_to_write().await,
            Engine::Postgres(engine) => engine.ask_to_write().await,
            #[cfg(test)]
            Engine::Simulated(_) => Ok(()),
        }
    }

    /// Remembers that something could not be stored, for whoever asks how the database does. That it can be again is for
    /// them to find out: a transaction that went well may have had nothing to store.
    fn note<T>(&self, outcome: &Result<T>) {
        if outcome.as_ref().err().and_then(failure::trouble_of).is_some() {
            self.scope.stores.store(false, Ordering::Relaxed);
        }
    }

    /// Runs `work` on a snapshot taken now; writing in it fails.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: AsyncFn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        match &*self.engine {
            Engine::Sqlite(engine) => engine.read(work).await,
            Engine::Postgres(engine) => engine.read(work).await,
            #[cfg(test)]
            Engine::Simulated(engine) => engine.read(work).await,
        }
    }

    /// Claims jobs or numbers events: short work of the platform itself that many nodes do at once and that locks what it takes.
    pub(crate) async fn claim<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: AsyncFn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        let outcome = match &*self.engine {
            Engine::Sqlite(engine) => engine.write(Lane::Bulk, work).await,
            Engine::Postgres(engine) => engine.claim(work).await,
            #[cfg(test)]
            Engine::Simulated(engine) => engine.claim(work).await,
        };
        self.note(&outcome);
        outcome
    }

    /// Empties the log SQLite keeps beside its file; PostgreSQL sees to its own.
    pub(crate) async fn empty_log(&self) -> Result<()> {
        match &*self.engine {
            Engine::Sqlite(engine) => engine.empty_log().await,
            _ => Ok(()),
        }
    }

    /// Whether committed events wait for a sequence number.
    pub(crate) fn numbers_events_later(&self) -> bool {
        !matches!(&*self.engine, Engine::Sqlite(_))
    }

    #[cfg(test)]
    pub(crate) fn simulated(engine: crate::tests::simulation::Simulated, scope: Arc<Scope>) -> Db {
        Db { engine: Arc::new(Engine::Simulated(engine)), scope }
    }
}

/// What the engine does once a transaction is on disk.
pub(crate) fn committed(scope: &Scope, aftermath: Aftermath) {
    if aftermath.jobs {
        scope.jobs_waiting.notify_one();
        scope.nodes.ring_for_jobs();
    }
    if !aftermath.announced.is_empty() {
        scope.live.publish(&aftermath.announced);
        scope.events_waiting.notify_one();
    }
}

#[cfg(test)]
pub(crate) mod within {
    //! What a simulation reaches into.
    pub(crate) use super::{
        errand::poll_once,
        migrate::sqlite as migrate,
        postgres::{Postgres, connect},
        tx::Conn,
    };
}
