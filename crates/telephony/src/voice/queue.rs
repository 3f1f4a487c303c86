//! Whose turn it is: callers wait in the order in which they called, and of the members who are there the one whose telephone has
//! not rung for the longest is next.

use kernel::{MemberId, Result, minutes};
use platform::Tx;

use super::{Voice, prefixes};
use crate::{
    Call, PhoneLine,
    call::{LONGEST, Phase, Stage},
    store::{calls, phones},
};

/// Nobody waits for longer, before they are offered to be called back.
const WAITS_FOR: i64 = minutes(5);
/// Each telephone rings so often for one caller.
const ROUNDS: usize = 2;
/// No more calls are held at once.
const MOST: i64 = 500;

/// What comes next for somebody who calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// This member's telephone rings.
    Rings(MemberId, String),
    /// Everybody is busy, and so many are in line up to and with them.
    Waits(usize),
    /// Nobody is there, or they have waited for long enough.
    Nobody,
}

/// What comes next for a call for which so many telephones have rung.
pub async fn turn(tx: &mut Tx<'_>, line: &PhoneLine, voice: &Voice, call: &Call, tries: usize) -> Result<Turn> {
    let there = there(tx, line, voice).await?;
    if there.is_empty() || tries >= there.len() * ROUNDS || tx.now() - call.rang_at >= WAITS_FOR {
        return Ok(Turn::Nobody);
    }
    let since = tx.now() - LONGEST;
    let held = calls::now(tx, line.shop, since, MOST).await?;
    Ok(decide(there, &held, call))
}

/// Who can be rung at a line now, in turn.
async fn there(tx: &mut Tx<'_>, line: &PhoneLine, voice: &Voice) -> Result<Vec<(MemberId, String)>> {
    let online = team::member::online(tx, line.shop, line.settings.department).await?;
    let mut phones = phones::all(tx, line.shop).await?;
    // what was allowed when somebody wrote it down may not be any more
    phones.retain(|(member, number)| online.iter().any(|one| one.id == *member) && prefixes::may_ring(number, &voice.prefixes));
    Ok(phones)
}

/// Whoever called before goes before, where nobody rings for them yet.
fn decide(there: Vec<(MemberId, String)>, held: &[Call], call: &Call) -> Turn {
    let busy = |member: MemberId| {
        held.iter().any(|other| match other.phase() {
            Phase::Talking => other.member == Some(member),
            Phase::Ringing => other.id != call.id && other.stage == Some(Stage::Rings) && other.rings == Some(member),
            Phase::Over => false,
        })
    };
    let before = |other: &&Call| (other.rang_at, other.id) < (call.rang_at, call.id);
    let waits = |other: &&Call| other.line == call.line && other.phase() == Phase::Ringing && other.stage == Some(Stage::Waits);
    let ahead = held.iter().filter(waits).filter(before).count();
    let next = there.into_iter().filter(|(member, _)| !busy(*member)).nth(ahead);
    next.map_or(Turn::Waits(ahead + 1), |(member, number)| Turn::Rings(member, number))
}

#[cfg(test)]
mod tests {
    use kernel::Timestamp;

    use super::*;

    fn id<T: From<uuid::Uuid>>(n: u128) -> T {
        uuid::Uuid::from_u128(n).into()
    }

    /// A call that began at this moment, and how it stands.
    fn call(at: i64, stage: Stage, rings: Option<u128>) -> Call {
        let call = Call::new(id(1), id(at as u128), id(1), at.to_string(), Timestamp::from_micros(at));
        Call { stage: Some(stage), rings: rings.map(id), ..call }
    }

    fn talking(at: i64, with: u128) -> Call {
        Call { answered_at: Some(Timestamp::from_micros(at)), member: Some(id(with)), ..call(at, Stage::Rings, Some(with)) }
    }

    #[test]
    fn whoever_waits_the_longest_gets_whoever_is_free() {
        use Stage::*;
        let there = || vec![(id(1), "1".to_owned()), (id(2), "2".to_owned())];
        let rings = |member: u128| Turn::Rings(id(member), member.to_string());
        for (what, held, next) in [
            ("nobody else calls", vec![], rings(1)),
            ("the first one's telephone rings", vec![call(5, Rings, Some(1))], rings(2)),
            ("the first one talks", vec![talking(5, 1)], rings(2)),
            ("somebody waits who came first", vec![call(5, Waits, None)], rings(2)),
            ("two wait who came first", vec![call(5, Waits, None), call(6, Waits, None)], Turn::Waits(3)),
            ("somebody waits who came later", vec![call(11, Waits, None)], rings(1)),
            ("somebody speaks onto the machine", vec![call(5, Left, None)], rings(1)),
            ("both are busy", vec![talking(5, 1), call(6, Rings, Some(2))], Turn::Waits(1)),
            ("both are busy, and somebody waits", vec![talking(5, 1), talking(6, 2), call(7, Waits, None)], Turn::Waits(2)),
        ] {
            assert_eq!(decide(there(), &held, &call(10, Waits, None)), next, "{what}");
        }
    }
}
