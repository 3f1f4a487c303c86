//! A line: what opens it, who looks after what comes in, and how it does.

use data_encoding::HEXLOWER;
use kernel::{DepartmentId, LineId, Result, ShopId, Timestamp, conflict, say};
use platform::{
    Agent, App, Tx,
    form::{self, Settings},
    job::When,
    trouble::{Fault, Noted},
};
use serde::{Deserialize, Serialize};

use super::{access::Access, look::Look};
use crate::{
    events::{LineChanged, LineConnected, LineDisconnected, LineTurned},
    outflow,
    partner::{Hook, Partner},
    store::{comments, lines as store, outflows, terms},
};

/// A shop has at most so many.
const MOST: usize = 50;

/// A line.
#[derive(Debug, Clone)]
pub struct Line {
    pub shop: ShopId,
    pub id: LineId,
    /// The partner's name, which its conversations carry.
    pub channel: String,
    /// The partner's own id of it.
    pub key: String,
    pub shown: Shown,
    /// The secrets.
    pub sealed: String,
    /// Counts each time it was set going: what was set going before does nothing more.
    pub run: i64,
    pub trouble: Option<Noted>,
    /// When the partner last answered.
    pub heard_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub version: i64,
}

/// What everybody may see of a line that may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// What members call it.
    pub name: String,
    /// As its customers know it, once the partner has said so.
    pub known_as: Option<String>,
    /// What the form was filled in with, but for its secrets.
    pub settings: Settings,
    /// Who looks after what comes in; whoever is there first when nobody is named.
    pub department: Option<DepartmentId>,
    /// For how long what opens it does; nothing until that was asked.
    pub access: Option<Access>,
}

#[derive(Serialize, Deserialize)]
struct Secrets {
    /// What the form was filled in with.
    settings: Settings,
    /// What the partner's calls are known by.
    hook: String,
}

/// What a member fills in, secrets too.
#[derive(Clone)]
pub struct Filled {
    pub name: String,
    pub settings: Settings,
    pub department: Option<DepartmentId>,
}

/// Where the partner calls.
pub fn address(app: &App, shop: ShopId, id: LineId) -> String {
    app.config().url(&format!("/api/v1/line-webhooks/{shop}/{id}"))
}

fn place_of_secrets(shop: ShopId, id: LineId) -> String {
    format!("{shop}/channels/lines/{id}")
}

impl Line {
    /// All the form was filled in with, secrets too, and where the partner calls: for whoever goes there.
    pub fn opened(&self, app: &App) -> Result<(Settings, Hook)> {
        let Secrets { mut settings, hook } = app.secrets().open_value(&place_of_secrets(self.shop, self.id), &self.sealed)?;
        settings.extend(self.shown.settings.clone());
        Ok((settings, Hook { address: address(app, self.shop, self.id), secret: hook }))
    }

    /// Some of what opens it is another now.
    pub fn refill(&mut self, app: &App, partner: &'static dyn Partner, other: Settings) -> Result<()> {
        let (mut settings, hook) = self.opened(app)?;
        settings.extend(other);
        self.seal(app, partner, settings, hook.secret)
    }

    fn seal(&mut self, app: &App, partner: &'static dyn Partner, settings: Settings, hook: String) -> Result<()> {
        let (shown, settings) = form::parted(partner.fields(), settings);
        self.shown.settings = shown;
        self.sealed = app.secrets().seal_value(&place_of_secrets(self.shop, self.id), &Secrets { settings, hook }, app.rng())?;
        Ok(())
    }

    /// What was set going earlier is not waited for: each run has a lane of its own.
    pub fn lane(&self) -> String {
        format!("{}/{}", self.id, self.run)
    }

    /// It is looked after then.
    pub async fn look(&self, tx: &mut Tx<'_>, at: Timestamp) -> Result<()> {
        let next = Look { line: self.id, run: self.run };
        tx.enqueue(self.shop, &next, When::at(at).lane(self.lane()).once(self.lane())).await
    }

    /// It is looked after at once.
    pub async fn look_now(&self, tx: &mut Tx<'_>) -> Result<()> {
        let now = tx.now();
        tx.hasten::<Look>(self.shop, &self.lane(), now).await.map(drop)
    }

    async fn set_going(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        self.run += 1;
        let now = tx.now();
        self.look(tx, now).await
    }

    /// Notes that the partner answered, and as what the line is known; says whether it does otherwise than before.
    pub fn answered(&mut self, known_as: String, now: Timestamp) -> bool {
        self.heard_at = Some(now);
        let was = (self.trouble.take().is_some(), self.shown.known_as.replace(known_as));
        was != (false, self.shown.known_as.clone())
    }

    /// Notes that asking came to nothing; says whether it does otherwise than before.
    pub fn failed(&mut self, fault: Fault, now: Timestamp) -> bool {
        Noted::note(&mut self.trouble, fault, now)
    }

    /// Says that it does otherwise.
    pub async fn announce_turn(&self, tx: &mut Tx<'_>) -> Result<()> {
        tx.announce(&platform::event::Actor::system(self.shop), LineTurned { line: self.id }).await.map(drop)
    }
}

/// Connects a line. What is written there from now on becomes conversations.
///
/// Errors: `Conflict` when it is connected already or there are too many, `Invalid` on what is missing or cannot be right.
pub async fn connect(tx: &mut Tx<'_>, app: &App, who: &Agent, partner: &'static dyn Partner, filled: Filled) -> Result<Line> {
    let key = key(partner, &filled.settings)?;
    if store::by_key(tx, who.shop, partner.name(), &key).await?.is_some() {
        return Err(conflict(say!("line-there-already")));
    }
    if store::all(tx, who.shop).await?.len() >= MOST {
        return Err(conflict(say!("too-many-lines", most = MOST)));
    }
    let Filled { name, settings, department } = filled;
    team::department::must_be_there(tx, who.shop, department).await?;
    let mut line = Line {
        shop: who.shop,
        id: tx.new_id(),
        channel: partner.name().to_owned(),
        key,
        shown: Shown { name, known_as: None, settings: Settings::new(), department, access: None },
        sealed: String::new(),
        run: 0,
        trouble: None,
        heard_at: None,
        created_at: tx.now(),
        version: 1,
    };
    line.seal(app, partner, settings, HEXLOWER.encode(&app.rng().bytes::<32>()))?;
    line.set_going(tx).await?;
    store::insert(tx, &line).await?;
    tx.announce(who, LineConnected { line: line.id }).await?;
    Ok(line)
}

/// Changes what opens it, or who looks after it; a secret that is left out stays.
///
/// Errors: `NotFound`; `Invalid` on what is missing or cannot be right; `Conflict` when that opens another line.
pub async fn change(tx: &mut Tx<'_>, app: &App, who: &Agent, id: LineId, filled: Filled) -> Result<Line> {
    let mut line = store::line(tx, who.shop, id).await?;
    let (partner, (known, hook)) = (super::named(&line.channel)?, line.opened(app)?);
    let settings = form::with_known_secrets(partner.fields(), &known, filled.settings);
    if key(partner, &settings)? != line.key {
        return Err(conflict(say!("line-is-another")));
    }
    team::department::must_be_there(tx, who.shop, filled.department).await?;
    (line.shown.name, line.shown.department) = (filled.name, filled.department);
    if settings != known {
        line.shown.access = None;
    }
    line.seal(app, partner, settings, hook.secret)?;
    line.trouble = None;
    outflow::works(tx, who.shop, &id.to_string()).await?;
    line.set_going(tx).await?;
    store::save(tx, &mut line).await?;
    tx.announce(who, LineChanged { line: id }).await?;
    Ok(line)
}

/// The oldest line of a channel.
pub async fn of_channel(tx: &mut Tx<'_>, shop: ShopId, channel: &str) -> Result<Option<Line>> {
    Ok(store::all(tx, shop).await?.into_iter().find(|line| line.channel == channel))
}

/// Which line is opened by what was filled in.
///
/// Errors: `Invalid` on what is missing or cannot be right.
pub fn key(partner: &'static dyn Partner, settings: &Settings) -> Result<String> {
    form::must_be_complete(partner.fields(), settings)?;
    partner.key(settings)
}

/// Ends it: what opens it is forgotten. Its conversations stay, and cannot be answered there any more.
///
/// Errors: `NotFound`.
pub async fn disconnect(tx: &mut Tx<'_>, who: &Agent, id: LineId) -> Result<()> {
    store::line(tx, who.shop, id).await?;
    store::remove(tx, who.shop, id).await?;
    terms::remove(tx, who.shop, id).await?;
    outflows::remove(tx, who.shop, &id.to_string()).await?;
    comments::remove_posts(tx, who.shop, id).await?;
    tx.announce(who, LineDisconnected { line: id }).await.map(drop)
}
