//! Statements on consent.

use std::collections::HashMap;

use kernel::{Cursor, CustomerId, Result, ShopId};
use platform::{
    Tx,
    db::{Bind, Json, Row},
};

use crate::{
    channel::Channel,
    consent::{Consent, Evidence, Purpose, Word},
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

pub async fn insert(tx: &mut Tx<'_>, consent: &Consent) -> Result<()> {
    insert_all(tx, std::slice::from_ref(consent)).await
}

pub async fn insert_all(tx: &mut Tx<'_>, consents: &[Consent]) -> Result<()> {
    let sql = format!("INSERT INTO customers_consents ({COLUMNS}) VALUES $rows");
    let evidence: Vec<Json<&Evidence>> = consents.iter().map(|c| Json(&c.word.evidence)).collect();
    let rows: Vec<Vec<&dyn Bind>> = consents
        .iter()
        .zip(&evidence)
        .map(|(c, evidence)| {
            let Word { channel, purpose, given, source, at, .. } = &c.word;
            vec![&c.shop as &dyn Bind, &c.id, &c.customer, &c.customer_first, channel, purpose, given, source, evidence, at, &c.by]
        })
        .collect();
    tx.many(&sql, "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)", &rows).await.map(drop)
}

/// All that many customers have said, and those merged into them, the oldest first.
pub async fn of_each(tx: &mut Tx<'_>, shop: ShopId, customers: &[CustomerId]) -> Result<HashMap<CustomerId, Vec<Word>>> {
    let sql = format!("SELECT {COLUMNS} FROM customers_consents WHERE shop_id = $1 AND customer_id IN ($ids)");
    let mut consents: Vec<Consent> = tx.rows_among(&sql, shop, customers).await?.iter().map(read).collect::<Result<_>>()?;
    consents.sort_by_key(|consent| (consent.word.at, consent.id));
    let mut said: HashMap<CustomerId, Vec<Word>> = HashMap::new();
    for consent in consents {
        said.entry(consent.customer).or_default().push(consent.word);
    }
    Ok(said)
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
