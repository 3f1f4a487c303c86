//! A Shopify's webhooks: subscribed to through its Admin API, signed with the app's client secret.

use axum::http::HeaderMap;
use futures::future::BoxFuture;
use kernel::{Error, Result, invalid, say};
use platform::App;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    SECRET, Shopify,
    client::{UserError, source},
};
use crate::{
    connector::{Settings, setting},
    privacy::{Person, Wish},
    told::reference,
    trouble::{Fault, Trouble},
    webhook::{self, News, Webhooks, text},
};

/// As they are subscribed to, and as they are called in a header.
const TOPICS: &[(&str, &str)] = &[
    ("ORDERS_CREATE", "orders/create"),
    ("ORDERS_UPDATED", "orders/updated"),
    ("CUSTOMERS_CREATE", "customers/create"),
    ("CUSTOMERS_UPDATE", "customers/update"),
    ("PRODUCTS_CREATE", "products/create"),
    ("PRODUCTS_UPDATE", "products/update"),
    ("APP_UNINSTALLED", "app/uninstalled"),
];
const NAMES: &[&str] = &[TOPICS[0].1, TOPICS[1].1, TOPICS[2].1, TOPICS[3].1, TOPICS[4].1, TOPICS[5].1, TOPICS[6].1];
/// Nobody's name or address has to travel for us to look.
const FIELDS: [&str; 2] = ["id", "updated_at"];

const LIST: &str = "{ webhookSubscriptions(first: 250) { nodes { id topic uri } } }";
const CREATE: &str = "mutation($topic: WebhookSubscriptionTopic!, $webhookSubscription: WebhookSubscriptionInput!) { webhookSubscriptionCreate(topic: \
                      $topic, webhookSubscription: $webhookSubscription) { webhookSubscription { id } userErrors { message } } }";
const DELETE: &str = "mutation($id: ID!) { webhookSubscriptionDelete(id: $id) { deletedWebhookSubscriptionId userErrors { message } } }";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Listed {
    webhook_subscriptions: Nodes,
}

#[derive(Deserialize)]
struct Nodes {
    nodes: Vec<Subscription>,
}

#[derive(Deserialize)]
struct Subscription {
    id: String,
    topic: String,
    uri: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Created {
    webhook_subscription_create: Done,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Done {
    user_errors: Vec<UserError>,
}

/// What the mandatory privacy topics carry. An order or a customer has no such fields, so that neither is taken for a wish when
/// somebody repeats it under another topic: a topic is not signed.
#[derive(Deserialize)]
struct Privacy {
    #[serde(rename = "shop_id")]
    _shop_id: u64,
    shop_domain: String,
    customer: Option<Customer>,
    orders_requested: Option<Value>,
    orders_to_redact: Option<Value>,
}

#[derive(Deserialize)]
struct Customer {
    id: Option<u64>,
    email: Option<String>,
}

impl Shopify {
    async fn subscriptions(&self, app: &App, settings: &Settings, address: &str) -> Result<Vec<Subscription>, Fault> {
        let Listed { webhook_subscriptions } = self.ask(app, settings, LIST, json!({})).await?.data;
        Ok(webhook_subscriptions.nodes.into_iter().filter(|one| one.uri == address).collect())
    }

    async fn subscribe_to_all(&self, app: &App, settings: &Settings, address: &str) -> Result<Vec<String>, Fault> {
        let there = self.subscriptions(app, settings, address).await?;
        for (topic, _) in TOPICS.iter().filter(|(topic, _)| !there.iter().any(|one| one.topic == *topic)) {
            let mut subscription = json!({ "uri": address, "format": "JSON" });
            if *topic != "APP_UNINSTALLED" {
                subscription["includeFields"] = json!(FIELDS);
            }
            let variables = json!({ "topic": topic, "webhookSubscription": subscription });
            let Created { webhook_subscription_create: Done { user_errors } } = self.ask(app, settings, CREATE, variables).await?.data;
            if let Some(UserError { message }) = user_errors.first() {
                return Err(Fault::new(Trouble::NotAllowed, message));
            }
        }
        let there = self.subscriptions(app, settings, address).await?;
        let missing = TOPICS.iter().filter(|(topic, _)| !there.iter().any(|one| one.topic == *topic));
        Ok(missing.map(|(_, name)| (*name).to_owned()).collect())
    }
}

/// Whom a wish is about.
fn person(settings: &Settings, customer: Option<Customer>) -> Result<Person> {
    let Customer { id, email } = customer.ok_or_else(unknown)?;
    let source = source(settings).unwrap_or_default();
    let account = id.map(|id| reference(&source, &id.to_string()));
    Ok(Person { account, email: email.filter(|email| email.contains('@') && email.len() <= 254) })
}

fn unknown() -> Error {
    invalid("x-shopify-topic", say!("webhook-topic-unknown"))
}

impl Webhooks for Shopify {
    fn topics(&self) -> &'static [&'static str] {
        NAMES
    }

    fn secret<'a>(&self, settings: &'a Settings, _: &'a str) -> Option<&'a str> {
        Some(setting(settings, SECRET))
    }

    fn signed_in(&self) -> &'static str {
        "x-shopify-hmac-sha256"
    }

    fn read(&self, settings: &Settings, headers: &HeaderMap, body: &[u8]) -> Result<News> {
        let of_another = || Error::Forbidden(say!("webhook-of-another-shop"));
        let source = source(settings).unwrap_or_default();
        if !text(headers, "x-shopify-shop-domain").eq_ignore_ascii_case(&source) {
            return Err(of_another());
        }
        let topic = text(headers, "x-shopify-topic");
        if NAMES.contains(&topic) {
            return Ok(News::Change);
        }
        let Ok(Privacy { shop_domain, customer, orders_requested, orders_to_redact, .. }) = serde_json::from_value(webhook::json(body))
        else {
            return Err(unknown());
        };
        if !shop_domain.eq_ignore_ascii_case(&source) {
            return Err(of_another());
        }
        match topic {
            "customers/data_request" if orders_requested.is_some() => Ok(Wish::Data(person(settings, customer)?).into()),
            "customers/redact" if orders_to_redact.is_some() => Ok(Wish::Redaction(person(settings, customer)?).into()),
            "shop/redact" if customer.is_none() => Ok(Wish::ShopRedaction.into()),
            _ => Err(unknown()),
        }
    }

    fn subscribe<'a>(
        &'a self,
        app: &'a App,
        settings: &'a Settings,
        address: &'a str,
        _: &'a str,
    ) -> BoxFuture<'a, Result<Vec<String>, Fault>> {
        Box::pin(self.subscribe_to_all(app, settings, address))
    }

    fn unsubscribe<'a>(&'a self, app: &'a App, settings: &'a Settings, address: &'a str) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            for Subscription { id, .. } in self.subscriptions(app, settings, address).await? {
                self.ask::<Value>(app, settings, DELETE, json!({ "id": id })).await?;
            }
            Ok(())
        })
    }
}
