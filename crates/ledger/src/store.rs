//! Statements on the ledger.

use std::collections::BTreeSet;

use kernel::{AccountId, EntryId, Error, Result, ShopId, say};
use platform::{
    Tx,
    db::{Json, Row},
};

use crate::{
    account::{Account, Balance, Side},
    act::{Act, Transfer},
    entry::{Entry, Movement},
    lot::Share,
};

pub async fn insert_account(tx: &mut Tx<'_>, a: &Account) -> Result<()> {
    tx.one("INSERT INTO ledger_accounts (shop_id, id, unit) VALUES ($1, $2, $3)", &[&a.shop, &a.id, &a.unit]).await
}

pub async fn account(tx: &mut Tx<'_>, shop: ShopId, id: AccountId) -> Result<Account> {
    let sql = "SELECT unit FROM ledger_accounts WHERE shop_id = $1 AND id = $2";
    let row = tx.found(say!("account-not-found"), sql, &[&shop, &id]).await?;
    Ok(Account { shop, id, unit: row.get(0)? })
}

/// What an account holds, by its postings.
pub async fn balance(tx: &mut Tx<'_>, shop: ShopId, account: AccountId) -> Result<Balance> {
    let sql = "SELECT side, CAST(SUM(amount) AS BIGINT) FROM ledger_postings WHERE shop_id = $1 AND account_id = $2 GROUP BY side";
    let mut balance = Balance::default();
    for row in tx.rows(sql, &[&shop, &account]).await? {
        match row.get(0)? {
            Side::Available => balance.available = row.get(1)?,
            Side::Held => balance.held = row.get(1)?,
            _ => (),
        }
    }
    Ok(balance)
}

const ENTRY: &str = "e.shop_id, e.id, e.key, e.act, e.at";

fn read_entry(row: &Row) -> Result<Entry> {
    let mut c = row.columns();
    Ok(Entry { shop: c.take()?, id: c.take()?, key: c.take()?, act: c.take::<Json<Act>>()?.0, at: c.take()? })
}

pub async fn entry(tx: &mut Tx<'_>, shop: ShopId, id: EntryId) -> Result<Entry> {
    let sql = format!("SELECT {ENTRY} FROM ledger_entries e WHERE e.shop_id = $1 AND e.id = $2");
    read_entry(&tx.found(say!("entry-not-found"), &sql, &[&shop, &id]).await?)
}

pub async fn by_key(tx: &mut Tx<'_>, shop: ShopId, key: &str) -> Result<Option<Entry>> {
    let sql = format!("SELECT {ENTRY} FROM ledger_entries e WHERE e.shop_id = $1 AND e.key = $2");
    tx.row(&sql, &[&shop, &key]).await?.map(|row| read_entry(&row)).transpose()
}

pub async fn insert_entry(tx: &mut Tx<'_>, e: &Entry) -> Result<()> {
    tx.one(
        "INSERT INTO ledger_entries (shop_id, id, key, act, about, at) VALUES ($1, $2, $3, $4, $5, $6)",
        &[&e.shop, &e.id, &e.key, &Json(e.act), &e.act.about(), &e.at],
    )
    .await
}

/// The two postings of a transfer, the first of them numbered so.
pub async fn insert_postings(tx: &mut Tx<'_>, entry: &Entry, number: i64, t: &Transfer) -> Result<()> {
    let Share { account, lot, amount, .. } = t.share;
    let changed = tx
        .execute(
            "INSERT INTO ledger_postings (shop_id, entry_id, number, account_id, lot_id, side, amount) \
             VALUES ($1, $2, $3, $4, $5, $6, $7), ($1, $2, $8, $4, $5, $9, $10)",
            &[&entry.shop, &entry.id, &number, &account, &lot, &t.from, &-amount, &(number + 1), &t.to, &amount],
        )
        .await?;
    if changed == 2 { Ok(()) } else { Err(Error::broken("a transfer has two postings")) }
}

/// The accounts an entry moved.
pub async fn accounts_of(tx: &mut Tx<'_>, shop: ShopId, entry: EntryId) -> Result<Vec<AccountId>> {
    let sql = "SELECT account_id FROM ledger_postings WHERE shop_id = $1 AND entry_id = $2 ORDER BY number";
    let accounts: BTreeSet<AccountId> = tx.rows(sql, &[&shop, &entry]).await?.iter().map(|row| row.get(0)).collect::<Result<_>>()?;
    Ok(accounts.into_iter().collect())
}

const SHARE: &str = "account_id, id, remaining, expires_at";

fn read_share(row: &Row) -> Result<Share> {
    let mut c = row.columns();
    Ok(Share { account: c.take()?, lot: c.take()?, amount: c.take()?, expires_at: c.take()? })
}

/// What an account can spend, by lot.
pub async fn open_shares(tx: &mut Tx<'_>, shop: ShopId, account: AccountId) -> Result<Vec<Share>> {
    let sql = format!("SELECT {SHARE} FROM ledger_lots WHERE shop_id = $1 AND account_id = $2 AND remaining > 0");
    tx.rows(&sql, &[&shop, &account]).await?.iter().map(read_share).collect()
}

/// What can be spent of a lot: one share, or none.
pub async fn shares_of_lot(tx: &mut Tx<'_>, shop: ShopId, lot: EntryId) -> Result<Vec<Share>> {
    let sql = format!("SELECT {SHARE} FROM ledger_lots WHERE shop_id = $1 AND id = $2 AND remaining > 0");
    tx.rows(&sql, &[&shop, &lot]).await?.iter().map(read_share).collect()
}

/// What an entry put on this side and what followed from it has not taken away, by lot.
pub async fn shares_left(tx: &mut Tx<'_>, shop: ShopId, entry: EntryId, side: Side) -> Result<Vec<Share>> {
    let sql = "SELECT l.account_id, l.id, CAST(SUM(p.amount) AS BIGINT), l.expires_at FROM ledger_postings p \
               JOIN ledger_lots l ON l.shop_id = p.shop_id AND l.id = p.lot_id \
               WHERE p.shop_id = $1 AND p.side = $3 AND p.entry_id IN (SELECT id FROM ledger_entries WHERE shop_id = $1 AND id = $2 \
               UNION ALL SELECT id FROM ledger_entries WHERE shop_id = $1 AND about = $2) \
               GROUP BY l.account_id, l.id, l.expires_at HAVING SUM(p.amount) > 0";
    tx.rows(sql, &[&shop, &entry, &side]).await?.iter().map(read_share).collect()
}

/// Takes from a lot what is still there; nobody else has taken it.
pub async fn take_from_lot(tx: &mut Tx<'_>, shop: ShopId, share: &Share) -> Result<()> {
    tx.one(
        "UPDATE ledger_lots SET remaining = remaining - $1 WHERE shop_id = $2 AND id = $3 AND remaining >= $1",
        &[&share.amount, &shop, &share.lot],
    )
    .await
}

/// Puts into a lot, which is new when it is granted.
pub async fn put_into_lot(tx: &mut Tx<'_>, shop: ShopId, share: &Share) -> Result<()> {
    tx.one(
        "INSERT INTO ledger_lots (shop_id, id, account_id, remaining, expires_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (shop_id, id) DO UPDATE SET remaining = ledger_lots.remaining + excluded.remaining, expires_at = excluded.expires_at",
        &[&shop, &share.lot, &share.account, &share.amount, &share.expires_at],
    )
    .await
}

/// An account's part in its entries: what it added to what can be spent, and what is left: of a lot, or of what was spent.
const MOVEMENT: &str = "CAST(SUM(CASE WHEN p.side = 'available' THEN p.amount ELSE 0 END) AS BIGINT), \
     COALESCE((SELECT l.remaining FROM ledger_lots l WHERE l.shop_id = e.shop_id AND l.id = e.id), \
              (SELECT CAST(SUM(q.amount) AS BIGINT) FROM ledger_entries f \
               JOIN ledger_postings q ON q.shop_id = f.shop_id AND q.entry_id = f.id \
               WHERE f.shop_id = e.shop_id AND (f.id = e.id OR f.about = e.id) AND q.side = 'redeemed' AND q.account_id = $2), 0) \
     FROM ledger_postings p JOIN ledger_entries e ON e.shop_id = p.shop_id AND e.id = p.entry_id \
     WHERE p.shop_id = $1 AND p.account_id = $2";

fn read_movement(row: &Row, account: AccountId) -> Result<Movement> {
    let entry = read_entry(row)?;
    let reversible = matches!(entry.act, Act::Grant { .. } | Act::Spend { .. } | Act::Capture { .. });
    let left = if reversible { row.get(6)? } else { 0 };
    Ok(Movement { entry, account, change: row.get(5)?, left })
}

/// An account's movements before an entry, the newest first.
pub async fn movements(tx: &mut Tx<'_>, shop: ShopId, account: AccountId, before: EntryId, limit: i64) -> Result<Vec<Movement>> {
    // which they are comes in the order of an index, however many there are
    let sql = "SELECT DISTINCT entry_id FROM ledger_postings WHERE shop_id = $1 AND account_id = $2 AND entry_id < $3 \
               ORDER BY entry_id DESC LIMIT $4";
    let mut movements = Vec::new();
    for row in tx.rows(sql, &[&shop, &account, &before, &limit]).await? {
        movements.extend(movement(tx, shop, account, row.get(0)?).await?);
    }
    Ok(movements)
}

pub async fn movement(tx: &mut Tx<'_>, shop: ShopId, account: AccountId, id: EntryId) -> Result<Option<Movement>> {
    let sql = format!("SELECT {ENTRY}, {MOVEMENT} AND p.entry_id = $3 GROUP BY {ENTRY}");
    tx.row(&sql, &[&shop, &account, &id]).await?.map(|row| read_movement(&row, account)).transpose()
}

/// How many entries, of all shops, do not sum to nothing or have no postings.
pub async fn entries_out_of_balance(tx: &mut Tx<'_>) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM (SELECT e.id FROM ledger_entries e \
               LEFT JOIN ledger_postings p ON p.shop_id = e.shop_id AND p.entry_id = e.id \
               GROUP BY e.shop_id, e.id HAVING COALESCE(SUM(p.amount), 1) <> 0) AS wrong";
    tx.value(sql, &[]).await
}

/// How many lots, of all shops, keep something else than their postings come to.
pub async fn lots_kept_wrong(tx: &mut Tx<'_>) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM (SELECT l.id FROM ledger_lots l \
               LEFT JOIN ledger_postings p ON p.shop_id = l.shop_id AND p.lot_id = l.id AND p.side = 'available' \
               GROUP BY l.shop_id, l.id, l.remaining HAVING COALESCE(SUM(p.amount), 0) <> l.remaining) AS wrong";
    tx.value(sql, &[]).await
}

/// How many lots, of all shops, have less than nothing on a side where only what is there can be.
pub async fn lots_overdrawn(tx: &mut Tx<'_>) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM (SELECT lot_id FROM ledger_postings WHERE side <> 'issued' \
               GROUP BY shop_id, lot_id, side HAVING SUM(amount) < 0) AS wrong";
    tx.value(sql, &[]).await
}
