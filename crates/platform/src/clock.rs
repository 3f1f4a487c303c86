//! The time of day, as one thing that can be moved by hand.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering::SeqCst},
};

use kernel::Timestamp;

/// Tells the time. What it tells never goes backwards.
pub trait Clock: Send + Sync {
    fn now(&self) -> Timestamp;
}

impl<C: Clock + ?Sized> Clock for Arc<C> {
    fn now(&self) -> Timestamp {
        (**self).now()
    }
}

/// The clock of the machine. When the machine's own goes back, this one stands still until it has caught up:
/// an entry written later must never look older.
#[derive(Debug)]
pub struct SystemClock {
    latest: AtomicI64,
}

impl SystemClock {
    pub const fn new() -> Self {
        SystemClock { latest: AtomicI64::new(i64::MIN) }
    }

    fn at_least(&self, micros: i64) -> Timestamp {
        Timestamp::from_micros(self.latest.fetch_max(micros, SeqCst).max(micros))
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock everything else asks")]
    fn now(&self) -> Timestamp {
        self.at_least(jiff::Timestamp::now().as_microsecond())
    }
}

/// A clock moved by hand, for tests and for telling a demo shop's past.
#[derive(Debug)]
pub struct HandClock {
    now: AtomicI64,
}

impl HandClock {
    pub const fn at(start: Timestamp) -> Self {
        HandClock { now: AtomicI64::new(start.micros()) }
    }

    /// Moves on by so many microseconds, see [`kernel::minutes`] and its like; a negative number moves nothing.
    pub fn advance(&self, micros: i64) -> Timestamp {
        let by = micros.max(0);
        Timestamp::from_micros(self.now.fetch_add(by, SeqCst).saturating_add(by))
    }

    /// Moves to `moment`, or stays when that has passed already.
    pub fn set(&self, moment: Timestamp) {
        self.now.fetch_max(moment.micros(), SeqCst);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.now.load(SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use kernel::{minutes, seconds};

    use super::*;

    #[test]
    fn a_machine_whose_clock_goes_back_stands_still() {
        let clock = SystemClock::new();
        assert_eq!(clock.at_least(1_000), Timestamp::from_micros(1_000));
        assert_eq!(clock.at_least(400), Timestamp::from_micros(1_000));
        assert_eq!(clock.at_least(1_001), Timestamp::from_micros(1_001));
        assert!(clock.now() <= clock.now());
    }

    #[test]
    fn the_hand_moves_only_forwards() {
        let start = Timestamp::from_micros(seconds(100));
        let clock = HandClock::at(start);
        assert_eq!(clock.advance(minutes(1)), start + minutes(1));
        clock.set(start);
        clock.advance(-seconds(5));
        assert_eq!(clock.now(), start + minutes(1));
        clock.set(start + minutes(2));
        assert_eq!(clock.now(), start + minutes(2));
    }
}
