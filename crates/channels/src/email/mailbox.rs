//! A mailbox: what opens it, how far it has been read, and how it does.

use kernel::{DepartmentId, MailboxId, Result, ShopId, Timestamp, conflict, say};
use platform::{
    Agent, App, Tx,
    job::When,
    keyed,
    trouble::{Fault, Noted},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    fetch::Fetch,
    opening::{Opening, Tokens},
    sign_in::SignedIn,
    signing::Signing,
};
use crate::{
    events::{MailboxChanged, MailboxConnected, MailboxDisconnected, MailboxPaused, MailboxResumed, MailboxSignedIn, MailboxTurned},
    outflow,
    store::{mailboxes as store, outflows},
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

    /// Whether both servers are those of another mailbox, signed in to in the same name.
    pub fn has_servers_of(&self, other: &Settings) -> bool {
        (&self.incoming, &self.outgoing) == (&other.incoming, &other.outgoing)
    }
}

/// What is filled in; a password that is left out stays as it is.
#[derive(Clone)]
pub struct Filled {
    pub settings: Settings,
    pub incoming: Option<String>,
    pub outgoing: Option<String>,
}

impl Filled {
    pub fn has_no_password(&self) -> bool {
        self.incoming.is_none() && self.outgoing.is_none()
    }
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
    /// What opens it.
    pub sealed: String,
    /// How somebody signed in to it, where that is what opens it.
    pub signed_in: Option<SignedIn>,
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

fn place_of_opening(shop: ShopId, id: MailboxId) -> String {
    format!("{shop}/channels/mailboxes/{id}")
}

impl Mailbox {
    /// What opens it, for whoever goes there.
    pub fn opened(&self, app: &App) -> Result<Opening> {
        app.secrets().open_value(&place_of_opening(self.shop, self.id), &self.sealed)
    }

    /// From now on this opens it.
    pub fn seal(&mut self, app: &App, opening: &Opening) -> Result<()> {
        self.sealed = app.secrets().seal_value(&place_of_opening(self.shop, self.id), opening, app.rng())?;
        Ok(())
    }

    /// As whom somebody signs in to it.
    pub fn account(&self) -> &str {
        self.signed_in.as_ref().map_or(&self.settings.address, |signed_in| &signed_in.account)
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

    /// It is used like this from now on: looked into at once, from where it has been read to. Another one is read from now on.
    async fn go_on_with(&mut self, tx: &mut Tx<'_>, app: &App, settings: Settings, opening: &Opening) -> Result<()> {
        let is_another = |one: &MailServer, other: &MailServer| (&one.host, &one.user) != (&other.host, &other.user);
        if is_another(&settings.incoming, &self.settings.incoming) {
            (self.place, self.heard_at, self.backlog) = (None, None, 0);
        }
        // a key is a domain's
        self.signing = self.signing.take().filter(|signing| signing.domain == settings.domain());
        self.settings = settings;
        self.trouble = None;
        outflow::works(tx, self.shop, &self.id.to_string()).await?;
        self.seal(app, opening)?;
        if self.state == State::Running {
            self.set_going(tx).await?;
        }
        store::save(tx, self).await
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
    let opening = Opening::given(&filled)?;
    add(tx, app, who, filled.settings, &opening, None).await
}

async fn add(
    tx: &mut Tx<'_>,
    app: &App,
    who: &Agent,
    settings: Settings,
    opening: &Opening,
    signed_in: Option<SignedIn>,
) -> Result<Mailbox> {
    must_be_free(tx, who.shop, &settings.address, None).await?;
    if store::all(tx, who.shop).await?.len() >= MOST {
        return Err(conflict(say!("too-many-mailboxes", most = MOST)));
    }
    team::department::must_be_there(tx, who.shop, settings.department).await?;
    let id = tx.new_id();
    let mut mailbox = Mailbox {
        shop: who.shop,
        id,
        sealed: String::new(),
        signed_in,
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
    mailbox.seal(app, opening)?;
    mailbox.set_going(tx).await?;
    store::insert(tx, &mailbox).await?;
    tx.announce(who, MailboxConnected { mailbox: id }).await?;
    Ok(mailbox)
}

/// Changes what opens it, or how it is used; a password that is left out stays, as long as its server does.
///
/// Errors: `NotFound`, and those of [`connect`].
pub async fn change(tx: &mut Tx<'_>, app: &App, who: &Agent, id: MailboxId, filled: Filled) -> Result<Mailbox> {
    let mut mailbox = store::mailbox(tx, who.shop, id).await?;
    let opening = mailbox.opened(app)?.after(&mailbox.settings, &filled)?;
    must_be_free(tx, who.shop, &filled.settings.address, Some(id)).await?;
    team::department::must_be_there(tx, who.shop, filled.settings.department).await?;
    if matches!(opening, Opening::Passwords(_)) {
        mailbox.signed_in = None;
    }
    mailbox.go_on_with(tx, app, filled.settings, &opening).await?;
    tx.announce(who, MailboxChanged { mailbox: id }).await?;
    Ok(mailbox)
}

/// What somebody signed in to opens a mailbox: the one they went from, else the one of that address, else a new one.
///
/// Errors: `NotFound`, `Conflict` when they signed in as somebody else than before, or there are too many mailboxes.
pub async fn sign_in(
    tx: &mut Tx<'_>,
    app: &App,
    who: &Agent,
    into: Option<MailboxId>,
    signed_in: &SignedIn,
    tokens: &Tokens,
) -> Result<Mailbox> {
    let (account, provider, opening) = (&signed_in.account, signed_in.provider, Opening::SignIn(tokens.clone()));
    let (incoming, outgoing) = (provider.incoming(app.config(), account), provider.outgoing(app.config(), account));
    let known = match into {
        Some(id) => Some(store::mailbox(tx, who.shop, id).await?),
        None => store::by_address(tx, who.shop, &address_key(account)).await?,
    };
    let Some(mut mailbox) = known else {
        let (name, address) = (team::shop::get(tx, who.shop).await?.name, account.clone());
        let (trusted, signature) = (provider.trusted(), String::new());
        let settings = Settings { name, address, department: None, incoming, outgoing, trusted, signature };
        return add(tx, app, who, settings, &opening, Some(signed_in.clone())).await;
    };
    if ![mailbox.account(), &mailbox.settings.incoming.user].iter().any(|known| address_key(known) == address_key(account)) {
        return Err(conflict(say!("sign-in-of-another", account, expected = mailbox.account())));
    }
    let trusted = mailbox.settings.trusted.clone().or_else(|| provider.trusted());
    let settings = Settings { incoming, outgoing, trusted, ..mailbox.settings.clone() };
    mailbox.signed_in = Some(signed_in.clone());
    mailbox.go_on_with(tx, app, settings, &opening).await?;
    tx.announce(who, MailboxSignedIn { mailbox: mailbox.id }).await?;
    Ok(mailbox)
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
    outflows::remove(tx, who.shop, &id.to_string()).await?;
    tx.announce(who, MailboxDisconnected { mailbox: id }).await.map(drop)
}
