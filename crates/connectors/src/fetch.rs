//! Reads a connection, page after page. A page and the place after it are kept in one transaction, so whatever dies in
//! between goes on where it stopped.

use std::time::Duration;

use kernel::{ConnectionId, Result, ShopId, minutes};
use platform::{
    App, Tx,
    db::Lane,
    event::Actor,
    job::{Job, Lease, is_taken_over},
};
use serde::{Deserialize, Serialize};

use crate::{
    connector::{Fact, Page, named},
    store,
    trouble::{Fault, Trouble},
    webhook,
};

/// News is looked for so often.
const EVERY: i64 = minutes(1);
/// A page may take so long: signing in, reading, and keeping it.
pub const AS_LONG_AS: Duration = Duration::from_mins(3);

/// Reads the next page of a connection.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Fetch {
    pub connection: ConnectionId,
    /// Which time it was set going.
    pub run: i64,
}
impl Job for Fetch {
    const KIND: &'static str = "fetch_from_shop_system";
}

pub(crate) async fn fetch(app: App, job: Fetch, lease: Lease) -> Result<()> {
    let shop = lease.shop;
    let known = app.read(async move |tx: &mut Tx<'_>| store::maybe(tx, shop, job.connection).await).await?;
    let Some(connection) = known.filter(|known| known.goes_on(job.run)) else {
        return app.write(async move |tx: &mut Tx<'_>| lease.done(tx).await).await;
    };
    let connector = named(&app, &connection.connector)?;
    let settings = connection.opened(&app)?;
    let page = match connector.page(&app, &settings, &connection.place).await {
        Ok(page) => page,
        Err(fault) => return note(&app, job, lease, fault).await,
    };
    match keep(&app, job, &lease, page).await {
        Err(error) if !is_taken_over(&error) => {
            let fault = Fault::new(Trouble::NotStored, error.to_string());
            note(&app, job, lease, fault).await
        }
        kept => kept,
    }
}

async fn keep(app: &App, job: Fetch, lease: &Lease, page: Page) -> Result<()> {
    let lease = lease.clone();
    app.db()
        .write_in(Lane::Bulk, async move |tx: &mut Tx<'_>| {
            lease.done(tx).await?;
            let known = store::maybe(tx, lease.shop, job.connection).await?;
            let Some(mut connection) = known.filter(|known| known.goes_on(job.run)) else { return Ok(()) };
            if page.history.is_some() {
                tx.tells_of_the_past();
            }
            for fact in page.facts.clone() {
                copy(tx, lease.shop, fact).await?;
            }
            let now = tx.now();
            let turned = connection.went_on(&page, now);
            store::save(tx, &mut connection).await?;
            let wait = if page.more { 0 } else { webhook::until_next(tx, &connection, EVERY).await? };
            connection.read_on(tx, now + page.rest.max(wait)).await?;
            if turned { connection.announce_turn(tx).await } else { Ok(()) }
        })
        .await
}

pub(crate) async fn copy(tx: &mut Tx<'_>, shop: ShopId, fact: Fact) -> Result<()> {
    let who = Actor::system(shop);
    match fact {
        Fact::Customer(buyer) => customers::buys(tx, shop, buyer, None).await.map(drop),
        Fact::Order(order) => {
            let (buyer, facts) = *order;
            commerce::order::copy(tx, &who, buyer, facts).await
        }
        Fact::Product(facts) => commerce::product::copy(tx, &who, *facts).await,
        Fact::Stock(counts) => commerce::stock::copy(tx, &who, counts).await,
        // its connection notes it
        Fact::Uncounted(_) => Ok(()),
    }
}

async fn note(app: &App, job: Fetch, lease: Lease, fault: Fault) -> Result<()> {
    app.write(async move |tx: &mut Tx<'_>| {
        lease.done(tx).await?;
        let known = store::maybe(tx, lease.shop, job.connection).await?;
        let Some(mut connection) = known.filter(|known| known.goes_on(job.run)) else { return Ok(()) };
        let turned = connection.failed(fault.clone(), tx.now());
        store::save(tx, &mut connection).await?;
        if let Some(noted) = &connection.trouble {
            connection.read_on(tx, noted.next_try_at).await?;
        }
        if turned { connection.announce_turn(tx).await } else { Ok(()) }
    })
    .await
}
