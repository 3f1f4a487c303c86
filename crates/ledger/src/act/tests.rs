use std::collections::{BTreeMap, BTreeSet};

use kernel::{AccountId, hours};
use platform::rng::Rng;
use uuid::Uuid;

use super::*;

const NOW: Timestamp = Timestamp::from_micros(days(20_000));

fn entry(n: u128) -> EntryId {
    Uuid::from_u128(n).into()
}

fn share(lot: u128, amount: i64, expires_in: Option<i64>) -> Share {
    Share { account: account(), lot: entry(lot), amount, expires_at: expires_in.map(|micros| NOW + micros) }
}

fn account() -> AccountId {
    Uuid::from_u128(1).into()
}

/// What an act does to these shares: each lot's part, and where it goes.
fn done(act: Act, there: &[Share]) -> Vec<(u128, i64, Side, Side)> {
    let transfers = act.transfers(there.to_vec(), share(99, 0, None), NOW).unwrap();
    let number = |lot: EntryId| Uuid::from(lot).as_u128();
    transfers.into_iter().map(|t| (number(t.share.lot), t.share.amount, t.from, t.to)).collect()
}

#[test]
fn what_expires_soonest_is_spent_first_and_what_never_does_last() {
    use Side::{Available, Held, Redeemed};
    let there = [share(1, 50, None), share(2, 30, Some(days(9))), share(3, 20, Some(days(2))), share(4, 10, Some(days(9)))];
    assert_eq!(done(Act::Spend { amount: 20 }, &there), [(3, 20, Available, Redeemed)]);
    assert_eq!(done(Act::Spend { amount: 21 }, &there), [(3, 20, Available, Redeemed), (2, 1, Available, Redeemed)]);
    let all = [(3, 20, Available, Held), (2, 30, Available, Held), (4, 10, Available, Held), (1, 50, Available, Held)];
    assert_eq!(done(Act::Hold { amount: 110, until: NOW + 1 }, &there), all);
}

#[test]
fn a_part_of_a_hold_is_spent_and_the_rest_let_go() {
    use Side::{Available, Held, Redeemed};
    let held = [share(1, 50, None), share(3, 20, Some(days(2)))];
    let hold = entry(7);
    let some = [(3, 20, Held, Redeemed), (1, 5, Held, Redeemed), (1, 45, Held, Available)];
    assert_eq!(done(Act::Capture { hold, amount: 25 }, &held), some);
    assert_eq!(done(Act::Release { hold }, &held), [(3, 20, Held, Available), (1, 50, Held, Available)]);
}

#[test]
fn what_is_given_back_goes_to_its_own_lots_as_if_less_had_been_spent() {
    use Side::{Available, Redeemed};
    let spent = [share(1, 50, None), share(3, 20, Some(days(2)))];
    assert_eq!(done(Act::GiveBack { spent: entry(7), amount: 60 }, &spent), [(1, 50, Redeemed, Available), (3, 10, Redeemed, Available)]);
}

#[test]
fn a_lot_that_expired_meanwhile_gets_days_of_grace() {
    for (expires_in, then) in [(None, None), (Some(1), Some(1)), (Some(0), Some(GRACE)), (Some(-days(30)), Some(GRACE))] {
        let act = Act::GiveBack { spent: entry(7), amount: 5 };
        let transfers = act.transfers(vec![share(1, 5, expires_in)], share(99, 0, None), NOW).unwrap();
        assert_eq!(transfers[0].share.expires_at, then.map(|micros| NOW + micros), "{expires_in:?}");
    }
    let released = Act::Release { hold: entry(7) }.transfers(vec![share(1, 5, Some(-1))], share(99, 0, None), NOW).unwrap();
    assert_eq!(released[0].share.expires_at, Some(NOW - 1), "it was never spent, so it is over");
}

#[test]
fn what_cannot_be_is_refused() {
    let there = [share(1, 100, None)];
    let hold = entry(7);
    for (act, kind) in [
        (Act::Grant { amount: 0, expires_at: None }, "invalid"),
        (Act::Grant { amount: -1, expires_at: None }, "invalid"),
        (Act::Grant { amount: Money::MOST + 1, expires_at: None }, "invalid"),
        (Act::Grant { amount: 1, expires_at: Some(NOW) }, "invalid"),
        (Act::Grant { amount: Money::MOST - 99, expires_at: None }, "conflict"),
        (Act::Spend { amount: 0 }, "invalid"),
        (Act::Spend { amount: i64::MIN }, "invalid"),
        (Act::Spend { amount: 101 }, "not_enough"),
        (Act::Hold { amount: 101, until: NOW + 1 }, "not_enough"),
        (Act::Hold { amount: 1, until: NOW }, "invalid"),
        (Act::Hold { amount: 1, until: NOW + LONGEST_HOLD + 1 }, "invalid"),
        (Act::Capture { hold, amount: 101 }, "not_enough"),
        (Act::GiveBack { spent: hold, amount: 101 }, "not_enough"),
        (Act::TakeBack { grant: hold, amount: 101 }, "not_enough"),
        (Act::TakeBack { grant: hold, amount: 0 }, "invalid"),
    ] {
        let refused = match act.transfers(there.to_vec(), share(99, 0, None), NOW) {
            Err(Error::Invalid(_)) => "invalid",
            Err(Error::Conflict { kind, .. }) => kind,
            other => panic!("{act:?}: {other:?}"),
        };
        assert_eq!(refused, kind, "{act:?}");
    }
    for act in [Act::Capture { hold, amount: 1 }, Act::Release { hold }] {
        let over = act.transfers(Vec::new(), share(99, 0, None), NOW);
        assert!(matches!(over, Err(Error::Conflict { kind: "hold_over", .. })), "{act:?}");
    }
    assert!(Act::Grant { amount: Money::MOST - 100, expires_at: None }.transfers(there.to_vec(), share(99, 0, None), NOW).is_ok());
}

#[test]
fn each_act_follows_from_what_it_may() {
    let id = entry(7);
    let (amount, until) = (1, NOW);
    let all = [
        Act::Grant { amount, expires_at: None },
        Act::Spend { amount },
        Act::Hold { amount, until },
        Act::Capture { hold: id, amount },
        Act::Release { hold: id },
        Act::GiveBack { spent: id, amount },
        Act::TakeBack { grant: id, amount },
        Act::Expire { grant: id },
    ];
    let mut may = BTreeSet::new();
    for (later, earlier) in all.iter().flat_map(|later| all.iter().map(move |earlier| (later, earlier))) {
        if later.follows(*earlier) {
            may.insert((later.kind(), earlier.kind()));
        }
    }
    let expected = [
        (ActKind::Captured, ActKind::Held),
        (ActKind::Released, ActKind::Held),
        (ActKind::GivenBack, ActKind::Spent),
        (ActKind::GivenBack, ActKind::Captured),
        (ActKind::TakenBack, ActKind::Granted),
        (ActKind::Expired, ActKind::Granted),
    ];
    assert_eq!(may, expected.into());
}

/// The books in memory, kept as the store keeps them.
#[derive(Default)]
struct Books {
    entries: Vec<(EntryId, Act)>,
    postings: Vec<(EntryId, EntryId, Side, i64)>,
    ends: BTreeMap<EntryId, Option<Timestamp>>,
}

impl Books {
    fn on(&self, lot: EntryId, side: Side) -> i64 {
        self.postings.iter().filter(|(_, l, s, _)| (*l, *s) == (lot, side)).map(|(.., amount)| amount).sum()
    }

    fn total(&self, side: Side) -> i64 {
        self.ends.keys().map(|lot| self.on(*lot, side)).sum()
    }

    /// What stands where an act takes from.
    fn there(&self, act: Act) -> Vec<Share> {
        let of_entry = |entry: EntryId, (from, about): (EntryId, Option<EntryId>)| from == entry || about == Some(entry);
        let about = |id: EntryId| self.entries.iter().find(|(entry, _)| *entry == id).and_then(|(_, act)| act.about());
        let share = |lot: EntryId, amount| Share { account: account(), lot, amount, expires_at: self.ends[&lot] };
        let amount = |lot: &EntryId| match act {
            Act::Grant { .. } | Act::Spend { .. } | Act::Hold { .. } => self.on(*lot, Side::Available),
            Act::TakeBack { grant, .. } | Act::Expire { grant } if grant == *lot => self.on(*lot, Side::Available),
            Act::TakeBack { .. } | Act::Expire { .. } => 0,
            Act::Capture { .. } | Act::Release { .. } | Act::GiveBack { .. } => {
                let earlier = act.about().unwrap();
                let theirs = self
                    .postings
                    .iter()
                    .filter(|(from, l, side, _)| (l, *side) == (lot, act.takes_from()) && of_entry(earlier, (*from, about(*from))));
                theirs.map(|(.., amount)| amount).sum()
            }
        };
        self.ends.keys().map(|lot| share(*lot, amount(lot))).filter(|share| share.amount > 0).collect()
    }

    fn post(&mut self, id: EntryId, act: Act, now: Timestamp) -> bool {
        let fresh = Share { account: account(), lot: id, amount: 0, expires_at: None };
        let Ok(transfers) = act.transfers(self.there(act), fresh, now) else { return false };
        for Transfer { share, from, to } in transfers {
            self.postings.extend([(id, share.lot, from, -share.amount), (id, share.lot, to, share.amount)]);
            if to == Side::Available {
                self.ends.insert(share.lot, share.expires_at);
            }
        }
        self.entries.push((id, act));
        true
    }

    fn hold_together(&self) {
        for side in [Side::Available, Side::Held, Side::Redeemed, Side::Expired, Side::Adjusted] {
            for lot in self.ends.keys() {
                assert!(self.on(*lot, side) >= 0, "{lot} has less than nothing {side}");
            }
        }
        let sums = Side::ALL.iter().map(|side| self.total(*side));
        assert_eq!(sums.sum::<i64>(), 0);
        let mut by_entry: BTreeMap<EntryId, i64> = BTreeMap::new();
        self.postings.iter().for_each(|(entry, .., amount)| *by_entry.entry(*entry).or_default() += amount);
        assert!(by_entry.values().all(|sum| *sum == 0));
    }
}

/// Something that may or may not be possible, about some earlier entry.
fn any_act(rng: &Rng, earlier: &[(EntryId, Act)], now: Timestamp) -> Act {
    let amount = rng.below(60) as i64;
    let moment = now + hours(rng.below(100) as i64);
    let of = |wanted: fn(&Act) -> bool| {
        let fitting: Vec<EntryId> = earlier.iter().filter(|(_, act)| wanted(act)).map(|(id, _)| *id).collect();
        fitting.get(rng.below(fitting.len() as u64) as usize).copied().unwrap_or(entry(0))
    };
    let (granted, held) = (of(|act| matches!(act, Act::Grant { .. })), of(|act| matches!(act, Act::Hold { .. })));
    let spent = of(|act| matches!(act, Act::Spend { .. } | Act::Capture { .. }));
    match rng.below(10) {
        0 | 1 => Act::Grant { amount, expires_at: (rng.below(3) > 0).then_some(moment) },
        2 | 3 => Act::Spend { amount },
        4 => Act::Hold { amount, until: moment },
        5 => Act::Capture { hold: held, amount },
        6 => Act::Release { hold: held },
        7 => Act::GiveBack { spent, amount },
        8 => Act::TakeBack { grant: granted, amount },
        _ => Act::Expire { grant: granted },
    }
}

#[test]
fn whatever_is_done_nothing_falls_below_zero_and_all_sums_to_nothing() {
    let mut done = 0;
    for seed in 0..400 {
        let (rng, mut books, mut now) = (Rng::seeded(seed), Books::default(), NOW);
        for n in 1..=60 {
            now = now + hours(rng.below(12) as i64);
            let act = any_act(&rng, &books.entries, now);
            done += usize::from(books.post(entry(n), act, now));
            books.hold_together();
        }
    }
    assert!(done > 8_000, "most of it is refused: {done}");
}

#[test]
fn what_was_spent_and_given_back_in_whatever_parts_is_as_it_was() {
    for seed in 0..200 {
        let (rng, mut books) = (Rng::seeded(seed), Books::default());
        for n in 1..=4 {
            let expires_at = (rng.below(2) > 0).then_some(NOW + days(1 + rng.below(9) as i64));
            assert!(books.post(entry(n), Act::Grant { amount: 1 + rng.below(50) as i64, expires_at }, NOW));
        }
        let before: Vec<i64> = books.ends.keys().map(|lot| books.on(*lot, Side::Available)).collect();
        let spends = 1 + rng.below(before.iter().sum::<i64>() as u64) as i64;
        assert!(books.post(entry(5), Act::Spend { amount: spends }, NOW));
        let (mut left, mut n) = (spends, 6);
        while left > 0 {
            let part = 1 + rng.below(left as u64) as i64;
            assert!(books.post(entry(n), Act::GiveBack { spent: entry(5), amount: part }, NOW));
            (left, n) = (left - part, n + 1);
        }
        assert!(!books.post(entry(n), Act::GiveBack { spent: entry(5), amount: 1 }, NOW), "no more than was spent");
        assert_eq!(books.ends.keys().map(|lot| books.on(*lot, Side::Available)).collect::<Vec<_>>(), before, "seed {seed}");
    }
}
