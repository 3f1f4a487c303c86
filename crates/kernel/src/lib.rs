//! The words every room shares: ids, time, errors, paging, languages and what is said in them. Pure: no input, no output, no clock of its own.

mod error;
mod id;
mod language;
mod money;
mod page;
mod sentence;
mod time;
mod words;

pub use error::{Error, FieldError, Result, conflict, invalid};
pub use id::*;
pub use language::{Language, Texts};
pub use money::{Currency, Money, NotACurrency};
pub use page::{Cursor, Page};
pub use sentence::Sentence;
pub use time::{Timestamp, days, hours, minutes, seconds};
pub use words::{Value, Values, Words};
