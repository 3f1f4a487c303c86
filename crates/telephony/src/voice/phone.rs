//! A member's own telephone, on which calls reach them.

use kernel::{Result, ShopId, conflict, invalid, say};
use platform::{Agent, Tx};

use super::prefixes;
use crate::{
    events::OwnPhoneChanged,
    store::{lines, phones as store},
};

/// How numbers begin that some line of the shop may ring; nothing where no line rings anybody.
pub async fn prefixes_rung(tx: &mut Tx<'_>, shop: ShopId) -> Result<Vec<String>> {
    let lines = lines::all(tx, shop).await?;
    let mut prefixes: Vec<String> = lines.into_iter().filter_map(|line| line.voice).flat_map(|voice| voice.prefixes).collect();
    prefixes.sort();
    prefixes.dedup();
    Ok(prefixes)
}

/// Has calls reach whoever asks at this number, or at none.
///
/// Errors: `Conflict` where no line rings anybody, `Invalid` when it does not begin as those that are rung.
pub async fn choose(tx: &mut Tx<'_>, who: &Agent, number: Option<&str>) -> Result<()> {
    match number {
        Some(number) => {
            let prefixes = prefixes_rung(tx, who.shop).await?;
            if prefixes.is_empty() {
                return Err(conflict(say!("no-line-rings-members")));
            }
            if !prefixes::may_ring(number, &prefixes) {
                return Err(invalid("number", say!("number-not-rung", prefixes = prefixes.join(", "))));
            }
            store::put(tx, who.shop, who.id, number).await?;
        }
        None => store::remove(tx, who.shop, who.id).await?,
    }
    tx.announce(who, OwnPhoneChanged { member: who.id }).await.map(drop)
}
