//! What Twilio tells at a step, and which call, member and try its address names.

use std::collections::BTreeMap;

use kernel::MemberId;

use crate::{Told, told::CallEvent};

/// A step of a call, as it is asked about or told of.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// What Twilio says.
    form: BTreeMap<String, String>,
    /// What stands in the address.
    about: BTreeMap<String, String>,
}

impl Asked {
    /// From the body and from what stands behind the question mark of the address.
    pub fn read(body: &str, query: &str) -> Asked {
        // no text has a nul, and a database refuses it
        let clean = |(name, value): (_, String)| (name, value.replace('\0', ""));
        let pairs = |text: &str| form_urlencoded::parse(text.as_bytes()).into_owned().map(clean).collect();
        Asked { form: pairs(body), about: pairs(query) }
    }

    /// What Twilio says of a name; nothing where it does not.
    pub fn said(&self, name: &str) -> &str {
        self.form.get(name).map(String::as_str).unwrap_or_default()
    }

    /// Twilio's name of the customer's call: that of the member's own leg is another.
    pub fn call(&self) -> &str {
        self.about.get("call").map_or_else(|| self.said("CallSid"), String::as_str)
    }

    pub fn member(&self) -> Option<MemberId> {
        self.about.get("member").and_then(|member| member.parse().ok())
    }

    /// So many telephones have rung for them.
    pub fn tries(&self) -> usize {
        self.about.get("tries").and_then(|tries| tries.parse().ok()).unwrap_or_default()
    }

    /// As any telephone system tells it.
    pub fn as_told(&self, event: CallEvent) -> Told {
        // on the member's own leg they are the shop's number and the member's
        let of_theirs = !self.about.contains_key("member");
        let number = |name: &str| Some(self.said(name)).filter(|_| of_theirs).and_then(number);
        Told {
            event,
            call_id: self.call().to_owned(),
            caller: number("From"),
            called: number("To"),
            answered_by: None,
            seconds: None,
            recording: None,
        }
    }

    /// What was spoken onto the machine, if anything was: where it lies, and for how long they spoke.
    pub fn recording(&self) -> Option<(String, i64)> {
        let seconds = self.said("RecordingDuration").parse().unwrap_or_default();
        let fine = matches!(self.said("RecordingStatus"), "" | "completed") && seconds > 0 && !self.said("RecordingUrl").is_empty();
        fine.then(|| (self.said("RecordingUrl").to_owned(), seconds))
    }
}

/// Somebody's number. That it is kept back Twilio says in a word, or with the keys of a telephone that spell it: anonymous,
/// unavailable, blocked, restricted, unknown.
fn number(said: &str) -> Option<String> {
    const NOBODY: [&str; 5] = ["+266696687", "+86282452253", "+2562533", "+7378742833", "+8656696"];
    customers::e164(said).filter(|number| !NOBODY.contains(&number.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_keeps_their_number_back_is_nobody() {
        for (from, known) in [("%2B4791234567", Some("+4791234567")), ("anonymous", None), ("%2B266696687", None), ("", None)] {
            let told = Asked::read(&format!("CallSid=CA1&From={from}&To=%2B4722000000"), "").as_told(CallEvent::Ringing);
            assert_eq!((told.caller.as_deref(), told.call_id.as_str()), (known, "CA1"), "{from}");
        }
    }

    #[test]
    fn on_a_members_leg_it_is_still_the_customers_call() {
        let asked = Asked::read("CallSid=CA2&From=%2B4722000000&To=%2B4790000000&Digits=1", "call=CA1&member=x");
        let told = asked.as_told(CallEvent::Answered);
        assert_eq!((told.call_id.as_str(), told.caller, told.called), ("CA1", None, None));
    }

    #[test]
    fn silence_is_no_recording() {
        for (said, found) in [
            ("RecordingUrl=u&RecordingDuration=3&RecordingStatus=completed", Some(("u".to_owned(), 3))),
            ("RecordingUrl=u&RecordingDuration=3", Some(("u".to_owned(), 3))),
            ("RecordingUrl=u&RecordingDuration=0&RecordingStatus=completed", None),
            ("RecordingUrl=u&RecordingDuration=3&RecordingStatus=absent", None),
            ("RecordingDuration=3", None),
        ] {
            assert_eq!(Asked::read(said, "").recording(), found, "{said}");
        }
    }
}
