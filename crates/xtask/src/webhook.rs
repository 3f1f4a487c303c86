//! A shop system that says again and again that something has changed, so that taking a webhook can be measured.

use data_encoding::BASE64;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::{Result, line::Line, load::Work};

/// A shop nobody has: what is measured is that a webhook is taken, not what is then read.
const SHOP: &str = "ombud-bench.myshopify.com";
const SECRET: &str = "what webhooks are signed with";

/// A connection, and where its webhooks arrive.
pub struct Doorbell {
    path: String,
}

impl Doorbell {
    /// Connects the shop.
    pub async fn fitted(work: &Work) -> Result<Doorbell> {
        let bearer = format!("authorization: Bearer {}\r\n", work.token);
        let mut line = Line::to(&work.address).await?;
        let settings = json!({ "address": format!("https://{SHOP}"), "client_id": "bench", "client_secret": SECRET });
        let new = json!({ "connector": "shopify", "name": "Bench", "settings": settings });
        let connection = line.json("POST", "/api/v1/connections", &bearer, new).await?;
        let shop = line.json("GET", "/api/v1/shop", &bearer, Value::Null).await?;
        let (shop, id) = (shop["id"].as_str().ok_or("no shop")?, connection["id"].as_str().ok_or("no connection")?);
        Ok(Doorbell { path: format!("/api/v1/webhooks/{shop}/{id}") })
    }

    /// Says that an order has changed, and hears that it was noted.
    pub async fn ring(&self, line: &mut Line, order: usize) -> Result<()> {
        let body = json!({ "id": order, "updated_at": "2026-11-29T10:00:00Z" }).to_string();
        let mut signed = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes())?;
        signed.update(body.as_bytes());
        let signature = BASE64.encode(&signed.finalize().into_bytes());
        let headers = format!("x-shopify-topic: orders/updated\r\nx-shopify-shop-domain: {SHOP}\r\nx-shopify-hmac-sha256: {signature}\r\n");
        match line.call("POST", &self.path, &headers, &body).await? {
            (204, _) => Ok(()),
            (status, answer) => Err(format!("a webhook was answered {status}: {}", String::from_utf8_lossy(&answer)).into()),
        }
    }
}
