//! How long what shoppers do is kept.

use kernel::days;
use platform::sweep::Sweep;

use crate::store;

/// Carts nobody has touched for so long are forgotten.
pub const CARTS_KEPT: i64 = days(30);
/// Visits and products looked at are forgotten after so long.
pub const VISITS_KEPT: i64 = days(90);
/// Wishes are forgotten after a year.
pub const WISHES_KEPT: i64 = days(365);

pub(crate) fn sweeps() -> Vec<Sweep> {
    vec![
        Sweep::of_rows("carts", |tx| {
            Box::pin(async {
                let before = tx.now() - CARTS_KEPT;
                store::carts::forget_old(tx, before).await
            })
        }),
        Sweep::of_rows("product_views", |tx| {
            Box::pin(async {
                let before = tx.now() - VISITS_KEPT;
                store::views::forget_old(tx, before).await
            })
        }),
        Sweep::of_rows("visits", |tx| {
            Box::pin(async {
                let before = tx.now() - VISITS_KEPT;
                store::visits::forget_old(tx, before).await
            })
        }),
        Sweep::of_rows("wishes", |tx| {
            Box::pin(async {
                let before = tx.now() - WISHES_KEPT;
                store::wishes::forget_old(tx, before).await
            })
        }),
    ]
}
