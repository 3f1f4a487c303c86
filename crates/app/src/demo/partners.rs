//! The demo's partners: a telephone for each channel, to write as a customer and to see the answer arrive. Behind it stands a
//! stand-in of the partner, which Ombud asks and is called by as by the partner itself.

use std::{
    collections::HashMap,
    net::Ipv4Addr,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use askama::Template;
use axum::{
    Extension, Json, Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, Uri},
    response::Response,
    routing::{any, get, post},
};
use channels::{
    lines::{
        line::{self, Line},
        webhook,
    },
    partner::Call,
};
use kernel::{Error, Result, ShopId, say};
use platform::{
    App, Tx,
    config::Config,
    http::{Answer, Network},
};
use sandbox::{Asked, Book, Comment, FACES, Face, Hook, Sent, StandIn, VoiceCall, Weather, Writes};
use serde::{Deserialize, Serialize};

use super::{SignInCard, voice};
use crate::page::Page;

/// Whose telephone it is.
const CUSTOMER: &str = "Ada Lind";
pub(super) const LONGEST: usize = 2_000;
const CSP: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// What was written on a telephone, and what came.
#[derive(Default)]
pub(super) struct Phone {
    pub(super) book: Book,
    /// What the customer wrote, each behind so many answers.
    written: Vec<(usize, Written)>,
    /// So many answers have been seen.
    seen: usize,
}

pub(super) struct Phones {
    card: PathBuf,
    by_channel: HashMap<&'static str, Mutex<Phone>>,
    /// Who calls the number at Twilio.
    call: Mutex<Option<VoiceCall>>,
}

impl Phones {
    pub(super) fn call(&self) -> MutexGuard<'_, Option<VoiceCall>> {
        self.call.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn of(&self, face: &dyn Face) -> Result<MutexGuard<'_, Phone>> {
        let phone = self.by_channel.get(face.channel()).ok_or_else(unknown)?;
        Ok(phone.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn shop(&self) -> Result<ShopId> {
        Ok(SignInCard::read(&self.card)?.shop)
    }
}

/// The demo shop's line of this channel, if it is connected.
async fn line(app: &App, shop: ShopId, channel: String) -> Result<Option<Line>> {
    app.read(async move |tx: &mut Tx<'_>| line::of_channel(tx, shop, &channel).await).await
}

pub(super) fn unknown() -> Error {
    Error::NotFound(say!("page-file-not-found"))
}

fn face_of(channel: &str) -> Result<&'static dyn Face> {
    FACES.iter().find(|face| face.channel() == channel).copied().ok_or_else(unknown)
}

/// Addresses beside others.
pub(super) fn joined(old: &str, new: &str) -> String {
    [old, new].into_iter().filter(|one| !one.is_empty()).collect::<Vec<_>>().join(",")
}

/// The settings with which Ombud finds the stand-ins behind its own address; what the operator named stays.
pub fn beside(config: Config) -> Config {
    let address = config.listen.replace("0.0.0.0", "127.0.0.1");
    let at = |partner: &str, face: &str| format!("{partner}=http://{address}/demo/sandbox/{face}");
    let named = FACES.map(|face| at(face.channel(), face.channel())).join(",");
    // Twilio takes calls as well
    let named = joined(&named, &at("voice", "sms"));
    Config { partners: joined(&config.partners, &named), reachable_inside: joined(&config.reachable_inside, &address), ..config }
}

/// The stand-ins at addresses of their own, as long as they are held, and the settings with which Ombud finds them there.
pub async fn elsewhere(config: &Config) -> Result<(Vec<StandIn>, Config)> {
    let mut all = Vec::new();
    for face in FACES {
        all.push(StandIn::open(face, 1).await.map_err(Error::broken)?);
    }
    let voice = all.iter().find(|one| one.face.channel() == "sms").map(|one| format!("voice=http://{}", one.address));
    let partners = all.iter().map(StandIn::named).chain(voice).collect::<Vec<_>>().join(",");
    let reachable_inside = all.iter().map(|one| one.address.to_string()).collect::<Vec<_>>().join(",");
    let reachable_inside = joined(&config.reachable_inside, &reachable_inside);
    Ok((all, Config { partners, reachable_inside, ..config.clone() }))
}

/// `first` is a number that no earlier start has given to a message.
pub fn routes(card: PathBuf, first: u64) -> Router<App> {
    let phone =
        |face: &&'static dyn Face| (face.channel(), Mutex::new(Phone { book: Book { first, ..Book::default() }, ..Phone::default() }));
    let phones = Phones { card, by_channel: FACES.iter().map(phone).collect(), call: Mutex::default() };
    Router::new()
        .route("/demo/partners", get(page))
        .route("/demo/partners/phones", get(look))
        .route("/demo/partners/{channel}/messages", post(write))
        .route("/demo/partners/{channel}/weather", post(turn))
        .route("/demo/sandbox/{channel}/{*path}", any(answer))
        .merge(voice::routes())
        .layer(Extension(Arc::new(phones)))
}

#[derive(Template)]
#[template(path = "partners.html")]
struct PartnersPage {
    page: Page,
    /// What each is called, the stand-in behind it where there is one, and whether everybody reads there too.
    phones: Vec<(&'static str, String, bool, bool)>,
}

async fn page(page: Page) -> Answer<Response> {
    let titles = HashMap::from([
        ("whatsapp", "WhatsApp"),
        ("messenger", "Messenger"),
        ("instagram", "Instagram"),
        ("x", "X"),
        ("sms", "SMS"),
        ("telegram", "Telegram"),
    ]);
    let title = |face: &&dyn Face| titles.get(face.channel()).copied().unwrap_or_default().to_owned();
    let mut phones = vec![("email", page.say("partners-email"), false, false)];
    phones.extend(FACES.iter().map(|face| (face.channel(), title(face), true, face.square().is_some())));
    page.answer(&PartnersPage { page, phones }, CSP)
}

/// A telephone, as it is seen.
#[derive(Serialize)]
pub(super) struct Seen {
    pub channel: &'static str,
    /// To whom they write; nobody where the shop has no such line.
    pub to: Option<&'static str>,
    pub bubbles: Vec<Bubble>,
}

#[derive(Serialize)]
pub(super) struct Bubble {
    pub by_customer: bool,
    pub text: String,
    pub file: Option<String>,
    /// Whether everybody reads it.
    pub public: bool,
    /// Whether it answers in private what everybody reads.
    pub privately: bool,
}

/// Whoever looks has received what came, and read it: where the partner tells that, the shop is told.
async fn look(Extension(phones): Extension<Arc<Phones>>, State(app): State<App>, network: Network) -> Answer<Json<Vec<Seen>>> {
    let mut all = Vec::new();
    for face in FACES {
        let line = line(&app, phones.shop()?, face.channel().to_owned()).await?;
        let (bubbles, calls) = {
            let mut phone = phones.of(face)?;
            let (bubbles, new) = (phone.bubbles(), phone.book.sent[phone.seen..].to_vec());
            phone.seen = phone.book.sent.len();
            (bubbles, new.iter().flat_map(|sent| receipts(face, &phone.book, sent)).collect::<Vec<_>>())
        };
        if let Some(line) = &line {
            for call in calls {
                tell(&app, line, network, call).await?;
            }
        }
        all.push(Seen { channel: face.channel(), to: line.is_some().then(|| face.known_as()), bubbles });
    }
    Ok(Json(all))
}

fn receipts(face: &dyn Face, book: &Book, sent: &Sent) -> Vec<sandbox::Call> {
    // nobody tells who has read what everybody reads
    let told = ["delivered", "read"].into_iter().filter(|status| sent.below.is_none() && face.tells().contains(status));
    told.map(|status| face.receipt(book, sent, status)).collect()
}

impl Phone {
    fn bubbles(&self) -> Vec<Bubble> {
        let mut bubbles = Vec::new();
        for number in 0..=self.book.sent.len() {
            let written = self.written.iter().filter(|(after, _)| *after == number);
            bubbles.extend(written.map(|(_, written)| Bubble {
                by_customer: true,
                text: written.text.clone(),
                file: None,
                public: written.public,
                privately: false,
            }));
            bubbles.extend(self.book.sent.get(number).map(|sent| {
                let file = sent.file.as_ref().map(|file| file.name.clone());
                let (public, privately) = (sent.below.is_some(), sent.answers.is_some());
                Bubble { by_customer: false, text: sent.text.clone(), file, public, privately }
            }));
        }
        bubbles
    }
}

#[derive(Clone, Deserialize)]
struct Written {
    text: String,
    /// Whether everybody is to read it, where that can be.
    #[serde(default)]
    public: bool,
}

/// The customer writes.
async fn write(
    Extension(phones): Extension<Arc<Phones>>,
    State(app): State<App>,
    network: Network,
    Path(channel): Path<String>,
    Json(Written { text, public }): Json<Written>,
) -> Answer<()> {
    let face = face_of(&channel)?;
    let text: String = text.chars().take(LONGEST).collect();
    let public = public && face.square().is_some();
    let line = line(&app, phones.shop()?, face.channel().to_owned()).await?.ok_or_else(unknown)?;
    let call = {
        let mut phone = phones.of(face)?;
        let (_, hook) = line.opened(&app)?;
        phone.book.hook = Some(Hook { address: hook.address, secret: hook.secret });
        let after = phone.book.sent.len();
        phone.written.push((after, Written { text: text.clone(), public }));
        let id = phone.book.first + phone.written.len() as u64;
        said(face, &phone.book, id, &text, public)
    };
    Ok(tell(&app, &line, network, call).await?)
}

/// What the partner tells of what the customer wrote.
fn said(face: &dyn Face, book: &Book, id: u64, text: &str, public: bool) -> sandbox::Call {
    match face.square().filter(|_| public) {
        Some(square) => square.comment(book, Comment { from: face.peer(), name: CUSTOMER, id, text, ..Comment::default() }),
        None => face.writes(book, "", Writes { from: face.peer(), name: CUSTOMER, id, text, file: None }),
    }
}

/// What the partner calls, as it would.
async fn tell(app: &App, line: &Line, network: Network, call: sandbox::Call) -> Result<()> {
    let address = line::address(app, line.shop, line.id) + &call.query;
    let header = |(name, value): &(&'static str, String)| Some((HeaderName::from_static(name), HeaderValue::from_str(value).ok()?));
    let headers: HeaderMap = call.headers.iter().filter_map(header).collect();
    webhook::receive(app, line.shop, line.id, network, Call { address: &address, headers: &headers, body: &call.body }).await
}

#[derive(Deserialize)]
struct Turned {
    /// `fine`, `down` or `refusing`.
    weather: String,
}

/// How the partner is from now on.
async fn turn(
    Extension(phones): Extension<Arc<Phones>>,
    Path(channel): Path<String>,
    Json(Turned { weather }): Json<Turned>,
) -> Answer<()> {
    phones.of(face_of(&channel)?)?.book.weather = match weather.as_str() {
        "down" => Weather::Down,
        "refusing" => Weather::Refusing,
        _ => Weather::Fine,
    };
    Ok(())
}

/// What the stand-in answers.
async fn answer(
    Extension(phones): Extension<Arc<Phones>>,
    Path((channel, path)): Path<(String, String)>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<Response> {
    let face = face_of(&channel)?;
    let asked = Asked { path: format!("/{path}"), ..Asked::of(method, &uri, headers, body) };
    Ok(face.met(&mut phones.of(face)?.book, &asked, ""))
}

/// The customer writes before anybody has a telephone, where everybody reads it or not.
pub async fn writes(app: &App, line: &Line, face: &dyn Face, text: &str, public: bool) -> Result<()> {
    let (_, hook) = line.opened(app)?;
    let book = Book { hook: Some(Hook { address: hook.address, secret: hook.secret }), ..Book::default() };
    let id = app.now().micros().unsigned_abs();
    let call = said(face, &book, id, text, public);
    tell(app, line, Network(Ipv4Addr::LOCALHOST.into()), call).await
}
