//! The one error type. `platform::http` turns it into a problem document, `platform::jobs` decides on retry.

/// A result of Ombud's own code.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Everything that can go wrong, as far as a caller can act on it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The thing does not exist, or not for this caller.
    #[error("{0} was not found.")]
    NotFound(&'static str),
    /// The input is wrong; each field says why and what would be right.
    #[error("{}", .0.first().map_or("The input is not valid.", |f| f.message.as_str()))]
    Invalid(Vec<FieldError>),
    /// The input is right but the state of things forbids it. `kind` tells clients apart what they must tell apart.
    #[error("{detail}")]
    Conflict { kind: &'static str, detail: String },
    /// Signed in, but without this right.
    #[error("{0}")]
    Forbidden(String),
    /// Not signed in, or the sign-in has ended.
    #[error("{0}")]
    SignInNeeded(&'static str),
    /// Too much, too fast; try again after so many seconds.
    #[error("Too many requests. Try again in {retry_after} seconds.")]
    TooMany { retry_after: u64 },
    /// The body or file is larger than allowed.
    #[error("{0}")]
    TooLarge(String),
    /// The body is of another kind than the operation takes.
    #[error("{0}")]
    WrongKind(&'static str),
    /// A system outside Ombud failed. `temporary` decides on retry.
    #[error("{service} failed: {detail}")]
    Outside { service: &'static str, temporary: bool, detail: String },
    /// Ombud is at fault, or the machine under it.
    #[error("{0}")]
    Broken(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// What is wrong with one field, in a sentence that says what to do.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct FieldError {
    pub field: String,
    pub message: String,
}

/// An `Invalid` about a single field.
pub fn invalid(field: impl Into<String>, message: impl Into<String>) -> Error {
    Error::Invalid(vec![FieldError { field: field.into(), message: message.into() }])
}

/// A `Conflict` of the general kind.
pub fn conflict(detail: impl Into<String>) -> Error {
    Error::Conflict { kind: "conflict", detail: detail.into() }
}

impl Error {
    /// Wraps a failure nobody outside can do anything about.
    pub fn broken(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Error::Broken(source.into())
    }

    /// Whether trying again later may help.
    pub fn is_temporary(&self) -> bool {
        match self {
            Error::Outside { temporary, .. } => *temporary,
            Error::TooMany { .. } | Error::Broken(_) => true,
            _ => false,
        }
    }
}
