//! What the project does to itself; `cargo xtask` runs it.

mod backfill;
mod bench;
mod crowd;
#[cfg_attr(not(target_os = "linux"), path = "disk/elsewhere.rs")]
mod disk;
mod faults;
mod figure;
mod fuzz;
mod generator;
mod import;
mod limit;
mod line;
mod load;
mod past;
mod post;
mod reading;
mod server;
mod store;
mod webhook;

use clap::{Parser, Subcommand};

/// Whatever went wrong ends the run with a sentence.
pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Measure the release binary beside the limits of this machine
    Bench(bench::Wanted),
    /// Take from the server what it stands on, again and again, and look whether it kept its promises
    Faults(faults::Wanted),
    /// Try a parser with hostile bytes, guided by what the code does
    Fuzz(fuzz::Wanted),
    /// What `bench` runs on another core: makes requests and prints how long they took
    #[command(hide = true)]
    Load(load::Work),
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    match Line::parse().command {
        Command::Bench(wanted) => bench::run(wanted).await,
        Command::Faults(wanted) => faults::run(wanted).await,
        Command::Fuzz(wanted) => fuzz::run(&wanted),
        Command::Load(work) => load::run(work).await,
    }
}
