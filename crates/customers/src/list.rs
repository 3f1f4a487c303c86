//! The list of customers: all of them, those seen last first, or those that are looked for.

use kernel::{Cursor, CustomerId, CustomerTagId, Language, Page, Result, ShopId, Timestamp};
use platform::{Tx, search};

use crate::{
    person::{self, CUSTOMER, Person},
    store,
    view::Profile,
};

/// What is looked for in the search index before it is narrowed.
const LOOKED_THROUGH: i64 = 8;

/// Which customers are meant: all that is given must be true of them, as they are shown.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    pub tag: Option<CustomerTagId>,
    pub language: Option<Language>,
    pub country: Option<String>,
    pub blocked: Option<bool>,
    pub seen_since: Option<Timestamp>,
}

impl Filter {
    fn fits(&self, Profile { person, tags }: &Profile) -> bool {
        self.tag.is_none_or(|tag| tags.contains(&tag))
            && self.language.is_none_or(|language| person.language == Some(language))
            && self.country.as_ref().is_none_or(|country| person.country.as_ref() == Some(country))
            && self.blocked.is_none_or(|blocked| person.blocked_at.is_some() == blocked)
            && self.seen_since.is_none_or(|since| person.last_seen_at >= since)
    }

    /// Whether it asks for something that may show through from whoever was merged into a customer.
    pub(crate) fn looks_through(&self) -> bool {
        self.language.is_some() || self.country.is_some() || self.blocked == Some(true)
    }
}

/// A page of those meant, the last seen first.
pub(crate) async fn page(tx: &mut Tx<'_>, shop: ShopId, filter: &Filter, after: Cursor, limit: i64) -> Result<Page<Profile>> {
    let found = store::list::page(tx, shop, filter, after, limit + 1).await?;
    let Page { items, next } = Page::cut(found, limit as usize, |(seen, id)| Cursor { key: seen.micros(), id: (*id).into() });
    Ok(Page { items: profiles(tx, shop, items.into_iter().map(|(_, id)| id)).await?, next })
}

/// Those meant whom a few words of a name or an address lead to.
pub(crate) async fn find(tx: &mut Tx<'_>, shop: ShopId, filter: &Filter, query: &str, limit: i64) -> Result<Vec<Profile>> {
    let mut found = search(tx, shop, query, limit * LOOKED_THROUGH).await?;
    found.retain(|profile| filter.fits(profile));
    found.truncate(limit as usize);
    Ok(found)
}

/// The customers a few words lead to.
pub async fn search(tx: &mut Tx<'_>, shop: ShopId, query: &str, limit: i64) -> Result<Vec<Profile>> {
    let found = search::find(tx, shop, CUSTOMER, query, limit).await?;
    profiles(tx, shop, found.into_iter().map(CustomerId::from)).await
}

async fn profiles(tx: &mut Tx<'_>, shop: ShopId, ids: impl Iterator<Item = CustomerId>) -> Result<Vec<Profile>> {
    let ids: Vec<CustomerId> = ids.collect();
    let mut persons = person::by_ids(tx, shop, &ids).await?;
    let in_order: Vec<Person> = ids.iter().filter_map(|id| persons.remove(id)).collect();
    Profile::of_each(tx, shop, in_order).await
}
