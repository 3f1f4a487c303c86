//! Hostile input, made from the API's own description: whatever somebody sends, the answer is a problem that says so or
//! the text without its tricks, and Ombud goes on. A new operation is in these stories the moment it exists.

mod bodies;
mod limits;

use std::sync::Arc;

use ::platform::http::Access;
use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use kernel::seconds;
use serde_json::Value;
use story_macro::story;

use crate::{
    actor::{Actor, Answer},
    crossing::{sample::Sampler, things::Things},
    world::World,
};
use bodies::{Fate, Hostile, hostile_bodies};

/// An operation as the description has it.
struct Described {
    method: Method,
    path: String,
    access: Access,
    description: Value,
}

fn described(world: &World, api: &Value) -> Vec<Described> {
    let row = |(method, path, access): (&str, &str, Access)| Described {
        method: method.parse().unwrap(),
        path: path.to_owned(),
        access,
        description: api["paths"][path][method.to_lowercase()].clone(),
    };
    let mut all: Vec<Described> = world.built.policy.rows().map(row).filter(|op| !is_live(&op.path)).collect();
    // what shoppers do comes first, while the shop still lists their page; then what a member does before they are changed
    all.sort_by_key(|op| (!op.path.starts_with("/chat/"), !op.path.ends_with("/availability"), op.path.clone(), op.method.to_string()));
    all
}

fn is_live(path: &str) -> bool {
    path.ends_with("/live")
}

/// Everybody who calls, let in before anything hostile is said.
struct Callers {
    owner: Arc<Actor>,
    member: Arc<Actor>,
    visitor: Arc<Actor>,
    stranger: Arc<Actor>,
}

impl Callers {
    async fn of(world: &World, things: &Things) -> Callers {
        let (owner, member) = (world.owner().0, things.member());
        for caller in [&owner, &member] {
            caller.get("/session").await.ok();
        }
        Callers { owner, member, visitor: things.visitor(), stranger: world.stranger() }
    }

    /// Whoever may call it.
    fn of_operation(&self, operation: &Described) -> &Actor {
        match operation.access {
            Access::Visitor => &self.visitor,
            Access::Public => &self.stranger,
            _ if operation.path.ends_with("/availability") => &self.member,
            _ => &self.owner,
        }
    }
}

/// What is wrong with an answer to hostile input.
fn complaint(answer: &Answer, fate: Fate) -> Option<String> {
    let status = answer.status;
    if matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::TOO_MANY_REQUESTS) {
        return Some(format!("{status} proves nothing: {}", answer.text()));
    }
    if status.is_server_error() {
        return Some(format!("{status}: {}", answer.text()));
    }
    if fate == Fate::Understood && status.is_client_error() && status != StatusCode::CONFLICT {
        return Some(format!("{status}: the sample proves nothing: {}", answer.text()));
    }
    if status.is_client_error() {
        let document = answer.header("content-type") == Some("application/problem+json");
        let said = document && answer.json()["detail"].as_str().is_some_and(|detail| !detail.is_empty());
        return (!said).then(|| format!("{status} is no problem document: {}", answer.text()));
    }
    if fate == Fate::Refused {
        return Some(format!("{status}: it was accepted"));
    }
    let json = answer.header("content-type") == Some("application/json");
    if json && let Some(text) = trick_in(&answer.json()) { Some(format!("{status} gives back {text:?}")) } else { None }
}

/// Secrets are guessed at here: whoever is wrong is told so, and before long to wait.
fn guards_itself(path: &str, status: StatusCode) -> bool {
    let secrets = [
        "/session",
        "/password-resets",
        "/person/password",
        "/invitations/lookups",
        "/invitations/acceptances",
        "/mailbox-sign-ins/completions",
        "/chat/orders",
        "/chat/orders/proofs",
        "/line-webhooks/{shop}/{id}",
        "/phone-webhooks/{shop}/{id}",
        "/voice-webhooks/{shop}/{id}/{step}",
    ];
    !status.is_server_error() && secrets.contains(&path)
}

/// The sample's conversation came through no line with templates, and nobody calls at Twilio: that stands in the way there. What is
/// made of good templates and good numbers the stories of lines and of the telephone tell.
fn needs_a_line(path: &str) -> bool {
    let in_public = matches!(path, "/conversations/{id}/comments/hidden" | "/conversations/{id}/private-replies");
    // those of e-mail tell what is made of these
    let by_letters = matches!(path, "/conversations/{id}/answers-elsewhere" | "/conversations/{id}/joins" | "/conversations/{id}/splits");
    in_public || by_letters || matches!(path, "/conversations/{id}/template-messages" | "/voice-lines" | "/voice-lines/{id}" | "/own-phone")
}

/// A text that holds what people cannot see or what turns their reading around.
fn trick_in(value: &Value) -> Option<&str> {
    let tricky = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    match value {
        Value::String(text) => text.contains(tricky).then_some(text),
        Value::Array(items) => items.iter().find_map(trick_in),
        Value::Object(fields) => fields.values().find_map(trick_in),
        _ => None,
    }
}

#[story]
async fn whatever_a_body_holds_is_refused_or_cleaned(world: World) {
    let things = Things::of(&world, "Mara").await;
    let callers = Callers::of(&world, &things).await;
    let api = serde_json::to_value(&world.built.openapi).unwrap();
    let sampler = Sampler::new(&api, &things).whole();
    let (mut wrong, mut sent) = (Vec::new(), 0);
    for operation in described(&world, &api) {
        let Some(sample) = sampler.body(&operation.path, &operation.description).filter(|body| !body.is_string()) else { continue };
        let address = sampler.address(&operation.path, &operation.description);
        let who = callers.of_operation(&operation);
        let (mut accepted, mut answers) = (0, std::collections::BTreeSet::new());
        for Hostile { what, kind, bytes, fate } in hostile_bodies(&sample) {
            // slower than any limit
            world.clock.advance(seconds(10));
            let key = world.fresh_key();
            let headers = [("content-type", kind), ("idempotency-key", key.as_str())];
            let answer = who.send(operation.method.clone(), &address, &headers, Body::from(bytes)).await;
            sent += 1;
            accepted += usize::from(answer.status.is_success());
            answers.insert(format!("{} {}", answer.status, answer.json()["detail"]));
            if let Some(complaint) = complaint(&answer, fate).filter(|_| !guards_itself(&operation.path, answer.status)) {
                wrong.push(format!("{} {} with {what}: {complaint}", operation.method, operation.path));
            }
        }
        // of a sample that is refused for what it says, no trick in it was looked at
        if accepted == 0 && !guards_itself(&operation.path, StatusCode::CONFLICT) && !needs_a_line(&operation.path) {
            wrong.push(format!("{} {}: nothing made of its sample was accepted: {answers:?}", operation.method, operation.path));
        }
    }
    assert!(wrong.is_empty(), "{} of {sent}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(sent > 2_000, "only {sent} bodies were sent");
    nothing_tricky_is_kept(&world, &things, &callers).await;
}

/// Everything that can be read is read again.
async fn nothing_tricky_is_kept(world: &World, things: &Things, callers: &Callers) {
    let api = serde_json::to_value(&world.built.openapi).unwrap();
    let sampler = Sampler::new(&api, things);
    let mut wrong = Vec::new();
    for operation in described(world, &api).into_iter().filter(|op| op.method == Method::GET && op.access != Access::Visitor) {
        let answer = callers.of_operation(&operation).get(&sampler.address(&operation.path, &operation.description)).await;
        if let Some(complaint) = complaint(&answer, Fate::Tamed).filter(|_| !guards_itself(&operation.path, answer.status)) {
            wrong.push(format!("GET {}: {complaint}", operation.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Ids nobody gave out.
const NO_IDS: &[&str] =
    &["%00", "%ff", "..%2f..%2fetc%2fpasswd", "%2e%2e", "cnv_", "0", "-1", "cnv_%E2%80%AE", "null", "%7B%7D", "'%20OR%201=1--"];

/// Wishes nobody has.
const NO_WISHES: &[&str] = &[
    "%00",
    "a%00b",
    "%ff%fe",
    "%E2%80%AEgpj.exe",
    "%1b%5b2J",
    "",
    "-1",
    "0",
    "9223372036854775808",
    "1e9",
    "[]",
    "%27%20OR%201=1--",
    "%25%25__",
    "%22*%28NEAR",
];

#[story]
async fn whatever_an_address_holds_is_refused_or_understood(world: World) {
    let things = Things::of(&world, "Mara").await;
    let callers = Callers::of(&world, &things).await;
    let api = serde_json::to_value(&world.built.openapi).unwrap();
    let sampler = Sampler::new(&api, &things);
    let long = "x".repeat(5_000);
    let (mut wrong, mut sent) = (Vec::new(), 0);
    for operation in described(&world, &api) {
        let who = callers.of_operation(&operation);
        let whole = sampler.address(&operation.path, &operation.description);
        let (path, _) = whole.split_once('?').unwrap_or((&whole, ""));
        let mut addresses = Vec::new();
        for (at, part) in operation.path.split('/').enumerate().filter(|(_, part)| part.starts_with('{')) {
            for id in NO_IDS.iter().copied().chain([long.as_str()]) {
                let parts: Vec<&str> = path.split('/').enumerate().map(|(place, own)| if place == at { id } else { own }).collect();
                addresses.push((format!("{part} {id:.40}"), parts.join("/"), Fate::Refused));
            }
        }
        for parameter in operation.description["parameters"].as_array().into_iter().flatten().filter(|p| p["in"] == "query") {
            let name = parameter["name"].as_str().unwrap();
            for wish in NO_WISHES.iter().copied().chain([long.as_str()]) {
                addresses.push((format!("{name}={wish:.40}"), format!("{path}?{name}={wish}"), Fate::Tamed));
            }
            addresses.push((format!("{name} twice"), format!("{path}?{name}=a&{name}=b"), Fate::Tamed));
        }
        let body = sampler.body(&operation.path, &operation.description).map(|body| body.to_string()).unwrap_or_default();
        for (what, address, fate) in addresses {
            world.clock.advance(seconds(20));
            let key = world.fresh_key();
            let json = [("content-type", "application/json"), ("idempotency-key", key.as_str())];
            let answer = who.send(operation.method.clone(), &address, &json, Body::from(body.clone())).await;
            sent += 1;
            if let Some(complaint) = complaint(&answer, fate) {
                wrong.push(format!("{} {} with {what}: {complaint}", operation.method, operation.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {sent}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(sent > 500, "only {sent} addresses were asked for");
    assert_eq!(callers.owner.get("/session").await.status, StatusCode::OK);
}
