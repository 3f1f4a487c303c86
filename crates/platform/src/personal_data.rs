//! Personal data: what a room knows about a customer, handed out or forgotten when they ask for it.
//!
//! A room with a column `customer_id` names this in `module()`; `crates/stories/src/architecture` looks whether it does.

use std::{future::Future, pin::Pin};

use kernel::{CustomerId, Result, ShopId};

use crate::{App, Tx, archive::Archive};

/// An archive being filled; it is handed back for the next room.
pub type Exporting = Pin<Box<dyn Future<Output = Result<Archive>> + Send>>;
/// A customer being forgotten.
pub type Erasing<'a> = Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;

/// What a room does for a customer who asks.
#[derive(Clone, Copy)]
pub struct PersonalData {
    /// Adds all it knows about them to the archive.
    pub export: fn(App, ShopId, CustomerId, Archive) -> Exporting,
    /// Forgets texts, names, addresses and files; keeps that something happened, and when. Safe to repeat.
    pub erase: for<'a, 't> fn(&'a mut Tx<'t>, ShopId, CustomerId) -> Erasing<'a>,
}
