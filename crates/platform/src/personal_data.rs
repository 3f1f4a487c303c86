//! Personal data: what a room knows about a customer, handed out or forgotten when they ask for it, and theirs or another's
//! when two customers turn out to be one.
//!
//! A room with a column `customer_id` names this in `module()`; `crates/stories/src/architecture` looks whether it does.

use std::{future::Future, pin::Pin};

use kernel::{CustomerId, Result, ShopId};

use crate::{App, Tx, archive::Archive};

/// An archive being filled; it is handed back for the next room.
pub type Exporting = Pin<Box<dyn Future<Output = Result<Archive>> + Send>>;
/// A customer being forgotten.
pub type Erasing<'a> = Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;

/// Whether something is known of a customer.
pub type Holding<'a> = Pin<Box<dyn Future<Output = Result<bool>> + Send + 'a>>;

/// Rows on their way to somebody else.
pub type Following<'a> = Pin<Box<dyn Future<Output = Result<u64>> + Send + 'a>>;

/// What came as one customer, and whose it is now.
#[derive(Debug, Clone, Copy)]
pub struct Moved {
    pub shop: ShopId,
    /// As whom it came: `customer_first`, which never changes.
    pub first: CustomerId,
    /// Whose it is since a merge, or since one was undone: `customer_id`.
    pub now: CustomerId,
    /// At most so many rows at once: others wait meanwhile.
    pub most: i64,
}

/// What a room does for a customer who asks. A customer others were merged into is several here: each is asked for by
/// `customer_first`, so that it does not matter how far a merge has come.
#[derive(Clone, Copy)]
pub struct PersonalData {
    /// Adds all it knows about them to the archive.
    pub export: fn(App, ShopId, CustomerId, Archive) -> Exporting,
    /// Forgets texts, names, addresses and files; keeps that something happened, and when. Safe to repeat.
    pub erase: for<'a, 't> fn(&'a mut Tx<'t>, ShopId, CustomerId) -> Erasing<'a>,
    /// Whether it knows anything of them that was not copied from a shop system together with them.
    pub holds: for<'a, 't> fn(&'a mut Tx<'t>, ShopId, CustomerId) -> Holding<'a>,
    /// Writes into `customer_id` whose they are now, in rows where it says something else; how many rows that were.
    pub follow: for<'a, 't> fn(&'a mut Tx<'t>, Moved) -> Following<'a>,
}

/// Whether one of these tables has a row that came as this customer.
pub async fn any_row_in(tx: &mut Tx<'_>, tables: &[&str], shop: ShopId, first: CustomerId) -> Result<bool> {
    for table in tables {
        let sql = format!("SELECT 1 FROM {table} WHERE shop_id = $1 AND customer_first = $2 LIMIT 1");
        if tx.row(&sql, &[&shop, &first]).await?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}
