//! A visit: from where somebody came to the shop's pages, and how far they got.

use kernel::{Result, Timestamp, minutes};
use platform::{Tx, keyed};
use serde::{Deserialize, Serialize};

use crate::{store, whose::Whose};

/// Whoever was quiet for so long begins another visit.
pub const QUIET: i64 = minutes(30);
/// So many of a customer's visits are kept, the newest.
pub(crate) const KEPT: i64 = 20;
/// So many of a visit's searches are kept, the newest.
const SEARCHES: usize = 10;

keyed! {
    /// How far somebody is in the checkout.
    pub enum Checkout {
        Started = "started",
        Contact = "contact",
        Delivery = "delivery",
        Payment = "payment",
        Completed = "completed",
    }
}

/// What a link said of itself: `utm_source` and its kin.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Campaign {
    pub source: Option<String>,
    pub medium: Option<String>,
    pub name: Option<String>,
    pub term: Option<String>,
    /// Which post, picture or link of it.
    pub content: Option<String>,
}

/// Where a visit came from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CameFrom {
    /// The page that led here, without what stands behind its path.
    pub referrer: Option<String>,
    pub campaign: Option<Campaign>,
}

/// A page of the shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PageSeen {
    /// Without what stands behind its path.
    pub address: Option<String>,
    pub title: Option<String>,
}

/// What is known of a visit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    pub source: CameFrom,
    /// The page they are on, or were last.
    pub page: Option<PageSeen>,
    /// The newest first.
    pub searches: Vec<String>,
    pub checkout: Option<Checkout>,
}

/// A visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    pub whose: Whose,
    pub began_at: Timestamp,
    pub last_at: Timestamp,
    pub facts: Facts,
}

impl Visit {
    /// The visit in which something happens now: the last one while it goes on. A link from elsewhere begins another.
    pub(crate) fn after(last: Option<Visit>, whose: Whose, source: Option<&CameFrom>, now: Timestamp) -> Visit {
        let goes_on = |visit: &Visit| now - visit.last_at <= QUIET && source.is_none_or(|source| *source == visit.facts.source);
        match last.filter(goes_on) {
            Some(visit) => Visit { whose, last_at: now, ..visit },
            None => {
                let facts = Facts { source: source.cloned().unwrap_or_default(), ..Facts::default() };
                Visit { whose, began_at: now, last_at: now, facts }
            }
        }
    }

    pub(crate) fn is_new(&self) -> bool {
        self.began_at == self.last_at
    }

    pub(crate) fn search(&mut self, query: &str) {
        self.facts.searches.retain(|other| other != query);
        self.facts.searches.insert(0, query.to_owned());
        self.facts.searches.truncate(SEARCHES);
    }
}

/// The visit something happens in now.
pub(crate) async fn going_on(tx: &mut Tx<'_>, whose: Whose, source: Option<&CameFrom>) -> Result<Visit> {
    let last = store::visits::newest_as(tx, whose).await?;
    Ok(Visit::after(last, whose, source, tx.now()))
}

#[cfg(test)]
mod tests {
    use kernel::{ShopId, seconds};

    use super::*;

    fn whose() -> Whose {
        let nobody = uuid::Uuid::nil().into();
        Whose { shop: ShopId::NONE, first: nobody, now: nobody }
    }

    #[test]
    fn a_visit_goes_on_until_it_was_quiet_or_somebody_came_from_elsewhere() {
        let began = Timestamp::from_micros(0);
        let from = |referrer: &str| CameFrom { referrer: Some(referrer.into()), campaign: None };
        let (search, post) = (from("https://search.example/"), from("https://social.example/post"));
        let last = || Visit::after(None, whose(), Some(&search), began);
        for (later, source, goes_on) in [
            (seconds(1), None, true),
            (QUIET, None, true),
            (QUIET + 1, None, false),
            (seconds(1), Some(&search), true),
            (seconds(1), Some(&post), false),
        ] {
            let visit = Visit::after(Some(last()), whose(), source, began + later);
            assert_eq!(visit.began_at == began, goes_on, "{later} {source:?}");
            assert_eq!(visit.last_at, began + later);
        }
    }

    #[test]
    fn the_newest_searches_are_kept_each_once() {
        let mut visit = Visit::after(None, whose(), None, Timestamp::from_micros(0));
        for n in 0..=SEARCHES {
            visit.search(&format!("tent {n}"));
        }
        visit.search("tent 5");
        assert_eq!(visit.facts.searches.len(), SEARCHES);
        assert_eq!((visit.facts.searches[0].as_str(), visit.facts.searches[SEARCHES - 1].as_str()), ("tent 5", "tent 1"));
    }
}
