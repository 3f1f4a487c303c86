//! API tokens. A revoked one keeps its row, so that the audit log can name it.

use std::collections::HashMap;

use kernel::{MemberId, PersonId, Result, ShopId, Timestamp, TokenId};
use platform::{
    Tx,
    db::{Columns, Json},
    sweep::PIECE,
    token::TokenHash,
};

use super::roles;
use crate::{role::Role, token::ApiToken};

const COLUMNS: &str = "t.shop_id, t.id, t.member_id, t.name, t.scopes, t.created_at, t.expires_at, t.last_used_at";

fn token(c: &mut Columns<'_>) -> Result<ApiToken> {
    Ok(ApiToken {
        shop: c.take()?,
        id: c.take()?,
        member: c.take()?,
        name: c.take()?,
        scopes: c.take::<Json<_>>()?.0,
        created_at: c.take()?,
        expires_at: c.take()?,
        last_used_at: c.take()?,
    })
}

/// The token with this hash, the name and person of its member, and their role: of an active member of a shop that is
/// still there.
pub async fn behind(tx: &mut Tx<'_>, shop: ShopId, hash: &str) -> Result<Option<(ApiToken, String, PersonId, Role)>> {
    let sql = format!(
        "SELECT {COLUMNS}, p.name, p.id, {role} FROM team_tokens t \
         JOIN team_members m ON m.shop_id = t.shop_id AND m.id = t.member_id \
         JOIN team_people p ON p.id = m.person_id \
         JOIN team_roles r ON r.shop_id = m.shop_id AND r.id = m.role_id \
         JOIN team_shops h ON h.id = t.shop_id \
         WHERE t.shop_id = $1 AND t.token_hash = $2 AND t.revoked_at IS NULL AND m.active AND h.deleted_at IS NULL",
        role = roles::COLUMNS
    );
    let row = tx.row(&sql, &[&shop, &hash]).await?;
    row.map(|row| {
        let mut c = row.columns();
        Ok((token(&mut c)?, c.take()?, c.take()?, roles::role(&mut c)?))
    })
    .transpose()
}

pub async fn all(tx: &mut Tx<'_>, shop: ShopId) -> Result<Vec<ApiToken>> {
    let sql = format!("SELECT {COLUMNS} FROM team_tokens t WHERE t.shop_id = $1 AND t.revoked_at IS NULL ORDER BY t.id DESC");
    tx.rows(&sql, &[&shop]).await?.iter().map(|row| token(&mut row.columns())).collect()
}

/// The names of tokens, revoked ones too.
pub async fn names(tx: &mut Tx<'_>, shop: ShopId, ids: &[TokenId]) -> Result<HashMap<TokenId, String>> {
    let rows = tx.rows_among("SELECT id, name FROM team_tokens WHERE shop_id = $1 AND id IN ($ids)", shop, ids).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

pub async fn insert(tx: &mut Tx<'_>, token: &ApiToken, hash: &TokenHash) -> Result<()> {
    let t = token;
    tx.one(
        "INSERT INTO team_tokens (shop_id, id, member_id, name, scopes, token_hash, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &[&t.shop, &t.id, &t.member, &t.name, &Json(&t.scopes), &hash.hex(), &t.created_at, &t.expires_at],
    )
    .await
}

pub async fn used(tx: &mut Tx<'_>, shop: ShopId, id: TokenId) -> Result<()> {
    let now = tx.now();
    tx.execute("UPDATE team_tokens SET last_used_at = $3 WHERE shop_id = $1 AND id = $2", &[&shop, &id, &now]).await.map(drop)
}

/// Revokes a token; answers whose it was, and its hash.
pub async fn revoke(tx: &mut Tx<'_>, shop: ShopId, id: TokenId) -> Result<Option<(MemberId, String)>> {
    let now = tx.now();
    let sql =
        "UPDATE team_tokens SET revoked_at = $3 WHERE shop_id = $1 AND id = $2 AND revoked_at IS NULL RETURNING member_id, token_hash";
    let row = tx.row(sql, &[&shop, &id, &now]).await?;
    row.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
}

/// Puts tokens away that ran out before a moment; their hashes.
pub async fn put_away_expired(tx: &mut Tx<'_>, before: Timestamp) -> Result<Vec<String>> {
    let sql = "UPDATE team_tokens SET revoked_at = expires_at WHERE (shop_id, id) IN \
               (SELECT shop_id, id FROM team_tokens WHERE expires_at < $1 AND revoked_at IS NULL LIMIT $2) RETURNING token_hash";
    tx.rows(sql, &[&before, &PIECE]).await?.iter().map(|row| row.get(0)).collect()
}
