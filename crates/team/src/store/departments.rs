//! Departments, and who works in them.

use std::collections::HashMap;

use kernel::{DepartmentId, MemberId, Result, Sentence, ShopId, say};
use platform::{
    Tx,
    db::{Json, Row},
};

use super::{name_key, there, unless_taken};
use crate::department::Department;

fn department(row: &Row) -> Result<Department> {
    let mut c = row.columns();
    Ok(Department {
        id: c.take()?,
        name: c.take()?,
        names: c.take::<Json<_>>()?.0,
        about: c.take::<Json<_>>()?.0,
        shown_in_chat: c.take()?,
        members: Vec::new(),
        schedule: c.take()?,
        position: c.take()?,
    })
}

pub async fn all(tx: &mut Tx<'_>, shop: ShopId) -> Result<Vec<Department>> {
    let sql = "SELECT id, name, names, about, shown_in_chat, schedule_id, position FROM team_departments WHERE shop_id = $1 ORDER BY position, id";
    let mut departments: Vec<Department> = tx.rows(sql, &[&shop]).await?.iter().map(department).collect::<Result<_>>()?;
    let sql = "SELECT department_id, member_id FROM team_department_members WHERE shop_id = $1 ORDER BY department_id, member_id";
    let mut members: HashMap<DepartmentId, Vec<MemberId>> = HashMap::new();
    for row in tx.rows(sql, &[&shop]).await? {
        members.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    for department in &mut departments {
        department.members = members.remove(&department.id).unwrap_or_default();
    }
    Ok(departments)
}

const TAKEN: Sentence = say!("department-name-taken");

pub async fn insert(tx: &mut Tx<'_>, shop: ShopId, department: &Department) -> Result<()> {
    let d = department;
    let inserted = tx
        .execute(
            "INSERT INTO team_departments (shop_id, id, name, name_key, names, about, shown_in_chat, schedule_id, position) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING",
            &[&shop, &d.id, &d.name, &name_key(&d.name), &Json(&d.names), &Json(&d.about), &d.shown_in_chat, &d.schedule, &d.position],
        )
        .await?;
    unless_taken(inserted, TAKEN)?;
    set_members(tx, shop, department).await
}

pub async fn save(tx: &mut Tx<'_>, shop: ShopId, department: &Department) -> Result<()> {
    let (d, key) = (department, name_key(&department.name));
    let other = tx.row("SELECT id FROM team_departments WHERE shop_id = $1 AND name_key = $2 AND id <> $3", &[&shop, &key, &d.id]).await?;
    unless_taken(u64::from(other.is_none()), TAKEN)?;
    tx.one(
        "UPDATE team_departments SET name = $3, name_key = $4, names = $5, about = $6, shown_in_chat = $7, schedule_id = $8, position = $9 \
         WHERE shop_id = $1 AND id = $2",
        &[&shop, &d.id, &d.name, &key, &Json(&d.names), &Json(&d.about), &d.shown_in_chat, &d.schedule, &d.position],
    )
    .await?;
    set_members(tx, shop, department).await
}

pub async fn delete(tx: &mut Tx<'_>, shop: ShopId, id: DepartmentId) -> Result<()> {
    tx.execute("DELETE FROM team_department_members WHERE shop_id = $1 AND department_id = $2", &[&shop, &id]).await?;
    there(tx.execute("DELETE FROM team_departments WHERE shop_id = $1 AND id = $2", &[&shop, &id]).await?, say!("department-not-found"))
}

async fn set_members(tx: &mut Tx<'_>, shop: ShopId, department: &Department) -> Result<()> {
    tx.execute("DELETE FROM team_department_members WHERE shop_id = $1 AND department_id = $2", &[&shop, &department.id]).await?;
    for member in &department.members {
        put(tx, shop, department.id, *member).await?;
    }
    Ok(())
}

/// Puts a member into these departments and out of all others.
pub async fn set_of_member(tx: &mut Tx<'_>, shop: ShopId, member: MemberId, departments: &[DepartmentId]) -> Result<()> {
    tx.execute("DELETE FROM team_department_members WHERE shop_id = $1 AND member_id = $2", &[&shop, &member]).await?;
    for department in departments {
        put(tx, shop, *department, member).await?;
    }
    Ok(())
}

async fn put(tx: &mut Tx<'_>, shop: ShopId, department: DepartmentId, member: MemberId) -> Result<()> {
    let sql = "INSERT INTO team_department_members (shop_id, department_id, member_id) VALUES ($1, $2, $3)";
    tx.one(sql, &[&shop, &department, &member]).await
}
