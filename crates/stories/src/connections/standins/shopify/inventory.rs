//! What a Shopify says of what lies where. A sale moves the stamp of what lies at a place, and no other.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{
    super::{Books, Lying},
    stamp,
};

/// What an app is told that may not see it.
pub const NO_STOCK: &str = "Access denied for inventoryLevels field. Required access: `read_inventory` access scope.";

fn level(lying: &Lying) -> Value {
    json!({ "updatedAt": stamp(lying.at), "location": { "name": lying.place }, "quantities": [{ "name": "available", "quantity": lying.available() }] })
}

fn item(books: &Books, (product, form): (usize, usize)) -> Value {
    let levels: Vec<Value> = books.lying(product, form).map(level).collect();
    let id = product * 10 + form;
    json!({ "id": format!("gid://shopify/InventoryItem/{id}"), "legacyResourceId": id, "tracked": !levels.is_empty(), "inventoryLevels": levels,
            "variants": [{ "id": format!("gid://shopify/ProductVariant/{product}{form}") }] })
}

pub fn items(books: &Books) -> Vec<Value> {
    books.products.iter().flat_map(|(number, _)| [1, 2].map(|form| item(books, (*number, form)))).collect()
}

/// Each place, with what of it changed when `query` says.
pub fn places(books: &Books, query: &Value) -> Result<Vec<Value>, String> {
    let since = query
        .as_str()
        .and_then(|query| query.strip_prefix("updated_at:>='")?.strip_suffix('\''))
        .ok_or(format!("invalid search: {query}"))?;
    let names: BTreeSet<&str> = books.stock.iter().map(|lying| lying.place).collect();
    let moved = |name: &str| {
        let there = books.stock.iter().filter(move |lying| lying.place == name && stamp(lying.at).as_str() >= since);
        there.map(|lying| json!({ "item": item(books, lying.of) })).collect::<Vec<_>>()
    };
    Ok(names.into_iter().map(|name| json!({ "name": name, "inventoryLevels": moved(name) })).collect())
}
