//! Orders that came by a connection are acted on through it.

use commerce::{Answer, Asked, Keeper, ShopSystem};
use customers::copied::own;
use futures::future::BoxFuture;
use kernel::{Result, ShopId};
use platform::{App, Tx, db::Lane};

use crate::{
    connection::{Connection, State},
    connector::{Clerk, Settings, named},
    fetch, store,
};

/// All shop systems that are connected.
pub struct Connected;

/// A connection that keeps an order and can act on it.
struct Keeping<'a> {
    name: String,
    clerk: &'a dyn Clerk,
    settings: Settings,
    /// The shop system's own id of the order.
    order: String,
}

/// The running connection by which this order came, where its connector can act.
async fn keeping<'a>(app: &'a App, shop: ShopId, order: &str) -> Result<Option<Keeping<'a>>> {
    let connections = app.read(async move |tx: &mut Tx<'_>| store::all(tx, shop).await).await?;
    for connection in connections.into_iter().filter(|one| one.state == State::Running) {
        let connector = named(app, &connection.connector)?;
        let source = connector.source(&connection.settings);
        if let (Some(own), Some(clerk)) = (own(order, &source), connector.clerk()) {
            return keeping_of(app, &connection, clerk, own).map(Some);
        }
    }
    Ok(None)
}

fn keeping_of<'a>(app: &App, connection: &Connection, clerk: &'a dyn Clerk, order: &str) -> Result<Keeping<'a>> {
    Ok(Keeping { name: connection.name.clone(), clerk, settings: connection.opened(app)?, order: order.to_owned() })
}

impl Keeping<'_> {
    fn asked(&self, asked: &Asked) -> Asked {
        Asked { order: self.order.clone(), ..asked.clone() }
    }

    /// Copies the order at once: what was done to it is seen where it was asked for. Failing that, it is read with the others.
    async fn copy_order(&self, app: &App, shop: ShopId) -> Result<()> {
        let Ok(Some(fact)) = self.clerk.order(app, &self.settings, &self.order).await else { return Ok(()) };
        app.db().write_in(Lane::People, async move |tx: &mut Tx<'_>| fetch::copy(tx, shop, fact.clone()).await).await
    }
}

impl ShopSystem for Connected {
    fn keeps<'a>(&'a self, app: &'a App, shop: ShopId, order: &'a str) -> BoxFuture<'a, Result<Option<Keeper>>> {
        Box::pin(async move {
            let keeping = keeping(app, shop, order).await?;
            Ok(keeping.map(|keeping| Keeper { name: keeping.name, can: keeping.clerk.can(), refunds: keeping.clerk.refunds() }))
        })
    }

    fn act<'a>(&'a self, app: &'a App, asked: &'a Asked) -> BoxFuture<'a, Answer> {
        Box::pin(async move {
            let keeping = match keeping(app, asked.shop, &asked.order).await {
                Ok(Some(keeping)) => keeping,
                Ok(None) => return Answer::Refused(String::new()),
                Err(error) => return Answer::Refused(error.to_string()),
            };
            let answer = keeping.clerk.act(app, &keeping.settings, &keeping.asked(asked)).await;
            seen(app, &keeping, asked.shop, answer).await
        })
    }

    fn look<'a>(&'a self, app: &'a App, asked: &'a Asked) -> BoxFuture<'a, Answer> {
        Box::pin(async move {
            let keeping = match keeping(app, asked.shop, &asked.order).await {
                Ok(Some(keeping)) => keeping,
                Ok(None) => return Answer::Unknown(String::new()),
                Err(error) => return Answer::Unknown(error.to_string()),
            };
            let answer = keeping.clerk.look(app, &keeping.settings, &keeping.asked(asked)).await;
            seen(app, &keeping, asked.shop, answer).await
        })
    }
}

/// What was done stands in the order too, before it is told.
async fn seen(app: &App, keeping: &Keeping<'_>, shop: ShopId, answer: Answer) -> Answer {
    if matches!(answer, Answer::Made(_))
        && let Err(error) = keeping.copy_order(app, shop).await
    {
        tracing::warn!(%error, "an order could not be copied after it was acted on");
    }
    answer
}
