//! The live sockets, over a real connection: who is let in, what is heard, what is made up for, and what never is.

mod chat;
mod console;

use std::{net::SocketAddr, time::Duration};

use axum::{
    Router,
    http::{HeaderMap, header},
};
use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{
    net::{TcpListener, TcpStream},
    time::timeout,
};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Message, client::IntoClientRequest},
};

use crate::{actor::Actor, world::World};

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(20);
/// Shorter than a person would wait for news, longer than news takes here.
const A_MOMENT: Duration = Duration::from_millis(300);

/// Ombud, listening on a port of its own.
pub struct Server {
    address: SocketAddr,
}

impl Server {
    pub async fn of(world: &World) -> Server {
        Server::with(world.router()).await
    }

    pub async fn with(router: &Router) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let service = router.clone().into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        Server { address }
    }

    /// Opens a socket; `path` is below `/api/v1`.
    pub async fn open(&self, path: &str, headers: &HeaderMap) -> Socket {
        let mut request = format!("ws://127.0.0.1:8080/api/v1{path}").into_client_request().unwrap();
        for name in [header::ORIGIN, header::COOKIE] {
            if let Some(value) = headers.get(&name) {
                request.headers_mut().insert(name, value.clone());
            }
        }
        let stream = TcpStream::connect(self.address).await.unwrap();
        let (socket, _) = timeout(PATIENCE, client_async(request, stream)).await.unwrap().unwrap();
        Socket(socket)
    }
}

/// A client's end.
pub struct Socket(WebSocketStream<TcpStream>);

impl Socket {
    pub async fn says(&mut self, frame: Value) {
        self.sends(Message::text(frame.to_string())).await;
    }

    /// Whatever it is; the other end may have gone.
    pub async fn sends(&mut self, message: Message) {
        let _ = self.0.send(message).await;
    }

    /// The next frame; `None` once the socket is closed.
    pub async fn hears(&mut self) -> Option<Value> {
        timeout(PATIENCE, self.next()).await.expect("something is heard in time")
    }

    /// The next frame of this type.
    pub async fn hears_of(&mut self, kind: &str) -> Value {
        loop {
            let frame = self.hears().await.unwrap_or_else(|| panic!("closed before {kind}"));
            if frame["type"] == kind {
                return frame;
            }
        }
    }

    /// All that is heard until it has been quiet for a moment.
    pub async fn hears_all(&mut self) -> Vec<Value> {
        let mut frames = Vec::new();
        while let Ok(Some(frame)) = timeout(A_MOMENT, self.next()).await {
            frames.push(frame);
        }
        frames
    }

    /// All that is heard until the other end closes.
    pub async fn hears_the_end(&mut self) -> Vec<Value> {
        let mut frames = Vec::new();
        while let Some(frame) = self.hears().await {
            frames.push(frame);
        }
        frames
    }

    async fn next(&mut self) -> Option<Value> {
        loop {
            match self.0.next().await {
                Some(Ok(Message::Text(text))) => return serde_json::from_str(&text).ok(),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => (),
                _ => return None,
            }
        }
    }
}

/// What a console is told first that knows everything up to this number.
pub async fn greeting(world: &World, who: &Actor, after: i64) -> Value {
    let mut socket = Server::of(world).await.open("/live", &who.headers().await).await;
    socket.says(json!({ "token": null, "after": after })).await;
    socket.hears().await.expect("a greeting")
}

/// First frames no client of ours sends.
fn wrong_firsts() -> Vec<(&'static str, Message)> {
    vec![
        ("no JSON", Message::text("hello")),
        ("another shape", Message::text("[]")),
        ("an unknown field", Message::text(r#"{"token":null,"after":null,"shop":"shp_1"}"#)),
        ("too much", Message::text(format!(r#"{{"token":"{}"}}"#, "x".repeat(5_000)))),
        ("bytes", Message::binary(b"{}".to_vec())),
        ("a number too large", Message::text(r#"{"token":null,"after":99999999999999999999}"#)),
        ("nothing", Message::Close(None)),
    ]
}

pub fn bearer(headers: &HeaderMap) -> String {
    headers[header::AUTHORIZATION].to_str().unwrap().trim_start_matches("Bearer ").to_owned()
}
