//! Statements on products and their stock.

use std::collections::{BTreeMap, HashMap};

use kernel::{Cursor, ProductId, Result, ShopId, say};
use platform::{
    Tx,
    db::{Bind, Json, Row},
};

use crate::{
    product::{Facts, Product, Sort},
    stock::Level,
};

const COLUMNS: &str = "shop_id, id, facts, added_at, version, sold";

fn read(row: &Row) -> Result<Product> {
    let mut c = row.columns();
    Ok(Product {
        shop: c.take()?,
        id: c.take()?,
        facts: c.take::<Json<Facts>>()?.0,
        added_at: c.take()?,
        version: c.take()?,
        sold: c.take()?,
        sold_of: BTreeMap::new(),
        stock: BTreeMap::new(),
    })
}

pub async fn product(tx: &mut Tx<'_>, shop: ShopId, id: ProductId) -> Result<Product> {
    let sql = format!("SELECT {COLUMNS} FROM commerce_products WHERE shop_id = $1 AND id = $2");
    read(&tx.found(say!("product-not-found"), &sql, &[&shop, &id]).await?)
}

pub async fn products(tx: &mut Tx<'_>, shop: ShopId, ids: &[ProductId]) -> Result<Vec<Product>> {
    let sql = format!("SELECT {COLUMNS} FROM commerce_products WHERE shop_id = $1 AND id IN ($ids)");
    tx.rows_among(&sql, shop, ids).await?.iter().map(read).collect()
}

pub async fn product_by_reference(tx: &mut Tx<'_>, shop: ShopId, reference: &str) -> Result<Option<Product>> {
    let sql = format!("SELECT {COLUMNS} FROM commerce_products WHERE shop_id = $1 AND reference = $2");
    tx.row(&sql, &[&shop, &reference]).await?.map(|row| read(&row)).transpose()
}

/// The products of these references, by their references.
pub async fn ids_of(tx: &mut Tx<'_>, shop: ShopId, references: &[String]) -> Result<HashMap<String, ProductId>> {
    let sql = "SELECT reference, id FROM commerce_products WHERE shop_id = $1 AND reference IN ($ids)";
    tx.rows_among(sql, shop, references).await?.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// A page of all products, or of those the shop sells or does not sell now.
pub async fn list_products(
    tx: &mut Tx<'_>,
    shop: ShopId,
    published: Option<bool>,
    sort: Sort,
    after: Cursor,
    limit: i64,
) -> Result<Vec<Product>> {
    let which = if published.is_some() { "AND published = $5" } else { "" };
    let key = match sort {
        Sort::Newest => "added_at",
        Sort::BestSelling => "sold",
    };
    let sql = format!(
        "SELECT {COLUMNS} FROM commerce_products WHERE shop_id = $1 {which} AND ({key}, id) < ($2, $3) \
         ORDER BY {key} DESC, id DESC LIMIT $4"
    );
    let mut values: Vec<&dyn Bind> = vec![&shop, &after.key, &after.id, &limit];
    values.extend(published.as_ref().map(|published| published as &dyn Bind));
    tx.rows(&sql, &values).await?.iter().map(read).collect()
}

/// Saves a product and which variants are its own; version 0 says that it is new, any other that nobody was faster.
pub async fn save_product(tx: &mut Tx<'_>, p: &mut Product) -> Result<()> {
    if p.version == 0 {
        let sql = "INSERT INTO commerce_products (shop_id, id, reference, facts, published, sold, added_at, version) VALUES ($1, $2, $3, $4, $5, 0, $6, 1)";
        tx.one(sql, &[&p.shop, &p.id, &p.facts.reference, &Json(&p.facts), &p.facts.published, &p.added_at]).await?;
    } else {
        let sql = "UPDATE commerce_products SET facts = $1, published = $2, version = version + 1 WHERE shop_id = $3 AND id = $4 AND version = $5";
        tx.one(sql, &[&Json(&p.facts), &p.facts.published, &p.shop, &p.id, &p.version]).await?;
    }
    p.version += 1;
    tx.execute("DELETE FROM commerce_variants WHERE shop_id = $1 AND product_id = $2", &[&p.shop, &p.id]).await?;
    for variant in &p.facts.variants {
        // a variant may have moved here from another product
        let sql = "INSERT INTO commerce_variants (shop_id, reference, product_id, sku, sold) VALUES ($1, $2, $3, $4, 0) \
                   ON CONFLICT (shop_id, reference) DO UPDATE SET product_id = excluded.product_id, sku = excluded.sku";
        tx.one(sql, &[&p.shop, &variant.reference, &p.id, &variant.sku]).await?;
    }
    Ok(())
}

/// Saves what was counted unless something later is known; says whether it was saved. Of two counts of one moment the
/// larger stays, whichever came first.
pub async fn save_level(tx: &mut Tx<'_>, shop: ShopId, level: &Level) -> Result<bool> {
    let sql = "INSERT INTO commerce_stock (shop_id, variant, location, available, changed_at) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (shop_id, variant, location) DO UPDATE SET available = excluded.available, changed_at = excluded.changed_at \
               WHERE (excluded.changed_at, excluded.available) > (commerce_stock.changed_at, commerce_stock.available)";
    Ok(tx.execute(sql, &[&shop, &level.variant, &level.location, &level.available, &level.changed_at]).await? > 0)
}

/// What was counted of these variants, place by place.
pub async fn levels_of(tx: &mut Tx<'_>, shop: ShopId, variants: &[String]) -> Result<Vec<Level>> {
    let sql = "SELECT variant, location, available, changed_at FROM commerce_stock WHERE shop_id = $1 AND variant IN ($ids)";
    let level = |row: &Row| {
        let mut c = row.columns();
        Ok(Level { variant: c.take()?, location: c.take()?, available: c.take()?, changed_at: c.take()? })
    };
    tx.rows_among(sql, shop, variants).await?.iter().map(level).collect()
}

/// What is left of these products, place by place.
pub async fn stock_of(tx: &mut Tx<'_>, shop: ShopId, ids: &[ProductId]) -> Result<Vec<(ProductId, Level)>> {
    // SQLite keeps to the order of a cross join; of any other it may read all of a shop's stock first
    let sql = "SELECT v.product_id, s.variant, s.location, s.available, s.changed_at FROM commerce_variants v \
               CROSS JOIN commerce_stock s \
               WHERE v.shop_id = $1 AND v.product_id IN ($ids) AND s.shop_id = v.shop_id AND s.variant = v.reference";
    let level = |row: &Row| {
        let mut c = row.columns();
        Ok((c.take()?, Level { variant: c.take()?, location: c.take()?, available: c.take()?, changed_at: c.take()? }))
    };
    let mut levels: Vec<(ProductId, Level)> = tx.rows_among(sql, shop, ids).await?.iter().map(level).collect::<Result<_>>()?;
    levels.sort_by(|(_, one), (_, other)| one.location.cmp(&other.location));
    Ok(levels)
}

/// Which products these variants belong to.
pub async fn products_of(tx: &mut Tx<'_>, shop: ShopId, variants: &[String]) -> Result<Vec<ProductId>> {
    let sql = "SELECT product_id FROM commerce_variants WHERE shop_id = $1 AND reference IN ($ids)";
    tx.rows_among(sql, shop, variants).await?.iter().map(|row| row.get(0)).collect()
}

/// Which products have a variant of one of these SKUs, each named once with each SKU.
pub async fn products_with(tx: &mut Tx<'_>, shop: ShopId, skus: &[String]) -> Result<Vec<(String, ProductId)>> {
    let sql = "SELECT sku, product_id FROM commerce_variants WHERE shop_id = $1 AND sku IN ($ids)";
    let mut found: Vec<(String, ProductId)> =
        tx.rows_among(sql, shop, skus).await?.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect::<Result<_>>()?;
    found.sort();
    found.dedup();
    Ok(found)
}

/// Products in the order of their ids.
pub async fn products_by_id(tx: &mut Tx<'_>, shop: ShopId, after: ProductId, limit: i64) -> Result<Vec<Product>> {
    let sql = format!("SELECT {COLUMNS} FROM commerce_products WHERE shop_id = $1 AND id > $2 ORDER BY id LIMIT $3");
    tx.rows(&sql, &[&shop, &after, &limit]).await?.iter().map(read).collect()
}

/// Removes products and which variants are theirs.
pub async fn remove_products(tx: &mut Tx<'_>, shop: ShopId, ids: &[ProductId]) -> Result<()> {
    tx.execute_among("DELETE FROM commerce_variants WHERE shop_id = $1 AND product_id IN ($ids)", shop, ids).await?;
    tx.execute_among("DELETE FROM commerce_products WHERE shop_id = $1 AND id IN ($ids)", shop, ids).await.map(drop)
}

/// Variants of which anything was counted, in their order.
pub async fn variants_counted(tx: &mut Tx<'_>, shop: ShopId, after: &str, limit: i64) -> Result<Vec<String>> {
    let sql = "SELECT DISTINCT variant FROM commerce_stock WHERE shop_id = $1 AND variant > $2 ORDER BY variant LIMIT $3";
    tx.rows(sql, &[&shop, &after, &limit]).await?.iter().map(|row| row.get(0)).collect()
}

pub async fn remove_stock(tx: &mut Tx<'_>, shop: ShopId, variants: &[String]) -> Result<()> {
    tx.execute_among("DELETE FROM commerce_stock WHERE shop_id = $1 AND variant IN ($ids)", shop, variants).await.map(drop)
}
