//! The words every room shares: ids, time, errors, paging, languages. Pure: no input, no output, no clock of its own.

mod error;
mod id;
mod language;
mod page;
mod time;

pub use error::{Error, FieldError, Result, conflict, invalid};
pub use id::*;
pub use language::{Language, Texts};
pub use page::{Cursor, Page};
pub use time::{Timestamp, days, hours, minutes, seconds};
