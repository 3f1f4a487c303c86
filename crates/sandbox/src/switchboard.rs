//! A telephone system, as any that follows Standard Webhooks: it signs what it tells of calls, and keeps what is spoken onto its
//! machine until that is fetched.

use std::{
    collections::HashMap,
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use data_encoding::BASE64;
use kernel::{Timestamp, seconds};
use platform::token::hmac_sha256;
use serde_json::Value;
use tokio::{net::TcpListener, task::AbortHandle};

use super::Call;

/// Signs what is told, as it goes out at a moment.
pub fn told(secret: &str, id: &str, at: Timestamp, told: &Value) -> Call {
    let (body, at) = (told.to_string(), (at.micros() / seconds(1)).to_string());
    let key = BASE64.decode(secret.trim_start_matches("whsec_").as_bytes()).unwrap_or_default();
    let signature = BASE64.encode(&hmac_sha256(&key, &[format!("{id}.{at}.{body}").as_bytes()]));
    let headers = vec![
        ("content-type", "application/json".to_owned()),
        ("webhook-id", id.to_owned()),
        ("webhook-timestamp", at),
        ("webhook-signature", format!("v1,{signature}")),
    ];
    Call { query: String::new(), headers, body }
}

/// A second of a tone, as WAV.
pub fn tone() -> Vec<u8> {
    const RATE: u32 = 8_000;
    // 440 Hz, that swells and fades, in steps of eight bits
    let heard = (0..RATE).map(|n| {
        let (turns, loud) = (f64::from(n) * 440.0 / f64::from(RATE), (f64::from(n) / f64::from(RATE) * std::f64::consts::PI).sin());
        (128.0 + 60.0 * loud * (turns * std::f64::consts::TAU).sin()).round() as u8
    });
    let head: [&[u8]; 13] = [
        b"RIFF",
        &(RATE + 36).to_le_bytes(),
        b"WAVE",
        b"fmt ",
        &16_u32.to_le_bytes(),
        // plain numbers, of one channel
        &1_u16.to_le_bytes(),
        &1_u16.to_le_bytes(),
        &RATE.to_le_bytes(),
        &RATE.to_le_bytes(),
        &1_u16.to_le_bytes(),
        &8_u16.to_le_bytes(),
        b"data",
        &RATE.to_le_bytes(),
    ];
    head.concat().into_iter().chain(heard).collect()
}

/// Its files by name; one that is there without content cannot be had just now.
type Recordings = Arc<Mutex<HashMap<String, Option<Vec<u8>>>>>;

/// A telephone system's server on this machine, as long as it is held.
pub struct Switchboard {
    pub address: SocketAddr,
    recordings: Recordings,
    serving: AbortHandle,
}

impl Drop for Switchboard {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Switchboard {
    /// Begins to listen.
    pub async fn open() -> io::Result<Switchboard> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let (address, recordings) = (listener.local_addr()?, Recordings::default());
        let router = Router::new().route("/recordings/{name}", get(recording)).with_state(Arc::clone(&recordings));
        let serving = tokio::spawn(async move { axum::serve(listener, router).await }).abort_handle();
        Ok(Switchboard { address, recordings, serving })
    }
    /// Keeps a recording, or says that it cannot be had just now; says where it lies.
    pub fn keeps(&self, name: &str, content: Option<Vec<u8>>) -> String {
        self.recordings.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), content);
        format!("http://{}/recordings/{name}", self.address)
    }
}

async fn recording(State(recordings): State<Recordings>, Path(name): Path<String>) -> Response {
    match recordings.lock().unwrap_or_else(PoisonError::into_inner).get(&name).cloned() {
        Some(Some(content)) => content.into_response(),
        Some(None) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
