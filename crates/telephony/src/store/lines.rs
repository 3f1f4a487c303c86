//! Statements on telephone lines.

use kernel::{Error, PhoneLineId, Result, ShopId, say};
use platform::{
    Tx,
    db::{Json, Row},
};

use crate::line::{PhoneLine, Settings};

const COLUMNS: &str = "shop_id, id, name, number, department_id, call_back_within, sealed, voice, heard_at, created_at, version";

fn read(row: &Row) -> Result<PhoneLine> {
    let mut c = row.columns();
    Ok(PhoneLine {
        shop: c.take()?,
        id: c.take()?,
        settings: Settings { name: c.take()?, number: c.take()?, department: c.take()?, call_back_within: c.take()? },
        sealed: c.take()?,
        voice: c.take::<Option<Json<_>>>()?.map(|voice| voice.0),
        heard_at: c.take()?,
        created_at: c.take()?,
        version: c.take()?,
    })
}

pub async fn line(tx: &mut Tx<'_>, shop: ShopId, id: PhoneLineId) -> Result<PhoneLine> {
    maybe(tx, shop, id).await?.ok_or(Error::NotFound(say!("phone-line-not-found")))
}

pub async fn maybe(tx: &mut Tx<'_>, shop: ShopId, id: PhoneLineId) -> Result<Option<PhoneLine>> {
    let sql = format!("SELECT {COLUMNS} FROM telephony_lines WHERE shop_id = $1 AND id = $2");
    tx.row(&sql, &[&shop, &id]).await?.map(|row| read(&row)).transpose()
}

/// All of a shop, the oldest first.
pub async fn all(tx: &mut Tx<'_>, shop: ShopId) -> Result<Vec<PhoneLine>> {
    let sql = format!("SELECT {COLUMNS} FROM telephony_lines WHERE shop_id = $1 ORDER BY id");
    tx.rows(&sql, &[&shop]).await?.iter().map(read).collect()
}

pub async fn insert(tx: &mut Tx<'_>, l: &PhoneLine) -> Result<()> {
    let sql = format!("INSERT INTO telephony_lines ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)");
    let (s, voice) = (&l.settings, l.voice.as_ref().map(Json));
    tx.one(
        &sql,
        &[
            &l.shop,
            &l.id,
            &s.name,
            &s.number,
            &s.department,
            &s.call_back_within,
            &l.sealed,
            &voice,
            &l.heard_at,
            &l.created_at,
            &l.version,
        ],
    )
    .await
}

/// Saves what can change; the version says that nobody was faster.
pub async fn save(tx: &mut Tx<'_>, l: &mut PhoneLine) -> Result<()> {
    let sql = "UPDATE telephony_lines SET name = $1, number = $2, department_id = $3, call_back_within = $4, sealed = $5, \
               voice = $6, version = version + 1 WHERE shop_id = $7 AND id = $8 AND version = $9";
    let (s, voice) = (&l.settings, l.voice.as_ref().map(Json));
    tx.one(sql, &[&s.name, &s.number, &s.department, &s.call_back_within, &l.sealed, &voice, &l.shop, &l.id, &l.version]).await?;
    l.version += 1;
    Ok(())
}

/// Notes that its telephone system told something. Nothing members have changed is saved beside this, so its version stays.
pub async fn heard(tx: &mut Tx<'_>, l: &PhoneLine) -> Result<()> {
    let now = tx.now();
    tx.one("UPDATE telephony_lines SET heard_at = $1 WHERE shop_id = $2 AND id = $3", &[&now, &l.shop, &l.id]).await
}

pub async fn remove(tx: &mut Tx<'_>, shop: ShopId, id: PhoneLineId) -> Result<()> {
    tx.one("DELETE FROM telephony_lines WHERE shop_id = $1 AND id = $2", &[&shop, &id]).await
}
