//! Counts of tries.

use kernel::{Result, Timestamp};
use platform::{Tx, sweep::PIECE};

use crate::attempts::{Attempts, Kind};

pub async fn get(tx: &mut Tx<'_>, kind: Kind, key: &str) -> Result<Option<Attempts>> {
    let row = tx.row("SELECT count, last_at FROM team_attempts WHERE kind = $1 AND key_hash = $2", &[&kind, &key]).await?;
    row.map(|row| Ok(Attempts { count: row.get(0)?, last_at: row.get(1)? })).transpose()
}

pub async fn save(tx: &mut Tx<'_>, kind: Kind, key: &str, attempts: Attempts) -> Result<()> {
    tx.one(
        "INSERT INTO team_attempts (kind, key_hash, count, last_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (kind, key_hash) DO UPDATE SET count = excluded.count, last_at = excluded.last_at",
        &[&kind, &key, &attempts.count, &attempts.last_at],
    )
    .await
}

pub async fn delete(tx: &mut Tx<'_>, kind: Kind, key: &str) -> Result<()> {
    tx.execute("DELETE FROM team_attempts WHERE kind = $1 AND key_hash = $2", &[&kind, &key]).await.map(drop)
}

/// Sweeps out what has been quiet since before a moment.
pub async fn delete_before(tx: &mut Tx<'_>, moment: Timestamp) -> Result<u64> {
    let sql = "DELETE FROM team_attempts WHERE (kind, key_hash) IN (SELECT kind, key_hash FROM team_attempts WHERE last_at < $1 LIMIT $2)";
    tx.execute(sql, &[&moment, &PIECE]).await
}
