//! The demo's number at Twilio: somebody calls it, and Twilio, a stand-in, asks what to do with them as Twilio does.

use std::sync::Arc;

use axum::{
    Extension, Json, Router,
    extract::{Path, State},
    routing::{get, post},
};
use kernel::{Error, Language, Result};
use platform::{
    App, Tx,
    http::{Answer, Network},
};
use sandbox::{Ask, Book, Face, Sms, Stands, VoiceCall, switchboard};
use serde::{Deserialize, Serialize};
use telephony::{
    PhoneLine,
    line::{self, Settings},
    voice::{
        self, Filled, Step, Voice,
        webhook::{self, Call},
    },
};

use super::{
    partners::{Phones, unknown},
    tell::Told,
};

/// Where the owner picks up.
const OWN_PHONE: &str = "+4790055000";

pub(super) fn routes() -> Router<App> {
    Router::new().route("/demo/partners/voice", get(look)).route("/demo/partners/voice/{deed}", post(does))
}

async fn line(app: &App, phones: &Phones) -> Result<Option<PhoneLine>> {
    let shop = phones.shop()?;
    app.read(async move |tx: &mut Tx<'_>| line::first_at_twilio(tx, shop).await).await
}

/// The call, as it is heard.
#[derive(Serialize)]
struct Seen {
    /// Whom it calls; nobody where the shop has no number at Twilio.
    to: Option<String>,
    heard: Vec<String>,
    /// `idle`, `ringing`, `talking`, `asked` or `recording`.
    state: &'static str,
}

async fn seen(app: &App, phones: &Phones) -> Result<Json<Seen>> {
    let to = line(app, phones).await?.map(|line| line.settings.number);
    let call = phones.call();
    let stands = call.as_ref().map_or(Stands::Over, VoiceCall::stands);
    let state = match stands {
        Stands::Over => "idle",
        Stands::Rings => "ringing",
        Stands::Talks => "talking",
        Stands::Asked => "asked",
        Stands::Records => "recording",
    };
    Ok(Json(Seen { to, heard: call.as_ref().map(|call| call.heard.clone()).unwrap_or_default(), state }))
}

async fn look(Extension(phones): Extension<Arc<Phones>>, State(app): State<App>) -> Answer<Json<Seen>> {
    Ok(seen(&app, &phones).await?)
}

/// What can be done.
#[derive(Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Deed {
    Ring,
    PickUp,
    PressOne,
    /// Nobody picks up, or nothing is pressed.
    Wait,
    Speak,
    HangUp,
}

async fn does(
    Extension(phones): Extension<Arc<Phones>>,
    State(app): State<App>,
    network: Network,
    Path(deed): Path<Deed>,
) -> Answer<Json<Seen>> {
    let line = line(&app, &phones).await?.ok_or_else(unknown)?;
    let at = Twilio { app: &app, line: &line, network };
    let base = webhook::base(&app, line.shop, line.id);
    let mut call = match deed {
        Deed::Ring => {
            let voice =
                [("VoiceUrl", "arrived"), ("StatusCallback", "ended")].map(|(name, step)| (name.to_owned(), format!("{base}/{step}")));
            let book = Book { voice: voice.into(), ..Book::default() };
            VoiceCall::of(&book, &format!("CA{}", app.now().micros()), Sms.peer())
        }
        _ => phones.call().clone().ok_or_else(unknown)?,
    };
    let next = match deed {
        Deed::Ring => Some(call.arrives()),
        Deed::PickUp => at.picks_up(&mut call).await?,
        Deed::PressOne => call.presses("1"),
        Deed::Wait => call.waits(),
        Deed::Speak => {
            let own = app.config().listen.replace("0.0.0.0", "127.0.0.1");
            let spoken = call.speaks(&mut phones.of(&Sms)?.book, &format!("http://{own}/demo/sandbox/sms"), switchboard::tone());
            spoken.map(|[spoken, _]| spoken)
        }
        Deed::HangUp if call.bridged => call.member_hangs_up(),
        Deed::HangUp => Some(call.hangs_up()),
    };
    at.goes_on(&mut call, next).await?;
    *phones.call() = Some(call);
    Ok(seen(&app, &phones).await?)
}

/// Twilio, in one call.
struct Twilio<'a> {
    app: &'a App,
    line: &'a PhoneLine,
    network: Network,
}

impl Twilio<'_> {
    async fn asks(&self, ask: &Ask) -> Result<String> {
        let (address, query) = ask.address.split_once('?').unwrap_or((&ask.address, ""));
        let step = address.rsplit('/').next().and_then(Step::from_key).ok_or_else(unknown)?;
        let signature = ask.call.headers.iter().find(|(name, _)| *name == "x-twilio-signature").map_or("", |(_, value)| value);
        let call = Call { step, query, signature, body: &ask.call.body };
        webhook::answer(self.app, self.line.shop, self.line.id, self.network, call).await
    }

    async fn goes_on(&self, call: &mut VoiceCall, mut next: Option<Ask>) -> Result<()> {
        while let Some(ask) = next {
            next = call.hears(&self.asks(&ask).await?).map_err(Error::broken)?;
        }
        Ok(())
    }

    /// The member picks up and presses the key.
    async fn picks_up(&self, call: &mut VoiceCall) -> Result<Option<Ask>> {
        for nth in 0..2 {
            let ask = if nth == 0 { call.picks_up() } else { call.member_presses(Some("1")) };
            let Some(ask) = ask else { return Ok(None) };
            if let Some(next) = call.member_hears(&self.asks(&ask).await?).map_err(Error::broken)? {
                return Ok(Some(next));
            }
        }
        Ok(None)
    }
}

impl Told {
    /// The shop's number at Twilio, and where the owner picks up.
    pub(super) async fn connect_voice(&mut self) -> Result<()> {
        let said = |name: &str| Sms.form().into_iter().find(|(field, _)| *field == name).map(|(_, value)| value.to_owned());
        let number = said("number").and_then(|number| customers::e164(&number)).unwrap_or_default();
        let settings = Settings { name: "Telefon hos Twilio".to_owned(), number, department: None, call_back_within: Some(120) };
        let voice = Voice {
            account: said("account").unwrap_or_default(),
            language: Language::Nb,
            greeting: None,
            prefixes: ["+474", "+479"].map(str::to_owned).into(),
        };
        voice::connect(&self.app, &self.owner, Filled { settings, voice, token: said("token") }).await?;
        let who = self.owner.clone();
        self.app.write(async move |tx: &mut Tx<'_>| voice::phone::choose(tx, &who, Some(OWN_PHONE)).await).await
    }
}
