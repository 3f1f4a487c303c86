//! How answers leave through one way out, a line or a mailbox: no faster than its other end takes them, and for a while not at all
//! when that fails again and again. Then one goes first, and the others follow once it has been taken.
//!
//! All of it stands in the database, since every node sends through it.

use kernel::{Result, ShopId, Timestamp, minutes, seconds};
use platform::{
    App, Tx,
    trouble::{Fault, Noted},
};

use crate::store::outflows;

/// So often in a row it may fail before it is left alone.
const FAILURES: i64 = 3;
/// It is left alone for so long at first, then for twice as long each time, and never for longer.
const FIRST_REST: i64 = seconds(5);
const LONGEST_REST: i64 = minutes(15);
/// Whoever goes first says within so long how it went.
const FIRST_WITHIN: i64 = seconds(30);
/// Meanwhile the others look again.
const LOOK_AGAIN: i64 = seconds(5);
/// However long it is left alone, those who wait look whether somebody has put it right.
const LONGEST_WAIT: i64 = minutes(5);

/// How fast an other end takes messages: one in each so many microseconds, of which some may come at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    pub every: i64,
    pub at_once: i64,
}

impl Pace {
    pub const fn a_second(count: i64) -> Pace {
        Pace { every: 1_000_000 / count, at_once: count }
    }

    /// Until when all time is used up once so many more have left, where so much is used up already.
    ///
    /// Errors: when they may.
    pub fn take(self, used_up: Timestamp, pieces: i64, now: Timestamp) -> Result<Timestamp, Timestamp> {
        let from = used_up.max(now);
        let may = from - (self.at_once - 1) * self.every;
        if may > now { Err(may) } else { Ok(from + pieces * self.every) }
    }
}

/// How things stand at one way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outflow {
    /// Until when its pace is used up.
    pub used_up: Timestamp,
    /// How often in a row it has failed.
    pub failures: i64,
    /// Since when, why and until when it is left alone.
    pub rest: Option<Noted>,
    /// Until when somebody is waited for who goes first.
    pub first_until: Timestamp,
}

/// Whether somebody may go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// Whether that is news where it goes well.
    Go { is_tried: bool },
    /// Then it is to be asked again; why, unless it is only too fast.
    Wait { until: Timestamp, why: Option<String> },
}

impl Default for Outflow {
    fn default() -> Outflow {
        let never = Timestamp::from_micros(0);
        Outflow { used_up: never, failures: 0, rest: None, first_until: never }
    }
}

impl Outflow {
    fn turn(&mut self, pace: Option<Pace>, pieces: i64, now: Timestamp) -> Turn {
        if let Some(rest) = &self.rest {
            let why = Some(rest.detail.clone());
            if now < rest.next_try_at {
                return Turn::Wait { until: rest.next_try_at.min(now + LONGEST_WAIT), why };
            }
            if now < self.first_until {
                return Turn::Wait { until: now + LOOK_AGAIN, why };
            }
        }
        match pace.map_or(Ok(self.used_up), |pace| pace.take(self.used_up, pieces, now)) {
            Ok(used_up) => self.used_up = used_up,
            Err(until) => return Turn::Wait { until, why: None },
        }
        if self.rest.is_some() {
            self.first_until = now + FIRST_WITHIN;
        }
        Turn::Go { is_tried: self.failures > 0 }
    }

    /// It failed; says whether it is left alone now. `spread` keeps those apart who would come back at once, and is below 256.
    fn failed(&mut self, fault: Fault, spread: i64, now: Timestamp) -> bool {
        if self.rest.as_ref().is_some_and(|rest| now < rest.next_try_at) {
            // it had left before that was known
            return true;
        }
        self.failures += 1;
        self.first_until = Timestamp::from_micros(0);
        if self.rest.is_none() && fault.wait.is_none() && self.failures < FAILURES {
            return false;
        }
        let tries = self.rest.as_ref().map_or(0, |rest| rest.tries);
        let grown = (FIRST_REST << tries.min(16)).min(LONGEST_REST);
        let wait = fault.wait.unwrap_or(grown);
        Noted::note(&mut self.rest, Fault { wait: Some(wait + wait * spread / 2_560), ..fault }, now);
        true
    }
}

/// Whether so many pieces may leave; where they may, they count.
pub async fn turn(tx: &mut Tx<'_>, shop: ShopId, way: &str, pace: Option<Pace>, pieces: i64) -> Result<Turn> {
    let before = outflows::of(tx, shop, way).await?;
    let (mut after, now) = (before.clone(), tx.now());
    let turn = after.turn(pace, pieces, now);
    if after != before {
        outflows::put(tx, shop, way, &after).await?;
    }
    Ok(turn)
}

/// Notes that it works, or may be another one: nobody waits any more.
pub async fn works(tx: &mut Tx<'_>, shop: ShopId, way: &str) -> Result<()> {
    let before = outflows::of(tx, shop, way).await?;
    let after = Outflow { used_up: before.used_up, ..Outflow::default() };
    if after != before {
        outflows::put(tx, shop, way, &after).await?;
    }
    Ok(())
}

/// Since when, why and until when it is left alone, if it is.
pub async fn rest(tx: &mut Tx<'_>, shop: ShopId, way: &str) -> Result<Option<Noted>> {
    Ok(outflows::of(tx, shop, way).await?.rest)
}

/// A way out, for whoever comes back from there. Whatever goes wrong here, what became of the message stands.
pub struct WayOut<'a> {
    pub app: &'a App,
    pub shop: ShopId,
    /// The id of the line or the mailbox.
    pub way: String,
    /// Whether it had failed before.
    pub is_tried: bool,
}

impl WayOut<'_> {
    /// Notes that it works, where that is news.
    pub async fn works(&self) {
        if self.is_tried {
            let (shop, way) = (self.shop, self.way.clone());
            let noted = self.app.write(async move |tx: &mut Tx<'_>| works(tx, shop, &way).await).await;
            noted.inspect_err(|error| tracing::error!(%error, "a way out works again, and that could not be written down")).ok();
        }
    }

    /// Notes that it failed by itself; until when it is left alone, if it is.
    pub async fn failed(&self, fault: Fault) -> Option<Timestamp> {
        let (shop, way, spread) = (self.shop, self.way.clone(), self.app.rng().bytes::<1>()[0]);
        let noted = self.app.write(async move |tx: &mut Tx<'_>| failed(tx, shop, &way, fault.clone(), spread).await).await;
        noted.inspect_err(|error| tracing::error!(%error, "a way out failed, and that could not be written down")).ok().flatten()
    }
}

async fn failed(tx: &mut Tx<'_>, shop: ShopId, way: &str, fault: Fault, spread: u8) -> Result<Option<Timestamp>> {
    let (mut outflow, now) = (outflows::of(tx, shop, way).await?, tx.now());
    let rests = outflow.failed(fault, spread.into(), now);
    outflows::put(tx, shop, way, &outflow).await?;
    Ok(outflow.rest.filter(|_| rests).map(|rest| rest.next_try_at.min(now + LONGEST_WAIT)))
}

#[cfg(test)]
mod tests {
    use platform::trouble::Trouble;

    use super::*;

    fn at(micros: i64) -> Timestamp {
        Timestamp::from_micros(micros)
    }

    fn fault() -> Fault {
        Fault::new(Trouble::Failing, "It answered 503.")
    }

    #[test]
    fn some_go_at_once_and_the_others_as_fast_as_they_are_taken() {
        let (mut outflow, now) = (Outflow::default(), seconds(100));
        let pace = Pace { every: seconds(6), at_once: 3 };
        let turns: Vec<Turn> = (0..4).map(|_| outflow.turn(Some(pace), 1, at(now))).collect();
        assert_eq!(turns[..3], [const { Turn::Go { is_tried: false } }; 3]);
        assert_eq!(turns[3], Turn::Wait { until: at(now + seconds(6)), why: None });
        let mut asks = |after: i64| outflow.turn(Some(pace), 1, at(now + seconds(after)));
        assert_eq!(asks(6), Turn::Go { is_tried: false });
        assert_eq!(asks(11), Turn::Wait { until: at(now + seconds(12)), why: None });
        // what was not used for long is not saved up
        assert_eq!((0..4).filter(|_| asks(1_000) == Turn::Go { is_tried: false }).count(), 3);
    }

    #[test]
    fn a_long_answer_counts_for_all_its_pieces() {
        let pace = Pace { every: seconds(1), at_once: 2 };
        let used_up = pace.take(at(0), 5, at(0));
        assert_eq!(used_up, Ok(at(seconds(5))));
        assert_eq!(pace.take(at(seconds(5)), 1, at(0)), Err(at(seconds(4))));
    }

    #[test]
    fn who_fails_again_and_again_is_left_alone_longer_each_time_and_then_one_goes_first() {
        let (mut outflow, mut now) = (Outflow::default(), seconds(100));
        assert_eq!([0, 1, 2].map(|_| outflow.failed(fault(), 0, at(now))), [false, false, true]);
        for rest in [5, 10, 20, 40, 80, 160, 320, 640, 900, 900] {
            let Turn::Wait { until, why } = outflow.turn(None, 1, at(now)) else { panic!("it is not left alone") };
            assert_eq!((until, why), (at(now + seconds(rest).min(LONGEST_WAIT)), Some("It answered 503.".into())));
            assert!(matches!(outflow.turn(None, 1, at(now + seconds(rest) - 1)), Turn::Wait { .. }), "after {rest} s");
            now += seconds(rest);
            assert_eq!(outflow.turn(None, 1, at(now)), Turn::Go { is_tried: true });
            assert!(matches!(outflow.turn(None, 1, at(now)), Turn::Wait { .. }), "one goes first");
            assert!(outflow.failed(fault(), 0, at(now)));
        }
    }

    #[test]
    fn those_who_were_on_their_way_when_it_failed_do_not_make_it_longer() {
        let mut outflow = Outflow::default();
        let rests = (0..64).map(|_| outflow.failed(fault(), 0, at(0))).filter(|rests| *rests).count();
        assert_eq!((rests, outflow.rest.map(|rest| (rest.tries, rest.next_try_at))), (62, Some((1, at(FIRST_REST)))));
    }

    #[test]
    fn who_went_first_and_never_came_back_is_followed_by_another() {
        let mut outflow = Outflow::default();
        let told = Fault { wait: Some(seconds(7)), ..fault() };
        assert!(outflow.failed(told, 255, at(0)), "whoever says how long is believed at once");
        let until = outflow.rest.as_ref().map(|rest| rest.next_try_at).unwrap_or(at(0));
        assert!(until >= at(seconds(7)) && until < at(seconds(8)), "{until:?}");
        assert_eq!(outflow.turn(None, 1, until), Turn::Go { is_tried: true });
        assert!(matches!(outflow.turn(None, 1, until + FIRST_WITHIN - 1), Turn::Wait { .. }));
        assert_eq!(outflow.turn(None, 1, until + FIRST_WITHIN), Turn::Go { is_tried: true });
    }
}
