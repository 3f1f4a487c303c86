//! Events: what happened, said once, in the transaction that made it happen.
//!
//! `tx.announce` writes one row and one job for each interested reaction. Everything else hangs off that row: live
//! screens, the audit trail, and later flows, webhooks and figures.

mod fold;
mod numbering;

use kernel::{Error, EventId, Result, ShopId, Timestamp, say};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use uuid::Uuid;

pub use self::fold::folded;
pub(crate) use self::{
    fold::{NEWEST, sweep},
    numbering::{begin as begin_telling, number_until, publish_numbered},
};
use crate::{
    db::{Bind, Json, Row, Tx},
    keyed,
    scope::Scope,
};

/// Something that happened. Carries ids and plain facts: never a name, an address or a message text, because erasing
/// a person must not rewrite history. Fields are only ever added.
pub trait Event: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The event's name, in the past tense.
    const KIND: &'static str;
    /// Which screens it concerns.
    const TOPIC: &'static str;
    /// Whether it belongs in the audit log: a privileged act.
    const AUDITED: bool = false;
}

/// Declares an event's name and topic: `event!(MessageReceived, "message_received", "conversations")`.
#[macro_export]
macro_rules! event {
    ($type:ty, $kind:literal, $topic:literal) => {
        $crate::event!($type, $kind, $topic, false);
    };
    ($type:ty, $kind:literal, $topic:literal, audited) => {
        $crate::event!($type, $kind, $topic, true);
    };
    ($type:ty, $kind:literal, $topic:literal, $audited:expr) => {
        impl $crate::event::Event for $type {
            const KIND: &'static str = $kind;
            const TOPIC: &'static str = $topic;
            const AUDITED: bool = $audited;
        }
    };
}

keyed! {
    /// Whether something happens now, is told about the past, or comes out of a backup.
    #[derive(Default)]
    pub enum Origin {
        #[default]
        Live = "live",
        Backfill = "backfill",
        Restore = "restore",
    }
}

keyed! {
    /// What kind of somebody did it.
    pub enum ActorKind {
        Member = "member",
        Token = "token",
        Customer = "customer",
        System = "system",
    }
}

/// Who did it, in which shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor {
    pub shop: ShopId,
    pub kind: ActorKind,
    pub id: Option<Uuid>,
}

impl Actor {
    /// Ombud itself: a reaction or a clock.
    pub fn system(shop: ShopId) -> Self {
        Actor { shop, kind: ActorKind::System, id: None }
    }
    pub fn customer(shop: ShopId, customer: kernel::CustomerId) -> Self {
        Actor { shop, kind: ActorKind::Customer, id: Some(customer.into()) }
    }
}

/// Whoever can be named as the doer of something.
pub trait Acting {
    fn actor(&self) -> Actor;
}
impl Acting for Actor {
    fn actor(&self) -> Actor {
        *self
    }
}

/// An event as a reaction hears of it.
pub struct Told<E> {
    pub event: E,
    pub id: EventId,
    pub shop: ShopId,
    pub at: Timestamp,
    pub by: Actor,
    pub origin: Origin,
}

impl<E> Acting for Told<E> {
    /// What a reaction does, Ombud does.
    fn actor(&self) -> Actor {
        Actor::system(self.shop)
    }
}

/// What a commit sets in motion.
#[derive(Default)]
pub(crate) struct Aftermath {
    pub jobs: bool,
    pub announced: Vec<Announced>,
    /// The event a reaction is about; what it announces names this as its cause.
    pub cause: Option<EventId>,
    /// Whether what is announced happens now.
    pub origin: Origin,
}

/// A committed, numbered event on its way to the live screens. `seq` is `None` where it is numbered later.
#[derive(Clone)]
pub(crate) struct Announced {
    pub shop: ShopId,
    pub seq: Option<i64>,
    pub kind: String,
    pub data: String,
}

impl Tx<'_> {
    /// Says that something happened. Reactions run after the commit, each as a job of its own.
    pub async fn announce<E: Event>(&mut self, who: &impl Acting, event: E) -> Result<EventId> {
        self.announce_from(self.aftermath.origin, who, event).await
    }

    /// From here on this transaction tells of the past, as an import does: what rooms announce in it is heard by those
    /// reactions alone that want to hear of history. No mail follows from it.
    pub fn tells_of_the_past(&mut self) {
        self.aftermath.origin = Origin::Backfill;
    }

    /// As `announce`, for imports and restores; only reactions that say so hear of it.
    pub async fn announce_from<E: Event>(&mut self, origin: Origin, who: &impl Acting, event: E) -> Result<EventId> {
        let actor = who.actor();
        let id: EventId = self.new_id();
        let data = serde_json::to_string(&event).map_err(Error::broken)?;
        let seq = self.scope.next_seq();
        let fact = Fact { shop: actor.shop, id, kind: E::KIND, at: self.now(), actor, origin, data: &data };
        let chain = if E::AUDITED && seq.is_some() { Some(link(self, &fact).await?) } else { None };
        let cause = self.aftermath.cause;
        self.execute(
            "INSERT INTO platform_events (shop_id, id, seq, kind, at, origin, actor_kind, actor_id, cause, data, audited, chain) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            &[&actor.shop, &id, &seq, &E::KIND, &self.now(), &origin, &actor.kind, &actor.id, &cause, &data, &E::AUDITED, &chain],
        )
        .await?;
        let scope: &Scope = self.scope;
        for reaction in scope.reactions.to(E::KIND).filter(|r| r.hears(origin)) {
            reaction.enqueue(self, actor.shop, id, &data).await?;
        }
        self.aftermath.announced.push(Announced { shop: actor.shop, seq, kind: E::KIND.to_owned(), data });
        Ok(id)
    }
}

/// What the audit chain covers of an event.
struct Fact<'a> {
    shop: ShopId,
    id: EventId,
    kind: &'a str,
    at: Timestamp,
    actor: Actor,
    origin: Origin,
    data: &'a str,
}

impl Fact<'_> {
    fn chained_to(&self, previous: &str) -> String {
        let mut hash = Sha256::new();
        let actor = self.actor.id.map(|id| id.to_string()).unwrap_or_default();
        let moment = self.at.to_string();
        for part in [previous, &self.id.to_string(), self.kind, &moment, self.actor.kind.key(), &actor, self.origin.key(), self.data] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        data_encoding::HEXLOWER.encode(&hash.finalize())
    }
}

async fn link(tx: &mut Tx<'_>, fact: &Fact<'_>) -> Result<String> {
    let head = tx.row("SELECT chain FROM platform_audit_heads WHERE shop_id = $1", &[&fact.shop]).await?;
    let previous: String = head.map(|row| row.get(0)).transpose()?.unwrap_or_default();
    let chain = fact.chained_to(&previous);
    tx.execute(
        "INSERT INTO platform_audit_heads (shop_id, chain) VALUES ($1, $2) ON CONFLICT (shop_id) DO UPDATE SET chain = excluded.chain",
        &[&fact.shop, &chain],
    )
    .await?;
    Ok(chain)
}

/// A stored event, read back.
#[derive(Debug, Clone)]
pub struct Recorded {
    pub shop: ShopId,
    pub id: EventId,
    pub seq: Option<i64>,
    pub kind: String,
    pub at: Timestamp,
    pub by: Actor,
    pub origin: Origin,
    pub data: serde_json::Value,
    text: String,
    chain: Option<String>,
}

/// Events numbered or told at once.
pub(crate) const AT_ONCE: usize = 500;

const COLUMNS: &str = "shop_id, id, seq, kind, at, origin, actor_kind, actor_id, data, chain";

fn recorded(row: &Row) -> Result<Recorded> {
    let mut c = row.columns();
    let (shop, id, seq, kind, at, origin) = (c.take()?, c.take()?, c.take()?, c.take()?, c.take()?, c.take()?);
    let by = Actor { shop, kind: c.take()?, id: c.take()? };
    let text: String = c.take()?;
    let Json(data) = row.get(8)?;
    Ok(Recorded { shop, id, seq, kind, at, by, origin, data, text, chain: c.take()? })
}

/// One event, for the reaction that was told of it.
pub(crate) async fn find(tx: &mut Tx<'_>, shop: ShopId, id: EventId) -> Result<Recorded> {
    let sql = format!("SELECT {COLUMNS} FROM platform_events WHERE shop_id = $1 AND id = $2");
    recorded(&tx.found(say!("event-not-found"), &sql, &[&shop, &id]).await?)
}

/// A shop's events after `seq`, oldest first, for a screen that was away.
pub async fn after(tx: &mut Tx<'_>, shop: ShopId, seq: i64, limit: i64) -> Result<Vec<Recorded>> {
    let sql = format!("SELECT {COLUMNS} FROM platform_events WHERE shop_id = $1 AND seq > $2 ORDER BY seq LIMIT $3");
    tx.rows(&sql, &[&shop, &seq, &limit]).await?.iter().map(recorded).collect()
}

/// What a screen that says where it was has missed.
pub struct Missed {
    /// The number of the last event there is.
    pub newest: i64,
    /// All after where it was, oldest first; `None` when it must fetch everything anew.
    pub events: Option<Vec<Recorded>>,
}

/// What came after `after`, unless that is more than `most`, further back than events are kept, or ahead of them all.
/// A screen that has been nowhere has missed nothing.
pub async fn missed(tx: &mut Tx<'_>, shop: ShopId, after: Option<i64>, most: i64) -> Result<Missed> {
    let (newest, folded) = (newest(tx, shop).await?, folded(tx, shop).await?);
    let events = match after {
        Some(seen) if (folded..=newest).contains(&seen) => Some(self::after(tx, shop, seen, most + 1).await?),
        Some(_) => None,
        None => Some(Vec::new()),
    };
    Ok(Missed { newest, events: events.filter(|events| events.len() as i64 <= most) })
}

/// The newest number given to an event of this shop, 0 when there is none.
pub async fn newest(tx: &mut Tx<'_>, shop: ShopId) -> Result<i64> {
    let row = tx.row("SELECT seq FROM platform_events WHERE shop_id = $1 AND seq IS NOT NULL ORDER BY seq DESC LIMIT 1", &[&shop]).await?;
    let newest: i64 = row.map_or(Ok(0), |row| row.get(0))?;
    Ok(newest.max(folded(tx, shop).await?))
}

/// Which entries of the audit log; `None` is any.
#[derive(Debug, Clone, Default)]
pub struct Sought {
    pub actor: Option<Uuid>,
    pub kind: Option<String>,
}

/// The audit log, newest first, before `seq`.
pub async fn audit_before(tx: &mut Tx<'_>, shop: ShopId, sought: &Sought, seq: i64, limit: i64) -> Result<Vec<Recorded>> {
    let mut values: Vec<&dyn Bind> = vec![&shop, &seq, &limit];
    let mut narrower = String::new();
    if let Some(actor) = &sought.actor {
        values.push(actor);
        narrower += &format!(" AND actor_id = ${}", values.len());
    }
    if let Some(kind) = &sought.kind {
        values.push(kind);
        narrower += &format!(" AND kind = ${}", values.len());
    }
    let sql =
        format!("SELECT {COLUMNS} FROM platform_events WHERE shop_id = $1 AND audited AND seq < $2{narrower} ORDER BY seq DESC LIMIT $3");
    tx.rows(&sql, &values).await?.iter().map(recorded).collect()
}

/// What a walk along the audit chain found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditWalk {
    pub checked: i64,
    /// The first event whose link does not fit: it, or one before it, was altered or removed.
    pub broken_at: Option<EventId>,
}

/// Walks a shop's audit chain from its beginning.
pub async fn verify_audit(tx: &mut Tx<'_>, shop: ShopId) -> Result<AuditWalk> {
    let (mut previous, mut checked, mut seq, mut last) = (String::new(), 0, 0, None);
    loop {
        let sql = format!("SELECT {COLUMNS} FROM platform_events WHERE shop_id = $1 AND audited AND seq > $2 ORDER BY seq LIMIT 500");
        let events: Vec<Recorded> = tx.rows(&sql, &[&shop, &seq]).await?.iter().map(recorded).collect::<Result<_>>()?;
        if events.is_empty() {
            break;
        }
        for event in events {
            let fact =
                Fact { shop, id: event.id, kind: &event.kind, at: event.at, actor: event.by, origin: event.origin, data: &event.text };
            let chain = fact.chained_to(&previous);
            if event.chain.as_deref() != Some(&chain) {
                return Ok(AuditWalk { checked, broken_at: Some(event.id) });
            }
            (previous, checked, seq, last) = (chain, checked + 1, event.seq.unwrap_or(i64::MAX), Some(event.id));
        }
    }
    // the head tells when the newest links were cut off
    let head = tx.row("SELECT chain FROM platform_audit_heads WHERE shop_id = $1", &[&shop]).await?;
    let head: String = head.map(|row| row.get(0)).transpose()?.unwrap_or_default();
    Ok(AuditWalk { checked, broken_at: if head == previous { None } else { last } })
}
