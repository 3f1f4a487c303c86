//! Several nodes over one database: how they wake each other, and tell each other what is not stored.
//!
//! A doorbell, never the record: what is not heard costs no more than the wait until the next look. NATS rings where the
//! operator names one, PostgreSQL does where not, and SQLite has one process only.
//! `docs/decisions/0010-several-nodes.md` says why.

mod nats;
mod notify;
mod ring;
mod windows;

use std::{
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, AtomicU8, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use kernel::{Error, Result};
use tokio::{
    sync::mpsc::{self, Receiver, Sender},
    time::{MissedTickBehavior, interval, timeout},
};
use tokio_util::sync::CancellationToken;

pub(crate) use self::ring::Ring;
use self::ring::{Envelope, NodeId, pack};
pub use self::windows::{Window, Windows};
use crate::{
    App,
    config::{Config, DatabaseUrl},
    db::Tx,
};

/// How often a node says that it is there.
const BEAT: Duration = Duration::from_secs(2);
/// A node that has said nothing for so long is gone, and a line on which one does not hear oneself is dead.
pub(crate) const SILENCE: Duration = Duration::from_secs(7);
/// For connecting, and for saying something.
const PATIENCE: Duration = Duration::from_secs(5);
/// Before the line is tried again.
const AGAIN: Duration = Duration::from_millis(500);
/// Rings that wait to be passed on; more than this, and some are lost.
const WAITING: usize = 4_096;
/// Rings passed on at once.
const AT_ONCE: usize = 256;

/// How it is with the other nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// There are none, or they have not been looked for.
    Alone,
    /// The line to them is open.
    Open,
    /// The line is down: they are heard of by looking into the database, every few seconds.
    Cut,
}

/// This node's way to the others.
#[derive(Clone, Default)]
pub(crate) struct Nodes(Arc<Inner>);

#[derive(Default)]
struct Inner {
    line: OnceLock<Sender<Ring>>,
    reach: AtomicU8,
    works: AtomicBool,
}

impl Nodes {
    /// Rings at all other nodes; never waits, and nothing happens where there are none.
    pub fn ring(&self, ring: Ring) {
        if let Some(line) = self.0.line.get() {
            let _ = line.try_send(ring);
        }
    }

    /// Jobs wait that this node may have no hand free for.
    pub fn ring_for_jobs(&self) {
        if !self.0.works.load(Relaxed) {
            self.ring(Ring::Jobs);
        }
    }

    /// Says whether this node has workers of its own.
    pub fn works(&self, works: bool) {
        self.0.works.store(works, Relaxed);
    }

    pub fn reach(&self) -> Reach {
        match self.0.reach.load(Relaxed) {
            1 => Reach::Open,
            2 => Reach::Cut,
            _ => Reach::Alone,
        }
    }

    fn is(&self, reach: Reach) {
        self.0.reach.store(reach as u8, Relaxed);
        metrics::gauge!("ombud_nodes_reached").set(if reach == Reach::Cut { 0.0 } else { 1.0 });
    }
}

/// What rings.
enum Doorbell {
    Nats { url: String },
    Notify { url: String },
}

/// An open line to the other nodes.
enum Line {
    Nats(nats::Line),
    Notify(notify::Line),
}

impl Doorbell {
    fn of(config: &Config) -> Result<Option<Doorbell>> {
        Ok(match (config.database()?, config.nats_url.as_str()) {
            (DatabaseUrl::Sqlite(_), _) => None,
            (DatabaseUrl::Postgres(url), "") => Some(Doorbell::Notify { url }),
            (DatabaseUrl::Postgres(_), url) => Some(Doorbell::Nats { url: url.to_owned() }),
        })
    }

    async fn open(&self, app: &App) -> Result<Line> {
        Ok(match self {
            Doorbell::Nats { url } => Line::Nats(nats::Line::open(url, &subject(app).await?).await?),
            Doorbell::Notify { url } => Line::Notify(notify::Line::open(url).await?),
        })
    }
}

impl Line {
    async fn say(&mut self, envelopes: Vec<String>) -> Result<()> {
        let said = async {
            match self {
                Line::Nats(line) => line.say(envelopes).await,
                Line::Notify(line) => line.say(envelopes).await,
            }
        };
        timeout(PATIENCE, said).await.map_err(|_| Error::broken("nobody took what was said"))?
    }

    /// What was said next, by whichever node. May be given up while it waits.
    async fn hear(&mut self) -> Result<Envelope> {
        loop {
            let text = match self {
                Line::Nats(line) => line.hear().await?,
                Line::Notify(line) => line.hear().await?,
            };
            match serde_json::from_str(&text) {
                Ok(envelope) => return Ok(envelope),
                // of a later version, during an upgrade
                Err(error) => tracing::debug!(%error, "another node was not understood"),
            }
        }
    }
}

/// Installations that share a NATS server do not hear each other: each has its own key and its own database.
async fn subject(app: &App) -> Result<String> {
    const DATABASE: &str = "SELECT CAST(oid AS BIGINT) FROM pg_database WHERE datname = current_database()";
    let database: i64 = app.read(async |tx: &mut Tx<'_>| tx.value(DATABASE, &[]).await).await?;
    Ok(format!("ombud.{}.{database}", app.signer().name("nodes")))
}

/// Says what is amiss with the settings.
///
/// Errors: `Broken` when they name a NATS server and no PostgreSQL.
pub(crate) fn check(config: &Config) -> Result<()> {
    match config.database()? {
        DatabaseUrl::Sqlite(_) if !config.nats_url.is_empty() => {
            Err(Error::broken("nats_url is for several nodes, and those share one PostgreSQL: set database_url too"))
        }
        _ => Ok(()),
    }
}

/// Whether the NATS server that the settings name answers; `None` when they name none.
pub(crate) async fn reach_nats(config: &Config) -> Option<Result<()>> {
    let url = Some(&config.nats_url).filter(|url| !url.is_empty())?;
    let opened = timeout(PATIENCE, nats::Line::open(url, "ombud.doctor")).await;
    Some(opened.unwrap_or_else(|_| Err(Error::broken("it does not answer"))).map(drop))
}

/// Rings, and is there for the rings of others, until cancelled. Comes back whenever the line breaks.
pub(crate) async fn be_among(app: App, stop: CancellationToken) {
    let doorbell = match Doorbell::of(app.config()) {
        Ok(Some(doorbell)) => doorbell,
        Ok(None) => return,
        Err(error) => return tracing::error!(%error, "other nodes cannot be reached"),
    };
    let (sender, rings) = mpsc::channel(WAITING);
    let nodes = app.scope().nodes.clone();
    if nodes.0.line.set(sender).is_err() {
        return tracing::error!("this node is among the others already");
    }
    let mut node = Node { me: NodeId::new(app.rng()), app, rings };
    while !stop.is_cancelled() {
        match timeout(PATIENCE, doorbell.open(&node.app)).await.unwrap_or_else(|_| Err(Error::broken("no answer"))) {
            Ok(line) => {
                nodes.is(Reach::Open);
                if let Err(error) = node.talk(line, &stop).await {
                    tracing::error!(%error, "the line to the other nodes broke");
                }
            }
            Err(error) => tracing::error!(%error, "the other nodes cannot be reached"),
        }
        nodes.is(Reach::Cut);
        node.app.windows().forget_silent(node.now());
        let _ = timeout(AGAIN, stop.cancelled()).await;
    }
}

struct Node {
    app: App,
    me: NodeId,
    rings: Receiver<Ring>,
}

impl Node {
    async fn talk(&mut self, mut line: Line, stop: &CancellationToken) -> Result<()> {
        // whatever waited here is old; whatever was rung meanwhile was not heard
        while self.rings.try_recv().is_ok() {}
        self.look();
        self.say(&mut line, vec![self.app.windows().here(), Ring::Events, Ring::Jobs]).await?;
        let mut beat = interval(BEAT);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut heard_myself = self.now();
        loop {
            tokio::select! {
                envelope = line.hear() => {
                    let envelope = envelope?;
                    if envelope.from == self.me {
                        heard_myself = self.now();
                    } else {
                        let answers = self.hear(envelope);
                        self.say(&mut line, answers).await?;
                    }
                }
                Some(ring) = self.rings.recv() => {
                    let rings = self.with_what_waits(ring);
                    self.say(&mut line, rings).await?;
                }
                _ = beat.tick() => {
                    self.app.windows().forget_silent(self.now());
                    if self.now() - heard_myself > SILENCE {
                        return Err(Error::broken("what is said does not come back"));
                    }
                    // in its turn, behind the changes it counts
                    self.app.scope().nodes.ring(self.app.windows().here());
                }
                () = stop.cancelled() => {
                    let mut last = self.with_what_waits(Ring::Gone);
                    last.rotate_left(1);
                    return self.say(&mut line, last).await;
                }
            }
        }
    }

    /// What was not heard of is looked for.
    fn look(&self) {
        self.app.scope().events_waiting.notify_one();
        self.app.scope().jobs_waiting.notify_one();
    }

    async fn say(&self, line: &mut Line, rings: Vec<Ring>) -> Result<()> {
        let envelopes = pack(self.me, &rings);
        if envelopes.is_empty() { Ok(()) } else { line.say(envelopes).await }
    }

    /// This one and those behind it; what says the same is said once.
    fn with_what_waits(&mut self, first: Ring) -> Vec<Ring> {
        let mut rings = vec![first];
        while rings.len() < AT_ONCE
            && let Ok(ring) = self.rings.try_recv()
        {
            if !rings.contains(&ring) {
                rings.push(ring);
            }
        }
        rings
    }

    /// Does what another node's rings ask for; what to answer.
    fn hear(&self, Envelope { from, rings }: Envelope) -> Vec<Ring> {
        let (scope, now) = (self.app.scope(), self.now());
        let mut answers = Vec::new();
        for ring in rings {
            match ring {
                Ring::Events => scope.events_numbered.notify_one(),
                Ring::Jobs => scope.jobs_waiting.notify_one(),
                Ring::Signal { topic, name, data } => scope.live.say(topic, name, data),
                Ring::Ask { of } if of == self.me => answers.extend(self.app.windows().all()),
                Ring::Ask { .. } | Ring::Unknown => (),
                of_windows => answers.extend(self.app.windows().hear(from, now, of_windows)),
            }
        }
        answers
    }

    fn now(&self) -> Instant {
        self.app.scope().stopwatch()
    }
}
