//! What dies in the middle goes on where it stopped, and what is stopped stays where it is.

use serde_json::{Value, json};
use story_macro::story;

use super::{at, figures, goes, mapping, sent};
use crate::{actor::Agent, world::World};

/// A file of so many customers.
fn many(rows: usize) -> String {
    format!("email,name\n{}", (0..rows).map(|n| format!("customer{n}@example.org,Customer {n}\n")).collect::<String>())
}

async fn ready(owner: &Agent, rows: usize) -> Value {
    let import = sent(owner, many(rows)).await;
    owner.put(&at(&import, "/mapping"), mapping(&["email", "name"])).await.ok();
    import
}

async fn done(owner: &Agent, import: &Value) -> i64 {
    owner.get(&at(import, "")).await.ok()["progress"]["done"].as_i64().unwrap()
}

/// How many customers there are, counted page by page.
async fn counted(owner: &Agent) -> usize {
    let text = owner.get("/customers/export?columns=id").await.text();
    text.lines().count() - 1
}

#[story]
async fn nothing_is_doubled_and_nothing_missing_when_a_worker_dies_in_the_middle(world: World) {
    let owner = world.owner();
    let import = ready(&owner, 2_300).await;
    owner.post(&at(&import, "/runs"), json!({ "dry": false })).await.ok();
    let app = world.app.clone();
    let worker = tokio::spawn(async move { app.run_due_jobs().await });
    while done(&owner, &import).await < 1_000 {
        tokio::task::yield_now().await;
    }
    // its process is killed: nobody renews the lease
    worker.abort();
    assert!(worker.await.is_err());
    // what it had handed to the database is written all the same
    world.settle().await;
    let when_it_died = done(&owner, &import).await;
    assert!(when_it_died < 2_300, "it died in the middle");
    world.settle().await;
    assert_eq!(done(&owner, &import).await, when_it_died, "it is still leased");

    world.after(kernel::seconds(11)).await;
    let over = owner.get(&at(&import, "")).await.ok();
    assert_eq!((&over["state"], figures(&over)), (&json!("done"), [2_300, 0, 0, 0, 0]));
    assert_eq!(counted(&owner).await, 2_300);
}

#[story]
async fn two_workers_who_both_believe_it_is_theirs_do_it_once(world: World) {
    let owner = world.owner();
    let import = ready(&owner, 1_600).await;
    owner.post(&at(&import, "/runs"), json!({ "dry": false })).await.ok();
    let app = world.app.clone();
    let sleeper = tokio::spawn(async move { app.run_due_jobs().await });
    while done(&owner, &import).await < 500 {
        tokio::task::yield_now().await;
    }
    // it goes on, though its lease is over
    world.clock.advance(kernel::seconds(11));
    world.settle().await;
    sleeper.await.unwrap().unwrap();
    world.after(kernel::minutes(5)).await;
    let over = owner.get(&at(&import, "")).await.ok();
    assert_eq!((&over["state"], figures(&over)), (&json!("done"), [1_600, 0, 0, 0, 0]));
    assert_eq!(counted(&owner).await, 1_600);
}

#[story]
async fn one_that_is_stopped_keeps_what_it_brought_and_can_be_run_again(world: World) {
    let owner = world.owner();
    let import = ready(&owner, 1_200).await;
    owner.post(&at(&import, "/runs"), json!({ "dry": false })).await.ok();
    assert_eq!(owner.post(&at(&import, "/runs"), json!({ "dry": true })).await.problem(), "conflict", "it goes on already");
    let app = world.app.clone();
    let worker = tokio::spawn(async move { app.run_due_jobs().await });
    while done(&owner, &import).await < 500 {
        tokio::task::yield_now().await;
    }
    let stopped = owner.put(&at(&import, "/cancellation"), json!({})).await.ok();
    worker.await.unwrap().unwrap();
    let so_far = stopped["progress"]["done"].as_i64().unwrap();
    assert_eq!((&stopped["state"], done(&owner, &import).await), (&json!("cancelled"), so_far));
    assert_eq!(owner.put(&at(&import, "/cancellation"), json!({})).await.problem(), "conflict");

    let again = goes(&world, &owner, &import, false).await;
    assert_eq!(figures(&again), [1_200 - so_far, 0, so_far, 0, 0]);
    assert_eq!(counted(&owner).await, 1_200);
}

#[story]
async fn a_file_of_many_pieces_is_done_to_its_end(world: World) {
    let owner = world.owner();
    // longer than two pieces
    let note = "x".repeat(2_000);
    let file = format!("email,note\n{}", (0..1_200).map(|n| format!("customer{n}@example.org,{note}\n")).collect::<String>());
    let import = sent(&owner, file).await;
    owner.put(&at(&import, "/mapping"), mapping(&["email", "note"])).await.ok();
    assert_eq!(figures(&goes(&world, &owner, &import, true).await), [1_200, 0, 0, 0, 0]);
    assert_eq!(figures(&goes(&world, &owner, &import, false).await), [1_200, 0, 0, 0, 0]);
    owner.delete(&at(&import, "")).await.ok();
    assert_eq!(owner.get(&at(&import, "")).await.problem(), "not_found");
}
