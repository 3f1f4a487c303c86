//! People.

use kernel::{PersonId, Result, say};
use platform::{Tx, db::Row};

use super::unless_taken;
use crate::person::{Person, email_key};

const COLUMNS: &str = "id, email, name, language, password_hash";

pub(super) fn person(row: &Row) -> Result<Person> {
    let mut c = row.columns();
    Ok(Person { id: c.take()?, email: c.take()?, name: c.take()?, language: c.take()?, password_hash: c.take()? })
}

pub async fn get(tx: &mut Tx<'_>, id: PersonId) -> Result<Person> {
    person(&tx.found(say!("person-not-found"), &format!("SELECT {COLUMNS} FROM team_people WHERE id = $1"), &[&id]).await?)
}

pub async fn by_email(tx: &mut Tx<'_>, key: &str) -> Result<Option<Person>> {
    let row = tx.row(&format!("SELECT {COLUMNS} FROM team_people WHERE email_key = $1"), &[&key]).await?;
    row.as_ref().map(person).transpose()
}

pub async fn insert(tx: &mut Tx<'_>, person: &Person) -> Result<()> {
    let (key, now) = (email_key(&person.email), tx.now());
    let inserted = tx
        .execute(
            "INSERT INTO team_people (id, email, email_key, name, language, password_hash, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
            &[&person.id, &person.email, &key, &person.name, &person.language, &person.password_hash, &now],
        )
        .await?;
    unless_taken(inserted, say!("email-taken"))
}

pub async fn save(tx: &mut Tx<'_>, person: &Person) -> Result<()> {
    tx.one("UPDATE team_people SET name = $2, language = $3 WHERE id = $1", &[&person.id, &person.name, &person.language]).await
}

pub async fn set_password(tx: &mut Tx<'_>, id: PersonId, hash: &str) -> Result<()> {
    tx.one("UPDATE team_people SET password_hash = $2 WHERE id = $1", &[&id, &hash]).await
}
