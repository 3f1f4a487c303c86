//! Tags: the shop's own words to sort customers by.

use std::collections::BTreeSet;

use kernel::{CustomerId, CustomerTagId, Error, Result, ShopId, conflict, invalid, say};
use platform::{Agent, Tx, event::Acting};

use crate::{
    customer,
    events::{CustomerTagged, CustomerTagsChanged},
    person::{self, Person},
    store::tags as store,
};

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    pub id: CustomerTagId,
    pub name: String,
}

/// A shop has at most so many; more is a sign that an attribute is meant.
pub(crate) const MOST: usize = 500;

/// The shop's tags for customers, by name.
pub async fn all(tx: &mut Tx<'_>, shop: ShopId) -> Result<Vec<Tag>> {
    store::all(tx, shop).await
}

/// Adds a tag.
///
/// Errors: `Conflict` when the name is taken.
pub async fn create(tx: &mut Tx<'_>, who: &impl Acting, name: String) -> Result<Tag> {
    let shop = who.actor().shop;
    if store::all(tx, shop).await?.len() >= MOST {
        return Err(conflict(say!("too-many-customer-tags", most = MOST)));
    }
    let tag = Tag { id: tx.new_id(), name };
    if !store::insert(tx, shop, &tag).await? {
        return Err(taken(&tag.name));
    }
    tx.announce(who, CustomerTagsChanged { tag: tag.id }).await?;
    Ok(tag)
}

/// Renames a tag.
///
/// Errors: `Conflict` when the name is taken.
pub async fn rename(tx: &mut Tx<'_>, who: &Agent, id: CustomerTagId, name: String) -> Result<Tag> {
    let tags = store::all(tx, who.shop).await?;
    let tag = Tag { name, ..named(&tags, id)? };
    let key = tag.name.to_lowercase();
    if tags.iter().any(|other| other.id != id && other.name.to_lowercase() == key) {
        return Err(taken(&tag.name));
    }
    store::save(tx, who.shop, &tag).await?;
    tx.announce(who, CustomerTagsChanged { tag: id }).await?;
    Ok(tag)
}

/// Deletes a tag; customers lose it.
pub async fn delete(tx: &mut Tx<'_>, who: &Agent, id: CustomerTagId) -> Result<()> {
    named(&store::all(tx, who.shop).await?, id)?;
    store::remove(tx, who.shop, id).await?;
    tx.announce(who, CustomerTagsChanged { tag: id }).await.map(drop)
}

/// Replaces the tags a customer carries.
///
/// Errors: `Invalid` when one of them is none of the shop's.
pub async fn replace(tx: &mut Tx<'_>, who: &Agent, id: CustomerId, tags: &[CustomerTagId]) -> Result<Person> {
    customer::to_write_about(tx, who.shop, id).await?;
    let known: BTreeSet<CustomerTagId> = store::all(tx, who.shop).await?.into_iter().map(|tag| tag.id).collect();
    let wanted: BTreeSet<CustomerTagId> = tags.iter().copied().collect();
    if !wanted.is_subset(&known) {
        return Err(invalid("tags", say!("customer-tag-deleted")));
    }
    let carried: BTreeSet<CustomerTagId> = store::of(tx, who.shop, id).await?.into_iter().collect();
    for tag in carried.symmetric_difference(&wanted) {
        set(tx, who, id, *tag, wanted.contains(tag)).await?;
    }
    person::by_id(tx, who.shop, id).await
}

/// Gives many customers a tag, or takes it from them; those for whom that was something new.
///
/// Errors: `NotFound` when there is no such tag. Who was erased, or was never known, is passed over.
pub async fn set_for_many(
    tx: &mut Tx<'_>,
    who: &Agent,
    tag: CustomerTagId,
    customers: &[CustomerId],
    tagged: bool,
) -> Result<Vec<CustomerId>> {
    named(&store::all(tx, who.shop).await?, tag)?;
    let persons = person::by_ids(tx, who.shop, customers).await?.into_values();
    // two who were merged are one
    let known: BTreeSet<CustomerId> = persons.filter(|person| person.erased_at.is_none()).map(|person| person.id).collect();
    let mut changed = Vec::new();
    for customer in known {
        if set(tx, who, customer, tag, tagged).await? {
            changed.push(customer);
        }
    }
    Ok(changed)
}

async fn set(tx: &mut Tx<'_>, who: &Agent, customer: CustomerId, tag: CustomerTagId, tagged: bool) -> Result<bool> {
    let changed = match tagged {
        true => store::put(tx, who.shop, customer, tag).await?,
        false => store::take(tx, who.shop, customer, tag).await?,
    };
    if changed {
        tx.announce(who, CustomerTagged { customer, tag, tagged }).await?;
    }
    Ok(changed)
}

fn named(tags: &[Tag], id: CustomerTagId) -> Result<Tag> {
    tags.iter().find(|tag| tag.id == id).cloned().ok_or(Error::NotFound(say!("customer-tag-not-found")))
}

fn taken(name: &str) -> Error {
    conflict(say!("customer-tag-name-taken", name))
}
