//! The whole application, with a shop, its owner, a visitor and one thing of each kind; for targets that need more than a
//! function.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, header},
};
use kernel::{Language, Timestamp, seconds};
use platform::{App, Module, Tx, clock::HandClock, config::Config, http::Built, password::Passwords};
use serde_json::{Value, json};
use team::{
    person::{self, NewPerson},
    shop::{self, NewShop},
};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tower::ServiceExt;

const PASSWORD: &str = "a gentle walk uphill";
const OWNER: &str = "owner@example.com";
/// Where members sign in, and where Ombud believes it is.
pub const HOME: &str = "http://127.0.0.1:8080";
/// The page that shows the chat.
pub const SHOP: &str = "https://fjell.example";
/// After so many inputs everything is made anew.
const WORN_OUT: usize = 20_000;

/// Whoever makes a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Owner,
    Visitor,
    Stranger,
}

pub struct House {
    pub built: Built,
    app: App,
    clock: Arc<HandClock>,
    owner: HeaderMap,
    visitor: HeaderMap,
    /// What a placeholder stands for.
    things: Vec<(&'static str, String)>,
    /// Where it listens, when somebody has asked.
    pub listening: Option<SocketAddr>,
    used: usize,
    _folder: TempDir,
}

/// The one of this process, and what it runs on.
static HOUSE: Mutex<Option<(Runtime, House)>> = Mutex::new(None);
/// Panics anywhere in the process, which servers answer or hide.
static PANICS: AtomicUsize = AtomicUsize::new(0);

/// Does something in the house, and sees that nothing panicked behind it.
pub fn visit(work: impl AsyncFnOnce(&mut House)) {
    // a house in which something has failed is still a house
    let mut house = HOUSE.lock().unwrap_or_else(PoisonError::into_inner);
    if house.as_ref().is_none_or(|(_, house)| house.used >= WORN_OUT) {
        *house = None;
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
        let built = runtime.block_on(House::build());
        count_panics();
        *house = Some((runtime, built));
    }
    let Some((runtime, house)) = house.as_mut() else { return };
    house.used += 1;
    // slower than any limit
    house.clock.advance(seconds(1));
    let before = PANICS.load(Ordering::SeqCst);
    runtime.block_on(work(house));
    assert_eq!(PANICS.load(Ordering::SeqCst), before, "something panicked");
}

fn count_panics() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let said = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            PANICS.fetch_add(1, Ordering::SeqCst);
            said(panic);
        }));
    });
}

impl House {
    async fn build() -> House {
        let folder = tempfile::tempdir().expect("a folder");
        let config = Config { data: folder.path().display().to_string(), ..Config::default() };
        let clock = Arc::new(HandClock::at(Timestamp::from_micros(1_795_428_000_000_000)));
        let ground = app::grounded(&config, clock.clone()).expect("a ground");
        let mut modules = app::modules();
        // what is hashed so often is hashed cheaply here
        modules.push(Module { name: "fuzz", plugs: Some(|plugged| plugged.plug(cheap_passwords())), ..Module::default() });
        let (app, built) = app::open_with(config, ground, modules).await.expect("an application");
        found(&app).await;
        let mut house = House {
            built,
            app,
            clock,
            owner: HeaderMap::new(),
            visitor: HeaderMap::new(),
            things: Vec::new(),
            listening: None,
            used: 0,
            _folder: folder,
        };
        house.let_everybody_in().await;
        house
    }

    async fn let_everybody_in(&mut self) {
        self.owner.insert(header::ORIGIN, HeaderValue::from_static(HOME));
        let answer = self.json(Who::Owner, Method::POST, "/session", json!({ "email": OWNER, "password": PASSWORD })).await;
        let cookie = answer.headers()[header::SET_COOKIE].to_str().expect("a cookie").split(';').next().unwrap_or_default().to_owned();
        self.owner.insert(header::COOKIE, HeaderValue::from_str(&cookie).expect("a header"));

        let mut widget = self.value(Who::Owner, Method::GET, "/widget", Value::Null).await;
        let (key, mut settings) = (widget["key"].take(), widget["settings"].take());
        settings["origins"] = json!([SHOP]);
        self.value(Who::Owner, Method::PUT, "/widget", settings).await;
        self.visitor.insert(header::ORIGIN, HeaderValue::from_static(SHOP));
        let arrival = json!({ "key": key, "language": "en", "time_zone": null, "identity": null });
        let token = self.value(Who::Visitor, Method::POST, "/chat/visitors", arrival).await["token"].clone();
        self.visitor.insert(header::AUTHORIZATION, HeaderValue::from_str(&format!("Bearer {}", text(&token))).expect("a header"));
        let said = json!({ "client_id": "first", "text": "Where is my parcel?", "name": null, "email": null });
        let begun = self.value(Who::Visitor, Method::POST, "/chat/conversations", said).await;
        let conversation = text(&begun["conversation"]["id"]);
        let seen = self.value(Who::Owner, Method::GET, &format!("/conversations/{conversation}"), Value::Null).await;
        let tag = self.value(Who::Owner, Method::POST, "/tags", json!({ "name": "late" })).await;
        let hello = json!({ "name": "Hello", "texts": { "en": "Hello {{ customer.name }}" } });
        let hello = self.value(Who::Owner, Method::POST, "/macros", hello).await;
        let session = self.value(Who::Owner, Method::GET, "/session", Value::Null).await;
        self.things = vec![
            ("{key}", text(&key)),
            ("{token}", text(&token)),
            ("{cnv}", conversation),
            ("{cus}", text(&seen["customer"]["id"])),
            ("{tag}", text(&tag["id"])),
            ("{mac}", text(&hello["id"])),
            ("{mem}", text(&session["member"]["id"])),
        ];
    }

    /// With things where their placeholders are.
    pub fn filled(&self, text: &str) -> String {
        self.things.iter().fold(text.to_owned(), |text, (name, id)| text.replace(name, id))
    }

    /// What their requests carry.
    pub fn headers_of(&self, who: Who) -> HeaderMap {
        match who {
            Who::Owner => self.owner.clone(),
            Who::Visitor => self.visitor.clone(),
            Who::Stranger => HeaderMap::new(),
        }
    }

    pub async fn send(&self, who: Who, request: Request<Body>) -> (StatusCode, HeaderMap, Vec<u8>) {
        let (mut parts, body) = request.into_parts();
        for (name, value) in self.headers_of(who) {
            let name: HeaderName = name.expect("one value each");
            parts.headers.entry(name).or_insert(value);
        }
        let answer = self.built.router.clone().oneshot(Request::from_parts(parts, body)).await.expect("an answer");
        let (parts, body) = answer.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a body");
        (parts.status, parts.headers, bytes.to_vec())
    }

    /// What waits to be done is done.
    pub async fn settle(&self) {
        self.app.run_due_jobs().await.expect("done");
    }

    async fn json(&self, who: Who, method: Method, path: &str, body: Value) -> Response<Vec<u8>> {
        let request = Request::builder().method(method).uri(format!("/api/v1{path}")).header(header::CONTENT_TYPE, "application/json");
        let (status, headers, bytes) = self.send(who, request.body(Body::from(body.to_string())).expect("a request")).await;
        assert!(status.is_success(), "{path}: {status} {}", String::from_utf8_lossy(&bytes));
        let mut answer = Response::new(bytes);
        *answer.headers_mut() = headers;
        answer
    }

    async fn value(&self, who: Who, method: Method, path: &str, body: Value) -> Value {
        serde_json::from_slice(self.json(who, method, path, body).await.body()).unwrap_or_default()
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn cheap_passwords() -> Passwords {
    Passwords::with(argon2::Params::new(8, 1, 1, None).expect("a strength")).expect("passwords")
}

async fn found(app: &App) {
    let password_hash = Some(person::hash_password(app, &PASSWORD.into(), OWNER).await.expect("a hash"));
    let founder = NewPerson { email: OWNER.into(), name: "Kari Nordmann".into(), language: None, password_hash };
    let new = NewShop { name: "Fjell & Fjord".into(), language: Language::En, time_zone: "Europe/Oslo".into() };
    let founded = app.write(async move |tx: &mut Tx<'_>| {
        let founder = person::create(tx, founder.clone()).await?;
        shop::create(tx, &founder, new.clone()).await
    });
    founded.await.expect("a shop");
}
