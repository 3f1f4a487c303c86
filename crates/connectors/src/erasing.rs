//! Takes a copy out again: what came from a shop system is erased, piece after piece, and then the connection ends. A piece and the
//! place behind it are written in one transaction, so whatever dies in between goes on where it stopped.

use commerce::copied::{erase_orders, erase_products, erase_stock};
use customers::copied::{erase_accounts, erase_buyers};
use kernel::{ConnectionId, Cursor, Error, IdentityId, OrderId, ProductId, Result, ShopId, conflict, minutes, say};
use platform::{
    Agent, App, Tx,
    db::Lane,
    event::Actor,
    job::{Job, Lease, When},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    connection::{self, Connection, State},
    connector::named,
    events::{ConnectionEnded, ConnectionErased},
    store,
};

/// A shop system that is being asked about an order has answered by then, or has not.
const WAIT: i64 = minutes(1);

/// How much of a copy has been erased.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Erased {
    pub orders: i64,
    pub customers: i64,
    pub products: i64,
}

/// How far it has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasing {
    /// What stands in front of the shop system's ids.
    source: String,
    after: After,
    pub erased: Erased,
}

/// What is looked at next. Orders go first: whoever has none of them left may be known through nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum After {
    Order(OrderId),
    Account(IdentityId),
    Product(ProductId),
    Variant(String),
}

/// Erases the next piece of a connection's copy.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct EraseCopy {
    pub connection: ConnectionId,
}
impl Job for EraseCopy {
    const KIND: &'static str = "erase_copy_of_shop_system";
}

impl Connection {
    /// How far its copy has been erased, where that is so.
    pub fn erasing(&self) -> Option<Erasing> {
        if self.state == State::Erasing { serde_json::from_value(self.place.clone()).ok() } else { None }
    }
}

/// A connection whose copy may be erased.
///
/// Errors: `NotFound`; `Conflict` when that is under way already, or another connection reads the same shop system: what it copied could
/// not be told from this one's.
pub async fn may_begin(tx: &mut Tx<'_>, app: &App, shop: ShopId, id: ConnectionId) -> Result<Connection> {
    let connection = connection::lasting(tx, shop, id).await?;
    match of_source(tx, app, shop, &source(app, &connection)?).await?.into_iter().find(|other| other.id != id) {
        Some(other) => Err(conflict(say!("connected-twice", name = other.name))),
        None => Ok(connection),
    }
}

/// Ends a connection and what was copied by it. What opens it is forgotten at once.
///
/// Errors: those of [`may_begin`].
pub async fn begin(tx: &mut Tx<'_>, app: &App, who: &Agent, id: ConnectionId) -> Result<Connection> {
    let mut connection = may_begin(tx, app, who.shop, id).await?;
    let after = After::Order(Cursor::FIRST_ASCENDING.id.into());
    let erasing = Erasing { source: source(app, &connection)?, after, erased: Erased::default() };
    connection.state = State::Erasing;
    connection.sealed = String::new();
    connection.trouble = None;
    connection.place = serde_json::to_value(erasing).map_err(Error::broken)?;
    store::save(tx, &mut connection).await?;
    tx.enqueue(who.shop, &EraseCopy { connection: id }, When::default().once(id)).await?;
    tx.announce(who, ConnectionErased { connection: id }).await?;
    Ok(connection)
}

/// Errors: `Conflict` while what was copied from this shop system earlier is being erased.
pub async fn must_not_be_under_way(tx: &mut Tx<'_>, app: &App, shop: ShopId, source: &str) -> Result<()> {
    let is_under_way = of_source(tx, app, shop, source).await?.iter().any(|one| one.state == State::Erasing);
    if is_under_way { Err(conflict(say!("copy-being-erased"))) } else { Ok(()) }
}

/// What stands in front of the ids of the shop system it reads.
fn source(app: &App, connection: &Connection) -> Result<String> {
    Ok(named(app, &connection.connector)?.source(&connection.settings))
}

/// The connections to a shop system.
async fn of_source(tx: &mut Tx<'_>, app: &App, shop: ShopId, wanted: &str) -> Result<Vec<Connection>> {
    let mut found = Vec::new();
    for one in store::all(tx, shop).await? {
        if source(app, &one)? == wanted {
            found.push(one);
        }
    }
    Ok(found)
}

pub(crate) async fn erase(app: App, job: EraseCopy, lease: Lease) -> Result<()> {
    let inside = app.clone();
    app.db()
        .write_in(Lane::Bulk, async move |tx: &mut Tx<'_>| {
            lease.done(tx).await?;
            let shop = lease.shop;
            let Some(mut connection) = store::maybe(tx, shop, job.connection).await? else { return Ok(()) };
            let Some(mut erasing) = connection.erasing() else { return Ok(()) };
            match erasing.go_on(tx, &inside, shop).await? {
                Step::More => (),
                Step::Wait => return tx.enqueue(shop, &job, When::at(tx.now() + WAIT).once(job.connection)).await,
                Step::Done => {
                    store::remove(tx, shop, job.connection).await?;
                    return tx.announce(&Actor::system(shop), ConnectionEnded { connection: job.connection }).await.map(drop);
                }
            }
            connection.place = serde_json::to_value(erasing).map_err(Error::broken)?;
            store::save(tx, &mut connection).await?;
            tx.enqueue(shop, &job, When::default().once(job.connection)).await
        })
        .await
}

/// What came of a piece.
enum Step {
    More,
    Wait,
    Done,
}

impl Erasing {
    async fn go_on(&mut self, tx: &mut Tx<'_>, app: &App, shop: ShopId) -> Result<Step> {
        let rooms = app.personal_data();
        self.after = match &self.after {
            After::Order(after) => {
                let Some((piece, buyers)) = erase_orders(tx, shop, &self.source, *after).await? else { return Ok(Step::Wait) };
                self.erased.orders += piece.erased;
                self.erased.customers += erase_buyers(tx, rooms, shop, &self.source, buyers).await? as i64;
                piece.next.map_or(After::Account(Cursor::FIRST_ASCENDING.id.into()), After::Order)
            }
            After::Account(after) => {
                let piece = erase_accounts(tx, rooms, shop, &self.source, *after).await?;
                self.erased.customers += piece.erased;
                piece.next.map_or(After::Product(Cursor::FIRST_ASCENDING.id.into()), After::Account)
            }
            After::Product(after) => {
                let piece = erase_products(tx, shop, &self.source, *after).await?;
                self.erased.products += piece.erased;
                piece.next.map_or(After::Variant(String::new()), After::Product)
            }
            After::Variant(after) => match erase_stock(tx, shop, &self.source, after).await? {
                Some(next) => After::Variant(next),
                None => return Ok(Step::Done),
            },
        };
        Ok(Step::More)
    }
}
