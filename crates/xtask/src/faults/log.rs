//! What the server says in its log.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
    path::PathBuf,
};

use super::{journal::Wrong, town::Town};
use crate::Result;

pub struct Log {
    path: PathBuf,
    /// How much of it has been read.
    read: u64,
}

impl Log {
    pub fn at(path: PathBuf) -> Log {
        Log { path, read: 0 }
    }

    /// Reports what must never be said, as far as it has been said since the last look.
    pub fn look(&mut self, town: &Town) -> Result<()> {
        let mut log = File::open(&self.path)?;
        log.seek(SeekFrom::Start(self.read))?;
        let mut text = Vec::new();
        self.read += log.read_to_end(&mut text)? as u64;
        for line in String::from_utf8_lossy(&text).lines().filter(|line| line.contains("panicked at")) {
            town.journal.borrow_mut().report(Wrong::Unexpected, line.to_owned());
        }
        Ok(())
    }
}
