//! The binary, started as a newcomer would: the demo, in a folder of its own.

use std::{
    fs::OpenOptions,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    time::timeout,
};

use crate::{Result, limit::now, line::Line};

/// However busy the machine is.
const STARTS_WITHIN: Duration = Duration::from_secs(30);

/// How a server is started.
#[derive(Clone)]
pub struct Start {
    pub binary: PathBuf,
    pub data: PathBuf,
    /// Empty for the database in the data folder.
    pub database_url: String,
    /// The cores it may use; any when `None`.
    pub cores: Option<String>,
    /// How many conversations of earlier days there are.
    pub earlier: usize,
    /// How many orders of each of their customers.
    pub orders_each: usize,
    /// Where it logs to; beside what is said here when `None`.
    pub log: Option<PathBuf>,
    /// More of the environment, above what is always set.
    pub settings: Vec<(&'static str, String)>,
}

impl Start {
    /// Starts what has ended, on what is left of it. Errors: not in time.
    pub async fn again(&self) -> Result<Server> {
        let started = timeout(STARTS_WITHIN, Server::start(self)).await;
        started.map_err(|_| format!("it did not start within {STARTS_WITHIN:?}"))?
    }
}

/// Where a server built with `kill-points` reads where to stand still.
pub fn kill_file(data: &Path) -> PathBuf {
    data.join("kill-at")
}

/// A running server; it ends with this value.
pub struct Server {
    child: Child,
    pub address: String,
    pub token: String,
    /// From the start of the process to the first answer.
    pub ready: Duration,
}

/// The cores the server may use, and those left to whoever makes requests; `None` where there is one core or no taskset.
pub fn cores() -> Option<(String, String)> {
    let cores = std::thread::available_parallelism().ok()?.get();
    let there = std::process::Command::new("taskset").arg("--version").stdout(Stdio::null()).status().is_ok_and(|status| status.success());
    (cores > 1 && there).then(|| (format!("0-{}", cores - 2), (cores - 1).to_string()))
}

/// `program`, kept to these cores.
pub fn pinned(program: &Path, cores: Option<&str>) -> Command {
    let Some(cores) = cores else { return Command::new(program) };
    let mut command = Command::new("taskset");
    command.args(["-c", cores]).arg(program);
    command
}

/// Builds the release binary and says where it is.
pub fn build() -> Result<PathBuf> {
    build_with(&[])
}

/// As `build`, with more said to Cargo.
pub fn build_with(more: &[&str]) -> Result<PathBuf> {
    let cargo = env!("CARGO");
    let mut build = std::process::Command::new(cargo);
    // what Cargo says of this tool; a dependency that heard it would be built anew, and all that stands on it
    for of_this_tool in ["DIR", "PATH", "LINKS"] {
        build.env_remove(format!("CARGO_MANIFEST_{of_this_tool}"));
    }
    for of_this_tool in ["NAME", "VERSION", "VERSION_MAJOR", "VERSION_MINOR", "VERSION_PATCH", "VERSION_PRE"] {
        build.env_remove(format!("CARGO_PKG_{of_this_tool}"));
    }
    let built = build.args(["build", "--release", "--locked", "--quiet", "--bin", "ombud"]).args(more).status()?;
    if !built.success() {
        return Err("the release binary could not be built".into());
    }
    let metadata = std::process::Command::new(cargo).args(["metadata", "--no-deps", "--format-version", "1"]).output()?;
    let metadata: Value = serde_json::from_slice(&metadata.stdout)?;
    Ok(Path::new(metadata["target_directory"].as_str().ok_or("cargo names no target directory")?).join("release/ombud"))
}

impl Server {
    pub async fn start(how: &Start) -> Result<Server> {
        let address = format!("127.0.0.1:{}", std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port());
        let began = now();
        let mut command = pinned(&how.binary, how.cores.as_deref());
        if let Some(log) = &how.log {
            command.stderr(OpenOptions::new().create(true).append(true).open(log)?);
        }
        let mut child = command
            .args([
                "demo",
                "--json",
                "--listen",
                &address,
                "--earlier",
                &how.earlier.to_string(),
                "--orders-each",
                &how.orders_each.to_string(),
                "--data",
            ])
            .arg(&how.data)
            // callers say which network they come from: one machine stands for many shoppers
            .env("OMBUD_TRUSTED_PROXIES", "1")
            .env("OMBUD_PUBLIC_URL", format!("http://{address}"))
            .env("OMBUD_DATABASE_URL", &how.database_url)
            .env("OMBUD_LOG", "error")
            .env("OMBUD_KILL_FILE", kill_file(&how.data))
            .envs(how.settings.iter().map(|(name, value)| (name, value)))
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let mut lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
        let greeting = lines.next_line().await?.ok_or("the server ended before it was ready")?;
        let (status, _) = Line::to(&address).await?.call("GET", "/readyz", "", "").await?;
        let ready = began.elapsed();
        // what it prints later must not fill the pipe
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        if status != 200 {
            return Err(format!("/readyz answers {status}").into());
        }
        let greeting: Value = serde_json::from_str(&greeting)?;
        let token = greeting["token"].as_str().ok_or("the demo prints no token")?.to_owned();
        Ok(Server { child, address, token, ready })
    }

    /// The key of the shop's chat, with pages of this origin listed.
    pub async fn widget_key(&self, origin: &str) -> Result<String> {
        let mut line = Line::to(&self.address).await?;
        let bearer = format!("authorization: Bearer {}\r\n", self.token);
        let mut widget = line.json("GET", "/api/v1/widget", &bearer, Value::Null).await?;
        let mut settings = widget["settings"].take();
        settings["origins"] = json!([origin]);
        line.json("PUT", "/api/v1/widget", &bearer, settings).await?;
        Ok(widget["key"].as_str().ok_or("the chat has no key")?.to_owned())
    }

    /// Asks for the conversations, as an agent would.
    pub async fn list(&self) -> Result<Value> {
        let bearer = format!("authorization: Bearer {}\r\n", self.token);
        Line::to(&self.address).await?.json("GET", "/api/v1/conversations?limit=1", &bearer, Value::Null).await
    }

    /// Lets it finish what follows from what was asked, before something else is measured.
    pub async fn settle(&self) {
        let mut last = Duration::MAX;
        for _ in 0..60 {
            tokio::time::interval_at(tokio::time::Instant::now() + Duration::from_millis(500), Duration::from_millis(500)).tick().await;
            let Ok(cpu) = self.cpu() else { return };
            if cpu.saturating_sub(last) < Duration::from_millis(30) && last != Duration::MAX {
                return;
            }
            last = cpu;
        }
    }

    /// Processor time used so far.
    pub fn cpu(&self) -> Result<Duration> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.pid()?))?;
        // the name in brackets may hold spaces; the fields are counted after it
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<u64>().ok()).unwrap_or(0);
        // Linux counts these in hundredths of a second on every architecture it runs on
        Ok(Duration::from_millis((ticks(11) + ticks(12)) * 10))
    }

    /// Resident memory, in bytes.
    pub fn memory(&self) -> Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid()?))?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).ok_or("no VmRSS")?;
        let kilobytes: f64 = line.split_whitespace().nth(1).ok_or("no number")?.parse()?;
        Ok(kilobytes * 1024.0)
    }

    pub async fn stop(&mut self) -> Result<()> {
        self.signal("TERM")?;
        self.child.wait().await?;
        Ok(())
    }

    pub fn signal(&self, name: &str) -> Result<()> {
        let pid = self.pid()?.to_string();
        std::process::Command::new("kill").args(["-s", name, &pid]).status()?;
        Ok(())
    }

    /// Ends it wherever it stands, as `kill -9` does.
    pub async fn kill(&mut self) -> Result<()> {
        Ok(self.child.kill().await?)
    }

    /// Whether it stands still, all of it.
    pub fn is_stopped(&self) -> Result<bool> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.pid()?))?;
        Ok(stat.rsplit(')').next().unwrap_or_default().trim_start().starts_with('T'))
    }

    fn pid(&self) -> Result<u32> {
        self.child.id().ok_or_else(|| "the server has ended".into())
    }
}
