//! Password links.

use kernel::{PersonId, Result, Timestamp};
use platform::{Tx, sweep::PIECE, token::TokenHash};

use super::people;
use crate::person::Person;

/// Keeps a link in the place of the one before.
pub async fn put(tx: &mut Tx<'_>, person: PersonId, hash: &TokenHash, expires_at: Timestamp) -> Result<()> {
    tx.one(
        "INSERT INTO team_password_resets (person_id, token_hash, expires_at) VALUES ($1, $2, $3) \
         ON CONFLICT (person_id) DO UPDATE SET token_hash = excluded.token_hash, expires_at = excluded.expires_at",
        &[&person, &hash.hex(), &expires_at],
    )
    .await
}

/// Whose link this is, while it is good.
pub async fn person(tx: &mut Tx<'_>, hash: &str) -> Result<Option<Person>> {
    let now = tx.now();
    let sql = "SELECT p.id, p.email, p.name, p.language, p.password_hash FROM team_password_resets r \
               JOIN team_people p ON p.id = r.person_id WHERE r.token_hash = $1 AND r.expires_at > $2";
    tx.row(sql, &[&hash, &now]).await?.as_ref().map(people::person).transpose()
}

/// Uses a link up; false when it was used already or is over.
pub async fn take(tx: &mut Tx<'_>, hash: &str) -> Result<bool> {
    let now = tx.now();
    Ok(tx.execute("DELETE FROM team_password_resets WHERE token_hash = $1 AND expires_at > $2", &[&hash, &now]).await? == 1)
}

pub async fn forget(tx: &mut Tx<'_>, person: PersonId) -> Result<()> {
    tx.execute("DELETE FROM team_password_resets WHERE person_id = $1", &[&person]).await.map(drop)
}

/// Sweeps out links that have run out.
pub async fn delete_over(tx: &mut Tx<'_>) -> Result<u64> {
    let now = tx.now();
    let sql = "DELETE FROM team_password_resets WHERE person_id IN \
               (SELECT person_id FROM team_password_resets WHERE expires_at <= $1 LIMIT $2)";
    tx.execute(sql, &[&now, &PIECE]).await
}
