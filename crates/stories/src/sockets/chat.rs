//! The chat window's socket.

use axum::http::{HeaderMap, HeaderValue, header};
use kernel::{hours, seconds};
use serde_json::{Value, json};
use story_macro::story;

use super::{Server, Socket, bearer, wrong_firsts};
use crate::{
    actor::{Agent, Shopper, Talk},
    world::World,
};

async fn opens(server: &Server, who: &Shopper, talk: &Talk, after: Value) -> Socket {
    let headers = who.headers().await;
    let mut socket = server.open("/chat/live", &headers).await;
    socket.says(json!({ "token": bearer(&headers), "conversation": talk.id, "after": after })).await;
    assert_eq!(socket.hears().await, Some(json!({ "type": "hello" })));
    socket
}

/// What was said, among all that was heard.
fn texts(frames: &[Value]) -> Vec<String> {
    let items = frames.iter().filter(|frame| frame["type"] == "messages").flat_map(|frame| frame["items"].as_array().unwrap());
    items.filter(|item| item["event"].is_null()).map(|item| item["text"].as_str().unwrap().to_owned()).collect()
}

async fn holds(who: &Agent, talk: &Talk, text: &str) {
    let seen = who.sees(talk).await["last_seq"].clone();
    let body = json!({ "client_id": who.shop.fresh_key(), "kind": "reply", "html": format!("<p>{text}</p>"), "seen_seq": seen, "hold_seconds": 10 });
    who.post(&format!("/conversations/{}/messages", talk.id), body).await.ok();
}

async fn last_seq(who: &Shopper, talk: &Talk) -> Value {
    who.reads(talk).await.last().unwrap()["seq"].clone()
}

#[story]
async fn a_window_that_begins_wrongly_is_hung_up_on(world: World) {
    let (server, mara) = (Server::of(&world).await, world.shopper("Mara"));
    let headers = mara.headers().await;
    for (what, first) in wrong_firsts() {
        let mut socket = server.open("/chat/live", &headers).await;
        socket.sends(first).await;
        assert_eq!(socket.hears_the_end().await, Vec::<Value>::new(), "{what}");
    }
    let program = bearer(&world.program().headers().await);
    for token in ["", "vis_x", program.as_str()] {
        let mut socket = server.open("/chat/live", &headers).await;
        socket.says(json!({ "token": token, "conversation": null, "after": null })).await;
        assert_eq!(socket.hears_the_end().await, Vec::<Value>::new(), "{token}");
    }
}

#[story]
async fn only_a_listed_page_opens_a_window_on_ones_own_conversations(world: World) {
    let (server, mara, nia) = (Server::of(&world).await, world.shopper("Mara"), world.shopper("Nia"));
    let hers = mara.begins("My secret is 4711").await;
    let token = bearer(&mara.headers().await);
    let evil = HeaderMap::from_iter([(header::ORIGIN, HeaderValue::from_static("https://evil.example"))]);
    let mut socket = server.open("/chat/live", &evil).await;
    socket.says(json!({ "token": token, "conversation": hers.id, "after": 0 })).await;
    assert_eq!(socket.hears_the_end().await, Vec::<Value>::new());

    let mut curious = opens(&server, &nia, &hers, json!(0)).await;
    assert_eq!(curious.hears_the_end().await, Vec::<Value>::new(), "somebody else's conversation is not there");
    let mut elsewhere = opens(&server, &world.other_shop().shopper("Ali"), &hers, json!(0)).await;
    assert_eq!(elsewhere.hears_the_end().await, Vec::<Value>::new());
}

#[story]
async fn a_window_that_comes_back_hears_exactly_what_was_missed(world: World) {
    let (server, mara, ines) = (Server::of(&world).await, world.shopper("Mara"), world.agent("Ines"));
    let talk = mara.begins("Is it waterproof?").await;
    world.settle().await;
    let seen = last_seq(&mara, &talk).await;
    ines.replies(&talk, "Yes.").await;
    ines.notes(&talk, "She asks every time.").await;
    ines.replies(&talk, "Even in a storm.").await;
    world.settle().await;

    let mut socket = opens(&server, &mara, &talk, seen).await;
    assert_eq!(texts(&socket.hears_all().await), ["Yes.", "Even in a storm."]);
    ines.replies(&talk, "Anything else?").await;
    world.settle().await;
    assert_eq!(texts(&socket.hears_all().await), ["Anything else?"]);

    mara.delete("/chat/visitor").await.ok();
    let token = bearer(&mara.headers().await);
    let mut gone = server.open("/chat/live", &mara.headers().await).await;
    gone.says(json!({ "token": token, "conversation": talk.id, "after": 0 })).await;
    assert_eq!(gone.hears_the_end().await, Vec::<Value>::new(), "a token that has ended opens nothing");
}

#[story]
async fn a_held_answer_is_never_shown_and_arrives_once(world: World) {
    let (server, mara, ines) = (Server::of(&world).await, world.shopper("Mara"), world.agent("Ines"));
    let talk = mara.begins("Is it waterproof?").await;
    world.settle().await;
    let mut stays = opens(&server, &mara, &talk, last_seq(&mara, &talk).await).await;
    holds(&ines, &talk, "Yes.").await;
    world.settle().await;
    assert_eq!(texts(&stays.hears_all().await), Vec::<String>::new());

    // another window comes in the middle of it, and something is said meanwhile
    let mut comes = opens(&server, &mara, &talk, last_seq(&mara, &talk).await).await;
    mara.writes_in(&talk, "Even in a storm?").await;
    world.settle().await;
    assert_eq!(texts(&comes.hears_all().await), ["Even in a storm?"]);
    drop(comes);
    let mut comes_back = opens(&server, &mara, &talk, last_seq(&mara, &talk).await).await;
    assert_eq!(texts(&comes_back.hears_all().await), Vec::<String>::new());

    world.after(seconds(10)).await;
    assert_eq!(texts(&stays.hears_all().await), ["Even in a storm?", "Yes."]);
    assert_eq!(texts(&comes_back.hears_all().await), ["Yes."]);
}

#[story]
async fn an_answer_taken_back_is_never_heard_of(world: World) {
    let (server, mara, ines) = (Server::of(&world).await, world.shopper("Mara"), world.agent("Ines"));
    let talk = mara.begins("Is it waterproof?").await;
    world.settle().await;
    let mut socket = opens(&server, &mara, &talk, last_seq(&mara, &talk).await).await;
    holds(&ines, &talk, "No.").await;
    let held = ines.reads(&talk).await.pop().unwrap()["id"].as_str().unwrap().to_owned();
    ines.delete(&format!("/conversations/{}/messages/{held}", talk.id)).await.ok();
    world.after(seconds(30)).await;
    assert!(!socket.hears_all().await.iter().any(|frame| frame.to_string().contains("No.")));
}

/// What a window hears after it has asked whether anybody is there.
async fn asks(socket: &mut Socket) -> Vec<Value> {
    socket.says(json!({ "type": "ping" })).await;
    socket.hears_of("pong").await;
    socket.hears_all().await
}

#[story]
async fn a_window_hears_that_the_shop_has_closed_and_whether_an_answer_can_still_arrive(world: World) {
    let (server, mara) = (Server::of(&world).await, world.shopper("Mara"));
    let talk = mara.begins("Is it waterproof?").await;
    world.settle().await;
    let mut socket = opens(&server, &mara, &talk, last_seq(&mara, &talk).await).await;
    let open = json!({ "type": "shop", "open": true, "opens_at": null, "reachable": false });
    assert_eq!(socket.hears_of("shop").await, open);
    assert_eq!(asks(&mut socket).await, Vec::<Value>::new(), "said once");

    // past five in the afternoon, in Oslo
    world.after(hours(7)).await;
    let closed = json!({ "type": "shop", "open": false, "opens_at": "2026-11-24T08:00:00.000000Z", "reachable": false });
    assert_eq!(asks(&mut socket).await, [closed]);
    mara.put("/chat/visitor", json!({ "email": "mara@example.org" })).await.ok();
    world.settle().await;
    assert_eq!(socket.hears_of("shop").await["reachable"], true);
}

#[story]
async fn the_hours_of_a_conversation_are_those_of_its_department(world: World) {
    let (server, mara, owner) = (Server::of(&world).await, world.shopper("Mara"), world.owner());
    let early = json!({ "name": "Early", "time_zone": "Europe/Oslo", "is_default": false, "holidays": [],
        "week": [{ "day": 1, "from": "07:00", "to": "10:00" }] });
    let schedule = owner.post("/schedules", early).await.ok()["id"].clone();
    let repairs = owner.post("/departments", json!({ "name": "Repairs", "schedule": schedule })).await.ok()["id"].clone();
    let body = json!({ "client_id": "one", "text": "A seam has come apart.", "department": repairs, "name": null, "email": null });
    let id = mara.post("/chat/conversations", body).await.ok()["conversation"]["id"].clone();
    let headers = mara.headers().await;
    let open_in = async |conversation: Value| {
        let mut socket = server.open("/chat/live", &headers).await;
        socket.says(json!({ "token": bearer(&headers), "conversation": conversation, "after": null })).await;
        socket.hears_of("shop").await["open"].clone()
    };
    assert_eq!((open_in(id.clone()).await, open_in(Value::Null).await), (json!(false), json!(true)));
    owner.delete(&format!("/departments/{}", repairs.as_str().unwrap())).await.ok();
    assert_eq!(open_in(id).await, true, "the shop takes over what a deleted department leaves");
}

#[story]
async fn whoever_is_erased_is_hung_up_on_and_nobody_else(world: World) {
    let (server, mara, nia, ines) = (Server::of(&world).await, world.shopper("Mara"), world.shopper("Nia"), world.agent("Ines"));
    let (hers, theirs) = (mara.begins("Hello").await, nia.begins("Hello").await);
    let mut of_mara = opens(&server, &mara, &hers, Value::Null).await;
    let mut of_nia = opens(&server, &nia, &theirs, Value::Null).await;
    let customer = ines.sees(&hers).await["customer"]["id"].as_str().unwrap().to_owned();
    world.owner().put(&format!("/customers/{customer}/erasure"), Value::Null).await.ok();
    world.settle().await;

    of_mara.hears_the_end().await;
    let headers = mara.headers().await;
    let mut again = server.open("/chat/live", &headers).await;
    again.says(json!({ "token": bearer(&headers), "conversation": null, "after": null })).await;
    assert_eq!(again.hears_the_end().await, Vec::<Value>::new());
    of_nia.says(json!({ "type": "ping" })).await;
    of_nia.hears_of("pong").await;
}
