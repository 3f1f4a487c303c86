//! What a telephone system tells of a call, in bounds.

use kernel::say;
use platform::{
    http::{Check, Validate},
    keyed,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// No telephone system calls a call anything longer, in characters.
const LONGEST_ID: usize = 200;
/// Numbers have fifteen digits; addresses of the internet's telephones are longer.
const LONGEST_NUMBER: usize = 120;
/// No call takes longer than a week, in seconds.
const LONGEST_CALL: i64 = 7 * 24 * 60 * 60;
/// What telephone systems write in the place of a number that is kept back.
const NOBODY: [&str; 6] = ["anonymous", "unknown", "private", "restricted", "unavailable", "withheld"];

keyed! {
    /// What happened to a call.
    pub enum CallEvent {
        /// It rings.
        Ringing = "ringing",
        /// Somebody picked up.
        Answered = "answered",
        /// It is over; missed, where nobody had picked up.
        Ended = "ended",
        /// Nobody picked up.
        Missed = "missed",
        /// Something was spoken onto the machine.
        Voicemail = "voicemail",
    }
}

/// What a telephone system tells of a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Told {
    pub event: CallEvent,
    /// The telephone system’s own id of the call, the same in all that it tells of it.
    pub call_id: String,
    /// Who calls, as E.164 writes it; nothing where the number is kept back.
    pub caller: Option<String>,
    /// Which number they called.
    pub called: Option<String>,
    /// The e-mail address of the member who picked up.
    pub answered_by: Option<String>,
    /// For how long they spoke; counted from the moments when it is left out.
    pub seconds: Option<i64>,
    /// Where what was spoken onto the machine lies: WAV, MP3 or Ogg, of 10 megabytes at most.
    pub recording: Option<String>,
}

impl Validate for Told {
    fn check(&mut self, check: &mut Check) {
        check.line("call_id", &mut self.call_id, 1, LONGEST_ID);
        check.maybe_line("caller", &mut self.caller, LONGEST_NUMBER);
        check.maybe_line("called", &mut self.called, LONGEST_NUMBER);
        check.maybe_email("answered_by", &mut self.answered_by);
        check.maybe_web_address("recording", &mut self.recording);
        check.that(self.seconds.is_none_or(|s| (0..=LONGEST_CALL).contains(&s)), "seconds", say!("call-seconds-out-of-range"));
        let left = self.event != CallEvent::Voicemail || self.recording.is_some();
        check.that(left, "recording", say!("call-recording-missing"));
        self.caller = self.caller.take().and_then(|caller| number(&caller));
    }
}

/// A number as it is dialled where that is known, else as it was told; none where it was kept back.
fn number(told: &str) -> Option<String> {
    if NOBODY.contains(&told.to_lowercase().as_str()) {
        return None;
    }
    Some(customers::e164(told).unwrap_or_else(|| told.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_is_kept_back_is_none() {
        for (told, known) in [
            ("+47 22 33 44 55", Some("+4722334455")),
            ("0047 22 33 44 55", Some("+4722334455")),
            ("22334455", Some("22334455")),
            ("sip:ada@phones.example", Some("sip:ada@phones.example")),
            ("anonymous", None),
            ("Restricted", None),
        ] {
            assert_eq!(number(told).as_deref(), known, "{told}");
        }
    }
}
