//! Named places where a process stands still, all of it, until it is killed: only in a debug build, or one with the feature
//! `kill-points`; never in the released one. `cargo xtask faults --at NAME` writes into a file where, and kills what it finds there.

/// Stands still here when this is the place, and it has been here as often as the file says: `NAME TIMES`.
#[cfg(any(debug_assertions, feature = "kill-points"))]
pub fn reach(place: &'static str) {
    use std::sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering::SeqCst},
    };
    #[expect(clippy::disallowed_methods, reason = "not a setting: no released build knows it")]
    static FILE: LazyLock<Option<String>> = LazyLock::new(|| std::env::var("OMBUD_KILL_FILE").ok());
    static BEEN: AtomicU64 = AtomicU64::new(0);
    let Some(said) = FILE.as_ref().and_then(|file| std::fs::read_to_string(file).ok()) else { return };
    let Some((wanted, times)) = said.split_once(' ') else { return };
    if wanted == place && times.trim().parse() == Ok(BEEN.fetch_add(1, SeqCst) + 1) {
        // whoever kills it first takes note that it may; this thread waits here until then
        let stopped = std::process::Command::new("kill").args(["-STOP", &std::process::id().to_string()]).status();
        tracing::error!(?stopped, place, "went on from where it was to be killed");
    }
}

/// Nothing, and nothing is left of it.
#[cfg(not(any(debug_assertions, feature = "kill-points")))]
#[inline(always)]
pub fn reach(_place: &'static str) {}
