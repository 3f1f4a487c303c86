//! Statements on why money was moved.

use std::collections::HashMap;

use kernel::{AccountId, EntryId, Result, ShopId};
use platform::{
    Tx,
    db::Row,
    event::{Actor, ActorKind},
};
use uuid::Uuid;

use crate::movement::Reason;

fn read(shop: ShopId, row: &Row) -> Result<(EntryId, Reason)> {
    let mut c = row.columns();
    let (entry, kind, id): (EntryId, ActorKind, Option<Uuid>) = (c.take()?, c.take()?, c.take()?);
    Ok((entry, Reason { by: Actor { shop, kind, id }, text: c.take()? }))
}

pub async fn insert(tx: &mut Tx<'_>, entry: EntryId, account: AccountId, r: &Reason) -> Result<()> {
    tx.one(
        "INSERT INTO commerce_reasons (shop_id, entry_id, account_id, actor_kind, actor_id, reason) VALUES ($1, $2, $3, $4, $5, $6)",
        &[&r.by.shop, &entry, &account, &r.by.kind, &r.by.id, &r.text],
    )
    .await
}

/// The reasons of these entries; a clock gives none.
pub async fn of_entries(tx: &mut Tx<'_>, shop: ShopId, entries: &[EntryId]) -> Result<HashMap<EntryId, Reason>> {
    let sql = "SELECT entry_id, actor_kind, actor_id, reason FROM commerce_reasons WHERE shop_id = $1 AND entry_id IN ($ids)";
    tx.rows_among(sql, shop, entries).await?.iter().map(|row| read(shop, row)).collect()
}

/// Empties the reasons of all that was done to an account.
pub async fn forget(tx: &mut Tx<'_>, shop: ShopId, account: AccountId) -> Result<()> {
    let sql = "UPDATE commerce_reasons SET reason = '' WHERE shop_id = $1 AND account_id = $2";
    tx.execute(sql, &[&shop, &account]).await.map(drop)
}
