//! How people buy in a running Medusa.

use axum::http::Method;
use serde_json::{Value, json};

use super::{Header, Medusa, text};

/// What opens the storefront, for a guest or whoever has signed in.
pub(super) fn customer(medusa: &Medusa, account: Option<&str>) -> Vec<Header> {
    let mut headers = vec![("x-publishable-api-key", medusa.storefront.clone())];
    headers.extend(account.map(|token| ("authorization", format!("Bearer {token}"))));
    headers
}

/// Buys as people do: puts goods into a cart, says who they are and where they live, chooses how it is sent, pays.
pub(super) async fn buys(medusa: &Medusa, email: &str, goods: &[(usize, i64)], account: Option<&str>) -> String {
    let headers = customer(medusa, account);
    let cart = fills(medusa, email, goods, &headers).await;
    pays(medusa, &cart, &headers).await
}

pub(super) async fn fills(medusa: &Medusa, email: &str, goods: &[(usize, i64)], headers: &[Header]) -> String {
    let asks = async |method: Method, path: &str, body: Option<Value>| medusa.asks(method, &format!("/store/{path}"), headers, body).await;
    let region = asks(Method::GET, "regions", None).await["regions"][0]["id"].clone();
    let offered = asks(Method::GET, "products?order=handle&fields=%2Avariants", None).await;
    let offered = offered["products"].as_array().unwrap().iter();
    let mut variants: Vec<&Value> = offered.flat_map(|product| product["variants"].as_array().unwrap()).collect();
    variants.sort_by_key(|variant| text(&variant["sku"]));
    let items: Vec<Value> = goods.iter().map(|(which, n)| json!({ "variant_id": variants[*which]["id"], "quantity": n })).collect();
    let address = json!({ "first_name": "Mara", "last_name": "Lind", "address_1": "Storgata 1", "city": "Oslo", "postal_code": "0155",
                          "country_code": "no" });
    let new = json!({ "region_id": region, "email": email, "items": items, "shipping_address": address });
    let cart = text(&asks(Method::POST, "carts", Some(new)).await["cart"]["id"]);
    let ways = asks(Method::GET, &format!("shipping-options?cart_id={cart}"), None).await;
    // it names them now in this order, now in that
    let name = ["Standard", "Express"][goods.len() % 2];
    let way = ways["shipping_options"].as_array().unwrap().iter().find(|way| way["name"] == name).expect("a way");
    let way = json!({ "option_id": way["id"] });
    asks(Method::POST, &format!("carts/{cart}/shipping-methods"), Some(way)).await;
    cart
}

pub(super) async fn pays(medusa: &Medusa, cart: &str, headers: &[Header]) -> String {
    let asks = async |path: &str, body: Value| medusa.asks(Method::POST, &format!("/store/{path}"), headers, Some(body)).await;
    let paying = asks("payment-collections", json!({ "cart_id": cart })).await;
    let session = format!("payment-collections/{}/payment-sessions", text(&paying["payment_collection"]["id"]));
    asks(&session, json!({ "provider_id": "pp_system_default" })).await;
    let placed = medusa.completes(cart, headers).await;
    assert_eq!(placed["type"], "order", "{placed}");
    text(&placed["order"]["id"])
}

/// Somebody who has an account there; what they sign in with.
pub(super) async fn registers(medusa: &Medusa, email: &str) -> String {
    let login = json!({ "email": email, "password": "a gentle walk uphill" });
    let token = medusa.asks(Method::POST, "/auth/customer/emailpass/register", &[], Some(login.clone())).await;
    let headers = [("x-publishable-api-key", medusa.storefront.clone()), ("authorization", format!("Bearer {}", text(&token["token"])))];
    let who = json!({ "email": email, "first_name": "Ada", "last_name": "Øst" });
    medusa.asks(Method::POST, "/store/customers", &headers, Some(who)).await;
    text(&medusa.asks(Method::POST, "/auth/customer/emailpass", &[], Some(login)).await["token"])
}
