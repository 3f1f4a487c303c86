//! A shop closes: from then on it is as if it had never been.

use ::platform::{
    Tx,
    event::{self, Sought},
    http::Access,
    live::Topic,
};
use axum::http::StatusCode;
use serde_json::json;
use story_macro::story;

use crate::{
    crossing::{call, is_socket, operations, things::Things},
    world::{PASSWORD, World},
};

const ITS_NAME: &str = "/shop?name=Fjell%20%26%20Fjord";

#[story]
async fn only_an_owner_who_names_the_shop_closes_it(world: World) {
    let (owner, admin) = (world.owner(), world.member("Ada", "admin"));
    assert_eq!(admin.delete(ITS_NAME).await.problem(), "forbidden");
    for slip in ["/shop", "/shop?name=", "/shop?name=Fjell"] {
        assert_eq!(owner.delete(slip).await.problem(), "invalid", "{slip}");
    }
    admin.get("/shop").await.ok();
    assert_eq!(owner.delete(ITS_NAME).await.status, StatusCode::NO_CONTENT);
}

#[story]
async fn nobody_of_a_closed_shop_is_let_in(world: World) {
    let things = Things::of(&world, "Mara").await;
    let (owner, program, mara) = (world.owner(), world.program(), things.visitor());
    program.get("/shop").await.ok();
    let key = owner.get("/widget").await.ok()["key"].as_str().unwrap().to_owned();
    let file = owner.uploads("/files?name=note.txt", b"a note").await.ok()["url"].as_str().unwrap().to_owned();
    let operations = operations(&world, &things);
    owner.delete(ITS_NAME).await.ok();

    let mut wrong = Vec::new();
    for operation in operations.iter().filter(|op| !is_socket(op) && op.access != Access::Public) {
        let visitor = operation.access == Access::Visitor;
        let callers = if visitor { vec![mara.clone()] } else { vec![owner.0.clone(), things.member(), program.0.clone()] };
        for caller in callers {
            let status = call(&caller, operation).await.status;
            if status != StatusCode::UNAUTHORIZED && !(visitor && status == StatusCode::NOT_FOUND) {
                wrong.push(format!("{} {} as {}: {status}", operation.method, operation.path, caller.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));

    let stranger = world.stranger();
    assert_eq!(stranger.get(&format!("/chat/config?key={key}")).await.problem(), "not_found");
    let arrival = json!({ "key": key, "language": "en", "time_zone": null, "identity": null });
    assert_eq!(stranger.post("/chat/visitors", arrival).await.problem(), "not_found");
    let file = file.strip_prefix("http://127.0.0.1:8080").unwrap();
    assert_eq!(stranger.get(&format!("/{file}")).await.status, StatusCode::NOT_FOUND);
    let again = json!({ "email": "owner@en.example", "password": PASSWORD });
    assert_eq!(stranger.post("/session", again).await.problem(), "forbidden", "of no other shop a member");
}

#[story]
async fn an_invitation_to_a_closed_shop_leads_nowhere(world: World) {
    let owner = world.owner();
    let roles = crate::actor::items(owner.get("/roles").await.ok());
    let body = json!({ "email": "nils@example.com", "name": "Nils", "role": roles[0]["id"], "departments": [] });
    owner.post("/invitations", body).await.ok();
    let mail = world.mail_to("nils@example.com").await;
    let secret = mail.split("/console/invitation#").nth(1).unwrap().split_whitespace().next().unwrap();
    owner.delete(ITS_NAME).await.ok();

    let stranger = world.stranger();
    assert_eq!(stranger.post("/invitations/lookups", json!({ "token": secret })).await.problem(), "not_found");
    let accepted = json!({ "token": secret, "name": "Nils", "password": PASSWORD });
    assert_eq!(stranger.post("/invitations/acceptances", accepted).await.problem(), "invalid");
}

#[story]
async fn the_end_is_written_down_and_open_screens_go_dark(world: World) {
    let (owner, elsewhere) = (world.owner(), world.other_shop().owner());
    elsewhere.get("/session").await.ok();
    let mut screen = world.app.live().listen(Topic::Shop(world.id()));
    owner.delete(ITS_NAME).await.ok();
    world.settle().await;
    while screen.next().await.is_some() {}

    let (shop, closed) = (world.id(), Sought { kind: Some("shop_closed".into()), actor: None });
    let written = world.app.read(async move |tx: &mut Tx<'_>| event::audit_before(tx, shop, &closed, i64::MAX, 10).await);
    assert_eq!(written.await.unwrap().len(), 1);
    elsewhere.get("/session").await.ok();
    world.other_shop().shopper("Ali").begins("Merhaba").await;
}
