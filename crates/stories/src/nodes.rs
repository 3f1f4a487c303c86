//! Several nodes over one PostgreSQL, woken through PostgreSQL itself and through NATS: what one does, all know of, and what
//! one leaves, another takes over.

mod breaking;
mod crossing;
mod windows;
mod work;

use std::{
    marker::PhantomData,
    net::TcpListener,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicUsize, Ordering::SeqCst},
    time::{Duration, Instant},
};

use ::platform::{
    App, Module, Plugged,
    config::Config,
    sweep::{self, Sweep},
};
use axum::Router;
use tokio::runtime::Runtime;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    ground,
    platform::Diary,
    story::{Place, Setting, setting},
    world::World,
};

/// Less than half of what passes until a node looks by itself: who hears so soon was woken.
const AT_ONCE: Duration = Duration::from_secs(2);
/// Until a node looks by itself, and some more on a busy machine.
const IN_TIME: Duration = Duration::from_secs(9);

/// What nodes wake each other with.
pub trait Doorbell {
    const SERVERS: &'static [&'static str] = &[];
    fn url() -> String {
        String::new()
    }
}

pub struct OverPostgres;
impl Doorbell for OverPostgres {}

pub struct OverNats;
impl Doorbell for OverNats {
    const SERVERS: &'static [&'static str] = &["OMBUD_TEST_NATS"];
    fn url() -> String {
        setting("OMBUD_TEST_NATS").expect("a story is not told without its servers")
    }
}

/// Tells stories over PostgreSQL, woken by each of the doorbells.
macro_rules! with_both_doorbells {
    ($($story:ident)*) => {
        $(mod $story {
            #[test]
            fn postgres() {
                crate::story::tell(crate::story::Engine::Postgres, concat!(module_path!(), "::postgres"), super::$story::<crate::nodes::OverPostgres>)
            }
            #[test]
            fn nats() {
                crate::story::tell(crate::story::Engine::Postgres, concat!(module_path!(), "::nats"), super::$story::<crate::nodes::OverNats>)
            }
        })*
    };
}
use with_both_doorbells;

/// A process, on a runtime of its own, so that it can die in the middle of whatever it does.
pub struct Node {
    pub app: App,
    pub router: Router,
    runtime: Option<Runtime>,
    tasks: TaskTracker,
    stop: CancellationToken,
}

impl Node {
    fn of(app: App, router: Router) -> Node {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let node = Node { app, router, runtime: Some(runtime), tasks: TaskTracker::new(), stop: CancellationToken::new() };
        let _inside = node.runtime.as_ref().unwrap().enter();
        node.app.start_telling(&node.tasks, &node.stop);
        drop(_inside);
        node
    }

    /// Begins to do jobs.
    pub fn works(&self) {
        let _inside = self.runtime.as_ref().expect("it lives").enter();
        self.app.start_workers(&self.tasks, &self.stop);
    }

    /// Says goodbye and goes.
    pub async fn goes(&self) {
        self.stop.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }

    /// Is gone from one moment to the next.
    pub fn dies(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }

    /// Until the others can be reached.
    pub async fn is_among_the_others(&self) {
        until(IN_TIME, "the node is among the others", async || self.app.reach() == ::platform::nodes::Reach::Open).await;
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // a runtime may not be dropped where others are awaited
        self.dies();
    }
}

/// Two shops, and three nodes that serve both.
pub struct Town<D> {
    pub world: World,
    pub nodes: Vec<Node>,
    config: Config,
    doorbell: PhantomData<D>,
}

impl<D: Doorbell> Setting for Town<D> {
    const SERVERS: &'static [&'static str] = D::SERVERS;
    fn modules() -> Vec<Module> {
        rooms()
    }
    async fn set(place: &Place) -> Town<D> {
        Town::with(Config { nats_url: D::url(), ..place.config() }).await
    }
}

/// How often a node has swept.
#[derive(Default)]
pub struct Swept(AtomicUsize);

/// The house, and a sweep that counts how often it is done.
fn rooms() -> Vec<Module> {
    let counting = Sweep::new("counting", async |app: App| {
        app.plugged::<Swept>()?.0.fetch_add(1, SeqCst);
        Ok(sweep::Swept::Clean)
    });
    let plugs: fn(&mut Plugged) = |plugged| plugged.plug(Swept::default());
    let mut rooms = World::modules();
    rooms.push(Module { name: "counting", sweeps: vec![counting], plugs: Some(plugs), ..Module::default() });
    rooms
}

impl<D> Town<D> {
    /// How often all nodes together have swept.
    pub fn swept(&self) -> usize {
        self.nodes.iter().map(|node| node.app.plugged::<Swept>().unwrap().0.load(SeqCst)).sum()
    }

    pub async fn with(config: Config) -> Town<D> {
        let world = World::with_rooms(config.clone(), rooms()).await;
        let first = Node::of(world.app.clone(), world.router().clone());
        first.is_among_the_others().await;
        let mut town = Town { world, nodes: vec![first], config, doorbell: PhantomData };
        for seed in [2, 3] {
            let node = town.another(seed).await;
            town.nodes.push(node);
        }
        town
    }

    /// One more node.
    pub async fn another(&self, seed: u64) -> Node {
        let (ground, _) = ground::lay_with(&self.config, self.world.clock.clone(), seed);
        let (app, built) = app::open_with(self.config.clone(), ground, rooms()).await.unwrap();
        let node = Node::of(app, built.router);
        node.is_among_the_others().await;
        node
    }
}

/// Two nodes that do the diary's work.
pub struct Diaries<D> {
    pub diary: Diary,
    pub nodes: Vec<Node>,
    doorbell: PhantomData<D>,
}

impl<D: Doorbell> Setting for Diaries<D> {
    const SERVERS: &'static [&'static str] = D::SERVERS;
    fn modules() -> Vec<Module> {
        Diary::modules()
    }
    async fn set(place: &Place) -> Diaries<D> {
        let diary = Diary::open(place.engine, Config { nats_url: D::url(), ..place.config() }).await;
        let nodes = vec![Node::of(diary.app.clone(), Router::new()), Node::of(diary.second_node().await, Router::new())];
        for node in &nodes {
            node.is_among_the_others().await;
        }
        Diaries { diary, nodes, doorbell: PhantomData }
    }
}

/// Waits for something to become so.
#[expect(clippy::disallowed_methods, reason = "waits for another process, by looking again and again")]
pub async fn until(patience: Duration, what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let began = Instant::now();
    while !is_so().await {
        assert!(began.elapsed() < patience, "not in time: {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// A NATS server of a story's own, to be killed and started again.
pub struct NatsServer {
    port: u16,
    running: Option<Child>,
}

impl NatsServer {
    pub async fn start() -> NatsServer {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut server = NatsServer { port, running: None };
        server.comes_back().await;
        server
    }

    pub fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    pub async fn comes_back(&mut self) {
        let port = self.port.to_string();
        let mut command = Command::new("nats-server");
        command.args(["-a", "127.0.0.1", "-p", &port]).stdout(Stdio::null()).stderr(Stdio::null());
        self.running = Some(command.spawn().expect("nats-server is installed where OMBUD_TEST_NATS is set"));
        let address = format!("127.0.0.1:{port}");
        until(IN_TIME, "nats-server answers", async || tokio::net::TcpStream::connect(&address).await.is_ok()).await;
    }

    pub fn dies(&mut self) {
        if let Some(mut server) = self.running.take() {
            server.kill().unwrap();
            server.wait().unwrap();
        }
    }
}

impl Drop for NatsServer {
    fn drop(&mut self) {
        self.dies();
    }
}
