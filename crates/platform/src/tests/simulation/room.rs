//! What the nodes do: a tiny room with letters to deliver in order, a bell that rings again and again, and what follows.

use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicBool, Ordering::SeqCst},
};

use kernel::{Error, Result, ShopId, seconds};
use refinery::{Migration, Runner};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::stage::Stage;
use crate::{
    App, Migrations, Module, Twin, Tx, event,
    event::{Actor, Told},
    job::{Job, JobKind, Lease, When},
    reactions,
    rng::Rng,
    sweep::{Sweep, Swept},
};

/// Nothing here is unique: what is done twice shows.
const TABLES: &str = "
    CREATE TABLE room_said (n BIGINT NOT NULL, place BIGINT NOT NULL, lane TEXT NOT NULL);
    CREATE TABLE room_delivered (n BIGINT NOT NULL, place BIGINT NOT NULL);
    CREATE TABLE room_noted (n BIGINT NOT NULL);
    CREATE TABLE room_rung (n BIGINT NOT NULL, at BIGINT NOT NULL);";

/// The bell rings so often.
pub const RINGS: i64 = 4;
/// The two conversations letters belong to.
pub const LANES: [&str; 2] = ["kitchen", "garden"];

pub fn shop() -> ShopId {
    ShopId::from(Uuid::from_u128(1))
}

#[derive(Serialize, Deserialize)]
struct LetterDelivered {
    n: i64,
}
event!(LetterDelivered, "letter_delivered", "room");

#[derive(Serialize, Deserialize)]
struct LetterWritten {
    n: i64,
}
event!(LetterWritten, "letter_written", "room", audited);

#[derive(Serialize, Deserialize)]
struct Deliver {
    n: i64,
}
impl Job for Deliver {
    const KIND: &'static str = "room_deliver";
    const OUTGOING: bool = true;
}

#[derive(Serialize, Deserialize)]
struct Ring {
    n: i64,
}
impl Job for Ring {
    const KIND: &'static str = "room_ring";
}

/// Somebody outside, who is busy now and then; a worker stands still while it talks to them.
#[derive(Default)]
pub struct Partner(OnceLock<Outside>);

pub struct Outside {
    pub stage: Arc<Stage>,
    pub dice: Arc<Rng>,
    /// Nobody is busy any more.
    pub quiet: Arc<AtomicBool>,
}

pub fn modules() -> Vec<Module> {
    let room = Module {
        name: "room",
        migrations: Some(Migrations {
            room: "room",
            runner: || Runner::new(&[Migration::unapplied("V1__room", TABLES).unwrap()]),
            twin: Twin::default(),
        }),
        reactions: reactions![LetterWritten => note],
        jobs: vec![JobKind::new(deliver), JobKind::new(ring)],
        plugs: Some(|plugged| plugged.plug(Partner::default())),
        sweeps: vec![Sweep::new("room", async |_: App| Ok(Swept::Clean))],
        ..Module::default()
    };
    vec![Module { sweeps: Vec::new(), ..crate::module() }, room]
}

/// A customer says something: it is to be delivered, and whoever looks on hears of it.
pub async fn say(tx: &mut Tx<'_>, n: i64, lane: &str) -> Result<()> {
    let place: i64 = tx.value("SELECT COUNT(*) FROM room_said", &[]).await?;
    tx.one("INSERT INTO room_said (n, place, lane) VALUES ($1, $2, $3)", &[&n, &place, &lane]).await?;
    tx.enqueue(shop(), &Deliver { n }, When::default().lane(lane)).await?;
    tx.announce(&Actor::system(shop()), LetterWritten { n }).await.map(drop)
}

/// Somebody sets the bell; whoever does so too changes nothing.
pub async fn set_bell(tx: &mut Tx<'_>) -> Result<()> {
    let rung: i64 = tx.value("SELECT COUNT(*) FROM room_rung", &[]).await?;
    if rung == 0 { tx.enqueue(shop(), &Ring { n: 0 }, When::at(tx.now() + seconds(5)).once(0)).await } else { Ok(()) }
}

async fn deliver(app: App, job: Deliver, lease: Lease) -> Result<()> {
    app.plugged::<Partner>()?.hear().await?;
    app.write(async move |tx: &mut Tx<'_>| {
        let place: i64 = tx.value("SELECT COUNT(*) FROM room_delivered", &[]).await?;
        tx.one("INSERT INTO room_delivered (n, place) VALUES ($1, $2)", &[&job.n, &place]).await?;
        tx.announce(&Actor::system(lease.shop), LetterDelivered { n: job.n }).await?;
        lease.done(tx).await
    })
    .await
}

async fn ring(app: App, job: Ring, lease: Lease) -> Result<()> {
    app.write(async move |tx: &mut Tx<'_>| {
        let now = tx.now();
        tx.one("INSERT INTO room_rung (n, at) VALUES ($1, $2)", &[&job.n, &now]).await?;
        lease.done(tx).await?;
        let next = job.n + 1;
        if next < RINGS { tx.enqueue(lease.shop, &Ring { n: next }, When::at(now + seconds(20)).once(next)).await } else { Ok(()) }
    })
    .await
}

async fn note(tx: &mut Tx<'_>, told: Told<LetterWritten>) -> Result<()> {
    tx.one("INSERT INTO room_noted (n) VALUES ($1)", &[&told.event.n]).await
}

impl Partner {
    pub fn stand(&self, outside: Outside) {
        assert!(self.0.set(outside).is_ok(), "the partner stands already");
    }

    async fn hear(&self) -> Result<()> {
        let outside = self.0.get().ok_or_else(|| Error::broken("there is nobody outside"))?;
        outside.stage.step().await;
        let busy = !outside.quiet.load(SeqCst) && outside.dice.below(8) == 0;
        if busy { Err(Error::Outside { service: "The partner", temporary: true, detail: "busy".into() }) } else { Ok(()) }
    }
}
