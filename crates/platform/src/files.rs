//! Files: kept under the hash of their content, in a folder or an S3 bucket; known by content, never by name.
//!
//! The store is here; which files it holds, and how many rows name each, is written down in `register.rs`.

mod kind;
mod name;
mod register;
mod serving;
mod still;
mod unfinished;

use std::{
    fmt, io,
    path::{Path, PathBuf},
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use data_encoding::HEXLOWER;
use kernel::{Error, Result, ShopId, invalid, say};
use object_store::{ObjectStore, ObjectStoreExt, RetryConfig, aws::AmazonS3Builder, local::LocalFileSystem, path::Path as ObjectPath};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

pub use self::{
    kind::{MediaType, Sniffed, sniff},
    name::{plain_name, safe_name},
    register::{keep, release},
    serving::{served, serving_headers},
};
pub(crate) use self::{
    register::{NAMED, jobs, named, sweep},
    still::hold_still,
    unfinished::sweep as sweep_unfinished,
};

/// Where a file lies: its shop and the SHA-256 of its content, written `shp_…/<64 hexadecimal digits>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileKey {
    pub shop: ShopId,
    pub sha256: [u8; 32],
}

impl FileKey {
    /// Where `bytes` lie.
    pub fn of(shop: ShopId, bytes: &[u8]) -> FileKey {
        FileKey { shop, sha256: Sha256::digest(bytes).into() }
    }
    fn path(&self) -> ObjectPath {
        ObjectPath::from(self.to_string())
    }
}

impl fmt::Display for FileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.shop, HEXLOWER.encode(&self.sha256))
    }
}

impl FromStr for FileKey {
    type Err = Error;
    fn from_str(text: &str) -> Result<FileKey> {
        let wrong = || invalid("key", say!("file-not-kept-there"));
        let (shop, hash) = text.split_once('/').ok_or_else(wrong)?;
        let sha256 = HEXLOWER.decode(hash.as_bytes()).ok().and_then(|bytes| bytes.try_into().ok()).ok_or_else(wrong)?;
        Ok(FileKey { shop: shop.parse().map_err(|_| wrong())?, sha256 })
    }
}

/// An S3 bucket, or one of a service that speaks the same protocol.
#[derive(Debug, Clone)]
pub struct Bucket {
    /// `s3://name`
    pub url: String,
    pub region: String,
    /// The address of a service that is not the cloud provider's own.
    pub endpoint: Option<String>,
    pub access_key: String,
    pub secret_key: SecretString,
}

/// The store of all files.
#[derive(Debug, Clone)]
pub struct FileStore {
    store: Arc<dyn ObjectStore>,
    /// What an operator calls it.
    place: Arc<str>,
    /// Of a folder: nothing is removed from it while a backup is made.
    folder: Option<PathBuf>,
    /// Whether the last file that was to be stored was.
    stores: Arc<AtomicBool>,
}

/// Put there when a server starts, to see whether it can be.
const CHECK: &str = "ombud-check";
const CHECKED: Bytes = Bytes::from_static(b"Ombud keeps files here.\n");

impl FileStore {
    /// In a folder, made when it does not exist.
    pub fn folder(path: &Path) -> Result<FileStore> {
        let unusable = |why: String| Error::broken(format!("The folder {} cannot hold files: {why}", path.display()));
        std::fs::create_dir_all(path).map_err(|error| unusable(error.to_string()))?;
        still::lock_of(path).map_err(|error| unusable(error.to_string()))?;
        let folder = LocalFileSystem::new_with_prefix(path).map_err(|error| unusable(error.to_string()))?;
        // off by default there: a power cut would lose files whose messages are kept
        let store = Arc::new(folder.with_fsync(true));
        Ok(FileStore {
            store,
            place: format!("the folder {}", path.display()).into(),
            folder: Some(path.to_owned()),
            stores: Arc::new(true.into()),
        })
    }

    /// In a bucket.
    pub fn bucket(bucket: &Bucket) -> Result<FileStore> {
        let name =
            bucket.url.strip_prefix("s3://").map(|name| name.trim_end_matches('/')).filter(|name| !name.is_empty() && !name.contains('/'));
        let name = name.ok_or_else(|| Error::broken("The address of the bucket for files must look like s3://name."))?;
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(name)
            .with_region(&bucket.region)
            .with_access_key_id(&bucket.access_key)
            .with_secret_access_key(bucket.secret_key.expose_secret())
            // a job tries again later; a person waits for at most this long
            .with_retry(RetryConfig { max_retries: 3, retry_timeout: Duration::from_secs(20), ..RetryConfig::default() });
        if let Some(endpoint) = &bucket.endpoint {
            builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
        }
        // its client is built without a TLS provider as well; `Err` says that somebody has installed one before us
        let _ = rustls::crypto::ring::default_provider().install_default();
        let store = builder.build().map_err(|error| Error::broken(format!("The bucket for files cannot be used: {error}")))?;
        let at = bucket.endpoint.as_ref().map(|endpoint| format!(" at {endpoint}")).unwrap_or_default();
        Ok(FileStore {
            store: Arc::new(store),
            place: format!("the bucket {}{at}", bucket.url).into(),
            folder: None,
            stores: Arc::new(true.into()),
        })
    }

    /// Whether files can be put there and read again: what a server asks before it starts.
    ///
    /// Errors: `Broken` when the settings are wrong, `Outside` when the store does not answer; both say it in a sentence.
    pub async fn check(&self) -> Result<()> {
        let path = ObjectPath::from(CHECK);
        let tried = async {
            self.store.put(&path, CHECKED.into()).await?;
            self.store.get(&path).await?.bytes().await
        };
        tried.await.map(drop).map_err(|error| match self.fault(&error) {
            Fault::Settings(why) => Error::broken(why),
            Fault::Silent(why) => outside(why),
        })
    }

    /// Whether the store answers now, and takes files if it lately took none.
    ///
    /// Errors: `Outside`, `NoRoom`.
    pub async fn answers(&self) -> Result<()> {
        if !self.stores.load(Ordering::Relaxed) {
            return self.store(&ObjectPath::from(CHECK), CHECKED).await;
        }
        match self.store.get(&ObjectPath::from(CHECK)).await {
            Err(error) if !is_gone(&error) => Err(self.failed(&error)),
            _ => Ok(()),
        }
    }

    async fn store(&self, path: &ObjectPath, bytes: Bytes) -> Result<()> {
        let stored = self.store.put(path, bytes.into()).await;
        self.stores.store(stored.is_ok(), Ordering::Relaxed);
        stored.map(drop).map_err(|error| self.failed(&error))
    }

    /// Stores what the register expects; storing the same again changes nothing. When this returns it survives a power cut.
    async fn put(&self, key: FileKey, bytes: Bytes) -> Result<()> {
        // written again even when it is there: who wrote it first may not have flushed it yet
        self.store(&key.path(), bytes).await
    }

    /// The content of a file.
    ///
    /// Errors: `NotFound`; `Broken` when what lies there is not what was stored.
    pub async fn get(&self, key: FileKey) -> Result<Bytes> {
        let read = async { self.store.get(&key.path()).await?.bytes().await };
        let bytes =
            read.await.map_err(|error| if is_gone(&error) { Error::NotFound(say!("file-not-found")) } else { self.failed(&error) })?;
        if FileKey::of(key.shop, &bytes) != key {
            return Err(Error::broken(format!("The file {key} is damaged. Restore it from the backup.")));
        }
        Ok(bytes)
    }

    /// Whether a file is there, whatever it holds.
    pub async fn has(&self, key: FileKey) -> Result<bool> {
        match self.store.head(&key.path()).await {
            Ok(_) => Ok(true),
            Err(error) if is_gone(&error) => Ok(false),
            Err(error) => Err(self.failed(&error)),
        }
    }

    /// Removes a file; when there is none, that is fine. Says whether it has: not while a backup is made.
    async fn delete(&self, key: FileKey) -> Result<bool> {
        let _removing = match self.folder.as_deref().map(still::start_removing).transpose()? {
            Some(None) => return Ok(false),
            removing => removing,
        };
        match self.store.delete(&key.path()).await {
            Err(error) if !is_gone(&error) => Err(self.failed(&error)),
            _ => Ok(true),
        }
    }

    fn fault(&self, error: &object_store::Error) -> Fault {
        use object_store::Error::{NotFound, PermissionDenied, Unauthenticated};
        let place = &self.place;
        match error {
            NotFound { .. } => Fault::Settings(format!("Files cannot be kept: {place} does not exist. Make it, or correct files_url.")),
            PermissionDenied { .. } | Unauthenticated { .. } => {
                Fault::Settings(format!("Files cannot be kept: {place} does not let us in. Look at the keys and what they allow."))
            }
            error => Fault::Silent(format!("{place} does not answer as it should: {error}")),
        }
    }

    fn failed(&self, error: &object_store::Error) -> Error {
        if is_full(error) {
            return Error::no_room(format!("{} is full: {error}", self.place));
        }
        let (Fault::Settings(why) | Fault::Silent(why)) = self.fault(error);
        outside(why)
    }
}

/// Why a store cannot be used.
enum Fault {
    Settings(String),
    Silent(String),
}

fn outside(detail: String) -> Error {
    Error::Outside { service: "File storage", temporary: true, detail }
}

/// The disk of the folder has no room left.
fn is_full(error: &object_store::Error) -> bool {
    let links = std::iter::successors(Some(error as &(dyn std::error::Error + 'static)), |link| link.source());
    let mut kinds = links.filter_map(|link| link.downcast_ref::<io::Error>()).map(io::Error::kind);
    kinds.any(|kind| matches!(kind, io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded))
}

/// The file is not there, though its bucket is.
fn is_gone(error: &object_store::Error) -> bool {
    matches!(error, object_store::Error::NotFound { .. }) && !error.to_string().contains("NoSuchBucket")
}

#[cfg(test)]
mod tests;
