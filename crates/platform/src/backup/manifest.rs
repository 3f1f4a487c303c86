//! The manifest: the first thing in a backup, and what everything after it is held against.

use std::collections::{BTreeMap, BTreeSet};

use data_encoding::HEXLOWER;
use kernel::{Error, Result, Timestamp};
use serde::{Deserialize, Serialize};

use super::{DATABASE, FILES, KEY};
use crate::{db::Schema, files::FileKey};

/// How backups are written; raised when an older Ombud could not read them.
const FORMAT: u32 = 1;

/// What is in a backup.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    format: u32,
    /// The version of Ombud that made it.
    pub ombud: String,
    pub created_at: Timestamp,
    pub schema: Schema,
    pub holds: Holds,
    /// Whether the files are in a bucket, and so not in here.
    pub files_elsewhere: bool,
    /// What follows, in this order.
    pub members: Vec<Member>,
}

/// What the database holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Holds {
    /// Rows, by table.
    pub rows: BTreeMap<String, i64>,
    /// The number of the newest event.
    pub newest_event: i64,
}

/// One thing in a backup.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Member {
    pub path: String,
    pub size: u64,
    /// In hexadecimal.
    pub sha256: String,
}

impl Manifest {
    pub fn new(created_at: Timestamp, schema: Schema, holds: Holds, files_elsewhere: bool, members: Vec<Member>) -> Manifest {
        Manifest { format: FORMAT, ombud: env!("CARGO_PKG_VERSION").into(), created_at, schema, holds, files_elsewhere, members }
    }

    /// How many files are in it.
    pub fn files(&self) -> usize {
        self.members.iter().filter(|member| member.file_key().is_some()).count()
    }

    /// How many bytes it takes unpacked.
    pub fn size(&self) -> u64 {
        self.members.iter().fold(0, |sum, member| sum.saturating_add(member.size))
    }

    /// Reads a manifest and believes nothing: it names the database, the key and files, each once, and no other place.
    pub fn read(bytes: &[u8]) -> Result<Manifest> {
        /// All that a manifest of any format says.
        #[derive(Deserialize)]
        struct Any {
            format: u32,
            ombud: String,
        }
        let any: Any =
            serde_json::from_slice(bytes).map_err(|_| Error::broken("This is no backup that Ombud made: its manifest cannot be read."))?;
        if any.format > FORMAT {
            return Err(newer(&any.ombud));
        }
        let manifest: Manifest = serde_json::from_slice(bytes).map_err(|error| damaged(format!("its manifest cannot be read: {error}")))?;
        let mut seen = BTreeSet::new();
        for member in &manifest.members {
            let ours = [DATABASE, KEY].contains(&member.path.as_str())
                || member.file_key().is_some_and(|key| HEXLOWER.encode(&key.sha256) == member.sha256);
            if !ours {
                return Err(damaged(format!("{:?} does not belong in a backup", member.path)));
            }
            if !seen.insert(member.path.as_str()) {
                return Err(damaged(format!("{} is in it twice", member.path)));
            }
        }
        match [DATABASE, KEY].into_iter().find(|path| !seen.contains(path)) {
            Some(missing) => Err(damaged(format!("{missing} is missing"))),
            None => Ok(manifest),
        }
    }

    /// Errors: `Broken` with a sentence when a newer Ombud made it than one that knows `known`.
    pub fn check_age(&self, known: &Schema) -> Result<()> {
        if self.schema.is_newer_than(known) { Err(newer(&self.ombud)) } else { Ok(()) }
    }
}

impl Member {
    /// The file it is, unless it is the database or the key. Only names that Ombud itself would write are any.
    fn file_key(&self) -> Option<FileKey> {
        let name = self.path.strip_prefix(FILES)?.strip_prefix('/')?;
        name.parse().ok().filter(|key: &FileKey| key.to_string() == name)
    }
}

fn newer(theirs: &str) -> Error {
    let ours = env!("CARGO_PKG_VERSION");
    Error::broken(format!("This backup was made by a newer Ombud, {theirs}; this is {ours}. Restore it with that version or a later one."))
}

pub(super) fn damaged(why: impl std::fmt::Display) -> Error {
    Error::broken(format!("This backup is damaged: {why}. Use another one."))
}
