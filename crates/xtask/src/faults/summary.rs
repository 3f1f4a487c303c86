//! What is said while it runs, and in the end.

use std::time::{Duration, Instant};

use serde_json::json;

use super::{
    Engine,
    journal::{Journal, Wrong},
    kind::Kind,
    sending::Left,
};
use crate::{Result, limit::now};

/// A line at most so often.
const EVERY: Duration = Duration::from_secs(1);
/// Violations shown one by one; the rest is counted.
const SHOWN: usize = 20;

/// The figures of a run.
pub struct Summary {
    kind: Kind,
    engine: Engine,
    seed: u64,
    from: u64,
    json: bool,
    began: Instant,
    said: Option<Instant>,
    /// The one that has begun.
    pub cycle: u64,
    acknowledged: u64,
    in_doubt: u64,
    refusals: u64,
    slowest_refusal: Duration,
    longest_away: Duration,
    left: Left,
    found: Vec<(Wrong, String)>,
    /// How long after the last cycle everything was done; with several nodes the longest it took after any.
    pub idle_after: Duration,
    /// The longest it took until the server said that it is ready again.
    pub healed_after: Duration,
}

impl Summary {
    pub fn new(kind: Kind, engine: Engine, seed: u64, from: u64, json: bool) -> Summary {
        Summary {
            kind,
            engine,
            seed,
            from,
            json,
            began: now(),
            said: None,
            cycle: from,
            acknowledged: 0,
            in_doubt: 0,
            refusals: 0,
            slowest_refusal: Duration::ZERO,
            longest_away: Duration::ZERO,
            left: Left::default(),
            found: Vec::new(),
            idle_after: Duration::ZERO,
            healed_after: Duration::ZERO,
        }
    }

    /// Says what is about to be done, for whoever has to end it before it says more.
    pub fn announce(&self, cycles: u64) {
        if !self.json {
            println!("{}, {}: {cycles} cycles from {}, seed {}", self.kind.name(), self.engine.name(), self.from, self.seed);
        }
    }

    /// Takes down where the run stands; whether something is wrong.
    pub fn note(&mut self, journal: &Journal) -> bool {
        (self.acknowledged, self.in_doubt) = (journal.acknowledged, journal.in_doubt);
        (self.refusals, self.slowest_refusal, self.longest_away) = (journal.refusals, journal.slowest_refusal, journal.longest_away);
        self.left = journal.left;
        self.found = journal.violations.iter().map(|violation| (violation.wrong, violation.what.clone())).collect();
        if self.said.is_none_or(|said| said.elapsed() >= EVERY) {
            self.said = Some(now());
            let (cycle, seed) = (self.cycle, self.seed);
            if self.json {
                println!("{}", json!({ "seed": seed, "cycle": cycle, "acknowledged": self.acknowledged, "in_doubt": self.in_doubt }));
            } else {
                println!("cycle {cycle}: {} acknowledged, {} in doubt", self.acknowledged, self.in_doubt);
            }
        }
        !self.found.is_empty()
    }

    /// Says how it went. Errors: when something is wrong.
    pub fn close(mut self, ended: Result<()>) -> Result<()> {
        match ended {
            Err(error) => self.found.push((Wrong::Unexpected, error.to_string())),
            // where little is promised, little can be broken
            Ok(()) if self.acknowledged < self.cycles() => {
                self.found.push((Wrong::Unexpected, "the server acknowledged hardly anything".into()));
            }
            Ok(()) => (),
        }
        self.print();
        if self.found.is_empty() {
            return Ok(());
        }
        for (wrong, what) in self.found.iter().take(SHOWN) {
            eprintln!("{wrong:?}: {what}");
        }
        if self.found.len() > SHOWN {
            eprintln!("… and {} more", self.found.len() - SHOWN);
        }
        let (kind, engine) = (self.kind.name(), self.engine.name());
        let (seed, from, cycles) = (self.seed, self.from, self.cycles());
        eprintln!("To do it again: cargo xtask faults {kind} --engine {engine} --seed {seed} --from-cycle {from} --cycles {cycles}");
        Err("a promise was broken".into())
    }

    fn print(&self) {
        let count = |wanted: Wrong| self.found.iter().filter(|(wrong, _)| *wrong == wanted).count();
        let [missing, doubled, misordered] = [Wrong::Missing, Wrong::Doubled, Wrong::Misordered].map(count);
        let other = self.found.len() - missing - doubled - misordered;
        let (engine, cycles, seconds, idle) =
            (self.engine.name(), self.cycles(), self.began.elapsed().as_secs_f64(), self.idle_after.as_secs_f64());
        let (kind, acknowledged, in_doubt, seed) = (self.kind.name(), self.acknowledged, self.in_doubt, self.seed);
        let (refusals, slowest, healed) = (self.refusals, self.slowest_refusal.as_secs_f64(), self.healed_after.as_secs_f64());
        let (away, Left { taken, unknown }) = (self.longest_away.as_secs_f64(), self.left);
        if self.json {
            let figures = json!({
                "kind": kind, "engine": engine, "seed": seed, "from_cycle": self.from, "cycles": cycles, "acknowledged": acknowledged, "in_doubt": in_doubt,
                "missing": missing, "doubled": doubled, "misordered": misordered, "other": other, "refusals": refusals, "slowest_refusal": slowest, "healed_after": healed, "longest_away": away, "seconds": seconds, "idle_after": idle,
                "taken_outside": taken, "unknown": unknown,
            });
            return println!("{figures}");
        }
        let outside =
            if self.kind == Kind::Sending { format!("{taken} taken outside, {unknown} of which nobody knows, ") } else { String::new() };
        println!(
            "{kind}, {engine}: {cycles} cycles, {acknowledged} acknowledged, {in_doubt} in doubt, {outside}{missing} missing, {doubled} doubled, \
             {misordered} misordered, {other} otherwise wrong, {refusals} refused (the slowest after {slowest:.1} s, \
             ready again within {healed:.1} s, sockets within {away:.1} s), idle after {idle:.1} s, {seconds:.0} s in all, seed {seed}"
        );
    }

    fn cycles(&self) -> u64 {
        self.cycle + 1 - self.from
    }
}
