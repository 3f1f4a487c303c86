//! Calls through Twilio: Ombud receives callers there, has them wait in line, rings members' own telephones and takes what is spoken
//! onto the machine. What comes of it is told as any telephone system tells it, and taken in the one way there is.
//!
//! Twilio asks what to do at each step by a signed call of its own; which call and which member that is about stands in the address.

pub mod api;
pub mod discard;
pub mod phone;
mod phone_api;
pub mod prefixes;
mod queue;
mod spoken;
mod steps;
mod told;
mod twiml;
pub mod webhook;

use kernel::{Error, Language, PhoneLineId, Result, ShopId, conflict, invalid, say};
use platform::{
    Agent, App, Tx,
    http::Policy,
    trouble::{Fault, Trouble},
};
use serde::{Deserialize, Serialize};
use twilio::Account;
use utoipa_axum::router::OpenApiRouter;

pub use self::steps::Step;
use crate::{
    PhoneLine,
    line::{self, Settings},
    store::lines as store,
};

/// As the operator's setting `partners` names it.
const NAME: &str = "voice";

/// How callers are received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voice {
    /// The account at Twilio.
    pub account: String,
    /// In which language they are spoken to.
    pub language: Language,
    /// What they hear first while somebody is there; words of the house where nothing is said.
    pub greeting: Option<String>,
    /// How numbers begin that may be rung.
    pub prefixes: Vec<String>,
}

/// What members say of a line at Twilio.
#[derive(Debug, Clone)]
pub struct Filled {
    pub settings: Settings,
    pub voice: Voice,
    /// The auth token; the one that is known where it is left out.
    pub token: Option<String>,
}

pub fn routes() -> OpenApiRouter<App> {
    api::routes().merge(phone_api::routes()).merge(webhook::routes())
}

pub fn policy() -> Policy {
    [api::policy(), phone_api::policy(), webhook::policy()].into_iter().flatten().collect()
}

/// The account a line is at, opened.
pub fn account<'a>(app: &'a App, voice: &'a Voice, token: &'a str) -> Account<'a> {
    Account { at: app.config().partner(NAME, twilio::ADDRESS), sid: &voice.account, token }
}

/// Connects a number at Twilio: it is told where to call before the line is written down, so that no line is there that nobody calls.
///
/// Errors: `Invalid` on what Twilio does not take; `Conflict` when it is connected already, there are too many, or Twilio cannot reach
/// us; `Outside`.
pub async fn connect(app: &App, who: &Agent, filled: Filled) -> Result<PhoneLine> {
    let Filled { settings, voice, token } = filled;
    let token = token.ok_or_else(|| invalid("token", say!("must-not-be-empty")))?;
    if !app.config().is_called_by(NAME) {
        return Err(conflict(say!("voice-needs-a-public-address")));
    }
    let (shop, id) = (who.shop, PhoneLineId::from(app.rng().uuid(app.now())));
    let number = settings.number.clone();
    app.read(async move |tx: &mut Tx<'_>| must_be_new(tx, shop, &number).await).await?;
    point(app, &voice, &token, &settings.number, Some(webhook::base(app, shop, id).as_str())).await?;
    let sealed = app.secrets().seal_value(&line::place_of_secret(shop, id), &token, app.rng())?;
    let created_at = app.now();
    let line = PhoneLine { shop, id, settings, sealed, voice: Some(voice), heard_at: None, created_at, version: 1 };
    let (who, kept) = (who.clone(), line.clone());
    let begin = async move |tx: &mut Tx<'_>| {
        must_be_new(tx, shop, &kept.settings.number).await?;
        line::begin(tx, &who, &kept).await
    };
    app.write(begin).await?;
    Ok(line)
}

/// A number calls one line.
async fn must_be_new(tx: &mut Tx<'_>, shop: ShopId, number: &str) -> Result<()> {
    let is_there = |line: &PhoneLine| line.voice.is_some() && line.settings.number == number;
    if store::all(tx, shop).await?.iter().any(is_there) { Err(conflict(say!("voice-line-there-already"))) } else { Ok(()) }
}

/// Changes how callers are received, or what opens the account.
///
/// Errors: `NotFound`; `Conflict` when that is another number or account; `Invalid` on what Twilio does not take; `Outside`.
pub async fn change(app: &App, who: &Agent, id: PhoneLineId, filled: Filled) -> Result<PhoneLine> {
    let shop = who.shop;
    let known = app.read(async move |tx: &mut Tx<'_>| store::line(tx, shop, id).await).await?;
    let Filled { settings, voice, token } = filled;
    let same = |old: &Voice| old.account == voice.account && known.settings.number == settings.number;
    if !known.voice.as_ref().is_some_and(same) {
        return Err(conflict(say!("voice-line-is-another")));
    }
    let token = token.map_or_else(|| known.secret(app), Ok)?;
    point(app, &voice, &token, &settings.number, Some(webhook::base(app, shop, id).as_str())).await?;
    let sealed = app.secrets().seal_value(&line::place_of_secret(shop, id), &token, app.rng())?;
    let who = who.clone();
    app.write(async move |tx: &mut Tx<'_>| {
        let mut line = store::line(tx, shop, id).await?;
        (line.voice, line.sealed) = (Some(voice.clone()), sealed.clone());
        line::save(tx, &who, &mut line, settings.clone()).await?;
        Ok(line)
    })
    .await
}

/// Has Twilio call here no more, where this is a line of its; whoever still calls finds nobody.
pub async fn let_go(app: &App, line: &PhoneLine) -> Result<()> {
    if let Some(voice) = &line.voice
        && let Err(error) = point(app, voice, &line.secret(app)?, &line.settings.number, None).await
    {
        tracing::info!(%error, "Twilio could not be told to call no more");
    }
    Ok(())
}

/// Says where Twilio asks what to do with a call, and where it tells how one ended.
async fn point(app: &App, voice: &Voice, token: &str, number: &str, base: Option<&str>) -> Result<()> {
    let at = |step: &str| base.map(|base| format!("{base}/{step}")).unwrap_or_default();
    let (arrived, sorry, ended) = (at("arrived"), at("sorry"), at("ended"));
    let form: [(&str, &str); 7] = [
        // the addresses of an application would come before these
        ("VoiceApplicationSid", ""),
        ("VoiceUrl", arrived.as_str()),
        ("VoiceMethod", "POST"),
        ("VoiceFallbackUrl", &sorry),
        ("VoiceFallbackMethod", "POST"),
        ("StatusCallback", &ended),
        ("StatusCallbackMethod", "POST"),
    ];
    account(app, voice, token).set(app, number, &form).await.map(drop).map_err(refused)
}

/// What Twilio says no to, where it was filled in.
fn refused(fault: Fault) -> Error {
    match fault.trouble {
        Trouble::SignInRefused => invalid("token", say!("voice-sign-in-refused")),
        Trouble::NotAllowed => invalid("number", say!("voice-number-not-there")),
        trouble => {
            let temporary = !matches!(trouble, Trouble::NotUnderstood | Trouble::AddressRefused);
            Error::Outside { service: twilio::SERVICE, temporary, detail: fault.detail }
        }
    }
}
