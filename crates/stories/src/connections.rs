//! Connections: a shop system is copied whole, followed, and neither its failures nor ours leave anything out.

mod fake;
mod graphql;
mod limits;
mod refunds;
mod trouble;
mod vendure;

use std::{ops::Deref, sync::Arc};

use ::platform::{
    Module, Tx,
    config::Config,
    event::{self, Origin, Recorded},
};
use axum::http::StatusCode;
use kernel::{days, minutes};
use serde_json::{Value, json};
use story_macro::story;

use self::fake::{Fake, Weather};
use crate::{
    actor::{Agent, items},
    story::{Place, Setting},
    world::World,
};

/// A shop, and the stand-in of its Vendure, at an address the operator allows.
pub struct Connected {
    world: World,
    pub shop: Fake,
}

impl Deref for Connected {
    type Target = World;
    fn deref(&self) -> &World {
        &self.world
    }
}

impl Setting for Connected {
    fn modules() -> Vec<Module> {
        World::modules()
    }
    async fn set(place: &Place) -> Connected {
        let shop = Fake::open().await;
        let config = Config { reachable_inside: shop.address.to_string(), ..place.config() };
        let world = World::with(config).await;
        shop.goes_by(Arc::clone(&world.clock));
        Connected { world, shop }
    }
}

impl Connected {
    fn form(&self) -> Value {
        json!({ "address": format!("http://{}", self.shop.address), "username": "ombud", "password": self.shop.books().password })
    }
    fn filled_in(&self) -> Value {
        json!({ "connector": "vendure", "name": "Our shop", "settings": self.form() })
    }
    /// Some customers, every third with an account, and an order of each; goods.
    fn sells(&self, orders: usize) {
        for number in 1..=orders {
            let customer = self.shop.customer(number, number % 3 == 0);
            self.shop.order(number, &customer);
        }
        for number in 1..=3 {
            self.shop.product(number);
        }
    }
    async fn connects(&self) -> String {
        let made = self.owner().post("/connections", self.filled_in()).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
        made.ok()["id"].as_str().unwrap().to_owned()
    }
    async fn connection(&self, id: &str) -> Value {
        self.owner().get(&format!("/connections/{id}")).await.ok()
    }
    async fn events(&self, kind: &str) -> Vec<Recorded> {
        let shop = self.id();
        let all = self.app.read(async move |tx: &mut Tx<'_>| event::after(tx, shop, 0, 100_000).await).await.unwrap();
        all.into_iter().filter(|one| one.kind == kind).collect()
    }
    /// The copy is what the books say, order by order and line by line.
    async fn is_copied_whole(&self) {
        let copied = all_orders(&self.owner()).await;
        let books = self.shop.books().orders.clone();
        assert_eq!(copied.len(), books.len());
        for order in books {
            let one = copied.iter().find(|one| one["number"] == order["code"]).unwrap_or_else(|| panic!("{} is missing", order["code"]));
            assert_eq!(one["total"]["minor"], order["totalWithTax"], "{}", order["code"]);
            assert_eq!(one["adds_up"], true, "{}", order["code"]);
            let bought: Vec<_> =
                one["lines"].as_array().unwrap().iter().map(|line| (&line["sku"], &line["quantity"], &line["total"]["minor"])).collect();
            let lines = order["lines"].as_array().unwrap();
            let said = lines.iter().map(|line| (&line["productVariant"]["sku"], &line["quantity"], &line["proratedLinePriceWithTax"]));
            assert_eq!(bought, said.collect::<Vec<_>>(), "{}", order["code"]);
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
    assert_eq!(connection["progress"], json!({ "customers": all(120), "orders": all(120), "products": all(3) }));
    assert_eq!((&connection["trouble"], &connection["clock_ahead"]), (&Value::Null, &json!(0)));
    let (placed, appeared) = (world.events("order_placed").await, world.events("customer_appeared").await);
    assert_eq!((placed.len(), appeared.len()), (120, 120), "each once");
    assert!(placed.iter().chain(&appeared).all(|one| one.origin == Origin::Backfill));
    let products = items(world.owner().get("/products").await.ok());
    assert_eq!(products.len(), 3);
    let tent = products.iter().find(|one| one["title"] == "Tent 1").unwrap();
    assert_eq!((&tent["titles"]["nb"], &tent["description"]), (&json!("Telt 1"), &json!("It stands.")));
    assert_eq!((&tent["variants"][0]["title"], &tent["variants"][1]["title"]), (&json!("green"), &json!("red")));
    assert_eq!(tent["variants"][0]["prices"][0]["price"], json!({ "minor": 12_350, "currency": "NOK" }));
}

#[story]
async fn what_happens_after_the_history_is_news_and_nothing_is_told_twice(world: Connected) {
    world.sells(3);
    world.connects().await;
    world.settle().await;
    world.clock.advance(minutes(1));
    let customer = world.shop.customer(4, true);
    world.shop.order(4, &customer);
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
async fn a_shipment_and_a_refund_are_found_though_the_order_does_not_say_that_it_changed(world: Connected) {
    world.sells(2);
    world.connects().await;
    world.settle().await;
    world.after(days(3)).await;
    world.shop.changes(1, |order, now| {
        order["state"] = json!("Shipped");
        let lines = json!([{ "orderLineId": "11", "quantity": 1 }, { "orderLineId": "12", "quantity": 2 }]);
        order["fulfillments"] =
            json!([{ "id": "1", "state": "Shipped", "updatedAt": now, "method": "Posten", "trackingCode": "703", "lines": lines }]);
    });
    world.shop.changes(2, |order, now| {
        order["payments"][0]["refunds"] = json!([{ "id": "1", "state": "Settled", "total": 1_000, "updatedAt": now }]);
    });
    world.after(minutes(16)).await;

    let orders = all_orders(&world.owner()).await;
    let order = |number: &str| orders.iter().find(|one| one["number"] == number).unwrap().clone();
    let (sent, refunded) = (order("CODE1"), order("CODE2"));
    assert_eq!((&sent["status"], &sent["fulfilment"]), (&json!("in_transit"), &json!("all")));
    assert_eq!((&sent["parcels"][0]["carrier"], &sent["parcels"][0]["tracking"]), (&json!("Posten"), &json!("703")));
    assert_eq!((&refunded["payment"], &refunded["refunded"]["minor"]), (&json!("partly_refunded"), &json!(1_000)));
    assert_eq!(world.events("order_changed").await.len(), 2);
}

#[story]
async fn a_cancelled_order_shows_what_was_bought_and_that_it_is_given_back(world: Connected) {
    world.sells(1);
    world.shop.changes(1, |order, now| {
        let paid = order["totalWithTax"].take();
        (order["state"], order["totalWithTax"]) = (json!("Cancelled"), json!(500));
        for line in order["lines"].as_array_mut().unwrap() {
            (line["quantity"], line["proratedLinePriceWithTax"]) = (json!(0), json!(0));
        }
        order["payments"][0]["refunds"] = json!([{ "id": "1", "state": "Settled", "total": paid, "updatedAt": now }]);
    });
    world.connects().await;
    world.settle().await;
    let order = all_orders(&world.owner()).await.remove(0);
    assert_eq!((&order["status"], &order["payment"]), (&json!("cancelled"), &json!("refunded")));
    assert_eq!((&order["total"]["minor"], &order["refunded"]["minor"], &order["adds_up"]), (&json!(59_712), &json!(59_712), &json!(true)));
    let mugs = &order["lines"][1];
    assert_eq!((&mugs["quantity"], &mugs["refunded"]), (&json!(2), &json!(2)));
}

#[story]
async fn an_import_is_paused_and_goes_on_where_it_was(world: Connected) {
    world.sells(120);
    let id = world.connects().await;
    // signing in, three pages of customers, one of orders
    world.shop.books().fair_for = 5;
    world.shop.books().weather = Weather::Status(503, None);
    world.settle().await;
    let half = world.connection(&id).await;
    assert_eq!((&half["doing"], &half["trouble"]["kind"]), (&json!("importing"), &json!("failing")));
    assert_eq!(half["progress"]["orders"], json!({ "read": 50, "total": 120 }));
    assert_eq!(all_orders(&world.owner()).await.len(), 50);

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
async fn whoever_is_killed_in_mid_page_is_followed_by_one_who_goes_on(world: Connected) {
    world.sells(120);
    let id = world.connects().await;
    world.shop.books().fair_for = 5;
    world.shop.books().weather = Weather::Silence;
    // the process ends while it waits for the page
    tokio::select! {
        () = world.settle() => panic!("it waits"),
        () = world.shop.silent.notified() => (),
    }
    world.shop.books().weather = Weather::Fair;
    assert_eq!(world.connection(&id).await["progress"]["orders"], json!({ "read": 50, "total": 120 }));
    // its lease runs out
    world.after(minutes(1)).await;
    world.is_copied_whole().await;
    assert_eq!(world.events("order_placed").await.len(), 120);
}

#[story]
async fn other_books_are_read_from_their_beginning_and_the_same_ones_from_where_they_were(world: Connected) {
    world.sells(60);
    let id = world.connects().await;
    world.settle().await;
    let path = format!("/connections/{id}");
    let imported = world.connection(&id).await["imported_at"].clone();
    let renamed = world.owner().put(&path, json!({ "name": "The shop", "settings": world.form() })).await.ok();
    assert_eq!((&renamed["doing"], &renamed["imported_at"]), (&json!("following"), &imported));

    let mut form = world.form();
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
