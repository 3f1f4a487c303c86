//! Every room follows, hands out and forgets: found from the tables there are, so that no room is forgotten.

use ::platform::Tx;
use axum::http::Method;
use kernel::CustomerId;
use serde_json::json;
use story_macro::story;

use super::{merges, undoes, writes};
use crate::{
    architecture,
    erasure::{
        canaries::{Canaries, everything_stored},
        unpacked,
    },
    world::World,
};

/// In each table: how many rows came as this customer, and how many of those are this other one's.
async fn rows(world: &World, came_as: &str, now: &str) -> Vec<(String, i64, i64)> {
    let (first, now): (CustomerId, CustomerId) = (came_as.parse().unwrap(), now.parse().unwrap());
    let counted = world.app.read(async move |tx: &mut Tx<'_>| {
        let mut counted = Vec::new();
        for table in architecture::of_customers() {
            let all: i64 = tx.value(&format!("SELECT COUNT(*) FROM {table} WHERE customer_first = $1"), &[&first]).await?;
            let sql = format!("SELECT COUNT(*) FROM {table} WHERE customer_first = $1 AND customer_id = $2");
            counted.push((table, all, tx.value(&sql, &[&first, &now]).await?));
        }
        Ok(counted)
    });
    counted.await.unwrap()
}

#[story]
async fn the_rows_of_every_table_follow_a_merge_and_its_undoing(world: World) {
    let (mara, ines) = (Canaries::plant(&world).await, world.agent("Ines"));
    let ((_, _, nia), (_, _, ole)) = (writes(&world, "Nia").await, writes(&world, "Ole").await);
    let before = rows(&world, &mara.customer, &mara.customer).await;
    for (table, all, own) in &before {
        assert!(*all > 0 && all == own, "{table} holds nothing of hers: this proves nothing");
    }
    merges(&ines, &nia, &mara.customer).await.ok();
    merges(&ines, &ole, &nia).await.ok();
    world.settle().await;
    assert_eq!(rows(&world, &mara.customer, &ole).await, before);
    undoes(&ines, &ole, &nia).await.ok();
    world.settle().await;
    assert_eq!(rows(&world, &mara.customer, &nia).await, before);
    undoes(&ines, &nia, &mara.customer).await.ok();
    world.settle().await;
    assert_eq!(rows(&world, &mara.customer, &mara.customer).await, before);
}

#[story]
async fn whoever_is_erased_is_erased_with_all_who_were_merged_into_them(world: World) {
    let (mara, ines, owner) = (Canaries::plant(&world).await, world.agent("Ines"), world.owner());
    let (nia, talk, whole) = writes(&world, "zqwhole").await;
    merges(&ines, &whole, &mara.customer).await.ok();
    // at once: no matter how far the merge has come
    owner.put(&format!("/customers/{whole}/erasure"), json!({})).await.ok();
    world.settle().await;

    let left = everything_stored(world.app.config()).await;
    let planted = mara.planted.iter().chain(&[("the name of the whole", "zqwhole")]);
    let left: Vec<_> = planted.filter(|(_, canary)| mara.is_in(&left, canary)).map(|(what, _)| *what).collect();
    assert_eq!(left, Vec::<&str>::new());
    assert_eq!(nia.get(&format!("/chat/conversations/{}/messages", talk.id)).await.problem(), "sign_in_needed");
    let refused = undoes(&ines, &whole, &mara.customer).await;
    assert_eq!(refused.problem(), "customer_erased");
    let listed = ines.get(&format!("/customers/{whole}/merges")).await.ok();
    assert_eq!(listed["items"][0]["can_be_undone"], false);
    assert!(owner.get("/jobs/attention").await.ok()["items"].as_array().unwrap().is_empty());
}

#[story]
async fn whoever_is_handed_what_is_known_gets_what_came_as_those_merged_into_them_too(world: World) {
    let (mara, ines, owner) = (Canaries::plant(&world).await, world.agent("Ines"), world.owner());
    let (_, _, whole) = writes(&world, "zqwhole").await;
    merges(&ines, &whole, &mara.customer).await.ok();
    let answer = owner.send(Method::GET, &format!("/customers/{whole}/export"), &[], axum::body::Body::empty()).await;
    let files = unpacked(&answer.bytes);
    let all: Vec<u8> = files.iter().flat_map(|(path, content)| [path.as_bytes(), content].concat()).collect();
    let planted = mara.planted.iter().chain(&[("the name of the whole", "zqwhole")]);
    let missing: Vec<_> = planted.filter(|(what, canary)| !what.starts_with("our ") && !mara.is_in(&all, canary)).collect();
    assert_eq!(missing, Vec::<&(&str, &str)>::new());
    assert!(!mara.is_in(&all, mara.of_another));
    for path in
        ["customer.json".to_owned(), format!("merged/{}/customer.json", mara.customer), format!("merged/{}/orders.json", mara.customer)]
    {
        assert!(files.contains_key(&path), "{path}");
    }
}
