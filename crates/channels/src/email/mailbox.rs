//! A mailbox: what opens it, how far it has been read, and how it does.

use kernel::{DepartmentId, MailboxId, Result, ShopId, Timestamp, conflict, invalid, say};
use platform::{
    Agent, App, Tx,
    job::When,
    keyed,
    trouble::{Fault, Noted},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{fetch::Fetch, signing::Signing};
use crate::{
    events::{MailboxChanged, MailboxConnected, MailboxDisconnected, MailboxPaused, MailboxResumed, MailboxTurned},
    store::mailboxes as store,
};

/// A shop has at most so many.
const MOST: usize = 50;

keyed! {
    /// Whether a mailbox is read from.
    pub enum State {
        Running = "running",
        Paused = "paused",
    }
}

keyed! {
    /// How what is said to a mail server is kept from others.
    pub enum Security {
        /// Encrypted from the first byte.
        Tls = "tls",
        /// Encrypted once both sides have agreed to.
        Starttls = "starttls",
        /// Not at all: in the operator's own network only.
        None = "none",
    }
}

/// A mail server, and as whom somebody signs in there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MailServer {
    /// Its name or address.
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub user: String,
}

/// What a mailbox is set up with, but for its passwords.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// As whom letters come from it.
    pub name: String,
    pub address: String,
    /// Who looks after what comes in; whoever is there first when nobody is named.
    pub department: Option<DepartmentId>,
    /// Read by IMAP.
    pub incoming: MailServer,
    /// Sent through by SMTP.
    pub outgoing: MailServer,
    /// Whose word on who wrote a letter is believed: the mail server in front of the mailbox, as it names itself.
    pub trusted: Option<String>,
    /// What letters end with, in plain text.
    pub signature: String,
}

impl Settings {
    /// What stands behind the @ of its address.
    pub fn domain(&self) -> String {
        self.address.rsplit_once('@').map_or("localhost", |(_, domain)| domain).to_lowercase()
    }
}

/// What opens the two servers.
#[derive(Clone, Serialize, Deserialize)]
pub struct Passwords {
    pub incoming: String,
    pub outgoing: String,
}

/// What is filled in; a password that is left out stays as it is.
#[derive(Clone)]
pub struct Filled {
    pub settings: Settings,
    pub incoming: Option<String>,
    pub outgoing: Option<String>,
}

/// How far the mail server has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// What letters are numbered in; another one, and all numbers are others.
    pub uid_validity: u32,
    /// The last letter that was read.
    pub uid: u32,
}

/// A mailbox.
#[derive(Debug, Clone)]
pub struct Mailbox {
    pub shop: ShopId,
    pub id: MailboxId,
    pub settings: Settings,
    /// The passwords.
    pub sealed: String,
    /// What its letters are signed with, where that is wanted.
    pub signing: Option<Signing>,
    pub state: State,
    /// Counts each time it was set going: what was set going before does nothing more.
    pub run: i64,
    /// None until it has been looked into: what lies there before is left where it is.
    pub place: Option<Place>,
    pub trouble: Option<Noted>,
    /// Letters that lie there and are still to be read.
    pub backlog: i64,
    /// When it last answered.
    pub heard_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub version: i64,
}

/// By what two spellings of an address are known to be the same.
pub fn address_key(address: &str) -> String {
    address.trim().to_lowercase()
}

fn place_of_passwords(shop: ShopId, id: MailboxId) -> String {
    format!("{shop}/channels/mailboxes/{id}")
}

fn seal(app: &App, shop: ShopId, id: MailboxId, passwords: &Passwords) -> Result<String> {
    app.secrets().seal_value(&place_of_passwords(shop, id), passwords, app.rng())
}

impl Mailbox {
    /// What opens it, for whoever goes there.
    pub fn opened(&self, app: &App) -> Result<Passwords> {
        app.secrets().open_value(&place_of_passwords(self.shop, self.id), &self.sealed)
    }

    /// Whether a job of this run still has something to do.
    pub fn goes_on(&self, run: i64) -> bool {
        self.state == State::Running && self.run == run
    }

    /// Sets it going, at once.
    async fn set_going(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        self.run += 1;
        let now = tx.now();
        self.read_on(tx, now).await
    }

    /// What was set going earlier is not waited for: each run has a lane of its own.
    pub fn lane(&self) -> String {
        format!("{}/{}", self.id, self.run)
    }

    /// It is looked into then.
    pub async fn read_on(&self, tx: &mut Tx<'_>, at: Timestamp) -> Result<()> {
        let next = Fetch { mailbox: self.id, run: self.run };
        tx.enqueue(self.shop, &next, When::at(at).lane(self.lane()).once(self.lane())).await
    }

    /// Notes that it answered; says whether it does otherwise than before.
    pub fn answered(&mut self, now: Timestamp) -> bool {
        self.heard_at = Some(now);
        self.trouble.take().is_some()
    }

    /// Notes that looking into it came to nothing; says whether it does otherwise than before.
    pub fn failed(&mut self, fault: Fault, now: Timestamp) -> bool {
        Noted::note(&mut self.trouble, fault, now)
    }

    /// Says that it does otherwise.
    pub async fn announce_turn(&self, tx: &mut Tx<'_>) -> Result<()> {
        tx.announce(&platform::event::Actor::system(self.shop), MailboxTurned { mailbox: self.id }).await.map(drop)
    }
}

/// Connects a mailbox. What comes into it from now on becomes conversations.
///
/// Errors: `Invalid` when a password is missing, `Conflict` when the address is another mailbox’s or there are too many.
pub async fn connect(tx: &mut Tx<'_>, app: &App, who: &Agent, filled: Filled) -> Result<Mailbox> {
    let passwords = given(&filled)?;
    let settings = filled.settings;
    must_be_free(tx, who.shop, &settings.address, None).await?;
    if store::all(tx, who.shop).await?.len() >= MOST {
        return Err(conflict(say!("too-many-mailboxes", most = MOST)));
    }
    team::department::must_be_there(tx, who.shop, settings.department).await?;
    let id = tx.new_id();
    let mut mailbox = Mailbox {
        shop: who.shop,
        id,
        sealed: seal(app, who.shop, id, &passwords)?,
        signing: None,
        settings,
        state: State::Running,
        run: 0,
        place: None,
        trouble: None,
        backlog: 0,
        heard_at: None,
        created_at: tx.now(),
        version: 1,
    };
    mailbox.set_going(tx).await?;
    store::insert(tx, &mailbox).await?;
    tx.announce(who, MailboxConnected { mailbox: id }).await?;
    Ok(mailbox)
}

/// Changes what opens it; a password that is left out stays, as long as its server does. It is looked into at once, from where it has been read to; another
/// one is read from now on.
///
/// Errors: `NotFound`, and those of [`connect`].
pub async fn change(tx: &mut Tx<'_>, app: &App, who: &Agent, id: MailboxId, filled: Filled) -> Result<Mailbox> {
    let mut mailbox = store::mailbox(tx, who.shop, id).await?;
    let passwords = with_known(&mailbox.opened(app)?, &mailbox.settings, &filled)?;
    must_be_free(tx, who.shop, &filled.settings.address, Some(id)).await?;
    let is_another = |one: &MailServer, other: &MailServer| (&one.host, &one.user) != (&other.host, &other.user);
    if is_another(&filled.settings.incoming, &mailbox.settings.incoming) {
        (mailbox.place, mailbox.heard_at, mailbox.backlog) = (None, None, 0);
    }
    team::department::must_be_there(tx, who.shop, filled.settings.department).await?;
    // a key is a domain's
    mailbox.signing = mailbox.signing.filter(|signing| signing.domain == filled.settings.domain());
    mailbox.settings = filled.settings;
    mailbox.sealed = seal(app, who.shop, id, &passwords)?;
    mailbox.trouble = None;
    if mailbox.state == State::Running {
        mailbox.set_going(tx).await?;
    }
    store::save(tx, &mut mailbox).await?;
    tx.announce(who, MailboxChanged { mailbox: id }).await?;
    Ok(mailbox)
}

/// What opens a mailbox that is not known yet.
///
/// Errors: `Invalid` when a password is missing.
pub fn given(filled: &Filled) -> Result<Passwords> {
    let must = |field: &str, given: &Option<String>| given.clone().ok_or_else(|| invalid(field, say!("must-not-be-empty")));
    Ok(Passwords { incoming: must("incoming_password", &filled.incoming)?, outgoing: must("outgoing_password", &filled.outgoing)? })
}

/// Passwords stay with the server they were given for: whoever names another one has to know them.
pub fn with_known(known: &Passwords, before: &Settings, filled: &Filled) -> Result<Passwords> {
    let stays = |field: &str, given: &Option<String>, known: &str, was: &MailServer, is: &MailServer| match given {
        Some(given) => Ok(given.clone()),
        None if (&was.host, was.port) == (&is.host, is.port) => Ok(known.to_owned()),
        None => Err(invalid(field, say!("must-not-be-empty"))),
    };
    let Filled { settings: now, incoming, outgoing } = filled;
    Ok(Passwords {
        incoming: stays("incoming_password", incoming, &known.incoming, &before.incoming, &now.incoming)?,
        outgoing: stays("outgoing_password", outgoing, &known.outgoing, &before.outgoing, &now.outgoing)?,
    })
}

async fn must_be_free(tx: &mut Tx<'_>, shop: ShopId, address: &str, but: Option<MailboxId>) -> Result<()> {
    match store::by_address(tx, shop, &address_key(address)).await? {
        Some(other) if Some(other.id) != but => Err(conflict(say!("mailbox-there-already"))),
        _ => Ok(()),
    }
}

/// Stops reading and sending; it keeps what opens it, and its place.
///
/// Errors: `NotFound`.
pub async fn pause(tx: &mut Tx<'_>, who: &Agent, id: MailboxId) -> Result<Mailbox> {
    let mut mailbox = store::mailbox(tx, who.shop, id).await?;
    if mailbox.state == State::Running {
        mailbox.state = State::Paused;
        store::save(tx, &mut mailbox).await?;
        tx.announce(who, MailboxPaused { mailbox: id }).await?;
    }
    Ok(mailbox)
}

/// Reads on from where it was paused.
///
/// Errors: `NotFound`.
pub async fn resume(tx: &mut Tx<'_>, who: &Agent, id: MailboxId) -> Result<Mailbox> {
    let mut mailbox = store::mailbox(tx, who.shop, id).await?;
    if mailbox.state == State::Paused {
        mailbox.state = State::Running;
        mailbox.set_going(tx).await?;
        store::save(tx, &mut mailbox).await?;
        tx.announce(who, MailboxResumed { mailbox: id }).await?;
    }
    Ok(mailbox)
}

/// Ends it: what opens it is forgotten. Its conversations stay, and cannot be answered by e-mail any more.
///
/// Errors: `NotFound`.
pub async fn disconnect(tx: &mut Tx<'_>, who: &Agent, id: MailboxId) -> Result<()> {
    store::mailbox(tx, who.shop, id).await?;
    store::remove(tx, who.shop, id).await?;
    tx.announce(who, MailboxDisconnected { mailbox: id }).await.map(drop)
}
