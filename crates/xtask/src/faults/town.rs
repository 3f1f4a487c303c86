//! What all who take part share, and how they ask the server for something.

use std::{
    cell::{Cell, RefCell},
    time::Duration,
};

use serde_json::Value;
use tokio::time::timeout;

use super::{agent::SOONEST, journal::Journal};
use crate::{Result, limit::now, line::Line, server::Server};

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
    pub customers: Vec<String>,
    /// What may be asked of the server now.
    pub weather: Cell<Weather>,
    /// Whether the cycle is over: clients finish what they are at.
    pub closing: Cell<bool>,
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
            customers: Vec::new(),
            weather: Cell::new(Weather::Fair),
            closing: Cell::new(false),
            opened: RefCell::default(),
            journal: RefCell::default(),
        };
        town.tags = town.ids("/api/v1/tags").await?;
        town.members = town.ids("/api/v1/members").await?;
        town.customers = town.ids("/api/v1/customers").await?;
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

/// What may be asked of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weather {
    /// Everything.
    Fair,
    /// An answer, and a refusal only if it says why.
    Foul,
    /// As in foul weather, and connections may end: one of several nodes is lost.
    Patchy,
    /// Nothing: it is being killed.
    Gone,
}

impl Weather {
    /// Whether one may be told that it cannot be done now.
    fn refuses(self) -> bool {
        matches!(self, Weather::Foul | Weather::Patchy)
    }

    /// Whether a connection may end.
    fn hangs_up(self) -> bool {
        matches!(self, Weather::Patchy | Weather::Gone)
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
    /// The server was killed before it answered, or it answers that it cannot now: it may have been done all the same.
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
        let (before, asked_at) = (town.weather.get(), now());
        let answered = timeout(PATIENCE, self.call(town, method, path, headers, body)).await;
        let (status, body) = match answered.map_err(|_| format!("{method} {path}: no answer within {PATIENCE:?}"))? {
            Ok(answer) => answer,
            Err(_) if town.weather.get().hangs_up() => return Ok(Answer::Lost),
            Err(error) => return Err(format!("{method} {path}: {error}, though the server was not killed").into()),
        };
        match status {
            500.. if town.weather.get() == Weather::Gone => Ok(Answer::Lost),
            502 | 503 | 507 if before.refuses() || town.weather.get().refuses() => {
                self.read_refusal(status, &body).map_err(|why| format!("{method} {path}: {status} {why}"))?;
                town.journal.borrow_mut().refused(asked_at.elapsed());
                self.line = None;
                Ok(Answer::Lost)
            }
            200 | 201 => Ok(Answer::Done { fresh: status == 201, body: serde_json::from_slice(&body)? }),
            409 | 429 => {
                // what is refused before it was read ends the connection
                self.line = None;
                Ok(Answer::Refused)
            }
            // until a moment that passed while the answer was waited for
            422 if path.ends_with("/snooze") && asked_at.elapsed() >= SOONEST => Ok(Answer::Refused),
            _ => Err(format!("{method} {path}: {status} {}", String::from_utf8_lossy(&body)).into()),
        }
    }

    /// Holds a refusal against what clients are promised: it says what is wrong, and when to ask again if it knows.
    fn read_refusal(&self, status: u16, body: &[u8]) -> Result<()> {
        let problem: Value = serde_json::from_slice(body)?;
        let kind = match status {
            503 => "/problems/unavailable",
            507 => "/problems/no_room",
            _ => "/problems/outside",
        };
        if problem["type"] != kind || problem["detail"].as_str().is_none_or(str::is_empty) {
            return Err(format!("is no {kind}: {problem}").into());
        }
        if status == 503 && !self.line.as_ref().is_some_and(|line| line.says_when) {
            return Err("does not say when to ask again".into());
        }
        Ok(())
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
