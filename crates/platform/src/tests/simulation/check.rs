//! What must hold once everything is at rest, whatever went wrong before.

use std::{collections::BTreeMap, sync::Arc};

use kernel::Result;

use super::{
    node,
    room::{LANES, RINGS, shop},
    screen::Screen,
    stage::{Base, Simulated},
    world::MORNING,
};
use crate::{Tx, clock::HandClock, event, reaction::Reactions, scope::Scope};

pub struct Look<'a> {
    pub acknowledged: &'a [i64],
    pub screens: &'a [Screen],
}

/// Somebody who looks on and never stands still.
fn onlooker(base: &Base) -> Simulated {
    let ground = node::ground(Arc::new(HandClock::at(MORNING)), 0);
    let scope = Arc::new(Scope::new(ground.clock, ground.rng, Reactions::default(), Vec::new()));
    Simulated::new(base.clone(), scope, None)
}

/// Empties every table, for the next seed.
pub async fn clear(base: &Base) {
    const TABLES: [&str; 11] = [
        "platform_events",
        "platform_folds",
        "platform_audit_heads",
        "platform_jobs",
        "platform_seals",
        "platform_pauses",
        "platform_files",
        "room_said",
        "room_delivered",
        "room_noted",
        "room_rung",
    ];
    let onlooker = onlooker(base);
    let cleared = onlooker.write(async |tx: &mut Tx<'_>| {
        for table in TABLES {
            tx.execute(&format!("DELETE FROM {table}"), &[]).await?;
        }
        Ok(())
    });
    cleared.await.unwrap();
}

/// What is left to do, in words; nothing when all is at rest.
pub async fn left(base: &Base) -> String {
    let onlooker = onlooker(base);
    let found = onlooker.write(async |tx: &mut Tx<'_>| {
        // a person has what was tried in vain tried again
        tx.execute("UPDATE platform_jobs SET state = 'ready', run_at = 0, attempts = 0 WHERE state = 'parked'", &[]).await?;
        let jobs: i64 = tx.value("SELECT COUNT(*) FROM platform_jobs WHERE kind <> 'sweep'", &[]).await?;
        let unnumbered: i64 = tx.value("SELECT COUNT(*) FROM platform_events WHERE seq IS NULL", &[]).await?;
        Ok(if jobs + unnumbered == 0 { String::new() } else { format!("{jobs} jobs, {unnumbered} events without a number") })
    });
    found.await.unwrap()
}

async fn numbers(tx: &mut Tx<'_>, sql: &str) -> Result<Vec<i64>> {
    tx.rows(sql, &[]).await?.iter().map(|row| row.get(0)).collect()
}

fn same(what: &str, found: &[i64], meant: &[i64]) -> std::result::Result<(), String> {
    if found == meant { Ok(()) } else { Err(format!("{what}: {found:?}, where it should be {meant:?}")) }
}

impl Look<'_> {
    /// How many events there are; or what is wrong.
    pub async fn at(&self, base: &Base) -> std::result::Result<u64, String> {
        let onlooker = onlooker(base);
        let all = onlooker.read(async |tx: &mut Tx<'_>| {
            Ok((
                numbers(tx, "SELECT n FROM room_said ORDER BY n").await?,
                numbers(tx, "SELECT n FROM room_delivered ORDER BY n").await?,
                numbers(tx, "SELECT n FROM room_noted ORDER BY n").await?,
                numbers(tx, "SELECT n FROM room_rung ORDER BY n").await?,
                numbers(tx, "SELECT seq FROM platform_events ORDER BY seq").await?,
                numbers(tx, "SELECT COUNT(*) FROM platform_jobs WHERE kind = 'sweep'").await?,
                event::verify_audit(tx, shop()).await?,
            ))
        });
        let (said, delivered, noted, rung, events, sweeps, audit) = all.await.map_err(|error| error.to_string())?;

        if let Some(n) = self.acknowledged.iter().find(|n| !said.contains(n)) {
            return Err(format!("letter {n} was acknowledged and is not there"));
        }
        let mut once = said.clone();
        once.dedup();
        same("letters said", &said, &once)?;
        same("letters delivered, each once", &delivered, &said)?;
        same("letters noted by the reaction, each once", &noted, &said)?;
        let rings: Vec<i64> = if rung.is_empty() && said.is_empty() { Vec::new() } else { (0..RINGS).collect() };
        same("the bell, each time once", &rung, &rings)?;
        same("one sweep waits for its day", &sweeps, &[1])?;
        if audit.broken_at.is_some() || audit.checked != said.len() as i64 {
            return Err(format!("the audit chain of {} letters: {audit:?}", said.len()));
        }
        self.lanes(&onlooker).await?;

        let distinct: std::collections::BTreeSet<i64> = events.iter().copied().collect();
        same("numbers, each given once", &events, &distinct.into_iter().collect::<Vec<_>>())?;
        for (at, screen) in self.screens.iter().enumerate() {
            same(&format!("what screen {at} was told"), &screen.told, &events)?;
        }
        Ok(events.len() as u64)
    }

    /// What was said in a lane first was delivered first.
    async fn lanes(&self, onlooker: &Simulated) -> std::result::Result<(), String> {
        for lane in LANES {
            let in_order = onlooker.read(async move |tx: &mut Tx<'_>| {
                let rows = tx.rows("SELECT n FROM room_said WHERE lane = $1 ORDER BY place", &[&lane]).await?;
                let meant: Vec<i64> = rows.iter().map(|row| row.get(0)).collect::<Result<_>>()?;
                Ok((meant, numbers(tx, "SELECT n FROM room_delivered ORDER BY place").await?))
            });
            let (meant, delivered) = in_order.await.map_err(|error| error.to_string())?;
            let places: BTreeMap<i64, usize> = meant.iter().enumerate().map(|(place, n)| (*n, place)).collect();
            let delivered: Vec<i64> = delivered.into_iter().filter(|n| places.contains_key(n)).collect();
            same(&format!("the order of delivery in lane “{lane}”"), &delivered, &meant)?;
        }
        Ok(())
    }
}
