//! What clients say on the live sockets: whatever it is, the socket answers or ends, and the next one opens.

use std::{net::SocketAddr, time::Duration};

use axum::http::header;
use futures::{SinkExt, StreamExt};
use serde_json::Value;
use tokio::{
    net::{TcpListener, TcpStream},
    time::timeout,
};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Message, client::IntoClientRequest},
};

use crate::house::{House, Who, visit};

pub const WORDS: &[&str] = &[
    "{cnv}",
    "{token}",
    "{\"type\":\"ping\"}",
    "{\"type\":\"typing\",\"conversation\":\"{cnv}\"}",
    "{\"type\":\"viewing\",\"conversation\":null}",
    "{\"type\":\"watching\",\"customer\":null}",
    "{\"type\":\"read\",\"conversation\":\"{cnv}\",\"seq\":1}",
    "9223372036854775807",
    "-1",
    "null",
    "\n",
    "\0",
    "[[[[[[[[",
    "\"type\":",
];

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(20);

type Socket = WebSocketStream<TcpStream>;

async fn listen(house: &mut House) -> SocketAddr {
    if let Some(address) = house.listening {
        return address;
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let service = house.built.router.clone().into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    house.listening = Some(address);
    address
}

async fn open(house: &mut House, console: bool) -> Socket {
    let (path, who) = if console { ("live", Who::Owner) } else { ("chat/live", Who::Visitor) };
    let address = listen(house).await;
    let mut request = format!("ws://127.0.0.1:8080/api/v1/{path}").into_client_request().expect("a request");
    for name in [header::ORIGIN, header::COOKIE] {
        if let Some(value) = house.headers_of(who).get(&name) {
            request.headers_mut().insert(name, value.clone());
        }
    }
    let stream = TcpStream::connect(address).await.expect("a connection");
    timeout(PATIENCE, client_async(request, stream)).await.expect("in time").expect("a socket").0
}

/// The next frame as JSON; `None` once the other end has closed.
async fn hear(socket: &mut Socket) -> Option<Value> {
    loop {
        match timeout(PATIENCE, socket.next()).await.expect("it answers or ends")? {
            Ok(Message::Text(text)) => return Some(serde_json::from_str(&text).expect("frames are JSON")),
            Ok(Message::Ping(_) | Message::Pong(_)) => (),
            _ => return None,
        }
    }
}

/// A line that says which socket, then a frame a line; what begins with `!` is sent as bytes.
pub fn frames(data: &[u8]) {
    visit(async |house| {
        let text = house.filled(&String::from_utf8_lossy(data));
        let mut lines = text.split('\n');
        let console = lines.next() == Some("console");
        let mut socket = open(house, console).await;
        for line in lines.take(20) {
            let frame = match line.strip_prefix('!') {
                Some(bytes) => Message::binary(bytes.as_bytes().to_vec()),
                None => Message::text(line),
            };
            // the other end may have gone
            let _ = socket.send(frame).await;
        }
        let _ = socket.send(Message::text(r#"{"type":"ping"}"#)).await;
        while let Some(frame) = hear(&mut socket).await {
            assert!(frame["type"].is_string(), "{frame}");
            if frame["type"] == "pong" {
                break;
            }
        }
        let _ = socket.close(None).await;
    });
}
