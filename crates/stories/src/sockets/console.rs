//! The console's socket.

use ::platform::{
    Tx,
    event::{self, Actor, Recorded},
};
use axum::http::{HeaderMap, HeaderValue, header};
use kernel::seconds;
use serde_json::{Value, json};
use story_macro::story;
use team::events::ShopChanged;

use super::{Server, Socket, bearer, wrong_firsts};
use crate::{
    actor::{Actor as Caller, items},
    world::World,
};

/// Opens a console's socket and says the first words.
async fn enters(server: &Server, headers: &HeaderMap, first: Value) -> Socket {
    let mut socket = server.open("/live", headers).await;
    socket.says(first).await;
    socket
}

async fn with_cookie(server: &Server, who: &Caller, after: Value) -> Socket {
    enters(server, &who.headers().await, json!({ "token": null, "after": after })).await
}

async fn with_token(server: &Server, token: &str, after: Value) -> Socket {
    enters(server, &HeaderMap::new(), json!({ "token": token, "after": after })).await
}

/// The shop's events after a number, as stored.
async fn stored(world: &World, after: i64) -> Vec<Recorded> {
    let shop = world.id();
    world.app.read(async move |tx: &mut Tx<'_>| event::after(tx, shop, after, 10_000).await).await.unwrap()
}

fn numbers(frames: &[Value]) -> Vec<i64> {
    frames.iter().filter(|frame| frame["type"] == "event").map(|frame| frame["seq"].as_i64().unwrap()).collect()
}

#[story]
async fn who_begins_wrongly_is_hung_up_on(world: World) {
    let (server, owner) = (Server::of(&world).await, world.owner());
    for (what, first) in wrong_firsts() {
        let mut socket = server.open("/live", &owner.headers().await).await;
        socket.sends(first).await;
        assert_eq!(socket.hears_the_end().await, Vec::<Value>::new(), "{what}");
    }
    let mut polite = with_cookie(&server, &owner, Value::Null).await;
    polite.hears_of("hello").await;
    polite.says(json!({ "type": "ping" })).await;
    polite.hears_of("pong").await;
    polite.says(json!({ "type": "shout" })).await;
    polite.hears_the_end().await;
}

#[story]
async fn only_our_page_uses_the_cookie_and_only_a_good_token_counts(world: World) {
    let (server, owner) = (Server::of(&world).await, world.owner());
    let signed_out = [json!({ "type": "signed_out" })];
    let mut foreign = owner.headers().await;
    for origin in ["https://evil.example", "null", "https://fjell.example"] {
        foreign.insert(header::ORIGIN, HeaderValue::from_static(origin));
        let mut socket = enters(&server, &foreign, json!({ "token": null, "after": null })).await;
        assert_eq!(socket.hears_the_end().await, signed_out, "{origin}");
    }
    foreign.remove(header::ORIGIN);
    assert_eq!(enters(&server, &foreign, json!({ "token": null })).await.hears_the_end().await, signed_out, "no page at all");

    let visitor = bearer(&world.shopper("Mara").headers().await);
    let narrow = bearer(&world.program_with(&["tags.manage"]).headers().await);
    for token in ["", "oat_x", "oss_x", visitor.as_str(), narrow.as_str()] {
        assert_eq!(with_token(&server, token, Value::Null).await.hears_the_end().await, signed_out, "{token}");
    }
    let token = bearer(&world.program().headers().await);
    with_token(&server, &token, Value::Null).await.hears_of("hello").await;
}

#[story]
async fn who_comes_back_hears_exactly_what_was_missed(world: World) {
    let (server, ines, mara) = (Server::of(&world).await, world.agent("Ines"), world.shopper("Mara"));
    let talk = mara.begins("Where is my parcel?").await;
    world.settle().await;
    let seen = with_cookie(&server, &ines, Value::Null).await.hears_of("hello").await["seq"].as_i64().unwrap();

    mara.writes_in(&talk, "Are you there?").await;
    ines.replies(&talk, "Yes.").await;
    world.settle().await;
    let missed: Vec<i64> = stored(&world, seen).await.iter().filter_map(|event| event.seq).collect();
    assert!(missed.len() > 3);

    let mut socket = with_cookie(&server, &ines, json!(seen)).await;
    assert_eq!(socket.hears_of("hello").await["seq"], *missed.last().unwrap());
    assert_eq!(numbers(&socket.hears_all().await), missed);
    mara.writes_in(&talk, "Thanks.").await;
    world.settle().await;
    let last = *missed.last().unwrap();
    let news: Vec<i64> = stored(&world, last).await.iter().filter_map(|event| event.seq).collect();
    assert_eq!(numbers(&socket.hears_all().await), news, "and then what is new, once");
}

#[story]
async fn who_is_far_behind_or_ahead_begins_anew(world: World) {
    let (server, owner) = (Server::of(&world).await, world.owner());
    owner.get("/session").await.ok();
    world.settle().await;
    let before = stored(&world, 0).await.last().unwrap().seq.unwrap();
    let shop = world.id();
    for many in [500, 1] {
        let told = world.app.write(async move |tx: &mut Tx<'_>| {
            for _ in 0..many {
                tx.announce(&Actor::system(shop), ShopChanged { shop, fields: Vec::new() }).await?;
            }
            Ok(())
        });
        told.await.unwrap();
        world.settle().await;
        let newest = stored(&world, before).await.last().unwrap().seq.unwrap();
        let first = with_cookie(&server, &owner, json!(before)).await.hears().await.unwrap();
        let expected = if many == 500 { "hello" } else { "resync" };
        assert_eq!(first, json!({ "type": expected, "seq": newest }), "{many}");
    }
    let ahead = with_cookie(&server, &owner, json!(i64::MAX)).await.hears().await.unwrap();
    assert_eq!(ahead["type"], "resync");
}

#[story]
async fn events_carry_ids_and_nothing_people_wrote(world: World) {
    let (server, ines, mara) = (Server::of(&world).await, world.agent("Ines"), world.shopper("Mara"));
    let mut socket = with_cookie(&server, &ines, Value::Null).await;
    socket.hears_of("hello").await;
    let talk = mara.begins("My secret is 4711").await;
    ines.notes(&talk, "Her secret is 4711").await;
    ines.replies(&talk, "Keep 4711 to yourself").await;
    world.settle().await;
    let frames = socket.hears_all().await;
    assert!(numbers(&frames).len() > 5, "{frames:?}");
    for frame in frames.iter().filter(|frame| frame["type"] == "event") {
        assert!(!frame.to_string().contains("4711") && !frame.to_string().contains("Mara"), "{frame}");
        for id in frame["ids"].as_object().unwrap().values() {
            let (prefix, body) = id.as_str().unwrap().split_once('_').unwrap();
            assert!(kernel::PREFIXES.contains(&prefix) && body.len() == 26, "{frame}");
        }
    }
}

#[story]
async fn another_shop_is_not_heard_of(world: World) {
    let (server, elsewhere) = (Server::of(&world).await, world.other_shop().owner());
    elsewhere.get("/session").await.ok();
    world.settle().await;
    let mut socket = with_cookie(&server, &elsewhere, Value::Null).await;
    socket.hears_of("hello").await;
    socket.hears_all().await;
    let talk = world.shopper("Mara").begins("Hello").await;
    world.agent("Ines").replies(&talk, "Hello").await;
    world.settle().await;
    assert_eq!(socket.hears_all().await, Vec::<Value>::new());
    socket.says(json!({ "type": "typing", "conversation": talk.id })).await;
    assert_eq!(socket.hears_the_end().await, Vec::<Value>::new(), "nor may they type there");
}

/// Ends with a word, and closes.
async fn is_signed_out(socket: &mut Socket) {
    assert_eq!(socket.hears_the_end().await.last(), Some(&json!({ "type": "signed_out" })));
}

#[story]
async fn whoever_is_signed_out_is_hung_up_on(world: World) {
    let (server, owner, ines) = (Server::of(&world).await, world.owner(), world.agent("Ines"));
    let me = ines.get("/session").await.ok()["member"]["id"].as_str().unwrap().to_owned();
    let mut of_ines = with_cookie(&server, &ines, Value::Null).await;
    of_ines.hears_of("hello").await;
    let mut of_owner = with_cookie(&server, &owner, Value::Null).await;
    of_owner.hears_of("hello").await;

    owner.patch(&format!("/members/{me}"), json!({ "active": false })).await.ok();
    world.settle().await;
    is_signed_out(&mut of_ines).await;
    of_owner.says(json!({ "type": "ping" })).await;
    of_owner.hears_of("pong").await;

    world.clock.advance(seconds(1));
    world.owner().delete("/sessions").await.ok();
    world.settle().await;
    is_signed_out(&mut of_owner).await;
}

#[story]
async fn a_revoked_token_and_a_closed_shop_hang_up_too(world: World) {
    let (server, program, owner) = (Server::of(&world).await, world.program(), world.owner());
    let token = bearer(&program.headers().await);
    let mut socket = with_token(&server, &token, Value::Null).await;
    socket.hears_of("hello").await;
    let id = items(owner.get("/tokens").await.ok())[0]["id"].as_str().unwrap().to_owned();
    owner.delete(&format!("/tokens/{id}")).await.ok();
    world.settle().await;
    is_signed_out(&mut socket).await;

    let mut screen = with_cookie(&server, &owner, Value::Null).await;
    screen.hears_of("hello").await;
    owner.delete("/shop?name=Fjell%20%26%20Fjord").await.ok();
    world.settle().await;
    screen.hears_the_end().await;
}

#[story]
async fn whoever_is_blocked_is_not_seen_typing(world: World) {
    let (server, ines, mara) = (Server::of(&world).await, world.agent("Ines"), world.shopper("Mara"));
    let talk = mara.begins("Hello").await;
    let block = format!("/customers/{}/block", ines.sees(&talk).await["customer"]["id"].as_str().unwrap());
    let mut screen = with_cookie(&server, &ines, Value::Null).await;
    screen.hears_of("hello").await;
    let hers = mara.headers().await;
    let mut window = server.open("/chat/live", &hers).await;
    window.says(json!({ "token": bearer(&hers), "conversation": talk.id, "after": null })).await;
    window.hears_of("hello").await;
    for (blocked, seen) in [(false, 1), (true, 0), (false, 1)] {
        if blocked {
            ines.put(&block, json!({})).await.ok()
        } else {
            ines.delete(&block).await.ok()
        };
        world.clock.advance(seconds(10));
        window.says(json!({ "type": "typing", "conversation": talk.id })).await;
        // what was said before is done with
        window.says(json!({ "type": "ping" })).await;
        window.hears_of("pong").await;
        let heard = screen.hears_all().await;
        assert_eq!(heard.iter().filter(|frame| frame["type"] == "customer_typing").count(), seen, "blocked: {blocked}: {heard:?}");
    }
}

#[story]
async fn whoever_watches_a_customer_hears_that_they_browse_and_nobody_else_does(world: World) {
    let (server, owner, there) = (Server::of(&world).await, world.owner(), world.other_shop().owner());
    let (mara, nia) = (world.shopper("Mara"), world.shopper("Nia"));
    let whose = async |shopper: &crate::actor::Shopper| {
        let talk = shopper.begins("Hello").await;
        owner.sees(&talk).await["customer"]["id"].as_str().unwrap().to_owned()
    };
    let (hers, others) = (whose(&mara).await, whose(&nia).await);
    let browses = async |shopper: &crate::actor::Shopper| {
        shopper.post("/chat/browsing", json!({ "consent": true, "source": null, "sightings": [] })).await.ok()
    };
    let watches_in = async |mut socket: Socket, customer: &str| {
        socket.hears_of("hello").await;
        socket.says(json!({ "type": "watching", "customer": customer })).await;
        socket.says(json!({ "type": "ping" })).await;
        socket.hears_of("pong").await;
        socket
    };
    let watches = async |who: &Caller, customer: &str| watches_in(with_cookie(&server, who, Value::Null).await, customer).await;
    let (mut watching, mut of_another, mut elsewhere) =
        (watches(&owner, &hers).await, watches(&owner, &others).await, watches(&there, &hers).await);
    // a program that may read conversations, and not what customers do in the shop
    let scope = json!({ "name": "Reader", "scopes": ["conversations.read"] });
    let reader = owner.post("/tokens", scope).await.ok()["token"].as_str().unwrap().to_owned();
    let mut may_not = watches_in(with_token(&server, &reader, Value::Null).await, &hers).await;
    browses(&mara).await;
    browses(&nia).await;
    assert_eq!(watching.hears_of("customer_browsing").await["customer"], json!(hers));
    assert_eq!(of_another.hears_of("customer_browsing").await["customer"], json!(others));
    watching.says(json!({ "type": "watching", "customer": null })).await;
    for socket in [&mut watching, &mut elsewhere, &mut may_not] {
        socket.says(json!({ "type": "ping" })).await;
        while let Some(frame) = socket.hears().await {
            assert_ne!(frame["type"], "customer_browsing");
            if frame["type"] == "pong" {
                break;
            }
        }
    }
}
