//! Statements that count conversations.

use kernel::{Result, ShopId, Timestamp};
use platform::Tx;

use crate::figures::Begun;

/// In microseconds.
const HOUR: i64 = kernel::hours(1);

pub async fn begun(tx: &mut Tx<'_>, shop: ShopId, from: Timestamp, until: Timestamp) -> Result<Vec<Begun>> {
    let sql = format!(
        "SELECT channel, public, language, created_at / {HOUR} AS hour, COUNT(*), COUNT(first_answer_in) FROM inbox_conversations \
         WHERE shop_id = $1 AND created_at >= $2 AND created_at < $3 AND folder <> 'spam' GROUP BY channel, public, language, hour"
    );
    let rows = tx.rows(&sql, &[&shop, &from, &until]).await?;
    let read = |row: &platform::db::Row| {
        let mut c = row.columns();
        Ok(Begun {
            channel: c.take()?,
            public: c.take()?,
            language: c.take()?,
            hour: Timestamp::from_micros(c.take::<i64>()? * HOUR),
            conversations: c.take()?,
            answered: c.take()?,
        })
    };
    rows.iter().map(read).collect()
}

pub async fn begun_by(tx: &mut Tx<'_>, shop: ShopId, from: Timestamp, until: Timestamp) -> Result<Vec<(String, bool, i64)>> {
    let sql = "SELECT channel, public, COUNT(DISTINCT customer_id) FROM inbox_conversations \
               WHERE shop_id = $1 AND created_at >= $2 AND created_at < $3 AND folder <> 'spam' GROUP BY channel, public";
    tx.rows(sql, &[&shop, &from, &until]).await?.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).collect()
}

/// How long the customer waited who comes after so many that waited less.
pub async fn waited(
    tx: &mut Tx<'_>,
    shop: ShopId,
    (channel, public): (&str, bool),
    (from, until): (Timestamp, Timestamp),
    place: i64,
) -> Result<Option<i64>> {
    let sql = "SELECT first_answer_in FROM inbox_conversations WHERE shop_id = $1 AND created_at >= $2 AND created_at < $3 \
               AND channel = $4 AND public = $5 AND folder <> 'spam' AND first_answer_in IS NOT NULL ORDER BY first_answer_in LIMIT 1 OFFSET $6";
    tx.row(sql, &[&shop, &from, &until, &channel, &public, &place]).await?.map(|row| row.get(0)).transpose()
}
