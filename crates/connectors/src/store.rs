//! Every statement of this crate.

use kernel::{ConnectionId, Error, Result, ShopId, Timestamp, say};
use platform::{
    Tx,
    db::{Json, Row},
    sweep::PIECE,
};

use crate::{connection::Connection, webhook::Standing};

const COLUMNS: &str = "shop_id, id, connector, name, settings, sealed, state, run, place, progress, trouble, uncounted, limits, imported_at, \
                       reached_at, heard_at, clock_ahead, created_at, version";

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
        uncounted: c.take::<Json<_>>()?.0,
        limits: c.take::<Json<_>>()?.0,
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
        "INSERT INTO connectors_connections ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)"
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
            &Json(&c.uncounted),
            &Json(&c.limits),
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
         trouble = $8, uncounted = $9, limits = $10, imported_at = $11, reached_at = $12, heard_at = $13, clock_ahead = $14, \
         version = version + 1 WHERE shop_id = $15 AND id = $16 AND version = $17",
        &[
            &c.name,
            &settings,
            &c.sealed,
            &c.state,
            &c.run,
            &place,
            &progress,
            &trouble,
            &Json(&c.uncounted),
            &Json(&c.limits),
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
    // that a webhook has come is forgotten with time
    tx.one("DELETE FROM connectors_webhooks WHERE shop_id = $1 AND connection_id = $2", &[&shop, &id]).await?;
    tx.one("DELETE FROM connectors_connections WHERE shop_id = $1 AND id = $2", &[&shop, &id]).await
}

/// How a connection's webhooks stand.
pub async fn standing(tx: &mut Tx<'_>, shop: ShopId, id: ConnectionId) -> Result<Standing> {
    let sql = "SELECT sealed, missing, fault, checked_at, heard_at FROM connectors_webhooks WHERE shop_id = $1 AND connection_id = $2";
    let row = tx.row(sql, &[&shop, &id]).await?.ok_or(Error::NotFound(say!("connection-not-found")))?;
    let mut c = row.columns();
    Ok(Standing { sealed: c.take()?, missing: c.take::<Json<_>>()?.0, fault: c.take()?, checked_at: c.take()?, heard_at: c.take()? })
}

pub async fn insert_standing(tx: &mut Tx<'_>, shop: ShopId, id: ConnectionId, new: &Standing) -> Result<()> {
    let sql = "INSERT INTO connectors_webhooks (shop_id, connection_id, sealed, missing, again) VALUES ($1, $2, $3, $4, FALSE)";
    tx.one(sql, &[&shop, &id, &new.sealed, &Json(&new.missing)]).await
}

/// What was found missing just now.
pub async fn checked(tx: &mut Tx<'_>, shop: ShopId, id: ConnectionId, missing: &[String], fault: Option<&str>) -> Result<()> {
    let now = tx.now();
    let sql = "UPDATE connectors_webhooks SET missing = $1, fault = $2, checked_at = $3 WHERE shop_id = $4 AND connection_id = $5";
    tx.execute(sql, &[&Json(missing), &fault, &now, &shop, &id]).await.map(drop)
}

/// One has come; whether the books have to be read `again` after they have been read.
pub async fn heard(tx: &mut Tx<'_>, shop: ShopId, id: ConnectionId, again: bool) -> Result<()> {
    let now = tx.now();
    let sql = "UPDATE connectors_webhooks SET heard_at = $1, again = again OR $2 WHERE shop_id = $3 AND connection_id = $4";
    tx.one(sql, &[&now, &again, &shop, &id]).await
}

/// Whether one came while the books were being read; that is settled with this.
pub async fn rang_meanwhile(tx: &mut Tx<'_>, shop: ShopId, id: ConnectionId) -> Result<bool> {
    let sql = "UPDATE connectors_webhooks SET again = FALSE WHERE shop_id = $1 AND connection_id = $2 AND again";
    Ok(tx.execute(sql, &[&shop, &id]).await? > 0)
}

/// Notes that this has come; says whether it had not before.
pub async fn is_first_delivery(tx: &mut Tx<'_>, shop: ShopId, id: ConnectionId, digest: &str) -> Result<bool> {
    let now = tx.now();
    let sql = "INSERT INTO connectors_deliveries (shop_id, connection_id, digest, received_at) VALUES ($1, $2, $3, $4) \
               ON CONFLICT DO NOTHING";
    Ok(tx.execute(sql, &[&shop, &id, &digest, &now]).await? > 0)
}

pub async fn forget_deliveries(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64> {
    let sql = "DELETE FROM connectors_deliveries WHERE (shop_id, connection_id, digest) IN \
               (SELECT shop_id, connection_id, digest FROM connectors_deliveries WHERE received_at < $1 LIMIT $2)";
    tx.execute(sql, &[&before, &PIECE]).await
}
