//! Every attack that has worked on others is listed with what stops it here, and the tests named there are there.

use std::collections::BTreeSet;

use super::{
    house::{files, root},
    nothing_wrong,
};

/// How many attacks there are: A1 to this one.
const ATTACKS: usize = 27;

/// The rows of the table: an attack, and the names of its tests.
fn rows() -> Vec<(String, Vec<String>)> {
    let text = std::fs::read_to_string(root().join("docs/reliability.md")).unwrap();
    let section = text.split("\n## ").find(|section| section.starts_with("Attacks")).expect("the section on attacks");
    let rows = section.lines().filter(|line| line.starts_with("| A"));
    rows.map(|row| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let tests = cells[3].split('`').skip(1).step_by(2).map(str::to_owned).collect();
        (cells[1].to_owned(), tests)
    })
    .collect()
}

/// The names of all tests: functions in Rust, sentences in the web's.
fn tests() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for file in files("crates", &[".rs"]) {
        let lines: Vec<&str> = file.text.lines().map(str::trim).collect();
        for pair in lines.windows(2) {
            let marked = matches!(pair[0], "#[story]" | "#[test]" | "#[tokio::test]");
            let name = pair[1].trim_start_matches("async ").strip_prefix("fn ").and_then(|rest| rest.split('(').next());
            names.extend(name.filter(|_| marked).map(str::to_owned));
        }
    }
    for file in files("web", &[".spec.ts", ".test.ts"]) {
        names.extend(file.text.split("it(\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned));
    }
    names
}

#[test]
fn every_attack_is_listed_with_tests_that_are_there() {
    let (rows, tests) = (rows(), tests());
    let listed: Vec<&str> = rows.iter().map(|(attack, _)| attack.as_str()).collect();
    let expected: Vec<String> = (1..=ATTACKS).map(|n| format!("A{n}")).collect();
    assert_eq!(listed, expected);
    let named = rows.iter().flat_map(|(attack, names)| names.iter().map(move |name| (attack, name)));
    let missing = named.clone().filter(|(_, name)| !tests.contains(*name));
    nothing_wrong(missing.map(|(attack, name)| format!("{attack}: there is no test {name}")).collect());
    assert!(named.count() > 40, "the names are found");
}
