//! Statements on what is bought together.

use kernel::{ProductId, Result, ShopId, Timestamp};
use platform::{Tx, db::Row};

use crate::companion::Companion;

/// What goes with a product from now on.
pub async fn save(tx: &mut Tx<'_>, shop: ShopId, product: ProductId, companions: &[Companion], now: Timestamp) -> Result<()> {
    clear(tx, shop, &[product]).await?;
    for (place, companion) in (1_i64..).zip(companions) {
        let sql =
            "INSERT INTO commerce_companions (shop_id, product_id, place, other_id, together, found_at) VALUES ($1, $2, $3, $4, $5, $6)";
        tx.one(sql, &[&shop, &product, &place, &companion.product, &companion.together, &now]).await?;
    }
    Ok(())
}

/// Nothing goes with these products, nor do they with anything.
pub async fn remove(tx: &mut Tx<'_>, shop: ShopId, products: &[ProductId]) -> Result<()> {
    for whose in ["product_id", "other_id"] {
        let sql = format!("DELETE FROM commerce_companions WHERE shop_id = $1 AND {whose} IN ($ids)");
        tx.execute_among(&sql, shop, products).await?;
    }
    Ok(())
}

/// Nothing goes with these products.
async fn clear(tx: &mut Tx<'_>, shop: ShopId, products: &[ProductId]) -> Result<()> {
    tx.execute_among("DELETE FROM commerce_companions WHERE shop_id = $1 AND product_id IN ($ids)", shop, products).await.map(drop)
}

/// Forgets what was found before this moment, of some products; says how many rows were looked at.
pub async fn forget(tx: &mut Tx<'_>, shop: ShopId, before: Timestamp, most: i64) -> Result<usize> {
    let sql = "SELECT product_id FROM commerce_companions WHERE shop_id = $1 AND found_at < $2 LIMIT $3";
    let rows = tx.rows(sql, &[&shop, &before, &most]).await?;
    let products: Vec<ProductId> = rows.iter().map(|row| row.get(0)).collect::<Result<_>>()?;
    clear(tx, shop, &products).await?;
    Ok(rows.len())
}

/// What goes with these products, and in which place it does.
pub async fn of(tx: &mut Tx<'_>, shop: ShopId, products: &[ProductId]) -> Result<Vec<(i64, Companion)>> {
    let sql = "SELECT place, other_id, together FROM commerce_companions WHERE shop_id = $1 AND product_id IN ($ids)";
    let read = |row: &Row| Ok((row.get(0)?, Companion { product: row.get(1)?, together: row.get(2)? }));
    tx.rows_among(sql, shop, products).await?.iter().map(read).collect()
}
