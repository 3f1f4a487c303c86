//! What is kept sealed at rest: tokens of partners, mailbox passwords, signing keys of shops.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    path::Path,
};

use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use data_encoding::BASE64URL_NOPAD;
use kernel::{Error, Result};
use secrecy::zeroize::Zeroizing;
pub use secrecy::{ExposeSecret, SecretString};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

use crate::{
    rng::Rng,
    token::{Signer, hmac_sha256},
};

/// Seals and opens with XChaCha20-Poly1305 under the keys of one file.
///
/// A sealed text is bound to a place (shop, table, row, column): moved elsewhere it does not open.
pub struct SecretBox {
    /// The first one seals; all of them open.
    keys: Vec<Key>,
}

struct Key {
    id: [u8; 4],
    bytes: Zeroizing<[u8; 32]>,
    cipher: XChaCha20Poly1305,
}

const VERSION: u8 = 1;
const HEAD: usize = 1 + 4;
const NONCE: usize = 24;

impl Key {
    fn new(bytes: [u8; 32]) -> Key {
        let [a, b, c, d, ..] = <[u8; 32]>::from(Sha256::digest(bytes));
        Key { id: [a, b, c, d], cipher: XChaCha20Poly1305::new(&bytes.into()), bytes: Zeroizing::new(bytes) }
    }
}

impl SecretBox {
    /// Seals with `current`; opens what `older` keys sealed as well.
    pub fn new(current: [u8; 32], older: impl IntoIterator<Item = [u8; 32]>) -> SecretBox {
        SecretBox { keys: std::iter::once(current).chain(older).map(Key::new).collect() }
    }

    /// Reads the key file; on the very first start makes one that only its owner can read, flushed to disk.
    ///
    /// The file holds 32 bytes for each key, the current one first.
    pub fn open_or_create(path: &Path, rng: &Rng) -> Result<SecretBox> {
        match fs::metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => write_keys(path, &[rng.bytes()])?,
            Err(error) => return Err(unusable(path, error)),
            Ok(_) => {}
        }
        let keys = read_keys(path)?;
        let (current, older) = keys.split_first().ok_or_else(|| unusable(path, "it is empty"))?;
        Ok(SecretBox::new(*current, older.iter().copied()))
    }

    /// Puts a new key before those of the file. What the older ones sealed still opens;
    /// [`SecretBox::wants_resealing`] says what to seal again before an older key may be taken out.
    pub fn rotate(path: &Path, rng: &Rng) -> Result<SecretBox> {
        let mut keys = read_keys(path)?;
        keys.insert(0, rng.bytes());
        write_keys(path, &keys)?;
        SecretBox::open_or_create(path, rng)
    }

    /// Seals `plain` for `place`, such as `shp_…/channels/password/chn_…`.
    pub fn seal(&self, place: &str, plain: &[u8], rng: &Rng) -> Result<Vec<u8>> {
        let key = self.keys.first().ok_or_else(|| Error::broken("there is no key to seal with"))?;
        let nonce: [u8; NONCE] = rng.bytes();
        let payload = Payload { msg: plain, aad: place.as_bytes() };
        let sealed = key.cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| Error::broken("the text is too long to seal"))?;
        Ok([&[VERSION], key.id.as_slice(), &nonce, &sealed].concat())
    }

    /// Opens what was sealed for `place`.
    pub fn open(&self, place: &str, sealed: &[u8]) -> Result<SecretString> {
        let wrong = |why: &str| Error::broken(format!("The secret of {place} does not open: {why}."));
        let (head, rest) = sealed.split_first_chunk::<HEAD>().ok_or_else(|| wrong("it is cut short"))?;
        let (nonce, sealed) = rest.split_first_chunk::<NONCE>().ok_or_else(|| wrong("it is cut short"))?;
        let [VERSION, id @ ..] = head else { return Err(wrong("it was sealed by a newer Ombud")) };
        let key = self.keys.iter().find(|key| key.id == *id).ok_or_else(|| wrong("its key is not in the key file"))?;
        let plain = key
            .cipher
            .decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: place.as_bytes() })
            .map_err(|_| wrong("it was altered or belongs elsewhere"))?;
        String::from_utf8(plain).map(SecretString::from).map_err(|_| wrong("it is not a text"))
    }

    /// Seals a value for `place`, as a text for a column or a browser.
    pub fn seal_value(&self, place: &str, value: &impl Serialize, rng: &Rng) -> Result<String> {
        let plain = serde_json::to_vec(value).map_err(Error::broken)?;
        Ok(BASE64URL_NOPAD.encode(&self.seal(place, &plain, rng)?))
    }

    /// The value that was sealed for `place`.
    pub fn open_value<T: DeserializeOwned>(&self, place: &str, sealed: &str) -> Result<T> {
        let sealed = BASE64URL_NOPAD.decode(sealed.as_bytes()).map_err(Error::broken)?;
        let plain = self.open(place, &sealed)?;
        // what is wrong with it would show it
        serde_json::from_str(plain.expose_secret()).map_err(|_| Error::broken(format!("The secret of {place} cannot be read.")))
    }

    /// Whether `sealed` was sealed with an older key.
    pub fn wants_resealing(&self, sealed: &[u8]) -> bool {
        self.keys.first().is_some_and(|key| sealed.get(1..HEAD) != Some(&key.id))
    }

    /// A [`Signer`] whose keys are made from these and are good for nothing else.
    pub fn signer(&self) -> Signer {
        let mut keys = self.keys.iter().map(|key| hmac_sha256(key.bytes.as_slice(), &[b"ombud signer 1"]));
        // `new` takes the first key apart from the others, so there always is one
        let current = keys.next().unwrap_or_else(|| unreachable!("a box has at least one key"));
        Signer::new(current, keys)
    }
}

impl std::fmt::Debug for SecretBox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SecretBox of {} keys", self.keys.len())
    }
}

fn unusable(path: &Path, why: impl std::fmt::Display) -> Error {
    Error::broken(format!("The key file {} cannot be used: {why}.", path.display()))
}

fn read_keys(path: &Path) -> Result<Vec<[u8; 32]>> {
    let mut file = File::open(path).map_err(|error| unusable(path, error))?;
    refuse_what_everyone_reads(path, &file)?;
    let mut bytes = Zeroizing::new(Vec::new());
    file.read_to_end(&mut bytes).map_err(|error| unusable(path, error))?;
    let (keys, rest) = bytes.as_chunks::<32>();
    if keys.is_empty() || !rest.is_empty() {
        return Err(unusable(path, format!("it has {} bytes, not 32 for each key. Restore it from the backup", bytes.len())));
    }
    Ok(keys.to_vec())
}

#[cfg(unix)]
fn refuse_what_everyone_reads(path: &Path, file: &File) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = file.metadata().map_err(|error| unusable(path, error))?.permissions().mode();
    match mode & 0o007 {
        0 => Ok(()),
        _ => Err(unusable(path, "everyone on this machine may read it. Allow its owner only (chmod 600)")),
    }
}
#[cfg(not(unix))]
fn refuse_what_everyone_reads(_: &Path, _: &File) -> Result<()> {
    Ok(())
}

/// Writes beside the file and renames, so that a power cut leaves the old keys or the new ones.
fn write_keys(path: &Path, keys: &[[u8; 32]]) -> Result<()> {
    let write = || -> io::Result<()> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let beside = path.with_extension("new");
        // a half-written one of a start that was cut short
        fs::remove_file(&beside).or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&beside)?;
        file.write_all(keys.as_flattened())?;
        file.sync_all()?;
        fs::rename(&beside, path)?;
        // a folder can be flushed on Unix only
        if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
    };
    write().map_err(|error| unusable(path, error))
}

#[cfg(test)]
mod tests {
    use kernel::{Timestamp, minutes};

    use super::*;

    const PLACE: &str = "shp_1/channels/password/chn_1";

    #[test]
    fn a_secret_opens_in_its_own_place_only() {
        let (keys, rng) = (SecretBox::new([1; 32], []), Rng::system());
        let sealed = keys.seal(PLACE, "hemmelig ✓".as_bytes(), &rng).unwrap();
        assert_eq!(keys.open(PLACE, &sealed).unwrap().expose_secret(), "hemmelig ✓");
        assert!(keys.open("shp_2/channels/password/chn_1", &sealed).is_err());
        assert!(SecretBox::new([2; 32], []).open(PLACE, &sealed).is_err());
        assert_ne!(sealed, keys.seal(PLACE, "hemmelig ✓".as_bytes(), &rng).unwrap());
        assert!(!sealed.windows(8).any(|w| w == b"hemmelig"));
    }

    #[test]
    fn an_altered_secret_does_not_open() {
        let (keys, rng) = (SecretBox::new([1; 32], []), Rng::system());
        let sealed = keys.seal(PLACE, b"secret", &rng).unwrap();
        for place in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[place] ^= 1;
            assert!(keys.open(PLACE, &altered).is_err(), "{place}");
            assert!(keys.open(PLACE, &sealed[..place]).is_err(), "{place}");
        }
    }

    #[test]
    fn nothing_secret_is_ever_shown() {
        let (keys, rng) = (SecretBox::new([42; 32], []), Rng::system());
        let sealed = keys.seal(PLACE, b"canary", &rng).unwrap();
        let opened = keys.open(PLACE, &sealed).unwrap();
        let error = keys.open("elsewhere", &sealed).unwrap_err();
        let shown = format!("{opened:?} {keys:?} {error:?} {error}");
        assert!(!shown.contains("canary") && !shown.contains("42"), "{shown}");
    }

    #[test]
    fn the_key_file_is_made_once_and_for_its_owner() {
        let folder = tempfile::tempdir().unwrap();
        let (path, rng) = (folder.path().join("deep/keys"), Rng::system());
        let sealed = SecretBox::open_or_create(&path, &rng).unwrap().seal(PLACE, b"x", &rng).unwrap();
        assert_eq!(SecretBox::open_or_create(&path, &rng).unwrap().open(PLACE, &sealed).unwrap().expose_secret(), "x");
        assert_eq!(fs::metadata(&path).unwrap().len(), 32);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
            fs::set_permissions(&path, fs::Permissions::from_mode(0o604)).unwrap();
            assert!(SecretBox::open_or_create(&path, &rng).unwrap_err().to_string().contains("chmod 600"));
        }
    }

    #[test]
    fn a_damaged_key_file_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys");
        for length in [0, 31, 33] {
            write_keys(&path, &[]).unwrap();
            OpenOptions::new().append(true).open(&path).unwrap().write_all(&vec![7; length]).unwrap();
            assert!(SecretBox::open_or_create(&path, &Rng::system()).is_err(), "{length}");
            assert_eq!(fs::metadata(&path).unwrap().len(), length as u64);
        }
    }

    #[test]
    fn rotation_keeps_what_was_sealed_and_says_what_to_seal_again() {
        let folder = tempfile::tempdir().unwrap();
        let (path, rng) = (folder.path().join("keys"), Rng::system());
        let before = SecretBox::open_or_create(&path, &rng).unwrap();
        let sealed = before.seal(PLACE, b"x", &rng).unwrap();
        let end = Timestamp::from_micros(minutes(1));
        let link = before.signer().sign("reset", "per_1", end);

        let after = SecretBox::rotate(&path, &rng).unwrap();
        assert_eq!(after.open(PLACE, &sealed).unwrap().expose_secret(), "x");
        assert!(after.wants_resealing(&sealed) && !before.wants_resealing(&sealed));
        assert!(!after.wants_resealing(&after.seal(PLACE, b"x", &rng).unwrap()));
        assert!(after.signer().verify("reset", &link, Timestamp::default()).is_ok());
        assert!(before.open(PLACE, &after.seal(PLACE, b"x", &rng).unwrap()).is_err());
    }
}
