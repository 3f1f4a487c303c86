//! What is said while it runs, and in the end.

use std::time::{Duration, Instant};

use serde_json::json;

use super::{
    Engine,
    journal::{Journal, Wrong},
};
use crate::{Result, limit::now};

/// A line at most so often.
const EVERY: Duration = Duration::from_secs(1);
/// Violations shown one by one; the rest is counted.
const SHOWN: usize = 20;

/// The figures of a run.
pub struct Summary {
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
    found: Vec<(Wrong, String)>,
    /// How long after the last kill everything was done.
    pub idle_after: Duration,
}

impl Summary {
    pub fn new(engine: Engine, seed: u64, from: u64, json: bool) -> Summary {
        Summary {
            engine,
            seed,
            from,
            json,
            began: now(),
            said: None,
            cycle: from,
            acknowledged: 0,
            in_doubt: 0,
            found: Vec::new(),
            idle_after: Duration::ZERO,
        }
    }

    /// Says what is about to be done, for whoever has to end it before it says more.
    pub fn announce(&self, cycles: u64) {
        if !self.json {
            println!("{}: {cycles} cycles from {}, seed {}", self.engine_name(), self.from, self.seed);
        }
    }

    /// Takes down where the run stands; whether something is wrong.
    pub fn note(&mut self, journal: &Journal) -> bool {
        (self.acknowledged, self.in_doubt) = (journal.acknowledged, journal.in_doubt);
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
                self.found.push((Wrong::Unexpected, "the server acknowledged hardly anything before it was killed".into()));
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
        let engine = self.engine_name();
        let (seed, from, cycles) = (self.seed, self.from, self.cycles());
        eprintln!("To do it again: cargo xtask faults --engine {engine} --seed {seed} --from-cycle {from} --cycles {cycles}");
        Err("a promise was broken".into())
    }

    fn print(&self) {
        let count = |wanted: Wrong| self.found.iter().filter(|(wrong, _)| *wrong == wanted).count();
        let [missing, doubled, misordered] = [Wrong::Missing, Wrong::Doubled, Wrong::Misordered].map(count);
        let other = self.found.len() - missing - doubled - misordered;
        let (engine, cycles, seconds, idle) =
            (self.engine_name(), self.cycles(), self.began.elapsed().as_secs_f64(), self.idle_after.as_secs_f64());
        let (acknowledged, in_doubt, seed) = (self.acknowledged, self.in_doubt, self.seed);
        if self.json {
            let figures = json!({
                "engine": engine, "seed": seed, "from_cycle": self.from, "cycles": cycles, "acknowledged": acknowledged, "in_doubt": in_doubt,
                "missing": missing, "doubled": doubled, "misordered": misordered, "other": other, "seconds": seconds, "idle_after": idle,
            });
            return println!("{figures}");
        }
        println!(
            "{engine}: {cycles} cycles, {acknowledged} acknowledged, {in_doubt} in doubt, {missing} missing, {doubled} doubled, \
             {misordered} misordered, {other} otherwise wrong, idle after {idle:.1} s, {seconds:.0} s in all, seed {seed}"
        );
    }

    fn cycles(&self) -> u64 {
        self.cycle + 1 - self.from
    }

    fn engine_name(&self) -> &'static str {
        match self.engine {
            Engine::Sqlite => "sqlite",
            Engine::Postgres => "postgres",
        }
    }
}
