//! What one node does, the others know of at once.

use axum::http::Method;
use serde_json::{Value, json};
use tokio::time::timeout;

use super::{AT_ONCE, Doorbell, Town, with_both_doorbells};
use crate::{
    actor::{Agent, Shopper, Talk},
    sockets::{Server, Socket, bearer},
};

pub async fn console(server: &Server, who: &Agent) -> Socket {
    let mut socket = server.open("/live", &who.headers().await).await;
    socket.says(json!({ "token": null, "after": null })).await;
    socket.hears_of("hello").await;
    socket
}

pub async fn chat(server: &Server, who: &Shopper, talk: &Talk) -> Socket {
    let headers = who.headers().await;
    let mut socket = server.open("/chat/live", &headers).await;
    socket.says(json!({ "token": bearer(&headers), "conversation": talk.id, "after": null })).await;
    socket.hears_of("hello").await;
    socket
}

/// Hears of an event before a node would have looked by itself.
pub async fn soon(socket: &mut Socket, event: &str) -> Value {
    let heard = async {
        loop {
            let frame = socket.hears_of("event").await;
            if frame["event"] == event {
                return frame;
            }
        }
    };
    timeout(AT_ONCE, heard).await.unwrap_or_else(|_| panic!("{event} is not heard of at once"))
}

with_both_doorbells! {
    a_message_accepted_by_one_node_is_seen_at_another_at_once
    typing_is_seen_at_another_node
    who_is_signed_out_at_one_node_is_out_at_all
    a_closed_shop_goes_dark_at_every_node
}

async fn a_message_accepted_by_one_node_is_seen_at_another_at_once<D: Doorbell>(town: Town<D>) {
    let (ines, mara) = (town.world.agent("Ines"), town.world.shopper("Mara"));
    let talk = mara.begins("Is it waterproof?").await;
    let mut screen = console(&Server::with(&town.nodes[1].router).await, &ines).await;
    // one might be heard because a node happens to look; after that it has just looked
    for text in ["Hello?", "Anybody?", "Please"] {
        let message = mara.writes_in(&talk, text).await;
        let frame = soon(&mut screen, "message_received").await;
        assert_eq!(frame["ids"]["message"], message["id"], "{message}");
    }

    // and back, through a third
    let mut window = chat(&Server::with(&town.nodes[2].router).await, &mara, &talk).await;
    ines.replies(&talk, "Yes.").await;
    town.world.settle().await;
    let answered = |frame: &Value| frame["items"].as_array().is_some_and(|items| items.iter().any(|item| item["text"] == "Yes."));
    let seen = async { while !answered(&window.hears_of("messages").await) {} };
    timeout(AT_ONCE, seen).await.expect("the answer is seen at once");
}

async fn typing_is_seen_at_another_node<D: Doorbell>(town: Town<D>) {
    let (ines, mara) = (town.world.agent("Ines Berg"), town.world.shopper("Mara"));
    let talk = mara.begins("Is it waterproof?").await;
    let mut screen = console(&Server::with(&town.nodes[1].router).await, &ines).await;
    let mut window = chat(&Server::with(&town.nodes[2].router).await, &mara, &talk).await;
    screen.says(json!({ "type": "typing", "conversation": talk.id })).await;
    let heard = timeout(AT_ONCE, window.hears_of("typing")).await.unwrap();
    assert_eq!(heard, json!({ "type": "typing", "conversation": talk.id, "name": "Ines" }));
    window.says(json!({ "type": "typing", "conversation": null })).await;
    let heard = timeout(AT_ONCE, screen.hears_of("customer_typing")).await.unwrap();
    assert_eq!((&heard["conversation"], &heard["online"]), (&json!(talk.id), &json!(true)));
}

async fn who_is_signed_out_at_one_node_is_out_at_all<D: Doorbell>(town: Town<D>) {
    let (ines, ada) = (town.world.agent("Ines"), town.world.agent("Ada"));
    let server = Server::with(&town.nodes[1].router).await;
    let (mut hers, mut another) = (console(&server, &ines).await, console(&server, &ada).await);
    let headers = ines.headers().await;
    ines.delete("/session").await.ok();
    timeout(AT_ONCE, hers.hears_of("signed_out")).await.expect("the socket at the other node closes at once");
    let refused = crate::actor::send(&town.nodes[2].router, Method::GET, "/session", &headers, axum::body::Body::empty()).await;
    assert_eq!(refused.status, 401);
    another.says(json!({ "type": "ping" })).await;
    another.hears_of("pong").await;
}

async fn a_closed_shop_goes_dark_at_every_node<D: Doorbell>(town: Town<D>) {
    let (owner, mara) = (town.world.owner(), town.world.shopper("Mara"));
    let talk = mara.begins("Is it waterproof?").await;
    town.world.other_shop().owner().get("/session").await.ok();
    let mut screen = console(&Server::with(&town.nodes[1].router).await, &owner).await;
    let mut window = chat(&Server::with(&town.nodes[2].router).await, &mara, &talk).await;
    owner.delete("/shop?name=Fjell%20%26%20Fjord").await.ok();
    timeout(AT_ONCE, async { tokio::join!(screen.hears_the_end(), window.hears_the_end()) }).await.expect("both are closed at once");
}
