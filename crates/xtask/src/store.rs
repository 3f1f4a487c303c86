//! The database itself, asked beside the server.

use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use tokio_postgres::NoTls;

use crate::Result;

/// Where the server keeps what it keeps.
pub enum Store {
    Sqlite(PathBuf),
    /// A database of our own on this server.
    Postgres {
        server: String,
        name: String,
    },
}

impl Store {
    /// A new database on a PostgreSQL server.
    pub async fn on(server: &str, name: String) -> Result<Store> {
        connect(server).await?.batch_execute(&format!("CREATE DATABASE {name}")).await?;
        Ok(Store::Postgres { server: server.to_owned(), name })
    }

    /// What a server keeps in this folder.
    pub fn in_folder(data: &Path) -> Store {
        Store::Sqlite(data.join("ombud.sqlite"))
    }

    pub fn is_sqlite(&self) -> bool {
        matches!(self, Store::Sqlite(_))
    }

    /// Does these statements.
    pub async fn run(&self, sql: &str) -> Result<()> {
        match self {
            Store::Sqlite(path) => Ok(rusqlite::Connection::open(path)?.execute_batch(sql)?),
            Store::Postgres { .. } => Ok(connect(&self.url()).await?.batch_execute(sql).await?),
        }
    }

    /// What the columns of a table are called, by which its rows are known among them.
    pub async fn columns(&self, table: &str) -> Result<Vec<String>> {
        let sql = match self {
            // a table of words knows its rows by nothing else
            Store::Sqlite(_) if table == "platform_search" => return Ok(["rowid", "scope", "words"].map(str::to_owned).to_vec()),
            Store::Sqlite(_) => format!("SELECT name, cid FROM pragma_table_info('{table}') ORDER BY cid"),
            Store::Postgres { .. } => format!(
                "SELECT column_name::text, ordinal_position::bigint FROM information_schema.columns WHERE table_name = '{table}' ORDER BY 2"
            ),
        };
        Ok(self.rows(&sql).await?.into_iter().map(|(name, _)| name).collect())
    }

    /// As the server is told of it.
    pub fn url(&self) -> String {
        match self {
            Store::Sqlite(_) => String::new(),
            Store::Postgres { server, name } => {
                let (address, settings) = server.split_once('?').unwrap_or((server, ""));
                let (host, _) = address.rsplit_once('/').unwrap_or((address, ""));
                format!("{host}/{name}?{settings}")
            }
        }
    }

    /// Where everything is, for who wants to look into it.
    pub fn place(&self, folder: &Path) -> String {
        match self {
            Store::Sqlite(_) => folder.display().to_string(),
            Store::Postgres { name, .. } => format!("{} and in the database {name}", folder.display()),
        }
    }

    /// The answers to a question that asks for a text and a number. The log of a server that was killed stays as it was left.
    pub async fn rows(&self, sql: &str) -> Result<Vec<(String, i64)>> {
        match self {
            Store::Sqlite(path) => {
                let database = rusqlite::Connection::open(path)?;
                database.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
                let mut question = database.prepare(sql)?;
                let rows = question.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
                Ok(rows.collect::<rusqlite::Result<_>>()?)
            }
            Store::Postgres { .. } => {
                let rows = connect(&self.url()).await?.query(sql, &[]).await?;
                rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
            }
        }
    }

    /// What SQLite itself finds damaged. PostgreSQL was not killed.
    pub fn damages(&self) -> Result<Vec<String>> {
        let Store::Sqlite(path) = self else { return Ok(Vec::new()) };
        let database = rusqlite::Connection::open(path)?;
        let mut question = database.prepare("PRAGMA integrity_check")?;
        let said: Vec<String> = question.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        Ok(said.into_iter().filter(|line| line != "ok").collect())
    }

    /// Removes what is not in the data folder.
    pub async fn remove(&self) -> Result<()> {
        let Store::Postgres { server, name } = self else { return Ok(()) };
        Ok(connect(server).await?.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)")).await?)
    }
}

async fn connect(url: &str) -> Result<tokio_postgres::Client> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}
