//! What stands beside somebody merged: notes, tags, attributes, addresses, what they allow.

use serde_json::{Value, json};
use story_macro::story;

use super::{merges, sees, undoes, writes};
use crate::{
    actor::{Agent, items},
    world::World,
};

async fn notes(who: &Agent, customer: &str) -> Vec<Value> {
    let notes = items(who.get(&format!("/customers/{customer}/notes")).await.ok());
    notes.iter().map(|note| note["text"].clone()).collect()
}

async fn values(who: &Agent, customer: &str) -> Value {
    who.get(&format!("/customers/{customer}/attributes")).await.ok()["values"].clone()
}

async fn allows(who: &Agent, customer: &str) -> Vec<Value> {
    let consents = who.get(&format!("/customers/{customer}/consents")).await.ok();
    consents["standing"].as_array().unwrap().iter().map(|one| json!([one["purpose"], one["given"]])).collect()
}

#[story]
async fn what_stands_beside_two_who_are_one_is_seen_together_and_goes_apart_again(world: World) {
    let (ines, lead) = (world.agent("Ines"), world.member("Lea", "lead"));
    let ((_, _, a), (_, _, b)) = (writes(&world, "Mara").await, writes(&world, "M. Lind").await);
    let mut tags = Vec::new();
    for name in ["VIP", "Club"] {
        tags.push(lead.post("/customer-tags", json!({ "name": name })).await.ok()["id"].clone());
    }
    for key in ["size", "fit"] {
        lead.post("/customer-attributes", json!({ "key": key, "label": key, "kind": "text" })).await.ok();
    }
    let consent = |given: bool| json!({ "channel": "email", "purpose": "marketing", "given": given, "source": "told" });
    for (customer, carried, known, given) in
        [(&a, &tags[..1], json!({ "size": "M" }), true), (&b, &tags[..], json!({ "size": "L", "fit": "wide" }), false)]
    {
        world.after(kernel::minutes(1)).await;
        let path = format!("/customers/{customer}");
        ines.put(&format!("{path}/tags"), json!({ "tags": carried })).await.ok();
        ines.post(&format!("{path}/notes"), json!({ "text": format!("{given}") })).await.ok();
        ines.patch(&format!("{path}/attributes"), json!({ "values": known })).await.ok();
        ines.post(&format!("{path}/consents"), consent(given)).await.ok();
        ines.post(&format!("{path}/addresses"), json!({ "kind": "email", "address": "mara@example.org" })).await.ok();
    }
    let alone = (sees(&ines, &a).await, sees(&ines, &b).await);
    merges(&ines, &a, &b).await.ok();
    world.settle().await;

    assert_eq!(sees(&ines, &a).await["tags"], json!(tags));
    assert_eq!(notes(&ines, &a).await, ["false", "true"]);
    assert_eq!(values(&ines, &a).await, json!({ "size": "M", "fit": "wide" }), "their own before what shows through");
    assert_eq!(allows(&ines, &a).await, [json!(["marketing", false])], "whoever of them said it last");
    assert_eq!(sees(&ines, &a).await["addresses"].as_array().unwrap().len(), 1, "one address is one");
    assert_eq!(ines.post(&format!("/customers/{b}/notes"), json!({ "text": "To whom?" })).await.problem(), "customer_merged");

    undoes(&ines, &a, &b).await.ok();
    world.settle().await;
    assert_eq!((sees(&ines, &a).await, sees(&ines, &b).await), alone);
    assert_eq!((notes(&ines, &a).await, notes(&ines, &b).await), (vec![json!("true")], vec![json!("false")]));
    assert_eq!((values(&ines, &a).await, values(&ines, &b).await), (json!({ "size": "M" }), json!({ "size": "L", "fit": "wide" })));
    assert_eq!((allows(&ines, &a).await, allows(&ines, &b).await), (vec![json!(["marketing", true])], vec![json!(["marketing", false])]));
}

#[story]
async fn what_is_taken_from_a_person_is_taken_from_all_they_are(world: World) {
    let (ines, lead) = (world.agent("Ines"), world.member("Lea", "lead"));
    let ((_, _, a), (_, _, b)) = (writes(&world, "Mara").await, writes(&world, "M. Lind").await);
    let vip = lead.post("/customer-tags", json!({ "name": "VIP" })).await.ok()["id"].as_str().unwrap().to_owned();
    lead.post("/customer-attributes", json!({ "key": "size", "label": "Size", "kind": "text" })).await.ok();
    for customer in [&a, &b] {
        ines.put(&format!("/customers/{customer}/tags"), json!({ "tags": [vip] })).await.ok();
        ines.patch(&format!("/customers/{customer}/attributes"), json!({ "values": { "size": "M" } })).await.ok();
        ines.post(&format!("/customers/{customer}/addresses"), json!({ "kind": "phone", "address": "+47 22 22 22 22" })).await.ok();
    }
    merges(&ines, &a, &b).await.ok();
    let spread = format!("/customer-tags/{vip}/customers");
    let both = ines.put(&spread, json!({ "customers": [a, b], "tagged": true })).await.ok();
    assert_eq!(both["customers"], json!([]), "they carry it already");
    let taken = ines.put(&spread, json!({ "customers": [a, b], "tagged": false })).await.ok();
    assert_eq!(taken["customers"], json!([a]), "two who were merged are one");
    ines.patch(&format!("/customers/{a}/attributes"), json!({ "values": { "size": null } })).await.ok();
    let phone = sees(&ines, &a).await["addresses"][0]["id"].as_str().unwrap().to_owned();
    let left = ines.delete(&format!("/customers/{a}/addresses/{phone}")).await.ok();
    assert_eq!((&left["tags"], &left["addresses"]), (&json!([]), &json!([])));
    assert_eq!(values(&ines, &a).await, json!({}));
}

#[story]
async fn the_list_is_narrowed_by_what_shows_through(world: World) {
    let ines = world.agent("Ines");
    let ((_, _, a), (_, _, b)) = (writes(&world, "Mara").await, writes(&world, "M. Lind").await);
    ines.patch(&format!("/customers/{a}"), json!({ "language": null, "country": null })).await.ok();
    ines.patch(&format!("/customers/{b}"), json!({ "language": "tr", "country": "TR" })).await.ok();
    ines.put(&format!("/customers/{b}/block"), json!({})).await.ok();
    merges(&ines, &a, &b).await.ok();
    for (narrowed, found) in
        [("language=tr", 1), ("language=nb", 0), ("country=TR", 1), ("blocked=true", 1), ("blocked=false", 0), ("q=mara&language=tr", 1)]
    {
        let listed = items(ines.get(&format!("/customers?{narrowed}")).await.ok());
        assert_eq!(listed.len(), found, "{narrowed}");
        assert!(listed.iter().all(|one| one["id"] == json!(a)), "{narrowed}");
    }
}
