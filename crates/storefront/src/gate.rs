//! How much of what browsers tell is taken in at once. A cart that is told of again in a second can be dropped, a message cannot:
//! so what comes beyond this is sent away before it costs anything, and the chat does not notice.

use kernel::{Error, Result};
use tokio::sync::{Semaphore, SemaphorePermit};

/// So many batches may be on their way into the database.
pub const PLACES: usize = 64;

/// Where batches enter.
pub struct Gate(Semaphore);

impl Default for Gate {
    fn default() -> Gate {
        Gate(Semaphore::new(PLACES))
    }
}

impl Gate {
    /// A place, held until it is dropped. Nobody waits for one.
    ///
    /// Errors: `Overloaded` when all are taken.
    pub fn enter(&self) -> Result<SemaphorePermit<'_>> {
        self.0.try_acquire().map_err(|_taken| Error::Overloaded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_batch_too_many_is_sent_away_and_there_is_a_place_again_when_one_has_left() {
        let gate = Gate::default();
        let mut inside: Vec<_> = (0..PLACES).map(|_| gate.enter().unwrap()).collect();
        assert!(matches!(gate.enter(), Err(Error::Overloaded)));
        inside.pop();
        assert!(gate.enter().is_ok());
    }
}
