//! What a story's application stands on: a clock moved by hand, chance from a seed, files in the story's own folder or bucket.

use std::sync::Arc;

use ::platform::{Ground, clock::HandClock, config::Config, egress::Egress, mail::Mailer, rng::Rng, secret::SecretBox};
use kernel::Timestamp;

/// Monday, 23 November 2026, ten o'clock in the morning UTC.
pub const MORNING: Timestamp = Timestamp::from_micros(1_795_428_000_000_000);

/// For a server configured so; the clock is the one to move.
pub fn lay(config: &Config) -> (Ground, Arc<HandClock>) {
    let clock = Arc::new(HandClock::at(MORNING));
    lay_with(config, clock, 1)
}

/// For another process beside the first: the same clock, other chance.
pub fn lay_with(config: &Config, clock: Arc<HandClock>, seed: u64) -> (Ground, Arc<HandClock>) {
    let ground = Ground {
        clock: clock.clone(),
        rng: Arc::new(Rng::seeded(seed)),
        files: app::file_store(config).unwrap(),
        egress: Egress::of(config).unwrap(),
        secrets: SecretBox::new([7; 32], []),
        mailer: Mailer::open(&config.mail_server, &config.mail_from).unwrap(),
    };
    (ground, clock)
}
