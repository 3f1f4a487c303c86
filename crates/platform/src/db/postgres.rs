//! PostgreSQL: a pool, and writes, SERIALIZABLE but for one, that are run again when the database asks for it.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use deadpool_postgres::{ClientWrapper, Hook, HookError, Manager, ManagerConfig, Object, Pool, PoolBuilder, RecyclingMethod, Runtime};
use futures::FutureExt;
use kernel::{Error, Result, Timestamp};
use tokio::{sync::RwLock, time::timeout};
use tokio_postgres::{IsolationLevel, NoTls};

use super::{
    Lane, Migrations, Tx, committed,
    entrance::Entrance,
    failure::failed,
    migrate,
    tx::{Collision, Conn, Unanswered, answered, collision},
};
use crate::{kill_point, scope::Scope};

/// Serialisation failures are normal under contention; past this many something else is wrong.
const ATTEMPTS: u32 = 40;
/// Attempts beside everybody else's; whoever failed as often has the next ones alone. Left to chance, one of many who want
/// the same row would hardly ever get it.
const ATTEMPTS_BESIDE: u32 = 4;
/// Nobody waits longer for the others of this process: a connection may have fallen silent with what it does.
const CONSIDERATE: Duration = Duration::from_millis(250);
/// The longest wait before one more attempt, in milliseconds.
const LONGEST_WAIT: u64 = 8;
const CONNECTIONS: usize = 24;
/// More than there are connections: some of those inside wait for others, and need none meanwhile.
const PLACES: usize = 256;
/// A database that takes longer to let somebody in is not there.
const CONNECTS_WITHIN: Duration = Duration::from_secs(4);
/// Who has not got a connection by then is told to come back.
const WAITS_AT_MOST: Duration = Duration::from_secs(8);
/// Nothing is awaited in a transaction but the database, so whoever leaves one lying open for so long has been stopped, and
/// others wait for what it has locked.
const NO_SLEEPERS: &str = "SET idle_in_transaction_session_timeout = '5s'";

pub(crate) struct Postgres {
    pool: Pool,
    scope: Arc<Scope>,
    entrance: Entrance,
    /// Shared by those who write beside each other, held by one who writes alone.
    turn: RwLock<()>,
}

/// How a transaction is run.
struct Manner {
    isolation: IsolationLevel,
    company: Company,
}

/// Who else of this process may write meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Company {
    /// It does not write itself.
    Reads,
    /// Whoever likes: it takes locks of its own.
    Anybody,
    /// All but one who wants to be alone.
    Others,
    Nobody,
}

impl Postgres {
    pub async fn open(url: &str, migrations: &[Migrations], scope: Arc<Scope>) -> Result<Postgres> {
        let awake = Hook::async_fn(|client: &mut ClientWrapper, _| {
            Box::pin(async move { client.batch_execute(NO_SLEEPERS).await.map_err(HookError::Backend) })
        });
        let pool = connect(url)?.post_create(awake).build().map_err(Error::broken)?;
        let mut client = pool.get().await.map_err(failed)?;
        migrate::postgres(&mut client, migrations).await?;
        drop(client);
        Ok(Postgres::over(pool, scope))
    }

    /// Over connections to a database that is up to date.
    pub fn over(pool: Pool, scope: Arc<Scope>) -> Postgres {
        Postgres { pool, scope, entrance: Entrance::to(PLACES), turn: RwLock::new(()) }
    }

    pub async fn write<T, F>(&self, lane: Lane, work: F) -> Result<T>
    where
        F: AsyncFn(&mut Tx<'_>) -> Result<T>,
    {
        self.write_at(IsolationLevel::Serializable, lane, work).await
    }

    pub async fn write_on_snapshot<T, F>(&self, work: F) -> Result<T>
    where
        F: AsyncFn(&mut Tx<'_>) -> Result<T>,
    {
        self.write_at(IsolationLevel::RepeatableRead, Lane::People, work).await
    }

    async fn write_at<T, F>(&self, isolation: IsolationLevel, lane: Lane, work: F) -> Result<T>
    where
        F: AsyncFn(&mut Tx<'_>) -> Result<T>,
    {
        let _place = self.entrance.enter_in(lane).await?;
        let (mut attempts, mut met) = (0, None);
        loop {
            let company = if attempts < ATTEMPTS_BESIDE { Company::Others } else { Company::Nobody };
            let outcome = self.attempt(&Manner { isolation, company }, &work).await;
            attempts += 1;
            let collision = outcome.as_ref().err().and_then(collision);
            // what somebody stored at the same moment is found by the second run, and a next number is then another one:
            // a key that is met again stays in the way
            let stays = matches!(collision, Some(Collision::Key(_))) && collision == met;
            if collision.is_none() || stays || attempts == ATTEMPTS {
                return outcome;
            }
            met = collision;
            metrics::counter!("ombud_transaction_retries_total").increment(1);
            self.step_aside(attempts).await;
        }
    }

    pub async fn ask_to_write(&self) -> Result<()> {
        self.entrance.ask().await
    }

    /// Waits a random while, longer each time, so that those who met at one row do not meet there again.
    #[expect(clippy::disallowed_methods, reason = "waits for other transactions, not for a time")]
    async fn step_aside(&self, attempt: u32) {
        let longest = LONGEST_WAIT.min(1 << attempt.min(16));
        tokio::time::sleep(Duration::from_millis(self.scope.rng.below(longest))).await;
    }

    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        F: AsyncFn(&mut Tx<'_>) -> Result<T>,
    {
        let _place = self.entrance.enter().await?;
        self.attempt(&Manner { isolation: IsolationLevel::RepeatableRead, company: Company::Reads }, &work).await
    }

    pub async fn claim<T, F>(&self, work: F) -> Result<T>
    where
        F: AsyncFn(&mut Tx<'_>) -> Result<T>,
    {
        self.attempt(&Manner { isolation: IsolationLevel::ReadCommitted, company: Company::Anybody }, &work).await
    }

    async fn attempt<T, F>(&self, manner: &Manner, work: &F) -> Result<T>
    where
        F: AsyncFn(&mut Tx<'_>) -> Result<T>,
    {
        let mut tried = 0;
        loop {
            let mut client: Object = self.pool.get().await.map_err(failed)?;
            let (mut _beside, mut _alone) = (None, None);
            match manner.company {
                Company::Reads | Company::Anybody => (),
                Company::Others => _beside = timeout(CONSIDERATE, self.turn.read()).await.ok(),
                Company::Nobody => _alone = timeout(CONSIDERATE, self.turn.write()).await.ok(),
            }
            let outcome = self.attempt_on(&mut client, manner, work).await;
            if matches!(outcome, Err(Stopped::BeforeItBegan(_) | Stopped::Failed(Error::Unavailable(_)))) {
                // whatever happened to this connection, nobody else gets it
                drop(Object::take(client));
            }
            match outcome {
                Ok(value) => return Ok(value),
                // it was lost while it lay idle, as all the others may have been; nothing has been asked of it yet
                Err(Stopped::BeforeItBegan(_)) if tried <= CONNECTIONS => tried += 1,
                Err(Stopped::BeforeItBegan(error) | Stopped::Failed(error)) => return Err(error),
            }
        }
    }

    async fn attempt_on<T, F>(&self, client: &mut Object, manner: &Manner, work: &F) -> Result<T, Stopped>
    where
        F: AsyncFn(&mut Tx<'_>) -> Result<T>,
    {
        let read_only = manner.company == Company::Reads;
        let begun = answered(client.build_transaction().isolation_level(manner.isolation).read_only(read_only).start()).await;
        let begun = begun.map_err(|error| match error {
            Unanswered::Silent => Stopped::Failed(failed(error)),
            Unanswered::Failed(_) => Stopped::BeforeItBegan(failed(error)),
        })?;
        let mut tx = Tx::new(Conn::Postgres(&begun), &self.scope);
        let worked = AssertUnwindSafe(work(&mut tx)).catch_unwind().await;
        let value = worked.unwrap_or_else(|_| Err(Error::broken("a transaction panicked"))).map_err(Stopped::Failed)?;
        let aftermath = tx.aftermath;
        if !read_only {
            kill_point::reach("before-commit");
        }
        if let Err(error) = answered(begun.commit()).await {
            // it may be stored although nobody said so: what follows from it is looked for
            self.scope.jobs_waiting.notify_one();
            self.scope.events_waiting.notify_one();
            return Err(Stopped::Failed(failed(error)));
        }
        if !read_only {
            kill_point::reach("after-commit");
        }
        committed(&self.scope, aftermath);
        Ok(value)
    }
}

/// How far a transaction has come that has not come to its end.
enum Stopped {
    BeforeItBegan(Error),
    Failed(Error),
}

/// A connection of its own, outside any pool that serves people.
pub(crate) async fn client(url: &str) -> Result<Object> {
    connect(url)?.build().map_err(Error::broken)?.get().await.map_err(failed)
}

/// What time it is where the database is.
pub(crate) async fn clock(url: &str) -> Result<Timestamp> {
    let now = "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)";
    let row = client(url).await?.query_one(now, &[]).await.map_err(failed)?;
    Ok(Timestamp::from_micros(row.get(0)))
}

pub(crate) fn connect(url: &str) -> Result<PoolBuilder> {
    let config: tokio_postgres::Config = url.parse().map_err(Error::broken)?;
    let manager_config = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let manager = match config.get_ssl_mode() {
        tokio_postgres::config::SslMode::Disable => Manager::from_config(config, NoTls, manager_config),
        _ => Manager::from_config(config, tls(), manager_config),
    };
    let pool = Pool::builder(manager).max_size(CONNECTIONS).runtime(Runtime::Tokio1);
    let (connects, waits) = (Some(CONNECTS_WITHIN), Some(WAITS_AT_MOST));
    Ok(pool.create_timeout(connects).recycle_timeout(connects).wait_timeout(waits))
}

pub(super) fn tls() -> tokio_postgres_rustls::MakeRustlsConnect {
    let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    tokio_postgres_rustls::MakeRustlsConnect::new(rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth())
}
