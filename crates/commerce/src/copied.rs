//! Orders, products and stock that were copied from a shop system, when the copy is taken out again.

use customers::copied::{PIECE, Piece, own};
use kernel::{CustomerId, OrderId, ProductId, Result, ShopId};
use platform::{Tx, search};

use crate::{
    action::ActionState,
    order::{ORDER, Order},
    product::PRODUCT,
    sales, store,
};

/// Erases orders that came from there, and what was done to them; says whose they were. `None` while the shop system is being asked
/// about one of them: its answer is waited for.
///
/// Of an order whose buyer was erased nobody knows any more where it came from: it stays a sum.
pub async fn erase_orders(
    tx: &mut Tx<'_>,
    shop: ShopId,
    source: &str,
    after: OrderId,
) -> Result<Option<(Piece<OrderId>, Vec<CustomerId>)>> {
    let orders = store::orders_by_id(tx, shop, after, PIECE).await?;
    let (looked_at, last) = (orders.len(), orders.last().map(|order| order.id));
    let theirs: Vec<Order> = orders.into_iter().filter(|order| own(&order.facts.reference, source).is_some()).collect();
    let ids: Vec<OrderId> = theirs.iter().map(|order| order.id).collect();
    if store::actions::of_orders(tx, shop, &ids).await?.iter().any(|action| action.state == ActionState::Asked) {
        return Ok(None);
    }
    sales::take_out(tx, shop, &theirs).await?;
    store::actions::remove_of(tx, shop, &ids).await?;
    store::remove_orders(tx, shop, &ids).await?;
    for id in &ids {
        search::remove(tx, shop, ORDER, (*id).into()).await?;
    }
    let mut buyers: Vec<CustomerId> = theirs.iter().map(|order| order.customer_first).collect();
    buyers.sort_unstable();
    buyers.dedup();
    Ok(Some((Piece::of(ids.len(), looked_at, last), buyers)))
}

/// Erases products that came from there, with their variants.
pub async fn erase_products(tx: &mut Tx<'_>, shop: ShopId, source: &str, after: ProductId) -> Result<Piece<ProductId>> {
    let products = store::products_by_id(tx, shop, after, PIECE).await?;
    let (looked_at, last) = (products.len(), products.last().map(|product| product.id));
    let theirs = products.into_iter().filter(|product| own(&product.facts.reference, source).is_some());
    let ids: Vec<ProductId> = theirs.map(|product| product.id).collect();
    store::companions::remove(tx, shop, &ids).await?;
    store::remove_products(tx, shop, &ids).await?;
    for id in &ids {
        search::remove(tx, shop, PRODUCT, (*id).into()).await?;
    }
    Ok(Piece::of(ids.len(), looked_at, last))
}

/// Forgets what was counted of variants that came from there, whether their products were ever told of or not; says behind which
/// variant there is more.
pub async fn erase_stock(tx: &mut Tx<'_>, shop: ShopId, source: &str, after: &str) -> Result<Option<String>> {
    let variants = store::variants_counted(tx, shop, after, PIECE).await?;
    let theirs: Vec<String> = variants.iter().filter(|variant| own(variant, source).is_some()).cloned().collect();
    store::remove_stock(tx, shop, &theirs).await?;
    let is_whole = variants.len() as i64 == PIECE;
    Ok(variants.into_iter().next_back().filter(|_| is_whole))
}
