//! A PostgreSQL database for each story: a copy of one that was migrated once.

use std::hash::{DefaultHasher, Hash, Hasher};

use ::platform::{App, Module, config::Config};
use tokio_postgres::{Client, NoTls};

use crate::{ground, story::Setting};

/// Held by whoever makes the template; every test is a process of its own.
const LOCK: i64 = 0x6f6d_6275_6472;

/// A database of a story's own.
pub struct Database {
    server: String,
    name: String,
}

impl Database {
    /// A new database with the tables `S` needs.
    pub async fn like<S: Setting>(server: &str) -> Database {
        let client = connect(server).await;
        let template = template::<S>(server, &client).await;
        Database::copy(server, &client, &template).await
    }

    /// A new database without any.
    pub async fn empty(server: &str) -> Database {
        Database::copy(server, &connect(server).await, "template0").await
    }

    async fn copy(server: &str, client: &Client, template: &str) -> Database {
        let name = format!("story_{}", uuid::Uuid::from_bytes(::platform::rng::Rng::system().bytes()).simple());
        client.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await.unwrap();
        Database { server: server.to_owned(), name }
    }

    pub fn url(&self) -> String {
        url(&self.server, &self.name)
    }

    pub async fn remove(self) {
        // the story's own connections may still be closing
        connect(&self.server).await.batch_execute(&format!("DROP DATABASE {} WITH (FORCE)", self.name)).await.unwrap();
    }
}

/// The name of the migrated database to copy; made by the first who asks.
async fn template<S: Setting>(server: &str, client: &Client) -> String {
    let name = format!("template_{:016x}", fingerprint(&S::modules()));
    client.execute("SELECT pg_advisory_lock($1)", &[&LOCK]).await.unwrap();
    let there = client.query_opt("SELECT 1 FROM pg_database WHERE datname = $1", &[&name]).await.unwrap();
    if there.is_none() {
        let unfinished = format!("{name}_unfinished");
        client.batch_execute(&format!("DROP DATABASE IF EXISTS {unfinished} WITH (FORCE)")).await.unwrap();
        client.batch_execute(&format!("CREATE DATABASE {unfinished}")).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().display().to_string();
        let config = Config { data, database_url: url(server, &unfinished), ..Config::default() };
        let (ground, _) = ground::lay(&config);
        drop(App::open(config, ground, &mut S::modules()).await.unwrap());
        // the name says that it is whole; PostgreSQL waits a moment for the connections just dropped
        client.batch_execute(&format!("ALTER DATABASE {unfinished} RENAME TO {name}")).await.unwrap();
    }
    client.execute("SELECT pg_advisory_unlock($1)", &[&LOCK]).await.unwrap();
    name
}

/// Changes whenever a migration does.
fn fingerprint(modules: &[Module]) -> u64 {
    let mut hasher = DefaultHasher::new();
    let rooms = modules.iter().filter_map(|module| module.migrations.as_ref()).map(|room| (room.room, (room.runner)(), room.twin.postgres));
    for (room, runner, twin) in rooms {
        (room, twin).hash(&mut hasher);
        for migration in runner.get_migrations() {
            migration.checksum().hash(&mut hasher);
        }
    }
    hasher.finish()
}

async fn connect(server: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(server, NoTls).await.expect("OMBUD_TEST_POSTGRES names a server that answers");
    tokio::spawn(connection);
    client
}

/// The address of another database of the same server.
fn url(server: &str, database: &str) -> String {
    let (address, options) = server.split_once('?').unwrap_or((server, "sslmode=disable"));
    let host = address.rsplit_once('/').map_or(address, |(host, _)| host);
    format!("{host}/{database}?{options}")
}
