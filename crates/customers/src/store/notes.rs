//! Statements on notes.

use std::collections::HashMap;

use kernel::{Cursor, CustomerId, NoteId, Result, ShopId, say};
use platform::{
    Tx,
    db::{Bind, Row},
};

use crate::note::Note;

const COLUMNS: &str = "shop_id, id, customer_id, member_id, text, written_at, edited_at";

fn read(row: &Row) -> Result<Note> {
    let mut c = row.columns();
    Ok(Note {
        shop: c.take()?,
        id: c.take()?,
        customer: c.take()?,
        author: c.take()?,
        text: c.take()?,
        written_at: c.take()?,
        edited_at: c.take()?,
    })
}

pub async fn note(tx: &mut Tx<'_>, shop: ShopId, about: CustomerId, id: NoteId) -> Result<Note> {
    let sql = format!("SELECT {COLUMNS} FROM customers_notes WHERE shop_id = $1 AND id = $2 AND customer_id = $3");
    read(&tx.found(say!("note-not-found"), &sql, &[&shop, &id, &about]).await?)
}

/// A page of what was noted about a customer, the newest first.
pub async fn page(tx: &mut Tx<'_>, shop: ShopId, about: CustomerId, after: Cursor, limit: i64) -> Result<Vec<Note>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM customers_notes WHERE shop_id = $1 AND customer_id = $2 AND (written_at, id) < ($3, $4) \
         ORDER BY written_at DESC, id DESC LIMIT $5"
    );
    tx.rows(&sql, &[&shop, &about, &after.key, &after.id, &limit]).await?.iter().map(read).collect()
}

/// All that was noted about this customer alone, the oldest first.
pub async fn came_as(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId) -> Result<Vec<Note>> {
    let sql = format!("SELECT {COLUMNS} FROM customers_notes WHERE shop_id = $1 AND customer_first = $2 ORDER BY id");
    tx.rows(&sql, &[&shop, &first]).await?.iter().map(read).collect()
}

/// What was noted about many customers, and those merged into them.
pub async fn texts_of_each(tx: &mut Tx<'_>, shop: ShopId, about: &[CustomerId]) -> Result<HashMap<CustomerId, Vec<String>>> {
    let sql = "SELECT customer_id, text FROM customers_notes WHERE shop_id = $1 AND customer_id IN ($ids)";
    let mut texts: HashMap<CustomerId, Vec<String>> = HashMap::new();
    for row in tx.rows_among(sql, shop, about).await? {
        texts.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    Ok(texts)
}

pub async fn insert(tx: &mut Tx<'_>, note: &Note) -> Result<()> {
    insert_all(tx, std::slice::from_ref(note)).await
}

pub async fn insert_all(tx: &mut Tx<'_>, notes: &[Note]) -> Result<()> {
    let sql = "INSERT INTO customers_notes (shop_id, id, customer_id, customer_first, member_id, text, written_at) VALUES $rows";
    let rows: Vec<Vec<&dyn Bind>> =
        notes.iter().map(|n| vec![&n.shop as &dyn Bind, &n.id, &n.customer, &n.author, &n.text, &n.written_at]).collect();
    tx.many(sql, "($1, $2, $3, $3, $4, $5, $6)", &rows).await.map(drop)
}

pub async fn save(tx: &mut Tx<'_>, n: &Note) -> Result<()> {
    let sql = "UPDATE customers_notes SET text = $1, edited_at = $2 WHERE shop_id = $3 AND id = $4";
    tx.one(sql, &[&n.text, &n.edited_at, &n.shop, &n.id]).await
}

pub async fn remove(tx: &mut Tx<'_>, n: &Note) -> Result<()> {
    tx.one("DELETE FROM customers_notes WHERE shop_id = $1 AND id = $2", &[&n.shop, &n.id]).await
}
