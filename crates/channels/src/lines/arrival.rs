//! An arrival: a partner's call as it came, until what it tells has been taken in.

use kernel::{ArrivalId, LineId, Result, ShopId, Timestamp, days};
use platform::{Tx, sweep::Sweep};

use crate::store::arrivals as store;

/// That a call has come is known for so long, and what nobody understood can be looked at: partners repeat one for a week at most.
const KEPT: i64 = days(30);

/// A partner's call.
#[derive(Debug, Clone)]
pub struct Arrival {
    pub shop: ShopId,
    pub id: ArrivalId,
    pub line: LineId,
    /// A hash of what it says: the same call is the same.
    pub digest: String,
    /// What it says, until all of that has been taken in; for good where nobody understands it.
    pub body: Option<String>,
    /// So much of what it tells is still to be taken in.
    pub remaining: i64,
    /// Why nobody understands it.
    pub fault: Option<String>,
    pub received_at: Timestamp,
}

pub fn sweep() -> Sweep {
    Sweep::of_rows("arrivals", |tx| Box::pin(forget_old(tx)))
}

async fn forget_old(tx: &mut Tx<'_>) -> Result<u64> {
    let before = tx.now() - KEPT;
    store::forget_old(tx, before).await
}
