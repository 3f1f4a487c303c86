//! Products and their stock: what the shop's own system tells of them, in whatever order it arrives, and who may see it.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
};
use serde_json::{Value, json};
use story_macro::story;

use crate::{
    actor::{Agent, OUR_ORIGIN, items, send},
    customers::{arrives, signed},
    world::World,
};

/// A tent in two sizes.
pub fn tent(reference: &str, changed_at: &str) -> Value {
    let price = json!({ "currency": "NOK", "minor": 449_000, "before": 499_000 });
    json!({
        "reference": reference,
        "title": "Teltet Vidde",
        "titles": { "en": "Vidde tent" },
        "description": "Stands in a storm.",
        "vendor": "Lyngvidde",
        "category": "Telt",
        "page": "https://shop.example.org/tent",
        "picture": "https://shop.example.org/tent.png",
        "published": true,
        "delivery_days": { "least": 1, "most": 3 },
        "variants": [
            { "reference": format!("{reference}/2"), "sku": "TENT-2", "title": "2", "prices": [price], "picture": null },
            { "reference": format!("{reference}/3"), "sku": "TENT-3", "title": "3", "prices": [], "picture": null, "on_backorder": true },
        ],
        "changed_at": changed_at,
    })
}

/// So many of a variant at one place.
pub fn counted(variant: &str, location: &str, available: i64, changed_at: &str) -> Value {
    json!({ "levels": [{ "variant": variant, "location": location, "available": available, "changed_at": changed_at }] })
}

async fn products(who: &Agent, query: &str) -> Vec<Value> {
    items(who.get(&format!("/products{query}")).await.ok())
}

async fn changes(world: &World, kind: &str) -> i64 {
    let (shop, kind) = (world.id(), kind.to_owned());
    let sql = "SELECT COUNT(*) FROM platform_events WHERE shop_id = $1 AND kind = $2";
    world.app.read(async move |tx: &mut ::platform::Tx<'_>| tx.value(sql, &[&shop, &kind]).await).await.unwrap()
}

#[story]
async fn a_product_is_found_by_its_words_in_any_of_its_languages_and_by_its_sku(world: World) {
    let (shop, ines) = (world.owner(), world.agent("Ines"));
    let told = shop.post("/products", tent("t", "2026-01-13T10:00:00Z")).await;
    assert_eq!(told.status, StatusCode::CREATED);
    let product = told.ok();
    assert_eq!(product["variants"][0]["prices"][0]["before"], json!({ "minor": 499_000, "currency": "NOK" }));
    assert_eq!(product["variants"][0]["available"], Value::Null, "the shop does not count");
    for words in ["vidde", "tent-3", "lyngvidde", "telt", "TENT"] {
        assert_eq!(products(&ines, &format!("?q={words}")).await, std::slice::from_ref(&product), "{words}");
    }
    assert!(products(&ines, "?q=stove").await.is_empty());
    assert_eq!(ines.get(&format!("/products/{}", product["id"].as_str().unwrap())).await.ok(), product);
    assert_eq!(world.other_shop().owner().get("/products").await.ok()["items"], json!([]));
}

#[story]
async fn the_newest_of_what_is_told_of_a_product_stays_in_whatever_order_it_arrives(world: World) {
    let shop = world.owner();
    let first = tent("t", "2026-01-13T10:00:00Z");
    let mut dearer = tent("t", "2026-01-14T10:00:00Z");
    dearer["variants"][0]["prices"][0]["minor"] = json!(479_000);
    let mut twin = dearer.clone();
    twin["title"] = json!("Vidde");
    let mut ends = Vec::new();
    for (n, said) in [[&first, &dearer, &twin], [&twin, &first, &dearer], [&dearer, &twin, &first]].iter().enumerate() {
        let mut last = Value::Null;
        for facts in said.iter().chain(said) {
            let mut facts = (*facts).clone();
            facts["reference"] = json!(format!("t{n}"));
            last = shop.post("/products", facts).await.ok();
        }
        ends.push((last["title"].clone(), last["variants"].clone(), last["changed_at"].clone()));
    }
    assert!(ends.iter().all(|end| *end == ends[0]), "{ends:?}");
    assert_eq!(ends[0].1[0]["prices"][0]["price"]["minor"], 479_000);
    assert_eq!(changes(&world, "product_added").await, 3);
}

#[story]
async fn what_the_shop_no_longer_sells_is_not_offered(world: World) {
    let (shop, ines) = (world.owner(), world.agent("Ines"));
    shop.post("/products", tent("t", "2026-01-13T10:00:00Z")).await.ok();
    let mut gone = tent("t", "2026-01-14T10:00:00Z");
    gone["published"] = json!(false);
    shop.post("/products", gone).await.ok();
    for (query, found) in [("", 1), ("?published=true", 0), ("?published=false", 1), ("?q=vidde&published=true", 0), ("?q=vidde", 1)] {
        assert_eq!(products(&ines, query).await.len(), found, "{query}");
    }
}

#[story]
async fn stock_is_the_sum_of_all_places_and_the_newest_count_of_each(world: World) {
    let (shop, ines) = (world.owner(), world.agent("Ines"));
    // before anybody has told of the product
    shop.post("/stock", counted("t/2", "Oslo", 5, "2026-01-13T10:00:00Z")).await.ok();
    assert_eq!(changes(&world, "stock_changed").await, 0);
    shop.post("/products", tent("t", "2026-01-13T10:00:00Z")).await.ok();
    let available = async || products(&ines, "").await[0]["variants"][0]["available"].clone();
    assert_eq!(available().await, 5);

    for (place, count, at, sum) in [
        ("Bergen", 3, "2026-01-13T11:00:00Z", 8),
        ("Oslo", 4, "2026-01-13T12:00:00Z", 7),
        ("Oslo", 9, "2026-01-13T11:59:59Z", 7),
        ("Oslo", 6, "2026-01-13T12:00:00Z", 9),
        ("Oslo", 4, "2026-01-13T12:00:00Z", 9),
        ("Bergen", -2, "2026-01-14T12:00:00Z", 4),
    ] {
        shop.post("/stock", counted("t/2", place, count, at)).await.ok();
        assert_eq!(available().await, sum, "{place} {count} at {at}");
    }
    assert_eq!(changes(&world, "stock_changed").await, 4, "what is known already is nothing new");
    let places = products(&ines, "").await[0]["variants"][0]["stock"].clone();
    assert_eq!(places, json!([{ "location": "Bergen", "available": -2 }, { "location": "Oslo", "available": 6 }]));
}

#[story]
async fn a_variant_that_moves_to_another_product_takes_its_stock_along(world: World) {
    let shop = world.owner();
    shop.post("/products", tent("t", "2026-01-13T10:00:00Z")).await.ok();
    shop.post("/stock", counted("t/3", "Oslo", 2, "2026-01-13T10:00:00Z")).await.ok();
    let mut alone = tent("large", "2026-01-14T10:00:00Z");
    alone["variants"] = json!([alone["variants"][1].clone()]);
    alone["variants"][0]["reference"] = json!("t/3");
    let alone = shop.post("/products", alone).await.ok();
    assert_eq!(alone["variants"][0]["available"], 2);
    let rest = products(&shop, "").await.into_iter().find(|product| product["id"] != alone["id"]).unwrap();
    assert_eq!(rest["variants"][1]["available"], Value::Null);
}

#[story]
async fn what_is_no_product_is_refused_in_words(world: World) {
    let shop = world.owner();
    let with = |change: &dyn Fn(&mut Value)| {
        let mut facts = tent("t", "2026-01-13T10:00:00Z");
        change(&mut facts);
        facts
    };
    let price = |minor: i64| json!({ "currency": "NOK", "minor": minor, "before": null });
    let variants = |count: i64| -> Value { (0..count).map(|n| json!({ "reference": format!("{n}"), "prices": [] })).collect() };
    for (field, facts) in [
        ("variants", with(&|facts| facts["variants"] = json!([]))),
        ("variants", with(&|facts| facts["variants"] = variants(501))),
        ("variants", with(&|facts| facts["variants"][1]["reference"] = facts["variants"][0]["reference"].clone())),
        ("variants.0.prices", with(&|facts| facts["variants"][0]["prices"] = json!([price(1), price(2)]))),
        ("variants.0.prices.0.minor", with(&|facts| facts["variants"][0]["prices"] = json!([price(-1)]))),
        ("delivery_days", with(&|facts| facts["delivery_days"] = json!({ "least": 3, "most": 2 }))),
        ("delivery_days", with(&|facts| facts["delivery_days"] = json!({ "least": 3, "most": 366 }))),
        ("picture", with(&|facts| facts["picture"] = json!("javascript:alert(1)"))),
        ("title", with(&|facts| facts["title"] = json!("x".repeat(301)))),
        ("changed_at", with(&|facts| facts["changed_at"] = json!("2026-11-25T10:00:01Z"))),
    ] {
        let refused = shop.post("/products", facts).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert_eq!(refused.json()["fields"][0]["field"], field);
    }
    let most = shop.post("/products", with(&|facts| facts["variants"] = variants(500))).await;
    assert_eq!(most.status, StatusCode::CREATED);

    let level = counted("v", "Oslo", 1, "2026-01-13T10:00:00Z")["levels"][0].clone();
    let many = |count| json!({ "levels": vec![level.clone(); count] });
    assert_eq!(shop.post("/stock", many(250)).await.status, StatusCode::NO_CONTENT);
    for (field, body) in [
        ("levels", many(251)),
        ("levels.0.available", counted("v", "Oslo", 1_000_000_000_001, "2026-01-13T10:00:00Z")),
        ("levels.0.variant", counted("", "Oslo", 1, "2026-01-13T10:00:00Z")),
        ("changed_at", counted("v", "Oslo", 1, "2026-11-25T10:00:01Z")),
    ] {
        let refused = shop.post("/stock", body).await;
        assert_eq!((refused.status, &refused.json()["fields"][0]["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!(field)));
    }
}

#[story]
async fn agents_see_products_and_only_the_shops_system_tells_of_them(world: World) {
    let facts = tent("t", "2026-01-13T10:00:00Z");
    let level = counted("t/2", "Oslo", 5, "2026-01-13T10:00:00Z");
    assert_eq!(world.agent("Ines").post("/products", facts.clone()).await.status, StatusCode::FORBIDDEN);
    assert_eq!(world.agent("Ines").post("/stock", level).await.status, StatusCode::FORBIDDEN);
    world.member("Ada", "admin").post("/products", facts).await.ok();
    assert_eq!(products(&world.member("Vera", "viewer"), "").await.len(), 1);
}

#[story]
async fn a_product_in_an_answer_is_shown_in_the_customers_language_and_currency_and_stays_as_it_was(world: World) {
    let (shop, ines, mara) = (world.owner(), world.agent("Ines"), world.shopper("Mara"));
    let mut facts = tent("t", "2026-01-13T10:00:00Z");
    facts["variants"][0]["prices"] = json!([
        { "currency": "NOK", "minor": 449_000, "before": 499_000 },
        { "currency": "GBP", "minor": 33_900, "before": null },
    ]);
    let product = shop.post("/products", facts.clone()).await.ok()["id"].clone();
    shop.post("/stock", counted("t/2", "Oslo", 3, "2026-01-13T10:00:00Z")).await.ok();
    let talk = mara.writes("Which tent do you recommend?").await;
    let answer = async |client_id: &str, products: Value| {
        let body = json!({ "client_id": client_id, "kind": "reply", "html": "", "products": products, "seen_seq": 99 });
        ines.post(&format!("/conversations/{}/messages", talk.id), body).await
    };

    let said = answer("1", json!([product, product])).await.ok();
    let card = json!({
        "product": product, "title": "Vidde tent", "page": "https://shop.example.org/tent", "picture": "https://shop.example.org/tent.png",
        "price": { "minor": 449_000, "currency": "NOK" }, "before": { "minor": 499_000, "currency": "NOK" }, "dearer": false, "in_stock": true, "left": null,
    });
    assert_eq!(said["products"], json!([card]));
    world.settle().await;
    let shown = async || {
        mara.reads(&talk).await.into_iter().flat_map(|message| message["products"].as_array().unwrap().clone()).collect::<Vec<_>>()
    };
    assert_eq!(shown().await, std::slice::from_ref(&card));

    // what was shown stays as it was
    facts["changed_at"] = json!("2026-01-14T10:00:00Z");
    facts["title"] = json!("Telt");
    facts["published"] = json!(false);
    shop.post("/products", facts).await.ok();
    assert_eq!(shown().await, [card]);
    let row = ines.get(&format!("/conversations/{}", talk.id)).await.ok();
    assert_eq!(row["preview"]["text"], "Vidde tent", "{row}");

    for products in [json!(["prd_00000000000000000000000000"]), json!(vec![product.clone(); 6])] {
        let refused = answer("2", products).await;
        assert_eq!(refused.json()["fields"][0]["field"], "products");
    }
    assert_eq!(answer("3", json!([])).await.json()["fields"][0]["field"], "html", "an answer says or shows something");
    assert_eq!(answer("5", json!([product])).await.json()["fields"][0]["field"], "products", "it is no longer sold");
    let theirs = world.other_shop().owner().post("/products", tent("t", "2026-01-13T10:00:00Z")).await.ok()["id"].clone();
    assert_eq!(answer("4", json!([theirs])).await.json()["fields"][0]["field"], "products");
}

fn bearer(token: &Value) -> HeaderMap {
    let text = format!("Bearer {}", token.as_str().unwrap());
    HeaderMap::from_iter([
        (header::AUTHORIZATION, text.parse().unwrap()),
        (header::ORIGIN, HeaderValue::from_static(OUR_ORIGIN)),
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
    ])
}

#[story]
async fn who_has_paid_is_shown_prices_in_that_currency_and_who_has_not_in_their_countrys(world: World) {
    let (shop, ines) = (world.owner(), world.agent("Ines"));
    let mut facts = tent("t", "2026-01-13T10:00:00Z");
    facts["variants"][0]["prices"] = ["NOK", "GBP", "TRY"]
        .into_iter()
        .zip(1..)
        .map(|(currency, minor)| json!({ "currency": currency, "minor": minor, "before": null }))
        .collect();
    let product = shop.post("/products", facts).await.ok()["id"].clone();
    // of the first order it turns out that somebody else has placed it
    let order = |account: &str, country: &str, changed_at: &str| {
        let mut order = crate::commerce::tent("1", changed_at);
        order["currency"] = json!("GBP");
        order["buyer"] = json!({ "account": account, "country": country });
        order
    };
    shop.post("/orders", order("4711", "TR", "2026-01-13T10:00:00Z")).await.ok();
    shop.post("/orders", order("4712", "NO", "2026-01-14T10:00:00Z")).await.ok();

    let secret = shop.post("/widget/keys", Value::Null).await.ok()["secret"].as_str().unwrap().to_owned();
    for (account, currency, minor) in [("4711", "TRY", 3), ("4712", "GBP", 2)] {
        let jwt = signed(&world, &secret, json!({ "sub": account, "nonce": account })).await;
        let theirs = bearer(&arrives(&world, &jwt).await.ok()["token"]);
        let begins = Body::from(json!({ "client_id": "1", "text": "Which tent?" }).to_string());
        let begun = send(world.router(), Method::POST, "/chat/conversations", &theirs, begins).await.ok();
        let talk = begun["conversation"]["id"].as_str().unwrap().to_owned();
        let body = json!({ "client_id": "2", "kind": "reply", "html": "<p>This one</p>", "products": [product], "seen_seq": 99 });
        let said = ines.post(&format!("/conversations/{talk}/messages"), body).await.ok();
        assert_eq!(said["products"][0]["price"], json!({ "minor": minor, "currency": currency }), "{account}");
    }
}
