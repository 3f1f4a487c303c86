//! What a connection is made of has its limits, and who may make one.

use axum::http::StatusCode;
use serde_json::{Value, json};
use story_macro::story;

use super::{Connected, Vendure};
use crate::world::World;

#[story]
async fn a_form_is_held_against_its_fields_and_their_limits(world: Connected<Vendure>) {
    let owner = world.owner();
    let made = async |name: String, field: &str, value: Value| {
        let mut new = world.filled_in();
        (new["name"], new["settings"][field]) = (json!(name), value);
        owner.post("/connections", new).await.status
    };
    let (fine, refused) = (StatusCode::CREATED, StatusCode::UNPROCESSABLE_ENTITY);
    for (name, field, value, status) in [
        ("N".repeat(80), "username", json!("u".repeat(400)), fine),
        ("N".repeat(81), "username", json!("u"), refused),
        (String::new(), "username", json!("u"), refused),
        ("N".into(), "username", json!("u".repeat(401)), refused),
        ("N".into(), "username", json!(""), refused),
        ("N".into(), "unknown", json!("x"), refused),
        ("N".into(), "password", json!(7), refused),
        ("N".into(), "channel_token", json!(""), fine),
    ] {
        assert_eq!(made(name.clone(), field, value.clone()).await, status, "{} {field} {value}", name.len());
    }
    let mut unknown = world.filled_in();
    unknown["connector"] = json!("nothing");
    assert_eq!(owner.post("/connections", unknown).await.status, StatusCode::NOT_FOUND);
}

#[story]
async fn a_password_goes_nowhere_unencrypted_but_in_the_operators_own_network(world: World) {
    for (address, status) in [
        ("https://shop.example/admin-api", StatusCode::CREATED),
        ("http://shop.example/admin-api", StatusCode::UNPROCESSABLE_ENTITY),
        ("HTTP://shop.example", StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let settings = json!({ "address": address, "username": "u", "password": "p" });
        let made = world.owner().post("/connections", json!({ "connector": "vendure", "name": "Ours", "settings": settings })).await;
        assert_eq!(made.status, status, "{address}");
    }
}

#[story]
async fn a_shop_has_at_most_twenty_connections(world: Connected<Vendure>) {
    for _ in 0..20 {
        world.connects().await;
    }
    let one_more = world.owner().post("/connections", world.filled_in()).await;
    assert_eq!(one_more.status, StatusCode::CONFLICT);
    let all = crate::actor::items(world.owner().get("/connections").await.ok());
    assert_eq!(all.len(), 20);
}

#[story]
async fn agents_and_leads_do_not_see_connections(world: Connected<Vendure>) {
    let id = world.connects().await;
    for role in ["viewer", "agent", "lead"] {
        let member = world.member("Ines", role);
        for path in ["/connectors".to_owned(), "/connections".to_owned(), format!("/connections/{id}")] {
            assert_eq!(member.get(&path).await.status, StatusCode::FORBIDDEN, "{role} {path}");
        }
    }
    let fields = world.member("Ada", "admin").get("/connectors").await.ok();
    assert_eq!(fields["items"][0]["fields"][0], json!({ "name": "address", "kind": "address", "required": true }));
}
