//! How many of a variant a Vendure can sell, place by place, by its own rule: what lies there, without what is allocated to orders, down
//! to a threshold. Nothing is stamped when that changes, so all variants are asked for again every few minutes, in few words.

use serde::Deserialize;

use super::order::Books;
use crate::{
    connector::Fact,
    told::{count, figure, sum},
};

/// What says how a variant is counted.
pub(super) const COUNTING: &str = "trackInventory outOfStockThreshold useGlobalOutOfStockThreshold";
pub(super) const VARIANTS: &str = "query($options: ProductVariantListOptions) { \
    list: productVariants(options: $options) { totalItems items { id COUNTING stockLevels { stockOnHand stockAllocated stockLocation { name } } } } \
    newest: productVariants(options: { take: 1, sort: { updatedAt: DESC } }) { items { updatedAt } } GLOBAL }";

/// How a variant is counted.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Counting {
    track_inventory: String,
    #[serde(deserialize_with = "figure")]
    out_of_stock_threshold: i64,
    use_global_out_of_stock_threshold: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Stocked {
    id: String,
    #[serde(flatten)]
    counting: Counting,
    stock_levels: Vec<StockLevel>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct StockLevel {
    #[serde(deserialize_with = "figure")]
    stock_on_hand: i64,
    #[serde(deserialize_with = "figure")]
    stock_allocated: i64,
    stock_location: Place,
}

#[derive(Debug, Clone, Deserialize)]
struct Place {
    name: String,
}

impl Counting {
    fn is_done(&self, books: &Books) -> bool {
        match self.track_inventory.as_str() {
            "TRUE" => true,
            "FALSE" => false,
            _ => books.inventory.track_inventory,
        }
    }

    fn threshold(&self, books: &Books) -> i64 {
        if self.use_global_out_of_stock_threshold { books.inventory.out_of_stock_threshold } else { self.out_of_stock_threshold }
    }

    /// Whether it can be bought when none is left.
    pub(super) fn goes_on_below_none(&self, books: &Books) -> bool {
        self.is_done(books) && self.threshold(books) < 0
    }
}

impl Stocked {
    pub(super) fn fact(self, books: &Books) -> Option<Fact> {
        let mut left: Vec<(String, i64)> = Vec::new();
        if self.counting.is_done(books) {
            left.extend(self.stock_levels.into_iter().map(|at| (at.stock_location.name, sum([at.stock_on_hand, -at.stock_allocated]))));
        }
        // it says how many are kept back, and not where: where most are
        if let Some((_, most)) = left.iter_mut().max_by_key(|(_, available)| *available) {
            *most = sum([*most, -self.counting.threshold(books).max(0)]);
        }
        Some(Fact::Stock(vec![count(books.reference(&self.id), left)]))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::order::Inventory, *};

    #[test]
    fn what_can_be_sold_is_what_lies_there_unallocated_down_to_the_threshold() {
        for (tracked, threshold, global, everywhere, left, beyond) in [
            ("INHERIT", 0, true, (true, 0), json!({ "Bergen": 4, "Oslo": 5 }), false),
            ("INHERIT", 9, true, (true, 3), json!({ "Bergen": 4, "Oslo": 2 }), false),
            ("INHERIT", 3, false, (true, 9), json!({ "Bergen": 4, "Oslo": 2 }), false),
            ("INHERIT", -2, false, (true, 9), json!({ "Bergen": 4, "Oslo": 5 }), true),
            ("INHERIT", 0, true, (true, -2), json!({ "Bergen": 4, "Oslo": 5 }), true),
            ("INHERIT", -2, false, (false, 0), json!({}), false),
            ("FALSE", -2, false, (true, 0), json!({}), false),
            ("TRUE", 0, false, (false, 0), json!({ "Bergen": 4, "Oslo": 5 }), false),
        ] {
            let level = |place: &str, lies: i64, taken: i64| json!({ "stockOnHand": lies, "stockAllocated": taken, "stockLocation": { "name": place } });
            let stocked = json!({ "id": "7", "trackInventory": tracked, "outOfStockThreshold": threshold, "useGlobalOutOfStockThreshold": global,
                                  "stockLevels": [level("Oslo", 7, 2), level("Bergen", 4, 0)] });
            let inventory = Inventory { track_inventory: everywhere.0, out_of_stock_threshold: everywhere.1 };
            let books = Books { source: "shop.example".into(), units: 2, inventory, now: kernel::Timestamp::from_micros(0) };
            let stocked: Stocked = serde_json::from_value(stocked).unwrap();
            assert_eq!(stocked.counting.goes_on_below_none(&books), beyond, "{tracked} {threshold} {global}");
            let Some(Fact::Stock(counts)) = stocked.fact(&books) else { panic!("no count") };
            assert_eq!((counts[0].variant.as_str(), json!(counts[0].left)), ("shop.example/7", left), "{tracked} {threshold} {global}");
        }
    }
}
