//! Stock: how many of a variant are left at each place, as the shop's own system last counted.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Result, ShopId, Timestamp};
use platform::{Tx, event::Acting};
use serde::Deserialize;

use crate::{events::StockChanged, store, telling};

/// How many of a variant are left at one place.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// The shop's own id of the variant.
    pub variant: String,
    /// What the shop calls the place.
    pub location: String,
    /// How many can be sold; below zero when more were sold than there were.
    pub available: i64,
    pub changed_at: Timestamp,
}

/// How many of a variant are left, place by place, as the shop's own books say it now; nowhere where it is not counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The shop's own id of the variant.
    pub variant: String,
    /// By what the shop calls the place.
    pub left: BTreeMap<String, i64>,
}

/// How many can be sold, of all places together.
pub fn left(levels: &[Level]) -> i64 {
    levels.iter().fold(0, |sum, level| sum.saturating_add(level.available))
}

/// Writes down what was counted. Of a variant nobody has told of yet, it is kept until somebody does.
///
/// Errors: `Invalid` when it was counted in the future.
pub async fn record(tx: &mut Tx<'_>, who: &impl Acting, levels: Vec<Level>) -> Result<()> {
    let (shop, now) = (who.actor().shop, tx.now());
    let mut changed = BTreeSet::new();
    for level in levels {
        telling::must_have_been(level.changed_at, now)?;
        if store::save_level(tx, shop, &level).await? {
            changed.insert(level.variant);
        }
    }
    announce(tx, who, shop, changed).await
}

/// Writes down what was just read in the shop's own books, page after page: whatever they say now is the newest, and a place they do
/// not name any more is none.
pub async fn copy(tx: &mut Tx<'_>, who: &impl Acting, counts: Vec<Count>) -> Result<()> {
    let (shop, now) = (who.actor().shop, tx.now());
    let variants: Vec<String> = counts.iter().map(|count| count.variant.clone()).collect();
    let mut known: BTreeMap<String, BTreeMap<String, i64>> = BTreeMap::new();
    for Level { variant, location, available, .. } in store::levels_of(tx, shop, &variants).await? {
        known.entry(variant).or_default().insert(location, available);
    }
    let mut changed = BTreeSet::new();
    for Count { variant, left } in counts {
        if known.remove(&variant).unwrap_or_default() == left {
            continue;
        }
        store::remove_stock(tx, shop, std::slice::from_ref(&variant)).await?;
        for (location, available) in left {
            store::save_level(tx, shop, &Level { variant: variant.clone(), location, available, changed_at: now }).await?;
        }
        changed.insert(variant);
    }
    announce(tx, who, shop, changed).await
}

async fn announce(tx: &mut Tx<'_>, who: &impl Acting, shop: ShopId, changed: BTreeSet<String>) -> Result<()> {
    let changed: Vec<String> = changed.into_iter().collect();
    let products: BTreeSet<_> = store::products_of(tx, shop, &changed).await?.into_iter().collect();
    for product in products {
        tx.announce(who, StockChanged { product }).await?;
    }
    Ok(())
}
