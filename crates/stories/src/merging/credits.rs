//! What the shop owes two customers who are one.

use serde_json::json;
use story_macro::story;

use super::{merges, undoes, writes};
use crate::{
    actor::{Actor, Answer},
    credits::{adds_up, asks},
    world::World,
};

async fn gives(who: &Actor, customer: &str, minor: i64) -> Answer {
    let gift = json!({ "amount": { "minor": minor, "currency": "NOK" }, "reason": "It came late" });
    asks(who, &format!("/customers/{customer}/credits"), gift).await
}

async fn spends(who: &Actor, customer: &str, minor: i64) -> Answer {
    let spent = json!({ "amount": { "minor": minor, "currency": "NOK" }, "reason": "Order #1" });
    asks(who, &format!("/customers/{customer}/credits/spendings"), spent).await
}

async fn available(who: &Actor, customer: &str) -> i64 {
    let credits = who.get(&format!("/customers/{customer}/credits")).await.ok();
    credits["balances"][0]["available"]["minor"].as_i64().unwrap_or(0)
}

#[story]
async fn the_whole_spends_the_credit_of_all_and_each_has_what_is_left_of_their_own_again(world: World) {
    let owner = world.owner();
    let ((_, _, a), (_, _, b)) = (writes(&world, "Mara").await, writes(&world, "Lind").await);
    gives(&owner, &a, 500).await.ok();
    gives(&owner, &b, 300).await.ok();
    merges(&owner, &a, &b).await.ok();
    assert_eq!(gives(&owner, &b, 100).await.problem(), "customer_merged");
    assert_eq!(spends(&owner, &b, 100).await.problem(), "customer_merged");
    world.settle().await;
    assert_eq!(available(&owner, &a).await, 800);
    spends(&owner, &a, 700).await.ok();

    undoes(&owner, &a, &b).await.ok();
    let at_once = spends(&owner, &a, 100).await;
    world.settle().await;
    let left = (available(&owner, &a).await, available(&owner, &b).await);
    assert_eq!(left.0 + left.1, if at_once.status.is_success() { 0 } else { 100 });
    assert!(left.0 >= 0 && left.1 >= 0, "{left:?}");
    adds_up(&world).await;
}

#[story]
async fn what_has_not_followed_yet_is_not_spent_by_whoever_they_were_separated_from(world: World) {
    let owner = world.owner();
    let ((_, _, a), (_, _, b)) = (writes(&world, "Mara").await, writes(&world, "Lind").await);
    gives(&owner, &b, 300).await.ok();
    merges(&owner, &a, &b).await.ok();
    world.settle().await;
    undoes(&owner, &a, &b).await.ok();
    let refused = spends(&owner, &a, 100).await;
    assert_eq!(refused.json()["status"].as_u64().map(|status| status / 100), Some(4), "{}", refused.text());
    world.settle().await;
    assert_eq!((available(&owner, &a).await, available(&owner, &b).await), (0, 300));
}
