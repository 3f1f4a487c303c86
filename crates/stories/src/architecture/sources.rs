//! What no source file may hold.

use std::collections::BTreeSet;

use super::{
    house::{File, files, rooms_inside},
    nothing_wrong,
};

const LONGEST: usize = 400;
const SOURCES: &[&str] = &[".rs", ".ts", ".tsx", ".svelte", ".mjs", ".css", ".sh"];

/// The crates' own sources, tools left out.
pub(super) fn of_rooms() -> Vec<File> {
    let rooms = rooms_inside();
    let ours = |file: &File| file.room().is_some_and(|name| rooms.iter().any(|room| room.name == name));
    files("crates", &[".rs"]).into_iter().filter(ours).collect()
}

#[test]
fn a_file_has_at_most_400_lines() {
    let files = ["crates", "web", "scripts"].iter().flat_map(|folder| files(folder, SOURCES));
    // generated from the API's description
    let written = files.filter(|file| !file.path.ends_with("/schema.d.ts"));
    let long = written.map(|file| (file.text.lines().count(), file.path)).filter(|(lines, _)| *lines > LONGEST);
    nothing_wrong(long.map(|(lines, path)| format!("{path} has {lines} lines: is it one thing, or two?")).collect());
}

#[test]
fn sql_stands_only_in_the_store() {
    // the platform is the database layer itself
    let outside = of_rooms().into_iter().filter(|file| {
        file.room() != Some("platform") && !file.is_test() && !file.path.ends_with("/src/store.rs") && !file.path.contains("/src/store/")
    });
    let mut wrong = Vec::new();
    for file in outside {
        for (number, line) in file.lines_in_use() {
            if ["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", "CREATE TABLE "]
                .iter()
                .any(|verb| line.contains(&format!("\"{verb}")))
            {
                wrong.push(format!("{}:{number} holds SQL; move it to the crate's store", file.path));
            }
        }
    }
    nothing_wrong(wrong);
}

#[test]
fn whatever_leaves_the_house_leaves_by_a_job_that_can_be_paused() {
    let hands_over =
        |file: &File| file.lines_in_use().any(|(_, line)| line.contains(".mailer()") || line.contains("plugged::<Channels>()"));
    let leaving: Vec<File> = of_rooms().into_iter().filter(hands_over).collect();
    assert!(leaving.len() > 1, "the ways out are found");
    let unpaused = leaving.iter().filter(|file| !file.text.contains("const OUTGOING: bool = true;"));
    nothing_wrong(unpaused.map(|file| format!("{} sends, and has no job that says it is outgoing", file.path)).collect());
}

#[test]
fn nothing_is_left_unfinished() {
    // written in two halves, so that this file does not find itself
    let marks = [
        ("TO", "DO"),
        ("FIX", "ME"),
        ("XX", "X:"),
        ("todo", "!("),
        ("unimplemented", "!("),
        ("dbg", "!("),
        ("#[ign", "ore"),
        ("describe.sk", "ip("),
        ("it.sk", "ip("),
        ("test.sk", "ip("),
        (".on", "ly(\""),
    ];
    let mut wrong = Vec::new();
    for file in ["crates", "web", "scripts", "Makefile"]
        .iter()
        .flat_map(|folder| files(folder, &[SOURCES, &["Makefile", ".sql", ".toml", ".html"]].concat()))
    {
        for (number, line) in file.text.lines().enumerate() {
            for (one, half) in marks {
                if line.contains(&format!("{one}{half}")) {
                    wrong.push(format!("{}:{} holds {one}{half}", file.path, number + 1));
                }
            }
        }
    }
    nothing_wrong(wrong);
}

#[test]
fn nothing_in_use_gives_up_with_a_panic() {
    let mut wrong = Vec::new();
    for file in of_rooms() {
        for (number, line) in file.lines_in_use() {
            if [".unwrap()", ".expect(", "panic!("].iter().any(|call| line.contains(call)) && !line.trim_start().starts_with("//") {
                wrong.push(format!("{}:{number} may panic: {}", file.path, line.trim()));
            }
        }
    }
    nothing_wrong(wrong);
}

#[test]
fn the_places_where_a_server_can_be_killed_are_those_the_harness_knows() {
    let between = |text: &str, begin: &str| -> BTreeSet<String> {
        text.split(begin).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
    };
    let reached: BTreeSet<String> = of_rooms().iter().flat_map(|file| between(&file.text, "kill_point::reach(\"")).collect();
    let harness = files("crates/xtask/src/faults/places.rs", &[".rs"]).pop().expect("the harness has a list of places");
    let known = between(harness.text.split("];").next().unwrap_or_default(), "    (\"");
    assert!(reached.len() > 5, "{reached:?}");
    assert_eq!(reached, known);
}

#[test]
fn what_is_released_has_no_features_of_ours() {
    let manifests = files("crates", &["Cargo.toml"]);
    let on = manifests.iter().filter(|file| file.text.lines().any(|line| line.starts_with("default = ")));
    nothing_wrong(on.map(|file| format!("{} switches features on by default", file.path)).collect());
}
