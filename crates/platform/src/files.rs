//! Files: kept under the hash of their content, in a folder or an S3 bucket; known by content, never by name.

mod kind;
mod name;
mod serving;

use std::{fmt, path::Path, str::FromStr, sync::Arc, time::Duration};

use bytes::Bytes;
use data_encoding::HEXLOWER;
use futures::{StreamExt, stream::BoxStream};
use kernel::{Error, Result, ShopId, Timestamp, invalid, say};
use object_store::{ObjectStore, ObjectStoreExt, RetryConfig, aws::AmazonS3Builder, local::LocalFileSystem, path::Path as ObjectPath};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

pub use self::{
    kind::{MediaType, Sniffed, sniff},
    name::safe_name,
    serving::serving_headers,
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

/// A file that is on disk for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stored {
    pub key: FileKey,
    pub size: u64,
    /// When it was stored last; only [`FileStore::list`] knows.
    pub at: Option<Timestamp>,
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
pub struct FileStore(Arc<dyn ObjectStore>);

impl FileStore {
    /// In a folder, made when it does not exist.
    pub fn folder(path: &Path) -> Result<FileStore> {
        let unusable = |why: String| Error::broken(format!("The folder {} cannot hold files: {why}", path.display()));
        std::fs::create_dir_all(path).map_err(|error| unusable(error.to_string()))?;
        let folder = LocalFileSystem::new_with_prefix(path).map_err(|error| unusable(error.to_string()))?;
        // off by default there: a power cut would lose files whose messages are kept
        Ok(FileStore(Arc::new(folder.with_fsync(true))))
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
        Ok(FileStore(Arc::new(builder.build().map_err(failure)?)))
    }

    /// Stores `bytes`; storing the same again changes nothing. When this returns they survive a power cut.
    pub async fn put(&self, shop: ShopId, bytes: Bytes) -> Result<Stored> {
        let key = FileKey::of(shop, &bytes);
        let size = bytes.len() as u64;
        // written again even when it is there: who wrote it first may not have flushed it yet
        self.0.put(&key.path(), bytes.into()).await.map_err(failure)?;
        Ok(Stored { key, size, at: None })
    }

    /// The content of a file.
    ///
    /// Errors: `NotFound`; `Broken` when what lies there is not what was stored.
    pub async fn get(&self, key: FileKey) -> Result<Bytes> {
        let bytes = self.0.get(&key.path()).await.map_err(failure)?.bytes().await.map_err(failure)?;
        if FileKey::of(key.shop, &bytes) != key {
            return Err(Error::broken(format!("The file {key} is damaged. Restore it from the backup.")));
        }
        Ok(bytes)
    }

    /// Removes a file; when there is none, that is fine.
    pub async fn delete(&self, key: FileKey) -> Result<()> {
        match self.0.delete(&key.path()).await {
            Err(object_store::Error::NotFound { .. }) => Ok(()),
            other => other.map_err(failure),
        }
    }

    /// What is stored, of one shop or of all, in no order: for sweeping out what no row names.
    pub fn list(&self, shop: Option<ShopId>) -> BoxStream<'static, Result<Stored>> {
        let prefix = shop.map(|shop| ObjectPath::from(shop.to_string()));
        let found = self.0.list(prefix.as_ref()).filter_map(async |found| match found {
            Err(error) => Some(Err(failure(error))),
            // what somebody else put there is not ours to sweep
            Ok(meta) => meta.location.as_ref().parse().ok().map(|key| {
                let at = Timestamp::from_micros(meta.last_modified.timestamp_micros());
                Ok(Stored { key, size: meta.size, at: Some(at) })
            }),
        });
        found.boxed()
    }
}

fn failure(error: object_store::Error) -> Error {
    match error {
        object_store::Error::NotFound { .. } => Error::NotFound(say!("file-not-found")),
        other => Error::Outside { service: "File storage", temporary: true, detail: other.to_string() },
    }
}

#[cfg(test)]
mod tests;
