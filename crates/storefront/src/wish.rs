//! What a customer wishes for: a list of theirs, a guest's too.

use kernel::{Result, Timestamp};
use platform::Tx;

use crate::{store, viewed::ProductSeen, whose::Whose};

/// So many wishes of a customer are kept, the newest.
pub(crate) const KEPT: i64 = 100;

/// That a customer wishes for a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    pub whose: Whose,
    pub product: ProductSeen,
    /// Since when.
    pub at: Timestamp,
}

/// Puts a product on the list. One that is on it stays where it is.
pub(crate) async fn wish(tx: &mut Tx<'_>, whose: Whose, product: &ProductSeen) -> Result<()> {
    let at = tx.now();
    store::wishes::add(tx, &Wish { whose, product: product.clone(), at }).await?;
    store::wishes::keep_newest(tx, whose, KEPT).await
}
