//! A call: what is known of it follows from what was told, in whatever order that came and however often.

use inbox::call::{CallOutcome, PhoneCall, Recording};
use kernel::{CallId, ConversationId, CustomerId, MemberId, MessageId, PhoneLineId, Result, ShopId, Timestamp, days, hours};
use platform::{Tx, keyed, sweep::Sweep};

use crate::{
    store::calls as store,
    told::{CallEvent, Told},
};

/// A call is known for so long: its entry in the inbox stays.
const KEPT: i64 = days(90);
/// Nobody talks for longer: what has no end by then was not told of it.
pub const LONGEST: i64 = hours(4);

keyed! {
    /// How a caller stands in line, where Ombud keeps the line.
    pub enum Stage {
        /// They wait for somebody to be free.
        Waits = "waits",
        /// Somebody's own telephone rings for them.
        Rings = "rings",
        /// They wait for nobody any more: they are offered to be called back, or speak onto the machine.
        Left = "left",
    }
}

/// A call by telephone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    pub shop: ShopId,
    pub id: CallId,
    pub line: PhoneLineId,
    /// The telephone system's own id of it.
    pub reference: String,
    pub caller: Option<String>,
    pub called: Option<String>,
    /// Whose it is today, and as whose it came; nobody's until it has come out somehow.
    pub customer: Option<(CustomerId, CustomerId)>,
    /// Its entry.
    pub entry: Option<(ConversationId, MessageId)>,
    pub member: Option<MemberId>,
    pub rang_at: Timestamp,
    pub answered_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    pub voicemail_at: Option<Timestamp>,
    /// For how long they spoke, as it was told.
    pub seconds: Option<i64>,
    /// Until when whoever waits was promised a call.
    pub call_back_by: Option<Timestamp>,
    /// Where what was spoken onto the machine lies, until it has been fetched.
    pub recording: Option<String>,
    pub recording_state: Option<Recording>,
    /// How they stand in line, where Ombud keeps it.
    pub stage: Option<Stage>,
    /// Whose own telephone rings for them.
    pub rings: Option<MemberId>,
    pub version: i64,
}

/// Where a call stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    Ringing,
    Talking,
    Over,
}

impl Call {
    /// A call of which nothing is known but that it is there.
    pub fn new(shop: ShopId, id: CallId, line: PhoneLineId, reference: String, at: Timestamp) -> Call {
        Call {
            shop,
            id,
            line,
            reference,
            caller: None,
            called: None,
            customer: None,
            entry: None,
            member: None,
            rang_at: at,
            answered_at: None,
            ended_at: None,
            voicemail_at: None,
            seconds: None,
            call_back_by: None,
            recording: None,
            recording_state: None,
            stage: None,
            rings: None,
            version: 0,
        }
    }

    /// Takes in what was told, and when. Everything is only ever added to: the earliest moment and the longest talk count.
    pub fn hear(&mut self, told: &Told, by: Option<MemberId>, at: Timestamp) {
        self.rang_at = self.rang_at.min(at);
        self.caller = self.caller.take().or_else(|| told.caller.clone());
        self.called = self.called.take().or_else(|| told.called.clone());
        self.seconds = self.seconds.max(told.seconds);
        match told.event {
            CallEvent::Ringing => (),
            CallEvent::Answered => {
                // whoever picked up first, where it is told of several
                if by.is_some() && (self.member.is_none() || self.answered_at.is_some_and(|first| at < first)) {
                    self.member = by;
                }
                self.answered_at = earliest(self.answered_at, at);
            }
            CallEvent::Ended | CallEvent::Missed => self.ended_at = earliest(self.ended_at, at),
            CallEvent::Voicemail => {
                if self.voicemail_at.is_none() {
                    (self.recording, self.recording_state) = (told.recording.clone(), Some(Recording::Coming));
                }
                self.voicemail_at = earliest(self.voicemail_at, at);
                self.ended_at = earliest(self.ended_at, at);
            }
        }
    }

    /// Nothing was told of it for so long that nobody has picked up.
    pub fn rang_out(&mut self, at: Timestamp) {
        self.ended_at = earliest(self.ended_at, at);
    }

    pub fn phase(&self) -> Phase {
        match (self.ended_at, self.answered_at) {
            (Some(_), _) => Phase::Over,
            (None, Some(_)) => Phase::Talking,
            (None, None) => Phase::Ringing,
        }
    }

    /// How it came out; not known while it rings. What was spoken onto the machine has to be heard, whoever else picked up.
    pub fn outcome(&self) -> Option<CallOutcome> {
        match (self.voicemail_at, self.answered_at, self.ended_at) {
            (Some(_), ..) => Some(CallOutcome::Voicemail),
            (None, Some(_), _) => Some(CallOutcome::Answered),
            (None, None, Some(_)) => Some(CallOutcome::Missed),
            (None, None, None) => None,
        }
    }

    /// As its entry tells it.
    pub fn as_told(&self) -> Option<PhoneCall> {
        let outcome = self.outcome()?;
        let talked = self.answered_at.zip(self.ended_at).map(|(from, to)| ((to - from) / kernel::seconds(1)).max(0));
        let seconds = if outcome == CallOutcome::Missed { None } else { self.seconds.or(talked) };
        let call_back_by = self.call_back_by.filter(|_| outcome != CallOutcome::Answered);
        Some(PhoneCall { outcome, member: self.member, seconds, call_back_by, recording: self.recording_state })
    }
}

fn earliest(known: Option<Timestamp>, at: Timestamp) -> Option<Timestamp> {
    Some(known.map_or(at, |known| known.min(at)))
}

pub fn sweep() -> Sweep {
    Sweep::of_rows("calls", |tx| Box::pin(forget_old(tx)))
}

async fn forget_old(tx: &mut Tx<'_>) -> Result<u64> {
    let before = tx.now() - KEPT;
    store::forget_old(tx, before).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id<T: From<uuid::Uuid>>(n: u128) -> T {
        uuid::Uuid::from_u128(n).into()
    }

    fn told(event: CallEvent) -> Told {
        let text = |text: &str| Some(text.to_owned());
        let seconds = (event == CallEvent::Ended).then_some(42);
        let recording = (event == CallEvent::Voicemail).then(|| "https://pbx.example/1.wav".to_owned());
        let (caller, called) = (text("+4722334455"), text("+4722000000"));
        Told { event, call_id: "1".into(), caller, called, answered_by: None, seconds, recording }
    }

    /// All orders of some things.
    fn orders(of: &[CallEvent]) -> Vec<Vec<CallEvent>> {
        if of.is_empty() {
            return vec![Vec::new()];
        }
        let with = |first: CallEvent| {
            let rest: Vec<CallEvent> = of.iter().copied().filter(|one| *one != first).collect();
            orders(&rest).into_iter().map(move |rest| [vec![first], rest].concat()).collect::<Vec<_>>()
        };
        of.iter().copied().flat_map(with).collect()
    }

    #[test]
    fn in_whatever_order_and_however_often_it_is_told_a_call_comes_out_the_same() {
        use CallEvent::*;
        for (events, outcome, phase) in [
            (&[Ringing][..], None, Phase::Ringing),
            (&[Ringing, Answered], Some(CallOutcome::Answered), Phase::Talking),
            (&[Ringing, Answered, Ended], Some(CallOutcome::Answered), Phase::Over),
            (&[Ringing, Ended], Some(CallOutcome::Missed), Phase::Over),
            (&[Ringing, Missed, Ended], Some(CallOutcome::Missed), Phase::Over),
            (&[Ringing, Missed, Voicemail, Ended], Some(CallOutcome::Voicemail), Phase::Over),
            (&[Ringing, Answered, Missed, Voicemail, Ended], Some(CallOutcome::Voicemail), Phase::Over),
        ] {
            let ways: Vec<Call> = orders(events)
                .into_iter()
                .map(|order| {
                    let mut call = Call::new(id(1), id(2), id(3), "1".into(), Timestamp::from_micros(i64::MAX));
                    for event in order.iter().chain(&order) {
                        let by = (*event == Answered).then(|| id(4));
                        call.hear(&told(*event), by, Timestamp::from_micros(1_000 * (*event as i64)));
                    }
                    call
                })
                .collect();
            assert_eq!((ways[0].outcome(), ways[0].phase()), (outcome, phase), "{events:?}");
            assert!(ways.iter().all(|way| *way == ways[0]), "{events:?}");
        }
    }

    #[test]
    fn how_long_they_spoke_is_told_or_counted() {
        let mut call = Call::new(id(1), id(2), id(3), "1".into(), Timestamp::from_micros(0));
        call.hear(&told(CallEvent::Answered), None, Timestamp::from_micros(kernel::seconds(5)));
        assert_eq!(call.as_told().unwrap().seconds, None, "they still speak");
        call.hear(&Told { seconds: None, ..told(CallEvent::Ended) }, None, Timestamp::from_micros(kernel::seconds(65)));
        assert_eq!(call.as_told().unwrap().seconds, Some(60));
        call.hear(&told(CallEvent::Ended), None, Timestamp::from_micros(kernel::seconds(70)));
        assert_eq!(call.as_told().unwrap().seconds, Some(42));
    }
}
