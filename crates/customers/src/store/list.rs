//! The statement of the list of customers.

use kernel::{Cursor, CustomerId, Result, ShopId, Timestamp};
use platform::{Tx, db::Bind};

use crate::list::Filter;

/// Whole customers that fit, seen before the cursor, the latest first, each with when that was.
pub async fn page(tx: &mut Tx<'_>, shop: ShopId, filter: &Filter, after: Cursor, limit: i64) -> Result<Vec<(CustomerId, Timestamp)>> {
    let mut values: Vec<&dyn Bind> = vec![&shop, &after.key, &after.id, &limit];
    let wanted = wanted(filter, &mut values);
    let sql = format!(
        "SELECT c.id, c.last_seen_at FROM customers_customers c WHERE c.shop_id = $1 AND c.merged_into IS NULL \
         AND (c.last_seen_at, c.id) < ($2, $3){wanted} ORDER BY c.last_seen_at DESC, c.id DESC LIMIT $4"
    );
    tx.rows(&sql, &values).await?.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// Whole customers that fit and come after `last`, the oldest first.
pub async fn after(tx: &mut Tx<'_>, shop: ShopId, filter: &Filter, last: CustomerId, limit: i64) -> Result<Vec<CustomerId>> {
    let mut values: Vec<&dyn Bind> = vec![&shop, &last, &limit];
    let wanted = wanted(filter, &mut values);
    let sql = format!(
        "SELECT c.id FROM customers_customers c WHERE c.shop_id = $1 AND c.merged_into IS NULL AND c.id > $2{wanted} ORDER BY c.id LIMIT $3"
    );
    tx.rows(&sql, &values).await?.iter().map(|row| row.get(0)).collect()
}

/// What must be true of a customer `c`, as a text that goes on after another condition.
fn wanted<'f>(filter: &'f Filter, values: &mut Vec<&'f dyn Bind>) -> String {
    let mut wanted = String::new();
    if let Some(language) = &filter.language {
        values.push(language);
        wanted += &shown("language", values.len());
    }
    if let Some(country) = &filter.country {
        values.push(country);
        wanted += &shown("country", values.len());
    }
    if let Some(since) = &filter.seen_since {
        values.push(since);
        wanted += &format!(" AND c.last_seen_at >= ${}", values.len());
    }
    if let Some(tag) = &filter.tag {
        values.push(tag);
        wanted += &format!(
            " AND EXISTS (SELECT 1 FROM customers_tagged t WHERE t.shop_id = c.shop_id AND t.customer_id = c.id AND t.tag_id = ${})",
            values.len()
        );
    }
    // one of them who is blocked is enough
    let blocked = "(c.blocked_at IS NOT NULL OR EXISTS (SELECT 1 FROM customers_customers p \
                   WHERE p.shop_id = c.shop_id AND p.merged_into = c.id AND p.blocked_at IS NOT NULL))";
    wanted += &match filter.blocked {
        Some(true) => format!(" AND {blocked}"),
        Some(false) => format!(" AND NOT {blocked}"),
        None => String::new(),
    };
    wanted + if filter.visitors { " AND c.contact_since IS NULL" } else { " AND c.contact_since IS NOT NULL" }
}

/// What is shown of a customer: of what they lack, what those merged into them have, the oldest first.
fn shown(column: &str, value: usize) -> String {
    let below = format!(
        "SELECT p.{column} FROM customers_customers p \
         WHERE p.shop_id = c.shop_id AND p.merged_into = c.id AND p.{column} IS NOT NULL ORDER BY p.id LIMIT 1"
    );
    format!(" AND COALESCE(c.{column}, ({below})) = ${value}")
}
