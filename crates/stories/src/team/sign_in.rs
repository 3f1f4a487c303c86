//! Coming in by the front door, and being kept out of it.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
};
use kernel::{days, hours, minutes};
use serde_json::{Value, json};
use story_macro::story;

use crate::{
    actor::{Answer, OUR_ORIGIN, items, send},
    world::{PASSWORD, World},
};

async fn tries(world: &World, email: &str, password: &str) -> Answer {
    let body = json!({ "email": email, "password": password });
    let mut headers = HeaderMap::from_iter([(header::ORIGIN, HeaderValue::from_static(OUR_ORIGIN))]);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    send(world.router(), Method::POST, "/session", &headers, Body::from(body.to_string())).await
}

async fn address(world: &World) -> String {
    world.owner().get("/session").await.ok()["person"]["email"].as_str().unwrap().to_owned()
}

#[story]
async fn a_wrong_password_and_an_unknown_address_are_the_same_to_a_stranger(world: World) {
    let known = tries(&world, &address(&world).await, "not my password").await;
    let unknown = tries(&world, "nobody@fjell.example", "not my password").await;
    assert_eq!((known.status, known.text()), (StatusCode::UNAUTHORIZED, unknown.text()));
    assert_eq!(known.header("set-cookie"), None);

    let shouted = address(&world).await.to_uppercase();
    assert_eq!(tries(&world, &shouted, PASSWORD).await.status, StatusCode::CREATED, "an address is the same in capitals");
}

#[story]
async fn who_guesses_must_wait_whether_or_not_there_is_such_an_address(world: World) {
    let email = address(&world).await;
    for email in [email.as_str(), "nobody@fjell.example"] {
        world.clock.advance(hours(1));
        for _ in 0..10 {
            assert_eq!(tries(&world, email, "a wrong guess").await.status, StatusCode::UNAUTHORIZED);
        }
        let refused = tries(&world, email, PASSWORD).await;
        assert_eq!((refused.status, refused.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, Some("900")));
    }
    world.clock.advance(hours(1));
    assert_eq!(tries(&world, &email, PASSWORD).await.status, StatusCode::CREATED);
    assert_eq!(tries(&world, &email, "a wrong guess").await.status, StatusCode::UNAUTHORIZED, "and all is forgiven");
}

#[story]
async fn the_cookie_is_out_of_reach_for_scripts_and_other_sites(world: World) {
    let answer = tries(&world, &address(&world).await, PASSWORD).await;
    let cookie = answer.header("set-cookie").unwrap();
    assert!(cookie.starts_with("ombud_session=oss_"), "{cookie}");
    assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax; Max-Age=1209600"), "{cookie}");
}

#[story]
async fn another_sites_page_cannot_act_with_the_cookie(world: World) {
    let owner = world.owner();
    for origin in ["https://evil.example", "null", ""] {
        let answer =
            owner.send(Method::PATCH, "/shop", &[("origin", origin), ("content-type", "application/json")], Body::from("{}")).await;
        assert_eq!((answer.status, answer.problem().as_str()), (StatusCode::FORBIDDEN, "forbidden"), "{origin:?}");
    }
    let mut headers = HeaderMap::from_iter([(header::ORIGIN, HeaderValue::from_static("https://evil.example"))]);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let body = json!({ "email": address(&world).await, "password": PASSWORD }).to_string();
    let answer = send(world.router(), Method::POST, "/session", &headers, Body::from(body)).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "nor sign a visitor in as somebody else");
}

#[story]
async fn a_session_ends_after_eight_quiet_hours(world: World) {
    let owner = world.owner();
    owner.get("/session").await.ok();
    world.clock.advance(hours(8) - minutes(1));
    owner.get("/session").await.ok();
    world.clock.advance(hours(8));
    assert_eq!(owner.get("/session").await.status, StatusCode::UNAUTHORIZED);
}

#[story]
async fn and_in_any_case_after_two_weeks(world: World) {
    let owner = world.owner();
    owner.get("/session").await.ok();
    for _ in 0..47 {
        world.after(hours(7)).await;
        owner.get("/session").await.ok();
    }
    world.after(days(14) - hours(7 * 47)).await;
    assert_eq!(owner.get("/session").await.status, StatusCode::UNAUTHORIZED);
}

#[story]
async fn one_signs_out_here_or_everywhere_else(world: World) {
    let (desk, phone, tablet) = (world.owner(), world.owner(), world.owner());
    for browser in [&desk, &phone, &tablet] {
        browser.get("/session").await.ok();
    }
    let sessions = items(desk.get("/sessions").await.ok());
    assert_eq!(sessions.len(), 3);
    assert_eq!(sessions.iter().filter(|session| session["current"] == true).count(), 1);

    phone.delete("/session").await.ok();
    assert_eq!(phone.get("/session").await.status, StatusCode::UNAUTHORIZED);
    desk.delete("/sessions").await.ok();
    assert_eq!(tablet.get("/session").await.status, StatusCode::UNAUTHORIZED);
    desk.get("/session").await.ok();
    assert_eq!(items(desk.get("/sessions").await.ok()).len(), 1);
}

#[story]
async fn nobody_ends_anothers_session(world: World) {
    let (owner, ines) = (world.owner(), world.agent("Ines"));
    ines.get("/session").await.ok();
    let of_owner = items(owner.get("/sessions").await.ok())[0]["id"].clone();
    assert_eq!(ines.delete(&format!("/sessions/{}", of_owner.as_str().unwrap())).await.status, StatusCode::NOT_FOUND);
    owner.get("/session").await.ok();
}

#[story]
async fn an_owner_opens_a_second_shop_and_goes_there(world: World) {
    let owner = world.owner();
    world.agent("Ines").get("/session").await.ok();
    let body = json!({ "name": "Vidde", "language": "nb", "time_zone": "europe/oslo" });
    let vidde = owner.post("/shops", body).await.ok();
    assert_eq!(vidde["time_zone"], "Europe/Oslo");

    let there = owner.put("/session/shop", json!({ "shop": vidde["id"] })).await.ok();
    assert_eq!((&there["shop"]["name"], &there["member"]["role"]["key"]), (&json!("Vidde"), &json!("owner")));
    assert_eq!(there["shops"].as_array().map(Vec::len), Some(2));
    assert_eq!(items(owner.get("/members").await.ok()).len(), 1, "Ines is not a member there");

    let elsewhere = world.other_shop().id().to_string();
    assert_eq!(owner.put("/session/shop", json!({ "shop": elsewhere })).await.status, StatusCode::NOT_FOUND);
    assert_eq!(owner.get("/shop").await.ok()["id"], vidde["id"]);
}

#[story]
async fn one_is_there_as_long_as_one_is_heard_of(world: World) {
    let (owner, ines) = (world.owner(), world.agent("Ines"));
    let me = ines.get("/session").await.ok()["member"].clone();
    let path = format!("/members/{}", me["id"].as_str().unwrap());
    let seen = async || owner.get(&path).await.ok()["availability"].clone();
    assert_eq!((&me["availability"], seen().await), (&json!("online"), json!("online")));

    let away = json!({ "availability": "away" });
    assert_eq!(owner.put(&format!("{path}/availability"), away.clone()).await.status, StatusCode::FORBIDDEN);
    ines.put(&format!("{path}/availability"), away).await.ok();
    assert_eq!(seen().await, "away");
    ines.put(&format!("{path}/availability"), json!({ "availability": "online" })).await.ok();
    world.clock.advance(minutes(10));
    assert_eq!(seen().await, "offline");
    ines.get("/session").await.ok();
    assert_eq!(seen().await, "online");
    ines.delete("/session").await.ok();
    assert_eq!(seen().await, Value::from("offline"));
}
