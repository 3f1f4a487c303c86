//! A shop system says that something has changed: its books are read at once, and whoever says so without being it is refused.

mod privacy;
mod subscriptions;

use std::marker::PhantomData;

use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode},
};
use kernel::{days, hours, minutes, seconds};
use serde_json::{Value, json};
use story_macro::story;

use super::{
    Connected, Every, Shopify, Weather, Which, WooCommerce, all_orders,
    standins::{Face, signed},
};
use crate::actor::{self, Answer, items};

/// Those that call when something changes, and can.
pub struct Calls<W = Every>(PhantomData<W>);
impl Which for Calls {
    const PUBLIC_URL: &str = DESK;
    fn faces() -> Vec<&'static dyn Face> {
        vec![&WooCommerce, &Shopify]
    }
}
impl Which for Calls<Shopify> {
    const PUBLIC_URL: &str = DESK;
    fn faces() -> Vec<&'static dyn Face> {
        vec![&Shopify]
    }
}
impl Which for Calls<WooCommerce> {
    const PUBLIC_URL: &str = DESK;
    fn faces() -> Vec<&'static dyn Face> {
        vec![&WooCommerce]
    }
}
/// An address on the internet.
const DESK: &str = "https://desk.example";

type Headers = Vec<(&'static str, String)>;

impl<W: Which> Connected<W> {
    /// A webhook as the shop sends it to whoever subscribed, with its headers.
    fn webhook(&self, body: &str) -> (String, Headers) {
        let books = self.shop.books();
        let hook = books.hooks.first().expect("a subscription").clone();
        let secret = if hook.secret.is_empty() { &books.secret } else { &hook.secret };
        let headers = self.shop.face.webhook(&self.shop.address.to_string(), &hook, secret, body);
        (hook.address.strip_prefix(&format!("{DESK}/api/v1")).unwrap().to_owned(), headers)
    }
    async fn arrives(&self, path: &str, headers: &Headers, body: &str) -> Answer {
        let header = |(name, value): &(&'static str, String)| (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
        let headers: HeaderMap = headers.iter().map(header).collect();
        actor::send(self.router(), Method::POST, path, &headers, Body::from(body.to_owned())).await
    }
    /// The shop says that something has changed.
    async fn calls(&self, body: &str) -> Answer {
        let (path, headers) = self.webhook(body);
        self.arrives(&path, &headers, body).await
    }
    async fn webhooks(&self, id: &str) -> Value {
        self.connection(id).await["webhooks"].clone()
    }
    fn asked(&self) -> usize {
        self.shop.books().asked
    }
    async fn attention(&self) -> Vec<Value> {
        items(self.owner().get("/jobs/attention").await.ok())
    }
}

fn without(headers: &Headers, name: &str) -> Headers {
    headers.iter().filter(|(one, _)| *one != name).cloned().collect()
}

fn with(headers: &Headers, name: &'static str, value: &str) -> Headers {
    let mut headers = without(headers, name);
    headers.push((name, value.to_owned()));
    headers
}

/// The header that holds the signature, and the one that holds the topic.
fn names<W>(world: &Connected<W>) -> (&'static str, &'static str) {
    match world.shop.face.connector() {
        "shopify" => ("x-shopify-hmac-sha256", "x-shopify-topic"),
        _ => ("x-wc-webhook-signature", "x-wc-webhook-topic"),
    }
}

#[story]
async fn a_webhook_has_the_books_read_at_once(world: Connected<Calls>) {
    world.sells(2);
    let id = world.connects().await;
    assert_eq!(world.webhooks(&id).await["calling"], "pending");
    world.settle().await;
    let standing = world.webhooks(&id).await;
    assert_eq!((&standing["calling"], &standing["missing"], &standing["heard_at"]), (&json!("live"), &json!([]), &Value::Null));
    assert!(world.shop.books().hooks.iter().all(|hook| hook.address == standing["address"].as_str().unwrap()));

    world.after(seconds(10)).await;
    world.sells_one(3);
    world.settle().await;
    assert_eq!(all_orders(&world.owner()).await.len(), 2, "it waits for its minute");
    assert_eq!(world.calls(r#"{"id":3}"#).await.status, StatusCode::NO_CONTENT);
    world.settle().await;
    world.is_copied_whole().await;
    assert_eq!(world.webhooks(&id).await["heard_at"], world.app.now().to_string());
    // one that never comes is not missed
    world.sells_one(4);
    world.after(minutes(1)).await;
    world.is_copied_whole().await;
    assert_eq!(world.events("order_placed").await.len(), 4);
}

#[story]
async fn however_often_they_come_the_books_are_read_every_few_seconds_at_most(world: Connected<Calls>) {
    world.sells(2);
    world.connects().await;
    world.settle().await;
    world.after(seconds(10)).await;
    let before = world.asked();
    world.calls(r#"{"id":0}"#).await;
    world.settle().await;
    let once = world.asked() - before;
    assert!(once > 0);
    for number in 1..=50 {
        assert_eq!(world.calls(&format!("{{\"id\":{number}}}")).await.status, StatusCode::NO_CONTENT);
        world.settle().await;
    }
    assert_eq!(world.asked() - before, once);
    world.after(seconds(3)).await;
    assert_eq!(world.asked() - before, 2 * once, "what came meanwhile is read once");
}

#[story]
async fn one_that_comes_while_the_books_are_read_has_them_read_once_more(world: Connected<Calls<Shopify>>) {
    world.sells(2);
    let id = world.connects().await;
    let body = r#"{"id":1}"#;
    let headers = vec![
        ("x-shopify-topic", "orders/updated".to_owned()),
        ("x-shopify-hmac-sha256", signed(&world.shop.books().secret, body)),
        ("x-shopify-shop-domain", world.shop.address.to_string()),
    ];
    let path = format!("/webhooks/{}/{id}", world.id());
    assert_eq!(world.arrives(&path, &headers, body).await.status, StatusCode::NO_CONTENT);
    world.settle().await;
    world.sells_one(3);
    world.after(seconds(3)).await;
    world.is_copied_whole().await;
    let asked = world.asked();
    world.after(seconds(30)).await;
    assert_eq!(world.asked(), asked, "and then no more");
}

#[story]
async fn whoever_did_not_sign_it_as_agreed_is_refused_and_nothing_is_read(world: Connected<Calls>) {
    world.sells(1);
    world.connects().await;
    world.settle().await;
    world.after(seconds(10)).await;
    let body = r#"{"id": 812, "updated_at": "2026-11-02T09:14:05Z"}"#;
    let (path, good) = world.webhook(body);
    let (signature, topic) = names(&world);
    let asked = world.asked();
    let again = r#"{"id":812,"updated_at":"2026-11-02T09:14:05Z"}"#;
    for (what, headers, body, status) in [
        ("no signature", without(&good, signature), body, StatusCode::UNAUTHORIZED),
        ("an empty one", with(&good, signature, ""), body, StatusCode::UNAUTHORIZED),
        ("no base64", with(&good, signature, "%%%"), body, StatusCode::UNAUTHORIZED),
        ("another secret", with(&good, signature, &signed("another", body)), body, StatusCode::UNAUTHORIZED),
        ("no secret", with(&good, signature, &signed("", body)), body, StatusCode::UNAUTHORIZED),
        ("the body encoded again", good.clone(), again, StatusCode::UNAUTHORIZED),
        ("another topic", with(&good, topic, "carts/create"), body, StatusCode::UNPROCESSABLE_ENTITY),
        ("no topic", without(&good, topic), body, StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let refused = world.arrives(&path, &headers, body).await;
        assert_eq!(refused.status, status, "{what}: {}", refused.text());
    }
    world.settle().await;
    assert_eq!(world.asked(), asked, "nothing was read");
    // neither is it known elsewhere
    let other = path.replace(&world.id().to_string(), &world.other_shop().id().to_string());
    assert_eq!(world.arrives(&other, &good, body).await.status, StatusCode::NOT_FOUND);
    // whoever tries and tries is told to wait; the shop itself is not
    let forged = with(&good, signature, &signed("guess", body));
    let mut last = StatusCode::OK;
    for _ in 0..70 {
        last = world.arrives(&path, &forged, body).await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(world.arrives(&path, &good, body).await.status, StatusCode::NO_CONTENT);
}

#[story]
async fn the_secret_of_one_connection_opens_no_other(world: Connected<Calls>) {
    world.connects().await;
    world.settle().await;
    let (first, headers) = world.webhook("{}");
    world.shop.books().hooks.clear();
    // the same shop, connected once more: Shopify signs with the app's secret, and that is another app's
    world.shop.books().secret = "another".into();
    world.shop.books().sessions.clear();
    world.connects().await;
    world.settle().await;
    let (second, own) = world.webhook("{}");
    assert_ne!(first, second);
    assert_eq!(world.arrives(&second, &headers, "{}").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(world.arrives(&second, &own, "{}").await.status, StatusCode::NO_CONTENT);
}

#[story]
async fn one_that_is_repeated_does_nothing_whatever_it_is_called(world: Connected<Calls>) {
    world.sells(1);
    world.connects().await;
    world.settle().await;
    world.after(seconds(10)).await;
    let (path, headers) = world.webhook(r#"{"id":1}"#);
    world.arrives(&path, &headers, r#"{"id":1}"#).await;
    world.after(seconds(10)).await;
    let asked = world.asked();
    let called =
        [("x-shopify-event-id", "another"), ("x-wc-webhook-delivery-id", "another"), ("x-shopify-triggered-at", "2031-01-01T00:00:00Z")];
    for (name, value) in called {
        let answer = world.arrives(&path, &with(&headers, name, value), r#"{"id":1}"#).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT);
        world.settle().await;
        assert_eq!(world.asked(), asked, "{name}");
    }
    let kept = async || {
        let shop = world.id();
        let sql = "SELECT COUNT(*) FROM connectors_deliveries WHERE shop_id = $1";
        let count = async move |tx: &mut ::platform::Tx<'_>| tx.value::<i64>(sql, &[&shop]).await;
        world.app.read(count).await.unwrap()
    };
    assert_eq!(kept().await, 1);
    world.after(days(6)).await;
    assert_eq!(kept().await, 1);
    world.after(days(2)).await;
    assert_eq!(kept().await, 0, "it is known for a week");
}

#[story]
async fn a_shop_that_wants_to_be_left_alone_is_and_a_paused_one_is_not_read(world: Connected<Calls>) {
    world.sells(1);
    let id = world.connects().await;
    world.settle().await;
    world.shop.books().weather = Weather::Status(429, Some(600));
    world.after(minutes(1)).await;
    let asked = world.asked();
    assert_eq!(world.calls(r#"{"id":1}"#).await.status, StatusCode::NO_CONTENT);
    world.after(minutes(5)).await;
    assert_eq!(world.asked(), asked);
    world.shop.books().weather = Weather::Fair;
    world.after(minutes(5)).await;
    let pause = format!("/connections/{id}/pause");
    world.owner().put(&pause, Value::Null).await.ok();
    let asked = world.asked();
    assert_eq!(world.calls(r#"{"id":2}"#).await.status, StatusCode::NO_CONTENT);
    world.after(hours(1)).await;
    assert_eq!(world.asked(), asked);
}

#[story]
async fn a_body_is_taken_up_to_a_size(world: Connected<Calls>) {
    world.connects().await;
    world.settle().await;
    let most = 4 << 20;
    for (length, status) in [(most, StatusCode::NO_CONTENT), (most + 1, StatusCode::PAYLOAD_TOO_LARGE)] {
        assert_eq!(world.calls(&"x".repeat(length)).await.status, status, "{length}");
    }
}

#[story]
async fn another_shops_webhook_is_refused_though_it_is_signed(world: Connected<Calls<Shopify>>) {
    world.connects().await;
    world.settle().await;
    let (path, headers) = world.webhook("{}");
    let answer = world.arrives(&path, &with(&headers, "x-shopify-shop-domain", "other.myshopify.com"), "{}").await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

/// `scripts/webhooks` holds each of these against Shopify's own library and WooCommerce's documented algorithm.
const SIGNATURES: &str = include_str!("webhooks/signatures.json");

#[story]
async fn what_shopifys_own_library_takes_for_signed_is(world: Connected<Calls<Shopify>>) {
    let examples: Vec<Value> = serde_json::from_str(SIGNATURES).unwrap();
    assert!(examples.len() > 3);
    for example in examples {
        let text = |name: &str| example[name].as_str().unwrap();
        world.shop.books().secret = text("secret").to_owned();
        let path = format!("/webhooks/{}/{}", world.id(), world.connects().await);
        let headers = vec![
            ("x-shopify-topic", "orders/updated".to_owned()),
            ("x-shopify-hmac-sha256", text("signature").to_owned()),
            ("x-shopify-shop-domain", world.shop.address.to_string()),
        ];
        assert_eq!(world.arrives(&path, &headers, text("body")).await.status, StatusCode::NO_CONTENT, "{example}");
        let longer = format!("{} ", text("body"));
        assert_eq!(world.arrives(&path, &headers, &longer).await.status, StatusCode::UNAUTHORIZED, "{example}");
        assert_eq!(signed(text("secret"), text("body")), text("signature"));
    }
}
