//! Statements on refunds.

use kernel::{Currency, Cursor, MemberId, Money, OrderId, RefundId, Result, ShopId, Timestamp, say};
use platform::{
    Tx,
    db::{Json, Row},
    event::Actor,
};

use crate::refund::{Refund, RefundState, Share, Wanted};

const COLUMNS: &str = "shop_id, id, order_id, currency, amount, lines, cause, reason, request_key, state, actor_kind, actor_id, member_id, \
                       decided_by, said, created_at, asked_at, ended_at, version";

fn read(row: &Row) -> Result<Refund> {
    let mut c = row.columns();
    let (shop, id, order, currency, minor) = (c.take()?, c.take()?, c.take()?, c.take()?, c.take()?);
    let amount = Money { minor, currency };
    let lines = c.take::<Json<Vec<Share>>>()?.0;
    let wanted = Wanted { amount, lines, cause: c.take()?, reason: c.take()?, key: c.take()? };
    let state = c.take()?;
    let by = Actor { shop, kind: c.take()?, id: c.take()? };
    Ok(Refund {
        shop,
        id,
        order,
        wanted,
        state,
        by,
        member: c.take()?,
        decided_by: c.take()?,
        said: c.take()?,
        created_at: c.take()?,
        asked_at: c.take()?,
        ended_at: c.take()?,
        version: c.take()?,
    })
}

pub async fn refund(tx: &mut Tx<'_>, shop: ShopId, id: RefundId) -> Result<Refund> {
    let sql = format!("SELECT {COLUMNS} FROM commerce_refunds WHERE shop_id = $1 AND id = $2");
    read(&tx.found(say!("refund-not-found"), &sql, &[&shop, &id]).await?)
}

pub async fn by_key(tx: &mut Tx<'_>, shop: ShopId, key: &str) -> Result<Option<Refund>> {
    let sql = format!("SELECT {COLUMNS} FROM commerce_refunds WHERE shop_id = $1 AND request_key = $2");
    tx.row(&sql, &[&shop, &key]).await?.map(|row| read(&row)).transpose()
}

/// All refunds of an order, the newest first.
pub async fn of_order(tx: &mut Tx<'_>, shop: ShopId, order: OrderId) -> Result<Vec<Refund>> {
    let sql = format!("SELECT {COLUMNS} FROM commerce_refunds WHERE shop_id = $1 AND order_id = $2 ORDER BY id DESC");
    tx.rows(&sql, &[&shop, &order]).await?.iter().map(read).collect()
}

/// All refunds of several orders.
pub async fn of_orders(tx: &mut Tx<'_>, shop: ShopId, orders: &[OrderId]) -> Result<Vec<Refund>> {
    let sql = format!("SELECT {COLUMNS} FROM commerce_refunds WHERE shop_id = $1 AND order_id IN ($ids)");
    tx.rows_among(&sql, shop, orders).await?.iter().map(read).collect()
}

/// A page of those in a state, the newest first.
pub async fn in_state(tx: &mut Tx<'_>, shop: ShopId, state: RefundState, after: Cursor, limit: i64) -> Result<Vec<Refund>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM commerce_refunds WHERE shop_id = $1 AND state = $2 AND (created_at, id) < ($3, $4) \
         ORDER BY created_at DESC, id DESC LIMIT $5"
    );
    tx.rows(&sql, &[&shop, &state, &after.key, &after.id, &limit]).await?.iter().map(read).collect()
}

/// What a member has asked for since then and not been denied, in the smallest unit.
pub async fn asked_since(tx: &mut Tx<'_>, shop: ShopId, member: MemberId, currency: Currency, since: Timestamp) -> Result<i64> {
    let sql = "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM commerce_refunds WHERE shop_id = $1 AND member_id = $2 \
               AND created_at > $3 AND currency = $4 AND state NOT IN ('declined', 'refused')";
    tx.row(sql, &[&shop, &member, &since, &currency]).await?.map_or(Ok(0), |row| row.get(0))
}

pub async fn insert(tx: &mut Tx<'_>, r: &Refund) -> Result<()> {
    let Wanted { amount, lines, cause, reason, key } = &r.wanted;
    tx.one(
        "INSERT INTO commerce_refunds (shop_id, id, order_id, currency, amount, lines, cause, reason, request_key, state, actor_kind, \
         actor_id, member_id, decided_by, said, created_at, asked_at, ended_at, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
        &[
            &r.shop,
            &r.id,
            &r.order,
            &amount.currency,
            &amount.minor,
            &Json(lines),
            cause,
            reason,
            key,
            &r.state,
            &r.by.kind,
            &r.by.id,
            &r.member,
            &r.decided_by,
            &r.said,
            &r.created_at,
            &r.asked_at,
            &r.ended_at,
            &r.version,
        ],
    )
    .await
}

/// Saves how far it has come; the version says that nobody was faster.
pub async fn save(tx: &mut Tx<'_>, r: &mut Refund) -> Result<()> {
    tx.one(
        "UPDATE commerce_refunds SET state = $1, decided_by = $2, said = $3, asked_at = $4, ended_at = $5, version = version + 1 \
         WHERE shop_id = $6 AND id = $7 AND version = $8",
        &[&r.state, &r.decided_by, &r.said, &r.asked_at, &r.ended_at, &r.shop, &r.id, &r.version],
    )
    .await?;
    r.version += 1;
    Ok(())
}

/// Empties what people wrote about the refunds of an order.
pub async fn forget(tx: &mut Tx<'_>, shop: ShopId, order: OrderId) -> Result<()> {
    let sql = "UPDATE commerce_refunds SET reason = '', said = '', version = version + 1 WHERE shop_id = $1 AND order_id = $2";
    tx.execute(sql, &[&shop, &order]).await.map(drop)
}
