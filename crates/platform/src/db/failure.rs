//! What a failure of the database means for whoever asked: the disk is full, it does not work just now, or Ombud is at fault.

use std::{error::Error as StdError, io};

use kernel::Error;
use rusqlite::ErrorCode;
use tokio_postgres::error::SqlState;

use super::tx::Unanswered;

/// A failure that is the machine's and not the statement's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    NoRoom,
    /// The disk refuses, or the database is not there.
    Unavailable,
}

/// The failure, for whoever waits for the answer.
pub(super) fn failed(error: impl StdError + Send + Sync + 'static) -> Error {
    as_error(trouble(&error), error)
}

pub(super) fn as_error(trouble: Option<Trouble>, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Error {
    match trouble {
        Some(Trouble::NoRoom) => Error::no_room(source),
        Some(Trouble::Unavailable) => Error::unavailable(source),
        None => Error::broken(source),
    }
}

/// What an answer says of the machine.
pub(super) fn trouble_of(error: &Error) -> Option<Trouble> {
    match error {
        Error::NoRoom(_) => Some(Trouble::NoRoom),
        Error::Unavailable(_) => Some(Trouble::Unavailable),
        _ => None,
    }
}

pub(super) fn trouble(error: &(dyn StdError + 'static)) -> Option<Trouble> {
    let mut link = Some(error);
    while let Some(error) = link {
        if let Some(found) = in_sqlite(error).or_else(|| in_postgres(error)).or_else(|| in_pool(error)).or_else(|| in_system(error)) {
            return Some(found);
        }
        link = error.source();
    }
    None
}

fn in_sqlite(error: &(dyn StdError + 'static)) -> Option<Trouble> {
    match error.downcast_ref::<rusqlite::Error>()?.sqlite_error_code()? {
        ErrorCode::DiskFull => Some(Trouble::NoRoom),
        ErrorCode::SystemIoFailure | ErrorCode::CannotOpen | ErrorCode::DatabaseBusy => Some(Trouble::Unavailable),
        _ => None,
    }
}

fn in_postgres(error: &(dyn StdError + 'static)) -> Option<Trouble> {
    if let Some(Unanswered::Silent) = error.downcast_ref() {
        return Some(Trouble::Unavailable);
    }
    let error = error.downcast_ref::<tokio_postgres::Error>()?;
    let Some(code) = error.code() else { return error.is_closed().then_some(Trouble::Unavailable) };
    let passing = [
        SqlState::ADMIN_SHUTDOWN,
        SqlState::CRASH_SHUTDOWN,
        SqlState::CANNOT_CONNECT_NOW,
        SqlState::TOO_MANY_CONNECTIONS,
        SqlState::IO_ERROR,
    ];
    match code {
        &SqlState::DISK_FULL => Some(Trouble::NoRoom),
        // its class: the connection
        code if passing.contains(code) || code.code().starts_with("08") => Some(Trouble::Unavailable),
        _ => None,
    }
}

fn in_pool(error: &(dyn StdError + 'static)) -> Option<Trouble> {
    let error = error.downcast_ref::<deadpool_postgres::PoolError>()?;
    matches!(error, deadpool_postgres::PoolError::Timeout(_)).then_some(Trouble::Unavailable)
}

fn in_system(error: &(dyn StdError + 'static)) -> Option<Trouble> {
    let error = error.downcast_ref::<io::Error>()?;
    let full = matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
    Some(if full { Trouble::NoRoom } else { Trouble::Unavailable })
}

#[cfg(test)]
mod tests {
    use rusqlite::ffi;

    use super::*;

    #[test]
    fn a_full_disk_a_failing_one_and_our_own_mistake_are_told_apart() {
        for (code, expected) in [
            (ffi::SQLITE_FULL, Some(Trouble::NoRoom)),
            (ffi::SQLITE_IOERR_FSYNC, Some(Trouble::Unavailable)),
            (ffi::SQLITE_IOERR_WRITE, Some(Trouble::Unavailable)),
            (ffi::SQLITE_CANTOPEN, Some(Trouble::Unavailable)),
            (ffi::SQLITE_CONSTRAINT_UNIQUE, None),
            (ffi::SQLITE_CORRUPT, None),
        ] {
            let error = rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
            assert_eq!(trouble_of(&failed(error)), expected, "{code}");
        }
        for (kind, expected) in [(io::ErrorKind::StorageFull, Trouble::NoRoom), (io::ErrorKind::ConnectionReset, Trouble::Unavailable)] {
            assert_eq!(trouble_of(&failed(io::Error::from(kind))), Some(expected), "{kind}");
        }
    }
}
