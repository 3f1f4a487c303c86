//! A node: the real application on the shared database, with its own clock and its own chance, and what it is busy with.

use std::{
    pin::Pin,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
    task::Poll,
};

use futures::future::poll_fn;
use kernel::Result;

use super::{
    room::{self, Outside, Partner, shop},
    stage::{Base, Simulated, Stage},
};
use crate::{
    App, Ground, Tx,
    clock::HandClock,
    config::Config,
    db::Db,
    egress::Egress,
    event::{self, Missed},
    files::FileStore,
    job::{self, Claimed},
    live::{Listening, Topic},
    mail::Mailer,
    rng::Rng,
    secret::SecretBox,
};

/// What a node is busy with; a process has one of each loop, and many that work or answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    Starting,
    Claiming,
    Renewing,
    Numbering,
    Working,
    Answering(i64),
    Greeting(usize),
}

/// What came of it.
pub enum Outcome {
    Started(Result<()>),
    Claimed(Vec<Claimed>),
    Answered(i64, Result<()>),
    Greeted(usize, Result<(Listening, Missed)>),
    Over,
}

pub struct Task {
    pub doing: Doing,
    future: Pin<Box<dyn Future<Output = Outcome>>>,
}

pub struct Node {
    pub clock: Arc<HandClock>,
    pub app: Option<App>,
    pub serving: bool,
    /// Stopped in its tracks, as a process is that the system does not run.
    pub paused: bool,
    pub tasks: Vec<Task>,
}

/// What all nodes have in common.
pub struct Common {
    pub base: Base,
    pub stage: Arc<Stage>,
    pub dice: Arc<Rng>,
    pub quiet: Arc<AtomicBool>,
    pub seed: u64,
    pub starts: AtomicU64,
}

/// What is costly to make, takes no part, and serves every seed.
fn surroundings() -> &'static (FileStore, Egress, Mailer) {
    static MADE: OnceLock<(FileStore, Egress, Mailer)> = OnceLock::new();
    MADE.get_or_init(|| {
        // nobody stores anything, so the folder goes again at once
        let files = FileStore::folder(tempfile::tempdir().unwrap().path()).unwrap();
        (files, Egress::new().unwrap(), Mailer::open("", &Config::default().mail_from).unwrap())
    })
}

pub fn ground(clock: Arc<HandClock>, seed: u64) -> Ground {
    let (files, egress, mailer) = surroundings();
    Ground {
        clock,
        rng: Arc::new(Rng::seeded(seed)),
        files: files.clone(),
        egress: egress.clone(),
        secrets: SecretBox::new([7; 32], []),
        mailer: mailer.clone(),
    }
}

impl Node {
    pub fn new(clock: Arc<HandClock>) -> Node {
        Node { clock, app: None, serving: false, paused: false, tasks: Vec::new() }
    }

    /// Puts the application together; it serves once it has begun.
    pub fn start(&mut self, common: &Common) {
        let mut modules = room::modules();
        let ground = ground(self.clock.clone(), common.seed << 16 | common.starts.fetch_add(1, Relaxed));
        let scope = App::scope_of(&ground, &mut modules);
        let db = Db::simulated(Simulated::new(common.base.clone(), scope.clone(), Some(common.stage.clone())), scope.clone());
        let app = App::on(db, scope, Config::default(), ground, &mut modules);
        let outside = Outside { stage: common.stage.clone(), dice: common.dice.clone(), quiet: common.quiet.clone() };
        app.plugged::<Partner>().unwrap().stand(outside);
        self.app = Some(app.clone());
        self.add(Doing::Starting, async move { Outcome::Started(app.begin().await) });
    }

    /// Nothing of what it had in memory is left, wherever it stood.
    pub fn crash(&mut self) {
        (self.app, self.serving, self.paused) = (None, false, false);
        self.tasks.clear();
    }

    pub fn is(&self, doing: Doing) -> bool {
        self.tasks.iter().any(|task| task.doing == doing)
    }

    fn add(&mut self, doing: Doing, future: impl Future<Output = Outcome> + 'static) {
        self.tasks.push(Task { doing, future: Box::pin(future) });
    }

    fn loop_once<F: Future<Output = Outcome> + 'static>(&mut self, doing: Doing, turn: impl FnOnce(App) -> F) {
        if let Some(app) = self.app.clone().filter(|_| self.serving && !self.is(doing)) {
            self.add(doing, turn(app));
        }
    }
    pub fn claim(&mut self, room: usize) {
        self.loop_once(Doing::Claiming, async move |app| Outcome::Claimed(job::claim_or_none(&app, room).await));
    }
    pub fn renew(&mut self) {
        self.loop_once(Doing::Renewing, async |app| {
            let _ = job::renew(&app).await;
            Outcome::Over
        });
    }
    pub fn number(&mut self) {
        self.loop_once(Doing::Numbering, async |app| {
            let _ = event::publish_numbered(&app).await;
            Outcome::Over
        });
    }
    pub fn work(&mut self, jobs: Vec<Claimed>) {
        for claimed in jobs {
            let Some(app) = self.app.clone() else { return };
            self.add(Doing::Working, async move {
                job::work_off(app, claimed).await;
                Outcome::Over
            });
        }
    }

    /// Takes in what a customer says; as the second or third try too.
    pub fn answer(&mut self, n: i64, lane: &'static str) {
        self.loop_once(Doing::Answering(n), async move |app| {
            let said = app.write(async move |tx: &mut Tx<'_>| {
                room::set_bell(tx).await?;
                let there: i64 = tx.value("SELECT COUNT(*) FROM room_said WHERE n = $1", &[&n]).await?;
                if there == 0 { room::say(tx, n, lane).await } else { Ok(()) }
            });
            Outcome::Answered(n, said.await)
        });
    }

    /// Lets a screen in that was away, as the console's socket does.
    pub fn greet(&mut self, screen: usize, seen: i64) {
        self.loop_once(Doing::Greeting(screen), async move |app| {
            let listening = app.live().listen(Topic::Shop(shop()));
            let missed = app.read(async move |tx: &mut Tx<'_>| event::missed(tx, shop(), Some(seen), 500).await).await;
            Outcome::Greeted(screen, missed.map(|missed| (listening, missed)))
        });
    }

    /// One step of what it does in this place: to the next time it stands still, or to its end.
    pub async fn step(&mut self, at: usize, stage: &Stage) -> Option<Outcome> {
        let task = &mut self.tasks[at];
        let ended = poll_fn(|context| match task.future.as_mut().poll(context) {
            Poll::Ready(outcome) => Poll::Ready(Some(outcome)),
            Poll::Pending if stage.has_arrived() => Poll::Ready(None),
            // a real database has yet to answer
            Poll::Pending => Poll::Pending,
        })
        .await;
        if ended.is_some() {
            drop(self.tasks.remove(at));
        }
        ended
    }
}
