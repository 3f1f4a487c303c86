//! What was spoken onto the machine: fetched from where the telephone system keeps it, and kept as a file of the call's entry.

use std::time::Duration;

use axum::http::Method;
use inbox::{
    call::Recording,
    file::{self, MAX_FILE, StoredFile},
};
use kernel::{CallId, Error, Result, ShopId, days};
use platform::{
    App, Tx,
    egress::Request,
    event::Actor,
    files::sniff,
    job::{Job, JobKind, Lease},
};
use serde::{Deserialize, Serialize};

use crate::{
    Call,
    store::{calls as store, lines},
    take_in,
    voice::discard,
};

const SERVICE: &str = "The telephone system";
/// What cannot be had is tried again for so long.
const TRIED_FOR: i64 = days(1);
const FETCHED_WITHIN: Duration = Duration::from_secs(45);
/// As the file is called; its kind is added.
const NAME: &str = "voicemail";

/// Fetches what was spoken onto the machine.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Fetch {
    pub call: CallId,
}
impl Job for Fetch {
    const KIND: &'static str = "fetch_voicemail";
}

pub fn jobs() -> Vec<JobKind> {
    vec![JobKind::new(fetch).patient()]
}

/// What came of fetching it.
#[derive(Debug, Clone)]
pub enum Found {
    Kept(StoredFile),
    /// It cannot be had, or is no sound.
    Lost,
}

impl Found {
    pub fn parted(self) -> (Recording, Option<StoredFile>) {
        match self {
            Found::Kept(file) => (Recording::Kept, Some(file)),
            Found::Lost => (Recording::Lost, None),
        }
    }
}

async fn fetch(app: App, job: Fetch, lease: Lease) -> Result<()> {
    let (shop, id) = (lease.shop, job.call);
    let known = app.read(async move |tx: &mut Tx<'_>| store::maybe(tx, shop, id).await).await?;
    // forgotten, or fetched by an earlier try
    let found = match known.filter(|call| call.recording.is_some()) {
        Some(call) => Some(found(&app, shop, &call).await?),
        None => None,
    };
    app.write(async move |tx: &mut Tx<'_>| {
        lease.done(tx).await?;
        match &found {
            Some(found) => take_in::recorded(tx, shop, id, found.clone()).await,
            None => Ok(()),
        }
    })
    .await
}

/// Errors: `Outside` while it may still be had.
async fn found(app: &App, shop: ShopId, call: &Call) -> Result<Found> {
    let (Some(url), Some((_, author)), Some(left_at)) = (&call.recording, call.customer, call.voicemail_at) else { return Ok(Found::Lost) };
    let request = match request(app, shop, call, url).await {
        Err(Error::Invalid(_)) => return lost("It does not lie with Twilio."),
        request => request?.at_most(MAX_FILE).within(FETCHED_WITHIN),
    };
    let content = match app.egress().send(request).await {
        Ok(answer) if answer.status.is_success() => answer.body,
        Ok(answer) => {
            return later_or_lost(app, left_at, format!("It answered {}.", answer.status.as_u16()), answer.status.as_u16() >= 404);
        }
        Err(error) if error.is_temporary() => return later_or_lost(app, left_at, error.to_string(), true),
        Err(error) => return lost(&error.to_string()),
    };
    match sniff(&content, NAME) {
        Ok(sniffed) if sniffed.media.is_sound() => (),
        _ => return lost("It is no sound."),
    }
    match file::keep(app, &Actor::customer(shop, author), NAME, content.to_vec()).await {
        Ok(stored) => Ok(Found::Kept(stored)),
        Err(Error::Invalid(_) | Error::TooLarge(_)) => lost("It cannot be kept."),
        Err(error) => Err(error),
    }
}

/// Twilio is asked for a WAV, and by whoever has the account.
///
/// Errors: `Invalid` where it should lie with Twilio and does not.
async fn request(app: &App, shop: ShopId, call: &Call, url: &str) -> Result<Request> {
    let line = call.line;
    let line = app.read(async move |tx: &mut Tx<'_>| lines::maybe(tx, shop, line).await).await?;
    let at_twilio = match &line {
        Some(line) => discard::request(app, line, Method::GET, &format!("{url}.wav"))?,
        None => None,
    };
    Ok(at_twilio.unwrap_or_else(|| Request::get(SERVICE, url)))
}

/// A telephone system may still be writing it down, or be away.
fn later_or_lost(app: &App, left_at: kernel::Timestamp, why: String, may_pass: bool) -> Result<Found> {
    if may_pass && app.now() - left_at < TRIED_FOR {
        return Err(Error::Outside { service: SERVICE, temporary: true, detail: why });
    }
    lost(&why)
}

fn lost(why: &str) -> Result<Found> {
    tracing::info!(why, "what was spoken onto the machine could not be had");
    Ok(Found::Lost)
}
