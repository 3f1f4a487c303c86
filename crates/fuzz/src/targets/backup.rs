//! Archives that are said to be backups: whatever they are, nothing is written beside the folder, and nothing is left of one
//! that is refused.

use std::{fs, path::Path, sync::LazyLock};

use kernel::Timestamp;
use platform::{
    Migrations,
    backup::{Manifest, restore},
    config::Config,
};
use tokio::runtime::Runtime;

pub const WORDS: &[&str] = &[
    "manifest.json",
    "ombud.sqlite",
    "secret.key",
    "files/",
    "../",
    "/etc/",
    "ustar",
    "\0\0\0\0\0\0\0\0",
    "0000600",
    "\"members\":[",
    "\"size\":",
    "\"sha256\":",
    "\"format\":1",
    "18446744073709551615",
    "tables/",
];

static MIGRATIONS: LazyLock<Vec<Migrations>> =
    LazyLock::new(|| app::modules().into_iter().filter_map(|module| module.migrations).collect());
static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime"));

fn entries(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = entries.collect();
    names.sort();
    names
}

/// The bytes are a tar file, packed on their way.
pub fn backup(data: &[u8]) {
    if let Ok(manifest) = Manifest::read(data) {
        for member in &manifest.members {
            let plain = !member.path.starts_with('/') && !member.path.contains("..") && !member.path.contains(['\\', '\0']);
            assert!(plain, "{:?}", member.path);
        }
    }
    let house = tempfile::tempdir().expect("a folder");
    let (from, into) = (house.path().join("backup"), house.path().join("data"));
    fs::write(&from, zstd::encode_all(data, 1).expect("packed")).expect("written");
    let config = Config { data: into.display().to_string(), ..Config::default() };
    let restored = RUNTIME.block_on(restore(&config, &from, &MIGRATIONS, Timestamp::default()));
    assert!(restored.is_err(), "there is no database in it");
    assert_eq!(entries(house.path()), ["backup", "data"]);
    assert_eq!(entries(&into), Vec::<String>::new());
}
