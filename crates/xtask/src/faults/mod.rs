//! `cargo xtask faults`: takes from the server what it stands on, again and again, while people use it, and looks whether it
//! kept its promises.
//!
//! A cycle: clients write, upload, answer and change; at a random moment the server is killed, the power is cut, the disk
//! fails or is full, the database is lost, or one of several nodes is; what the server shows afterwards is held against what its clients were told.
//! What they were not told, they repeat.

mod agent;
mod cashier;
mod check;
mod console;
mod database;
mod dice;
mod journal;
mod kind;
mod log;
mod nats;
mod nodes;
mod outside;
mod people;
mod places;
mod proxy;
mod rest;
mod sending;
mod shopper;
mod stage;
mod summary;
mod town;
mod writer;

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use tempfile::TempDir;

pub use self::dice::Dice;
use self::{
    agent::IN_SIGHT,
    check::Which,
    database::Database,
    journal::Wrong,
    kind::Kind,
    log::Log,
    nodes::Nodes,
    outside::Outside,
    people::People,
    places::Places,
    rest::{IDLE_WITHIN, LEFT_WITHIN},
    stage::Stage,
    summary::Summary,
    town::{Town, Weather},
};
use crate::{
    Result,
    disk::{self, Disk},
    server::Start,
    store::Store,
};

const SHOPPERS: u64 = 6;
const AGENTS: u64 = 2;
const CASHIERS: u64 = 2;
/// Those who roll dice beside the clients: what is done to the server, and where it is done.
const FATE: u64 = SHOPPERS + AGENTS + CASHIERS;
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
            eprintln!("The data is kept in {}", faults.keep(folder.path())?);
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
enum Faults {
    /// One server, and all it stands on.
    One(Box<One>),
    Several(Box<Nodes>),
}

impl Faults {
    async fn prepare(wanted: &Wanted, engine: Engine, seed: u64, binary: PathBuf, folder: &Path) -> Result<Faults> {
        let (data, log) = (folder.join("data"), folder.join("server.log"));
        let store = match (engine, &wanted.postgres) {
            (Engine::Sqlite, _) => Store::in_folder(&data),
            (Engine::Postgres, Some(server)) => Store::on(server, format!("faults_{seed:x}_{}", std::process::id())).await?,
            (Engine::Postgres, None) => return Err("which PostgreSQL? Run it under scripts/with-postgres, or name a server".into()),
        };
        let (database_url, log_to) = (store.url(), Some(log.clone()));
        let start = Start { binary, data, database_url, cores: None, earlier: 0, orders_each: 0, log: log_to, settings: Vec::new() };
        if wanted.kind == Kind::Nodes {
            return Ok(Faults::Several(Box::new(Nodes::prepare(start, store, Log::at(log), seed).await?)));
        }
        Ok(Faults::One(Box::new(One::prepare(wanted, start, store, Log::at(log), seed).await?)))
    }

    async fn run(&mut self, wanted: &Wanted, summary: &mut Summary) -> Result<()> {
        match self {
            Faults::One(one) => one.run(wanted, summary).await,
            Faults::Several(nodes) => nodes.run(wanted, summary).await,
        }
    }

    /// Keeps what would be gone, for whoever wants to look into it; where that is.
    fn keep(&self, folder: &Path) -> Result<String> {
        match self {
            Faults::One(one) => {
                one.stage.keep(folder)?;
                Ok(one.stage.store.place(folder))
            }
            Faults::Several(nodes) => Ok(nodes.store.place(folder)),
        }
    }
}

/// One server, and everybody who uses it.
struct One {
    stage: Stage,
    town: Town,
    people: People,
    /// Where answers leave the house.
    outside: Option<Outside>,
    log: Log,
}

impl One {
    async fn prepare(wanted: &Wanted, mut start: Start, store: Store, log: Log, seed: u64) -> Result<One> {
        let place = || Dice::of(seed, 0, PLACE);
        let disk = if wanted.kind.needs_disk() { Some(Disk::mount(&start.data, place())?) } else { None };
        let database = match wanted.kind {
            Kind::Database => Some(Database::of(&store, wanted.postgres_command.clone(), place()).await?),
            _ => None,
        };
        if let Some(database) = &database {
            start.database_url = database.url_past_proxy()?;
        }
        let outside = if wanted.kind == Kind::Sending { Some(Outside::open().await?) } else { None };
        start.settings.extend(outside.iter().flat_map(Outside::settings));
        let stage = Stage::set(wanted.kind, start, store, disk, database).await?;
        let town = Town::around(&stage.server, seed).await?;
        if let Some(outside) = &outside {
            outside.connect(&town).await?;
            *town.opened.borrow_mut() = outside.write(&town).await?;
        }
        let people = if outside.is_some() { People::who_answer() } else { People::new() };
        Ok(One { stage, town, people, outside, log })
    }

    async fn run(&mut self, wanted: &Wanted, summary: &mut Summary) -> Result<()> {
        let end = wanted.from_cycle + wanted.cycles;
        for cycle in wanted.from_cycle..end {
            (self.town.cycle, summary.cycle) = (cycle, cycle);
            self.cycle(&wanted.places).await?;
            check::look(&self.town, Which::Touched).await?;
            self.log.look(&self.town)?;
            summary.healed_after = self.stage.healed_after;
            if summary.note(&self.town.journal.borrow()) {
                return Ok(());
            }
        }
        wanted.places.were_reached()?;
        // those who finish roll other dice
        self.town.cycle = end;
        let within = if self.outside.is_some() { LEFT_WITHIN } else { IDLE_WITHIN };
        summary.idle_after = self.people.rest(&self.town, &self.stage.store, within).await?;
        check::look_everywhere(&self.town, &self.stage.store).await?;
        if let Some(outside) = &self.outside {
            sending::look_in_the_end(outside, &self.town, &self.stage.store).await?;
        }
        self.stage.server.stop().await?;
        for damage in self.stage.store.damages()? {
            self.town.journal.borrow_mut().report(Wrong::Altered, format!("SQLite: {damage}"));
        }
        self.log.look(&self.town)?;
        if !summary.note(&self.town.journal.borrow()) {
            self.stage.store.remove().await?;
        }
        Ok(())
    }

    /// Clients at work, what is done to the server, and what it takes to go on.
    async fn cycle(&mut self, places: &Places) -> Result<()> {
        let One { stage, town, people, outside, .. } = self;
        let (seed, cycle) = (town.seed, town.cycle);
        if let Some(disk) = &stage.disk {
            disk.roll(Dice::of(seed, cycle, PLACE));
        }
        if let Some(database) = &stage.database {
            database.proxy.roll(Dice::of(seed, cycle, PLACE));
        }
        if let Some(outside) = outside {
            outside.roll(&mut Dice::of(seed, cycle, PLACE));
            // where an answer was in hand the next one waits for the lease: there are others
            town.opened.borrow_mut().rotate_right(IN_SIGHT);
        }
        let mut fate = Dice::of(seed, cycle, FATE);
        let end = people.work(town, stage.play(town, places, &mut fate)).await?;
        places.leave(&stage.start.data)?;
        if let Some(outside) = outside {
            sending::look(outside, town, &stage.store).await?;
        }
        stage.go_on(end).await?;
        town.address.clone_from(&stage.server.address);
        town.weather.set(Weather::Fair);
        town.closing.set(false);
        Ok(())
    }
}
