//! The list of customers: all of them, those seen last first, or those that are looked for.

use kernel::{Cursor, CustomerId, CustomerTagId, Language, Page, Result, ShopId, Timestamp};
use platform::Tx;

use crate::{
    person::{self, CUSTOMER},
    store,
    view::Profile,
};

/// What is looked for in the search index before it is narrowed.
const LOOKED_THROUGH: i64 = 8;

/// Which customers are meant: all that is given must be true of them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    pub tag: Option<CustomerTagId>,
    pub language: Option<Language>,
    pub country: Option<String>,
    pub blocked: Option<bool>,
    pub seen_since: Option<Timestamp>,
    /// Those who only looked around, instead of those who wrote, bought or said who they are.
    pub visitors: bool,
}

impl Filter {
    fn fits(&self, Profile { person, tags }: &Profile) -> bool {
        self.tag.is_none_or(|tag| tags.contains(&tag))
            && self.language.is_none_or(|language| person.language == Some(language))
            && self.country.as_ref().is_none_or(|country| person.country.as_ref() == Some(country))
            && self.blocked.is_none_or(|blocked| person.blocked_at.is_some() == blocked)
            && self.seen_since.is_none_or(|since| person.last_seen_at >= Some(since))
    }
}

/// A page of those meant, the last seen first.
pub(crate) async fn page(tx: &mut Tx<'_>, shop: ShopId, filter: &Filter, after: Cursor, limit: i64) -> Result<Page<Profile>> {
    let recent = store::list::page(tx, shop, filter, after, limit + 1).await?;
    let Page { items, next } = Page::cut(recent, limit as usize, |(id, seen)| Cursor { key: seen.micros(), id: (*id).into() });
    let ids: Vec<CustomerId> = items.into_iter().map(|(id, _)| id).collect();
    Ok(Page { items: in_order(tx, shop, &ids).await?, next })
}

/// Those meant who come after `last`, the oldest first, and who is the last of them if there may be more: for whoever wants
/// all of them, though some are seen meanwhile.
pub(crate) async fn after(
    tx: &mut Tx<'_>,
    shop: ShopId,
    filter: &Filter,
    last: CustomerId,
    limit: i64,
) -> Result<(Vec<Profile>, Option<CustomerId>)> {
    let ids = store::list::after(tx, shop, filter, last, limit).await?;
    let next = ids.last().copied().filter(|_| ids.len() as i64 == limit);
    Ok((in_order(tx, shop, &ids).await?, next))
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
    let found = platform::search::find(tx, shop, CUSTOMER, query, limit).await?;
    in_order(tx, shop, &found.into_iter().map(CustomerId::from).collect::<Vec<_>>()).await
}

async fn in_order(tx: &mut Tx<'_>, shop: ShopId, ids: &[CustomerId]) -> Result<Vec<Profile>> {
    let mut persons = person::by_ids(tx, shop, ids).await?;
    Profile::of_each(tx, shop, ids.iter().filter_map(|id| persons.remove(id)).collect()).await
}
