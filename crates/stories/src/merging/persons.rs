//! What agents see of somebody merged: one person, who is several again when it is undone.

use serde_json::{Value, json};
use story_macro::story;

use super::{events, merges, sees, undoes, writes};
use crate::{
    actor::{Agent, items},
    world::World,
};

async fn corrects(agent: &Agent, customer: &str, change: Value) {
    agent.patch(&format!("/customers/{customer}"), change).await.ok();
}

async fn found(agent: &Agent, words: &str) -> Vec<String> {
    let page = agent.get(&format!("/customers?q={}", words.replace('@', "%40"))).await.ok();
    items(page).iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

#[story]
async fn what_one_lacks_is_shown_from_the_other_and_goes_with_them_again(world: World) {
    let ines = world.agent("Ines");
    let ((shopper, _, a), (_, _, b)) = (writes(&world, "Mara").await, writes(&world, "M. Lind").await);
    corrects(&ines, &a, json!({ "name": null })).await;
    let day = json!({ "month": 5, "day": 17, "year": null });
    let known = json!({ "email": "mara@example.org", "phone": "+47 22 22 22 22", "language": "nb", "birthday": day });
    corrects(&ines, &b, known).await;
    let alone = (sees(&ines, &a).await, sees(&ines, &b).await);
    merges(&ines, &a, &b).await.ok();

    let both = sees(&ines, &a).await;
    assert_eq!((&both["name"], &both["email"], &both["birthday"]), (&json!("M. Lind"), &json!("mara@example.org"), &day));
    assert_eq!((&both["phone"], &both["created_at"]), (&json!("+47 22 22 22 22"), &alone.0["created_at"]));
    undoes(&ines, &a, &b).await.ok();
    let mut again = (sees(&ines, &a).await, sees(&ines, &b).await);
    assert_eq!(again, alone, "there was nothing to take back");

    // what is said or set right meanwhile stays with whom it was said of
    merges(&ines, &a, &b).await.ok();
    corrects(&ines, &a, json!({ "phone": "+47 33 33 33 33" })).await;
    shopper.put("/chat/visitor", json!({ "name": "Mara", "email": "lind@example.org" })).await.ok();
    undoes(&ines, &a, &b).await.ok();
    again = (sees(&ines, &a).await, sees(&ines, &b).await);
    assert_eq!((&again.0["name"], &again.0["phone"]), (&json!("Mara"), &json!("+47 33 33 33 33")));
    assert_eq!((&again.0["email"], &again.1["email"]), (&json!("lind@example.org"), &json!("mara@example.org")));
}

#[story]
async fn what_is_forgotten_of_a_person_is_forgotten_of_all_they_are(world: World) {
    let ines = world.agent("Ines");
    let ((_, _, a), (_, _, b)) = (writes(&world, "Mara").await, writes(&world, "M. Lind").await);
    corrects(&ines, &a, json!({ "name": null })).await;
    corrects(&ines, &b, json!({ "email": "wrong@example.org", "language": "nb", "country": "NO" })).await;
    merges(&ines, &a, &b).await.ok();
    corrects(&ines, &a, json!({ "name": null, "email": null, "language": null, "country": null })).await;
    let both = sees(&ines, &a).await;
    for field in ["name", "email", "language", "country"] {
        assert_eq!(both[field], Value::Null, "{field}");
    }
    assert_eq!(both["addresses"], json!([]));
}

#[story]
async fn somebody_merged_is_in_no_list_and_found_by_all_their_names(world: World) {
    let ines = world.agent("Ines");
    let ((_, talk, a), (_, _, b)) = (writes(&world, "Mara").await, writes(&world, "Lindqvist").await);
    corrects(&ines, &b, json!({ "email": "lind@example.org" })).await;
    let listed = async || -> Vec<Value> { items(ines.get("/customers").await.ok()).iter().map(|one| one["id"].clone()).collect() };
    assert_eq!(listed().await.len(), 2);
    merges(&ines, &a, &b).await.ok();

    assert_eq!(listed().await, [json!(a)]);
    for words in ["Mara", "Lindqvist", "lind@example.org"] {
        assert_eq!(found(&ines, words).await, [a.as_str()], "{words}");
    }
    let row = &ines.inbox().await[0];
    assert_eq!(row["customer"], json!({ "id": a, "name": "Mara", "erased": false }));
    assert_eq!(ines.sees(&talk).await["person"]["id"], json!(a));
    assert_eq!(sees(&ines, &b).await["display_name"], "Lindqvist", "alone they are still who they were");

    undoes(&ines, &a, &b).await.ok();
    assert_eq!((found(&ines, "Mara").await, found(&ines, "Lindqvist").await), (vec![a], vec![b]));
    assert_eq!(listed().await.len(), 2);
}

#[story]
async fn whoever_is_blocked_stays_so_and_is_let_in_as_a_whole(world: World) {
    let ines = world.agent("Ines");
    let ((calm, quiet, a), (troll, loud, b)) = (writes(&world, "Mara").await, writes(&world, "Troll").await);
    ines.put(&format!("/customers/{b}/block"), json!({})).await.ok();
    merges(&ines, &a, &b).await.ok();
    world.settle().await;
    assert_eq!(sees(&ines, &a).await["blocked"], true);
    let more = || json!({ "client_id": world.fresh_key(), "text": "More", "files": [] });
    for (who, talk) in [(&calm, &quiet), (&troll, &loud)] {
        assert_eq!(who.post(&format!("/chat/conversations/{}/messages", talk.id), more()).await.problem(), "forbidden");
    }
    undoes(&ines, &a, &b).await.ok();
    calm.writes_in(&quiet, "It was not me").await;
    assert_eq!(troll.post(&format!("/chat/conversations/{}/messages", loud.id), more()).await.problem(), "forbidden");

    merges(&ines, &a, &b).await.ok();
    ines.delete(&format!("/customers/{a}/block")).await.ok();
    undoes(&ines, &a, &b).await.ok();
    troll.writes_in(&loud, "Thank you").await;
    assert_eq!((sees(&ines, &a).await["blocked"].clone(), sees(&ines, &b).await["blocked"].clone()), (json!(false), json!(false)));
}

#[story]
async fn a_merge_stands_in_the_audit_log_and_rewrites_nothing_that_was_said_before(world: World) {
    let (ines, owner) = (world.agent("Ines"), world.owner());
    let ((_, _, a), (_, _, b)) = (writes(&world, "Mara").await, writes(&world, "Lind").await);
    let before = events(&world).await;
    merges(&ines, &a, &b).await.ok();
    undoes(&ines, &a, &b).await.ok();
    world.settle().await;
    for event in ["customers_merged", "customers_unmerged"] {
        let audit = items(owner.get(&format!("/audit?event={event}")).await.ok());
        assert_eq!((audit.len(), &audit[0]["data"]), (1, &json!({ "from": b, "into": a })), "{event}");
    }
    assert_eq!(events(&world).await[..before.len()], before);
}
