//! Connections: a shop system is copied whole, followed, and neither its failures nor ours leave anything out.

mod duplicates;
mod erasing;
mod limits;
mod medusa;
mod real;
mod refunded_goods;
mod refunds;
mod service;
mod shopify;
mod standins;
mod stock;
mod trouble;
mod vendure;
mod webhooks;
mod which;
mod woocommerce;

use std::{marker::PhantomData, ops::Deref, sync::Arc};

use ::platform::{
    Module,
    config::Config,
    event::{Origin, Recorded},
};
use axum::http::StatusCode;
use kernel::{days, minutes};
use serde_json::{Value, json};
use story_macro::story;

use self::{
    standins::{Medusa, Order, Shopify, StandIn, Vendure, Weather, WooCommerce},
    which::{CancelsAlone, DoesAll, Every, GivesMoneyAlone, KeepsPlaces, SendsElsewhere, TakesBack, Which},
};
use crate::{
    actor::{Agent, items},
    story::{Place, Setting},
    world::World,
};

/// A shop of Ombud, and the stand-in of the system it runs on, at an address the operator allows. A story is told of every
/// system there is a connector for, or of those it names.
pub struct Connected<W = Every> {
    world: World,
    pub shop: StandIn,
    which: PhantomData<W>,
}

impl<W> Deref for Connected<W> {
    type Target = World;
    fn deref(&self) -> &World {
        &self.world
    }
}

impl<W: Which> Setting for Connected<W> {
    fn kinds() -> Vec<&'static str> {
        W::faces().iter().map(|face| face.connector()).collect()
    }
    fn modules() -> Vec<Module> {
        World::modules()
    }
    async fn set(place: &Place) -> Connected<W> {
        let face = W::faces().into_iter().find(|face| face.connector() == place.kind).expect("one of its kinds");
        let shop = StandIn::open(face).await;
        let config = Config { reachable_inside: shop.address.to_string(), public_url: W::PUBLIC_URL.into(), ..place.config() };
        let world = World::with(config).await;
        shop.goes_by(Arc::clone(&world.clock));
        Connected { world, shop, which: PhantomData }
    }
}

impl<W> Connected<W> {
    fn filled_in(&self) -> Value {
        json!({ "connector": self.shop.face.connector(), "name": "Our shop", "settings": self.shop.form() })
    }
    /// Some customers, every third with an account, and an order of each; goods.
    fn sells(&self, orders: usize) {
        for number in 1..=orders {
            self.sells_one(number);
        }
        for number in 1..=3 {
            self.shop.product(number);
        }
    }
    fn sells_one(&self, number: usize) {
        let customer = self.shop.customer(number, number.is_multiple_of(3));
        self.shop.order(number, &customer);
    }
    async fn connects(&self) -> String {
        let made = self.owner().post("/connections", self.filled_in()).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
        made.ok()["id"].as_str().unwrap().to_owned()
    }
    async fn connection(&self, id: &str) -> Value {
        self.owner().get(&format!("/connections/{id}")).await.ok()
    }
    /// The order that people know by this number.
    async fn order(&self, number: &str) -> Value {
        all_orders(&self.owner()).await.into_iter().find(|one| one["number"] == number).unwrap_or_else(|| panic!("{number} is missing"))
    }
    /// The copy is what the books say, order by order and line by line.
    async fn is_copied_whole(&self) {
        let copied = all_orders(&self.owner()).await;
        let books: Vec<Order> = self.shop.books().orders.clone();
        assert_eq!(copied.len(), books.len());
        for order in books {
            let number = &order.number;
            let one = copied.iter().find(|one| one["number"] == number.as_str()).unwrap_or_else(|| panic!("{number} is missing"));
            assert_eq!((&one["total"]["minor"], &one["total"]["currency"]), (&json!(order.total()), &json!(order.currency)), "{number}");
            assert_eq!(one["refunded"]["minor"], order.refunded(), "{number}");
            assert_eq!(one["adds_up"], true, "{number}");
            let line = |line: &Value| json!([line["sku"], line["title"], line["variant"], line["quantity"], line["total"]["minor"]]);
            let bought: Vec<Value> = one["lines"].as_array().unwrap().iter().map(line).collect();
            let said = order.items.iter().map(|item| json!([item.sku, item.product, item.form, item.quantity, item.total]));
            assert_eq!(bought, said.collect::<Vec<_>>(), "{number}");
        }
    }
}

/// All orders there are.
pub async fn all_orders(who: &Agent) -> Vec<Value> {
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = who.get(&format!("/orders?limit=100{cursor}")).await.ok();
        cursor = match page["next"].as_str() {
            Some(next) => format!("&cursor={next}"),
            None => {
                all.extend(items(page));
                return all;
            }
        };
        all.extend(items(page));
    }
}

#[story]
async fn the_whole_history_is_copied_and_nobody_hears_of_it(world: Connected) {
    world.sells(120);
    let id = world.connects().await;
    world.settle().await;

    world.is_copied_whole().await;
    let connection = world.connection(&id).await;
    assert_eq!(connection["doing"], "following");
    let all = |n: usize| json!({ "read": n, "total": n });
    let listed = if world.shop.face.lists_guests() { 120 } else { 40 };
    let mut progress = json!({ "customers": all(listed), "orders": all(120), "products": all(3) });
    if world.shop.face.connector() != "woocommerce" {
        // it says with its products what is left of them
        progress["stock"] = all(6);
    }
    assert_eq!(connection["progress"], progress);
    assert_eq!((&connection["trouble"], &connection["clock_ahead"]), (&Value::Null, &json!(0)));
    let (placed, appeared) = (world.events("order_placed").await, world.events("customer_appeared").await);
    assert_eq!((placed.len(), appeared.len()), (120, 120), "each once");
    assert!(placed.iter().chain(&appeared).all(|one| one.origin == Origin::Backfill));
    let products = items(world.owner().get("/products").await.ok());
    assert_eq!(products.len(), 3);
    let tent = products.iter().find(|one| one["title"] == "Tent 1").unwrap();
    assert_eq!((&tent["published"], &tent["description"]), (&json!(true), &json!("It stands.")));
    assert_eq!((&tent["variants"][0]["title"], &tent["variants"][1]["title"]), (&json!("green"), &json!("red")));
    assert_eq!(tent["variants"][0]["prices"][0]["price"], json!({ "minor": 12_350, "currency": "NOK" }));
}

#[story]
async fn buyers_were_seen_when_they_bought_and_whom_the_shop_only_lists_never_were(world: Connected) {
    world.sells(3);
    world.shop.customer(99, true);
    world.connects().await;
    world.settle().await;
    let customers = items(world.owner().get("/customers").await.ok());
    let never: Vec<&Value> = customers.iter().filter(|one| one["last_seen_at"].is_null()).map(|one| &one["email"]).collect();
    assert_eq!(never, [&json!("mara-99@example.org")]);
    let bought: Vec<String> = all_orders(&world.owner()).await.iter().map(|one| one["placed_at"].to_string()).collect();
    assert!(customers.iter().filter(|one| !one["last_seen_at"].is_null()).all(|one| bought.contains(&one["last_seen_at"].to_string())));
    assert_eq!(customers.len(), 4);
}

#[story]
async fn what_happens_after_the_history_is_news_and_nothing_is_told_twice(world: Connected) {
    world.sells(3);
    world.connects().await;
    world.settle().await;
    world.clock.advance(minutes(1));
    world.sells_one(4);
    world.after(minutes(1)).await;

    world.is_copied_whole().await;
    let live = |all: Vec<Recorded>| all.into_iter().filter(|one| one.origin == Origin::Live).count();
    assert_eq!(live(world.events("order_placed").await), 1);
    assert_eq!(live(world.events("customer_appeared").await), 1);
    // all of it is read again many times over
    for _ in 0..20 {
        world.after(minutes(5)).await;
    }
    assert_eq!(world.events("order_changed").await.len(), 0);
    assert_eq!(world.events("product_changed").await.len(), 0);
    assert_eq!(world.events("order_placed").await.len(), 4);
}

#[story]
async fn a_shipment_and_a_refund_are_found_whether_or_not_the_order_says_that_it_changed(world: Connected) {
    world.sells(2);
    world.connects().await;
    world.settle().await;
    world.after(days(3)).await;
    world.shop.changes(1, Order::is_sent);
    world.shop.changes(2, |order, now| order.is_refunded(1_000, now));
    world.after(minutes(16)).await;

    let (sent, refunded) = (world.order("CODE1").await, world.order("CODE2").await);
    assert_eq!((&sent["status"], &sent["fulfilment"]), (&json!("in_transit"), &json!("all")));
    assert_eq!((&sent["parcels"][0]["carrier"], &sent["parcels"][0]["tracking"]), (&json!("Posten"), &json!("703")));
    assert_eq!((&refunded["payment"], &refunded["refunded"]["minor"]), (&json!("partly_refunded"), &json!(1_000)));
    assert_eq!(world.events("order_changed").await.len(), 2);
}

#[story]
async fn a_cancelled_order_shows_what_was_bought_and_that_it_is_given_back(world: Connected) {
    world.sells(1);
    world.shop.changes(1, Order::is_cancelled);
    world.connects().await;
    world.settle().await;
    let order = world.order("CODE1").await;
    assert_eq!((&order["status"], &order["payment"]), (&json!("cancelled"), &json!("refunded")));
    assert_eq!((&order["total"]["minor"], &order["refunded"]["minor"], &order["adds_up"]), (&json!(59_712), &json!(59_712), &json!(true)));
    let mugs = &order["lines"][1];
    assert_eq!((&mugs["quantity"], &mugs["refunded"]), (&json!(2), &json!(2)));
}

#[story]
async fn what_is_odd_in_the_books_stops_nothing(world: Connected) {
    world.sells(4);
    world.shop.changes(1, |order, _| order.customer = None);
    world.shop.changes(2, |order, _| order.currency = "BTC");
    // more is taken off than the goods cost
    world.shop.changes(3, |order, _| order.discount = order.total() + 300);
    // the same guest, who does not always write in small letters
    world.shop.changes(4, |order, _| order.customer.as_mut().unwrap().email = "MARA-5@Example.ORG".into());
    world.sells_one(5);
    let id = world.connects().await;
    world.settle().await;

    let connection = world.connection(&id).await;
    assert_eq!((&connection["doing"], &connection["trouble"]), (&json!("following"), &Value::Null));
    let copied = all_orders(&world.owner()).await;
    assert_eq!(copied.len(), 4, "money that is no currency's cannot be counted");
    assert_eq!(connection["uncounted"], json!([{ "number": "CODE2", "currency": "BTC" }]));
    let nothing = world.order("CODE3").await;
    assert_eq!((&nothing["total"]["minor"], &nothing["adds_up"]), (&json!(0), &json!(true)));
    assert_eq!(world.order("CODE4").await["customer"], world.order("CODE5").await["customer"]);
    assert!(world.order("CODE1").await["customer"].is_string());
    // the cause is gone
    world.shop.changes(2, |order, now| (order.currency, order.edited_at) = ("NOK", now));
    world.after(minutes(16)).await;
    assert_eq!(world.order("CODE2").await["total"]["minor"], 59_712);
    assert_eq!(world.connection(&id).await["uncounted"], json!([]));
}

#[story]
async fn an_import_is_paused_and_goes_on_where_it_was(world: Connected) {
    world.sells(120);
    let id = world.connects().await;
    world.shop.books().fair_for_orders = 1;
    world.shop.books().weather = Weather::Status(503, None);
    world.settle().await;
    let half = world.connection(&id).await;
    assert_eq!((&half["doing"], &half["trouble"]["kind"]), (&json!("importing"), &json!("failing")));
    let kept = all_orders(&world.owner()).await.len();
    assert!(0 < kept && kept < 120, "{kept}");
    assert_eq!(half["progress"]["orders"], json!({ "read": kept, "total": 120 }));

    let pause = format!("/connections/{id}/pause");
    assert_eq!(world.owner().put(&pause, Value::Null).await.ok()["doing"], "paused");
    world.shop.books().weather = Weather::Fair;
    let asked = world.shop.books().asked;
    world.after(days(2)).await;
    assert_eq!(world.shop.books().asked, asked, "nobody asks");

    assert_eq!(world.owner().delete(&pause).await.ok()["doing"], "importing");
    world.settle().await;
    world.is_copied_whole().await;
    assert_eq!(world.events("order_placed").await.len(), 120);
    assert!(world.events("order_placed").await.iter().all(|one| one.origin == Origin::Backfill));
    assert_eq!(world.connection(&id).await["doing"], "following");
}

#[story]
async fn what_leaves_or_changes_between_two_pages_takes_nothing_with_it(world: Connected) {
    world.sells(120);
    world.connects().await;
    world.shop.books().fair_for_orders = 1;
    world.shop.books().weather = Weather::Status(503, None);
    world.settle().await;
    // meanwhile two of the orders that were read are deleted there, some are changed, and one more is placed
    world.shop.books().orders.retain(|order| ![2, 4].contains(&order.id));
    for number in [1, 3, 90, 120] {
        world.shop.changes(number, Order::gets_another_tent);
    }
    world.sells_one(121);
    world.shop.books().weather = Weather::Fair;
    world.after(minutes(1)).await;
    world.after(minutes(16)).await;

    let copied = all_orders(&world.owner()).await;
    let total = |order: &Order| copied.iter().find(|one| one["number"] == order.number.as_str()).map(|one| one["total"]["minor"].clone());
    for order in &world.shop.books().orders {
        assert_eq!(total(order), Some(json!(order.total())), "{}", order.number);
    }
    assert_eq!(copied.len(), 121, "what was deleted there stays here");
}

#[story]
async fn whoever_is_killed_in_mid_page_is_followed_by_one_who_goes_on(world: Connected) {
    world.sells(120);
    let id = world.connects().await;
    world.shop.books().fair_for_orders = 1;
    world.shop.books().weather = Weather::Silence;
    // the process ends while it waits for the page
    tokio::select! {
        () = world.settle() => panic!("it waits"),
        () = world.shop.silent.notified() => (),
    }
    world.shop.books().weather = Weather::Fair;
    let kept = all_orders(&world.owner()).await.len();
    assert_eq!(world.connection(&id).await["progress"]["orders"], json!({ "read": kept, "total": 120 }));
    // its lease runs out
    world.after(minutes(1)).await;
    world.is_copied_whole().await;
    assert_eq!(world.events("order_placed").await.len(), 120);
}

#[story]
async fn other_books_are_read_from_their_beginning_and_the_same_ones_from_where_they_were(world: Connected<Vendure>) {
    world.sells(60);
    let id = world.connects().await;
    world.settle().await;
    let path = format!("/connections/{id}");
    let imported = world.connection(&id).await["imported_at"].clone();
    let renamed = world.owner().put(&path, json!({ "name": "The shop", "settings": world.shop.form() })).await.ok();
    assert_eq!((&renamed["doing"], &renamed["imported_at"]), (&json!("following"), &imported));

    let mut form = world.shop.form();
    form["channel_token"] = json!("wholesale");
    let other = world.owner().put(&path, json!({ "name": "The shop", "settings": form })).await.ok();
    assert_eq!((&other["doing"], &other["progress"], &other["reached_at"]), (&json!("importing"), &json!({}), &Value::Null));
    world.settle().await;
    let read = world.connection(&id).await;
    assert_eq!((&read["doing"], &read["progress"]["orders"]), (&json!("following"), &json!({ "read": 60, "total": 60 })));
    assert_eq!(world.events("order_placed").await.len(), 60, "what was there already is the same");
}

#[story]
async fn an_ended_connection_leaves_the_copy_and_nothing_that_opens_the_shop(world: Connected) {
    world.sells(3);
    let id = world.connects().await;
    world.settle().await;
    let path = format!("/connections/{id}");
    assert_eq!(world.owner().delete(&path).await.status, StatusCode::NO_CONTENT);
    assert_eq!(world.owner().get(&path).await.status, StatusCode::NOT_FOUND);
    let asked = world.shop.books().asked;
    world.after(days(1)).await;
    assert_eq!(world.shop.books().asked, asked);
    assert_eq!(all_orders(&world.owner()).await.len(), 3);
    // connected once more, each order is the one it was
    world.connects().await;
    world.settle().await;
    assert_eq!(all_orders(&world.owner()).await.len(), 3);
    assert_eq!(world.events("order_placed").await.len(), 3);
}
