//! Forgotten, changed and refused passwords.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
};
use kernel::{hours, minutes};
use platform::{Tx, live::Topic, outbox};
use serde_json::{Value, json};
use story_macro::story;

use crate::{
    actor::{Answer, OUR_ORIGIN, send},
    world::{PASSWORD, World},
};

const NEW: &str = "a steep path downhill";

async fn as_stranger(world: &World, method: Method, path: &str, body: Value) -> Answer {
    let mut headers = HeaderMap::from_iter([(header::ORIGIN, HeaderValue::from_static(OUR_ORIGIN))]);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    send(world.router(), method, path, &headers, Body::from(body.to_string())).await
}

async fn asks(world: &World, email: &str) {
    let answer = as_stranger(world, Method::POST, "/password-resets", json!({ "email": email })).await;
    assert_eq!((answer.status, answer.text()), (StatusCode::ACCEPTED, String::new()));
}

async fn mails(world: &World) -> usize {
    world.app.read(async move |tx: &mut Tx<'_>| outbox::newest_of_all(tx, 200).await).await.unwrap().len()
}

async fn secret_for(world: &World, email: &str) -> String {
    let mail = world.mail_to(email).await;
    mail.split("/console/reset#").nth(1).unwrap().split_whitespace().next().unwrap().to_owned()
}

async fn resets(world: &World, token: &str, password: &str) -> Answer {
    as_stranger(world, Method::PUT, "/password-resets", json!({ "token": token, "password": password })).await
}

async fn signs_in(world: &World, email: &str, password: &str) -> StatusCode {
    as_stranger(world, Method::POST, "/session", json!({ "email": email, "password": password })).await.status
}

#[story]
async fn a_forgotten_password_is_replaced_once_and_ends_all_that_went_before(world: World) {
    let (owner, program) = (world.owner(), world.program());
    let email = owner.get("/session").await.ok()["person"]["email"].as_str().unwrap().to_owned();
    program.get("/members").await.ok();
    let mut screens = world.app.live().listen(Topic::Shop(world.id()));

    asks(&world, &email.to_uppercase()).await;
    let secret = secret_for(&world, &email).await;
    let weak = resets(&world, &secret, "short").await;
    assert_eq!((weak.status, &weak.json()["fields"][0]["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("password")));
    resets(&world, &secret, NEW).await.ok();

    assert_eq!(owner.get("/session").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(program.get("/members").await.status, StatusCode::UNAUTHORIZED);
    let mut signals = std::iter::from_fn(|| screens.try_next());
    assert!(signals.any(|frame| matches!(&*frame, platform::live::Frame::Signal { name, .. } if name == "signed_out")));
    assert_eq!(signs_in(&world, &email, PASSWORD).await, StatusCode::UNAUTHORIZED);
    assert_eq!(signs_in(&world, &email, NEW).await, StatusCode::CREATED);
    assert_eq!(resets(&world, &secret, PASSWORD).await.problem(), "invalid", "a link works once");
}

#[story]
async fn asking_for_an_unknown_address_or_too_often_looks_the_same_and_sends_nothing(world: World) {
    let email = world.owner().get("/session").await.ok()["person"]["email"].as_str().unwrap().to_owned();
    asks(&world, "nobody@fjell.example").await;
    assert_eq!(mails(&world).await, 0);
    for _ in 0..5 {
        asks(&world, &email).await;
    }
    assert_eq!(mails(&world).await, 3);
    world.clock.advance(hours(1));
    asks(&world, &email).await;
    assert_eq!(mails(&world).await, 4);
}

#[story]
async fn a_password_link_ends_after_an_hour_and_when_a_newer_one_is_sent(world: World) {
    let email = world.owner().get("/session").await.ok()["person"]["email"].as_str().unwrap().to_owned();
    asks(&world, &email).await;
    let older = secret_for(&world, &email).await;
    asks(&world, &email).await;
    let newer = secret_for(&world, &email).await;
    assert_eq!(resets(&world, &older, NEW).await.problem(), "invalid");
    world.clock.advance(minutes(60));
    assert_eq!(resets(&world, &newer, NEW).await.problem(), "invalid");
    for made_up in ["", "opr_x", &newer.replace("opr", "oin"), &"x".repeat(10_000)] {
        assert_eq!(resets(&world, made_up, NEW).await.problem(), "invalid");
    }
    assert_eq!(signs_in(&world, &email, PASSWORD).await, StatusCode::CREATED);
}

#[story]
async fn who_changes_their_password_stays_and_their_other_browsers_go(world: World) {
    let (desk, phone) = (world.owner(), world.owner());
    for browser in [&desk, &phone] {
        browser.get("/session").await.ok();
    }
    let wrong = desk.put("/person/password", json!({ "current": "not this one", "new": NEW })).await;
    assert_eq!((wrong.status, &wrong.json()["fields"][0]["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("current")));
    let weak = desk.put("/person/password", json!({ "current": PASSWORD, "new": "1234567890" })).await;
    assert_eq!((weak.status, &weak.json()["fields"][0]["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("new")));

    desk.put("/person/password", json!({ "current": PASSWORD, "new": NEW })).await.ok();
    desk.get("/session").await.ok();
    assert_eq!(phone.get("/session").await.status, StatusCode::UNAUTHORIZED);
}

#[story]
async fn a_program_has_no_password_and_no_sessions(world: World) {
    let program = world.program();
    for answer in [
        program.put("/person/password", json!({ "current": PASSWORD, "new": NEW })).await,
        program.patch("/person", json!({ "name": "Somebody else" })).await,
        program.get("/sessions").await,
        program.delete("/sessions").await,
        program.delete("/session").await,
        program.put("/session/shop", json!({ "shop": world.id() })).await,
    ] {
        assert_eq!(answer.problem(), "forbidden");
    }
}
