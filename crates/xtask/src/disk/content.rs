//! A file's content: what programs see, and what of it a power cut leaves.

use crate::faults::Dice;

/// A disk writes so many bytes whole or not at all.
const SECTOR: usize = 512;

#[derive(Debug, Default)]
pub struct Content {
    /// As programs see it.
    now: Vec<u8>,
    /// As it is on the disk.
    flushed: Vec<u8>,
    /// What is still to be flushed, oldest first.
    unflushed: Vec<Change>,
}

#[derive(Debug)]
enum Change {
    /// Whole sectors, as they were after a write: on the disk, the older version of a sector never follows the newer one.
    Written {
        at: usize,
        bytes: Vec<u8>,
    },
    Length(usize),
}

/// How much of what was not flushed reaches the disk all the same.
#[derive(Clone, Copy)]
enum Whim {
    Nothing,
    Everything,
    /// Each write or none of it.
    Writes,
    /// Each sector of each write: torn writes.
    Sectors,
}

impl Content {
    pub fn length(&self) -> usize {
        self.now.len()
    }

    pub fn read(&self, at: usize, length: usize) -> &[u8] {
        let end = self.now.len().min(at.saturating_add(length));
        self.now.get(at..end).unwrap_or_default()
    }

    pub fn write(&mut self, at: usize, bytes: &[u8]) {
        let end = at + bytes.len();
        if self.now.len() < end {
            self.now.resize(end, 0);
        }
        self.now[at..end].copy_from_slice(bytes);
        let (first, last) = (at / SECTOR * SECTOR, end.next_multiple_of(SECTOR).min(self.now.len()));
        self.unflushed.push(Change::Written { at: first, bytes: self.now[first..last].to_vec() });
    }

    pub fn set_length(&mut self, length: usize) {
        self.now.resize(length, 0);
        self.unflushed.push(Change::Length(length));
    }

    /// All of it is on the disk when this returns.
    pub fn flush(&mut self) {
        for change in self.unflushed.drain(..) {
            change.reach(&mut self.flushed);
        }
    }

    /// A flush that fails. What was to be flushed is on the disk, or in part, or is not; and as on Linux the system then
    /// takes it for clean: programs go on seeing it, and the next flush is about what is written from now on.
    pub fn fail_to_flush(&mut self, dice: &mut Dice) {
        let whim = [Whim::Nothing, Whim::Everything, Whim::Writes, Whim::Sectors][dice.below(4) as usize];
        for change in std::mem::take(&mut self.unflushed) {
            match (whim, change) {
                (Whim::Nothing, _) => return,
                (Whim::Everything, change) => change.reach(&mut self.flushed),
                // file systems keep lengths in order: where one is lost, what was written after it is lost too
                (_, Change::Length(_)) if dice.one_in(2) => return,
                (Whim::Sectors, Change::Written { at, bytes }) => {
                    for (sector, bytes) in bytes.chunks(SECTOR).enumerate().filter(|_| dice.one_in(2)) {
                        Change::Written { at: at + sector * SECTOR, bytes: bytes.to_vec() }.reach(&mut self.flushed);
                    }
                }
                (Whim::Writes, Change::Written { .. }) if dice.one_in(2) => (),
                (_, change) => change.reach(&mut self.flushed),
            }
        }
    }

    /// The power is cut: unflushed writes are lost, kept or torn.
    pub fn lose_power(&mut self, dice: &mut Dice) {
        self.fail_to_flush(dice);
        self.now.clone_from(&self.flushed);
    }
}

impl Change {
    fn reach(self, disk: &mut Vec<u8>) {
        match self {
            Change::Length(length) => disk.resize(length, 0),
            Change::Written { at, bytes } => {
                let end = at + bytes.len();
                if disk.len() < end {
                    disk.resize(end, 0);
                }
                disk[at..end].copy_from_slice(&bytes);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dice(seed: u64) -> Dice {
        Dice::of(seed, 0, 0)
    }

    fn flushed(bytes: &[u8]) -> Content {
        let mut content = Content::default();
        content.write(0, bytes);
        content.flush();
        content
    }

    #[test]
    fn what_is_flushed_survives_any_power_cut() {
        for seed in 0..50 {
            let mut content = flushed(b"first");
            content.write(5, b", second");
            content.flush();
            content.lose_power(&mut dice(seed));
            assert_eq!(content.read(0, 99), b"first, second");
        }
    }

    #[test]
    fn what_is_not_flushed_is_lost_kept_or_torn_between_sectors() {
        let (old, new) = (vec![b'o'; 3 * SECTOR], vec![b'n'; 3 * SECTOR]);
        let mut found = std::collections::BTreeSet::new();
        for seed in 0..400 {
            let mut content = flushed(&old);
            content.write(0, &new);
            content.lose_power(&mut dice(seed));
            let sectors = content.read(0, 9 * SECTOR).chunks(SECTOR);
            found.insert(
                sectors
                    .map(|sector| {
                        assert!(sector.iter().all(|byte| *byte == sector[0]), "a sector is written whole or not at all");
                        char::from(sector[0])
                    })
                    .collect::<String>(),
            );
        }
        assert_eq!(found.len(), 8, "each sector is old or new: {found:?}");
    }

    #[test]
    fn of_a_sector_written_twice_the_older_version_never_covers_the_newer_one() {
        let mut found = std::collections::BTreeSet::new();
        for seed in 0..400 {
            let mut content = flushed(b"aa");
            content.write(0, b"b");
            content.write(1, b"c");
            content.lose_power(&mut dice(seed));
            found.insert(String::from_utf8_lossy(content.read(0, 2)).into_owned());
        }
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["aa", "ba", "bc"]);
    }

    #[test]
    fn what_a_failed_flush_has_lost_no_later_flush_brings() {
        let lost = (0..50).any(|seed| {
            let mut content = flushed(b"old");
            content.write(0, b"new");
            content.fail_to_flush(&mut dice(seed));
            assert_eq!(content.read(0, 3), b"new", "programs see it nevertheless");
            content.write(SECTOR, b"later");
            content.flush();
            content.lose_power(&mut dice(seed));
            assert_eq!(content.read(SECTOR, 5), b"later");
            content.read(0, 3) == b"old"
        });
        assert!(lost);
    }
}
