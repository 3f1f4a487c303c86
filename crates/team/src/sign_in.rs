//! Signing in: from an address and a password to a session, from a cookie or a token to an agent.

use std::{future::Future, pin::Pin};

use axum::http::{HeaderMap, header};
use kernel::{Error, Result, ShopId, say};
use platform::{
    Agent, App, Tx, directory,
    event::Actor,
    http::Network,
    limits::Act,
    password::Passwords,
    token::{Token, TokenHash},
};
use secrecy::SecretString;

use crate::{
    attempts::{self, Kind},
    events::SignInFailed,
    member,
    person::{self, Person, email_key},
    role::{Catalogue, Role},
    session::{self, Session},
    store, token,
};

const WRONG: Error = Error::SignInNeeded(say!("credentials-wrong"));
const OVER: Error = Error::SignInNeeded(say!("session-over"));
const NO_TOKEN: Error = Error::SignInNeeded(say!("token-not-valid"));

/// A new session's secret begins with this, an API token with [`token::PREFIX`].
const SESSION_PREFIX: &str = "oss";

/// Signs somebody in by address and password. What it answers, and how long it takes, does not tell whether there is
/// such an address.
///
/// Errors: `SignInNeeded` for a wrong address or password alike, `TooMany` after too many tries.
pub async fn by_password(
    app: &App,
    email: &str,
    password: &SecretString,
    network: Network,
    agent_header: &str,
) -> Result<(Session, Token)> {
    let person = prove(app, email, password, network).await?.ok_or(WRONG)?;
    start(app, person, None, agent_header).await
}

/// The person who knows the password of `email`; `None` when it is wrong or nobody's. The try is counted.
pub(crate) async fn prove(app: &App, email: &str, password: &SecretString, network: Network) -> Result<Option<Person>> {
    let (key, network) = (email_key(email), network.to_string());
    app.limits().check(Act::SignInFromNetwork, &network)?;
    let (address, from) = (key.clone(), network.clone());
    let person = app
        .write(async move |tx: &mut Tx<'_>| {
            attempts::begin(tx, Kind::Network, &from).await?;
            attempts::begin(tx, Kind::Address, &address).await?;
            store::people::by_email(tx, &address).await
        })
        .await?;
    let right = person::knows_password(app, person.as_ref(), password).await?;
    let rehashed = match &person {
        Some(person) if right => rehash(app, person, password).await?,
        _ => None,
    };
    app.write(async move |tx: &mut Tx<'_>| {
        let Some(person) = &person else { return Ok(None) };
        if !right {
            note_failure(tx, person).await?;
            return Ok(None);
        }
        attempts::forgive(tx, Kind::Address, &key).await?;
        attempts::take_back(tx, Kind::Network, &network).await?;
        if let Some(hash) = &rehashed {
            store::people::set_password(tx, person.id, hash).await?;
        }
        Ok(Some(person.clone()))
    })
    .await
}

/// A hash at today's strength, when the stored one is weaker.
async fn rehash(app: &App, person: &Person, password: &SecretString) -> Result<Option<String>> {
    let passwords = app.plugged::<Passwords>()?;
    match &person.password_hash {
        Some(stored) if passwords.is_outdated(stored) => passwords.hash(password, app.rng()).await.map(Some),
        _ => Ok(None),
    }
}

async fn note_failure(tx: &mut Tx<'_>, person: &Person) -> Result<()> {
    for member in person::memberships(tx, person.id).await? {
        tx.announce(&Actor::system(member.shop), SignInFailed { member: member.id }).await?;
    }
    Ok(())
}

/// Opens a session for somebody who has proved who they are.
pub(crate) async fn start(app: &App, person: Person, shop: Option<ShopId>, agent_header: &str) -> Result<(Session, Token)> {
    let token = Token::mint(SESSION_PREFIX, app.rng());
    let (hash, agent_header) = (token.hash(), agent_header.to_owned());
    let session = app.write(async move |tx: &mut Tx<'_>| session::open(tx, person.id, shop, &hash, &agent_header).await).await?;
    Ok((session, token))
}

/// What the platform's policy layer asks for each request.
pub(crate) fn plugged<'a>(app: &'a App, headers: &'a HeaderMap) -> Pin<Box<dyn Future<Output = Result<Agent>> + Send + 'a>> {
    Box::pin(by_headers(app, headers))
}

/// Whoever a request's bearer token or cookie belongs to. That they came is noted.
///
/// Errors: `SignInNeeded`.
pub async fn by_headers(app: &App, headers: &HeaderMap) -> Result<Agent> {
    came(app, behind(app, headers).await?).await
}

/// Whoever it belongs to still, without noting anything: a screen that was left open is nobody at work.
///
/// Errors: `SignInNeeded`.
pub async fn still_by_headers(app: &App, headers: &HeaderMap) -> Result<Agent> {
    Ok(behind(app, headers).await?.agent)
}

/// Whoever an API token belongs to. That they came is noted.
///
/// Errors: `SignInNeeded`.
pub async fn by_token(app: &App, presented: &str) -> Result<Agent> {
    came(app, behind_token(app, presented).await?).await
}

pub(crate) async fn by_session(app: &App, presented: &str) -> Result<Agent> {
    came(app, behind_session(app, presented).await?).await
}

/// Somebody who is let in.
struct Found {
    agent: Agent,
    /// Nothing was heard of them for a while.
    unheard: bool,
}

async fn behind(app: &App, headers: &HeaderMap) -> Result<Found> {
    if let Some(value) = headers.get(header::AUTHORIZATION) {
        let bearer =
            value.to_str().ok().and_then(|value| value.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        return behind_token(app, bearer.ok_or(NO_TOKEN)?.1.trim()).await;
    }
    let name = cookie_name(app);
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(';'));
    let cookie = cookies.filter_map(|pair| pair.trim().split_once('=')).find(|(key, _)| *key == name);
    behind_session(app, cookie.ok_or(OVER)?.1).await
}

async fn behind_token(app: &App, presented: &str) -> Result<Found> {
    if !presented.strip_prefix(token::PREFIX).is_some_and(|rest| rest.starts_with('_')) {
        return Err(NO_TOKEN);
    }
    let (hash, catalogue) = (TokenHash::of(presented).hex(), Catalogue::of(app));
    app.read(async move |tx: &mut Tx<'_>| {
        let shop = directory::find(tx, token::DIRECTORY, &hash).await?.ok_or(NO_TOKEN)?;
        let (token, name, person, role) = store::tokens::behind(tx, shop, &hash).await?.ok_or(NO_TOKEN)?;
        if !token.is_valid(tx.now()) {
            return Err(NO_TOKEN);
        }
        let mut permissions = role.permissions(&catalogue);
        permissions.retain(|key| token.scopes.contains(key));
        let agent = Agent {
            shop,
            id: token.member,
            person,
            name: name.into(),
            permissions: permissions.into(),
            session: None,
            token: Some(token.id),
        };
        Ok(Found { agent, unheard: token.wants_touch(tx.now()) })
    })
    .await
}

/// Whoever only reads can go on while nothing can be stored, or more is asked than can be, if only when they were last here.
fn may_go_unnoted(error: Error) -> Result<()> {
    if error.is_of_the_machine() { Ok(()) } else { Err(error) }
}

async fn behind_session(app: &App, presented: &str) -> Result<Found> {
    let (hash, catalogue) = (TokenHash::of(presented).hex(), Catalogue::of(app));
    app.read(async move |tx: &mut Tx<'_>| {
        let (session, member, name, role): (Session, _, String, Role) = store::sessions::behind(tx, &hash).await?.ok_or(OVER)?;
        if session.is_over(tx.now()) {
            return Err(OVER);
        }
        let agent = Agent {
            shop: session.shop,
            id: member,
            person: session.person,
            name: name.into(),
            permissions: role.permissions(&catalogue).into(),
            session: Some(session.id),
            token: None,
        };
        Ok(Found { agent, unheard: session.wants_touch(tx.now()) })
    })
    .await
}

async fn came(app: &App, found: Found) -> Result<Agent> {
    let Found { agent, unheard } = found;
    if unheard {
        let (shop, member, session, token) = (agent.shop, agent.id, agent.session, agent.token);
        let noted = app.write(async move |tx: &mut Tx<'_>| {
            if let Some(token) = token {
                store::tokens::used(tx, shop, token).await?;
            }
            if let Some(session) = session {
                store::sessions::touch(tx, session).await?;
                member::seen(tx, shop, member).await?;
            }
            Ok(())
        });
        noted.await.or_else(may_go_unnoted)?;
    }
    Ok(agent)
}

/// Over TLS the browser itself sees to it that the cookie is ours alone.
pub(crate) fn cookie_name(app: &App) -> &'static str {
    if app.config().is_secure() { "__Host-ombud_session" } else { "ombud_session" }
}

/// The `Set-Cookie` that hands a session over, or takes it back when there is no token.
pub(crate) fn cookie(app: &App, token: Option<&Token>) -> String {
    let (value, age) = token.map_or(("", 0), |token| (token.expose(), session::LONGEST / 1_000_000));
    let secure = if app.config().is_secure() { "; Secure" } else { "" };
    format!("{}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}", cookie_name(app))
}

/// A member as whom something is done without a request: by the command line, or when a story is told.
pub async fn as_member(app: &App, shop: ShopId, id: kernel::MemberId) -> Result<Agent> {
    let catalogue = Catalogue::of(app);
    app.read(async move |tx: &mut Tx<'_>| {
        let member = store::members::get(tx, shop, id).await?;
        let role = store::roles::get(tx, shop, member.role).await?;
        let permissions = role.permissions(&catalogue).into();
        Ok(Agent { shop, id, person: member.person, name: member.name.into(), permissions, session: None, token: None })
    })
    .await
}
