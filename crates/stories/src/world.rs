//! What most stories are set in: the whole application, with two shops that know nothing of each other.

use std::{
    ops::Deref,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
};

use ::platform::{
    App, Module, Tx,
    clock::HandClock,
    config::Config,
    event::{self, Recorded},
    http::Built,
    outbox,
};
use ::team::{
    person::{self, NewPerson},
    shop::{self, NewShop},
};
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, HeaderValue, Method, header},
};
use kernel::{Language, ShopId, Timestamp};
use serde_json::{Value, json};

use crate::{
    actor::{Actor, Agent, Entry, OUR_ORIGIN, Program, Shopper, send},
    ground,
    story::{Place, Setting},
};

/// Everybody's password; what is hashed so often is hashed cheaply here.
pub const PASSWORD: &str = "a gentle walk uphill";
/// The page of the shop that shows the chat.
pub const SHOP_ORIGIN: &str = "https://fjell.example";

/// The application, and the shop most of a story happens in.
pub struct World {
    pub app: App,
    pub built: Arc<Built>,
    pub clock: Arc<HandClock>,
    shop: Shop,
    other_shop: Shop,
}

/// A shop, and whoever has to do with it.
#[derive(Clone)]
pub struct Shop(Arc<Inner>);

struct Inner {
    id: ShopId,
    app: App,
    router: Router,
    owner_email: String,
    fresh: AtomicU64,
}

impl Deref for World {
    type Target = Shop;
    fn deref(&self) -> &Shop {
        &self.shop
    }
}

impl Setting for World {
    fn modules() -> Vec<Module> {
        let mut modules = app::modules();
        // plugged last, so it takes the place of the real strength
        modules.push(Module { name: "stories", plugs: Some(|plugged| plugged.plug(cheap_passwords())), ..Module::default() });
        modules
    }

    async fn set(place: &Place) -> World {
        World::with(place.config()).await
    }
}

impl World {
    /// In an installation configured so.
    pub async fn with(config: Config) -> World {
        World::with_rooms(config, <World as Setting>::modules()).await
    }

    /// And with other rooms.
    pub async fn with_rooms(config: Config, modules: Vec<Module>) -> World {
        let (ground, clock) = ground::lay(&config);
        let (app, built) = app::open_with(config, ground, modules).await.unwrap();
        let shop = Shop::open(&app, &built.router, "Fjell & Fjord", Language::En, "Europe/Oslo").await;
        let other_shop = Shop::open(&app, &built.router, "Dağ Dükkânı", Language::Tr, "Europe/Istanbul").await;
        World { app, built: Arc::new(built), clock, shop, other_shop }
    }
}

fn cheap_passwords() -> ::platform::password::Passwords {
    ::platform::password::Passwords::with(argon2::Params::new(8, 1, 1, None).unwrap()).unwrap()
}

impl World {
    /// A shop in the same installation that must never see anything of the first.
    pub fn other_shop(&self) -> Shop {
        self.other_shop.clone()
    }
    /// Everything that is due now happens.
    pub async fn settle(&self) {
        self.app.run_due_jobs().await.unwrap();
    }
    /// Time passes, and what becomes due happens.
    pub async fn after(&self, micros: i64) {
        self.clock.advance(micros);
        self.settle().await;
    }
    /// What has been announced in the shop under this name, in order.
    pub async fn events(&self, kind: &str) -> Vec<Recorded> {
        let shop = self.id();
        let all = self.app.read(async move |tx: &mut Tx<'_>| event::after(tx, shop, 0, 100_000).await).await.unwrap();
        all.into_iter().filter(|one| one.kind == kind).collect()
    }
    pub fn in_(&self, micros: i64) -> Timestamp {
        self.app.now() + micros
    }
}

impl Shop {
    /// As `ombud setup` does it; everything after that goes over HTTP.
    async fn open(app: &App, router: &Router, name: &'static str, language: Language, time_zone: &'static str) -> Shop {
        let owner_email = format!("owner@{}.example", language.code());
        let password_hash = Some(person::hash_password(app, &PASSWORD.into(), &owner_email).await.unwrap());
        let founder = NewPerson { email: owner_email.clone(), name: "Kari Nordmann".into(), language: None, password_hash };
        let new = NewShop { name: name.into(), language, time_zone: time_zone.into() };
        let opened = app.write(async move |tx: &mut Tx<'_>| {
            let founder = person::create(tx, founder.clone()).await?;
            shop::create(tx, &founder, new.clone()).await
        });
        let (shop, _) = opened.await.unwrap();
        Shop(Arc::new(Inner { id: shop.id, app: app.clone(), router: router.clone(), owner_email, fresh: AtomicU64::new(0) }))
    }

    pub fn id(&self) -> ShopId {
        self.0.id
    }
    pub fn router(&self) -> &Router {
        &self.0.router
    }
    /// Something a client makes up: the same story makes up the same.
    pub fn fresh_key(&self) -> String {
        let id = uuid::Uuid::from_u128(u128::from(self.0.fresh.fetch_add(1, SeqCst)) | 7 << 76 | 8 << 60);
        id.to_string()
    }

    /// Whoever opened the shop.
    pub fn owner(&self) -> Agent {
        Agent(Actor::new(self.clone(), "Kari Nordmann", Entry::SignsIn { email: self.0.owner_email.clone() }))
    }
    /// A member with the role most have.
    pub fn agent(&self, name: &str) -> Agent {
        self.member(name, "agent")
    }
    /// A member with a built-in role: `viewer`, `agent`, `lead`, `admin` or `owner`.
    pub fn member(&self, name: &str, role: &'static str) -> Agent {
        let email = format!("{}-{}@example.com", name.to_lowercase().replace(' ', "."), self.0.fresh.fetch_add(1, SeqCst));
        Agent(Actor::new(self.clone(), name, Entry::IsInvited { role, email }))
    }
    /// A visitor whose browser asks for English.
    pub fn shopper(&self, name: &str) -> Shopper {
        self.shopper_in("en", name)
    }
    pub fn shopper_in(&self, language: &'static str, name: &str) -> Shopper {
        Shopper(Actor::new(self.clone(), name, Entry::OpensChat { language }))
    }
    /// A program that may do all the owner may.
    pub fn program(&self) -> Program {
        Program(Actor::new(self.clone(), "A program", Entry::HasToken { scopes: None }))
    }
    /// A program that may do this and no more.
    pub fn program_with(&self, scopes: &[&'static str]) -> Program {
        Program(Actor::new(self.clone(), "A program", Entry::HasToken { scopes: Some(scopes.to_vec()) }))
    }
    /// Somebody without a cookie or a token.
    pub fn stranger(&self) -> Arc<Actor> {
        Actor::new(self.clone(), "A stranger", Entry::Stranger)
    }

    /// Lets somebody in over HTTP; what their requests carry from then on.
    pub async fn let_in(&self, name: &str, entry: &Entry) -> HeaderMap {
        match entry {
            Entry::SignsIn { email } => self.sign_in(email).await,
            Entry::IsInvited { role, email } => self.join(name, email, role).await,
            Entry::HasToken { scopes } => {
                let owner = self.owner();
                let all = owner.get("/session").await.ok()["permissions"].clone();
                let body = json!({ "name": name, "scopes": scopes.as_ref().map_or(all, |some| json!(some)), "expires_at": null });
                bearer(&owner.post("/tokens", body).await.ok()["token"])
            }
            Entry::OpensChat { language } => {
                let body = json!({ "key": self.widget_key().await, "language": language, "time_zone": "Europe/Oslo", "identity": null });
                let origin = one_header(header::ORIGIN, SHOP_ORIGIN);
                let answer = self.call(Method::POST, "/chat/visitors", &origin, body).await;
                let mut headers = bearer(&answer.ok()["token"]);
                headers.extend(origin);
                headers
            }
            Entry::Stranger => HeaderMap::new(),
        }
    }

    /// The key in the snippet on the shop's page, which the owner has listed.
    async fn widget_key(&self) -> Value {
        let owner = self.owner();
        let mut widget = owner.get("/widget").await.ok();
        let mut settings = widget["settings"].take();
        if settings["origins"] != json!([SHOP_ORIGIN]) {
            settings["origins"] = json!([SHOP_ORIGIN]);
            owner.put("/widget", settings).await.ok();
        }
        widget["key"].take()
    }

    pub async fn sign_in(&self, email: &str) -> HeaderMap {
        let body = json!({ "email": email, "password": PASSWORD });
        session(self.call(Method::POST, "/session", &one_header(header::ORIGIN, OUR_ORIGIN), body).await)
    }

    /// Is invited by the owner, opens the mail and accepts.
    async fn join(&self, name: &str, email: &str, role: &str) -> HeaderMap {
        let owner = self.owner();
        let roles = crate::actor::items(owner.get("/roles").await.ok());
        let role = roles.iter().find(|one| one["key"] == role).expect("a built-in role")["id"].clone();
        let body = json!({ "email": email, "name": name, "role": role, "departments": [] });
        owner.post("/invitations", body).await.ok();
        let token = self.mail_to(email).await.split("/console/invitation#").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
        let body = json!({ "token": token, "name": name, "password": PASSWORD });
        session(self.call(Method::POST, "/invitations/acceptances", &one_header(header::ORIGIN, OUR_ORIGIN), body).await)
    }

    /// The newest mail to this address.
    pub async fn mail_to(&self, email: &str) -> String {
        let mails = self.0.app.read(async |tx: &mut Tx<'_>| outbox::newest_of_all(tx, 200).await).await.unwrap();
        mails.into_iter().find(|mail| mail.recipient == email).expect("a mail was posted").body
    }

    async fn call(&self, method: Method, path: &str, headers: &HeaderMap, body: Value) -> crate::actor::Answer {
        let mut headers = headers.clone();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        send(self.router(), method, path, &headers, Body::from(body.to_string())).await
    }
}

/// What a browser keeps after signing in.
fn session(answer: crate::actor::Answer) -> HeaderMap {
    answer.ok();
    let cookie = answer.header("set-cookie").expect("a cookie is set").split(';').next().unwrap_or_default().to_owned();
    let mut headers = one_header(header::ORIGIN, OUR_ORIGIN);
    headers.insert(header::COOKIE, HeaderValue::from_str(&cookie).unwrap());
    headers
}

fn bearer(token: &Value) -> HeaderMap {
    one_header(header::AUTHORIZATION, &format!("Bearer {}", token.as_str().expect("a token")))
}

fn one_header(name: header::HeaderName, value: &str) -> HeaderMap {
    HeaderMap::from_iter([(name, HeaderValue::from_str(value).unwrap())])
}
