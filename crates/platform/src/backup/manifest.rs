//! The manifest: the first thing in a backup, and what everything after it is held against.

use std::collections::{BTreeMap, BTreeSet};

use data_encoding::HEXLOWER;
use kernel::{Error, Result, Timestamp};
use serde::{Deserialize, Serialize};

use super::{DATABASE, FILES, KEY, TABLES};
use crate::{db::Schema, files::FileKey};

/// How backups are written; raised when an older Ombud could not read them.
const FORMAT: u32 = 1;

/// What is in a backup.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    pub(super) format: u32,
    /// The version of Ombud that made it.
    pub ombud: String,
    pub created_at: Timestamp,
    pub schema: Schema,
    pub holds: Holds,
    /// Whether the files are in a bucket, and so not in here.
    pub files_elsewhere: bool,
    /// Files that rows name and that were lost before.
    pub missing: Vec<String>,
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

impl Holds {
    pub(super) const NEWEST_EVENT: &str = "SELECT COALESCE(MAX(seq), 0) FROM platform_events";
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
    pub(super) fn new(created_at: Timestamp, schema: Schema, holds: Holds, members: Vec<Member>) -> Manifest {
        let ombud = env!("CARGO_PKG_VERSION").into();
        Manifest { format: FORMAT, ombud, created_at, schema, holds, files_elsewhere: false, missing: Vec::new(), members }
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
        manifest.check_members()?;
        Ok(manifest)
    }

    fn check_members(&self) -> Result<()> {
        let (embedded, mut seen) = (self.is_embedded(), BTreeSet::new());
        for member in &self.members {
            let of_database = match member.table() {
                Some(table) => self.holds.rows.contains_key(table),
                None => embedded && member.path == DATABASE,
            };
            let is_file = || member.file_key().is_some_and(|key| HEXLOWER.encode(&key.sha256) == member.sha256);
            if !(of_database || member.path == KEY || is_file()) {
                return Err(damaged(format!("{:?} does not belong in a backup", member.path)));
            }
            if !seen.insert(member.path.clone()) {
                return Err(damaged(format!("{} is in it twice", member.path)));
            }
        }
        let tables = self.holds.rows.keys().map(|table| format!("{TABLES}/{table}"));
        let database: Vec<String> = if embedded { vec![DATABASE.into()] } else { tables.collect() };
        match database.into_iter().chain([KEY.into()]).find(|path| !seen.contains(path)) {
            Some(missing) => Err(damaged(format!("{missing} is missing"))),
            None => Ok(()),
        }
    }

    /// Whether its database is the embedded one; else it is of PostgreSQL.
    pub fn is_embedded(&self) -> bool {
        !self.members.iter().any(|member| member.table().is_some())
    }

    /// Errors: `Broken` with a sentence when something else was unpacked.
    pub(super) fn hold_against(&self, schema: &Schema, holds: &Holds) -> Result<()> {
        if *schema == self.schema && *holds == self.holds {
            return Ok(());
        }
        Err(damaged("its database does not hold what its manifest says"))
    }

    /// Errors: `Broken` with a sentence when a newer Ombud made it than one that knows `known`.
    pub fn check_age(&self, known: &Schema) -> Result<()> {
        if self.schema.is_newer_than(known) { Err(newer(&self.ombud)) } else { Ok(()) }
    }
}

impl Member {
    pub(super) fn is_of_the_database(&self) -> bool {
        self.path == DATABASE || self.table().is_some()
    }

    /// The table it is, in a backup of PostgreSQL. Only names that a room would give are any.
    fn table(&self) -> Option<&str> {
        let name = self.path.strip_prefix(TABLES)?.strip_prefix('/')?;
        let ours = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        Some(name).filter(|name| !name.is_empty() && name.bytes().all(ours))
    }

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
