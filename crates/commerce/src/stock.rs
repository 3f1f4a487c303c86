//! Stock: how many of a variant are left at each place, as the shop's own system last counted.

use std::collections::BTreeSet;

use kernel::{Result, Timestamp};
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
    let changed: Vec<String> = changed.into_iter().collect();
    let products: BTreeSet<_> = store::products_of(tx, shop, &changed).await?.into_iter().collect();
    for product in products {
        tx.announce(who, StockChanged { product }).await?;
    }
    Ok(())
}
