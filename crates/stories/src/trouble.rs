//! When the disk is full or the database is away: it is said, nothing is half done, and it goes on as soon as it can.

use ::platform::{App, Tx};
use axum::http::StatusCode;
use futures::future::join_all;
use kernel::hours;
use serde_json::json;
use story_macro::story;

use crate::{sockets::Server, world::World};

/// Runs statements that no room has, one after the other.
async fn run(app: &App, statements: &'static [&'static str]) {
    let ran = app.write(async move |tx: &mut Tx<'_>| {
        for statement in statements {
            tx.rows(statement, &[]).await?;
        }
        Ok(())
    });
    ran.await.unwrap();
}

/// From now on the database answers what it answers on a full disk: SQLite may not grow, PostgreSQL is made to say so.
async fn fill(world: &World) {
    match is_sqlite(world) {
        true => run(&world.app, &["PRAGMA max_page_count = 1"]).await,
        false => {
            let statements = &[
                "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS \
                 $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$",
                "CREATE TRIGGER full_disk BEFORE INSERT ON inbox_messages EXECUTE FUNCTION full_disk()",
                "CREATE TRIGGER full_disk BEFORE INSERT ON platform_seals EXECUTE FUNCTION full_disk()",
                "CREATE TRIGGER full_disk BEFORE UPDATE ON team_sessions EXECUTE FUNCTION full_disk()",
            ];
            run(&world.app, statements).await;
        }
    }
}

async fn make_room(world: &World) {
    match is_sqlite(world) {
        true => run(&world.app, &["PRAGMA max_page_count = 1000000"]).await,
        false => run(&world.app, &["DROP FUNCTION full_disk CASCADE"]).await,
    }
}

fn is_sqlite(world: &World) -> bool {
    world.app.config().database_url.is_empty()
}

#[story]
async fn a_full_disk_is_said_and_what_was_refused_is_stored_once_there_is_room(world: World) {
    let (mara, ines) = (world.shopper("Mara"), world.agent("Ines"));
    let talk = mara.begins("Hello").await;
    assert_eq!(ines.reads(&talk).await.len(), 1);
    let path = format!("/chat/conversations/{}/messages", talk.id);
    // more than fits into what the database has already
    let body = json!({ "client_id": world.fresh_key(), "text": "It is too small. ".repeat(230), "files": [] });
    fill(&world).await;

    let refused = mara.post(&path, body.clone()).await;
    assert_eq!((refused.status, refused.problem().as_str()), (StatusCode::INSUFFICIENT_STORAGE, "no_room"));
    assert!(refused.json()["detail"].as_str().unwrap().contains("disk is full"), "{}", refused.text());
    // so late that who comes would be noted
    world.clock.advance(hours(1));
    assert_eq!((mara.reads(&talk).await.len(), ines.reads(&talk).await.len()), (1, 1), "what can be read is");
    if !is_sqlite(&world) {
        let ready = world.stranger().get("//readyz").await;
        assert_eq!(
            (ready.status, ready.text().as_str()),
            (StatusCode::SERVICE_UNAVAILABLE, "the disk of the database is full: nothing is stored until there is room\n")
        );
    }

    make_room(&world).await;
    assert_eq!(mara.post(&path, body).await.status, StatusCode::CREATED);
    assert_eq!(mara.reads(&talk).await.len(), 2);
    assert_eq!(world.stranger().get("//readyz").await.text(), "ready\n");
}

#[story]
async fn a_console_is_not_signed_out_because_nobody_can_look_up_who_it_is(world: World) {
    let (server, ines) = (Server::of(&world).await, world.agent("Ines"));
    let headers = ines.headers().await;
    let mut ended = Vec::new();
    for statement in ["ALTER TABLE team_sessions RENAME TO elsewhere", "ALTER TABLE elsewhere RENAME TO team_sessions"] {
        world.app.write(async move |tx: &mut Tx<'_>| tx.rows(statement, &[]).await.map(drop)).await.unwrap();
        let mut socket = server.open("/live", &headers).await;
        socket.says(json!({ "token": null, "after": null })).await;
        ended.push(socket.hears().await.map(|frame| frame["type"].clone()));
    }
    assert_eq!(ended, [None, Some(json!("hello"))], "it is hung up on, and comes back");
}

/// The database ends connections: all but the one that asks for it.
async fn end_all_others(world: &World) {
    let (client, connection) = tokio_postgres::connect(&world.app.config().database_url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    let others = "SELECT COUNT(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity \
                  WHERE datname = current_database() AND pid <> pg_backend_pid()";
    client.query_one(others, &[]).await.unwrap();
}

#[story]
async fn connections_that_died_while_they_lay_idle_are_replaced_before_anybody_notices(world: World) {
    if is_sqlite(&world) {
        return; // it has none
    }
    let owner = world.owner();
    let many = || join_all((0..12).map(|_| owner.get("/session")));
    assert!(many().await.iter().all(|answer| answer.status == StatusCode::OK));
    for _ in 0..5 {
        end_all_others(&world).await;
        let statuses: Vec<StatusCode> = many().await.iter().map(|answer| answer.status).collect();
        assert_eq!(statuses, [StatusCode::OK; 12]);
    }
}

#[story]
async fn a_connection_lost_in_the_middle_is_said_and_the_next_one_works(world: World) {
    if is_sqlite(&world) {
        return; // it has none
    }
    let (mara, client_id) = (world.shopper("Mara"), world.fresh_key());
    let talk = mara.begins("Hello").await;
    let path = format!("/chat/conversations/{}/messages", talk.id);
    let body = json!({ "client_id": client_id, "text": "Are you there?", "files": [] });
    let statements = &[
        "CREATE FUNCTION hang_up() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$",
        "CREATE TRIGGER hang_up BEFORE INSERT ON inbox_messages FOR EACH ROW EXECUTE FUNCTION hang_up()",
    ];
    run(&world.app, statements).await;

    let refused = mara.post(&path, body.clone()).await;
    assert_eq!((refused.status, refused.problem().as_str()), (StatusCode::SERVICE_UNAVAILABLE, "unavailable"));
    assert!(refused.header("retry-after").is_some_and(|seconds| seconds.parse::<u64>().is_ok()));

    run(&world.app, &["DROP FUNCTION hang_up CASCADE"]).await;
    assert_eq!(mara.post(&path, body).await.status, StatusCode::CREATED);
    assert_eq!(mara.reads(&talk).await.iter().filter(|message| message["text"] == "Are you there?").count(), 1);
}
