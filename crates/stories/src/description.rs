//! What the API's description promises to those who make clients from it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use story_macro::story;

use crate::world::World;

/// Fields that may be missing: the first from most problems, the second from what visitors send.
const MAY_BE_MISSING: [(&str, &str); 2] = [("Problem", "fields"), ("PageVisited", "title")];

fn described(world: &World) -> Value {
    serde_json::to_value(&world.built.openapi).unwrap()
}

fn operations(description: &Value) -> impl Iterator<Item = &Value> {
    description["paths"].as_object().unwrap().values().flat_map(|path| path.as_object().unwrap().values()).filter(|it| it.is_object())
}

/// The names of the schemas a part speaks of, directly or through others.
fn mentioned(part: &Value, schemas: &Value, found: &mut BTreeSet<String>) {
    match part {
        Value::Object(fields) => {
            if let Some(name) = fields.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next())
                && found.insert(name.to_owned())
            {
                mentioned(&schemas[name], schemas, found);
            }
            fields.values().for_each(|value| mentioned(value, schemas, found));
        }
        Value::Array(items) => items.iter().for_each(|item| mentioned(item, schemas, found)),
        _ => (),
    }
}

/// Fields of a schema, or of one inside it, that are not said to be always there.
fn left_out(name: &str, schema: &Value, found: &mut BTreeSet<(String, String)>) {
    if let Some(fields) = schema["properties"].as_object() {
        let required: BTreeSet<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        found.extend(fields.keys().filter(|field| !required.contains(field.as_str())).map(|field| (name.to_owned(), field.clone())));
    }
    match schema {
        Value::Object(parts) => parts.values().for_each(|part| left_out(name, part, found)),
        Value::Array(parts) => parts.iter().for_each(|part| left_out(name, part, found)),
        _ => (),
    }
}

#[story]
async fn every_operation_has_a_name_of_its_own(world: World) {
    let description = described(&world);
    let mut named: BTreeMap<&str, usize> = BTreeMap::new();
    for operation in operations(&description) {
        *named.entry(operation["operationId"].as_str().unwrap()).or_default() += 1;
    }
    named.retain(|_, times| *times > 1);
    assert!(named.is_empty(), "names of several operations: {named:?}");
}

#[story]
async fn an_answer_has_all_its_fields_even_those_that_are_null(world: World) {
    let description = described(&world);
    let schemas = &description["components"]["schemas"];
    let mut answered = BTreeSet::new();
    operations(&description).for_each(|operation| mentioned(&operation["responses"], schemas, &mut answered));
    let mut found = BTreeSet::new();
    answered.iter().for_each(|name| left_out(name, &schemas[name], &mut found));
    let expected = MAY_BE_MISSING.map(|(schema, field)| (schema.to_owned(), field.to_owned())).into();
    assert_eq!(found, expected, "add #[schema(required)] to an Option that is always answered");
}
