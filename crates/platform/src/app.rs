//! The application: everything a handler or a job may reach, put together once at start.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    path::Path,
    sync::{Arc, OnceLock, atomic::Ordering},
};

use kernel::{Error, Result, ShopId};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    backup,
    config::Config,
    db::{Db, Migrations, Tx},
    egress::Egress,
    event,
    files::FileStore,
    http::{Permission, Policy},
    job::{self, JobKind, JobKinds},
    limits::Limits,
    nodes::{self, Reach, Windows},
    personal_data::PersonalData,
    reaction::{Reaction, Reactions},
    scope::Scope,
    seal,
    secret::SecretBox,
    sweep::{self, Sweep},
    token::Signer,
};

/// With fewer bytes free, a disk that was full still is.
const HARDLY_ANY: u64 = 1_000_000;

/// What a room brings along. `crates/app/src/modules.rs` lists them all, bottom to top.
#[derive(Default)]
pub struct Module {
    pub name: &'static str,
    pub migrations: Option<Migrations>,
    /// Its JSON endpoints, below `/api/v1`.
    pub api: Option<utoipa_axum::router::OpenApiRouter<App>>,
    /// Who may call each of them.
    pub policy: Policy,
    /// Pages, scripts and files outside the API.
    pub pages: Option<axum::Router<App>>,
    pub permissions: &'static [Permission],
    pub reactions: Vec<Reaction>,
    pub jobs: Vec<JobKind>,
    /// What ends here by itself and is swept out.
    pub sweeps: Vec<Sweep>,
    /// Events after which nobody listens to their shop any more: sockets are closed once they have heard of it.
    pub last_words: &'static [&'static str],
    /// What it knows about customers, if anything.
    pub personal_data: Option<PersonalData>,
    pub plugs: Option<fn(&mut Plugged)>,
}

/// Things that come in many kinds or from a higher room, by type.
#[derive(Default)]
pub struct Plugged(HashMap<TypeId, Box<dyn Any + Send + Sync>>);

impl Plugged {
    pub fn plug<T: Any + Send + Sync>(&mut self, thing: T) {
        self.0.insert(TypeId::of::<T>(), Box::new(thing));
    }
}

/// What this process runs on; tests bring a clock moved by hand.
pub struct Ground {
    pub clock: Arc<dyn crate::clock::Clock>,
    pub rng: Arc<crate::rng::Rng>,
    pub files: FileStore,
    pub egress: Egress,
    pub secrets: SecretBox,
    pub mailer: crate::mail::Mailer,
}

/// The application, cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    config: Config,
    db: Db,
    scope: Arc<Scope>,
    plugged: Plugged,
    jobs: JobKinds,
    sweeps: Vec<Sweep>,
    personal_data: Vec<PersonalData>,
    limits: Limits,
    permissions: Vec<&'static Permission>,
    signer: Signer,
    openapi: OnceLock<utoipa::openapi::OpenApi>,
    ground: Ground,
}

impl App {
    /// Opens the database with its key, starts the sweeps and wires `modules` together. Takes the parts of each module that run; routes stay with the caller.
    pub async fn open(config: Config, ground: Ground, modules: &mut [Module]) -> Result<App> {
        nodes::check(&config)?;
        let migrations: Vec<Migrations> = modules.iter().filter_map(|m| m.migrations.clone()).collect();
        let scope = App::scope_of(&ground, modules);
        let db = Db::open(&config.database()?, &migrations, scope.clone()).await?;
        let app = App::on(db, scope, config, ground, modules);
        app.begin().await?;
        Ok(app)
    }

    /// What the transactions of an application of these modules have at hand.
    pub(crate) fn scope_of(ground: &Ground, modules: &mut [Module]) -> Arc<Scope> {
        let reactions = modules.iter_mut().flat_map(|m| std::mem::take(&mut m.reactions)).collect();
        let last_words = modules.iter().flat_map(|m| m.last_words).copied().collect();
        Arc::new(Scope::new(ground.clock.clone(), ground.rng.clone(), Reactions::new(reactions), last_words))
    }

    /// Wires `modules` together on an open database.
    pub(crate) fn on(db: Db, scope: Arc<Scope>, config: Config, ground: Ground, modules: &mut [Module]) -> App {
        let jobs = modules.iter_mut().flat_map(|m| std::mem::take(&mut m.jobs)).collect();
        let sweeps = modules.iter_mut().flat_map(|m| std::mem::take(&mut m.sweeps)).collect();
        let personal_data = modules.iter().filter_map(|m| m.personal_data).collect();
        let mut plugged = Plugged::default();
        for plug in modules.iter().filter_map(|m| m.plugs) {
            plug(&mut plugged);
        }
        let permissions = modules.iter().flat_map(|m| m.permissions).collect();
        let limits = Limits::new(ground.clock.clone());
        let signer = ground.secrets.signer();
        App(Arc::new(Inner {
            config,
            db,
            scope,
            plugged,
            jobs: JobKinds::new(jobs),
            sweeps,
            personal_data,
            limits,
            permissions,
            signer,
            openapi: OnceLock::new(),
            ground,
        }))
    }

    /// What comes before everything else: the key is held against the database, and what is to go on is started.
    pub(crate) async fn begin(&self) -> Result<()> {
        seal::check(self).await?;
        event::begin_telling(self).await?;
        sweep::begin(self).await
    }

    /// Runs `work` in a transaction that writes; see `Db::write`.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: AsyncFn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        self.0.db.write(work).await
    }

    /// Runs `work` in a transaction that writes what it decides upon; see `Db::write_on_snapshot`.
    pub async fn write_on_snapshot<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: AsyncFn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        self.0.db.write_on_snapshot(work).await
    }

    /// Runs `work` on a snapshot taken now; see `Db::read`.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: AsyncFn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        self.0.db.read(work).await
    }

    /// Whether the database can be read, and written to if it lately could not.
    ///
    /// Errors: `NoRoom`, `Unavailable`.
    pub async fn works(&self) -> Result<()> {
        self.read(async |tx: &mut Tx<'_>| event::newest(tx, ShopId::NONE).await).await?;
        if self.0.scope.stores.load(Ordering::Relaxed) {
            return Ok(());
        }
        self.has_room()?;
        // whoever fails from here on says so again
        self.0.scope.stores.store(true, Ordering::Relaxed);
        seal::renew(self).await
    }

    /// Errors: `NoRoom` when the disk of the data folder, with the database on it, has hardly any left. What little there is
    /// may be enough for one who asks, and not for people.
    fn has_room(&self) -> Result<()> {
        if self.db().numbers_events_later() {
            return Ok(());
        }
        match backup::free_space(Path::new(&self.config().data)) {
            Ok(free) if free < HARDLY_ANY => Err(Error::no_room(format!("{free} bytes are free"))),
            _ => Ok(()),
        }
    }

    pub fn db(&self) -> &Db {
        &self.0.db
    }
    pub fn config(&self) -> &Config {
        &self.0.config
    }
    pub fn live(&self) -> &crate::live::Live {
        &self.0.scope.live
    }
    /// The consoles and chats that are open, on whichever node.
    pub fn windows(&self) -> &Windows {
        &self.0.scope.windows
    }
    /// How it is with the other nodes.
    pub fn reach(&self) -> Reach {
        self.0.scope.nodes.reach()
    }
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }
    pub fn files(&self) -> &FileStore {
        &self.0.ground.files
    }
    pub fn egress(&self) -> &Egress {
        &self.0.ground.egress
    }
    pub fn secrets(&self) -> &SecretBox {
        &self.0.ground.secrets
    }
    /// Signs what travels through other hands and comes back.
    pub fn signer(&self) -> &Signer {
        &self.0.signer
    }
    pub fn mailer(&self) -> &crate::mail::Mailer {
        &self.0.ground.mailer
    }
    pub fn rng(&self) -> &crate::rng::Rng {
        &self.0.ground.rng
    }
    pub fn now(&self) -> kernel::Timestamp {
        self.0.scope.clock.now()
    }
    /// Every permission any room declares.
    pub fn permissions(&self) -> &[&'static Permission] {
        &self.0.permissions
    }

    /// What each room knows about customers.
    pub fn personal_data(&self) -> &[PersonalData] {
        &self.0.personal_data
    }

    /// The description of the API, once the router has been built.
    pub fn openapi(&self) -> Option<&utoipa::openapi::OpenApi> {
        self.0.openapi.get()
    }

    pub(crate) fn describe(&self, openapi: utoipa::openapi::OpenApi) {
        // built once; a second router of the same application describes the same
        let _ = self.0.openapi.set(openapi);
    }

    /// The thing plugged under this type.
    ///
    /// Errors: `Broken` when `modules.rs` plugs none.
    pub fn plugged<T: Any>(&self) -> Result<&T> {
        let thing = self.0.plugged.0.get(&TypeId::of::<T>()).and_then(|thing| thing.downcast_ref());
        thing.ok_or_else(|| Error::broken(format!("no {} is plugged in", std::any::type_name::<T>())))
    }

    /// Does everything that is due now, and what follows from it, one after the other; how tests let time pass.
    pub async fn run_due_jobs(&self) -> Result<usize> {
        job::run_due(self, 1).await
    }

    /// As `run_due_jobs`, side by side: for a great many of them.
    pub async fn work_off(&self) -> Result<usize> {
        job::run_due(self, job::AT_ONCE).await
    }

    /// Renews the leases of all jobs this process has in hand, as its workers do every few seconds; how many it still had.
    pub async fn renew_leases(&self) -> Result<u64> {
        job::renew(self).await
    }

    /// Starts this process's workers; they stop, finishing what they hold, when `stop` is cancelled.
    pub fn start_workers(&self, tasks: &TaskTracker, stop: &CancellationToken) {
        tasks.spawn(job::run_until(self.clone(), stop.clone()));
    }

    /// Starts what live screens need: events are numbered and told, and the other nodes are rung and heard.
    pub fn start_telling(&self, tasks: &TaskTracker, stop: &CancellationToken) {
        tasks.spawn(event::number_until(self.clone(), stop.clone()));
        tasks.spawn(nodes::be_among(self.clone(), stop.clone()));
    }

    pub(crate) fn scope(&self) -> &Scope {
        &self.0.scope
    }
    pub(crate) fn job_kinds(&self) -> &JobKinds {
        &self.0.jobs
    }
    pub(crate) fn sweeps(&self) -> &[Sweep] {
        &self.0.sweeps
    }
}
