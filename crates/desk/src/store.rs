//! Every statement of this crate.

use kernel::{Cursor, Error, MacroId, MemberId, Result, ShopId, say};
use platform::{
    Tx,
    db::{Json, Row},
};

use crate::macros::{Macro, Owner};

const COLUMNS: &str = "shop_id, id, owner_id, name, folder, texts, tags, used, created_at, changed_at, version";

fn read(row: &Row) -> Result<Macro> {
    let mut c = row.columns();
    Ok(Macro {
        shop: c.take()?,
        id: c.take()?,
        owner: c.take::<Option<MemberId>>()?.map_or(Owner::Shop, Owner::Member),
        name: c.take()?,
        folder: c.take()?,
        texts: c.take::<Json<_>>()?.0,
        tags: c.take::<Json<_>>()?.0,
        used: c.take()?,
        created_at: c.take()?,
        changed_at: c.take()?,
        version: c.take()?,
    })
}

fn name_key(name: &str) -> String {
    name.to_lowercase()
}

/// A macro of the shop's or of this member's own.
///
/// Errors: `NotFound`, also when it is somebody else's own.
pub async fn visible(tx: &mut Tx<'_>, shop: ShopId, member: MemberId, id: MacroId) -> Result<Macro> {
    let sql = format!("SELECT {COLUMNS} FROM desk_macros WHERE shop_id = $1 AND id = $2 AND (owner_id IS NULL OR owner_id = $3)");
    read(&tx.found(say!("macro-not-found"), &sql, &[&shop, &id, &member]).await?)
}

/// The shop's and this member's own, the oldest first.
pub async fn all_visible(tx: &mut Tx<'_>, shop: ShopId, member: MemberId, after: Cursor, limit: i64) -> Result<Vec<Macro>> {
    // ids sort by age
    let sql = format!(
        "SELECT {COLUMNS} FROM desk_macros WHERE shop_id = $1 AND id > $2 AND (owner_id IS NULL OR owner_id = $3) ORDER BY id LIMIT $4"
    );
    tx.rows(&sql, &[&shop, &after.id, &member, &limit]).await?.iter().map(read).collect()
}

pub async fn count(tx: &mut Tx<'_>, shop: ShopId) -> Result<i64> {
    tx.value("SELECT COUNT(*) FROM desk_macros WHERE shop_id = $1", &[&shop]).await
}

/// Whether another macro of the same owner bears this name.
pub async fn name_is_taken(tx: &mut Tx<'_>, m: &Macro) -> Result<bool> {
    let (key, owner) = (name_key(&m.name), m.owner.member());
    let taken = match owner {
        None => {
            let sql = "SELECT 1 FROM desk_macros WHERE shop_id = $1 AND name_key = $2 AND id <> $3 AND owner_id IS NULL";
            tx.row(sql, &[&m.shop, &key, &m.id]).await?
        }
        Some(owner) => {
            let sql = "SELECT 1 FROM desk_macros WHERE shop_id = $1 AND name_key = $2 AND id <> $3 AND owner_id = $4";
            tx.row(sql, &[&m.shop, &key, &m.id, &owner]).await?
        }
    };
    Ok(taken.is_some())
}

pub async fn insert(tx: &mut Tx<'_>, m: &Macro) -> Result<()> {
    let sql = format!("INSERT INTO desk_macros ({COLUMNS}, name_key) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)");
    let (owner, key) = (m.owner.member(), name_key(&m.name));
    tx.one(
        &sql,
        &[
            &m.shop,
            &m.id,
            &owner,
            &m.name,
            &m.folder,
            &Json(&m.texts),
            &Json(&m.tags),
            &m.used,
            &m.created_at,
            &m.changed_at,
            &m.version,
            &key,
        ],
    )
    .await
}

pub async fn save(tx: &mut Tx<'_>, m: &mut Macro) -> Result<()> {
    let (owner, key) = (m.owner.member(), name_key(&m.name));
    tx.one(
        "UPDATE desk_macros SET owner_id = $1, name = $2, name_key = $3, folder = $4, texts = $5, tags = $6, changed_at = $7, version = version + 1 \
         WHERE shop_id = $8 AND id = $9 AND version = $10",
        &[&owner, &m.name, &key, &m.folder, &Json(&m.texts), &Json(&m.tags), &m.changed_at, &m.shop, &m.id, &m.version],
    )
    .await?;
    m.version += 1;
    Ok(())
}

/// Counts one use; a macro deleted meanwhile is counted nowhere.
pub async fn count_use(tx: &mut Tx<'_>, shop: ShopId, id: MacroId) -> Result<()> {
    tx.execute("UPDATE desk_macros SET used = used + 1 WHERE shop_id = $1 AND id = $2", &[&shop, &id]).await.map(drop)
}

pub async fn remove(tx: &mut Tx<'_>, shop: ShopId, id: MacroId) -> Result<()> {
    match tx.execute("DELETE FROM desk_macros WHERE shop_id = $1 AND id = $2", &[&shop, &id]).await? {
        0 => Err(Error::NotFound(say!("macro-not-found"))),
        _ => Ok(()),
    }
}
