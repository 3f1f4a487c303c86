//! What is open to anybody, and what a page that is not ours may do with a member's cookie.

use std::collections::BTreeSet;

use ::platform::http::Access;
use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use serde_json::json;
use story_macro::story;

use super::{Operation, is_socket, operations, things::Things};
use crate::{
    actor::{Actor, send},
    world::{PASSWORD, World},
};

/// Everything that can be asked for without a sign-in; to add one is a decision.
const OPEN: [(&str, &str); 15] = [
    ("GET", "/chat/config"),
    ("GET", "/chat/quick-replies/{topic}"),
    ("GET", "/live"),
    ("GET", "/chat/live"),
    ("POST", "/chat/visitors"),
    ("POST", "/session"),
    ("POST", "/password-resets"),
    ("PUT", "/password-resets"),
    ("POST", "/invitations/lookups"),
    ("POST", "/invitations/acceptances"),
    ("POST", "/webhooks/{shop}/{id}"),
    ("GET", "/line-webhooks/{shop}/{id}"),
    ("POST", "/line-webhooks/{shop}/{id}"),
    ("POST", "/phone-webhooks/{shop}/{id}"),
    ("POST", "/voice-webhooks/{shop}/{id}/{step}"),
];

#[story]
async fn only_a_few_operations_are_open_to_anybody(world: World) {
    let open = world.built.policy.rows().filter(|(.., access)| *access == Access::Public).map(|(method, path, _)| (method, path));
    let (found, listed): (BTreeSet<_>, BTreeSet<_>) = (open.collect(), OPEN.into());
    assert_eq!(found, listed, "none of them sets an installation up");
    // and there is nothing behind other names that would
    for path in ["//setup", "/setup", "/install", "/getting_started", "//api/v1/../setup", "//metrics/../api/v1/shop", "//api//v1/shop"] {
        for method in [Method::GET, Method::POST] {
            let answer = send(world.router(), method, path, &Default::default(), Body::from("{}")).await;
            assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
        }
    }
}

async fn from_page(who: &Actor, operation: &Operation, origin: Option<&str>) -> StatusCode {
    let mut headers = who.headers().await;
    headers.remove("origin");
    if let Some(origin) = origin {
        headers.insert("origin", origin.parse().unwrap());
    }
    headers.insert("content-type", "application/json".parse().unwrap());
    let body = operation.body.as_ref().map_or_else(Body::empty, |body| Body::from(body.to_string()));
    send(who.shop.router(), operation.method.clone(), &operation.address, &headers, body).await.status
}

#[story]
async fn no_page_but_ours_changes_anything_with_a_cookie(world: World) {
    let things = Things::of(&world, "Mara").await;
    let owner = world.owner();
    let before = owner.get("/shop").await.ok();
    let (mut wrong, mut asked) = (Vec::new(), 0);
    let changes = |op: &Operation| op.method != Method::GET && !matches!(op.access, Access::Public | Access::Visitor) && !is_socket(op);
    for operation in operations(&world, &things).iter().filter(|op| changes(op)) {
        // the shop's own page may show the chat, and nothing else
        for origin in [Some("https://evil.example"), Some("null"), Some("https://fjell.example"), Some("http://127.0.0.1:8081"), None] {
            asked += 1;
            let status = from_page(&owner, operation, origin).await;
            if status != StatusCode::FORBIDDEN {
                wrong.push(format!("{} {} from {origin:?}: {status}", operation.method, operation.path));
            }
        }
    }
    // a cookie that is handed out would sign somebody in as somebody else
    for (path, body) in [
        ("/session", json!({ "email": "owner@en.example", "password": PASSWORD })),
        ("/invitations/acceptances", json!({ "token": "oin_x", "name": "Nils", "password": PASSWORD })),
    ] {
        let operation =
            Operation { method: Method::POST, path: path.into(), access: Access::Public, address: path.into(), body: Some(body) };
        // a program says no origin, and gets a cookie of its own
        for origin in [Some("https://evil.example"), Some("null"), Some("")] {
            let status = from_page(&world.stranger(), &operation, origin).await;
            if status != StatusCode::FORBIDDEN {
                wrong.push(format!("{path} from {origin:?}: {status}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(asked > 200, "only {asked} requests were made");
    assert_eq!(owner.get("/shop").await.ok(), before);
}
