//! PostgreSQL, to be stopped and started, and the way to it.

use std::{
    process::{Child, Command, Stdio},
    time::Duration,
};

use super::{
    dice::Dice,
    proxy::{Proxy, Way},
    town::{PATIENCE, pause},
};
use crate::{Result, limit::now, store::Store};

/// How `scripts/with-postgres` says what it has started, so that it can be started again.
pub const COMMAND: &str = "OMBUD_TEST_POSTGRES_COMMAND";

pub struct Database {
    /// Its own address, past the proxy.
    url: String,
    /// What starts it, as a shell reads it.
    command: String,
    /// The process that serves now; its number is told by the database itself.
    process: i64,
    child: Option<Child>,
    pub proxy: Proxy,
}

/// What happens to it in a cycle.
#[derive(Debug, Clone, Copy)]
pub enum Loss {
    /// It is stopped at once, and started again some time later.
    Stopped,
    /// It ends all connections of the server.
    Ended,
    /// The way to it is cut for a while.
    Cut,
    /// The way to it is silent for a while.
    Silent,
    /// Commits reach it whose answers do not come back.
    AnswersLost,
}

impl Database {
    pub async fn of(store: &Store, command: Option<String>, dice: Dice) -> Result<Database> {
        let url = store.url();
        let keeps = store.rows("SELECT current_setting('synchronous_commit'), 0::BIGINT").await?;
        if keeps.first().is_none_or(|(setting, _)| setting != "on") {
            return Err("this PostgreSQL forgets what it has committed when it is stopped: synchronous_commit must be on".into());
        }
        let command = command.ok_or("which PostgreSQL may be stopped? Run it under scripts/with-postgres")?;
        let proxy = Proxy::before(vec![address(&url)?.to_owned()], dice).await?;
        let mut database = Database { url, command, process: 0, child: None, proxy };
        database.process = database.find_process(store).await?;
        Ok(database)
    }

    /// Where the server believes the database to be.
    pub fn url_past_proxy(&self) -> Result<String> {
        url_past(&self.url, &self.proxy)
    }

    /// Begins it; how long it lasts.
    pub async fn begin(&mut self, loss: Loss, store: &Store, dice: &mut Dice) -> Result<Duration> {
        let a_while = Duration::from_millis(100 + dice.below(900));
        match loss {
            Loss::Stopped => self.stop().await?,
            Loss::Ended => {
                let others = "SELECT 'ended', COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity \
                              WHERE datname = current_database() AND pid <> pg_backend_pid()";
                store.rows(others).await?;
            }
            Loss::Cut => self.proxy.set(Way::Cut),
            Loss::Silent => {
                self.proxy.set(Way::Silent);
                // now and then for longer than the server waits for an answer
                return Ok(if dice.one_in(12) { Duration::from_secs(10) } else { a_while });
            }
            Loss::AnswersLost => self.proxy.set(Way::LosesAnswers(1 + dice.below(6))),
        }
        Ok(a_while)
    }

    /// Everything is as it should be again.
    pub async fn end(&mut self, loss: Loss, store: &Store) -> Result<()> {
        self.proxy.set(Way::Open);
        if let Loss::Stopped = loss { self.start(store).await } else { Ok(()) }
    }

    /// As `pg_ctl stop -m immediate` does.
    async fn stop(&mut self) -> Result<()> {
        let stopped = Command::new("kill").args(["-QUIT", &self.process.to_string()]).status()?;
        if !stopped.success() {
            return Err(format!("PostgreSQL could not be stopped: kill -QUIT {}", self.process).into());
        }
        if let Some(mut child) = self.child.take() {
            child.wait()?;
        }
        let (address, began) = (address(&self.url)?, now());
        while tokio::net::TcpStream::connect(address).await.is_ok() {
            if began.elapsed() > PATIENCE {
                return Err(format!("PostgreSQL goes on, {PATIENCE:?} after it was stopped").into());
            }
            pause(Duration::from_millis(5)).await;
        }
        Ok(())
    }

    async fn start(&mut self, store: &Store) -> Result<()> {
        let mut command = Command::new("sh");
        command.args(["-c", &format!("exec {}", self.command)]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let began = now();
        let mut child = command.spawn()?;
        self.process = loop {
            if let Ok(process) = self.find_process(store).await {
                break process;
            }
            if let Some(ended) = child.try_wait()? {
                // the one before may still hold what it needs
                if began.elapsed() > PATIENCE {
                    return Err(format!("PostgreSQL does not start again: {ended}").into());
                }
                pause(Duration::from_millis(50)).await;
                child = command.spawn()?;
            }
            pause(Duration::from_millis(10)).await;
        };
        self.child = Some(child);
        Ok(())
    }

    async fn find_process(&self, store: &Store) -> Result<i64> {
        let process = "SELECT 'process', split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::BIGINT";
        Ok(store.rows(process).await?.first().ok_or("PostgreSQL does not know its process")?.1)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            // whoever started the first one removes its folder next
            let _ = Command::new("kill").args(["-QUIT", &child.id().to_string()]).status();
            let _ = child.wait();
        }
    }
}

/// A database's address, for whoever is to believe that it is where the proxy is.
pub fn url_past(url: &str, proxy: &Proxy) -> Result<String> {
    Ok(url.replacen(address(url)?, &proxy.address, 1))
}

/// The host and port of a database's address.
pub fn address(url: &str) -> Result<&str> {
    let (_, rest) = url.split_once('@').ok_or("the address of PostgreSQL names no user")?;
    Ok(rest.split_once('/').map_or(rest, |(address, _)| address))
}
