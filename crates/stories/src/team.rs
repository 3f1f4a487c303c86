//! Who may come in, and as whom.

mod closing;
mod members;
mod passwords;
mod settings;
mod sign_in;

use axum::http::StatusCode;
use story_macro::story;

use crate::world::World;

#[story]
async fn the_owner_signs_in_and_sees_their_own_shop(world: World) {
    let session = world.owner().get("/session").await.ok();
    assert_eq!(session["shop"]["id"], world.id().to_string());
    assert_eq!(session["member"]["role"]["key"], "owner");

    let elsewhere = world.other_shop().owner().get("/session").await.ok();
    assert_ne!(elsewhere["shop"]["id"], session["shop"]["id"]);
}

#[story]
async fn an_invited_agent_joins_with_the_role_they_were_given(world: World) {
    let session = world.agent("Ines").get("/session").await.ok();
    assert_eq!(session["person"]["name"], "Ines");
    assert_eq!(session["member"]["role"]["key"], "agent");
}

#[story]
async fn a_program_is_let_in_by_its_token(world: World) {
    let members = world.program().get("/members").await.ok();
    assert_eq!(members["items"].as_array().map(Vec::len), Some(1));
}

#[story]
async fn a_stranger_is_not_let_in(world: World) {
    let answer = world.stranger().get("/members").await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(answer.problem(), "sign_in_needed");
}

#[story]
async fn after_a_quiet_night_one_signs_in_again(world: World) {
    let ines = world.agent("Ines");
    ines.get("/session").await.ok();

    world.after(kernel::hours(9)).await;
    assert_eq!(ines.get("/session").await.problem(), "sign_in_needed");

    ines.signs_in_again().await;
    assert_eq!(ines.get("/session").await.ok()["person"]["name"], "Ines");
}
