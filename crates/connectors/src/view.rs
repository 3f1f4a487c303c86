//! A connection as it is seen over HTTP.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{ConnectionId, Timestamp};
use platform::{App, keyed};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    connection::{Connection, State as Going},
    connector::{Limit, Progress, Settings, Uncounted},
    erasing::Erased,
    trouble::Noted,
    webhook::Standing,
    webhook_api::WebhooksView,
};

keyed! {
    /// What a connection is doing.
    pub enum Doing {
        /// Its history is being read.
        Importing = "importing",
        /// Its history has been read; what is new comes as it happens.
        Following = "following",
        Paused = "paused",
        /// What was copied is being erased; then it is gone.
        Erasing = "erasing",
    }
}

/// An order that is left out.
#[derive(Debug, Serialize, ToSchema)]
pub struct UncountedOrder {
    number: String,
    /// What the shop system calls its currency.
    currency: String,
}

impl From<Uncounted> for UncountedOrder {
    fn from(Uncounted { number, currency, .. }: Uncounted) -> Self {
        UncountedOrder { number, currency }
    }
}

/// A connection to a shop system.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConnectionView {
    id: ConnectionId,
    /// Which kind of shop system it is.
    connector: String,
    name: String,
    /// What it was connected with, but for its secrets.
    settings: Settings,
    doing: Doing,
    /// How far its history has been read: of `customers`, `orders`, `products`, `stock`.
    progress: BTreeMap<String, Progress>,
    /// What is wrong with it, if anything.
    #[schema(required)]
    trouble: Option<Noted>,
    /// Orders that are left out because their currency is none Ombud knows; the newest hundred, if there are more.
    uncounted: Vec<UncountedOrder>,
    /// What the shop system does not show with these settings.
    limits: BTreeSet<Limit>,
    /// When its history had been read.
    #[schema(required)]
    imported_at: Option<Timestamp>,
    /// Up to when it has been copied whole.
    #[schema(required)]
    reached_at: Option<Timestamp>,
    /// When it last answered.
    #[schema(required)]
    heard_at: Option<Timestamp>,
    /// So many seconds is its clock ahead of ours; behind, when negative.
    clock_ahead: i64,
    webhooks: WebhooksView,
    /// How much of the copy has been erased, while it is.
    #[schema(required)]
    erased: Option<Erased>,
    created_at: Timestamp,
}

impl ConnectionView {
    pub fn of(app: &App, one: Connection, standing: Standing) -> kernel::Result<Self> {
        let webhooks = WebhooksView::of(app, &one, standing)?;
        let doing = match (one.state, one.imported_at) {
            (Going::Erasing, _) => Doing::Erasing,
            (Going::Paused, _) => Doing::Paused,
            (Going::Running, None) => Doing::Importing,
            (Going::Running, Some(_)) => Doing::Following,
        };
        Ok(ConnectionView {
            erased: one.erasing().map(|erasing| erasing.erased),
            id: one.id,
            connector: one.connector,
            name: one.name,
            settings: one.settings,
            doing,
            progress: one.progress.into_iter().map(|(subject, progress)| (subject.key().to_owned(), progress)).collect(),
            trouble: one.trouble,
            uncounted: one.uncounted.into_iter().map(UncountedOrder::from).collect(),
            limits: one.limits,
            imported_at: one.imported_at,
            reached_at: one.reached_at,
            heard_at: one.heard_at,
            clock_ahead: one.clock_ahead,
            webhooks,
            created_at: one.created_at,
        })
    }
}
