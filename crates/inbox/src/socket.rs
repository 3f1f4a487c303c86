//! The console's socket. `docs/live.md` describes it exactly enough to write a client.

use std::{sync::Arc, time::Duration};

use axum::{
    extract::{
        State, WebSocketUpgrade,
        ws::{Message as Ws, WebSocket},
    },
    http::{HeaderMap, HeaderValue, header::AUTHORIZATION},
    response::Response,
};
use kernel::{ConversationId, CustomerId, Error, Result, Timestamp, minutes};
use platform::{
    Agent, App, Tx,
    event::{self, Missed},
    http::{Answer, kept_of, same_origin},
    live::{Frame, Listening, Topic, ids_in},
    nodes::Window,
};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::timeout;

/// A client that says nothing for so long is gone; clients ping every 25 seconds.
const SILENCE: Duration = Duration::from_secs(70);
/// Whoever looks on is asked for again so often: sessions and tokens also end by time, and no event says so.
const ASKED_AGAIN: i64 = minutes(1);
/// More missed than this, and fetching everything anew is cheaper.
const CATCH_UP: i64 = 500;
/// No frame from a client is larger, in bytes.
const MAX_FRAME: usize = 4 * 1024;

/// What a client says first.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Hello {
    /// An API token; without one the session cookie counts.
    token: Option<String>,
    /// The last number seen, to hear what was missed.
    after: Option<i64>,
}

/// What a client says later.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
enum Said {
    Viewing { conversation: Option<ConversationId> },
    Typing { conversation: ConversationId },
    Watching { customer: Option<CustomerId> },
    Ping,
}

/// Opens the live socket of the console.
#[utoipa::path(get, path = "/live", operation_id = "open_console_socket", tag = "live",
    responses((status = 101, description = "The socket is open; see docs/live.md")))]
pub async fn open(State(app): State<App>, headers: HeaderMap, upgrade: WebSocketUpgrade) -> Answer<Response> {
    let ours = same_origin(&headers, &app.config().public_url);
    let headers = kept_of(&headers);
    Ok(upgrade.max_message_size(MAX_FRAME).read_buffer_size(4 * 1024).on_upgrade(async move |socket| {
        if let Err(error) = run(app, headers, ours, socket).await {
            tracing::debug!(%error, "a socket ended");
        }
    }))
}

async fn run(app: App, headers: HeaderMap, ours: bool, mut socket: WebSocket) -> Result<()> {
    let Ok(Some(first)) = timeout(SILENCE, next_text(&mut socket)).await else { return Ok(()) };
    let hello: Hello = serde_json::from_str(&first).map_err(Error::broken)?;
    // a cookie is sent along by any page; only our own may use it
    let entry = match &hello.token {
        Some(token) => bearer(token),
        None if ours => headers,
        None => HeaderMap::new(),
    };
    let Some(agent) = let_in(team::sign_in::by_headers(&app, &entry).await)? else {
        return say(&mut socket, &json!({ "type": "signed_out" })).await;
    };
    // listens before it reads, so that nothing falls in between
    let listening = app.live().listen(Topic::Shop(agent.shop));
    let seen = greet(&app, &agent, &mut socket, hello.after).await?;
    let window = Window::console(&app, agent.shop, agent.id, &agent.name);
    let asked = app.now();
    let mut open = Open { app, agent, entry, asked, seen, watched: None };
    open.talk(&mut socket, listening, &window).await
}

/// What a program with this token would send.
fn bearer(token: &str) -> HeaderMap {
    // one that cannot be a header is nobody's
    HeaderValue::from_str(&format!("Bearer {token}")).into_iter().map(|value| (AUTHORIZATION, value)).collect()
}

/// Who it is; `None` when they may not look on.
///
/// Errors: when that cannot be found out now. The client comes back and asks again.
fn let_in(found: Result<Agent>) -> Result<Option<Agent>> {
    match found {
        Ok(agent) => Ok(Some(agent).filter(|agent| agent.may(&crate::READ).is_ok())),
        Err(error) if error.is_of_the_machine() || matches!(error, Error::Broken(_)) => Err(error),
        Err(_) => Ok(None),
    }
}

/// That somebody is there is said again with the next ping.
fn may_go_unnoted(error: Error) -> Result<()> {
    if error.is_of_the_machine() { Ok(()) } else { Err(error) }
}

/// An open window of the console.
struct Open {
    app: App,
    agent: Agent,
    /// What let them in, to see whether it still does.
    entry: HeaderMap,
    /// When that was last asked.
    asked: Timestamp,
    /// The number of the last event said.
    seen: i64,
    /// What the customer they look at does on the shop's pages.
    watched: Option<Listening>,
}

/// Says where we are, or what was missed; the number of the last event said.
async fn greet(app: &App, agent: &Agent, socket: &mut WebSocket, after: Option<i64>) -> Result<i64> {
    let shop = agent.shop;
    let Missed { newest, events } = app.read(async move |tx: &mut Tx<'_>| event::missed(tx, shop, after, CATCH_UP).await).await?;
    let Some(events) = events else {
        say(socket, &json!({ "type": "resync", "seq": newest })).await?;
        return Ok(newest);
    };
    say(socket, &json!({ "type": "hello", "seq": newest })).await?;
    for event in events {
        let ids = Value::Object(ids_in(&event.data.to_string()));
        say(socket, &json!({ "type": "event", "seq": event.seq, "event": event.kind, "ids": ids })).await?;
    }
    Ok(newest)
}

impl Open {
    async fn talk(&mut self, socket: &mut WebSocket, mut listening: Listening, window: &Window) -> Result<()> {
        loop {
            tokio::select! {
                frame = listening.next() => {
                    // too slow: the client comes back and asks what it missed
                    let Some(frame) = frame else { return Ok(()) };
                    if !(self.has_not_run_out().await? && self.pass_on(socket, &frame).await?) {
                        return say(socket, &json!({ "type": "signed_out" })).await;
                    }
                }
                Some(frame) = watched(&mut self.watched) => {
                    self.pass_on(socket, &frame).await?;
                }
                said = timeout(SILENCE, next_text(socket)) => {
                    let Ok(Some(said)) = said else { return Ok(()) };
                    if !self.has_not_run_out().await? {
                        return say(socket, &json!({ "type": "signed_out" })).await;
                    }
                    self.hear(socket, window, serde_json::from_str(&said).map_err(Error::broken)?).await?;
                }
            }
        }
    }

    async fn hear(&mut self, socket: &mut WebSocket, window: &Window, said: Said) -> Result<()> {
        match said {
            Said::Viewing { conversation } => window.look_at(conversation),
            Said::Typing { conversation } => {
                window.type_in(conversation);
                tell_customer(&self.app, &self.agent, conversation).await?;
            }
            Said::Watching { customer } => {
                let topic = |customer| Topic::Browsing(self.agent.shop, customer);
                let seen = customer.filter(|_| self.agent.may(&storefront::READ).is_ok());
                self.watched = seen.map(|customer| self.app.live().listen(topic(customer)));
            }
            Said::Ping => {
                let (shop, id) = (self.agent.shop, self.agent.id);
                let seen = self.app.write(async move |tx: &mut Tx<'_>| team::member::seen(tx, shop, id).await).await;
                // to hang up on everybody would be no help in a rush
                seen.or_else(may_go_unnoted)?;
                say(socket, &json!({ "type": "pong" })).await?;
            }
        }
        Ok(())
    }

    /// Passes a frame on; false when whoever looks is no longer signed in.
    async fn pass_on(&mut self, socket: &mut WebSocket, frame: &Frame) -> Result<bool> {
        match frame {
            Frame::Happened { seq, kind, ids } if *seq > self.seen => {
                self.seen = *seq;
                say(socket, &json!({ "type": "event", "seq": seq, "event": kind, "ids": ids })).await?;
                Ok(!ends_sign_ins(kind) || self.is_still_in(ids.get("member")).await?)
            }
            // said while catching up
            Frame::Happened { .. } => Ok(true),
            Frame::Signal { name, data } if name == "signed_out" => self.is_still_in(data.get("member")).await,
            Frame::Signal { name, data } => {
                let mut data = data.clone();
                data["type"] = json!(name);
                say(socket, &data).await?;
                Ok(true)
            }
        }
    }

    /// Whether the sign-in still holds, where a change concerns this member, or a role and so perhaps them.
    async fn is_still_in(&self, member: Option<&Value>) -> Result<bool> {
        let concerns_me = member.is_none_or(|id| id.as_str() == Some(&self.agent.id.to_string()));
        Ok(!concerns_me || self.holds().await?)
    }

    async fn has_not_run_out(&mut self) -> Result<bool> {
        let now = self.app.now();
        if now - self.asked < ASKED_AGAIN {
            return Ok(true);
        }
        match self.holds().await {
            // asked again with the next frame
            Err(error) if error.is_of_the_machine() => Ok(true),
            answer => {
                self.asked = now;
                answer
            }
        }
    }

    /// Whether it lets in whom it did: a session may look at another shop by now.
    async fn holds(&self) -> Result<bool> {
        let found = let_in(team::sign_in::still_by_headers(&self.app, &self.entry).await)?;
        Ok(found.is_some_and(|agent| (agent.shop, agent.id) == (self.agent.shop, self.agent.id)))
    }
}

/// Events after which somebody may no longer look on: by their session, their token or their role. The end of a shop hangs up
/// on everybody by itself.
fn ends_sign_ins(event: &str) -> bool {
    matches!(event, "signed_out" | "sessions_ended" | "token_revoked" | "member_deactivated" | "member_role_changed" | "role_changed")
}

async fn tell_customer(app: &App, agent: &Agent, id: ConversationId) -> Result<()> {
    let shop = agent.shop;
    let conversation = app.read(async move |tx: &mut Tx<'_>| crate::conversation::by_id(tx, shop, id).await).await?;
    if conversation.channel == crate::call::CHANNEL {
        return Ok(());
    }
    let topic = Topic::Customer(shop, conversation.customer_first);
    app.live().signal(topic, "typing", json!({ "conversation": id, "name": agent.name.split_whitespace().next() }));
    Ok(())
}

/// What the customer looked at does next; for ever nothing while none is, or when one was too slow to hear it.
async fn watched(watched: &mut Option<Listening>) -> Option<Arc<Frame>> {
    match watched {
        Some(listening) => listening.next().await,
        None => std::future::pending().await,
    }
}

/// The next text; `None` when the client has gone or sends what is no text.
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
    socket.send(Ws::Text(frame.to_string().into())).await.map_err(Error::broken)
}
