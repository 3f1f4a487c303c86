//! Agents: programs with an API token that answer, note, and put conversations in their place.

use std::time::Duration;

use serde_json::{Value, json};

use super::{
    dice::Dice,
    town::{Answer, Town, pause},
    writer::Writer,
};
use crate::Result;

/// Agents look at so many of the newest conversations.
pub const IN_SIGHT: usize = 12;
/// Nobody sleeps less.
pub const SOONEST: Duration = Duration::from_secs(1);
/// What is held or asleep comes back within so many seconds.
pub const LATER: u64 = 3;

pub struct Agent {
    writer: Writer,
    /// Between two steps at most, in milliseconds.
    breath: u64,
}

impl Agent {
    pub fn new(number: u64) -> Agent {
        Agent { writer: Writer::new(number), breath: 12 }
    }

    /// One who writes no faster than partners take it.
    pub fn unhurried(number: u64) -> Agent {
        Agent { writer: Writer::new(number), breath: 60 }
    }

    /// Works until the cycle is over.
    pub async fn work(&mut self, town: &Town) -> Result<()> {
        let mut dice = self.writer.begin(town);
        while !town.closing.get() {
            self.step(town, &mut dice).await?;
            pause(Duration::from_millis(dice.below(self.breath))).await;
        }
        Ok(())
    }

    /// Says what is left to say.
    pub async fn finish(&mut self, town: &Town) -> Result<()> {
        let mut dice = self.writer.begin(town);
        while self.writer.is_waiting() {
            self.writer.insist(town, &town.bearer(), &mut dice).await?;
            pause(Duration::from_millis(50)).await;
        }
        Ok(())
    }

    async fn step(&mut self, town: &Town, dice: &mut Dice) -> Result<()> {
        if self.writer.is_waiting() {
            return self.writer.insist(town, &town.bearer(), dice).await.map(drop);
        }
        let newest: Vec<String> = town.opened.borrow().iter().rev().take(IN_SIGHT).cloned().collect();
        let Some(conversation) = dice.pick(&newest) else { return Ok(()) };
        match dice.below(12) {
            0..=3 => self.say(town, conversation, "reply", 0),
            4 => self.say(town, conversation, "reply", 1 + dice.below(LATER)),
            5 => self.say(town, conversation, "note", 0),
            6 => self.writer.doubt(),
            act => {
                let (method, part, body) = change(act, town, dice);
                let path = format!("/api/v1/conversations/{conversation}/{part}");
                let body = if body.is_null() { String::new() } else { body.to_string() };
                match self.writer.caller.ask(town, method, &path, &town.bearer(), &body).await? {
                    Answer::Done { body, .. } => town.journal.borrow_mut().changed(conversation, body),
                    Answer::Refused => (),
                    Answer::Lost => town.journal.borrow_mut().in_doubt += 1,
                }
            }
        }
        Ok(())
    }

    fn say(&mut self, town: &Town, conversation: &str, kind: &str, hold: u64) {
        let mut written = self.writer.compose(town, Vec::new());
        written.in_order = hold == 0;
        let html = format!("<p>{}</p>", written.text);
        // both agents are the same member: nobody answers in between
        let body = json!({ "kind": kind, "html": html, "seen_seq": 0, "hold_seconds": hold });
        self.writer.wish(format!("/api/v1/conversations/{conversation}/messages"), Some(conversation.to_owned()), written, body);
    }
}

fn change(act: u64, town: &Town, dice: &mut Dice) -> (&'static str, &'static str, Value) {
    match act {
        7 => ("PUT", "tags", json!({ "tags": dice.pick(&town.tags).into_iter().chain(dice.pick(&town.tags)).collect::<Vec<_>>() })),
        8 => ("PUT", "assignment", json!({ "member": dice.pick(&town.members), "department": null })),
        9 => ("PUT", "snooze", json!({ "until": soon(SOONEST.as_secs() + dice.below(LATER)) })),
        10 => ("PUT", "priority", json!({ "priority": dice.pick(&["low", "normal", "high"]) })),
        _ => ("PUT", "resolution", Value::Null),
    }
}

#[expect(clippy::disallowed_methods, reason = "the server's clock is this machine's")]
fn soon(seconds: u64) -> String {
    (jiff::Timestamp::now() + Duration::from_secs(seconds)).to_string()
}
