//! How often is too often: one bucket for each kind of act and each one who acts.

use std::{
    hash::{BuildHasher, RandomState},
    net::IpAddr,
    num::NonZeroU32,
    ops::Add,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering::Relaxed},
    },
    time::Duration,
};

use governor::{
    NotUntil, Quota, RateLimiter,
    clock::{self, Reference},
    middleware::NoOpMiddleware,
    nanos::Nanos,
    state::keyed::DashMapStateStore,
};
use kernel::{Error, Result};

use crate::clock::Clock;

/// What is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Guessing at one account, from wherever.
    SignInToAddress,
    /// Guessing at many accounts from one network.
    SignInFromNetwork,
    /// New visitors from one network.
    VisitorFromNetwork,
    /// Messages of one visitor.
    MessageOfVisitor,
    /// Files of one visitor.
    UploadOfVisitor,
    /// Codes of gift cards that one member or program looks up.
    GiftCodeLookUp,
    /// Signs that one visitor is typing, which all consoles of the shop are told of.
    TypingOfVisitor,
    /// What one visitor does on the shop's pages, some of it at a time.
    BrowsingOfVisitor,
    /// Answers of the bot that one network asks for.
    QuickReplyFromNetwork,
    /// Orders one visitor asks the bot about.
    OrderLookUpOfVisitor,
    /// Orders asked about from one network by who has not signed in.
    OrderLookUpFromNetwork,
    /// Guessing what belongs to one order, from wherever.
    OrderLookUpByNumber,
    /// Codes sent to one address, whoever asks for them.
    OrderCodeToAddress,
    /// Guessing a code that was sent to an address.
    OrderCodeTried,
    /// Webhooks from one network that nobody signed who may.
    ForgedWebhookFromNetwork,
    /// Contact forms sent from one network.
    FormFromNetwork,
    /// Mails to addresses at one host that say that a contact form arrived.
    AcknowledgementToHost,
    /// Such mails of one shop.
    AcknowledgementOfShop,
}

impl Act {
    const ALL: [Act; 18] = [
        Act::SignInToAddress,
        Act::SignInFromNetwork,
        Act::VisitorFromNetwork,
        Act::MessageOfVisitor,
        Act::UploadOfVisitor,
        Act::GiftCodeLookUp,
        Act::TypingOfVisitor,
        Act::BrowsingOfVisitor,
        Act::QuickReplyFromNetwork,
        Act::OrderLookUpOfVisitor,
        Act::OrderLookUpFromNetwork,
        Act::OrderLookUpByNumber,
        Act::OrderCodeToAddress,
        Act::OrderCodeTried,
        Act::ForgedWebhookFromNetwork,
        Act::FormFromNetwork,
        Act::AcknowledgementToHost,
        Act::AcknowledgementOfShop,
    ];

    /// So many at once, then one more each so many seconds.
    const fn allowance(self) -> (u32, u64) {
        match self {
            Act::SignInToAddress => (10, 90),
            Act::SignInFromNetwork => (30, 10),
            // an office or a school behind one address opens many chats on the first day of a sale
            Act::VisitorFromNetwork => (60, 5),
            Act::MessageOfVisitor => (20, 2),
            Act::UploadOfVisitor => (10, 15),
            // a shop's checkout looks up for all who pay there; a code has too many letters to be guessed at this pace
            Act::GiftCodeLookUp => (60, 1),
            Act::TypingOfVisitor => (20, 1),
            // pages are turned faster than messages are written
            Act::BrowsingOfVisitor => (30, 1),
            Act::QuickReplyFromNetwork => (60, 1),
            Act::OrderLookUpOfVisitor => (10, 30),
            Act::OrderLookUpFromNetwork => (30, 30),
            // the address has to be guessed together with the postcode
            Act::OrderLookUpByNumber => (5, 300),
            // nobody's mailbox is filled, and nobody gets many codes to guess at
            Act::OrderCodeToAddress => (3, 600),
            Act::OrderCodeTried => (3, 300),
            // a shop whose secret was changed is not forging, and may say so many times
            Act::ForgedWebhookFromNetwork => (60, 1),
            Act::FormFromNetwork => (10, 60),
            // most customers of a shop have their address with one of few providers
            Act::AcknowledgementToHost => (100, 60),
            Act::AcknowledgementOfShop => (300, 20),
        }
    }
}

/// How many keys an act remembers before keys begin to share buckets: a few megabytes in all.
const REMEMBERED: usize = 100_000;
const SHARED_BUCKETS: u64 = 4_096;
/// While keys share buckets, one check in so many looks whether they still must.
const LOOK_AGAIN: u32 = 1_024;

/// The counters of this node.
pub struct Limits {
    acts: Vec<Buckets>,
    clock: Ticks,
    hasher: RandomState,
    remembered: usize,
}

type Limiter = RateLimiter<u64, DashMapStateStore<u64>, Ticks, NoOpMiddleware<Moment>>;

struct Buckets {
    limiter: Limiter,
    crowded: AtomicBool,
    checks: AtomicU32,
}

impl Limits {
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self::remembering(REMEMBERED, clock)
    }

    fn remembering(remembered: usize, clock: Arc<dyn Clock>) -> Self {
        let clock = Ticks(clock);
        let buckets = |act: Act| {
            let (burst, every) = act.allowance();
            let quota = Quota::with_period(Duration::from_secs(every))
                .unwrap_or(Quota::per_second(NonZeroU32::MIN))
                .allow_burst(NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN));
            let limiter = RateLimiter::new(quota, DashMapStateStore::default(), clock.clone());
            Buckets { limiter, crowded: AtomicBool::new(false), checks: AtomicU32::new(0) }
        };
        Limits { acts: Act::ALL.map(buckets).into(), clock, hasher: RandomState::new(), remembered }
    }

    /// Counts one `act` of `key`, or says when the next one is welcome.
    ///
    /// Errors: `TooMany`.
    pub fn check(&self, act: Act, key: &str) -> Result<()> {
        let Some(buckets) = self.acts.get(act as usize) else { return Ok(()) };
        let hash = self.hasher.hash_one(key);
        let bucket = if self.is_crowded(buckets) { hash % SHARED_BUCKETS } else { hash };
        buckets.limiter.check_key(&bucket).map_err(|refused: NotUntil<Moment>| {
            let wait = refused.wait_time_from(clock::Clock::now(&self.clock));
            Error::TooMany { retry_after: wait.as_millis().div_ceil(1_000).max(1) as u64 }
        })
    }

    /// Keeps memory bounded: whoever has been quiet long enough is forgotten, and when that is not enough
    /// (somebody acts from a hundred thousand addresses) newcomers share buckets until it is.
    fn is_crowded(&self, buckets: &Buckets) -> bool {
        let crowded = buckets.crowded.load(Relaxed);
        let full = buckets.limiter.len() >= self.remembered;
        let look = if crowded { buckets.checks.fetch_add(1, Relaxed) % LOOK_AGAIN == LOOK_AGAIN - 1 } else { full };
        if !look {
            return crowded;
        }
        buckets.limiter.retain_recent();
        buckets.limiter.shrink_to_fit();
        // twice as much room as the shared buckets take, so that it does not flap
        let crowded = buckets.limiter.len() + 2 * SHARED_BUCKETS as usize > self.remembered;
        buckets.crowded.store(crowded, Relaxed);
        crowded
    }
}

/// The network an address belongs to, as far as one person can hop about in it: the address itself,
/// or the /64 that every IPv6 household has to itself.
pub fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

/// Our clock as governor wants one.
#[derive(Clone)]
struct Ticks(Arc<dyn Clock>);

/// Nanoseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Moment(u64);

impl clock::Clock for Ticks {
    type Instant = Moment;
    fn now(&self) -> Moment {
        Moment(u64::try_from(self.0.now().micros()).unwrap_or(0).saturating_mul(1_000))
    }
}

impl Add<Nanos> for Moment {
    type Output = Moment;
    fn add(self, later: Nanos) -> Moment {
        Moment(self.0.saturating_add(later.as_u64()))
    }
}

impl Reference for Moment {
    fn duration_since(&self, earlier: Self) -> Nanos {
        self.0.saturating_sub(earlier.0).into()
    }
    fn saturating_sub(&self, duration: Nanos) -> Self {
        Moment(self.0.checked_sub(duration.as_u64()).unwrap_or(self.0))
    }
}

#[cfg(test)]
mod tests {
    use kernel::{Timestamp, minutes, seconds};

    use super::*;
    use crate::clock::HandClock;

    fn limits(remembered: usize) -> (Limits, Arc<HandClock>) {
        let clock = Arc::new(HandClock::at(Timestamp::from_micros(minutes(10))));
        (Limits::remembering(remembered, clock.clone()), clock)
    }

    #[test]
    fn every_act_has_its_burst_and_then_its_pace() {
        for act in Act::ALL {
            let (limits, clock) = limits(REMEMBERED);
            let (burst, every) = act.allowance();
            for _ in 0..burst {
                limits.check(act, "mara").unwrap();
            }
            let Err(Error::TooMany { retry_after }) = limits.check(act, "mara") else { panic!("{act:?} was not limited") };
            assert_eq!(retry_after, every, "{act:?}");
            limits.check(act, "ines").unwrap();

            clock.advance(seconds(retry_after as i64));
            limits.check(act, "mara").unwrap();
            assert!(limits.check(act, "mara").is_err());
        }
    }

    #[test]
    fn acts_do_not_use_up_each_other() {
        let (limits, _) = limits(REMEMBERED);
        while limits.check(Act::UploadOfVisitor, "mara").is_ok() {}
        limits.check(Act::MessageOfVisitor, "mara").unwrap();
    }

    #[test]
    fn a_flood_of_keys_shares_buckets_and_is_forgotten_when_it_ends() {
        let (limits, clock) = limits(10_000);
        let flood = |n| (0..n).filter(|n| limits.check(Act::VisitorFromNetwork, &format!("10.0.{n}")).is_ok()).count();
        flood(400_000);
        let held = || limits.acts[Act::VisitorFromNetwork as usize].limiter.len();
        assert!(held() <= 10_000 + SHARED_BUCKETS as usize, "{}", held());

        clock.advance(minutes(60));
        assert_eq!(flood(3_000), 3_000);
        assert!(held() < 4_000, "{}", held());
        assert!(!limits.acts[Act::VisitorFromNetwork as usize].crowded.load(Relaxed));
    }

    #[test]
    fn networks() {
        for (address, expected) in [
            ("203.0.113.9", "203.0.113.9"),
            ("::ffff:203.0.113.9", "203.0.113.9"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ] {
            assert_eq!(network(address.parse().unwrap()), expected);
        }
    }
}
