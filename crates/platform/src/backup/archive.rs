//! The archive: a tar file under zstd, whose members are exactly those its manifest names, in that order.

use std::{
    fs::File,
    io::{self, BufReader, Read, Write},
    path::Path,
};

use data_encoding::HEXLOWER;
use kernel::{Error, Result};
use sha2::{Digest, Sha256};
use tar::{Archive, Builder, EntryType, Header};

use super::{
    failed,
    manifest::{Manifest, Member, damaged},
};

const MANIFEST: &str = "manifest.json";
/// A manifest of a million files is smaller.
pub(super) const LARGEST_MANIFEST: u64 = 256 * 1024 * 1024;
/// What ends a tar file, beside the block that tells its reader: one more block of nothing.
const AFTER_THE_END: u64 = 512;
/// Little time for a database's much smaller size.
const LEVEL: i32 = 3;

/// Reads, and keeps count and the hash of what was read.
pub(super) struct Hashing<R> {
    inner: R,
    hash: Sha256,
    size: u64,
}

impl<R: Read> Hashing<R> {
    pub fn new(inner: R) -> Self {
        Hashing { inner, hash: Sha256::new(), size: 0 }
    }

    /// What has been read, as the manifest names it.
    pub fn member(self, path: impl Into<String>) -> Member {
        Member { path: path.into(), size: self.size, sha256: HEXLOWER.encode(&self.hash.finalize()) }
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.hash.update(&into[..read]);
        self.size += read as u64;
        Ok(read)
    }
}

/// A file as the manifest names it.
pub(super) fn hashed(path: &str, at: &Path) -> Result<Member> {
    let cannot = || failed(format!("{} cannot be read", at.display()));
    let mut read = Hashing::new(File::open(at).map_err(cannot())?);
    io::copy(&mut read, &mut io::sink()).map_err(cannot())?;
    Ok(read.member(path))
}

/// Writes what the manifest names, each from the source it has.
pub(super) fn write(to: &File, manifest: &Manifest, source: impl Fn(&Member) -> io::Result<File>) -> Result<()> {
    let cannot = || failed("The backup cannot be written");
    let mut packed = zstd::Encoder::new(to, LEVEL).map_err(cannot())?;
    packed.include_checksum(true).map_err(cannot())?;
    let mut archive = Builder::new(packed);
    let text = serde_json::to_vec(manifest).map_err(Error::broken)?;
    if text.len() as u64 > LARGEST_MANIFEST {
        return Err(Error::broken("There are too many files for one backup. Keep them in a bucket; see files_url."));
    }
    let header = &mut header(manifest, text.len() as u64);
    archive.append_data(header, MANIFEST, text.as_slice()).map_err(cannot())?;
    for member in &manifest.members {
        let file = source(member).map_err(failed(format!("{} cannot be read", member.path)))?;
        let mut read = Hashing::new(file.take(member.size));
        archive.append_data(&mut self::header(manifest, member.size), &member.path, &mut read).map_err(cannot())?;
        if read.member(&member.path) != *member {
            return Err(Error::broken(format!("{} is not what was stored. Restore it from an older backup, or remove it.", member.path)));
        }
    }
    archive.into_inner().and_then(zstd::Encoder::finish).map(drop).map_err(cannot())
}

fn header(manifest: &Manifest, size: u64) -> Header {
    let mut header = Header::new_ustar();
    header.set_entry_type(EntryType::Regular);
    header.set_mode(0o600);
    header.set_size(size);
    header.set_mtime(u64::try_from(manifest.created_at.micros() / 1_000_000).unwrap_or_default());
    header
}

/// Reads a whole archive. `begin` hears of the manifest and may refuse; `place` says where each member's bytes go.
///
/// Errors: `Broken` with a sentence, when anything is there that the manifest does not name, missing, or not as it says.
pub(super) fn read<W: Write>(
    from: &Path,
    begin: impl FnOnce(&Manifest) -> Result<()>,
    place: impl Fn(&Member) -> io::Result<W>,
) -> Result<Manifest> {
    let file = File::open(from).map_err(failed(format!("{} cannot be read", from.display())))?;
    let mut archive = Archive::new(zstd::Decoder::new(file).map_err(cut_short)?);
    // raw: what would give the next member another name or size, of any length, is a member of the wrong kind
    let mut entries = archive.entries().map_err(cut_short)?.raw(true);
    let first = entries.next().ok_or_else(|| cut_short("it is empty"))?.map_err(cut_short)?;
    let manifest = read_manifest(first)?;
    begin(&manifest)?;
    for member in &manifest.members {
        let entry = entries.next().ok_or_else(|| cut_short(format!("{} is missing", member.path)))?.map_err(cut_short)?;
        let is_it = entry.header().entry_type() == EntryType::Regular
            && entry.size() == member.size
            && *entry.path_bytes() == *member.path.as_bytes();
        if !is_it {
            return Err(damaged(format!("something else is where {} belongs", member.path)));
        }
        let mut out = place(member).map_err(failed(format!("{} cannot be written", member.path)))?;
        let mut read = Hashing::new(entry);
        copy(&mut read, &mut out, &member.path)?;
        if read.member(&member.path) != *member {
            return Err(damaged(format!("{} has been altered", member.path)));
        }
    }
    if entries.next().is_some() {
        return Err(damaged("there is more in it than its manifest says"));
    }
    // to the end, where the checksum of the whole is, and no further
    let rest = io::copy(&mut archive.into_inner().take(AFTER_THE_END + 1), &mut io::sink()).map_err(cut_short)?;
    if rest > AFTER_THE_END {
        return Err(damaged("it goes on after its end"));
    }
    Ok(manifest)
}

fn read_manifest(entry: tar::Entry<'_, impl Read>) -> Result<Manifest> {
    if entry.size() > LARGEST_MANIFEST || *entry.path_bytes() != *MANIFEST.as_bytes() {
        return Err(Error::broken("This is no backup that Ombud made: it does not begin with a manifest."));
    }
    let mut text = Vec::new();
    BufReader::new(entry).read_to_end(&mut text).map_err(cut_short)?;
    Manifest::read(&text)
}

/// Tells an archive that cannot be read from a disk that cannot be written.
fn copy(from: &mut impl Read, to: &mut impl Write, path: &str) -> Result<()> {
    let mut buffer = vec![0; 128 * 1024];
    loop {
        match from.read(&mut buffer).map_err(cut_short)? {
            0 => return to.flush().map_err(failed(format!("{path} cannot be written"))),
            read => to.write_all(&buffer[..read]).map_err(failed(format!("{path} cannot be written")))?,
        }
    }
}

fn cut_short(why: impl std::fmt::Display) -> Error {
    Error::broken(format!("This backup is cut short, damaged or none at all: {why}. Use another one."))
}
