//! What stands beside a customer: of several who are one it is one, and each has their own again when they are separated.

use axum::http::StatusCode;
use serde_json::{Value, json};
use story_macro::story;

use super::{merges, sees, undoes, writes};
use crate::{
    actor::{Agent, items},
    world::World,
};

/// A tag of the shop's.
async fn tag(world: &World, name: &str) -> Value {
    world.owner().post("/customer-tags", json!({ "name": name })).await.ok()["id"].clone()
}

async fn tags(agent: &Agent, customer: &str) -> Value {
    sees(agent, customer).await["tags"].clone()
}

async fn carries(agent: &Agent, customer: &str, tags: &[&Value]) {
    agent.put(&format!("/customers/{customer}/tags"), json!({ "tags": tags })).await.ok();
}

async fn notes(agent: &Agent, customer: &str) -> Vec<Value> {
    let notes = items(agent.get(&format!("/customers/{customer}/notes")).await.ok());
    notes.iter().map(|note| note["text"].clone()).collect()
}

async fn notes_down(agent: &Agent, customer: &str, text: &str) -> String {
    let note = agent.post(&format!("/customers/{customer}/notes"), json!({ "text": text })).await.ok();
    format!("/customers/{customer}/notes/{}", note["id"].as_str().unwrap())
}

async fn learns(agent: &Agent, customer: &str, values: Value) -> Value {
    agent.patch(&format!("/customers/{customer}/attributes"), json!({ "values": values })).await.ok()["values"].clone()
}

async fn values(agent: &Agent, customer: &str) -> Value {
    agent.get(&format!("/customers/{customer}/attributes")).await.ok()["values"].clone()
}

/// What they say about offers by mail.
fn offers(given: bool) -> Value {
    json!({ "channel": "email", "purpose": "marketing", "given": given, "source": "told" })
}

/// Whether they allow offers, as far as they were asked.
async fn allows(agent: &Agent, customer: &str) -> Value {
    let consents = agent.get(&format!("/customers/{customer}/consents")).await.ok();
    consents["standing"]
        .as_array()
        .unwrap()
        .iter()
        .find(|holds| holds["purpose"] == "marketing")
        .map_or(Value::Null, |holds| holds["given"].clone())
}

/// Who is in the list, narrowed like this.
async fn listed(agent: &Agent, filter: &str) -> Vec<Value> {
    items(agent.get(&format!("/customers?{filter}")).await.ok()).iter().map(|one| one["id"].clone()).collect()
}

#[story]
async fn what_stands_beside_one_stands_beside_both_and_goes_with_them_again(world: World) {
    let (ines, owner) = (world.agent("Ines"), world.owner());
    let ((_, _, a), (_, _, b)) = (writes(&world, "Mara").await, writes(&world, "M. Lind").await);
    let (regular, wholesale) = (tag(&world, "regular").await, tag(&world, "wholesale").await);
    for key in ["size", "width"] {
        owner.post("/customer-attributes", json!({ "key": key, "label": key, "kind": "text" })).await.ok();
    }
    carries(&ines, &a, &[&regular]).await;
    carries(&ines, &b, &[&regular, &wholesale]).await;
    notes_down(&ines, &a, "Size 38.").await;
    notes_down(&ines, &b, "Prefers mail.").await;
    learns(&ines, &a, json!({ "size": "38" })).await;
    learns(&ines, &b, json!({ "size": "39", "width": "H" })).await;
    ines.post(&format!("/customers/{a}/consents"), offers(true)).await.ok();
    ines.post(&format!("/customers/{b}/consents"), offers(false)).await.ok();
    let alone = async || {
        let mut all = Vec::new();
        for one in [&a, &b] {
            all.push((tags(&ines, one).await, notes(&ines, one).await, values(&ines, one).await, allows(&ines, one).await));
        }
        all
    };
    let before = alone().await;

    merges(&ines, &a, &b).await.ok();
    assert_eq!(tags(&ines, &a).await.as_array().unwrap().len(), 2, "each once, though both carry it");
    assert_eq!(notes(&ines, &a).await, [json!("Prefers mail."), json!("Size 38.")]);
    assert_eq!(values(&ines, &a).await, json!({ "size": "38", "width": "H" }));
    assert_eq!(allows(&ines, &a).await, false, "who has said no once is not written to");
    assert_eq!(tags(&ines, &b).await, before[1].0, "alone they are still who they were");

    undoes(&ines, &a, &b).await.ok();
    assert_eq!(alone().await, before, "there was nothing to take back");
}

#[story]
async fn what_is_taken_from_a_person_is_taken_from_all_they_are(world: World) {
    let (ines, owner) = (world.agent("Ines"), world.owner());
    let ((_, _, a), (_, _, b)) = (writes(&world, "Mara").await, writes(&world, "M. Lind").await);
    let regular = tag(&world, "regular").await;
    owner.post("/customer-attributes", json!({ "key": "size", "label": "Size", "kind": "text" })).await.ok();
    for one in [&a, &b] {
        carries(&ines, one, &[&regular]).await;
        learns(&ines, one, json!({ "size": "38" })).await;
        ines.post(&format!("/customers/{one}/addresses"), json!({ "kind": "phone", "address": "+47 22 22 22 22" })).await.ok();
    }
    notes_down(&ines, &b, "Prefers mail.").await;
    merges(&ines, &a, &b).await.ok();

    carries(&ines, &a, &[]).await;
    assert_eq!(learns(&ines, &a, json!({ "size": null })).await, json!({}));
    let known = sees(&ines, &a).await;
    let phone = known["addresses"][0]["id"].as_str().unwrap();
    assert_eq!(ines.delete(&format!("/customers/{a}/addresses/{phone}")).await.ok()["phone"], Value::Null);
    let note = items(ines.get(&format!("/customers/{a}/notes")).await.ok())[0]["id"].as_str().unwrap().to_owned();
    ines.delete(&format!("/customers/{a}/notes/{note}")).await.ok();

    undoes(&ines, &a, &b).await.ok();
    for one in [&a, &b] {
        assert_eq!((tags(&ines, one).await, values(&ines, one).await), (json!([]), json!({})));
        assert_eq!((sees(&ines, one).await["phone"].clone(), notes(&ines, one).await), (Value::Null, vec![]));
    }
}

#[story]
async fn somebody_is_found_by_what_shows_through_from_those_merged_into_them(world: World) {
    let ines = world.agent("Ines");
    let ((_, _, a), (_, _, b), (_, _, c)) = (writes(&world, "Mara").await, writes(&world, "M. Lind").await, writes(&world, "Bo").await);
    let regular = tag(&world, "regular").await;
    carries(&ines, &b, &[&regular]).await;
    ines.patch(&format!("/customers/{a}"), json!({ "language": "tr" })).await.ok();
    ines.patch(&format!("/customers/{b}"), json!({ "country": "SE", "language": "zh" })).await.ok();
    ines.patch(&format!("/customers/{c}"), json!({ "country": "NO", "language": "nb" })).await.ok();
    ines.put(&format!("/customers/{b}/block"), json!({})).await.ok();
    let by_tag = format!("tag={}", regular.as_str().unwrap());
    let of_b = [by_tag.as_str(), "country=SE", "blocked=true", "language=zh", "country=SE&blocked=true"];
    for filter in of_b {
        assert_eq!(listed(&ines, filter).await, [json!(b)], "{filter}");
    }

    merges(&ines, &a, &b).await.ok();
    for filter in [&by_tag, "country=SE", "blocked=true", "language=tr", "country=SE&language=tr&blocked=true&q=lind"] {
        assert_eq!(listed(&ines, filter).await, [json!(a)], "{filter}");
    }
    assert!(listed(&ines, "language=zh").await.is_empty(), "what they have of their own is shown");
    assert_eq!(listed(&ines, "blocked=false").await, [json!(c)]);
    // a page of the list is a page of it, whichever way somebody got there
    merges(&ines, &c, &a).await.ok();
    assert_eq!(listed(&ines, "country=NO&limit=1").await, [json!(c)]);
    undoes(&ines, &c, &a).await.ok();

    undoes(&ines, &a, &b).await.ok();
    for filter in of_b {
        assert_eq!(listed(&ines, filter).await, [json!(b)], "{filter}");
    }
}

#[story]
async fn nothing_is_written_down_about_a_part_of_somebody(world: World) {
    let (ines, owner) = (world.agent("Ines"), world.owner());
    let ((_, _, a), (_, _, b)) = (writes(&world, "Mara").await, writes(&world, "M. Lind").await);
    let regular = tag(&world, "regular").await;
    owner.post("/customer-attributes", json!({ "key": "size", "label": "Size", "kind": "text" })).await.ok();
    let note = notes_down(&ines, &b, "Prefers mail.").await;
    let known = ines.post(&format!("/customers/{b}/addresses"), json!({ "kind": "phone", "address": "+47 22 22 22 22" })).await.ok();
    let phone = known["addresses"][0]["id"].as_str().unwrap();
    merges(&ines, &a, &b).await.ok();

    let part = format!("/customers/{b}");
    for answer in [
        ines.post(&format!("{part}/addresses"), json!({ "kind": "email", "address": "mara@example.org" })).await,
        ines.delete(&format!("{part}/addresses/{phone}")).await,
        ines.post(&format!("{part}/notes"), json!({ "text": "Size 38." })).await,
        ines.patch(&note, json!({ "text": "Prefers letters." })).await,
        ines.delete(&note).await,
        ines.put(&format!("{part}/tags"), json!({ "tags": [regular] })).await,
        ines.post(&format!("{part}/consents"), offers(true)).await,
        ines.patch(&format!("{part}/attributes"), json!({ "values": { "size": "38" } })).await,
    ] {
        assert_eq!(answer.problem(), "customer_merged");
    }
    // of many at once it is passed over; whom it is new for is said to the last
    let many = format!("/customer-tags/{}/customers", regular.as_str().unwrap());
    let tagged = async |tagged: bool| ines.put(&many, json!({ "customers": [a, b], "tagged": tagged })).await.ok()["customers"].clone();
    assert_eq!((tagged(true).await, tagged(true).await, tagged(false).await), (json!([a]), json!([]), json!([a])));
    // theirs is changed as the whole's
    let same = note.replace(&b, &a);
    assert_eq!(ines.patch(&same, json!({ "text": "Prefers letters." })).await.status, StatusCode::OK);
    undoes(&ines, &a, &b).await.ok();
    assert_eq!((notes(&ines, &a).await, notes(&ines, &b).await), (vec![], vec![json!("Prefers letters.")]));
}

#[story]
async fn what_is_written_down_meanwhile_stays_with_whom_it_was_written_of(world: World) {
    let (ines, owner) = (world.agent("Ines"), world.owner());
    let ((_, _, a), (_, _, b)) = (writes(&world, "Mara").await, writes(&world, "M. Lind").await);
    let regular = tag(&world, "regular").await;
    owner.post("/customer-attributes", json!({ "key": "size", "label": "Size", "kind": "text" })).await.ok();
    merges(&ines, &a, &b).await.ok();
    carries(&ines, &a, &[&regular]).await;
    notes_down(&ines, &a, "Size 38.").await;
    learns(&ines, &a, json!({ "size": "38" })).await;
    ines.post(&format!("/customers/{a}/consents"), offers(true)).await.ok();
    undoes(&ines, &a, &b).await.ok();
    assert_eq!((tags(&ines, &a).await, tags(&ines, &b).await), (json!([regular]), json!([])));
    assert_eq!((notes(&ines, &a).await.len(), notes(&ines, &b).await.len()), (1, 0));
    assert_eq!((values(&ines, &a).await, values(&ines, &b).await), (json!({ "size": "38" }), json!({})));
    assert_eq!((allows(&ines, &a).await, allows(&ines, &b).await), (json!(true), Value::Null));
}
