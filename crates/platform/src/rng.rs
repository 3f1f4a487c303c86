//! Chance: random bytes and fresh ids, from the system or, in tests, from a seed.

use std::sync::{Mutex, PoisonError};

use kernel::Timestamp;
use rand::{Rng as _, SeedableRng, rngs::StdRng};
use uuid::{Builder, Uuid};

/// The one source of chance.
#[derive(Debug)]
pub struct Rng {
    source: Source,
    last: Mutex<Last>,
}

#[derive(Debug)]
enum Source {
    System,
    Seeded(Box<Mutex<StdRng>>),
}

/// The id minted last: its millisecond and the 42-bit counter that keeps ids of one millisecond in order.
#[derive(Debug, Default)]
struct Last {
    millis: u64,
    counter: u64,
}

const COUNTER_END: u64 = 1 << 42;

impl Rng {
    /// Chance nobody can foretell.
    pub fn system() -> Self {
        Rng { source: Source::System, last: Mutex::default() }
    }

    /// The same sequence for the same seed. Never for anything that has to be kept secret.
    pub fn seeded(seed: u64) -> Self {
        Rng { source: Source::Seeded(Box::new(Mutex::new(StdRng::seed_from_u64(seed)))), last: Mutex::default() }
    }

    /// Random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        match &self.source {
            Source::System => rand::rng().fill_bytes(&mut bytes),
            Source::Seeded(rng) => rng.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes),
        }
        bytes
    }

    /// A random number below `end`, every one as likely as the next.
    pub fn below(&self, end: u64) -> u64 {
        // multiply and shift; the bias is below 2^-64 × end, nothing for picking an agent or a delay
        ((u128::from(u64::from_le_bytes(self.bytes())) * u128::from(end)) >> 64) as u64
    }

    /// A new UUID version 7 for the moment `now`. Of the ids minted by this `Rng`, a later one is always the greater.
    pub fn uuid(&self, now: Timestamp) -> Uuid {
        let random: [u8; 12] = self.bytes();
        let (start, tail) = random.split_at(8);
        // half of the counter's range stays free for counting up
        let start = u64::from_le_bytes(start.try_into().unwrap_or_default()) % (COUNTER_END / 2);
        let (millis, counter) = self.next_place(u64::try_from(now.micros() / 1_000).unwrap_or(0), start);

        // what `Builder` takes: 12 bits after the version, then 62 after the variant; the version's and the variant's own
        // bits are overwritten, so the counter is spread around them
        let high = ((counter >> 30) as u16).to_be_bytes();
        let low = ((counter & 0x3fff_ffff) as u32).to_be_bytes();
        let bytes = [high[0], high[1], low[0], low[1], low[2], low[3], tail[0], tail[1], tail[2], tail[3]];
        Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
    }

    /// Whatever is minted from now on comes after `id`, which another process may have minted by a clock that is ahead.
    pub fn follow(&self, id: Uuid) {
        let bits = id.as_u128();
        let (millis, high, low) = ((bits >> 80) as u64, (bits >> 64) as u64 & 0xfff, (bits >> 32) as u64 & 0x3fff_ffff);
        let counter = high << 30 | low;
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if (millis, counter) > (last.millis, last.counter) {
            *last = Last { millis, counter };
        }
    }

    fn next_place(&self, millis: u64, start: u64) -> (u64, u64) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        *last = match last.counter + 1 {
            _ if millis > last.millis => Last { millis, counter: start },
            COUNTER_END => Last { millis: last.millis + 1, counter: start },
            counter => Last { millis: last.millis, counter },
        };
        (last.millis, last.counter)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn ids_of_one_process_sort_in_the_order_they_were_made() {
        let rng = Rng::system();
        let moment = |micros| Timestamp::from_micros(micros);
        // within one millisecond, into the next, and after a clock that went back
        let moments = [5_000_000, 5_000_100, 5_000_999, 5_001_000, 4_000_000, 5_001_500, 9_000_000].repeat(300);
        let ids: Vec<Uuid> = moments.into_iter().map(|micros| rng.uuid(moment(micros))).collect();
        assert!(ids.is_sorted() && ids.iter().collect::<HashSet<_>>().len() == ids.len());
    }

    #[test]
    fn an_id_follows_what_another_process_minted_by_a_clock_that_is_ahead() {
        let (ahead, behind) = (Rng::seeded(1), Rng::seeded(2));
        let now = Timestamp::from_micros(5_000_000);
        for _ in 0..300 {
            let theirs = ahead.uuid(now + kernel::seconds(3));
            behind.follow(theirs);
            let ours = behind.uuid(now);
            assert!(ours > theirs);
            behind.follow(ahead.uuid(now));
            assert!(behind.uuid(now) > ours, "what is older takes nothing back");
        }
    }

    #[test]
    fn an_id_says_its_version_variant_and_millisecond() {
        let rng = Rng::seeded(1);
        for micros in [0, -5, 1_763_892_000_123_456] {
            let id = rng.uuid(Timestamp::from_micros(micros));
            assert_eq!((id.get_version_num(), id.get_variant()), (7, uuid::Variant::RFC4122));
            let millis = id.as_u128() >> 80;
            assert_eq!(millis, (micros.max(0) / 1_000) as u128);
        }
    }

    #[test]
    fn a_full_counter_moves_to_the_next_millisecond() {
        let rng = Rng::seeded(1);
        *rng.last.lock().unwrap() = Last { millis: 7, counter: COUNTER_END - 2 };
        let before = rng.uuid(Timestamp::from_micros(7_000));
        let after = rng.uuid(Timestamp::from_micros(7_000));
        assert!(before < after);
        assert_eq!(after.as_u128() >> 80, 8);
    }

    #[test]
    fn the_same_seed_tells_the_same_story_and_the_system_never_does() {
        let tell = |rng: &Rng| (rng.bytes::<16>(), rng.uuid(Timestamp::from_micros(9)), rng.below(1_000));
        assert_eq!(tell(&Rng::seeded(7)), tell(&Rng::seeded(7)));
        assert_ne!(tell(&Rng::seeded(7)), tell(&Rng::seeded(8)));
        assert_ne!(Rng::system().bytes::<16>(), Rng::system().bytes::<16>());
    }

    #[test]
    fn numbers_stay_below_their_end_and_reach_all_of_it() {
        let rng = Rng::seeded(3);
        let seen: HashSet<u64> = (0..1_000).map(|_| rng.below(10)).collect();
        assert_eq!(seen, (0..10).collect());
        assert_eq!(rng.below(0), 0);
    }
}
