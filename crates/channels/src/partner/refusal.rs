//! How a partner does not take a message, and what follows from it.

use kernel::{Error, Result};
use platform::trouble::{Fault, Trouble};

use super::{SERVICE, Taken};

/// What a partner did not take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub why: Why,
    /// In English or in the partner's own words.
    pub said: String,
    /// How long it wants to be left alone, in microseconds, where it says so.
    pub wait: Option<i64>,
}

/// Why a partner did not take a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Nothing now, whatever it is: it fails, or has had too much.
    Later,
    /// Not now to them, and others may go.
    LaterToThem,
    /// It does not take anything of this line: somebody has to look.
    Line,
    /// Not this, or not for them.
    Never,
}

impl Refusal {
    pub fn new(why: Why, said: impl Into<String>) -> Refusal {
        Refusal { why, said: said.into(), wait: None }
    }

    /// It wants to be left alone for so long.
    pub fn left_alone_for(self, wait: Option<i64>) -> Refusal {
        Refusal { wait, ..self }
    }

    /// What is wrong with the partner, in words that name nobody.
    pub fn fault(&self) -> Fault {
        let trouble = match (self.why, self.wait) {
            (Why::Line, _) => Trouble::NotAllowed,
            (_, Some(_)) => Trouble::TooManyRequests,
            _ => Trouble::Failing,
        };
        Fault { wait: self.wait, ..Fault::new(trouble, nameless(&self.said)) }
    }
}

/// What became of a piece that was answered without a word of the partner's own: somebody else may have answered in its place.
///
/// Errors: where it has surely not been taken.
pub fn answered_silently(status: u16, wait: Option<i64>) -> Result<Taken, Refusal> {
    let said = format!("It answered {status}.");
    match status {
        429 | 503 => Err(Refusal::new(Why::Later, said).left_alone_for(wait)),
        401 | 403 | 404 | 407 => Err(Refusal::new(Why::Line, said)),
        400..=499 => Err(Refusal::new(Why::Never, said)),
        // a gateway that gave up does not know whether the partner did
        _ => Ok(Taken::InDoubt(said)),
    }
}

/// What is logged and kept with a job names nobody: partners repeat the number or address a message was for.
fn nameless(said: &str) -> String {
    let digits = |word: &str| word.bytes().filter(u8::is_ascii_digit).count();
    let hidden = |word: &'_ str| if digits(word) >= 7 { "(number)".to_owned() } else { word.to_owned() };
    platform::mail::nameless(&said.split(' ').map(hidden).collect::<Vec<_>>().join(" "))
}

/// What could not be asked at all is asked again, unless Ombud does not go there.
impl From<Error> for Refusal {
    fn from(error: Error) -> Refusal {
        let why = if error.is_temporary() { Why::Later } else { Why::Line };
        Refusal::new(why, Fault::from(error).detail)
    }
}

/// What a line's trouble is left to wait for is put right by somebody, and then goes on.
impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Error {
        Error::Outside { service: SERVICE, temporary: refusal.why != Why::Never, detail: nameless(&refusal.said) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_surely_was_not_taken_is_sent_again() {
        let why = |status| answered_silently(status, None).err().map(|refusal| refusal.why);
        assert_eq!([429, 503].map(why), [Some(Why::Later); 2]);
        assert_eq!([401, 404].map(why), [Some(Why::Line); 2]);
        assert_eq!([400, 413].map(why), [Some(Why::Never); 2]);
        assert_eq!([200, 302, 500, 502, 504].map(why), [None; 5]);
    }

    #[test]
    fn what_is_kept_of_a_refusal_names_nobody() {
        for (said, kept) in [
            (
                "21211 The 'To' number +15005550001 is not a valid phone number.",
                "21211 The 'To' number (number) is not a valid phone number.",
            ),
            ("131047 Re-engagement message", "131047 Re-engagement message"),
            ("No account ada@example.org", "No account (address)"),
        ] {
            assert_eq!(nameless(said), kept);
        }
    }
}
