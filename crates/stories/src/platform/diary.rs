//! A tiny room: pages are written into a diary, a counter follows, and a partner outside may be told.

use std::{
    collections::VecDeque,
    future::pending,
    sync::{Arc, Mutex},
    time::Duration,
};

use ::platform::{
    App, Migrations, Module, Twin, Tx,
    clock::HandClock,
    config::Config,
    event,
    event::{Actor, Told},
    files::{self, FileKey},
    job::{Job, JobKind, Lease, When},
    reactions,
};
use kernel::{Error, Result, ShopId, Timestamp};
use refinery::{Migration, Runner};
use serde::{Deserialize, Serialize};
use tokio::sync::Notify;
use uuid::Uuid;

use crate::{
    ground,
    story::{Engine, Place, Setting},
};

const TABLES: &str = "
    CREATE TABLE diary_pages (shop_id UUID NOT NULL, id UUID NOT NULL, text TEXT NOT NULL, PRIMARY KEY (shop_id, id));
    CREATE TABLE diary_counters (shop_id UUID NOT NULL, name TEXT NOT NULL, value BIGINT NOT NULL, PRIMARY KEY (shop_id, name));";

#[derive(Serialize, Deserialize)]
pub struct PageWritten {
    pub page: String,
}
event!(PageWritten, "page_written", "diary");

#[derive(Serialize, Deserialize)]
pub struct PageTornOut {
    pub page: String,
}
event!(PageTornOut, "page_torn_out", "diary", audited);

/// Tells the partner outside, then writes the answer down.
#[derive(Clone, Serialize, Deserialize)]
pub struct TellPartner {
    pub text: String,
}
impl Job for TellPartner {
    const KIND: &'static str = "diary_tell_partner";
    const OUTGOING: bool = true;
}

/// Asks the partner something that has to be answered at once.
#[derive(Clone, Serialize, Deserialize)]
pub struct AskPartner {}
impl Job for AskPartner {
    const KIND: &'static str = "diary_ask_partner";
}

/// Somebody outside, whose answers the story decides on beforehand; `Fine` when it has not.
#[derive(Default)]
pub struct Partner {
    answers: Mutex<VecDeque<Answer>>,
    heard: Mutex<Vec<String>>,
}

pub enum Answer {
    /// Fails, and may work later.
    Busy,
    /// Fails for good.
    No,
    /// Finds that our own database has too much to do.
    Rush,
    /// Answers only once the story says so.
    Late(Arc<Notify>),
    Never,
    /// Says something that we cannot bear.
    Nonsense,
}

impl Partner {
    pub fn will(&self, answer: Answer) {
        self.answers.lock().unwrap().push_back(answer);
    }
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
    async fn hear(&self, text: &str) -> Result<()> {
        self.heard.lock().unwrap().push(text.to_owned());
        let answer = self.answers.lock().unwrap().pop_front();
        let failed = |temporary| Err(Error::Outside { service: "The partner", temporary, detail: "busy".into() });
        match answer {
            None => Ok(()),
            Some(Answer::Busy) => failed(true),
            Some(Answer::No) => failed(false),
            Some(Answer::Rush) => Err(Error::Overloaded),
            Some(Answer::Late(gate)) => {
                gate.notified().await;
                Ok(())
            }
            Some(Answer::Never) => pending().await,
            Some(Answer::Nonsense) => panic!("this panic is part of the story"),
        }
    }
}

async fn tell_partner(app: App, job: TellPartner, lease: Lease) -> Result<()> {
    app.plugged::<Partner>()?.hear(&job.text).await?;
    app.write(async move |tx: &mut Tx<'_>| {
        write_page(tx, lease.shop, &job.text).await?;
        lease.done(tx).await
    })
    .await
}

async fn ask_partner(app: App, _: AskPartner, lease: Lease) -> Result<()> {
    app.plugged::<Partner>()?.hear("a question").await?;
    app.write(async move |tx: &mut Tx<'_>| lease.done(tx).await).await
}

async fn count_the_page(tx: &mut Tx<'_>, told: Told<PageWritten>) -> Result<()> {
    add_to_counter(tx, told.shop, "pages").await.map(drop)
}

fn migrations() -> Migrations {
    let runner = || Runner::new(&[Migration::unapplied("V1__diary", TABLES).unwrap()]);
    Migrations { room: "diary", runner, twin: Twin::default() }
}

/// The diary of a version to come.
pub fn later_migrations() -> Migrations {
    const MORE: &str = "CREATE TABLE diary_covers (shop_id UUID NOT NULL PRIMARY KEY, colour TEXT NOT NULL);";
    let runner = || Runner::new(&[("V1__diary", TABLES), ("V2__covers", MORE)].map(|(name, sql)| Migration::unapplied(name, sql).unwrap()));
    Migrations { runner, ..migrations() }
}

pub async fn write_page(tx: &mut Tx<'_>, shop: ShopId, text: &str) -> Result<()> {
    let id: Uuid = tx.new_id::<kernel::MessageId>().into();
    tx.one("INSERT INTO diary_pages (shop_id, id, text) VALUES ($1, $2, $3)", &[&shop, &id, &text]).await?;
    tx.announce(&Actor::system(shop), PageWritten { page: kernel::MessageId::from(id).to_string() }).await.map(drop)
}

/// Takes a page out again, and lets go of what [`Diary::write_with_file`] stored for it.
pub async fn tear_out(tx: &mut Tx<'_>, shop: ShopId, text: &str) -> Result<()> {
    tx.one("DELETE FROM diary_pages WHERE shop_id = $1 AND text = $2", &[&shop, &text]).await?;
    files::release(tx, FileKey::of(shop, text.as_bytes())).await
}

/// Reads, then writes: what a lost update would show in.
pub async fn add_to_counter(tx: &mut Tx<'_>, shop: ShopId, name: &str) -> Result<i64> {
    let row = tx.row("SELECT value FROM diary_counters WHERE shop_id = $1 AND name = $2", &[&shop, &name]).await?;
    let value = row.map(|row| row.get::<i64>(0)).transpose()?.unwrap_or(0) + 1;
    let sql = "INSERT INTO diary_counters (shop_id, name, value) VALUES ($1, $2, $3) \
               ON CONFLICT (shop_id, name) DO UPDATE SET value = excluded.value";
    tx.one(sql, &[&shop, &name, &value]).await?;
    Ok(value)
}

/// The platform with the diary, and nothing else.
pub struct Diary {
    pub app: App,
    pub engine: Engine,
    pub clock: Arc<HandClock>,
    pub shop: ShopId,
    pub other_shop: ShopId,
    pub config: Config,
}

impl Setting for Diary {
    fn modules() -> Vec<Module> {
        let diary = Module {
            name: "diary",
            migrations: Some(migrations()),
            reactions: reactions![PageWritten => count_the_page],
            jobs: vec![JobKind::new(tell_partner), JobKind::new(ask_partner).within(Duration::from_millis(1))],
            plugs: Some(|plugged| plugged.plug(Partner::default())),
            ..Module::default()
        };
        // the diary counts what is done, and sweeping is not its business
        vec![Module { sweeps: Vec::new(), ..::platform::module() }, diary]
    }

    async fn set(place: &Place) -> Diary {
        Diary::open(place.engine, place.config()).await
    }
}

impl Diary {
    /// The diary that lies there.
    pub async fn open(engine: Engine, config: Config) -> Diary {
        let (ground, clock) = ground::lay(&config);
        let app = App::open(config.clone(), ground, &mut Self::modules()).await.unwrap();
        let shop = |n| ShopId::from(Uuid::from_u128(n));
        Diary { app, engine, clock, shop: shop(1), other_shop: shop(2), config }
    }

    /// Another process on the same database; PostgreSQL only.
    pub async fn second_node(&self) -> App {
        let (ground, _) = ground::lay_with(&self.config, self.clock.clone(), 2);
        App::open(self.config.clone(), ground, &mut Self::modules()).await.unwrap()
    }

    pub fn partner(&self) -> &Partner {
        self.app.plugged().unwrap()
    }

    pub async fn write(&self, text: &str) -> Result<()> {
        let (shop, text) = (self.shop, text.to_owned());
        self.app.write(async move |tx: &mut Tx<'_>| write_page(tx, shop, &text).await).await
    }

    /// Writes so many pages at once, and tells of them.
    pub async fn write_many(&self, pages: usize) {
        let shop = self.shop;
        let write = async move |tx: &mut Tx<'_>| {
            for n in 0..pages {
                write_page(tx, shop, &n.to_string()).await?;
            }
            Ok(())
        };
        self.app.write(write).await.unwrap();
        self.after(0).await;
    }

    /// Writes a page, stores it as a file too, and tears out another.
    pub async fn write_with_file(&self, text: String, torn_out: Option<String>) -> Result<()> {
        let (shop, content) = (self.shop, text.clone().into());
        let written = async move |tx: &mut Tx<'_>, _| {
            if let Some(old) = &torn_out {
                tear_out(tx, shop, old).await?;
            }
            write_page(tx, shop, &text).await
        };
        files::keep(&self.app, shop, content, written).await
    }

    pub async fn add(&self, name: &'static str) -> Result<i64> {
        let shop = self.shop;
        self.app.write(async move |tx: &mut Tx<'_>| add_to_counter(tx, shop, name).await).await
    }

    /// What the diary says, in the order it was written.
    pub async fn pages(&self) -> Vec<String> {
        let shop = self.shop;
        let read = self.app.read(async move |tx: &mut Tx<'_>| {
            tx.rows("SELECT text FROM diary_pages WHERE shop_id = $1 ORDER BY id", &[&shop]).await?.iter().map(|row| row.get(0)).collect()
        });
        read.await.unwrap()
    }

    pub async fn counter(&self, name: &'static str) -> i64 {
        let shop = self.shop;
        let read = self.app.read(async move |tx: &mut Tx<'_>| {
            let row = tx.row("SELECT value FROM diary_counters WHERE shop_id = $1 AND name = $2", &[&shop, &name]).await?;
            row.map_or(Ok(0), |row| row.get(0))
        });
        read.await.unwrap()
    }

    pub async fn enqueue(&self, shop: ShopId, text: impl ToString, when: When) {
        let job = TellPartner { text: text.to_string() };
        self.app.write(async move |tx: &mut Tx<'_>| tx.enqueue(shop, &job, when.clone()).await).await.unwrap();
    }

    pub async fn enqueue_question(&self, shop: ShopId) {
        self.app.write(async move |tx: &mut Tx<'_>| tx.enqueue(shop, &AskPartner {}, When::default()).await).await.unwrap();
    }

    /// Moves the clock, then does what has become due; how many jobs that were.
    pub async fn after(&self, micros: i64) -> usize {
        self.clock.advance(micros);
        self.app.run_due_jobs().await.unwrap()
    }

    pub fn now(&self) -> Timestamp {
        self.app.now()
    }
}
