//! Roles.

use std::collections::BTreeSet;

use kernel::{Error, MemberId, Result, RoleId, Sentence, ShopId, say};
use platform::{
    Tx,
    db::{Columns, Json},
    http::Rank,
};

use super::{name_key, there, unless_taken};
use crate::role::{Counted, Kind, Role};

pub(super) const COLUMNS: &str = "r.id, r.name, r.rank, r.permissions";

pub(super) fn role(c: &mut Columns<'_>) -> Result<Role> {
    let (id, name, rank): (_, _, Option<Rank>) = (c.take()?, c.take()?, c.take()?);
    let chosen: Json<BTreeSet<String>> = c.take()?;
    Ok(Role { id, name, kind: rank.map_or(Kind::Own(chosen.0), Kind::BuiltIn) })
}

pub async fn all(tx: &mut Tx<'_>, shop: ShopId) -> Result<Vec<Counted>> {
    let sql = format!(
        "SELECT {COLUMNS}, (SELECT COUNT(*) FROM team_members m WHERE m.shop_id = r.shop_id AND m.role_id = r.id) \
         FROM team_roles r WHERE r.shop_id = $1"
    );
    let rows = tx.rows(&sql, &[&shop]).await?;
    rows.iter()
        .map(|row| {
            let mut c = row.columns();
            Ok((role(&mut c)?, c.take()?))
        })
        .collect()
}

pub async fn counted(tx: &mut Tx<'_>, shop: ShopId, id: RoleId) -> Result<Counted> {
    all(tx, shop).await?.into_iter().find(|(role, _)| role.id == id).ok_or(Error::NotFound(say!("role-not-found")))
}

pub async fn find(tx: &mut Tx<'_>, shop: ShopId, id: RoleId) -> Result<Option<Role>> {
    let row = tx.row(&format!("SELECT {COLUMNS} FROM team_roles r WHERE r.shop_id = $1 AND r.id = $2"), &[&shop, &id]).await?;
    row.map(|row| role(&mut row.columns())).transpose()
}

pub async fn get(tx: &mut Tx<'_>, shop: ShopId, id: RoleId) -> Result<Role> {
    find(tx, shop, id).await?.ok_or(Error::NotFound(say!("role-not-found")))
}

pub async fn of_rank(tx: &mut Tx<'_>, shop: ShopId, rank: Rank) -> Result<Role> {
    let sql = format!("SELECT {COLUMNS} FROM team_roles r WHERE r.shop_id = $1 AND r.rank = $2");
    role(&mut tx.found(say!("role-not-found"), &sql, &[&shop, &rank]).await?.columns())
}

pub async fn members(tx: &mut Tx<'_>, shop: ShopId, id: RoleId) -> Result<Vec<MemberId>> {
    let rows = tx.rows("SELECT id FROM team_members WHERE shop_id = $1 AND role_id = $2 ORDER BY id", &[&shop, &id]).await?;
    rows.iter().map(|row| row.get(0)).collect()
}

fn chosen(role: &Role) -> Json<BTreeSet<String>> {
    match &role.kind {
        Kind::BuiltIn(_) => Json(BTreeSet::new()),
        Kind::Own(chosen) => Json(chosen.clone()),
    }
}

const TAKEN: Sentence = say!("role-name-taken");

pub async fn insert(tx: &mut Tx<'_>, shop: ShopId, role: &Role) -> Result<()> {
    let inserted = tx
        .execute(
            "INSERT INTO team_roles (shop_id, id, rank, name, name_key, permissions) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
            &[&shop, &role.id, &role.rank(), &role.name, &name_key(&role.name), &chosen(role)],
        )
        .await?;
    unless_taken(inserted, TAKEN)
}

pub async fn save(tx: &mut Tx<'_>, shop: ShopId, role: &Role) -> Result<()> {
    let key = name_key(&role.name);
    let other = tx.row("SELECT id FROM team_roles WHERE shop_id = $1 AND name_key = $2 AND id <> $3", &[&shop, &key, &role.id]).await?;
    unless_taken(u64::from(other.is_none()), TAKEN)?;
    let sql = "UPDATE team_roles SET name = $3, name_key = $4, permissions = $5 WHERE shop_id = $1 AND id = $2";
    tx.one(sql, &[&shop, &role.id, &role.name, &key, &chosen(role)]).await
}

pub async fn delete(tx: &mut Tx<'_>, shop: ShopId, id: RoleId) -> Result<()> {
    there(tx.execute("DELETE FROM team_roles WHERE shop_id = $1 AND id = $2", &[&shop, &id]).await?, say!("role-not-found"))
}
