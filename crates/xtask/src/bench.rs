//! `cargo xtask bench`: our figures beside the limits of this machine, and beside what we aim for.

use std::{path::Path, process::Stdio, time::Duration};

use clap::Args;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};

use crate::{
    Result,
    figure::Figure,
    limit,
    load::{Kind, Outcome},
    server::{self, Server, Start, cores, pinned},
    store::Store,
};

#[derive(Args)]
pub struct Wanted {
    /// One JSON object a line
    #[arg(long)]
    json: bool,
    /// End within a minute
    #[arg(long)]
    quick: bool,
    /// Only the figures whose name begins so: flush, accept-1, accept-128, list, open, deliver, footprint, postgres
    #[arg(long)]
    only: Option<String>,
    /// A PostgreSQL server in which a database may be made; without one those figures are left out
    #[arg(long, env = "OMBUD_TEST_POSTGRES", hide_env_values = true)]
    postgres: Option<String>,
}

impl Wanted {
    fn wants(&self, name: &str) -> bool {
        self.only.as_deref().is_none_or(|only| name.starts_with(only))
    }
    /// Seconds for a measurement that takes `full` seconds when there is time.
    fn seconds(&self, full: u64) -> u64 {
        if self.quick { full.div_ceil(5) } else { full }
    }
    fn say(&self, figures: Vec<Figure>) {
        for figure in figures {
            figure.print(self.json);
        }
    }
}

pub async fn run(wanted: Wanted) -> Result<()> {
    let data = tempfile::tempdir()?;
    let start = Start {
        binary: server::build()?,
        data: data.path().to_owned(),
        database_url: String::new(),
        cores: cores().map(|(server, _)| server),
        settings: Vec::new(),
    };
    let flushes = limit::flushes(data.path(), Duration::from_secs(wanted.seconds(5)))?;
    if wanted.wants("flush") {
        wanted.say(vec![Figure::new("flush: append + fsync", flushes, "/s")]);
    }
    on_sqlite(&wanted, &start, flushes).await?;
    match &wanted.postgres {
        _ if !wanted.wants("postgres") => Ok(()),
        Some(server) => on_postgres(&wanted, &start, server).await,
        None => {
            eprintln!("PostgreSQL was left out: OMBUD_POSTGRES_DURABLE=1 scripts/with-postgres make bench");
            Ok(())
        }
    }
}

async fn on_sqlite(wanted: &Wanted, start: &Start, flushes: f64) -> Result<()> {
    // the first start fills the demo shop; what a restart takes is the figure
    Server::start(start).await?.stop().await?;
    let server = Server::start(start).await?;
    if wanted.wants("footprint") {
        wanted.say(footprint(&start.binary, &server).await?);
    }
    let key = server.widget_key(&format!("http://{}", server.address)).await?;
    if wanted.wants("accept-1") && !wanted.only.as_deref().is_some_and(|only| only.starts_with("accept-12")) {
        let seconds = wanted.seconds(10);
        let outcome = load(&server, &key, Kind::Accept, 1, seconds, 0, seconds as usize * 200).await?;
        // nobody shares the flush and the waking of threads with it, so what we aim for at 128 does not hold here
        wanted.say(vec![
            Figure::new("accept-1: p50", outcome.0.p50_ms, "ms").beside(Some(1e3 / flushes)),
            Figure::new("accept-1: p99", outcome.0.p99_ms, "ms").at_most(30.0),
            processor_time("accept-1", &outcome),
        ]);
    }
    if wanted.wants("accept-128") {
        let seconds = wanted.seconds(10);
        let outcome = load(&server, &key, Kind::Accept, 128, seconds, 0, seconds as usize * 800).await?;
        wanted.say(vec![
            Figure::new("accept-128: rate", outcome.0.rate(), "/s").at_least(10_000.0),
            Figure::new("accept-128: p50", outcome.0.p50_ms, "ms"),
            Figure::new("accept-128: p99", outcome.0.p99_ms, "ms").at_most(30.0),
            processor_time("accept-128", &outcome).at_most(0.2),
        ]);
    }
    settle(&server).await;
    for (kind, name, p50) in [(Kind::List, "list", 2.0), (Kind::Open, "open", 3.0)] {
        if wanted.wants(name) {
            let outcome = load(&server, &key, kind, 1, wanted.seconds(10), 0, 0).await?;
            wanted.say(vec![
                Figure::new(format!("{name}: p50"), outcome.0.p50_ms, "ms").at_most(p50),
                Figure::new(format!("{name}: p99"), outcome.0.p99_ms, "ms").at_most(20.0),
                processor_time(name, &outcome),
            ]);
        }
    }
    if wanted.wants("deliver") {
        let rate = if wanted.quick { 200 } else { 500 };
        let seconds = wanted.seconds(15);
        let (outcome, _) = load(&server, &key, Kind::Deliver, 1, seconds, rate, (rate * seconds / 10) as usize).await?;
        wanted.say(vec![
            Figure::new(format!("deliver: p50 at {rate}/s"), outcome.p50_ms, "ms").beside(Some(1e3 / flushes)),
            Figure::new(format!("deliver: p99 at {rate}/s"), outcome.p99_ms, "ms").at_most(50.0),
        ]);
    }
    server.stop().await
}

/// What differs with the database. It has to flush, or the figures are of something else: `OMBUD_POSTGRES_DURABLE=1`.
async fn on_postgres(wanted: &Wanted, start: &Start, postgres: &str) -> Result<()> {
    let store = Store::on(postgres, format!("bench_{}", std::process::id())).await?;
    let data = tempfile::tempdir()?;
    let start = Start { data: data.path().to_owned(), database_url: store.url(), ..start.clone() };
    let server = Server::start(&start).await?;
    let key = server.widget_key(&format!("http://{}", server.address)).await?;
    let seconds = wanted.seconds(10);
    let outcome = load(&server, &key, Kind::Accept, 128, seconds, 0, seconds as usize * 100).await?;
    wanted.say(vec![
        Figure::new("postgres accept-128: rate", outcome.0.rate(), "/s").at_least(1_000.0),
        Figure::new("postgres accept-128: p50", outcome.0.p50_ms, "ms"),
        Figure::new("postgres accept-128: p99", outcome.0.p99_ms, "ms"),
        processor_time("postgres accept-128", &outcome),
    ]);
    server.stop().await?;
    store.remove().await
}

async fn footprint(binary: &Path, server: &Server) -> Result<Vec<Figure>> {
    Ok(vec![
        Figure::new("footprint: binary", std::fs::metadata(binary)?.len() as f64 / 1e6, "MB").at_most(60.0),
        Figure::new("footprint: idle memory", server.memory()? / 1e6, "MB").at_most(80.0),
        Figure::new("footprint: ready after", server.ready.as_secs_f64(), "s").at_most(0.3),
    ])
}

/// Of the server, for each request; what follows from the requests meanwhile is in it.
fn processor_time(name: &str, (outcome, taken): &(Outcome, Duration)) -> Figure {
    Figure::new(format!("{name}: processor time, all in"), taken.as_secs_f64() * 1e3 / outcome.count as f64, "ms")
}

/// Lets the server finish what follows from the messages before something else is measured.
async fn settle(server: &Server) {
    let mut last = Duration::MAX;
    for _ in 0..60 {
        tokio::time::interval_at(tokio::time::Instant::now() + Duration::from_millis(500), Duration::from_millis(500)).tick().await;
        let Ok(cpu) = server.cpu() else { return };
        if cpu.saturating_sub(last) < Duration::from_millis(30) && last != Duration::MAX {
            return;
        }
        last = cpu;
    }
}

/// Runs the requests in a process on a core of its own; what came of it, and the processor time the server took.
async fn load(
    server: &Server,
    key: &str,
    kind: Kind,
    callers: usize,
    seconds: u64,
    rate: u64,
    visitors: usize,
) -> Result<(Outcome, Duration)> {
    let me = std::env::current_exe()?;
    let kind = format!("{kind:?}").to_lowercase();
    let mut child = pinned(&me, cores().as_ref().map(|(_, load)| load.as_str()))
        .args(["load", &kind, "--address", &server.address, "--token", &server.token, "--key", key])
        .args(["--callers", &callers.to_string(), "--seconds", &seconds.to_string()])
        .args(["--rate", &rate.max(1).to_string(), "--visitors", &visitors.max(1).to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let mut lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
    let ended = || format!("the load generator for {kind} ended early");
    lines.next_line().await?.ok_or_else(ended)?;
    settle(server).await;
    let before = server.cpu()?;
    child.stdin.take().ok_or("no input")?.write_all(b"go\n").await?;
    let outcome = lines.next_line().await?.ok_or_else(ended)?;
    let cpu = server.cpu()?.saturating_sub(before);
    child.wait().await?;
    Ok((serde_json::from_str(&outcome)?, cpu))
}
