//! A shop system whose whole history can be had as fast as it is asked for, so that what is measured is how fast it is copied.
//!
//! It answers as WooCommerce's REST API `wc/v3` does, as far as a history is read by it.

use std::{net::SocketAddr, ops::Range, time::Duration};

use axum::{
    Json, Router,
    extract::Query,
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::{Instant, interval_at};

use crate::{
    Result,
    figure::Figure,
    limit,
    line::Line,
    server::{Server, Start},
};

/// So many orders has each of its customers, who all have an account.
const ORDERS_EACH: usize = 4;
/// How often it is looked how far it is.
const LOOKS: Duration = Duration::from_millis(50);

/// A shop with so many orders is connected, and copied.
pub async fn figures(start: &Start, orders: usize) -> Result<Vec<Figure>> {
    let shop = open(orders).await?;
    let mut settings = start.settings.clone();
    settings.push(("OMBUD_REACHABLE_INSIDE", shop.to_string()));
    let mut server = Server::start(&Start { settings, ..start.clone() }).await?;
    server.settle().await;
    let before = server.cpu()?;
    let copied = copied(&server, shop, orders).await?;
    let taken = server.cpu()?.saturating_sub(before);
    server.stop().await?;
    Ok(vec![
        Figure::new(format!("backfill: of {orders} orders"), orders as f64 / copied.as_secs_f64(), "/s").at_least(500.0),
        Figure::new("backfill: processor time of an order, all in", taken.as_secs_f64() * 1e3 / orders as f64, "ms"),
    ])
}

/// How long it takes until the history of orders has been read; the customers' before it is not in it.
async fn copied(server: &Server, shop: SocketAddr, orders: usize) -> Result<Duration> {
    let mut line = Line::to(&server.address).await?;
    let bearer = format!("authorization: Bearer {}\r\n", server.token);
    let settings = json!({ "address": format!("http://{shop}"), "consumer_key": "ck_bench", "consumer_secret": "cs_bench" });
    let new = json!({ "connector": "woocommerce", "name": "Bench", "settings": settings });
    let connection = line.json("POST", "/api/v1/connections", &bearer, new).await?;
    let path = format!("/api/v1/connections/{}", connection["id"].as_str().ok_or("no connection")?);
    let mut began = None;
    let mut looks = interval_at(Instant::now() + LOOKS, LOOKS);
    loop {
        looks.tick().await;
        let connection = line.json("GET", &path, &bearer, Value::Null).await?;
        if let Some(trouble) = connection["trouble"].as_object() {
            return Err(format!("the shop could not be read: {trouble:?}").into());
        }
        let (customers, read) = (&connection["progress"]["customers"], connection["progress"]["orders"]["read"].as_u64());
        if customers["read"].as_u64().is_some() && customers["read"] == customers["total"] {
            began = began.or_else(|| Some(limit::now()));
        }
        match began {
            Some(began) if read == Some(orders as u64) => return Ok(began.elapsed()),
            _ => (),
        }
    }
}

/// Opens its doors.
async fn open(orders: usize) -> Result<SocketAddr> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let customers = orders / ORDERS_EACH;
    let below = |path: &str| format!("/wp-json/wc/v3/{path}");
    let routes = Router::new()
        .route(&below("orders"), get(async move |wanted: Query<Wanted>| wanted.of(orders, order)))
        .route(&below("customers"), get(async move |wanted: Query<Wanted>| wanted.of(customers, customer)))
        .route(&below("products"), get(async move |wanted: Query<Wanted>| wanted.of(0, order)))
        .route(&below("webhooks"), get(async move |wanted: Query<Wanted>| wanted.of(0, order)))
        .route(&below("data/currencies/current"), get(async || Json(json!({ "code": "EUR" }))));
    tokio::spawn(async move { axum::serve(listener, routes).await });
    Ok(address)
}

/// What is asked for of a list.
#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    offset: usize,
    #[serde(default = "ten")]
    per_page: usize,
    #[serde(default)]
    order: String,
}

/// So many are listed when it is not said how many.
fn ten() -> usize {
    10
}

impl Wanted {
    /// This page of so many rows.
    fn of(&self, all: usize, row: fn(usize) -> Value) -> Response {
        let page: Range<usize> = self.offset.min(all)..(self.offset + self.per_page).min(all);
        // by id, or the newest first
        let rows: Vec<Value> = page.map(|n| row(if self.order == "desc" { all - n } else { n + 1 })).collect();
        ([("x-wp-total", all.to_string())], Json(rows)).into_response()
    }
}

/// A moment of the two years in which it has been selling; the later, the higher the number.
fn stamp(number: usize) -> String {
    let minutes = jiff::SignedDuration::from_mins(number as i64);
    jiff::civil::datetime(2024, 6, 1, 8, 0, 0, 0).saturating_add(minutes).to_string()
}

fn customer(id: usize) -> Value {
    let billing = billing(id);
    json!({ "id": id, "date_created_gmt": stamp(id), "role": "customer", "email": billing["email"], "first_name": "Mara",
            "last_name": billing["last_name"], "billing": billing })
}

fn billing(customer: usize) -> Value {
    json!({ "first_name": "Mara", "last_name": format!("Lind {customer}"), "company": "", "city": "Oslo", "country": "NO",
            "postcode": "0155", "email": format!("mara.{customer}@example.org"), "phone": format!("+47 {}", 20_000_000 + customer) })
}

/// Two lines, paid and sent, as nearly all of a history is.
fn order(id: usize) -> Value {
    let customer = (id - 1) / ORDERS_EACH + 1;
    let line = |line: usize, name: &str, quantity: usize, total: &str, tax: &str| json!({ "id": id * 2 + line, "name": name, "quantity": quantity, "total": total, "total_tax": tax, "sku": format!("SKU-{line}") });
    let tracking =
        json!([{ "custom_tracking_provider": "Posten", "tracking_number": format!("TRACK{id:09}"), "date_shipped": 1_717_000_000 }]);
    json!({
        "id": id, "number": id.to_string(), "status": "completed", "currency": "EUR", "date_created_gmt": stamp(id),
        "date_modified_gmt": stamp(id), "date_paid_gmt": stamp(id), "date_completed_gmt": stamp(id), "total": "66.00",
        "shipping_total": "5.00", "shipping_tax": "1.00", "customer_id": customer, "customer_note": "", "billing": billing(customer),
        "shipping": billing(customer), "fee_lines": [], "refunds": [],
        "line_items": [line(0, "Plant pot", 2, "40.00", "8.00"), line(1, "Soil, 10 l", 1, "10.00", "2.00")],
        "meta_data": [{ "key": "_wc_shipment_tracking_items", "value": tracking }],
    })
}
