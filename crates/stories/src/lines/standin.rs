//! A stand-in of the partners: what the shop's line there has been sent, and the faces it shows, each the API of one partner as its
//! reference shows it. It refuses fields it does not know, signs its calls, and can be made to fail.

mod sms;
mod telegram;
mod whatsapp;

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard},
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use serde_json::Value;

pub use self::{sms::Sms, telegram::Telegram, whatsapp::Whatsapp};

/// How the partner is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weather {
    #[default]
    Fine,
    /// It fails by itself.
    Down,
    /// It wants to be asked later.
    Busy,
    /// It does not take the token.
    SignedOut,
    /// It takes no message for this customer.
    Refusing,
    /// It takes a message, and the line breaks before it says so.
    BreaksOff,
}

/// A file, as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentFile {
    pub name: String,
    pub content: Vec<u8>,
}

/// A message that was sent through the partner.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    pub to: String,
    pub text: String,
    pub file: Option<SentFile>,
    /// What the partner calls it.
    pub reference: String,
    /// What Ombud calls it, where the partner is told.
    pub ours: Option<String>,
}

/// What the partner knows.
#[derive(Default)]
pub struct Book {
    pub weather: Weather,
    pub sent: Vec<Sent>,
    /// Where it calls, and what it was told to say there.
    pub hook: Option<(String, String)>,
    /// Files that customers sent, by what they are called here.
    pub files: HashMap<String, Vec<u8>>,
    /// Files that were handed in before their message.
    pub uploads: HashMap<String, SentFile>,
    /// What was asked in a way the partner does not know.
    pub wrong: Vec<String>,
    pub asked: usize,
}

impl Book {
    pub fn next_reference(&self) -> String {
        format!("{}", 1_000 + self.sent.len())
    }
}

/// What Ombud asks.
pub struct Asked {
    pub method: Method,
    pub path: String,
    pub query: String,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Asked {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
    /// The parts of a form with files, by name: their head, and their content.
    pub fn parts(&self) -> HashMap<String, (String, Vec<u8>)> {
        let boundary = self.header("content-type").split_once("boundary=").map(|(_, boundary)| format!("--{boundary}")).unwrap_or_default();
        let body: &[u8] = &self.body;
        let mut parts = HashMap::new();
        let starts: Vec<usize> =
            (0..body.len()).filter(|at| !boundary.is_empty() && body[*at..].starts_with(boundary.as_bytes())).collect();
        for pair in starts.windows(2) {
            let part = &body[pair[0] + boundary.len() + 2..pair[1] - 2];
            let gap = part.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
            let head = String::from_utf8(part[..gap].to_vec()).expect("a head that is text");
            let name = head.split_once("name=\"").and_then(|(_, rest)| rest.split('"').next()).expect("a name").to_owned();
            parts.insert(name, (head, part[gap + 4..].to_vec()));
        }
        parts
    }
}

/// The file of a part, as its head names it.
pub fn file_of((head, content): &(String, Vec<u8>)) -> SentFile {
    let name = head.split_once("filename=\"").and_then(|(_, rest)| rest.split('"').next()).expect("a file name").to_owned();
    SentFile { name, content: content.clone() }
}

/// Those fields of an object the partner does not know.
pub fn unknown(object: &Value, known: &[&str]) -> Vec<String> {
    let keys = object.as_object().into_iter().flat_map(|object| object.keys());
    keys.filter(|key| !known.contains(&key.as_str())).cloned().collect()
}

pub fn answer(status: u16, body: Value) -> Response {
    let status = StatusCode::from_u16(status).unwrap();
    (status, [(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}

/// A call of the partner's: behind the address, above it, and in it.
#[derive(Debug, Clone, Default)]
pub struct Call {
    pub query: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
}

/// What a customer writes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Writes<'a> {
    /// By what the partner knows them.
    pub from: &'a str,
    pub id: u64,
    pub text: &'a str,
    /// What a file of theirs is called here.
    pub file: Option<&'a str>,
}

/// One partner's API.
pub trait Face: Send + Sync {
    fn channel(&self) -> &'static str;
    /// What has to be filled in to connect, and which of it is secret.
    fn form(&self) -> Value;
    fn secret(&self) -> &'static str;
    /// As whom a customer is known there.
    fn peer(&self) -> &'static str;
    /// As what the line is known to its customers.
    fn known_as(&self) -> &'static str;
    /// Whether it says what became of a message.
    fn tells(&self) -> bool {
        true
    }
    /// Whether a file goes as a link.
    fn links(&self) -> bool {
        false
    }
    fn longest(&self) -> usize {
        4_096
    }
    /// Whether a message is handed over.
    fn is_message(&self, asked: &Asked) -> bool;
    fn answer(&self, book: &mut Book, asked: &Asked, address: &str) -> Response;
    /// What it says to whoever gives the wrong token, or asks for what it does not do now.
    fn refusal(&self, weather: Weather) -> Response;
    fn writes(&self, book: &Book, address: &str, writes: Writes<'_>) -> Call;
    /// Another body in the place of this one, signed as the partner signs.
    fn resigned(&self, book: &Book, call: &Call, body: &str) -> Call;
    /// What became of a message: `delivered`, `read` or `failed`.
    fn receipt(&self, book: &Book, sent: &Sent, status: &str) -> Call;
}

/// A partner's server.
pub struct StandIn {
    pub face: &'static dyn Face,
    pub address: SocketAddr,
    book: Arc<Mutex<Book>>,
}

impl StandIn {
    pub async fn open(face: &'static dyn Face) -> StandIn {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let book = Arc::<Mutex<Book>>::default();
        let router = Router::new().fallback(serve).with_state((face, address.to_string(), Arc::clone(&book)));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        StandIn { face, address, book }
    }
    pub fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap()
    }
    pub fn writes(&self, writes: Writes<'_>) -> Call {
        self.face.writes(&self.book(), &format!("http://{}", self.address), writes)
    }
    pub fn receipt(&self, sent: &Sent, status: &str) -> Call {
        self.face.receipt(&self.book(), sent, status)
    }
}

type Shown = (&'static dyn Face, String, Arc<Mutex<Book>>);

async fn serve(State((face, address, book)): State<Shown>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let asked = Asked { method, path: uri.path().to_owned(), query: uri.query().unwrap_or_default().to_owned(), headers, body };
    let mut book = book.lock().unwrap();
    book.asked += 1;
    let weather = book.weather;
    match weather {
        Weather::Down | Weather::Busy | Weather::SignedOut => face.refusal(weather),
        Weather::Refusing if face.is_message(&asked) => face.refusal(weather),
        Weather::BreaksOff if face.is_message(&asked) => {
            face.answer(&mut book, &asked, &address);
            broken()
        }
        _ => face.answer(&mut book, &asked, &address),
    }
}

/// An answer that ends before it has begun.
fn broken() -> Response {
    let ends = futures::stream::once(async { Err::<Bytes, _>(std::io::Error::other("the line breaks")) });
    ([(header::CONTENT_LENGTH, "10")], axum::body::Body::from_stream(ends)).into_response()
}
