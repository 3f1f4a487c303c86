//! What only a WooCommerce does.

use kernel::{days, minutes};
use serde_json::json;
use story_macro::story;

use super::{Connected, WooCommerce};
use crate::actor::items;

#[story]
async fn an_account_that_has_bought_nothing_is_a_customer_once_it_appears(world: Connected<WooCommerce>) {
    world.sells(1);
    world.connects().await;
    world.settle().await;
    world.after(days(2)).await;
    for number in 100..170 {
        world.shop.customer(number, true);
    }
    world.after(minutes(1)).await;
    let customers = items(world.owner().get("/customers?q=mara-155@example.org").await.ok());
    assert_eq!(customers.len(), 1, "{customers:?}");
    assert_eq!(world.events("customer_appeared").await.len(), 71);
}

#[story]
async fn an_order_leads_to_where_the_shop_shows_it(world: Connected<WooCommerce>) {
    world.sells(1);
    world.connects().await;
    world.settle().await;
    let page = format!("http://{}/wp-admin/post.php?post=1&action=edit", world.shop.address);
    assert_eq!(world.order("CODE1").await["page"], json!(page));
}
