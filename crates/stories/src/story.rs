//! Tells a story: makes its setting on one engine, lets it run, clears away.

use std::{any::Any, fs::OpenOptions, io::Write, panic::AssertUnwindSafe};

use ::platform::{Module, config::Config};
use futures::FutureExt;
use tempfile::TempDir;

use crate::postgres::Database;

/// A database engine a story is told on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// What a story is set in.
pub trait Setting: Sized {
    /// Servers it needs beside the database, by the settings that name them.
    const SERVERS: &'static [&'static str] = &[];
    /// The kinds it comes in: the story is told in each, one after the other.
    fn kinds() -> Vec<&'static str> {
        vec![""]
    }
    /// The rooms whose tables it needs.
    fn modules() -> Vec<Module>;
    /// Makes the setting in an empty place.
    async fn set(place: &Place) -> Self;
}

/// A database where nothing has happened and an empty folder.
pub struct Place {
    pub engine: Engine,
    /// Of which kind the setting is to be.
    pub kind: &'static str,
    folder: TempDir,
    database: Option<Database>,
}

impl Place {
    /// Another one, with no tables yet.
    pub async fn beside(engine: Engine) -> Place {
        let database = match (engine, setting("OMBUD_TEST_POSTGRES")) {
            (Engine::Postgres, Some(server)) => Some(Database::empty(&server).await),
            _ => None,
        };
        Place { engine, kind: "", folder: tempfile::tempdir().unwrap(), database }
    }
    pub async fn remove(self) {
        if let Some(database) = self.database {
            database.remove().await;
        }
    }
    /// What a server in this place would be configured with.
    pub fn config(&self) -> Config {
        let data = self.folder.path().display().to_string();
        let database_url = self.database.as_ref().map(Database::url).unwrap_or_default();
        Config { data, database_url, ..Config::default() }
    }
}

/// Runs the test `name` on `engine`; on PostgreSQL only where `OMBUD_TEST_POSTGRES` names a server.
pub fn tell<S: Setting, F: Future<Output = ()>>(engine: Engine, name: &str, story: impl Fn(S) -> F) {
    let server = setting("OMBUD_TEST_POSTGRES");
    if engine == Engine::Postgres && server.is_none() {
        return skip(name, "OMBUD_TEST_POSTGRES is not set");
    }
    if let Some(missing) = S::SERVERS.iter().find(|name| setting(name).is_none()) {
        return skip(name, &format!("{missing} is not set"));
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for kind in S::kinds() {
        let told: Result<(), Box<dyn Any + Send>> = runtime.block_on(async {
            let database = match (engine, &server) {
                (Engine::Postgres, Some(server)) => Some(Database::like::<S>(server).await),
                _ => None,
            };
            let place = Place { engine, kind, folder: tempfile::tempdir().unwrap(), database };
            let told = AssertUnwindSafe(async { story(S::set(&place).await).await }).catch_unwind().await;
            place.remove().await;
            told
        });
        if let Err(panic) = told {
            eprintln!("{name} was told of {kind}");
            std::panic::resume_unwind(panic);
        }
    }
}

/// Says that a test could not run here. `scripts/test` lists these, and CI refuses them.
pub fn skip(name: &str, why: &str) {
    let line = format!("SKIPPED {name}: {why}");
    eprintln!("{line}");
    if let Some(list) = setting("OMBUD_TEST_SKIPS") {
        let mut list = OpenOptions::new().create(true).append(true).open(list).unwrap();
        // one write, so that tests side by side do not mix their lines
        list.write_all(format!("{line}\n").as_bytes()).unwrap();
    }
}

/// What the test runner says through the environment.
#[expect(clippy::disallowed_methods, reason = "tests are told of servers by the environment; they have no Config")]
pub fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
