//! The database of a simulation, and the places where its nodes stand still: before each transaction, and between a commit
//! and its answer. Whoever directs decides who goes on from there, and whether they ever do.

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicBool, AtomicU8, Ordering::SeqCst},
};

use deadpool_postgres::Pool;
use futures::future::poll_fn;
use kernel::{Error, Result};
use rusqlite::Connection;

use crate::{
    Migrations, Tx,
    db::{
        Lane, committed, migrate_postgres,
        within::{Conn, Postgres, connect, migrate, poll_once},
    },
    scope::Scope,
};

/// What becomes of a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Fate {
    /// It commits, and its node hears so.
    Done,
    /// The connection is cut before the commit.
    Lost,
    /// The connection is cut after the commit: the node is told that it failed.
    Unheard,
}

/// Where the one who is on stands.
#[derive(Default)]
pub struct Stage {
    arrived: AtomicBool,
    fate: AtomicU8,
}

impl Stage {
    /// Stands still until it is this one's turn again.
    pub async fn step(&self) {
        let mut first = true;
        poll_fn(|_| {
            if !std::mem::take(&mut first) {
                return std::task::Poll::Ready(());
            }
            self.arrived.store(true, SeqCst);
            std::task::Poll::Pending
        })
        .await;
    }
    /// Before somebody's turn: what becomes of the transaction they may begin in it.
    pub fn decide(&self, fate: Fate) {
        self.arrived.store(false, SeqCst);
        self.fate.store(fate as u8, SeqCst);
    }
    /// Whether they stand still, and do not just wait for the database.
    pub fn has_arrived(&self) -> bool {
        self.arrived.load(SeqCst)
    }
    fn fate(&self) -> Fate {
        match self.fate.load(SeqCst) {
            0 => Fate::Done,
            1 => Fate::Lost,
            _ => Fate::Unheard,
        }
    }
}

/// What all nodes share: SQLite in memory, where a transaction is one step, or a real PostgreSQL.
#[derive(Clone)]
pub enum Base {
    Memory(Arc<Mutex<Connection>>),
    Postgres(Pool),
}

impl Base {
    pub fn in_memory(migrations: &[Migrations]) -> Base {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.set_prepared_statement_cache_capacity(512);
        migrate(&mut connection, migrations).unwrap();
        Base::Memory(Arc::new(Mutex::new(connection)))
    }

    pub async fn on_postgres(url: &str, migrations: &[Migrations]) -> Base {
        let pool = connect(url).unwrap().build().unwrap();
        migrate_postgres(&mut pool.get().await.unwrap(), migrations).await.unwrap();
        Base::Postgres(pool)
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Write,
    Read,
    Claim,
}

/// A node's way to the database.
pub struct Simulated {
    base: Base,
    scope: Arc<Scope>,
    /// Nobody who only looks on stands still.
    stage: Option<Arc<Stage>>,
}

impl Simulated {
    pub fn new(base: Base, scope: Arc<Scope>, stage: Option<Arc<Stage>>) -> Simulated {
        Simulated { base, scope, stage }
    }

    pub async fn write<T, F: AsyncFn(&mut Tx<'_>) -> Result<T>>(&self, work: F) -> Result<T> {
        self.run(Kind::Write, work).await
    }
    pub async fn read<T, F: AsyncFn(&mut Tx<'_>) -> Result<T>>(&self, work: F) -> Result<T> {
        self.run(Kind::Read, work).await
    }
    pub async fn claim<T, F: AsyncFn(&mut Tx<'_>) -> Result<T>>(&self, work: F) -> Result<T> {
        self.run(Kind::Claim, work).await
    }

    async fn run<T, F: AsyncFn(&mut Tx<'_>) -> Result<T>>(&self, kind: Kind, work: F) -> Result<T> {
        let Some(stage) = &self.stage else { return self.transact(kind, work).await };
        stage.step().await;
        let fate = stage.fate();
        if fate == Fate::Lost {
            return Err(Error::broken("the connection was cut before the commit"));
        }
        let done = self.transact(kind, work).await;
        stage.step().await;
        match fate {
            Fate::Unheard => done.and(Err(Error::broken("the connection was cut after the commit"))),
            _ => done,
        }
    }

    async fn transact<T, F: AsyncFn(&mut Tx<'_>) -> Result<T>>(&self, kind: Kind, work: F) -> Result<T> {
        match &self.base {
            Base::Memory(connection) => self.in_memory(&mut lock(connection), &work),
            Base::Postgres(pool) => {
                let engine = Postgres::over(pool.clone(), self.scope.clone());
                match kind {
                    Kind::Write => engine.write(Lane::Bulk, work).await,
                    Kind::Read => engine.read(work).await,
                    Kind::Claim => engine.claim(work).await,
                }
            }
        }
    }

    fn in_memory<T>(&self, connection: &mut Connection, work: &impl AsyncFn(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let run = |connection: &Connection, sql: &str| connection.execute_batch(sql).map_err(Error::broken);
        run(connection, "BEGIN")?;
        let mut tx = Tx::new(Conn::Sqlite(connection), &self.scope);
        let worked = poll_once(work, &mut tx);
        let aftermath = tx.aftermath;
        run(connection, if worked.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
        if worked.is_ok() {
            committed(&self.scope, aftermath);
        }
        worked
    }
}

fn lock(connection: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}
