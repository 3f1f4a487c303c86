//! A screen: whoever looks on, over a connection that may be cut anywhere, and comes back to any node.

use std::collections::VecDeque;

use crate::{
    event::Missed,
    live::{Frame, Listening},
    rng::Rng,
};

#[derive(Default)]
pub struct Screen {
    /// What it was told, in that order; it drops what is not above the last number, as `docs/live.md` asks of clients.
    pub told: Vec<i64>,
    pub socket: Option<Socket>,
}

pub struct Socket {
    pub node: usize,
    listening: Listening,
    /// The number of the last event the server put on the wire.
    said: i64,
    wire: VecDeque<i64>,
}

impl Socket {
    /// As the console's socket greets.
    pub fn greet(node: usize, listening: Listening, missed: Missed) -> Socket {
        let events = missed.events.expect("so much is never missed here");
        let wire = events.iter().filter_map(|event| event.seq).collect();
        Socket { node, listening, said: missed.newest, wire }
    }

    /// As the console's socket passes on; false when the listener was cut off.
    pub fn pass_on(&mut self) {
        while let Some(frame) = self.listening.try_next() {
            let Frame::Happened { seq, .. } = *frame else { continue };
            if seq > self.said {
                self.said = seq;
                self.wire.push_back(seq);
            }
        }
    }
}

impl Screen {
    pub fn seen(&self) -> i64 {
        self.told.last().copied().unwrap_or(0)
    }

    /// Some of what is on the wire arrives, now and then twice.
    pub fn receive(&mut self, most: u64, dice: &Rng) {
        let Some(socket) = &mut self.socket else { return };
        for _ in 0..most {
            let Some(seq) = socket.wire.pop_front() else { return };
            for _ in 0..=u64::from(dice.below(8) == 0) {
                if self.told.last().is_none_or(|last| seq > *last) {
                    self.told.push(seq);
                }
            }
        }
    }
}
