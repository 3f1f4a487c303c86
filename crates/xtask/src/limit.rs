//! What the machine can do at best, measured in the same run: its clock and its disk.

use std::{
    fs::OpenOptions,
    io::Write,
    path::Path,
    time::{Duration, Instant},
};

use crate::Result;

/// Now, for measuring.
#[expect(clippy::disallowed_methods, reason = "a measurement is of real time")]
pub fn now() -> Instant {
    Instant::now()
}

/// How often a second 4 kB can be appended to a file in `folder` and flushed.
pub fn flushes(folder: &Path, time: Duration) -> Result<f64> {
    let path = folder.join("flushes");
    let mut file = OpenOptions::new().create(true).append(true).open(&path)?;
    let (began, mut count) = (now(), 0u32);
    while began.elapsed() < time {
        file.write_all(&[7; 4096])?;
        file.sync_all()?;
        count += 1;
    }
    let rate = f64::from(count) / began.elapsed().as_secs_f64();
    std::fs::remove_file(path)?;
    Ok(rate)
}
