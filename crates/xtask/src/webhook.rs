//! Whoever says again and again that something has happened, so that taking a webhook can be measured: a shop system, and a partner
//! through whom customers write.

use data_encoding::{BASE64, HEXLOWER};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::{Result, line::Line, load::Work};

/// A shop nobody has: what is measured is that a webhook is taken, not what is then read.
const SHOP: &str = "ombud-bench.myshopify.com";
/// A number nobody has: what customers write to it is taken in, and nobody answers.
const NUMBER: &str = "909000000000001";
const SECRET: &str = "what webhooks are signed with";
/// So many customers write to the number.
const CUSTOMERS: usize = 1_000;

/// Where webhooks arrive, and what they say.
pub struct Doorbell {
    path: String,
    /// The headers and the body of the nth.
    says: fn(usize) -> Result<(String, String)>,
}

impl Doorbell {
    /// Connects the shop.
    pub async fn of_a_shop(work: &Work) -> Result<Doorbell> {
        let settings = json!({ "address": format!("https://{SHOP}"), "client_id": "bench", "client_secret": SECRET });
        let new = json!({ "connector": "shopify", "name": "Bench", "settings": settings });
        Self::fitted(work, "connections", new, "webhooks", order_changed).await
    }

    /// Connects the number.
    pub async fn of_a_partner(work: &Work) -> Result<Doorbell> {
        let settings = json!({ "phone_number_id": NUMBER, "business_account_id": NUMBER, "token": "bench", "app_secret": SECRET });
        let new = json!({ "channel": "whatsapp", "name": "Bench", "department": null, "settings": settings });
        Self::fitted(work, "lines", new, "line-webhooks", customer_writes).await
    }

    async fn fitted(work: &Work, things: &str, new: Value, hooks: &str, says: fn(usize) -> Result<(String, String)>) -> Result<Doorbell> {
        let bearer = format!("authorization: Bearer {}\r\n", work.token);
        let mut line = Line::to(&work.address).await?;
        let connected = line.json("POST", &format!("/api/v1/{things}"), &bearer, new).await?;
        let shop = line.json("GET", "/api/v1/shop", &bearer, Value::Null).await?;
        let (shop, id) = (shop["id"].as_str().ok_or("no shop")?, connected["id"].as_str().ok_or("nothing was connected")?);
        Ok(Doorbell { path: format!("/api/v1/{hooks}/{shop}/{id}"), says })
    }

    /// Says the nth thing, and hears that it was noted.
    pub async fn ring(&self, line: &mut Line, nth: usize) -> Result<()> {
        let (headers, body) = (self.says)(nth)?;
        match line.call("POST", &self.path, &headers, &body).await? {
            (200 | 204, _) => Ok(()),
            (status, answer) => Err(format!("a webhook was answered {status}: {}", String::from_utf8_lossy(&answer)).into()),
        }
    }
}

fn signed(body: &str) -> Result<Vec<u8>> {
    let mut signed = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes())?;
    signed.update(body.as_bytes());
    Ok(signed.finalize().into_bytes().to_vec())
}

/// An order has changed.
fn order_changed(order: usize) -> Result<(String, String)> {
    let body = json!({ "id": order, "updated_at": "2026-11-29T10:00:00Z" }).to_string();
    let signature = BASE64.encode(&signed(&body)?);
    let headers = format!("x-shopify-topic: orders/updated\r\nx-shopify-shop-domain: {SHOP}\r\nx-shopify-hmac-sha256: {signature}\r\n");
    Ok((headers, body))
}

/// A customer writes, as Meta's reference of the webhook of messages shows it.
fn customer_writes(nth: usize) -> Result<(String, String)> {
    let customer = nth % CUSTOMERS;
    let (number, known_as) = (format!("4790{customer:06}"), format!("NO.1349120865530{customer:04}"));
    let message = json!({
        "from": number, "from_user_id": known_as, "id": format!("wamid.bench{nth}"), "timestamp": "1790000000", "type": "text",
        "text": { "body": "It was promised for Tuesday, and it is Thursday now." },
    });
    let value = json!({
        "messaging_product": "whatsapp", "metadata": { "display_phone_number": "4721000009", "phone_number_id": NUMBER },
        "contacts": [{ "profile": { "name": format!("Ada {customer}") }, "wa_id": number, "user_id": known_as }], "messages": [message],
    });
    let changes = json!([{ "field": "messages", "value": value }]);
    let body = json!({ "object": "whatsapp_business_account", "entry": [{ "id": NUMBER, "changes": changes }] }).to_string();
    Ok((format!("x-hub-signature-256: sha256={}\r\n", HEXLOWER.encode(&signed(&body)?)), body))
}
