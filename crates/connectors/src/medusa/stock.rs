//! How many of a variant a Medusa can sell, place by place: what is stocked there, without what is reserved. Nothing that can be asked
//! for says that this has changed, so all variants are asked for again every few minutes, in few words.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::page::Books;
use crate::{
    connector::Fact,
    told::{count, figure, reference, sum},
};

/// What is asked for of a variant.
pub(super) const FIELDS: &str = "id,manage_inventory,inventory_items.required_quantity,\
    inventory_items.inventory.location_levels.stocked_quantity,inventory_items.inventory.location_levels.reserved_quantity,\
    inventory_items.inventory.location_levels.stock_locations.name";

#[derive(Debug, Deserialize)]
pub(super) struct Stocked {
    id: String,
    #[serde(default)]
    manage_inventory: bool,
    #[serde(default)]
    inventory_items: Option<Vec<Part>>,
}

/// What one of it is made of: mostly of itself, a kit of several things.
#[derive(Debug, Deserialize)]
struct Part {
    #[serde(deserialize_with = "figure")]
    required_quantity: i64,
    inventory: Option<Inventory>,
}

#[derive(Debug, Deserialize)]
struct Inventory {
    #[serde(default)]
    location_levels: Option<Vec<LocationLevel>>,
}

#[derive(Debug, Deserialize)]
struct LocationLevel {
    #[serde(deserialize_with = "figure")]
    stocked_quantity: i64,
    #[serde(deserialize_with = "figure")]
    reserved_quantity: i64,
    #[serde(default)]
    stock_locations: Option<Vec<Place>>,
}

#[derive(Debug, Deserialize)]
struct Place {
    name: String,
}

impl Part {
    /// For how many there is enough of it, by place.
    fn enough_for(&self) -> BTreeMap<String, i64> {
        let levels = self.inventory.iter().flat_map(|inventory| inventory.location_levels.iter().flatten());
        let mut enough = BTreeMap::new();
        for level in levels {
            let place = level.stock_locations.iter().flatten().next().map_or_else(String::new, |place| place.name.clone());
            let at = enough.entry(place).or_default();
            *at = sum([*at, level.stocked_quantity, -level.reserved_quantity]);
        }
        enough.values_mut().for_each(|there: &mut i64| *there = there.div_euclid(self.required_quantity.max(1)));
        enough
    }
}

impl Stocked {
    pub(super) fn fact(self, books: &Books) -> Option<Fact> {
        let variant = reference(&books.source, &self.id);
        if !self.manage_inventory {
            return Some(Fact::Stock(vec![count(variant, [])]));
        }
        let parts: Vec<BTreeMap<String, i64>> = self.inventory_items.iter().flatten().map(Part::enough_for).collect();
        let places = parts.iter().flat_map(BTreeMap::keys).cloned();
        let of_all = |place: &str| parts.iter().map(|part| part.get(place).copied().unwrap_or_default()).min().unwrap_or_default();
        let mut left: BTreeMap<String, i64> = places.map(|place| (place.clone(), of_all(&place))).collect();
        if left.is_empty() {
            // what is counted and kept nowhere cannot be bought
            left.insert(String::new(), 0);
        }
        Some(Fact::Stock(vec![count(variant, left)]))
    }
}

#[cfg(test)]
mod tests {
    use kernel::Timestamp;
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn what_can_be_sold_is_what_is_stocked_and_not_reserved_and_of_a_kit_what_there_are_all_parts_for() {
        let level = |place: &str, stocked: i64, reserved: i64| json!({ "stocked_quantity": stocked, "reserved_quantity": reserved, "stock_locations": [{ "name": place }] });
        let part = |required: i64, levels: Value| json!({ "required_quantity": required, "inventory": { "location_levels": levels } });
        for (managed, parts, left) in [
            (true, json!([part(1, json!([level("Oslo", 7, 2), level("Bergen", 4, 0)]))]), json!({ "Bergen": 4, "Oslo": 5 })),
            (true, json!([part(1, json!([level("Oslo", 2, 3)]))]), json!({ "Oslo": -1 })),
            (true, json!([part(2, json!([level("Oslo", 7, 0)])), part(1, json!([level("Oslo", 9, 1)]))]), json!({ "Oslo": 3 })),
            (
                true,
                json!([part(1, json!([level("Oslo", 7, 0)])), part(1, json!([level("Bergen", 9, 0)]))]),
                json!({ "Bergen": 0, "Oslo": 0 }),
            ),
            (true, json!([part(1, json!([]))]), json!({ "?": 0 })),
            (true, json!(null), json!({ "?": 0 })),
            (false, json!([part(1, json!([level("Oslo", 7, 2)]))]), json!({})),
        ] {
            let stocked = json!({ "id": "variant_1", "manage_inventory": managed, "inventory_items": parts });
            let books = Books { source: "shop.example".into(), now: Timestamp::from_micros(0) };
            let fact = serde_json::from_value::<Stocked>(stocked.clone()).unwrap().fact(&books);
            let Some(Fact::Stock(counts)) = fact else { panic!("no count") };
            assert_eq!((counts[0].variant.as_str(), json!(counts[0].left)), ("shop.example/variant_1", left), "{stocked}");
        }
    }
}
