//! Sessions.

use kernel::{MemberId, PersonId, Result, SessionId, ShopId, Timestamp, say};
use platform::{Tx, db::Columns, sweep::PIECE, token::TokenHash};

use super::{roles, there};
use crate::{role::Role, session::Session};

const COLUMNS: &str = "s.id, s.person_id, s.shop_id, s.agent_header, s.created_at, s.last_seen_at";

fn session(c: &mut Columns<'_>) -> Result<Session> {
    Ok(Session {
        id: c.take()?,
        person: c.take()?,
        shop: c.take()?,
        agent_header: c.take()?,
        created_at: c.take()?,
        last_seen_at: c.take()?,
    })
}

/// The session with this token, and who is behind it: an active member of a shop that is still there.
pub async fn behind(tx: &mut Tx<'_>, hash: &str) -> Result<Option<(Session, MemberId, String, Role)>> {
    let sql = format!(
        "SELECT {COLUMNS}, m.id, p.name, {role} FROM team_sessions s \
         JOIN team_people p ON p.id = s.person_id \
         JOIN team_members m ON m.shop_id = s.shop_id AND m.person_id = s.person_id \
         JOIN team_roles r ON r.shop_id = m.shop_id AND r.id = m.role_id \
         JOIN team_shops h ON h.id = s.shop_id \
         WHERE s.token_hash = $1 AND m.active AND h.deleted_at IS NULL",
        role = roles::COLUMNS
    );
    let row = tx.row(&sql, &[&hash]).await?;
    row.map(|row| {
        let mut c = row.columns();
        Ok((session(&mut c)?, c.take()?, c.take()?, roles::role(&mut c)?))
    })
    .transpose()
}

pub async fn of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Session>> {
    let sql = format!("SELECT {COLUMNS} FROM team_sessions s WHERE s.person_id = $1 ORDER BY s.last_seen_at DESC, s.id DESC");
    tx.rows(&sql, &[&person]).await?.iter().map(|row| session(&mut row.columns())).collect()
}

pub async fn insert(tx: &mut Tx<'_>, session: &Session, token: &TokenHash) -> Result<()> {
    let s = session;
    tx.one(
        "INSERT INTO team_sessions (id, person_id, shop_id, token_hash, agent_header, created_at, last_seen_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[&s.id, &s.person, &s.shop, &token.hex(), &s.agent_header, &s.created_at, &s.last_seen_at],
    )
    .await
}

pub async fn look_at(tx: &mut Tx<'_>, id: SessionId, shop: ShopId) -> Result<()> {
    there(tx.execute("UPDATE team_sessions SET shop_id = $2 WHERE id = $1", &[&id, &shop]).await?, say!("session-not-found"))
}

/// A session that has just been ended stays ended.
pub async fn touch(tx: &mut Tx<'_>, id: SessionId) -> Result<()> {
    let now = tx.now();
    tx.execute("UPDATE team_sessions SET last_seen_at = $2 WHERE id = $1", &[&id, &now]).await.map(drop)
}

pub async fn delete(tx: &mut Tx<'_>, id: SessionId) -> Result<()> {
    there(tx.execute("DELETE FROM team_sessions WHERE id = $1", &[&id]).await?, say!("session-not-found"))
}

/// Ends a person's sessions in one shop, except `kept`, and says how many.
pub async fn delete_in_shop(tx: &mut Tx<'_>, person: PersonId, shop: ShopId, kept: Option<SessionId>) -> Result<i64> {
    let kept = kept.unwrap_or(uuid::Uuid::nil().into());
    let sql = "DELETE FROM team_sessions WHERE person_id = $1 AND shop_id = $2 AND id <> $3";
    Ok(i64::try_from(tx.execute(sql, &[&person, &shop, &kept]).await?).unwrap_or(i64::MAX))
}

pub async fn delete_of_person(tx: &mut Tx<'_>, person: PersonId, kept: Option<SessionId>) -> Result<()> {
    let kept = kept.unwrap_or(uuid::Uuid::nil().into());
    tx.execute("DELETE FROM team_sessions WHERE person_id = $1 AND id <> $2", &[&person, &kept]).await.map(drop)
}

/// Sweeps out what was last seen, or begun, before these moments.
pub async fn delete_over(tx: &mut Tx<'_>, seen: Timestamp, begun: Timestamp) -> Result<u64> {
    let sql = "DELETE FROM team_sessions WHERE id IN (SELECT id FROM team_sessions WHERE last_seen_at <= $1 OR created_at <= $2 LIMIT $3)";
    tx.execute(sql, &[&seen, &begun, &PIECE]).await
}
