//! A person: somebody who signs in, in one shop or in several.

use kernel::{Language, PersonId, Result};
use platform::{App, Tx, password::Passwords};
use secrecy::SecretString;

use crate::{
    events::MemberChanged,
    member::{self, Member},
    store,
};

/// Somebody who signs in.
#[derive(Debug, Clone)]
pub struct Person {
    pub id: PersonId,
    pub email: String,
    pub name: String,
    /// The language of their console and mails; the browser's or the shop's when `None`.
    pub language: Option<Language>,
    /// As argon2id wrote it; `None` until they have chosen a password.
    pub(crate) password_hash: Option<String>,
}

/// What a new person needs. Hash the password before the transaction, see [`hash_password`].
#[derive(Debug, Clone)]
pub struct NewPerson {
    pub email: String,
    pub name: String,
    pub language: Option<Language>,
    pub password_hash: Option<String>,
}

/// How an address is compared: nobody means another person by a capital letter.
pub fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}

/// The hash to store for a password, after looking whether it will do for the account of `email`.
///
/// Errors: `Invalid` on `password`.
pub async fn hash_password(app: &App, password: &SecretString, email: &str) -> Result<String> {
    platform::password::check(password, email)?;
    app.plugged::<Passwords>()?.hash(password, app.rng()).await
}

/// Whether this is the person's password. Costs the same for somebody without one, and for nobody.
pub(crate) async fn knows_password(app: &App, person: Option<&Person>, password: &SecretString) -> Result<bool> {
    let passwords = app.plugged::<Passwords>()?;
    match person.and_then(|person| person.password_hash.as_deref()) {
        Some(stored) => passwords.verify(password, stored).await,
        None => passwords.verify_nobody(password).await,
    }
}

/// Enters a person.
///
/// Errors: `Conflict` when the address belongs to somebody already.
pub async fn create(tx: &mut Tx<'_>, new: NewPerson) -> Result<Person> {
    let person = Person { id: tx.new_id(), email: new.email, name: new.name, language: new.language, password_hash: new.password_hash };
    store::people::insert(tx, &person).await?;
    Ok(person)
}

/// A person by their id.
pub async fn get(tx: &mut Tx<'_>, id: PersonId) -> Result<Person> {
    store::people::get(tx, id).await
}

/// A person by their address, however it is capitalised.
pub async fn by_email(tx: &mut Tx<'_>, email: &str) -> Result<Option<Person>> {
    store::people::by_email(tx, &email_key(email)).await
}

/// Changes one's own name or language, in all one's shops.
pub async fn change(tx: &mut Tx<'_>, id: PersonId, name: Option<String>, language: Option<Option<Language>>) -> Result<Person> {
    let before = store::people::get(tx, id).await?;
    let after = Person { name: name.unwrap_or(before.name), language: language.unwrap_or(before.language), ..before };
    store::people::save(tx, &after).await?;
    for member in memberships(tx, id).await? {
        tx.announce(&member::acting(&member), MemberChanged { member: member.id }).await?;
    }
    Ok(after)
}

/// The person's memberships in every shop that is still there, the oldest first.
pub(crate) async fn memberships(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Member>> {
    store::members::everywhere(tx, person).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_and_spaces_do_not_make_another_person() {
        for email in ["kari@fjell.example", "Kari@Fjell.example", " KARI@FJELL.EXAMPLE "] {
            assert_eq!(email_key(email), "kari@fjell.example");
        }
    }
}
