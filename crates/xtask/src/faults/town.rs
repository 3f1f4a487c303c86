//! What all who take part share, and how they ask the server for something.

use std::{
    cell::{Cell, RefCell},
    time::Duration,
};

use serde_json::Value;
use tokio::time::timeout;

use super::journal::Journal;
use crate::{Result, line::Line, server::Server};

/// A server that lives answers sooner than this, however busy the machine is.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// The shop, as everybody finds it in this cycle.
pub struct Town {
    pub seed: u64,
    pub cycle: u64,
    pub address: String,
    pub token: String,
    pub key: String,
    pub tags: Vec<String>,
    pub members: Vec<String>,
    /// Whether the server is being killed: from then on it owes nobody an answer.
    pub killed: Cell<bool>,
    /// Whether this cycle's work is over.
    pub over: Cell<bool>,
    /// Conversations, the newest last.
    pub opened: RefCell<Vec<String>>,
    pub journal: RefCell<Journal>,
}

impl Town {
    pub async fn around(server: &Server, seed: u64) -> Result<Town> {
        let key = server.widget_key(&format!("http://{}", server.address)).await?;
        Town::at(server.address.clone(), server.token.clone(), key, seed).await
    }

    pub async fn at(address: String, token: String, key: String, seed: u64) -> Result<Town> {
        let mut town = Town {
            seed,
            cycle: 0,
            address,
            token,
            key,
            tags: Vec::new(),
            members: Vec::new(),
            killed: Cell::new(false),
            over: Cell::new(false),
            opened: RefCell::default(),
            journal: RefCell::default(),
        };
        town.tags = town.ids("/api/v1/tags").await?;
        town.members = town.ids("/api/v1/members").await?;
        Ok(town)
    }

    async fn ids(&self, path: &str) -> Result<Vec<String>> {
        let page = Line::to(&self.address).await?.json("GET", path, &self.bearer(), Value::Null).await?;
        Ok(page["items"].as_array().into_iter().flatten().filter_map(|item| item["id"].as_str()).map(str::to_owned).collect())
    }

    /// What says that an agent's program calls.
    pub fn bearer(&self) -> String {
        format!("authorization: Bearer {}\r\n", self.token)
    }
}

/// What came of a request.
pub enum Answer {
    Done {
        fresh: bool,
        body: Value,
    },
    /// Not now, or not in this state; nothing was changed.
    Refused,
    /// The server was killed before it answered.
    Lost,
}

/// One who keeps a connection for as long as it lasts.
#[derive(Default)]
pub struct Caller {
    line: Option<Line>,
}

impl Caller {
    /// Errors: an answer no client should get, none in time, or a connection that ends while the server should live.
    pub async fn ask(&mut self, town: &Town, method: &str, path: &str, headers: &str, body: &str) -> Result<Answer> {
        let answered = timeout(PATIENCE, self.call(town, method, path, headers, body)).await;
        let (status, body) = match answered.map_err(|_| format!("{method} {path}: no answer within {PATIENCE:?}"))? {
            Ok(answer) => answer,
            Err(_) if town.killed.get() => return Ok(Answer::Lost),
            Err(error) => return Err(format!("{method} {path}: {error}, though the server was not killed").into()),
        };
        match status {
            200 | 201 => Ok(Answer::Done { fresh: status == 201, body: serde_json::from_slice(&body)? }),
            409 | 429 => {
                // what is refused before it was read ends the connection
                self.line = None;
                Ok(Answer::Refused)
            }
            // of a node that has lost its database
            500..=599 if town.killed.get() => Ok(Answer::Lost),
            _ => Err(format!("{method} {path}: {status} {}", String::from_utf8_lossy(&body)).into()),
        }
    }

    /// Asks and hangs up without waiting for the answer.
    pub async fn ask_and_leave(&mut self, town: &Town, method: &str, path: &str, headers: &str, body: &str) {
        // whether it was sent is not known either, which is the point
        let _ = self.line(town).await;
        if let Some(mut line) = self.line.take() {
            let _ = line.send(method, path, headers, body).await;
        }
    }

    async fn call(&mut self, town: &Town, method: &str, path: &str, headers: &str, body: &str) -> Result<(u16, Vec<u8>)> {
        let answered = self.line(town).await?.call(method, path, headers, body).await;
        if answered.is_err() {
            self.line = None;
        }
        answered
    }

    async fn line(&mut self, town: &Town) -> Result<&mut Line> {
        if self.line.is_none() {
            self.line = Some(Line::to(&town.address).await?);
        }
        self.line.as_mut().ok_or_else(|| "no connection".into())
    }
}

/// Waits; time is real here.
#[expect(clippy::disallowed_methods, reason = "people take their time")]
pub async fn pause(time: Duration) {
    tokio::time::sleep(time).await;
}
