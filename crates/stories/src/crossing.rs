//! Nobody crosses from one shop into another, and nobody does more than their role: proved for every operation there is,
//! from the API's own description. A new operation is in this test the moment it exists.

mod anybody;
mod files;
pub mod sample;
mod sockets;
pub mod things;

use std::{cmp::Reverse, collections::BTreeMap, sync::Arc};

use ::platform::http::Access;
use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use serde_json::{Value, json};
use story_macro::story;

use crate::{
    actor::{Actor, Answer},
    world::World,
};

use sample::Sampler;
use things::Things;

/// An operation, with what it takes to call it for real.
#[derive(Debug, Clone)]
pub struct Operation {
    pub method: Method,
    pub path: String,
    pub access: Access,
    /// Path and query with the ids of the things named.
    pub address: String,
    pub body: Option<Value>,
}

/// Every operation, what deletes last.
pub fn operations(world: &World, things: &Things) -> Vec<Operation> {
    let description = serde_json::to_value(&world.built.openapi).unwrap();
    let sampler = Sampler::new(&description, things);
    let mut operations: Vec<Operation> = world
        .built
        .policy
        .rows()
        .map(|(method, path, access)| {
            let described = &description["paths"][path][method.to_lowercase()];
            let address = sampler.address(path, described);
            Operation { method: method.parse().unwrap(), path: path.to_owned(), access, address, body: sampler.body(path, described) }
        })
        .collect();
    // what deletes or erases comes last, so that the others still find it, and a thing after what belongs to it
    let ends = |op: &Operation| op.method == Method::DELETE || op.path.ends_with("/erasure");
    let depth = |op: &Operation| if ends(op) { op.path.split('/').count() } else { 0 };
    let room = |op: &Operation| op.path.split('/').nth(1).map(str::to_owned);
    operations.sort_by_key(|op| (ends(op), room(op), Reverse(depth(op)), op.path.clone(), op.method.to_string()));
    operations
}

/// Calls an operation with its sample.
pub async fn call(who: &Actor, operation: &Operation) -> Answer {
    // what moves money, or makes an order, must name a key; everything else may
    let key = who.shop.fresh_key();
    let named = ("idempotency-key", key.as_str());
    match &operation.body {
        Some(Value::String(bytes)) => who.send(operation.method.clone(), &operation.address, &[], Body::from(bytes.clone())).await,
        Some(body) => {
            let json = [("content-type", "application/json"), named];
            who.send(operation.method.clone(), &operation.address, &json, Body::from(body.to_string())).await
        }
        None => who.send(operation.method.clone(), &operation.address, &[named], Body::empty()).await,
    }
}

/// Sockets answer a plain request by asking for an upgrade; what they let in is told in their own stories.
pub fn is_socket(operation: &Operation) -> bool {
    operation.path.ends_with("/live")
}

#[story]
async fn nobody_does_more_than_their_role(world: World) {
    let things = Things::of(&world, "Mara").await;
    let held: BTreeMap<&str, Vec<Value>> = {
        let mut held = BTreeMap::new();
        for role in ["viewer", "agent", "lead", "admin", "owner"] {
            let session = world.member(&format!("The {role}"), role).get("/session").await.ok();
            held.insert(role, session["permissions"].as_array().unwrap().clone());
        }
        held.insert("program", vec![json!("tags.manage")]);
        held
    };
    let (everybody, mut wrong) = (callers(&world), Vec::new());
    for operation in operations(&world, &things).into_iter().filter(|op| !is_socket(op)) {
        for role in ["viewer", "agent", "lead", "admin", "owner", "program", "visitor", "stranger"] {
            // signing out ends what the others still need
            let caller = if signs_out(&operation) { callers(&world).remove(role) } else { everybody.get(role).cloned() }.unwrap();
            world.clock.advance(kernel::seconds(1));
            let expected = expected(operation.access, role, &held);
            if expected.is_none() {
                continue;
            }
            // an empty body is refused by the room, after the policy has let it through; nothing is changed
            let asked = Operation { body: operation.body.as_ref().map(|_| json!({ "not": "a field" })), ..operation.clone() };
            let asked = if asked.method == Method::DELETE || asked.body.is_none() { nowhere(asked) } else { asked };
            let status = call(&caller, &asked).await.status;
            let refused = matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN).then_some(status);
            if refused != expected.flatten() {
                wrong.push(format!("{} {} as {role}: {status}, expected {expected:?}", operation.method, operation.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn callers(world: &World) -> BTreeMap<&'static str, Arc<Actor>> {
    let mut callers: BTreeMap<&str, _> =
        ["viewer", "agent", "lead", "admin", "owner"].map(|role| (role, world.member(&format!("A {role}"), role).0)).into();
    callers.insert("program", world.program_with(&["tags.manage"]).0);
    callers.insert("visitor", world.shopper("Nia").0);
    callers.insert("stranger", world.stranger());
    callers
}

fn signs_out(operation: &Operation) -> bool {
    operation.method == Method::DELETE && matches!(operation.path.as_str(), "/session" | "/sessions" | "/chat/visitor")
}

/// The same operation on things that are nowhere.
fn nowhere(operation: Operation) -> Operation {
    let mut address = String::new();
    for part in operation.address.split_inclusive('/') {
        let id = part.trim_end_matches('/');
        match id.split_once('_') {
            Some((prefix, body)) if body.len() >= 26 && kernel::PREFIXES.contains(&prefix) => {
                address.push_str(&part.replacen(&body[..26], "7vvvvvvvvvvvvvvvvvvvvvvvvs", 1));
            }
            _ => address.push_str(part),
        }
    }
    Operation { address, ..operation }
}

/// `Some(None)`: let through. `Some(Some(status))`: refused so. `None`: not this test's business.
fn expected(access: Access, role: &str, held: &BTreeMap<&str, Vec<Value>>) -> Option<Option<StatusCode>> {
    let member = held.get(role);
    match access {
        Access::Public => None,
        Access::Visitor if role == "visitor" => Some(None),
        Access::Visitor => Some(Some(StatusCode::UNAUTHORIZED)),
        _ if matches!(role, "visitor" | "stranger") => Some(Some(StatusCode::UNAUTHORIZED)),
        // a few concern a browser's session, which a program has none of: the rooms say so themselves
        Access::SignedIn if role == "program" => None,
        Access::SignedIn => Some(None),
        Access::Needs(permission) => {
            let holds = member.is_some_and(|permissions| permissions.iter().any(|p| p == permission));
            Some((!holds).then_some(StatusCode::FORBIDDEN))
        }
    }
}

#[story]
async fn nobody_reaches_into_another_shop(world: World) {
    let things = Things::of(&world, "Mara").await;
    let (stranger, visitor) = (world.other_shop().owner(), world.other_shop().shopper("Ali"));
    let mut wrong = Vec::new();
    let mut reached = 0;
    for operation in operations(&world, &things).into_iter().filter(|op| !is_socket(op) && names_a_thing(op)) {
        reached += 1;
        let caller = if operation.access == Access::Visitor { &visitor.0 } else { &stranger.0 };
        let answer = call(caller, &operation).await;
        // a thing of another shop is refused exactly as one that is nowhere
        let same = call(caller, &nowhere(operation.clone())).await;
        if !answer.status.is_client_error() || (answer.status, answer.problem()) != (same.status, same.problem()) {
            wrong.push(format!("{} {}: {} {}", operation.method, operation.address, answer.status, answer.text()));
        }
        if answer.status == StatusCode::UNPROCESSABLE_ENTITY {
            wrong.push(format!(
                "{} {} was refused for its body, which proves nothing: {}",
                operation.method,
                operation.path,
                answer.text()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(reached > 35, "only {reached} operations name a thing");
    assert_eq!(world.other_shop().owner().inbox().await, Vec::<Value>::new());
}

/// Whether it names something by an id: what is named by a word, each shop has of its own.
fn names_a_thing(operation: &Operation) -> bool {
    nowhere(operation.clone()).address != operation.address && operation.access != Access::Public
}

#[story]
async fn the_samples_are_good_enough_to_prove_something(world: World) {
    let (things, owner) = (Things::of(&world, "Mara").await, world.owner().0);
    let mut wrong = Vec::new();
    for operation in operations(&world, &things).into_iter().filter(|op| !is_socket(op) && names_a_thing(op)) {
        // each operation with its own thing succeeds, or is stopped by the state of that thing; never for want of one
        let own = operation.path == "/members/{id}/availability";
        let caller = match operation.access {
            Access::Visitor => things.visitor(),
            _ if own => things.member(),
            _ => owner.clone(),
        };
        let answer = call(&caller, &operation).await;
        let understood = answer.status.is_success() || answer.status == StatusCode::CONFLICT;
        if !understood {
            wrong.push(format!("{} {}: {} {}", operation.method, operation.address, answer.status, answer.text()));
        }
        world.settle().await;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
