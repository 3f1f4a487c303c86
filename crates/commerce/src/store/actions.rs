//! Statements on what is done to orders.

use kernel::{ActionId, Currency, Cursor, Error, MemberId, Money, OrderId, Result, ShopId, Timestamp, say};
use platform::{
    Tx,
    db::{Json, Row},
    event::Actor,
};

use crate::{
    action::{Action, ActionState, Wanted},
    deed::Deed,
};

const COLUMNS: &str = "shop_id, id, order_id, deed, currency, worth, cause, reason, request_key, state, actor_kind, actor_id, member_id, \
                       decided_by, said, link, created_at, asked_at, ended_at, version";

fn read(row: &Row) -> Result<Action> {
    let mut c = row.columns();
    let (shop, id, order) = (c.take()?, c.take()?, c.take()?);
    let deed = c.take::<Json<Deed>>()?.0;
    let (currency, minor) = (c.take()?, c.take()?);
    let wanted = Wanted { deed, cause: c.take()?, reason: c.take()?, key: c.take()? };
    let state = c.take()?;
    let by = Actor { shop, kind: c.take()?, id: c.take()? };
    Ok(Action {
        shop,
        id,
        order,
        wanted,
        worth: Money { minor, currency },
        state,
        by,
        member: c.take()?,
        decided_by: c.take()?,
        said: c.take()?,
        link: c.take()?,
        created_at: c.take()?,
        asked_at: c.take()?,
        ended_at: c.take()?,
        version: c.take()?,
    })
}

pub async fn action(tx: &mut Tx<'_>, shop: ShopId, id: ActionId) -> Result<Action> {
    maybe(tx, shop, id).await?.ok_or(Error::NotFound(say!("action-not-found")))
}

pub async fn maybe(tx: &mut Tx<'_>, shop: ShopId, id: ActionId) -> Result<Option<Action>> {
    let sql = format!("SELECT {COLUMNS} FROM commerce_actions WHERE shop_id = $1 AND id = $2");
    tx.row(&sql, &[&shop, &id]).await?.map(|row| read(&row)).transpose()
}

pub async fn by_key(tx: &mut Tx<'_>, shop: ShopId, key: &str) -> Result<Option<Action>> {
    let sql = format!("SELECT {COLUMNS} FROM commerce_actions WHERE shop_id = $1 AND request_key = $2");
    tx.row(&sql, &[&shop, &key]).await?.map(|row| read(&row)).transpose()
}

/// All that was asked to be done to an order, the newest first.
pub async fn of_order(tx: &mut Tx<'_>, shop: ShopId, order: OrderId) -> Result<Vec<Action>> {
    let sql = format!("SELECT {COLUMNS} FROM commerce_actions WHERE shop_id = $1 AND order_id = $2 ORDER BY id DESC");
    tx.rows(&sql, &[&shop, &order]).await?.iter().map(read).collect()
}

/// The same of several orders.
pub async fn of_orders(tx: &mut Tx<'_>, shop: ShopId, orders: &[OrderId]) -> Result<Vec<Action>> {
    let sql = format!("SELECT {COLUMNS} FROM commerce_actions WHERE shop_id = $1 AND order_id IN ($ids)");
    tx.rows_among(&sql, shop, orders).await?.iter().map(read).collect()
}

pub async fn remove_of(tx: &mut Tx<'_>, shop: ShopId, orders: &[OrderId]) -> Result<()> {
    tx.execute_among("DELETE FROM commerce_actions WHERE shop_id = $1 AND order_id IN ($ids)", shop, orders).await.map(drop)
}

/// A page of those in a state, the newest first.
pub async fn in_state(tx: &mut Tx<'_>, shop: ShopId, state: ActionState, after: Cursor, limit: i64) -> Result<Vec<Action>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM commerce_actions WHERE shop_id = $1 AND state = $2 AND (created_at, id) < ($3, $4) \
         ORDER BY created_at DESC, id DESC LIMIT $5"
    );
    tx.rows(&sql, &[&shop, &state, &after.key, &after.id, &limit]).await?.iter().map(read).collect()
}

/// What that cost which a member has asked for since then and not been denied, in the smallest unit.
pub async fn asked_since(tx: &mut Tx<'_>, shop: ShopId, member: MemberId, currency: Currency, since: Timestamp) -> Result<i64> {
    let sql = "SELECT CAST(COALESCE(SUM(worth), 0) AS BIGINT) FROM commerce_actions WHERE shop_id = $1 AND member_id = $2 \
               AND created_at > $3 AND currency = $4 AND state NOT IN ('declined', 'refused')";
    tx.row(sql, &[&shop, &member, &since, &currency]).await?.map_or(Ok(0), |row| row.get(0))
}

pub async fn insert(tx: &mut Tx<'_>, r: &Action) -> Result<()> {
    let Wanted { deed, cause, reason, key } = &r.wanted;
    tx.one(
        "INSERT INTO commerce_actions (shop_id, id, order_id, deed, currency, worth, cause, reason, request_key, state, actor_kind, \
         actor_id, member_id, decided_by, said, link, created_at, asked_at, ended_at, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)",
        &[
            &r.shop,
            &r.id,
            &r.order,
            &Json(deed),
            &r.worth.currency,
            &r.worth.minor,
            cause,
            reason,
            key,
            &r.state,
            &r.by.kind,
            &r.by.id,
            &r.member,
            &r.decided_by,
            &r.said,
            &r.link,
            &r.created_at,
            &r.asked_at,
            &r.ended_at,
            &r.version,
        ],
    )
    .await
}

/// Saves how far it has come, and what is left of what was written about it; the version says that nobody was faster.
pub async fn save(tx: &mut Tx<'_>, r: &mut Action) -> Result<()> {
    tx.one(
        "UPDATE commerce_actions SET deed = $1, reason = $2, state = $3, decided_by = $4, said = $5, link = $6, asked_at = $7, \
         ended_at = $8, version = version + 1 WHERE shop_id = $9 AND id = $10 AND version = $11",
        &[
            &Json(&r.wanted.deed),
            &r.wanted.reason,
            &r.state,
            &r.decided_by,
            &r.said,
            &r.link,
            &r.asked_at,
            &r.ended_at,
            &r.shop,
            &r.id,
            &r.version,
        ],
    )
    .await?;
    r.version += 1;
    Ok(())
}
