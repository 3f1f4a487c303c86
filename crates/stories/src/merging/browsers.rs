//! What a browser may see: what came as its own customer, whomever a member merges them with.

use axum::http::Method;
use serde_json::{Value, json};
use story_macro::story;

use super::{merges, undoes, whose, writes};
use crate::{
    actor::{Actor, Agent, Shopper, Talk, items, send},
    customers::{arrives, signed},
    sockets::{Server, Socket, bearer},
    world::{SHOP_ORIGIN, World},
};

async fn opens(server: &Server, who: &Actor, talk: &Talk) -> Socket {
    let headers = who.headers().await;
    let mut socket = server.open("/chat/live", &headers).await;
    socket.says(json!({ "token": bearer(&headers), "conversation": talk.id, "after": 0 })).await;
    assert_eq!(socket.hears().await, Some(json!({ "type": "hello" })));
    socket.hears_all().await;
    socket
}

/// A console that hears what happens from here on.
async fn console(server: &Server, who: &Agent) -> Socket {
    let mut socket = server.open("/live", &who.headers().await).await;
    socket.says(json!({ "token": null, "after": null })).await;
    socket.hears_all().await;
    socket
}

fn said(frames: &[Value]) -> String {
    frames.iter().filter(|frame| frame["type"] != "shop").map(Value::to_string).collect()
}

#[story]
async fn a_merge_opens_nobodys_history_to_the_others_browser(world: World) {
    let ines = world.agent("Ines");
    let ((mara, hers, a), (lind, theirs, b)) = (writes(&world, "Mara").await, writes(&world, "Lind").await);
    let own = async |who: &Shopper| -> Vec<Value> { who.conversations().await.iter().map(|row| row["id"].clone()).collect() };
    merges(&ines, &a, &b).await.ok();

    for moved in ["just merged", "and everything has followed"] {
        for (who, mine, others) in [(&mara, &hers, &theirs), (&lind, &theirs, &hers)] {
            assert_eq!(own(who).await, [json!(mine.id)], "{moved}");
            let path = |what: &str| format!("/chat/conversations/{}/{what}", others.id);
            let text = json!({ "client_id": world.fresh_key(), "text": "Let me see", "files": [] });
            for answer in [
                who.get(&path("messages")).await,
                who.get(&path("transcript")).await,
                who.post(&path("messages"), text).await,
                who.put(&path("read"), json!({ "seq": 1 })).await,
                who.put(&path("received"), json!({ "seq": 1 })).await,
            ] {
                assert_eq!(answer.problem(), "not_found", "{moved}");
            }
            who.writes_in(mine, "Hello?").await;
        }
        world.settle().await;
    }
    // what somebody else has uploaded cannot be sent by naming it
    let file = lind.uploads("/chat/files?name=note.txt", b"a note").await.ok()["id"].clone();
    let body = json!({ "client_id": world.fresh_key(), "text": "Look", "files": [file] });
    assert_eq!(mara.post(&format!("/chat/conversations/{}/messages", hers.id), body.clone()).await.problem(), "invalid");
    lind.post(&format!("/chat/conversations/{}/messages", theirs.id), body).await.ok();
}

#[story]
async fn whom_the_shop_has_signed_in_sees_what_came_as_their_account_and_nothing_more(world: World) {
    let (ines, owner) = (world.agent("Ines"), world.owner());
    let secret = owner.post("/widget/keys", json!({})).await.ok()["secret"].as_str().unwrap().to_owned();
    let claims = |nonce: &str| json!({ "sub": "4711", "nonce": nonce, "email": "mara@example.org", "email_verified": true });
    let account = arrives(&world, &signed(&world, &secret, claims("one")).await).await.ok();
    let (id, token) = (account["customer"]["id"].as_str().unwrap().to_owned(), account["token"].as_str().unwrap().to_owned());
    let (_, _, guest) = writes(&world, "Mara Lind").await;
    for (into, from) in [(&id, &guest), (&guest, &id)] {
        merges(&ines, into, from).await.ok();
        world.settle().await;
        let again = arrives(&world, &signed(&world, &secret, claims(into)).await).await.ok();
        assert_eq!(again["customer"], json!({ "id": id, "name": null }), "nor what the other is called");
        for token in [&token, &again["token"].as_str().unwrap().to_owned()] {
            let headers = [("authorization", format!("Bearer {token}")), ("origin", SHOP_ORIGIN.to_owned())];
            let headers = headers.into_iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
            let answer = send(world.router(), Method::GET, "/chat/conversations", &headers, axum::body::Body::empty()).await;
            assert!(items(answer.ok()).is_empty());
        }
        undoes(&ines, into, from).await.ok();
    }
}

#[story]
async fn each_open_window_hears_its_own_conversation_before_and_after(world: World) {
    let (server, ines) = (Server::of(&world).await, world.agent("Ines"));
    let ((mara, hers, a), (lind, theirs, b)) = (writes(&world, "Mara").await, writes(&world, "Lind").await);
    world.settle().await;
    let (mut of_mara, mut of_lind) = (opens(&server, &mara, &hers).await, opens(&server, &lind, &theirs).await);

    merges(&ines, &a, &b).await.ok();
    for answer in ["first", "second"] {
        ines.replies(&theirs, &format!("{answer} to Lind")).await;
        let typing = json!({ "type": "typing", "conversation": theirs.id });
        console(&server, &ines).await.says(typing).await;
        world.settle().await;
        assert_eq!(said(&of_mara.hears_all().await), "", "not even that somebody writes");
        let heard = said(&of_lind.hears_all().await);
        assert!(heard.contains(&format!("{answer} to Lind")) && heard.contains("typing"), "{heard}");
        ines.replies(&hers, &format!("{answer} to Mara")).await;
        world.settle().await;
        assert!(said(&of_mara.hears_all().await).contains(&format!("{answer} to Mara")));
        assert_eq!(said(&of_lind.hears_all().await), "");
    }
    undoes(&ines, &a, &b).await.ok();
    ines.replies(&theirs, "Good night").await;
    world.settle().await;
    assert!(said(&of_lind.hears_all().await).contains("Good night"));
    assert_eq!(said(&of_mara.hears_all().await), "");
}

#[story]
async fn agents_see_at_once_who_is_there_since_the_merge(world: World) {
    let (server, ines) = (Server::of(&world).await, world.agent("Ines"));
    let ((_, _, a), (lind, theirs, b)) = (writes(&world, "Mara").await, writes(&world, "Lind").await);
    world.settle().await;
    let mut window = opens(&server, &lind, &theirs).await;
    let online = async |id: &str| ines.get(&format!("/customers/{id}")).await.ok()["online"].clone();
    assert_eq!((online(&a).await, online(&b).await), (json!(false), json!(true)));

    let mut screen = console(&server, &ines).await;
    merges(&ines, &a, &b).await.ok();
    world.settle().await;
    window.hears_all().await;
    assert_eq!(online(&a).await, true);
    let heard = screen.hears_all().await;
    assert!(heard.iter().any(|frame| frame["type"] == "customer_online" && frame["customer"] == json!(a) && frame["online"] == true));
    window.says(json!({ "type": "typing", "conversation": theirs.id })).await;
    let typing = screen.hears_of("customer_typing").await;
    assert_eq!((&typing["customer"], &typing["conversation"]), (&json!(a), &json!(theirs.id)));

    undoes(&ines, &a, &b).await.ok();
    world.settle().await;
    window.hears_all().await;
    assert_eq!((online(&a).await, online(&b).await), (json!(false), json!(true)));
}

#[story]
async fn nobody_agrees_because_another_did(world: World) {
    let (ines, owner) = (world.agent("Ines"), world.owner());
    let mut settings = owner.get("/widget").await.ok()["settings"].clone();
    settings["needs_consent"] = json!(true);
    settings["origins"] = json!([SHOP_ORIGIN]);
    owner.put("/widget", settings).await.ok();
    let begins = async |who: &Shopper, consent: bool| {
        let body = json!({ "client_id": world.fresh_key(), "text": "Hello", "name": "Mara", "consent": consent });
        who.post("/chat/conversations", body).await
    };
    let (asked, other) = (world.shopper("Mara"), world.shopper("Mara"));
    let mut customers = Vec::new();
    for who in [&asked, &other] {
        let begun = begins(who, true).await.ok()["conversation"].clone();
        let talk = Talk { id: begun["id"].as_str().unwrap().to_owned(), number: begun["number"].as_i64().unwrap() };
        customers.push(whose(&ines, &talk).await);
    }
    asked.put("/chat/visitor", json!({ "consent": false })).await.ok();
    merges(&ines, &customers[0], &customers[1]).await.ok();
    assert_eq!(begins(&asked, false).await.problem(), "invalid");
    begins(&other, false).await.ok();
}
