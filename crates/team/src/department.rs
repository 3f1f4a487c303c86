//! Departments: size and fit, gear experts … who works there, and when they are open.

use std::collections::{BTreeSet, HashMap};

use kernel::{DepartmentId, Error, MemberId, Result, ScheduleId, ShopId, Texts, invalid, say};
use platform::{Agent, Tx};

use crate::{
    events::{DepartmentChanged, DepartmentCreated, DepartmentDeleted},
    store,
};

/// A department of a shop.
#[derive(Debug, Clone, PartialEq)]
pub struct Department {
    pub id: DepartmentId,
    /// What the team calls it.
    pub name: String,
    /// What shoppers read, by language; the team's name where empty.
    pub names: Texts,
    /// What it can help with, by language.
    pub about: Texts,
    /// Whether a shopper may choose it.
    pub shown_in_chat: bool,
    pub members: Vec<MemberId>,
    /// Its own opening hours; the shop's when `None`.
    pub schedule: Option<ScheduleId>,
    pub position: i64,
}

/// What may change about a department; `None` leaves it alone.
#[derive(Debug, Clone, Default)]
pub struct Change {
    pub name: Option<String>,
    pub names: Option<Texts>,
    pub about: Option<Texts>,
    pub shown_in_chat: Option<bool>,
    pub members: Option<Vec<MemberId>>,
    pub schedule: Option<Option<ScheduleId>>,
    pub position: Option<i64>,
}

impl Department {
    fn with(self, change: Change) -> Department {
        Department {
            id: self.id,
            name: change.name.unwrap_or(self.name),
            names: change.names.unwrap_or(self.names),
            about: change.about.unwrap_or(self.about),
            shown_in_chat: change.shown_in_chat.unwrap_or(self.shown_in_chat),
            members: change.members.map_or(self.members, |members| members.into_iter().collect::<BTreeSet<_>>().into_iter().collect()),
            schedule: change.schedule.unwrap_or(self.schedule),
            position: change.position.unwrap_or(self.position),
        }
    }
}

/// All departments of a shop, in their order.
pub async fn all(tx: &mut Tx<'_>, shop: ShopId) -> Result<Vec<Department>> {
    store::departments::all(tx, shop).await
}

/// A department by its id.
pub async fn get(tx: &mut Tx<'_>, shop: ShopId, id: DepartmentId) -> Result<Department> {
    let departments = store::departments::all(tx, shop).await?;
    departments.into_iter().find(|department| department.id == id).ok_or(Error::NotFound(say!("department-not-found")))
}

/// Those of `ids` that are departments of the shop.
pub async fn by_ids(tx: &mut Tx<'_>, shop: ShopId, ids: &[DepartmentId]) -> Result<HashMap<DepartmentId, Department>> {
    // a shop has few departments: one statement for all is the shortest way
    let departments = if ids.is_empty() { Vec::new() } else { store::departments::all(tx, shop).await? };
    Ok(departments.into_iter().filter(|department| ids.contains(&department.id)).map(|department| (department.id, department)).collect())
}

/// Holds a choice against what there is; nobody chosen is fine.
///
/// Errors: `Invalid` on `department`.
pub async fn must_be_there(tx: &mut Tx<'_>, shop: ShopId, chosen: Option<DepartmentId>) -> Result<()> {
    match chosen {
        Some(id) if !by_ids(tx, shop, &[id]).await?.contains_key(&id) => Err(invalid("department", say!("department-gone"))),
        _ => Ok(()),
    }
}

/// Who works in a department.
pub async fn members_of(tx: &mut Tx<'_>, shop: ShopId, id: DepartmentId) -> Result<Vec<MemberId>> {
    Ok(get(tx, shop, id).await?.members)
}

/// Makes a department.
///
/// Errors: `Conflict` when the name is taken, `Invalid` for members or hours that are not the shop's.
pub async fn create(tx: &mut Tx<'_>, who: &Agent, change: Change) -> Result<Department> {
    let position = store::departments::all(tx, who.shop).await?.iter().map(|department| department.position + 1).max().unwrap_or(0);
    let empty = Department {
        id: tx.new_id(),
        name: String::new(),
        names: Texts::default(),
        about: Texts::default(),
        shown_in_chat: true,
        members: Vec::new(),
        schedule: None,
        position,
    };
    let department = empty.with(change);
    check_references(tx, who.shop, &department).await?;
    store::departments::insert(tx, who.shop, &department).await?;
    tx.announce(who, DepartmentCreated { department: department.id }).await?;
    Ok(department)
}

/// Changes a department.
pub async fn change(tx: &mut Tx<'_>, who: &Agent, id: DepartmentId, change: Change) -> Result<Department> {
    let before = get(tx, who.shop, id).await?;
    let after = before.clone().with(change);
    check_references(tx, who.shop, &after).await?;
    store::departments::save(tx, who.shop, &after).await?;
    if after != before {
        tx.announce(who, DepartmentChanged { department: id }).await?;
    }
    Ok(after)
}

/// Deletes a department. What it was assigned is for higher rooms to see to.
pub async fn delete(tx: &mut Tx<'_>, who: &Agent, id: DepartmentId) -> Result<()> {
    get(tx, who.shop, id).await?;
    store::departments::delete(tx, who.shop, id).await?;
    tx.announce(who, DepartmentDeleted { department: id }).await.map(drop)
}

async fn check_references(tx: &mut Tx<'_>, shop: ShopId, department: &Department) -> Result<()> {
    let known = store::members::by_ids(tx, shop, &department.members).await?;
    if known.len() != department.members.len() {
        return Err(invalid("members", say!("members-not-all-here")));
    }
    match department.schedule {
        Some(id) if store::schedules::find(tx, shop, id).await?.is_none() => Err(invalid("schedule", say!("hours-not-here"))),
        _ => Ok(()),
    }
}

/// Those of `ids` that are still departments of the shop, each once.
pub(crate) async fn known(tx: &mut Tx<'_>, shop: ShopId, ids: Vec<DepartmentId>) -> Result<Vec<DepartmentId>> {
    let known = by_ids(tx, shop, &ids).await?;
    Ok(ids.into_iter().filter(|id| known.contains_key(id)).collect::<BTreeSet<_>>().into_iter().collect())
}

/// `ids`, each once.
///
/// Errors: `Invalid` when one of them is no department of the shop.
pub(crate) async fn all_known(tx: &mut Tx<'_>, shop: ShopId, ids: Vec<DepartmentId>) -> Result<Vec<DepartmentId>> {
    let wanted: BTreeSet<DepartmentId> = ids.iter().copied().collect();
    let known = known(tx, shop, ids).await?;
    if known.len() == wanted.len() { Ok(known) } else { Err(invalid("departments", say!("departments-not-all-here"))) }
}
