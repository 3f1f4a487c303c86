//! What happens in a call, step by step: each is asked about by Twilio, and answered with what comes next.

use inbox::call::CallOutcome;
use kernel::{Error, MemberId, Result, say};
use platform::{Tx, keyed};

use super::{
    Voice,
    queue::{self, Turn},
    spoken::Speaker,
    told::Asked,
    twiml::{
        Twiml,
        Verb::{self, Ask, GoOn, HangUp, Record, Ring, Say},
    },
};
use crate::{
    Call, PhoneLine,
    call::{Phase, Stage},
    store::{calls, phones},
    take_in,
    told::CallEvent,
};

/// A member's own telephone rings for so long, in seconds: shorter than mobile telephones take to give up.
const RINGS_FOR: u32 = 20;
/// Whoever picks up has so many seconds to press a key.
const MEMBER_DECIDES: u32 = 8;
/// In line it is looked so often, in seconds, whether somebody is free.
const LOOKS_EVERY: u32 = 15;
/// Whoever is offered to be called back has so many seconds.
const CALLER_DECIDES: u32 = 5;
/// The key that is pressed to take a call, and to be called back.
const YES: &str = "1";

keyed! {
    /// A step of a call at Twilio.
    pub enum Step {
        /// Somebody calls.
        Arrived = "arrived",
        /// They are to be put through.
        Next = "next",
        /// A member picked up, and hears what it is.
        Whisper = "whisper",
        /// The member pressed a key.
        Taken = "taken",
        /// The member's telephone rings no more, or they have spoken.
        Rung = "rung",
        /// Whoever waits in line pressed a key.
        Waited = "waited",
        /// Whoever nobody can be found for pressed a key.
        Offered = "offered",
        /// They have spoken onto the machine.
        Spoken = "spoken",
        /// What they spoke lies ready.
        Recorded = "recorded",
        /// The call is over.
        Ended = "ended",
        /// Something went wrong with us.
        Sorry = "sorry",
    }
}

impl Step {
    /// Whether somebody listens to what is answered; else Twilio only tells.
    pub fn is_heard(self) -> bool {
        !matches!(self, Step::Recorded | Step::Ended)
    }
}

/// A call at a step.
pub struct At<'a> {
    pub line: &'a PhoneLine,
    pub voice: &'a Voice,
    /// Where the line's steps are asked about.
    pub base: &'a str,
    pub asked: &'a Asked,
    pub speaker: Speaker<'a>,
}

/// What comes after a step.
///
/// Errors: `NotFound` where nothing is known of the call.
pub async fn after(tx: &mut Tx<'_>, at: &At<'_>, step: Step) -> Result<Twiml> {
    let verbs = match step {
        Step::Arrived => at.arrived(tx).await?,
        Step::Next => at.next(tx, at.asked.tries()).await?,
        Step::Whisper => at.whisper(),
        Step::Taken => at.taken(tx).await?,
        Step::Rung => at.rung(tx).await?,
        Step::Waited if at.pressed_yes() => at.calls_back(tx).await?,
        Step::Waited => at.next(tx, at.asked.tries()).await?,
        Step::Offered if at.pressed_yes() => at.calls_back(tx).await?,
        Step::Offered => at.machine(),
        Step::Spoken => {
            at.hears_recording(tx).await?;
            vec![Say(at.speaker.says("thanks")), HangUp]
        }
        Step::Recorded => {
            at.hears_recording(tx).await?;
            Vec::new()
        }
        Step::Ended => {
            at.hear(tx, CallEvent::Ended).await?;
            Vec::new()
        }
        Step::Sorry => {
            at.hear(tx, CallEvent::Ringing).await?;
            at.stands(tx, Stage::Left, None).await?;
            at.sorry()
        }
    };
    Ok(Twiml(verbs))
}

impl At<'_> {
    fn pressed_yes(&self) -> bool {
        self.asked.said("Digits") == YES
    }

    /// Where a step of this call is asked about.
    fn step(&self, step: Step, more: &[(&str, String)]) -> String {
        let mut about = form_urlencoded::Serializer::new(String::new());
        about.append_pair("call", self.asked.call()).extend_pairs(more);
        format!("{}/{step}?{}", self.base, about.finish())
    }

    /// Tells of it as any telephone system does.
    async fn hear(&self, tx: &mut Tx<'_>, event: CallEvent) -> Result<()> {
        let now = tx.now();
        take_in::hear(tx, self.line.shop, self.line.id, &self.asked.as_told(event), now).await
    }

    async fn call(&self, tx: &mut Tx<'_>) -> Result<Call> {
        let found = calls::named(tx, self.line.shop, self.line.id, self.asked.call()).await?;
        found.ok_or(Error::NotFound(say!("call-not-known")))
    }

    async fn stands(&self, tx: &mut Tx<'_>, stage: Stage, rings: Option<MemberId>) -> Result<()> {
        let mut call = self.call(tx).await?;
        (call.stage, call.rings) = (Some(stage), rings);
        calls::put(tx, &mut call).await
    }

    /// Whom the shop has blocked rings nobody, and costs nothing more.
    async fn is_blocked(&self, tx: &mut Tx<'_>) -> Result<bool> {
        let Some(number) = self.asked.as_told(CallEvent::Ringing).caller else { return Ok(false) };
        let caller = customers::calls_from(tx, self.line.shop, &number).await?;
        Ok(caller.is_some_and(|caller| caller.blocked_at.is_some()))
    }

    async fn arrived(&self, tx: &mut Tx<'_>) -> Result<Vec<Verb>> {
        if self.is_blocked(tx).await? {
            return Ok(vec![HangUp]);
        }
        self.hear(tx, CallEvent::Ringing).await?;
        let (department, now) = (self.line.settings.department, tx.now());
        let hours = team::schedule::open_state(tx, self.line.shop, department, now).await?;
        if !hours.open {
            return self.nobody(tx, self.speaker.closed(hours.changes_at)).await;
        }
        self.stands(tx, Stage::Waits, None).await?;
        let greeting = self.voice.greeting.clone().unwrap_or_else(|| self.speaker.says("greeting"));
        Ok(vec![Say(greeting), GoOn(self.step(Step::Next, &[]))])
    }

    async fn next(&self, tx: &mut Tx<'_>, tries: usize) -> Result<Vec<Verb>> {
        let call = self.call(tx).await?;
        if call.phase() == Phase::Over {
            return Ok(vec![HangUp]);
        }
        match queue::turn(tx, self.line, self.voice, &call, tries).await? {
            Turn::Rings(member, number) => {
                self.stands(tx, Stage::Rings, Some(member)).await?;
                phones::rang(tx, self.line.shop, member).await?;
                let about = [("member", member.to_string())];
                let then = self.step(Step::Rung, &[("tries", (tries + 1).to_string())]);
                let from = self.line.settings.number.clone();
                Ok(vec![Ring { number, from, seconds: RINGS_FOR, whisper: self.step(Step::Whisper, &about), then }])
            }
            Turn::Waits(place) => {
                self.stands(tx, Stage::Waits, None).await?;
                let tries = [("tries", tries.to_string())];
                let says = self.speaker.waits(place, call.caller.is_some());
                Ok(vec![Ask { says, seconds: LOOKS_EVERY, then: self.step(Step::Waited, &tries) }, GoOn(self.step(Step::Next, &tries))])
            }
            Turn::Nobody => self.nobody(tx, self.speaker.says("nobody")).await,
        }
    }

    fn whisper(&self) -> Vec<Verb> {
        let about: Vec<_> = self.asked.member().map(|member| ("member", member.to_string())).into_iter().collect();
        let says = self.speaker.whispers(&self.line.settings.name);
        // a machine that picks up presses nothing
        vec![Ask { says, seconds: MEMBER_DECIDES, then: self.step(Step::Taken, &about) }, HangUp]
    }

    /// Where nothing more is said, Twilio puts them through.
    async fn taken(&self, tx: &mut Tx<'_>) -> Result<Vec<Verb>> {
        let call = self.call(tx).await?;
        let Some(member) = self.asked.member().filter(|member| self.pressed_yes() && call.rings == Some(*member)) else {
            return Ok(vec![HangUp]);
        };
        if call.phase() != Phase::Ringing {
            return Ok(vec![Say(self.speaker.says("gone")), HangUp]);
        }
        let told = self.asked.as_told(CallEvent::Answered);
        let email = team::member::get(tx, self.line.shop, member).await?.email;
        let now = tx.now();
        take_in::hear(tx, self.line.shop, self.line.id, &crate::Told { answered_by: Some(email), ..told }, now).await?;
        Ok(Vec::new())
    }

    async fn rung(&self, tx: &mut Tx<'_>) -> Result<Vec<Verb>> {
        if self.call(tx).await?.answered_at.is_some() {
            self.hear(tx, CallEvent::Ended).await?;
            return Ok(vec![HangUp]);
        }
        self.stands(tx, Stage::Waits, None).await?;
        self.next(tx, self.asked.tries()).await
    }

    /// Says why nobody comes, and offers to call back, or to speak onto the machine.
    async fn nobody(&self, tx: &mut Tx<'_>, why: String) -> Result<Vec<Verb>> {
        self.stands(tx, Stage::Left, None).await?;
        let machine = self.machine();
        if self.call(tx).await?.caller.is_none() {
            return Ok([vec![Say(why)], machine].concat());
        }
        let says = format!("{why} {}", self.speaker.says("offer"));
        let asks = Ask { says, seconds: CALLER_DECIDES, then: self.step(Step::Offered, &[]) };
        Ok([vec![asks], machine].concat())
    }

    fn machine(&self) -> Vec<Verb> {
        let record = Record { then: self.step(Step::Spoken, &[]), told: self.step(Step::Recorded, &[]) };
        vec![Say(self.speaker.says("speak")), record, Say(self.speaker.says("thanks"))]
    }

    /// What is said where something went wrong with us.
    pub fn sorry(&self) -> Vec<Verb> {
        [vec![Say(self.speaker.says("sorry"))], self.machine()].concat()
    }

    /// Whoever wants to be called back was missed, with the promise that goes with it.
    async fn calls_back(&self, tx: &mut Tx<'_>) -> Result<Vec<Verb>> {
        self.stands(tx, Stage::Left, None).await?;
        self.hear(tx, CallEvent::Missed).await?;
        let call = self.call(tx).await?;
        let by = call.call_back_by.filter(|_| call.outcome() == Some(CallOutcome::Missed));
        Ok(vec![Say(self.speaker.calls_back(by)), HangUp])
    }

    async fn hears_recording(&self, tx: &mut Tx<'_>) -> Result<()> {
        let Some((address, seconds)) = self.asked.recording() else { return Ok(()) };
        let told = self.asked.as_told(CallEvent::Voicemail);
        let told = crate::Told { recording: Some(address), seconds: Some(seconds), ..told };
        let now = tx.now();
        take_in::hear(tx, self.line.shop, self.line.id, &told, now).await
    }
}
