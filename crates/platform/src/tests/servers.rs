//! Servers that tests of this crate are told of.

use std::{fs::OpenOptions, io::Write};

use tokio_postgres::{Client, NoTls};

/// What the test runner says through the environment.
#[expect(clippy::disallowed_methods, reason = "tests are told of servers by the environment; they have no Config")]
pub fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The server named so: `OMBUD_TEST_POSTGRES`, in which a database may be made, or `OMBUD_TEST_S3`. Where there is none, the
/// test is listed as skipped.
pub fn server_or_skip(name: &str, test: &str) -> Option<String> {
    let server = setting(name);
    if server.is_none() {
        let line = format!("SKIPPED {test}: {name} is not set");
        eprintln!("{line}");
        if let Some(list) = setting("OMBUD_TEST_SKIPS") {
            let mut list = OpenOptions::new().create(true).append(true).open(list).unwrap();
            list.write_all(format!("{line}\n").as_bytes()).unwrap();
        }
    }
    server
}

/// A PostgreSQL database of this test's own.
pub struct Database {
    server: String,
    pub name: String,
}

impl Database {
    pub async fn make(server: &str, name: &str) -> Database {
        let name = format!("{name}_{}", std::process::id());
        let client = connect(server).await;
        client.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await.unwrap();
        client.batch_execute(&format!("CREATE DATABASE {name}")).await.unwrap();
        Database { server: server.to_owned(), name }
    }
    /// As the configuration names it.
    pub fn url(&self) -> String {
        let (address, options) = self.server.split_once('?').unwrap_or((&self.server, "sslmode=disable"));
        let host = address.rsplit_once('/').map_or(address, |(host, _)| host);
        format!("{host}/{}?{options}", self.name)
    }
    pub fn config(&self) -> tokio_postgres::Config {
        self.url().parse().unwrap()
    }
    pub async fn client(&self) -> Client {
        let (client, connection) = self.config().connect(NoTls).await.unwrap();
        tokio::spawn(connection);
        client
    }
    pub async fn empty(&self) {
        self.client().await.batch_execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public").await.unwrap();
    }
    pub async fn remove(self) {
        connect(&self.server).await.batch_execute(&format!("DROP DATABASE {} WITH (FORCE)", self.name)).await.unwrap();
    }
}

async fn connect(server: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(server, NoTls).await.expect("OMBUD_TEST_POSTGRES names a server that answers");
    tokio::spawn(connection);
    client
}
