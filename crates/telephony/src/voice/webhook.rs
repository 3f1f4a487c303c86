//! Where Twilio asks what to do with a call. Whatever goes wrong with us, the caller hears that we are sorry, and can speak onto the
//! machine: Twilio waits fifteen seconds for an answer, and hangs up where it is none.

use std::{sync::Arc, time::Duration};

use axum::{
    body::{Body, to_bytes},
    extract::{RawQuery, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use kernel::{Error, PhoneLineId, Result, ShopId, Timestamp, invalid, say};
use platform::{
    App, Tx,
    http::{Answer, Network, Path, Policy, Problems},
    limits::Act,
    policy,
};
use team::shop::{self, Shop};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Voice,
    spoken::Speaker,
    steps::{self, At, Step},
    told::Asked,
    twiml::Twiml,
};
use crate::{PhoneLine, store::lines, webhook::MOST};

const ANSWERED_WITHIN: Duration = Duration::from_secs(10);

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(ask))
}

pub fn policy() -> Policy {
    policy! {
        POST "/voice-webhooks/{shop}/{id}/{step}" => public;
    }
}

/// Where the steps of a line's calls are asked about.
pub fn base(app: &App, shop: ShopId, id: PhoneLineId) -> String {
    app.config().url(&format!("/api/v1/voice-webhooks/{shop}/{id}"))
}

/// Say what Twilio does next in a call, as TwiML. Its signature proves who asks.
#[utoipa::path(post, path = "/voice-webhooks/{shop}/{id}/{step}", operation_id = "ask_about_call", tag = "telephone",
    params(("shop" = ShopId, Path), ("id" = PhoneLineId, Path), ("step" = String, Path)),
    request_body(content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, body = String, content_type = "text/xml"), Problems))]
async fn ask(
    State(app): State<App>,
    Path((shop, id, step)): Path<(ShopId, PhoneLineId, Step)>,
    network: Network,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Body,
) -> Answer<Response> {
    let body = to_bytes(body, MOST).await.map_err(|_| Error::TooLarge(say!("body-too-large", kilobytes = MOST / 1024)))?;
    let body = std::str::from_utf8(&body).ok().filter(|body| !body.contains('\0')).ok_or_else(|| invalid("body", say!("body-not-text")))?;
    let query = query.unwrap_or_default();
    let signature = headers.get("x-twilio-signature").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let twiml = answer(&app, shop, id, network, Call { step, query: &query, signature, body }).await?;
    Ok(([(header::CONTENT_TYPE, "text/xml")], twiml).into_response())
}

/// A call of Twilio's, or of whoever says so.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    pub step: Step,
    /// What stands behind the question mark of the address.
    pub query: &'a str,
    pub signature: &'a str,
    pub body: &'a str,
}

/// What comes next in a customer's call, as TwiML.
///
/// Errors: `NotFound`; `SignInNeeded` when it is not Twilio that asks, `TooMany` when that happens too often; whatever went wrong
/// where nobody listens to the answer.
pub async fn answer(app: &App, shop: ShopId, id: PhoneLineId, network: Network, call: Call<'_>) -> Result<String> {
    let known = app.read(async move |tx: &mut Tx<'_>| Ok((lines::line(tx, shop, id).await?, shop::get(tx, shop).await?)));
    let (line, shop) = known.await?;
    let Some(voice) = line.voice.clone() else { return Err(Error::NotFound(say!("phone-line-not-found"))) };
    let base = base(app, line.shop, id);
    let address = if call.query.is_empty() { format!("{base}/{}", call.step) } else { format!("{base}/{}?{}", call.step, call.query) };
    if !twilio::is_signed(&line.secret(app)?, &address, call.body, call.signature) {
        app.limits().check(Act::ForgedWebhookFromNetwork, &network.to_string())?;
        return Err(Error::SignInNeeded(say!("call-not-signed-by-twilio")));
    }
    let theirs = Theirs { line, voice, shop, base, asked: Asked::read(call.body, call.query) };
    theirs.answer(app, call.step).await
}

/// All that a step needs, for as often as its transaction is tried.
struct Theirs {
    line: PhoneLine,
    voice: Voice,
    shop: Shop,
    base: String,
    asked: Asked,
}

impl Theirs {
    async fn answer(self, app: &App, step: Step) -> Result<String> {
        let (language, known, now) = (self.voice.language, Arc::new(self), app.now());
        let inside = Arc::clone(&known);
        let next = app.write(async move |tx: &mut Tx<'_>| {
            let now = tx.now();
            steps::after(tx, &inside.at(now), step).await
        });
        let next = match tokio::time::timeout(ANSWERED_WITHIN, next).await {
            Ok(next) => next,
            Err(_) => Err(Error::broken("a caller waited for too long")),
        };
        match next {
            Err(error) if step.is_heard() => {
                tracing::error!(%error, %step, "a step of a call went wrong");
                Twiml(known.at(now).sorry()).written(language)
            }
            next => next?.written(language),
        }
    }

    fn at(&self, now: Timestamp) -> At<'_> {
        let Theirs { line, voice, shop, base, asked } = self;
        At { line, voice, base, asked, speaker: Speaker { language: voice.language, shop, now } }
    }
}
