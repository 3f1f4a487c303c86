//! Does in a WooCommerce what it is asked to. It keeps no keys of what was done, so what was done is found again by the action's id
//! beside it, or by how the order stands.

use commerce::{
    Answer, Asked,
    deed::{Deed, DeedKind, RefundAbilities},
};
use futures::future::BoxFuture;
use platform::App;

use super::{
    WooCommerce,
    client::{get, site, source},
    discount, duplicate,
    order::{self, Order},
    page::Books,
    refund, replacement, service,
};
use crate::{
    connector::{Clerk, Fact, Settings},
    trouble::Fault,
};

/// The path of an order; its ids are numbers.
pub(super) fn path(order: &str) -> Option<String> {
    order.parse::<u64>().ok().map(|id| format!("orders/{id}"))
}

async fn act(app: &App, settings: &Settings, asked: &Asked) -> Answer {
    let Some(path) = path(&asked.order) else { return Answer::Refused(String::new()) };
    match &asked.deed {
        Deed::Refund { amount, lines, restock, .. } => {
            let back = if *restock { lines.as_slice() } else { &[] };
            refund::give_back(app, settings, &path, asked, *amount, back).await
        }
        Deed::Replacement { lines } => replacement::send_again(app, settings, &path, asked, lines).await,
        Deed::Cancellation => service::cancel(app, settings, &path).await,
        Deed::Redirection { to } => service::redirect(app, settings, &path, to).await,
        Deed::PackingNote { text } => service::note(app, settings, &path, asked.action, text).await,
        Deed::DiscountCode { off, days } => discount::make(app, settings, asked, *off, *days).await,
        Deed::Duplicate => duplicate::place_again(app, settings, &path, asked).await,
    }
}

async fn look(app: &App, settings: &Settings, asked: &Asked) -> Answer {
    let Some(path) = path(&asked.order) else { return Answer::Refused(String::new()) };
    let found = match &asked.deed {
        Deed::Refund { .. } => refund::find(app, settings, &path, asked.action).await,
        Deed::Replacement { .. } => replacement::find(app, settings, &path, asked).await,
        Deed::Cancellation => service::is_cancelled(app, settings, &path).await,
        Deed::Redirection { to } => service::is_redirected(app, settings, &path, to).await,
        Deed::PackingNote { .. } => service::is_noted(app, settings, &path, asked.action).await,
        Deed::DiscountCode { .. } => discount::find(app, settings, asked.action).await,
        Deed::Duplicate => return duplicate::find(app, settings, &path, asked).await,
    };
    match found {
        Ok(Some(said)) => Answer::made(said),
        Ok(None) => Answer::Refused(String::new()),
        Err(fault) => Answer::Unknown(fault.detail),
    }
}

async fn one(app: &App, settings: &Settings, order: &str) -> Result<Option<Fact>, Fault> {
    let Some(path) = path(order) else { return Ok(None) };
    let order = get::<Order>(app, settings, &path, &[("_fields", order::FIELDS.to_owned())]).await?.data;
    let refunds = order::refunds(app, settings, &order).await?;
    let books = Books { source: source(settings)?, site: site(settings)?, now: app.now() };
    Ok(order.fact(&refunds, &books))
}

impl Clerk for WooCommerce {
    fn can(&self) -> &'static [DeedKind] {
        DeedKind::ALL
    }

    /// It sends a mail about each, whatever it is asked.
    fn refunds(&self) -> RefundAbilities {
        RefundAbilities { restock: true, notify: false }
    }

    fn act<'a>(&'a self, app: &'a App, settings: &'a Settings, asked: &'a Asked) -> BoxFuture<'a, Answer> {
        Box::pin(act(app, settings, asked))
    }

    fn look<'a>(&'a self, app: &'a App, settings: &'a Settings, asked: &'a Asked) -> BoxFuture<'a, Answer> {
        Box::pin(look(app, settings, asked))
    }

    fn order<'a>(&'a self, app: &'a App, settings: &'a Settings, order: &'a str) -> BoxFuture<'a, Result<Option<Fact>, Fault>> {
        Box::pin(one(app, settings, order))
    }
}
