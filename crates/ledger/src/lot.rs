//! A lot: what one grant gave, with the day it is over. What is spent comes from the lots that are over soonest.

use kernel::{AccountId, EntryId, Error, Result, Timestamp, say};

/// So much of a lot, in the account it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    pub account: AccountId,
    /// The grant that made the lot.
    pub lot: EntryId,
    pub amount: i64,
    /// When the lot is over.
    pub expires_at: Option<Timestamp>,
}

impl Share {
    /// Those that are over sooner come first, those without an end last, and of two the one granted first.
    fn turn(&self) -> (Timestamp, EntryId) {
        (self.expires_at.unwrap_or(Timestamp::from_micros(i64::MAX)), self.lot)
    }

    fn of(self, amount: i64) -> Share {
        Share { amount, ..self }
    }
}

pub(crate) fn not_enough() -> Error {
    Error::Conflict { kind: "not_enough", detail: say!("not-enough-left") }
}

/// What there is in all.
pub fn sum(shares: &[Share]) -> i64 {
    shares.iter().map(|share| share.amount).sum()
}

/// The shares in the order in which they are spent.
pub fn in_turn(mut shares: Vec<Share>) -> Vec<Share> {
    shares.sort_by_key(Share::turn);
    shares
}

/// Cuts `amount` off the front; what it is made of, and what stays.
///
/// Errors: `Conflict` of the kind `not_enough` when there is less.
pub fn cut(shares: Vec<Share>, amount: i64) -> Result<(Vec<Share>, Vec<Share>)> {
    let (mut taken, mut kept, mut missing) = (Vec::new(), Vec::new(), amount);
    for share in shares {
        let part = share.amount.min(missing);
        missing -= part;
        taken.push(share.of(part));
        kept.push(share.of(share.amount - part));
    }
    if missing > 0 {
        return Err(not_enough());
    }
    let something = |shares: Vec<Share>| shares.into_iter().filter(|share| share.amount > 0).collect();
    Ok((something(taken), something(kept)))
}
