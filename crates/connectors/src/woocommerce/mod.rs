//! WooCommerce, read through its REST API (`wc/v3`).
//!
//! Orders and products say when they were changed, also when they are paid or refunded; customers do not, but a change of
//! theirs comes with their next order, so only accounts that are new are asked for. Guests are in no list but that of orders.

mod clerk;
mod client;
mod discount;
mod duplicate;
mod order;
mod page;
mod product;
mod refund;
mod replacement;
mod service;
mod webhooks;

use futures::future::BoxFuture;
use kernel::Timestamp;
use platform::App;
use serde_json::Value;

use self::page::Books;
use crate::{
    connector::{Clerk, Connector, Contents, Fact, Field, FieldKind, Page, Settings, Subject},
    trouble::Fault,
    webhook::Webhooks,
};

/// As connections call it.
const NAME: &str = "woocommerce";

const ADDRESS: &str = "address";
const KEY: &str = "consumer_key";
const SECRET: &str = "consumer_secret";

const FIELDS: &[Field] = &[
    Field { name: ADDRESS, kind: FieldKind::Address, required: true },
    Field { name: KEY, kind: FieldKind::Secret, required: true },
    Field { name: SECRET, kind: FieldKind::Secret, required: true },
];

/// WooCommerce.
pub struct WooCommerce;

impl Connector for WooCommerce {
    fn name(&self) -> &'static str {
        NAME
    }

    fn title(&self) -> &'static str {
        "WooCommerce"
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
        Box::pin(page::look(app, settings))
    }

    fn page<'a>(&'a self, app: &'a App, settings: &'a Settings, place: &'a Value) -> BoxFuture<'a, Result<Page, Fault>> {
        Box::pin(page::read_on(app, settings, place))
    }

    fn understood(&self, settings: &Settings, of: Subject, said: &[u8], now: Timestamp) -> Option<Fact> {
        let books = Books { source: self.source(settings), site: client::site(settings).unwrap_or_default(), now };
        page::understood(&books, of, said)
    }

    fn clerk(&self) -> Option<&dyn Clerk> {
        Some(self)
    }

    fn webhooks(&self) -> Option<&dyn Webhooks> {
        Some(self)
    }
}
