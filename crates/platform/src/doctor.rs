//! The doctor: what an operator would look at, looked at in one go.

mod database;
mod house;
mod nodes;

use kernel::{Timestamp, seconds};
use serde::Serialize;

pub use self::{
    database::{database, schema},
    house::house,
    nodes::{nodes, shared_clock},
};

/// How one thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Ok,
    /// It works, and somebody should look at it.
    Warn,
    Fail,
}

/// What was looked at, how it is, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub about: &'static str,
    pub verdict: Verdict,
    pub found: String,
    /// What to do about it.
    pub advice: Option<String>,
}

impl Finding {
    pub fn ok(about: &'static str, found: impl Into<String>) -> Finding {
        Finding { about, verdict: Verdict::Ok, found: found.into(), advice: None }
    }
    pub fn warn(about: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Finding {
        Finding { about, verdict: Verdict::Warn, found: found.into(), advice: Some(advice.into()) }
    }
    pub fn fail(about: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Finding {
        Finding { about, verdict: Verdict::Fail, found: found.into(), advice: Some(advice.into()) }
    }
}

/// What was written in the future says that the clock has gone back. A minute is no sign of anything.
fn clock(latest: Timestamp, now: Timestamp, what: &str) -> Finding {
    let ahead = latest - now;
    if ahead <= seconds(60) {
        return Finding::ok("clock", format!("It is {now}; {what} is not newer."));
    }
    let found = format!("It is {now}, and {what} is from {latest}.");
    Finding::fail("clock", found, "The clock goes wrong, or went wrong then. Let it be set from the network (timedatectl set-ntp true).")
}

#[cfg(test)]
mod tests {
    use kernel::{hours, minutes};

    use super::*;

    #[test]
    fn what_comes_from_the_future_tells_of_a_clock_that_went_back() {
        let now = Timestamp::from_micros(1_795_428_000_000_000);
        for (latest, verdict) in
            [(now - hours(9), Verdict::Ok), (now, Verdict::Ok), (now + seconds(60), Verdict::Ok), (now + minutes(2), Verdict::Fail)]
        {
            assert_eq!(clock(latest, now, "the newest file").verdict, verdict, "{latest}");
        }
    }
}
