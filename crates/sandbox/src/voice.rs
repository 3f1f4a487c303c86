//! A call at Twilio, as somebody makes it: what is asked of Ombud at each step, with the fields that Twilio's pages of voice webhooks
//! (https://www.twilio.com/docs/voice/twiml#request-parameters), Gather, Dial, Number, Record and recording callbacks show, and what
//! is heard of the answers.

use std::collections::VecDeque;

use crate::{
    Book, Call,
    sms::{ACCOUNT, NUMBER, signed_at},
    twiml::{self, Verb},
};

/// What Ombud is asked or told.
#[derive(Debug, Clone)]
pub struct Ask {
    /// With what stands behind the question mark.
    pub address: String,
    pub call: Call,
}

/// What has to happen for the call to go on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
enum Waits {
    /// An answer.
    #[default]
    Answer,
    Key(String),
    Member {
        url: String,
        action: String,
    },
    Voice {
        action: String,
        callback: String,
    },
}

/// How a call stands for whoever made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    Rings,
    Talks,
    /// A key is waited for.
    Asked,
    /// The machine listens.
    Records,
    Over,
}

/// A call of somebody's.
#[derive(Debug, Clone, Default)]
pub struct VoiceCall {
    sid: String,
    from: String,
    arrived: String,
    ended: String,
    ahead: VecDeque<Verb>,
    waits: Waits,
    /// Where it is asked what a member's key means.
    members_key: Option<String>,
    /// All that the caller was told, and whoever picked up.
    pub heard: Vec<String>,
    pub whispered: Vec<String>,
    /// Whose telephone rings.
    pub rings: Option<String>,
    /// Whether they are put through to each other.
    pub bridged: bool,
    pub over: bool,
}

impl VoiceCall {
    /// Somebody calls the number, as far as it was said where that is asked about.
    pub fn of(book: &Book, sid: &str, from: &str) -> VoiceCall {
        let at = |name: &str| book.voice.get(name).cloned().unwrap_or_default();
        VoiceCall { sid: sid.into(), from: from.into(), arrived: at("VoiceUrl"), ended: at("StatusCallback"), ..VoiceCall::default() }
    }

    /// What is asked at a step of the caller's own leg.
    pub fn asks(&self, address: &str, status: &str, more: &[(&str, &str)]) -> Ask {
        let told =
            [("CallSid", self.sid.as_str()), ("AccountSid", ACCOUNT), ("From", self.from.as_str()), ("To", NUMBER), ("CallStatus", status)];
        let told = told.into_iter().chain([("ApiVersion", "2010-04-01"), ("Direction", "inbound"), ("FromCountry", "NO")]);
        let form: Vec<_> = told.chain(more.iter().copied()).collect();
        Ask { address: address.to_owned(), call: signed_at(address, &form) }
    }

    /// What is asked of a leg to a member.
    fn asks_of_member(&self, address: &str, more: &[(&str, &str)]) -> Ask {
        let (sid, to) = (format!("{}-member", self.sid), self.rings.clone().unwrap_or_default());
        let told = [
            ("CallSid", sid.as_str()),
            ("ParentCallSid", self.sid.as_str()),
            ("AccountSid", ACCOUNT),
            ("From", NUMBER),
            ("To", to.as_str()),
        ];
        let told = told.into_iter().chain([("CallStatus", "in-progress"), ("ApiVersion", "2010-04-01"), ("Direction", "outbound-dial")]);
        let form: Vec<_> = told.chain(more.iter().copied()).collect();
        Ask { address: address.to_owned(), call: signed_at(address, &form) }
    }

    pub fn stands(&self) -> Stands {
        match &self.waits {
            _ if self.over => Stands::Over,
            _ if self.bridged => Stands::Talks,
            Waits::Key(_) => Stands::Asked,
            Waits::Voice { .. } => Stands::Records,
            Waits::Member { .. } | Waits::Answer => Stands::Rings,
        }
    }

    /// It rings at Twilio.
    pub fn arrives(&self) -> Ask {
        self.asks(&self.arrived, "ringing", &[])
    }

    /// The caller hears an answer, as far as nothing has to happen; comes back with what is asked next.
    ///
    /// Errors: what Twilio would refuse of the answer.
    pub fn hears(&mut self, twiml: &str) -> Result<Option<Ask>, String> {
        if self.over {
            return Ok(None);
        }
        self.ahead = twiml::read(twiml)?.into();
        Ok(self.goes_on())
    }

    fn goes_on(&mut self) -> Option<Ask> {
        (self.waits, self.rings, self.bridged) = (Waits::Answer, None, false);
        while let Some(verb) = self.ahead.pop_front() {
            match verb {
                Verb::Say(text) => self.heard.push(text),
                Verb::Gather { says, action } => {
                    self.heard.extend(says);
                    self.waits = Waits::Key(action);
                    return None;
                }
                Verb::Dial { number, url, action, .. } => {
                    self.rings = Some(number);
                    self.waits = Waits::Member { url, action };
                    return None;
                }
                Verb::Record { action, callback } => {
                    self.waits = Waits::Voice { action, callback };
                    return None;
                }
                Verb::Redirect(there) => return Some(self.asks(&there, "in-progress", &[])),
                Verb::Hangup => break,
            }
        }
        Some(self.hangs_up())
    }

    /// The caller presses a key; nothing comes of it where none is waited for.
    pub fn presses(&mut self, key: &str) -> Option<Ask> {
        let Waits::Key(action) = std::mem::take(&mut self.waits) else { return None };
        Some(self.asks(&action, "in-progress", &[("Digits", key), ("FinishedOnKey", "")]))
    }

    /// Nothing is pressed, nobody picks up, nothing is said: what comes then.
    pub fn waits(&mut self) -> Option<Ask> {
        match std::mem::take(&mut self.waits) {
            Waits::Answer => None,
            Waits::Key(_) => self.goes_on(),
            Waits::Member { action, .. } => {
                Some(self.asks(&action, "in-progress", &[("DialCallStatus", "no-answer"), ("DialBridged", "false")]))
            }
            Waits::Voice { .. } => self.goes_on(),
        }
    }

    /// The member picks up, or a machine of theirs.
    pub fn picks_up(&self) -> Option<Ask> {
        let Waits::Member { url, .. } = &self.waits else { return None };
        Some(self.asks_of_member(url, &[]))
    }

    /// Whoever picked up hears an answer: they are put through where it is over without a word.
    ///
    /// Errors: what Twilio would refuse of the answer.
    pub fn member_hears(&mut self, twiml: &str) -> Result<Option<Ask>, String> {
        let verbs = twiml::read_whisper(twiml)?;
        self.members_key = None;
        self.bridged = verbs.is_empty();
        for verb in verbs {
            match verb {
                Verb::Say(text) => self.whispered.push(text),
                Verb::Gather { says, action } => {
                    self.whispered.extend(says);
                    self.members_key = Some(action);
                    return Ok(None);
                }
                _ => return Ok(self.member_is_gone("false")),
            }
        }
        Ok(None)
    }

    /// The member presses a key; a machine presses none, and the call goes on without them.
    pub fn member_presses(&mut self, key: Option<&str>) -> Option<Ask> {
        match (self.members_key.take(), key) {
            (Some(action), Some(key)) => Some(self.asks_of_member(&action, &[("Digits", key), ("FinishedOnKey", "")])),
            (Some(_), None) => self.member_is_gone("false"),
            (None, _) => None,
        }
    }

    /// The member hangs up after they have spoken.
    pub fn member_hangs_up(&mut self) -> Option<Ask> {
        self.member_is_gone("true")
    }

    fn member_is_gone(&mut self, bridged: &str) -> Option<Ask> {
        let Waits::Member { action, .. } = std::mem::take(&mut self.waits) else { return None };
        if self.over {
            return None;
        }
        let sid = format!("{}-member", self.sid);
        let told = [("DialCallSid", sid.as_str()), ("DialCallStatus", "completed"), ("DialCallDuration", "60"), ("DialBridged", bridged)];
        Some(self.asks(&action, "in-progress", &told))
    }

    /// Something is spoken onto the machine, and lies with Twilio from now on: what is asked then, and what is told.
    pub fn speaks(&mut self, book: &mut Book, at: &str, sound: Vec<u8>) -> Option<[Ask; 2]> {
        let Waits::Voice { action, callback } = std::mem::take(&mut self.waits) else { return None };
        let name = format!("RE{}", self.sid);
        let url = format!("{at}/2010-04-01/Accounts/{ACCOUNT}/Recordings/{name}");
        book.recordings.insert(name.clone(), sound);
        let lies = [("RecordingSid", name.as_str()), ("RecordingUrl", url.as_str()), ("RecordingDuration", "7")];
        let spoken = self.asks(&action, "in-progress", &[lies.as_slice(), &[("Digits", "#")]].concat());
        // it names the call and nobody
        let told = [("AccountSid", ACCOUNT), ("CallSid", self.sid.as_str()), ("RecordingStatus", "completed"), ("RecordingChannels", "1")];
        let form = [told.as_slice(), &lies, &[("RecordingSource", "RecordVerb")]].concat();
        Some([spoken, Ask { address: callback.clone(), call: signed_at(&callback, &form) }])
    }

    /// It is over, whoever hung up.
    pub fn hangs_up(&mut self) -> Ask {
        (self.over, self.rings, self.bridged) = (true, None, false);
        let told = [("CallDuration", "65"), ("Duration", "2"), ("Timestamp", "Mon, 23 Nov 2026 10:02:00 +0000"), ("SequenceNumber", "0")];
        self.asks(&self.ended.clone(), "completed", &[told.as_slice(), &[("CallbackSource", "call-progress-events")]].concat())
    }
}
