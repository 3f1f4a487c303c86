//! Members.

use std::collections::HashMap;

use kernel::{DepartmentId, Error, MemberId, PersonId, Result, RoleId, ShopId, say};
use platform::{
    Tx,
    db::{Bind, Row},
    http::Rank,
};

use super::{there, unless_taken};
use crate::member::{Availability, Member};

const SELECT: &str = "SELECT m.shop_id, m.id, m.person_id, p.name, p.email, m.role_id, r.name, r.rank, m.availability, m.active, m.last_seen_at \
     FROM team_members m JOIN team_people p ON p.id = m.person_id JOIN team_roles r ON r.shop_id = m.shop_id AND r.id = m.role_id";

fn member(row: &Row) -> Result<Member> {
    let mut c = row.columns();
    Ok(Member {
        shop: c.take()?,
        id: c.take()?,
        person: c.take()?,
        name: c.take()?,
        email: c.take()?,
        role: c.take()?,
        role_name: c.take()?,
        rank: c.take()?,
        departments: Vec::new(),
        availability: c.take()?,
        active: c.take()?,
        last_seen_at: c.take()?,
    })
}

async fn select(tx: &mut Tx<'_>, rest: &str, values: &[&dyn Bind]) -> Result<Vec<Member>> {
    let rows = tx.rows(&format!("{SELECT} {rest}"), values).await?;
    with_departments(tx, &rows).await
}

async fn with_departments(tx: &mut Tx<'_>, rows: &[Row]) -> Result<Vec<Member>> {
    let mut members: Vec<Member> = rows.iter().map(member).collect::<Result<_>>()?;
    if let [one] = members.as_mut_slice() {
        let sql = "SELECT department_id FROM team_department_members WHERE shop_id = $1 AND member_id = $2 ORDER BY department_id";
        one.departments = tx.rows(sql, &[&one.shop, &one.id]).await?.iter().map(|row| row.get(0)).collect::<Result<_>>()?;
        return Ok(members);
    }
    // of one shop, or one each of several: never more than a few rounds
    let mut shops: Vec<ShopId> = members.iter().map(|member| member.shop).collect();
    shops.dedup();
    for shop in shops {
        let mut departments = departments_by_member(tx, shop).await?;
        for member in members.iter_mut().filter(|member| member.shop == shop) {
            member.departments = departments.remove(&member.id).unwrap_or_default();
        }
    }
    Ok(members)
}

async fn departments_by_member(tx: &mut Tx<'_>, shop: ShopId) -> Result<HashMap<MemberId, Vec<DepartmentId>>> {
    let sql = "SELECT member_id, department_id FROM team_department_members WHERE shop_id = $1 ORDER BY member_id, department_id";
    let mut departments: HashMap<MemberId, Vec<DepartmentId>> = HashMap::new();
    for row in tx.rows(sql, &[&shop]).await? {
        departments.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    Ok(departments)
}

pub async fn get(tx: &mut Tx<'_>, shop: ShopId, id: MemberId) -> Result<Member> {
    let found = select(tx, "WHERE m.shop_id = $1 AND m.id = $2", &[&shop, &id]).await?;
    found.into_iter().next().ok_or(Error::NotFound(say!("member-not-found")))
}

pub async fn all(tx: &mut Tx<'_>, shop: ShopId) -> Result<Vec<Member>> {
    let mut members = select(tx, "WHERE m.shop_id = $1", &[&shop]).await?;
    members.sort_by_cached_key(|member| (!member.active, member.name.to_lowercase(), member.id));
    Ok(members)
}

pub async fn by_ids(tx: &mut Tx<'_>, shop: ShopId, ids: &[MemberId]) -> Result<Vec<Member>> {
    let rows = tx.rows_among(&format!("{SELECT} WHERE m.shop_id = $1 AND m.id IN ($ids)"), shop, ids).await?;
    with_departments(tx, &rows).await
}

pub async fn of_person(tx: &mut Tx<'_>, shop: ShopId, person: PersonId) -> Result<Option<Member>> {
    Ok(select(tx, "WHERE m.shop_id = $1 AND m.person_id = $2", &[&shop, &person]).await?.into_iter().next())
}

/// A person's memberships in shops that are still there, the oldest first.
pub async fn everywhere(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Member>> {
    let rest = "JOIN team_shops s ON s.id = m.shop_id WHERE m.person_id = $1 AND s.deleted_at IS NULL ORDER BY m.joined_at, m.id";
    select(tx, rest, &[&person]).await
}

pub async fn active_owners(tx: &mut Tx<'_>, shop: ShopId) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM team_members m JOIN team_roles r ON r.shop_id = m.shop_id AND r.id = m.role_id \
               WHERE m.shop_id = $1 AND m.active AND r.rank = $2";
    tx.value(sql, &[&shop, &Rank::Owner]).await
}

pub async fn insert(tx: &mut Tx<'_>, shop: ShopId, id: MemberId, person: PersonId, role: RoleId) -> Result<()> {
    let now = tx.now();
    let inserted = tx
        .execute(
            "INSERT INTO team_members (shop_id, id, person_id, role_id, availability, active, joined_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
            &[&shop, &id, &person, &role, &Availability::Offline, &true, &now],
        )
        .await?;
    unless_taken(inserted, say!("member-already"))
}

pub async fn save(tx: &mut Tx<'_>, member: &Member) -> Result<()> {
    let sql = "UPDATE team_members SET role_id = $3, active = $4 WHERE shop_id = $1 AND id = $2";
    tx.one(sql, &[&member.shop, &member.id, &member.role, &member.active]).await
}

pub async fn set_availability(tx: &mut Tx<'_>, shop: ShopId, id: MemberId, availability: Availability) -> Result<()> {
    let now = tx.now();
    let sql = "UPDATE team_members SET availability = $3, last_seen_at = $4 WHERE shop_id = $1 AND id = $2";
    there(tx.execute(sql, &[&shop, &id, &availability, &now]).await?, say!("member-not-found"))
}

pub async fn saw(tx: &mut Tx<'_>, shop: ShopId, id: MemberId) -> Result<()> {
    let now = tx.now();
    let sql = "UPDATE team_members SET last_seen_at = $3 WHERE shop_id = $1 AND id = $2";
    there(tx.execute(sql, &[&shop, &id, &now]).await?, say!("member-not-found"))
}
