//! Statements on members' own telephones.

use kernel::{MemberId, Result, ShopId};
use platform::Tx;

/// A member's number, if it is known.
pub async fn of(tx: &mut Tx<'_>, shop: ShopId, member: MemberId) -> Result<Option<String>> {
    let sql = "SELECT number FROM telephony_phones WHERE shop_id = $1 AND member_id = $2";
    tx.row(sql, &[&shop, &member]).await?.map(|row| row.get(0)).transpose()
}

/// Everybody's, beginning with the one that has not rung for the longest.
pub async fn all(tx: &mut Tx<'_>, shop: ShopId) -> Result<Vec<(MemberId, String)>> {
    let sql = "SELECT member_id, number FROM telephony_phones WHERE shop_id = $1 ORDER BY COALESCE(rang_at, 0), member_id";
    tx.rows(sql, &[&shop]).await?.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

pub async fn put(tx: &mut Tx<'_>, shop: ShopId, member: MemberId, number: &str) -> Result<()> {
    let sql = "INSERT INTO telephony_phones (shop_id, member_id, number) VALUES ($1, $2, $3) \
               ON CONFLICT (shop_id, member_id) DO UPDATE SET number = excluded.number";
    tx.one(sql, &[&shop, &member, &number]).await
}

/// Notes that it rings now.
pub async fn rang(tx: &mut Tx<'_>, shop: ShopId, member: MemberId) -> Result<()> {
    let now = tx.now();
    let sql = "UPDATE telephony_phones SET rang_at = $1 WHERE shop_id = $2 AND member_id = $3";
    tx.execute(sql, &[&now, &shop, &member]).await.map(drop)
}

pub async fn remove(tx: &mut Tx<'_>, shop: ShopId, member: MemberId) -> Result<()> {
    tx.execute("DELETE FROM telephony_phones WHERE shop_id = $1 AND member_id = $2", &[&shop, &member]).await.map(drop)
}
