//! Whoever is killed while they bring a database up to date can be started again: killed at every write on SQLite, cut off
//! after every message on PostgreSQL.

use std::{path::Path, process::Command};

use refinery::Migration;
use rusqlite::Connection;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use tokio_postgres::{Client, NoTls};

use super::*;
use crate::tests::servers::{Database, server_or_skip, setting};

/// None of this may be done twice, and none be left out.
const MIGRATIONS: [(&str, &str); 3] = [
    (
        "V1__things",
        "CREATE TABLE made_things (shop_id UUID NOT NULL PRIMARY KEY, n BIGINT NOT NULL);
         CREATE INDEX made_things_by_n ON made_things (shop_id, n);
         INSERT INTO made_things (shop_id, n) VALUES ('00000000-0000-0000-0000-000000000001', 1);",
    ),
    ("V2__colours", "ALTER TABLE made_things ADD COLUMN colour TEXT; UPDATE made_things SET colour = 'red', n = n + 1;"),
    ("V3__others", "CREATE TABLE made_others (shop_id UUID NOT NULL PRIMARY KEY); UPDATE made_things SET n = n * 10;"),
];
const AFTER: &str = "20 red";

fn rooms_to(version: usize) -> Vec<Migrations> {
    let runner: fn() -> Runner = match version {
        1 => || of(1),
        2 => || of(2),
        _ => || of(3),
    };
    let twin =
        "CREATE TABLE IF NOT EXISTS made_twin (shop_id BIGINT PRIMARY KEY); CREATE INDEX IF NOT EXISTS made_again ON made_twin (shop_id);";
    let made = Migrations { room: "made", runner, twin: Twin { sqlite: twin, postgres: twin } };
    vec![crate::module().migrations.expect("the platform has tables"), made]
}

fn of(version: usize) -> Runner {
    let known: Vec<_> = MIGRATIONS[..version].iter().map(|(name, sql)| Migration::unapplied(name, sql).unwrap()).collect();
    Runner::new(&known)
}

fn rooms() -> Vec<Migrations> {
    rooms_to(MIGRATIONS.len())
}

fn open(path: &Path) -> Connection {
    let conn = Connection::open(path).unwrap();
    conn.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;").unwrap();
    conn
}

/// All there is, so that two databases can be held against each other.
fn shape(conn: &Connection) -> String {
    let lines = |sql: &str| -> Vec<String> {
        conn.prepare(sql).unwrap().query_map([], |row| row.get::<_, String>(0)).unwrap().collect::<rusqlite::Result<_>>().unwrap()
    };
    let tables = lines("SELECT COALESCE(sql, name) FROM sqlite_master ORDER BY name");
    let made = lines("SELECT version || ' ' || name FROM made_migrations ORDER BY version");
    format!("{}\n{}", tables.join("\n"), made.join("\n"))
}

fn content(conn: &Connection) -> String {
    conn.query_row("SELECT n || ' ' || colour FROM made_things", [], |row| row.get(0)).unwrap()
}

/// The half of the test below that is killed.
#[test]
fn somebody_who_is_killed() {
    if let Some(path) = setting("OMBUD_MIGRATE") {
        sqlite(&mut open(Path::new(&path)), &rooms()).unwrap();
        println!("nobody killed me");
    }
}

#[test]
fn whoever_is_killed_at_any_write_begins_again_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let mut whole = open(&folder.path().join("whole.sqlite"));
    sqlite(&mut whole, &rooms()).unwrap();
    let (meant, mut killed) = (shape(&whole), 0);
    // what the processes of a database share takes 32 kB, and their log grows by a page of 4 kB
    for kilobytes in [1, 9].into_iter().chain((33..).step_by(4)) {
        let path = folder.path().join(format!("{kilobytes}.sqlite"));
        // the system kills whoever writes beyond this size
        let limited =
            format!("ulimit -c 0; ulimit -f {kilobytes}; exec \"$0\" db::migrate::tests::somebody_who_is_killed --exact --nocapture");
        let ended = Command::new("bash").args(["-c", &limited]).arg(std::env::current_exe().unwrap()).env("OMBUD_MIGRATE", &path).output();
        let ended = ended.unwrap();

        let mut conn = open(&path);
        sqlite(&mut conn, &rooms()).unwrap_or_else(|error| panic!("killed after {kilobytes} kB: {error}"));
        assert_eq!((shape(&conn), content(&conn).as_str()), (meant.clone(), AFTER), "killed after {kilobytes} kB");
        if String::from_utf8_lossy(&ended.stdout).contains("nobody killed me") {
            break;
        }
        killed += 1;
    }
    assert!(killed > 20, "only {killed} were killed");
}

#[test]
fn an_older_one_leaves_the_database_of_a_newer_one_as_it_is() {
    let mut conn = Connection::open_in_memory().unwrap();
    sqlite(&mut conn, &rooms()).unwrap();
    let before = shape(&conn);
    for older in [rooms_to(2), rooms()[..1].to_vec()] {
        let refused = sqlite(&mut conn, &older).unwrap_err().to_string();
        assert!(refused.contains("This database was written by a newer Ombud"), "{refused}");
        assert_eq!(shape(&conn), before);
    }
}

async fn shape_of_postgres(client: &Client) -> String {
    let sql = "SELECT string_agg(line, E'\\n' ORDER BY line) FROM ( \
        SELECT table_name || '.' || column_name || ' ' || data_type AS line FROM information_schema.columns WHERE table_schema = 'public' \
        UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' \
        UNION ALL SELECT 'made ' || version || ' ' || name FROM made_migrations \
        UNION ALL SELECT 'thing ' || n || ' ' || colour FROM made_things) AS lines";
    client.query_one(sql, &[]).await.unwrap().get(0)
}

/// Passes on `most` messages of a client that connects, and cuts it off without passing on an answer to the last of them.
async fn cut_after(most: usize, server: (String, u16)) -> (u16, tokio::task::JoinHandle<bool>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let passing = tokio::spawn(async move {
        let (client, _) = listener.accept().await.unwrap();
        let there = TcpStream::connect(server).await.unwrap();
        let ((mut asks, mut hears), (mut answers, mut takes)) = (client.into_split(), there.into_split());
        let back = tokio::spawn(async move { tokio::io::copy(&mut answers, &mut hears).await });
        // the first message has no letter before its length
        let mut head = 4;
        for passed in 0.. {
            let mut message = vec![0; head];
            if asks.read_exact(&mut message).await.is_err() {
                return false;
            }
            let length = u32::from_be_bytes(message[head - 4..].try_into().unwrap()) as usize;
            message.resize(head - 4 + length, 0);
            asks.read_exact(&mut message[head..]).await.unwrap();
            if passed == most {
                back.abort();
            }
            takes.write_all(&message).await.unwrap();
            if passed == most {
                return true;
            }
            head = 5;
        }
        unreachable!()
    });
    (port, passing)
}

#[tokio::test]
async fn whoever_is_cut_off_after_any_message_begins_again_on_postgresql() {
    let Some(server) = server_or_skip("OMBUD_TEST_POSTGRES", "whoever_is_cut_off_after_any_message_begins_again_on_postgresql") else {
        return;
    };
    let database = Database::make(&server, "migrate_cut").await;
    postgres(&mut database.client().await, &rooms()[1..]).await.unwrap();
    let meant = shape_of_postgres(&database.client().await).await;
    let config = database.config();
    let tokio_postgres::config::Host::Tcp(host) = config.get_hosts()[0].clone() else { panic!("the server is not reached over TCP") };
    let address = (host, config.get_ports().first().copied().unwrap_or(5432));

    let mut cuts = 0;
    for most in 1.. {
        database.empty().await;
        let (port, passing) = cut_after(most, address.clone()).await;
        let mut through = tokio_postgres::Config::new();
        through.host("127.0.0.1").port(port).dbname(&database.name).ssl_mode(tokio_postgres::config::SslMode::Disable);
        through.user(config.get_user().unwrap_or("postgres"));
        if let Some(password) = config.get_password() {
            through.password(password);
        }
        if let Ok((mut client, connection)) = through.connect(NoTls).await {
            tokio::spawn(connection);
            let _ = postgres(&mut client, &rooms()[1..]).await;
        }
        let cut = passing.await.unwrap();

        let mut client = database.client().await;
        postgres(&mut client, &rooms()[1..]).await.unwrap_or_else(|error| panic!("cut off after {most} messages: {error}"));
        assert_eq!(shape_of_postgres(&client).await, meant, "cut off after {most} messages");
        if !cut {
            break;
        }
        cuts += 1;
    }
    database.remove().await;
    assert!(cuts > 20, "only {cuts} were cut off");
}

#[tokio::test]
async fn a_migration_does_not_keep_others_from_a_table_that_is_in_use() {
    let Some(server) = server_or_skip("OMBUD_TEST_POSTGRES", "a_migration_does_not_keep_others_from_a_table_that_is_in_use") else {
        return;
    };
    let database = Database::make(&server, "migrate_lock").await;
    postgres(&mut database.client().await, &rooms_to(1)).await.unwrap();
    // somebody reads for long, and the migration wants the table for itself
    let (mut long, others) = (database.client().await, database.client().await);
    let reading = long.transaction().await.unwrap();
    reading.query("SELECT n FROM made_things", &[]).await.unwrap();
    let mut client = database.client().await;
    let migrating = tokio::spawn(async move { postgres(&mut client, &rooms()).await });
    let waits = "SELECT COUNT(*) FROM pg_locks WHERE NOT granted AND relation = 'made_things'::regclass";
    while others.query_one(waits, &[]).await.unwrap().get::<_, i64>(0) == 0 {
        tokio::task::yield_now().await;
    }

    // without the migration stepping back, this would wait for the long reader
    others.query("SELECT n FROM made_things", &[]).await.unwrap();

    reading.rollback().await.unwrap();
    migrating.await.unwrap().unwrap();
    let thing: String = others.query_one("SELECT n || ' ' || colour FROM made_things", &[]).await.unwrap().get(0);
    assert_eq!(thing, AFTER);
    drop(others);
    database.remove().await;
}
