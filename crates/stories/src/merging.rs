//! Two customers who are one person: merged, and separated again.

mod browsers;
mod credits;
mod duplicates;
mod persons;
mod profile;
mod replay;
mod rooms;

use ::platform::{Tx, event};
use axum::http::StatusCode;
use futures::future::join;
use serde_json::{Value, json};
use story_macro::story;

use crate::{
    actor::{Agent, Answer, Shopper, Talk, items},
    commerce::tent,
    world::World,
};

/// Whom a conversation is with.
async fn whose(agent: &Agent, talk: &Talk) -> String {
    agent.sees(talk).await["customer"]["id"].as_str().unwrap().to_owned()
}

async fn merges(agent: &Agent, into: &str, other: &str) -> Answer {
    agent.post(&format!("/customers/{into}/merges"), json!({ "other": other })).await
}

async fn undoes(agent: &Agent, into: &str, other: &str) -> Answer {
    agent.delete(&format!("/customers/{into}/merges/{other}")).await
}

async fn sees(agent: &Agent, customer: &str) -> Value {
    agent.get(&format!("/customers/{customer}")).await.ok()
}

/// The numbers of the conversations a customer has, to agents.
async fn talks_of(agent: &Agent, customer: &str) -> Vec<i64> {
    let rows = items(agent.get(&format!("/customers/{customer}/conversations")).await.ok());
    let mut numbers: Vec<i64> = rows.iter().map(|row| row["number"].as_i64().unwrap()).collect();
    numbers.sort_unstable();
    numbers
}

/// The numbers of their orders.
async fn orders_of(agent: &Agent, customer: &str) -> Vec<String> {
    let rows = items(agent.get(&format!("/orders?customer={customer}")).await.ok());
    let mut numbers: Vec<String> = rows.iter().map(|row| row["number"].as_str().unwrap().to_owned()).collect();
    numbers.sort_unstable();
    numbers
}

/// An order of the account `4711`.
async fn buys(shop: &Agent, number: &str) -> String {
    let order = shop.post("/orders", tent(number, "2026-01-13T10:00:00Z")).await.ok();
    order["customer"].as_str().unwrap().to_owned()
}

/// Somebody with a conversation.
async fn writes(world: &World, name: &str) -> (Shopper, Talk, String) {
    let shopper = world.shopper(name);
    let talk = shopper.begins(&format!("{name} says hello")).await;
    let customer = whose(&world.owner(), &talk).await;
    (shopper, talk, customer)
}

/// What has been announced, in order.
async fn events(world: &World) -> Vec<(String, Value)> {
    world.settle().await;
    let shop = world.id();
    let events = world.app.read(async move |tx: &mut Tx<'_>| event::after(tx, shop, 0, 1_000).await).await.unwrap();
    events.into_iter().map(|event| (event.kind, event.data)).collect()
}

#[story]
async fn all_of_a_merged_customer_is_the_others_and_is_theirs_again_when_it_is_undone(world: World) {
    let ines = world.agent("Ines");
    let (_, talk, mara) = writes(&world, "Mara").await;
    let buyer = buys(&world.owner(), "1042").await;

    let merge = merges(&ines, &buyer, &mara).await;
    assert_eq!(merge.status, StatusCode::CREATED);
    let merge = merge.ok();
    assert_eq!((&merge["other"]["id"], &merge["into"], &merge["can_be_undone"]), (&json!(mara), &json!(buyer), &json!(true)));
    assert_eq!(ines.sees(&talk).await["person"]["id"], json!(buyer), "who they are is known at once");
    world.settle().await;
    assert_eq!((talks_of(&ines, &buyer).await, talks_of(&ines, &mara).await), (vec![talk.number], vec![]));
    assert_eq!(orders_of(&ines, &buyer).await, ["#1042"]);
    assert_eq!(sees(&ines, &mara).await["merged_into"], json!(buyer));
    assert_eq!(items(ines.get(&format!("/customers/{buyer}/merges")).await.ok()), [merge]);

    assert_eq!(undoes(&ines, &buyer, &mara).await.status, StatusCode::NO_CONTENT);
    assert_eq!(ines.sees(&talk).await["person"]["id"], json!(mara));
    world.settle().await;
    assert_eq!((talks_of(&ines, &buyer).await, talks_of(&ines, &mara).await), (vec![], vec![talk.number]));
    assert_eq!((orders_of(&ines, &buyer).await, orders_of(&ines, &mara).await), (vec!["#1042".to_owned()], vec![]));
    assert_eq!(sees(&ines, &mara).await["merged_into"], Value::Null);
    assert!(items(ines.get(&format!("/customers/{buyer}/merges")).await.ok()).is_empty());
}

#[story]
async fn what_comes_later_lands_with_whoever_they_are_by_then(world: World) {
    let (ines, owner) = (world.agent("Ines"), world.owner());
    let (mara, first, browser) = writes(&world, "Mara").await;
    let buyer = buys(&owner, "1").await;
    // the browser into the buyer; both go on as they came, before anything has followed
    merges(&ines, &buyer, &browser).await.ok();
    let second = mara.begins("And another thing").await;
    buys(&owner, "2").await;
    world.settle().await;
    mara.writes_in(&first, "Is anybody there?").await;
    let third = mara.begins("One more").await;
    assert_eq!(talks_of(&ines, &buyer).await, [first.number, second.number, third.number]);
    assert_eq!(orders_of(&ines, &buyer).await, ["#1", "#2"]);

    undoes(&ines, &buyer, &browser).await;
    world.settle().await;
    assert_eq!(talks_of(&ines, &browser).await, [first.number, second.number, third.number], "it came as theirs");
    assert_eq!(orders_of(&ines, &buyer).await, ["#1", "#2"]);

    // and the other way round: the account is merged away
    merges(&ines, &browser, &buyer).await.ok();
    assert_eq!(buys(&owner, "3").await, browser);
    world.settle().await;
    assert_eq!(orders_of(&owner, &browser).await, ["#1", "#2", "#3"]);
}

#[story]
async fn the_first_of_two_merges_is_undone_while_the_second_stands(world: World) {
    let ines = world.agent("Ines");
    let (_, talk_a, a) = writes(&world, "Anna").await;
    let (_, talk_b, b) = writes(&world, "Bo").await;
    let (_, talk_c, c) = writes(&world, "Cem").await;
    merges(&ines, &b, &a).await.ok();
    merges(&ines, &c, &b).await.ok();
    world.settle().await;
    assert_eq!(talks_of(&ines, &c).await, [talk_a.number, talk_b.number, talk_c.number]);
    let listed = items(ines.get(&format!("/customers/{c}/merges")).await.ok());
    let pairs: Vec<_> = listed.iter().map(|merge| (merge["other"]["id"].clone(), merge["into"].clone())).collect();
    assert_eq!(pairs, [(json!(b), json!(c)), (json!(a), json!(b))]);

    assert_eq!(undoes(&ines, &b, &a).await.problem(), "not_found", "she is part of Cem by now");
    undoes(&ines, &c, &a).await.ok();
    world.settle().await;
    assert_eq!((talks_of(&ines, &a).await, talks_of(&ines, &c).await), (vec![talk_a.number], vec![talk_b.number, talk_c.number]));

    merges(&ines, &b, &a).await.problem();
    merges(&ines, &c, &a).await.ok();
    undoes(&ines, &c, &b).await.ok();
    world.settle().await;
    assert_eq!((talks_of(&ines, &b).await, talks_of(&ines, &c).await), (vec![talk_b.number], vec![talk_a.number, talk_c.number]));
}

#[story]
async fn whoever_was_merged_into_somebody_goes_with_them_when_they_are_separated(world: World) {
    let ines = world.agent("Ines");
    let ((_, talk_a, a), (_, talk_b, b), (_, talk_c, c)) =
        (writes(&world, "Anna").await, writes(&world, "Bo").await, writes(&world, "Cem").await);
    merges(&ines, &b, &a).await.ok();
    merges(&ines, &c, &b).await.ok();
    undoes(&ines, &c, &b).await.ok();
    world.settle().await;
    assert_eq!(talks_of(&ines, &b).await, [talk_a.number, talk_b.number]);
    assert_eq!((talks_of(&ines, &c).await, sees(&ines, &a).await["merged_into"].clone()), (vec![talk_c.number], json!(b)));
}

#[story]
async fn what_cannot_be_merged_is_refused_in_words(world: World) {
    let (ines, owner) = (world.agent("Ines"), world.owner());
    let ((_, _, a), (_, _, b), (_, _, c)) = (writes(&world, "Anna").await, writes(&world, "Bo").await, writes(&world, "Cem").await);
    let there = world.other_shop().shopper("Ali").begins("Merhaba").await;
    let stranger = whose(&world.other_shop().owner(), &there).await;

    assert_eq!(merges(&ines, &a, &a).await.problem(), "invalid");
    assert_eq!(merges(&ines, &a, &stranger).await.problem(), "not_found");
    assert_eq!(merges(&ines, &stranger, &a).await.problem(), "not_found");
    assert_eq!(undoes(&ines, &a, &b).await.problem(), "not_found");

    let first = merges(&ines, &a, &b).await;
    let again = merges(&ines, &a, &b).await;
    assert_eq!((first.status, again.status), (StatusCode::CREATED, StatusCode::OK));
    assert_eq!(first.ok(), again.ok());
    for answer in [
        merges(&ines, &b, &a).await,
        merges(&ines, &b, &c).await,
        merges(&ines, &c, &b).await,
        ines.patch(&format!("/customers/{b}"), json!({ "name": "X" })).await,
        ines.put(&format!("/customers/{b}/block"), json!({})).await,
        owner.put(&format!("/customers/{b}/erasure"), json!({})).await,
        owner.get(&format!("/customers/{b}/export")).await,
        ines.put(&format!("/customers/{c}/duplicates/{b}/dismissal"), json!({})).await,
    ] {
        assert_eq!(answer.problem(), "customer_merged");
    }
    owner.put(&format!("/customers/{c}/erasure"), json!({})).await.ok();
    assert_eq!(merges(&ines, &a, &c).await.problem(), "customer_erased");
    assert_eq!(merges(&ines, &c, &a).await.problem(), "customer_erased");
    let sara = world.member("Sara", "viewer");
    assert_eq!(merges(&sara, &a, &b).await.problem(), "forbidden");
}

#[story]
async fn of_two_merges_at_once_that_make_a_circle_one_is_refused(world: World) {
    let (ines, nils) = (world.agent("Ines"), world.agent("Nils"));
    let (a, b) = (writes(&world, "Anna").await.2, writes(&world, "Bo").await.2);
    for _ in 0..8 {
        let (one, other) = join(merges(&ines, &a, &b), merges(&nils, &b, &a)).await;
        let (made, refused, (into, from)) = match one.status {
            StatusCode::CREATED => (one, other, (&a, &b)),
            _ => (other, one, (&b, &a)),
        };
        assert_eq!((made.status, refused.problem().as_str()), (StatusCode::CREATED, "customer_merged"));
        undoes(&ines, into, from).await.ok();
    }
}

#[story]
async fn thousands_of_rows_follow_some_at_a_time(world: World) {
    let (ines, owner) = (world.agent("Ines"), world.owner());
    let (_, _, mara) = writes(&world, "Mara").await;
    let mut buyer = String::new();
    for number in 0..450 {
        buyer = buys(&owner, &number.to_string()).await;
    }
    world.settle().await;
    let first_page = async |of: &str| ines.get(&format!("/orders?customer={of}&limit=100")).await.ok()["items"].as_array().unwrap().len();
    merges(&ines, &mara, &buyer).await.ok();
    world.settle().await;
    assert_eq!((first_page(&mara).await, first_page(&buyer).await), (100, 0));
    undoes(&ines, &mara, &buyer).await.ok();
    world.settle().await;
    assert_eq!((first_page(&mara).await, first_page(&buyer).await), (0, 100));
}

#[story]
async fn at_most_a_hundred_are_one(world: World) {
    let (ines, owner) = (world.agent("Ines"), world.owner());
    let mut all = Vec::new();
    for number in 0..101 {
        let mut order = tent(&number.to_string(), "2026-01-13T10:00:00Z");
        order["buyer"] = json!({ "account": format!("a{number}") });
        all.push(owner.post("/orders", order).await.ok()["customer"].as_str().unwrap().to_owned());
    }
    let (mara, others) = all.split_first().unwrap();
    for other in &others[..99] {
        merges(&ines, mara, other).await.ok();
    }
    assert_eq!(merges(&ines, mara, &others[99]).await.problem(), "conflict");
    undoes(&ines, mara, &others[0]).await.ok();
    merges(&ines, mara, &others[99]).await.ok();
    world.settle().await;
    assert_eq!(orders_of(&ines, mara).await.len(), 25, "a page of them");
}
