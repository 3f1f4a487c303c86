//! Statements on mailboxes.

use kernel::{Error, MailboxId, Result, ShopId, say};
use platform::{
    Tx,
    db::{Json, Row},
};

use crate::email::mailbox::{Mailbox, address_key};

const COLUMNS: &str =
    "shop_id, id, settings, sealed, signed_in, signing, state, run, place, trouble, backlog, heard_at, created_at, version";

fn read(row: &Row) -> Result<Mailbox> {
    let mut c = row.columns();
    Ok(Mailbox {
        shop: c.take()?,
        id: c.take()?,
        settings: c.take::<Json<_>>()?.0,
        sealed: c.take()?,
        signed_in: c.take::<Option<Json<_>>>()?.map(|signed_in| signed_in.0),
        signing: c.take::<Option<Json<_>>>()?.map(|signing| signing.0),
        state: c.take()?,
        run: c.take()?,
        place: c.take::<Option<Json<_>>>()?.map(|place| place.0),
        trouble: c.take::<Option<Json<_>>>()?.map(|trouble| trouble.0),
        backlog: c.take()?,
        heard_at: c.take()?,
        created_at: c.take()?,
        version: c.take()?,
    })
}

pub async fn mailbox(tx: &mut Tx<'_>, shop: ShopId, id: MailboxId) -> Result<Mailbox> {
    maybe(tx, shop, id).await?.ok_or(Error::NotFound(say!("mailbox-not-found")))
}

pub async fn maybe(tx: &mut Tx<'_>, shop: ShopId, id: MailboxId) -> Result<Option<Mailbox>> {
    let sql = format!("SELECT {COLUMNS} FROM channels_mailboxes WHERE shop_id = $1 AND id = $2");
    tx.row(&sql, &[&shop, &id]).await?.map(|row| read(&row)).transpose()
}

pub async fn by_address(tx: &mut Tx<'_>, shop: ShopId, key: &str) -> Result<Option<Mailbox>> {
    let sql = format!("SELECT {COLUMNS} FROM channels_mailboxes WHERE shop_id = $1 AND address_key = $2");
    tx.row(&sql, &[&shop, &key]).await?.map(|row| read(&row)).transpose()
}

/// All of a shop, the oldest first.
pub async fn all(tx: &mut Tx<'_>, shop: ShopId) -> Result<Vec<Mailbox>> {
    let sql = format!("SELECT {COLUMNS} FROM channels_mailboxes WHERE shop_id = $1 ORDER BY id");
    tx.rows(&sql, &[&shop]).await?.iter().map(read).collect()
}

pub async fn insert(tx: &mut Tx<'_>, m: &Mailbox) -> Result<()> {
    let sql = "INSERT INTO channels_mailboxes \
               (shop_id, id, address_key, settings, sealed, signed_in, signing, state, run, place, trouble, backlog, heard_at, created_at, version) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    let (place, trouble, key) = (m.place.as_ref().map(Json), m.trouble.as_ref().map(Json), address_key(&m.settings.address));
    tx.one(
        sql,
        &[
            &m.shop,
            &m.id,
            &key,
            &Json(&m.settings),
            &m.sealed,
            &m.signed_in.as_ref().map(Json),
            &m.signing.as_ref().map(Json),
            &m.state,
            &m.run,
            &place,
            &trouble,
            &m.backlog,
            &m.heard_at,
            &m.created_at,
            &m.version,
        ],
    )
    .await
}

/// Saves what can change; the version says that nobody was faster.
pub async fn save(tx: &mut Tx<'_>, m: &mut Mailbox) -> Result<()> {
    let sql = "UPDATE channels_mailboxes SET address_key = $1, settings = $2, sealed = $3, state = $4, run = $5, place = $6, trouble = $7, \
               backlog = $8, heard_at = $9, signing = $10, signed_in = $11, version = version + 1 WHERE shop_id = $12 AND id = $13 AND version = $14";
    let (place, trouble, key) = (m.place.as_ref().map(Json), m.trouble.as_ref().map(Json), address_key(&m.settings.address));
    tx.one(
        sql,
        &[
            &key,
            &Json(&m.settings),
            &m.sealed,
            &m.state,
            &m.run,
            &place,
            &trouble,
            &m.backlog,
            &m.heard_at,
            &m.signing.as_ref().map(Json),
            &m.signed_in.as_ref().map(Json),
            &m.shop,
            &m.id,
            &m.version,
        ],
    )
    .await?;
    m.version += 1;
    Ok(())
}

pub async fn remove(tx: &mut Tx<'_>, shop: ShopId, id: MailboxId) -> Result<()> {
    tx.one("DELETE FROM channels_mailboxes WHERE shop_id = $1 AND id = $2", &[&shop, &id]).await
}
