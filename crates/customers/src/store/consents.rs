//! Statements on consent.

use kernel::{Cursor, CustomerId, Result, ShopId};
use platform::{
    Tx,
    db::{Json, Row},
};

use crate::{
    channel::Channel,
    consent::{Consent, Purpose, Word},
};

const COLUMNS: &str = "shop_id, id, customer_id, customer_first, channel, purpose, given, source, evidence, at, member_id";

fn read(row: &Row) -> Result<Consent> {
    let mut c = row.columns();
    Ok(Consent {
        shop: c.take()?,
        id: c.take()?,
        customer: c.take()?,
        customer_first: c.take()?,
        word: Word {
            channel: c.take()?,
            purpose: c.take()?,
            given: c.take()?,
            source: c.take()?,
            evidence: c.take::<Json<_>>()?.0,
            at: c.take()?,
        },
        by: c.take()?,
    })
}

pub async fn insert(tx: &mut Tx<'_>, c: &Consent) -> Result<()> {
    let Word { channel, purpose, given, source, evidence, at } = &c.word;
    tx.one(
        "INSERT INTO customers_consents (shop_id, id, customer_id, customer_first, channel, purpose, given, source, evidence, at, member_id) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        &[&c.shop, &c.id, &c.customer, &c.customer_first, channel, purpose, given, source, &Json(evidence), at, &c.by],
    )
    .await
}

/// All that a customer has said, and those merged into them, the oldest first.
pub async fn all(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId) -> Result<Vec<Consent>> {
    let sql = format!("SELECT {COLUMNS} FROM customers_consents WHERE shop_id = $1 AND customer_id = $2 ORDER BY at, id");
    tx.rows(&sql, &[&shop, &customer]).await?.iter().map(read).collect()
}

/// All that was said as this customer alone, the oldest first.
pub async fn came_as(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId) -> Result<Vec<Consent>> {
    let sql = format!("SELECT {COLUMNS} FROM customers_consents WHERE shop_id = $1 AND customer_first = $2 ORDER BY at, id");
    tx.rows(&sql, &[&shop, &first]).await?.iter().map(read).collect()
}

/// A page of all that a customer has said, the newest first.
pub async fn page(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId, after: Cursor, limit: i64) -> Result<Vec<Consent>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM customers_consents WHERE shop_id = $1 AND customer_id = $2 AND (at, id) < ($3, $4) \
         ORDER BY at DESC, id DESC LIMIT $5"
    );
    tx.rows(&sql, &[&shop, &customer, &after.key, &after.id, &limit]).await?.iter().map(read).collect()
}

/// What was said last as this customer about a channel and purpose.
pub async fn newest(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId, channel: Channel, purpose: Purpose) -> Result<Option<Word>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM customers_consents WHERE shop_id = $1 AND customer_first = $2 AND channel = $3 AND purpose = $4 \
         ORDER BY at DESC, id DESC LIMIT 1"
    );
    let row = tx.row(&sql, &[&shop, &first, &channel, &purpose]).await?;
    row.map(|row| Ok(read(&row)?.word)).transpose()
}
