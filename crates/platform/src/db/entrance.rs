//! Where people wait for the database: only so many, and only so long. When more is asked than can be done, those who are let
//! in are answered soon, and the others are told at once to come again; nobody waits for an answer that helps no more.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use kernel::{Error, Result};
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::timeout,
};

use super::Lane;

/// Whoever has not got in by then is sent away.
const PATIENCE: Duration = Duration::from_millis(500);
/// So many may wait: a request in hand costs some memory.
const WAITING: usize = 2_048;

pub(super) struct Entrance {
    places: Semaphore,
    waiting: AtomicUsize,
    patience: Duration,
}

/// One who waits, until dropped.
struct Waiting<'a>(&'a AtomicUsize);

impl Entrance {
    /// To a database that works on so many requests at once.
    pub fn to(places: usize) -> Entrance {
        Entrance { places: Semaphore::new(places), waiting: AtomicUsize::new(0), patience: PATIENCE }
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
        let entered = match self.wait() {
            Some(_waiting) => timeout(self.patience, self.places.acquire()).await.ok(),
            None => None,
        };
        let Some(place) = entered else {
            metrics::counter!("ombud_overloaded_total").increment(1);
            return Err(Error::Overloaded);
        };
        place.map_err(Error::broken)
    }

    fn wait(&self) -> Option<Waiting<'_>> {
        let waiting = Waiting(&self.waiting);
        (self.waiting.fetch_add(1, Ordering::Relaxed) < WAITING).then_some(waiting)
    }
}

impl Drop for Waiting<'_> {
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
            assert!(poll!(one).is_pending());
        }
        assert!(matches!(entrance.enter().now_or_never(), Some(Err(Error::Overloaded))), "one too many is not kept waiting");
        drop(inside);
        assert!(waiting.remove(0).await.is_ok(), "the first of them is let in");
        drop(waiting);
        assert!(entrance.enter().await.is_ok(), "whoever went away waits no more");
        assert_eq!(entrance.waiting.load(Ordering::Relaxed), 0);
    }

    #[tokio::test]
    async fn nobody_waits_longer_than_it_helps() {
        let entrance = Entrance { patience: Duration::ZERO, ..Entrance::to(1) };
        let inside = entrance.enter().await.unwrap();
        assert!(matches!(entrance.enter().await, Err(Error::Overloaded)));
        drop(inside);
        assert!(entrance.enter().await.is_ok());
    }
}
