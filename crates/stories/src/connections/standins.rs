//! Stand-ins of shop systems: one shop that sells, and the faces it shows, each the API of one system as it is documented. They
//! refuse what the real ones refuse, fields, filters and sign-ins, and can be made to fail.

mod books;
mod graphql;
mod hooks;
mod medusa;
mod shopify;
mod vendure;
mod woocommerce;

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard},
};

use ::platform::clock::{Clock, HandClock};
use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Query, State},
    http::{HeaderMap, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use kernel::Timestamp;
use serde_json::Value;
use tokio::sync::Notify;

pub use self::{
    books::{Books, Lying, Order, Person, Refund},
    hooks::{Hook, signed},
    medusa::Medusa,
    shopify::{Shopify, TOKEN as SHOPIFY_TOKEN},
    vendure::Vendure,
    woocommerce::WooCommerce,
};

/// One system's API.
pub trait Face: Send + Sync {
    /// The connector that reads it.
    fn connector(&self) -> &'static str;
    /// What has to be filled in to connect, and which field of it is kept secret.
    fn form(&self, address: &str, secret: &str) -> Value;
    fn secret(&self) -> &'static str;
    /// What it says to whoever gives the wrong one.
    fn refusal(&self) -> &'static str;
    /// Whether guests are customers of their own in it.
    fn lists_guests(&self) -> bool;
    /// Whether somebody asks for a page of orders.
    fn is_about_orders(&self, asked: &Asked) -> bool;
    fn answer(&self, books: &mut Books, asked: &Asked) -> Response;
    /// Whether it is asked to do something, and not only to tell.
    fn is_work(&self, _asked: &Asked) -> bool {
        false
    }
    /// What stands above a webhook it sends.
    fn webhook(&self, _address: &str, _hook: &Hook, _secret: &str, _body: &str) -> Vec<(&'static str, String)> {
        Vec::new()
    }
    /// What it answers whoever may not read.
    fn forbid(&self) -> Response;
}

/// The systems there are connectors for: every contract story is told of each.
pub const EVERY: &[&dyn Face] = &[&Vendure, &WooCommerce, &Shopify, &Medusa];

/// A question.
pub struct Asked {
    pub method: Method,
    pub uri: Uri,
    pub headers: HeaderMap,
    pub body: Bytes,
    /// What the shop's clock says.
    pub at: Timestamp,
}

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
    /// Whoever signed in may not read.
    Forbidden,
    /// Does what it is asked to, and breaks off before it has said so.
    AfterTheWork,
}

/// The stand-in; clones are the same one.
#[derive(Clone)]
pub struct StandIn {
    pub address: SocketAddr,
    pub face: &'static dyn Face,
    books: Arc<Mutex<Books>>,
    clock: Arc<Mutex<Option<Arc<HandClock>>>>,
    /// Rings when somebody is left without an answer.
    pub silent: Arc<Notify>,
}

impl StandIn {
    pub async fn open(face: &'static dyn Face) -> StandIn {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let stand_in =
            StandIn { address: listener.local_addr().unwrap(), face, books: Arc::default(), clock: Arc::default(), silent: Arc::default() };
        let router = Router::new().fallback(answer).with_state(stand_in.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        stand_in
    }

    pub fn goes_by(&self, clock: Arc<HandClock>) {
        *self.clock.lock().unwrap() = Some(clock);
    }
    pub fn now(&self) -> Timestamp {
        self.clock.lock().unwrap().as_ref().expect("a clock").now() + self.books().ahead
    }
    pub fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap()
    }
    pub fn form(&self) -> Value {
        self.face.form(&format!("http://{}", self.address), &self.books().secret)
    }
    /// A customer with an account, or a guest.
    pub fn customer(&self, number: usize, has_account: bool) -> Person {
        let person = Person::new(number, has_account, self.now());
        self.books().people.push(person.clone());
        person
    }
    /// An order of a tent and two mugs, paid.
    pub fn order(&self, number: usize, customer: &Person) {
        let order = Order::new(number, customer, self.now());
        self.books().orders.push(order);
    }
    pub fn product(&self, number: usize) {
        let now = self.now();
        self.books().products.push((number, now));
    }
    /// So many of one form of a product lie at a place, and so many of them are promised to somebody.
    pub fn stocks(&self, of: (usize, usize), place: &'static str, there: i64, promised: i64) {
        let at = self.now();
        let mut books = self.books();
        books.stock.retain(|lying| (lying.of, lying.place) != (of, place));
        books.stock.push(Lying { of, place, there, promised, at });
    }
    /// Something about an order is different.
    pub fn changes(&self, number: usize, change: impl FnOnce(&mut Order, Timestamp)) {
        let now = self.now();
        change(self.books().orders.iter_mut().find(|order| order.id == number).expect("an order"), now);
    }
}

impl Asked {
    /// The parameters of the address.
    fn query(&self) -> Vec<(String, String)> {
        Query::try_from_uri(&self.uri).unwrap().0
    }
}

async fn answer(State(stand_in): State<StandIn>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let asked = Asked { method, uri, headers, body, at: stand_in.now() };
    let date = asked.at.calendar().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    let weather = stand_in.books().weather_for(stand_in.face.is_about_orders(&asked));
    let mut answer = match weather {
        Weather::Fair => stand_in.face.answer(&mut stand_in.books(), &asked),
        Weather::AfterTheWork => {
            let done = stand_in.face.answer(&mut stand_in.books(), &asked);
            if stand_in.face.is_work(&asked) { (StatusCode::BAD_GATEWAY, "upstream error").into_response() } else { done }
        }
        Weather::Forbidden => stand_in.face.forbid(),
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
            stand_in.silent.notify_one();
            std::future::pending().await
        }
    };
    answer.headers_mut().insert(header::DATE, date.parse().unwrap());
    answer
}
