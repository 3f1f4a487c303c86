//! Statements on what was sold.

use kernel::{ProductId, Result, ShopId};
use platform::{Tx, db::Row};

/// So many more were sold on a day, or fewer; of none nothing is kept.
pub async fn add(tx: &mut Tx<'_>, shop: ShopId, sku: &str, day: i64, units: i64) -> Result<()> {
    let sql = "INSERT INTO commerce_sales (shop_id, sku, day, units) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (shop_id, sku, day) DO UPDATE SET units = commerce_sales.units + excluded.units";
    tx.one(sql, &[&shop, &sku, &day, &units]).await?;
    if units < 0 {
        let none = "DELETE FROM commerce_sales WHERE shop_id = $1 AND sku = $2 AND day = $3 AND units = 0";
        tx.execute(none, &[&shop, &sku, &day]).await?;
    }
    Ok(())
}

/// Adds up what was sold of these products, and of their variants: what several variants share a SKU for counts once.
pub async fn add_up(tx: &mut Tx<'_>, shop: ShopId, products: &[ProductId]) -> Result<()> {
    let of_variants = "UPDATE commerce_variants SET sold = COALESCE((SELECT CAST(SUM(s.units) AS BIGINT) FROM commerce_sales s \
                       WHERE s.shop_id = $1 AND s.sku = commerce_variants.sku), 0) WHERE shop_id = $1 AND product_id IN ($ids)";
    tx.execute_among(of_variants, shop, products).await?;
    // as a range of references SQLite would look through all variants of the shop
    let of_them = "UPDATE commerce_products SET sold = COALESCE((SELECT CAST(SUM(v.sold) AS BIGINT) FROM commerce_variants v \
                   WHERE v.shop_id = $1 AND v.product_id = commerce_products.id AND NOT EXISTS (SELECT 1 FROM commerce_variants o \
                   WHERE o.shop_id = v.shop_id AND o.sku = v.sku AND o.product_id = v.product_id AND NOT (o.reference >= v.reference))), 0) \
                   WHERE shop_id = $1 AND id IN ($ids)";
    tx.execute_among(of_them, shop, products).await.map(drop)
}

/// Takes out some counts of this day and of those before it, and says which.
pub async fn take_over(tx: &mut Tx<'_>, shop: ShopId, day: i64, most: i64) -> Result<Vec<(String, i64)>> {
    let sql = "SELECT sku, day FROM commerce_sales WHERE shop_id = $1 AND day <= $2 ORDER BY day, sku LIMIT $3";
    let over: Vec<(String, i64)> =
        tx.rows(sql, &[&shop, &day, &most]).await?.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect::<Result<_>>()?;
    for (sku, day) in &over {
        tx.one("DELETE FROM commerce_sales WHERE shop_id = $1 AND sku = $2 AND day = $3", &[&shop, sku, day]).await?;
    }
    Ok(over)
}

/// Whether anything is counted.
pub async fn any(tx: &mut Tx<'_>, shop: ShopId) -> Result<bool> {
    Ok(tx.row("SELECT day FROM commerce_sales WHERE shop_id = $1 LIMIT 1", &[&shop]).await?.is_some())
}

/// How many were sold of the variants of these products, by their references; a SKU that several of them share is of none of them.
pub async fn of_variants(tx: &mut Tx<'_>, shop: ShopId, ids: &[ProductId]) -> Result<Vec<(ProductId, String, i64)>> {
    let sql = "SELECT v.product_id, v.reference, v.sold FROM commerce_variants v WHERE v.shop_id = $1 AND v.product_id IN ($ids) \
               AND v.sku IS NOT NULL AND NOT EXISTS (SELECT 1 FROM commerce_variants o WHERE o.shop_id = v.shop_id AND o.sku = v.sku \
               AND o.reference <> v.reference)";
    let sold = |row: &Row| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    tx.rows_among(sql, shop, ids).await?.iter().map(sold).collect()
}
