//! The chat window's socket. `docs/live.md` describes it exactly enough to write a client.

use std::{collections::HashMap, time::Duration};

use axum::{
    extract::{
        State, WebSocketUpgrade,
        ws::{Message as Ws, WebSocket},
    },
    http::HeaderMap,
    response::Response,
};
use customers::{
    customer::{self, AddressKind},
    visitor::{self, Visitor},
};
use inbox::{list, message, receipt};
use kernel::{ConversationId, Error, Result, Timestamp, minutes};
use platform::{
    App, Tx,
    http::{Answer, Network, kept_of},
    limits::Act,
    live::{Frame, Listening, Topic},
    nodes::Window,
};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::timeout;

use super::{
    view::{ChatRow, Visible},
    visit,
};

/// A window that says nothing for so long is gone; windows ping every 25 seconds.
const SILENCE: Duration = Duration::from_secs(70);
/// The visitor is asked for again so often: a page may be taken off the list, a network blocked, and no event says so here.
const ASKED_AGAIN: i64 = minutes(1);
/// No frame from a window is larger, in bytes.
const MAX_FRAME: usize = 4 * 1024;
/// Entries sent at once.
const STRETCH: i64 = 200;

/// What a window says first.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Hello {
    token: String,
    /// The conversation it shows, to hear what was missed in it.
    conversation: Option<ConversationId>,
    /// The last number it has.
    after: Option<i64>,
}

/// What a window says later.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
enum Said {
    Typing { conversation: Option<ConversationId> },
    Received { conversation: ConversationId, seq: i64 },
    Read { conversation: ConversationId, seq: i64 },
    Ping,
}

/// Opens the live socket of a chat window.
#[utoipa::path(get, path = "/chat/live", operation_id = "open_chat_socket", tag = "chat",
    responses((status = 101, description = "The socket is open; see docs/live.md")))]
pub async fn open(State(app): State<App>, headers: HeaderMap, network: Network, upgrade: WebSocketUpgrade) -> Answer<Response> {
    let headers = kept_of(&headers);
    Ok(upgrade.max_message_size(MAX_FRAME).read_buffer_size(1024).write_buffer_size(0).on_upgrade(async move |socket| {
        if let Err(error) = run(app, headers, network, socket).await {
            tracing::debug!(%error, "a chat socket ended");
        }
    }))
}

/// What let a window in, to see whether it still does.
struct Entry {
    token: String,
    headers: HeaderMap,
    network: Network,
}

/// One window.
struct Chat {
    app: App,
    visitor: Visitor,
    entry: Entry,
    /// When that was last asked.
    asked: Timestamp,
    /// The conversation it shows.
    shown: Option<ConversationId>,
    /// The last number it has of each.
    has: HashMap<ConversationId, i64>,
    /// What it was last told of the shop, as it was sent.
    told: String,
    /// Agents see by it that whoever it is is there.
    online: Window,
}

async fn run(app: App, headers: HeaderMap, network: Network, mut socket: WebSocket) -> Result<()> {
    let Ok(Some(first)) = timeout(SILENCE, next_text(&mut socket)).await else { return Ok(()) };
    let hello: Hello = serde_json::from_str(&first).map_err(Error::broken)?;
    let entry = Entry { token: hello.token, headers, network };
    let visitor = Box::pin(entry.admit(&app)).await?;
    let has = hello.conversation.map(|id| (id, hello.after.unwrap_or(0))).into_iter().collect();
    let asked = app.now();
    // listens before it reads, so that nothing falls in between; and to what came as its own customer, whoever that is by now
    let listening = app.live().listen(Topic::Customer(visitor.shop, visitor.customer));
    let online = Window::chat(&app, visitor.shop, visitor.person);
    let mut chat = Chat { app, visitor, entry, asked, shown: hello.conversation, has, told: String::new(), online };
    say(&mut socket, &json!({ "type": "hello" })).await?;
    // boxed, here and below: most of its time a window says nothing, and should not take up room for all it could do
    if let Some(id) = chat.shown {
        Box::pin(chat.catch_up(&mut socket, id)).await?;
    }
    Box::pin(chat.tell_of_shop(&mut socket)).await?;
    chat.talk(&mut socket, listening).await
}

impl Entry {
    async fn admit(&self, app: &App) -> Result<Visitor> {
        visit::by_token(app, &self.token, &self.headers, self.network).await
    }
}

impl Chat {
    async fn talk(&mut self, socket: &mut WebSocket, mut listening: Listening) -> Result<()> {
        loop {
            tokio::select! {
                frame = listening.next() => {
                    // too slow: the window comes back and asks what it missed
                    let Some(frame) = frame else { return Ok(()) };
                    if self.ends_with(&frame) || !Box::pin(self.is_still_in(merges(&frame))).await {
                        return Ok(());
                    }
                    Box::pin(self.pass_on(socket, &frame)).await?;
                }
                said = timeout(SILENCE, next_text(socket)) => {
                    let Ok(Some(said)) = said else { return Ok(()) };
                    if !Box::pin(self.is_still_in(false)).await {
                        return Ok(());
                    }
                    Box::pin(self.hear(socket, serde_json::from_str(&said).map_err(Error::broken)?)).await?;
                }
            }
        }
    }

    /// Whoever was erased has no chat any more, and neither has a browser that left: their tokens are gone.
    fn ends_with(&self, frame: &Frame) -> bool {
        let Frame::Happened { kind, ids, .. } = frame else { return false };
        let me = || ids.get("visitor").and_then(Value::as_str) == Some(&self.visitor.id.to_string());
        kind == "customer_erased" || kind == "visitor_left" && me()
    }

    async fn is_still_in(&mut self, at_once: bool) -> bool {
        let now = self.app.now();
        if now - self.asked < ASKED_AGAIN && !at_once {
            return true;
        }
        match self.entry.admit(&self.app).await {
            // asked again with the next frame
            Err(error) if error.is_of_the_machine() => true,
            Ok(visitor) => {
                self.asked = now;
                if visitor.person != self.visitor.person {
                    self.online = Window::chat(&self.app, visitor.shop, visitor.person);
                }
                self.visitor = visitor;
                true
            }
            Err(_) => false,
        }
    }

    async fn hear(&mut self, socket: &mut WebSocket, said: Said) -> Result<()> {
        match said {
            Said::Ping => {
                say(socket, &json!({ "type": "pong" })).await?;
                match self.tell_of_shop(socket).await {
                    // told with the next ping; to hang up on everybody would be no help in a rush
                    Err(error) if error.is_of_the_machine() => Ok(()),
                    told => told,
                }
            }
            // more signs than anybody gives are not passed on: consoles that cannot keep up are cut off
            Said::Typing { .. } if self.types_too_often() => Ok(()),
            Said::Typing { conversation } => {
                let conversation = conversation.or(self.shown);
                if let Some(other) = conversation.filter(|id| Some(*id) != self.shown) {
                    // one of their own, or none at all
                    self.row(other).await?;
                }
                self.tell_of_typing(conversation).await
            }
            Said::Received { conversation, seq } => self.reached(conversation, seq, false).await,
            Said::Read { conversation, seq } => self.reached(conversation, seq, true).await,
        }
    }

    fn types_too_often(&self) -> bool {
        self.app.limits().check(Act::TypingOfVisitor, &self.visitor.id.to_string()).is_err()
    }

    async fn reached(&self, id: ConversationId, seq: i64, read: bool) -> Result<()> {
        let (shop, customer) = (self.visitor.shop, self.visitor.customer);
        self.app.write(async move |tx: &mut Tx<'_>| receipt::reached_customer(tx, shop, customer, id, seq, read).await).await
    }

    async fn pass_on(&mut self, socket: &mut WebSocket, frame: &Frame) -> Result<()> {
        match frame {
            // somebody may have noted an address
            Frame::Happened { kind, .. } if kind == "customer_changed" => self.tell_of_shop(socket).await,
            Frame::Happened { kind, ids, .. } => {
                let Some(id) = ids.get("conversation").and_then(Value::as_str).and_then(|id| id.parse().ok()) else { return Ok(()) };
                match self.tell_of(socket, kind, id, ids.contains_key("member")).await {
                    // said by telephone: that is not theirs to read here
                    Err(Error::NotFound(_)) => Ok(()),
                    told => told,
                }
            }
            Frame::Signal { name, data } if name == "typing" => {
                say(socket, &json!({ "type": "typing", "conversation": data["conversation"], "name": data["name"] })).await
            }
            Frame::Signal { .. } => Ok(()),
        }
    }

    /// Tells what has happened in a conversation, by a member or not.
    async fn tell_of(&mut self, socket: &mut WebSocket, kind: &str, id: ConversationId, by_member: bool) -> Result<()> {
        match kind {
            "message_received" | "message_queued" | "conversation_assigned" => self.catch_up(socket, id).await,
            "conversation_resolved" | "conversation_reopened" => {
                self.catch_up(socket, id).await?;
                self.tell_status(socket, id).await
            }
            "messages_read" if by_member => self.tell_read(socket, id).await,
            _ => Ok(()),
        }
    }

    /// Sends what is new in a conversation since the last time.
    async fn catch_up(&mut self, socket: &mut WebSocket, id: ConversationId) -> Result<()> {
        while self.send_stretch(socket, id).await? {}
        Ok(())
    }

    /// Sends some of it; whether there is more.
    async fn send_stretch(&mut self, socket: &mut WebSocket, id: ConversationId) -> Result<bool> {
        let (shop, customer) = (self.visitor.shop, self.visitor.customer);
        let has = self.has.get(&id).copied();
        let (last, visible, more) = self
            .app
            .read(async move |tx: &mut Tx<'_>| {
                let conversation = message::came_as(tx, shop, customer, id).await?;
                // of a conversation it does not show, the window is told the newest; it fetches the rest when it opens it
                let after = has.unwrap_or(conversation.last_seq - 1);
                let messages = list::entries(tx, shop, id, list::Window::After { seq: after, limit: STRETCH }).await?;
                let (last, more) = (messages.iter().map(|m| m.seq).max(), messages.len() as i64 == STRETCH);
                Ok((last.unwrap_or(after), Visible::load(tx, shop, messages).await?, more))
            })
            .await?;
        self.has.insert(id, last);
        let items = visible.views(&self.app);
        if !items.is_empty() {
            say(socket, &json!({ "type": "messages", "conversation": id, "items": items })).await?;
        }
        Ok(more)
    }

    async fn row(&self, id: ConversationId) -> Result<inbox::conversation::Conversation> {
        let (shop, customer) = (self.visitor.shop, self.visitor.customer);
        self.app.read(async move |tx: &mut Tx<'_>| message::came_as(tx, shop, customer, id).await).await
    }

    async fn tell_status(&self, socket: &mut WebSocket, id: ConversationId) -> Result<()> {
        let row = ChatRow::from(self.row(id).await?);
        say(socket, &json!({ "type": "status", "conversation": id, "status": row.status })).await
    }

    async fn tell_read(&self, socket: &mut WebSocket, id: ConversationId) -> Result<()> {
        let seq = self.row(id).await?.read_seq;
        say(socket, &json!({ "type": "read", "conversation": id, "seq": seq })).await
    }

    /// Tells whether somebody is there to answer, and whether an answer could reach the customer elsewhere, when that is news.
    async fn tell_of_shop(&mut self, socket: &mut WebSocket) -> Result<()> {
        let (shop, who, shown) = (self.visitor.shop, self.visitor.customer, self.shown);
        let news = self
            .app
            .read(async move |tx: &mut Tx<'_>| {
                let department = match shown {
                    Some(id) => message::came_as(tx, shop, who, id).await?.department,
                    None => None,
                };
                // deleted ones leave the conversation to the shop
                let there = team::department::by_ids(tx, shop, department.as_slice()).await?;
                let department = department.filter(|id| there.contains_key(id));
                let now = tx.now();
                let hours = team::schedule::open_state(tx, shop, department, now).await?;
                let customer = customer::by_id(tx, shop, who).await?;
                let reachable = [AddressKind::Email, AddressKind::Account].iter().any(|kind| customer.address(*kind).is_some());
                let opens_at = hours.changes_at.filter(|_| !hours.open);
                Ok(json!({ "type": "shop", "open": hours.open, "opens_at": opens_at, "reachable": reachable }).to_string())
            })
            .await?;
        if news != self.told {
            send(socket, news.clone()).await?;
            self.told = news;
        }
        Ok(())
    }

    /// Nothing that a blocked customer sends is accepted, and that they type is neither.
    async fn tell_of_typing(&self, conversation: Option<ConversationId>) -> Result<()> {
        let (shop, person, visitor) = (self.visitor.shop, self.visitor.person, self.visitor.clone());
        if self.app.read(async move |tx: &mut Tx<'_>| visitor::standing(tx, &visitor).await).await?.blocked {
            return Ok(());
        }
        let data = json!({ "customer": person, "conversation": conversation, "online": true });
        self.app.live().signal(Topic::Shop(shop), "customer_typing", data);
        Ok(())
    }
}

/// Whether agents see somebody else in this window's customer from now on.
fn merges(frame: &Frame) -> bool {
    matches!(frame, Frame::Happened { kind, .. } if kind == "customers_merged" || kind == "customers_unmerged")
}

/// The next text; `None` when the window has gone or sends what is no text.
async fn next_text(socket: &mut WebSocket) -> Option<String> {
    loop {
        match socket.recv().await? {
            Ok(Ws::Text(text)) => return Some(text.to_string()),
            Ok(Ws::Ping(_) | Ws::Pong(_)) => (),
            _ => return None,
        }
    }
}

async fn say(socket: &mut WebSocket, frame: &Value) -> Result<()> {
    send(socket, frame.to_string()).await
}

async fn send(socket: &mut WebSocket, text: String) -> Result<()> {
    socket.send(Ws::Text(text.into())).await.map_err(Error::broken)
}
