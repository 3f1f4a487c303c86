//! Signing in at Google and at Microsoft: OAuth 2.0 for web servers as their references show it
//! (developers.google.com/identity/protocols/oauth2/web-server, learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow).
//!
//! It is stricter than both: whoever hands in once more what renewed, or a code, loses all that was granted by it (RFC 9700, 4.14.2;
//! RFC 6749, 4.1.2). Microsoft's tokens that renew change each time, and Google's do not.

mod consent;
mod tokens;

use std::{
    collections::HashMap,
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Method, StatusCode, Uri},
    response::{IntoResponse, Response},
};
use tokio::{net::TcpListener, sync::Notify, task::AbortHandle};

use self::consent::Code;
use crate::{Asked, Weather, answer, broken};

/// The client the provider knows.
pub const CLIENT: &str = "not-a-real-client";
pub const CLIENT_SECRET: &str = "not-a-real-client-secret";
/// The page of ours people come back to.
const COMES_BACK_TO: &str = "/console/settings/mailboxes";
/// For so many seconds a mailbox is opened.
const LASTS: i64 = 3_600;

/// What one provider does otherwise than another.
struct Manner {
    authorize: &'static str,
    token: &'static str,
    scopes: &'static [&'static str],
    /// What is said when people are sent there, besides what RFC 6749 has.
    asks: &'static [&'static str],
    rotates: bool,
    revoked: &'static str,
}

const GOOGLE: Manner = Manner {
    authorize: "/o/oauth2/v2/auth",
    token: "/token",
    scopes: &["openid", "email", "https://mail.google.com/"],
    asks: &["access_type", "prompt", "login_hint"],
    rotates: false,
    revoked: "Token has been expired or revoked.",
};

const MICROSOFT: Manner = Manner {
    authorize: "/common/oauth2/v2.0/authorize",
    token: "/common/oauth2/v2.0/token",
    scopes: &[
        "openid",
        "email",
        "profile",
        "offline_access",
        "https://outlook.office.com/IMAP.AccessAsUser.All",
        "https://outlook.office.com/SMTP.Send",
    ],
    asks: &["prompt", "login_hint"],
    rotates: true,
    revoked: "AADSTS50173: The provided grant has expired due to it being revoked, a fresh auth token is needed.",
};

/// What a provider knows of those who signed in.
#[derive(Default)]
pub struct Grants {
    pub weather: Weather,
    /// What was asked in a way the provider does not know.
    pub wrong: Vec<String>,
    /// So often something was renewed.
    pub renewals: u64,
    /// Which permission people take out.
    pub withheld: Option<&'static str>,
    /// When a sign-in ends however often it is renewed, in seconds from now.
    pub ends_in: Option<i64>,
    /// Whether what it hands out opens nothing any more, as when the mail server has heard of a new password first.
    pub dead: bool,
    codes: HashMap<String, Code>,
    /// For each account the number of the token that renews now; none where that was taken back.
    renews: HashMap<String, Option<u64>>,
    /// How many codes were handed out.
    count: u64,
}

impl Grants {
    /// Nothing that was granted for this account renews any more, as when its password was changed.
    pub fn revokes(&mut self, account: &str) {
        self.renews.insert(account.to_owned(), None);
    }
}

/// A provider at which people sign in.
#[derive(Clone)]
pub struct AuthorizationServer(Arc<Shared>);

struct Shared {
    manner: &'static Manner,
    grants: Mutex<Grants>,
    asked: Notify,
    answers: Notify,
}

/// A provider's server on this machine, as long as it is held.
pub struct Serving {
    pub address: SocketAddr,
    task: AbortHandle,
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl AuthorizationServer {
    pub fn google() -> AuthorizationServer {
        Self::of(&GOOGLE)
    }
    pub fn microsoft() -> AuthorizationServer {
        Self::of(&MICROSOFT)
    }
    fn of(manner: &'static Manner) -> AuthorizationServer {
        AuthorizationServer(Arc::new(Shared { manner, grants: Mutex::default(), asked: Notify::new(), answers: Notify::new() }))
    }

    /// Begins to listen.
    pub async fn opens(&self) -> io::Result<Serving> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let (address, router) = (listener.local_addr()?, self.router());
        let task = tokio::spawn(async move { axum::serve(listener, router).await }).abort_handle();
        Ok(Serving { address, task })
    }

    /// What it serves, wherever that is.
    pub fn router(&self) -> Router {
        Router::new().fallback(serve).with_state(self.clone())
    }

    pub fn grants(&self) -> MutexGuard<'_, Grants> {
        self.0.grants.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Comes back once somebody waits for tokens.
    pub async fn asked(&self) {
        self.0.asked.notified().await;
    }
    /// Lets it answer.
    pub fn answers(&self) {
        self.0.answers.notify_one();
    }

    /// Somebody who was sent here signs in and says yes; where their browser is sent back to.
    ///
    /// Errors: why nobody may sign in like this.
    pub fn lets_in(&self, address: &str, account: &str) -> Result<String, String> {
        let query = address.split_once('?').map(|(_, query)| query).unwrap_or_default();
        consent::lets_in(self.0.manner, &mut self.grants(), query, account)
    }

    /// Somebody who was sent here says no.
    ///
    /// Errors: as [`AuthorizationServer::lets_in`].
    pub fn is_refused(&self, address: &str) -> Result<String, String> {
        let query = address.split_once('?').map(|(_, query)| query).unwrap_or_default();
        consent::refused(self.0.manner, &mut self.grants(), query)
    }
}

async fn serve(State(server): State<AuthorizationServer>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let asked = Asked::of(method, &uri, headers, body);
    let manner = server.0.manner;
    if asked.method == "GET" && asked.path == manner.authorize {
        return consent::page(manner, &mut server.grants(), &asked);
    }
    if asked.method == "POST" && asked.path == format!("{}/decisions", manner.authorize) {
        return consent::decided(manner, &mut server.grants(), &asked);
    }
    if asked.method != "POST" || asked.path != manner.token {
        server.grants().wrong.push(format!("{} {}", asked.method, asked.path));
        return StatusCode::NOT_FOUND.into_response();
    }
    if server.grants().weather == Weather::Waits {
        server.0.asked.notify_one();
        server.0.answers.notified().await;
    }
    let mut grants = server.grants();
    match grants.weather {
        Weather::Down => (StatusCode::BAD_GATEWAY, "<h1>502</h1>").into_response(),
        Weather::SignedOut => answer(401, &tokens::no("invalid_client", "The provided client secret keys are expired.")),
        Weather::RenewsSilently => {
            tokens::handed_out(manner, &mut grants, &asked);
            broken()
        }
        _ => tokens::handed_out(manner, &mut grants, &asked),
    }
}
