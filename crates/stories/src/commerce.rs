//! Orders: what the shop's own system tells of them, in whatever order it arrives, and who may see it.

mod disputes;
mod trouble;

use axum::http::StatusCode;
use futures::future::join_all;
use serde_json::{Value, json};
use story_macro::story;

use crate::{
    actor::{Actor, items},
    customers::{arrives, signed},
    world::World,
};

/// A tent and its pegs, on their way.
pub fn tent(number: &str, changed_at: &str) -> Value {
    json!({
        "reference": format!("shop-{number}"),
        "number": format!("#{number}"),
        "buyer": { "account": "4711", "name": "Mara Lind", "email": "mara@example.org", "language": "nb", "country": "NO", "postcode": "0155" },
        "placed_at": "2026-01-12T08:00:00Z",
        "changed_at": changed_at,
        "cancelled_at": null,
        "payment": "paid",
        "fulfilment": "all",
        "currency": "NOK",
        "lines": [
            { "reference": "1", "sku": "TENT-2", "title": "Tent for two", "variant": "green", "quantity": 1, "total": 349_900, "picture": null },
            { "reference": "2", "sku": "PEG-10", "title": "Pegs", "variant": null, "quantity": 2, "total": 19_800, "picture": null },
        ],
        "discount": 10_000,
        "shipping": 9_900,
        "total": 369_600,
        "parcels": [{
            "reference": "p1", "carrier": "Posten", "tracking": "70300012345", "tracking_url": "https://sporing.example.org/70300012345",
            "state": "in_transit", "at": "2026-01-13T10:00:00Z", "promised_at": "2026-01-15T16:00:00Z",
        }],
        "disputes": [],
        "note": "Leave it with the neighbour",
        "page": "https://shop.example.org/admin/orders/1042",
    })
}

async fn orders(who: &Actor, query: &str) -> Vec<Value> {
    items(who.get(&format!("/orders{query}")).await.ok())
}

#[story]
async fn an_order_stands_beside_the_customer_who_placed_it(world: World) {
    let (shop, ines) = (world.owner(), world.agent("Ines"));
    let told = shop.post("/orders", tent("1042", "2026-01-13T10:00:00Z")).await;
    assert_eq!(told.status, StatusCode::CREATED);
    let order = told.ok();

    let customer = order["customer"].as_str().unwrap();
    let seen = orders(&ines, &format!("?customer={customer}")).await;
    assert_eq!(seen, std::slice::from_ref(&order));
    assert_eq!((&order["number"], &order["status"], &order["adds_up"]), (&json!("#1042"), &json!("in_transit"), &json!(true)));
    assert_eq!(order["total"], json!({ "minor": 369_600, "currency": "NOK" }));
    assert_eq!(ines.get(&format!("/customers/{customer}")).await.ok()["display_name"], "Mara Lind");
    assert_eq!(ines.get(&format!("/orders/{}", order["id"].as_str().unwrap())).await.ok(), order);
    for words in ["1042", "%231042", "shop-1042", "70300012345"] {
        assert_eq!(orders(&ines, &format!("?q={words}")).await.len(), 1, "{words}");
    }
}

#[story]
async fn the_newest_of_what_is_told_stays_in_whatever_order_it_arrives(world: World) {
    let shop = world.owner();
    let sent = tent("1", "2026-01-13T10:00:00Z");
    let mut delivered = tent("1", "2026-01-15T12:00:00Z");
    delivered["parcels"][0]["state"] = json!("delivered");
    delivered["parcels"][0]["at"] = json!("2026-01-15T12:00:00Z");
    // of the same moment, and different
    let mut refunded = delivered.clone();
    refunded["payment"] = json!("partly_refunded");
    refunded["refunded"] = json!(9_900);

    let mut ends = Vec::new();
    for (n, said) in [[&sent, &delivered, &refunded], [&refunded, &sent, &delivered], [&delivered, &refunded, &sent]].iter().enumerate() {
        let mut last = Value::Null;
        for facts in said.iter().chain(said) {
            let mut facts = (*facts).clone();
            facts["reference"] = json!(format!("the same but {n}"));
            last = shop.post("/orders", facts).await.ok();
        }
        assert_eq!(last["status"], "delivered", "{n}");
        ends.push((last["payment"].clone(), last["refunded"].clone(), last["changed_at"].clone()));
    }
    assert!(ends.iter().all(|end| *end == ends[0]), "{ends:?}");
    // telling it again is nothing new
    let before = items(shop.get("/orders").await.ok());
    shop.post("/orders", {
        let mut again = refunded;
        again["reference"] = json!("the same but 0");
        again
    })
    .await
    .ok();
    assert_eq!(items(shop.get("/orders").await.ok()), before);
    assert_eq!(before.len(), 3);
}

#[story]
async fn a_guest_is_known_by_where_the_orders_go_and_nobody_becomes_them_by_claiming_it(world: World) {
    let (shop, ines) = (world.owner(), world.agent("Ines"));
    let guest = |number: &str, email: &str| {
        let mut order = tent(number, "2026-01-13T10:00:00Z");
        order["buyer"] = json!({ "name": "Ada", "email": email });
        order
    };
    let first = shop.post("/orders", guest("1", "ada@example.org")).await.ok();
    let second = shop.post("/orders", guest("2", "ADA@example.org")).await.ok();
    let other = shop.post("/orders", guest("3", "eve@example.org")).await.ok();
    assert_eq!(first["customer"], second["customer"]);
    assert_ne!(first["customer"], other["customer"]);

    let talk = world.shopper("Eve").begins("I am ada@example.org").await;
    let claimant = ines.sees(&talk).await["person"]["id"].as_str().unwrap().to_owned();
    ines.patch(&format!("/customers/{claimant}"), json!({ "email": "ada@example.org" })).await.ok();
    assert!(orders(&ines, &format!("?customer={claimant}")).await.is_empty());
    let third = shop.post("/orders", guest("4", "ada@example.org")).await.ok();
    assert_eq!(third["customer"], first["customer"]);
}

#[story]
async fn an_order_of_nobody_has_a_customer_all_the_same(world: World) {
    let shop = world.owner();
    let told = |changed_at: &str| {
        let mut order = tent("1", changed_at);
        order["buyer"] = json!({});
        order
    };
    let first = shop.post("/orders", told("2026-01-13T10:00:00Z")).await.ok();
    let again = shop.post("/orders", told("2026-01-13T11:00:00Z")).await.ok();
    assert_eq!(first["customer"], again["customer"]);
    assert_ne!(first["changed_at"], again["changed_at"]);
}

#[story]
async fn what_cannot_be_an_order_is_refused_and_what_does_not_add_up_is_said(world: World) {
    let shop = world.owner();
    for (field, value) in [
        ("/total", json!(-1)),
        ("/total", json!(1_000_000_000_001_i64)),
        ("/currency", json!("nok")),
        ("/currency", json!("ZZZ")),
        ("/lines/0/refunded", json!(2)),
        ("/lines/0/title", json!("")),
        ("/page", json!("javascript:alert(1)")),
        ("/parcels/0/tracking_url", json!("data:text/html,x")),
        ("/disputes", json!([disputes::contested("", "needs_response")])),
        ("/disputes", json!([{ "reference": "d", "kind": "chargeback", "state": "asked", "reason": "other" }])),
        ("/disputes", json!(vec![disputes::contested("d", "won"); 51])),
        ("/reference", json!("")),
        ("/changed_at", json!("2099-01-01T00:00:00Z")),
        ("/buyer/country", json!("no")),
        ("/buyer/country", json!("Norway")),
    ] {
        let mut order = tent("1", "2026-01-13T10:00:00Z");
        match order.pointer_mut(field) {
            Some(place) => *place = value.clone(),
            None => order["lines"][0]["refunded"] = value.clone(),
        }
        assert_eq!(shop.post("/orders", order).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {value}");
    }
    let mut wrong = tent("1", "2026-01-13T10:00:00Z");
    wrong["total"] = json!(369_601);
    assert_eq!(shop.post("/orders", wrong).await.ok()["adds_up"], false);
}

#[story]
async fn what_a_customer_has_spent_is_what_they_paid_and_were_not_given_back(world: World) {
    let (shop, ines) = (world.owner(), world.agent("Ines"));
    let told = async |number: &str, facts: &[(&str, Value)]| {
        let mut order = tent(number, "2026-01-13T10:00:00Z");
        for (field, value) in facts {
            order[*field] = value.clone();
        }
        shop.post("/orders", order).await.ok()["customer"].as_str().unwrap().to_owned()
    };
    let mara = told("1", &[]).await;
    let figures = async || ines.get(&format!("/customers/{mara}/figures")).await.ok();
    assert_eq!(figures().await["sums"], json!([{ "orders": 1, "spent": { "minor": 369_600, "currency": "NOK" } }]));

    told("2", &[("payment", json!("partly_refunded")), ("refunded", json!(69_600)), ("placed_at", json!("2025-03-01T08:00:00Z"))]).await;
    told("3", &[("payment", json!("refunded")), ("refunded", json!(0))]).await;
    told("4", &[("payment", json!("authorized"))]).await;
    told("5", &[("payment", json!("partly_paid"))]).await;
    told("6", &[("cancelled_at", json!("2026-01-13T09:00:00Z"))]).await;
    told("7", &[("currency", json!("EUR")), ("placed_at", json!("2026-01-13T08:00:00Z"))]).await;
    assert_eq!(
        figures().await,
        json!({
            "orders": 6,
            "sums": [
                { "orders": 1, "spent": { "minor": 369_600, "currency": "EUR" } },
                { "orders": 5, "spent": { "minor": 669_600, "currency": "NOK" } },
            ],
            "first_at": "2025-03-01T08:00:00.000000Z",
            "last_at": "2026-01-13T08:00:00.000000Z",
        })
    );
    // told anew, it is counted as it stands now
    told("1", &[("payment", json!("refunded")), ("changed_at", json!("2026-01-13T11:00:00Z"))]).await;
    assert_eq!(figures().await["sums"][1], json!({ "orders": 5, "spent": { "minor": 300_000, "currency": "NOK" } }));

    let nobody = told("8", &[("buyer", json!({ "account": "4712" })), ("cancelled_at", json!("2026-01-13T09:00:00Z"))]).await;
    let theirs = ines.get(&format!("/customers/{nobody}/figures")).await.ok();
    assert_eq!(theirs, json!({ "orders": 0, "sums": [], "first_at": null, "last_at": null }));
    assert_eq!(world.other_shop().owner().get(&format!("/customers/{mara}/figures")).await.status, StatusCode::NOT_FOUND);
}

#[story]
async fn agents_see_orders_and_do_not_make_them_up(world: World) {
    let (ines, vera) = (world.agent("Ines"), world.member("Vera", "viewer"));
    assert_eq!(ines.post("/orders", tent("1", "2026-01-13T10:00:00Z")).await.problem(), "forbidden");
    world.owner().post("/orders", tent("1", "2026-01-13T10:00:00Z")).await.ok();
    assert_eq!(orders(&vera, "").await.len(), 1);
}

#[story]
async fn an_order_and_a_signed_in_chat_meet_in_one_customer(world: World) {
    let owner = world.owner();
    let ordered = owner.post("/orders", tent("1", "2026-01-13T10:00:00Z")).await.ok();

    let secret = owner.post("/widget/keys", Value::Null).await.ok()["secret"].as_str().unwrap().to_owned();
    let jwt = signed(&world, &secret, json!({ "sub": "4711", "nonce": "one" })).await;
    let known = arrives(&world, &jwt).await.ok();
    assert_eq!(known["customer"]["id"], ordered["customer"]);
}

#[story]
async fn of_an_erased_customers_order_nothing_more_is_written_down(world: World) {
    let owner = world.owner();
    let order = owner.post("/orders", tent("1", "2026-01-13T10:00:00Z")).await.ok();
    owner.put(&format!("/customers/{}/erasure", order["customer"].as_str().unwrap()), json!({})).await.ok();

    let erased = owner.post("/orders", tent("1", "2026-01-14T10:00:00Z")).await.ok();
    assert_eq!((&erased["id"], &erased["customer"]), (&order["id"], &order["customer"]));
    assert_eq!((&erased["number"], &erased["note"], &erased["parcels"][0]["tracking"]), (&json!(""), &Value::Null, &Value::Null));
    assert_eq!((&erased["total"], &erased["lines"][0]["title"]), (&order["total"], &order["lines"][0]["title"]));
    assert!(items(owner.get("/orders?q=shop-1").await.ok()).is_empty());
}

#[story]
async fn what_an_agent_set_right_is_not_undone_by_the_next_order(world: World) {
    let (owner, ines) = (world.owner(), world.agent("Ines"));
    let mut guest = tent("1", "2026-01-13T10:00:00Z");
    guest["buyer"] = json!({ "email": "mara@example.org", "language": "de-AT" });
    let customer = owner.post("/orders", guest.clone()).await.ok()["customer"].as_str().unwrap().to_owned();
    let path = format!("/customers/{customer}");
    assert_eq!(ines.get(&path).await.ok()["language"], Value::Null);
    ines.patch(&path, json!({ "name": "Mara Lind" })).await.ok();

    (guest["reference"], guest["buyer"]["name"], guest["buyer"]["country"]) = (json!("2"), json!("MARA L"), json!("AT"));
    owner.post("/orders", guest).await.ok();

    let known = ines.get(&path).await.ok();
    assert_eq!((&known["name"], &known["country"], &known["email"]), (&json!("Mara Lind"), &json!("AT"), &json!("mara@example.org")));
}

#[story]
async fn an_order_told_many_times_at_once_is_one(world: World) {
    let owner = world.owner();
    let told = join_all((0..8).map(|_| owner.post("/orders", tent("1", "2026-01-13T10:00:00Z")))).await;
    let statuses: Vec<StatusCode> = told.iter().map(|answer| answer.status).collect();
    assert!(statuses.iter().all(StatusCode::is_success), "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == StatusCode::CREATED).count(), 1);
    assert_eq!(items(owner.get("/orders").await.ok()).len(), 1);
    assert_eq!(items(owner.get("/customers").await.ok()).len(), 1);
}
