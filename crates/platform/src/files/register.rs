//! The register: what the store holds, and how many rows name it.
//!
//! A file is written down here before it is put into the store, so whatever a crash leaves behind is known, and nobody has
//! to look through a bucket for it. Several rows may name the same content; the last to let go of it sends it away. One
//! that is being removed takes no new names until it is gone.

use bytes::Bytes;
use kernel::{FileId, Result, ShopId, Timestamp, days, minutes, say};
use serde::{Deserialize, Serialize};

use super::{FileKey, outside};
use crate::{
    App,
    db::Tx,
    job::{Job, JobKind, Lease, When},
    kill_point,
    sweep::{PIECE, Sweep},
};

/// What is not named within so long is named by nobody: whoever stored it has crashed.
const NAMED_WITHIN: i64 = days(1);
/// What may not be removed while a backup is made is tried again after so long.
const BACKUP_TAKES: i64 = minutes(1);

/// The keys of all that is named, for whoever reads the database without us.
pub(crate) const NAMED: &str = "SELECT storage_key FROM platform_files WHERE names > 0 ORDER BY storage_key";

/// All that is named.
pub(crate) async fn named(tx: &mut Tx<'_>) -> Result<Vec<FileKey>> {
    tx.rows(NAMED, &[]).await?.iter().map(|row| row.get::<String>(0)?.parse()).collect()
}

/// Stores `bytes`, flushed, and has `name` write down what they are. `name` runs in the transaction that counts it, so a
/// row never names what is not there.
///
/// Errors: `Outside` when the store fails or the same content is just being removed, and those of `name`.
pub async fn keep<T, F>(app: &App, shop: ShopId, bytes: Bytes, name: F) -> Result<T>
where
    T: Send + 'static,
    F: AsyncFn(&mut Tx<'_>, FileKey) -> Result<T> + Send + 'static,
{
    let key = FileKey::of(shop, &bytes);
    let entry = app.write(async move |tx: &mut Tx<'_>| expect(tx, key).await).await?;
    kill_point::reach("file-expected");
    app.files().put(key, bytes).await?;
    kill_point::reach("file-stored");
    app.write(async move |tx: &mut Tx<'_>| {
        count(tx, key, entry).await?;
        name(tx, key).await
    })
    .await
}

/// Lets go of a name. Content that nobody names any more leaves the store after the commit.
pub async fn release(tx: &mut Tx<'_>, key: FileKey) -> Result<()> {
    let sql = "UPDATE platform_files SET names = names - 1, leaving = (names = 1) \
               WHERE shop_id = $1 AND storage_key = $2 AND names > 0 RETURNING leaving";
    let row = tx.row(sql, &[&key.shop, &key.to_string()]).await?;
    match row.map(|row| row.get(0)).transpose()? {
        Some(true) => send_away(tx, key).await,
        _ => Ok(()),
    }
}

/// Writes down that this content is about to be stored; the entry it stands under.
async fn expect(tx: &mut Tx<'_>, key: FileKey) -> Result<FileId> {
    let (id, now): (FileId, Timestamp) = (tx.new_id(), tx.now());
    let sql = "INSERT INTO platform_files (shop_id, storage_key, id, names, leaving, at) VALUES ($1, $2, $3, 0, FALSE, $4) \
               ON CONFLICT (shop_id, storage_key) DO UPDATE SET at = excluded.at RETURNING id, leaving";
    let row = tx.found(say!("file-not-found"), sql, &[&key.shop, &key.to_string(), &id, &now]).await?;
    if row.get(1)? { Err(being_removed()) } else { row.get(0) }
}

/// Counts a name, if the entry is still the one that was expected.
async fn count(tx: &mut Tx<'_>, key: FileKey, entry: FileId) -> Result<()> {
    let sql = "UPDATE platform_files SET names = names + 1 WHERE shop_id = $1 AND storage_key = $2 AND id = $3 AND NOT leaving";
    match tx.execute(sql, &[&key.shop, &key.to_string(), &entry]).await? {
        0 => Err(being_removed()),
        _ => Ok(()),
    }
}

fn being_removed() -> kernel::Error {
    outside("the same content is just being removed".into())
}

/// Removes from the store what nobody names.
#[derive(Serialize, Deserialize)]
struct Remove {
    key: String,
}
impl Job for Remove {
    const KIND: &'static str = "remove_file";
    // the installation this one was restored from may use the same bucket
    const OUTGOING: bool = true;
}

async fn send_away(tx: &mut Tx<'_>, key: FileKey) -> Result<()> {
    remove_when(tx, key, When::default()).await
}

async fn remove_when(tx: &mut Tx<'_>, key: FileKey, when: When) -> Result<()> {
    tx.enqueue(key.shop, &Remove { key: key.to_string() }, when.once(key)).await
}

pub(crate) fn jobs() -> Vec<JobKind> {
    vec![JobKind::new(remove)]
}

async fn remove(app: App, job: Remove, lease: Lease) -> Result<()> {
    let key: FileKey = job.key.parse()?;
    let gone = app.files().delete(key).await?;
    app.write(async move |tx: &mut Tx<'_>| {
        lease.done(tx).await?;
        if !gone {
            let later = When::at(tx.now() + BACKUP_TAKES);
            return remove_when(tx, key, later).await;
        }
        let sql = "DELETE FROM platform_files WHERE shop_id = $1 AND storage_key = $2 AND leaving";
        tx.execute(sql, &[&key.shop, &key.to_string()]).await.map(drop)
    })
    .await
}

/// Sends away what a crash left without a name.
pub(crate) fn sweep() -> Sweep {
    Sweep::of_rows("files", |tx| Box::pin(send_orphans_away(tx)))
}

async fn send_orphans_away(tx: &mut Tx<'_>) -> Result<u64> {
    let before = tx.now() - NAMED_WITHIN;
    let sql = "UPDATE platform_files SET leaving = TRUE WHERE (shop_id, storage_key) IN \
               (SELECT shop_id, storage_key FROM platform_files WHERE names = 0 AND NOT leaving AND at <= $1 LIMIT $2) RETURNING storage_key";
    let rows = tx.rows(sql, &[&before, &PIECE]).await?;
    for row in &rows {
        send_away(tx, row.get::<String>(0)?.parse()?).await?;
    }
    Ok(rows.len() as u64)
}
