//! A stand-in for a Vendure 3: its admin API as far as it is documented and as 3.7.3 was seen to answer. It refuses fields,
//! filters and sign-ins that the real one refuses, and it can be made to fail.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard},
};

use ::platform::clock::{Clock, HandClock};
use axum::{
    Json, Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};
use kernel::Timestamp;
use serde_json::{Value, json};
use tokio::sync::Notify;

use super::graphql::{self, Asked};

/// How the next requests fare.
#[derive(Debug, Clone, PartialEq)]
pub enum Weather {
    Fair,
    /// Answers this status, and after how many seconds to come back.
    Status(u16, Option<u64>),
    /// The connection breaks off in the middle of the answer.
    CutShort,
    /// Something else answers there.
    AnotherPage,
    /// Never answers.
    Silence,
    /// Whoever signed in may not read orders.
    Forbidden,
    /// Does what it is asked to, and breaks off before it has said so.
    AfterTheWork,
}

pub struct Inner {
    pub customers: Vec<Value>,
    pub orders: Vec<Value>,
    pub products: Vec<Value>,
    pub password: String,
    sessions: Vec<String>,
    pub weather: Weather,
    /// Fair for so many more questions, before the weather is as it is.
    pub fair_for: usize,
    /// How often it was asked for a page.
    pub asked: usize,
    /// How far its clock is ahead of everybody's.
    pub ahead: i64,
}

/// The stand-in; clones are the same one.
#[derive(Clone)]
pub struct Fake {
    pub address: SocketAddr,
    inner: Arc<Mutex<Inner>>,
    clock: Arc<Mutex<Option<Arc<HandClock>>>>,
    /// Rings when somebody is left without an answer.
    pub silent: Arc<Notify>,
}

impl Fake {
    pub async fn open() -> Fake {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let inner = Inner {
            customers: Vec::new(),
            orders: Vec::new(),
            products: Vec::new(),
            password: "fjellheim".into(),
            sessions: Vec::new(),
            weather: Weather::Fair,
            fair_for: 0,
            asked: 0,
            ahead: 0,
        };
        let fake = Fake {
            address: listener.local_addr().unwrap(),
            inner: Arc::new(Mutex::new(inner)),
            clock: Arc::default(),
            silent: Arc::default(),
        };
        let router = Router::new().route("/admin-api", post(answer)).with_state(fake.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        fake
    }

    pub fn goes_by(&self, clock: Arc<HandClock>) {
        *self.clock.lock().unwrap() = Some(clock);
    }
    pub fn now(&self) -> Timestamp {
        self.clock.lock().unwrap().as_ref().expect("a clock").now() + self.books().ahead
    }
    pub fn books(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap()
    }
    /// Nobody is signed in any longer.
    pub fn signs_everybody_out(&self) {
        self.books().sessions.clear();
    }

    /// A customer with an account, or a guest.
    pub fn customer(&self, number: usize, has_account: bool) -> Value {
        let id = number.to_string();
        let customer = json!({
            "id": id, "firstName": "Mara", "lastName": format!("Lind {number}"), "emailAddress": format!("mara-{number}@example.org"),
            "phoneNumber": null, "user": if has_account { json!({ "id": format!("u{id}") }) } else { Value::Null },
            "updatedAt": stamp(self.now()),
        });
        self.books().customers.push(customer.clone());
        customer
    }

    /// An order of two mugs and a tent, paid.
    pub fn order(&self, number: usize, customer: &Value) {
        let (now, number) = (stamp(self.now()), number.to_string());
        let variant = |sku: &str, name: &str, product: &str| json!({ "sku": sku, "name": name, "product": { "name": product } });
        let order = json!({
            "id": number, "code": format!("CODE{number}"), "state": "PaymentSettled", "createdAt": now, "updatedAt": now, "orderPlacedAt": now,
            "currencyCode": "NOK", "totalWithTax": 56_125 + 3_087 + 500, "shippingWithTax": 500,
            "customer": customer, "shippingAddress": { "countryCode": "NO", "postalCode": "0155" },
            "lines": [
                { "id": format!("{number}1"), "quantity": 1, "orderPlacedQuantity": 1, "proratedUnitPriceWithTax": 56_125,
                  "proratedLinePriceWithTax": 56_125, "productVariant": variant("TENT-2", "Tent Vidde 2", "Tent Vidde") },
                { "id": format!("{number}2"), "quantity": 2, "orderPlacedQuantity": 2, "proratedUnitPriceWithTax": 1_544,
                  "proratedLinePriceWithTax": 3_087, "productVariant": variant("MUG-1", "Mug Bål", "Mug Bål") },
            ],
            "surcharges": [],
            "payments": [{ "id": number, "state": "Settled", "amount": 56_125 + 3_087 + 500, "updatedAt": now, "refunds": [] }],
            "fulfillments": [],
        });
        self.books().orders.push(order);
    }

    pub fn product(&self, number: usize) {
        let now = stamp(self.now());
        let variant = |n: usize, name: &str| {
            json!({ "id": format!("{number}{n}"), "sku": format!("S-{number}-{n}"), "name": name, "enabled": true, "updatedAt": now,
                    "currencyCode": "NOK", "priceWithTax": 12_350, "featuredAsset": null })
        };
        let title = format!("Tent {number}");
        let product = json!({
            "id": number.to_string(), "updatedAt": now, "enabled": true, "name": title, "description": "<p>It <b>stands</b>.</p>",
            "translations": [{ "languageCode": "en", "name": title }, { "languageCode": "nb", "name": format!("Telt {number}") }],
            "featuredAsset": { "preview": "https://assets.example/tent.jpg" },
            "variantList": { "items": [variant(1, &format!("{title} green")), variant(2, &format!("{title} red"))] },
        });
        self.books().products.push(product);
    }

    /// Something about an order is different; its own stamp stays, as that of a real Vendure does.
    pub fn changes(&self, number: usize, change: impl FnOnce(&mut Value, &str)) {
        let (now, number) = (stamp(self.now()), number.to_string());
        let mut books = self.books();
        let order = books.orders.iter_mut().find(|order| order["id"] == *number).expect("an order");
        change(order, &now);
    }
}

/// As Vendure writes it: in milliseconds.
fn stamp(at: Timestamp) -> String {
    at.calendar().strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

async fn answer(State(fake): State<Fake>, headers: HeaderMap, body: Bytes) -> Response {
    let body: Value = serde_json::from_slice(&body).unwrap();
    let date = fake.now().calendar().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    let weather = {
        let mut books = fake.books();
        books.asked += 1;
        let fair = std::mem::replace(&mut books.fair_for, 0);
        books.fair_for = fair.saturating_sub(1);
        if fair > 0 { Weather::Fair } else { books.weather.clone() }
    };
    let mut answer = match weather {
        Weather::Fair => judged(&fake, &headers, &body, false),
        Weather::Forbidden => judged(&fake, &headers, &body, true),
        Weather::AfterTheWork => {
            let done = judged(&fake, &headers, &body, false);
            if is_refund(&body) { (StatusCode::BAD_GATEWAY, "upstream error").into_response() } else { done }
        }
        Weather::Status(status, retry_after) => {
            let mut answer = (StatusCode::from_u16(status).unwrap(), "upstream error").into_response();
            if let Some(seconds) = retry_after {
                answer.headers_mut().insert(header::RETRY_AFTER, seconds.to_string().parse().unwrap());
            }
            answer
        }
        Weather::CutShort => {
            let pieces = [Ok(Bytes::from_static(b"{\"data\":{\"list\":{\"totalItems\":3,\"items\":[{\"id\":\"1\"")), Err("cut")];
            Body::from_stream(futures::stream::iter(pieces)).into_response()
        }
        Weather::AnotherPage => (StatusCode::OK, "<!doctype html><title>Welcome</title>").into_response(),
        Weather::Silence => {
            fake.silent.notify_one();
            std::future::pending().await
        }
    };
    answer.headers_mut().insert(header::DATE, date.parse().unwrap());
    answer
}

fn failed(status: StatusCode, code: &str, message: &str) -> Response {
    (status, Json(json!({ "errors": [{ "message": message, "extensions": { "code": code } }], "data": null }))).into_response()
}

fn judged(fake: &Fake, headers: &HeaderMap, body: &Value, forbidden: bool) -> Response {
    let query = body["query"].as_str().unwrap();
    let asked = match graphql::parse(query) {
        Ok(asked) => asked,
        Err(message) => return failed(StatusCode::BAD_REQUEST, "GRAPHQL_VALIDATION_FAILED", &message),
    };
    let now = stamp(fake.now());
    let mut books = fake.books();
    if query.starts_with("mutation") && !is_refund(body) {
        let variables = &body["variables"];
        let right = variables["username"] == "ombud" && variables["password"] == books.password.as_str();
        if !right {
            let refused = json!({ "__typename": "InvalidCredentialsError", "errorCode": "INVALID_CREDENTIALS_ERROR", "message": "The provided credentials are invalid" });
            return Json(json!({ "data": { "login": refused } })).into_response();
        }
        let token = format!("session-{}", books.asked);
        books.sessions.push(token.clone());
        return ([("vendure-auth-token", token)], Json(json!({ "data": { "login": { "__typename": "CurrentUser" } } }))).into_response();
    }
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let signed_in = bearer.strip_prefix("Bearer ").is_some_and(|token| books.sessions.iter().any(|session| session == token));
    if !signed_in || forbidden {
        return failed(StatusCode::OK, "FORBIDDEN", "You are not currently authorized to perform this action");
    }
    if is_refund(body) {
        let outcome = asked[0].chosen(&refunded(&mut books, &body["variables"]["input"], &now));
        return Json(json!({ "data": { "refundOrder": outcome } })).into_response();
    }
    match looked_up(&books, &asked, &body["variables"]) {
        Ok(data) => Json(json!({ "data": data })).into_response(),
        Err(message) => failed(StatusCode::BAD_REQUEST, "GRAPHQL_VALIDATION_FAILED", &message),
    }
}

fn is_refund(body: &Value) -> bool {
    body["query"].as_str().unwrap().contains("refundOrder")
}

/// Gives back of a payment, as far as it reaches: what is asked for twice is given twice.
fn refunded(books: &mut Inner, input: &Value, now: &str) -> Value {
    let payments = books.orders.iter_mut().flat_map(|order| order["payments"].as_array_mut().unwrap());
    let payment = payments.into_iter().find(|payment| payment["id"] == input["paymentId"]).expect("a payment");
    let refunds = payment["refunds"].as_array().unwrap();
    let given: i64 = refunds.iter().map(|refund| refund["total"].as_i64().unwrap()).sum();
    let (amount, number) = (input["amount"].as_i64().unwrap(), refunds.len() + 1);
    if amount > payment["amount"].as_i64().unwrap() - given {
        return json!({ "errorCode": "REFUND_AMOUNT_ERROR", "message": "The amount specified exceeds the refundable amount for this payment" });
    }
    let refund = json!({ "id": number.to_string(), "state": "Settled", "total": amount, "reason": input["reason"], "updatedAt": now });
    payment["refunds"].as_array_mut().unwrap().push(refund.clone());
    refund
}

fn looked_up(books: &Inner, asked: &[Asked], variables: &Value) -> Result<Value, String> {
    let mut data = serde_json::Map::new();
    for one in asked {
        let rows = match one.name.as_str() {
            "customers" => &books.customers,
            "orders" => &books.orders,
            "products" => &books.products,
            "order" => {
                let order = books.orders.iter().find(|order| order["id"] == variables["id"]).unwrap_or(&Value::Null);
                data.insert(one.alias.clone(), one.chosen(order));
                continue;
            }
            _ => {
                let precision = json!({ "serverConfig": { "moneyStrategyPrecision": 2 } });
                data.insert(one.alias.clone(), one.chosen(&precision));
                continue;
            }
        };
        let newest_first = one.arguments.contains("DESC");
        let none = Value::Null;
        let options = if one.arguments.contains("$options") { &variables["options"] } else { &none };
        let mut found = Vec::new();
        for row in rows {
            if graphql::fits(row, &options["filter"])? {
                let mut row = row.clone();
                // lines come now in this order, now in that
                if let Some(lines) = row["lines"].as_array_mut().filter(|_| books.asked.is_multiple_of(2)) {
                    lines.reverse();
                }
                found.push(row);
            }
        }
        if newest_first {
            found.sort_by_key(|row| std::cmp::Reverse(row["updatedAt"].as_str().unwrap().to_owned()));
        } else {
            found.sort_by_key(|row| row["id"].as_str().unwrap().parse::<u64>().unwrap());
        }
        let (skip, take) = (options["skip"].as_u64().unwrap_or(0), options["take"].as_u64().unwrap_or(1));
        let items: Vec<Value> = found.iter().skip(skip as usize).take(take as usize).cloned().collect();
        data.insert(one.alias.clone(), one.chosen(&json!({ "totalItems": found.len(), "items": items })));
    }
    Ok(Value::Object(data))
}
