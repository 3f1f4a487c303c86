//! Simulation: several nodes of the real platform on one database, where one director with dice decides who takes the next
//! step and what goes wrong. A seed tells the same story each time. `docs/reliability.md` says what is checked.

mod check;
mod node;
mod room;
mod screen;
mod stage;
mod world;

use std::sync::Mutex;

pub use stage::Simulated;

use self::{
    stage::Base,
    world::{Seen, World},
};
use crate::{
    Migrations,
    tests::servers::{Database, server_or_skip, setting},
};

/// Seeds that every change is judged by.
const SEEDS: u64 = 2_000;
/// Of these, so many are also told on a real PostgreSQL.
const ON_POSTGRES: u64 = 12;

fn migrations() -> Vec<Migrations> {
    room::modules().into_iter().filter_map(|module| module.migrations).collect()
}

/// The story of a seed, and how it ended.
async fn tell(seed: u64, base: &Base) -> (Vec<String>, Result<Seen, String>) {
    check::clear(base).await;
    let mut world = World::new(seed, base.clone());
    let ended = world.run().await;
    (std::mem::take(&mut world.diary), ended.map(|()| world.seen))
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

/// Fails with what repeats it.
fn judge(seed: u64, told: (Vec<String>, Result<Seen, String>)) -> Seen {
    let (diary, ended) = told;
    ended.unwrap_or_else(|wrong| {
        let tail = if setting("OMBUD_SEED").is_some() { 0 } else { diary.len().saturating_sub(30) };
        panic!("seed {seed}: {wrong}\n  {}\nAll of it: OMBUD_SEED={seed} cargo test -p platform simulation", diary[tail..].join("\n  "))
    })
}

#[test]
fn nothing_is_lost_done_twice_or_out_of_order_whatever_goes_wrong() {
    if let Some(seed) = setting("OMBUD_SEED") {
        let seed = seed.parse().unwrap();
        let told = runtime().block_on(tell(seed, &Base::in_memory(&migrations())));
        println!("{}", told.0.join("\n"));
        println!("{:?}", judge(seed, told));
        return;
    }
    let seeds = setting("OMBUD_SEEDS").map_or(SEEDS, |seeds| seeds.parse().unwrap());
    let all = Mutex::new(Vec::new());
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get() as u64);
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let all = &all;
            scope.spawn(move || {
                let base = Base::in_memory(&migrations());
                let seen: Vec<Seen> = runtime().block_on(async {
                    let mut seen = Vec::new();
                    for seed in (thread..seeds).step_by(threads as usize) {
                        seen.push(judge(seed, tell(seed, &base).await));
                    }
                    seen
                });
                all.lock().unwrap().extend(seen);
            });
        }
    });
    let all = all.into_inner().unwrap();
    let sum = |of: fn(&Seen) -> u64| all.iter().map(of).sum::<u64>();
    println!(
        "{seeds} seeds: {:?}",
        Seen {
            crashes: sum(|seen| seen.crashes),
            pauses: sum(|seen| seen.pauses),
            cuts: sum(|seen| seen.cuts),
            lost: sum(|seen| seen.lost),
            unheard: sum(|seen| seen.unheard),
            jumps: sum(|seen| seen.jumps),
            takeovers: sum(|seen| seen.takeovers),
            letters: sum(|seen| seen.letters),
            events: sum(|seen| seen.events),
        }
    );
    // a world in which nothing goes wrong proves nothing
    let often =
        [sum(|seen| seen.takeovers), sum(|seen| seen.crashes), sum(|seen| seen.unheard), sum(|seen| seen.jumps), sum(|seen| seen.letters)];
    assert!(often.iter().all(|often| *often > seeds), "{often:?}");
}

#[test]
fn a_seed_tells_the_same_story_each_time() {
    let runtime = runtime();
    for seed in 0..20 {
        let [one, other] = [(); 2].map(|()| runtime.block_on(tell(seed, &Base::in_memory(&migrations()))));
        assert_eq!(one, other, "seed {seed}");
    }
}

/// What is one step in memory is many statements there, with an isolation of its own: both must come to the same.
#[test]
fn postgresql_tells_the_same_stories() {
    let Some(server) = server_or_skip("OMBUD_TEST_POSTGRES", "postgresql_tells_the_same_stories") else { return };
    runtime().block_on(async {
        let database = Database::make(&server, "simulation").await;
        let there = Base::on_postgres(&database.url(), &migrations()).await;
        let here = Base::in_memory(&migrations());
        for seed in 0..ON_POSTGRES {
            let (meant, told) = (tell(seed, &here).await, tell(seed, &there).await);
            for (at, (meant, told)) in meant.0.iter().zip(&told.0).enumerate() {
                assert_eq!(told, meant, "seed {seed}, step {at}");
            }
            assert_eq!(told.1, meant.1, "seed {seed}");
        }
        drop(there);
        database.remove().await;
    });
}
