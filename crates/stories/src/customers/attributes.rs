//! Attributes: what this shop wants to know and the next one does not.

use axum::http::StatusCode;
use serde_json::{Value, json};
use story_macro::story;

use super::profile::{mara, refused_for};
use crate::{
    actor::{Agent, items},
    world::World,
};

async fn make(lead: &Agent, key: &str, kind: &str, choices: Value) -> String {
    let new = json!({ "key": key, "label": key, "kind": kind, "choices": choices });
    lead.post("/customer-attributes", new).await.ok()["id"].as_str().unwrap().to_owned()
}

#[story]
async fn a_shop_says_what_it_wants_to_know_and_agents_find_it_out(world: World) {
    let (ines, lead, path) = (world.agent("Ines"), world.member("Lea", "lead"), mara(&world).await);
    for (key, kind, choices) in [
        ("boots", "text", json!([])),
        ("height", "number", json!([])),
        ("member", "yes_no", json!([])),
        ("since", "date", json!([])),
        ("size", "choice", json!(["S", "M"])),
    ] {
        make(&lead, key, kind, choices).await;
    }
    let known = format!("{path}/attributes");
    assert_eq!(ines.get(&known).await.ok(), json!({ "values": {} }));
    let values = json!({ "boots": "42 EU", "height": 180.5, "member": true, "since": "2024-02-29", "size": "M" });
    assert_eq!(ines.patch(&known, json!({ "values": values })).await.ok()["values"], values);
    let left = ines.patch(&known, json!({ "values": { "boots": null, "size": "S" } })).await.ok();
    assert_eq!(left["values"], json!({ "height": 180.5, "member": true, "since": "2024-02-29", "size": "S" }));
    assert_eq!(ines.get(&known).await.ok(), left);

    // all of it, or nothing
    let wrong = ines.patch(&known, json!({ "values": { "boots": "43 EU", "height": "tall", "size": "XXL", "hair": "red" } })).await;
    let fields: Vec<Value> = wrong.json()["fields"].as_array().unwrap().iter().map(|one| one["field"].clone()).collect();
    assert_eq!(
        (wrong.status, fields),
        (StatusCode::UNPROCESSABLE_ENTITY, vec![json!("values.hair"), json!("values.height"), json!("values.size")])
    );
    assert_eq!(ines.get(&known).await.ok(), left);
}

#[story]
async fn an_attribute_keeps_its_key_and_kind(world: World) {
    let (ines, lead, path) = (world.agent("Ines"), world.member("Lea", "lead"), mara(&world).await);
    let known = format!("{path}/attributes");
    let size = format!("/customer-attributes/{}", make(&lead, "size", "choice", json!(["S", "M"])).await);
    ines.patch(&known, json!({ "values": { "size": "M" } })).await.ok();

    let edited = lead.patch(&size, json!({ "label": "T-shirt", "choices": ["S", "L"] })).await.ok();
    assert_eq!((&edited["key"], &edited["label"], &edited["choices"]), (&json!("size"), &json!("T-shirt"), &json!(["S", "L"])));
    assert_eq!(ines.get(&known).await.ok()["values"]["size"], "M", "what was known stays known");
    refused_for(&ines.patch(&known, json!({ "values": { "size": "M" } })).await, "values.size");
    assert_eq!(ines.patch(&size, json!({ "label": "X" })).await.problem(), "forbidden");
    assert_eq!(items(ines.get("/customer-attributes").await.ok()), [edited]);

    assert_eq!(lead.delete(&size).await.status, StatusCode::NO_CONTENT);
    assert_eq!(ines.get(&known).await.ok()["values"], json!({}));
    assert_eq!(lead.delete(&size).await.problem(), "not_found");
    make(&lead, "size", "text", json!([])).await;
    assert_eq!(ines.get(&known).await.ok()["values"], json!({}), "a new one knows nothing yet");
}

#[story]
async fn what_cannot_be_an_attribute_is_refused(world: World) {
    let lead = world.member("Lea", "lead");
    let longest = "k".repeat(40);
    make(&lead, &longest, "text", json!([])).await;
    for (change, field) in [
        (json!({ "key": "" }), "key"),
        (json!({ "key": "Size" }), "key"),
        (json!({ "key": "2nd" }), "key"),
        (json!({ "key": "shoe size" }), "key"),
        (json!({ "key": "k".repeat(41) }), "key"),
        (json!({ "label": "x".repeat(61) }), "label"),
        (json!({ "label": " " }), "label"),
        (json!({ "kind": "colour" }), "kind"),
        (json!({ "kind": "choice" }), "choices"),
        (json!({ "choices": ["S"] }), "choices"),
        (json!({ "kind": "choice", "choices": ["S", "S "] }), "choices"),
        (json!({ "kind": "choice", "choices": vec!["S"; 51] }), "choices"),
        (json!({ "kind": "choice", "choices": ["x".repeat(81)] }), "choices.0"),
    ] {
        let mut new = json!({ "key": "size", "label": "Size", "kind": "text", "choices": [] });
        new.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        refused_for(&lead.post("/customer-attributes", new).await, field);
    }
    let taken = json!({ "key": longest, "label": "Another", "kind": "text" });
    assert_eq!(lead.post("/customer-attributes", taken).await.problem(), "conflict");
}

#[story]
async fn a_shop_has_at_most_fifty_attributes(world: World) {
    let lead = world.member("Lea", "lead");
    for n in 0..50 {
        make(&lead, &format!("field_{n}"), "text", json!([])).await;
    }
    let new = json!({ "key": "one_more", "label": "One more", "kind": "text" });
    assert_eq!(lead.post("/customer-attributes", new).await.problem(), "conflict");
    let there = world.other_shop().owner();
    assert!(items(there.get("/customer-attributes").await.ok()).is_empty(), "the next shop has none of them");
}
