//! What was spoken onto the machine does not stay at Twilio once it is kept here, or is not to be kept at all.

use axum::http::Method;
use kernel::{Error, PhoneLineId, Result};
use platform::{
    App, Tx,
    egress::Request,
    job::{Job, JobKind, Lease, When},
};
use serde::{Deserialize, Serialize};

use super::account;
use crate::{PhoneLine, store::lines};

/// Deletes a recording at Twilio.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Discard {
    pub line: PhoneLineId,
    pub recording: String,
}
impl Job for Discard {
    const KIND: &'static str = "discard_recording";
}

pub fn jobs() -> Vec<JobKind> {
    vec![JobKind::new(discard).patient()]
}

/// Has a recording of a line deleted, where Twilio keeps it.
pub async fn plan(tx: &mut Tx<'_>, line: &PhoneLine, recording: &str) -> Result<()> {
    if line.voice.is_none() {
        return Ok(());
    }
    tx.enqueue(line.shop, &Discard { line: line.id, recording: recording.to_owned() }, When::default()).await
}

/// A request for a recording of a line, where that is one of Twilio's.
///
/// Errors: `Invalid` when it lies elsewhere.
pub fn request(app: &App, line: &PhoneLine, method: Method, recording: &str) -> Result<Option<Request>> {
    let Some(voice) = &line.voice else { return Ok(None) };
    let token = line.secret(app)?;
    let account = account(app, voice, &token);
    if !account.holds(recording) {
        return Err(kernel::invalid("recording", kernel::say!("recording-not-at-twilio")));
    }
    Ok(Some(account.asks(method, recording)?))
}

async fn discard(app: App, job: Discard, lease: Lease) -> Result<()> {
    let (shop, id) = (lease.shop, job.line);
    let line = app.read(async move |tx: &mut Tx<'_>| lines::maybe(tx, shop, id).await).await?;
    // what opened the account is forgotten with the line
    if let Some(line) = line
        && let Some(request) = request(&app, &line, Method::DELETE, &format!("{}.json", job.recording))?
    {
        let answer = app.egress().send(request).await?;
        if !answer.status.is_success() && answer.status.as_u16() != 404 {
            let detail = twilio::said(&answer).1;
            return Err(Error::Outside { service: twilio::SERVICE, temporary: true, detail });
        }
    }
    app.write(async move |tx: &mut Tx<'_>| lease.done(tx).await).await
}
