//! Does in a Shopify what it is asked to. Of what is done it keeps keys only where money is given back, so what was done is found
//! again by the action's id beside it, or by how the order stands.

use commerce::{
    Answer, Asked,
    deed::{Deed, DeedKind, RefundAbilities},
};
use futures::future::BoxFuture;
use platform::App;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::{
    Shopify,
    client::{Answered, UserError, admin, source},
    order::{self, Order},
    page::Books,
};
use crate::{
    connector::{Clerk, Fact, Settings},
    trouble::{Fault, worth},
};

/// One order.
#[derive(Deserialize)]
struct Found<T> {
    order: Option<T>,
}

/// What a mutation has done, under names that are the same for each.
#[derive(Deserialize)]
struct Done<T> {
    done: Outcome<T>,
}

/// What it refuses comes with status 200.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<T> {
    it: Option<T>,
    user_errors: Vec<UserError>,
}

/// The id it calls something by whose number is known.
pub(super) fn gid(kind: &str, number: &str) -> String {
    format!("gid://shopify/{kind}/{number}")
}

pub(super) fn made() -> Answer {
    Answer::made("")
}

impl Shopify {
    /// What `query` asks for of an order.
    pub(super) async fn of<T: DeserializeOwned>(
        &self,
        app: &App,
        settings: &Settings,
        query: &str,
        order: &str,
    ) -> Result<Answered<Option<T>>, Fault> {
        let variables = json!({ "id": gid("Order", order) });
        let Answered { data, rest, shop_time } = self.ask::<Found<T>>(app, settings, query, variables).await?;
        Ok(Answered { data: data.order, rest, shop_time })
    }

    /// The same before anything is done to the order: the answer where nothing can be.
    pub(super) async fn before<T: DeserializeOwned>(&self, app: &App, settings: &Settings, query: &str, order: &str) -> Result<T, Answer> {
        let found = self.of(app, settings, query, order).await.map_err(|fault| Answer::Refused(fault.detail))?;
        found.data.ok_or_else(|| Answer::Refused("It does not know the order any more.".to_owned()))
    }

    /// The same when something is looked for that was asked for.
    pub(super) async fn seen<T: DeserializeOwned>(
        &self,
        app: &App,
        settings: &Settings,
        query: &str,
        order: &str,
        what_is_there: impl Fn(&T) -> Option<Answer>,
    ) -> Answer {
        match self.of(app, settings, query, order).await {
            Ok(found) => found.data.as_ref().and_then(what_is_there).unwrap_or_else(|| Answer::Refused(String::new())),
            Err(fault) => Answer::Unknown(fault.detail),
        }
    }

    /// Asks for something to be done, and says what was; else the answer.
    pub(super) async fn done<T: DeserializeOwned>(
        &self,
        app: &App,
        settings: &Settings,
        mutation: &str,
        variables: Value,
    ) -> Result<T, Answer> {
        let Done { done } = self.ask::<Done<T>>(app, settings, mutation, variables).await.map_err(worth)?.data;
        match (done.user_errors.into_iter().next(), done.it) {
            (Some(UserError { message }), _) => Err(Answer::Refused(message)),
            (None, Some(it)) => Ok(it),
            (None, None) => Err(Answer::Unknown("It says neither what it has done nor why it has not.".to_owned())),
        }
    }

    async fn one(&self, app: &App, settings: &Settings, id: &str) -> Result<Option<Fact>, Fault> {
        let query = format!("query($id: ID!) {{ order(id: $id) {{ {} }} }}", order::fields());
        let Some(mut order) = self.of::<Order>(app, settings, &query, id).await?.data else { return Ok(None) };
        self.rest_of(app, settings, "order", order::LINES, &order.id, &mut order.line_items).await?;
        Ok(order.fact(&Books { source: source(settings)?, admin: admin(settings)?, now: app.now() }))
    }
}

impl Clerk for Shopify {
    fn can(&self) -> &'static [DeedKind] {
        DeedKind::ALL
    }

    fn refunds(&self) -> RefundAbilities {
        RefundAbilities { restock: true, notify: true }
    }

    fn act<'a>(&'a self, app: &'a App, settings: &'a Settings, asked: &'a Asked) -> BoxFuture<'a, Answer> {
        Box::pin(async move {
            let done = match &asked.deed {
                Deed::Refund { .. } => self.give_back(app, settings, asked).await,
                Deed::Replacement { lines } => self.send_again(app, settings, asked, lines).await,
                Deed::Cancellation => self.cancel(app, settings, asked).await,
                Deed::Redirection { to } => self.redirect(app, settings, asked, to).await,
                Deed::PackingNote { text } => self.note(app, settings, asked, text).await,
                Deed::DiscountCode { off, days } => self.make_code(app, settings, asked, *off, *days).await,
                Deed::Duplicate => self.place_again(app, settings, asked).await,
            };
            done.unwrap_or_else(|answer| answer)
        })
    }

    fn look<'a>(&'a self, app: &'a App, settings: &'a Settings, asked: &'a Asked) -> BoxFuture<'a, Answer> {
        Box::pin(async move {
            match &asked.deed {
                Deed::Refund { .. } => self.find_refund(app, settings, asked).await,
                Deed::Replacement { .. } => self.find_replacement(app, settings, asked).await,
                Deed::Cancellation => self.is_cancelled(app, settings, asked).await,
                Deed::Redirection { to } => self.is_redirected(app, settings, asked, to).await,
                Deed::PackingNote { .. } => self.is_noted(app, settings, asked).await,
                Deed::DiscountCode { .. } => self.find_code(app, settings, asked).await,
                Deed::Duplicate => self.find_duplicate(app, settings, asked).await,
            }
        })
    }

    fn order<'a>(&'a self, app: &'a App, settings: &'a Settings, order: &'a str) -> BoxFuture<'a, Result<Option<Fact>, Fault>> {
        Box::pin(self.one(app, settings, order))
    }
}
