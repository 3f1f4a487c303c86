//! Who is there: whichever node their windows are open at, and when it dies without a goodbye.

use serde_json::{Value, json};
use tokio::time::timeout;

use super::{
    AT_ONCE, Doorbell, IN_TIME, Town,
    crossing::{chat, console},
    until, with_both_doorbells,
};
use crate::{
    actor::{Agent, Talk},
    sockets::{Server, Socket},
};

with_both_doorbells! {
    who_looks_at_a_conversation_is_seen_at_another_node
    a_customer_is_online_wherever_their_chat_is_open
    who_was_at_a_node_that_died_is_there_no_more
    who_is_at_a_node_that_goes_is_gone_at_once
    a_node_that_comes_late_knows_who_is_there
}

/// The next frame of this kind that is about what one waits for.
async fn hears_that(socket: &mut Socket, kind: &str, is_it: impl Fn(&Value) -> bool) -> Value {
    loop {
        let frame = socket.hears_of(kind).await;
        if is_it(&frame) {
            return frame;
        }
    }
}

async fn id(who: &Agent) -> Value {
    who.get("/session").await.ok()["member"]["id"].clone()
}

fn looks(who: &Value, name: &str, typing: bool) -> Value {
    json!({ "id": who, "name": name, "typing": typing })
}

async fn who_looks_at_a_conversation_is_seen_at_another_node<D: Doorbell>(town: Town<D>) {
    let (ines, ada) = (town.world.agent("Ines"), town.world.agent("Ada"));
    let talk = town.world.shopper("Mara").begins("Is it waterproof?").await;
    let mut at_one = console(&Server::with(&town.nodes[1].router).await, &ines).await;
    let mut at_two = console(&Server::with(&town.nodes[2].router).await, &ada).await;
    let (one, two) = (id(&ines).await, id(&ada).await);
    let both = |frame: &Value| frame["online"].as_array().is_some_and(|online| online.contains(&one) && online.contains(&two));
    timeout(AT_ONCE, hears_that(&mut at_one, "members", both)).await.expect("each knows that the other is there");

    at_one.says(json!({ "type": "viewing", "conversation": talk.id })).await;
    let seen = timeout(AT_ONCE, at_two.hears_of("presence")).await.unwrap();
    assert_eq!(seen, json!({ "type": "presence", "conversation": talk.id, "members": [looks(&one, "Ines", false)] }));
    at_two.says(json!({ "type": "typing", "conversation": talk.id })).await;
    let writes = looks(&two, "Ada", true);
    let both = |frame: &Value| frame["members"].as_array().is_some_and(|members| members.len() == 2 && members.contains(&writes));
    timeout(AT_ONCE, hears_that(&mut at_one, "presence", both)).await.expect("and that she writes");

    drop(at_two);
    let alone = |frame: &Value| frame["members"] == json!([looks(&one, "Ines", false)]);
    timeout(AT_ONCE, hears_that(&mut at_one, "presence", alone)).await.expect("and that she has gone");
    timeout(AT_ONCE, hears_that(&mut at_one, "members", |frame| frame["online"] == json!([one]))).await.unwrap();
}

async fn is_online(who: &Agent, talk: &Talk) -> bool {
    let customer = who.sees(talk).await["customer"]["id"].as_str().unwrap().to_owned();
    who.get(&format!("/customers/{customer}")).await.ok()["online"] == true
}

async fn a_customer_is_online_wherever_their_chat_is_open<D: Doorbell>(town: Town<D>) {
    let (ines, mara) = (town.world.agent("Ines"), town.world.shopper("Mara"));
    let talk = mara.begins("Is it waterproof?").await;
    assert!(!is_online(&ines, &talk).await);
    let mut screen = console(&Server::with(&town.nodes[0].router).await, &ines).await;
    let servers = [Server::with(&town.nodes[1].router).await, Server::with(&town.nodes[2].router).await];
    let windows = [chat(&servers[0], &mara, &talk).await, chat(&servers[1], &mara, &talk).await];
    for _ in &windows {
        let heard = timeout(AT_ONCE, screen.hears_of("customer_online")).await.unwrap();
        assert_eq!(heard["online"], true);
    }
    assert!(is_online(&ines, &talk).await, "at a node where no window of theirs is open");
    let [one, two] = windows;
    drop(one);
    assert_eq!(timeout(AT_ONCE, screen.hears_of("customer_online")).await.unwrap()["online"], true, "another is open elsewhere");
    drop(two);
    assert_eq!(timeout(AT_ONCE, screen.hears_of("customer_online")).await.unwrap()["online"], false);
    assert!(!is_online(&ines, &talk).await);
}

async fn who_was_at_a_node_that_died_is_there_no_more<D: Doorbell>(mut town: Town<D>) {
    let (ines, ada, mara) = (town.world.agent("Ines"), town.world.agent("Ada"), town.world.shopper("Mara"));
    let talk = mara.begins("Is it waterproof?").await;
    let mut screen = console(&Server::with(&town.nodes[0].router).await, &ines).await;
    let dying = Server::with(&town.nodes[2].router).await;
    let (_hers, _window) = (console(&dying, &ada).await, chat(&dying, &mara, &talk).await);
    until(AT_ONCE, "Mara is online", async || is_online(&ines, &talk).await).await;
    town.nodes[2].dies();
    let (one, gone) = (id(&ines).await, |frame: &Value| frame["online"] == false);
    let expire = async {
        hears_that(&mut screen, "members", |frame| frame["online"] == json!([one])).await;
        hears_that(&mut screen, "customer_online", gone).await;
    };
    timeout(IN_TIME + AT_ONCE, expire).await.expect("both are forgotten");
    assert!(!is_online(&ines, &talk).await);
}

async fn who_is_at_a_node_that_goes_is_gone_at_once<D: Doorbell>(town: Town<D>) {
    let (ines, mara) = (town.world.agent("Ines"), town.world.shopper("Mara"));
    let talk = mara.begins("Is it waterproof?").await;
    let _window = chat(&Server::with(&town.nodes[2].router).await, &mara, &talk).await;
    until(AT_ONCE, "Mara is online", async || is_online(&ines, &talk).await).await;
    town.nodes[2].goes().await;
    until(AT_ONCE, "Mara is offline", async || !is_online(&ines, &talk).await).await;
}

async fn a_node_that_comes_late_knows_who_is_there<D: Doorbell>(town: Town<D>) {
    let (ines, mara) = (town.world.agent("Ines"), town.world.shopper("Mara"));
    let talk = mara.begins("Is it waterproof?").await;
    let server = Server::with(&town.nodes[2].router).await;
    let mut windows = Vec::new();
    // more than are told of at once
    for _ in 0..25 {
        windows.push(chat(&server, &mara, &talk).await);
    }
    let late = town.another(9).await;
    let shop = town.world.id();
    let customer = ines.sees(&talk).await["customer"]["id"].as_str().unwrap().parse().unwrap();
    until(AT_ONCE, "the late one knows", async || late.app.windows().is_online(shop, customer)).await;
    drop(windows);
    until(AT_ONCE, "and hears that all have gone", async || !late.app.windows().is_online(shop, customer)).await;
}
