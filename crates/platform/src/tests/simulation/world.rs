//! The world of a seed: three nodes, two customers' conversations, two screens, and a director with dice who lets one of them
//! take a step, or something go wrong. Time moves by hand.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering::SeqCst},
    },
};

use kernel::{JobId, Timestamp, seconds};

use super::{
    check,
    node::{Common, Doing, Node, Outcome},
    room::LANES,
    screen::{Screen, Socket},
    stage::{Base, Fate, Stage},
};
use crate::{
    clock::{Clock, HandClock},
    rng::Rng,
};

/// Monday, 23 November 2026, ten o'clock in the morning UTC.
pub const MORNING: Timestamp = Timestamp::from_micros(1_795_428_000_000_000);
const NODES: usize = 3;
const SCREENS: usize = 2;
/// Steps while things go wrong.
const STEPS: usize = 260;
/// Rounds in which everything has to come to rest once nothing goes wrong any more.
const ROUNDS: usize = 60;
/// Turns of one round: no node is busier than that.
const TURNS: usize = 4_000;

/// What a seed has seen: a simulation in which nothing goes wrong proves nothing.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    pub crashes: u64,
    pub pauses: u64,
    pub cuts: u64,
    pub lost: u64,
    pub unheard: u64,
    pub jumps: u64,
    pub takeovers: u64,
    pub letters: u64,
    pub events: u64,
}

pub struct World {
    common: Common,
    nodes: Vec<Node>,
    screens: Vec<Screen>,
    /// What customers have been told is stored.
    acknowledged: Vec<i64>,
    /// What they were not told is stored, and say again.
    doubtful: Vec<i64>,
    said: i64,
    claims: BTreeMap<JobId, i64>,
    pub seen: Seen,
    /// What happened, step by step.
    pub diary: Vec<String>,
}

impl World {
    pub fn new(seed: u64, base: Base) -> World {
        let common = Common {
            base,
            stage: Arc::new(Stage::default()),
            dice: Arc::new(Rng::seeded(seed)),
            quiet: Arc::new(AtomicBool::new(false)),
            seed,
            starts: AtomicU64::new(1),
        };
        let nodes = (0..NODES).map(|_| Node::new(Arc::new(HandClock::at(MORNING)))).collect();
        World {
            common,
            nodes,
            screens: (0..SCREENS).map(|_| Screen::default()).collect(),
            acknowledged: Vec::new(),
            doubtful: Vec::new(),
            said: 0,
            claims: BTreeMap::default(),
            seen: Seen::default(),
            diary: Vec::new(),
        }
    }

    /// Lets all of it happen; what was wrong, if anything was.
    pub async fn run(&mut self) -> Result<(), String> {
        for node in &mut self.nodes {
            node.start(&self.common);
        }
        for _ in 0..STEPS {
            self.happen().await;
        }
        self.rest().await?;
        let look = check::Look { acknowledged: &self.acknowledged, screens: &self.screens };
        self.seen.events = look.at(&self.common.base).await?;
        self.seen.letters = self.said.unsigned_abs();
        Ok(())
    }

    fn roll(&self, end: usize) -> usize {
        self.common.dice.below(end as u64) as usize
    }

    fn note(&mut self, what: String) {
        self.diary.push(what);
    }

    /// One thing happens.
    async fn happen(&mut self) {
        let at = self.roll(NODES);
        match self.roll(100) {
            0..58 => self.turn(at, true).await,
            58..63 => self.speak(at),
            63..73 => self.nodes[at].claim(1 + (at + 1) * 2),
            73..79 => self.nodes[at].number(),
            79..82 => self.nodes[at].renew(),
            82..87 => self.pass(seconds(1 + self.roll(3) as i64)),
            87 => self.pass(seconds(11)),
            88..90 => self.jump(at),
            90..92 => self.crash(at),
            92..95 => self.pause(at),
            95..97 => self.look_on(),
            _ => {
                for at in 0..SCREENS {
                    let most = self.common.dice.below(4);
                    self.pump(at, most);
                }
            }
        }
    }

    /// One of the things a node is busy with goes on.
    async fn turn(&mut self, at: usize, faults: bool) {
        let node = &self.nodes[at];
        if node.paused || node.tasks.is_empty() {
            return;
        }
        let task = self.roll(self.nodes[at].tasks.len());
        let fate = match self.roll(40) {
            0 if faults => Fate::Lost,
            1 if faults => Fate::Unheard,
            _ => Fate::Done,
        };
        let doing = self.nodes[at].tasks[task].doing;
        self.common.stage.decide(fate);
        let outcome = self.nodes[at].step(task, &self.common.stage).await;
        self.seen.lost += u64::from(fate == Fate::Lost);
        self.seen.unheard += u64::from(fate == Fate::Unheard);
        self.note(format!("node {at}: {doing:?}{}", if fate == Fate::Done { String::new() } else { format!(", {fate:?}") }));
        if let Some(outcome) = outcome {
            self.follow(at, outcome);
        }
    }

    fn follow(&mut self, at: usize, outcome: Outcome) {
        match outcome {
            Outcome::Started(Ok(())) => self.nodes[at].serving = true,
            // the process ends with an error, and is started again
            Outcome::Started(Err(_)) => self.crash(at),
            Outcome::Claimed(jobs) => {
                for job in &jobs {
                    let tries = self.claims.entry(job.lease.id).or_default();
                    *tries += 1;
                    self.seen.takeovers += u64::from(*tries > 1);
                }
                let ids: Vec<String> = jobs.iter().map(|job| format!("{} {}", job.kind, job.payload)).collect();
                if !ids.is_empty() {
                    self.note(format!("node {at} has {}", ids.join(", ")));
                }
                self.nodes[at].work(jobs);
            }
            Outcome::Answered(n, Ok(())) => self.acknowledged.push(n),
            Outcome::Answered(n, Err(_)) => self.doubtful.push(n),
            Outcome::Greeted(screen, Ok((listening, missed))) => self.screens[screen].socket = Some(Socket::greet(at, listening, missed)),
            Outcome::Greeted(_, Err(_)) | Outcome::Over => (),
        }
    }

    fn speak(&mut self, at: usize) {
        // now and then they say again what they were not told is stored
        let again = if self.roll(2) == 0 { self.doubtful.pop() } else { None };
        let n = again.unwrap_or_else(|| {
            self.said += 1;
            self.said
        });
        if self.nodes[at].serving {
            self.nodes[at].answer(n, LANES[n as usize % 2]);
        } else {
            self.doubtful.push(n);
        }
    }

    fn pass(&mut self, micros: i64) {
        for node in &self.nodes {
            node.clock.advance(micros);
        }
        self.note(format!("{} s pass", micros / seconds(1)));
    }

    /// A clock runs ahead of the others for a while: these wait for it the next time all come together.
    fn jump(&mut self, at: usize) {
        let ahead = self.nodes[at].clock.now();
        let last = self.nodes.iter().map(|node| node.clock.now()).min().unwrap_or(ahead);
        if ahead - last < seconds(4) {
            let by = seconds(1 + self.roll(3) as i64);
            self.nodes[at].clock.advance(by);
            self.seen.jumps += 1;
            self.note(format!("the clock of node {at} jumps"));
        } else {
            for node in &self.nodes {
                node.clock.set(ahead);
            }
        }
    }

    fn crash(&mut self, at: usize) {
        self.note(format!("node {at} crashes"));
        self.seen.crashes += 1;
        for task in std::mem::take(&mut self.nodes[at].tasks) {
            if let Doing::Answering(n) = task.doing {
                self.doubtful.push(n);
            }
        }
        for screen in &mut self.screens {
            screen.socket.take_if(|socket| socket.node == at);
        }
        self.nodes[at].crash();
        self.nodes[at].start(&self.common);
    }

    fn pause(&mut self, at: usize) {
        let node = &mut self.nodes[at];
        node.paused = !node.paused;
        self.seen.pauses += u64::from(node.paused);
        let how = if node.paused { "stands still" } else { "goes on" };
        self.note(format!("node {at} {how}"));
    }

    /// A screen's connection is cut, with all that is on the wire, and it comes back to some node.
    fn look_on(&mut self) {
        let (screen, at) = (self.roll(SCREENS), self.roll(NODES));
        self.seen.cuts += u64::from(self.screens[screen].socket.take().is_some());
        self.nodes[at].greet(screen, self.screens[screen].seen());
        self.note(format!("screen {screen} comes to node {at}"));
    }

    fn pump(&mut self, at: usize, most: u64) {
        let screen = &mut self.screens[at];
        if let Some(socket) = &mut screen.socket
            && !self.nodes[socket.node].paused
        {
            socket.pass_on();
        }
        screen.receive(most, &self.common.dice);
    }

    /// Nothing goes wrong any more: within so many rounds there is nothing left to do.
    async fn rest(&mut self) -> Result<(), String> {
        self.common.quiet.store(true, SeqCst);
        for at in 0..NODES {
            self.nodes[at].paused = false;
        }
        let mut left = String::new();
        for _ in 0..ROUNDS {
            for at in 0..NODES {
                if let Some(n) = self.doubtful.pop() {
                    self.nodes[at].answer(n, LANES[n as usize % 2]);
                    if !self.nodes[at].serving {
                        self.doubtful.push(n);
                    }
                }
                self.nodes[at].claim(8);
                self.nodes[at].number();
                self.nodes[at].renew();
                self.drain(at).await?;
            }
            for screen in 0..SCREENS {
                if self.screens[screen].socket.is_none() {
                    let at = self.roll(NODES);
                    self.nodes[at].greet(screen, self.screens[screen].seen());
                    self.drain(at).await?;
                }
                self.pump(screen, u64::MAX);
            }
            left = check::left(&self.common.base).await;
            if left.is_empty() && self.doubtful.is_empty() {
                // what the last of them numbered
                for at in 0..NODES {
                    self.nodes[at].number();
                    self.drain(at).await?;
                }
                (0..SCREENS).for_each(|screen| self.pump(screen, u64::MAX));
                return Ok(());
            }
            self.pass(seconds(30));
        }
        Err(format!("not at rest after {ROUNDS} rounds: {left}"))
    }

    async fn drain(&mut self, at: usize) -> Result<(), String> {
        for _ in 0..TURNS {
            if self.nodes[at].tasks.is_empty() {
                return Ok(());
            }
            self.turn(at, false).await;
        }
        let busy: Vec<_> = self.nodes[at].tasks.iter().map(|task| task.doing).collect();
        Err(format!("node {at} is busy for ever: {busy:?}"))
    }
}
