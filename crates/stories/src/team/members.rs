//! Who joins, who may do what, and who goes.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
};
use kernel::days;
use platform::live::{Frame, Topic};
use serde_json::{Value, json};
use story_macro::story;

use crate::{
    actor::{Agent, Answer, OUR_ORIGIN, items, send},
    world::{PASSWORD, World},
};

async fn role(owner: &Agent, key: &str) -> Value {
    items(owner.get("/roles").await.ok()).into_iter().find(|role| role["key"] == key).unwrap()["id"].clone()
}

async fn member_path(agent: &Agent) -> String {
    format!("/members/{}", agent.get("/session").await.ok()["member"]["id"].as_str().unwrap())
}

async fn invites(owner: &Agent, email: &str, role: &Value) -> Answer {
    owner.post("/invitations", json!({ "email": email, "name": "", "role": role, "departments": [] })).await
}

async fn accepts(world: &World, secret: &str, password: &str) -> Answer {
    let mut headers = HeaderMap::from_iter([(header::ORIGIN, HeaderValue::from_static(OUR_ORIGIN))]);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let body = json!({ "token": secret, "name": "Nils", "password": password }).to_string();
    send(world.router(), Method::POST, "/invitations/acceptances", &headers, Body::from(body)).await
}

async fn secret_for(world: &World, email: &str) -> String {
    let mail = world.mail_to(email).await;
    mail.split("/console/invitation#").nth(1).unwrap().split_whitespace().next().unwrap().to_owned()
}

#[story]
async fn an_invitation_is_good_once_for_seven_days_and_until_it_is_withdrawn(world: World) {
    let owner = world.owner();
    let agent = role(&owner, "agent").await;
    invites(&owner, "first@example.com", &agent).await.ok();
    let first = secret_for(&world, "first@example.com").await;
    assert_eq!(accepts(&world, &first, PASSWORD).await.status, StatusCode::CREATED);
    assert_eq!(accepts(&world, &first, PASSWORD).await.problem(), "invalid");
    assert_eq!(invites(&owner, "First@Example.com", &agent).await.problem(), "conflict", "they are a member now");

    let id = invites(&owner, "second@example.com", &agent).await.ok()["id"].as_str().unwrap().to_owned();
    let second = secret_for(&world, "second@example.com").await;
    owner.delete(&format!("/invitations/{id}")).await.ok();
    assert_eq!(accepts(&world, &second, PASSWORD).await.problem(), "invalid");

    invites(&owner, "third@example.com", &agent).await.ok();
    let older = secret_for(&world, "third@example.com").await;
    invites(&owner, "third@example.com", &agent).await.ok();
    assert_eq!(accepts(&world, &older, PASSWORD).await.problem(), "invalid", "the newer one took its place");
    let newer = secret_for(&world, "third@example.com").await;
    world.after(days(7)).await;
    assert_eq!(accepts(&world, &newer, PASSWORD).await.problem(), "invalid");
    assert_eq!(items(world.owner().get("/invitations").await.ok()), Vec::<Value>::new());
}

#[story]
async fn an_invitation_says_whom_it_is_for_before_it_is_accepted(world: World) {
    let (owner, stranger) = (world.owner(), world.stranger());
    let looks = async |secret: &str| stranger.post("/invitations/lookups", json!({ "token": secret })).await;
    invites(&owner, "first@example.com", &role(&owner, "agent").await).await.ok();
    let secret = secret_for(&world, "first@example.com").await;
    let said = json!({ "shop": { "name": "Fjell & Fjord" }, "email": "first@example.com", "name": "", "has_account": false });
    assert_eq!(looks(&secret).await.ok(), said);
    assert_eq!(looks(&secret).await.ok(), said, "looking does not use it up");

    let ines = world.agent("Ines").get("/session").await.ok()["person"]["email"].as_str().unwrap().to_owned();
    let elsewhere = world.other_shop().owner();
    invites(&elsewhere, &ines, &role(&elsewhere, "agent").await).await.ok();
    let known = looks(&secret_for(&world, &ines).await).await.ok();
    assert_eq!((&known["has_account"], &known["shop"]["name"]), (&json!(true), &json!("Dağ Dükkânı")));

    let refused = looks("oin_nobody-ever-made-this-one").await;
    assert_eq!(refused.problem(), "not_found");
    world.clock.advance(days(7));
    let expired = looks(&secret).await;
    assert_eq!((expired.status, expired.bytes), (refused.status, refused.bytes), "whether it ever was is not said");
    while looks(&secret).await.status == StatusCode::NOT_FOUND {}
    assert_eq!(looks(&secret).await.problem(), "too_many");
}

#[story]
async fn who_has_an_account_elsewhere_proves_it_by_its_password(world: World) {
    let ines = world.agent("Ines");
    let email = ines.get("/session").await.ok()["person"]["email"].as_str().unwrap().to_owned();
    let elsewhere = world.other_shop().owner();
    invites(&elsewhere, &email, &role(&elsewhere, "lead").await).await.ok();
    let mail = world.other_shop().mail_to(&email).await;
    assert!(mail.contains("Dağ Dükkânı müşterileriyle"), "in the language of the shop: {mail}");
    let secret = mail.split("/console/invitation#").nth(1).unwrap().split_whitespace().next().unwrap();

    assert_eq!(accepts(&world, secret, "another password").await.problem(), "invalid");
    let session = accepts(&world, secret, PASSWORD).await.ok();
    assert_eq!((&session["person"]["name"], &session["member"]["role"]["key"]), (&json!("Ines"), &json!("lead")));
    assert_eq!(session["shop"]["id"], world.other_shop().id().to_string());
    assert_eq!(ines.get("/session").await.ok()["shops"].as_array().map(Vec::len), Some(2));
}

#[story]
async fn the_last_owner_stays(world: World) {
    let owner = world.owner();
    let (me, agent) = (member_path(&owner).await, role(&owner, "agent").await);
    for change in [json!({ "role": agent }), json!({ "active": false })] {
        assert_eq!(owner.patch(&me, change).await.problem(), "conflict");
    }
    let second = world.member("Olav", "owner");
    second.get("/session").await.ok();
    second.patch(&me, json!({ "active": false })).await.ok();
    assert_eq!(owner.get("/session").await.status, StatusCode::UNAUTHORIZED);
    let olav = member_path(&second).await;
    assert_eq!(second.patch(&olav, json!({ "role": agent })).await.problem(), "conflict", "now Olav is the last one");
}

#[story]
async fn nobody_hands_out_more_than_they_hold(world: World) {
    let (owner, admin) = (world.owner(), world.member("Ada", "admin"));
    let (owner_role, owner_path, admin_path) = (role(&owner, "owner").await, member_path(&owner).await, member_path(&admin).await);
    for answer in [
        invites(&admin, "friend@example.com", &owner_role).await,
        admin.patch(&admin_path, json!({ "role": owner_role })).await,
        admin.patch(&owner_path, json!({ "active": false })).await,
        admin.post("/roles", json!({ "name": "Sneaky", "permissions": ["shops.create"] })).await,
        admin.post("/tokens", json!({ "name": "Sneaky", "scopes": ["shops.create"], "expires_at": null })).await,
        admin.post("/shops", json!({ "name": "Mine", "language": "en", "time_zone": "UTC" })).await,
        world.agent("Ines").get("/invitations").await,
    ] {
        assert_eq!(answer.problem(), "forbidden");
    }
}

#[story]
async fn a_new_role_signs_its_member_out_at_once(world: World) {
    let (owner, ines) = (world.owner(), world.agent("Ines"));
    let path = member_path(&ines).await;
    let mut screens = world.app.live().listen(Topic::Shop(world.id()));
    owner.patch(&path, json!({ "role": role(&owner, "viewer").await })).await.ok();

    assert_eq!(ines.get("/session").await.status, StatusCode::UNAUTHORIZED);
    let told = std::iter::from_fn(|| screens.try_next()).any(|frame| match &*frame {
        Frame::Signal { name, data } if name == "signed_out" => path.ends_with(data["member"].as_str().unwrap()),
        _ => false,
    });
    assert!(told);
}

#[story]
async fn a_deactivated_member_is_out_with_all_their_programs(world: World) {
    let (owner, admin) = (world.owner(), world.member("Ada", "admin"));
    let path = member_path(&admin).await;
    let body = json!({ "name": "Script", "scopes": ["team.read"], "expires_at": null });
    let token = admin.post("/tokens", body).await.ok()["token"].as_str().unwrap().to_owned();
    let headers = HeaderMap::from_iter([(header::AUTHORIZATION, HeaderValue::from_str(&format!("Bearer {token}")).unwrap())]);
    let program = async || send(world.router(), Method::GET, "/members", &headers, Body::empty()).await;
    program().await.ok();

    owner.patch(&path, json!({ "active": false })).await.ok();
    assert_eq!(admin.get("/session").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(program().await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(owner.get(&path).await.ok()["active"], false);
    owner.patch(&path, json!({ "active": true })).await.ok();
    program().await.ok();
}

#[story]
async fn a_role_of_the_shops_own_is_made_given_cut_and_deleted(world: World) {
    let (owner, ines) = (world.owner(), world.agent("Ines"));
    let made = owner.post("/roles", json!({ "name": "Auditor", "permissions": ["audit.read", "team.read"] })).await.ok();
    assert_eq!(owner.post("/roles", json!({ "name": " auditor", "permissions": [] })).await.problem(), "conflict");
    assert_eq!(owner.post("/roles", json!({ "name": "Fax", "permissions": ["faxes.send"] })).await.problem(), "invalid");
    let path = member_path(&ines).await;
    owner.patch(&path, json!({ "role": made["id"] })).await.ok();

    let auditor = format!("/roles/{}", made["id"].as_str().unwrap());
    assert_eq!(owner.delete(&auditor).await.problem(), "conflict", "Ines has it");
    let cut = owner.patch(&auditor, json!({ "permissions": ["team.read"] })).await.ok();
    assert_eq!((&cut["permissions"], &cut["members"]), (&json!(["team.read"]), &json!(1)));
    owner.patch(&path, json!({ "role": role(&owner, "agent").await })).await.ok();
    owner.delete(&auditor).await.ok();
    let built_in = items(owner.get("/roles").await.ok())[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(owner.delete(&format!("/roles/{built_in}")).await.problem(), "conflict");
}

#[story]
async fn another_shops_people_do_not_exist(world: World) {
    let (owner, elsewhere) = (world.owner(), world.other_shop().owner());
    let theirs = member_path(&elsewhere).await;
    assert_eq!(owner.get(&theirs).await.problem(), "not_found");
    assert_eq!(owner.patch(&theirs, json!({ "active": false })).await.problem(), "not_found");
    let their_role = role(&elsewhere, "agent").await;
    assert_eq!(invites(&owner, "friend@example.com", &their_role).await.problem(), "invalid");
    let them = theirs.trim_start_matches("/members/");
    assert_eq!(owner.post("/departments", json!({ "name": "Gear", "members": [them] })).await.problem(), "invalid");
}
