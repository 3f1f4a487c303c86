//! Kills at named places in the code, where a kill by chance seldom comes: `--at after-commit`. The server stands still there,
//! all of it, and is killed then.

use std::{
    cell::Cell,
    path::{Path, PathBuf},
    time::Duration,
};

use clap::Args;

use super::{dice::Dice, kind::Kind, town::pause};
use crate::{
    Result,
    limit::now,
    server::{self, Server, kill_file},
};

/// Every place, and how things are there. `kill_point::reach` names them in the code.
pub const PLACES: [(&str, &str); 12] = [
    ("before-commit", "all of a transaction is written, and it has not committed"),
    ("after-commit", "a transaction has committed, and nobody knows"),
    ("before-answer", "what was asked for is done, and the answer has not left"),
    ("job-claimed", "a job is leased, and its work has not begun"),
    ("job-before-done", "a job's effect is in its transaction, and the job is not marked done"),
    ("job-failed", "a job has failed, and that is not written down"),
    ("event-numbered", "events have their numbers, and no listener has heard of them"),
    ("file-expected", "a file is written down as expected, and not stored"),
    ("file-stored", "a file is stored, and nothing names it"),
    ("message-leaves", "it is written down that a message leaves, and nothing of it has left"),
    ("piece-taken", "a partner has taken a piece of a message, and what it calls it is not written down"),
    ("message-handed-over", "a channel has taken a message, and that is not written down"),
];
/// The one that stands for all of them, another in each cycle.
const ANY: &str = "any";
/// Places the harness's people do not lead a server to: no job of theirs fails, and they answer only in chats.
const RARE: [&str; 3] = ["job-failed", "message-leaves", "piece-taken"];
/// Those on the way an answer takes to whoever is outside.
const ON_THE_WAY_OUT: [&str; 6] =
    ["after-commit", "job-claimed", "job-before-done", "message-leaves", "piece-taken", "message-handed-over"];
/// A server that has not come by so often by then is killed wherever it stands.
const LONGEST: Duration = Duration::from_secs(3);

#[derive(Args)]
pub struct Places {
    /// Kill it at this place in the code, or at “any”; needs a debug build, or one with the feature kill-points
    #[arg(long, value_name = "NAME", value_parser = known)]
    at: Option<String>,
    #[arg(skip)]
    reached: Cell<u64>,
}

fn known(name: &str) -> std::result::Result<String, String> {
    if name == ANY || PLACES.iter().any(|(place, _)| *place == name) {
        return Ok(name.to_owned());
    }
    let places: String = PLACES.iter().map(|(place, what)| format!("\n  {place}: {what}")).collect();
    Err(format!("the places are {ANY}, and{places}"))
}

impl Places {
    /// The binary that can stand still, if it is to.
    pub fn build(&self) -> Result<PathBuf> {
        match self.at {
            Some(_) => server::build_with(&["--features", "app/kill-points"]),
            None => server::build(),
        }
    }

    /// Waits until the server stands at its place; where none is wanted, for as long as it is to live.
    pub async fn wait(&self, kind: Kind, server: &Server, data: &Path, life: Duration, dice: &mut Dice) -> Result<()> {
        let Some(at) = &self.at else {
            pause(life).await;
            return Ok(());
        };
        let common: Vec<&str> = match kind {
            Kind::Sending => ON_THE_WAY_OUT.to_vec(),
            _ => PLACES.iter().map(|(place, _)| *place).filter(|place| !RARE.contains(place)).collect(),
        };
        let place = if at == ANY { common[dice.below(common.len() as u64) as usize] } else { at.as_str() };
        std::fs::write(kill_file(data), format!("{place} {}", 1 + dice.below(20)))?;
        let began = now();
        while began.elapsed() < LONGEST {
            if server.is_stopped()? {
                self.reached.set(self.reached.get() + 1);
                return Ok(());
            }
            pause(Duration::from_millis(1)).await;
        }
        Ok(())
    }

    /// The next one goes on.
    pub fn leave(&self, data: &Path) -> Result<()> {
        match std::fs::remove_file(kill_file(data)) {
            Err(error) if self.at.is_some() => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// A run in which no server came to its place has tested nothing.
    pub fn were_reached(&self) -> Result<()> {
        match (&self.at, self.reached.get()) {
            (Some(at), 0) => Err(format!("no server came to “{at}”: is the binary built with --features app/kill-points?").into()),
            (Some(at), times) => {
                eprintln!("killed at “{at}”: {times} times");
                Ok(())
            }
            (None, _) => Ok(()),
        }
    }
}
