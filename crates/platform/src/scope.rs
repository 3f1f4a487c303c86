//! What every transaction has at hand: the clock, randomness, who reacts to what, and whom to wake after a commit.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
    time::Instant,
};

use tokio::sync::{Mutex, Notify};

use crate::{
    clock::Clock,
    job::InHand,
    live::Live,
    nodes::{Nodes, Windows},
    reaction::Reactions,
    rng::Rng,
};

pub struct Scope {
    pub clock: Arc<dyn Clock>,
    pub rng: Arc<Rng>,
    pub live: Live,
    pub(crate) nodes: Nodes,
    pub(crate) windows: Windows,
    pub(crate) reactions: Reactions,
    pub(crate) in_hand: InHand,
    pub(crate) jobs_waiting: Notify,
    pub(crate) events_waiting: Notify,
    /// Another node has numbered some.
    pub(crate) events_numbered: Notify,
    /// The last event this process told its listeners of, on PostgreSQL.
    pub(crate) told: Mutex<i64>,
    /// Whether all that was to be stored lately was.
    pub(crate) stores: AtomicBool,
    /// The number given last; `LATER` where events are numbered once they are committed.
    seq: AtomicI64,
}

const LATER: i64 = -1;

impl Scope {
    pub(crate) fn new(clock: Arc<dyn Clock>, rng: Arc<Rng>, reactions: Reactions, last_words: Vec<&'static str>) -> Self {
        let nodes = Nodes::default();
        let live = Live::new(nodes.clone(), last_words);
        Scope {
            windows: Windows::new(clock.clone(), live.clone(), nodes.clone()),
            clock,
            rng,
            live,
            nodes,
            reactions,
            in_hand: InHand::default(),
            jobs_waiting: Notify::new(),
            events_waiting: Notify::new(),
            events_numbered: Notify::new(),
            told: Mutex::new(0),
            stores: AtomicBool::new(true),
            seq: AtomicI64::new(LATER),
        }
    }

    /// SQLite's writer numbers events itself, from here on.
    pub(crate) fn start_numbering_after(&self, seq: i64) {
        self.seq.store(seq, Ordering::Relaxed);
    }

    /// The number of the next event; `None` where it gets one later.
    // one writer thread, so no two callers; a rolled-back number is a gap, and gaps are legal
    pub(crate) fn next_seq(&self) -> Option<i64> {
        (self.seq.load(Ordering::Relaxed) != LATER).then(|| self.seq.fetch_add(1, Ordering::Relaxed) + 1)
    }

    /// Real time, for bounding work; never for deciding anything.
    #[expect(clippy::disallowed_methods, reason = "bounds a batch, decides nothing")]
    pub(crate) fn stopwatch(&self) -> Instant {
        Instant::now()
    }
}
