//! Every statement of this crate.

pub mod attributes;
pub mod consents;
pub mod copied;
mod duplicates;
pub mod imports;
pub mod list;
mod merges;
pub mod notes;
mod persons;
pub mod tags;

pub use duplicates::*;
pub use merges::*;
pub use persons::*;

use std::collections::HashMap;

use kernel::{CustomerId, IdentityId, Result, ShopId, Timestamp, say};
use platform::{
    Tx,
    db::{Bind, Row},
    sweep::PIECE,
};

use crate::{
    birthday::Birthday,
    customer::{AddressKind, Customer, Identity},
    personal_data::Browser,
    visitor::Visitor,
};

const COLUMNS: &str = "shop_id, id, name, language, country, time_zone, preferred_channel, birth_date, birth_year, blocked_at, erased_at, \
                       merged_into, created_at, last_seen_at, version";

/// How it is stored that somebody has never been seen: so that they come last where the latest come first.
const NEVER: Timestamp = Timestamp::from_micros(0);

fn read(row: &Row) -> Result<Customer> {
    let mut c = row.columns();
    Ok(Customer {
        shop: c.take()?,
        id: c.take()?,
        name: c.take()?,
        language: c.take()?,
        country: c.take()?,
        time_zone: c.take()?,
        preferred_channel: c.take()?,
        birthday: Birthday::stored(c.take()?, c.take()?),
        blocked_at: c.take()?,
        erased_at: c.take()?,
        merged_into: c.take()?,
        created_at: c.take()?,
        last_seen_at: Some(c.take()?).filter(|seen| *seen != NEVER),
        version: c.take()?,
        identities: Vec::new(),
    })
}

pub async fn customer(tx: &mut Tx<'_>, shop: ShopId, id: CustomerId) -> Result<Customer> {
    let sql = format!("SELECT {COLUMNS} FROM customers_customers WHERE shop_id = $1 AND id = $2");
    let mut customer = read(&tx.found(say!("customer-not-found"), &sql, &[&shop, &id]).await?)?;
    customer.identities = identities(tx, shop, id).await?;
    Ok(customer)
}

fn identity(row: &Row) -> Result<Identity> {
    Ok(Identity { id: row.get(0)?, kind: row.get(1)?, address: row.get(2)?, verified: row.get(3)?, since: row.get(4)? })
}

pub async fn insert(tx: &mut Tx<'_>, customer: &Customer) -> Result<()> {
    insert_all(tx, std::slice::from_ref(customer)).await
}

/// New customers, without their addresses.
pub async fn insert_all(tx: &mut Tx<'_>, customers: &[Customer]) -> Result<()> {
    let sql = format!("INSERT INTO customers_customers ({COLUMNS}, contact_since, name_key) VALUES $rows");
    let row = "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
    let birthdays: Vec<_> = customers.iter().map(|c| (c.birthday.map(Birthday::date), c.birthday.and_then(|day| day.year))).collect();
    let times: Vec<_> =
        customers.iter().map(|c| (c.says_who_they_are().then_some(c.created_at), c.last_seen_at.unwrap_or(NEVER))).collect();
    let names: Vec<_> = customers.iter().map(Customer::name_key).collect();
    let rows: Vec<Vec<&dyn Bind>> = customers
        .iter()
        .zip(birthdays.iter().zip(times.iter().zip(&names)))
        .map(|(c, ((birth_date, birth_year), ((contact_since, last_seen_at), name_key)))| {
            vec![
                &c.shop as &dyn Bind,
                &c.id,
                &c.name,
                &c.language,
                &c.country,
                &c.time_zone,
                &c.preferred_channel,
                birth_date,
                birth_year,
                &c.blocked_at,
                &c.erased_at,
                &c.merged_into,
                &c.created_at,
                last_seen_at,
                &c.version,
                contact_since,
                name_key,
            ]
        })
        .collect();
    tx.many(&sql, row, &rows).await.map(drop)
}

pub async fn save(tx: &mut Tx<'_>, c: &Customer) -> Result<()> {
    let now = tx.now();
    tx.one(
        "UPDATE customers_customers SET name = $1, language = $2, country = $3, time_zone = $4, preferred_channel = $5, birth_date = $6, \
         birth_year = $7, blocked_at = $8, contact_since = COALESCE(contact_since, $9), name_key = $10, version = version + 1 \
         WHERE shop_id = $11 AND id = $12 AND version = $13",
        &[
            &c.name,
            &c.language,
            &c.country,
            &c.time_zone,
            &c.preferred_channel,
            &c.birthday.map(Birthday::date),
            &c.birthday.and_then(|day| day.year),
            &c.blocked_at,
            &c.says_who_they_are().then_some(now),
            &c.name_key(),
            &c.shop,
            &c.id,
            &c.version,
        ],
    )
    .await
}

/// Notes that somebody is more than a browser that looks around.
pub async fn make_contact(tx: &mut Tx<'_>, shop: ShopId, id: CustomerId) -> Result<()> {
    let now = tx.now();
    let sql = "UPDATE customers_customers SET contact_since = $1 WHERE shop_id = $2 AND id = $3 AND contact_since IS NULL";
    tx.execute(sql, &[&now, &shop, &id]).await.map(drop)
}

pub async fn touch(tx: &mut Tx<'_>, shop: ShopId, id: CustomerId, now: Timestamp, unless_since: Timestamp) -> Result<()> {
    let sql = "UPDATE customers_customers SET last_seen_at = $1 WHERE shop_id = $2 AND id = $3 AND last_seen_at < $4";
    tx.execute(sql, &[&now, &shop, &id, &unless_since]).await.map(drop)
}

/// By what an address is known again: a telephone number by its digits, everything else whatever its case.
pub fn key(kind: AddressKind, address: &str) -> String {
    let written = address.trim().to_lowercase();
    if kind != AddressKind::Phone {
        return written;
    }
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    match (digits.is_empty(), digits.strip_prefix("00")) {
        // a shop's system may have written a word there
        (true, _) => written,
        // what is dialled for a plus
        (false, Some(international)) => international.to_owned(),
        (false, None) => digits,
    }
}

/// The addresses this customer alone is known by, the oldest first.
pub async fn identities(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId) -> Result<Vec<Identity>> {
    let sql = "SELECT id, kind, address, verified, created_at FROM customers_identities WHERE shop_id = $1 AND customer_first = $2";
    let mut found: Vec<Identity> = tx.rows(sql, &[&shop, &customer]).await?.iter().map(identity).collect::<Result<_>>()?;
    found.sort_by_key(|identity| identity.id);
    Ok(found)
}

pub async fn add_identity(tx: &mut Tx<'_>, customer: &Customer, kind: AddressKind, address: &str, verified: bool) -> Result<()> {
    let (id, now): (IdentityId, _) = (tx.new_id(), tx.now());
    add_identities(tx, &[(customer, &Identity { id, kind, address: address.to_owned(), verified, since: now })]).await
}

/// Addresses of many customers.
pub async fn add_identities(tx: &mut Tx<'_>, all: &[(&Customer, &Identity)]) -> Result<()> {
    // an address proved once stays proved
    let sql = "INSERT INTO customers_identities (shop_id, id, customer_id, customer_first, kind, address, address_key, verified, created_at) \
               VALUES $rows ON CONFLICT (shop_id, customer_first, kind, address_key) DO UPDATE SET \
               verified = (customers_identities.verified OR excluded.verified)";
    let made: Vec<(CustomerId, String)> = all.iter().map(|(customer, i)| (customer.person(), key(i.kind, &i.address))).collect();
    let rows: Vec<Vec<&dyn Bind>> = all
        .iter()
        .zip(&made)
        .map(|((customer, i), (person, key))| {
            vec![&customer.shop as &dyn Bind, &i.id, person, &customer.id, &i.kind, &i.address, key, &i.verified, &i.since]
        })
        .collect();
    tx.many(sql, "($1, $2, $3, $4, $5, $6, $7, $8, $9)", &rows).await.map(drop)
}

/// Removes an address wherever in a customer it was said, by those merged into them too.
pub async fn remove_identity(tx: &mut Tx<'_>, customer: &Customer, kind: AddressKind, address: &str) -> Result<()> {
    let sql = "DELETE FROM customers_identities WHERE shop_id = $1 AND customer_id = $2 AND kind = $3 AND address_key = $4";
    tx.execute(sql, &[&customer.shop, &customer.person(), &kind, &key(kind, address)]).await.map(drop)
}

/// Who has proved this address, merged into somebody else or not.
pub async fn verified_owner(tx: &mut Tx<'_>, shop: ShopId, kind: AddressKind, address: &str) -> Result<Option<CustomerId>> {
    let sql = "SELECT customer_first FROM customers_identities WHERE shop_id = $1 AND kind = $2 AND address_key = $3 AND verified";
    tx.row(sql, &[&shop, &kind, &key(kind, address)]).await?.map(|row| row.get(0)).transpose()
}

/// Who has proved each of these addresses, by what it is known again by.
pub async fn verified_owners(tx: &mut Tx<'_>, shop: ShopId, kind: AddressKind, keys: &[String]) -> Result<HashMap<String, CustomerId>> {
    let sql = format!(
        "SELECT address_key, customer_first FROM customers_identities WHERE shop_id = $1 AND kind = '{kind}' AND address_key IN ($ids) AND verified"
    );
    tx.rows_among(&sql, shop, keys).await?.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

pub async fn insert_visitor(tx: &mut Tx<'_>, v: &Visitor, token_hash: &str) -> Result<()> {
    let sql = "INSERT INTO customers_visitors (shop_id, id, customer_id, customer_first, token_hash, created_at, last_seen_at) VALUES ($1, $2, $3, $4, $5, $6, $6)";
    tx.one(sql, &[&v.shop, &v.id, &v.person, &v.customer, &token_hash, &v.last_seen_at]).await
}

pub async fn visitor(tx: &mut Tx<'_>, shop: ShopId, token_hash: &str) -> Result<Option<Visitor>> {
    let sql = "SELECT id, customer_first, customer_id, last_seen_at FROM customers_visitors WHERE shop_id = $1 AND token_hash = $2";
    let row = tx.row(sql, &[&shop, &token_hash]).await?;
    row.map(|row| Ok(Visitor { shop, id: row.get(0)?, customer: row.get(1)?, person: row.get(2)?, last_seen_at: row.get(3)? })).transpose()
}

pub async fn touch_visitor(tx: &mut Tx<'_>, v: &Visitor) -> Result<()> {
    let now = tx.now();
    tx.execute("UPDATE customers_visitors SET last_seen_at = $1 WHERE shop_id = $2 AND id = $3", &[&now, &v.shop, &v.id]).await.map(drop)
}

/// Removes it and says which token it had.
pub async fn remove_visitor(tx: &mut Tx<'_>, v: &Visitor) -> Result<Option<String>> {
    let sql = "DELETE FROM customers_visitors WHERE shop_id = $1 AND id = $2 RETURNING token_hash";
    tx.row(sql, &[&v.shop, &v.id]).await?.map(|row| row.get(0)).transpose()
}

/// Whether this nonce is used for the first time.
pub async fn use_nonce(tx: &mut Tx<'_>, shop: ShopId, nonce: &str, expires_at: Timestamp) -> Result<bool> {
    let sql = "INSERT INTO customers_nonces (shop_id, nonce, expires_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    Ok(tx.execute(sql, &[&shop, &nonce, &expires_at]).await? == 1)
}

/// The browsers a customer chats with.
pub async fn browsers(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId) -> Result<Vec<Browser>> {
    let sql = "SELECT created_at, last_seen_at FROM customers_visitors WHERE shop_id = $1 AND customer_first = $2";
    let rows = tx.rows(sql, &[&shop, &customer]).await?;
    rows.iter().map(|row| Ok(Browser { first_seen_at: row.get(0)?, last_seen_at: row.get(1)? })).collect()
}

/// Empties a customer's row, and what stands beside it; the hashes of their browsers' tokens.
pub async fn erase(tx: &mut Tx<'_>, shop: ShopId, id: CustomerId) -> Result<Vec<String>> {
    let now = tx.now();
    tx.one(
        "UPDATE customers_customers SET name = NULL, name_key = NULL, language = NULL, country = NULL, time_zone = NULL, preferred_channel = NULL, \
         birth_date = NULL, birth_year = NULL, erased_at = $1, version = version + 1 WHERE shop_id = $2 AND id = $3",
        &[&now, &shop, &id],
    )
    .await?;
    for table in ["customers_identities", "customers_notes", "customers_tagged", "customers_values"] {
        tx.execute(&format!("DELETE FROM {table} WHERE shop_id = $1 AND customer_first = $2"), &[&shop, &id]).await?;
    }
    // that they agreed stays, as the shop's proof; what they told us on the way does not
    tx.execute("UPDATE customers_consents SET evidence = '{}' WHERE shop_id = $1 AND customer_first = $2", &[&shop, &id]).await?;
    let sql = "DELETE FROM customers_visitors WHERE shop_id = $1 AND customer_first = $2 RETURNING token_hash";
    tx.rows(sql, &[&shop, &id]).await?.iter().map(|row| row.get(0)).collect()
}

/// Who has been erased, in all shops.
pub async fn erased(tx: &mut Tx<'_>) -> Result<Vec<(ShopId, CustomerId)>> {
    let sql = "SELECT shop_id, id FROM customers_customers WHERE erased_at IS NOT NULL ORDER BY shop_id, id";
    tx.rows(sql, &[]).await?.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// Removes nonces of signatures that have run out.
pub async fn forget_nonces(tx: &mut Tx<'_>) -> Result<u64> {
    let now = tx.now();
    let sql = "DELETE FROM customers_nonces WHERE (shop_id, nonce) IN \
               (SELECT shop_id, nonce FROM customers_nonces WHERE expires_at < $1 LIMIT $2)";
    tx.execute(sql, &[&now, &PIECE]).await
}

/// Removes browsers not seen since; the hashes of their tokens.
pub async fn remove_quiet_visitors(tx: &mut Tx<'_>, since: Timestamp) -> Result<Vec<String>> {
    let sql = "DELETE FROM customers_visitors WHERE (shop_id, id) IN \
               (SELECT shop_id, id FROM customers_visitors WHERE last_seen_at < $1 LIMIT $2) RETURNING token_hash";
    tx.rows(sql, &[&since, &PIECE]).await?.iter().map(|row| row.get(0)).collect()
}
