//! Schedules: opening hours by name, one of them the shop's own.

use jiff::tz::TimeZone;
use kernel::{DepartmentId, Error, Result, ScheduleId, ShopId, Timestamp, conflict, say};
use platform::{Agent, Tx};

pub use crate::opening_hours::OpenState;
use crate::{
    department,
    events::{ScheduleChanged, ScheduleCreated, ScheduleDeleted},
    opening_hours::Hours,
    shop::Shop,
    store,
};

/// Opening hours with a name and a time zone.
#[derive(Debug, Clone, PartialEq)]
pub struct Schedule {
    pub id: ScheduleId,
    pub name: String,
    /// An IANA name.
    pub time_zone: String,
    pub hours: Hours,
    /// Whether these are the hours of the shop, and of departments without their own.
    pub is_default: bool,
}

/// A schedule's content, as somebody writes it.
#[derive(Debug, Clone)]
pub struct NewSchedule {
    pub name: String,
    pub time_zone: String,
    pub hours: Hours,
    pub is_default: bool,
}

impl Schedule {
    /// Whether it is open at a moment, and when that changes.
    pub fn state(&self, at: Timestamp) -> OpenState {
        let zone = TimeZone::get(&self.time_zone).unwrap_or(TimeZone::UTC);
        self.hours.state(&zone, at)
    }
}

/// All schedules of a shop, the default first.
pub async fn all(tx: &mut Tx<'_>, shop: ShopId) -> Result<Vec<Schedule>> {
    store::schedules::all(tx, shop).await
}

/// A schedule by its id.
pub async fn get(tx: &mut Tx<'_>, shop: ShopId, id: ScheduleId) -> Result<Schedule> {
    store::schedules::find(tx, shop, id).await?.ok_or(Error::NotFound(say!("hours-not-found")))
}

/// Whether the shop, or one of its departments, is open at `now`, and when that changes.
pub async fn open_state(tx: &mut Tx<'_>, shop: ShopId, department: Option<DepartmentId>, now: Timestamp) -> Result<OpenState> {
    let own = match department {
        Some(id) => department::get(tx, shop, id).await?.schedule,
        None => None,
    };
    let schedules = store::schedules::all(tx, shop).await?;
    let schedule = own.and_then(|id| schedules.iter().find(|schedule| schedule.id == id)).or_else(|| schedules.first());
    Ok(schedule.ok_or(Error::NotFound(say!("hours-not-found")))?.state(now))
}

/// The hours a shop begins with.
pub(crate) async fn create_default(tx: &mut Tx<'_>, shop: &Shop, hours: Hours) -> Result<()> {
    let new = NewSchedule { name: shop.name.clone(), time_zone: shop.time_zone.clone(), hours, is_default: true };
    let schedule = made(tx.new_id(), new);
    store::schedules::insert(tx, shop.id, &schedule).await
}

/// Makes opening hours.
///
/// Errors: `Conflict` when the name is taken.
pub async fn create(tx: &mut Tx<'_>, who: &Agent, new: NewSchedule) -> Result<Schedule> {
    let schedule = made(tx.new_id(), new);
    if schedule.is_default {
        store::schedules::no_default(tx, who.shop).await?;
    }
    store::schedules::insert(tx, who.shop, &schedule).await?;
    tx.announce(who, ScheduleCreated { schedule: schedule.id }).await?;
    Ok(schedule)
}

/// Puts new hours in the place of old ones. Another default takes over from the one before; there always is one.
pub async fn replace(tx: &mut Tx<'_>, who: &Agent, id: ScheduleId, new: NewSchedule) -> Result<Schedule> {
    let before = get(tx, who.shop, id).await?;
    let after = made(id, new);
    match (before.is_default, after.is_default) {
        (true, false) => return Err(conflict(say!("hours-stay-default"))),
        (false, true) => store::schedules::no_default(tx, who.shop).await?,
        _ => {}
    }
    store::schedules::save(tx, who.shop, &after).await?;
    if after != before {
        tx.announce(who, ScheduleChanged { schedule: id }).await?;
    }
    Ok(after)
}

/// Deletes opening hours that neither the shop nor a department keeps.
pub async fn delete(tx: &mut Tx<'_>, who: &Agent, id: ScheduleId) -> Result<()> {
    if get(tx, who.shop, id).await?.is_default {
        return Err(conflict(say!("hours-are-default")));
    }
    let keeping: Vec<_> = department::all(tx, who.shop).await?.into_iter().filter(|d| d.schedule == Some(id)).map(|d| d.name).collect();
    if !keeping.is_empty() {
        return Err(conflict(say!("hours-in-use", count = keeping.len(), departments = keeping.join(", "))));
    }
    store::schedules::delete(tx, who.shop, id).await?;
    tx.announce(who, ScheduleDeleted { schedule: id }).await.map(drop)
}

fn made(id: ScheduleId, new: NewSchedule) -> Schedule {
    Schedule { id, name: new.name, time_zone: new.time_zone, hours: new.hours, is_default: new.is_default }
}
