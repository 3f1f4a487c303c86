//! `cargo xtask faults`: kills the server again and again while people use it, and looks whether it kept its promises.
//!
//! A cycle: clients write, upload, answer and change; at a random moment the server is killed; it starts again on the
//! same data, and what it shows is held against what its clients were told. What they were not told, they repeat.

mod agent;
mod check;
mod console;
mod dice;
mod journal;
mod places;
mod rest;
mod shopper;
mod summary;
mod town;
mod writer;

use std::{path::PathBuf, time::Duration};

use clap::{Args, ValueEnum};
use futures::future::{join, join_all, try_join, try_join_all};
use tempfile::TempDir;
use tokio::time::timeout;

use self::{
    agent::Agent,
    check::Which,
    console::Console,
    dice::Dice,
    journal::Wrong,
    places::Places,
    shopper::Shopper,
    summary::Summary,
    town::{PATIENCE, Town},
};
use crate::{
    Result,
    server::{Server, Start},
    store::Store,
};

const SHOPPERS: u64 = 6;
const AGENTS: u64 = 2;

#[derive(Args)]
pub struct Wanted {
    /// How often the server is killed
    #[arg(long, default_value_t = 100)]
    cycles: u64,
    /// What clients do and when they are cut off follows from it; made up when not given
    #[arg(long)]
    seed: Option<u64>,
    /// The number of the first cycle: a long run can be made in parts
    #[arg(long, default_value_t = 1)]
    from_cycle: u64,
    #[command(flatten)]
    places: Places,
    #[arg(long, value_enum, default_value_t = Engine::Sqlite)]
    engine: Engine,
    /// A PostgreSQL server in which a database may be made, for the engine `postgres`
    #[arg(long, env = "OMBUD_TEST_POSTGRES", hide_env_values = true)]
    postgres: Option<String>,
    /// The server; the release binary is built when none is named
    #[arg(long, env = "OMBUD_BINARY")]
    binary: Option<PathBuf>,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    Sqlite,
    Postgres,
}

pub async fn run(wanted: Wanted) -> Result<()> {
    let seed = wanted.seed.unwrap_or_else(made_up);
    let folder = tempfile::tempdir()?;
    let store = match (wanted.engine, &wanted.postgres) {
        (Engine::Sqlite, _) => Store::Sqlite(folder.path().join("ombud.sqlite")),
        (Engine::Postgres, Some(server)) => Store::on(server, format!("faults_{seed:x}_{}", std::process::id())).await?,
        (Engine::Postgres, None) => return Err("which PostgreSQL? Run it under scripts/with-postgres, or name a server".into()),
    };
    let binary = wanted.binary.clone().map_or_else(|| wanted.places.build(), Ok)?;
    let start = Start { binary, data: folder.path().to_owned(), database_url: store.url(), cores: None };
    let place = store.place(folder.path());
    let mut summary = Summary::new(wanted.engine, seed, wanted.from_cycle, wanted.json);
    summary.announce(wanted.cycles);
    let ended = async { Faults::prepare(start, store, seed).await?.run(&wanted, &mut summary).await }.await;
    let kept = summary.close(ended);
    if kept.is_err() {
        // not removed when it is dropped
        let _ = TempDir::keep(folder);
        eprintln!("The data is kept in {place}");
    }
    kept
}

/// A seed for a run that is to be unlike the others.
#[expect(clippy::disallowed_methods, reason = "chance has to come from somewhere; the seed is printed")]
fn made_up() -> u64 {
    Dice::of(jiff::Timestamp::now().as_microsecond().unsigned_abs(), 0, 0).below(1 << 32)
}

/// Everything that takes part.
struct Faults {
    start: Start,
    store: Store,
    server: Server,
    town: Town,
    shoppers: Vec<Shopper>,
    agents: Vec<Agent>,
    console: Console,
}

impl Faults {
    async fn prepare(start: Start, store: Store, seed: u64) -> Result<Faults> {
        let server = Server::start(&start).await?;
        let town = Town::around(&server, seed).await?;
        let shoppers = (0..SHOPPERS).map(Shopper::new).collect();
        let agents = (SHOPPERS..SHOPPERS + AGENTS).map(Agent::new).collect();
        Ok(Faults { start, store, server, town, shoppers, agents, console: Console::default() })
    }

    async fn run(mut self, wanted: &Wanted, summary: &mut Summary) -> Result<()> {
        let end = wanted.from_cycle + wanted.cycles;
        for cycle in wanted.from_cycle..end {
            (self.town.cycle, summary.cycle) = (cycle, cycle);
            self.cycle(&wanted.places).await?;
            check::look(&self.town, Which::Touched).await?;
            if summary.note(&self.town.journal.borrow()) {
                return Ok(());
            }
        }
        wanted.places.were_reached()?;
        // those who finish roll other dice
        self.town.cycle = end;
        summary.idle_after = self.rest().await?;
        self.server.stop().await?;
        for damage in self.store.damages()? {
            self.town.journal.borrow_mut().report(Wrong::Altered, format!("SQLite: {damage}"));
        }
        if !summary.note(&self.town.journal.borrow()) {
            self.store.remove().await?;
        }
        Ok(())
    }

    /// Clients at work, a kill, and a new start.
    async fn cycle(&mut self, places: &Places) -> Result<()> {
        let town = &self.town;
        let socket = self.console.connect(town).await?;
        let mut dice = Dice::of(town.seed, town.cycle, SHOPPERS + AGENTS);
        // often soon, when little has been written since the start, and seldom late
        let life = Duration::from_millis(20 + dice.below(1_000) * dice.below(1_000) / 1_000);
        let server = &mut self.server;
        let kill = async {
            places.wait(server, &self.start.data, life, &mut dice).await?;
            town.killed.set(true);
            server.kill().await
        };
        let shopping = try_join_all(self.shoppers.iter_mut().map(|shopper| shopper.shop(town)));
        let working = try_join_all(self.agents.iter_mut().map(|agent| agent.work(town)));
        let listening = self.console.listen(town, socket);
        futures::try_join!(kill, shopping, working, listening)?;
        places.leave(&self.start.data)?;
        let started = timeout(PATIENCE, Server::start(&self.start)).await;
        self.server = started.map_err(|_| format!("after the kill it did not start within {PATIENCE:?}"))??;
        self.town.address.clone_from(&self.server.address);
        self.town.killed.set(false);
        Ok(())
    }

    /// Lets everybody finish and the server come to rest; how long that took.
    async fn rest(&mut self) -> Result<Duration> {
        let (town, store) = (&self.town, &self.store);
        let socket = self.console.connect(town).await?;
        let finishing = async {
            let shopping = join_all(self.shoppers.iter_mut().map(|shopper| shopper.finish(town)));
            let working = join_all(self.agents.iter_mut().map(|agent| agent.finish(town)));
            let finished = timeout(PATIENCE, join(shopping, working)).await;
            let (shopped, worked) = finished.map_err(|_| format!("what was in doubt was not answered within {PATIENCE:?}"))?;
            shopped.into_iter().chain(worked).collect::<Result<Vec<()>>>()?;
            rest::idle(town, store).await
        };
        let idle_after = tokio::select! {
            finished = finishing => finished?,
            ended = self.console.listen(town, socket) => return Err(ended.err().unwrap_or_else(|| "the socket ended".into())),
        };
        try_join(check::look(town, Which::All), check::look_behind(town)).await?;
        rest::look_into(town, store).await?;
        Ok(idle_after)
    }
}
