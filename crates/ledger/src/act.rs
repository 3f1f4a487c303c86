//! What can be done to an account, and what each act moves.

use kernel::{EntryId, Error, Money, Result, Timestamp, conflict, days, invalid, say};
use platform::keyed;
use serde::{Deserialize, Serialize};

use crate::{
    account::Side,
    lot::{Share, cut, in_turn, sum},
};

/// Nothing is set aside for longer.
pub const LONGEST_HOLD: i64 = days(30);
/// What is given back to a lot that has expired meanwhile can be spent for so long.
pub const GRACE: i64 = days(14);

keyed! {
    /// What an act is called once it is done.
    pub enum ActKind {
        Granted = "granted",
        Spent = "spent",
        Held = "held",
        Captured = "captured",
        Released = "released",
        GivenBack = "given_back",
        TakenBack = "taken_back",
        Expired = "expired",
    }
}

/// What is asked of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Act {
    /// The shop gives: a new lot.
    Grant { amount: i64, expires_at: Option<Timestamp> },
    /// The holder pays with it.
    Spend { amount: i64 },
    /// Set aside for a purchase that has begun, until then at most.
    Hold { amount: i64, until: Timestamp },
    /// The purchase is made: so much of what was set aside is spent, the rest can be spent again.
    Capture { hold: EntryId, amount: i64 },
    /// The purchase is not made: what was set aside can be spent again.
    Release { hold: EntryId },
    /// What was paid with it comes back, to the lots it came from.
    GiveBack { spent: EntryId, amount: i64 },
    /// The shop takes back what it gave.
    TakeBack { grant: EntryId, amount: i64 },
    /// The lot's day has come.
    Expire { grant: EntryId },
}

impl Act {
    pub fn kind(self) -> ActKind {
        match self {
            Act::Grant { .. } => ActKind::Granted,
            Act::Spend { .. } => ActKind::Spent,
            Act::Hold { .. } => ActKind::Held,
            Act::Capture { .. } => ActKind::Captured,
            Act::Release { .. } => ActKind::Released,
            Act::GiveBack { .. } => ActKind::GivenBack,
            Act::TakeBack { .. } => ActKind::TakenBack,
            Act::Expire { .. } => ActKind::Expired,
        }
    }

    /// How much it is about, where that is asked for; what is released or expires is all there is.
    pub fn amount(self) -> Option<i64> {
        match self {
            Act::Grant { amount, .. } | Act::Spend { amount } | Act::Hold { amount, .. } => Some(amount),
            Act::Capture { amount, .. } | Act::GiveBack { amount, .. } | Act::TakeBack { amount, .. } => Some(amount),
            Act::Release { .. } | Act::Expire { .. } => None,
        }
    }

    /// The earlier entry it follows from.
    pub fn about(self) -> Option<EntryId> {
        match self {
            Act::Grant { .. } | Act::Spend { .. } | Act::Hold { .. } => None,
            Act::Capture { hold, .. } | Act::Release { hold } => Some(hold),
            Act::GiveBack { spent, .. } => Some(spent),
            Act::TakeBack { grant, .. } | Act::Expire { grant } => Some(grant),
        }
    }

    /// Where what it takes from stands.
    pub(crate) fn takes_from(self) -> Side {
        match self {
            Act::Grant { .. } | Act::Spend { .. } | Act::Hold { .. } | Act::TakeBack { .. } | Act::Expire { .. } => Side::Available,
            Act::Capture { .. } | Act::Release { .. } => Side::Held,
            Act::GiveBack { .. } => Side::Redeemed,
        }
    }

    /// Whether it may follow from an entry of this act.
    pub(crate) fn follows(self, earlier: Act) -> bool {
        match self {
            Act::Grant { .. } | Act::Spend { .. } | Act::Hold { .. } => false,
            Act::Capture { .. } | Act::Release { .. } => matches!(earlier, Act::Hold { .. }),
            Act::GiveBack { .. } => matches!(earlier, Act::Spend { .. } | Act::Capture { .. }),
            Act::TakeBack { .. } | Act::Expire { .. } => matches!(earlier, Act::Grant { .. }),
        }
    }

    /// What it moves. `there` is what stands where it takes from: of the accounts, or of the entry it is about. `fresh` is the
    /// share of a lot with nothing in it, for what is granted.
    ///
    /// Errors: `Invalid` when the amount or the time cannot be, `Conflict` when there is not enough.
    pub(crate) fn transfers(self, there: Vec<Share>, fresh: Share, now: Timestamp) -> Result<Vec<Transfer>> {
        let there = in_turn(there);
        Ok(match self {
            Act::Grant { amount, expires_at } => {
                check_amount(amount)?;
                check_room(sum(&there), amount)?;
                check_future("expires_at", expires_at, now)?;
                all(vec![Share { amount, expires_at, ..fresh }], Side::Issued, Side::Available)
            }
            Act::Spend { amount } => {
                check_amount(amount)?;
                all(cut(there, amount)?.0, Side::Available, Side::Redeemed)
            }
            Act::Hold { amount, until } => {
                check_amount(amount)?;
                check_future("until", Some(until), now)?;
                if until > now + LONGEST_HOLD {
                    return Err(invalid("until", say!("hold-too-long", days = LONGEST_HOLD / days(1))));
                }
                all(cut(there, amount)?.0, Side::Available, Side::Held)
            }
            Act::Capture { amount, .. } => {
                check_amount(amount)?;
                check_held(&there)?;
                let (spent, rest) = cut(there, amount)?;
                let mut transfers = all(spent, Side::Held, Side::Redeemed);
                transfers.extend(all(rest, Side::Held, Side::Available));
                transfers
            }
            Act::Release { .. } => {
                check_held(&there)?;
                all(there, Side::Held, Side::Available)
            }
            Act::GiveBack { amount, .. } => {
                check_amount(amount)?;
                // as if less had been spent: what was taken last comes back first
                let back = cut(there.into_iter().rev().collect(), amount)?.0;
                all(back.into_iter().map(|share| graced(share, now)).collect(), Side::Redeemed, Side::Available)
            }
            Act::TakeBack { amount, .. } => {
                check_amount(amount)?;
                all(cut(there, amount)?.0, Side::Available, Side::Adjusted)
            }
            Act::Expire { .. } => all(there, Side::Available, Side::Expired),
        })
    }
}

/// A share of a lot that goes from one side to another: two postings that sum to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Transfer {
    pub share: Share,
    pub from: Side,
    pub to: Side,
}

fn all(shares: Vec<Share>, from: Side, to: Side) -> Vec<Transfer> {
    shares.into_iter().map(|share| Transfer { share, from, to }).collect()
}

fn graced(share: Share, now: Timestamp) -> Share {
    let expired = share.expires_at.is_some_and(|over| over <= now);
    Share { expires_at: if expired { Some(now + GRACE) } else { share.expires_at }, ..share }
}

fn check_amount(amount: i64) -> Result<()> {
    if (1..=Money::MOST).contains(&amount) { Ok(()) } else { Err(invalid("amount", say!("ledger-amount", most = Money::MOST))) }
}

/// No account holds more than an amount may be.
fn check_room(held: i64, more: i64) -> Result<()> {
    if held <= Money::MOST - more { Ok(()) } else { Err(conflict(say!("account-full", most = Money::MOST))) }
}

fn check_future(field: &'static str, moment: Option<Timestamp>, now: Timestamp) -> Result<()> {
    if moment.is_none_or(|moment| moment > now) { Ok(()) } else { Err(invalid(field, say!("not-in-future"))) }
}

/// A hold ends once, as a whole.
fn check_held(there: &[Share]) -> Result<()> {
    if there.is_empty() { Err(Error::Conflict { kind: "hold_over", detail: say!("hold-over") }) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
