//! What the database says, and the store of files.

use std::{fs, path::PathBuf};

use futures::{StreamExt, TryStreamExt, stream};
use kernel::{Error, Result, Timestamp, minutes};
use rusqlite::{Connection, OpenFlags};

use super::{Finding, clock};
use crate::{
    App,
    config::DatabaseUrl,
    db::{Db, Migrations, Schema, Tx},
    files::{self, FileKey},
    pause,
};

/// The log is copied into the database at 32 MB; many times that, and something has kept it from being.
const LONG_LOG: u64 = 256_000_000;
/// What is still to be done after so long is late.
const LATE: i64 = minutes(5);

/// Whether the database is there and is one that this Ombud can open without changing it.
pub async fn schema(url: &DatabaseUrl, migrations: &[Migrations]) -> Finding {
    let about = "schema";
    if let DatabaseUrl::Sqlite(path) = url
        && !path.exists()
    {
        return Finding::fail(about, format!("There is no database {}.", path.display()), "Make the first shop with “ombud setup”.");
    }
    let known = Schema::known(migrations);
    match Db::schema(url).await {
        Err(error) => Finding::fail(
            about,
            format!("The database cannot be reached: {error}."),
            "Look at database_url, at its server and at the rights.",
        ),
        Ok(found) if found.is_newer_than(&known) => Finding::fail(
            about,
            "A newer Ombud wrote this database.",
            "Install that version again, or restore a backup made before the upgrade.",
        ),
        Ok(found) if found != known => {
            Finding::warn(about, "It is older than this Ombud.", "Say “ombud migrate”, or start the server, which does the same.")
        }
        Ok(_) => Finding::ok(about, "It is this Ombud's."),
    }
}

/// Looks at an open installation.
pub async fn database(app: &App) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Ok(DatabaseUrl::Sqlite(path)) = app.config().database() {
        findings.extend([integrity(&path), log(&path)]);
    }
    match app.read(async |tx: &mut Tx<'_>| figures(tx).await).await {
        Ok(figures) => findings.extend(figures.findings(app.now())),
        Err(error) => findings.push(Finding::fail("database", format!("It does not answer: {error}."), "Look at its log and at its disk.")),
    }
    findings.extend(stored(app).await);
    findings
}

fn integrity(path: &PathBuf) -> Finding {
    let about = "database";
    let asked = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .and_then(|conn| conn.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0)));
    match asked {
        Ok(answer) if answer == "ok" => Finding::ok(about, format!("{} is whole.", path.display())),
        Ok(answer) => {
            Finding::fail(about, format!("{} is damaged: {answer}.", path.display()), "Stop the server and restore the newest backup.")
        }
        Err(error) => Finding::fail(about, format!("{} cannot be read: {error}.", path.display()), "Look at its rights and at the disk."),
    }
}

fn log(path: &std::path::Path) -> Finding {
    let about = "database log";
    let size = fs::metadata(path.with_extension("sqlite-wal")).map_or(0, |file| file.len());
    let found = format!("It has {} MB.", size / 1_000_000);
    if size < LONG_LOG {
        return Finding::ok(about, found);
    }
    Finding::warn(about, found, "Something has been reading for long, a backup perhaps. When nothing is, restart the server.")
}

/// What is counted in one transaction.
struct Figures {
    newest_event: Option<Timestamp>,
    unnumbered: i64,
    parked: i64,
    late: i64,
    stale: i64,
    paused: usize,
}

async fn figures(tx: &mut Tx<'_>) -> Result<Figures> {
    let (since, now) = (tx.now() - LATE, tx.now());
    let newest = tx.row("SELECT at FROM platform_events WHERE seq IS NOT NULL ORDER BY seq DESC LIMIT 1", &[]).await?;
    Ok(Figures {
        newest_event: newest.map(|row| row.get(0)).transpose()?,
        unnumbered: tx.value("SELECT COUNT(*) FROM platform_events WHERE seq IS NULL AND at < $1", &[&since]).await?,
        parked: tx.value("SELECT COUNT(*) FROM platform_jobs WHERE state = 'parked'", &[]).await?,
        late: tx
            .value(
                "SELECT COUNT(*) FROM platform_jobs j WHERE state = 'ready' AND run_at < $1 AND lease_until < $1 \
                 AND NOT (outgoing AND EXISTS (SELECT 1 FROM platform_pauses p WHERE p.shop_id = j.shop_id))",
                &[&since],
            )
            .await?,
        stale: tx
            .value(
                "SELECT COUNT(*) FROM platform_jobs WHERE state = 'ready' AND lease_until > 0 AND lease_until < $1 AND run_at <= $1",
                &[&now],
            )
            .await?,
        paused: pause::shops(tx).await?.len(),
    })
}

impl Figures {
    fn findings(&self, now: Timestamp) -> Vec<Finding> {
        let counted = |about, count: i64, fine: &str, wrong: &str, advice: &str| {
            if count == 0 { Finding::ok(about, fine) } else { Finding::warn(about, format!("{wrong}: {count}."), advice) }
        };
        let mut findings = vec![
            counted(
                "events",
                self.unnumbered,
                "All events have their number.",
                "Events that wait for a number",
                "Start a server; one with the role web is enough.",
            ),
            counted(
                "failed work",
                self.parked,
                "No work needs a person.",
                "Jobs that need a person",
                "See “Needs attention” in the console's settings.",
            ),
            counted(
                "late work",
                self.late,
                "Nothing is late.",
                "Jobs that should have been done five minutes ago",
                "Start a server with the role all or worker.",
            ),
            counted(
                "left work",
                self.stale,
                "No worker has left its work.",
                "Jobs whose worker is gone",
                "They are taken up again within seconds, when a worker runs.",
            ),
            if self.paused == 0 {
                Finding::ok("sending", "What is to be sent is sent.")
            } else {
                let found = format!("Paused since a restore, in shops: {}. No mail and no message leaves.", self.paused);
                Finding::warn("sending", found, "When the old installation is off, say “ombud resume”, or resume each shop in its console.")
            },
        ];
        findings.extend(self.newest_event.map(|at| clock(at, now, "the newest event")));
        findings
    }
}

/// Asks the store, and for everything that rows name.
async fn stored(app: &App) -> Vec<Finding> {
    let about = "files";
    if let Err(error) = app.files().check().await {
        return vec![Finding::fail(about, error.to_string(), "Look at the data folder's files, or at the bucket's settings.")];
    }
    let in_a_folder_of_ours = app.config().files_url.is_empty() && !app.config().database_url.is_empty();
    let can = match in_a_folder_of_ours {
        true => "Files can be stored, in the data folder: several nodes need a bucket or a shared folder.",
        false => "Files can be stored.",
    };
    vec![
        Finding::ok(about, can),
        lost(app).await.unwrap_or_else(|error| Finding::fail(STORED, error.to_string(), "Look at the store of files.")),
    ]
}

const STORED: &str = "stored files";
/// Files asked for at once.
const AT_ONCE: usize = 32;

async fn lost(app: &App) -> Result<Finding> {
    let named = app.read(async |tx: &mut Tx<'_>| files::named(tx).await).await?;
    let all = named.len();
    let asked = stream::iter(named).map(|key| async move { Ok::<_, Error>((key, app.files().has(key).await?)) });
    let lost: Vec<FileKey> = asked
        .buffer_unordered(AT_ONCE)
        .try_filter_map(|(key, is_there)| async move { Ok((!is_there).then_some(key)) })
        .try_collect()
        .await?;
    Ok(match lost.iter().min() {
        None => Finding::ok(STORED, format!("All that are named are there: {all}.")),
        Some(one) => {
            let found = format!("Files that are lost: {} of {all}, one of them {one}.", lost.len());
            Finding::fail(STORED, found, "Put them back from a backup: they lie in its folder files, under these names.")
        }
    })
}
