//! A WooCommerce's webhooks: made through its REST API, signed with a secret we make up.

use axum::http::HeaderMap;
use futures::future::BoxFuture;
use kernel::{Result, invalid, say};
use platform::App;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::json;

use super::{
    WooCommerce,
    client::{Answered, delete, post, put},
};
use crate::{
    connector::Settings,
    trouble::Fault,
    webhook::{News, Webhooks, text},
};

const TOPICS: &[&str] = &["order.created", "order.updated", "customer.created", "customer.updated", "product.created", "product.updated"];

/// One that is there.
#[derive(Deserialize)]
struct Hook {
    id: i64,
    topic: String,
    status: String,
    delivery_url: String,
}

async fn there(app: &App, settings: &Settings, address: &str) -> Result<Vec<Hook>, Fault> {
    let all = Answered::<Vec<Hook>>::whole(app, settings, "webhooks", "id,topic,status,delivery_url", &[]).await?;
    Ok(all.into_iter().filter(|hook| hook.delivery_url == address).collect())
}

/// It switches one off that has failed a few times in a row, and it stays off until somebody switches it on.
async fn subscribe_to_all(app: &App, settings: &Settings, address: &str, secret: &str) -> Result<Vec<String>, Fault> {
    let hooks = there(app, settings, address).await?;
    for topic in TOPICS {
        match hooks.iter().find(|hook| hook.topic == *topic) {
            Some(hook) if hook.status == "active" => (),
            Some(hook) => put(app, settings, &format!("webhooks/{}", hook.id), &json!({ "status": "active", "secret": secret })).await?,
            None => {
                let new = json!({ "name": format!("Ombud: {topic}"), "topic": topic, "delivery_url": address, "secret": secret, "status": "active" });
                post::<IgnoredAny>(app, settings, "webhooks", &new).await?;
            }
        }
    }
    let hooks = there(app, settings, address).await?;
    let missing = TOPICS.iter().filter(|topic| !hooks.iter().any(|hook| hook.topic == **topic && hook.status == "active"));
    Ok(missing.map(|topic| (*topic).to_owned()).collect())
}

impl Webhooks for WooCommerce {
    fn topics(&self) -> &'static [&'static str] {
        TOPICS
    }

    fn secret<'a>(&self, _: &'a Settings, here: &'a str) -> Option<&'a str> {
        Some(here)
    }

    fn signed_in(&self) -> &'static str {
        "x-wc-webhook-signature"
    }

    /// No other connection has this secret, so it says which shop this is; a shop's own idea of its address may be another than ours.
    fn read(&self, _: &Settings, headers: &HeaderMap, _: &[u8]) -> Result<News> {
        match TOPICS.contains(&text(headers, "x-wc-webhook-topic")) {
            true => Ok(News::Change),
            false => Err(invalid("x-wc-webhook-topic", say!("webhook-topic-unknown"))),
        }
    }

    /// A new one says its number, unsigned, and wants to be answered.
    fn is_trial(&self, headers: &HeaderMap, body: &[u8]) -> bool {
        let number = body.strip_prefix(b"webhook_id=").unwrap_or_default();
        let is_number = !number.is_empty() && number.len() <= 20 && number.iter().all(u8::is_ascii_digit);
        is_number && !headers.contains_key(self.signed_in())
    }

    fn subscribe<'a>(
        &'a self,
        app: &'a App,
        settings: &'a Settings,
        address: &'a str,
        secret: &'a str,
    ) -> BoxFuture<'a, Result<Vec<String>, Fault>> {
        Box::pin(subscribe_to_all(app, settings, address, secret))
    }

    fn unsubscribe<'a>(&'a self, app: &'a App, settings: &'a Settings, address: &'a str) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            for hook in there(app, settings, address).await? {
                delete(app, settings, &format!("webhooks/{}?force=true", hook.id)).await?;
            }
            Ok(())
        })
    }
}
