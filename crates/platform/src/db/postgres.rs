//! PostgreSQL: a pool, SERIALIZABLE writes that are run again when the database asks for it.

use std::sync::Arc;

use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod, Runtime};
use kernel::{Error, Result};
use tokio_postgres::{IsolationLevel, NoTls};

use super::{Migrations, Tx, committed, migrate, tx, tx::Conn};
use crate::scope::Scope;

/// Serialisation failures are normal under contention; past this many something else is wrong.
const ATTEMPTS: u32 = 12;
const CONNECTIONS: usize = 24;

pub(super) struct Postgres {
    pool: Pool,
    scope: Arc<Scope>,
}

impl Postgres {
    pub async fn open(url: &str, migrations: &[Migrations], scope: Arc<Scope>) -> Result<Postgres> {
        let config: tokio_postgres::Config = url.parse().map_err(Error::broken)?;
        let manager_config = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let manager = match config.get_ssl_mode() {
            tokio_postgres::config::SslMode::Disable => Manager::from_config(config, NoTls, manager_config),
            _ => Manager::from_config(config, tls(), manager_config),
        };
        let pool = Pool::builder(manager).max_size(CONNECTIONS).runtime(Runtime::Tokio1).build().map_err(Error::broken)?;
        let mut client = pool.get().await.map_err(Error::broken)?;
        migrate::postgres(&mut client, migrations).await?;
        drop(client);
        Ok(Postgres { pool, scope })
    }

    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        F: AsyncFn(&mut Tx<'_>) -> Result<T>,
    {
        for attempt in 1.. {
            let outcome = self.attempt(IsolationLevel::Serializable, false, &work).await;
            match outcome {
                Err(error) if attempt < ATTEMPTS && tx::wants_retry(&error) => tokio::task::yield_now().await,
                outcome => return outcome,
            }
        }
        unreachable!("the loop returns with its last attempt")
    }

    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        F: AsyncFn(&mut Tx<'_>) -> Result<T>,
    {
        self.attempt(IsolationLevel::RepeatableRead, true, &work).await
    }

    pub async fn claim<T, F>(&self, work: F) -> Result<T>
    where
        F: AsyncFn(&mut Tx<'_>) -> Result<T>,
    {
        self.attempt(IsolationLevel::ReadCommitted, false, &work).await
    }

    async fn attempt<T, F>(&self, isolation: IsolationLevel, read_only: bool, work: &F) -> Result<T>
    where
        F: AsyncFn(&mut Tx<'_>) -> Result<T>,
    {
        let mut client: Object = self.pool.get().await.map_err(Error::broken)?;
        let begun = client.build_transaction().isolation_level(isolation).read_only(read_only).start().await.map_err(Error::broken)?;
        let mut tx = Tx::new(Conn::Postgres(&begun), &self.scope);
        let value = work(&mut tx).await?;
        let aftermath = tx.aftermath;
        begun.commit().await.map_err(Error::broken)?;
        committed(&self.scope, aftermath);
        Ok(value)
    }
}

fn tls() -> tokio_postgres_rustls::MakeRustlsConnect {
    let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    tokio_postgres_rustls::MakeRustlsConnect::new(rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth())
}
