//! A telephone line: a number that customers call, and what its telephone system signs with.

use kernel::{DepartmentId, PhoneLineId, Result, ShopId, Timestamp, conflict, say};
use platform::{Agent, App, Tx};

use crate::{
    events::{PhoneLineAdded, PhoneLineChanged, PhoneLineRemoved, PhoneLineSecretReplaced},
    signature,
    store::lines as store,
    voice::Voice,
};

/// A shop has at most so many.
const MOST: usize = 50;

/// A telephone line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneLine {
    pub shop: ShopId,
    pub id: PhoneLineId,
    pub settings: Settings,
    pub sealed: String,
    /// How callers are received, where Twilio brings them; any other telephone system receives them itself.
    pub voice: Option<Voice>,
    /// When its telephone system last told something.
    pub heard_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub version: i64,
}

/// What members say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    pub name: String,
    /// As people write it.
    pub number: String,
    /// Who hears it ring, and looks after what comes in; everybody when nobody is named.
    pub department: Option<DepartmentId>,
    /// Whoever was missed is promised a call within so many minutes in which the shop is open; nothing is promised without.
    pub call_back_within: Option<i64>,
}

/// Where its telephone system tells of calls.
pub fn address(app: &App, shop: ShopId, id: PhoneLineId) -> String {
    app.config().url(&format!("/api/v1/phone-webhooks/{shop}/{id}"))
}

pub(crate) fn place_of_secret(shop: ShopId, id: PhoneLineId) -> String {
    format!("{shop}/telephony/lines/{id}")
}

impl PhoneLine {
    /// What its telephone system signs with.
    pub fn secret(&self, app: &App) -> Result<String> {
        app.secrets().open_value(&place_of_secret(self.shop, self.id), &self.sealed)
    }

    /// What is said of a line of Twilio's is said otherwise.
    fn must_not_be_twilios(&self) -> Result<()> {
        if self.voice.is_some() { Err(conflict(say!("phone-line-is-twilios"))) } else { Ok(()) }
    }
}

/// A secret nobody has had, and how it is kept.
fn fresh_secret(app: &App, shop: ShopId, id: PhoneLineId) -> Result<(String, String)> {
    let secret = signature::secret_of(&app.rng().bytes::<32>());
    let sealed = app.secrets().seal_value(&place_of_secret(shop, id), &secret, app.rng())?;
    Ok((secret, sealed))
}

/// Sets a line up. Its secret is said this once.
///
/// Errors: `Conflict` when there are too many, `Invalid` when there is no such department.
pub async fn add(tx: &mut Tx<'_>, app: &App, who: &Agent, settings: Settings) -> Result<(PhoneLine, String)> {
    let id = tx.new_id();
    let (secret, sealed) = fresh_secret(app, who.shop, id)?;
    let line = PhoneLine { shop: who.shop, id, settings, sealed, voice: None, heard_at: None, created_at: tx.now(), version: 1 };
    begin(tx, who, &line).await?;
    Ok((line, secret))
}

/// Writes a new line down.
///
/// Errors: `Conflict` when there are too many, `Invalid` when there is no such department.
pub(crate) async fn begin(tx: &mut Tx<'_>, who: &Agent, line: &PhoneLine) -> Result<()> {
    if store::all(tx, who.shop).await?.len() >= MOST {
        return Err(conflict(say!("too-many-phone-lines", most = MOST)));
    }
    team::department::must_be_there(tx, who.shop, line.settings.department).await?;
    store::insert(tx, line).await?;
    tx.announce(who, PhoneLineAdded { phone_line: line.id }).await.map(drop)
}

/// Changes what members say of it.
///
/// Errors: `NotFound`, `Invalid` when there is no such department, `Conflict` when it is one of Twilio's.
pub async fn change(tx: &mut Tx<'_>, who: &Agent, id: PhoneLineId, settings: Settings) -> Result<PhoneLine> {
    let mut line = store::line(tx, who.shop, id).await?;
    line.must_not_be_twilios()?;
    save(tx, who, &mut line, settings).await?;
    Ok(line)
}

/// Saves what members say of it, and whatever else was changed.
pub(crate) async fn save(tx: &mut Tx<'_>, who: &Agent, line: &mut PhoneLine, settings: Settings) -> Result<()> {
    if settings.department != line.settings.department {
        team::department::must_be_there(tx, who.shop, settings.department).await?;
    }
    line.settings = settings;
    store::save(tx, line).await?;
    tx.announce(who, PhoneLineChanged { phone_line: line.id }).await.map(drop)
}

/// Gives it another secret; what is signed with the old one is refused from now on.
///
/// Errors: `NotFound`, `Conflict` when Twilio says what it signs with.
pub async fn replace_secret(tx: &mut Tx<'_>, app: &App, who: &Agent, id: PhoneLineId) -> Result<(PhoneLine, String)> {
    let mut line = store::line(tx, who.shop, id).await?;
    line.must_not_be_twilios()?;
    let (secret, sealed) = fresh_secret(app, who.shop, id)?;
    line.sealed = sealed;
    store::save(tx, &mut line).await?;
    tx.announce(who, PhoneLineSecretReplaced { phone_line: id }).await?;
    Ok((line, secret))
}

/// Ends it. Its conversations stay.
///
/// Errors: `NotFound`.
pub async fn remove(tx: &mut Tx<'_>, who: &Agent, id: PhoneLineId) -> Result<()> {
    store::line(tx, who.shop, id).await?;
    store::remove(tx, who.shop, id).await?;
    tx.announce(who, PhoneLineRemoved { phone_line: id }).await.map(drop)
}

/// The oldest line of a shop whose telephone system signs with a secret of ours.
pub async fn first(tx: &mut Tx<'_>, shop: ShopId) -> Result<Option<PhoneLine>> {
    Ok(store::all(tx, shop).await?.into_iter().find(|line| line.voice.is_none()))
}

/// The oldest line of a shop at Twilio.
pub async fn first_at_twilio(tx: &mut Tx<'_>, shop: ShopId) -> Result<Option<PhoneLine>> {
    Ok(store::all(tx, shop).await?.into_iter().find(|line| line.voice.is_some()))
}
