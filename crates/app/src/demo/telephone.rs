//! The demo's telephone: somebody rings the shop, and its telephone system, a stand-in, tells of it as any other would.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
};

use axum::{
    Extension, Json, Router,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use kernel::{Error, Result, ShopId, minutes, say, seconds};
use platform::{
    App, Tx,
    http::{Answer, Network},
};
use sandbox::switchboard;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use telephony::{
    PhoneLine,
    line::{self, Settings},
    webhook,
};

use super::{SignInCard, tell::Told};

/// From where Jonas Berg calls, who waits for his parcel.
const CALLER: &str = "+4790055123";
const NUMBER: &str = "+47 22 00 44 00";
const CALLED: &str = "+4722004400";
/// Who picked up.
const PICKS_UP: &str = "kari@lyngvidde.example.com";
/// What was told before anybody opens the demo: so many seconds ago, of which call, from where, and what.
const PAST: [(i64, &str, &str, &str); 5] = [
    (56_400, "earlier-1", "+4790044321", "ringing"),
    (56_388, "earlier-1", "+4790044321", "answered"),
    (56_140, "earlier-1", "+4790044321", "ended"),
    (1_560, "earlier-2", CALLER, "ringing"),
    (1_535, "earlier-2", CALLER, "missed"),
];

/// The telephone: which call it is in.
struct Telephone {
    card: PathBuf,
    /// What its calls are called begins so: none of an earlier start is told of once more.
    first: u64,
    calls: AtomicU64,
}

impl Telephone {
    fn card(&self) -> Result<SignInCard> {
        serde_json::from_slice(&std::fs::read(&self.card).map_err(Error::broken)?).map_err(Error::broken)
    }
}

/// `first` is a number that no earlier start has given to a call.
pub fn routes(card: PathBuf, first: u64) -> Router<App> {
    let telephone = Telephone { card, first, calls: AtomicU64::new(0) };
    Router::new()
        .route("/demo/partners/telephone", get(look))
        .route("/demo/partners/telephone/voicemail.wav", get(recording))
        .route("/demo/partners/telephone/{event}", post(does))
        .layer(Extension(Arc::new(telephone)))
}

async fn line(app: &App, shop: ShopId) -> Result<Option<PhoneLine>> {
    app.read(async move |tx: &mut Tx<'_>| line::first(tx, shop).await).await
}

/// The telephone, as it is seen.
#[derive(Serialize)]
struct Seen {
    /// Whom it calls; nobody where the shop has no telephone line.
    to: Option<String>,
}

async fn look(Extension(telephone): Extension<Arc<Telephone>>, State(app): State<App>) -> Answer<Json<Seen>> {
    let to = line(&app, telephone.card()?.shop).await?.map(|line| line.settings.number);
    Ok(Json(Seen { to }))
}

/// What can be done with it.
#[derive(Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Deed {
    Ring,
    PickUp,
    HangUp,
    LeaveVoicemail,
}

async fn does(
    Extension(telephone): Extension<Arc<Telephone>>,
    State(app): State<App>,
    network: Network,
    Path(deed): Path<Deed>,
) -> Answer<()> {
    let SignInCard { shop, email, .. } = telephone.card()?;
    let line = line(&app, shop).await?.ok_or(Error::NotFound(say!("page-file-not-found")))?;
    let call = if deed == Deed::Ring { telephone.calls.fetch_add(1, SeqCst) + 1 } else { telephone.calls.load(SeqCst) };
    let named = format!("{}-{call}", telephone.first);
    let own = app.config().listen.replace("0.0.0.0", "127.0.0.1");
    let (event, more) = match deed {
        Deed::Ring => ("ringing", Value::Null),
        Deed::PickUp => ("answered", json!({ "answered_by": email })),
        Deed::HangUp => ("ended", Value::Null),
        Deed::LeaveVoicemail => ("voicemail", json!({ "recording": format!("http://{own}/demo/partners/telephone/voicemail.wav") })),
    };
    Ok(tell(&app, &line, network, &named, CALLER, event, more).await?)
}

async fn recording() -> Response {
    ([(header::CONTENT_TYPE, "audio/wav")], switchboard::tone()).into_response()
}

/// What the telephone system tells, signed as it would be.
async fn tell(app: &App, line: &PhoneLine, network: Network, call: &str, caller: &str, event: &str, more: Value) -> Result<()> {
    let mut told = json!({ "event": event, "call_id": call, "caller": caller, "called": CALLED });
    if let (Some(told), Value::Object(more)) = (told.as_object_mut(), more) {
        told.extend(more);
    }
    let signed = switchboard::told(&line.secret(app)?, &format!("{call}-{event}"), app.now(), &told);
    let header = |(name, value): &(&'static str, String)| Some((HeaderName::from_static(name), HeaderValue::from_str(value).ok()?));
    let headers: HeaderMap = signed.headers.iter().filter_map(header).collect();
    webhook::hear(app, line.shop, line.id, network, &headers, signed.body.as_bytes()).await
}

impl Told {
    /// The shop's telephone line.
    pub(super) async fn connect_telephone(&mut self) -> Result<()> {
        let (app, who) = (self.app.clone(), self.owner.clone());
        let connect = async move |tx: &mut Tx<'_>| {
            let settings =
                Settings { name: "Kundetelefonen".to_owned(), number: NUMBER.to_owned(), department: None, call_back_within: Some(120) };
            line::add(tx, &app, &who, settings).await
        };
        self.app.write(connect).await.map(drop)
    }

    /// What the telephone system told before others wrote, so many minutes ago.
    pub(super) async fn hear_calls(&self, heard: &mut usize, minutes_ago: i64) -> Result<()> {
        let Some(line) = line(&self.app, self.shop).await? else { return Ok(()) };
        let network = Network(std::net::Ipv4Addr::LOCALHOST.into());
        while let Some((ago, call, caller, event)) = PAST.get(*heard).filter(|(ago, ..)| seconds(*ago) >= minutes(minutes_ago)) {
            self.clock.set(self.now - seconds(*ago));
            let more = if *event == "answered" { json!({ "answered_by": PICKS_UP }) } else { Value::Null };
            tell(&self.app, &line, network, call, caller, event, more).await?;
            self.app.run_due_jobs().await?;
            *heard += 1;
        }
        Ok(())
    }
}
