//! `cargo xtask faults`: takes from the server what it stands on, again and again, while people use it, and looks whether it
//! kept its promises.
//!
//! A cycle: clients write, upload, answer and change; at a random moment the server is killed, the power is cut, the disk
//! fails or is full, or the database is lost; what the server shows afterwards is held against what its clients were told.
//! What they were not told, they repeat.

mod agent;
mod check;
mod console;
mod database;
mod dice;
mod journal;
mod kind;
mod places;
mod proxy;
mod rest;
mod shopper;
mod stage;
mod summary;
mod town;
mod writer;

use std::{
    future::pending,
    path::{Path, PathBuf},
    time::Duration,
};

use clap::{Args, ValueEnum};
use futures::future::{join, join_all, try_join, try_join_all};
use tempfile::TempDir;
use tokio::time::timeout;

pub use self::dice::Dice;
use self::{
    agent::Agent,
    check::Which,
    console::Console,
    database::Database,
    journal::Wrong,
    kind::Kind,
    places::Places,
    shopper::Shopper,
    stage::Stage,
    summary::Summary,
    town::{PATIENCE, Town, Weather},
};
use crate::{
    Result,
    disk::{self, Disk},
    server::Start,
    store::Store,
};

const SHOPPERS: u64 = 6;
const AGENTS: u64 = 2;
/// Those who roll dice beside the clients: what is done to the server, and where it is done.
const FATE: u64 = SHOPPERS + AGENTS;
const PLACE: u64 = FATE + 1;

#[derive(Args)]
pub struct Wanted {
    /// What is done to the server
    #[arg(value_enum, default_value_t = Kind::Kill)]
    kind: Kind,
    /// How often it is done
    #[arg(long, default_value_t = 100)]
    cycles: u64,
    /// What clients do and when they are cut off follows from it; made up when not given
    #[arg(long)]
    seed: Option<u64>,
    /// The number of the first cycle: a long run can be made in parts
    #[arg(long, default_value_t = 1)]
    from_cycle: u64,
    /// Where there is a choice; SQLite when not given
    #[arg(long, value_enum)]
    engine: Option<Engine>,
    #[command(flatten)]
    places: Places,
    /// A PostgreSQL server in which a database may be made, for the engine `postgres`
    #[arg(long, env = "OMBUD_TEST_POSTGRES", hide_env_values = true)]
    postgres: Option<String>,
    /// What starts that PostgreSQL server again, once it has been stopped
    #[arg(long, env = database::COMMAND, hide_env_values = true)]
    postgres_command: Option<String>,
    /// The server; the release binary is built when none is named
    #[arg(long, env = "OMBUD_BINARY")]
    binary: Option<PathBuf>,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
    /// Already where nobody else sees the disk
    #[arg(long, hide = true)]
    withdrawn: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    pub fn name(self) -> &'static str {
        match self {
            Engine::Sqlite => "sqlite",
            Engine::Postgres => "postgres",
        }
    }
}

pub async fn run(wanted: Wanted) -> Result<()> {
    let engine = wanted.kind.engine(wanted.engine)?;
    if wanted.kind.needs_disk() && !wanted.withdrawn {
        return disk::withdraw("--withdrawn");
    }
    let seed = wanted.seed.unwrap_or_else(made_up);
    let binary = wanted.binary.clone().map_or_else(|| wanted.places.build(), Ok)?;
    let folder = tempfile::tempdir()?;
    let mut summary = Summary::new(wanted.kind, engine, seed, wanted.from_cycle, wanted.json);
    summary.announce(wanted.cycles);
    let mut faults = Faults::prepare(&wanted, engine, seed, binary, folder.path()).await;
    let ended = match &mut faults {
        Ok(faults) => faults.run(&wanted, &mut summary).await,
        Err(error) => Err(std::mem::replace(error, "it did not begin".into())),
    };
    let kept = summary.close(ended);
    if kept.is_err() {
        if let Ok(faults) = &faults {
            faults.stage.keep(folder.path())?;
            eprintln!("The data is kept in {}", faults.stage.store.place(folder.path()));
        }
        // not removed when it is dropped
        let _ = TempDir::keep(folder);
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
    stage: Stage,
    town: Town,
    shoppers: Vec<Shopper>,
    agents: Vec<Agent>,
    console: Console,
}

impl Faults {
    async fn prepare(wanted: &Wanted, engine: Engine, seed: u64, binary: PathBuf, folder: &Path) -> Result<Faults> {
        let (data, place) = (folder.join("data"), || Dice::of(seed, 0, PLACE));
        let disk = if wanted.kind.needs_disk() { Some(Disk::mount(&data, place())?) } else { None };
        let store = match (engine, &wanted.postgres) {
            (Engine::Sqlite, _) => Store::Sqlite(data.join("ombud.sqlite")),
            (Engine::Postgres, Some(server)) => Store::on(server, format!("faults_{seed:x}_{}", std::process::id())).await?,
            (Engine::Postgres, None) => return Err("which PostgreSQL? Run it under scripts/with-postgres, or name a server".into()),
        };
        let database = match wanted.kind {
            Kind::Database => Some(Database::of(&store, wanted.postgres_command.clone(), place()).await?),
            _ => None,
        };
        let database_url = database.as_ref().map_or_else(|| Ok(store.url()), Database::url_past_proxy)?;
        let start = Start { binary, data, database_url, cores: None, earlier: 0, log: Some(folder.join("server.log")) };
        let stage = Stage::set(wanted.kind, start, store, disk, database).await?;
        let town = Town::around(&stage.server, seed).await?;
        let shoppers = (0..SHOPPERS).map(Shopper::new).collect();
        let agents = (SHOPPERS..SHOPPERS + AGENTS).map(Agent::new).collect();
        Ok(Faults { stage, town, shoppers, agents, console: Console::default() })
    }

    async fn run(&mut self, wanted: &Wanted, summary: &mut Summary) -> Result<()> {
        let end = wanted.from_cycle + wanted.cycles;
        for cycle in wanted.from_cycle..end {
            (self.town.cycle, summary.cycle) = (cycle, cycle);
            self.cycle(&wanted.places).await?;
            check::look(&self.town, Which::Touched).await?;
            self.stage.read_log(&self.town)?;
            summary.healed_after = self.stage.healed_after;
            if summary.note(&self.town.journal.borrow()) {
                return Ok(());
            }
        }
        wanted.places.were_reached()?;
        // those who finish roll other dice
        self.town.cycle = end;
        summary.idle_after = self.rest().await?;
        self.stage.server.stop().await?;
        for damage in self.stage.store.damages()? {
            self.town.journal.borrow_mut().report(Wrong::Altered, format!("SQLite: {damage}"));
        }
        self.stage.read_log(&self.town)?;
        if !summary.note(&self.town.journal.borrow()) {
            self.stage.store.remove().await?;
        }
        Ok(())
    }

    /// Clients at work, what is done to the server, and what it takes to go on.
    async fn cycle(&mut self, places: &Places) -> Result<()> {
        let Faults { stage, town, shoppers, agents, console } = self;
        let (seed, cycle) = (town.seed, town.cycle);
        if let Some(disk) = &stage.disk {
            disk.roll(Dice::of(seed, cycle, PLACE));
        }
        if let Some(database) = &stage.database {
            database.proxy.roll(Dice::of(seed, cycle, PLACE));
        }
        let mut fate = Dice::of(seed, cycle, FATE);
        let town_now = &*town;
        let socket = console.connect(town_now).await?;
        let shopping = try_join_all(shoppers.iter_mut().map(|shopper| shopper.shop(town_now)));
        let working = try_join_all(agents.iter_mut().map(|agent| agent.work(town_now)));
        let attending = async {
            console.attend(town_now, socket).await?;
            pending().await
        };
        let end = tokio::select! {
            played = async { futures::try_join!(stage.play(town_now, places, &mut fate), shopping, working) } => played?.0,
            left = attending => return left,
        };
        places.leave(&stage.start.data)?;
        stage.go_on(end).await?;
        town.address.clone_from(&stage.server.address);
        town.weather.set(Weather::Fair);
        town.closing.set(false);
        Ok(())
    }

    /// Lets everybody finish and the server come to rest; how long that took.
    async fn rest(&mut self) -> Result<Duration> {
        let (town, store) = (&self.town, &self.stage.store);
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
            ended = self.console.attend(town, socket) => return Err(ended.err().unwrap_or_else(|| "the socket ended".into())),
        };
        try_join(check::look(town, Which::All), check::look_behind(town)).await?;
        rest::look_into(town, store).await?;
        Ok(idle_after)
    }
}
