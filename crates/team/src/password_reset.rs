//! A forgotten password: a link by mail that works once, for an hour.

use kernel::{Error, FieldError, Result, hours, invalid, say};
use platform::{
    App, Tx,
    http::Network,
    limits::Act,
    outbox::{self, Outgoing},
    token::{Token, TokenHash},
};
use secrecy::SecretString;

use crate::{
    attempts::{self, Kind},
    events::{PasswordChanged, PasswordResetAsked},
    mail_texts, member,
    person::{self, email_key},
    session::{self, SignedOutMember},
    shop, sign_in, store, token,
};

const PREFIX: &str = "opr";
const LIFE: i64 = hours(1);

/// Sends a link to whoever has this address. Nothing tells whether anybody does, nor how often was asked.
///
/// Errors: `TooMany` for a network that asks for many.
pub async fn ask(app: &App, email: &str, network: Network) -> Result<()> {
    app.limits().check(Act::SignInFromNetwork, &network.to_string())?;
    let token = Token::mint(PREFIX, app.rng());
    let (key, hash) = (email_key(email), token.hash());
    let link = app.config().url(&format!("/console/reset#{}", token.expose()));
    app.write(async move |tx: &mut Tx<'_>| {
        match attempts::begin(tx, Kind::Reset, &key).await {
            // whoever floods a mailbox learns nothing from it either
            Err(Error::TooMany { .. }) => return Ok(()),
            counted => counted?,
        }
        let Some(person) = store::people::by_email(tx, &key).await? else { return Ok(()) };
        let members = person::memberships(tx, person.id).await?;
        let Some(member) = members.iter().find(|member| member.active) else { return Ok(()) };
        let shop = shop::get(tx, member.shop).await?;
        store::resets::put(tx, person.id, &hash, tx.now() + LIFE).await?;
        let mail = mail_texts::reset(person.language.unwrap_or(shop.language), &link);
        outbox::post(tx, shop.id, Outgoing { to: person.email, subject: mail.subject, text: mail.text }).await?;
        tx.announce(&member::acting(member), PasswordResetAsked { member: member.id }).await.map(drop)
    })
    .await
}

/// Sets a new password with the secret of a link. All sessions and API tokens of the person end: whoever had the
/// account before is out.
///
/// Errors: `Invalid` when the link was used, has expired or never was, or the password will not do.
pub async fn finish(app: &App, presented: &str, password: &SecretString, network: Network) -> Result<Vec<SignedOutMember>> {
    app.limits().check(Act::SignInFromNetwork, &network.to_string())?;
    let hash = TokenHash::of(presented).hex();
    let of = hash.clone();
    let person = app.read(async move |tx: &mut Tx<'_>| store::resets::person(tx, &of).await?.ok_or_else(stale)).await?;
    let password_hash = person::hash_password(app, password, &person.email).await?;
    app.write(async move |tx: &mut Tx<'_>| {
        if !store::resets::take(tx, &hash).await? {
            return Err(stale());
        }
        store::people::set_password(tx, person.id, &password_hash).await?;
        attempts::forgive(tx, Kind::Address, &email_key(&person.email)).await?;
        for member in person::memberships(tx, person.id).await? {
            let who = member::acting(&member);
            tx.announce(&who, PasswordChanged { member: member.id, by_link: true }).await?;
            token::revoke_all_of(tx, &who, member.id).await?;
        }
        session::end_of_person(tx, person.id, None).await
    })
    .await
}

/// Changes one's own password; the session that does it goes on, all others end.
///
/// Errors: `Invalid` when the current one is wrong or the new one will not do, `TooMany` after too many tries.
pub async fn change(
    app: &App,
    who: &platform::Agent,
    current: &SecretString,
    new: &SecretString,
    network: Network,
) -> Result<Vec<SignedOutMember>> {
    let (id, kept) = (who.person, session::of(who)?);
    let person = app.read(async move |tx: &mut Tx<'_>| person::get(tx, id).await).await?;
    // counted like a sign-in: a stolen session must not become a place to guess at
    if sign_in::prove(app, &person.email, current, network).await?.is_none() {
        return Err(invalid("current", say!("password-not-current")));
    }
    let hash = person::hash_password(app, new, &person.email).await.map_err(on_field_new)?;
    app.write(async move |tx: &mut Tx<'_>| {
        store::people::set_password(tx, id, &hash).await?;
        store::resets::forget(tx, id).await?;
        for member in person::memberships(tx, id).await? {
            tx.announce(&member::acting(&member), PasswordChanged { member: member.id, by_link: false }).await?;
        }
        session::end_of_person(tx, id, Some(kept)).await
    })
    .await
}

fn on_field_new(error: Error) -> Error {
    match error {
        Error::Invalid(fields) => Error::Invalid(fields.into_iter().map(|fault| FieldError { field: "new".into(), ..fault }).collect()),
        other => other,
    }
}

fn stale() -> Error {
    invalid("token", say!("reset-link-over"))
}
