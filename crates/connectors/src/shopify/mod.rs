//! Shopify, through its Admin API (GraphQL).
//!
//! What is asked for costs points, and points come back by the second: how many are left is told with each answer. A list is
//! read by id, each page as a question of its own, so that its end at 25,000 objects is never met.

mod address;
mod clerk;
mod client;
mod discount;
mod dispute;
mod duplicate;
mod order;
mod page;
mod product;
mod refund;
mod replacement;
mod restock;
mod service;
mod stock;
mod webhooks;

use futures::future::BoxFuture;
use kernel::Timestamp;
use platform::App;
use serde_json::Value;

use self::page::Books;
use crate::{
    connector::{Clerk, Connector, Contents, Fact, Field, FieldKind, Page, Settings, Subject},
    session::Sessions,
    trouble::Fault,
    webhook::Webhooks,
};

/// As connections call it.
const NAME: &str = "shopify";

const ADDRESS: &str = "address";
const TOKEN: &str = "access_token";
const CLIENT: &str = "client_id";
const SECRET: &str = "client_secret";

const FIELDS: &[Field] = &[
    Field { name: ADDRESS, kind: FieldKind::Address, required: true },
    Field { name: CLIENT, kind: FieldKind::Line, required: false },
    Field { name: SECRET, kind: FieldKind::Secret, required: false },
    Field { name: TOKEN, kind: FieldKind::Secret, required: false },
];

/// Shopify.
#[derive(Default)]
pub struct Shopify {
    sessions: Sessions,
}

impl Connector for Shopify {
    fn name(&self) -> &'static str {
        NAME
    }

    fn title(&self) -> &'static str {
        "Shopify"
    }

    fn fields(&self) -> &'static [Field] {
        FIELDS
    }

    fn source(&self, settings: &Settings) -> String {
        client::source(settings).unwrap_or_default()
    }

    fn books(&self, settings: &Settings) -> String {
        self.source(settings)
    }

    fn test<'a>(&'a self, app: &'a App, settings: &'a Settings) -> BoxFuture<'a, Result<Contents, Fault>> {
        Box::pin(self.look(app, settings))
    }

    fn page<'a>(&'a self, app: &'a App, settings: &'a Settings, place: &'a Value) -> BoxFuture<'a, Result<Page, Fault>> {
        Box::pin(self.read_on(app, settings, place))
    }

    fn understood(&self, settings: &Settings, of: Subject, said: &[u8], now: Timestamp) -> Option<Fact> {
        let books = Books { source: self.source(settings), admin: client::admin(settings).unwrap_or_default(), now };
        page::understood(&books, of, said)
    }

    fn clerk(&self) -> Option<&dyn Clerk> {
        Some(self)
    }

    fn webhooks(&self) -> Option<&dyn Webhooks> {
        Some(self)
    }
}
