//! What is over is swept out, once a day: nothing grows for ever.

use ::platform::{
    App, Tx,
    event::{self, Actor},
    files,
};
use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use kernel::{Error, Result, days, hours, minutes, seconds};
use serde_json::{Value, json};
use story_macro::story;

use crate::{
    actor::{Shopper, items},
    customers::{arrives, signed},
    files::{bucket::BucketWorld, is_kept},
    ground,
    story::{Place, Setting},
    world::World,
};

/// How many rows there are like this.
async fn rows(world: &World, of: &'static str) -> i64 {
    world.app.read(async move |tx: &mut Tx<'_>| tx.value(&format!("SELECT COUNT(*) FROM {of}"), &[]).await).await.unwrap()
}

/// Writes a message that carries a file of this content.
async fn sends(who: &Shopper, content: &[u8]) -> Value {
    let talk = who.writes("Look").await;
    let file = who.uploads("/chat/files?name=note.txt", content).await.ok();
    let body = json!({ "client_id": who.shop.fresh_key(), "text": "", "files": [file["id"]] });
    who.post(&format!("/chat/conversations/{}/messages", talk.id), body).await.ok();
    file
}

/// Stores a file and dies before anything names it.
async fn crashes_over(app: &App, world: &World, content: &'static [u8]) {
    let crashed: Result<()> = files::keep(app, world.id(), content.into(), async |_: &mut Tx<'_>, _| Err(Error::broken("a crash"))).await;
    crashed.unwrap_err();
}

async fn unsent_and_unnamed_files_go(world: &World) {
    let mara = world.shopper("Mara");
    world.after(hours(1)).await;
    sends(&mara, b"sent").await;
    mara.uploads("/chat/files?name=unsent.txt", b"never sent").await.ok();
    mara.uploads("/chat/files?name=same.txt", b"sent").await.ok();
    crashes_over(&world.app, world, b"never named").await;
    crashes_over(&world.app, world, b"sent").await;

    world.after(days(1) - seconds(1)).await;
    for content in [&b"sent"[..], b"never sent", b"never named"] {
        assert!(is_kept(world, content).await, "{}: somebody may be about to send it", String::from_utf8_lossy(content));
    }
    world.after(days(1)).await;
    assert!(is_kept(world, b"sent").await, "one row names it still");
    for content in [&b"never sent"[..], b"never named"] {
        assert!(!is_kept(world, content).await, "{}", String::from_utf8_lossy(content));
    }
    assert_eq!((rows(world, "inbox_files").await, rows(world, "platform_files").await), (1, 1));
    // and the same content may come again
    sends(&mara, b"never named").await;
    world.after(days(3)).await;
    assert!(is_kept(world, b"never named").await);
}

#[story]
async fn a_file_nobody_sends_is_gone_after_a_day(world: World) {
    unsent_and_unnamed_files_go(&world).await;
}

#[story]
async fn a_file_nobody_sends_leaves_the_bucket_too(world: BucketWorld) {
    unsent_and_unnamed_files_go(&world).await;
}

#[story]
async fn what_is_just_being_removed_is_not_stored_meanwhile(world: World) {
    let ines = world.agent("Ines");
    ines.uploads("/files?name=note.txt", b"a note").await.ok();
    // it is to go, and has not gone yet
    let leaving = world.app.write(async |tx: &mut Tx<'_>| tx.one("UPDATE platform_files SET names = 0, leaving = TRUE", &[]).await);
    leaving.await.unwrap();
    assert_eq!(ines.uploads("/files?name=note.txt", b"a note").await.problem(), "outside");
    assert_eq!(rows(&world, "inbox_files").await, 1, "nothing names what is about to go");
}

#[story]
async fn many_files_go_in_pieces(world: World) {
    let shop = world.id();
    let stored = world.app.write(async move |tx: &mut Tx<'_>| {
        let now = tx.now();
        for n in 0..1_200_i64 {
            let key = format!("{shop}/{n:064x}");
            let sql = "INSERT INTO platform_files (shop_id, storage_key, id, names, leaving, at) VALUES ($1, $2, $1, 0, FALSE, $3)";
            tx.one(sql, &[&shop, &key, &now]).await?;
        }
        Ok(())
    });
    stored.await.unwrap();
    world.after(days(1)).await;
    assert_eq!(rows(&world, "platform_files").await, 0);
}

#[story]
async fn sessions_links_and_counts_that_are_over_are_swept_out(world: World) {
    let owner = world.owner();
    owner.get("/session").await.ok();
    let stranger = world.stranger();
    stranger.post("/session", json!({ "email": "nobody@example.com", "password": "wrong wrong wrong" })).await;
    stranger.post("/password-resets", json!({ "email": "owner@en.example" })).await;
    assert!(rows(&world, "team_attempts").await > 0);
    assert_eq!(rows(&world, "team_password_resets").await, 1);
    assert!(rows(&world, "team_sessions").await > 0);
    world.after(days(3)).await;
    for table in ["team_attempts", "team_password_resets", "team_sessions"] {
        assert_eq!(rows(&world, table).await, 0, "{table}");
    }
}

#[story]
async fn an_invitation_nobody_accepted_is_swept_out(world: World) {
    let owner = world.owner();
    let role = items(owner.get("/roles").await.ok())[0]["id"].clone();
    owner.post("/invitations", json!({ "email": "nils@example.com", "name": "Nils", "role": role, "departments": [] })).await.ok();
    world.after(days(6)).await;
    assert_eq!(rows(&world, "team_invitations").await, 1);
    world.after(days(2)).await;
    assert_eq!(rows(&world, "team_invitations").await, 0);
    assert_eq!(rows(&world, "platform_directory WHERE kind = 'invitation'").await, 0);
}

#[story]
async fn a_token_that_ran_out_is_put_away_and_still_named(world: World) {
    let owner = world.owner();
    let token = json!({ "name": "Nightly export", "scopes": ["tags.manage"], "expires_at": world.in_(days(1)) });
    owner.post("/tokens", token).await.ok();
    world.after(days(20)).await;
    owner.signs_in_again().await;
    assert_eq!(items(owner.get("/tokens").await.ok()).len(), 1, "listed, so that somebody sees why it is refused");
    world.after(days(20)).await;
    owner.signs_in_again().await;
    assert!(items(owner.get("/tokens").await.ok()).is_empty());
    assert_eq!(rows(&world, "team_tokens").await, 1, "for the audit log");
    assert_eq!(rows(&world, "platform_directory WHERE kind = 'api_token'").await, 0);
}

#[story]
async fn a_browser_not_seen_for_half_a_year_is_forgotten(world: World) {
    let mara = world.shopper("Mara");
    mara.begins("Hello").await;
    world.after(days(179)).await;
    assert_eq!(mara.conversations().await.len(), 1);
    world.after(days(2)).await;
    assert_eq!(mara.get("/chat/conversations").await.problem(), "sign_in_needed");
    assert_eq!((rows(&world, "customers_visitors").await, rows(&world, "platform_directory WHERE kind = 'visitor'").await), (0, 0));
    assert_eq!(rows(&world, "inbox_conversations").await, 1, "what was said stays");
}

#[story]
async fn signatures_used_up_are_forgotten_once_they_have_run_out(world: World) {
    let secret = world.owner().post("/widget/keys", Value::Null).await.ok()["secret"].as_str().unwrap().to_owned();
    arrives(&world, &signed(&world, &secret, json!({ "sub": "4711", "nonce": "one" })).await).await.ok();
    assert_eq!(rows(&world, "customers_nonces").await, 1);
    world.after(days(1)).await;
    assert_eq!(rows(&world, "customers_nonces").await, 0);
}

#[story]
async fn answers_kept_for_a_repetition_are_kept_for_a_week(world: World) {
    let (ines, talk) = (world.program(), world.shopper("Mara").begins("Hello").await);
    let headers = [("content-type", "application/json"), ("idempotency-key", "k-1")];
    let body = json!({ "client_id": "c", "kind": "reply", "html": "<p>Yes</p>", "seen_seq": 1 }).to_string();
    let answer = ines.send(Method::POST, &format!("/conversations/{}/messages", talk.id), &headers, Body::from(body)).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    world.after(days(6)).await;
    assert_eq!(rows(&world, "platform_answers").await, 1);
    world.after(days(2)).await;
    assert_eq!(rows(&world, "platform_answers").await, 0);
}

#[story]
async fn mails_that_left_are_kept_for_a_month(world: World) {
    world.agent("Ines").get("/session").await.ok();
    world.settle().await;
    world.after(days(29)).await;
    assert_eq!(rows(&world, "platform_mails").await, 1);
    world.after(days(2)).await;
    assert_eq!(rows(&world, "platform_mails").await, 0);
}

#[story]
async fn a_sweep_that_fails_is_tried_again_and_bothers_nobody(world: World) {
    let shop = world.id();
    let spoilt = world.app.write(async move |tx: &mut Tx<'_>| {
        let sql = "INSERT INTO platform_files (shop_id, storage_key, id, names, leaving, at) VALUES ($1, 'no key', $1, 0, FALSE, 0)";
        tx.one(sql, &[&shop]).await
    });
    spoilt.await.unwrap();
    world.after(days(1)).await;
    assert_eq!(rows(&world, "platform_jobs WHERE kind = 'sweep' AND state <> 'ready'").await, 0);
    let mended = world.app.write(async |tx: &mut Tx<'_>| tx.one("DELETE FROM platform_files", &[]).await);
    mended.await.unwrap();
    crashes_over(&world.app, &world, b"never named").await;
    world.after(days(1) + hours(2)).await;
    assert!(!is_kept(&world, b"never named").await, "the next day it does its work");
}

/// An installation whose operator keeps events for thirty days.
pub struct Forgetful {
    world: World,
    config: ::platform::config::Config,
}

impl Setting for Forgetful {
    fn modules() -> Vec<::platform::Module> {
        World::modules()
    }
    async fn set(place: &Place) -> Forgetful {
        let config = ::platform::config::Config { events_kept_days: 30, ..place.config() };
        Forgetful { world: World::with(config.clone()).await, config }
    }
}

async fn newest(app: &App, shop: kernel::ShopId) -> i64 {
    app.read(async move |tx: &mut Tx<'_>| event::newest(tx, shop).await).await.unwrap()
}

#[story]
async fn events_are_kept_for_as_long_as_the_operator_says(installation: Forgetful) {
    let world = &installation.world;
    let (owner, talk) = (world.owner(), world.shopper("Mara").begins("Hello").await);
    for n in 0..600 {
        let shop = world.id();
        let said = world.app.write(async move |tx: &mut Tx<'_>| {
            tx.announce(&Actor::system(shop), team::events::MemberChanged { member: uuid::Uuid::from_u128(n).into() }).await
        });
        said.await.unwrap();
    }
    owner.put(&format!("/conversations/{}/spam", talk.id), json!({})).await.ok();
    world.settle().await;
    let audited = rows(world, "platform_events WHERE audited").await;

    world.after(days(29)).await;
    assert!(rows(world, "platform_events WHERE NOT audited").await > 600);
    world.after(days(2)).await;
    assert_eq!(rows(world, "platform_events WHERE NOT audited").await, 0);
    assert_eq!(rows(world, "platform_events WHERE audited").await, audited);

    owner.signs_in_again().await;
    let checked = owner.get("/audit/verification").await.ok();
    assert_eq!((&checked["ok"], checked["checked"].as_i64() > Some(3)), (&json!(true), true), "{checked}");
}

#[story]
async fn no_number_is_given_twice_after_events_were_folded(installation: Forgetful) {
    let world = &installation.world;
    world.shopper("Mara").begins("Hello").await;
    world.settle().await;
    let before = newest(&world.app, world.id()).await;
    world.after(days(40)).await;
    assert!(rows(world, "platform_events").await > 0);
    assert!(newest(&world.app, world.id()).await >= before);

    // the server starts again, and its newest events are gone
    let (ground, _) = ground::lay_with(&installation.config, world.clock.clone(), 2);
    let again = App::open(installation.config.clone(), ground, &mut World::modules()).await.unwrap();
    let shop = world.id();
    let said = again.write(async move |tx: &mut Tx<'_>| {
        tx.announce(&Actor::system(shop), team::events::ShopChanged { shop, fields: Vec::new() }).await
    });
    said.await.unwrap();
    again.run_due_jobs().await.unwrap();
    assert!(newest(&again, shop).await > before);
}

#[story]
async fn a_screen_that_was_away_for_longer_than_events_are_kept_begins_anew(installation: Forgetful) {
    let world = &installation.world;
    world.shopper("Mara").begins("Hello").await;
    world.settle().await;
    let seen = newest(&world.app, world.id()).await - 1;
    world.after(days(40)).await;
    world.shopper("Nia").begins("Hello").await;
    world.settle().await;
    let owner = world.owner();
    assert_eq!(crate::sockets::greeting(world, &owner, seen).await["type"], "resync");
    let now = newest(&world.app, world.id()).await;
    assert_eq!(crate::sockets::greeting(world, &owner, now).await, json!({ "type": "hello", "seq": now }));
    world.after(minutes(1)).await;
}
