//! What can be wrong with somebody else's server that is asked again and again, in kinds that people can do something about.

use kernel::{Error, Timestamp, hours, minutes, seconds};
use serde::{Deserialize, Serialize};

use crate::{html, keyed};

keyed! {
    /// What is wrong with a partner.
    pub enum Trouble {
        /// Ombud does not go to this address.
        AddressRefused = "address_refused",
        /// Nobody answers there, or the answer breaks off.
        Unreachable = "unreachable",
        /// It does not take this name and password.
        SignInRefused = "sign_in_refused",
        /// It takes them, and they may not read what is needed.
        NotAllowed = "not_allowed",
        /// It wants to be asked less often.
        TooManyRequests = "too_many_requests",
        /// It fails by itself.
        Failing = "failing",
        /// What answers is not what was expected there.
        NotUnderstood = "not_understood",
        /// It answered well, and Ombud could not keep it.
        NotStored = "not_stored",
    }
}

/// The partner's own words are kept up to so many characters.
const LONGEST_DETAIL: usize = 300;
/// A partner that wants to be left alone is, for so long at most.
const LONGEST_WAIT: i64 = hours(1);
/// The first wait after a trouble; each further one is twice as long.
const FIRST_WAIT: i64 = seconds(30);
const LONGEST_BACK_OFF: i64 = minutes(15);

/// Why asking a partner came to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub trouble: Trouble,
    /// What exactly happened, in English or the partner's own words.
    pub detail: String,
    /// How long it wants to be left alone, in microseconds, where it says so.
    pub wait: Option<i64>,
}

impl Fault {
    pub fn new(trouble: Trouble, detail: impl AsRef<str>) -> Fault {
        let detail = html::clean_line(detail.as_ref()).chars().take(LONGEST_DETAIL).collect();
        Fault { trouble, detail, wait: None }
    }
}

/// What the way out says.
impl From<Error> for Fault {
    fn from(error: Error) -> Fault {
        match error {
            Error::Invalid(_) => Fault::new(Trouble::AddressRefused, error.to_string()),
            Error::Outside { detail, .. } => Fault::new(Trouble::Unreachable, detail),
            Error::TooLarge(sentence) => Fault::new(Trouble::NotUnderstood, sentence.to_string()),
            error => Fault::new(Trouble::NotStored, error.sentence().to_string()),
        }
    }
}

/// A trouble that lasts, as it is kept and as it is seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = TroubleView)]
pub struct Noted {
    pub kind: Trouble,
    /// What exactly happened, in English or in the partner's own words.
    pub detail: String,
    /// When it began.
    pub since: Timestamp,
    /// How often it has been tried since.
    pub tries: i64,
    pub next_try_at: Timestamp,
}

impl Noted {
    /// Notes a fault where troubles are noted; says whether things stand otherwise than before.
    pub fn note(noted: &mut Option<Noted>, fault: Fault, now: Timestamp) -> bool {
        let before = noted.take();
        let kind = before.as_ref().map(|before| before.kind);
        let after = noted.insert(Noted::after(before, fault, now));
        kind != Some(after.kind)
    }

    /// The trouble after one more fault: it waits longer each time, or as long as the partner says.
    fn after(before: Option<Noted>, fault: Fault, now: Timestamp) -> Noted {
        let (since, tries) = before.map_or((now, 1), |before| (before.since, before.tries + 1));
        let wait = match fault.wait {
            Some(wait) => wait.clamp(seconds(1), LONGEST_WAIT),
            None => (FIRST_WAIT << (tries - 1).min(5)).min(LONGEST_BACK_OFF),
        };
        Noted { kind: fault.trouble, detail: fault.detail, since, tries, next_try_at: now + wait }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trouble_that_lasts_is_tried_again_less_and_less_often_but_for_ever() {
        let (mut noted, mut waits) = (None, Vec::new());
        for hour in 0..8 {
            let now = Timestamp::from_micros(hours(hour));
            let next = Noted::after(noted, Fault::new(Trouble::Failing, "It answered 503."), now);
            waits.push((next.next_try_at - now) / seconds(1));
            noted = Some(next);
        }
        assert_eq!(waits, [30, 60, 120, 240, 480, 900, 900, 900]);
        assert_eq!(noted.map(|noted| (noted.since.micros(), noted.tries)), Some((0, 8)));
    }

    #[test]
    fn a_partner_that_says_when_to_come_back_is_believed_within_reason() {
        let now = Timestamp::from_micros(0);
        for (asked, waits) in
            [(0, seconds(1)), (seconds(7), seconds(7)), (hours(1), hours(1)), (hours(1) + 1, hours(1)), (i64::MAX, hours(1))]
        {
            let fault = Fault { wait: Some(asked), ..Fault::new(Trouble::TooManyRequests, "") };
            assert_eq!(Noted::after(None, fault, now).next_try_at - now, waits, "{asked}");
        }
    }

    #[test]
    fn what_a_partner_says_is_kept_up_to_a_length() {
        assert_eq!(Fault::new(Trouble::Failing, "é".repeat(LONGEST_DETAIL)).detail.chars().count(), LONGEST_DETAIL);
        assert_eq!(Fault::new(Trouble::Failing, "é".repeat(LONGEST_DETAIL + 1)).detail.chars().count(), LONGEST_DETAIL);
    }
}
