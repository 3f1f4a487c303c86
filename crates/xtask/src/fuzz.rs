//! `cargo xtask fuzz`: one target for as long as one likes, guided by what the code does.

use std::{path::Path, process::Command};

use crate::Result;

#[derive(clap::Args)]
pub struct Wanted {
    /// A target of `crates/fuzz`: html, template, request …
    target: String,
    /// For how long, in seconds
    #[arg(long, default_value_t = 60)]
    seconds: u32,
    /// The number the dice begin with
    #[arg(long, default_value_t = 1)]
    seed: u32,
}

/// What tells libFuzzer which way an input took and what it was compared with; all of it is in the compiler we have.
const GUIDED: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
                      -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares \
                      -Cllvm-args=-simplifycfg-branch-fold-threshold=0 -Ccodegen-units=1 -Cdebug-assertions";

/// No input is longer, in bytes: the corpus stays small.
const LONGEST: u32 = 4_096;

pub fn run(wanted: &Wanted) -> Result<()> {
    let crate_ = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz");
    let corpus = crate_.join("corpus").join(&wanted.target);
    if !corpus.is_dir() {
        return Err(format!("there is no target {}; crates/fuzz/src/lib.rs lists them", wanted.target).into());
    }
    let metadata = Command::new(env!("CARGO")).args(["metadata", "--no-deps", "--format-version", "1"]).output()?;
    let metadata: serde_json::Value = serde_json::from_slice(&metadata.stdout)?;
    // beside the others: flags differ, so everything is compiled anew
    let work = Path::new(metadata["target_directory"].as_str().ok_or("cargo names no target directory")?).join("fuzz");
    let grown = work.join("corpus").join(&wanted.target);
    std::fs::create_dir_all(&grown)?;
    let found = work.join("found/");
    std::fs::create_dir_all(&found)?;
    let host = host()?;
    let status = Command::new(env!("CARGO"))
        .args([
            "run",
            "--release",
            "--locked",
            "--package",
            "fuzz",
            "--features",
            "guided",
            "--bin",
            "guided",
            "--target",
            &host,
            "--target-dir",
        ])
        .arg(&work)
        .arg("--")
        // what is new goes into the first folder, beside the repository
        .args([&grown, &corpus])
        .arg(format!("-max_total_time={}", wanted.seconds))
        .arg(format!("-max_len={LONGEST}"))
        .arg(format!("-seed={}", wanted.seed))
        .arg(format!("-artifact_prefix={}", found.display()))
        .args(["-timeout=20", "-rss_limit_mb=2048", "-print_final_stats=1"])
        .env("OMBUD_FUZZ_TARGET", &wanted.target)
        .env("RUSTFLAGS", GUIDED)
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .status()?;
    if !status.success() {
        return Err(format!("{} does not hold; the input is in {}", wanted.target, found.display()).into());
    }
    Ok(())
}

/// The machine we are on, as cargo calls it: naming it keeps the flags from what cargo itself runs.
fn host() -> Result<String> {
    let version = Command::new("rustc").arg("-vV").output()?;
    let text = String::from_utf8(version.stdout)?;
    let host = text.lines().find_map(|line| line.strip_prefix("host: ")).ok_or("rustc does not say on what it runs")?;
    Ok(host.to_owned())
}
