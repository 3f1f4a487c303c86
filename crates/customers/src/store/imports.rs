//! Statements on imports, their pieces, and the rows they refused.

use kernel::{Cursor, ImportId, Result, ShopId, say};
use platform::{
    Tx,
    db::{Bind, Json, Row},
    files::FileKey,
};

use crate::import::{Import, Kept, Refused};

const COLUMNS: &str = "shop_id, id, member_id, name, state, shape, mapping, going, created_at, expires_at, version";

fn read(row: &Row) -> Result<Import> {
    let mut c = row.columns();
    Ok(Import {
        shop: c.take()?,
        id: c.take()?,
        by: c.take()?,
        name: c.take()?,
        state: c.take()?,
        shape: c.take::<Option<Json<_>>>()?.map(|json| json.0),
        mapping: c.take::<Option<Json<_>>>()?.map(|json| json.0),
        going: c.take::<Option<Json<_>>>()?.map(|json| json.0),
        created_at: c.take()?,
        expires_at: c.take()?,
        version: c.take()?,
    })
}

pub async fn maybe(tx: &mut Tx<'_>, shop: ShopId, id: ImportId) -> Result<Option<Import>> {
    let sql = format!("SELECT {COLUMNS} FROM customers_imports WHERE shop_id = $1 AND id = $2");
    tx.row(&sql, &[&shop, &id]).await?.as_ref().map(read).transpose()
}

pub async fn one(tx: &mut Tx<'_>, shop: ShopId, id: ImportId) -> Result<Import> {
    maybe(tx, shop, id).await?.ok_or(kernel::Error::NotFound(say!("import-not-found")))
}

/// A page of those there are, the newest first.
pub async fn page(tx: &mut Tx<'_>, shop: ShopId, after: Cursor, limit: i64) -> Result<Vec<Import>> {
    let sql = format!("SELECT {COLUMNS} FROM customers_imports WHERE shop_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3");
    tx.rows(&sql, &[&shop, &after.id, &limit]).await?.iter().map(read).collect()
}

pub async fn count(tx: &mut Tx<'_>, shop: ShopId) -> Result<i64> {
    tx.value("SELECT COUNT(*) FROM customers_imports WHERE shop_id = $1", &[&shop]).await
}

pub async fn insert(tx: &mut Tx<'_>, i: &Import) -> Result<()> {
    let sql = "INSERT INTO customers_imports (shop_id, id, member_id, name, state, created_at, expires_at, version) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    tx.one(sql, &[&i.shop, &i.id, &i.by, &i.name, &i.state, &i.created_at, &i.expires_at, &i.version]).await
}

pub async fn save(tx: &mut Tx<'_>, i: &Import) -> Result<()> {
    let sql = "UPDATE customers_imports SET state = $1, shape = $2, mapping = $3, going = $4, version = version + 1 \
               WHERE shop_id = $5 AND id = $6 AND version = $7";
    let (shape, mapping, going) = (i.shape.as_ref().map(Json), i.mapping.as_ref().map(Json), i.going.as_ref().map(Json));
    tx.one(sql, &[&i.state, &shape, &mapping, &going, &i.shop, &i.id, &i.version]).await
}

/// Removes it with all that belongs to it; where its pieces are kept.
pub async fn remove(tx: &mut Tx<'_>, shop: ShopId, id: ImportId) -> Result<Vec<FileKey>> {
    tx.execute("DELETE FROM customers_imports WHERE shop_id = $1 AND id = $2", &[&shop, &id]).await?;
    forget_errors(tx, shop, id).await?;
    let sql = "DELETE FROM customers_import_pieces WHERE shop_id = $1 AND import_id = $2 RETURNING storage_key";
    tx.rows(sql, &[&shop, &id]).await?.iter().map(|row| row.get::<String>(0)?.parse()).collect()
}

/// One whose time is over, in any shop.
pub async fn expired(tx: &mut Tx<'_>) -> Result<Option<(ShopId, ImportId)>> {
    let now = tx.now();
    let row = tx.row("SELECT shop_id, id FROM customers_imports WHERE expires_at <= $1 LIMIT 1", &[&now]).await?;
    row.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
}

pub async fn insert_piece(tx: &mut Tx<'_>, shop: ShopId, id: ImportId, piece: &Kept) -> Result<()> {
    let sql =
        "INSERT INTO customers_import_pieces (shop_id, import_id, first_row, rows, storage_key, repeats) VALUES ($1, $2, $3, $4, $5, $6)";
    tx.one(sql, &[&shop, &id, &piece.first, &piece.rows, &piece.key.to_string(), &Json(&piece.repeats)]).await
}

/// All pieces of a file, in order.
pub async fn pieces(tx: &mut Tx<'_>, shop: ShopId, id: ImportId) -> Result<Vec<Kept>> {
    let sql = "SELECT first_row, rows, storage_key, repeats FROM customers_import_pieces WHERE shop_id = $1 AND import_id = $2 ORDER BY first_row";
    tx.rows(sql, &[&shop, &id]).await?.iter().map(kept).collect()
}

/// The piece this row is in.
pub async fn piece_of(tx: &mut Tx<'_>, shop: ShopId, id: ImportId, row: i64) -> Result<Option<Kept>> {
    let sql = "SELECT first_row, rows, storage_key, repeats FROM customers_import_pieces \
               WHERE shop_id = $1 AND import_id = $2 AND first_row <= $3 ORDER BY first_row DESC LIMIT 1";
    tx.row(sql, &[&shop, &id, &row]).await?.as_ref().map(kept).transpose()
}

fn kept(row: &Row) -> Result<Kept> {
    Ok(Kept { first: row.get(0)?, rows: row.get(1)?, key: row.get::<String>(2)?.parse()?, repeats: row.get::<Json<_>>(3)?.0 })
}

pub async fn save_repeats(tx: &mut Tx<'_>, shop: ShopId, id: ImportId, first: i64, repeats: &[i64]) -> Result<()> {
    let sql = "UPDATE customers_import_pieces SET repeats = $1 WHERE shop_id = $2 AND import_id = $3 AND first_row = $4";
    tx.one(sql, &[&Json(repeats), &shop, &id, &first]).await
}

pub async fn insert_errors(tx: &mut Tx<'_>, shop: ShopId, id: ImportId, refused: &[Refused]) -> Result<()> {
    let sql = "INSERT INTO customers_import_errors (shop_id, import_id, row_number, wrong, cells) VALUES $rows";
    let texts: Vec<_> = refused.iter().map(|one| (Json(&one.wrong), Json(&one.cells))).collect();
    let rows: Vec<Vec<&dyn Bind>> =
        refused.iter().zip(&texts).map(|(one, (wrong, cells))| vec![&shop as &dyn Bind, &id, &one.row, wrong, cells]).collect();
    tx.many(sql, "($1, $2, $3, $4, $5)", &rows).await.map(drop)
}

/// Rows that were refused, after this one.
pub async fn errors(tx: &mut Tx<'_>, shop: ShopId, id: ImportId, after: i64, limit: i64) -> Result<Vec<Refused>> {
    let sql = "SELECT row_number, wrong, cells FROM customers_import_errors \
               WHERE shop_id = $1 AND import_id = $2 AND row_number > $3 ORDER BY row_number LIMIT $4";
    let rows = tx.rows(sql, &[&shop, &id, &after, &limit]).await?;
    rows.iter().map(|row| Ok(Refused { row: row.get(0)?, wrong: row.get::<Json<_>>(1)?.0, cells: row.get::<Json<_>>(2)?.0 })).collect()
}

pub async fn forget_errors(tx: &mut Tx<'_>, shop: ShopId, id: ImportId) -> Result<()> {
    tx.execute("DELETE FROM customers_import_errors WHERE shop_id = $1 AND import_id = $2", &[&shop, &id]).await.map(drop)
}
