//! A connection to a shop system: what opens it, how far it has been read, and how it does.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{ConnectionId, Result, ShopId, Timestamp, conflict, say};
use platform::{
    Agent, App, Tx,
    event::{Actor, Origin},
    form,
    job::When,
    keyed,
};
use serde_json::Value;

use crate::{
    connector::{Connector, Fact, Limit, Page, Progress, Settings, Subject, Uncounted},
    erasing,
    events::{ConnectionChanged, ConnectionEnded, ConnectionMade, ConnectionPaused, ConnectionResumed, ConnectionTurned},
    fetch::Fetch,
    store,
    subscribe::Subscribe,
    trouble::{Fault, Noted},
    webhook::Standing,
};

/// A shop has at most so many.
const MOST: usize = 20;
/// So many orders that are left out are named.
pub const MOST_UNCOUNTED: usize = 100;

keyed! {
    /// Whether a connection is read from.
    pub enum State {
        Running = "running",
        Paused = "paused",
        /// What was copied is being erased; then it ends.
        Erasing = "erasing",
    }
}

/// A connection.
#[derive(Debug, Clone)]
pub struct Connection {
    pub shop: ShopId,
    pub id: ConnectionId,
    /// The connector's name.
    pub connector: String,
    pub name: String,
    /// What the form was filled in with, but for its secrets.
    pub settings: Settings,
    /// The secrets.
    pub sealed: String,
    pub state: State,
    /// Counts each time it was set going: what was set going before does nothing more.
    pub run: i64,
    /// How far it has been read, in the connector's words.
    pub place: Value,
    pub progress: BTreeMap<Subject, Progress>,
    pub trouble: Option<Noted>,
    /// Orders that are left out, [`MOST_UNCOUNTED`] at most.
    pub uncounted: Vec<Uncounted>,
    /// What it does not show with these settings, as far as that was met with while it was read.
    pub limits: BTreeSet<Limit>,
    /// When its history had been read.
    pub imported_at: Option<Timestamp>,
    /// When it was last read to its end.
    pub reached_at: Option<Timestamp>,
    /// When it last answered.
    pub heard_at: Option<Timestamp>,
    /// So many seconds is its clock ahead of ours; behind, when negative.
    pub clock_ahead: i64,
    pub created_at: Timestamp,
    pub version: i64,
}

/// What a member fills in, secrets too.
#[derive(Clone)]
pub struct Filled {
    pub name: String,
    pub settings: Settings,
}

fn place_of_secrets(shop: ShopId, id: ConnectionId) -> String {
    format!("{shop}/connectors/connections/{id}")
}

fn seal(app: &App, shop: ShopId, id: ConnectionId, secrets: &Settings) -> Result<String> {
    app.secrets().seal_value(&place_of_secrets(shop, id), secrets, app.rng())
}

impl Connection {
    /// All the form was filled in with, secrets too: for whoever goes there.
    pub fn opened(&self, app: &App) -> Result<Settings> {
        let mut settings: Settings = app.secrets().open_value(&place_of_secrets(self.shop, self.id), &self.sealed)?;
        settings.extend(self.settings.clone());
        Ok(settings)
    }

    /// Nothing has been read yet.
    fn begin_anew(&mut self) {
        (self.place, self.progress, self.uncounted, self.limits) = (Value::Null, BTreeMap::new(), Vec::new(), BTreeSet::new());
        (self.imported_at, self.reached_at, self.heard_at, self.clock_ahead) = (None, None, None, 0);
    }

    /// Whether a job of this run still has something to do.
    pub fn goes_on(&self, run: i64) -> bool {
        self.state == State::Running && self.run == run
    }

    /// Sets it going, at once.
    async fn set_going(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        self.run += 1;
        let now = tx.now();
        Subscribe { connection: self.id, run: self.run }.at(tx, self.shop, now).await?;
        self.read_on(tx, now).await
    }

    /// What was set going earlier is not waited for: each run has a lane of its own.
    pub fn lane(&self) -> String {
        format!("{}/{}", self.id, self.run)
    }

    /// The next page is read then.
    pub async fn read_on(&self, tx: &mut Tx<'_>, at: Timestamp) -> Result<()> {
        let next = Fetch { connection: self.id, run: self.run };
        tx.enqueue(self.shop, &next, When::at(at).lane(self.lane()).once(self.lane())).await
    }

    /// Notes a page that has been kept; says whether it does otherwise than before.
    pub fn went_on(&mut self, page: &Page, now: Timestamp) -> bool {
        let was = (self.trouble.take().is_some(), self.imported_at);
        self.place = page.place.clone();
        self.progress.extend(page.history);
        page.facts.iter().for_each(|fact| self.note_uncounted(fact));
        for (limit, is_met) in &page.limits {
            if *is_met {
                self.limits.insert(*limit)
            } else {
                self.limits.remove(limit)
            };
        }
        self.heard_at = Some(now);
        if let Some(shop_time) = page.shop_time {
            self.clock_ahead = (shop_time - now) / kernel::seconds(1);
        }
        if !page.more {
            self.reached_at = Some(now);
            self.imported_at = self.imported_at.or(Some(now));
        }
        was != (false, self.imported_at)
    }

    /// An order that is left out is named, until it is not left out any more.
    fn note_uncounted(&mut self, fact: &Fact) {
        match fact {
            Fact::Order(order) => self.uncounted.retain(|one| one.reference != order.1.reference),
            Fact::Uncounted(new) => {
                self.uncounted.retain(|one| one.reference != new.reference);
                self.uncounted.push(new.clone());
                let over = self.uncounted.len().saturating_sub(MOST_UNCOUNTED);
                self.uncounted.drain(..over);
            }
            Fact::Customer(_) | Fact::Product(_) | Fact::Stock(_) => (),
        }
    }

    /// Notes that asking came to nothing; says whether it does otherwise than before.
    pub fn failed(&mut self, fault: Fault, now: Timestamp) -> bool {
        Noted::note(&mut self.trouble, fault, now)
    }

    /// Says that it does otherwise. That happens now, whatever the page it came with tells of.
    pub async fn announce_turn(&self, tx: &mut Tx<'_>) -> Result<()> {
        tx.announce_from(Origin::Live, &Actor::system(self.shop), ConnectionTurned { connection: self.id }).await.map(drop)
    }
}

/// A connection that is not about to end.
///
/// Errors: `NotFound`, `Conflict` while its copy is being erased.
pub async fn lasting(tx: &mut Tx<'_>, shop: ShopId, id: ConnectionId) -> Result<Connection> {
    let connection = store::connection(tx, shop, id).await?;
    if connection.state == State::Erasing { Err(conflict(say!("connection-ending"))) } else { Ok(connection) }
}

/// Connects a shop system, and begins to read its history.
///
/// Errors: `Invalid` when a field is missing, `Conflict` when there are too many or an earlier copy of it is being erased.
pub async fn connect(tx: &mut Tx<'_>, app: &App, who: &Agent, connector: &dyn Connector, filled: Filled) -> Result<Connection> {
    form::must_be_complete(connector.fields(), &filled.settings)?;
    if store::all(tx, who.shop).await?.len() >= MOST {
        return Err(conflict(say!("too-many-connections", most = MOST)));
    }
    erasing::must_not_be_under_way(tx, app, who.shop, &connector.source(&filled.settings)).await?;
    let (id, name) = (tx.new_id(), filled.name.clone());
    let (settings, secrets) = form::parted(connector.fields(), filled.settings);
    let mut connection = Connection {
        shop: who.shop,
        id,
        connector: connector.name().to_owned(),
        name,
        settings,
        sealed: seal(app, who.shop, id, &secrets)?,
        state: State::Running,
        run: 0,
        place: Value::Null,
        progress: BTreeMap::new(),
        trouble: None,
        uncounted: Vec::new(),
        limits: BTreeSet::new(),
        imported_at: None,
        reached_at: None,
        heard_at: None,
        clock_ahead: 0,
        created_at: tx.now(),
        version: 1,
    };
    connection.set_going(tx).await?;
    store::insert(tx, &connection).await?;
    store::insert_standing(tx, who.shop, id, &Standing::new(app, who.shop, id)?).await?;
    tx.announce(who, ConnectionMade { connection: id }).await?;
    Ok(connection)
}

/// Changes what opens it; a secret that is left out stays. It is tried at once, from where it has been read to; other books are
/// read from their beginning.
///
/// Errors: `NotFound`, `Invalid` when a field is missing, `Conflict` while its copy is being erased.
pub async fn change(
    tx: &mut Tx<'_>,
    app: &App,
    who: &Agent,
    connector: &dyn Connector,
    id: ConnectionId,
    mut filled: Filled,
) -> Result<Connection> {
    let mut connection = lasting(tx, who.shop, id).await?;
    filled.settings = form::with_known_secrets(connector.fields(), &connection.opened(app)?, filled.settings);
    form::must_be_complete(connector.fields(), &filled.settings)?;
    erasing::must_not_be_under_way(tx, app, who.shop, &connector.source(&filled.settings)).await?;
    if connector.books(&filled.settings) != connector.books(&connection.opened(app)?) {
        connection.begin_anew();
    }
    connection.name = filled.name.clone();
    let (settings, secrets) = form::parted(connector.fields(), filled.settings);
    connection.settings = settings;
    connection.sealed = seal(app, who.shop, id, &secrets)?;
    connection.trouble = None;
    if connection.state == State::Running {
        connection.set_going(tx).await?;
    }
    store::save(tx, &mut connection).await?;
    tx.announce(who, ConnectionChanged { connection: id }).await?;
    Ok(connection)
}

/// Stops reading; it keeps what opens it, and its place.
///
/// Errors: `NotFound`, `Conflict` while its copy is being erased.
pub async fn pause(tx: &mut Tx<'_>, who: &Agent, id: ConnectionId) -> Result<Connection> {
    let mut connection = lasting(tx, who.shop, id).await?;
    if connection.state == State::Running {
        connection.state = State::Paused;
        store::save(tx, &mut connection).await?;
        tx.announce(who, ConnectionPaused { connection: id }).await?;
    }
    Ok(connection)
}

/// Reads on from where it was paused.
///
/// Errors: `NotFound`, `Conflict` while its copy is being erased.
pub async fn resume(tx: &mut Tx<'_>, who: &Agent, id: ConnectionId) -> Result<Connection> {
    let mut connection = lasting(tx, who.shop, id).await?;
    if connection.state == State::Paused {
        connection.state = State::Running;
        connection.set_going(tx).await?;
        store::save(tx, &mut connection).await?;
        tx.announce(who, ConnectionResumed { connection: id }).await?;
    }
    Ok(connection)
}

/// Ends it: what opens it is forgotten, and what has been copied stays.
///
/// Errors: `NotFound`, `Conflict` while its copy is being erased.
pub async fn disconnect(tx: &mut Tx<'_>, who: &Agent, id: ConnectionId) -> Result<()> {
    lasting(tx, who.shop, id).await?;
    store::remove(tx, who.shop, id).await?;
    tx.announce(who, ConnectionEnded { connection: id }).await.map(drop)
}
