//! When a person has to look at an order: its parcel is late, stands still, or will not arrive.

use commerce::{
    order::{Facts, Parcel},
    status::{OrderStatus, ParcelState},
};
use kernel::{Timestamp, days};

/// A parcel nothing was heard of for so long stands still.
const STUCK_AFTER: i64 = days(5);

/// What is wrong with an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// It will not arrive by itself.
    Failed,
    /// It should have been there at this moment.
    Late(Timestamp),
    /// Nothing was heard of its parcel since.
    Stuck(Timestamp),
}

/// What is wrong with an order now.
pub fn of(facts: &Facts, now: Timestamp) -> Option<Trouble> {
    match facts.status() {
        OrderStatus::Cancelled | OrderStatus::Refunded => return None,
        OrderStatus::FailedDelivery | OrderStatus::FailedFulfilment => return Some(Trouble::Failed),
        _ => (),
    }
    let late = facts.parcels.iter().filter(|parcel| parcel.is_late(now)).filter_map(|parcel| parcel.promised_at).min();
    let stuck = facts.parcels.iter().filter(|parcel| is_stuck(parcel, now)).map(|parcel| parcel.at).min();
    late.map(Trouble::Late).or(stuck.map(Trouble::Stuck))
}

fn is_stuck(parcel: &Parcel, now: Timestamp) -> bool {
    use ParcelState::{AttemptedDelivery, InTransit, OutForDelivery};
    matches!(parcel.state, InTransit | OutForDelivery | AttemptedDelivery) && now - parcel.at > STUCK_AFTER
}

#[cfg(test)]
mod tests {
    use commerce::status::{Fulfilment, Payment};

    use super::*;

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
            note: None,
            page: None,
        }
    }

    #[test]
    fn a_parcel_that_is_late_stands_still_or_failed_is_a_persons_matter() {
        use ParcelState::*;
        for (state, heard, promised, trouble) in [
            (InTransit, 9, Some(11), None),
            (InTransit, 9, Some(9), Some(Trouble::Late(day(9)))),
            (Delivered, 9, Some(8), None),
            (InTransit, 4, None, Some(Trouble::Stuck(day(4)))),
            (InTransit, 5, None, None),
            (InTransit, 4, Some(9), Some(Trouble::Late(day(9)))),
            // it waits for the customer
            (ReadyForPickup, 2, None, None),
            (PendingDelivery, 2, None, None),
            (Failed, 10, Some(20), Some(Trouble::Failed)),
        ] {
            assert_eq!(of(&order(state, heard, promised), day(10)), trouble, "{state} {heard} {promised:?}");
        }
        let cancelled = Facts { cancelled_at: Some(day(3)), ..order(Failed, 2, Some(3)) };
        assert_eq!(of(&cancelled, day(10)), None);
    }
}
