//! An agent's console: it listens on the live socket and, after each kill, asks for what it missed.

use std::time::Duration;

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{
    net::TcpStream,
    time::{interval, timeout},
};
use tokio_tungstenite::{WebSocketStream, client_async, tungstenite::Message};

use super::{
    check,
    journal::Wrong,
    town::{PATIENCE, Town, Weather, pause},
};
use crate::{Result, limit::now, line::Line};

const PING: Duration = Duration::from_secs(25);

#[derive(Default)]
pub struct Console {
    /// The number of the last event heard.
    last: Option<i64>,
}

/// The socket of one life of the server.
pub struct Socket(WebSocketStream<TcpStream>);

impl Console {
    /// Opens the socket and says where it was.
    pub async fn connect(&mut self, town: &Town) -> Result<Socket> {
        let stream = TcpStream::connect(&town.address).await?;
        let (mut socket, _) = client_async(format!("ws://{}/api/v1/live", town.address), stream).await?;
        socket.send(Message::text(json!({ "token": town.token, "after": self.last }).to_string())).await?;
        let first = timeout(PATIENCE, socket.next()).await?.ok_or("the socket closed")??;
        let first: Value = serde_json::from_str(first.to_text()?)?;
        match first["type"].as_str() {
            Some("hello") if self.last.is_some() => (),
            Some("hello") => self.last = first["seq"].as_i64(),
            // more was missed than is told: from there on, and what there is now is fetched
            Some("resync") if self.last.is_some() => {
                fetch_anew(town).await?;
                self.last = first["seq"].as_i64();
            }
            _ => return Err(format!("after event {:?} the socket says {first}", self.last).into()),
        }
        Ok(Socket(socket))
    }

    /// Listens until the server is killed; comes back when the socket ends because the server cannot go on just now.
    pub async fn attend(&mut self, town: &Town, mut socket: Socket) -> Result<()> {
        loop {
            let passes = |weather| matches!(weather, Weather::Foul | Weather::Patchy);
            let foul = passes(town.weather.get());
            match self.listen(town, socket).await {
                Ok(()) => return Ok(()),
                Err(_) if foul || passes(town.weather.get()) => (),
                Err(error) => return Err(error),
            }
            let ended_at = now();
            socket = loop {
                match self.connect(town).await {
                    Ok(socket) => {
                        town.journal.borrow_mut().was_away(ended_at.elapsed());
                        break socket;
                    }
                    Err(_) if town.weather.get() == Weather::Gone => return Ok(()),
                    Err(_) if passes(town.weather.get()) => pause(Duration::from_millis(20)).await,
                    Err(error) => return Err(error),
                }
            };
        }
    }

    /// Listens until the socket ends.
    pub async fn listen(&mut self, town: &Town, Socket(mut socket): Socket) -> Result<()> {
        let mut pings = interval(PING);
        loop {
            let frame = tokio::select! {
                frame = socket.next() => frame,
                _ = pings.tick() => {
                    // a socket that has ended says so when it is read
                    let _ = socket.send(Message::text(r#"{"type":"ping"}"#)).await;
                    continue;
                }
            };
            match frame {
                Some(Ok(Message::Text(text))) => {
                    let frame: Value = serde_json::from_str(&text)?;
                    if frame["type"] == "signed_out" {
                        // not to be taken for an end that passes
                        town.journal.borrow_mut().report(Wrong::Unexpected, "the console was signed out".into());
                    }
                    self.hear(town, &frame);
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => (),
                _ if town.weather.get() == Weather::Gone => return Ok(()),
                ended => return Err(format!("the console's socket ended, though the server was not killed: {ended:?}").into()),
            }
        }
    }

    fn hear(&mut self, town: &Town, frame: &Value) {
        let Some(seq) = frame["seq"].as_i64().filter(|seq| frame["type"] == "event" && Some(*seq) > self.last) else { return };
        self.last = Some(seq);
        if let ("message_received" | "message_queued" | "note_added", Some(conversation), Some(message)) =
            (frame["event"].as_str().unwrap_or_default(), frame["ids"]["conversation"].as_str(), frame["ids"]["message"].as_str())
        {
            town.journal.borrow_mut().heard(conversation, message);
        }
    }

    /// Reports acknowledged messages of which no event told, nor what was fetched anew.
    pub fn report_unheard(town: &Town) {
        let mut unheard = Vec::new();
        let mut journal = town.journal.borrow_mut();
        for known in journal.conversations.values() {
            let missed = known.kept.iter().filter(|kept| !known.heard.contains(&kept.id));
            unheard.extend(missed.map(|kept| format!("{}: the console's socket never told of it", kept.written.client_id)));
        }
        unheard.into_iter().for_each(|what| journal.report(Wrong::Missing, what));
    }

    /// Whether every acknowledged message has been told of.
    pub fn has_heard_all(town: &Town) -> bool {
        let journal = town.journal.borrow();
        journal.conversations.values().all(|known| known.kept.iter().all(|kept| known.heard.contains(&kept.id)))
    }
}

/// Takes note of all that is there, as a console does that missed too much: what is acknowledged later may be among it already.
async fn fetch_anew(town: &Town) -> Result<()> {
    let mut line = Line::to(&town.address).await?;
    let mut cursor = String::new();
    loop {
        let page = line.json("GET", &format!("/api/v1/conversations?view=all&limit=100{cursor}"), &town.bearer(), Value::Null).await?;
        for row in page["items"].as_array().ok_or("no conversations")? {
            let id = row["id"].as_str().ok_or("no id")?;
            for entry in check::entries(&mut line, town, id).await? {
                town.journal.borrow_mut().heard(id, entry["id"].as_str().ok_or("no id")?);
            }
        }
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return Ok(()),
        }
    }
}
