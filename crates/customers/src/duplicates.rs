//! Customers who may be one person, and why it looks so. Only a member decides whether they are.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{CustomerId, Result, ShopId, invalid, say};
use platform::{Agent, Tx, keyed};

use crate::{
    customer::{self, AddressKind, Identity},
    events::CustomersToldApart,
    person::{self, Person},
    store,
};

/// No more are suggested: nobody reads a longer list.
const MOST: usize = 10;
/// So many of a customer's addresses are looked for, the newest, and so many others with each.
const LOOKED_AT: usize = 20;

keyed! {
    /// What two customers have in common; the strongest first.
    pub enum Likeness {
        /// Both have said this e-mail address, or one of them has proved it.
        SameEmail = "same_email",
        /// One of them ordered as a guest, and the other has this address.
        GuestAddress = "guest_address",
        SamePhone = "same_phone",
        /// The same full name, in the same country.
        SameName = "same_name",
    }
}

/// One thing two customers have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reason {
    pub likeness: Likeness,
    /// The address or name they share.
    pub shared: String,
}

/// Somebody who may be the same person.
#[derive(Debug, Clone)]
pub struct Duplicate {
    pub person: Person,
    pub reasons: Vec<Reason>,
}

/// Who may be the same person as this customer, the likeliest first.
///
/// Errors: `NotFound`.
pub async fn of(tx: &mut Tx<'_>, shop: ShopId, id: CustomerId) -> Result<Vec<Duplicate>> {
    let me = person::by_id(tx, shop, id).await?;
    let apart: BTreeSet<CustomerId> = store::told_apart(tx, shop, &me.ids()).await?.into_iter().map(|(_, other)| other).collect();
    let mut found = by_address(tx, shop, &me).await?;
    for (other, name) in by_name(tx, shop, &me).await? {
        found.entry(other).or_default().insert(Reason { likeness: Likeness::SameName, shared: name });
    }
    found.remove(&me.id);
    let ids: Vec<CustomerId> = found.keys().copied().collect();
    let mut persons = person::by_ids(tx, shop, &ids).await?;
    let mut all: Vec<Duplicate> = found
        .into_iter()
        .filter_map(|(other, reasons)| Some(Duplicate { person: persons.remove(&other)?, reasons: reasons.into_iter().collect() }))
        .filter(|duplicate| duplicate.person.ids().iter().all(|id| !apart.contains(id)))
        .collect();
    all.sort_by_key(|duplicate| {
        (duplicate.reasons.first().map(|reason| reason.likeness), std::cmp::Reverse(duplicate.person.last_seen_at))
    });
    all.truncate(MOST);
    Ok(all)
}

type Found = BTreeMap<CustomerId, BTreeSet<Reason>>;

async fn by_address(tx: &mut Tx<'_>, shop: ShopId, me: &Person) -> Result<Found> {
    let mut found = Found::new();
    for Identity { kind, address, .. } in me.identities.iter().rev().take(LOOKED_AT) {
        for (theirs, likeness) in alike(*kind) {
            for other in store::known_by(tx, shop, *theirs, address, LOOKED_AT as i64).await? {
                found.entry(other).or_default().insert(Reason { likeness: *likeness, shared: address.clone() });
            }
        }
    }
    Ok(found)
}

/// In which kinds of address the same one may stand, and what that says.
fn alike(kind: AddressKind) -> &'static [(AddressKind, Likeness)] {
    match kind {
        AddressKind::Email => &[
            (AddressKind::Email, Likeness::SameEmail),
            (AddressKind::Sender, Likeness::SameEmail),
            (AddressKind::Guest, Likeness::GuestAddress),
        ],
        AddressKind::Guest => &[(AddressKind::Email, Likeness::GuestAddress), (AddressKind::Sender, Likeness::GuestAddress)],
        AddressKind::Sender => &[(AddressKind::Email, Likeness::SameEmail), (AddressKind::Guest, Likeness::GuestAddress)],
        AddressKind::Phone => &[(AddressKind::Phone, Likeness::SamePhone)],
        // the shop, or the partner, says who that is
        AddressKind::Account | AddressKind::Handle => &[],
    }
}

/// Those with the same full name in the same country: one name alone says nothing.
async fn by_name(tx: &mut Tx<'_>, shop: ShopId, me: &Person) -> Result<Vec<(CustomerId, String)>> {
    let (Some(name), Some(name_key), Some(country)) = (&me.name, me.name_key(), &me.country) else { return Ok(Vec::new()) };
    let ids = store::called(tx, shop, &name_key, country, LOOKED_AT as i64).await?;
    let found = person::by_ids(tx, shop, &ids).await?.into_values();
    let same = |other: &Person| other.country.as_ref() == Some(country) && other.name_key().as_ref() == Some(&name_key);
    Ok(found.filter(same).map(|other| (other.id, name.clone())).collect())
}

/// Writes down that two customers are not the same person, or that they may be after all. Saying it again changes nothing.
///
/// Errors: `Invalid` when both are the same, `Conflict` when one of them is part of somebody else.
pub async fn tell_apart(tx: &mut Tx<'_>, who: &Agent, id: CustomerId, other: CustomerId, apart: bool) -> Result<()> {
    for one in [id, other] {
        customer::by_id(tx, who.shop, one).await?.must_be_whole()?;
    }
    if id == other {
        return Err(invalid("other", say!("merged-with-itself")));
    }
    let (mine, theirs) = (person::by_id(tx, who.shop, id).await?.ids(), person::by_id(tx, who.shop, other).await?.ids());
    let told: Vec<_> = store::told_apart(tx, who.shop, &mine).await?.into_iter().filter(|(_, other)| theirs.contains(other)).collect();
    if told.is_empty() != apart {
        return Ok(());
    }
    for (one, other) in &told {
        store::remove_distinction(tx, who.shop, *one, *other).await?;
    }
    if apart {
        store::insert_distinction(tx, who.shop, id, other).await?;
    }
    tx.announce(who, CustomersToldApart { customer: id, other, apart }).await.map(drop)
}
