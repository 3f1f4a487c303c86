//! The house as it stands on disk.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

/// A crate of this workspace.
pub struct Room {
    pub name: String,
    pub description: String,
    /// `None` when it is a tool: beside the house, not in it.
    pub floor: Option<u64>,
    pub tool: bool,
    /// The rooms it depends on, in tests too.
    pub calls: Vec<String>,
}

/// The folder that holds `crates`, `web` and `locales`.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Every crate there is.
pub fn rooms() -> Vec<Room> {
    let out = run(env!("CARGO"), &["metadata", "--no-deps", "--offline", "--format-version", "1"]);
    let metadata: Value = serde_json::from_str(&out).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let names: Vec<&str> = packages.iter().filter_map(|package| package["name"].as_str()).collect();
    let room = |package: &Value| Room {
        name: text(&package["name"]),
        description: text(&package["description"]),
        floor: package["metadata"]["ombud"]["floor"].as_u64(),
        tool: package["metadata"]["ombud"]["tool"] == true,
        calls: package["dependencies"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|dependency| text(&dependency["name"]))
            .filter(|name| names.contains(&name.as_str()))
            .collect(),
    };
    packages.iter().map(room).collect()
}

/// The crates that make up the product: tools left out.
pub fn rooms_inside() -> Vec<Room> {
    rooms().into_iter().filter(|room| !room.tool).collect()
}

/// A file of the project.
pub struct File {
    /// From the root, with `/`.
    pub path: String,
    pub text: String,
}

impl File {
    /// The crate it belongs to.
    pub fn room(&self) -> Option<&str> {
        self.path.strip_prefix("crates/")?.split('/').next()
    }
    /// Whether it exists for tests alone.
    pub fn is_test(&self) -> bool {
        self.path.contains("/tests/") || self.path.ends_with("/tests.rs") || self.path.contains(".test.") || self.path.contains(".spec.")
    }
    /// Its lines with their numbers, without the tests at its foot.
    pub fn lines_in_use(&self) -> impl Iterator<Item = (usize, &str)> {
        let in_use = if self.is_test() { "" } else { self.text.split("#[cfg(test)]\nmod ").next().unwrap_or_default() };
        in_use.lines().enumerate().map(|(at, line)| (at + 1, line))
    }
}

/// The project's files with one of these endings, below `folder`; whatever git ignores is not among them.
pub fn files(folder: &str, endings: &[&str]) -> Vec<File> {
    let listed = run("git", &["ls-files", "--cached", "--others", "--exclude-standard", "--", folder]);
    let paths = listed.lines().filter(|path| endings.iter().any(|ending| path.ends_with(ending)));
    // a file deleted but not yet committed is still listed
    paths.filter_map(|path| Some(File { path: path.to_owned(), text: std::fs::read_to_string(root().join(path)).ok()? })).collect()
}

pub(super) fn run(program: &str, arguments: &[&str]) -> String {
    let out = Command::new(program).args(arguments).current_dir(root()).output().unwrap();
    assert!(out.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
