//! Where there is no FUSE of the kind we use, there is no disk of ours.

use std::path::Path;

use crate::{Result, faults::Dice};

const ONLY_LINUX: &str = "a disk of our own takes Linux and its FUSE";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    Off,
    Failing { flushes: u64, writes: Option<u64> },
    Full { room: u64 },
    FullForGood,
}

/// None of these is ever made.
pub enum Disk {}

pub fn withdraw(_: &str) -> Result<()> {
    Err(ONLY_LINUX.into())
}

impl Disk {
    pub fn mount(_: &Path, _: Dice) -> Result<Disk> {
        Err(ONLY_LINUX.into())
    }

    pub fn trouble(&self, _: Trouble) {}

    pub fn mend(&self) {}

    pub fn power_on(&mut self) -> Result<()> {
        Err(ONLY_LINUX.into())
    }

    pub fn roll(&self, _: Dice) {}
}
