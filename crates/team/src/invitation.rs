//! Invitations: a link by mail that makes somebody a member, once, within seven days.

use kernel::{DepartmentId, Error, InvitationId, Result, RoleId, ShopId, Timestamp, conflict, days, invalid, say};
use platform::{
    Agent, App, Tx, directory,
    http::Network,
    limits::Act,
    outbox::{self, Outgoing},
    token::{Token, TokenHash},
};
use secrecy::SecretString;

use crate::{
    department,
    events::{InvitationWithdrawn, MemberInvited},
    mail_texts,
    member::{self, NewMember},
    person::{self, NewPerson, Person, email_key},
    role::{self, Catalogue},
    session::Session,
    shop::{self, Shop},
    sign_in, store,
};

const PREFIX: &str = "oin";
const DIRECTORY: &str = "invitation";
const LIFE: i64 = days(7);

/// An invitation that waits for an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Invitation {
    pub shop: ShopId,
    pub id: InvitationId,
    pub email: String,
    pub name: String,
    pub role: RoleId,
    pub departments: Vec<DepartmentId>,
    pub expires_at: Timestamp,
}

/// Whom to invite, as what.
#[derive(Debug, Clone)]
pub struct NewInvitation {
    pub email: String,
    pub name: String,
    pub role: RoleId,
    pub departments: Vec<DepartmentId>,
}

/// The shop's invitations that wait, newest first.
pub async fn all(tx: &mut Tx<'_>, shop: ShopId) -> Result<Vec<Invitation>> {
    let now = tx.now();
    let mut waiting = store::invitations::all(tx, shop).await?;
    waiting.retain(|invitation| now < invitation.expires_at);
    Ok(waiting)
}

/// The link of an invitation to come. Made before the transaction, which may run more than once.
#[derive(Debug, Clone)]
pub struct Link {
    hash: TokenHash,
    url: String,
}

impl Link {
    pub fn mint(app: &App) -> Link {
        let token = Token::mint(PREFIX, app.rng());
        Link { hash: token.hash(), url: app.config().url(&format!("/console/invitation#{}", token.expose())) }
    }
}

/// Invites somebody. A new invitation to the same address takes the place of the one before.
///
/// Errors: `Forbidden` when the role holds more than `who` does, `Conflict` when they are a member already.
pub async fn create(tx: &mut Tx<'_>, who: &Agent, catalogue: &Catalogue, new: NewInvitation, link: &Link) -> Result<Invitation> {
    let role = store::roles::find(tx, who.shop, new.role).await?.ok_or_else(no_role)?;
    role::within_own(who, &role.permissions(catalogue))?;
    let key = email_key(&new.email);
    refuse_members(tx, who.shop, &key).await?;
    let invitation = Invitation {
        shop: who.shop,
        id: tx.new_id(),
        email: new.email,
        name: new.name,
        role: role.id,
        departments: department::all_known(tx, who.shop, new.departments).await?,
        expires_at: tx.now() + LIFE,
    };
    if let Some(before) = store::invitations::by_email(tx, who.shop, &key).await? {
        remove(tx, who.shop, before).await?;
    }
    store::invitations::insert(tx, &invitation, &link.hash).await?;
    directory::enter(tx, DIRECTORY, &link.hash.hex(), who.shop).await?;
    let shop = shop::get(tx, who.shop).await?;
    let mail = mail_texts::invitation(shop.language, &shop.name, &who.name, &link.url);
    outbox::post(tx, who.shop, Outgoing { to: invitation.email.clone(), subject: mail.subject, text: mail.text }).await?;
    tx.announce(who, MemberInvited { invitation: invitation.id, role: role.id }).await?;
    Ok(invitation)
}

fn no_role() -> Error {
    invalid("role", say!("role-not-here"))
}

async fn refuse_members(tx: &mut Tx<'_>, shop: ShopId, key: &str) -> Result<()> {
    let Some(person) = store::people::by_email(tx, key).await? else { return Ok(()) };
    match store::members::of_person(tx, shop, person.id).await? {
        Some(member) if member.active => Err(conflict(say!("member-already"))),
        Some(_) => Err(conflict(say!("member-deactivated"))),
        None => Ok(()),
    }
}

async fn remove(tx: &mut Tx<'_>, shop: ShopId, id: InvitationId) -> Result<()> {
    let hash = store::invitations::delete(tx, shop, id).await?.ok_or(Error::NotFound(say!("invitation-not-found")))?;
    directory::strike(tx, DIRECTORY, &hash).await
}

/// Takes an invitation back; its link no longer works.
pub async fn withdraw(tx: &mut Tx<'_>, who: &Agent, id: InvitationId) -> Result<()> {
    remove(tx, who.shop, id).await?;
    tx.announce(who, InvitationWithdrawn { invitation: id }).await.map(drop)
}

/// Forgets invitations that nobody accepted in time.
pub(crate) async fn sweep(tx: &mut Tx<'_>) -> Result<u64> {
    let over = store::invitations::over(tx).await?;
    for (shop, id) in &over {
        remove(tx, *shop, *id).await?;
    }
    Ok(over.len() as u64)
}

/// What an invitation says to whoever holds its link.
#[derive(Debug, Clone)]
pub struct Opened {
    pub shop: Shop,
    pub email: String,
    pub name: String,
    /// Whether they have an account already, from another shop.
    pub has_account: bool,
}

/// Looks at an invitation before it is accepted.
///
/// Errors: `NotFound` when the link was used, withdrawn, has expired or never was.
pub async fn look_up(app: &App, presented: &str, network: Network) -> Result<Opened> {
    app.limits().check(Act::SignInFromNetwork, &network.to_string())?;
    let hash = TokenHash::of(presented).hex();
    app.read(async move |tx: &mut Tx<'_>| {
        let invitation = find(tx, &hash).await?.ok_or(Error::NotFound(say!("invitation-not-found")))?;
        let known = store::people::by_email(tx, &email_key(&invitation.email)).await?;
        Ok(Opened {
            shop: shop::get(tx, invitation.shop).await?,
            email: invitation.email,
            name: invitation.name,
            has_account: known.is_some_and(|person| person.password_hash.is_some()),
        })
    })
    .await
}

/// Accepts an invitation and signs in. Who has an account already, from another shop, proves it by its password; for
/// anybody else the password is a new one.
///
/// Errors: `Invalid` when the link was used, withdrawn, has expired or never was, or the password will not do.
pub async fn accept(
    app: &App,
    presented: &str,
    name: String,
    password: &SecretString,
    network: Network,
    agent_header: &str,
) -> Result<(Session, Token)> {
    app.limits().check(Act::SignInFromNetwork, &network.to_string())?;
    let hash = TokenHash::of(presented).hex();
    let of = hash.clone();
    let (invitation, known) = app
        .read(async move |tx: &mut Tx<'_>| {
            let invitation = find(tx, &of).await?.ok_or_else(stale)?;
            let known = store::people::by_email(tx, &email_key(&invitation.email)).await?;
            Ok((invitation, known))
        })
        .await?;
    let newcomer = match known.filter(|person| person.password_hash.is_some()) {
        Some(person) => Newcomer::Known(sign_in::prove(app, &person.email, password, network).await?.ok_or_else(not_theirs)?),
        None => Newcomer::New { name, password_hash: person::hash_password(app, password, &invitation.email).await? },
    };
    let shop = invitation.shop;
    let person = app.write(async move |tx: &mut Tx<'_>| welcome(tx, &hash, newcomer.clone()).await).await?;
    sign_in::start(app, person, Some(shop), agent_header).await
}

#[derive(Clone)]
enum Newcomer {
    Known(Person),
    New { name: String, password_hash: String },
}

/// The invitation behind a link's secret, if it still stands and so does its shop.
async fn find(tx: &mut Tx<'_>, hash: &str) -> Result<Option<Invitation>> {
    let Some(shop) = directory::find(tx, DIRECTORY, hash).await? else { return Ok(None) };
    if !shop::is_open(tx, shop).await? {
        return Ok(None);
    }
    let now = tx.now();
    Ok(store::invitations::by_hash(tx, shop, hash).await?.filter(|invitation| now < invitation.expires_at))
}

async fn welcome(tx: &mut Tx<'_>, hash: &str, newcomer: Newcomer) -> Result<Person> {
    let invitation = find(tx, hash).await?.ok_or_else(stale)?;
    let person = match newcomer {
        Newcomer::Known(person) => person,
        Newcomer::New { name, password_hash } => enter(tx, &invitation.email, name, password_hash).await?,
    };
    remove(tx, invitation.shop, invitation.id).await?;
    let new = NewMember { person: person.id, role: invitation.role, departments: invitation.departments, invitation: Some(invitation.id) };
    member::join(tx, &platform::event::Actor::system(invitation.shop), new).await?;
    Ok(person)
}

/// A person with a first password; they may have been entered before without one.
async fn enter(tx: &mut Tx<'_>, email: &str, name: String, password_hash: String) -> Result<Person> {
    match store::people::by_email(tx, &email_key(email)).await? {
        Some(person) if person.password_hash.is_none() => {
            store::people::set_password(tx, person.id, &password_hash).await?;
            Ok(person)
        }
        // refuses an address that somebody has taken meanwhile
        _ => person::create(tx, NewPerson { email: email.to_owned(), name, language: None, password_hash: Some(password_hash) }).await,
    }
}

fn stale() -> Error {
    invalid("token", say!("invitation-over"))
}

fn not_theirs() -> Error {
    invalid("password", say!("account-has-password"))
}
