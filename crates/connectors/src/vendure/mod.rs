//! Vendure 3, read through its admin API (GraphQL).
//!
//! It has no webhooks, and its orders do not say when they changed: paying, shipping and refunding leave `updatedAt` as it is
//! (seen with 3.7.3). So what was changed or placed lately is asked for each minute, and what may still change, open orders and
//! those of the last weeks, is read again every quarter of an hour.

mod clerk;
mod client;
mod discount;
mod facts;
mod order;
mod page;
mod refund;
mod service;
mod stock;

use futures::future::BoxFuture;
use kernel::Timestamp;
use platform::App;
use serde_json::Value;

use crate::{
    connector::{Clerk, Connector, Contents, Fact, Field, FieldKind, Page, Settings, Subject},
    session::Sessions,
    trouble::Fault,
};

/// As messages and connections call it.
const NAME: &str = "vendure";

const ADDRESS: &str = "address";
const USERNAME: &str = "username";
const PASSWORD: &str = "password";
const CHANNEL: &str = "channel_token";

const FIELDS: &[Field] = &[
    Field { name: ADDRESS, kind: FieldKind::Address, required: true },
    Field { name: USERNAME, kind: FieldKind::Line, required: true },
    Field { name: PASSWORD, kind: FieldKind::Secret, required: true },
    Field { name: CHANNEL, kind: FieldKind::Secret, required: false },
];

/// Vendure 3.
#[derive(Default)]
pub struct Vendure {
    sessions: Sessions,
}

impl Connector for Vendure {
    fn name(&self) -> &'static str {
        NAME
    }

    fn title(&self) -> &'static str {
        "Vendure"
    }

    fn fields(&self) -> &'static [Field] {
        FIELDS
    }

    fn source(&self, settings: &Settings) -> String {
        client::source(settings).unwrap_or_default()
    }

    fn books(&self, settings: &Settings) -> String {
        client::books(settings)
    }

    fn test<'a>(&'a self, app: &'a App, settings: &'a Settings) -> BoxFuture<'a, Result<Contents, Fault>> {
        Box::pin(self.look(app, settings))
    }

    fn page<'a>(&'a self, app: &'a App, settings: &'a Settings, place: &'a Value) -> BoxFuture<'a, Result<Page, Fault>> {
        Box::pin(self.read_on(app, settings, place))
    }

    fn understood(&self, settings: &Settings, of: Subject, said: &[u8], now: Timestamp) -> Option<Fact> {
        page::understood(self.source(settings), of, said, now)
    }

    fn clerk(&self) -> Option<&dyn Clerk> {
        Some(self)
    }
}
