//! The shop, its departments, its hours, its tokens, and the log of it all.

use axum::http::StatusCode;
use kernel::{hours, minutes};
use serde_json::{Value, json};
use story_macro::story;

use crate::{actor::items, world::World};

#[story]
async fn settings_change_and_say_what_is_wrong(world: World) {
    let owner = world.owner();
    let shop = owner.patch("/shop", json!({ "name": "Fjell", "undo_send_seconds": 10, "blocked_networks": ["203.0.113.0/24"] })).await.ok();
    assert_eq!((&shop["name"], &shop["undo_send_seconds"], &shop["reopen_days"]), (&json!("Fjell"), &json!(10), &json!(3)));
    for (body, field) in [
        (json!({ "name": " " }), "name"),
        (json!({ "time_zone": "Oslo" }), "time_zone"),
        (json!({ "undo_send_seconds": 31 }), "undo_send_seconds"),
        (json!({ "blocked_networks": ["everybody"] }), "blocked_networks[0]"),
        (json!({ "owner": "me" }), "owner"),
    ] {
        let answer = owner.patch("/shop", body).await;
        assert_eq!((answer.status, &answer.json()["fields"][0]["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!(field)));
    }
    assert_eq!(world.agent("Ines").patch("/shop", json!({ "name": "Mine" })).await.problem(), "forbidden");
}

#[story]
async fn a_department_has_people_texts_and_hours(world: World) {
    let (owner, ines) = (world.owner(), world.agent("Ines"));
    let me = ines.get("/session").await.ok()["member"]["id"].clone();
    let body = json!({ "name": "Size and fit", "names": { "nb": "Størrelse og passform" }, "members": [me] });
    let made = owner.post("/departments", body).await.ok();
    assert_eq!((&made["position"], &made["shown_in_chat"], &made["schedule"]), (&json!(0), &json!(true), &Value::Null));
    assert_eq!(ines.get("/session").await.ok()["member"]["departments"], json!([made["id"]]));
    assert_eq!(owner.post("/departments", json!({ "name": "SIZE AND FIT" })).await.problem(), "conflict");

    let week = json!([{ "day": 1, "from": "22:00", "to": "02:00" }]);
    let night = owner.post("/schedules", json!({ "name": "Night", "time_zone": "Europe/Oslo", "week": week })).await.ok();
    let (department, schedule) =
        (format!("/departments/{}", made["id"].as_str().unwrap()), format!("/schedules/{}", night["id"].as_str().unwrap()));
    owner.patch(&department, json!({ "schedule": night["id"] })).await.ok();
    assert_eq!(owner.delete(&schedule).await.problem(), "conflict", "a department keeps it");
    let changed = owner.patch(&department, json!({ "schedule": null })).await.ok();
    assert_eq!((&changed["schedule"], &changed["members"]), (&Value::Null, &json!([me])));
    owner.delete(&schedule).await.ok();
    owner.delete(&department).await.ok();
    assert_eq!(items(owner.get("/departments").await.ok()), Vec::<Value>::new());
    assert_eq!(ines.get("/session").await.ok()["member"]["departments"], json!([]));
}

#[story]
async fn hours_open_and_close_and_are_never_empty(world: World) {
    let owner = world.owner();
    let office = items(owner.get("/schedules").await.ok()).remove(0);
    assert_eq!((&office["is_default"], office["week"].as_array().map(Vec::len)), (&json!(true), Some(5)));
    let path = format!("/schedules/{}", office["id"].as_str().unwrap());
    // ten in the morning UTC is eleven in Oslo, a Monday
    let preview = owner.get(&format!("{path}/preview")).await.ok();
    assert_eq!(preview, json!({ "open_now": true, "next_change_at": "2026-11-23T16:00:00.000000Z" }));
    world.clock.advance(hours(6) + minutes(1));
    let preview = owner.get(&format!("{path}/preview")).await.ok();
    assert_eq!(preview, json!({ "open_now": false, "next_change_at": "2026-11-24T08:00:00.000000Z" }));

    let mut body = json!({ "name": "Office", "time_zone": "Europe/Oslo", "week": [], "is_default": true });
    assert_eq!(owner.put(&path, body.clone()).await.json()["fields"][0]["field"], "week");
    body["week"] = json!([{ "day": 1, "from": "25:00", "to": "17:00" }]);
    assert_eq!(owner.put(&path, body.clone()).await.json()["fields"][0]["field"], "week[0].from");
    body["week"] = json!([{ "day": 1, "from": "00:00", "to": "00:00" }]);
    body["holidays"] = json!([{ "date": "2026-11-23", "name": "Repairs", "hours": [] }]);
    owner.put(&path, body.clone()).await.ok();
    assert_eq!(owner.get(&format!("{path}/preview")).await.ok()["open_now"], false);
    body["is_default"] = json!(false);
    assert_eq!(owner.put(&path, body).await.problem(), "conflict", "there always is a default");
    assert_eq!(owner.delete(&path).await.problem(), "conflict");
}

#[story]
async fn a_token_is_shown_once_does_what_it_may_and_ends(world: World) {
    let owner = world.owner();
    let until = world.in_(hours(2));
    let body = json!({ "name": "Reports", "scopes": ["team.read"], "expires_at": until });
    let made = owner.post("/tokens", body).await.ok();
    assert!(made["token"].as_str().unwrap().starts_with("oat_"));
    let listed = items(owner.get("/tokens").await.ok()).remove(0);
    assert_eq!((&listed["name"], listed.get("token")), (&json!("Reports"), None));
    assert_eq!(owner.post("/tokens", json!({ "name": "x", "scopes": [], "expires_at": null })).await.problem(), "invalid");
    let past = json!({ "name": "x", "scopes": ["team.read"], "expires_at": "2020-01-01T00:00:00Z" });
    assert_eq!(owner.post("/tokens", past).await.problem(), "invalid");

    let program = world.program_with(&["team.read"]);
    program.get("/members").await.ok();
    assert_eq!(program.get("/audit").await.problem(), "forbidden");
    assert_eq!(program.get("/session").await.ok()["permissions"], json!(["team.read"]));
    let used = items(owner.get("/tokens").await.ok()).into_iter().find(|token| token["name"] == "A program").unwrap();
    assert!(used["last_used_at"].is_string());
    owner.delete(&format!("/tokens/{}", used["id"].as_str().unwrap())).await.ok();
    assert_eq!(program.get("/members").await.problem(), "sign_in_needed");
    assert_eq!(owner.delete(&format!("/tokens/{}", used["id"].as_str().unwrap())).await.problem(), "not_found");
}

#[story]
async fn a_token_never_does_more_than_its_member(world: World) {
    let (owner, admin) = (world.owner(), world.member("Ada", "admin"));
    let me = admin.get("/session").await.ok()["member"]["id"].as_str().unwrap().to_owned();
    let body = json!({ "name": "Script", "scopes": ["team.read", "audit.read"], "expires_at": null });
    let token = admin.post("/tokens", body).await.ok()["token"].as_str().unwrap().to_owned();
    let catalogue = async || team::sign_in::by_token(&world.app, &token).await.unwrap().permissions.iter().cloned().collect::<Vec<_>>();
    assert_eq!(catalogue().await, ["audit.read", "team.read"]);
    let viewer = items(owner.get("/roles").await.ok()).into_iter().find(|role| role["key"] == "viewer").unwrap();
    owner.patch(&format!("/members/{me}"), json!({ "role": viewer["id"] })).await.ok();
    assert_eq!(catalogue().await, ["team.read"]);
}

#[story]
async fn the_audit_log_names_who_did_what_and_holds_no_names_itself(world: World) {
    let (owner, ines) = (world.owner(), world.agent("Ines"));
    let me = ines.get("/session").await.ok()["member"]["id"].clone();
    owner.patch("/shop", json!({ "name": "Fjell" })).await.ok();
    world.settle().await;

    let changed = items(owner.get("/audit?event=shop_changed").await.ok());
    assert_eq!(changed.len(), 1);
    assert_eq!((&changed[0]["actor"]["name"], &changed[0]["data"]["fields"]), (&json!("Kari Nordmann"), &json!(["name"])));
    let by_ines = items(owner.get(&format!("/audit?actor={}", me.as_str().unwrap())).await.ok());
    assert_eq!(by_ines.iter().map(|entry| &entry["event"]).collect::<Vec<_>>(), ["signed_in"]);
    assert_eq!(owner.get("/audit?actor=somebody").await.problem(), "invalid");

    let first = owner.get("/audit?limit=3").await.ok();
    let rest = owner.get(&format!("/audit?limit=100&cursor={}", first["next"].as_str().unwrap())).await.ok();
    let all = items(owner.get("/audit?limit=100").await.ok());
    assert_eq!([items(first), items(rest)].concat(), all);
    assert_eq!(all.last().unwrap()["event"], "shop_created");
    let data: String = all.iter().map(|entry| entry["data"].to_string()).collect();
    assert!(!data.contains("Ines") && !data.contains('@') && !data.contains("Kari"), "{data}");

    let verified = owner.get("/audit/verification").await.ok();
    assert_eq!((&verified["ok"], &verified["checked"]), (&json!(true), &json!(all.len())));
    assert_eq!(items(world.other_shop().owner().get("/audit?event=shop_changed").await.ok()), Vec::<Value>::new());
}

#[story]
async fn an_installation_is_set_up_once(world: World) {
    use platform::Tx;
    let owner = team::person::NewPerson { email: "late@example.com".into(), name: "Late".into(), language: None, password_hash: None };
    let shop = team::shop::NewShop { name: "Late".into(), language: kernel::Language::En, time_zone: "UTC".into() };
    let first = team::setup::First { shop, owner };
    let answer = world.app.write(async move |tx: &mut Tx<'_>| team::setup::first_shop(tx, first.clone()).await).await;
    assert!(matches!(answer, Err(kernel::Error::Conflict { .. })));

    let email = world.owner().get("/session").await.ok()["person"]["email"].as_str().unwrap().to_owned();
    let token = team::token::create_for(&world.app, &email, "From the command line").await.unwrap();
    let program = team::sign_in::by_token(&world.app, token.expose()).await.unwrap();
    assert_eq!((program.shop, program.session), (world.id(), None));
    assert!(team::token::create_for(&world.app, "nobody@example.com", "x").await.is_err());
}
