//! Attacks that have worked on others, tried here. `docs/reliability.md` lists them all, with the tests that try each.

mod post_office;

use std::collections::BTreeSet;

use ::platform::config::Config;
use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
};
use kernel::{minutes, seconds};
use serde_json::{Value, json};
use story_macro::story;

use crate::{
    actor::{Answer, OUR_ORIGIN, send},
    erasure::canaries::everything_stored,
    logs,
    sockets::{Server, bearer},
    story::{Place, Setting},
    world::{PASSWORD, World},
};
use post_office::PostOffice;

/// An installation that sends its mail.
struct Mailing {
    world: World,
    config: Config,
    post: PostOffice,
}

impl Setting for Mailing {
    fn modules() -> Vec<::platform::Module> {
        World::modules()
    }
    async fn set(place: &Place) -> Mailing {
        let post = PostOffice::open().await;
        let config = Config { mail_server: post.address.clone(), ..place.config() };
        Mailing { world: World::with(config.clone()).await, config, post }
    }
}

async fn as_stranger(world: &World, method: Method, path: &str, more: &[(header::HeaderName, &str)], body: Value) -> Answer {
    let mut headers = HeaderMap::from_iter([(header::ORIGIN, HeaderValue::from_static(OUR_ORIGIN))]);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    for (name, value) in more {
        headers.insert(name, HeaderValue::from_str(value).unwrap());
    }
    send(world.router(), method, path, &headers, Body::from(body.to_string())).await
}

/// A15, A9: whoever reads the database, the files or the log cannot sign in with what they find.
#[story]
async fn nothing_that_lets_somebody_in_is_stored_or_logged_as_it_is(mailing: Mailing) {
    let (world, log) = (&mailing.world, logs::listen());
    let owner = world.owner();
    let mut secrets = vec![("the password", PASSWORD.to_owned())];
    let cookie = owner.headers().await[header::COOKIE].to_str().unwrap().split('=').nth(1).unwrap().to_owned();
    secrets.push(("a session", cookie));
    secrets.push(("an API token", bearer(&world.program().headers().await)));
    let mara = world.shopper("Mara");
    secrets.push(("a visitor's token", bearer(&mara.headers().await)));
    let key = owner.post("/widget/keys", Value::Null).await.ok()["secret"].as_str().unwrap().to_owned();
    secrets.push(("a signing key", key));

    let role = crate::actor::items(owner.get("/roles").await.ok())[0]["id"].clone();
    owner.post("/invitations", json!({ "email": "nils@example.com", "name": "Nils", "role": role, "departments": [] })).await.ok();
    as_stranger(world, Method::POST, "/password-resets", &[], json!({ "email": "owner@en.example" })).await.ok();
    world.settle().await;
    for (what, page) in [("an invitation", "/console/invitation#"), ("a password link", "/console/reset#")] {
        secrets.push((what, mailing.post.secret_behind(page)));
    }
    // each is used wrongly once as well: what is refused is not written down either
    for (_, secret) in &secrets {
        let shown = [(header::AUTHORIZATION, format!("Bearer {secret}x"))];
        let shown: Vec<_> = shown.iter().map(|(name, value)| (name.clone(), value.as_str())).collect();
        as_stranger(world, Method::GET, "/session", &shown, Value::Null).await;
        as_stranger(world, Method::POST, "/session", &[], json!({ "email": "owner@en.example", "password": format!("{secret}x") })).await;
        as_stranger(world, Method::POST, "/invitations/lookups", &[], json!({ "token": format!("{secret}x") })).await;
        world.clock.advance(minutes(1));
    }

    let (stored, logged) = (everything_stored(&mailing.config).await, log.text());
    let mut found = Vec::new();
    for (what, secret) in &secrets {
        assert!(secret.len() >= 20, "{what}: {secret}");
        if stored.windows(secret.len()).any(|window| window == secret.as_bytes()) {
            found.push(format!("{what} is stored"));
        }
        if logged.contains(secret.as_str()) {
            found.push(format!("{what} is logged"));
        }
    }
    assert_eq!(found, Vec::<String>::new());
    assert_eq!(secrets.iter().map(|(_, secret)| secret).collect::<BTreeSet<_>>().len(), 7, "each a secret of its own");
}

/// A18: a link in a mail leads to the address the operator has set, whatever the request says it was sent to.
#[story]
async fn a_link_in_a_mail_leads_home_whatever_host_a_request_names(mailing: Mailing) {
    let world = &mailing.world;
    let poisoned = [
        (header::HOST, "evil.example"),
        (header::HeaderName::from_static("x-forwarded-host"), "evil.example"),
        (header::FORWARDED, "host=evil.example"),
    ];
    // a browser that was led astray would say so; a program says no origin at all
    let mut headers = HeaderMap::new();
    for (name, value) in poisoned {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let body = json!({ "email": "owner@en.example" }).to_string();
    let answer = send(world.router(), Method::POST, "/password-resets", &headers, Body::from(body)).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED);
    world.settle().await;
    let mail = mailing.post.taken().pop().unwrap();
    assert!(mail.contains("http://127.0.0.1:8080/console/reset#") && !mail.contains("evil"), "{mail}");
}

/// A17: what somebody calls themselves is filled in and never read as a template, nor as HTML.
#[story]
async fn a_name_that_is_a_template_stays_a_name(world: World) {
    let name = "{{ agent.email }}{% for i in (1..9) %}x{% endfor %}";
    let (mara, ines) = (world.shopper(name), world.agent("Ines"));
    let body = json!({ "name": "Hello", "texts": { "en": "Hi {{ customer.name }}" }, "shared": false });
    let hello = ines.post("/macros", body).await.ok()["id"].as_str().unwrap().to_owned();
    let talk = mara.begins("{{ shop.name }}").await;
    let filled = ines.post(&format!("/macros/{hello}/renderings"), json!({ "conversation": talk.id })).await.ok();
    assert_eq!(filled["text"], format!("Hi {name}"));
    ines.replies(&talk, filled["text"].as_str().unwrap()).await;
    world.settle().await;
    let read = mara.reads(&talk).await;
    assert_eq!(read[0]["text"], "{{ shop.name }}");
    assert!(read.iter().any(|entry| entry["text"] == format!("Hi {name}")), "{read:?}");
}

/// A19: one network that tries many accounts is stopped, and so is one account that is tried from many networks.
#[story]
async fn a_siege_of_many_accounts_from_one_network_is_stopped(world: World) {
    let guess = async |email: String| {
        let body = json!({ "email": email, "password": "123456 is not it" });
        as_stranger(&world, Method::POST, "/session", &[], body).await.status
    };
    let mut tried = 0;
    for n in 0..400 {
        world.clock.advance(seconds(10));
        match guess(format!("somebody-{n}@example.com")).await {
            StatusCode::UNAUTHORIZED => tried += 1,
            refused => assert_eq!(refused, StatusCode::TOO_MANY_REQUESTS),
        }
    }
    // fifty come free, and within an hour few more
    assert!((50..56).contains(&tried), "{tried} accounts were tried");
}

/// A27: a window that says all the time that somebody is typing keeps no console from hearing what matters.
#[story]
async fn a_flood_of_typing_cuts_nobody_off(world: World) {
    let (server, mara, owner) = (Server::of(&world).await, world.shopper("Mara"), world.owner());
    let talk = mara.begins("Hello").await;
    world.settle().await;
    let mut listening = world.app.live().listen(::platform::live::Topic::Shop(world.id()));
    let headers = mara.headers().await;
    let mut window = server.open("/chat/live", &headers).await;
    window.says(json!({ "token": bearer(&headers), "conversation": talk.id, "after": null })).await;
    window.hears_of("hello").await;
    for _ in 0..2_000 {
        window.says(json!({ "type": "typing", "conversation": talk.id })).await;
    }
    window.says(json!({ "type": "ping" })).await;
    window.hears_of("pong").await;
    // a listener that is 1,000 behind would have been dropped
    mara.writes_in(&talk, "Are you there?").await;
    world.settle().await;
    let heard: Vec<_> = std::iter::from_fn(|| listening.try_next()).collect();
    let received =
        |frame: &::platform::live::Frame| matches!(frame, ::platform::live::Frame::Happened { kind, .. } if kind == "message_received");
    assert!(heard.iter().any(|frame| received(frame)), "{} frames", heard.len());
    assert!(heard.len() < 60, "{} frames", heard.len());
    owner.sees(&talk).await;
}
