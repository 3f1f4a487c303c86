//! An errand: a caller's work on its way to a thread of SQLite's, with the place its answer goes to.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    task::{Context, Poll, Waker},
};

use kernel::{Error, Result};
use rusqlite::Connection;
use tokio::sync::oneshot;

use super::{
    Tx, committed,
    failure::{self, Trouble},
    tx::Conn,
};
use crate::{event::Aftermath, scope::Scope};

/// A caller's work with the place its answer goes to.
pub(super) trait Work: Send {
    /// Runs it; once more, when what it wrote has been taken back. Errors: whether it failed because of the machine.
    fn run(&mut self, conn: &mut Connection, scope: &Scope) -> Result<(), Option<Trouble>>;
    /// Answers the caller, `lost` being why nothing of this batch reached the disk.
    fn answer(self: Box<Self>, lost: Option<&Lost>, scope: &Scope);
}

/// Why nothing of a batch was stored.
pub(super) struct Lost {
    pub reason: String,
    pub trouble: Option<Trouble>,
}

impl From<rusqlite::Error> for Lost {
    fn from(error: rusqlite::Error) -> Lost {
        Lost { reason: error.to_string(), trouble: failure::trouble(&error) }
    }
}

impl Lost {
    fn error(&self) -> Error {
        failure::as_error(self.trouble, format!("nothing of this batch was stored: {}", self.reason))
    }
}

pub(super) struct Errand<T, F> {
    work: F,
    result: Option<Result<T>>,
    aftermath: Aftermath,
    answer: oneshot::Sender<Result<T>>,
}

impl<T, F> Errand<T, F> {
    pub fn new(work: F, answer: oneshot::Sender<Result<T>>) -> Self {
        Errand { work, result: None, aftermath: Aftermath::default(), answer }
    }
}

impl<T, F> Work for Errand<T, F>
where
    T: Send,
    F: AsyncFn(&mut Tx<'_>) -> Result<T> + Send,
{
    fn run(&mut self, conn: &mut Connection, scope: &Scope) -> Result<(), Option<Trouble>> {
        let mut tx = Tx::new(Conn::Sqlite(conn), scope);
        let result = poll_once(&self.work, &mut tx);
        self.aftermath = tx.aftermath;
        let ran = result.as_ref().map(drop).map_err(failure::trouble_of);
        self.result = Some(result);
        ran
    }

    fn answer(self: Box<Self>, lost: Option<&Lost>, scope: &Scope) {
        let result = match (self.result, lost) {
            (Some(Err(error)), _) => Err(error),
            (_, Some(lost)) => Err(lost.error()),
            (Some(Ok(value)), None) => {
                committed(scope, self.aftermath);
                Ok(value)
            }
            (None, None) => Err(Error::broken("the work was never run")),
        };
        // a caller that has gone away does not need the answer
        let _ = self.answer.send(result);
    }
}

/// Every statement has its answer at once, so there is nothing to wait for.
pub(crate) fn poll_once<T>(work: &impl AsyncFn(&mut Tx<'_>) -> Result<T>, tx: &mut Tx<'_>) -> Result<T> {
    match catch_unwind(AssertUnwindSafe(|| pin!(work(tx)).poll(&mut Context::from_waker(Waker::noop())))) {
        Ok(Poll::Ready(result)) => result,
        Ok(Poll::Pending) => Err(Error::broken("a transaction awaited something that is not its database")),
        Err(_) => Err(Error::broken("a transaction panicked")),
    }
}
