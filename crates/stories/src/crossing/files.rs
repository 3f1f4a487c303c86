//! Whatever hands out bytes: each way to them, for each role, from inside and outside of the shop, and after what they were
//! has been erased. Which operations do is read from the API's description; a new one has to be told of here.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use kernel::{days, hours};
use serde_json::{Value, json};
use story_macro::story;

use super::{operations, things::Things};
use crate::{
    actor::{Actor, Answer, Shopper, Talk},
    files::{opens, url},
    world::World,
};

/// Operations that answer with something else than JSON, and what the description says it is.
const HAND_OUT: [(&str, &str); 6] = [
    ("/chat/conversations/{id}/transcript", "text/plain"),
    // what a partner said that tries an address, told in the stories of lines
    ("/line-webhooks/{shop}/{id}", "text/plain"),
    // what comes next in a call, told in the stories of Twilio
    ("/voice-webhooks/{shop}/{id}/{step}", "text/xml"),
    // told in the stories of imports
    ("/customer-imports/{id}/errors", "text/csv"),
    ("/customers/export", "text/csv"),
    ("/customers/{id}/export", "application/zip"),
];

#[story]
async fn every_way_to_bytes_is_in_these_stories(world: World) {
    let things = Things::of(&world, "Mara").await;
    let description = serde_json::to_value(&world.built.openapi).unwrap();
    let mut found = BTreeSet::new();
    for operation in operations(&world, &things) {
        let answers = &description["paths"][&operation.path][operation.method.as_str().to_lowercase()]["responses"];
        let kinds = answers.as_object().unwrap().values().filter_map(|answer| answer["content"].as_object()).flat_map(|kinds| kinds.keys());
        found.extend(kinds.filter(|kind| !kind.ends_with("json")).map(|kind| (operation.path.clone(), kind.clone())));
    }
    assert_eq!(found, HAND_OUT.map(|(path, kind)| (path.to_owned(), kind.to_owned())).into());
}

/// A conversation with a file from each side.
struct Exchange {
    talk: Talk,
    customer: String,
    of_mara: Value,
    of_ines: Value,
}

async fn exchange(world: &World, mara: &Shopper) -> Exchange {
    let ines = world.agent("Ines");
    let talk = mara.begins("Look at this").await;
    let of_mara = mara.uploads("/chat/files?name=seam.txt", b"a seam").await.ok();
    let said = json!({ "client_id": world.fresh_key(), "text": "", "files": [of_mara["id"]] });
    mara.post(&format!("/chat/conversations/{}/messages", talk.id), said).await.ok();
    let of_ines = ines.uploads("/files?name=label.txt", b"a label").await.ok();
    let seen = ines.sees(&talk).await;
    let said = json!({ "client_id": world.fresh_key(), "kind": "reply", "html": "", "files": [of_ines["id"]], "seen_seq": seen["last_seq"], "hold_seconds": 0 });
    ines.post(&format!("/conversations/{}/messages", talk.id), said).await.ok();
    world.settle().await;
    let customer = seen["customer"]["id"].as_str().unwrap().to_owned();
    Exchange { talk, customer, of_mara, of_ines }
}

async fn transcript(who: &Actor, talk: &Talk) -> Answer {
    who.get(&format!("/chat/conversations/{}/transcript", talk.id)).await
}

async fn export(who: &Actor, customer: &str) -> Answer {
    who.get(&format!("/customers/{customer}/export")).await
}

#[story]
async fn only_whoever_may_is_handed_bytes(world: World) {
    let (mara, nia, ali) = (world.shopper("Mara"), world.shopper("Nia"), world.other_shop().shopper("Ali"));
    let about = exchange(&world, &mara).await;
    let here = ["viewer", "agent", "lead", "admin", "owner"].map(|role| (role, world.member(&format!("A {role}"), role)));
    for (role, who) in &here {
        let may = who.get("/session").await.ok()["permissions"].as_array().unwrap().contains(&json!("customers.export"));
        assert_eq!(may, matches!(*role, "admin" | "owner"), "{role}");
        let expected = if may { StatusCode::OK } else { StatusCode::FORBIDDEN };
        assert_eq!(export(who, &about.customer).await.status, expected, "{role}");
        assert_eq!(transcript(who, &about.talk).await.status, StatusCode::UNAUTHORIZED, "{role}");
    }
    assert_eq!(export(&world.program_with(&["customers.read"]), &about.customer).await.problem(), "forbidden");
    assert_eq!(export(&world.other_shop().owner(), &about.customer).await.problem(), "not_found");
    for who in [&mara, &ali] {
        assert_eq!(export(who, &about.customer).await.problem(), "sign_in_needed");
    }
    assert_eq!(transcript(&mara, &about.talk).await.status, StatusCode::OK);
    for who in [&nia, &ali] {
        assert_eq!(transcript(who, &about.talk).await.problem(), "not_found");
    }
    for (way, answer) in
        [("export", export(&world.stranger(), &about.customer).await), ("transcript", transcript(&world.stranger(), &about.talk).await)]
    {
        assert_eq!(answer.problem(), "sign_in_needed", "{way}");
    }
}

/// The addresses of the files of a conversation, as whoever reads it is given them.
async fn addresses(who: &Actor, path: &str) -> Vec<String> {
    let page = who.get(path).await;
    let entries = if page.status.is_success() { page.json()["items"].as_array().unwrap().clone() } else { Vec::new() };
    entries.iter().flat_map(|entry| entry["files"].as_array().cloned().unwrap_or_default()).map(|file| url(&file).to_owned()).collect()
}

#[story]
async fn the_address_of_a_file_is_given_to_its_readers_only(world: World) {
    let (mara, nia, ali) = (world.shopper("Mara"), world.shopper("Nia"), world.other_shop().shopper("Ali"));
    let about = exchange(&world, &mara).await;
    let (inside, window) =
        (format!("/conversations/{}/messages?limit=100", about.talk.id), format!("/chat/conversations/{}/messages", about.talk.id));
    for role in ["viewer", "agent", "lead", "admin", "owner"] {
        assert_eq!(addresses(&world.member(&format!("A {role}"), role), &inside).await.len(), 2, "{role}");
    }
    let of_mara = addresses(&mara, &window).await;
    assert_eq!(of_mara.len(), 2);
    for (who, path) in [
        (&world.program_with(&["tags.manage"]).0, &inside),
        (&world.other_shop().owner().0, &inside),
        (&mara.0, &inside),
        (&nia.0, &window),
        (&ali.0, &window),
        (&world.stranger(), &inside),
        (&world.stranger(), &window),
    ] {
        assert_eq!(addresses(who, path).await, Vec::<String>::new(), "{} {path}", who.name);
    }
    // whoever was given it opens it without a sign-in, and an address made from it opens nothing else
    for address in &of_mara {
        assert_eq!(opens(&world, address).await.status, StatusCode::OK);
        for other in
            [address.replace("/files/", "/files/../files/"), format!("{address}/"), format!("{address}?shop=1#x"), address.to_uppercase()]
        {
            let other = other.replacen("HTTP://", "http://", 1);
            let answer = opens(&world, &other).await;
            assert!(answer.status == StatusCode::NOT_FOUND || &answer.bytes[..] == b"a seam" || &answer.bytes[..] == b"a label", "{other}");
        }
    }
}

#[story]
async fn what_was_erased_withdrawn_or_closed_hands_out_nothing(world: World) {
    let (mara, owner) = (world.shopper("Mara"), world.owner());
    let about = exchange(&world, &mara).await;
    // what belongs to nobody's message
    let unsent = mara.uploads("/chat/files?name=unsent.txt", b"never sent").await.ok();
    assert_eq!(opens(&world, url(&unsent)).await.status, StatusCode::OK);
    world.after(days(1) + hours(1)).await;
    world.after(days(1)).await;
    assert_eq!(opens(&world, url(&unsent)).await.problem(), "not_found", "nobody sent it");
    assert_eq!(opens(&world, url(&about.of_mara)).await.status, StatusCode::OK);

    owner.signs_in_again().await;
    owner.put(&format!("/customers/{}/erasure", about.customer), Value::Null).await.ok();
    for file in [&about.of_mara, &about.of_ines] {
        assert_eq!(opens(&world, url(file)).await.problem(), "not_found", "erased");
    }
    assert_eq!(transcript(&mara, &about.talk).await.problem(), "sign_in_needed");
    let left = export(&owner, &about.customer).await;
    assert!(!String::from_utf8_lossy(&left.bytes).contains("a seam"), "{}", left.status);

    // the contents go as well, and then the same ones may come again
    world.settle().await;
    let nia = world.shopper("Nia");
    let about = exchange(&world, &nia).await;
    owner.delete("/shop?name=Fjell%20%26%20Fjord").await.ok();
    for file in [&about.of_mara, &about.of_ines] {
        assert_eq!(opens(&world, url(file)).await.problem(), "not_found", "closed");
    }
    assert!(!transcript(&nia, &about.talk).await.status.is_success());
    assert_eq!(export(&owner, &about.customer).await.problem(), "sign_in_needed");
}
