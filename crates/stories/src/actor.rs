//! Who acts in a story. Actors know nothing but HTTP: each request goes through the real router, as a browser's would.

use std::{ops::Deref, sync::Arc};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header},
};
use serde_json::{Value, json};
use tokio::sync::Mutex;
use tower::ServiceExt;

use crate::world::Shop;

/// The page a member's browser shows.
pub const OUR_ORIGIN: &str = "http://127.0.0.1:8080";

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Bytes,
}

impl Answer {
    /// The body as JSON; null when there is none.
    pub fn json(&self) -> Value {
        if self.bytes.is_empty() {
            Value::Null
        } else {
            serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("not JSON: {}", self.text()))
        }
    }
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
    /// The body of a request that went well.
    #[track_caller]
    pub fn ok(&self) -> Value {
        assert!(self.status.is_success(), "{}: {}", self.status, self.text());
        self.json()
    }
    /// The kind of problem a refused request names: `not_found`, `invalid` …
    #[track_caller]
    pub fn problem(&self) -> String {
        let body = self.json();
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/problem+json");
        assert_eq!(body["status"], self.status.as_u16());
        body["type"].as_str().unwrap_or_default().trim_start_matches("/problems/").to_owned()
    }
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// Sends one request through the router. `path` is below `/api/v1` unless it says `//`.
pub async fn send(router: &Router, method: Method, path: &str, headers: &HeaderMap, body: Body) -> Answer {
    let path = path.strip_prefix('/').filter(|rest| rest.starts_with('/')).map_or_else(|| format!("/api/v1{path}"), str::to_owned);
    let mut request = Request::builder().method(method).uri(&path).header(header::HOST, "127.0.0.1:8080").body(body).unwrap();
    for (name, value) in headers {
        request.headers_mut().append(name, value.clone());
    }
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    Answer { status: parts.status, headers: parts.headers, bytes }
}

/// How somebody comes to be let in.
pub enum Entry {
    /// Signs in with an address and the password everybody here uses.
    SignsIn { email: String },
    /// Is invited as `role` first, by a mail to this address.
    IsInvited { role: &'static str, email: String },
    /// Holds an API token with these permissions; all of the owner's when `None`.
    HasToken { scopes: Option<Vec<&'static str>> },
    /// Opens the chat in this language.
    OpensChat { language: &'static str },
    /// Is nobody.
    Stranger,
}

/// Somebody who makes requests, let in when they make the first one.
pub struct Actor {
    pub name: String,
    pub shop: Shop,
    entry: Entry,
    inside: Mutex<Option<HeaderMap>>,
}

impl Actor {
    pub fn new(shop: Shop, name: &str, entry: Entry) -> Arc<Actor> {
        Arc::new(Actor { name: name.to_owned(), shop, entry, inside: Mutex::new(None) })
    }

    /// What every request of theirs carries; lets them in.
    pub async fn headers(&self) -> HeaderMap {
        let mut inside = self.inside.lock().await;
        if inside.is_none() {
            // boxed, because the owner acts to let others in
            *inside = Some(Box::pin(self.shop.let_in(&self.name, &self.entry)).await);
        }
        inside.clone().unwrap_or_default()
    }

    /// Signs in once more: a session does not outlive a quiet night.
    pub async fn signs_in_again(&self) {
        let (Entry::SignsIn { email } | Entry::IsInvited { email, .. }) = &self.entry else { panic!("{} does not sign in", self.name) };
        *self.inside.lock().await = Some(self.shop.sign_in(email).await);
    }

    pub async fn send(&self, method: Method, path: &str, more: &[(&'static str, &str)], body: Body) -> Answer {
        let mut headers = self.headers().await;
        for (name, value) in more {
            headers.insert(*name, HeaderValue::from_str(value).unwrap());
        }
        send(self.shop.router(), method, path, &headers, body).await
    }

    async fn send_json(&self, method: Method, path: &str, body: Value) -> Answer {
        self.send(method, path, &[("content-type", "application/json")], Body::from(body.to_string())).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], Body::empty()).await
    }
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send_json(Method::POST, path, body).await
    }
    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.send_json(Method::PUT, path, body).await
    }
    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.send_json(Method::PATCH, path, body).await
    }
    pub async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, &[], Body::empty()).await
    }
    /// Sends a file as it is.
    pub async fn uploads(&self, path: &str, file: &[u8]) -> Answer {
        self.send(Method::POST, path, &[("content-type", "application/octet-stream")], Body::from(file.to_vec())).await
    }
}

/// A conversation, as whoever began it knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Talk {
    pub id: String,
    pub number: i64,
}

/// A member of the shop in their browser.
#[derive(Clone)]
pub struct Agent(pub Arc<Actor>);

/// A program with an API token.
#[derive(Clone)]
pub struct Program(pub Arc<Actor>);

/// A visitor of the shop's page.
#[derive(Clone)]
pub struct Shopper(pub Arc<Actor>);

impl Deref for Agent {
    type Target = Actor;
    fn deref(&self) -> &Actor {
        &self.0
    }
}
impl Deref for Program {
    type Target = Actor;
    fn deref(&self) -> &Actor {
        &self.0
    }
}
impl Deref for Shopper {
    type Target = Actor;
    fn deref(&self) -> &Actor {
        &self.0
    }
}

impl Agent {
    /// The conversation, as the console shows it.
    pub async fn sees(&self, talk: &Talk) -> Value {
        self.get(&format!("/conversations/{}", talk.id)).await.ok()
    }
    /// What was said in it, oldest first.
    pub async fn reads(&self, talk: &Talk) -> Vec<Value> {
        items(self.get(&format!("/conversations/{}/messages?limit=100", talk.id)).await.ok())
    }
    /// The open conversations.
    pub async fn inbox(&self) -> Vec<Value> {
        self.list("open").await
    }
    /// A saved view: `unassigned`, `mine`, `resolved` …
    pub async fn list(&self, view: &str) -> Vec<Value> {
        items(self.get(&format!("/conversations?view={view}&limit=100")).await.ok())
    }
    /// The only conversation there is.
    pub async fn only_talk(&self) -> Talk {
        let all = self.list("all").await;
        assert_eq!(all.len(), 1, "{all:?}");
        talk(&all[0])
    }
    pub async fn replies(&self, talk: &Talk, text: &str) -> Value {
        self.says(talk, "reply", text).await.ok()
    }
    pub async fn notes(&self, talk: &Talk, text: &str) -> Value {
        self.says(talk, "note", text).await.ok()
    }
    /// A reply or note to whatever there is by now.
    pub async fn says(&self, talk: &Talk, kind: &str, text: &str) -> Answer {
        let seen = self.sees(talk).await["last_seq"].clone();
        let body = json!({
            "client_id": self.shop.fresh_key(), "kind": kind, "html": format!("<p>{text}</p>"), "files": [], "mentions": [],
            "seen_seq": seen, "hold_seconds": 0, "then": "nothing",
        });
        self.post(&format!("/conversations/{}/messages", talk.id), body).await
    }
    pub async fn takes(&self, talk: &Talk) -> Value {
        let me = self.get("/session").await.ok()["member"]["id"].clone();
        self.put(&format!("/conversations/{}/assignment", talk.id), json!({ "member": me, "department": null })).await.ok()
    }
    pub async fn snoozes(&self, talk: &Talk, until: kernel::Timestamp) -> Value {
        self.put(&format!("/conversations/{}/snooze", talk.id), json!({ "until": until })).await.ok()
    }
    pub async fn resolves(&self, talk: &Talk) -> Value {
        self.put(&format!("/conversations/{}/resolution", talk.id), json!({})).await.ok()
    }
    pub async fn reopens(&self, talk: &Talk) -> Value {
        self.delete(&format!("/conversations/{}/resolution", talk.id)).await.ok()
    }
}

impl Shopper {
    /// Writes into the newest conversation, or begins one.
    pub async fn writes(&self, text: &str) -> Talk {
        match self.conversations().await.into_iter().next() {
            Some(conversation) => {
                let talk = talk(&conversation);
                self.writes_in(&talk, text).await;
                talk
            }
            None => self.begins(text).await,
        }
    }
    /// Begins a conversation.
    pub async fn begins(&self, text: &str) -> Talk {
        let body = json!({
            "client_id": self.shop.fresh_key(), "text": text, "files": [], "department": null, "name": self.name, "email": null,
            "consent": false, "page": null,
        });
        talk(&self.post("/chat/conversations", body).await.ok()["conversation"])
    }
    pub async fn writes_in(&self, talk: &Talk, text: &str) -> Value {
        let body = json!({ "client_id": self.shop.fresh_key(), "text": text, "files": [] });
        self.post(&format!("/chat/conversations/{}/messages", talk.id), body).await.ok()
    }
    /// Their own conversations, newest first.
    pub async fn conversations(&self) -> Vec<Value> {
        items(self.get("/chat/conversations").await.ok())
    }
    /// What they see of one, oldest first.
    pub async fn reads(&self, talk: &Talk) -> Vec<Value> {
        items(self.get(&format!("/chat/conversations/{}/messages", talk.id)).await.ok())
    }
}

fn talk(conversation: &Value) -> Talk {
    Talk { id: conversation["id"].as_str().unwrap().to_owned(), number: conversation["number"].as_i64().unwrap() }
}

/// The rows of a list.
pub fn items(page: Value) -> Vec<Value> {
    page["items"].as_array().expect("a list has items").clone()
}
