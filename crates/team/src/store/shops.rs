//! Shops.

use kernel::{PersonId, Result, ShopId, say};
use platform::{
    Tx,
    db::{Json, Row},
};

use crate::shop::Shop;

const COLUMNS: &str = "s.id, s.name, s.language, s.time_zone, s.reopen_days, s.undo_send_seconds, s.blocked_networks, s.created_at";

fn shop(row: &Row) -> Result<Shop> {
    let mut c = row.columns();
    Ok(Shop {
        id: c.take()?,
        name: c.take()?,
        language: c.take()?,
        time_zone: c.take()?,
        reopen_days: c.take()?,
        undo_send_seconds: c.take()?,
        blocked_networks: c.take::<Json<_>>()?.0,
        created_at: c.take()?,
    })
}

/// Whether there is an open shop.
pub async fn any(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(tx.row("SELECT id FROM team_shops WHERE deleted_at IS NULL LIMIT 1", &[]).await?.is_some())
}

pub async fn is_open(tx: &mut Tx<'_>, id: ShopId) -> Result<bool> {
    Ok(tx.row("SELECT id FROM team_shops WHERE id = $1 AND deleted_at IS NULL", &[&id]).await?.is_some())
}

pub async fn close(tx: &mut Tx<'_>, id: ShopId) -> Result<()> {
    let now = tx.now();
    tx.one("UPDATE team_shops SET deleted_at = $2 WHERE id = $1 AND deleted_at IS NULL", &[&id, &now]).await
}

pub async fn get(tx: &mut Tx<'_>, id: ShopId) -> Result<Shop> {
    shop(
        &tx.found(say!("shop-not-found"), &format!("SELECT {COLUMNS} FROM team_shops s WHERE s.id = $1 AND s.deleted_at IS NULL"), &[&id])
            .await?,
    )
}

/// The shops somebody is an active member of.
pub async fn of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Shop>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM team_members m JOIN team_shops s ON s.id = m.shop_id \
         WHERE m.person_id = $1 AND m.active AND s.deleted_at IS NULL ORDER BY s.name, s.id"
    );
    tx.rows(&sql, &[&person]).await?.iter().map(shop).collect()
}

pub async fn insert(tx: &mut Tx<'_>, shop: &Shop) -> Result<()> {
    tx.one(
        "INSERT INTO team_shops (id, name, language, time_zone, reopen_days, undo_send_seconds, blocked_networks, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &[
            &shop.id,
            &shop.name,
            &shop.language,
            &shop.time_zone,
            &shop.reopen_days,
            &shop.undo_send_seconds,
            &Json(&shop.blocked_networks),
            &shop.created_at,
        ],
    )
    .await
}

pub async fn save(tx: &mut Tx<'_>, shop: &Shop) -> Result<()> {
    tx.one(
        "UPDATE team_shops SET name = $2, language = $3, time_zone = $4, reopen_days = $5, undo_send_seconds = $6, blocked_networks = $7 \
         WHERE id = $1",
        &[&shop.id, &shop.name, &shop.language, &shop.time_zone, &shop.reopen_days, &shop.undo_send_seconds, &Json(&shop.blocked_networks)],
    )
    .await
}
