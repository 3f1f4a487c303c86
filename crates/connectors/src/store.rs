//! Every statement of this crate.

use kernel::{ConnectionId, Error, Result, ShopId, say};
use platform::{
    Tx,
    db::{Json, Row},
};

use crate::connection::Connection;

const COLUMNS: &str = "shop_id, id, connector, name, settings, sealed, state, run, place, progress, trouble, imported_at, reached_at, \
                       heard_at, clock_ahead, created_at, version";

fn read(row: &Row) -> Result<Connection> {
    let mut c = row.columns();
    Ok(Connection {
        shop: c.take()?,
        id: c.take()?,
        connector: c.take()?,
        name: c.take()?,
        settings: c.take::<Json<_>>()?.0,
        sealed: c.take()?,
        state: c.take()?,
        run: c.take()?,
        place: c.take::<Json<_>>()?.0,
        progress: c.take::<Json<_>>()?.0,
        trouble: c.take::<Option<Json<_>>>()?.map(|trouble| trouble.0),
        imported_at: c.take()?,
        reached_at: c.take()?,
        heard_at: c.take()?,
        clock_ahead: c.take()?,
        created_at: c.take()?,
        version: c.take()?,
    })
}

pub async fn connection(tx: &mut Tx<'_>, shop: ShopId, id: ConnectionId) -> Result<Connection> {
    maybe(tx, shop, id).await?.ok_or(Error::NotFound(say!("connection-not-found")))
}

pub async fn maybe(tx: &mut Tx<'_>, shop: ShopId, id: ConnectionId) -> Result<Option<Connection>> {
    let sql = format!("SELECT {COLUMNS} FROM connectors_connections WHERE shop_id = $1 AND id = $2");
    tx.row(&sql, &[&shop, &id]).await?.map(|row| read(&row)).transpose()
}

/// All of a shop, the oldest first.
pub async fn all(tx: &mut Tx<'_>, shop: ShopId) -> Result<Vec<Connection>> {
    let sql = format!("SELECT {COLUMNS} FROM connectors_connections WHERE shop_id = $1 ORDER BY id");
    tx.rows(&sql, &[&shop]).await?.iter().map(read).collect()
}

pub async fn insert(tx: &mut Tx<'_>, c: &Connection) -> Result<()> {
    let sql = format!(
        "INSERT INTO connectors_connections ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)"
    );
    let (settings, place, progress, trouble) = (Json(&c.settings), Json(&c.place), Json(&c.progress), c.trouble.as_ref().map(Json));
    tx.one(
        &sql,
        &[
            &c.shop,
            &c.id,
            &c.connector,
            &c.name,
            &settings,
            &c.sealed,
            &c.state,
            &c.run,
            &place,
            &progress,
            &trouble,
            &c.imported_at,
            &c.reached_at,
            &c.heard_at,
            &c.clock_ahead,
            &c.created_at,
            &c.version,
        ],
    )
    .await
}

/// Saves what can change; the version says that nobody was faster.
pub async fn save(tx: &mut Tx<'_>, c: &mut Connection) -> Result<()> {
    let (settings, place, progress, trouble) = (Json(&c.settings), Json(&c.place), Json(&c.progress), c.trouble.as_ref().map(Json));
    tx.one(
        "UPDATE connectors_connections SET name = $1, settings = $2, sealed = $3, state = $4, run = $5, place = $6, progress = $7, \
         trouble = $8, imported_at = $9, reached_at = $10, heard_at = $11, clock_ahead = $12, version = version + 1 \
         WHERE shop_id = $13 AND id = $14 AND version = $15",
        &[
            &c.name,
            &settings,
            &c.sealed,
            &c.state,
            &c.run,
            &place,
            &progress,
            &trouble,
            &c.imported_at,
            &c.reached_at,
            &c.heard_at,
            &c.clock_ahead,
            &c.shop,
            &c.id,
            &c.version,
        ],
    )
    .await?;
    c.version += 1;
    Ok(())
}

pub async fn remove(tx: &mut Tx<'_>, shop: ShopId, id: ConnectionId) -> Result<()> {
    tx.one("DELETE FROM connectors_connections WHERE shop_id = $1 AND id = $2", &[&shop, &id]).await
}
