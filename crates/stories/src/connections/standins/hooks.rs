//! What calls whoever subscribed, in each system's own words, and how it signs.

use ::platform::token::hmac_sha256;
use axum::{
    Json,
    http::{Method, StatusCode},
    response::{IntoResponse, Response},
};
use data_encoding::BASE64;
use serde_json::{Map, Value, json};

use super::Books;

/// A subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hook {
    pub id: usize,
    pub topic: String,
    pub address: String,
    /// What it signs with, where whoever subscribed says so.
    pub secret: String,
    pub active: bool,
}

/// The base64 of an HMAC-SHA256 over the body.
pub fn signed(secret: &str, body: &str) -> String {
    BASE64.encode(&hmac_sha256(secret.as_bytes(), &[body.as_bytes()]))
}

fn next(books: &Books) -> usize {
    books.hooks.iter().map(|hook| hook.id).max().unwrap_or(100) + 1
}

/// A Shopify's mutations of subscriptions, by name.
pub fn mutated(books: &mut Books, name: &str, variables: &Value) -> Result<Value, String> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    match name {
        "webhookSubscriptionCreate" => {
            let wanted = variables["webhookSubscription"].as_object().ok_or("webhookSubscription is missing")?;
            let known = ["uri", "format", "includeFields", "filter", "name", "metafieldNamespaces", "metafields"];
            if let Some(field) = wanted.keys().find(|field| !known.contains(&field.as_str())) {
                return Err(format!("Field is not defined on WebhookSubscriptionInput: {field}"));
            }
            let (topic, address) = (text(&variables["topic"]), text(&wanted["uri"]));
            let wrong = if !address.starts_with("https://") {
                Some("Address protocol http:// is not supported")
            } else if books.hooks.iter().any(|hook| (&hook.topic, &hook.address) == (&topic, &address)) {
                Some("Address for this topic has already been taken")
            } else {
                None
            };
            if let Some(message) = wrong {
                return Ok(
                    json!({ "webhookSubscription": null, "userErrors": [{ "field": ["webhookSubscription"], "message": message }] }),
                );
            }
            let hook = Hook { id: next(books), topic, address, secret: String::new(), active: true };
            let made = json!({ "webhookSubscription": { "id": gid(&hook) }, "userErrors": [] });
            books.hooks.push(hook);
            Ok(made)
        }
        "webhookSubscriptionDelete" => {
            books.hooks.retain(|hook| gid(hook) != variables["id"]);
            Ok(json!({ "deletedWebhookSubscriptionId": variables["id"], "userErrors": [] }))
        }
        other => Err(format!("{other} is not known here")),
    }
}

fn gid(hook: &Hook) -> String {
    format!("gid://shopify/WebhookSubscription/{}", hook.id)
}

/// As a Shopify lists them.
pub fn subscriptions(books: &Books) -> Value {
    let of = |hook: &Hook| json!({ "id": gid(hook), "topic": hook.topic, "uri": hook.address });
    json!({ "nodes": books.hooks.iter().map(of).collect::<Vec<_>>() })
}

/// As a WooCommerce lists them: without what they are signed with.
pub fn listed(books: &Books) -> Vec<Value> {
    let status = |hook: &Hook| if hook.active { "active" } else { "disabled" };
    let of = |hook: &Hook| json!({ "id": hook.id, "topic": hook.topic, "status": status(hook), "delivery_url": hook.address });
    books.hooks.iter().map(of).collect()
}

/// A WooCommerce's changes of subscriptions: `id` is none for a new one.
pub fn changed(books: &mut Books, method: &Method, id: Option<&str>, forced: bool, body: &Map<String, Value>) -> Option<Response> {
    let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
    let known = ["name", "topic", "delivery_url", "secret", "status"];
    assert!(body.keys().all(|name| known.contains(&name.as_str())), "{body:?}");
    match (method, id) {
        (&Method::POST, None) => {
            let hook = Hook {
                id: next(books),
                topic: text("topic")?,
                address: text("delivery_url")?,
                secret: text("secret")?,
                active: text("status")? == "active",
            };
            let made = json!({ "id": hook.id });
            books.hooks.push(hook);
            Some((StatusCode::CREATED, Json(made)).into_response())
        }
        (&Method::PUT, Some(id)) => {
            let hook = books.hooks.iter_mut().find(|hook| hook.id.to_string() == id)?;
            hook.active = text("status")? == "active";
            hook.secret = text("secret").unwrap_or_else(|| hook.secret.clone());
            Some(Json(json!({ "id": hook.id })).into_response())
        }
        (&Method::DELETE, Some(id)) => {
            assert!(forced, "webhooks do not support trashing");
            books.hooks.retain(|hook| hook.id.to_string() != id);
            Some(Json(json!({ "id": id })).into_response())
        }
        _ => None,
    }
}
