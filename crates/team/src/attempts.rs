//! How often somebody may try: counted in the database, so on all nodes together, before the try is made.
//!
//! An address is counted whether or not it is anybody's, so that being refused tells nothing.

use kernel::{Error, Result, Timestamp, days, hours, minutes};
use platform::{Tx, keyed, token::TokenHash};

use crate::store;

keyed! {
    /// What is counted.
    pub enum Kind {
        /// Passwords tried on one account, from wherever.
        Address = "address",
        /// Passwords tried from one network, on whichever accounts.
        Network = "network",
        /// Password links asked for one account.
        Reset = "reset",
    }
}

/// So many tries come free; each further one must wait, twice as long as the one before.
const WAIT: i64 = minutes(15);
const LONGEST_WAIT: i64 = hours(1);

/// Tries so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Attempts {
    pub count: i64,
    pub last_at: Timestamp,
}

impl Kind {
    const fn free(self) -> i64 {
        match self {
            Kind::Address => 10,
            // an office signs in through one address
            Kind::Network => 50,
            Kind::Reset => 3,
        }
    }
}

impl Attempts {
    /// One more try at `now`.
    ///
    /// Errors: `TooMany` while it must wait; such a try does not count.
    pub fn next(self, kind: Kind, now: Timestamp) -> Result<Attempts> {
        let quiet = now - self.last_at;
        let over = self.count - kind.free();
        let wait = if over < 0 { 0 } else { (WAIT << over.min(8)).min(LONGEST_WAIT) };
        if quiet < wait {
            return Err(Error::TooMany { retry_after: ((wait - quiet) as u64).div_ceil(1_000_000) });
        }
        // a few slips are forgotten after a while, a siege after a day
        let forgotten = quiet >= if over < 0 { WAIT } else { days(1) };
        Ok(Attempts { count: if forgotten { 1 } else { self.count + 1 }, last_at: now })
    }
}

fn key(name: &str) -> String {
    TokenHash::of(name).hex()
}

/// Counts one try of `name`, before it is made: a thousand at once are a thousand tries.
///
/// Errors: `TooMany`, saying when to come again.
pub async fn begin(tx: &mut Tx<'_>, kind: Kind, name: &str) -> Result<()> {
    let key = key(name);
    let before = store::attempts::get(tx, kind, &key).await?.unwrap_or_default();
    let after = before.next(kind, tx.now())?;
    store::attempts::save(tx, kind, &key, after).await
}

/// The try was right: it does not count, and neither do those before it.
pub async fn forgive(tx: &mut Tx<'_>, kind: Kind, name: &str) -> Result<()> {
    store::attempts::delete(tx, kind, &key(name)).await
}

/// The try was right: it does not count, those before it do. Else an attacker with one account of their own could
/// begin again whenever they like.
pub async fn take_back(tx: &mut Tx<'_>, kind: Kind, name: &str) -> Result<()> {
    let key = key(name);
    let Some(before) = store::attempts::get(tx, kind, &key).await? else { return Ok(()) };
    store::attempts::save(tx, kind, &key, Attempts { count: (before.count - 1).max(0), ..before }).await
}

/// Forgets whoever has been quiet for long.
pub(crate) async fn sweep(tx: &mut Tx<'_>) -> Result<u64> {
    let before = tx.now() - days(2);
    store::attempts::delete_before(tx, before).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(attempts: Attempts, kind: Kind, now: Timestamp) -> Option<u64> {
        match attempts.next(kind, now) {
            Err(Error::TooMany { retry_after }) => Some(retry_after),
            _ => None,
        }
    }

    #[test]
    fn the_first_tries_are_free_then_each_waits_twice_as_long() {
        let mut now = Timestamp::from_micros(days(1_000));
        let mut attempts = Attempts::default();
        for _ in 0..10 {
            attempts = attempts.next(Kind::Address, now).unwrap();
        }
        for wait in [minutes(15), minutes(30), hours(1), hours(1), hours(1)] {
            assert_eq!(refused(attempts, Kind::Address, now), Some(wait as u64 / 1_000_000));
            assert_eq!(refused(attempts, Kind::Address, now + wait - 1), Some(1));
            now = now + wait;
            attempts = attempts.next(Kind::Address, now).unwrap();
        }
        assert_eq!(attempts.next(Kind::Address, now + days(1)).unwrap().count, 1);
    }

    #[test]
    fn a_few_slips_are_forgotten_after_a_quarter_of_an_hour() {
        let now = Timestamp::from_micros(days(1_000));
        let slips = Attempts { count: 9, last_at: now };
        assert_eq!(slips.next(Kind::Address, now + minutes(14)).unwrap().count, 10);
        assert_eq!(slips.next(Kind::Address, now + minutes(15)).unwrap().count, 1);
    }

    #[test]
    fn a_siege_of_a_day_tries_few_passwords() {
        let start = Timestamp::from_micros(days(1_000));
        let (mut attempts, mut tried) = (Attempts::default(), 0);
        for second in 0..24 * 60 * 60 {
            if let Ok(next) = attempts.next(Kind::Address, start + kernel::seconds(second)) {
                (attempts, tried) = (next, tried + 1);
            }
        }
        assert!(tried < 40, "{tried}");
    }
}
