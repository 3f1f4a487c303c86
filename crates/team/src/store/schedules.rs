//! Opening hours.

use kernel::{Result, ScheduleId, Sentence, ShopId, say};
use platform::{
    Tx,
    db::{Json, Row},
};

use super::{name_key, there, unless_taken};
use crate::schedule::Schedule;

const COLUMNS: &str = "id, name, time_zone, hours, is_default";

fn schedule(row: &Row) -> Result<Schedule> {
    let mut c = row.columns();
    Ok(Schedule { id: c.take()?, name: c.take()?, time_zone: c.take()?, hours: c.take::<Json<_>>()?.0, is_default: c.take()? })
}

pub async fn all(tx: &mut Tx<'_>, shop: ShopId) -> Result<Vec<Schedule>> {
    let sql = format!("SELECT {COLUMNS} FROM team_schedules WHERE shop_id = $1 ORDER BY is_default DESC, name_key, id");
    tx.rows(&sql, &[&shop]).await?.iter().map(schedule).collect()
}

pub async fn find(tx: &mut Tx<'_>, shop: ShopId, id: ScheduleId) -> Result<Option<Schedule>> {
    let row = tx.row(&format!("SELECT {COLUMNS} FROM team_schedules WHERE shop_id = $1 AND id = $2"), &[&shop, &id]).await?;
    row.as_ref().map(schedule).transpose()
}

const TAKEN: Sentence = say!("hours-name-taken");

pub async fn insert(tx: &mut Tx<'_>, shop: ShopId, schedule: &Schedule) -> Result<()> {
    let s = schedule;
    let inserted = tx
        .execute(
            "INSERT INTO team_schedules (shop_id, id, name, name_key, time_zone, hours, is_default) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
            &[&shop, &s.id, &s.name, &name_key(&s.name), &s.time_zone, &Json(&s.hours), &s.is_default],
        )
        .await?;
    unless_taken(inserted, TAKEN)
}

pub async fn save(tx: &mut Tx<'_>, shop: ShopId, schedule: &Schedule) -> Result<()> {
    let (s, key) = (schedule, name_key(&schedule.name));
    let other = tx.row("SELECT id FROM team_schedules WHERE shop_id = $1 AND name_key = $2 AND id <> $3", &[&shop, &key, &s.id]).await?;
    unless_taken(u64::from(other.is_none()), TAKEN)?;
    tx.one(
        "UPDATE team_schedules SET name = $3, name_key = $4, time_zone = $5, hours = $6, is_default = $7 WHERE shop_id = $1 AND id = $2",
        &[&shop, &s.id, &s.name, &key, &s.time_zone, &Json(&s.hours), &s.is_default],
    )
    .await
}

/// Makes room for another default.
pub async fn no_default(tx: &mut Tx<'_>, shop: ShopId) -> Result<()> {
    tx.execute("UPDATE team_schedules SET is_default = $2 WHERE shop_id = $1", &[&shop, &false]).await.map(drop)
}

pub async fn delete(tx: &mut Tx<'_>, shop: ShopId, id: ScheduleId) -> Result<()> {
    there(tx.execute("DELETE FROM team_schedules WHERE shop_id = $1 AND id = $2", &[&shop, &id]).await?, say!("hours-not-found"))
}
