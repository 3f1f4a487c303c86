//! Does in a Vendure what it is asked to. It keeps no keys of what was done, so what was done is found again by the action's id
//! beside it, or by how the order stands.

use commerce::{
    Answer, Asked,
    deed::{Deed, DeedKind},
};
use futures::future::BoxFuture;
use platform::App;
use serde_json::json;

use super::{
    Vendure,
    client::source,
    order::{Books, Order},
    page::{FoundOrder, spelled},
};
use crate::{
    connector::{Clerk, Fact, Settings},
    trouble::Fault,
};

const ONE: &str = "query($id: ID!) { order(id: $id) { ORDER } GLOBAL }";

impl Vendure {
    async fn one(&self, app: &App, settings: &Settings, order: &str) -> Result<Option<Fact>, Fault> {
        let found: FoundOrder<Order> = self.ask(app, settings, &spelled(ONE), json!({ "id": order })).await?.data;
        let books = Books {
            source: source(settings)?,
            units: found.global_settings.units(),
            inventory: found.global_settings.inventory,
            now: app.now(),
        };
        Ok(found.order.and_then(|order| order.fact(&books)))
    }
}

/// A kind that is not among those it can do; nobody is to ask for it.
fn not_done() -> Answer {
    Answer::Refused(String::new())
}

impl Clerk for Vendure {
    fn can(&self) -> &'static [DeedKind] {
        &[DeedKind::Refund, DeedKind::Cancellation, DeedKind::PackingNote, DeedKind::DiscountCode]
    }

    fn act<'a>(&'a self, app: &'a App, settings: &'a Settings, asked: &'a Asked) -> BoxFuture<'a, Answer> {
        Box::pin(async move {
            match &asked.deed {
                Deed::Refund { amount, lines, .. } => self.give_back(app, settings, asked, *amount, lines).await,
                Deed::Cancellation => self.cancel(app, settings, asked).await,
                Deed::PackingNote { text } => self.note(app, settings, asked, text).await,
                Deed::DiscountCode { off, days } => self.make_code(app, settings, asked, *off, *days).await,
                Deed::Replacement { .. } | Deed::Redirection { .. } | Deed::Duplicate => not_done(),
            }
        })
    }

    fn look<'a>(&'a self, app: &'a App, settings: &'a Settings, asked: &'a Asked) -> BoxFuture<'a, Answer> {
        Box::pin(async move {
            match &asked.deed {
                Deed::Refund { .. } => self.find_refund(app, settings, asked).await,
                Deed::Cancellation => self.is_cancelled(app, settings, asked).await,
                Deed::PackingNote { .. } => self.is_noted(app, settings, asked).await,
                Deed::DiscountCode { .. } => self.find_code(app, settings, asked).await,
                Deed::Replacement { .. } | Deed::Redirection { .. } | Deed::Duplicate => not_done(),
            }
        })
    }

    fn order<'a>(&'a self, app: &'a App, settings: &'a Settings, order: &'a str) -> BoxFuture<'a, Result<Option<Fact>, Fault>> {
        Box::pin(self.one(app, settings, order))
    }
}
