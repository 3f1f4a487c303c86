//! What is wrong with an order that its customer will ask about: its parcel will be late or is, stands still, or will not arrive.

use kernel::{Timestamp, days};
use platform::keyed;

use crate::{
    order::{Facts, Parcel},
    status::{OrderStatus, ParcelState},
};

/// Whether a parcel will be in time is asked so long before the moment it was promised for.
const AHEAD: i64 = days(1);
/// A parcel nothing was heard of for so long before it is due is not about to arrive.
const QUIET: i64 = days(2);
/// A parcel nothing was heard of for so long stands still.
const STUCK_AFTER: i64 = days(5);
/// Whoever has not complained by then will not; and some shop systems never say that a parcel has arrived.
const OVER_AFTER: i64 = days(30);

keyed! {
    /// A kind of trouble with an order.
    pub enum TroubleKind {
        /// It will not arrive by itself.
        Failed = "failed",
        /// It should have been there by now.
        Late = "late",
        /// It is due within a day, and not about to arrive.
        WillBeLate = "will_be_late",
        /// Nothing was heard of its parcel for days.
        Stuck = "stuck",
    }
}

/// What is wrong with an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    Failed,
    /// It should have been there at this moment.
    Late(Timestamp),
    /// It is due at this moment, and not about to arrive.
    WillBeLate(Timestamp),
    /// Nothing was heard of its parcel since.
    Stuck(Timestamp),
}

impl Trouble {
    pub fn kind(self) -> TroubleKind {
        match self {
            Trouble::Failed => TroubleKind::Failed,
            Trouble::Late(_) => TroubleKind::Late,
            Trouble::WillBeLate(_) => TroubleKind::WillBeLate,
            Trouble::Stuck(_) => TroubleKind::Stuck,
        }
    }

    /// Whether it has come, so that somebody has to look.
    pub fn is_here(self) -> bool {
        !matches!(self, Trouble::WillBeLate(_))
    }

    /// When it should have been there or should be, or was last heard of.
    pub fn at(self) -> Option<Timestamp> {
        match self {
            Trouble::Failed => None,
            Trouble::Late(at) | Trouble::WillBeLate(at) | Trouble::Stuck(at) => Some(at),
        }
    }
}

/// What is wrong with an order now.
pub fn of(facts: &Facts, now: Timestamp) -> Option<Trouble> {
    match facts.status() {
        OrderStatus::Cancelled | OrderStatus::Refunded => return None,
        OrderStatus::FailedDelivery | OrderStatus::FailedFulfilment => return Some(Trouble::Failed),
        _ => (),
    }
    let promised = |is: fn(&Parcel, Timestamp) -> bool| {
        facts.parcels.iter().filter(|parcel| is(parcel, now)).filter_map(|parcel| parcel.promised_at).min()
    };
    let stuck = facts.parcels.iter().filter(|parcel| is_stuck(parcel, now)).map(|parcel| parcel.at).min();
    let late = promised(is_late).map(Trouble::Late);
    late.or_else(|| promised(will_be_late).map(Trouble::WillBeLate)).or(stuck.map(Trouble::Stuck))
}

fn is_late(parcel: &Parcel, now: Timestamp) -> bool {
    parcel.is_late(now) && parcel.promised_at.is_some_and(|promised| now - promised <= OVER_AFTER)
}

fn will_be_late(parcel: &Parcel, now: Timestamp) -> bool {
    use ParcelState::{AttemptedDelivery, InTransit, PendingDelivery};
    let is_due = parcel.promised_at.is_some_and(|promised| now <= promised && promised - now <= AHEAD);
    is_due
        && match parcel.state {
            PendingDelivery => true,
            InTransit | AttemptedDelivery => now - parcel.at > QUIET,
            _ => false,
        }
}

fn is_stuck(parcel: &Parcel, now: Timestamp) -> bool {
    use ParcelState::{AttemptedDelivery, InTransit, OutForDelivery};
    let silent = now - parcel.at;
    matches!(parcel.state, InTransit | OutForDelivery | AttemptedDelivery) && silent > STUCK_AFTER && silent <= OVER_AFTER
}

/// The next moment at which something else may be wrong with it although nothing is told of it.
pub(crate) fn next_look(facts: &Facts, now: Timestamp) -> Option<Timestamp> {
    let under_way = facts.parcels.iter().filter(|parcel| parcel.state != ParcelState::Delivered);
    let moments = under_way.flat_map(|parcel| {
        let heard = [QUIET, STUCK_AFTER, OVER_AFTER].map(|after| parcel.at + after + 1);
        let due = parcel.promised_at.map(|promised| [promised - AHEAD, promised + 1, promised + OVER_AFTER + 1]);
        heard.into_iter().chain(due.into_iter().flatten())
    });
    moments.filter(|moment| *moment > now).min()
}

#[cfg(test)]
mod tests {
    use kernel::hours;

    use super::*;
    use crate::status::{Fulfilment, Payment};

    fn day(n: i64) -> Timestamp {
        Timestamp::from_micros(days(n))
    }

    fn order(state: ParcelState, heard: i64, promised: Option<i64>) -> Facts {
        let parcel = Parcel {
            reference: "p".into(),
            carrier: None,
            tracking: None,
            tracking_url: None,
            state,
            at: day(heard),
            promised_at: promised.map(day),
        };
        Facts {
            reference: "r".into(),
            number: "#1".into(),
            placed_at: day(1),
            changed_at: day(1),
            cancelled_at: None,
            payment: Payment::Paid,
            fulfilment: Fulfilment::All,
            currency: "NOK".parse().unwrap(),
            lines: Vec::new(),
            discount: 0,
            shipping: 0,
            tax: 0,
            total: 0,
            refunded: 0,
            parcels: vec![parcel],
            disputes: Vec::new(),
            note: None,
            page: None,
            test: false,
        }
    }

    #[test]
    fn a_parcel_that_is_late_or_will_be_stands_still_or_failed_is_a_persons_matter() {
        use ParcelState::*;
        for (state, heard, promised, trouble) in [
            (InTransit, 59, Some(62), None),
            (InTransit, 59, Some(61), None),
            (InTransit, 57, Some(61), Some(Trouble::WillBeLate(day(61)))),
            (OutForDelivery, 57, Some(61), None),
            (PendingDelivery, 59, Some(61), Some(Trouble::WillBeLate(day(61)))),
            (PendingDelivery, 59, Some(60), Some(Trouble::WillBeLate(day(60)))),
            (PendingDelivery, 59, Some(62), None),
            (InTransit, 59, Some(59), Some(Trouble::Late(day(59)))),
            (InTransit, 59, Some(30), Some(Trouble::Late(day(30)))),
            (InTransit, 59, Some(29), None),
            (Delivered, 59, Some(58), None),
            (InTransit, 54, None, Some(Trouble::Stuck(day(54)))),
            (InTransit, 55, None, None),
            (InTransit, 30, None, Some(Trouble::Stuck(day(30)))),
            (InTransit, 29, None, None),
            (InTransit, 54, Some(59), Some(Trouble::Late(day(59)))),
            // it waits for the customer
            (ReadyForPickup, 52, None, None),
            (PendingDelivery, 52, None, None),
            (Failed, 60, Some(70), Some(Trouble::Failed)),
        ] {
            assert_eq!(of(&order(state, heard, promised), day(60)), trouble, "{state} {heard} {promised:?}");
        }
        let cancelled = Facts { cancelled_at: Some(day(53)), ..order(Failed, 52, Some(53)) };
        assert_eq!(of(&cancelled, day(60)), None);
    }

    #[test]
    fn between_two_looks_nothing_else_goes_wrong() {
        use ParcelState::*;
        for (state, promised) in [(InTransit, Some(12)), (PendingDelivery, Some(12)), (OutForDelivery, None), (Delivered, Some(12))] {
            let facts = order(state, 10, promised);
            let (mut looked, mut seen) = (day(10), vec![of(&facts, day(10)).map(Trouble::kind)]);
            while let Some(next) = next_look(&facts, looked) {
                let between = (1..).map(|n| looked + n * hours(1)).take_while(|moment| *moment < next);
                let now = of(&facts, looked).map(Trouble::kind);
                between.for_each(|moment| assert_eq!(of(&facts, moment).map(Trouble::kind), now, "{state} {promised:?} {moment:?}"));
                looked = next;
                seen.push(of(&facts, looked).map(Trouble::kind));
            }
            assert_eq!(of(&facts, day(1_000)), None);
            seen.dedup();
            let (will, late, stuck) = (Some(TroubleKind::WillBeLate), Some(TroubleKind::Late), Some(TroubleKind::Stuck));
            let expected = match (state, promised) {
                (InTransit, _) => vec![None, late, None],
                (PendingDelivery, _) => vec![None, will, late, None],
                (OutForDelivery, _) => vec![None, stuck, None],
                _ => vec![None],
            };
            assert_eq!(seen, expected, "{state} {promised:?}");
        }
    }
}
