//! The profile: addresses, notes, tags, and whatever else the shop knows of somebody.

use axum::http::StatusCode;
use serde_json::{Value, json};
use story_macro::story;

use super::{arrives, customer_of, signed};
use crate::{
    actor::{Agent, Answer, items},
    world::World,
};

/// Mara, whom nobody knows yet; the path to her.
pub(super) async fn mara(world: &World) -> String {
    let talk = world.shopper("Mara").begins("Hello").await;
    format!("/customers/{}", customer_of(&world.agent("Ines"), &talk).await)
}

/// Mara, as the shop has signed her in; the path to her.
async fn signed_in(world: &World) -> String {
    let key = world.owner().post("/widget/keys", json!({})).await.ok();
    let claims = json!({ "sub": "4711", "nonce": "one", "email": "mara@example.org", "email_verified": true });
    let known = arrives(world, &signed(world, key["secret"].as_str().unwrap(), claims).await).await.ok();
    format!("/customers/{}", known["customer"]["id"].as_str().unwrap())
}

fn addresses(customer: &Value) -> Vec<(&str, &str, bool)> {
    let all = customer["addresses"].as_array().unwrap().iter();
    all.map(|a| (a["kind"].as_str().unwrap(), a["address"].as_str().unwrap(), a["verified"].as_bool().unwrap())).collect()
}

fn path_of(path: &str, customer: &Value, address: &str) -> String {
    let all = customer["addresses"].as_array().unwrap();
    let id = all.iter().find(|one| one["address"] == address).unwrap()["id"].as_str().unwrap();
    format!("{path}/addresses/{id}")
}

pub(super) fn refused_for(answer: &Answer, field: &str) {
    let fields = (answer.status, answer.json()["fields"][0]["field"].clone());
    assert_eq!(fields, (StatusCode::UNPROCESSABLE_ENTITY, json!(field)), "{}", answer.text());
}

#[story]
async fn a_customer_has_as_many_addresses_as_there_are(world: World) {
    let (ines, path) = (world.agent("Ines"), mara(&world).await);
    let more = format!("{path}/addresses");
    for (kind, address) in [("email", "Mara@Example.org"), ("email", "work@example.org"), ("phone", "+47 22 22 22 22")] {
        assert_eq!(ines.post(&more, json!({ "kind": kind, "address": address })).await.status, StatusCode::CREATED);
    }
    let known = ines.get(&path).await.ok();
    let all = [("email", "Mara@Example.org", false), ("email", "work@example.org", false), ("phone", "+47 22 22 22 22", false)];
    assert_eq!(addresses(&known), all);
    assert_eq!((&known["email"], &known["addresses"][0]["since"]), (&json!("work@example.org"), &json!(world.app.now())));

    // written differently it is the same one
    ines.post(&more, json!({ "kind": "phone", "address": "0047-22222222" })).await.ok();
    let left = ines.delete(&path_of(&path, &known, "work@example.org")).await.ok();
    assert_eq!(addresses(&left), [all[0], all[2]]);
    assert_eq!(ines.delete(&path_of(&path, &known, "work@example.org")).await.problem(), "not_found");
    assert!(items(ines.get("/customers?q=work").await.ok()).is_empty(), "nobody is found by it any more");
}

#[story]
async fn a_correction_puts_another_address_in_the_place_of_the_one_shown(world: World) {
    let (ines, path) = (world.agent("Ines"), mara(&world).await);
    let more = format!("{path}/addresses");
    for address in ["old@example.org", "shown@example.org"] {
        ines.post(&more, json!({ "kind": "email", "address": address })).await.ok();
    }
    let corrected = ines.patch(&path, json!({ "email": "right@example.org" })).await.ok();
    assert_eq!(corrected["email"], "right@example.org");
    assert_eq!(addresses(&corrected).len(), 2, "the other one stays");
    assert_eq!(ines.patch(&path, json!({ "email": "RIGHT@example.org" })).await.ok()["addresses"], corrected["addresses"]);
    assert_eq!(ines.patch(&path, json!({ "email": null })).await.ok()["email"], "old@example.org");
}

#[story]
async fn a_proved_address_is_removed_only_by_whoever_may_and_that_is_written_down(world: World) {
    let (ines, lead, path) = (world.agent("Ines"), world.member("Lea", "lead"), signed_in(&world).await);
    let known = ines.get(&path).await.ok();
    assert_eq!(addresses(&known), [("account", "4711", true), ("email", "mara@example.org", true)]);
    let (account, email) = (path_of(&path, &known, "4711"), path_of(&path, &known, "mara@example.org"));

    assert_eq!(ines.delete(&email).await.problem(), "forbidden");
    let refused = ines.patch(&path, json!({ "email": "other@example.org" })).await;
    assert_eq!(refused.problem(), "forbidden");
    let reason = "mara@example.org was proved, and the customer is recognised by it. A team lead can remove it.";
    assert_eq!(refused.json()["detail"], reason);
    assert_eq!(ines.get(&path).await.ok()["addresses"], known["addresses"]);
    assert_eq!(lead.delete(&account).await.problem(), "conflict", "it is the shop's own");

    assert_eq!(addresses(&lead.delete(&email).await.ok()), [("account", "4711", true)]);
    world.settle().await;
    let audit = items(world.owner().get("/audit?event=proved_address_removed").await.ok());
    assert_eq!((audit.len(), &audit[0]["actor"]["name"]), (1, &json!("Lea")));
}

#[story]
async fn what_cannot_be_an_address_is_refused(world: World) {
    let (ines, path) = (world.agent("Ines"), mara(&world).await);
    for (kind, address, field) in [
        ("phone", "22 22 22 22", "address"),
        ("phone", "+47 hello", "address"),
        ("phone", "", "address"),
        ("email", "mara@", "address"),
        ("account", "4711", "kind"),
        ("guest", "mara@example.org", "kind"),
    ] {
        refused_for(&ines.post(&format!("{path}/addresses"), json!({ "kind": kind, "address": address })).await, field);
    }
    refused_for(&ines.patch(&path, json!({ "phone": "22 22 22 22" })).await, "phone");
}

#[story]
async fn nobody_has_more_than_fifty_addresses(world: World) {
    let (shopper, ines) = (world.shopper("Mara"), world.agent("Ines"));
    let path = format!("/customers/{}", customer_of(&ines, &shopper.begins("Hello").await).await);
    let add =
        async |n: usize| ines.post(&format!("{path}/addresses"), json!({ "kind": "email", "address": format!("m{n}@example.org") })).await;
    for n in 0..50 {
        add(n).await.ok();
    }
    assert_eq!(add(50).await.problem(), "conflict");
    add(49).await.ok();
    // what a shopper says of themselves goes on all the same
    assert_eq!(
        shopper.put("/chat/visitor", json!({ "name": "Mara Lind", "email": "m51@example.org" })).await.status,
        StatusCode::NO_CONTENT
    );
    let known = ines.get(&path).await.ok();
    assert_eq!((known["addresses"].as_array().unwrap().len(), &known["name"]), (50, &json!("Mara Lind")));
}

#[story]
async fn what_is_set_right_about_somebody_must_be_possible(world: World) {
    let (ines, path) = (world.agent("Ines"), mara(&world).await);
    let right = json!({
        "country": "NO", "time_zone": "europe/oslo", "preferred_channel": "whatsapp", "birthday": { "month": 2, "day": 29, "year": null },
    });
    let known = ines.patch(&path, right.clone()).await.ok();
    assert_eq!(known["time_zone"], "Europe/Oslo", "as its list writes it");
    for field in ["country", "preferred_channel", "birthday"] {
        assert_eq!(known[field], right[field], "{field}");
    }
    for (field, value) in [
        ("country", json!("Norway")),
        ("country", json!("no")),
        ("time_zone", json!("Oslo")),
        ("birthday", json!({ "month": 2, "day": 30, "year": null })),
        ("birthday", json!({ "month": 2, "day": 29, "year": 2001 })),
        ("birthday", json!({ "month": 1, "day": 1, "year": 2099 })),
        ("preferred_channel", json!("telegraph")),
    ] {
        let mut change = json!({});
        change[field] = value;
        refused_for(&ines.patch(&path, change).await, field);
    }
    assert_eq!(ines.patch(&path, json!({ "name": "Mara Lind" })).await.ok()["birthday"], right["birthday"], "what is left out stays");
    let forgotten = ines.patch(&path, json!({ "birthday": null, "country": null, "preferred_channel": null })).await.ok();
    assert_eq!(
        (&forgotten["birthday"], &forgotten["country"], &forgotten["preferred_channel"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );
}

#[story]
async fn notes_have_an_author_who_alone_changes_them(world: World) {
    let (ines, sara, lead, path) = (world.agent("Ines"), world.agent("Sara"), world.member("Lea", "lead"), mara(&world).await);
    let notes = format!("{path}/notes");
    let first = ines.post(&notes, json!({ "text": "Wide feet." })).await;
    assert_eq!(first.status, StatusCode::CREATED);
    let first = first.ok();
    world.after(kernel::minutes(5)).await;
    let second = sara.post(&notes, json!({ "text": "Narrow\n patience." })).await.ok();
    assert_eq!(items(lead.get(&notes).await.ok()), [second.clone(), first.clone()], "the newest first");
    assert_eq!(first["author"], ines.get("/session").await.ok()["member"]["id"]);

    let one = format!("{notes}/{}", first["id"].as_str().unwrap());
    assert_eq!(sara.patch(&one, json!({ "text": "Small feet." })).await.problem(), "forbidden");
    assert_eq!(lead.patch(&one, json!({ "text": "Small feet." })).await.problem(), "forbidden");
    assert_eq!(sara.delete(&one).await.problem(), "forbidden");
    let edited = ines.patch(&one, json!({ "text": "Very wide feet." })).await.ok();
    assert_eq!((&edited["text"], &edited["edited_at"]), (&json!("Very wide feet."), &json!(world.app.now())));
    assert_eq!((&edited["written_at"], &first["edited_at"]), (&first["written_at"], &Value::Null));
    refused_for(&ines.patch(&one, json!({ "text": " " })).await, "text");

    assert_eq!(lead.delete(&one).await.status, StatusCode::NO_CONTENT);
    sara.delete(&format!("{notes}/{}", second["id"].as_str().unwrap())).await;
    assert!(items(ines.get(&notes).await.ok()).is_empty());
    assert_eq!(ines.patch(&one, json!({ "text": "Gone." })).await.problem(), "not_found");
}

#[story]
async fn notes_come_page_by_page_and_belong_to_one_customer(world: World) {
    let (ines, path) = (world.agent("Ines"), mara(&world).await);
    let notes = format!("{path}/notes");
    for n in 0..3 {
        ines.post(&notes, json!({ "text": format!("{n}") })).await.ok();
    }
    let page = ines.get(&format!("{notes}?limit=2")).await.ok();
    let rest = ines.get(&format!("{notes}?limit=2&cursor={}", page["next"].as_str().unwrap())).await.ok();
    let all: Vec<Value> = items(page).iter().chain(&items(rest)).map(|note| note["text"].clone()).collect();
    assert_eq!(all, ["2", "1", "0"]);

    let nia = customer_of(&ines, &world.shopper("Nia").begins("Hello").await).await;
    let id = items(ines.get(&notes).await.ok())[0]["id"].clone();
    assert_eq!(ines.delete(&format!("/customers/{nia}/notes/{}", id.as_str().unwrap())).await.problem(), "not_found");
}

async fn tag(lead: &Agent, name: &str) -> String {
    lead.post("/customer-tags", json!({ "name": name })).await.ok()["id"].as_str().unwrap().to_owned()
}

#[story]
async fn customers_carry_the_shops_tags(world: World) {
    let (ines, lead, path) = (world.agent("Ines"), world.member("Lea", "lead"), mara(&world).await);
    let (vip, club) = (tag(&lead, "VIP").await, tag(&lead, "Club").await);
    assert_eq!(ines.post("/customer-tags", json!({ "name": "Mine" })).await.problem(), "forbidden");
    assert_eq!(lead.post("/customer-tags", json!({ "name": "vip" })).await.problem(), "conflict");

    let tags = format!("{path}/tags");
    assert_eq!(ines.put(&tags, json!({ "tags": [vip, club, vip] })).await.ok()["tags"], json!([vip, club]));
    assert_eq!(ines.get(&path).await.ok()["tags"], json!([vip, club]));
    assert_eq!(items(ines.get(&format!("/customers?tag={club}")).await.ok()).len(), 1);
    refused_for(&ines.put(&tags, json!({ "tags": ["ctg_00000000000000000000000000"] })).await, "tags");

    lead.patch(&format!("/customer-tags/{vip}"), json!({ "name": "Gold" })).await.ok();
    let names = |page: Value| items(page).iter().map(|tag| tag["name"].clone()).collect::<Vec<_>>();
    assert_eq!(names(ines.get("/customer-tags").await.ok()), ["Club", "Gold"]);
    assert_eq!(lead.patch(&format!("/customer-tags/{vip}"), json!({ "name": "CLUB" })).await.problem(), "conflict");
    assert_eq!(lead.delete(&format!("/customer-tags/{vip}")).await.status, StatusCode::NO_CONTENT);
    assert_eq!(ines.get(&path).await.ok()["tags"], json!([club]));
    assert_eq!(lead.delete(&format!("/customer-tags/{vip}")).await.problem(), "not_found");
}

#[story]
async fn many_are_tagged_at_once_and_that_is_taken_back_for_those_it_was_new_for(world: World) {
    let (ines, lead) = (world.agent("Ines"), world.member("Lea", "lead"));
    let mut people = Vec::new();
    for name in ["Anna", "Bo", "Cem"] {
        people.push(customer_of(&ines, &world.shopper(name).begins("Hello").await).await);
    }
    let vip = tag(&lead, "VIP").await;
    ines.put(&format!("/customers/{}/tags", people[0]), json!({ "tags": [vip] })).await.ok();
    world.owner().put(&format!("/customers/{}/erasure", people[2]), json!({})).await.ok();

    let spread = format!("/customer-tags/{vip}/customers");
    let says = async |customers: &Value, tagged: bool| ines.put(&spread, json!({ "customers": customers, "tagged": tagged })).await.ok();
    let changed = says(&json!(people), true).await["customers"].clone();
    assert_eq!(changed, json!([people[1]]), "one carried it already, one was erased");
    assert_eq!(says(&json!(people), true).await["customers"], json!([]));
    let carriers = async || items(ines.get(&format!("/customers?tag={vip}")).await.ok()).len();
    assert_eq!(carriers().await, 2);

    assert_eq!(says(&changed, false).await["customers"], changed);
    assert_eq!(carriers().await, 1);
    let too_many: Vec<&String> = std::iter::repeat_n(&people[0], 101).collect();
    refused_for(&ines.put(&spread, json!({ "customers": too_many, "tagged": true })).await, "customers");
}

#[story]
async fn the_list_is_narrowed_by_all_that_is_asked(world: World) {
    let (ines, lead) = (world.agent("Ines"), world.member("Lea", "lead"));
    let vip = tag(&lead, "VIP").await;
    for (name, language, country) in [("Anna", "nb", "NO"), ("Bo", "nb", "SE"), ("Cem", "tr", "TR")] {
        world.after(kernel::hours(1)).await;
        let path = format!("/customers/{}", customer_of(&ines, &world.shopper(name).begins("Hello").await).await);
        ines.patch(&path, json!({ "language": language, "country": country })).await.ok();
        if name != "Bo" {
            ines.put(&format!("{path}/tags"), json!({ "tags": [vip] })).await.ok();
        }
        if name == "Cem" {
            ines.put(&format!("{path}/block"), json!({})).await.ok();
        }
    }
    let an_hour_ago = world.in_(-kernel::minutes(90));
    for (narrowed, names) in [
        (String::new(), vec!["Cem", "Bo", "Anna"]),
        ("language=nb".into(), vec!["Bo", "Anna"]),
        ("country=TR".into(), vec!["Cem"]),
        (format!("tag={vip}"), vec!["Cem", "Anna"]),
        ("blocked=true".into(), vec!["Cem"]),
        ("blocked=false".into(), vec!["Bo", "Anna"]),
        (format!("seen_since={an_hour_ago}"), vec!["Cem", "Bo"]),
        (format!("tag={vip}&language=nb"), vec!["Anna"]),
        (format!("q=bo&tag={vip}"), vec![]),
        ("q=bo&country=SE&blocked=false".into(), vec!["Bo"]),
    ] {
        let found = items(ines.get(&format!("/customers?{narrowed}")).await.ok());
        assert_eq!(found.iter().map(|one| one["display_name"].clone()).collect::<Vec<_>>(), names, "{narrowed}");
    }
    let page = ines.get("/customers?blocked=false&limit=1").await.ok();
    let next = ines.get(&format!("/customers?blocked=false&limit=1&cursor={}", page["next"].as_str().unwrap())).await.ok();
    assert_eq!((&items(page)[0]["display_name"], &items(next)[0]["display_name"]), (&json!("Bo"), &json!("Anna")));
}

#[story]
async fn nothing_is_left_of_an_erased_profile_and_nothing_added(world: World) {
    let (ines, lead, path) = (world.agent("Ines"), world.member("Lea", "lead"), mara(&world).await);
    let vip = tag(&lead, "VIP").await;
    ines.patch(&path, json!({ "country": "NO", "birthday": { "month": 5, "day": 17, "year": 1990 } })).await.ok();
    ines.put(&format!("{path}/tags"), json!({ "tags": [vip] })).await.ok();
    let note = ines.post(&format!("{path}/notes"), json!({ "text": "Wide feet." })).await.ok()["id"].clone();
    let erased = world.owner().put(&format!("{path}/erasure"), json!({})).await.ok();
    for field in ["name", "country", "time_zone", "birthday", "preferred_channel"] {
        assert_eq!(erased[field], Value::Null, "{field}");
    }
    assert_eq!((&erased["tags"], &erased["addresses"]), (&json!([]), &json!([])));
    assert!(items(ines.get(&format!("{path}/notes")).await.ok()).is_empty());
    for answer in [
        ines.delete(&format!("{path}/notes/{}", note.as_str().unwrap())).await,
        ines.post(&format!("{path}/addresses"), json!({ "kind": "email", "address": "mara@example.org" })).await,
        ines.post(&format!("{path}/notes"), json!({ "text": "She called." })).await,
        ines.put(&format!("{path}/tags"), json!({ "tags": [vip] })).await,
        ines.patch(&path, json!({ "country": "NO" })).await,
    ] {
        assert_eq!(answer.problem(), "customer_erased");
    }
}
