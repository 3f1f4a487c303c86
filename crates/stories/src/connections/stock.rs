//! How many are left of what a connected shop system sells: copied place by place, and right within minutes.

use ::platform::event::Origin;
use kernel::{days, minutes};
use serde_json::{Value, json};
use story_macro::story;

use super::{Connected, KeepsPlaces};
use crate::actor::items;

impl<W> Connected<W> {
    /// How many of a tent's green form can be sold, of all places together and at each, and the same of its red one.
    pub(super) async fn left(&self, tent: &str) -> Value {
        let products = items(self.owner().get("/products?limit=100").await.ok());
        let product = products.iter().find(|one| one["title"] == tent).unwrap_or_else(|| panic!("{tent} is missing"));
        let left = |form: &Value| json!([form["available"], form["stock"]]);
        product["variants"].as_array().unwrap().iter().map(left).collect()
    }

    /// As it is told where Bergen has so many, and Oslo so many: a WooCommerce knows one place.
    fn at_both(&self, bergen: i64, oslo: i64) -> Value {
        let places = match self.shop.face.connector() {
            "woocommerce" => json!([{ "location": self.shop.address.to_string(), "available": bergen + oslo }]),
            _ => json!([{ "location": "Bergen", "available": bergen }, { "location": "Oslo", "available": oslo }]),
        };
        json!([bergen + oslo, places])
    }
}

/// Of what is not counted nobody knows how many there are.
pub(super) fn uncounted() -> Value {
    json!([null, []])
}

#[story]
async fn what_is_left_is_copied_with_the_goods_and_a_sale_is_seen_within_minutes(world: Connected) {
    world.sells(1);
    world.shop.stocks((1, 1), "Oslo", 7, 2);
    world.shop.stocks((1, 1), "Bergen", 4, 0);
    let id = world.connects().await;
    world.settle().await;
    assert_eq!(world.left("Tent 1").await, json!([world.at_both(4, 5), uncounted()]));
    assert_eq!(world.left("Tent 2").await, json!([uncounted(), uncounted()]));
    let connection = world.connection(&id).await;
    assert_eq!((&connection["limits"], &connection["trouble"]), (&json!([]), &Value::Null));
    let told = world.events("stock_changed").await;
    assert_eq!(told.iter().map(|one| one.origin).collect::<Vec<_>>(), [Origin::Backfill]);

    world.after(minutes(10)).await;
    world.shop.stocks((1, 1), "Oslo", 7, 9);
    world.shop.stocks((2, 2), "Oslo", 0, 0);
    world.after(minutes(5)).await;
    assert_eq!(world.left("Tent 1").await, json!([world.at_both(4, -2), uncounted()]));
    assert_eq!(world.left("Tent 2").await[1][0], 0, "what is counted and sold out is not what nobody counts");
    // all of it is read again many times over
    for _ in 0..6 {
        world.after(minutes(10)).await;
    }
    assert_eq!(world.events("stock_changed").await.len(), 3);
    assert_eq!(world.events("product_changed").await.len(), 0);
}

#[story]
async fn a_place_that_is_none_any_more_is_forgotten_and_so_is_what_is_not_counted_any_more(world: Connected<KeepsPlaces>) {
    world.sells(1);
    world.shop.stocks((1, 1), "Oslo", 7, 0);
    world.shop.stocks((1, 1), "Bergen", 4, 0);
    world.shop.stocks((1, 2), "Bergen", 4, 0);
    world.connects().await;
    world.settle().await;
    world.shop.books().stock.retain(|lying| lying.place == "Oslo");
    world.after(days(1) + minutes(5)).await;
    assert_eq!(world.left("Tent 1").await, json!([[7, [{ "location": "Oslo", "available": 7 }]], uncounted()]));
}
