//! The one error type. `platform::http` turns it into a problem document, `platform::jobs` decides on retry.

use std::fmt;

use crate::{Sentence, say};

/// A result of Ombud's own code.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Everything that can go wrong, as far as a caller can act on it. Shown as it is, it is in English; `sentence` is for people.
#[derive(Debug)]
pub enum Error {
    /// The thing does not exist, or not for this caller.
    NotFound(Sentence),
    /// The input is wrong; each field says why and what would be right.
    Invalid(Vec<FieldError>),
    /// The input is right but the state of things forbids it. `kind` tells clients apart what they must tell apart.
    Conflict { kind: &'static str, detail: Sentence },
    /// Signed in, but without this right.
    Forbidden(Sentence),
    /// Not signed in, or the sign-in has ended.
    SignInNeeded(Sentence),
    /// Too much, too fast; try again after so many seconds.
    TooMany { retry_after: u64 },
    /// All callers together ask for more than can be done; nothing was done.
    Overloaded,
    /// The body or file is larger than allowed.
    TooLarge(Sentence),
    /// The body is of another kind than the operation takes.
    WrongKind(Sentence),
    /// A system outside Ombud failed; `detail` is for the log. `temporary` decides on retry.
    Outside { service: &'static str, temporary: bool, detail: String },
    /// The disk is full: nothing was stored; why is for the log.
    NoRoom(Box<dyn std::error::Error + Send + Sync>),
    /// The database, or the disk under it, does not do its work just now; why is for the log. What was asked for may have been
    /// done all the same: whoever repeats it does so under the same id.
    Unavailable(Box<dyn std::error::Error + Send + Sync>),
    /// Ombud is at fault, or the machine under it; why is for the log.
    Broken(Box<dyn std::error::Error + Send + Sync>),
}

/// What is wrong with one field, in a sentence that says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    pub field: String,
    pub message: Sentence,
}

/// An `Invalid` about a single field.
pub fn invalid(field: impl Into<String>, message: Sentence) -> Error {
    Error::Invalid(vec![FieldError { field: field.into(), message }])
}

/// A `Conflict` of the general kind.
pub fn conflict(detail: Sentence) -> Error {
    Error::Conflict { kind: "conflict", detail }
}

impl Error {
    /// Wraps a failure nobody outside can do anything about.
    pub fn broken(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Error::Broken(source.into())
    }

    /// Wraps what the full disk refused.
    pub fn no_room(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Error::NoRoom(source.into())
    }

    /// Wraps a failure that passes once the database or its disk works again.
    pub fn unavailable(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Error::Unavailable(source.into())
    }

    /// Whether the machine, and nothing that was asked, is the reason: it is full, does not work just now, or has too much to do.
    pub fn is_of_the_machine(&self) -> bool {
        matches!(self, Error::NoRoom(_) | Error::Unavailable(_) | Error::Overloaded)
    }

    /// Whether trying again later may help.
    pub fn is_temporary(&self) -> bool {
        match self {
            Error::Outside { temporary, .. } => *temporary,
            Error::TooMany { .. } | Error::Broken(_) => true,
            error => error.is_of_the_machine(),
        }
    }

    /// What failed, on which thing, and what to do: what the caller is told.
    pub fn sentence(&self) -> Sentence {
        match self {
            Error::NotFound(sentence)
            | Error::Conflict { detail: sentence, .. }
            | Error::Forbidden(sentence)
            | Error::SignInNeeded(sentence)
            | Error::TooLarge(sentence)
            | Error::WrongKind(sentence) => sentence.clone(),
            Error::Invalid(fields) => fields.first().map_or(say!("input-not-valid"), |first| first.message.clone()),
            Error::TooMany { retry_after } => say!("too-many-requests", seconds = *retry_after),
            Error::Overloaded => say!("overloaded"),
            Error::Outside { .. } => say!("service-failed"),
            Error::NoRoom(_) => say!("no-room"),
            Error::Unavailable(_) => say!("unavailable"),
            Error::Broken(_) => say!("broken"),
        }
    }
}

/// In English, and with what only the log may hold.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Outside { service, detail, .. } => write!(f, "{service} failed: {detail}"),
            Error::NoRoom(source) | Error::Unavailable(source) | Error::Broken(source) => source.fmt(f),
            error => error.sentence().fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::NoRoom(source) | Error::Unavailable(source) | Error::Broken(source) => Some(source.as_ref()),
            _ => None,
        }
    }
}
