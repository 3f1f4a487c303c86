//! What is kept, of whom and how long.

use ::platform::{Tx, http::Network};
use axum::{body::Body, http::Method};
use kernel::days;
use serde_json::{Value, json};
use story_macro::story;

use super::{batch, browsing, cart, in_chat, line, product, tells, wished};
use crate::{
    actor::{Answer, items},
    world::{SHOP_ORIGIN, World},
};

/// The shop keeps what visitors do so.
async fn keeps(world: &World, when: &str) {
    let mut settings = world.owner().get("/widget").await.ok()["settings"].take();
    settings["origins"] = json!([SHOP_ORIGIN]);
    settings["browsing"] = json!(when);
    world.owner().put("/widget", settings).await.ok();
}

/// All rows of this room.
async fn rows(world: &World) -> i64 {
    let count = async |tx: &mut Tx<'_>| {
        let mut all = 0;
        for table in ["storefront_carts", "storefront_views", "storefront_visits", "storefront_wishes"] {
            all += tx.value::<i64>(&format!("SELECT COUNT(*) FROM {table}"), &[]).await?;
        }
        Ok(all)
    };
    world.app.read(count).await.unwrap()
}

#[story]
async fn nothing_is_stored_of_those_who_have_not_agreed(world: World) {
    let (mara, _) = in_chat(&world, "Mara").await;
    let mut silent = batch(&[product("t"), cart(&[line("t", 1, 100)])]);
    silent["consent"] = json!(false);
    let says = async |batch: &Value, gpc: &str| -> Answer {
        let headers = [("content-type", "application/json"), ("sec-gpc", gpc)];
        mara.send(Method::POST, "/chat/browsing", &headers, Body::from(batch.to_string())).await
    };
    assert_eq!(says(&silent, "0").await.json()["fields"][0]["field"], "consent");
    keeps(&world, "always").await;
    assert_eq!(says(&silent, "1").await.problem(), "invalid", "a browser that wants none of it");
    keeps(&world, "never").await;
    assert_eq!(says(&batch(&[product("t")]), "0").await.problem(), "forbidden");
    assert_eq!(rows(&world).await, 0);

    keeps(&world, "always").await;
    says(&silent, "0").await.ok();
    assert_eq!(rows(&world).await, 3);
    assert_eq!(world.stranger().post("/chat/browsing", batch(&[])).await.problem(), "sign_in_needed");
}

#[story]
async fn who_agreed_is_written_down_and_taking_it_back_forgets_what_was_kept(world: World) {
    let (ines, (mara, customer)) = (world.agent("Ines"), in_chat(&world, "Mara").await);
    tells(&mara, &[product("t"), cart(&[line("t", 1, 100)])]).await.ok();
    tells(&mara, &[product("stove")]).await.ok();
    let said = async || items(ines.get(&format!("/customers/{customer}/consents")).await.ok());
    let agreed = said().await;
    assert_eq!(agreed.len(), 1, "{agreed:?}");
    assert_eq!((&agreed[0]["purpose"], &agreed[0]["source"], &agreed[0]["given"]), (&json!("browsing"), &json!("page"), &json!(true)));
    let network = Network([127, 0, 0, 1].into()).to_string();
    assert_eq!((&agreed[0]["page"], &agreed[0]["network"]), (&json!(SHOP_ORIGIN), &json!(network)));

    mara.delete("/chat/visitor").await.ok();
    assert_eq!(rows(&world).await, 0);
    assert_eq!((said().await.len(), &said().await[0]["given"]), (2, &json!(false)));
    assert_eq!(tells(&mara, &[product("t")]).await.problem(), "sign_in_needed");
}

#[story]
async fn of_those_the_shop_has_blocked_nothing_is_kept(world: World) {
    let (ines, (mara, customer)) = (world.agent("Ines"), in_chat(&world, "Mara").await);
    ines.put(&format!("/customers/{customer}/block"), json!({})).await.ok();
    tells(&mara, &[product("t")]).await.ok();
    assert_eq!(rows(&world).await, 0);
}

#[story]
async fn what_is_old_is_forgotten(world: World) {
    let (mara, _) = in_chat(&world, "Mara").await;
    tells(&mara, &[product("t"), wished("t"), cart(&[line("t", 1, 100)])]).await.ok();
    for (later, left) in [(29, 4), (2, 3), (57, 3), (4, 1), (270, 1), (6, 0)] {
        world.after(days(later)).await;
        assert_eq!(rows(&world).await, left, "{later} days later");
    }
}

#[story]
async fn the_newest_wishes_are_kept_and_no_more(world: World) {
    let (mara, _) = in_chat(&world, "Mara").await;
    for n in 0..102 {
        world.after(kernel::seconds(1)).await;
        tells(&mara, &[wished(&format!("p{n}"))]).await.ok();
    }
    assert_eq!(rows(&world).await, 101, "a hundred, and the visit");
}

#[story]
async fn the_newest_are_kept_and_no_more(world: World) {
    let (ines, (mara, customer)) = (world.agent("Ines"), in_chat(&world, "Mara").await);
    for n in 0..52 {
        tells(&mara, &[product(&format!("p{n}"))]).await.ok();
        world.after(kernel::minutes(31)).await;
    }
    let seen = browsing(&ines, &customer).await;
    assert_eq!(seen["viewed"].as_array().unwrap().len(), 12);
    let count = async |table: &'static str| -> i64 {
        world.app.read(async move |tx: &mut Tx<'_>| tx.value(&format!("SELECT COUNT(*) FROM {table}"), &[]).await).await.unwrap()
    };
    assert_eq!((count("storefront_views").await, count("storefront_visits").await), (50, 20));
}
