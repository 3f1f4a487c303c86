//! The statements of the list of customers.

use std::{cmp::Reverse, collections::BTreeSet};

use kernel::{Cursor, CustomerId, Result, ShopId, Timestamp};
use platform::{Tx, db::Bind};

use crate::list::Filter;

/// A customer, and when they were last seen.
type Seen = (Timestamp, CustomerId);

/// Whole customers that fit, seen before the cursor, the latest first.
pub async fn page(tx: &mut Tx<'_>, shop: ShopId, filter: &Filter, after: Cursor, limit: i64) -> Result<Vec<Seen>> {
    let mut found = fitting(tx, shop, filter, after, limit, "", own).await?;
    if filter.looks_through() {
        found.extend(fitting(tx, shop, filter, after, limit, OF_SEVERAL, shown).await?);
    }
    Ok(found.into_iter().take(limit as usize).map(|Reverse(seen)| seen).collect())
}

/// Those who were merged into; they are few.
const OF_SEVERAL: &str =
    " AND c.id IN (SELECT m.merged_into FROM customers_customers m WHERE m.shop_id = $1 AND m.merged_into IS NOT NULL)";

/// What is written of a customer alone: an index finds it.
fn own(column: &str) -> String {
    format!("c.{column}")
}

/// What is shown of a customer: of what they lack, what their parts have.
fn shown(column: &str) -> String {
    format!(
        "COALESCE(c.{column}, (SELECT p.{column} FROM customers_customers p \
         WHERE p.shop_id = c.shop_id AND p.merged_into = c.id AND p.{column} IS NOT NULL ORDER BY p.id LIMIT 1))"
    )
}

async fn fitting(
    tx: &mut Tx<'_>,
    shop: ShopId,
    filter: &Filter,
    after: Cursor,
    limit: i64,
    among: &str,
    known: fn(&str) -> String,
) -> Result<BTreeSet<Reverse<Seen>>> {
    let mut values: Vec<&dyn Bind> = vec![&shop, &after.key, &after.id, &limit];
    let mut wanted = among.to_owned();
    if let Some(language) = &filter.language {
        values.push(language);
        wanted += &format!(" AND {} = ${}", known("language"), values.len());
    }
    if let Some(country) = &filter.country {
        values.push(country);
        wanted += &format!(" AND {} = ${}", known("country"), values.len());
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
    wanted += &match filter.blocked {
        Some(true) => format!(" AND {} IS NOT NULL", known("blocked_at")),
        // one of them who is blocked is enough
        Some(false) => format!(" AND {} IS NULL", shown("blocked_at")),
        None => String::new(),
    };
    let sql = format!(
        "SELECT c.last_seen_at, c.id FROM customers_customers c \
         WHERE c.shop_id = $1 AND c.merged_into IS NULL AND (c.last_seen_at, c.id) < ($2, $3){wanted} \
         ORDER BY c.last_seen_at DESC, c.id DESC LIMIT $4"
    );
    tx.rows(&sql, &values).await?.iter().map(|row| Ok(Reverse((row.get(0)?, row.get(1)?)))).collect()
}
