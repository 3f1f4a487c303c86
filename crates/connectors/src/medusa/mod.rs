//! Medusa v2, read through its admin API (REST).
//!
//! It has no webhooks. Packing, sending, cancelling and most refunds move an order's `updated_at`; that money is captured does not
//! (seen with 2.13.6). So what was changed lately is asked for each minute, and the orders of the last weeks are read again every
//! quarter of an hour. Nor does a product say when its variants' prices change, so all of them are read each hour, and
//! what is left of them every five minutes.

mod clerk;
mod client;
mod discount;
mod order;
mod page;
mod product;
mod refund;
mod service;
mod stock;

use futures::future::BoxFuture;
use kernel::Timestamp;
use platform::App;
use serde_json::Value;

use self::page::Books;
use crate::{
    connector::{Clerk, Connector, Contents, Fact, Field, FieldKind, Page, Settings, Subject},
    trouble::Fault,
};

/// As connections call it.
const NAME: &str = "medusa";

const ADDRESS: &str = "address";
const KEY: &str = "secret_key";

const FIELDS: &[Field] =
    &[Field { name: ADDRESS, kind: FieldKind::Address, required: true }, Field { name: KEY, kind: FieldKind::Secret, required: true }];

/// Medusa v2.
pub struct Medusa;

impl Connector for Medusa {
    fn name(&self) -> &'static str {
        NAME
    }

    fn title(&self) -> &'static str {
        "Medusa"
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
        page::understood(&Books { source: self.source(settings), now }, of, said)
    }

    fn clerk(&self) -> Option<&dyn Clerk> {
        Some(self)
    }
}
