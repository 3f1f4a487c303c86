//! Until when somebody who was missed is called back: so many minutes in which the shop is open.

use kernel::{DepartmentId, Result, ShopId, Timestamp, minutes};
use platform::Tx;
use team::schedule::{self, OpenState};

/// So many times a shop opens or closes until then; what is further away is promised to nobody.
const MOST_CHANGES: usize = 50;

/// When so many minutes have passed in which the shop, or the department, is open; none where it does not open.
pub async fn after(
    tx: &mut Tx<'_>,
    shop: ShopId,
    department: Option<DepartmentId>,
    from: Timestamp,
    within: i64,
) -> Result<Option<Timestamp>> {
    let (mut at, mut left) = (from, minutes(within));
    for _ in 0..MOST_CHANGES {
        match schedule::open_state(tx, shop, department, at).await? {
            OpenState { open: true, changes_at: Some(closes) } if closes - at < left => {
                left -= closes - at;
                at = closes;
            }
            OpenState { open: true, .. } => return Ok(Some(at + left)),
            OpenState { open: false, changes_at: Some(opens) } => at = opens,
            OpenState { open: false, changes_at: None } => return Ok(None),
        }
    }
    Ok(None)
}
