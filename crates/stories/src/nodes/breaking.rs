//! The doorbell breaks: news comes seconds late, and none is missed or heard twice.

use ::platform::{config::Config, nodes::Reach};
use kernel::seconds;
use serde_json::Value;
use tokio::time::timeout;
use tokio_postgres::NoTls;

use super::{
    IN_TIME, NatsServer, OverPostgres, Town,
    crossing::{console, soon},
    until,
};
use crate::{
    actor::{Shopper, Talk, send},
    sockets::{Server, Socket},
    story::{Engine, Place, Setting, tell},
};

/// Over PostgreSQL and a NATS server of its own.
struct Breakable {
    town: Town<()>,
    nats: NatsServer,
}

impl Setting for Breakable {
    const SERVERS: &'static [&'static str] = &["OMBUD_TEST_NATS"];
    fn modules() -> Vec<::platform::Module> {
        crate::world::World::modules()
    }
    async fn set(place: &Place) -> Breakable {
        let nats = NatsServer::start().await;
        Breakable { town: Town::with(Config { nats_url: nats.url(), ..place.config() }).await, nats }
    }
}

/// Writes so many messages; their ids.
async fn write<D>(town: &Town<D>, mara: &Shopper, talk: &Talk, many: usize) -> Vec<Value> {
    let mut written = Vec::new();
    for n in 0..many {
        // nobody may write faster for long
        town.world.clock.advance(seconds(2));
        written.push(mara.writes_in(talk, &format!("Message {n}")).await["id"].clone());
    }
    written
}

/// Hears of exactly these messages, in their order.
async fn hears_of_all(socket: &mut Socket, written: &[Value]) {
    let mut heard = Vec::new();
    let all = async {
        while heard.len() < written.len() {
            let frame = socket.hears_of("event").await;
            if frame["event"] == "message_received" {
                heard.push(frame["ids"]["message"].clone());
            }
        }
    };
    let in_time = timeout(IN_TIME, all).await;
    assert_eq!((in_time.is_ok(), heard.as_slice()), (true, written));
}

async fn ready(town: &Town<()>) -> String {
    send(&town.nodes[1].router, axum::http::Method::GET, "//readyz", &axum::http::HeaderMap::new(), axum::body::Body::empty()).await.text()
}

mod nats_is_killed_and_comes_back_and_nothing_is_missed {
    #[test]
    fn nats() {
        super::tell(super::Engine::Postgres, module_path!(), super::nats_is_killed_and_comes_back_and_nothing_is_missed);
    }
}

async fn nats_is_killed_and_comes_back_and_nothing_is_missed(Breakable { town, mut nats }: Breakable) {
    let (ines, mara) = (town.world.agent("Ines"), town.world.shopper("Mara"));
    let talk = mara.begins("Is it waterproof?").await;
    town.world.settle().await;
    let mut screen = console(&Server::with(&town.nodes[1].router).await, &ines).await;
    assert_eq!(ready(&town).await, "ready\n");
    let written = write(&town, &mara, &talk, 5).await;
    hears_of_all(&mut screen, &written).await;

    nats.dies();
    let written = write(&town, &mara, &talk, 5).await;
    hears_of_all(&mut screen, &written).await;
    until(IN_TIME, "the nodes know", async || town.nodes.iter().all(|node| node.app.reach() == Reach::Cut)).await;
    assert!(ready(&town).await.contains("ready, but other nodes cannot be reached"), "{}", ready(&town).await);

    let written = write(&town, &mara, &talk, 5).await;
    nats.comes_back().await;
    hears_of_all(&mut screen, &written).await;
    for node in &town.nodes {
        node.is_among_the_others().await;
    }
    assert_eq!(ready(&town).await, "ready\n");
    for _ in 0..3 {
        write(&town, &mara, &talk, 1).await;
        soon(&mut screen, "message_received").await;
    }
}

mod the_connections_that_listen_are_cut_and_nothing_is_missed {
    #[test]
    fn postgres() {
        super::tell(super::Engine::Postgres, module_path!(), super::the_connections_that_listen_are_cut_and_nothing_is_missed);
    }
}

async fn the_connections_that_listen_are_cut_and_nothing_is_missed(town: Town<OverPostgres>) {
    let (ines, mara) = (town.world.agent("Ines"), town.world.shopper("Mara"));
    let talk = mara.begins("Is it waterproof?").await;
    town.world.settle().await;
    let mut screen = console(&Server::with(&town.nodes[1].router).await, &ines).await;
    let (client, connection) = tokio_postgres::connect(&town.world.app.config().database_url, NoTls).await.unwrap();
    tokio::spawn(connection);
    for _ in 0..3 {
        for node in &town.nodes {
            node.is_among_the_others().await;
        }
        let mut written = write(&town, &mara, &talk, 3).await;
        let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'ombud nodes'";
        let cut = client.query(sql, &[]).await.unwrap().len();
        assert!(cut > 0, "there is somebody to cut off");
        written.extend(write(&town, &mara, &talk, 3).await);
        hears_of_all(&mut screen, &written).await;
    }
    for node in &town.nodes {
        node.is_among_the_others().await;
    }
    for _ in 0..3 {
        write(&town, &mara, &talk, 1).await;
        soon(&mut screen, "message_received").await;
    }
}

#[test]
fn a_nats_server_without_postgresql_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config { data: folder.path().display().to_string(), nats_url: "nats://127.0.0.1:1".into(), ..Config::default() };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let refused = runtime.block_on(async { app::open(config.clone(), app::ground(&config).unwrap()).await.err().unwrap() });
    assert!(refused.to_string().contains("share one PostgreSQL"), "{refused}");
}
