//! Does in a Medusa what it is asked to. It keeps no keys of what was done, so what was done is found again by the action's id
//! beside it, or by how the order stands.

use commerce::{
    Answer, Asked,
    deed::{Deed, DeedKind, code},
};
use futures::future::BoxFuture;
use platform::App;

use super::{
    Medusa,
    client::{self, is_id, source},
    discount,
    order::{self, Order},
    page::Books,
    refund, service,
};
use crate::{
    connector::{Clerk, Fact, Settings},
    trouble::Fault,
};

/// A kind that is not among those it can do; nobody is to ask for it.
fn not_done() -> Answer {
    Answer::Refused(String::new())
}

async fn act(app: &App, settings: &Settings, asked: &Asked) -> Answer {
    if !is_id(&asked.order) {
        return not_done();
    }
    match &asked.deed {
        Deed::Refund { amount, .. } => refund::give_back(app, settings, asked, *amount).await,
        Deed::Cancellation => service::cancel(app, settings, &asked.order).await,
        Deed::Redirection { to } => service::redirect(app, settings, &asked.order, to).await,
        Deed::PackingNote { text } => service::note(app, settings, asked, text).await,
        Deed::DiscountCode { off, days } => discount::make(app, settings, asked, *off, *days).await,
        Deed::Replacement { .. } | Deed::Duplicate => not_done(),
    }
}

async fn look(app: &App, settings: &Settings, asked: &Asked) -> Answer {
    if !is_id(&asked.order) {
        return not_done();
    }
    let found = match &asked.deed {
        Deed::Refund { .. } => refund::find(app, settings, asked).await,
        Deed::Cancellation => service::is_cancelled(app, settings, &asked.order).await,
        Deed::Redirection { to } => service::is_redirected(app, settings, &asked.order, to).await,
        Deed::PackingNote { .. } => service::is_noted(app, settings, asked).await,
        Deed::DiscountCode { .. } => discount::find(app, settings, asked).await,
        Deed::Replacement { .. } | Deed::Duplicate => Ok(false),
    };
    match found {
        Ok(true) if matches!(asked.deed, Deed::DiscountCode { .. }) => Answer::made(code(asked.action)),
        Ok(true) => Answer::made(""),
        Ok(false) => not_done(),
        Err(fault) => Answer::Unknown(fault.detail),
    }
}

async fn one(app: &App, settings: &Settings, id: &str) -> Result<Option<Fact>, Fault> {
    if !is_id(id) {
        return Ok(None);
    }
    let books = Books { source: source(settings)?, now: app.now() };
    Ok(client::order::<Order>(app, settings, id, order::FIELDS).await?.and_then(|order| order.fact(&books)))
}

impl Clerk for Medusa {
    fn can(&self) -> &'static [DeedKind] {
        &[DeedKind::Refund, DeedKind::Cancellation, DeedKind::Redirection, DeedKind::PackingNote, DeedKind::DiscountCode]
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
