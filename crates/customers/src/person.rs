//! A person: a customer together with all who were merged into them.
//!
//! A merge copies nothing. Each keeps what was told of them, and what agents see is put together each time it is read: so
//! there is nothing to take back when a merge is undone, in whatever order that happens.

use std::{
    collections::{BTreeSet, HashMap},
    ops::Deref,
};

use kernel::{CustomerId, Result, ShopId};
use platform::{Tx, search};

use crate::{
    customer::{self, Customer},
    store,
};

/// The kind under which customers are found.
pub(crate) const CUSTOMER: &str = "customer";

/// A customer as agents see them. What belongs to a part of them alone is the part's own record.
#[derive(Debug, Clone)]
pub struct Person {
    shown: Customer,
    /// Those merged into them, the oldest first.
    pub parts: Vec<Customer>,
}

impl Deref for Person {
    type Target = Customer;
    fn deref(&self) -> &Customer {
        &self.shown
    }
}

impl Person {
    /// Puts together what is known: what the customer lacks shows through from those merged into them.
    pub(crate) fn new(own: Customer, parts: Vec<Customer>) -> Self {
        let mut shown = own;
        for part in &parts {
            shown.name = shown.name.or_else(|| part.name.clone());
            shown.language = shown.language.or(part.language);
            shown.country = shown.country.or_else(|| part.country.clone());
            shown.time_zone = shown.time_zone.or_else(|| part.time_zone.clone());
            shown.preferred_channel = shown.preferred_channel.or(part.preferred_channel);
            shown.birthday = shown.birthday.or(part.birthday);
            shown.blocked_at = shown.blocked_at.or(part.blocked_at);
            shown.created_at = shown.created_at.min(part.created_at);
            shown.last_seen_at = shown.last_seen_at.max(part.last_seen_at);
        }
        Person { shown, parts }
    }

    /// The customer and all merged into them.
    pub fn ids(&self) -> Vec<CustomerId> {
        std::iter::once(self.id).chain(self.parts.iter().map(|part| part.id)).collect()
    }

    fn search_text(&self) -> String {
        let names = self.parts.iter().filter_map(|part| part.name.as_deref());
        std::iter::once(self.shown.search_text().as_str()).chain(names).collect::<Vec<_>>().join(" ")
    }
}

/// Who this is today: the customer of this id, or whom they were merged into.
///
/// Errors: `NotFound`.
pub async fn by_id(tx: &mut Tx<'_>, shop: ShopId, id: CustomerId) -> Result<Person> {
    let id = customer::by_id(tx, shop, id).await?.person();
    store::person(tx, shop, id).await
}

/// Who these are today, for lists.
pub async fn by_ids(tx: &mut Tx<'_>, shop: ShopId, ids: &[CustomerId]) -> Result<HashMap<CustomerId, Person>> {
    let ids: Vec<CustomerId> = ids.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    store::persons(tx, shop, &ids).await
}

/// Makes somebody findable by all their names and addresses.
pub(crate) async fn make_findable(tx: &mut Tx<'_>, shop: ShopId, id: CustomerId) -> Result<()> {
    let person = store::person(tx, shop, id).await?;
    let known_at = person.last_seen_at.unwrap_or(person.created_at);
    search::put(tx, shop, CUSTOMER, id.into(), known_at, &person.search_text()).await
}

#[cfg(test)]
mod tests {
    use kernel::{Language, Timestamp};

    use super::*;

    fn customer(number: u128, name: Option<&str>) -> Customer {
        let id = uuid::Uuid::from_u128(number);
        let at = Timestamp::from_micros(number as i64);
        Customer { name: name.map(str::to_owned), ..Customer::new(id.into(), id.into(), at) }
    }

    #[test]
    fn what_a_customer_lacks_shows_through_from_those_merged_into_them() {
        for (own, parts, name) in [
            (Some("Mara"), vec![], Some("Mara")),
            (None, vec![Some("Mara")], Some("Mara")),
            (Some("Mara Lind"), vec![Some("Mara")], Some("Mara Lind")),
            (None, vec![None, Some("Mara"), Some("M. Lind")], Some("Mara")),
        ] {
            let parts = parts.iter().zip(2..).map(|(name, number)| customer(number, *name)).collect();
            assert_eq!(Person::new(customer(1, own), parts).name.as_deref(), name);
        }
    }

    #[test]
    fn somebody_is_blocked_when_any_of_them_is_and_was_seen_when_any_of_them_was() {
        let (own, mut part) = (customer(5, None), customer(9, None));
        (part.blocked_at, part.last_seen_at, part.language) = (Some(part.created_at), Some(part.created_at), Some(Language::Tr));
        let person = Person::new(own.clone(), vec![part.clone()]);
        assert_eq!((person.blocked_at, person.language), (part.blocked_at, Some(Language::Tr)));
        assert_eq!((person.created_at, person.last_seen_at), (own.created_at, Some(part.created_at)));
        assert_eq!(person.id, own.id);
    }
}
