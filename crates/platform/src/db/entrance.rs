//! Where people wait for the database: only so many, and only so long. When more is asked than can be done, those who are let
//! in are answered soon, and the others are told to come again; nobody waits for an answer that helps no more.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use kernel::{Error, Result};
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::{sleep, timeout},
};

use super::Lane;

/// Whoever has not got in by then is sent away.
const PATIENCE: Duration = Duration::from_millis(250);
/// So many may wait. More of them would hardly get in before they are sent away, and a request in hand costs some memory.
const WAITING: usize = 512;
/// Whoever there is no place for is told so after this long, half as much more or less: those who come again at once would
/// else take the time of those who are let in, and most of it would go into sending people away.
const BREATH: Duration = Duration::from_secs(1);
/// So many are kept for a breath; the others are told at once.
const BREATHING: usize = 8_192;

pub(super) struct Entrance {
    places: Semaphore,
    waiting: AtomicUsize,
    breathing: AtomicUsize,
    patience: Duration,
    breath: Duration,
}

/// One of those who are counted, until dropped.
struct Counted<'a>(&'a AtomicUsize);

impl Entrance {
    /// To a database that works on so many requests at once.
    pub fn to(places: usize) -> Entrance {
        Entrance {
            places: Semaphore::new(places),
            waiting: AtomicUsize::new(0),
            breathing: AtomicUsize::new(0),
            patience: PATIENCE,
            breath: BREATH,
        }
    }

    /// A place for people. Bulk work needs none: it is done by few, who wait for one piece of it before the next.
    ///
    /// Errors: `Overloaded`.
    pub async fn enter_in(&self, lane: Lane) -> Result<Option<SemaphorePermit<'_>>> {
        match lane {
            Lane::People => self.enter().await.map(Some),
            Lane::Bulk => Ok(None),
        }
    }

    /// A place, held until it is dropped.
    ///
    /// Errors: `Overloaded`.
    pub async fn enter(&self) -> Result<SemaphorePermit<'_>> {
        if let Ok(place) = self.places.try_acquire() {
            return Ok(place);
        }
        let entered = match Counted::among(&self.waiting, WAITING) {
            Some(_waiting) => timeout(self.patience, self.places.acquire()).await.ok(),
            None => None,
        };
        entered.ok_or_else(sent_away)?.map_err(Error::broken)
    }

    /// Asks whether there is any use in coming: to send somebody away costs least before anything has been done for them.
    ///
    /// Errors: `Overloaded`.
    #[expect(clippy::disallowed_methods, reason = "waits for others to be served, not for a time")]
    pub async fn ask(&self) -> Result<()> {
        if self.waiting.load(Ordering::Relaxed) < WAITING {
            return Ok(());
        }
        let others = self.breathing.load(Ordering::Relaxed) as u32;
        if let Some(_breathing) = Counted::among(&self.breathing, BREATHING) {
            // those who came together do not come again together
            sleep(self.breath * (16 + others % 32) / 32).await;
        }
        Err(sent_away())
    }
}

fn sent_away() -> Error {
    metrics::counter!("ombud_overloaded_total").increment(1);
    Error::Overloaded
}

impl<'a> Counted<'a> {
    /// One more, unless there are as many already.
    fn among(count: &'a AtomicUsize, most: usize) -> Option<Counted<'a>> {
        let counted = Counted(count);
        (count.fetch_add(1, Ordering::Relaxed) < most).then_some(counted)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use futures::{FutureExt, poll};

    use super::*;

    #[tokio::test]
    async fn only_so_many_wait() {
        let entrance = Entrance::to(1);
        let inside = entrance.enter().await.unwrap();
        let mut waiting: Vec<_> = (0..WAITING).map(|_| Box::pin(entrance.enter())).collect();
        for one in &mut waiting {
            assert!(entrance.ask().await.is_ok());
            assert!(poll!(one).is_pending());
        }
        let mut one_more = Box::pin(entrance.ask());
        assert!(poll!(&mut one_more).is_pending(), "nobody needs to come any more, and is not told at once");
        drop(one_more);
        assert_eq!(entrance.breathing.load(Ordering::Relaxed), 0);
        assert!(matches!(entrance.enter().now_or_never(), Some(Err(Error::Overloaded))), "one too many is not kept waiting");
        drop(inside);
        assert!(waiting.remove(0).await.is_ok(), "the first of them is let in");
        drop(waiting);
        assert!(entrance.enter().await.is_ok(), "whoever went away waits no more");
        assert_eq!(entrance.waiting.load(Ordering::Relaxed), 0);
    }

    #[tokio::test]
    async fn nobody_waits_longer_than_it_helps() {
        let entrance = Entrance { patience: Duration::ZERO, breath: Duration::ZERO, ..Entrance::to(1) };
        let inside = entrance.enter().await.unwrap();
        assert!(matches!(entrance.enter().await, Err(Error::Overloaded)));
        entrance.waiting.store(WAITING, Ordering::Relaxed);
        assert!(matches!(entrance.ask().await, Err(Error::Overloaded)));
        drop(inside);
        assert!(entrance.enter().await.is_ok());
    }
}
