//! Statements on customers together with those merged into them.

use std::collections::{BTreeSet, HashMap};

use kernel::{CustomerId, Error, Result, ShopId, say};
use platform::{Tx, db::Row};

use super::{COLUMNS, identity, read};
use crate::{
    customer::{AddressKind, Customer, Identity},
    person::Person,
};

/// A whole customer.
pub async fn person(tx: &mut Tx<'_>, shop: ShopId, id: CustomerId) -> Result<Person> {
    persons(tx, shop, &[id]).await?.remove(&id).ok_or(Error::NotFound(say!("customer-not-found")))
}

/// Who each of these is today.
pub async fn persons(tx: &mut Tx<'_>, shop: ShopId, ids: &[CustomerId]) -> Result<HashMap<CustomerId, Person>> {
    let (mut whole, merged): (Vec<Customer>, Vec<Customer>) =
        customers(tx, shop, "id", ids).await?.into_iter().partition(|customer| customer.merged_into.is_none());
    let asked: BTreeSet<CustomerId> = whole.iter().map(|customer| customer.id).collect();
    let others: BTreeSet<CustomerId> = merged.iter().map(Customer::person).filter(|id| !asked.contains(id)).collect();
    whole.extend(customers(tx, shop, "id", &others.into_iter().collect::<Vec<_>>()).await?);

    let ids: Vec<CustomerId> = whole.iter().map(|customer| customer.id).collect();
    let mut parts: HashMap<CustomerId, Vec<Customer>> = HashMap::new();
    for part in customers(tx, shop, "merged_into", &ids).await? {
        parts.entry(part.person()).or_default().push(part);
    }
    let mut addresses = addresses(tx, shop, &ids).await?;
    let mut persons: HashMap<CustomerId, Person> = HashMap::new();
    for mut customer in whole {
        customer.identities = addresses.remove(&customer.id).unwrap_or_default();
        let parts = parts.remove(&customer.id).unwrap_or_default();
        persons.insert(customer.id, Person::new(customer, parts));
    }
    for part in merged {
        if let Some(person) = persons.get(&part.person()).cloned() {
            persons.insert(part.id, person);
        }
    }
    Ok(persons)
}

async fn customers(tx: &mut Tx<'_>, shop: ShopId, by: &str, ids: &[CustomerId]) -> Result<Vec<Customer>> {
    let sql = format!("SELECT {COLUMNS} FROM customers_customers WHERE shop_id = $1 AND {by} IN ($ids)");
    let mut all: Vec<Customer> = tx.rows_among(&sql, shop, ids).await?.iter().map(read).collect::<Result<_>>()?;
    all.sort_by_key(|customer| customer.id);
    Ok(all)
}

/// The addresses each person is known by, each once though several of their parts may know it.
async fn addresses(tx: &mut Tx<'_>, shop: ShopId, ids: &[CustomerId]) -> Result<HashMap<CustomerId, Vec<Identity>>> {
    let sql = "SELECT id, kind, address, verified, created_at, customer_id, address_key FROM customers_identities \
               WHERE shop_id = $1 AND customer_id IN ($ids)";
    let rows = tx.rows_among(sql, shop, ids).await?;
    let mut rows: Vec<Known> = rows.iter().map(known).collect::<Result<_>>()?;
    rows.sort_by_key(|(_, identity)| identity.id);
    // the proof of an address counts, whoever of them has it
    let proved: BTreeSet<Place> = rows.iter().filter(|(_, identity)| identity.verified).map(|(place, _)| place.clone()).collect();
    let (mut said, mut all) = (BTreeSet::new(), HashMap::<CustomerId, Vec<Identity>>::new());
    for (place, identity) in rows {
        let of = place.0;
        if (identity.verified || !proved.contains(&place)) && said.insert(place) {
            all.entry(of).or_default().push(identity);
        }
    }
    Ok(all)
}

/// Whose address of which kind it is, and what it is known again by.
type Place = (CustomerId, AddressKind, String);
type Known = (Place, Identity);

fn known(row: &Row) -> Result<Known> {
    let identity = identity(row)?;
    Ok(((row.get(5)?, identity.kind, row.get(6)?), identity))
}
