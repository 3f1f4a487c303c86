//! Invitations.

use kernel::{InvitationId, Result, RoleId, ShopId};
use platform::{
    Tx,
    db::{Json, Row},
    sweep::PIECE,
    token::TokenHash,
};

use crate::{invitation::Invitation, person::email_key};

const COLUMNS: &str = "shop_id, id, email, name, role_id, departments, expires_at";

fn invitation(row: &Row) -> Result<Invitation> {
    let mut c = row.columns();
    Ok(Invitation {
        shop: c.take()?,
        id: c.take()?,
        email: c.take()?,
        name: c.take()?,
        role: c.take()?,
        departments: c.take::<Json<_>>()?.0,
        expires_at: c.take()?,
    })
}

pub async fn all(tx: &mut Tx<'_>, shop: ShopId) -> Result<Vec<Invitation>> {
    let sql = format!("SELECT {COLUMNS} FROM team_invitations WHERE shop_id = $1 ORDER BY id DESC");
    tx.rows(&sql, &[&shop]).await?.iter().map(invitation).collect()
}

pub async fn by_hash(tx: &mut Tx<'_>, shop: ShopId, hash: &str) -> Result<Option<Invitation>> {
    let sql = format!("SELECT {COLUMNS} FROM team_invitations WHERE shop_id = $1 AND token_hash = $2");
    tx.row(&sql, &[&shop, &hash]).await?.as_ref().map(invitation).transpose()
}

pub async fn by_email(tx: &mut Tx<'_>, shop: ShopId, key: &str) -> Result<Option<InvitationId>> {
    let row = tx.row("SELECT id FROM team_invitations WHERE shop_id = $1 AND email_key = $2", &[&shop, &key]).await?;
    row.map(|row| row.get(0)).transpose()
}

/// Whether an invitation to this role waits.
pub async fn to_role(tx: &mut Tx<'_>, shop: ShopId, role: RoleId) -> Result<bool> {
    let now = tx.now();
    let sql = "SELECT id FROM team_invitations WHERE shop_id = $1 AND role_id = $2 AND expires_at > $3 LIMIT 1";
    Ok(tx.row(sql, &[&shop, &role, &now]).await?.is_some())
}

/// Invitations that nobody accepted in time.
pub async fn over(tx: &mut Tx<'_>) -> Result<Vec<(ShopId, InvitationId)>> {
    let now = tx.now();
    let rows = tx.rows("SELECT shop_id, id FROM team_invitations WHERE expires_at <= $1 LIMIT $2", &[&now, &PIECE]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

pub async fn insert(tx: &mut Tx<'_>, invitation: &Invitation, hash: &TokenHash) -> Result<()> {
    let (i, now) = (invitation, tx.now());
    tx.one(
        "INSERT INTO team_invitations (shop_id, id, email, email_key, name, role_id, departments, token_hash, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &[&i.shop, &i.id, &i.email, &email_key(&i.email), &i.name, &i.role, &Json(&i.departments), &hash.hex(), &now, &i.expires_at],
    )
    .await
}

/// Deletes an invitation and answers its hash.
pub async fn delete(tx: &mut Tx<'_>, shop: ShopId, id: InvitationId) -> Result<Option<String>> {
    let row = tx.row("DELETE FROM team_invitations WHERE shop_id = $1 AND id = $2 RETURNING token_hash", &[&shop, &id]).await?;
    row.map(|row| row.get(0)).transpose()
}
