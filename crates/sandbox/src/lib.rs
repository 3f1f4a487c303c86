//! Stand-ins of the partners through whom customers write, and of a telephone system: each shows the API of one, as its public
//! reference describes it. They refuse what they do not know, sign their calls, and can be made to fail. The demo is operated
//! through them, and the stories of lines, of mailboxes and of the telephone are told beside them.

mod asked;
pub mod authorization;
mod comments;
mod messaging;
mod post;
mod posts;
mod sms;
mod square;
pub mod switchboard;
mod telegram;
mod templates;
mod twiml;
mod voice;
mod whatsapp;
mod x;

use std::{
    collections::HashMap,
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use serde_json::Value;
use tokio::{net::TcpListener, sync::Notify, task::AbortHandle};

pub use self::{
    asked::{Asked, Part},
    authorization::AuthorizationServer,
    messaging::{Instagram, Messenger},
    post::PostOffice,
    sms::Sms,
    square::{Comment, Deed, Square},
    telegram::Telegram,
    voice::{Ask, Stands, VoiceCall},
    whatsapp::Whatsapp,
    x::X,
};

/// Every partner there is a stand-in of.
pub static FACES: [&dyn Face; 6] = [&Whatsapp, &Messenger, &Instagram, &X, &Sms, &Telegram];

/// How a partner is.
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
    /// It takes a message, and whatever stands before it gives up on the answer.
    GivesUp,
    /// It does what it is asked to do, and says so only when it is told to.
    Waits,
    /// It renews what opens a line, and the line breaks before it says so.
    RenewsSilently,
    /// Whatever it lists goes on for ever.
    ListsForEver,
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
    /// By what right it is sent, where that is said.
    pub tag: Option<String>,
    /// The comment it stands below, for everybody to read.
    pub below: Option<String>,
    /// The comment it answers in private.
    pub answers: Option<String>,
}

/// Where a partner calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hook {
    pub address: String,
    /// What it was told to say there.
    pub secret: String,
}

/// What a partner knows.
#[derive(Default)]
pub struct Book {
    pub weather: Weather,
    pub sent: Vec<Sent>,
    pub hook: Option<Hook>,
    /// Files that customers sent, by what they are called here.
    pub files: HashMap<String, Vec<u8>>,
    /// Files that were handed in before their message.
    pub uploads: HashMap<String, SentFile>,
    /// Comments that only their authors see.
    pub hidden: Vec<String>,
    /// So often it was asked what the shop had posted.
    pub asked_for_post: u64,
    /// Templates that nobody may send for now.
    pub paused: Vec<String>,
    /// So many messages it did not take since it was down, busy, or did not take the token.
    pub turned_away: u64,
    /// What was asked in a way the partner does not know.
    pub wrong: Vec<String>,
    /// So often what opens the line was renewed.
    pub renewals: u64,
    /// When what opens the line ends, in seconds since 1970; never where it is 0.
    pub ends_at: i64,
    /// Whether it calls no more, since nobody answered it there.
    pub gave_up: bool,
    /// From when to when it was asked to say once more what it told.
    pub asked_again: Vec<(String, String)>,
    /// What it is to tell.
    pub subscriptions: Vec<Value>,
    /// What happens where its number is called, as it was said.
    pub voice: HashMap<String, String>,
    /// What was spoken onto the machine, by what it is called here.
    pub recordings: HashMap<String, Vec<u8>>,
    /// The number of the first message; one that is begun anew goes on with others.
    pub first: u64,
}

impl Book {
    fn next(&self) -> u64 {
        self.first + self.sent.len() as u64
    }
    fn secret(&self) -> String {
        self.hook.as_ref().map(|hook| hook.secret.clone()).unwrap_or_default()
    }
    /// Notes what the partner does not know.
    fn refuses(&mut self, what: &Asked) {
        self.wrong.push(format!("{} {}?{}", what.method, what.path, what.query));
    }
    fn hears(&mut self, address: String, secret: String) {
        self.hook = Some(Hook { address, secret }).filter(|hook| !hook.address.is_empty());
    }
}

/// Those fields of an object the partner does not know.
fn unknown(object: &Value, known: &[&str]) -> Vec<String> {
    let keys = object.as_object().into_iter().flat_map(|object| object.keys());
    keys.filter(|key| !known.contains(&key.as_str())).cloned().collect()
}

/// A text of an object; nothing where there is none.
fn text(object: &Value, name: &str) -> String {
    object[name].as_str().unwrap_or_default().to_owned()
}

fn answer(status: u16, body: &Value) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}

/// A file of a customer's.
fn handed_out(book: &Book, name: &str) -> Response {
    book.files.get(name).map_or_else(|| StatusCode::NOT_FOUND.into_response(), |content| content.clone().into_response())
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
    pub name: &'a str,
    pub id: u64,
    pub text: &'a str,
    /// What a file of theirs is called here.
    pub file: Option<&'a str>,
}

/// One partner's API.
pub trait Face: Send + Sync {
    fn channel(&self) -> &'static str;
    /// What has to be filled in to connect, by name, and which of it is secret.
    fn form(&self) -> Vec<(&'static str, &'static str)>;
    fn secret(&self) -> &'static str;
    /// As whom a customer is known there.
    fn peer(&self) -> &'static str;
    /// As what the line is known to its customers.
    fn known_as(&self) -> &'static str;
    /// What it says of what became of a message.
    fn tells(&self) -> &'static [&'static str] {
        &["delivered", "read", "failed"]
    }
    /// For so long after a customer wrote it takes answers, in microseconds.
    fn answered_within(&self) -> Option<i64> {
        None
    }
    /// Whether a file goes as a link.
    fn links(&self) -> bool {
        false
    }
    /// The longest text, in UTF-16 units.
    fn longest(&self) -> usize {
        4_096
    }
    /// Where everybody reads what is written.
    fn square(&self) -> Option<&dyn Square> {
        None
    }
    /// Whether a message is handed over.
    fn is_message(&self, asked: &Asked) -> bool;
    /// Whether what opens the line is renewed.
    fn is_renewal(&self, _: &Asked) -> bool {
        false
    }
    fn answer(&self, book: &mut Book, asked: &Asked, address: &str) -> Response;
    /// What it says to whoever gives the wrong token, or asks for what it does not do now.
    fn refusal(&self, weather: Weather) -> Response;
    fn writes(&self, book: &Book, address: &str, writes: Writes<'_>) -> Call;
    /// Another body in the place of this one, signed as the partner signs.
    fn resigned(&self, book: &Book, call: &Call, body: &str) -> Call;
    /// What became of a message: one of those it tells.
    fn receipt(&self, book: &Book, sent: &Sent, status: &str) -> Call;
    /// What it answers as it is just now.
    fn met(&self, book: &mut Book, asked: &Asked, address: &str) -> Response {
        match book.weather {
            weather @ (Weather::Down | Weather::Busy | Weather::SignedOut) => {
                book.turned_away += u64::from(self.is_message(asked));
                self.refusal(weather)
            }
            Weather::Refusing if self.is_message(asked) => self.refusal(Weather::Refusing),
            Weather::BreaksOff if self.is_message(asked) => {
                self.answer(book, asked, address);
                broken()
            }
            Weather::GivesUp if self.is_message(asked) => {
                self.answer(book, asked, address);
                StatusCode::GATEWAY_TIMEOUT.into_response()
            }
            Weather::RenewsSilently if self.is_renewal(asked) => {
                self.answer(book, asked, address);
                broken()
            }
            _ => self.answer(book, asked, address),
        }
    }
}

/// A partner's server on this machine, as long as it is held.
pub struct StandIn {
    pub face: &'static dyn Face,
    pub address: SocketAddr,
    shared: Arc<Shared>,
    serving: AbortHandle,
}

/// What is known on both sides of a line.
struct Shared {
    face: &'static dyn Face,
    address: String,
    book: Mutex<Book>,
    asked: Notify,
    answers: Notify,
}

impl Shared {
    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl StandIn {
    /// Begins to listen. Its messages are numbered from `first`.
    pub async fn open(face: &'static dyn Face, first: u64) -> io::Result<StandIn> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let book = Mutex::new(Book { first, ..Book::default() });
        let (asked, answers) = (Notify::new(), Notify::new());
        let shared = Arc::new(Shared { face, address: address.to_string(), book, asked, answers });
        let router = Router::new().fallback(serve).with_state(Arc::clone(&shared));
        let serving = tokio::spawn(async move { axum::serve(listener, router).await }).abort_handle();
        Ok(StandIn { face, address, shared, serving })
    }
    pub fn book(&self) -> MutexGuard<'_, Book> {
        self.shared.book()
    }
    /// Comes back once a message has been taken that waits for its answer.
    pub async fn asked(&self) {
        self.shared.asked.notified().await;
    }
    /// Lets it answer.
    pub fn answers(&self) {
        self.shared.answers.notify_one();
    }
    /// Where it is reached, as the setting `partners` names it.
    pub fn named(&self) -> String {
        format!("{}=http://{}", self.face.channel(), self.address)
    }
    pub fn writes(&self, writes: Writes<'_>) -> Call {
        self.face.writes(&self.book(), &format!("http://{}", self.address), writes)
    }
    pub fn receipt(&self, sent: &Sent, status: &str) -> Call {
        self.face.receipt(&self.book(), sent, status)
    }
}

async fn serve(State(shared): State<Arc<Shared>>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let asked = Asked::of(method, &uri, headers, body);
    let (answer, waits) = {
        let mut book = shared.book();
        let waits = book.weather == Weather::Waits && asked.method != "GET";
        (shared.face.met(&mut book, &asked, &shared.address), waits)
    };
    if waits {
        shared.asked.notify_one();
        shared.answers.notified().await;
    }
    answer
}

/// An answer that ends before it has begun.
fn broken() -> Response {
    let ends = futures::stream::once(async { Err::<Bytes, _>(io::Error::other("the line breaks")) });
    ([(header::CONTENT_LENGTH, "10")], Body::from_stream(ends)).into_response()
}
