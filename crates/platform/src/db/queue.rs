//! A bounded queue with two lanes, handed from async callers to a thread.

use std::{
    collections::VecDeque,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
};

use super::Lane;

/// People's work is taken before bulk work; both are bounded by the permits their callers hold.
pub(super) struct Queue<W> {
    state: Mutex<State<W>>,
    filled: Condvar,
}

struct State<W> {
    people: VecDeque<W>,
    bulk: VecDeque<W>,
    /// People taken since the last bulk work.
    in_a_row: usize,
    closed: bool,
}

/// However many people there are, bulk work is taken after so many of them: what follows from their requests is not put off for ever.
const IN_A_ROW: usize = 8;

impl<W> Queue<W> {
    pub fn new() -> Self {
        Queue {
            state: Mutex::new(State { people: VecDeque::new(), bulk: VecDeque::new(), in_a_row: 0, closed: false }),
            filled: Condvar::new(),
        }
    }

    /// Gives the work back when the queue is closed.
    pub fn push(&self, lane: Lane, work: W) -> Result<(), W> {
        let mut state = self.lock();
        if state.closed {
            return Err(work);
        }
        match lane {
            Lane::People => state.people.push_back(work),
            Lane::Bulk => state.bulk.push_back(work),
        }
        drop(state);
        self.filled.notify_one();
        Ok(())
    }

    /// Waits for work; `None` once the queue is closed and empty.
    pub fn wait(&self) -> Option<W> {
        let mut state = self.lock();
        loop {
            if let Some(work) = state.next() {
                return Some(work);
            }
            if state.closed {
                return None;
            }
            state = self.filled.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Work that is there already.
    pub fn try_next(&self) -> Option<W> {
        self.lock().next()
    }

    pub fn close(&self) {
        self.lock().closed = true;
        self.filled.notify_all();
    }

    // a panic while holding the lock leaves the deques whole: every change to them is one call
    fn lock(&self) -> MutexGuard<'_, State<W>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<W> State<W> {
    fn next(&mut self) -> Option<W> {
        let bulk = if self.in_a_row < IN_A_ROW { None } else { self.bulk.pop_front() };
        if bulk.is_some() {
            self.in_a_row = 0;
            return bulk;
        }
        self.in_a_row += 1;
        self.people.pop_front().or_else(|| self.bulk.pop_front())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_go_first_and_bulk_work_goes_on() {
        let queue = Queue::new();
        for n in 0..20 {
            queue.push(Lane::Bulk, format!("bulk {n}")).unwrap();
            queue.push(Lane::People, format!("person {n}")).unwrap();
        }
        let order: Vec<_> = std::iter::from_fn(|| queue.try_next()).collect();
        assert_eq!(
            order[..10],
            ["person 0", "person 1", "person 2", "person 3", "person 4", "person 5", "person 6", "person 7", "bulk 0", "person 8"]
        );
        assert_eq!(order.len(), 40);
    }
}
